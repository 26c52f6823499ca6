"""Bodies of a state: "Iran's navy", "the Ministry of Defence", and the states beside them."""

from __future__ import annotations

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import Body, body_of
from kgbuild.entities.links import link
from kgbuild.knowledge.gazetteer import plain
from kgbuild.reader.readings import Mention, Reading

OF = ("of", "of the")  # between a body and its state
IN = ("in", "in the")


def state_body(cast: Cast, reading: Reading, n: int, mention: Mention) -> str | None:
    """Return the body of the state beside whose name a mention stands: "Iran's navy"."""
    text = cast.words(mention)
    body = body_of(text)
    owner = _owner(cast, reading, n, mention)
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


def _owner(
    cast: Cast, reading: Reading, n: int, mention: Mention
) -> tuple[int, str] | None:
    """Return where the name of a body's state begins, and the state."""
    told = {c.object for c in reading.claims if c.subject == n}
    for other in reading.mentions:
        if other.type != "Country" or other.end > mention.start:
            continue
        gap = plain(cast.document.text[other.end : mention.start])
        if gap in ("", "'s", "'") and (state := named_state(cast, other)):
            return other.start, state
    for k, other in enumerate(reading.mentions):
        if other.type == "Country" and other.start >= mention.end:
            gap = plain(cast.document.text[mention.end : other.start])
            if gap in OF or (gap in IN and k in told):
                state = named_state(cast, other)
                return (mention.start, state) if state else None
    return None


def named_state(cast: Cast, mention: Mention) -> str | None:
    id = link(cast.gazetteer, cast.words(mention), "Country", cast.where)
    return cast.add(id) if id else None


def state_beside(cast: Cast, reading: Reading, mention: Mention) -> str | None:
    """Return the state or the state of the person right before "government", "regime"."""
    for k, other in enumerate(reading.mentions):
        gap = plain(cast.document.text[other.end : mention.start])
        if other.end <= mention.start and gap in ("'s", "'", ""):
            if other.type == "Country":
                return named_state(cast, other)
            if other.type == "Person":
                id = link(cast.gazetteer, cast.words(other), "Person", cast.where)
                return cast.state_of(id) if id else None
    return None
