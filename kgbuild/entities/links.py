"""Links: which of the knowledge's names a mention's words are, on the article's day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kgbuild.entities.forms import is_shared, stripped, words
from kgbuild.knowledge.gazetteer import CLASS, SURNAME, Gazetteer, Match, Reading
from kgbuild.knowledge.names import Knowledge, Term
from kgbuild.knowledge.posts import covering


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an article is about, as far as it tells who is meant: its day and its states.

    ``acting`` are the states that it names, or bodies of by names that no other state's body
    has, or of whose leaders it tells.
    """

    day: str | None
    states: frozenset[str]
    acting: frozenset[str] = frozenset()


def setting(
    text: str,
    matches: Collection[Match],
    knowledge: Knowledge,
    day: str | None,
    issuer: str | None,
) -> Setting:
    """Return the day of an article and the states that it names, or names bodies of."""
    found = {issuer} if issuer else set()
    shared: set[str] = set()  # states of bodies that any state may have: "the Senate"
    acting: set[str] = set()
    for match in matches:
        first = match.readings[0]
        if first.type == "Country":
            found.add(first.id)
        elif first.type == "Organization":
            own = shared if is_shared(text[match.start : match.end]) else found
            own.add(knowledge.names[first.id].of)
        elif first.type == "Person":
            for reading in match.readings:
                terms = covering(knowledge.names[reading.id], day)
                acting |= _states(knowledge, terms)
    return Setting(
        day=day,
        states=frozenset((found | shared) - {""}),
        acting=frozenset((found | acting) - {""}),
    )


def link(gazetteer: Gazetteer, text: str, type_: str, where: Setting) -> str | None:
    """Return the id of the knowledge's name that a mention's words are, if just one fits.

    >>> from kgbuild.knowledge.gazetteer import make_gazetteer
    >>> from kgbuild.knowledge.names import load_knowledge
    >>> names, day = make_gazetteer(load_knowledge()), "2017-11-06"
    >>> here = Setting(day=day, states=frozenset())
    >>> link(names, "Tokyo", "Country", here), link(names, "the Kremlin", "Country", here)
    ('wd:Q17', 'wd:Q159')
    """
    name = stripped(text)
    forms = dict.fromkeys((text, name, f"the {name}"))
    exact = ([r for r in gazetteer.readings(f) if r.type == type_] for f in forms)
    found, least = [readings for readings in exact if readings], 0
    if not found:
        found, least = [list(gazetteer.otherwise(name, type_))], 1
    if type_ == "Organization" and where.acting and is_shared(name):
        return _at_home(gazetteer.knowledge, [r for f in found for r in f], where)
    if found[0]:
        return _chosen(gazetteer.knowledge, found[0], where, least)
    before, _, last = name.rpartition(" ")
    if type_ == "Organization" and last in words().called:
        return link(gazetteer, before, type_, where)
    return _within(gazetteer, name, type_)


def _at_home(
    knowledge: Knowledge, readings: list[Reading], where: Setting
) -> str | None:
    """Return the best reading that is a body of a state that acts in the article."""
    of = where.acting
    return next((r.id for r in readings if knowledge.names[r.id].of in of), None)


def _chosen(
    knowledge: Knowledge, readings: Sequence[Reading], where: Setting, least: int
) -> str | None:
    """Return the reading that fits best: of people, who holds a post of a state that is named.

    ``least`` is how well one known by a full name must fit, as ``_fit`` tells it.
    """
    if readings[0].type != "Person":
        return readings[0].id
    ids = list(dict.fromkeys(r.id for r in readings))
    alone = all(r.kind == SURNAME for r in readings)
    scored = sorted(
        ((_fit(knowledge, i, where), -n, i) for n, i in enumerate(ids)), reverse=True
    )
    best = scored[0]
    if len(scored) > 1 and scored[1][0] == best[0]:
        return None
    return best[2] if best[0] >= (3 if alone else least) else None


def _fit(knowledge: Knowledge, id: str, where: Setting) -> int:
    """Return 2 for a post on the day, 1 for a state that the article names, their sum for both.

    Of one who holds none, the states of former posts count, but not the day.
    """
    name = knowledge.names[id]
    now = covering(name, where.day) if where.day else []
    states = _states(knowledge, now or name.terms)
    return 2 * bool(now) + bool(states & where.states)


def _states(knowledge: Knowledge, terms: Iterable[Term]) -> set[str]:
    return {_state(knowledge, t.of) for t in terms}


def _state(knowledge: Knowledge, of: str) -> str:
    name = knowledge.names[of]
    return of if name.type == "Country" else name.of


def _within(gazetteer: Gazetteer, text: str, type_: str) -> str | None:
    """Return the one name of the type inside longer words: "Government of Japan", "F-16 jets"."""
    if type_ not in ("Country", "Weapon"):
        return None
    inside = [
        (m, r)
        for m in gazetteer.matches(text)
        for r in [r for r in m.readings if r.type == type_][:1]
    ]
    named = [(m, r) for m, r in inside if r.kind != CLASS] or inside[-1:]
    if len({r.id for _, r in named}) != 1:
        return None
    match, reading = named[0]
    rest = text[: match.start] + text[match.end :]
    plain_rest = not any(c.isdigit() or c.isupper() for c in rest)
    if type_ == "Country" or (plain_rest and reading.kind != CLASS):
        return reading.id
    ends = match.end == len(text)
    return reading.id if plain_rest and ends and len(rest.split()) <= 1 else None
