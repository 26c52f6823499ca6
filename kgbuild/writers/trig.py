"""TriG: each article a named graph, for people and for every store."""

from __future__ import annotations

import networkx as nx

from kgbuild.rdf import export, reading
from kgbuild.rdf.terms import BASE
from kgbuild.vocabulary import Vocabulary


def dumps(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> str:
    """Return a graph as TriG; ``statements`` is plain, reified or rdf12.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(documents={"a": {}}), load_vocabulary()).count("art:a {")
    1
    """
    text = export.dumps(graph, vocabulary, "trig", base=base, statements=statements)
    return export.tidy(text)


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "trig")
