"""The second and the third graph: who is meant, which pairs are worth a look, what they tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgbuild.reader.alike import alike
from kgbuild.reader.load import DIGITS, Array, Reader, long
from kgbuild.reader.mentions import Window
from kgbuild.reader.pieces import TYPES

SELDOM = (
    0.01  # a pair that at a glance tells something with less chance is not looked at
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What the second and third graph say of a window with a actors among n mentions.

    ``encoded`` (pieces, hidden), ``m`` (n, hidden), ``pair`` (a, a, pair) and ``relations``
    (a, a, relations), both zero for pairs that were not looked at, ``references`` (a, a, 2),
    ``counts`` (n, 1 + n).
    """

    encoded: Array
    m: Array
    pair: Array
    relations: Array
    references: Array
    counts: Array


def relate(reader: Reader, window: Window, *, every: bool = False) -> Related:
    """Return who is meant and what is told of each pair worth a look, or of every pair."""
    pieces, spans = window.pieces, window.spans
    marks = np.zeros(len(pieces.ids), np.int64)
    ends = np.zeros(len(pieces.ids), np.int64)
    for a, b, type_, _ in spans:
        marks[a : b + 1] = 2 + 2 * type_
        marks[a] = 1 + 2 * type_
        ends[b] = 1
    actors = spans[: window.actors]
    types = long([t for _, _, t, _ in actors])
    words = [
        window.text[pieces.spans[a][0] : pieces.spans[b][1]] for a, b, *_ in actors
    ]
    starts = long([a for a, *_ in spans])
    encoded, m, glance, references, counts = reader.relate.run(
        None,
        {
            "h": window.h,
            "marks": marks,
            "ends": ends,
            "starts": starts,
            "stops": long([b for _, b, *_ in spans]),
            "alike": alike(words, [TYPES[t] for t in types]),
        },
    )
    may: Array = reader.allowed[np.ix_(types, types)].any(-1)
    likely: Array = np.round(glance, DIGITS) >= SELDOM
    if every:
        may = likely = np.ones(glance.shape, bool)
    first, second = worth_a_look(may, likely)
    pair = np.zeros((*glance.shape, reader.width), np.float32)
    relations = np.zeros((*glance.shape, len(reader.labels["relations"])), np.float32)
    if len(first):
        pair[first, second], relations[first, second] = reader.look.run(
            None,
            {
                "encoded": encoded,
                "m": m[: len(types)],
                "starts": starts[: len(types)],
                "types": types,
                "first": first,
                "second": second,
            },
        )
    return Related(
        encoded=encoded,
        m=m,
        pair=pair,
        relations=relations,
        references=references,
        counts=counts,
    )


def worth_a_look(may: Array, likely: Array) -> tuple[Array, ...]:
    """Return the pairs that may tell something and of which either direction is likely to.

    >>> no, yes = False, True
    >>> worth_a_look(np.array([[no, yes], [yes, no]]), np.array([[no, yes], [no, no]]))
    (array([0, 1]), array([1, 0]))
    """
    pairs = may & (likely | likely.T)
    np.fill_diagonal(pairs, False)
    return np.nonzero(pairs)
