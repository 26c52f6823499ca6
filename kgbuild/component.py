"""The extraction as a spaCy component: ``nlp.add_pipe("kgbuild")``, ``doc._.statements``.

What is found lies in ``doc.user_data`` as plain dictionaries, on the span that was read, so
that it goes wherever spaCy takes a ``Doc``: to bytes and back, into a ``DocBin``, to other
processes, into a larger ``Doc`` and, with ``span.as_doc(copy_user_data=True)``, into a
smaller one. ``doc._.statements`` makes statements of it, with offsets into the ``Doc`` asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kgbuild.extraction import Extractor, extract, make_extractor
from kgbuild.model import Abstention, Document, Statement, moved, statement_of
from kgbuild.text.days import day_of

FOUND, ABOUT = "kgbuild", "kgbuild_document"
"""The names in ``doc.user_data`` of what is found, and of the article's own fields."""


class Component:
    """What spaCy calls on every ``Doc``; pickled as the settings that it was made with."""

    def __init__(self, **settings: Any) -> None:
        register()
        self.settings = settings
        self.date = day_of(settings["date"]) if settings["date"] else None
        self.extractor = _extractor(settings)

    def __call__(self, doc: Doc) -> Doc:
        """Read a ``Doc`` and give it what it says."""
        return annotate(doc, self.extractor, self.date)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.settings,)


def _made(settings: dict[str, Any]) -> Component:
    return Component(**settings)


def _extractor(settings: Mapping[str, Any]) -> Extractor:
    vocabulary = settings["vocabulary"]
    return make_extractor(
        vocabulary=Path(vocabulary) if vocabulary else None,
        knowledge=tuple(Path(p) for p in settings["knowledge"]),
        preset=settings["preset"],
        min_confidence=settings["min_confidence"],
    )


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
) -> Component:
    """Make the component that spaCy calls on every ``Doc``.

    The article's date and name come from ``doc._.document`` (a :class:`kgbuild.model.Document`)
    where it is set, else from the configuration.

    Raises:
        TableError: a vocabulary or knowledge file has faults.
        ValueError: the date, the preset or the confidence is not one.
    """
    return Component(
        date=date,
        vocabulary=vocabulary,
        knowledge=list(knowledge),
        preset=preset,
        min_confidence=min_confidence,
    )


def register() -> None:
    """Let every ``Doc`` carry statements, abstentions and its document."""
    for attribute, getter, setter in (
        ("statements", statements, None),
        ("abstentions", abstentions, None),
        ("document", document, set_document),
    ):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, getter=getter, setter=setter)
    for name in (FOUND, ABOUT):  # for Doc.from_json, which sets them on spans
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


def annotate(doc: Doc, extractor: Extractor, date: str | None) -> Doc:
    """Read a ``Doc`` and give it what it says."""
    read = document(doc) or Document(id="text", text=doc.text, date=date)
    result = extract(replace(read, text=doc.text), extractor)
    found = {
        "statements": [asdict(s) for s in result.statements],
        "abstentions": [asdict(a) for a in result.abstentions],
    }
    _keep(doc, FOUND, found)
    return doc


# -- what a Doc carries ------------------------------------------------------------------


def statements(doc: Doc) -> tuple[Statement, ...]:
    """Return the statements of a ``Doc`` whose evidence is in it, in the order of its text."""
    told = [
        moved(statement_of(fields), start)
        for (start, _), found in _kept(doc, FOUND)
        for fields in found["statements"]
    ]
    size = len(doc.text)
    return tuple(
        s for s in told if all(0 <= e.start and e.end <= size for e in s.evidence)
    )


def abstentions(doc: Doc) -> tuple[Abstention, ...]:
    """Return what was left unsaid of a ``Doc``, in the order of its text."""
    left = [
        replace(a, start=a.start + start, end=a.end + start)
        for (start, _), found in _kept(doc, FOUND)
        for a in (Abstention(**fields) for fields in found["abstentions"])
    ]
    return tuple(a for a in left if a.start >= 0 and a.end <= len(doc.text))


def document(doc: Doc) -> Document | None:
    """Return the article that a ``Doc`` was set to be, None where it was not, or is several."""
    kept = list(_kept(doc, ABOUT))
    if len(kept) != 1:
        return None
    return Document(text=doc.text, **kept[0][1])


def set_document(doc: Doc, given: Document) -> None:
    """Set which article a ``Doc`` is; its text stays that of the ``Doc``."""
    fields = asdict(given)
    del fields["text"]
    _keep(doc, ABOUT, fields)


def _keep(doc: Doc, name: str, value: object) -> None:
    """Keep a value as spaCy keeps, and moves, an attribute of the span of the whole text."""
    data: dict[Any, Any] = doc.user_data
    data["._.", name, 0, len(doc.text)] = value


def _kept(doc: Doc, name: str) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield what is kept under a name, with the span of the ``Doc`` that it is of, in order."""
    data: dict[Any, Any] = doc.user_data
    found = [
        ((key[2], key[3]), value)
        for key, value in data.items()
        if isinstance(key, tuple) and key[:2] == ("._.", name)
    ]
    yield from sorted(found, key=lambda x: x[0])
