"""What several test modules share."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
from spacy.language import Language

from kgbuild.model import Document, Statement
from kgbuild.pipeline import make_pipeline, run


@functools.cache
def _pipeline() -> Language:
    return make_pipeline()


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The default pipeline, loaded once."""
    return _pipeline()


@pytest.fixture(scope="session")
def read(pipeline: Language) -> Callable[..., list[Statement]]:
    """A function that extracts from a text, dated Monday 2020-06-15 unless told."""

    def extract(
        text: str, date: str | None = "2020-06-15", **fields: str
    ) -> list[Statement]:
        document = Document(id="text", text=text, date=date, **fields)
        return list(next(run([document], nlp=pipeline)).statements)

    return extract
