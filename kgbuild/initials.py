"""Initials: the names that a text shortens in brackets, "the Transport Workers' Union (TWU)".

After the idea of A. Schwartz and M. Hearst, A Simple Algorithm for Identifying Abbreviation
Definitions in Biomedical Text (2003), with whole words only: each letter begins a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from kgbuild.gazetteer import NAME, RECOGNIZED, Mention

# initials alone in brackets: "(TWU)", "(TWU; …"
_BRACKETED = re.compile(r"\(\s?([A-Z][A-Za-z]?[A-Z&]{1,6}s?)\s?[);,]")
_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "de", "del", "la", "to", "&"}
)


def shortened(doc: Doc, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return by their initials the bodies that a text names in full right before them.

    The full name is made to reach to its bracket: "[Civic Platform] of Chad (CPC)".
    """
    found: dict[str, Mention] = {}
    starts = {m.start: m for m in mentions if m.kind in (NAME, RECOGNIZED)}
    for match in _BRACKETED.finditer(doc.text):
        span = doc.char_span(*match.span(1))
        if span is None or len(span) != 1 or span.text in found or span.start < 2:
            continue
        token = span[0]
        for start in _begins(doc, token):
            named = starts.get(start)
            if named and named.type == "Organization":
                whole = named.end >= token.i - 1
                found[token.text] = (
                    named
                    if whole
                    else replace(named, end=token.i - 1, kind=RECOGNIZED, ids=())
                )
                break
    return found


def lengthened(
    mentions: Iterable[Mention], full: Mapping[str, Mention]
) -> list[Mention]:
    """Put the full names among the mentions in place of what lies within them."""
    whole = {(m.start, m.end): m for m in full.values()}
    kept = [
        m
        for m in mentions
        if not any(start <= m.start and m.end <= end for start, end in whole)
    ]
    return sorted([*kept, *whole.values()], key=lambda m: m.start)


def _begins(doc: Doc, initials: Token) -> Iterator[int]:
    """Yield where the words may begin whose first letters a bracket holds, nearest first."""
    letters = [c for c in initials.text.rstrip("s") if c.isalpha()]
    i = initials.i - 2
    for n, letter in enumerate(reversed(letters)):
        while i >= 0 and (doc[i].lower_ in _SMALL or not doc[i].text[0].isalnum()):
            if doc[i].text[0] == letter:
                break
            i -= 1
        if i < 0 or doc[i].text[0].upper() != letter.upper() or doc[i].is_space:
            return
        if n == len(letters) - 1:
            yield i
        i -= 1
