"""Best spans under scores: mentions from tags, trigger words from edges."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgbuild.reader.pieces import TAGS

Scores = npt.NDArray[np.float32]
_NEVER = np.float32(-1e4)


def _follows() -> Scores:
    """Return what the step from one tag to the next costs: inside only after its own type."""
    count = len(TAGS)
    made = np.full((count, count), _NEVER, np.float32)
    for to in range(count):
        for from_ in range(count):
            if to == 0 or to % 2 == 1 or from_ in (to, to - 1):
                made[from_, to] = 0
    return made


_STEPS = _follows()


def best_mentions(tags: Scores) -> list[tuple[int, int, int, float]]:
    """Return (first piece, last piece, type, chance) of the mentions of the best path.

    ``tags`` are the logarithms of chances, shape (pieces, tags).
    """
    best = tags[0].copy()
    best[2::2] = _NEVER
    back = []
    for row in tags[1:]:
        through = best[:, None] + _STEPS
        where = through.argmax(0)
        back.append(where)
        best = through[where, np.arange(len(where))] + row
    path = [int(best.argmax())]
    for where in reversed(back):
        path.append(int(where[path[-1]]))
    path.reverse()
    spans: list[list[int]] = []
    for i, tag in enumerate(path):
        if tag % 2 == 1:
            spans.append([i, i, (tag - 1) // 2])
        elif tag:
            spans[-1][1] = i
    return [(a, b, t, _chance(tags, path, a, b)) for a, b, t in spans]


def _chance(tags: Scores, path: list[int], first: int, last: int) -> float:
    chosen = [float(tags[i, path[i]]) for i in range(first, last + 1)]
    return float(np.exp(np.mean(chosen)))


def best_span(edges: Scores, longest: int = 12) -> tuple[int, int]:
    """Return the first and last piece of the best span of (2, pieces) scores."""
    sums = edges[0][:, None] + edges[1][None]
    place = np.arange(len(edges[0]))
    apart = place[None] - place[:, None]
    sums = np.where((apart < 0) | (apart >= longest), _NEVER, sums)
    first, last = divmod(int(sums.argmax()), len(place))
    return first, last
