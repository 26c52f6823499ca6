"""kgbuild with a reader that takes no model: two names in a sentence are a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgbuild import pipeline
from kgbuild.model import Document, Entity, Evidence, Statement
from kgbuild.pipeline import Result

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
# Words in capitals within a sentence: some five statements an article, as the reader makes.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*")
RELATIONS = ("meets", "leads", "supports")


def run(documents: Iterable[Document], **options: object) -> Iterator[Result]:
    """Yield what each document says, by nothing but its capitals."""
    for document in documents:
        told = tuple(_statements(document))
        yield Result(document=document, statements=told, abstentions=())


def _statements(document: Document) -> Iterator[Statement]:
    for sentence in _SENTENCE.finditer(document.text):
        names = list(_NAME.finditer(document.text, *sentence.span()))[:2]
        if len(names) == 2 and names[0][0] != names[1][0]:
            one, other = names
            yield Statement(
                id=f"{document.id}-{sentence.start()}",
                doc=document.id,
                subject=_entity(one[0]),
                relation=RELATIONS[len(sentence[0]) % len(RELATIONS)],
                object=_entity(other[0]),
                confidence=0.7,
                evidence=(
                    Evidence(
                        doc=document.id,
                        start=sentence.start(),
                        end=sentence.end(),
                        sentence=sentence[0],
                        subject=one.span(),
                        object=other.span(),
                        trigger=(one.end(), other.start()),
                    ),
                ),
            )


def _entity(name: str) -> Entity:
    kind = "Organization" if len(name) % 3 == 0 else "Person"
    slug = name.lower().replace(" ", "-")
    return Entity(id=f"{kind.lower()}/{slug}", label=name, type=kind)


if __name__ in ("__main__", "__mp_main__"):
    pipeline.run = run
if __name__ == "__main__":
    from kgbuild.__main__ import main

    main()
