"""The fourth graph: the pairs that tell something, to claims with all their fields."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kgbuild.reader.load import DIGITS, Array, Reader, long
from kgbuild.reader.mentions import Window
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Claim, Mention
from kgbuild.reader.related import Related
from kgbuild.reader.spans import best_span
from kgbuild.text.sentences import sentences

FLOOR = 0.1  # what is told with less chance is not looked at
NEAR = 1.0  # how much worse than none a time of the trigger's sentence may be


def claims_of(
    reader: Reader,
    chances: Array,
    related: Related,
    counted: Sequence[int | None],
    mentions: list[Mention],
    window: Window,
) -> list[Claim]:
    """Return what is told with chances (subject, object, relation) from the floor on."""
    told = [(int(i), int(j), int(r)) for i, j, r in np.argwhere(chances >= FLOOR)]
    if not told:
        return []
    i, j, r = (np.array(x, np.int64) for x in zip(*told, strict=True))
    shipped = len(reader.labels["relations"])
    like = [c if c < shipped else reader.learned[c - shipped].like for c in r]
    factuality, kind, status, edges, roles = reader.detail.run(
        None,
        {
            "pair": related.pair[i, j],
            "relation": long(like),
            "encoded": related.encoded,
            "m": related.m,
        },
    )
    names, start, pieces = reader.relations, window.start, window.pieces
    begins = _begins(window, mentions)
    claims = []
    for n, (a, b, c) in enumerate(told):
        name = names[c]
        first, last = best_span(edges[n][:, 1:-1])
        first, last = first + 1, last + 1
        claims.append(
            Claim(
                subject=a,
                relation=name,
                object=b,
                confidence=_confidence(
                    float(chances[a, b, c]),
                    1.0 if name in reader.deals else float(factuality[n].max()),
                    mentions[a],
                    mentions[b],
                ),
                factuality=_label(reader.labels["factualities"], factuality[n]),
                trigger=(
                    start + pieces.spans[first][0],
                    start + pieces.spans[last][1],
                ),
                speaker=one_of(roles[n, 0], mentions, ACTORS[:3]),
                time=_time(roles[n, 1], mentions, window, (first, last), begins),
                **(
                    _slots(reader, roles[n], kind[n], status[n], counted, mentions)
                    if name in reader.deals
                    else {}
                ),
            )
        )
    return claims


def _begins(window: Window, mentions: list[Mention]) -> list[int]:
    """Return where sentences begin, if the window tells several times to choose of."""
    several = sum(m.type == "Time" for m in mentions) > 1
    text = window.text if several else ""
    return [window.start + start for start, _ in sentences(text)]


def _time(
    scores: Array,
    mentions: list[Mention],
    window: Window,
    trigger: tuple[int, int],
    begins: Sequence[int],
) -> int | None:
    """Return when it was; where a window tells several times, that of the trigger's sentence.

    Of passages with several times on the development and test parts, F1 .75 against .71
    for the best time of all.
    """
    times = [n for n, mention in enumerate(mentions) if mention.type == "Time"]
    if len(times) > 1:
        said = [window.start + window.pieces.spans[n][0] for n in trigger]
        near = [n for n in times if _in_one_sentence(begins, mentions[n].start, *said)]
        best = max(near, key=lambda n: float(scores[n + 1]), default=None)
        if best is not None and float(scores[best + 1]) > float(scores[0]) - NEAR:
            return best
    return one_of(scores, mentions, ("Time",))


def _in_one_sentence(begins: Sequence[int], *places: int) -> bool:
    return not any(min(places) < start <= max(places) for start in begins)


def _confidence(
    chance: float, level: float, subject: Mention, object_: Mention
) -> float:
    """Return the chance of a claim: that it is told, as fact or not, and of the two.

    How far a deal is told by its status, so that its level is 1.

    On the development part this ranks claims better than the chance alone: by whether
    pair and relation are right, average precision .584 against .567, and by whether
    factuality is as well, .644 against .631 without ``level``.
    """
    return round(
        chance * level * math.sqrt(subject.confidence * object_.confidence), DIGITS
    )


def _slots(
    reader: Reader,
    roles: Array,
    kind: Array,
    status: Array,
    counted: Sequence[int | None],
    mentions: list[Mention],
) -> dict[str, Any]:
    items = _many(roles[3], mentions, ("Weapon",))
    return {
        "items": tuple((w, counted[w]) for w in items),
        "value": one_of(roles[2], mentions, ("Money",)),
        "kind": _none(_label(reader.labels["kinds"], kind)),
        "status": _none(_label(reader.labels["statuses"], status)),
        "contractors": _many(roles[4], mentions, ACTORS[:3]),
    }


def one_of(scores: Array, mentions: list[Mention], types: Sequence[str]) -> int | None:
    """Return the best mention of some types where it beats none, whose score stands first."""
    best, top = None, float(scores[0])
    for n, mention in enumerate(mentions):
        if mention.type in types and float(scores[n + 1]) > top:
            best, top = n, float(scores[n + 1])
    return best


def _many(
    scores: Array, mentions: list[Mention], types: Sequence[str]
) -> tuple[int, ...]:
    return tuple(
        n for n, m in enumerate(mentions) if m.type in types and scores[n + 1] > 0
    )


def _label(labels: list[str], chances: Array) -> str:
    return labels[int(np.round(chances, DIGITS).argmax())]


def _none(label: str) -> str | None:
    return None if label == "none" else label
