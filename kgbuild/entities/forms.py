"""Forms: what the words of a mention are: a name, a pronoun, or a noun that points at one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.knowledge.gazetteer import plain
from kgbuild.knowledge.posts import nouns, posts
from kgbuild.tables import TableError, build, read_toml

_EDGES = " \t\n,;:\"'“”‘’()[]–—-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that every state has: the knowledge's kinds of it, and what names it."""

    label: str
    nouns: tuple[str, ...]
    kind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of ``bodies.toml`` and the nouns for posts of ``posts.toml``."""

    determiners: frozenset[str]
    first: frozenset[str]
    first_plural: frozenset[str]
    third: frozenset[str]
    acronyms: frozenset[str]
    state: frozenset[str]
    body: frozenset[str]
    called: frozenset[str]
    bodies: Mapping[str, Body]
    organs: frozenset[str]
    shared: frozenset[str]
    posts: frozenset[str]
    titles: frozenset[str]

    @property
    def pronouns(self) -> frozenset[str]:
        """All pronouns."""
        return self.first | self.first_plural | self.third


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words that point at somebody without a name.

    Raises:
        TableError: ``bodies.toml`` is faulty.

    >>> words().bodies["foreign ministry"].label
    'Ministry of Foreign Affairs'
    """
    table = read_toml("bodies.toml")
    faults: list[str] = []
    made = [
        build(Body, entry, f"bodies.toml: body {n}", faults)
        for n, entry in enumerate(table["body"], 1)
    ]
    if faults:
        raise TableError(faults)
    return Words(
        **{name: frozenset(listed) for name, listed in table["pointing"].items()},
        bodies={noun: body for body in made if body for noun in body.nouns},
        organs=frozenset(table["organs"]),
        shared=frozenset(table["shared"]),
        posts=nouns(),
        titles=frozenset(posts().titles),
    )


def stripped(text: str) -> str:
    """Return the words of a mention without its article and what hangs at its edges.

    >>> stripped("the United Nations'"), stripped("The Hague"), stripped("US’s"), stripped("U.S.")
    ('United Nations', 'Hague', 'US', 'U.S.')
    >>> stripped("Acme (Poland)"), stripped("(Acme)"), stripped("Acme Energy and")
    ('Acme (Poland)', 'Acme', 'Acme Energy')
    """
    text = re.sub(r"'s?$| (?:and|or)$", "", plain(text).strip(_EDGES))
    if text.count("(") > text.count(")"):
        text += ")"  # that was at the edge
    if text.count(".") == 1:
        text = text.removesuffix(".")
    if text[:4] in ("the ", "The "):
        return text[4:]
    return text


def untitled(text: str) -> str:
    """Return a person's name without the titles before it, if a name is left.

    >>> untitled("Mr Putin"), untitled("Field Marshal Lord Roe"), untitled("Sir")
    ('Putin', 'Roe', 'Sir')
    """
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in words().titles:
        parts = parts[1:]
    return " ".join(parts)


def is_pronoun(text: str) -> bool:
    """Tell whether a mention is a pronoun.

    >>> is_pronoun("Its"), is_pronoun("US")
    (True, False)
    """
    return text.lower() in words().pronouns and text not in words().acronyms


def is_name(text: str) -> bool:
    """Tell whether a mention names somebody, and does not only point at one.

    >>> [is_name(t) for t in ("Abe", "the country", "The company", "the President", "IRGC")]
    [True, False, False, False, True]
    >>> [is_name(t) for t in ("Ayatollah", "the Baltic country of", "R")]
    [False, False, False]
    """
    told = words()
    if is_pronoun(text) or text.lower() in told.titles or text.endswith(" of"):
        return False
    if len(text) < 2:  # "(R-Ariz.)"
        return False
    parts = re.findall(r"[\w&'’.-]+", text)
    while parts and parts[0].lower() in told.determiners:
        parts = parts[1:]
    if not any(
        p[:1].isupper() or any(c.isdigit() or c.isupper() for c in p) for p in parts
    ):
        return False
    rest = " ".join(parts).lower()
    return not (
        rest in told.posts
        or _ends_in_post(parts)
        or rest in told.bodies
        or rest in told.state
        or rest in told.body
    )


def _ends_in_post(parts: list[str]) -> bool:
    """Tell whether words are a post and whose it is: "Russian President", "US Secretary of State"."""
    low = [p.lower() for p in parts]
    return any(" ".join(low[n:]) in words().posts for n in range(1, len(low)))


def body_of(text: str) -> Body | None:
    """Return the body of a state that a mention's words name, if they do.

    >>> body_of("its Defence Ministry").label
    'Ministry of Defense'
    """
    told = words()
    parts = plain(text).lower().split()
    for n in range(len(parts)):
        if found := told.bodies.get(" ".join(parts[n:])):
            return found
        if parts[n] not in told.determiners and n < len(parts) - 4:
            return None
    return None


def is_shared(text: str) -> bool:
    """Tell whether words name a body and not whose: any state may have one.

    >>> [is_shared(t) for t in ("the Senate", "Supreme Court", "U.S. Senate", "NATO")]
    [True, True, False, False]
    """
    bare = plain(stripped(text)).lower()
    return bare in words().bodies or bare in words().shared
