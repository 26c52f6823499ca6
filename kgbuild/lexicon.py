"""The lexicon: which constructions of the language tell of which relation.

Declared in ``resources/vocabulary/{verbs,nouns,cues,posts,institutions}.toml``; the heads of
those files say what each key means. Nothing here reads a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kgbuild.tables import TableError, build, check_keys, choose, read_toml
from kgbuild.vocabulary import FACTUALITIES, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One entry of ``verbs.toml``."""

    relation: str
    lemmas: tuple[str, ...]
    frame: str
    through: bool = False
    owned: bool = False
    parties: bool = False
    plain: bool = False
    designated: bool = False
    direct: bool = False
    intransitive: bool = False
    without: tuple[str, ...] = ()
    object_not: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()
    echo_of: tuple[str, ...] = ()
    owner: bool = False
    over: tuple[str, ...] = ()
    abroad: bool = False
    purposeless: bool = False
    hearers: bool = False
    named: bool = False
    governs_not: tuple[str, ...] = ()
    transitive: bool = False
    unarmed: bool = False
    reproach: bool = False
    target_kind: tuple[str, ...] = ()
    infinitive: bool = False
    own_act: bool = False
    for_state: bool = False
    deontic: bool = False
    active: bool = False
    asserted: bool = False
    possible: bool = False
    optional_items: bool = False
    beside: bool = False
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    object_as: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    governs: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    needs: str = ""
    items: str = ""
    kind: str = ""
    status: str = ""

    @property
    def roles(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The roles of source and target, each in the order in which they are tried."""
        source, _, target = self.frame.partition(" > ")
        return tuple(source.split(" / ")), tuple(target.split(" / "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """One entry of ``nouns.toml``."""

    relation: str
    lemmas: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    target_types: tuple[str, ...] = ()
    target_not: tuple[str, ...] = ()
    through: bool = False
    owned: bool = False
    parties: bool = False
    patient: bool = False
    heard: bool = False
    military: bool = False
    needs_items: bool = False
    issuer: bool = False
    compound: str = ""
    light: tuple[str, ...] = ()
    shun: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    kind: str = ""
    status: str = ""

    @property
    def doers(self) -> tuple[str, ...]:
        """The prepositions before whoever does it: both sides, where they stand together."""
        return (*self.source, *(self.target if self.parties else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One entry of ``posts.toml``."""

    relation: str
    nouns: tuple[str, ...]
    scope: tuple[str, ...]
    official: bool = False
    junior: bool = False


# what a noun of an institution stands for
_STANDING = ("country", "owner", "organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One entry of ``institutions.toml``."""

    nouns: tuple[str, ...]
    as_: str
    kind: tuple[str, ...] = ()
    local: bool = False
    personal: bool = False
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All entries, looked up by lemma."""

    verbs: Mapping[str, tuple[Verb, ...]]
    nouns: Mapping[str, tuple[Noun, ...]]
    posts: Mapping[str, tuple[Post, ...]]
    institutions: Mapping[str, Institution]
    cues: Mapping[str, frozenset[str]]
    modals: Mapping[str, str]
    embedding: Mapping[str, str]
    status: Mapping[str, str]
    anaphors: Mapping[str, frozenset[str]]
    directions: Mapping[str, frozenset[str]]
    called: Mapping[str, frozenset[str]]
    beside: Mapping[str, str]
    refused: Mapping[str, str]
    refusing: frozenset[str]
    echoed: Mapping[str, frozenset[str]]
    states: frozenset[str]
    deal_relation: str

    @cached_property
    def wholes(self) -> frozenset[str]:
        """The nouns for bodies that are somewhere: bank, company, newspaper."""
        return frozenset(
            w for w, entries in self.nouns.items() if "appositive" in entries[0].source
        )

    @cached_property
    def heard(self) -> frozenset[str]:
        """The relations of words that somebody hears: charges, demands, threats."""
        entries = (e for found in self.nouns.values() for e in found)
        return frozenset(e.relation for e in entries if e.heard)

    @cached_property
    def nobody(self) -> frozenset[str]:
        """The words that no body's name begins or ends with: papers, events, posts."""
        return self.cues["papers_named"] | frozenset(
            p for p in self.posts if " " not in p
        )

    @cached_property
    def institution_ends(self) -> frozenset[str]:
        """The words that the noun for an institution may end with."""
        return frozenset(noun.split()[-1] for noun in self.institutions)

    @cached_property
    def post_ends(self) -> frozenset[str]:
        """The last words of posts."""
        return frozenset(re.split(r"[ -]", p)[-1] for p in self.posts)

    @cached_property
    def acts(self) -> frozenset[str]:
        """The nouns that name acts, and so end no body's name."""
        return frozenset(
            w
            for w, entries in self.nouns.items()
            if "appositive" not in entries[0].source
        )


def load_lexicon(vocabulary: Vocabulary, directory: Path | None = None) -> Lexicon:
    """Read and check the lexicon against a vocabulary.

    Raises:
        TableError: with every fault of the files.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> load_lexicon(load_vocabulary()).verbs["urge"][0].relation
    'requests'
    """
    faults: list[str] = []
    tables = {
        name: read_toml(f"{name}.toml", directory)
        for name in ("verbs", "nouns", "cues", "posts", "institutions")
    }
    if directory:
        _check_tables(tables, vocabulary, faults)
    verbs = _entries(Verb, tables["verbs"]["verb"], "verbs.toml", faults)
    nouns = _entries(Noun, tables["nouns"]["noun"], "nouns.toml", faults)
    posts = _entries(Post, tables["posts"]["post"], "posts.toml", faults)
    for file, entries in (("verbs", verbs), ("nouns", nouns), ("posts", posts)):
        _check(vocabulary, entries, f"{file}.toml", faults)
    told = tables["institutions"]["institution"]
    institutions = _entries(Institution, told, "institutions.toml", faults)
    for entry in institutions:
        place = f"institutions.toml: {', '.join(map(repr, entry.nouns[:1]))}"
        choose(entry.as_, _STANDING, place, "as", faults)
    if faults:
        raise TableError(faults)
    cues = tables["cues"]
    words = {k: frozenset(v) for k, v in cues.items() if isinstance(v, list)}
    words |= _sets(tables["posts"]["modifiers"])
    words["object_control"] = frozenset(cues["embedding"]["object_control"])
    words |= {k: frozenset(v) for k, v in tables["posts"].items() if k in _POST_WORDS}
    return Lexicon(
        verbs=_by(verbs, "lemmas"),
        nouns=_by(nouns, "lemmas"),
        posts=_by(posts, "nouns"),
        institutions={noun: i for i in reversed(institutions) for noun in i.nouns},
        cues=words,
        modals=dict(cues["modals"]),
        embedding={
            w: k for k in ("fact", "negated", "possible") for w in cues["embedding"][k]
        },
        status={w: k for k, group in cues["status"].items() for w in group},
        anaphors=_sets(tables["institutions"]["anaphors"]),
        directions=_sets(tables["institutions"]["directions"]),
        called=_sets(tables["institutions"]["called"]),
        beside=dict(cues["beside"]),
        refused={k: v for k, v in cues["refused"].items() if k != "by"},
        refusing=frozenset(cues["refused"]["by"]),
        echoed=_echoed(cues),
        states=frozenset(
            r.name for r in vocabulary.relations.values() if r.kind == "state"
        ),
        deal_relation=next(r.name for r in vocabulary.relations.values() if r.deal),
    )


def _echoed(cues: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the relations of the acts that a noun may point back at, by noun."""
    found: dict[str, set[str]] = {}
    for relation, nouns in cues["echoed"].items():
        if relation == "moves":
            for noun in cues["moves"]:
                found.setdefault(noun, set()).update(nouns)
            continue
        for noun in nouns:
            found.setdefault(noun, set()).add(relation)
    return {noun: frozenset(relations) for noun, relations in found.items()}


_POST_WORDS = ("titles", "female", "male", "ministerial", "counterpart")


# the tables whose keys the program asks for by name
_FIXED = {
    "cues": ("embedding", "status", "beside", "echoed"),
    "posts": ("modifiers",),
    "institutions": ("anaphors", "directions"),
}


def _check_tables(
    tables: Mapping[str, dict[str, Any]], vocabulary: Vocabulary, faults: list[str]
) -> None:
    """Check a user's files for the keys of the shipped ones.

    Raises:
        TableError: a file is not of the shape that the program reads.
    """
    for file, table in tables.items():
        like = read_toml(f"{file}.toml")
        check_keys(table, like, f"{file}.toml", faults)
        for key in _FIXED.get(file, ()):
            if isinstance(table.get(key), dict):
                check_keys(table[key], like[key], f"{file}.toml: {key}", faults)
    if faults:
        raise TableError(faults)
    cues = tables["cues"]
    for word, level in cues["modals"].items():
        choose(level, FACTUALITIES, "cues.toml: modals", word, faults)
    for key, relation in cues["beside"].items():
        choose(relation, vocabulary.relations, "cues.toml: beside", key, faults)
    for key, nouns in cues["echoed"].items():
        for name in nouns if key == "moves" else (key,):
            choose(name, vocabulary.relations, "cues.toml: echoed", key, faults)
    for key, refusal in cues["refused"].items():
        if key != "by":
            for name in (key, refusal):
                choose(name, vocabulary.relations, "cues.toml: refused", key, faults)
    if not any(r.deal for r in vocabulary.relations.values()):
        faults.append("relations.toml: no relation has deal = true; give one")


def _entries(
    cls: Any, tables: Iterable[dict[str, Any]], file: str, faults: list[str]
) -> list[Any]:
    made = (build(cls, e, _place(file, e, n), faults) for n, e in enumerate(tables, 1))
    return [entry for entry in made if entry]


def _place(file: str, entry: Mapping[str, Any], n: int) -> str:
    """Name an entry by its first word, as people look for it."""
    words = isinstance(entry, Mapping) and (entry.get("lemmas") or entry.get("nouns"))
    return f"{file}: {words[0]!r}" if isinstance(words, list) else f"{file}: entry {n}"


def _check(
    vocabulary: Vocabulary, entries: Iterable[Any], file: str, faults: list[str]
) -> None:
    for n, entry in enumerate(entries, 1):
        words = entry.nouns if isinstance(entry, Post) else entry.lemmas
        if not words:
            faults.append(f"{file}: entry {n} ({entry.relation}): has no words")
            continue
        place = f"{file}: {words[0]!r}"
        choose(entry.relation, vocabulary.relations, place, "relation", faults)
        if isinstance(entry, Verb) and " > " not in entry.frame:
            faults.append(f"{place}: frame {entry.frame!r} is not 'SOURCE > TARGET'")
        for key in ("source", "target", "target_types", "scope"):
            if key == "target_types" or isinstance(entry, Verb | Post):
                for name in getattr(entry, key, ()):
                    choose(name, vocabulary.types, place, key, faults)


def _by(entries: Iterable[Any], key: str) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for entry in entries:
        for word in dict.fromkeys(getattr(entry, key)):
            found[word] = (*found.get(word, ()), entry)
    return found


def _sets(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {k: frozenset(v) for k, v in table.items()}
