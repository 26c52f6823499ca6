"""Turtle: all statements in one graph, for people and for every store."""

from __future__ import annotations

import networkx as nx

from kgbuild.rdf import bridge, export, reading
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

    rdflib writes it, up to the size that it takes a bearable time for.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(documents={"a": {}}), load_vocabulary()).count("art:a a ")
    1
    """
    given = {"base": base, "statements": statements}
    if (written := bridge.turtle(graph, vocabulary, **given)) is not None:
        return written
    text = export.dumps(graph, vocabulary, "ttl", **given)
    return export.tidy(text)


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "ttl")
