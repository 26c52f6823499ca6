"""How far a relation is told by examples alone: each shipped one is left out in turn.

by_examples.py [COUNT]

COUNT examples of a relation are drawn evenly from passages that were trained on, and the
regression of ``kgbuild.reader.examples`` learns it from the vectors of their pairs. It and
what ships then read the test part, with its annotated mentions. The reader that gives the
vectors was trained with the relation, so that a relation of a new kind can come out worse.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from cut import evenly, read_windows
from measure import Tally
from passages import Passage

from kgbuild.extraction import Extractor, make_extractor
from kgbuild.reader.examples import Array, regression
from kgbuild.reader.mentions import find
from kgbuild.reader.pieces import ACTORS, TYPES, covered
from kgbuild.reader.related import relate

ANNOTATED = Path(__file__).parents[2] / "data" / "annotated"
OTHERS = 600  # passages without the relation, drawn evenly


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs of a passage: vectors, what ships says of them, whether they can, and do.

    Shapes (subjects, objects, vector), and (subjects, objects, relations) for the rest.
    """

    vectors: Array
    chances: Array
    may: Array
    told: Array


def pairs(passage: Passage, extractor: Extractor) -> Pairs | None:
    """Return the pairs of annotated mentions, none where a passage has no two."""
    reader, text = extractor.reader, passage.text
    window = find(reader, text, (0, len(text)), extractor.gazetteer.matches(text))
    spans, number = [], {}
    for n, m in enumerate(passage.mentions):
        place = covered(window.pieces.spans, m.start, m.end)
        if m.type in ACTORS and place is not None:
            number[n] = len(spans)
            spans.append((*place, TYPES.index(m.type), 1.0))
    if len(spans) < 2:
        return None
    made = relate(reader, replace(window, spans=spans), every=True)
    types = [t for _, _, t, _ in spans]
    may = reader.allowed[np.ix_(types, types)]
    may[np.eye(len(spans), dtype=bool)] = False
    return Pairs(
        vectors=made.pair,
        chances=made.relations,
        may=may,
        told=_told(passage, number, made.relations.shape, extractor),
    )


def _told(
    passage: Passage, number: dict[int, int], shape: Sequence[int], extractor: Extractor
) -> Array:
    """Return which pairs tell which relations: 1 core, -1 what nobody would miss."""
    told = np.zeros(shape, np.int8)
    names = extractor.reader.labels["relations"]
    for t in passage.told:
        if t.subject not in number or t.object not in number:
            continue
        a, b, r = number[t.subject], number[t.object], names.index(t.relation)
        told[a, b, r] = 1 if t.core else -1
        if extractor.vocabulary.relations[t.relation].symmetric:
            told[b, a, r] = told[a, b, r]
    return told


def f1(read: Iterable[tuple[Array, Array, Array]]) -> Tally:
    """Count pairs that are (claimed, possible, told); what nobody would miss counts not."""
    tally = Tally()
    for claimed, may, told in read:
        claimed = claimed & may
        tally.add(
            int((claimed & (told > 0)).sum()),
            int((claimed & (told >= 0)).sum()),
            int((told > 0).sum()),
        )
    return tally


def left_out(
    name: str, count: int, train: Sequence[Passage], extractor: Extractor
) -> tuple[Array, float]:
    """Return weights and bias of a relation, learned from examples of it."""
    r = extractor.reader.labels["relations"].index(name)
    telling = [p for p in train if any(t.relation == name and t.core for t in p.told)]
    right: list[Array] = []
    wrong: list[Array] = []
    for p in telling[evenly(len(telling), count)]:
        if (made := pairs(p, extractor)) is None or not (made.told[..., r] > 0).any():
            continue
        at = tuple(np.argwhere(made.told[..., r] > 0)[0])
        right.append(made.vectors[at])
        wrong.append(made.vectors[(made.told[..., r] == 0) & made.may[..., r]])
    rest = [p for p in train if all(t.relation != name for t in p.told)]
    for p in rest[evenly(len(rest), OTHERS)]:
        if (made := pairs(p, extractor)) is not None:
            wrong.append(made.vectors[made.may[..., r]])
    return regression(np.stack(right), np.concatenate(wrong))


def main() -> None:
    """Print F1 of each relation by examples and as it ships, and the mean of their shares."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    extractor = make_extractor()
    train = read_windows(sorted(ANNOTATED.glob("train-*.txt")))
    test = [
        made
        for p in read_windows(sorted(ANNOTATED.glob("test-*.txt")))
        if (made := pairs(p, extractor)) is not None
    ]
    shares = []
    for r, name in enumerate(extractor.reader.labels["relations"]):
        weights, bias = left_out(name, count, train, extractor)
        learned = f1(
            (p.vectors @ weights + bias > 0, p.may[..., r], p.told[..., r])
            for p in test
        )
        ships = f1(
            (p.chances[..., r] > 0.5, p.may[..., r], p.told[..., r]) for p in test
        )
        shares.append(learned.f1 / ships.f1 if ships.f1 else 0.0)
        print(
            f"{name:20} examples {learned}  ships {ships}  {shares[-1]:.2f}", flush=True
        )
    print(f"mean share {np.mean(shares):.2f}")


if __name__ == "__main__":
    main()
