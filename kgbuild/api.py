"""What a program calls: articles in, a graph or statements out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.graph import assemble
from kgbuild.model import Document, Statement
from kgbuild.pipeline import make_pipeline, run
from kgbuild.provenance import made_by
from kgbuild.readers import read_documents

if TYPE_CHECKING:
    import networkx as nx

    Input = str | os.PathLike[str]


def build(
    inputs: Input | Iterable[Input | Document],
    *,
    date: str | None = None,
    model: str | None = None,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
    with_text: bool = False,
) -> nx.MultiDiGraph[str]:
    """Return the graph of files, folders, addresses or documents.

    ``date`` is the day of articles that tell none; ``vocabulary`` a folder and
    ``knowledge`` tables that extend those that ship; ``with_text`` keeps the texts.

    Raises:
        ValueError: an input cannot be read, or a table is faulty.

    >>> graph = build("data/arms-sales-japan.txt")
    >>> graph.nodes["wd:Q17"]["label"]
    'Japan'
    """
    documents = _documents(inputs, date)
    nlp = make_pipeline(model=model, vocabulary=vocabulary, knowledge=knowledge)
    found = run(documents, nlp=nlp)
    statements = [s for result in found for s in result.statements]
    made = made_by(nlp.meta, vocabulary=vocabulary, knowledge=knowledge)
    return assemble(documents, statements, with_text=with_text, made=made)


def _documents(
    inputs: Input | Iterable[Input | Document], date: str | None
) -> list[Document]:
    if isinstance(inputs, (str, os.PathLike)):
        return list(read_documents(inputs, date=date))
    listed = list(inputs)
    names = [i for i in listed if not isinstance(i, Document)]
    given = [i for i in listed if isinstance(i, Document)]
    return [*given, *read_documents(names, date=date)]


def extract(
    text: str,
    *,
    date: str | None = None,
    id: str = "text",
    model: str | None = None,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
) -> list[Statement]:
    """Return the statements of one text, in the order of the text.

    >>> extract("Japan bought missiles from France.")[0].subject.label
    'France'
    """
    document = Document(id=id, text=text, date=date)
    (result,) = run(
        [document],
        model=model,
        vocabulary=vocabulary,
        knowledge=knowledge,
    )
    return list(result.statements)
