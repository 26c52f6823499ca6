"""Words of English that texts are cleaned and told apart by."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache

from kgbuild.tables import resource


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the words that dozens of articles have amid sentences, and hardly as names.

    >>> "said" in common_words(), "turkey" in common_words()
    (True, False)
    """
    return frozenset(resource("text/common.txt").split())


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list of ``words.toml``.

    Raises:
        KeyError: there is no such list.

    >>> "monday" in listed("calendar")
    True
    """
    return frozenset(_lists()[name])


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(resource("text/words.toml"))
