"""How likely two names, with what is told of them, are of one person or body.

Names are compared without case, marks and order; each word of the shorter must find its like
in the longer. What has a number in it must be just the same. The steps are stated here and
measured on the pairs of ``tests/pairs.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from kgbuild.archive.sightings import Sighting, clash, share
from kgbuild.knowledge.names import LETTERS
from kgbuild.tables import read_toml

SAME = 0.9
"""From here on two are one."""
MAYBE = 0.7
"""From here on two are listed for somebody to decide."""
_WHOLE, _TURNED, _LONGER, _INITIAL, _SURNAME = 1.0, 0.98, 0.93, 0.8, 0.65
_BODIES = 0.74  # at most, for bodies spelt in two ways
_SPELT = 0.95  # what another spelling takes of the likeness of its words
_TIE, _ROLE, _CLASH, _TOGETHER = 0.15, 0.05, 0.4, 0.3
LEAST = MAYBE - _TIE - _ROLE
"""Names that are less alike are never of one, whatever else is told of them."""
_LITTLE = 0.75  # of words that are less alike than that, nothing is made
_similarity = JaroWinkler.normalized_similarity
_NUMERAL = re.compile(r"[ivx]{1,4}|\d+(?:st|nd|rd|th)?")


def likeness(one: Sighting, other: Sighting, names: float | None = None) -> float:
    """Return how likely two sightings are one, between 0 and 1.

    ``names`` is how alike their names are, where that is known.

    >>> a = Sighting(id="a", type="Person", label="Hayashi Yoshimasa", docs={"a"})
    >>> b = Sighting(id="b", type="Person", label="Yoshimasa Hayashi", docs={"b"})
    >>> likeness(a, b)
    0.98
    """
    if names is None:
        names = alike(one.label, other.label, person=one.type == "Person")
    if names == 0 or one.type != other.type:
        return 0.0
    found = names
    if one.ties and other.ties:
        found += _TIE if share(one, other) else -_CLASH * clash(one, other)
    found += _ROLE * bool(one.roles & other.roles)
    # An article that names both by their own names takes them for two.
    found -= _TOGETHER * bool(one.docs & other.docs)
    return round(max(0.0, min(1.0, found)), 4)


def alike(one: str, other: str, *, person: bool) -> float:
    """Return how alike two names are, between 0 and 1.

    >>> alike("George H. W. Bush", "George W. Bush", person=True)
    0.0
    >>> alike("Donald J. Trump", "Donald Trump", person=True)
    0.93
    """
    first, second = words(one), words(other)
    if len(first) > len(second):
        first, second = second, first
    if not first or _numbers(first) != _numbers(second):
        return 0.0
    if first == second:
        return _WHOLE
    if sorted(first) == sorted(second):
        return _TURNED if person else 0.0
    if person:
        return _people(first, second)
    # Another letter may be another body, whatever state both are of.
    return min(_BODIES, _spelt(first, second)) if len(first) == len(second) else 0.0


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell something, folded.

    >>> words("Łukasz de la Peña-Gómez")
    ('lukasz', 'la', 'pena', 'gomez')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")
    found = re.findall(r"\w+", kept)
    return tuple(w for w in found if w not in _told()["small"]) or tuple(found)


@lru_cache(maxsize=1)
def _told() -> Mapping[str, frozenset[str]]:
    table = read_toml("likeness.toml")
    return {name: frozenset(listed) for name, listed in table.items()}


@lru_cache(maxsize=100_000)
def _numbers(found: tuple[str, ...]) -> list[str]:
    last = {w for w in found[1:][-1:] if w in _told()["born"] or _NUMERAL.fullmatch(w)}
    return sorted(last.union(w for w in found if re.search(r"\d", w)))


def _people(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """Compare names of people: middle names may be left out, first names be initials."""
    if len(short) == 1:
        return (
            _SURNAME if short[0] in (long[0], long[-1]) and len(short[0]) > 2 else 0.0
        )
    ends = {short[0], short[-1]}
    if len(short) == len(long):
        return max(_initials(short, long), _initials(long, short), _spelt(short, long))
    if len(short) == 2 and ends == {long[0], long[-1]}:
        return _LONGER
    if len(short) == 2:
        outer = (long[0], long[-1])
        return max(_initials(short, outer), _LONGER * _spelt(short, outer))
    return _LONGER if set(short) <= set(long) and not _single(short) else 0.0


def _single(found: tuple[str, ...]) -> bool:
    return any(len(w) == 1 for w in found)


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """Compare names of which one has letters for first names: ``J. Smith``."""
    if short[-1] != long[-1] or len(short[-1]) == 1:
        return 0.0
    pairs = list(zip(short[:-1], long[:-1], strict=True))
    fits = all(a == b or a == b[0] for a, b in pairs)
    return _INITIAL if fits and any(len(a) == 1 for a, _ in pairs) else 0.0


def _spelt(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Compare names word by word, in the order that fits best; the least alike word decides."""
    best = _least(one, other)
    if len(one) > 1:
        best = max(best, _least(one, (*other[1:], other[0])))
    if len(one) > 2:
        best = max(best, _least(one, (other[-1], *other[:-1])))
    return best * _SPELT


def _least(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how alike the least alike words are, 0 where two have little in common."""
    least = 1.0
    for a, b in zip(one, other, strict=True):
        if a != b:
            least = min(least, _word(a, b))
            if not least:
                return 0.0
    return least


def _word(one: str, other: str) -> float:
    """Compare two words; short ones must be the same, as another letter is another word."""
    if len(one) < 4 or len(other) < 4:
        return 0.0
    return float(_similarity(one, other, score_cutoff=_LITTLE))
