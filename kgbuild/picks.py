"""Picks: which of a graph's statements are wanted, by day, relation, type, entity, confidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """What a statement must be: all of these that are given, and one of each list.

    ``since`` and ``until`` are days, months or years, both included; what has no time of
    its own is of its article's day.
    """

    since: str | None = None
    until: str | None = None
    relations: Sequence[str] = ()
    types: Sequence[str] = ()
    about: Sequence[str] = ()
    min_confidence: float | None = None


def given(picks: Picks) -> dict[str, Any]:
    """Return what is picked by, without what is open.

    >>> given(Picks(since="2014", relations=("meets",)))
    {'since': '2014', 'relations': ['meets']}
    """
    found = {
        k: list(v) if isinstance(v, tuple) else v for k, v in asdict(picks).items()
    }
    return {k: v for k, v in found.items() if v not in (None, [])}


def picked(
    records: Iterable[Record], documents: Mapping[str, Record], picks: Picks
) -> list[Record]:
    """Return the statements that are wanted, in the order given.

    Raises:
        ValueError: ``about`` names nobody in them.
    """
    found = list(records)
    ids = {id for name in picks.about for id in _named(found, name)}
    return [
        r
        for r in found
        if _in_time(r, documents, picks)
        and (not picks.relations or r["relation"] in picks.relations)
        and (not picks.types or {e["type"] for e in _ends(r)} & {*picks.types})
        and (not ids or {e["id"] for e in _ends(r)} & ids)
        and r["confidence"] >= (picks.min_confidence or 0)
    ]


def _ends(record: Record) -> tuple[Record, Record]:
    return record["subject"], record["object"]


def _in_time(record: Record, documents: Mapping[str, Record], picks: Picks) -> bool:
    """Tell whether a statement's time, or else its article's day, touches the days wanted.

    >>> _in_time({"time": "2014-05", "doc": "a"}, {}, Picks(since="2014-05-20"))
    True
    """
    if picks.since is None and picks.until is None:
        return True
    told = record["time"] or documents.get(record["doc"], {}).get("date") or ""
    start, _, end = told.partition("/")
    if not start:
        return False
    return (end or start) + "~" >= (picks.since or "") and (
        picks.until is None or start <= picks.until + "~"
    )


def _named(records: Sequence[Record], name: str) -> set[str]:
    """Return who has a name, as an id, a label or an alias, whoever that may be.

    Raises:
        ValueError: nobody has it.
    """
    wanted = name.casefold()
    known: dict[str, dict[str, str]] = {}
    for entity in (e for r in records for e in _ends(r)):
        for form in (entity["id"], entity["label"], *entity.get("aliases", ())):
            known.setdefault(form.casefold(), {})[entity["id"]] = form
    if wanted in known:
        return {*known[wanted]}
    close = difflib.get_close_matches(wanted, sorted(known), n=3)
    near = ", ".join(next(iter(known[c].values())) for c in close)
    raise ValueError(
        f"nobody is named {name!r} here" + (f"; near: {near}" if near else "")
    )
