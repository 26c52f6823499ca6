"""Relations by example: what a user's vocabulary adds, told by a few sentences each.

The reader stays as it is. Of each example it gives the vector of the pair; a logistic
regression over these, against pairs of other passages that ship with it, tells the relation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.reader.load import Learned, Reader, within
from kgbuild.reader.mentions import Window, find
from kgbuild.reader.pieces import ACTORS, TYPES, covered
from kgbuild.reader.related import relate
from kgbuild.tables import TableError, choose
from kgbuild.vocabulary import Relation, Vocabulary

Array = npt.NDArray[Any]
FEWEST = 5
_STEPS = 40  # at most, of Newton's method
_STRENGTH = 4.0  # of the pull of the weights to zero, in examples
_EXAMPLE = re.compile(r"(?:(?:possible|negated): )?(.+?) \| (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence, and the words in it of the two between whom the relation holds."""

    text: str
    subject: str
    object: str


def parse_example(line: str) -> Example | None:
    """Return what ``SENTENCE => SUBJECT | OBJECT`` tells, None where it is not of that form.

    >>> parse_example("Japan invested in Vietnam. => Japan | Vietnam").object
    'Vietnam'
    """
    text, arrow, pair = line.partition(" => ")
    m = _EXAMPLE.fullmatch(pair.strip())
    if not arrow or m is None:
        return None
    return Example(text=text.strip(), subject=m[1].strip(), object=m[2].strip())


def learn(reader: Reader, vocabulary: Vocabulary, gazetteer: Gazetteer) -> Reader:
    """Return the reader with the relations of a vocabulary that it was not trained on.

    Raises:
        TableError: a new relation has too few examples, or one that cannot be used.
    """
    new = [r for n, r in vocabulary.relations.items() if n not in reader.relations]
    faults: list[str] = []
    learned = tuple(
        made for r in new if (made := _learned(reader, r, gazetteer, faults))
    )
    if faults:
        raise TableError(faults)
    return within(replace(reader, learned=learned), vocabulary) if new else reader


def _learned(
    reader: Reader, relation: Relation, gazetteer: Gazetteer, faults: list[str]
) -> Learned | None:
    place = f"relations.toml: {relation.name}"
    right: list[Array] = []
    wrong: list[Array] = []
    nearest: list[Array] = []
    before = len(faults)
    for what, types in (("domain", relation.domain), ("range", relation.range)):
        for name in types:
            choose(name, ACTORS, place, what, faults)
    if len(faults) > before:
        return None
    for line in relation.examples:
        example = parse_example(line)
        if example is None:
            faults.append(
                f"{place}: example {line!r}: write SENTENCE => SUBJECT | OBJECT"
            )
            continue
        window = _marked(reader, example, relation, gazetteer)
        if window is None:
            faults.append(
                f"{place}: example {line!r}: {example.subject!r} or {example.object!r} "
                "does not stand in the sentence; use its words"
            )
            continue
        made = relate(reader, window, every=True)
        ends = _at(window, example.subject), _at(window, example.object)
        right.append(made.pair[ends])
        nearest.append(made.relations[ends])
        others = np.ones(made.pair.shape[:2], bool)
        others[ends] = False
        if relation.symmetric:
            others[ends[::-1]] = False
        np.fill_diagonal(others, False)
        wrong.append(made.pair[others])
    if len(faults) > before:
        return None
    if len(right) < FEWEST:
        faults.append(
            f"{place}: {len(right)} examples; a new relation needs at least {FEWEST}, "
            "better twenty"
        )
        return None
    weights, bias = regression(np.stack(right), np.concatenate([*wrong, _background()]))
    like = int(np.mean(nearest, 0).argmax())
    return Learned(name=relation.name, weights=weights, bias=bias, like=like)


def _background() -> Array:
    """Return vectors of pairs of passages that tell other things, or nothing."""
    path = Path(str(files("kgbuild") / "resources" / "reader" / "pairs.npy"))
    return np.load(path).astype(np.float32)  # type: ignore[no-any-return]


def _marked(
    reader: Reader, example: Example, relation: Relation, gazetteer: Gazetteer
) -> Window | None:
    """Return a sentence with its mentions, those of the example among them."""
    text = example.text
    window = find(reader, text, (0, len(text)), gazetteer.matches(text))
    spans = list(window.spans)
    for words, types in (
        (example.subject, relation.domain),
        (example.object, relation.range),
    ):
        at = text.find(words)
        place = covered(window.pieces.spans, at, at + len(words)) if at >= 0 else None
        if place is None:
            return None
        near = [s for s in spans if s[0] <= place[1] and place[0] <= s[1]]
        kinds = [s[2] for s in near if s[2] < len(ACTORS) and TYPES[s[2]] in types]
        kind = kinds[0] if kinds else TYPES.index(types[0])
        spans = [s for s in spans if s not in near]
        spans.append((*place, kind, 1.0))
    spans.sort(key=lambda s: (s[2] >= len(ACTORS), s[0]))
    return replace(window, spans=spans)


def _at(window: Window, words: str) -> int:
    """Return the number of the mention that has the words."""
    start = window.text.find(words)
    for n, (a, b, *_) in enumerate(window.spans):
        if (
            window.pieces.spans[a][0] < start + len(words)
            and window.pieces.spans[b][1] > start
        ):
            return n
    raise ValueError(f"{words!r} is no mention")


def regression(right: Array, wrong: Array) -> tuple[Array, float]:
    """Return weights and bias of a logistic regression, both classes weighing alike.

    Newton's method with a ridge; the sizes are (examples, features).

    >>> w, b = regression(np.eye(2)[[0, 0]], np.eye(2)[[1, 1]])
    >>> bool(w[0] > 0 > w[1])
    True
    """
    x = np.concatenate([right, wrong]).astype(np.float64)
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    y = np.concatenate([np.ones(len(right)), np.zeros(len(wrong))])
    share = min(
        1.0, 12 * len(right) / len(wrong)
    )  # the many others do not drown the few
    weight = np.where(y == 1, 1.0, share)
    ridge = _STRENGTH * np.eye(x.shape[1]) / 10
    ridge[-1, -1] = 1e-6
    w = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge @ w
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(curve, gradient)
        w = w - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return w[:-1].astype(np.float32), float(w[-1])
