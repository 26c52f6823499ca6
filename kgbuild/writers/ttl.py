"""Turtle: all statements in one graph, for people and for every store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
    memo: Path | None = None,
) -> str:
    """Return a graph as Turtle; ``statements`` is plain, reified or rdf12.

    rdflib writes it, up to the size that it takes a bearable time for. Of larger ones ``memo``
    is a file that keeps how statements were written, so that they need not be again.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(documents={"a": {}}), load_vocabulary()).count("art:a a ")
    1
    """
    given: dict[str, Any] = {"base": base, "statements": statements}
    if (written := bridge.turtle(graph, vocabulary, **given)) is not None:
        return written
    return export.turtle(graph, vocabulary, memo=memo, **given)


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "ttl")
