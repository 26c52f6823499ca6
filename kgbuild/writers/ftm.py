"""FollowTheMoney entities, as Aleph and its relatives load them: one JSON object a line.

Entities have the schema nearest to their type; each statement is an ``UnknownLink`` with
what it says as ``role``, and each article an ``Article``. Each line has, as its context, what
the graph tells of it, for :func:`kgbuild.read`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kgbuild.flat import item_text
from kgbuild.graph import records
from kgbuild.rdf.terms import days, web
from kgbuild.tables import resource
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import LACKS, each_part, from_parts
from kgbuild.writers.jsonl import line

if TYPE_CHECKING:
    import networkx as nx

Entity = dict[str, Any]
_OTHER = "Asset"  # the plainest schema that a link may point to


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return articles, entities and links of a graph as FollowTheMoney."""
    about, *told = each_part(graph)
    named = {_name(part): part for part in told}
    lines: list[str] = []
    for entity, name in _entities(graph, vocabulary):
        whole = named[name] if lines else about | named[name]
        lines.append(line({**entity, CONTEXT: whole}))
    return "".join(lines)


CONTEXT = (
    "kgbuild"  # beside id, schema and properties: a context, which FollowTheMoney keeps
)


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as FollowTheMoney.

    Raises:
        ValueError: a line is not of kgbuild.
    """
    found = [json.loads(row) for row in text.split("\n") if row.strip()]
    if not all(isinstance(entity, dict) and CONTEXT in entity for entity in found):
        raise ValueError(LACKS)
    return from_parts(entity[CONTEXT] for entity in found)


def _name(part: dict[str, Any]) -> tuple[str, str]:
    """Return what a part of a graph is called: an article, an entity or a statement."""
    ((kind, value),) = part.items()
    key = {"documents": 0, "nodes": "id", "edges": "key"}[kind]
    return kind, value[key]


def _entities(
    graph: nx.MultiDiGraph[str], vocabulary: Vocabulary
) -> Iterator[tuple[Entity, tuple[str, str]]]:
    """Yield each entity with the name of the part of the graph that it stands for."""
    for doc, known in sorted(graph.graph.get("documents", {}).items()):
        yield _article(doc, known), ("documents", doc)
    for name in sorted(graph):
        yield _thing(name, graph.nodes[name], vocabulary), ("nodes", name)
    for record in records(graph):
        yield _link(record, vocabulary, graph), ("edges", record["id"])


def _article(doc: str, known: dict[str, Any]) -> Entity:
    return _entity(
        _id("doc", doc),
        "Article",
        title=known["title"] or doc,
        publishedAt=_day(known["date"]),
        publisher=known["source"],
        sourceUrl=_web(known["url"]),
    )


def _thing(name: str, data: dict[str, Any], vocabulary: Vocabulary) -> Entity:
    wikidata = re.fullmatch(r"wd:(Q\d+)", name)
    return _entity(
        _id("entity", name),
        _schema(data["type"], vocabulary),
        name=data["label"],
        alias=data["aliases"],
        wikidataId=wikidata and wikidata[1],
    )


@functools.cache
def schemas() -> dict[str, str]:
    """Return the schema of each entity type that ships."""
    return dict(tomllib.loads(resource("writers/ftm.toml"))["schemas"])


def _schema(type: str, vocabulary: Vocabulary) -> str:
    """Return a type's schema; one that a user added says it by a mapping to ``ftm:``."""
    known = vocabulary.types.get(type)
    mappings = (*known.exact, *known.close) if known else ()
    mapped = [c.removeprefix("ftm:") for c in mappings if c.startswith("ftm:")]
    return schemas().get(type) or next(iter(mapped), _OTHER)


def _link(
    record: dict[str, Any], vocabulary: Vocabulary, graph: nx.MultiDiGraph[str]
) -> Entity:
    relation = vocabulary.relations.get(record["relation"])
    role = relation.label if relation else record["relation"]
    term = record.get("term")
    time = (f"{term['from']}/{term['to'] or ''}" if term else record["time"]) or ""
    start, _, end = time.partition("/")
    evidence = record.get("evidence") or []
    document = graph.graph.get("documents", {}).get(record["doc"], {})
    return _entity(
        _id("statement", record["id"]),
        "UnknownLink",
        subject=_id("entity", record["subject"]["id"]),
        object=_id("entity", record["object"]["id"]),
        role=role
        if record["factuality"] == "fact"
        else f"{role} ({record['factuality']})",
        status=record["factuality"],
        date=_day(start) if "/" not in time else None,
        startDate=_day(start) if "/" in time else None,
        endDate=_day(end),
        description=_told(record),
        summary=[e["sentence"] for e in evidence],
        proof=_id("doc", record["doc"]),
        publisher=document.get("source"),
        sourceUrl=_web(document.get("url", "")),
    )


def _told(record: dict[str, Any]) -> list[str]:
    """Say who says it, and what the deal is about, in words."""
    said = [f"according to {e['label']}" for e in record["attributed_to"]]
    deal = record.get("deal") or {}
    value = deal.get("value")
    sums = [f"{value['amount']} {value['currency']}"] if value else []
    states = [deal[k] for k in ("kind", "status") if deal.get(k)]
    return [*said, *map(item_text, deal.get("items", ())), *sums, *states]


def _entity(id: str, schema: str, **properties: Any) -> Entity:
    lists = {k: v if isinstance(v, list) else [v] for k, v in properties.items() if v}
    return {
        "id": id,
        "schema": schema,
        "properties": {k: v for k, v in lists.items() if any(v)},
    }


def _id(kind: str, name: str) -> str:
    """FollowTheMoney's ids bear neither slash nor space."""
    digest = hashlib.sha256(f"{kind} {name}".encode("utf-8", "replace")).hexdigest()
    return f"kgbuild-{digest[:24]}"


_LONGEST = 4096  # what FollowTheMoney takes as an address


def _web(url: str) -> str:
    """Return an address that surely is one, else nothing."""
    return url if web(url).startswith("<") and len(url) <= _LONGEST else ""


def _day(value: str | None) -> str | None:
    """Return a day, month or year that the calendar has, else nothing."""
    return value if value and "/" not in value and days(value) else None
