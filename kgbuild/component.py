"""The extraction as a spaCy component: ``nlp.add_pipe("kgbuild")``, ``doc._.statements``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.extraction import Extractor, extract, make_extractor
from kgbuild.model import Document

_ATTRIBUTES = (("statements", ()), ("abstentions", ()), ("document", None))


@Language.factory(
    "kgbuild",
    default_config={
        "date": None,
        "vocabulary": None,
        "knowledge": [],
        "preset": "default",
        "min_confidence": None,
    },
    assigns=["doc._.statements", "doc._.abstentions"],
)
def make_component(
    nlp: Language,
    name: str,
    date: str | None,
    vocabulary: str | None,
    knowledge: list[str],
    preset: str,
    min_confidence: float | None,
) -> Callable[[Doc], Doc]:
    """Make the component that spaCy calls on every ``Doc``.

    The article's date and name come from ``doc._.document`` (a :class:`kgbuild.model.Document`)
    where it is set, else from the configuration.
    """
    register()
    extractor = make_extractor(
        vocabulary=Path(vocabulary) if vocabulary else None,
        knowledge=tuple(Path(p) for p in knowledge),
        preset=preset,
        min_confidence=min_confidence,
    )

    def component(doc: Doc) -> Doc:
        return annotate(doc, extractor, date)

    return component


def register() -> None:
    """Let every ``Doc`` carry statements, abstentions and its document."""
    for attribute, default in _ATTRIBUTES:
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=default)


def annotate(doc: Doc, extractor: Extractor, date: str | None) -> Doc:
    """Read a ``Doc`` and give it what it says."""
    document = doc._.document or Document(id="text", text=doc.text, date=date)
    result = extract(document, extractor)
    doc._.statements = result.statements
    doc._.abstentions = result.abstentions
    return doc
