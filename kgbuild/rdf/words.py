"""The words of the RDF beside the vocabulary's: ``resources/rdf/terms.toml``, checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from kgbuild.rdf.terms import term
from kgbuild.tables import T, TableError, build, resource
from kgbuild.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class of nodes, or a datatype; ``sub``, ``exact``, ``close`` are CURIEs."""

    name: str
    label: str
    definition: str
    sub: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of ours: of what, to what, how often."""

    name: str
    label: str
    definition: str
    range: str
    domain: str = ""
    min: int = 0
    max: int = 0
    choices: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A property of another vocabulary, as nodes of a class have it."""

    domain: str
    property: str
    range: str
    min: int = 0
    max: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All of them, in the order of the file."""

    classes: Mapping[str, Class]
    datatypes: Mapping[str, Class]
    properties: Mapping[str, Property]
    uses: tuple[Use, ...]


def load_words() -> Words:
    """Read and check the words.

    Raises:
        TableError: with every fault of the file.

    >>> load_words().properties["status"].choices[:2]
    ('requested', 'proposed')
    """
    tables = tomllib.loads(resource("rdf/terms.toml"))
    faults: list[str] = []

    def named(cls: type[T], table: str) -> dict[str, T]:
        return {
            name: made
            for name, entry in tables[table].items()
            if (made := build(cls, entry, f"terms.toml: {name}", faults, name=name))
        }

    uses = [build(Use, e, "terms.toml: uses", faults) for e in tables["uses"]]
    words = Words(
        classes=named(Class, "classes"),
        datatypes=named(Class, "datatypes"),
        properties=named(Property, "properties"),
        uses=tuple(use for use in uses if use),
    )
    if faults:
        raise TableError(faults)
    return words


def check_names(vocabulary: Vocabulary, words: Words) -> None:
    """Refuse types and relations whose IRIs would be those of other words.

    Raises:
        TableError: with every such name, and those that no IRI can have.
    """
    taken = {*words.classes, *words.datatypes, *words.properties}
    faults = []
    for name in (*vocabulary.types, *vocabulary.relations):
        if name in taken:
            faults.append(f"{name}: the RDF has this word already; take another name")
        try:
            term(f"kg:{name}")
        except ValueError:
            faults.append(f"{name}: use letters, digits, '_' and '-' in names")
    if faults:
        raise TableError(faults)
