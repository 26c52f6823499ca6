"""Mentions with names: one full name, one entity; surnames and initials go with theirs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from kgbuild.entities.bodies import state_body
from kgbuild.entities.cast import SURE, Cast, label
from kgbuild.entities.forms import words
from kgbuild.entities.links import link
from kgbuild.entities.titles import titled
from kgbuild.knowledge.gazetteer import ADJECTIVE
from kgbuild.knowledge.names import NUMERAL
from kgbuild.reader.alike import initials
from kgbuild.reader.readings import Mention, Reading

_Named = tuple[int, int, Mention]


def name_all(cast: Cast, named: Sequence[_Named], readings: Sequence[Reading]) -> None:
    """Give each mention with a name its entity: full names first, then what shortens them.

    Of bodies that nobody knows, the longest names count as full.
    """
    parts = _begun(cast, named) | _introduced(cast, named)
    short = [
        x
        for x in named
        if _is_short(cast, x[2]) or (x[2].type, cast.name(x[2])) in parts
    ]
    shorter = {(w, n) for w, n, _ in short}
    full: dict[str, dict[str, int]] = {}  # by type: ids, and where each is named first
    for w, n, mention in named:
        if (w, n) not in shorter:
            _set(cast, w, n, mention, _named(cast, readings[w], w, n))
            full.setdefault(mention.type, {}).setdefault(
                cast.ids[w, n][0], mention.start
            )
    short.sort(key=lambda x: -cast.words(x[2]).count(" "))
    first: dict[str, int] = {}
    for _, _, mention in short:
        form = cast.name(mention)
        first[form] = min(mention.start, first.get(form, mention.start))
    for w, n, mention in short:
        form, places = cast.name(mention), full.get(mention.type, {})
        before = {i for i, place in places.items() if place < first[form]}
        fuller = [i for i in places if i in before or not _begins(form, cast, i)]
        id = _shortened(cast, readings, w, n, mention, fuller)
        _set(cast, w, n, mention, id)
        if mention.type == "Organization":
            full.setdefault(mention.type, {}).setdefault(id, mention.start)


def _begun(cast: Cast, named: Sequence[_Named]) -> set[tuple[str, str]]:
    """Return bodies' names that another's name in the article goes on from.

    Beside "Acme Motors" the word "Acme" hardly is the Acme Aerospace that the knowledge
    knows by that word too.
    """
    forms = {cast.name(m) for _, _, m in named if m.type == "Organization"}
    found = set()
    for form in forms:
        id = link(cast.gazetteer, form, "Organization", cast.where)
        if id is None or cast.gazetteer.knowledge.names[id].label == form:
            continue
        for other in forms:
            if other.startswith(f"{form} ") and id != link(
                cast.gazetteer, other, "Organization", cast.where
            ):
                found.add(("Organization", form))
    return found


def _introduced(cast: Cast, named: Sequence[_Named]) -> set[tuple[str, str]]:
    """Return initials that a text gives a body: "the Armed Forces of the Philippines (AFP)".

    In that article they are not another's, of whom the knowledge knows them.
    """
    text, found = cast.document.text, set()
    bodies = [m for _, _, m in named if m.type == "Organization"]
    for whole, short in pairwise(bodies):
        between, form = text[whole.end : short.start].strip(), cast.name(short)
        if between != "(" or not text.startswith(")", short.end):
            continue
        if form.isupper() and _are_initials(form, cast.name(whole)):
            found.add(("Organization", form))
    return found


def _begins(form: str, cast: Cast, id: str) -> bool:
    """Tell whether a body's or place's name goes on after a form: "Acme" in "Acme Poland".

    Of which an article tells before it comes to the longer name, that is another.
    """
    entity = cast.known[id]
    whole = _folded(entity.label).startswith(f"{_folded(form)} ")
    return entity.type != "Person" and whole


def _set(cast: Cast, w: int, n: int, mention: Mention, id: str) -> None:
    cast.ids[w, n] = (id,)
    form = cast.name(mention)
    readings = cast.gazetteer.readings(form)
    if not readings or readings[0].kind != ADJECTIVE:
        cast.spellings.setdefault(id, {})[form] = None


def _is_short(cast: Cast, mention: Mention) -> bool:
    """Tell whether a name may be but a part of one: a person's one word, a body's initials."""
    form = cast.name(mention)
    if mention.type == "Person":
        return (
            " " not in form
            or form[:1].islower()
            or bool(  # "von Roe"
                re.match(r"(?:[^\W\d_]\.? ?){1,2} ?\w+$", form)
                and form.count(" ") < 2
                and len(form.split()[0].rstrip(".")) == 1
            )
        )
    if mention.type in ("Organization", "Place", "Weapon"):
        return link(cast.gazetteer, form, mention.type, cast.where) is None
    return False


def _named(cast: Cast, reading: Reading, w: int, n: int) -> str:
    """Return the entity of a name that stands for itself."""
    mention = reading.mentions[n]
    if mention.type == "Organization" and (own := state_body(cast, reading, w, n)):
        return own
    return _linked(cast, mention)


def _linked(cast: Cast, mention: Mention) -> str:
    """Return whom the knowledge knows by a name, else an entity that has it."""
    form = cast.name(mention)
    id = link(cast.gazetteer, form, mention.type, cast.where)
    if id is None and mention.type == "Person":
        id = titled(cast, mention)
    return cast.add(id) if id else _unknown(cast, mention.type, form)


def _unknown(cast: Cast, type_: str, form: str) -> str:
    """Return an entity for a name that the knowledge does not have.

    All states are known: what is taken for one and is none ("Bavarian") is a place, and what
    is taken for a body and has a state's name is the state.
    """
    if type_ == "Organization":
        state = link(cast.gazetteer, form, "Country", cast.where)
        if state and cast.gazetteer.readings(form):
            return cast.add(state)
    if type_ != "Country":
        return cast.coin(type_, label(type_, form))
    place = link(cast.gazetteer, form, "Place", cast.where)
    return cast.add(place) if place else cast.coin("Place", form)


def _shortened(
    cast: Cast,
    readings: Sequence[Reading],
    w: int,
    n: int,
    mention: Mention,
    full: list[str],
) -> str:
    """Return the entity of a name that may be a part of a fuller one in the article."""
    form = cast.name(mention)
    reading = readings[w]
    if mention.type == "Organization" and (own := state_body(cast, reading, w, n)):
        return own
    fits = [i for i in full if _shortens(form, cast, i, mention.type)]
    told = told_same(cast, readings, w, n)
    if told and (told in fits or not fits):
        return told
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1:
        return _last_before(cast, readings, fits, mention.start) or fits[0]
    return _linked(cast, mention)


def told_same(cast: Cast, readings: Sequence[Reading], w: int, n: int) -> str | None:
    """Return the entity of the earlier or later name that the reader takes for the same."""
    reading = readings[w]
    found = reading.same[n]
    if found and found[1] >= SURE and (w, found[0]) in cast.ids:
        return cast.ids[w, found[0]][0]
    for later, other in enumerate(reading.same):
        if other and other[0] == n and other[1] >= SURE and (w, later) in cast.ids:
            return cast.ids[w, later][0]
    return None


def _shortens(form: str, cast: Cast, id: str, type_: str) -> bool:
    """Tell whether a form is a part of an entity's name: a surname, initials, first words."""
    entity = cast.known[id]
    names = [entity.label, *cast.spellings.get(id, ())]
    if type_ == "Person":
        return any(_is_surname(form, name) for name in names)
    folded = _folded(form)
    for name in names:
        if _are_initials(form, name):
            return True
        whole = _folded(name)
        if whole == folded or (len(folded) > 4 and whole.startswith(f"{folded} ")):
            return True
        own = _folded(_without_state(cast, name))
        before, _, last = own.rpartition(" ")
        if own != whole and (
            own == folded or (before == folded and last in words().called)
        ):
            return True
    return False


def _without_state(cast: Cast, name: str) -> str:
    """Return a body's name without its state's: "Labor Party" of "Australian Labor Party"."""
    parts = name.split()
    for n in (2, 1):
        state = cast.gazetteer.readings(" ".join(parts[:n]))
        if len(parts) > n and state and state[0].type == "Country":
            return " ".join(parts[n:])
    return name


def _are_initials(form: str, name: str) -> bool:
    return form.replace(".", "").lower() == (initials(name) or None)


def _is_surname(form: str, name: str) -> bool:
    short, long = _folded(form).split(), _folded(name).split()
    if len(short) > 1 and len(short[0]) == 1:  # "J. Smith"
        return long[-1] == short[-1] and long[0][:1] == short[0]
    if len(short) > 1:  # "Roe-Poe", "bin Roe"
        return len(long) > len(short) and long[-len(short) :] == short
    last = [w for w in long if not NUMERAL.fullmatch(w.upper())] or long
    return (
        len(short) == 1
        and len(long) > 1
        and (last[-1] == short[0] or last[0] == short[0] or short[0] in last[1:])
    )


def _folded(text: str) -> str:
    plain_text = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in plain_text if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", kept))


def _last_before(
    cast: Cast, readings: Sequence[Reading], ids: Sequence[str], place: int
) -> str | None:
    """Return which of some entities was named last before a place in the text."""
    best, at = None, -1
    for (w, n), found in cast.ids.items():
        other = readings[w].mentions[n]
        if found[0] in ids and at < other.start < place:
            best, at = found[0], other.start
    return best
