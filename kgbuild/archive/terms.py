"""Terms: a post that somebody is told to hold, from when to when, across articles.

A telling belongs to the term of office that the knowledge has for that person, post and
body on the day told. Where it has none, all tellings of one post are one term, and it
reaches from the first to the last day on which articles tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kgbuild.knowledge.names import Name, Term
from kgbuild.knowledge.posts import covering, fits, heads, spelled, untold

Record = dict[str, Any]


def parted(
    told: Iterable[Record], days: Mapping[str, str], names: Mapping[str, Name]
) -> dict[str, tuple[Term | None, list[Record]]]:
    """Part tellings that one holds a post of another by terms, those known and those not.

    ``days`` are the days of the articles. The keys stay as they are when more is told.
    """
    known: dict[str, tuple[Term | None, list[Record]]] = {}
    other: dict[str, tuple[Term | None, list[Record]]] = {}
    for record in told:
        if term := _known(record, days, names):
            key = f"{spelled(term.role)} {term.start}"
            known.setdefault(key, (term, []))[1].append(record)
        else:
            key = _post(record)
            other.setdefault(key, (None, []))[1].append(record)
    if (
        "" in other and len(other) == 2
    ):  # what names no post is of the one that is named
        unnamed = other.pop("")[1]
        next(iter(other.values()))[1].extend(unnamed)
    return {**known, **other}


def _post(record: Record) -> str:
    role = record["qualifiers"].get("role")
    return "" if untold(role) else spelled(role)


def _known(
    record: Record, days: Mapping[str, str], names: Mapping[str, Name]
) -> Term | None:
    """Return the term that the knowledge has of who is told, on the day told."""
    name = names.get(record["subject"]["id"])
    day = _reach(record, days)[0]
    if name is None or not day:
        return None
    role = record["qualifiers"].get("role")
    held = [t for t in covering(name, day) if t.of == record["object"]["id"]]
    if not untold(role):
        held = [t for t in held if fits(role, t.role)]
    elif len(held) > 1:
        held = [t for t in held if spelled(t.role) in heads()]
    return held[-1] if held else None


def _reach(record: Record, days: Mapping[str, str]) -> tuple[str, str]:
    """Return the first and the last day that a telling is of: its own, or its article's."""
    start, _, end = (record["time"] or days.get(record["doc"], "")).partition("/")
    return start, end or start


def term_of(
    told: Iterable[Record], known: Term | None, days: Mapping[str, str]
) -> Record | None:
    """Return when a post is held, as far as is known, and who knows it.

    ``to`` is None where the knowledge knows of no end. Where articles alone tell it, it was
    held at least from and to these days.

    >>> told = [{"doc": d, "time": None} for d in "ab"]
    >>> term_of(told, None, {"a": "2014-05-01", "b": "2015-02-03"})
    {'from': '2014-05-01', 'to': '2015-02-03', 'by': 'articles'}
    """
    reached = [r for r in (_reach(record, days) for record in told) if r[0]]
    first = min((start for start, _ in reached), default="")
    if known:
        start = known.start or first
        return {"from": start, "to": known.end or None, "by": "knowledge"}
    if not reached:
        return None
    return {"from": first, "to": max(end for _, end in reached), "by": "articles"}
