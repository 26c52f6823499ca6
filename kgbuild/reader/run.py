"""The reader at work: four small ONNX graphs over one window at a time.

A window is never padded nor put together with others, so what it says depends on its own
words alone. Chances are rounded before anything is decided by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kgbuild.knowledge.gazetteer import Match
from kgbuild.model import Span
from kgbuild.reader.claims import claims_of, one_of
from kgbuild.reader.load import DIGITS, Array, Learned, Reader, long
from kgbuild.reader.mentions import Window, find
from kgbuild.reader.pieces import MOST_PIECES, split
from kgbuild.reader.readings import Mention, Reading
from kgbuild.reader.related import relate


def read(reader: Reader, text: str, span: Span, matches: Sequence[Match]) -> Reading:
    """Return what the characters ``span`` of a text say; ``matches`` are offsets in the span."""
    window = find(reader, text, span, matches)
    if not window.actors:
        return Reading(start=span[0], end=span[1])
    return _related(reader, window, span[1])


def fitting(
    reader: Reader, text: str, groups: Iterable[Sequence[Span]]
) -> Iterator[Span]:
    """Yield the windows made of groups of sentences; one of too many pieces is halved.

    Long names and foreign words have more pieces than others of their length.
    """
    for group in groups:
        start, end = group[0][0], group[-1][1]
        if len(group) > 1 and _is_too_long(reader, text[start:end]):
            half = len(group) // 2
            yield from fitting(reader, text, (group[:half], group[half:]))
        else:
            yield start, end


def _is_too_long(reader: Reader, text: str) -> bool:
    """Tell whether a text has more pieces than places; short ones have two letters a piece."""
    if len(text) <= 2 * MOST_PIECES:
        return False
    return len(split(text, (), reader.tokenizer).ids) > MOST_PIECES


def _related(reader: Reader, window: Window, end: int) -> Reading:
    made = relate(reader, window, every=bool(reader.learned))
    mentions, actors = window.mentions, window.actors
    types = long([t for _, _, t, _ in window.spans[:actors]])
    relations = np.concatenate(
        [made.relations, *(learned_chances(x, made.pair) for x in reader.learned)], -1
    )
    chances = _chances(reader, relations, types)
    rest = len(mentions) - actors
    counted = _counted(window, mentions, made.counts)
    return Reading(
        start=window.start,
        end=end,
        mentions=tuple(mentions),
        claims=tuple(claims_of(reader, chances, made, counted, mentions, window)),
        same=(*_same(made.references, types), *[None] * rest),
        members=(*_members(made.references, actors), *[()] * rest),
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
