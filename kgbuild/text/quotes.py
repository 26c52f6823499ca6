"""Quotes: whether words are the article's own or somebody's speech."""

from __future__ import annotations

import re

_LOOK = (
    3000  # characters before a place in which its quote or paragraph must have begun
)
_SPEAKER = re.compile(r"\s*[A-Z][^\n.:?!]{2,60}:\s")


def is_spoken(text: str, place: int) -> bool:
    """Tell whether a place stands in a quote, or in what a transcript gives a speaker.

    >>> text = 'We met Abe. "We agreed," he said.'
    >>> is_spoken(text, 0), is_spoken(text, 13)
    (False, True)
    >>> is_spoken("Shinzo Abe: We agreed.", 12)
    True
    """
    said = text[max(0, place - _LOOK) : place].rpartition("\n\n")[2]
    is_open = said.rfind("“") > said.rfind("”") or said.count('"') % 2 == 1
    return is_open or _SPEAKER.match(said) is not None
