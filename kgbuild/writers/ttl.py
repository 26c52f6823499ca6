"""Turtle: all statements in one graph, for people and for every store."""

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
    """Return a graph as Turtle; ``statements`` is plain, reified or rdf12.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(documents={"a": {}}), load_vocabulary()).count("art:a a ")
    1
    """
    text = export.dumps(graph, vocabulary, "ttl", base=base, statements=statements)
    return export.tidy(text)


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "ttl")
