"""Titles: the words beside a name that give its post: "President Roe", "the Roe government"."""

from __future__ import annotations

import re

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import words
from kgbuild.knowledge.posts import covering, fits, former, heads, spelled
from kgbuild.model import Span
from kgbuild.reader.readings import Mention

_LONGEST = 5  # words of a post
_NEAR = 80  # characters before a name in which its post stands
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_AFTER = re.compile(r"(?:['’]s?)?\s+(\w+)")


def titled(cast: Cast, mention: Mention) -> str | None:
    """Return who of a name holds, on the article's day, the post that stands beside it.

    It is told whose post it is by that: an article need not name the state of "President Roe".
    """
    if cast.where.day is None:
        return None
    form = cast.name(mention)
    readings = cast.gazetteer.readings(form) or cast.gazetteer.otherwise(form, "Person")
    ids = dict.fromkeys(r.id for r in readings if r.type == "Person")
    found = [id for id in ids if _has_title(cast, mention, id)]
    return found[0] if len(found) == 1 else None


def _has_title(cast: Cast, mention: Mention, id: str) -> bool:
    text = cast.document.text
    after = _AFTER.match(text, mention.end)
    rules = after is not None and after[1].lower() in words().state
    name = cast.gazetteer.knowledge.names[id]
    return any(
        (rules and spelled(term.role) in heads())
        or title_before(text, mention.start - _NEAR, mention.start, term.role)
        for term in covering(name, cast.where.day)
    )


def title_before(text: str, start: int, name: int, role: str) -> Span | None:
    """Return where the words right before a name, from ``start`` on, give the post, if they do.

    >>> text = "Then Deputy Prime Minister Jane Roe spoke; President Roe spoke."
    >>> title_before(text, 0, 27, "Prime Minister"), title_before(text, 0, 53, "President")
    (None, (43, 52))
    """
    before = list(_WORD.finditer(text, max(0, start), name))
    while before and before[-1][0].lower() in words().titles:
        name = before.pop().start()
    if not before or text[before[-1].end() : name].strip():
        return None
    end = before[-1].end()
    for n in range(min(_LONGEST, len(before)), 0, -1):
        first = before[-n].start()
        if spelled(text[first:end]) in words().posts:
            apart = len(before) > n and before[-n - 1][0].lower() in former()
            return (first, end) if not apart and fits(text[first:end], role) else None
    return None
