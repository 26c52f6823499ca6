"""Sentences: where they end, in running text as news has it.

A text falls into segments first (paragraphs, headlines, list items); a sentence never goes
over their edges. Within one, a full stop ends a sentence unless it belongs to an
abbreviation or an initial (``sentences.toml``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kgbuild.model import Span
from kgbuild.tables import read_toml
from kgbuild.text.segments import BOILERPLATE, FOOTER, segments

# a mark that may end a sentence, what closes with it, blanks, and what may begin the next
_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9À-ÖØ-Þ])|\n\s*\n")


_CLOSING = "\"'”’)]"


def sentences(text: str) -> list[Span]:
    """Return the offsets of the sentences of a text, footers and rules left out.

    >>> text = "Lt. Gen. A. B. Roe met the U.S. envoy. He left."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Lt. Gen. A. B. Roe met the U.S. envoy.', 'He left.']
    """
    found = []
    for segment in segments(text):
        if segment.kind in (BOILERPLATE, FOOTER):
            continue
        start = segment.start
        for match in _END.finditer(text, segment.start, segment.end):
            if _ends(text, match):
                found.append((start, match.end()))
                start = match.end()
        found.append((start, segment.end))
    return [s for a, b in found if (s := _stripped(text, a, b))]


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a full stop is a sentence's, and not an abbreviation's."""
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    line = text.rfind("\n", 0, match.start()) + 1
    before = text[max(line, match.start() - 24) : match.start()].split(" ")[-1]
    word = before.lstrip("\"'“‘([").lower()
    titles, others = _abbreviations()
    if word in titles or re.fullmatch(r"[^\W\d_]", word):
        return False
    after = text[match.end() : match.end() + 24].lstrip("\"'“‘([")
    if word in others or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return after.split(" ")[0].rstrip(",.;:") in _openers()
    return True


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    told = read_toml("sentences.toml")["abbreviations"]
    return frozenset(told["before_names"]), frozenset(told["others"])


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(read_toml("sentences.toml")["openers"]["words"])


def with_stops(text: str, sentences: Sequence[Span]) -> str:
    """Return a text of the same length in which what ends without a full stop has one.

    Headlines and list items do; read as running text, the last name of one would seem to
    act in the next. The stop takes the place of the line's end.

    >>> with_stops("Japan met Iran\\nIt left.", [(0, 14), (15, 23)])
    'Japan met Iran.It left.'
    """
    shown = list(text)
    for (begin, end), (start, _) in pairwise(sentences):
        last = text[max(begin, end - 4) : end].rstrip(_CLOSING)[-1:]
        if "\n" in text[end:start] and last.isalnum():
            shown[end] = "."
    return "".join(shown)


def sentence_at(sentences: Sequence[Span], at: int) -> Span:
    """Return the sentence that a character is in.

    >>> sentence_at([(0, 5), (6, 12)], 7)
    (6, 12)
    """
    n = bisect_right(sentences, (at, 1 << 60)) - 1
    return sentences[max(0, n)]
