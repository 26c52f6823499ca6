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

_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z&]{1,6}s?")
_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "de", "del", "la", "to", "&"}
)


def shortened(doc: Doc, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return by their initials the bodies that a text names in full right before them.

    The full name is made to reach to its bracket: "[Civic Platform] of Chad (CPC)".
    """
    found: dict[str, Mention] = {}
    starts = {m.start: m for m in mentions if m.kind in (NAME, RECOGNIZED)}
    for token in doc:
        if not _bracketed(token) or token.text in found:
            continue
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


def _bracketed(token: Token) -> bool:
    """Tell whether initials stand alone in brackets behind a word."""
    doc, i = token.doc, token.i
    return (
        1 < i < len(doc) - 1
        and doc[i - 1].text == "("
        and doc[i + 1].text in (")", ";", ",")
        and _INITIALS.fullmatch(token.text) is not None
    )


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
