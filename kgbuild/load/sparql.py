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


def drop_lone(graph: str) -> str:
    """Return the update that takes from the default graph what only this graph has."""
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }}"
        " FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o }"
        f" FILTER (?other != <{graph}>) }} }}"
    )


def union() -> str:
    """Return the update that puts what named graphs hold into the default graph."""
    return "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def inserts(graph: str, triples: Sequence[str], chunk: int = CHUNK) -> Iterator[str]:
    """Yield the updates that add triples to a graph, so many at a time.

    Without a name it is the default graph.
    """
    for start in range(0, len(triples), chunk):
        part = "".join(triples[start : start + chunk])
        named = f"GRAPH <{graph}> {{\n{part}}}" if graph else f"\n{part}"
        yield f"INSERT DATA {{ {named} }}"


def count(graph: str) -> str:
    """Return the query for the number of a graph's triples, as ``?n``."""
    return f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"


def graphs() -> str:
    """Return the query for the graphs of articles, as ``?g``."""
    kind = f"{term('rdf:type')} {term('schema:NewsArticle')}"
    return f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g {kind} }} }}"
