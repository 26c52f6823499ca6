"""Articles, entities and statements, taken out of what is said of the nodes of RDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kgbuild.rdf.terms import PREFIXES, VOCABULARY
from kgbuild.rdf.triples import MADE

Values = Mapping[str, list[str]]
Nodes = dict[str, dict[str, list[str]]]
"""What is said of each node: by predicate, the values as text (an IRI, or a literal's)."""

_PARTS = ("subject", "predicate", "object")


def iri(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def _all(node: Values, curie: str) -> list[str]:
    return node.get(iri(curie), [])


def _one(node: Values, curie: str) -> str | None:
    return next(iter(_all(node, curie)), None)


def has_type(node: Values, curie: str) -> bool:
    types = _all(node, "rdf:type")
    return iri(curie) in types


def identifier(nodes: Nodes, name: str, missing: str | None = None) -> str:
    found = _one(nodes.get(name, {}), "dcterms:identifier") or missing
    if found is None:
        if _all(nodes.get(name, {}), "dcterms:identifier"):
            return ""
        raise ValueError(f"<{name}> has no dcterms:identifier")
    return found


def _more(node: Values, curie: str = "kg:more") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_one(node, curie) or "{}")
    return found


def _number(value: str | None) -> float | None:
    if value is None:
        return None
    return float(value) if "." in value else int(value)


def document(nodes: Nodes, node: Values) -> dict[str, Any]:
    publisher = nodes.get(_one(node, "schema:publisher") or "", {})
    about: dict[str, Any] = {
        "title": _one(node, "schema:headline") or "",
        "date": _one(node, "schema:datePublished"),
        "source": _one(publisher, "schema:name") or "",
        "url": _one(node, "schema:url") or "",
    }
    for key, curie in (("sha256", "kg:sha256"), ("text", "schema:articleBody")):
        if (value := _one(node, curie)) is not None:
            about[key] = value
    return about | _more(node)


def entity(nodes: Nodes, name: str) -> dict[str, Any]:
    node = nodes.get(name, {})
    types = [t for t in _all(node, "rdf:type") if t.startswith(VOCABULARY)]
    kinds = [t.removeprefix(VOCABULARY) for t in types if t != iri("kg:Entity")]
    if not kinds:
        raise ValueError(f"<{name}> has no type of the vocabulary")
    return {
        "id": identifier(nodes, name),
        "label": _one(node, "rdfs:label") or "",
        "type": kinds[0],
        "aliases": sorted(_all(node, "skos:altLabel")),
        **_more(node),
    }


def made_by(node: Values) -> dict[str, Any]:
    """Return what an activity says of the program that made a graph."""
    told = {key: _one(node, curie) for key, curie in MADE.items()}
    return {k: v for k, v in told.items() if v} | _more(node)


def _names(nodes: Nodes, node: Values, curie: str) -> list[dict[str, Any]]:
    """Return linked entities in the order that ``rdf:_1`` … keep, where they do."""
    ordered: list[str] = []
    while found := _one(node, f"rdf:_{len(ordered) + 1}"):
        ordered.append(found)
    names = [entity(nodes, name) for name in ordered or _all(node, curie)]
    return [{k: e[k] for k in ("id", "label", "type")} for e in names]


def _ordered(nodes: Nodes, node: Values, curie: str) -> list[dict[str, list[str]]]:
    found = [nodes.get(name, {}) for name in _all(node, curie)]
    return sorted(found, key=lambda n: int(_one(n, "kg:position") or 0))


def statement(nodes: Nodes, node: Values) -> dict[str, Any]:
    ends = [_one(node, f"rdf:{part}") or "" for part in _PARTS]
    record: dict[str, Any] = {
        "id": _one(node, "dcterms:identifier") or "",
        "doc": identifier(nodes, _one(node, "prov:wasDerivedFrom") or ""),
        "subject": entity(nodes, ends[0]),
        "relation": ends[1].removeprefix(VOCABULARY),
        "object": entity(nodes, ends[2]),
        "factuality": _one(node, "kg:factuality"),
        "attributed_to": _names(nodes, node, "kg:attributedTo"),
        "time": _one(node, "kg:time"),
        "phrase": _one(node, "kg:phrase") or "",
        "confidence": float(_one(node, "kg:confidence") or 1),
        "qualifiers": {"role": _one(node, "kg:role")}
        | _more(node, "kg:moreQualifiers"),
    }
    if deal := _one(node, "kg:deal"):
        record["deal"] = _deal(nodes, nodes.get(deal, {}))
    if by := _one(node, "kg:termBy"):
        reach = {end.lower(): _one(node, f"kg:term{end}") for end in ("From", "To")}
        record["term"] = {**reach, "by": by}
    parts = _ordered(nodes, node, "kg:evidence")
    record["evidence"] = [_evidence(nodes, part) for part in parts]
    return record | _more(node)


def _deal(nodes: Nodes, node: Values) -> dict[str, Any]:
    amount = _number(_one(node, "kg:amount"))
    items = [
        {
            "label": _one(item, "rdfs:label") or "",
            "quantity": _number(_one(item, "kg:quantity")),
            **_more(item),
        }
        for item in _ordered(nodes, node, "kg:item")
    ]
    currency = _one(node, "kg:currency")
    return {
        "items": items,
        "value": None if amount is None else {"amount": amount, "currency": currency},
        "kind": _one(node, "kg:kind"),
        "status": _one(node, "kg:status"),
        "contractors": _names(nodes, node, "kg:contractor"),
        **_more(node),
    }


def _evidence(nodes: Nodes, node: Values) -> dict[str, Any]:
    selectors = [nodes.get(name, {}) for name in _all(node, "oa:hasSelector")]
    quotes = [q for s in selectors for q in _all(s, "oa:exact")]
    places = [_span(s) for s in selectors if has_type(s, "oa:TextPositionSelector")]
    if not places:
        raise ValueError("evidence without an oa:TextPositionSelector")
    spans = {
        part: _span(nodes.get(_one(node, f"kg:{part}Span") or "", {}))
        for part in ("subject", "object", "trigger")
    }
    return {
        "doc": identifier(nodes, _one(node, "oa:hasSource") or ""),
        "start": places[0][0],
        "end": places[0][1],
        "sentence": quotes[0] if quotes else "",
        **spans,
        **_more(node),
    }


def _span(node: Values) -> list[int]:
    return [int(_one(node, f"oa:{end}") or 0) for end in ("start", "end")]
