"""The way back: RDF that kgbuild wrote, in any syntax, as the graph that it was."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx

from kgbuild.graph import add_records
from kgbuild.rdf.fields import (
    Nodes,
    Values,
    document,
    entity,
    has_type,
    identifier,
    iri,
    made_by,
    statement,
)
from kgbuild.rdf.terms import PREFIXES, VOCABULARY, unescape

SUFFIXES = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")

_PARTS = ("subject", "predicate", "object")


def read(path: str | os.PathLike[str]) -> nx.MultiDiGraph[str]:
    """Return the graph of an RDF file; its suffix (and ``.gz``) says the syntax.

    Raises:
        ValueError: the suffix is none of RDF, or the file is not of its syntax.
        OSError: it cannot be read.
    """
    file = Path(path)
    data = file.read_bytes()
    if file.suffix == ".gz":
        data, file = gzip.decompress(data), file.with_suffix("")
    if file.suffix[1:] not in SUFFIXES:
        have = ", ".join(f".{s}" for s in SUFFIXES)
        raise ValueError(
            f"{path}: {file.suffix!r} is no RDF that is read; have: {have}"
        )
    try:
        return loads(data, file.suffix[1:])
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def loads(text: str | bytes, syntax: str) -> nx.MultiDiGraph[str]:
    """Return the graph of an RDF text; the reverse of each writer.

    Raises:
        ValueError: it is not of that syntax, or what it tells has no names or articles.

    >>> loads("", "ttl").graph
    {'documents': {}}
    """
    import pyoxigraph as ox

    data = text if isinstance(text, bytes) else text.encode("utf-8")
    try:
        known = ox.RdfFormat.from_extension(syntax)
        nodes = _index(ox.parse(data, format=known))
    except SyntaxError as error:
        raise ValueError(f"not {syntax}: {error}") from None
    return graph_of(nodes)


def _index(quads: Iterable[Any]) -> Nodes:
    nodes: dict[str, dict[str, dict[str, None]]] = {}
    for quad in quads:
        node = nodes.setdefault(quad.subject.value, {})
        if quad.predicate.value == PREFIXES["rdf"] + "reifies":
            for part in _PARTS:
                value = getattr(quad.object, part).value
                node.setdefault(PREFIXES["rdf"] + part, {})[value] = None
        else:
            node.setdefault(quad.predicate.value, {})[value_of(quad.object)] = None
    return {name: {p: list(v) for p, v in node.items()} for name, node in nodes.items()}


def value_of(term: Any) -> str:
    """Return an IRI, or the text of a literal, unescaped where it was escaped."""
    datatype = getattr(term, "datatype", None)
    value: str = term.value
    if datatype is not None and datatype.value == VOCABULARY + "escapedText":
        return unescape(value)
    return value


def graph_of(nodes: Nodes) -> nx.MultiDiGraph[str]:
    """Return the graph that is told by what is said of each node.

    Raises:
        ValueError: a node lacks its name or its article, or there are facts alone.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(documents={})
    told = [n for n in nodes.values() if has_type(n, "kg:Statement")]
    for name in sorted(nodes, key=lambda n: identifier(nodes, n, "")):
        node = nodes[name]
        if has_type(node, "schema:NewsArticle"):
            graph.graph["documents"][identifier(nodes, name)] = document(nodes, node)
        elif has_type(node, "kg:Entity"):
            found = entity(nodes, name)
            graph.add_node(found.pop("id"), **found)
    acts = [n for n in nodes.values() if has_type(n, "prov:Activity")]
    if len(acts) == 1:  # several made what was loaded together: none made the whole
        graph.graph["made"] = made_by(acts[0])
    if not told and any(_is_fact(node) for node in nodes.values()):
        raise ValueError("facts alone, no statements: written with --statements plain?")
    return add_records(graph, [statement(nodes, node) for node in told])


def _is_fact(node: Values) -> bool:
    return has_type(node, "kg:Entity") and any(
        p.startswith(VOCABULARY) and p != iri("kg:more") for p in node
    )
