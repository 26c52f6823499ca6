"""rdflib: a graph as its ``Dataset`` and back, and Turtle by its own serializer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from kgbuild.graph import records
from kgbuild.rdf import reading
from kgbuild.rdf.export import batches, lines, lone, prefixes, whole
from kgbuild.rdf.terms import (
    BASE,
    KINDS,
    PREFIXES,
    VOCABULARY,
    check_base,
    mint,
    unescape,
)
from kgbuild.rdf.triples import plan
from kgbuild.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

LARGEST = 50_000
"""Triples that rdflib serializes in a bearable time: larger graphs are streamed."""
_LEAST = 8  # triples that any statement's node has

Nodes = tuple["rdflib.term.Node", "rdflib.term.Node", "rdflib.term.Node"]


def to_rdflib(
    graph: nx.MultiDiGraph[str],
    *,
    vocabulary: Vocabulary | None = None,
    base: str = BASE,
) -> rdflib.Dataset:
    """Return a graph as a dataset of rdflib: a named graph an article, all of them its union.

    Raises:
        ValueError: ``base`` is no namespace, or the graph holds what the vocabulary lacks.

    >>> import networkx
    >>> len(to_rdflib(networkx.MultiDiGraph(documents={"a": {}})))
    3
    """
    import rdflib

    export = plan(vocabulary or load_vocabulary(), base=check_base(base))
    dataset = rdflib.Dataset(default_union=True)
    _bind(dataset, base)
    for triple in _terms(lines(lone(graph), export)):
        dataset.default_graph.add(triple)
    for batch in batches(graph):
        (name,) = batch.documents
        named = dataset.graph(rdflib.URIRef(mint(base, "art", name)[1:-1]))
        for triple in _terms(lines(batch, export)):
            named.add(triple)
    return dataset


def from_rdflib(data: rdflib.Graph) -> nx.MultiDiGraph[str]:
    """Return the graph that a dataset or a graph of rdflib tells.

    The reverse of :func:`to_rdflib`, and of whatever wrote what rdflib has read.

    Raises:
        ValueError: what it tells has no names or articles.
    """
    import rdflib

    quads: Iterable[Any] = data.triples((None, None, None))
    if isinstance(data, rdflib.Dataset):
        quads = (quad[:3] for quad in data.quads((None, None, None, None)))
    nodes: dict[str, dict[str, dict[str, None]]] = {}
    for subject, predicate, object_ in sorted(quads):
        said = nodes.setdefault(str(subject), {}).setdefault(str(predicate), {})
        said[_text(object_)] = None
    return reading.graph_of(
        {name: {p: list(v) for p, v in said.items()} for name, said in nodes.items()}
    )


def turtle(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> str | None:
    """Return a graph as Turtle by rdflib, or nothing where that cannot be or takes too long.

    Order and bytes depend on the graph alone: the serializer sorts what it writes.
    """
    import rdflib

    export = plan(vocabulary, base=check_base(base), statements=statements)
    if statements == "rdf12":
        return None  # rdflib knows no triple terms
    if statements == "reified" and len(records(graph)) * _LEAST > LARGEST:
        return None
    told = list(islice(lines(whole(graph), export), LARGEST + 1))
    if len(told) > LARGEST:
        return None
    made = rdflib.Graph()
    _bind(made, base)
    for triple in _terms(sorted(told)):
        made.add(triple)
    return made.serialize(format="turtle")


def _bind(data: rdflib.Graph, base: str) -> None:
    # A local name of rdflib's holds no colon: what Wikidata knows has a prefix of its own.
    items = {"item": f"{base}{KINDS['ent']}wd:"}
    for name, namespace in (prefixes(base) | items).items():
        data.bind(name, namespace, override=True, replace=True)


def _terms(told: Iterable[str]) -> Iterator[Nodes]:
    """Yield lines of N-Triples as terms of rdflib, each literal in the form that it has."""
    import pyoxigraph as ox
    from rdflib import URIRef

    source = "".join(told).encode("utf-8")
    for quad in ox.parse(io.BytesIO(source), format=ox.RdfFormat.N_TRIPLES):
        subject: Any = quad.subject
        yield URIRef(subject.value), URIRef(quad.predicate.value), _term(quad.object)


def _term(term: Any) -> rdflib.URIRef | rdflib.Literal:
    from rdflib import Literal, URIRef

    kind = getattr(term, "datatype", None)
    if kind is None:
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    if kind.value == PREFIXES["xsd"] + "string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(kind.value), normalize=False)


def _text(term: Any) -> str:
    if str(getattr(term, "datatype", "")) == VOCABULARY + "escapedText":
        return unescape(str(term))
    return str(term)
