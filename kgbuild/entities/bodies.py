"""Bodies of a state: "Iran's navy", "the Ministry of Defence", and the states beside them."""

from __future__ import annotations

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import Body, body_of, is_name
from kgbuild.entities.links import link
from kgbuild.knowledge.gazetteer import plain
from kgbuild.reader.readings import Mention, Reading

OF = ("of", "of the")  # between a body and its state
IN = ("in", "in the")
LEADS = ("Country", "Person")  # whose body it is: "Iran's navy", "Sharon's cabinet"
BESIDE = ("", "'s", "'")  # between a state or its leader and a body


def state_body(cast: Cast, reading: Reading, w: int, n: int) -> str | None:
    """Return the body of the state beside whose name a mention stands: "Iran's navy"."""
    mention = reading.mentions[n]
    body = body_of(cast.words(mention))
    owner = _owner(cast, reading, w, n)
    if owner is None:
        return None
    before, state = owner
    joined = plain(cast.document.text[before : mention.end])
    for form in (joined, joined.replace("'s ", " ")):
        found = [r for r in cast.gazetteer.readings(form) if r.type == "Organization"]
        if found:
            return cast.add(found[0].id)
    return body_in(cast, state, body) if body else None


def body_in(cast: Cast, state: str, body: Body) -> str:
    """Return a body of a state: the one that is known, else one of its own."""
    for name in cast.gazetteer.knowledge.organs(state):
        if name.kind in body.kind:
            return cast.add(name.id)
    return cast.coin("Organization", f"{_adjective(cast, state)} {body.label}")


def _adjective(cast: Cast, state: str) -> str:
    """Return a state's adjective, or its name where none is known or it is first another's."""
    name = cast.gazetteer.knowledge.names.get(state)
    if name is None:  # a state that only the article knows
        return cast.known[state].label
    own = (a for a in name.adjectives if cast.gazetteer.readings(a)[0].id == state)
    return next(own, name.label)


def _owner(cast: Cast, reading: Reading, w: int, n: int) -> tuple[int, str] | None:
    """Return where the name of a body's state begins, and the state."""
    mention = reading.mentions[n]
    told = {c.object for c in reading.claims if c.subject == n}
    for k, other in enumerate(reading.mentions):
        if other.type not in LEADS or other.end > mention.start:
            continue
        gap = plain(cast.document.text[other.end : mention.start])
        if gap in BESIDE and (state := _state(cast, reading, w, k)):
            return other.start, state
    for k, other in enumerate(reading.mentions):
        if other.type == "Country" and other.start >= mention.end:
            gap = plain(cast.document.text[mention.end : other.start])
            if gap in OF or (gap in IN and k in told):
                state = _state(cast, reading, w, k)
                return (mention.start, state) if state else None
    return None


def state_beside(cast: Cast, reading: Reading, w: int, mention: Mention) -> str | None:
    """Return the state, or that of the person, right before "government", "regime"."""
    for k, other in enumerate(reading.mentions):
        if other.end > mention.start or other.type not in LEADS:
            continue
        if plain(cast.document.text[other.end : mention.start]) in BESIDE:
            return _state(cast, reading, w, k)
    return None


def leader_beside(cast: Cast, reading: Reading, mention: Mention) -> bool:
    """Tell whether a person's name stands right before "government", "regime"."""
    return any(
        other.type == "Person"
        and other.end <= mention.start
        and plain(cast.document.text[other.end : mention.start]) in BESIDE
        and is_name(cast.words(other))
        for other in reading.mentions
    )


def _state(cast: Cast, reading: Reading, w: int, k: int) -> str | None:
    """Return the state that a mention names or points at, or that a person acts for."""
    mention = reading.mentions[k]
    id = link(cast.gazetteer, cast.words(mention), mention.type, cast.where)
    if id is None:  # "its navy", "Howard's government"
        (id, *more) = cast.ids.get((w, k)) or (None,)
        if more:
            return None
    if id is None:
        return None
    if mention.type == "Person":
        return cast.state_of(id)
    return id if id in cast.known else cast.add(id)
