"""Who is who across articles: namesakes parted, other spellings joined, the rest listed.

An article's own names are as its reading made them. Across articles, those of one coined id
are parted where their ties clash; then those of like names are joined where names and ties
make it likely enough, and no other is nearly as likely. What is less likely is a doubt, for
somebody to decide. Whoever has an id in the knowledge is never joined to another of those.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

from kgbuild.archive import likeness as likenesses
from kgbuild.archive.likeness import LEAST, MAYBE, SAME, alike, likeness, words
from kgbuild.archive.sightings import Sighting, as_one, clash, share, sightings, tied
from kgbuild.knowledge.names import LETTERS
from kgbuild.memo import key, load, save, stamp
from kgbuild.tables import resource
from kgbuild.vocabulary import Vocabulary

Record = dict[str, Any]
Pair = tuple[str, str]

_NEAR = 0.05  # by how much the best must be better than the next
_CROWD = 500  # names that begin alike, above which that says nothing
_KNOWN = "wd:"
_COMPARED = ("Person", "Organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two that may be one, or not: how likely, and why it was not decided."""

    one: Sighting
    other: Sighting
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whois:
    """Who is who: new ids by article and id, and by id; and what is left to decide."""

    of_article: Mapping[tuple[str, str], str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    doubts: Sequence[Doubt] = ()


def whois(
    records: Iterable[Record],
    vocabulary: Vocabulary,
    *,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    memo: Path | None = None,
) -> Whois:
    """Return who is who in statements; what somebody decided wins.

    ``same`` joins its second to its first, ``different`` keeps two apart. ``memo`` is a file
    that keeps which names are alike, so that only new ones are compared again.
    """
    seen = sightings(records, vocabulary)
    of_article, whole = _parted(seen)
    apart = {frozenset(pair) for pair in different}
    told = dict.fromkeys(frozenset(p) for p in same)
    decided = apart | told.keys()
    scored = [
        (score, a, b)
        for (a, b), score in _candidates(whole, memo).items()
        if frozenset((a, b)) not in decided
    ]
    into = _into(same)
    members: dict[str, set[str]] = defaultdict(set)
    for id in into:
        members[_root(into, id)].add(id)
    sure, doubts = _sure(scored, whole)
    for _, a, b in sure:
        _join(into, members, whole, apart, a, b)
    roots = {id: _root(into, id) for id in into}
    return Whois(
        of_article=of_article,
        same={id: root for id, root in roots.items() if id != root},
        labels={id: one.label for id, one in whole.items()},
        doubts=tuple(
            d for d in doubts if _root(into, d.one.id) != _root(into, d.other.id)
        ),
    )


# -- namesakes ---------------------------------------------------------------------------


def _parted(
    seen: Mapping[tuple[str, str], Sighting],
) -> tuple[dict[tuple[str, str], str], dict[str, Sighting]]:
    """Part the sightings of each coined id; return the new ids, and all as wholes by id."""
    renamed: dict[tuple[str, str], str] = {}
    whole: dict[str, Sighting] = {}
    for id, parts in tied(seen).items():
        groups = [parts] if id.startswith(_KNOWN) else _groups(parts)
        names = [id] if len(groups) == 1 else [_tied_id(id, g) for g in groups]
        for name, group in zip(names, groups, strict=True):
            both = [whole[name], *group] if name in whole else group
            whole[name] = as_one(both, name)
            if name != id:
                renamed |= {(doc, id): name for s in group for doc in s.docs}
    return renamed, whole


def _groups(parts: Sequence[Sighting]) -> list[list[Sighting]]:
    """Part sightings so that no two of a part clash; those without ties are one part."""
    open_ = [s for s in parts if not s.ties]
    bound: list[tuple[set[str], list[Sighting]]] = []
    for one in (s for s in parts if s.ties):
        mine = {t for ids in one.ties.values() for t in ids}
        near = [b for b in bound if b[0] & mine]
        bound = [b for b in bound if not b[0] & mine]
        ties = mine.union(*(b[0] for b in near))
        bound.append((ties, [one, *(s for b in near for s in b[1])]))
    if len(bound) <= 1:
        return [list(parts)]
    groups = [group for _, group in bound]
    groups.sort(key=lambda g: (-len(g), min(min(s.docs) for s in g)))
    merged: list[list[Sighting]] = []
    wholes: list[Sighting] = []
    for group in groups:
        one_of = as_one(group, "")
        fits = [n for n, whole in enumerate(wholes) if not clash(one_of, whole)]
        if len(fits) == 1:
            merged[fits[0]].extend(group)
            wholes[fits[0]] = as_one((wholes[fits[0]], one_of), "")
        else:
            merged.append(list(group))
            wholes.append(one_of)
    if len(merged) <= 1:
        return [list(parts)]
    return merged + ([open_] if open_ else [])


def _tied_id(id: str, group: Sequence[Sighting]) -> str:
    """Return the id of one of several namesakes: with the tie that most articles tell."""
    count: dict[str, int] = defaultdict(int)
    for one in group:
        for tie in (t for ids in one.ties.values() for t in ids):
            count[tie] += 1
    if not count:
        return id
    tie = min(count, key=lambda t: (-count[t], t))
    return f"{id}-{tie.rpartition('/')[2].rpartition(':')[2].lower()}"


# -- other spellings ---------------------------------------------------------------------


def _candidates(whole: Mapping[str, Sighting], memo: Path | None) -> dict[Pair, float]:
    """Return how likely pairs of ids are one, of those of one type whose words begin alike."""
    called: dict[tuple[str, str], list[str]] = defaultdict(list)
    blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, one in whole.items():
        if one.type in _COMPARED:
            called[one.type, one.label].append(id)
            for word in words(one.label):
                if len(word) > 2:
                    blocks[one.type, word[:4]].add(one.label)
    found: dict[Pair, float] = {}
    for (type, first, second), names in dict(_alike(blocks, memo)).items():
        for a, b in _ids(called, type, first, second):
            score = likeness(whole[a], whole[b], names)
            if score >= MAYBE:
                found[min(a, b), max(a, b)] = score
    return found


def _ids(
    called: Mapping[tuple[str, str], Sequence[str]], type: str, one: str, other: str
) -> Iterator[Pair]:
    """Yield the pairs of ids that have two names, or one, but for two of the knowledge."""
    ids, others = called[type, one], called[type, other]
    pairs = combinations(ids, 2) if one == other else product(ids, others)
    return (p for p in pairs if not all(id.startswith(_KNOWN) for id in p))


def _alike(
    blocks: Mapping[tuple[str, str], set[str]], memo: Path | None
) -> Iterator[tuple[tuple[str, str, str], float]]:
    """Yield names that are alike enough, by type; those of before are compared with new ones alone."""
    told = resource("vocabulary/likeness.toml"), LETTERS
    code = stamp([sys.modules[__name__], likenesses], *told)
    known, made = load(memo, code), {}
    for (type, start), names in sorted(blocks.items()):
        if len(names) > _CROWD:
            continue
        name = key([type, start])
        before, found = json.loads(known.get(name, "[[], []]"))
        made[name] = known.get(name, "")
        if names != {*before}:
            found = _compared(type, names, {*before}, found)
            made[name] = json.dumps([sorted(names), sorted(found)])
        yield from (((type, a, b), score) for a, b, score in found)
    if made != known:
        save(memo, code, made)


def _compared(
    type: str, names: set[str], before: set[str], near: Iterable[Sequence[Any]]
) -> list[tuple[str, str, float]]:
    """Return which names are alike, where those of before were compared with each other."""
    new, old = sorted(names - before), sorted(names & before)
    found = [(a, b, score) for a, b, score in near if a in names and b in names]
    for a, b in chain(((n, n) for n in new), combinations(new, 2), product(old, new)):
        if (score := alike(a, b, person=type == "Person")) >= LEAST:
            found.append((a, b, score))
    return found


def _sure(
    scored: Sequence[tuple[float, str, str]], whole: Mapping[str, Sighting]
) -> tuple[list[tuple[float, str, str]], list[Doubt]]:
    """Part pairs into those to be joined, the likeliest first, and those in doubt."""
    best: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for score, a, b in scored:
        best[a].append((score, b))
        best[b].append((score, a))
    sure, doubts = [], []
    for score, a, b in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        rival = _rival(best, whole, score, a, b) or _rival(best, whole, score, b, a)
        if score >= SAME and not rival:
            sure.append((score, a, b))
        else:
            why = f"could be {rival} as well" if rival else _why(whole[a], whole[b])
            doubts.append(Doubt(one=whole[a], other=whole[b], score=score, why=why))
    return sure, doubts


def _rival(
    best: Mapping[str, list[tuple[float, str]]],
    whole: Mapping[str, Sighting],
    score: float,
    id: str,
    other: str,
) -> str:
    """Return who is nearly as like to ``id`` as ``other`` is, and is not like that one."""
    for near, rival in sorted(best[id], key=lambda n: (-n[0], n[1])):
        apart = rival != other and likeness(whole[rival], whole[other]) < MAYBE
        if apart and near > score - _NEAR:
            return whole[rival].label
    return ""


def _why(one: Sighting, other: Sighting) -> str:
    if one.docs & other.docs:
        return "one article names both"
    if clash(one, other):
        return "belong to others"
    return "the names differ" if share(one, other) else "nothing but the name tells"


def _into(same: Iterable[Pair]) -> dict[str, str]:
    into: dict[str, str] = {}
    for one, other in same:
        first, second = _root(into, one), _root(into, other)
        into.setdefault(first, first)
        into[second] = first
    return into


def _root(into: Mapping[str, str], id: str) -> str:
    while into.get(id, id) != id:
        id = into[id]
    return id


def _join(
    into: dict[str, str],
    members: dict[str, set[str]],
    whole: Mapping[str, Sighting],
    apart: set[frozenset[str]],
    a: str,
    b: str,
) -> None:
    """Join two and all that are joined to them, unless any two of those stay apart."""
    one, other = _root(into, a), _root(into, b)
    if one == other:
        return
    ones, others = ({r, *members[r]} for r in (one, other))
    if any(_stay_apart(x, y, whole, apart) for x in ones for y in others):
        return
    ordered = sorted((one, other), key=lambda id: _rank(whole, id))
    into.setdefault(ordered[0], ordered[0])
    into[ordered[1]] = ordered[0]
    members[ordered[0]] = ones | others


def _stay_apart(
    x: str, y: str, whole: Mapping[str, Sighting], apart: set[frozenset[str]]
) -> bool:
    known = x.startswith(_KNOWN) and y.startswith(_KNOWN)
    seen = x in whole and y in whole
    return known or frozenset((x, y)) in apart or (seen and clash(whole[x], whole[y]))


def _rank(whole: Mapping[str, Sighting], id: str) -> tuple[bool, int, str]:
    """Return what comes first: an id of the knowledge, then that of most articles."""
    return not id.startswith(_KNOWN), -_size(whole, id), id


def _size(whole: Mapping[str, Sighting], id: str) -> int:
    return len(whole[id].docs) if id in whole else 0
