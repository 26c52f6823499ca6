"""The recipe: all that decides what is read out of a document, beside the document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgbuild.archive.shards import FORMAT
from kgbuild.model import Document
from kgbuild.pipeline import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How documents are read: ``made`` as ``provenance.made_by`` tells, and the options."""

    made: Mapping[str, str] = field(default_factory=dict)
    vocabulary: Path | None = None
    knowledge: tuple[Path, ...] = ()
    preset: str = "default"
    min_confidence: float | None = None


def digest_of(recipe: Recipe) -> str:
    """Return a hash of what decides: the content of files, and not where they are.

    The format of shards is in it, so that none of another format is taken for one of ours.

    >>> digest_of(Recipe(vocabulary=Path("a"))) == digest_of(Recipe())
    True
    """
    made = sorted(recipe.made.items())
    return _hash([FORMAT, made, recipe.preset, recipe.min_confidence])


def key_of(document: Document, recipe: str) -> str:
    """Return what names a reading: a hash of all of a document, and of a recipe's digest.

    >>> one = Document(id="a", text="Japan met France.")
    >>> key_of(one, "x") == key_of(one, "y")
    False
    """
    d = document
    return _hash([recipe, d.id, d.text, d.date, d.title, d.source, d.url])


def _hash(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]


def read(documents: Iterable[Document], recipe: Recipe) -> Iterator[Result]:
    """Yield what each document says, read as the recipe has it."""
    from kgbuild.pipeline import run

    return run(
        documents,
        vocabulary=recipe.vocabulary,
        knowledge=recipe.knowledge,
        preset=recipe.preset,
        min_confidence=recipe.min_confidence,
    )


def to_json(recipe: Recipe) -> dict[str, Any]:
    """Return a recipe as plain values."""
    return {
        "made": dict(recipe.made),
        "vocabulary": recipe.vocabulary and str(recipe.vocabulary),
        "knowledge": [str(p) for p in recipe.knowledge],
        "preset": recipe.preset,
        "min_confidence": recipe.min_confidence,
    }


def from_json(data: Mapping[str, Any]) -> Recipe:
    """Return the recipe that :func:`to_json` made plain.

    >>> from_json(to_json(Recipe(preset="precise"))).preset
    'precise'
    """
    return Recipe(
        made=dict(data["made"]),
        vocabulary=Path(data["vocabulary"]) if data["vocabulary"] else None,
        knowledge=tuple(map(Path, data["knowledge"])),
        preset=data["preset"],
        min_confidence=data["min_confidence"],
    )
