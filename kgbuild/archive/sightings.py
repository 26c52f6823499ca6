"""Sightings: who each article tells of, by which names, and what ties it tells of them.

A tie is a state or a body that a relation that lasts joins somebody to: what tells namesakes
apart, and what lets two spellings be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kgbuild.vocabulary import Vocabulary

Record = dict[str, Any]
TYING = ("Country", "Organization")


@dataclass(slots=True, kw_only=True)
class Sighting:
    """Somebody in one article, or in several that mean the same: ``ties`` are ids by type."""

    id: str
    type: str
    label: str
    names: set[str] = field(default_factory=set)
    docs: set[str] = field(default_factory=set)
    ties: dict[str, set[str]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


def sightings(
    records: Iterable[Record], vocabulary: Vocabulary
) -> dict[tuple[str, str], Sighting]:
    """Return who is told of, by article and id."""
    found: dict[tuple[str, str], Sighting] = {}
    for record in records:
        subject, object = record["subject"], record["object"]
        for entity in entities(record):
            _seen(found, record["doc"], entity)
        relation = vocabulary.relations.get(record["relation"])
        if relation and relation.kind == "state" and record["factuality"] != "negated":
            one, other = (_seen(found, record["doc"], e) for e in (subject, object))
            _tie(one, object)
            _tie(other, subject)
            if role := record["qualifiers"].get("role"):
                one.roles.add(role.lower())
    return found


def entities(record: Record) -> list[Record]:
    """Return all entities that a statement names."""
    deal = record.get("deal") or {}
    parties = record["subject"], record["object"]
    return [*parties, *record["attributed_to"], *deal.get("contractors", ())]


def _seen(found: dict[tuple[str, str], Sighting], doc: str, entity: Record) -> Sighting:
    key = doc, entity["id"]
    if key not in found:
        known = {k: entity[k] for k in ("id", "type", "label")}
        found[key] = Sighting(**known, docs={doc})
    found[key].names |= {entity["label"], *entity.get("aliases", ())}
    return found[key]


def _tie(one: Sighting, other: Record) -> None:
    if other["type"] in TYING and other["id"] != one.id:
        one.ties.setdefault(other["type"], set()).add(other["id"])


def as_one(parts: Iterable[Sighting], id: str) -> Sighting:
    """Return several sightings as one of an id, called as most of them call it."""
    listed = list(parts)
    if len(listed) == 1:
        return replace(listed[0], id=id)
    count = Counter(s.label for s in listed)
    label = min(count, key=lambda name: (-count[name], name))
    whole = Sighting(id=id, type=listed[0].type, label=label)
    for part in listed:
        whole.names |= part.names
        whole.docs |= part.docs
        whole.roles |= part.roles
        for type, ids in part.ties.items():
            whole.ties[type] = whole.ties.get(type, set()) | ids
    return whole


def share(one: Sighting, other: Sighting) -> bool:
    """Tell whether two have a tie in common."""
    return any(ids & other.ties.get(type, set()) for type, ids in one.ties.items())


def clash(one: Sighting, other: Sighting) -> bool:
    """Tell whether both have ties of one type and none in common at all."""
    return not share(one, other) and any(
        ids and other.ties.get(type) for type, ids in one.ties.items()
    )


def tied(seen: Mapping[tuple[str, str], Sighting]) -> dict[str, list[Sighting]]:
    """Return the sightings of each id, in the order of their articles."""
    found: dict[str, list[Sighting]] = {}
    for key in sorted(seen):
        found.setdefault(key[1], []).append(seen[key])
    return found
