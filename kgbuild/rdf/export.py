"""A graph as text of N-Triples and N-Quads, and from these as every other syntax.

The line-based syntaxes are written as they are made, one article after the other; the
others are made of them by pyoxigraph. Order and bytes depend on the graph alone.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Any

import networkx as nx

from kgbuild import flat
from kgbuild.graph import records
from kgbuild.memo import kept, key, stamp
from kgbuild.rdf import details, terms
from kgbuild.rdf import triples as triple_parts
from kgbuild.rdf.details import Record
from kgbuild.rdf.terms import BASE, KINDS, PREFIXES, Triple, check_base, mint
from kgbuild.rdf.triples import (
    Export,
    activity,
    activity_triples,
    article_triples,
    entity_triples,
    fact_triple,
    is_plain_fact,
    mentioned,
    plan,
    statement_triples,
)
from kgbuild.vocabulary import Vocabulary

CHUNK = 5_000  # lines written at once
WRITTEN = ["kg", "dcterms", "oa", "owl", "prov", "rdf", "rdfs", "schema", "skos", "xsd"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is written together: one article, or all of them, with what they tell."""

    documents: Mapping[str, Record]
    entities: Sequence[Record]
    records: Sequence[Record]
    made: Record = field(default_factory=dict)


def batches(graph: nx.MultiDiGraph[str]) -> Iterator[Batch]:
    """Yield the articles of a graph, sorted by id, each with its entities and statements."""
    documents = graph.graph.get("documents", {})
    told = {k: list(g) for k, g in groupby(records(graph), key=lambda r: str(r["doc"]))}
    for name in sorted({*documents, *told}):
        found = told.get(name, [])
        yield Batch(
            documents={name: documents.get(name, {})},
            entities=_entities(graph, found),
            records=found,
            made=graph.graph.get("made", {}),
        )


def whole(graph: nx.MultiDiGraph[str]) -> Batch:
    """Return all articles, entities and statements of a graph as one batch."""
    found = records(graph)
    documents: dict[str, Record] = {r["doc"]: {} for r in found}
    documents |= graph.graph.get("documents", {})
    return Batch(
        documents={k: documents[k] for k in sorted(documents)},
        entities=_entities(graph, found, graph.nodes),
        records=found,
        made=graph.graph.get("made", {}),
    )


def lone(graph: nx.MultiDiGraph[str]) -> Batch:
    """Return the entities that no statement names: they belong to no article."""
    known = {e["id"] for r in records(graph) for e in mentioned(r)}
    entities = _entities(graph, (), set(graph.nodes) - known)
    return Batch(documents={}, entities=entities, records=())


def triples(batch: Batch, export: Export) -> Iterator[Triple]:
    """Yield a batch's triples: articles, entities with plain facts, statement nodes.

    Each is told once; what several nodes tell is about a publisher or an article.
    """
    shared = tuple(f"<{export.base}{KINDS[kind]}" for kind in ("art", "pub"))
    told: set[Triple] = set()
    for block in _blocks(batch, export):
        for triple in dict.fromkeys(block):
            if triple[0].startswith(shared):
                if triple in told:
                    continue
                told.add(triple)
            yield triple


def _blocks(batch: Batch, export: Export) -> Iterator[Iterable[Triple]]:
    facts: dict[str, dict[Triple, None]] = {}
    for record in filter(is_plain_fact, batch.records):
        fact = fact_triple(export, record)
        facts.setdefault(fact[0], {})[fact] = None
    for name, about in batch.documents.items():
        yield article_triples(export, name, about)
    if export.style != "plain" and batch.records:
        yield activity_triples(export.base, batch.made)
    for entity in batch.entities:
        yield entity_triples(export, entity)
        yield facts.get(mint(export.base, "ent", entity["id"]), ())
    if export.style != "plain":
        made = activity(export.base, batch.made)
        for record in batch.records:
            article = batch.documents.get(record["doc"], {})
            yield statement_triples(export, record, article, made)


def lines(batch: Batch, export: Export) -> Iterator[str]:
    """Yield a batch's lines of N-Triples."""
    for subject, predicate, object_ in triples(batch, export):
        yield f"{subject} {predicate} {object_} .\n"


def write(found: Iterable[Triple], file: IO[bytes], graph: str = "") -> None:
    """Write triples as N-Triples, or as N-Quads of a graph, to a binary file."""
    tail = f" {graph} .\n" if graph else " .\n"
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        text = "".join([f"{s} {p} {o}{tail}" for s, p, o in chunk])
        file.write(text.encode("utf-8"))


def write_article(batch: Batch, export: Export, file: IO[bytes]) -> None:
    """Write an article as N-Quads: its triples, in the graph of its name."""
    (name,) = batch.documents
    write(triples(batch, export), file, mint(export.base, "art", name))


def dump_triples(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    file: IO[bytes],
    *,
    base: str = BASE,
    statements: str = "reified",
) -> None:
    """Write a graph as N-Triples to a binary file.

    Raises:
        ValueError: ``base`` is no namespace, or the graph holds what the vocabulary lacks.
    """
    export = plan(vocabulary, base=check_base(base), statements=statements)
    write(triples(whole(graph), export), file)


def dump_quads(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    file: IO[bytes],
    *,
    base: str = BASE,
    statements: str = "reified",
) -> None:
    """Write a graph as N-Quads to a binary file: each article a named graph.

    Entities that no statement names stand in the default graph.

    Raises:
        ValueError: ``base`` is no namespace, or the graph holds what the vocabulary lacks.
    """
    export = plan(vocabulary, base=check_base(base), statements=statements)
    write(triples(lone(graph), export), file)
    for batch in batches(graph):
        write_article(batch, export, file)


def dumps(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    syntax: str,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> str:
    """Return a graph in the syntax of a suffix that pyoxigraph knows, such as ``ttl``."""
    import pyoxigraph as ox

    output = ox.RdfFormat.from_extension(syntax)
    if output is None:
        raise ValueError(f"no RDF syntax has the suffix {syntax!r}")
    source = io.BytesIO()
    dump = dump_quads if output.supports_datasets else dump_triples
    dump(graph, vocabulary, source, base=base, statements=statements)
    source.seek(0)
    quads: Any = ox.parse(source, format=ox.RdfFormat.N_QUADS)
    if not output.supports_datasets:
        quads = (quad.triple for quad in quads)
    written = ox.serialize(quads, format=output, prefixes=prefixes(base))
    return (written or b"").decode("utf-8")


def turtle(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
    memo: Path | None = None,
) -> str:
    """Return a graph as Turtle: what all tell, then each statement by itself.

    A statement that the memo has is not written anew.
    """
    export = plan(vocabulary, base=check_base(base), statements=statements)
    batch = whole(graph)
    made = activity(base, batch.made)
    kinds = sorted((n, r.kind) for n, r in vocabulary.relations.items())
    tables = sorted(export.classes.items()), sorted(export.relations.items()), kinds
    code = stamp(_CODE, base, statements, made, *tables)
    pieces = _pieces(batch, export, made)
    parts = list(kept(memo, code, pieces, lambda found: _turtle(found(), base)))
    if not any(parts):
        return tidy("")
    names = sorted(f"@prefix {k}: <{v}> .\n" for k, v in prefixes(base).items())
    parts[-1] = parts[-1].removesuffix("\n")
    return "".join([*names, "\n", *parts])


_CODE = (sys.modules[__name__], details, terms, triple_parts, flat)
Piece = tuple[bytes, Callable[[], Iterable[Triple]]]


def _pieces(batch: Batch, export: Export, made: str) -> Iterator[Piece]:
    """Yield what is written by itself: a key, and what makes its triples.

    That is each article, what made the graph, each entity with its plain facts, and each
    statement; a publisher goes with the first of its articles.
    """
    named: set[str] = set()
    for name, about in batch.documents.items():
        first = about.get("source", "") not in named
        named.add(about.get("source", ""))
        yield key([name, about, first]), partial(_article, export, name, about, first)
    if export.style != "plain" and batch.records:
        yield key(batch.made), partial(activity_triples, export.base, batch.made)
    facts: dict[str, dict[tuple[str, str], Record]] = {}
    for r in filter(is_plain_fact, batch.records):
        facts.setdefault(r["subject"]["id"], {})[r["relation"], r["object"]["id"]] = r
    for entity in batch.entities:
        told = facts.get(entity["id"], {})
        yield key([entity, *told]), partial(_entity, export, entity, told.values())
    if export.style != "plain":
        for record in batch.records:
            article = batch.documents.get(record["doc"], {})
            key_ = _key(record, article)
            yield key_, partial(_node, record, article, export, made)


def _article(export: Export, name: str, about: Record, first: bool) -> Iterable[Triple]:
    found = dict.fromkeys(article_triples(export, name, about))
    publishers = f"<{export.base}{KINDS['pub']}"
    return (t for t in found if first or not t[0].startswith(publishers))


def _entity(export: Export, entity: Record, told: Iterable[Record]) -> Iterable[Triple]:
    facts = (fact_triple(export, record) for record in told)
    return [*dict.fromkeys(entity_triples(export, entity)), *facts]


def _key(record: Record, article: Record) -> bytes:
    """Return what a statement's own node depends on: of its ends, the ids alone."""
    ends = {end: record[end]["id"] for end in ("subject", "object")}
    return key([{**record, **ends}, article.get("date")])


def _node(
    record: Record, article: Record, export: Export, made: str
) -> Iterable[Triple]:
    """Return what a statement tells of itself; its articles are told of by themselves."""
    found = dict.fromkeys(statement_triples(export, record, article, made))
    articles = f"<{export.base}{KINDS['art']}"
    return (t for t in found if not t[0].startswith(articles))


def _turtle(found: Iterable[Triple], base: str) -> str:
    """Return triples as Turtle, without the prefixes, a blank line after each subject."""
    import pyoxigraph as ox

    source = "".join([f"{s} {p} {o} .\n" for s, p, o in found]).encode("utf-8")
    quads = ox.parse(source, format=ox.RdfFormat.N_TRIPLES)
    names = prefixes(base)
    written = ox.serialize(
        (q.triple for q in quads), format=ox.RdfFormat.TURTLE, prefixes=names
    )
    body = (written or b"").decode("utf-8").split("\n", len(names))[-1]
    return body.replace(" .\n", " .\n\n")


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return the prefixes of an export: those of the vocabularies, and of the instances."""
    kinds = {name: base + path for name, path in KINDS.items()}
    return {name: PREFIXES[name] for name in WRITTEN} | kinds


def tidy(text: str) -> str:
    """Sort the prefixes of Turtle or TriG, and part its subjects by blank lines.

    No literal is touched: line ends within literals are written as escapes.

    >>> tidy("@prefix b: <b:> .\\n@prefix a: <a:> .\\na:x b:y 1 .\\n")
    '@prefix a: <a:> .\\n@prefix b: <b:> .\\n\\na:x b:y 1 .\\n'
    """
    found = text.split("\n")
    heads = [line for line in found if line.startswith("@prefix ")]
    body = "\n".join(found[len(heads) :])
    parted = body.replace(" .\n", " .\n\n").replace("\n\n}", "\n}").rstrip("\n")
    return "\n".join(
        [*sorted(heads), "", parted, ""] if parted else [*sorted(heads), ""]
    )


def _entities(
    graph: nx.MultiDiGraph[str],
    found: Iterable[Record],
    more: Iterable[str] = (),
) -> list[Record]:
    """Return the entities that statements name, and more of them, sorted by id."""
    named: dict[str, Record] = {e["id"]: e for r in found for e in mentioned(r)}
    named |= {
        k: {**graph.nodes[k], "id": k} for k in {*named, *more} & set(graph.nodes)
    }
    return [named[k] for k in sorted(named)]
