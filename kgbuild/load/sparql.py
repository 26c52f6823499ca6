"""The requests in SPARQL that loading makes; IRIs come in minted, triples as N-Triples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kgbuild.rdf.terms import term

CHUNK = 500
"""Triples an INSERT: Virtuoso refuses some thousand at once."""


def drop(graph: str) -> str:
    """Return the update that takes a graph away, there or not.

    >>> drop("http://example.org/a")
    'DROP SILENT GRAPH <http://example.org/a>'
    """
    return f"DROP SILENT GRAPH <{graph}>"


def inserts(graph: str, triples: Sequence[str], chunk: int = CHUNK) -> Iterator[str]:
    """Yield the updates that add triples to a graph, so many at a time."""
    for start in range(0, len(triples), chunk):
        part = "".join(triples[start : start + chunk])
        yield f"INSERT DATA {{ GRAPH <{graph}> {{\n{part}}} }}"


def count(graph: str) -> str:
    """Return the query for the number of a graph's triples, as ``?n``."""
    return f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"


def graphs() -> str:
    """Return the query for the graphs of articles, as ``?g``."""
    kind = f"{term('rdf:type')} {term('schema:NewsArticle')}"
    return f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g {kind} }} }}"
