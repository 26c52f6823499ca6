"""kgbuild with a reader that takes no model: "A met B." is all that it knows.

Run as a program it is ``kgbuild``; workers, which import it again, read in the same way.
``TELLING_SLEEP`` lets each article take so many seconds; with ``TELLING_DEATH``, a file that
is not there yet, the first worker that comes to the article ``d7`` makes it and dies; with
``TELLING_ALWAYS`` each that comes to it dies.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kgbuild import pipeline
from kgbuild.model import Abstention, Document, Entity, Evidence, Meant, Statement
from kgbuild.pipeline import Result

_MET = re.compile(r"(\w+(?: [A-Z]\w+)?) met (\w+)\.")
READ: list[str] = []
"""The ids of the articles that were read, in their order."""


def run(documents: Iterable[Document], **options: object) -> Iterator[Result]:
    for document in documents:
        time.sleep(float(os.environ.get("TELLING_SLEEP", "0")))
        death = Path(os.environ.get("TELLING_DEATH", "/"))
        if document.id == "d7" and not death.exists():
            death.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if document.id == "d7" and "TELLING_ALWAYS" in os.environ:
            os.kill(os.getpid(), signal.SIGKILL)
        READ.append(document.id)
        left = Abstention(doc=document.id, start=0, end=1, text="", reason="is short")
        met = list(_MET.finditer(document.text))
        told = tuple(_statement(document, m) for m in met)
        named = tuple(_mention(document, m, n) for m in met for n in (1, 2))
        yield Result(
            document=document, statements=told, abstentions=(left,), mentions=named
        )


def _statement(document: Document, match: re.Match[str]) -> Statement:
    evidence = Evidence(
        doc=document.id,
        start=match.start(),
        end=match.end(),
        sentence=match[0],
        subject=match.span(1),
        object=match.span(2),
        trigger=(match.end(1) + 1, match.end(1) + 4),
    )
    return Statement(
        id=f"{document.id}-{match.start()}",
        doc=document.id,
        subject=_person(match[1]),
        relation="meets",
        object=_person(match[2]),
        phrase="met",
        confidence=0.8,
        evidence=(evidence,),
    )


def _mention(document: Document, match: re.Match[str], number: int) -> Meant:
    person = _person(match[number])
    return Meant(
        doc=document.id,
        start=match.start(number),
        end=match.end(number),
        text=match[number],
        type=person.type,
        ids=(person.id,),
        labels=(person.label,),
    )


def _person(name: str) -> Entity:
    return Entity(
        id=f"person/{name.lower().replace(' ', '-')}", label=name, type="Person"
    )


if __name__ in ("__main__", "__mp_main__"):
    pipeline.run = run
if __name__ == "__main__":
    from kgbuild.__main__ import main

    main()
