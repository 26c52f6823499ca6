"""Numbers: digits and number words, as patterns and as exact values."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kgbuild.tables import read_toml
from kgbuild.text.dates import either

# only ASCII digits: others would be counted by int() and are never meant
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})+|[0-9]{1,15})(?:\.[0-9]+)?"
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "‑": "-"})


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Return ``measures.toml``."""
    return read_toml("measures.toml")


@lru_cache(maxsize=1)
def sizes() -> dict[str, int]:
    """Return the words that multiply what stands before them.

    >>> sizes()["dozen"], sizes()["lakh crore"]
    (12, 1000000000000)
    """
    found: dict[str, int] = {**table()["scales"], **table()["quantity"]["groups"]}
    return found


@lru_cache(maxsize=1)
def number_pattern() -> str:
    """Return a pattern for numbers in digits and words, to be matched without case."""
    big = rf"{either(sizes())}\b"
    word = rf"{either(set(table()['numbers']) - {'a', 'an'})}\b"
    more = rf"[ -]?{big}(?: and {word})?|[ -]{word}| and a half\b"
    first = rf"half an? (?={big})|an? (?={big})|{DIGITS}(?![0-9])|{word}"
    return rf"(?:{first})(?:{more}){{0,12}}"


def number(text: str) -> Decimal | None:
    """Return the value of a number in digits, words, or both.

    >>> number("two hundred and five thousand"), number("1.5 million"), number("half a dozen")
    (Decimal('205000'), Decimal('1500000.0'), Decimal('6.0'))
    """
    words: dict[str, Any] = {**table()["numbers"], "half": Decimal("0.5")}
    total, current = Decimal(0), Decimal(0)
    scaled = False
    for token in _tokens(text):
        size = sizes().get(token)
        if size is None:
            value = words.get(token)
            if value is None and not re.fullmatch(DIGITS, token):
                return None
            current += Decimal(token.replace(",", "") if value is None else value)
        elif size <= 100:
            current = (current or Decimal(1)) * size
        elif scaled and not current:
            total *= size
        else:
            total, current = total + (current or Decimal(1)) * size, Decimal(0)
        scaled = size is not None and size > 100
    return total + current


def _tokens(text: str) -> list[str]:
    plain = re.sub(r"\b(?:half an?|and a half)\b", " half ", text.lower())
    return re.findall(rf"{DIGITS}|[a-z]+|\S", re.sub(r"-|\band\b", " ", plain))


def spaced(text: str) -> str:
    """Return ``text`` with plain spaces and hyphens for odd ones, offsets unmoved."""
    return text.translate(_SPACES)
