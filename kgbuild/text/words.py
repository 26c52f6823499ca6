"""Common words: those that English news writes with a small letter, nearly always."""

from __future__ import annotations

from functools import lru_cache

from kgbuild.tables import resource


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the words that dozens of articles have amid sentences, and hardly as names.

    >>> "said" in common_words(), "turkey" in common_words()
    (True, False)
    """
    return frozenset(resource("text/common.txt").split())
