"""The gazetteer: the knowledge's names as matchers over the tokens of one tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher

from kgbuild.knowledge import NUMERAL, Knowledge, Name
from kgbuild.tables import resource

NAME, ADJECTIVE, SEAT, RECOGNIZED, DESIGNATION, CLASS = (
    "name",
    "adjective",
    "seat",
    "recognized",
    "designation",
    "class",
)


# which reading of the same words is tried first
_RANK = {NAME: 0, ADJECTIVE: 1, SEAT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens ``start:end`` that name something; ``ids`` are the names that it may be."""

    start: int
    end: int
    kind: str
    type: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The knowledge's names as matchers over tokens of one tokenizer."""

    exact: PhraseMatcher
    folded: PhraseMatcher
    readings: Mapping[str, tuple[tuple[str, str], ...]]
    singles: Mapping[str, tuple[str, ...]]
    given: frozenset[str]
    knowledge: Knowledge


def make_gazetteer(nlp: Language, knowledge: Knowledge) -> Gazetteer:
    """Compile a knowledge's names for the tokenizer of a pipeline."""
    exact = PhraseMatcher(nlp.vocab, attr="ORTH")
    folded = PhraseMatcher(nlp.vocab, attr="LOWER")
    readings: dict[str, dict[tuple[str, str], int]] = {}
    singles: dict[str, dict[str, None]] = {}
    lower: dict[str, None] = {}
    for name in knowledge.names.values():
        for text, kind, place in _forms(name):
            if name.type == "Person" and " " not in text:
                singles.setdefault(text, {})[name.id] = None
                continue
            if kind == CLASS:
                lower[text.lower()] = None
                text = text.lower()
            readings.setdefault(plain(text), {}).setdefault((name.id, kind), place)
        if name.type == "Person":
            parts = name.label.split()
            if not NUMERAL.fullmatch(parts[-1]):
                singles.setdefault(parts[-1], {})[name.id] = None
            if name.family_first:
                singles.setdefault(parts[0], {})[name.id] = None
    proper = [t for t in readings if t not in lower]
    variants = [t.replace("'", "’") for t in proper if "'" in t]
    exact.add("name", [nlp.make_doc(t) for t in (*proper, *variants)])
    folded.add("class", [nlp.make_doc(t) for t in lower])
    return Gazetteer(
        exact=exact,
        folded=folded,
        readings={
            t: tuple(sorted(r, key=lambda pair: (_RANK.get(pair[1], 3), r[pair])))
            for t, r in readings.items()
        },
        singles={t: tuple(ids) for t, ids in singles.items()},
        given=frozenset(resource("knowledge/given_names.txt").split()),
        knowledge=knowledge,
    )


def plain(text: str) -> str:
    """Return a name with straight apostrophes, single spaces and no square brackets."""
    return " ".join(re.sub(r"[\[\]]", "", text.replace("’", "'")).split())


def _forms(name: Name) -> Iterator[tuple[str, str, int]]:
    """Yield a name's forms, what each is, and for an adjective its place in the row.

    Of two states with one adjective, it is first that one's whose own it is: "Sudanese"
    is Sudan's before it is South Sudan's.
    """
    kind = (
        CLASS
        if name.type == "Weapon"
        and not name.label[:1].isupper()
        and not any(c.isdigit() for c in name.label)
        else NAME
    )
    for text in (name.label, *name.aliases):
        yield text, kind, 0
    for place, text in enumerate(name.adjectives):
        yield text, ADJECTIVE, place
    for text in name.seats:
        yield text, SEAT, 0
