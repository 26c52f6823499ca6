"""Spelling: how names are compared that a text may write in other letters than the knowledge."""

from __future__ import annotations

import re
from functools import lru_cache

from kgbuild.knowledge.names import slug
from kgbuild.tables import TableError, read_toml

_DROPPED = re.compile(r"[.'’ʻ‘]")
_TWICE = re.compile(r"([a-z])\1")


def spelling(name: str) -> str:
    """Return a name without case, accents and marks.

    >>> spelling("U.S. army"), spelling("Al-Asad Air Base")
    ('us-army', 'al-asad-air-base')
    """
    return slug(_DROPPED.sub("", name))


def sound(name: str) -> str:
    """Return how a person's name sounds, without initials, whoever wrote it in Latin letters.

    Raises:
        TableError: ``spelling.toml`` is faulty.

    >>> sound("Mikheil Saakashvili") == sound("MIKHAIL SAAKASHVILI")
    True
    >>> sound("Ruhollah Khomeini") == sound("Ali Khamenei")
    False
    """
    words = " ".join(w for w in spelling(name).split("-") if len(w) > 1)
    for letters, one in _sounds():
        words = words.replace(letters, one)
    return _TWICE.sub(r"\1", words)


def lone_letters(name: str) -> str:
    """Return the words of a name that are but a letter.

    >>> lone_letters("George H. W. Bush")
    'hw'
    """
    return "".join(w for w in spelling(name).split("-") if len(w) == 1)


@lru_cache(maxsize=1)
def _sounds() -> tuple[tuple[str, str], ...]:
    pairs = read_toml("spelling.toml")["sounds"]
    wrong = [p for p in pairs if len(p) != 2 or not all(isinstance(x, str) for x in p)]
    if wrong:
        raise TableError(
            f"spelling.toml: sounds: {p!r} is not a pair of letters" for p in wrong
        )
    return tuple((letters, one) for letters, one in pairs)
