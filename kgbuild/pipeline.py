"""The whole flow on one screen: text -> document -> parse -> cast -> statements -> graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.model import Abstention, Document, Statement

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one document says, and what was left unsaid and why."""

    document: Document
    statements: tuple[Statement, ...]
    abstentions: tuple[Abstention, ...]


def make_pipeline(
    *,
    model: str | None = None,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
) -> Language:
    """Return a spaCy pipeline that parses and extracts.

    Raises:
        OSError: the model is not installed.
        TableError: a vocabulary or knowledge file has faults.
    """
    import kgbuild.component  # noqa: F401  # registers the factory where no entry point does
    from kgbuild.parse import load_model

    nlp = load_model(model)
    nlp.add_pipe(
        "kgbuild",
        config={
            "vocabulary": str(vocabulary) if vocabulary else None,
            "knowledge": [str(p) for p in knowledge],
        },
    )
    return nlp


def run(
    documents: Iterable[Document],
    *,
    model: str | None = None,
    vocabulary: Path | None = None,
    knowledge: Sequence[Path] = (),
    nlp: Language | None = None,
) -> Iterator[Result]:
    """Yield the result of each document, in the order given.

    Documents are parsed in batches of 32, the fastest and leanest size measured.
    """
    from kgbuild.parse import straightened

    nlp = nlp or make_pipeline(model=model, vocabulary=vocabulary, knowledge=knowledge)

    def parsed() -> Iterator[object]:
        for document in documents:
            doc = nlp.make_doc(straightened(document.text))
            doc._.document = document
            yield doc

    for doc in nlp.pipe(parsed(), batch_size=32):  # type: ignore[arg-type]
        yield Result(
            document=doc._.document,
            statements=doc._.statements,
            abstentions=doc._.abstentions,
        )
