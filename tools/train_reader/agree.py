"""How far two annotations of the same passages agree.

agree.py FIRST.txt SECOND.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

from passages import Passage, Told, read_passages

from kgbuild.reader.pieces import ACTORS
from kgbuild.vocabulary import load_vocabulary

SYMMETRIC = {n for n, r in load_vocabulary().relations.items() if r.symmetric}


def agree(first: list[Passage], second: list[Passage]) -> dict[str, float]:
    """Return F1 of mentions, of all relations, leniently of core ones, and shares alike."""
    other = {p.text: p for p in second}
    pairs = [(a, other[a.text]) for a in first if a.text in other]
    marks = [(_marks(a), _marks(b)) for a, b in pairs]
    told = [(_told(a, b), _told(b, b)) for a, b in pairs]
    both = [(x[k], y[k]) for x, y in told for k in x.keys() & y.keys()]
    core = [
        ({k for k, t in x.items() if t.core}, {k for k, t in y.items() if t.core}, x, y)
        for x, y in told
    ]
    found = sum(len(a & y.keys()) + len(b & x.keys()) for a, b, x, y in core)
    wanted = sum(len(a) + len(b) for a, b, _, _ in core)
    return {
        "passages": len(pairs),
        "mentions": _f1(marks),
        "relations, all lines": _f1([(set(a), set(b)) for a, b in told]),
        "relations, core in any line": found / max(1, wanted),
        "factuality": _share(a.factuality == b.factuality for a, b in both),
        "has a speaker": _share(bool(a.speakers) == bool(b.speakers) for a, b in both),
        "trigger overlaps": _share(_overlap(a, b) for a, b in both),
    }


def _marks(p: Passage) -> set[tuple[int, int, str]]:
    return {(m.start, m.end, m.type) for m in p.mentions if m.type in ACTORS}


def _told(p: Passage, by: Passage) -> dict[tuple[int, str, int], Told]:
    """Return what a passage tells between the entities that the other annotation gives."""
    entity: dict[tuple[int, int], int] = {}
    for n, m in enumerate(by.mentions):
        entity[m.start, m.end] = by.entities[n]

    def of(n: int) -> int:
        m = p.mentions[n]
        near = [e for (a, b), e in entity.items() if a < m.end and m.start < b]
        return near[0] if near else -1 - m.start

    made = {}
    for t in p.told:
        s, o = of(t.subject), of(t.object)
        if t.relation in SYMMETRIC and o < s:
            s, o = o, s
        made[s, t.relation, o] = t
    return made


def _f1(pairs: list[tuple[set, set]]) -> float:  # type: ignore[type-arg]
    common = sum(len(a & b) for a, b in pairs)
    return 2 * common / max(1, sum(len(a) + len(b) for a, b in pairs))


def _share(values: object) -> float:
    listed = list(values)  # type: ignore[call-overload]
    return sum(listed) / max(1, len(listed))


def _overlap(a: Told, b: Told) -> bool:
    if a.trigger is None or b.trigger is None:
        return False
    return a.trigger[0] < b.trigger[1] and b.trigger[0] < a.trigger[1]


if __name__ == "__main__":
    one, two = (read_passages([Path(p)]) for p in sys.argv[1:3])
    for name, value in agree(one, two).items():
        print(f"{name:30} {value:.3f}")
