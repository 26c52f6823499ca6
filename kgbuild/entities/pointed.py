"""Mentions that only point at somebody: pronouns, "the country", "the ministry", posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kgbuild.entities.bodies import (
    body_in,
    leader_beside,
    state_beside,
    state_body,
)
from kgbuild.entities.cast import Cast, label
from kgbuild.entities.forms import body_of, is_name, is_pronoun, stripped, words
from kgbuild.entities.links import link
from kgbuild.knowledge.posts import holder
from kgbuild.reader.readings import Mention, Reading
from kgbuild.text.quotes import is_spoken

LIKELY = 0.3  # the chance above which what points is taken to point there
MAIN = 0.7  # the chance that "the government" is that of the state named most
LATE = 30  # windows before, in which a state is looked for that "the government" is of


def pointed(cast: Cast, readings: Sequence[Reading], w: int, n: int) -> tuple[str, ...]:
    """Return whom a pronoun or a noun without a name stands for; nothing where nothing tells."""
    reading, mention = readings[w], readings[w].mentions[n]
    text = cast.words(mention)
    if reading.members[n]:
        found = [i for k in reading.members[n] for i in cast.ids.get((w, k), ())]
        if len(found) > 1:
            return tuple(dict.fromkeys(found))
    if mention.type == "Weapon" and not is_pronoun(text):
        id = link(cast.gazetteer, text, "Weapon", cast.where)
        if id:
            cast.add(id)
        return (id or cast.coin("Weapon", label("Weapon", stripped(text))),)
    if mention.type == "Organization" and (own := state_body(cast, reading, w, n)):
        return (own,)
    if cast.issuer and _is_author(cast, mention, text):
        return (cast.issuer,)
    for other, chance in _antecedents(reading, n):
        if chance >= LIKELY and (ids := cast.ids.get((w, other))):
            cast.chances[w, n] = chance
            return ids
    return _from_outside(cast, readings, w, n, mention, text)


def _antecedents(reading: Reading, n: int) -> Iterator[tuple[int, float]]:
    """Yield what the reader takes for the same as a mention: what it points back at first."""
    if antecedent := reading.same[n]:
        yield antecedent
    for later, other in enumerate(reading.same):
        if other and other[0] == n:
            yield later, other[1]


def _is_author(cast: Cast, mention: Mention, text: str) -> bool:
    """Tell whether a state's "we" is its author's, who is not quoted."""
    return (
        mention.type == "Country"
        and text.lower() in words().first_plural
        and not is_spoken(cast.document.text, mention.start)
    )


def _from_outside(
    cast: Cast,
    readings: Sequence[Reading],
    w: int,
    n: int,
    mention: Mention,
    text: str,
) -> tuple[str, ...]:
    """Return whom the window alone does not tell: the owner's government, the publisher, the last."""
    told = words()
    low = text.lower()
    if mention.type == "Country":
        if owner := state_beside(cast, readings[w], w, mention):
            return (owner,)
        if leader_beside(cast, readings[w], mention):
            return ()  # a premier's, of whom no state is known
        if low in told.first_plural:
            return (cast.issuer,) if cast.issuer else ()
    if mention.type == "Organization" and (body := body_of(text)):
        known = link(cast.gazetteer, text, "Organization", cast.where)
        if known and not cast.issuer:
            return (cast.add(known),)
        if last := _last_of_body(cast, readings, w, body.label):
            return last
        if cast.issuer:
            return (body_in(cast, cast.issuer, body),)
        cast.chances[w, n] = MAIN
        return tuple(body_in(cast, s, body) for s in _main_state(cast, readings, w))
    if mention.type == "Person" and not is_pronoun(text):
        return _incumbent(cast, readings, w, n, text)
    if low in told.first or low in told.first_plural:
        return ()
    alone = _last_alone(cast, readings, w, mention)
    if not alone and mention.type == "Country" and not is_pronoun(text):
        first, *rest = low.split()
        if first in told.pronouns:
            return _of_leader(cast, readings[w], w, mention)
        if rest and rest[-1] in told.state and told.determiners.isdisjoint(rest):
            cast.chances[w, n] = MAIN
            return _main_state(cast, readings, w)
    return alone


def _last_of_body(
    cast: Cast, readings: Sequence[Reading], w: int, label: str
) -> tuple[str, ...]:
    """Return the like body that was last told of: "the ministry" after a ministry."""
    for v in range(w, max(-1, w - 6), -1):
        for n in reversed(range(len(readings[v].mentions))):
            for id in cast.ids.get((v, n), ()):
                if cast.known[id].label.endswith(label):
                    return (id,)
    return ()


def _incumbent(
    cast: Cast, readings: Sequence[Reading], w: int, n: int, text: str
) -> tuple[str, ...]:
    """Return who holds the post that a mention's words name, on the article's day."""
    if cast.where.day is None:
        return ()
    beside = state_beside(cast, readings[w], w, readings[w].mentions[n])
    of = [beside or cast.issuer] if beside or cast.issuer else []
    if not of:
        of = list(_main_state(cast, readings, w))
        cast.chances[w, n] = MAIN
    knowledge, day = cast.gazetteer.knowledge, cast.where.day
    found = [holder(knowledge, stripped(text), s, day) for s in of if s]
    return tuple(cast.add(id) for id in found if id)


def _last_alone(
    cast: Cast, readings: Sequence[Reading], w: int, mention: Mention
) -> tuple[str, ...]:
    """Return the one of its type that the window before tells of, if it tells of just one."""
    if w == 0:
        return ()
    before = readings[w - 1]
    if (
        "\n\n" in cast.document.text[before.end : mention.start]
        and mention.type != "Person"
    ):
        return ()
    found = {
        id
        for n, m in enumerate(before.mentions)
        if m.type == mention.type and is_name(cast.words(m))
        for id in cast.ids.get((w - 1, n), ())
    }
    return tuple(found) if len(found) == 1 else ()


def _of_leader(
    cast: Cast, reading: Reading, w: int, mention: Mention
) -> tuple[str, ...]:
    """Return the state of the person before "his government", if one is known."""
    before = [
        i
        for n, m in enumerate(reading.mentions)
        if m.type == "Person" and m.end <= mention.start
        for i in cast.ids.get((w, n), ())
    ]
    state = cast.state_of(before[-1]) if before else None
    return (state,) if state else ()


def _main_state(cast: Cast, readings: Sequence[Reading], w: int) -> tuple[str, ...]:
    """Return the state named at least twice as often as any other of late."""
    named: Counter[str] = Counter()
    for v in range(max(0, w - LATE), w + 1):
        for n, m in enumerate(readings[v].mentions):
            if m.type == "Country" and is_name(cast.words(m)):
                named.update(cast.ids.get((v, n), ()))
    (first, often), (_, next_) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    return (first,) if often >= max(2, 2 * next_) else ()
