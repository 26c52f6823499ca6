"""The lexicon: which constructions of the language tell of which relation.

Declared in ``resources/vocabulary/{verbs,nouns,cues,posts,institutions}.toml``; the heads of
those files say what each key means. Nothing here reads a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.tables import TableError, build, choose, read_toml
from kgbuild.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One entry of ``verbs.toml``."""

    relation: str
    lemmas: tuple[str, ...]
    frame: str
    through: bool = False
    parties: bool = False
    plain: bool = False
    infinitive: bool = False
    own_act: bool = False
    deontic: bool = False
    possible: bool = False
    states_possible: bool = False
    optional_items: bool = False
    object: tuple[str, ...] = ()
    object_as: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    governs: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
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
    through: bool = False
    parties: bool = False
    military: bool = False
    needs_items: bool = False
    issuer: bool = False
    states_possible: bool = False
    compound: str = ""
    light: tuple[str, ...] = ()
    shun: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """One entry of ``institutions.toml``."""

    nouns: tuple[str, ...]
    as_: str
    kind: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    beside: Mapping[str, str]
    refused: Mapping[str, str]
    refusing: frozenset[str]
    states: frozenset[str]
    deal_relation: str

    @property
    def wholes(self) -> frozenset[str]:
        """The nouns for bodies that are somewhere: bank, company, newspaper."""
        return frozenset(
            w for w, entries in self.nouns.items() if "appositive" in entries[0].source
        )

    @property
    def nobody(self) -> frozenset[str]:
        """The words that no body's name begins or ends with: papers, events, posts."""
        return self.cues["papers_named"] | frozenset(
            p for p in self.posts if " " not in p
        )

    @property
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
    verbs = _entries(Verb, tables["verbs"].get("verb", ()), "verbs.toml", faults)
    nouns = _entries(Noun, tables["nouns"].get("noun", ()), "nouns.toml", faults)
    posts = _entries(Post, tables["posts"].get("post", ()), "posts.toml", faults)
    _check(vocabulary, (*verbs, *nouns, *posts), faults)
    institutions = [
        made
        for n, entry in enumerate(tables["institutions"].get("institution", ()), 1)
        if (
            made := build(
                Institution,
                {("as_" if k == "as" else k): v for k, v in entry.items()},
                f"institutions.toml: institution {n}",
                faults,
            )
        )
    ]
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
        institutions={noun: i for i in institutions for noun in i.nouns},
        cues=words,
        modals=dict(cues["modals"]),
        embedding={
            w: k for k in ("fact", "negated", "possible") for w in cues["embedding"][k]
        },
        status={w: k for k, group in cues["status"].items() for w in group},
        anaphors=_sets(tables["institutions"]["anaphors"]),
        directions=_sets(tables["institutions"]["directions"]),
        beside=dict(cues["beside"]),
        refused={k: v for k, v in cues["refused"].items() if k != "by"},
        refusing=frozenset(cues["refused"]["by"]),
        states=frozenset(
            r.name for r in vocabulary.relations.values() if r.kind == "state"
        ),
        deal_relation=next(r.name for r in vocabulary.relations.values() if r.deal),
    )


_POST_WORDS = ("titles", "female", "male", "counterpart")


def _entries(
    cls: Any, tables: Iterable[dict[str, Any]], file: str, faults: list[str]
) -> list[Any]:
    made = (
        build(cls, entry, f"{file}: entry {n} ({entry.get('relation')})", faults)
        for n, entry in enumerate(tables, 1)
    )
    return [entry for entry in made if entry]


def _check(vocabulary: Vocabulary, entries: Iterable[Any], faults: list[str]) -> None:
    for entry in entries:
        words = getattr(entry, "lemmas", None) or entry.nouns
        place = f"{type(entry).__name__.lower()} {words[0]!r}"
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
