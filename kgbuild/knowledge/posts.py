"""Posts: who held which on a day, by the words that a text has for the post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.knowledge.names import Knowledge, Name, Term, covers
from kgbuild.tables import TableError, build, read_toml

_WORD = re.compile(r"[^\W\d_][\w.'’]*")
_BEFORE = 60  # characters before a post in which "former" may stand


def covering(name: Name, day: str | None) -> list[Term]:
    """Return a person's terms on a day; without a day, all."""
    return [t for t in name.terms if day is None or covers(t, day)]


def holder(knowledge: Knowledge, role: str, of: str, day: str) -> str | None:
    """Return the id of the one who holds a post of a state on a day, if just one does.

    >>> from kgbuild.knowledge.names import load_knowledge
    >>> k = load_knowledge()
    >>> k.names[holder(k, "the chancellor", "wd:Q183", "2010-05-01")].label
    'Angela Merkel'
    """
    found = [n.id for n, t in knowledge.holders(of, day) if fits(role, t.role)]
    found = list(dict.fromkeys(found))
    return found[0] if len(found) == 1 else None


def fits(said: str, held_role: str) -> bool:
    """Tell whether a text's word for a post can mean the post that somebody holds.

    >>> fits("Japanese prime minister", "Prime Minister"), fits("vice president", "President")
    (False, False)
    >>> fits("defence minister", "Minister of Defense")
    True
    """
    said, held_role = spelled(said), spelled(held_role)
    if said == held_role:
        return True
    return said in posts().leading and held_role in heads()


def untold(said: str | None) -> bool:
    """Tell whether words say no more than that somebody leads.

    >>> untold("the leader"), untold(None), untold("Prime Minister")
    (True, True, False)
    """
    return not said or spelled(said) in posts().leading


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Posts that tell one relation: their nouns, and the types of what has such a post."""

    relation: str
    nouns: tuple[str, ...]
    scope: tuple[str, ...]
    heads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """All of ``posts.toml``: the posts, and the words and the relation beside them."""

    post: tuple[Post, ...]
    body: str
    titles: tuple[str, ...]
    leading: tuple[str, ...]
    past: tuple[str, ...]
    apart: tuple[str, ...]


@lru_cache(maxsize=1)
def posts() -> Posts:
    """Return what ``posts.toml`` tells.

    Raises:
        TableError: the file is faulty.

    >>> posts().post[0].scope
    ('Country',)
    """
    faults: list[str] = []
    table = read_toml("posts.toml")
    made = [
        build(Post, entry, f"posts.toml: post {n}", faults)
        for n, entry in enumerate(table.pop("post"), 1)
    ]
    told = build(Posts, table, "posts.toml", faults, post=tuple(filter(None, made)))
    if told is None or faults:
        raise TableError(faults)
    return told


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Return the posts that lead a state."""
    return frozenset(spelled(n) for p in posts().post if p.heads for n in p.nouns)


@lru_cache(maxsize=4)
def relations(type_: str) -> dict[str, str]:
    """Return the relation that each post of a state or of a body tells, by its spelling.

    >>> relations("Country")["prime minister"] != relations("Country")["foreign minister"]
    True
    """
    told: dict[str, str] = {}
    for post in posts().post:
        if type_ in post.scope:
            for noun in post.nouns:
                told.setdefault(spelled(noun), post.relation)
    return told


def names_post(text: str) -> bool:
    """Tell whether words name a post, among others.

    >>> names_post("the party's chairwoman"), names_post("in command")
    (True, False)
    """
    found = re.findall(r"[\w-]+", text.lower())
    return any(
        " ".join(found[a:b]) in nouns()
        for a in range(len(found))
        for b in range(a + 1, min(a + 6, len(found)) + 1)
    )


@lru_cache(maxsize=1)
def nouns() -> frozenset[str]:
    """Return the nouns of all posts."""
    return frozenset(n for p in posts().post for n in p.nouns)


@lru_cache(maxsize=1)
def former() -> frozenset[str]:
    """Return the words that take a post away from whom it names."""
    return frozenset((*map(str.lower, posts().past), *posts().apart))


def is_past(text: str, start: int, end: int) -> bool:
    """Tell whether the words ``start:end`` of a text name a post that somebody once held.

    >>> is_past("former U.S. Air Force secretary Roe", 22, 31), is_past("ex-minister", 0, 11)
    (True, True)
    >>> is_past("a former rival and minister Roe", 19, 27)
    False
    """
    past = posts().past
    post = _WORD.match(text, start, end)
    if post and post[0] in past:
        return True
    found = list(_WORD.finditer(text, max(0, start - _BEFORE), start))
    end = start
    for word in reversed(found):
        if text[word.end() : end].strip(" -"):
            return False
        if word[0] in past:
            return True
        if not word[0][:1].isupper():
            return False
        end = word.start()
    return False


def spelled(post: str) -> str:
    """Return one spelling of a post.

    >>> spelled("the Minister of Foreign Affairs"), spelled("Secretary-General")
    ('foreign minister', 'secretary general')
    """
    post = post.lower().replace("-", " ").replace("defence", "defense")
    post = re.sub(r"^(?:the|its|their|his|her|our) ", "", post)
    post = re.sub(r"\bpremier\b", "prime minister", post)
    moved = re.sub(
        r"^(secretary|minister) (?:of|for) (?:the )?(\w+)(?: affairs)?$", r"\2 \1", post
    )
    return post if moved == "state secretary" else moved
