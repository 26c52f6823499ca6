"""Word pieces: a passage as the numbers that the reader takes, with what is known of each.

The encoder knows no capitals, so each piece carries the shape of its word; and it carries
whether the gazetteer knows the name that it is in, so that names learned after training
are read as names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.knowledge.gazetteer import ADJECTIVE, CLASS, NAME, SEAT, SURNAME, Match

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TYPES = (
    "Country",
    "Person",
    "Organization",
    "Place",
    "Weapon",
    "Time",
    "Money",
    "Number",
)
ACTORS = TYPES[:5]
# tags of a piece: 0 outside, then begin and inside of each type
TAGS = ("O", *(f"{part}-{type_}" for type_ in TYPES for part in "BI"))

# what the gazetteer may say of a piece, each as begin and inside
KNOWN = (
    ("Country", NAME),
    ("Country", ADJECTIVE),
    ("Country", SEAT),
    ("Person", NAME),
    ("Person", SURNAME),
    ("Organization", NAME),
    ("Place", NAME),
    ("Weapon", NAME),
    ("Weapon", CLASS),
)
SHAPES = ("lower", "title", "upper", "mixed", "digit", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A passage as word pieces: ids, offsets into its text, shapes and known names.

    The first and the last piece are the encoder's own marks, with empty offsets.
    """

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    shapes: tuple[int, ...]
    known: tuple[int, ...]


MOST_PIECES = 512  # pieces that the encoder has places for
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no tokenizer takes


def first_pieces(pieces: Pieces) -> Pieces:
    """Return as many pieces as the encoder has places for, its closing mark kept.

    Only rows of codes and figures have so many in one window.
    """
    if len(pieces.ids) <= MOST_PIECES:
        return pieces
    keep = [*range(MOST_PIECES - 1), len(pieces.ids) - 1]
    return Pieces(
        ids=tuple(pieces.ids[i] for i in keep),
        spans=tuple(pieces.spans[i] for i in keep),
        shapes=tuple(pieces.shapes[i] for i in keep),
        known=tuple(pieces.known[i] for i in keep),
    )


def shape(word: str) -> int:
    """Return the number of a word's shape in ``SHAPES``.

    >>> [SHAPES[shape(w)] for w in ("the", "Japan", "US", "F-35", "McCain", "3", ",")]
    ['lower', 'title', 'upper', 'digit', 'mixed', 'digit', 'other']
    """
    if any(c.isdigit() for c in word):
        return SHAPES.index("digit")
    if not any(c.isalpha() for c in word):
        return SHAPES.index("other")
    if word.islower():
        return SHAPES.index("lower")
    if word.isupper():
        return SHAPES.index("upper" if len(word) > 1 else "title")
    return SHAPES.index("title" if word[1:].islower() else "mixed")


def split(text: str, matches: Sequence[Match], tokenizer: Tokenizer) -> Pieces:
    """Return the word pieces of a text; ``matches`` are the gazetteer's names in it."""
    encoding = tokenizer.encode(_HALF.sub("\ufffd", text))
    spans = [(int(a), int(b)) for a, b in encoding.offsets]
    words = _word_spans(text, spans)
    return Pieces(
        ids=tuple(encoding.ids),
        spans=tuple(spans),
        shapes=tuple(
            shape(text[a:b]) if b > a else SHAPES.index("other") for a, b in words
        ),
        known=known_pieces(spans, matches),
    )


def _word_spans(text: str, spans: Sequence[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Return for each piece the run of letters and digits that it is a part of."""
    words = []
    for start, end in spans:
        while start > 0 and end > start and _joined(text, start - 1):
            start -= 1
        while 0 < end < len(text) and end > start and _joined(text, end - 1):
            end += 1
        words.append((start, end))
    return words


def _joined(text: str, at: int) -> bool:
    """Tell whether the characters at ``at`` and after it are of one word."""
    return text[at].isalnum() and text[at + 1].isalnum()


def known_pieces(
    spans: Sequence[tuple[int, ...]], matches: Sequence[Match]
) -> tuple[int, ...]:
    """Return for each piece 0, or what the gazetteer says of it: begin 1 + 2k, inside 2 + 2k."""
    found = [0] * len(spans)
    for match in matches:
        kinds = [(r.type, r.kind) for r in match.readings]
        best = ("Country", SEAT) if ("Country", SEAT) in kinds else kinds[0]
        if best not in KNOWN:
            continue
        code = 1 + 2 * KNOWN.index(best)
        first = True
        for i, (start, end) in enumerate(spans):
            if match.start <= start < end <= match.end:
                found[i] = code if first else code + 1
                first = False
    return tuple(found)


def covered(
    spans: Sequence[tuple[int, ...]], start: int, end: int
) -> tuple[int, int] | None:
    """Return the first and last piece that lie in characters ``start:end``, if any does."""
    inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start and b > a]
    return (inside[0], inside[-1]) if inside else None
