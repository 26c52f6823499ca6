"""Articles read by hand: annotated passages in place of what a trained reader finds."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from passages import Passage, Told, parse_passages

from kgbuild.entities.cast import Cast
from kgbuild.entities.meant import make_cast
from kgbuild.knowledge.gazetteer import Gazetteer, make_gazetteer
from kgbuild.knowledge.names import load_knowledge
from kgbuild.model import Document, Span
from kgbuild.reader.calibration import Calibration
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Claim, Mention, Reading
from kgbuild.statements.tell import Article, tell
from kgbuild.text.sentences import sentences
from kgbuild.vocabulary import load_vocabulary

SURE = 0.9


@functools.cache
def gazetteer(*own: Path) -> Gazetteer:
    """Return the names that ship, and those of a user's tables."""
    return make_gazetteer(load_knowledge(list(own)))


def article(
    *passages: str,
    date: str | None = "2020-06-15",
    source: str = "",
    url: str = "",
    between: str = " ",
    chance: float = SURE,
    same: float = SURE,
    least: float = 0.5,
    names: Gazetteer | None = None,
) -> Article:
    """Return passages in the annotation format as one article, a window for each."""
    names = names or gazetteer()
    texts, readings, at = [], [], 0
    for passage in (p for text in passages for p in _parsed(text)):
        texts.append(passage.text)
        readings.append(_reading(passage, at, chance, same))
        at += len(passage.text) + len(between)
    text = between.join(texts)
    document = Document(id="a", text=text, date=date, source=source, url=url)
    return Article(
        document=document,
        readings=readings,
        cast=_cast(document, readings, names),
        sentences=sentences(text),
        vocabulary=load_vocabulary(),
        calibration=Calibration(),
        least=least,
    )


def _cast(document: Document, readings: list[Reading], names: Gazetteer) -> Cast:
    windows = [document.text[r.start : r.end] for r in readings]
    matches = [m for text in windows for m in names.matches(text)]
    return make_cast(document, readings, matches, names)


def _parsed(text: str) -> Iterable[Passage]:
    faults: list[str] = []
    yield from parse_passages(text, "here", faults)
    assert not faults, faults


def _reading(passage: Passage, at: int, chance: float, likely: float) -> Reading:
    """Return a passage as the reader would give it: mentions of actors first."""
    marked = passage.mentions
    order = sorted(
        range(len(marked)),
        key=lambda n: (marked[n].type not in ACTORS, marked[n].start),
    )
    place = {n: k for k, n in enumerate(order)}
    same: list[tuple[int, float] | None] = [None] * len(order)
    for pair in passage.same:
        first, later = sorted(place[n] for n in pair)
        same[later] = (first, likely)
    members: list[tuple[int, ...]] = [()] * len(order)
    for whole, part in passage.parts:
        members[place[whole]] += (place[part],)
    return Reading(
        start=at,
        end=at + len(passage.text),
        mentions=tuple(
            Mention(
                start=at + marked[n].start, end=at + marked[n].end, type=marked[n].type
            )
            for n in order
        ),
        claims=tuple(_claim(t, place, at, chance) for t in passage.told),
        same=tuple(same),
        members=tuple(members),
    )


def _claim(told: Told, place: dict[int, int], at: int, chance: float) -> Claim:
    start, end = told.trigger or (0, 1)
    return Claim(
        subject=place[told.subject],
        relation=told.relation,
        object=place[told.object],
        confidence=chance,
        factuality=told.factuality,
        trigger=(at + start, at + end),
        speaker=place[told.speakers[0]] if told.speakers else None,
        time=None if told.time is None else place[told.time],
        items=tuple((place[w], None if n is None else place[n]) for w, n in told.items),
        value=None if told.value is None else place[told.value],
        kind=told.kind,
        status=told.status,
        contractors=tuple(place[c] for c in told.contractors),
    )


def who(read: Article, words: str, nth: int = 0) -> list[str]:
    """Return the labels of those whom the words of a mention stand for."""
    cast = read.cast
    found = [
        cast.ids.get((w, n), ())
        for w, reading in enumerate(read.readings)
        for n, mention in enumerate(reading.mentions)
        if cast.words(mention) == words
    ]
    return [cast.known[id].label for id in found[nth]]


def lines(*passages: str, **options: object) -> list[str]:
    """Return the statements of an article as ``SUBJECT relation OBJECT``, in its order."""
    found, _ = tell(article(*passages, **options))  # type: ignore[arg-type]
    return [f"{s.subject.label} {s.relation} {s.object.label}" for s in found]


def words_at(read: Article, span: Span) -> str:
    """Return the words of the article's text at a span."""
    return read.document.text[span[0] : span[1]]
