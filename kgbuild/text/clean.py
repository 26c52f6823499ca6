"""Cleaning: a text as it was meant, with the way back to the text as it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kgbuild.text.case import recased
from kgbuild.text.characters import mended, single_spaced, without_pictures
from kgbuild.text.lines import unwrapped
from kgbuild.text.offsets import Cleaned, unchanged

_NONE: Mapping[str, str] = MappingProxyType({})
# Mending one thing may bring up another ("&amp;nbsp;"), though hardly twice.
_ROUNDS = 3


def clean(text: str, names: Mapping[str, str] = _NONE) -> Cleaned:
    """Return a text in the characters, words, lines and case that were meant.

    Unseen and odd characters, HTML entities, pictures, parted words, hard wraps, lists'
    marks, rows of deals and capitals are mended; quotes stay as they are. ``names`` are
    lower-cased names and how they are written, for lines that are all capitals and for
    texts that have none. Time grows with the length alone.

    >>> cleaned = clean("JAPAN&nbsp;BOUGHT F-35 JETS FROM THE U.S.", {"japan": "Japan"})
    >>> cleaned.text
    'Japan bought F-35 jets from the U.S.'
    >>> cleaned.span(6, 12)
    (11, 17)
    """
    cleaned = unchanged(text)
    for _ in range(_ROUNDS):
        before = cleaned
        cleaned = without_pictures(single_spaced(unwrapped(mended(cleaned))))
        if cleaned is before or cleaned.text == before.text:
            break
    return recased(cleaned, names)
