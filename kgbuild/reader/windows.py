"""Windows: the whole sentences that the reader takes in one pass.

A window is filled up to some 240 words, four or five paragraphs of news, so that most of
those who are meant by "he" or "the company" are named in it; the reader learned from windows
of this size and of half of it. Where there is a choice it begins with a
sentence that does not point back ("He", "The company"), so that who is meant stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgbuild.model import Span

MOST = 1400  # characters of a full window, some 320 word pieces of the 512 there are
ROOM = 1.3  # a window's, rather than that the next begins with what points back
LONGEST = 1200  # a sentence above this is cut
_BACK = re.compile(
    r"[\"'“‘(]*(?:(?:he|she|it|they|his|her|its|their|this|that|these|those|the (?:two|country|"
    r"company|group|president|minister|leader|ministry|government|former|latter))\b)",
    re.IGNORECASE,
)


def windows(text: str, sentences: Sequence[Span], most: int = MOST) -> list[list[Span]]:
    """Return the sentences in groups that are read together.

    >>> text = "Japan met France. It signed."
    >>> windows(text, [(0, 17), (18, 28)])
    [[(0, 17), (18, 28)]]
    """
    found: list[list[Span]] = []
    for start, end in (part for s in sentences for part in _bounded(text, *s)):
        group = found[-1] if found else []
        points_back = bool(_BACK.match(text, start))
        room = ROOM * most if points_back else most
        if group and end - group[0][0] <= room:
            group.append((start, end))
        else:
            found.append([(start, end)])
    return found


def _bounded(text: str, start: int, end: int) -> list[Span]:
    """Return a sentence, or if it is over-long its parts, cut at a blank where one is."""
    parts = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut + 1 if cut > 0 else start + LONGEST
        parts.append((start, cut))
        start = cut
    return [*parts, (start, end)]
