"""The vocabulary: which types and relations a graph may speak of.

Declared in ``resources/vocabulary/types.toml`` and ``relations.toml``; the relations that
name events follow the PLOVER categories (https://github.com/openeventdata/PLOVER).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kgbuild.tables import TableError, build, choose, read_toml

KINDS = ("state", "event")
FACTUALITIES = ("fact", "possible", "negated")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityType:
    """A class of entities, with its mappings (``close``: CURIEs) and its look on the page."""

    name: str
    label: str
    plural: str
    definition: str
    color: str
    shape: str
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What may hold or happen between two entities; ``domain`` and ``range`` name entity types.

    ``asking`` is what the receiver of a deal does who asks for it. Of what has a ``role``,
    the words that tell it say which post somebody holds.
    """

    name: str
    label: str
    definition: str
    kind: str
    family: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    color: str
    plover: tuple[str, ...] = ()
    symmetric: bool = False
    deal: bool = False
    role: bool = False
    asking: str = ""
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All entity types and relations, in the order of their files."""

    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]

    @property
    def families(self) -> tuple[str, ...]:
        """The families of relations, each once, in the order of the file."""
        return tuple(dict.fromkeys(r.family for r in self.relations.values()))


def load_vocabulary(directory: Path | None = None) -> Vocabulary:
    """Read and check the vocabulary, extended by the files of the same names in ``directory``.

    Raises:
        TableError: with every fault of the files.

    >>> load_vocabulary().relations["meets"].symmetric
    True
    """
    faults: list[str] = []
    known = ("types.toml", "relations.toml")
    for path in sorted(directory.glob("*.toml")) if directory else ():
        choose(path.name, known, str(directory), "file", faults)
    types = {
        name: made
        for name, entry in read_toml("types.toml", directory).items()
        if (made := build(EntityType, entry, f"types.toml: {name}", faults, name=name))
    }
    relations = {
        name: told
        for name, entry in read_toml("relations.toml", directory).items()
        if (
            told := build(Relation, entry, f"relations.toml: {name}", faults, name=name)
        )
    }
    for relation in relations.values():
        place = f"relations.toml: {relation.name}"
        choose(relation.kind, KINDS, place, "kind", faults)
        for name in relation.domain:
            choose(name, types, place, "domain", faults)
        for name in relation.range:
            choose(name, types, place, "range", faults)
        if relation.asking:
            choose(relation.asking, relations, place, "asking", faults)
    if faults:
        raise TableError(faults)
    return Vocabulary(types=types, relations=relations)
