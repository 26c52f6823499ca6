"""The reader at work: three small ONNX graphs over one window at a time.

A window is never padded nor put together with others, so what it says depends on its own
words alone. Chances are rounded before anything is decided by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from kgbuild.knowledge.gazetteer import Match
from kgbuild.model import Span
from kgbuild.reader.alike import alike
from kgbuild.reader.claims import claims_of, one_of
from kgbuild.reader.load import DIGITS, Array, Learned, Reader, long
from kgbuild.reader.mentions import Window, find
from kgbuild.reader.pieces import TYPES
from kgbuild.reader.readings import Mention, Reading


def read(reader: Reader, text: str, span: Span, matches: Sequence[Match]) -> Reading:
    """Return what the characters ``span`` of a text say; ``matches`` are offsets in the span."""
    window = find(reader, text, span, matches)
    if not window.actors:
        return Reading(start=span[0], end=span[1])
    return _related(reader, window, span[1])


def relate(reader: Reader, window: Window) -> tuple[Array, ...]:
    """Return encoded pieces, vectors of mentions and of pairs, relations, references, counts."""
    pieces, spans = window.pieces, window.spans
    marks = np.zeros(len(pieces.ids), np.int64)
    ends = np.zeros(len(pieces.ids), np.int64)
    for a, b, type_, _ in spans:
        marks[a : b + 1] = 2 + 2 * type_
        marks[a] = 1 + 2 * type_
        ends[b] = 1
    actors = spans[: window.actors]
    words = [
        window.text[pieces.spans[a][0] : pieces.spans[b][1]] for a, b, *_ in actors
    ]
    found: tuple[Array, ...] = tuple(
        reader.relate.run(
            None,
            {
                "h": window.h,
                "marks": marks,
                "ends": ends,
                "starts": long([a for a, *_ in spans]),
                "stops": long([b for _, b, *_ in spans]),
                "types": long([t for _, _, t, _ in actors]),
                "alike": alike(words, [TYPES[t] for _, _, t, _ in actors]),
            },
        )
    )
    return found


def _related(reader: Reader, window: Window, end: int) -> Reading:
    encoded, m, pair, relations, references, counts = relate(reader, window)
    mentions, actors = window.mentions, window.actors
    types = long([t for _, _, t, _ in window.spans[:actors]])
    relations = np.concatenate(
        [relations, *(learned_chances(x, pair) for x in reader.learned)], -1
    )
    chances = _chances(reader, relations, types)
    rest = len(mentions) - actors
    counted = _counted(window, mentions, counts)
    return Reading(
        start=window.start,
        end=end,
        mentions=tuple(mentions),
        claims=tuple(
            claims_of(reader, chances, pair, encoded, m, counted, mentions, window)
        ),
        same=(*_same(references, types), *[None] * rest),
        members=(*_members(references, actors), *[()] * rest),
        counted=counted,
    )


def learned_chances(learned: Learned, pair: Array) -> Array:
    """Return the chances of a learned relation, shape (subjects, objects, 1)."""
    made: Array = 1 / (1 + np.exp(-(pair @ learned.weights + learned.bias)))
    return made[..., None]


def _chances(reader: Reader, relations: Array, types: Array) -> Array:
    """Return the chances of relations, as vocabulary and symmetry allow, rounded."""
    both = (relations + relations.transpose(1, 0, 2)) / 2
    chances = np.where(reader.symmetric, both, relations)
    chances = chances * reader.allowed[types[:, None], types[None]]
    a = len(types)
    chances[np.arange(a), np.arange(a)] = 0
    later = np.tril(np.ones((a, a), bool))[:, :, None] & reader.symmetric
    return np.round(np.where(later, 0, chances), DIGITS)


def _same(references: Array, types: Array) -> list[tuple[int, float] | None]:
    """Return for each actor the earlier one that it most likely is, if one more than none."""
    found: list[tuple[int, float] | None] = []
    for j in range(len(types)):
        scores = np.where(types[:j] == types[j], references[:j, j, 0], -1e4)
        best = int(scores.argmax()) if j else 0
        if not j or scores[best] <= 0:
            found.append(None)
            continue
        peak = max(0.0, float(scores.max()))
        total = np.exp(-peak) + np.exp(scores - peak).sum()
        chance = float(np.exp(scores[best] - peak) / total)
        found.append((best, round(chance, DIGITS)))
    return found


def _members(references: Array, actors: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(i for i in range(actors) if i != j and references[i, j, 1] > 0)
        for j in range(actors)
    )


_RIGHT_BEFORE = re.compile(r"(?: (?!and\b|of\b)[\w.-]+){0,3} ")


def _counted(
    window: Window, mentions: list[Mention], counts: Array
) -> tuple[int | None, ...]:
    """Return for each weapon the number right before it, else the one that the reader gives."""
    found: list[int | None] = []
    for n, weapon in enumerate(mentions):
        if weapon.type != "Weapon":
            found.append(None)
            continue
        near = [
            k
            for k, m in enumerate(mentions)
            if m.type == "Number"
            and m.end <= weapon.start
            and _RIGHT_BEFORE.fullmatch(
                window.text[m.end - window.start : weapon.start - window.start]
            )
        ]
        found.append(near[-1] if near else one_of(counts[n], mentions, ("Number",)))
    return tuple(found)
