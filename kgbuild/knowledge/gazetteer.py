"""The gazetteer: the knowledge's names, found in a text by longest match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kgbuild.knowledge.names import NUMERAL, Knowledge, Name, uncollected
from kgbuild.knowledge.spelling import lone_letters, sound, spelling

# What a form of a name is; a form of several kinds is read as the first of them.
NAME, ADJECTIVE, SEAT, SURNAME, CLASS = "name", "adjective", "seat", "surname", "class"
KINDS = (NAME, ADJECTIVE, SEAT, SURNAME, CLASS)
_RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
# the kind of a person whom the text must have by the full name before a part of it
OFFICIAL = "official"

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that a form may name: the ``id`` of a name, its ``type``, the form's ``kind``."""

    id: str
    type: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Characters ``start:end`` of a text that the knowledge has, best reading first."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Forms of names with their readings; ``longest`` words by the first word of a form."""

    forms: Mapping[str, tuple[Reading, ...]]
    longest: Mapping[str, int]
    knowledge: Knowledge
    _spellings: dict[str, dict[str, list[str]]] = field(
        default_factory=dict, repr=False
    )

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return what a name may be; a weapon's class is found in any case of letters.

        >>> from kgbuild.knowledge.names import load_knowledge
        >>> make_gazetteer(load_knowledge()).readings("Japanese")[0].id
        'wd:Q17'
        """
        form = plain(text)
        return self.forms.get(form) or tuple(
            r for r in self.forms.get(form.lower(), ()) if r.kind == CLASS
        )

    def otherwise(self, text: str, type_: str) -> tuple[Reading, ...]:
        """Return what a name may be that the knowledge spells otherwise.

        >>> from kgbuild.knowledge.names import load_knowledge
        >>> names = make_gazetteer(load_knowledge())
        >>> [r.id for r in names.otherwise("Mikhail SAAKASHVILI", "Person")]
        ['wd:Q43330']
        >>> names.otherwise("George P. Bush", "Person")
        ()
        """
        if type_ not in self._spellings:
            self._spellings[type_] = _by_spelling(self.forms, type_)
        key = _spelling_of(text, type_)  # none of initials alone, or of another script
        forms = self._spellings[type_].get(key, []) if key else []
        found = dict.fromkeys(
            r for f in forms for r in self.forms[f] if r.type == type_
        )
        given = lone_letters(text) if type_ == "Person" else ""
        return tuple(r for r in found if self._may_have(r.id, given))

    def _may_have(self, id: str, given: str) -> bool:
        """Tell whether a person may have initials: no others are known."""
        return not given or lone_letters(self.knowledge.names[id].label) in ("", given)

    def matches(self, text: str) -> list[Match]:
        """Return the names in a text, the longest at each place, from left to right.

        >>> from kgbuild.knowledge.names import load_knowledge
        >>> names = make_gazetteer(load_knowledge())
        >>> [(m.start, m.end) for m in names.matches("Japan bought F-35s.")]
        [(0, 5), (13, 18)]
        """
        straight = text.replace("’", "'")
        words = [m.span() for m in _WORD.finditer(straight)]
        found, i = [], 0
        while i < len(words):
            match = self._match(straight, words, i)
            if match is None:
                i += 1
                continue
            found.append(match)
            while i < len(words) and words[i][0] < match.end:
                i += 1
        return found

    def _match(self, text: str, words: list[tuple[int, int]], i: int) -> Match | None:
        start = words[i][0]
        first = text[start : words[i][1]]
        limit = max(self.longest.get(first, 0), self.longest.get(first.lower(), 0))
        for n in range(min(limit, len(words) - i), 0, -1):
            end = words[i + n - 1][1]
            if readings := self.readings(text[start:end]):
                return Match(start=start, end=end, readings=readings)
        return None


def make_gazetteer(knowledge: Knowledge) -> Gazetteer:
    """Compile the forms of a knowledge's names."""
    with uncollected():
        return _compiled(knowledge)


def _compiled(knowledge: Knowledge) -> Gazetteer:
    """Compile the forms as make_gazetteer does."""
    forms: dict[str, dict[Reading, tuple[int, int]]] = {}
    for name in knowledge.names.values():
        made: dict[str, Reading] = {}
        for text, kind, place in _forms(name):
            reading = made.get(kind)
            if reading is None:
                reading = made[kind] = Reading(id=name.id, type=name.type, kind=kind)
            found = forms.get(text)
            if found is None:
                forms[text] = {reading: (_RANKS[kind], place)}
            else:
                found.setdefault(reading, (_RANKS[kind], place))
    longest: dict[str, int] = {}
    for form in forms:
        words = form.split() if form.replace(" ", "").isalnum() else _WORD.findall(form)
        if len(words) > longest.get(words[0], 0):
            longest[words[0]] = len(words)
    return Gazetteer(
        forms={
            form: tuple(
                found if len(found) == 1 else sorted(found, key=found.__getitem__)
            )
            for form, found in forms.items()
        },
        longest=longest,
        knowledge=knowledge,
    )


def _by_spelling(
    forms: Mapping[str, tuple[Reading, ...]], type_: str
) -> dict[str, list[str]]:
    """Return the forms of a type by their spelling: of people all, of others several words."""
    found: dict[str, list[str]] = {}
    person = type_ == "Person"
    kinds = (NAME, SURNAME) if person else (NAME,)
    for form, readings in forms.items():
        named = any(r.type == type_ and r.kind in kinds for r in readings)
        if named and (person or " " in form or "-" in form):
            found.setdefault(_spelling_of(form, type_), []).append(form)
    return found


def _spelling_of(form: str, type_: str) -> str:
    return sound(form) if type_ == "Person" else spelling(form)


def plain(text: str) -> str:
    """Return a name with straight apostrophes and single spaces."""
    return " ".join(text.replace("’", "'").split())


def _forms(name: Name) -> Iterator[tuple[str, str, int]]:
    """Yield a name's forms, what each is, and for an adjective its place in the row.

    Of two states with one adjective, it is first that one's whose own it is: "Sudanese"
    is Sudan's before it is South Sudan's. An official's surname alone is no form: it is
    anybody's until the text has had the whole name.
    """
    person = name.type == "Person"
    weapon = name.type == "Weapon"
    for text in (name.label, *name.aliases):
        form = plain(text)
        if person and " " not in form:
            if name.kind != OFFICIAL:
                yield form, SURNAME, 0
        elif weapon and _is_class(form):
            yield form.lower(), CLASS, 0
        elif _WORD.search(form):
            yield form, NAME, 0
    for place, text in enumerate(name.adjectives):
        yield plain(text), ADJECTIVE, place
    for text in name.seats:
        yield plain(text), SEAT, 0
    if person and name.kind != OFFICIAL:
        for surname in surnames(name):
            yield surname, SURNAME, 1


def _is_class(form: str) -> bool:
    return not form[:1].isupper() and not any(c.isdigit() for c in form)


def surnames(name: Name) -> list[str]:
    """Return what a person is called by alone: the last word, or the first where it is the family's.

    >>> surnames(Name(id="x", label="Xi Jinping", type="Person", family_first=True))
    ['Jinping', 'Xi']
    """
    parts = plain(name.label).split()
    found = [] if NUMERAL.fullmatch(parts[-1]) else [parts[-1]]
    return found + parts[:1] if name.family_first and len(parts) > 1 else found
