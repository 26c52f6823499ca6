"""Facts: what several articles tell, told once, with all its evidence.

A fact has one subject, relation, object, factuality and speaker; an event has one day, too,
and a deal one content. An event whose article tells no day of it is of the article's day,
and joins what was told of the days right before. What holds either way round (a meeting)
is one, whoever is named first. A post is one fact a term, as ``terms`` parts them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from math import prod
from types import MappingProxyType
from typing import Any

from kgbuild.archive.terms import parted, term_of
from kgbuild.knowledge.names import Name
from kgbuild.vocabulary import Vocabulary

Record = dict[str, Any]

REACH = 3  # days after an event on which articles still tell of it without its day
MOST = 0.99  # what no number of articles makes more certain


def facts(
    records: Iterable[Record],
    documents: Mapping[str, Record],
    vocabulary: Vocabulary,
    originals: Mapping[str, str],
    names: Mapping[str, Name] = MappingProxyType({}),
) -> list[Record]:
    """Return the facts that statements tell, in a fixed order; ``names`` are those known.

    Each is the statement that tells it first, with the evidence of all, ``first_day`` and
    ``last_day`` of their articles, and how many ``articles`` and ``independent`` ones there
    are: of those that are alike, one counts. A post has its ``term``.
    """
    told = [_turned(r, vocabulary) for r in records]
    days = {id: about.get("date") or "" for id, about in documents.items()}
    keyed = sorted(
        (
            (_key(r, vocabulary), days.get(r["doc"], ""), r["doc"], r["id"], r)
            for r in told
        ),
        key=lambda row: row[:4],
    )
    found = []
    for key, rows in groupby(keyed, key=lambda row: row[0]):
        listed = [row[4] for row in rows]
        relation = vocabulary.relations.get(listed[0]["relation"])
        if relation and relation.role and listed[0]["factuality"] == "fact":
            for post, (known, part) in parted(listed, days, names).items():
                term = term_of(part, known, days)
                fact = _fact(key + post, part, days, originals)
                found.append({**fact, "term": term} if term else fact)
            continue
        events = json.loads(key)[-1] == "event"
        parts = _events(listed, days) if events else {"": listed}
        found += [
            _fact(key + day, part, days, originals) for day, part in parts.items()
        ]
    return found


def _key(record: Record, vocabulary: Vocabulary) -> str:
    """Return what two tellings of one fact have in common, beside the day of an event."""
    relation = vocabulary.relations.get(record["relation"])
    deal = record.get("deal")
    return json.dumps(
        [
            record["subject"]["id"],
            record["relation"],
            record["object"]["id"],
            record["factuality"],
            [e["id"] for e in record["attributed_to"]],
            deal and [deal[k] for k in ("items", "value", "kind", "status")],
            relation.kind if relation else "event",
        ]
    )


def _turned(record: Record, vocabulary: Vocabulary) -> Record:
    """Give what is symmetric one direction, the same in all articles."""
    relation = vocabulary.relations.get(record["relation"])
    if not relation or not relation.symmetric:
        return record
    if record["subject"]["id"] <= record["object"]["id"]:
        return record
    turned = [
        {**e, "subject": e["object"], "object": e["subject"]}
        for e in record["evidence"]
    ]
    ends = {"subject": record["object"], "object": record["subject"]}
    return {**record, **ends, "evidence": turned}


def _events(told: list[Record], days: Mapping[str, str]) -> dict[str, list[Record]]:
    """Part tellings of like events by their day; untold days join those right before."""
    parts: dict[str, list[Record]] = {}
    for record in told:
        if record["time"]:
            parts.setdefault(record["time"], []).append(record)
    open_ = [r for r in told if not r["time"]]
    for record in sorted(
        open_, key=lambda r: (days.get(r["doc"], ""), r["doc"], r["id"])
    ):
        day = days.get(record["doc"], "")
        near = [time for time in parts if _reaches(time, day)]
        parts.setdefault(max(near, default=day), []).append(record)
    return parts


def _reaches(time: str, day: str) -> bool:
    """Tell whether an article of a day may tell of what was on another, if it says no day.

    >>> _reaches("2014-05-01", "2014-05-03"), _reaches("2014-05", "2014-05-03")
    (True, False)
    """
    if len(time) != 10 or len(day) != 10:
        return time == day
    passed = date.fromisoformat(day) - date.fromisoformat(time)
    return timedelta(0) <= passed <= timedelta(REACH)


def _fact(
    key: str, told: list[Record], days: Mapping[str, str], originals: Mapping[str, str]
) -> Record:
    """Return one fact of all that tell it; the earliest article's words are kept."""
    ordered = sorted(told, key=lambda r: (days.get(r["doc"]) or "~", r["doc"], r["id"]))
    first = ordered[0]
    docs = sorted({r["doc"] for r in ordered})
    dated = sorted(days[d] for d in docs if days.get(d))
    surest: dict[str, float] = {}
    for record in ordered:
        original = originals.get(record["doc"], record["doc"])
        surest[original] = max(surest.get(original, 0.0), record["confidence"])
    times = {r["time"] for r in ordered if r["time"]}
    roles = [r["qualifiers"]["role"] for r in ordered if r["qualifiers"].get("role")]
    fact = {
        **first,
        "id": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "subject": _named(ordered, "subject"),
        "object": _named(ordered, "object"),
        "time": times.pop() if len(times) == 1 else None,
        "qualifiers": {**first["qualifiers"], "role": next(iter(roles), None)},
        "confidence": confidence(surest.values()),
        "evidence": _evidence(ordered),
        "articles": len(docs),
        "independent": len(surest),
    }
    if dated:
        fact |= {"first_day": dated[0], "last_day": dated[-1]}
    return fact


def _named(told: list[Record], end: str) -> Record:
    names = {a for r in told for a in (r[end]["label"], *r[end]["aliases"])}
    first: Record = told[0][end]
    return {**first, "aliases": sorted(names - {first["label"]})}


def _evidence(told: list[Record]) -> list[Record]:
    """Return all evidence once, the earliest article's first."""
    found = {json.dumps(e): e for r in told for e in r["evidence"]}
    return list(found.values())


def confidence(of_articles: Iterable[float]) -> float:
    """Return how certain a fact is that independent articles tell.

    The surest article counts whole, and each other takes away half its confidence of what
    doubt is left, as readers err alike on like sentences; never is it more than ``MOST``.

    >>> confidence([0.8]), confidence([0.8, 0.6]), confidence([0.8] * 9)
    (0.8, 0.86, 0.99)
    """
    surest, *others = sorted(of_articles, reverse=True)
    doubt = (1 - surest) * prod(1 - other / 2 for other in others)
    return round(max(surest, min(MOST, 1 - doubt)), 4)
