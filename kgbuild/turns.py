"""Turns: whose words the parts of a transcript are, and for whom he speaks.

A label ("MR PRICE:", "President of Egypt Mohamed Morsi:") opens a turn, which goes on until the
next label. Whoever is not known by his label speaks, but is nobody.
"""

from __future__ import annotations

from kgbuild.entities import STATE, Cast, Reference, country_of, name_of, slug
from kgbuild.gazetteer import plain
from kgbuild.speech import Turn, labels


def read_turns(made: Cast) -> None:
    """Find the turns of a transcript, and let the labels in capitals stand for people."""
    found = [(a, b, _speaker(made, a, b)) for a, b in labels(made.doc)]
    if not any(person or _told(made, a, b) for a, b, person in found):
        return  # headings, not speakers
    for n, (start, end, person) in enumerate(found):
        if person and made.doc[end - 1].is_upper:
            label = Reference(id=person, start=end - 1, end=end, how="name")
            made.at[end - 1] = (label,)
        stop = found[n + 1][0] if n + 1 < len(found) else len(made.doc)
        made.turns.append(Turn(label=start, start=end + 1, end=stop, speaker=person))


def turn_at(made: Cast, index: int) -> Turn | None:
    """Return the turn that a token is spoken in, if it is."""
    return next((t for t in made.turns if t.start <= index < t.end), None)


def side(made: Cast, turn: Turn) -> str | None:
    """Return whom a speaker means by "we": the state or the body that his post names."""
    if turn.speaker is None:
        return None
    own = [p for p in made.posts if p.person == turn.speaker]
    label = [p.of for p in own if turn.label <= p.start < turn.start]
    bodies = list(dict.fromkeys(label or [p.of for p in own]))
    if not label and (country := country_of(made, turn.speaker)):
        return country
    if len(bodies) != 1:
        return None
    name = name_of(made, bodies[0])
    if name and name.kind in STATE and name.of in made.gazetteer.knowledge.names:
        return made.add_known(name.of)
    return bodies[0]


def hearer(made: Cast, turn: Turn) -> str | None:
    """Return the one whom a speaker speaks to, where only two speak."""
    others = {t.speaker for t in made.turns} - {turn.speaker}
    return others.pop() if turn.speaker and len(others) == 1 else None


def _told(made: Cast, start: int, end: int) -> bool:
    """Tell whether a label can be nothing but one: in capitals, or a word for a speaker."""
    return made.doc[start:end].text.isupper() or end - start == 1


def _speaker(made: Cast, start: int, end: int) -> str | None:
    """Return the person whom a label names last."""
    people: list[Reference] = [
        r
        for i in range(start, end)
        for r in made.at.get(i, ())
        if made.type_of(r.id) == "Person" and r.end <= end
    ]
    if people and not made.doc[end - 1].is_upper:
        return people[-1].id
    first = end - 1
    others = made.lexicon.posts.keys() | made.lexicon.cues["titles"] | {"of", ".", ","}
    while first > start and made.doc[first - 1].lower_ not in others:
        if any(made.type_of(r.id) != "Person" for r in made.at.get(first - 1, ())):
            break  # "PRESIDENT OF CHAD [MENSAH]"
        first -= 1
    # "TALL SALL" is nobody who is only called Sall
    surname = set(slug(plain(made.doc[first:end].text)).split("-"))
    fit = {
        e.id
        for e in made.known.values()
        if e.type == "Person"
        and not e.label.isupper()
        and surname <= set(slug(e.label).split("-"))
    }
    return fit.pop() if len(fit) == 1 else None
