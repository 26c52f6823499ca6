"""Statements, assembled as a networkx ``MultiDiGraph``.

Nodes are entity ids with ``label``, ``type`` and ``aliases``; edge keys are statement ids,
and edge attributes are the fields of the statement's JSON line, all plain Python values, so
that the graph can be copied, filtered and written by anything that knows networkx.
``graph.graph["documents"]`` maps a document's id to its title, date, source, url and the
SHA-256 of its text (and the ``text`` itself where it is carried). ``graph.graph["made"]``,
where it is known, tells what made the graph: the version of ``kgbuild``, its ``model``, and
the SHA-256 of its ``vocabulary`` and its ``knowledge``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import networkx as nx

from kgbuild.model import Document, Entity, Evidence, Statement

Record = dict[str, Any]


def record_of(statement: Statement) -> Record:
    """Return a statement as the dictionary of its JSON line."""
    deal = statement.deal
    record: Record = {
        "id": statement.id,
        "doc": statement.doc,
        "subject": _node(statement.subject),
        "relation": statement.relation,
        "object": _node(statement.object),
        "factuality": statement.factuality,
        "attributed_to": [_name(e) for e in statement.attributed_to],
        "time": statement.time,
        "phrase": statement.phrase,
        "confidence": statement.confidence,
        "qualifiers": {"role": statement.role},
    }
    if deal is not None:
        record["deal"] = {
            "items": [{"label": i.label, "quantity": i.quantity} for i in deal.items],
            "value": deal.value
            and {"amount": deal.value.amount, "currency": deal.value.currency},
            "kind": deal.kind,
            "status": deal.status,
            "contractors": [_name(e) for e in deal.contractors],
        }
    record["evidence"] = [_evidence(e) for e in statement.evidence]
    return record


def assemble(
    documents: Iterable[Document],
    statements: Iterable[Statement],
    *,
    with_text: bool = False,
    made: Mapping[str, str] | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the graph of the statements, its nodes and edges in a fixed order.

    ``made`` tells what made them.

    >>> assemble([Document(id="a", text="")], []).graph["documents"]["a"]["title"]
    ''
    """
    records = [record_of(s) for s in statements]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph["documents"] = {
        d.id: about(d, with_text=with_text)
        for d in sorted(documents, key=lambda d: d.id)
    }
    if made:
        graph.graph["made"] = dict(made)
    return add_records(graph, records)


def about(document: Document, *, with_text: bool = False) -> Record:
    """Return what the graph keeps of a document."""
    kept: Record = {
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "url": document.url,
        "sha256": hashlib.sha256(
            document.text.encode("utf-8", "surrogatepass")
        ).hexdigest(),
    }
    if with_text:
        kept["text"] = document.text
    return kept


def add_records(
    graph: nx.MultiDiGraph[str], records: Iterable[Record]
) -> nx.MultiDiGraph[str]:
    """Add statements, as dictionaries of the JSON-lines form, to a graph, in sorted order."""
    ordered = sorted(records, key=lambda r: (r["doc"], _position(r), r["id"]))
    for node in _nodes(graph, ordered):
        graph.add_node(
            node["id"], label=node["label"], type=node["type"], aliases=node["aliases"]
        )
    for record in ordered:
        graph.add_edge(
            record["subject"]["id"],
            record["object"]["id"],
            key=record["id"],
            **_edge(graph, record),
        )
    return graph


def records(graph: nx.MultiDiGraph[str]) -> list[Record]:
    """Return the statements of a graph as dictionaries of the JSON-lines form, sorted.

    The reverse of :func:`add_records`: aliases are those of the whole graph's node. Of a graph
    that is frozen (``networkx.freeze``) they are made once, and are not to be changed.
    """
    if not nx.is_frozen(graph):
        return _records(graph)
    if graph not in _FROZEN:
        _FROZEN[graph] = _records(graph)
    return list(_FROZEN[graph])


_FROZEN: WeakKeyDictionary[nx.MultiDiGraph[str], list[Record]] = WeakKeyDictionary()


def _records(graph: nx.MultiDiGraph[str]) -> list[Record]:
    nodes = {name: _of(graph, name) for name in graph.nodes}
    found = []
    for source, target, key, data in graph.edges(keys=True, data=True):
        rest = {k: v for k, v in data.items() if k != "doc"}
        found.append(
            {
                "id": key,
                "doc": data["doc"],
                "subject": nodes[source],
                "relation": rest.pop("relation"),
                "object": nodes[target],
                **rest,
            }
        )
    return sorted(found, key=lambda r: (r["doc"], _position(r), r["id"]))


def _of(graph: nx.MultiDiGraph[str], name: str) -> Record:
    data = graph.nodes[name]
    return {
        "id": name,
        "label": data["label"],
        "type": data["type"],
        "aliases": list(data["aliases"]),
    }


def _edge(graph: nx.MultiDiGraph[str], record: Record) -> Record:
    """Return the fields of an edge, each entity in them called as its node is called."""
    edge = {k: v for k, v in record.items() if k not in ("id", "subject", "object")}
    edge["attributed_to"] = _called(graph, record["attributed_to"])
    if deal := record.get("deal"):
        made = _called(graph, deal.get("contractors", ()))
        edge["deal"] = {**deal, "contractors": made}
    return edge


def _called(
    graph: nx.MultiDiGraph[str], entities: Iterable[Record]
) -> list[dict[str, str]]:
    nodes = graph.nodes
    return [
        {"id": e["id"], **{k: nodes[e["id"]][k] for k in ("label", "type")}}
        for e in entities
    ]


def _nodes(graph: nx.MultiDiGraph[str], ordered: list[Record]) -> list[Record]:
    """Unite what is known of each entity: the first label and type, all aliases."""
    merged: dict[str, Record] = {name: _of(graph, name) for name in graph.nodes}
    names = {id: {*known["aliases"]} for id, known in merged.items()}
    for record in ordered:
        for entity in (
            record["subject"],
            record["object"],
            *record["attributed_to"],
            *(record.get("deal") or {}).get("contractors", ()),
        ):
            merged.setdefault(entity["id"], entity)
            names.setdefault(entity["id"], set()).update(entity.get("aliases", ()))
    return [
        {**known, "aliases": sorted(names[id] - {known["label"]})}
        for id, known in sorted(merged.items())
    ]


def _position(record: Record) -> tuple[int, int]:
    first = record["evidence"][0] if record.get("evidence") else None
    return (first["start"], first["trigger"][0]) if first else (0, 0)


def _node(entity: Entity) -> Record:
    return {**_name(entity), "aliases": list(entity.aliases)}


def _name(entity: Entity) -> Record:
    return {"id": entity.id, "label": entity.label, "type": entity.type}


def _evidence(e: Evidence) -> Record:
    return {
        "doc": e.doc,
        "start": e.start,
        "end": e.end,
        "sentence": e.sentence,
        "subject": list(e.subject),
        "object": list(e.object),
        "trigger": list(e.trigger),
    }
