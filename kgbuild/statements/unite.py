"""Unite: what is said several times becomes one statement with all its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from kgbuild.model import Statement
from kgbuild.vocabulary import Vocabulary

FACT, POSSIBLE = "fact", "possible"


def unite(told: Iterable[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """Return each statement once, in the order of the text, with its id."""
    kept: dict[tuple[object, ...], Statement] = {}
    ordered = sorted(told, key=place_of)
    for statement in _timed(_turned(_settled(ordered), vocabulary)):
        key = _key(statement)
        kept[key] = united(kept[key], statement) if key in kept else statement
    return [replace(s, id=identity(s)) for s in sorted(kept.values(), key=place_of)]


def place_of(s: Statement) -> tuple[object, ...]:
    """Return what puts statements in the order of the text."""
    e = s.evidence[0]
    return e.start, e.trigger, e.subject, e.object, s.relation, s.factuality


def _key(s: Statement) -> tuple[object, ...]:
    deal = s.deal and (s.deal.items, s.deal.value, s.deal.status, s.evidence[0].trigger)
    speakers = tuple(a.id for a in s.attributed_to)
    ends = (s.subject.id, s.relation, s.object.id)
    return (*ends, s.factuality, speakers, s.time, deal)


def united(a: Statement, b: Statement) -> Statement:
    """Return two tellings of one thing as one, the first's words kept."""
    return replace(
        a,
        time=a.time or b.time,
        role=a.role or b.role,
        confidence=max(a.confidence, b.confidence),
        evidence=tuple(dict.fromkeys((*a.evidence, *b.evidence))),
    )


def _settled(told: list[Statement]) -> list[Statement]:
    """Leave out what one sentence tells as possible or denied and also, of the same, as a fact."""
    facts = {
        (s.subject.id, s.relation, s.object.id, s.evidence[0].start)
        for s in told
        if s.factuality == FACT
    }
    return [
        s
        for s in told
        if s.factuality == FACT
        or s.deal is not None
        or (s.subject.id, s.relation, s.object.id, s.evidence[0].start) not in facts
    ]


def _turned(told: list[Statement], vocabulary: Vocabulary) -> list[Statement]:
    """Give what is symmetric one direction: the one in which it is told first."""
    first: dict[tuple[str, frozenset[str]], str] = {}
    made = []
    for s in told:
        if vocabulary.relations[s.relation].symmetric:
            pair = s.relation, frozenset((s.subject.id, s.object.id))
            if first.setdefault(pair, s.subject.id) != s.subject.id:
                turned = tuple(
                    replace(e, subject=e.object, object=e.subject) for e in s.evidence
                )
                s = replace(s, subject=s.object, object=s.subject, evidence=turned)
        made.append(s)
    return made


def _timed(told: list[Statement]) -> list[Statement]:
    """Let a telling without a time join the same telling with one."""
    times: dict[tuple[object, ...], str] = {}
    for s in told:
        if s.time is not None and s.deal is None:
            times.setdefault(_key(replace(s, time=None)), s.time)
    return [
        replace(s, time=times.get(_key(s), s.time)) if s.deal is None else s
        for s in told
    ]


def identity(s: Statement) -> str:
    """Hash what is said and where: the same on every run and machine."""
    parts = [
        s.doc,
        s.subject.id,
        s.relation,
        s.object.id,
        s.factuality,
        str(s.time),
        *(a.id for a in s.attributed_to),
        repr(s.deal and (s.deal.items, s.deal.value, s.deal.status)),
        str(s.evidence[0].start),
        str(s.evidence[0].trigger),
    ]
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
