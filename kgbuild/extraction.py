"""Extraction: one document from text to statements, stage by stage.

text (sentences) -> reader (windows to claims) -> entities (who is meant) -> statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kgbuild.entities.meant import make_cast, mentions_of
from kgbuild.knowledge.gazetteer import CLASS, Gazetteer, Match, make_gazetteer
from kgbuild.knowledge.names import load_knowledge
from kgbuild.model import Abstention, Document, Evidence, Meant, Statement
from kgbuild.reader.calibration import (
    Calibration,
    least_confidence,
    load_calibration,
)
from kgbuild.reader.examples import learn
from kgbuild.reader.further import look_further
from kgbuild.reader.load import Reader, load_reader
from kgbuild.reader.nearest import nearest
from kgbuild.reader.readings import Reading
from kgbuild.reader.run import fitting, read
from kgbuild.reader.windows import windows
from kgbuild.statements.tell import Article, tell
from kgbuild.text.clean import clean
from kgbuild.text.offsets import Cleaned
from kgbuild.text.sentences import sentences, with_stops
from kgbuild.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one document says, what was left unsaid and why, and who is mentioned where."""

    document: Document
    statements: tuple[Statement, ...]
    abstentions: tuple[Abstention, ...]
    mentions: tuple[Meant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """All that extraction needs beside a document, loaded once."""

    vocabulary: Vocabulary
    gazetteer: Gazetteer
    reader: Reader
    calibration: Calibration
    least: float  # confidence of a statement
    cased: Mapping[str, str]  # names in small letters, and as they are written


def make_extractor(
    *,
    vocabulary: Path | None = None,
    knowledge: tuple[Path, ...] = (),
    preset: str = "default",
    min_confidence: float | None = None,
    reader: Path | None = None,
) -> Extractor:
    """Load vocabulary, knowledge and reader; what was loaded and has not changed is kept.

    Raises:
        TableError: a vocabulary or knowledge file has faults.
        ValueError: the preset or the confidence is not one.
    """
    own = sorted(vocabulary.glob("*.toml")) if vocabulary else []
    told = [*own, *knowledge, *(reader.glob("*.json") if reader else ())]
    stamps = tuple((str(p), p.stat().st_mtime_ns) for p in told if p.exists())
    return _made(vocabulary, knowledge, preset, min_confidence, reader, stamps)


@lru_cache(maxsize=4)
def _made(
    vocabulary: Path | None,
    knowledge: tuple[Path, ...],
    preset: str,
    min_confidence: float | None,
    reader: Path | None,
    stamps: tuple[tuple[str, int], ...],
) -> Extractor:
    """Load all; the files' stamps are there to tell a changed file from the one kept."""
    told = load_vocabulary(vocabulary)
    calibration = load_calibration(reader)
    gazetteer = make_gazetteer(load_knowledge(knowledge))
    return Extractor(
        vocabulary=told,
        gazetteer=gazetteer,
        reader=learn(load_reader(told, reader), told, gazetteer),
        calibration=calibration,
        least=least_confidence(calibration, preset, min_confidence),
        cased={
            form.lower(): form
            for form, readings in gazetteer.forms.items()
            if readings[0].kind != CLASS
        },
    )


def extract(document: Document, extractor: Extractor) -> Result:
    """Return what a document says.

    >>> text = "Shinzo Abe met Donald Trump in Tokyo."
    >>> found = extract(Document(id="a", text=text), make_extractor())
    >>> [(s.subject.label, s.relation, s.object.label) for s in found.statements]
    [('Shinzo Abe', 'meets', 'Donald Trump')]
    >>> [(m.text, m.type, m.ids) for m in found.mentions][-1]
    ('Tokyo', 'Place', ('place/tokyo',))
    """
    cleaned = clean(document.text, extractor.cased)
    text = cleaned.text
    spans = sentences(text)
    shown = with_stops(text, spans)
    readings: list[Reading] = []
    matches: list[Match] = []
    for start, end in fitting(extractor.reader, shown, windows(text, spans)):
        found = extractor.gazetteer.matches(text[start:end])
        matches += found
        if may_tell(text[start:end], found):
            reading = read(extractor.reader, shown, (start, end), found)
            readings.append(nearest(reading, spans))
    readings = look_further(
        extractor.reader, extractor.gazetteer, shown, spans, readings
    )
    mended = replace(document, text=text)
    cast = make_cast(mended, readings, matches, extractor.gazetteer)
    statements, abstentions = tell(
        Article(
            document=mended,
            readings=readings,
            cast=cast,
            sentences=spans,
            vocabulary=extractor.vocabulary,
            calibration=extractor.calibration,
            least=extractor.least,
        )
    )
    return Result(
        document=document,
        statements=tuple(_in_place(s, document, cleaned) for s in statements),
        abstentions=tuple(_left_in_place(a, document, cleaned) for a in abstentions),
        mentions=_mentions_in_place(mentions_of(cast, readings), document, cleaned),
    )


def _in_place(statement: Statement, document: Document, cleaned: Cleaned) -> Statement:
    """Return a statement whose evidence points into the text as it is."""
    evidence = tuple(_shown(e, document, cleaned) for e in statement.evidence)
    return replace(statement, evidence=evidence)


def _shown(evidence: Evidence, document: Document, cleaned: Cleaned) -> Evidence:
    start, end = cleaned.span(evidence.start, evidence.end)
    return replace(
        evidence,
        start=start,
        end=end,
        sentence=document.text[start:end],
        subject=cleaned.span(*evidence.subject),
        object=cleaned.span(*evidence.object),
        trigger=cleaned.span(*evidence.trigger),
    )


def _left_in_place(
    abstention: Abstention, document: Document, cleaned: Cleaned
) -> Abstention:
    start, end = cleaned.span(abstention.start, abstention.end)
    return replace(abstention, start=start, end=end, text=document.text[start:end])


def _mentions_in_place(
    mentions: Iterable[Meant], document: Document, cleaned: Cleaned
) -> tuple[Meant, ...]:
    """Return mentions as they stand in the text as it is, each once, in its order.

    Words stand for the same twice where a deal has slots from another window, or where a
    table's head is read with each of its rows; the surest reading is kept.
    """
    surest: dict[tuple[int, int, tuple[str, ...]], Meant] = {}
    for mention in sorted(mentions, key=lambda m: m.confidence):
        start, end = cleaned.span(mention.start, mention.end)
        text = document.text[start:end]
        placed = replace(mention, start=start, end=end, text=text)
        surest[start, end, mention.ids] = placed
    return tuple(surest[place] for place in sorted(surest))


def may_tell(text: str, matches: Sequence[Match]) -> bool:
    """Tell whether a window can say anything: two capitals or a known name are in it."""
    return bool(matches) or sum(map(str.isupper, text)) >= 2
