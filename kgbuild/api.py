"""What a program calls: articles in, a graph or statements out."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.archive.graphs import graph_of
from kgbuild.archive.store import STORE, open_project
from kgbuild.graph import assemble
from kgbuild.model import Document, Statement
from kgbuild.notebook import shown
from kgbuild.pipeline import run
from kgbuild.provenance import made_by
from kgbuild.query import graph_file
from kgbuild.readers import read_documents
from kgbuild.writers import read as read_file

if TYPE_CHECKING:
    import networkx as nx

    Input = str | os.PathLike[str]


def build(
    inputs: Input | Iterable[Input | Document],
    *,
    date: str | None = None,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
    preset: str = "default",
    min_confidence: float | None = None,
    with_text: bool = False,
    any_language: bool = False,
    allow_private: bool = False,
) -> nx.MultiDiGraph[str]:
    """Return the graph of files, folders, addresses or documents.

    ``date`` is the day of articles that tell none; ``vocabulary`` a folder and
    ``knowledge`` tables that extend those that ship; ``preset`` is ``default``, ``precise``
    or ``complete``; ``min_confidence`` draws one limit instead; ``with_text`` keeps the texts.
    What is not English is read with ``any_language`` alone, and what is on a private
    network with ``allow_private``.

    Raises:
        ValueError: an input cannot be read, or a table is faulty.

    >>> graph = build("data/arms-sales-japan.txt")
    >>> graph.nodes["wd:Q17"]["label"]
    'Japan'
    """
    read = functools.partial(
        read_documents,
        date=_checked(date),
        any_language=any_language,
        allow_private=allow_private,
    )
    documents = _documents(inputs, read)
    found = run(
        documents,
        vocabulary=vocabulary,
        knowledge=knowledge,
        preset=preset,
        min_confidence=min_confidence,
    )
    statements = [s for result in found for s in result.statements]
    made = made_by(vocabulary=vocabulary, knowledge=knowledge)
    return shown(assemble(documents, statements, with_text=with_text, made=made))


def read(path: Input, *, facts: bool = False) -> nx.MultiDiGraph[str]:
    """Return the graph of a folder that ``kgbuild build`` wrote, or of a file of ours.

    With ``facts`` what several articles of a folder tell is told once, with all its evidence.

    Raises:
        ValueError: it is not of a format that can be read back, or has no store for facts.
        OSError: there is none, or it cannot be read.
    """
    folder = Path(path)
    if not folder.exists():
        raise FileNotFoundError(f"{path}: there is no such folder or file")
    if not folder.is_dir() and not facts:
        return shown(read_file(folder))
    if (folder / STORE).is_dir() or facts:
        manifest = open_project(folder)
        outputs = {**manifest.outputs, "facts": True} if facts else None
        return shown(graph_of(folder, manifest, outputs=outputs))
    return shown(read_file(graph_file(folder)))


def _documents(
    inputs: Input | Iterable[Input | Document],
    read: Callable[..., Iterator[Document]],
) -> list[Document]:
    if isinstance(inputs, (str, os.PathLike)):
        return list(read(inputs))
    listed = list(inputs)
    names = [i for i in listed if not isinstance(i, Document)]
    given = [i for i in listed if isinstance(i, Document)]
    return [*given, *read(names)]


def extract(
    text: str,
    *,
    date: str | None = None,
    id: str = "text",
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
    preset: str = "default",
    min_confidence: float | None = None,
) -> list[Statement]:
    """Return the statements of one text, in the order of the text.

    >>> extract("Japan bought missiles from France.")[0].subject.label
    'France'
    """
    document = Document(id=id, text=text, date=_checked(date))
    (result,) = run(
        [document],
        vocabulary=vocabulary,
        knowledge=knowledge,
        preset=preset,
        min_confidence=min_confidence,
    )
    return list(result.statements)


def _checked(date: str | None) -> str | None:
    """Return a day as it is given, if it is one.

    Raises:
        ValueError: it is not written YYYY-MM-DD.
    """
    try:
        return date and datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        raise ValueError(f"date {date!r} is not a day; write it YYYY-MM-DD") from None
