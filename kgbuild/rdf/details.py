"""The parts of a statement that have nodes of their own: the deal and the evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kgbuild.rdf.terms import Triple, mint, number, term, text

Record = Mapping[str, Any]

TYPE, LABEL, IDENTIFIER = (
    term("rdf:type"),
    term("rdfs:label"),
    term("dcterms:identifier"),
)
MORE, POSITION = term("kg:more"), term("kg:position")

_EVIDENCE, _RESOURCE = term("kg:Evidence"), term("oa:SpecificResource")
_SOURCE, _SELECTOR = term("oa:hasSource"), term("oa:hasSelector")
_AT, _START, _END = term("oa:TextPositionSelector"), term("oa:start"), term("oa:end")
_QUOTE, _EXACT = term("oa:TextQuoteSelector"), term("oa:exact")
_SPANS = {part: term(f"kg:{part}Span") for part in ("subject", "object", "trigger")}
_EVIDENCE_FIELDS = frozenset(("doc", "start", "end", "sentence", *_SPANS))


def deal_triples(base: str, record: Record) -> Iterator[Triple]:
    """Yield the slots of an arms transfer, its parties among them."""
    deal, name = record["deal"], record["id"]
    node, items = mint(base, "deal", name), deal.get("items", ())
    yield node, TYPE, term("kg:ArmsTransfer")
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
    yield node, LABEL, text(item["label"])
    if item.get("quantity") is not None:
        yield node, term("kg:quantity"), number(item["quantity"])
    yield from more(node, item, ("label", "quantity"))


def evidence_triples(base: str, record: Record, index: int) -> Iterator[Triple]:
    """Yield the evidence at ``index``, counted from 1: article, sentence and spans."""
    evidence, name = record["evidence"][index - 1], record["id"]
    node, article = mint(base, "ev", name, index), mint(base, "art", evidence["doc"])
    quote = mint(base, "ev", name, index, "quote")
    place = mint(base, "ev", name, index, "position")
    spans = {part: mint(base, "ev", name, index, part) for part in _SPANS}
    yield node, TYPE, _EVIDENCE
    yield node, TYPE, _RESOURCE
    yield node, POSITION, number(index)
    yield node, _SOURCE, article
    yield node, _SELECTOR, quote
    yield node, _SELECTOR, place
    for part, span in spans.items():
        yield node, _SPANS[part], span
    yield from more(node, evidence, _EVIDENCE_FIELDS)
    yield quote, TYPE, _QUOTE
    yield quote, _EXACT, text(evidence["sentence"])
    yield from _position(place, (evidence["start"], evidence["end"]))
    for part, span in spans.items():
        yield from _position(span, evidence[part])
    if evidence["doc"] != record["doc"]:
        yield article, IDENTIFIER, text(evidence["doc"])


def _position(node: str, span: Sequence[int]) -> Iterator[Triple]:
    yield node, TYPE, _AT
    yield node, _START, number(span[0])
    yield node, _END, number(span[1])


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
