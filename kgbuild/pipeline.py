"""The whole flow on one screen: documents -> results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.extraction import Result, extract, make_extractor
from kgbuild.model import Document

if TYPE_CHECKING:
    from kgbuild.knowledge.names import Name

__all__ = ["Result", "names", "run"]


def names(knowledge: Sequence[Path] = ()) -> Mapping[str, Name]:
    """Return all that is known by name before a text is read, by id.

    >>> names()["wd:Q17"].label
    'Japan'

    Raises:
        TableError: a knowledge file has faults.
    """
    from kgbuild.knowledge.names import load_knowledge

    return load_knowledge(tuple(knowledge)).names


def run(
    documents: Iterable[Document],
    *,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
    preset: str = "default",
    min_confidence: float | None = None,
) -> Iterator[Result]:
    """Yield the result of each document, in the order given.

    Raises:
        TableError: a vocabulary or knowledge file has faults.
        ValueError: the preset or the confidence is not one.
    """
    extractor = make_extractor(
        vocabulary=vocabulary,
        knowledge=tuple(knowledge),
        preset=preset,
        min_confidence=min_confidence,
    )
    for document in documents:
        yield extract(document, extractor)
