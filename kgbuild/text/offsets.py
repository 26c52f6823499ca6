"""A text that was changed, and where each of its characters stood before."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Part = tuple[str, int, int]
"""Words to put in, and the offsets of what they stand for."""
Edit = tuple[int, int, str | tuple[Part, ...]]
"""Offsets of what goes out, and what comes in there."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text: ``text``, and for each character where it came from.

    >>> cleaned = unchanged("Rus-\\nsia").edited([(3, 5, "")])
    >>> cleaned.text, cleaned.span(0, 6), cleaned.span(3, 6)
    ('Russia', (0, 8), (5, 8))
    """

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of a span of the cleaned one.

        Offsets beyond the text are taken as its end. What lies within a span of the
        cleaned text lies within the span that is returned for it.

        >>> unchanged("Abe met Xi").span(4, 7)
        (4, 7)
        """
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if start < end:
            return min(self.starts[start:end]), max(self.ends[start:end])
        point = self.starts[start] if start < size else max(self.ends[-1:], default=0)
        return point, point

    def edited(self, edits: Iterable[Edit]) -> Cleaned:
        """Return this text with edits made, which are sorted and do not overlap."""
        parts: list[str] = []
        starts, ends = array("I"), array("I")
        at = 0
        for begin, end, new in edits:
            parts.append(self.text[at:begin])
            starts += self.starts[at:begin]
            ends += self.ends[at:begin]
            told = ((new, begin, end),) if isinstance(new, str) else new
            for words, first, last in told:
                parts.append(words)
                self._place(words, first, last, starts, ends)
            at = end
        if at == 0 and not parts:
            return self
        parts.append(self.text[at:])
        return Cleaned("".join(parts), starts + self.starts[at:], ends + self.ends[at:])

    def _place(
        self, words: str, first: int, last: int, starts: array[int], ends: array[int]
    ) -> None:
        """Tell where words come from: one by one where they are as many, else all alike."""
        if len(words) == last - first:
            starts += self.starts[first:last]
            ends += self.ends[first:last]
        else:
            begin, end = self.span(first, last)
            starts += array("I", [begin]) * len(words)
            ends += array("I", [end]) * len(words)

    def replaced(
        self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]
    ) -> Cleaned:
        """Return this text with what a pattern finds replaced; what stays equal is no edit."""
        make = (lambda _: new) if isinstance(new, str) else new
        return self.edited(
            (*found.span(), words)
            for found in pattern.finditer(self.text)
            if (words := make(found)) != found[0]
        )


def unchanged(text: str) -> Cleaned:
    """Return a text as it stands.

    >>> unchanged("Abe").span(0, 3)
    (0, 3)
    """
    size = len(text)
    return Cleaned(text, array("I", range(size)), array("I", range(1, size + 1)))
