"""The parts of a statement that have nodes of their own: the deal and the evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kgbuild.rdf.terms import Triple, english, mint, number, term, text

Record = Mapping[str, Any]

TYPE, LABEL, IDENTIFIER = (
    term("rdf:type"),
    term("rdfs:label"),
    term("dcterms:identifier"),
)
MORE, POSITION = term("kg:more"), term("kg:position")
GENERATED = term("prov:wasGeneratedBy")

_EVIDENCE, _RESOURCE = term("kg:Evidence"), term("oa:SpecificResource")
_SOURCE, _SELECTOR = term("oa:hasSource"), term("oa:hasSelector")
_AT, _START, _END = term("oa:TextPositionSelector"), term("oa:start"), term("oa:end")
_QUOTE, _EXACT = term("oa:TextQuoteSelector"), term("oa:exact")
_SPANS = {part: term(f"kg:{part}Span") for part in ("subject", "object", "trigger")}
_EVIDENCE_FIELDS = frozenset(("doc", "start", "end", "sentence", *_SPANS))


def deal_triples(base: str, record: Record, made: str = "") -> Iterator[Triple]:
    """Yield the slots of an arms transfer, its parties among them; ``made`` is what made it."""
    deal, name = record["deal"], record["id"]
    node, items = mint(base, "deal", name), deal.get("items", ())
    yield node, TYPE, term("kg:ArmsTransfer")
    if made:
        yield node, GENERATED, made
    yield node, term("kg:supplier"), mint(base, "ent", record["subject"]["id"])
    yield node, term("kg:recipient"), mint(base, "ent", record["object"]["id"])
    for key in ("kind", "status"):
        if deal.get(key) is not None:
            yield node, term(f"kg:{key}"), text(deal[key])
    if deal.get("value") is not None:
        yield node, term("kg:amount"), number(deal["value"]["amount"])
        yield node, term("kg:currency"), text(deal["value"]["currency"])
    contractors = deal.get("contractors", ())
    yield from references(base, node, term("kg:contractor"), contractors)
    yield from more(node, deal, ("kind", "status", "value", "contractors", "items"))
    parts = [mint(base, "deal", name, "item", n) for n in range(1, len(items) + 1)]
    for part in parts:
        yield node, term("kg:item"), part
    for index, (part, item) in enumerate(zip(parts, items), start=1):
        yield from _item(part, index, item)


def _item(node: str, index: int, item: Record) -> Iterator[Triple]:
    yield node, TYPE, term("kg:DealItem")
    yield node, POSITION, number(index)
    yield node, LABEL, english(item["label"])
    if item.get("quantity") is not None:
        yield node, term("kg:quantity"), number(item["quantity"])
    yield from more(node, item, ("label", "quantity"))


def evidence_triples(base: str, record: Record, index: int) -> list[Triple]:
    """Return the evidence at ``index``, counted from 1: article, sentence and spans."""
    evidence = record["evidence"][index - 1]
    node, article = (
        mint(base, "ev", record["id"], index),
        mint(base, "art", evidence["doc"]),
    )
    quote, place = _part(node, "quote"), _part(node, "position")
    spans = [(path, _part(node, part), evidence[part]) for part, path in _SPANS.items()]
    found = [
        (node, TYPE, _EVIDENCE),
        (node, TYPE, _RESOURCE),
        (node, POSITION, number(index)),
        (node, _SOURCE, article),
        (node, _SELECTOR, quote),
        (node, _SELECTOR, place),
        *((node, path, span) for path, span, _ in spans),
        *more(node, evidence, _EVIDENCE_FIELDS),
        (quote, TYPE, _QUOTE),
        (quote, _EXACT, text(evidence["sentence"])),
        *_position(place, (evidence["start"], evidence["end"])),
    ]
    for _, span, offsets in spans:
        found += _position(span, offsets)
    if evidence["doc"] != record["doc"]:
        found.append((article, IDENTIFIER, text(evidence["doc"])))
    return found


def _part(node: str, name: str) -> str:
    """Return the IRI of a part of a node, such as :func:`mint` makes of its name."""
    return f"{node[:-1]}.{name}>"


def _position(node: str, span: Sequence[int]) -> tuple[Triple, ...]:
    return (
        (node, TYPE, _AT),
        (node, _START, number(span[0])),
        (node, _END, number(span[1])),
    )


def references(
    base: str, node: str, predicate: str, entities: Sequence[Record]
) -> Iterator[Triple]:
    """Yield links to entities; where there are several, ``rdf:_1`` … keep their order."""
    names = [mint(base, "ent", e["id"]) for e in entities]
    for name in names:
        yield node, predicate, name
    if len(names) > 1:
        for index, name in enumerate(names, start=1):
            yield node, term(f"rdf:_{index}"), name


def more(
    node: str, data: Record, known: Collection[str], predicate: str = MORE
) -> Iterator[Triple]:
    """Yield the fields beyond the known ones, as one JSON text."""
    if rest := {k: v for k, v in data.items() if k not in known}:
        yield node, predicate, text(json.dumps(rest, sort_keys=True))
