"""The first graph: a window of text to its mentions and half-encoded pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgbuild.knowledge.gazetteer import Match
from kgbuild.model import Span
from kgbuild.reader.load import DIGITS, Array, Reader, long
from kgbuild.reader.pieces import ACTORS, TYPES, Pieces, first_pieces, split
from kgbuild.reader.readings import Mention
from kgbuild.reader.spans import best_mentions

COMPASS = ("North", "South", "East", "West")  # of "North Waziristan", not "northern"
_Found = list[tuple[int, int, int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window in pieces, encoded so far, with the mentions found: actors first.

    ``spans`` are (first piece, last piece, type, chance).
    """

    text: str
    start: int
    pieces: Pieces
    h: Array
    spans: _Found

    @property
    def actors(self) -> int:
        """The number of mentions that may take part in a relation."""
        return sum(t < len(ACTORS) for _, _, t, _ in self.spans)

    @property
    def mentions(self) -> list[Mention]:
        """The mentions, in offsets of the document."""
        return [
            Mention(
                start=self.start + self.pieces.spans[a][0],
                end=self.start + self.pieces.spans[b][1],
                type=TYPES[type_],
                confidence=chance,
            )
            for a, b, type_, chance in self.spans
        ]


def find(reader: Reader, text: str, span: Span, matches: Sequence[Match]) -> Window:
    """Return the mentions of a window and its half-encoded pieces."""
    start, end = span
    pieces = first_pieces(split(text[start:end], matches, reader.tokenizer))
    h, tags = reader.find.run(
        None,
        {
            "ids": long(pieces.ids),
            "shapes": long(pieces.shapes),
            "known": long(pieces.known),
        },
    )
    spans = _mentions(text[start:end], pieces, tags)
    return Window(text=text[start:end], start=start, pieces=pieces, h=h, spans=spans)


def _mentions(text: str, pieces: Pieces, tags: Array) -> _Found:
    """Return the mentions, actors first, each widened to whole words."""
    found: dict[tuple[int, int], tuple[int, int, int, float]] = {}
    last = 0
    for a, b, type_, chance in best_mentions(tags):
        if pieces.spans[a][1] == 0 or pieces.spans[b][1] == 0:
            continue
        while a > last + 1 and _one_word(text, pieces, a - 1):
            a -= 1
        while b + 2 < len(pieces.spans) and _one_word(text, pieces, b):
            b += 1
        if (
            TYPES[type_] == "Place"
            and a > last + 1
            and _is_compass(text, pieces, a - 1)
        ):
            a -= 1
        words = text[pieces.spans[a][0] : pieces.spans[b][1]]
        if a > last and words.lower() not in ("the", "a", "an"):
            found[a, b] = (a, b, type_, round(chance, DIGITS))
            last = b
    return sorted(found.values(), key=lambda f: (f[2] >= len(ACTORS), f[0]))


def _is_compass(text: str, pieces: Pieces, i: int) -> bool:
    """Tell whether a piece is a compass point that is a part of the name right after it."""
    (start, end), (next_, _) = pieces.spans[i], pieces.spans[i + 1]
    return text[start:end] in COMPASS and text[end:next_] == " "


def _one_word(text: str, pieces: Pieces, i: int) -> bool:
    """Tell whether pieces ``i`` and ``i + 1`` are of one word."""
    (_, end), (start, _) = pieces.spans[i], pieces.spans[i + 1]
    return 0 < end == start and text[end - 1].isalnum() and text[start].isalnum()
