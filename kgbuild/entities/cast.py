"""The cast: all mentions of one article with the entities that they name or stand for.

Names come first: one full name, one entity; a surname or an acronym goes with the full
name in the article, else with who is known by it on the article's day. Then what only
points ("he", "the country") goes with the mention that the reader gave for it; what
nothing tells is left open, and said so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgbuild.entities.forms import (
    body_of,
    is_name,
    is_pronoun,
    stripped,
    untitled,
    words,
)
from kgbuild.entities.links import Setting, link, setting
from kgbuild.knowledge.gazetteer import ADJECTIVE, Gazetteer, Match, plain
from kgbuild.knowledge.names import NUMERAL, slug
from kgbuild.knowledge.posts import covering, holder
from kgbuild.model import Document, Entity
from kgbuild.reader.alike import initials
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Mention, Reading

MAIN = 0.7  # the chance that "the government" is that of the state named most
LATE = 30  # windows before, in which a state is looked for that "the government" is of
SURE = 0.5  # the chance above which two mentions of a window are taken as one


@dataclass(slots=True, kw_only=True)
class Cast:
    """Entities by id, and for each mention of each window the ids that it stands for."""

    document: Document
    gazetteer: Gazetteer
    where: Setting
    issuer: str | None = None
    known: dict[str, Entity] = field(default_factory=dict)
    spellings: dict[str, dict[str, None]] = field(default_factory=dict)
    ids: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    chances: dict[tuple[int, int], float] = field(default_factory=dict)

    def words(self, mention: Mention) -> str:
        """Return a mention's words."""
        return plain(self.document.text[mention.start : mention.end])

    def name(self, mention: Mention) -> str:
        """Return a mention's words as a name: without article, titles, marks at the edges."""
        form = stripped(self.words(mention))
        return untitled(form) if mention.type == "Person" else form

    def entity(self, id: str) -> Entity:
        """Return an entity with the other names that the text uses for it."""
        known = self.known[id]
        aliases = {a for a in self.spellings.get(id, {}) if a != known.label}
        return Entity(
            id=id, label=known.label, type=known.type, aliases=tuple(sorted(aliases))
        )

    def add(self, id: str) -> str:
        """Make a name of the knowledge known to the cast."""
        name = self.gazetteer.knowledge.names[id]
        self.known.setdefault(id, Entity(id=id, label=name.label, type=name.type))
        return id

    def coin(self, type_: str, label: str) -> str:
        """Make an entity that the knowledge does not have, by its label."""
        id = f"{type_.lower()}/{slug(label) or 'unnamed'}"
        self.known.setdefault(id, Entity(id=id, label=label, type=type_))
        return id

    def state_of(self, id: str) -> str | None:
        """Return the state that a person or body acts for: as is known of the day."""
        name = self.gazetteer.knowledge.names.get(id)
        if name is None:
            return None
        if name.type == "Organization":
            return self.add(name.of) if name.of and self._is_state(name.of) else None
        terms = covering(name, self.where.day) or list(name.terms)
        states = dict.fromkeys(t.of for t in terms if self._is_state(t.of))
        return self.add(next(iter(states))) if len(states) == 1 else None

    def _is_state(self, id: str) -> bool:
        names = self.gazetteer.knowledge.names
        return id in names and names[id].type == "Country"


def make_cast(
    document: Document,
    readings: Sequence[Reading],
    matches: Sequence[Match],
    gazetteer: Gazetteer,
) -> Cast:
    """Return who the mentions of an article's windows are."""
    issuer = publisher(document, gazetteer)
    cast = Cast(
        document=document,
        gazetteer=gazetteer,
        where=setting(matches, gazetteer.knowledge, document.date, issuer),
        issuer=issuer,
    )
    if issuer:
        cast.add(issuer)
    named = [
        (w, n, m)
        for w, reading in enumerate(readings)
        for n, m in enumerate(reading.mentions)
        if m.type in ACTORS and is_name(cast.words(m))
    ]
    _name_all(cast, named, readings)
    for w, reading in enumerate(readings):
        for n, mention in enumerate(reading.mentions):
            if mention.type in ACTORS and (w, n) not in cast.ids:
                cast.ids[w, n] = _pointed(cast, readings, w, n)
    return cast


_Named = tuple[int, int, Mention]


# -- names -----------------------------------------------------------------------------


def _name_all(cast: Cast, named: Sequence[_Named], readings: Sequence[Reading]) -> None:
    """Give each mention with a name its entity: full names first, then what shortens them.

    Of bodies that nobody knows, the longest names count as full.
    """
    short = [x for x in named if _is_short(cast, x[2])]
    shorter = {(w, n) for w, n, _ in short}
    full: dict[str, dict[str, None]] = {}
    for w, n, mention in named:
        if (w, n) not in shorter:
            _set(cast, w, n, mention, _named(cast, readings[w], n, mention))
            full.setdefault(mention.type, {})[cast.ids[w, n][0]] = None
    short.sort(key=lambda x: -cast.words(x[2]).count(" "))
    for w, n, mention in short:
        id = _shortened(cast, readings, w, n, mention, list(full.get(mention.type, ())))
        _set(cast, w, n, mention, id)
        if mention.type == "Organization":
            full.setdefault(mention.type, {})[id] = None


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


def _named(cast: Cast, reading: Reading, n: int, mention: Mention) -> str:
    """Return the entity of a name that stands for itself."""
    if mention.type == "Organization" and (
        own := _state_body(cast, reading, n, mention)
    ):
        return own
    form = cast.name(mention)
    id = link(cast.gazetteer, form, mention.type, cast.where)
    if id is not None:
        return cast.add(id)
    return _unknown(cast, mention.type, form)


def _unknown(cast: Cast, type_: str, form: str) -> str:
    """Return an entity for a name that the knowledge does not have.

    All states are known: what is taken for one and is none ("Bavarian") is a place.
    """
    if type_ != "Country":
        return cast.coin(type_, _label(type_, form))
    place = link(cast.gazetteer, form, "Place", cast.where)
    return cast.add(place) if place else cast.coin("Place", form)


def _label(type_: str, form: str) -> str:
    """Return a name as a label: of weapons one, not several."""
    if type_ == "Weapon" and re.search(r"[a-rt-z]s$", form) and len(form) > 4:
        return form[:-1]
    return form


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
    if mention.type == "Organization" and (
        own := _state_body(cast, reading, n, mention)
    ):
        return own
    fits = [i for i in full if _shortens(form, cast, i, mention.type)]
    told = _told_same(cast, readings, w, n)
    if told and (told in fits or not fits):
        return told
    if len(fits) == 1:
        return fits[0]
    if len(fits) > 1:
        return _last_before(cast, readings, fits, mention) or fits[0]
    id = link(cast.gazetteer, form, mention.type, cast.where)
    return cast.add(id) if id else cast.coin(mention.type, _label(mention.type, form))


def _told_same(cast: Cast, readings: Sequence[Reading], w: int, n: int) -> str | None:
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
        if form.replace(".", "").lower() == (initials(name) or None):
            return True
        whole = _folded(name)
        if whole == folded or (len(folded) > 4 and whole.startswith(f"{folded} ")):
            return True
    return False


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
    cast: Cast, readings: Sequence[Reading], ids: Sequence[str], mention: Mention
) -> str | None:
    """Return which of some entities was named last before a mention."""
    best, at = None, -1
    for (w, n), found in cast.ids.items():
        other = readings[w].mentions[n]
        if found[0] in ids and at < other.start < mention.start:
            best, at = found[0], other.start
    return best


# -- bodies of a state -------------------------------------------------------------------


def _state_body(cast: Cast, reading: Reading, n: int, mention: Mention) -> str | None:
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
    if body is None:
        return None
    knowledge = cast.gazetteer.knowledge
    for name in knowledge.organs(state):
        if name.kind in body.kind:
            return cast.add(name.id)
    return cast.coin("Organization", f"{_adjective(cast, state)} {body.label}")


def _adjective(cast: Cast, state: str) -> str:
    """Return a state's adjective, or its name where the adjective is first another's."""
    name = cast.gazetteer.knowledge.names[state]
    own = (a for a in name.adjectives if cast.gazetteer.readings(a)[0].id == state)
    return next(own, name.label)


def _owner(
    cast: Cast, reading: Reading, n: int, mention: Mention
) -> tuple[int, str] | None:
    """Return where the name of a body's state begins, and the state."""
    told = {
        c.object: c.confidence
        for c in reading.claims
        if c.subject == n and reading.mentions[c.object].type == "Country"
    }
    for k, other in enumerate(reading.mentions):
        if other.type != "Country" or other.end > mention.start:
            continue
        gap = plain(cast.document.text[other.end : mention.start])
        if gap in ("", "'s", "'") and (state := _state(cast, other)):
            return other.start, state
    for k, _ in sorted(told.items(), key=lambda x: (-x[1], x[0])):
        other = reading.mentions[k]
        if other.start > mention.end and (state := _state(cast, other)):
            gap = plain(cast.document.text[mention.end : other.start])
            if gap in ("of", "of the", "in", "in the"):
                return mention.start, state
    return None


def _state(cast: Cast, mention: Mention) -> str | None:
    id = link(cast.gazetteer, cast.words(mention), "Country", cast.where)
    return cast.add(id) if id else None


# -- what only points --------------------------------------------------------------------


def _pointed(
    cast: Cast, readings: Sequence[Reading], w: int, n: int
) -> tuple[str, ...]:
    """Return whom a pronoun or a noun without a name stands for; nothing where nothing tells."""
    reading, mention = readings[w], readings[w].mentions[n]
    text = cast.words(mention)
    if reading.members[n]:
        found = [i for k in reading.members[n] for i in cast.ids.get((w, k), ())]
        if len(found) > 1:
            return tuple(dict.fromkeys(found))
    if mention.type == "Weapon":
        id = link(cast.gazetteer, text, "Weapon", cast.where)
        if id:
            cast.add(id)
        return (id or cast.coin("Weapon", _label("Weapon", stripped(text))),)
    if mention.type == "Organization" and (
        own := _state_body(cast, reading, n, mention)
    ):
        return (own,)
    antecedent = reading.same[n]
    if antecedent and antecedent[1] >= SURE and (w, antecedent[0]) in cast.ids:
        cast.chances[w, n] = antecedent[1]
        return cast.ids[w, antecedent[0]]
    for later, other in enumerate(reading.same):
        if other and other[0] == n and other[1] >= SURE and (w, later) in cast.ids:
            cast.chances[w, n] = other[1]
            return cast.ids[w, later]
    return _from_outside(cast, readings, w, n, mention, text)


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
        if owner := _state_beside(cast, readings[w], mention):
            return (owner,)
        if low in told.first_plural:
            return (cast.issuer,) if cast.issuer else ()
    if mention.type == "Organization" and (body := body_of(text)):
        known = link(cast.gazetteer, text, "Organization", cast.where)
        if known and not cast.issuer:
            return (cast.add(known),)
        if state := cast.issuer:
            for name in cast.gazetteer.knowledge.organs(state):
                if name.kind in body.kind:
                    return (cast.add(name.id),)
        return _last_of_body(cast, readings, w, body.label)
    if mention.type == "Person" and not is_pronoun(text):
        return _incumbent(cast, readings[w], mention, text)
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


def _state_beside(cast: Cast, reading: Reading, mention: Mention) -> str | None:
    """Return the state or the state of the person right before "government", "regime"."""
    for k, other in enumerate(reading.mentions):
        gap = plain(cast.document.text[other.end : mention.start])
        if other.end <= mention.start and gap in ("'s", "'", ""):
            if other.type == "Country":
                return _state(cast, other)
            if other.type == "Person":
                id = link(cast.gazetteer, cast.words(other), "Person", cast.where)
                return cast.state_of(id) if id else None
    return None


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
    cast: Cast, reading: Reading, mention: Mention, text: str
) -> tuple[str, ...]:
    """Return who holds the post that a mention's words name, on the article's day."""
    if cast.where.day is None:
        return ()
    of = _state_beside(cast, reading, mention) or cast.issuer
    id = (
        holder(cast.gazetteer.knowledge, stripped(text), of, cast.where.day)
        if of
        else None
    )
    return (cast.add(id),) if id else ()


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


# -- who publishes -----------------------------------------------------------------------


def publisher(document: Document, gazetteer: Gazetteer) -> str | None:
    """Return the state whose organ published a document: "we" in it is that state.

    >>> from kgbuild.knowledge.gazetteer import make_gazetteer
    >>> from kgbuild.knowledge.names import load_knowledge
    >>> names = make_gazetteer(load_knowledge())
    >>> publisher(Document(id="a", text="", source="U.S. Department of State"), names)
    'wd:Q30'
    """
    names = gazetteer.knowledge.names
    for match in gazetteer.matches(document.source):
        for reading in match.readings:
            if reading.type == "Country":
                return reading.id
            name = names[reading.id]
            if (
                reading.type == "Organization"
                and name.kind in words().organs
                and name.of in names
            ):
                return name.of
    return gazetteer.knowledge.publisher(document.url)
