"""Score what ships, end to end: the reader's own mentions, on annotated passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from measure import Scores, Tally
from passages import Passage, Told

from kgbuild.extraction import Extractor
from kgbuild.reader.nearest import nearest
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Claim, Mention, Reading
from kgbuild.reader.run import read
from kgbuild.text.sentences import sentences

Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim with the annotated statement that it matches, if one does."""

    claim: Claim
    gold: Told | None


def judge(
    passage: Passage, extractor: Extractor
) -> tuple[Reading, list[Judged], dict[Key, Told]]:
    """Read a passage and match each claim, the surest first, with the annotated statements."""
    text = passage.text
    matches = extractor.gazetteer.matches(text)
    found = read(extractor.reader, text, (0, len(text)), matches)
    reading = nearest(found, sentences(text) or [(0, len(text))])
    entity = passage.entities
    of = [_entity(m, passage) for m in reading.mentions]
    symmetric = {n for n, r in extractor.vocabulary.relations.items() if r.symmetric}

    def key(s: int, relation: str, o: int) -> Key:
        return (o, relation, s) if relation in symmetric and o < s else (s, relation, o)

    gold: dict[Key, Told] = {}
    for told in passage.told:
        k = key(entity[told.subject], told.relation, entity[told.object])
        if k not in gold or told.core:
            gold[k] = told
    best: dict[Key, Claim] = {}
    for claim in reading.claims:
        s, o = of[claim.subject], of[claim.object]
        if s == o:
            continue
        k = key(s, claim.relation, o)
        if k not in best or best[k].confidence < claim.confidence:
            best[k] = claim
    return reading, [Judged(claim=c, gold=gold.get(k)) for k, c in best.items()], gold


def _entity(mention: Mention, passage: Passage) -> int:
    """Return the annotated entity whose mention of the type overlaps most, else one of its own."""
    best, most = -1 - mention.start, 0
    for n, m in enumerate(passage.mentions):
        common = min(m.end, mention.end) - max(m.start, mention.start)
        if m.type == mention.type and common > most:
            best, most = passage.entities[n], common
    return best


def score(
    passages: Sequence[Passage], extractor: Extractor, *, raw: bool = False
) -> tuple[Scores, list[tuple[float, bool]]]:
    """Return the scores at the extractor's limit, and (chance, right) of each claim."""
    scores = Scores()
    chances: list[tuple[float, bool]] = []
    for passage in passages:
        reading, judged, gold = judge(passage, extractor)
        _mentions(scores, reading, passage)
        _judged(scores, judged, gold, reading, passage, extractor, chances)
    return scores, chances


def _mentions(scores: Scores, reading: Reading, passage: Passage) -> None:
    for name, wanted in (("mentions", True), ("times and sums", False)):
        found = {
            (m.start, m.end, m.type)
            for m in reading.mentions
            if (m.type in ACTORS) == wanted
        }
        gold = {
            (m.start, m.end, m.type)
            for m in passage.mentions
            if (m.type in ACTORS) == wanted
        }
        scores.part(name).add(len(found & gold), len(found), len(gold))


def _judged(
    scores: Scores,
    judged: list[Judged],
    gold: dict[Key, Told],
    reading: Reading,
    passage: Passage,
    extractor: Extractor,
    chances: list[tuple[float, bool]],
) -> None:
    for j in judged:
        chances.append((j.claim.confidence, j.gold is not None))
        confidence = extractor.calibration.confidence(j.claim.confidence)
        is_right = j.gold is not None and j.gold.core
        scores.chances.append((j.claim.confidence, is_right)) if (
            j.gold is None or j.gold.core
        ) else None
        if confidence < extractor.least:
            continue
        tally = scores.relations.setdefault(j.claim.relation, Tally())
        for t in (tally, scores.part("relations")):
            t.add(is_right, is_right or j.gold is None, 0)
        if j.gold is not None:
            _told(scores, j, reading, passage)
    for told in gold.values():
        if told.core:
            scores.relations.setdefault(told.relation, Tally()).add(0, 0, 1)
            scores.part("relations").add(0, 0, 1)


def _told(scores: Scores, j: Judged, reading: Reading, passage: Passage) -> None:
    claim, gold = j.claim, j.gold
    assert gold is not None
    scores.accuracy("factuality", claim.factuality == gold.factuality)
    entity = passage.entities
    want = {entity[s] for s in gold.speakers}
    got = (
        {_entity(reading.mentions[claim.speaker], passage)}
        if claim.speaker is not None
        else set()
    )
    scores.accuracy("speaker", bool(want & got) or (not want and not got))
    if gold.trigger:
        a, b = claim.trigger, gold.trigger
        scores.accuracy("trigger overlap", a[0] < b[1] and b[0] < a[1])
    when = None if claim.time is None else reading.mentions[claim.time]
    meant = None if gold.time is None else passage.mentions[gold.time]
    same = (when is None and meant is None) or (
        when is not None
        and meant is not None
        and when.start < meant.end
        and meant.start < when.end
    )
    scores.accuracy("time", same)
    if gold.status or gold.kind or claim.status:
        _deal(scores, claim, gold, reading, passage)


def _deal(
    scores: Scores, claim: Claim, gold: Told, reading: Reading, passage: Passage
) -> None:
    """Count the slots of a deal; mentions are alike where they overlap."""

    def text(m: Mention | None) -> str:
        return "" if m is None else passage.text[m.start : m.end]

    def annotated(n: int | None) -> str:
        if n is None:
            return ""
        m = passage.mentions[n]
        return passage.text[m.start : m.end]

    found = {("kind", claim.kind or ""), ("status", claim.status or "")}
    want = {("kind", gold.kind or ""), ("status", gold.status or "")}
    if claim.value is not None:
        found.add(("value", text(reading.mentions[claim.value])))
    want.add(("value", annotated(gold.value)))
    for weapon, number in claim.items:
        found.add(("item", text(reading.mentions[weapon])))
        if number is not None:
            found.add(("number", text(reading.mentions[number])))
    for weapon, number in gold.items:
        want.add(("item", annotated(weapon)))
        want.add(("number", annotated(number)))
    found |= {("maker", text(reading.mentions[c])) for c in claim.contractors}
    want |= {("maker", annotated(c)) for c in gold.contractors}
    found, want = ({x for x in s if x[1]} for s in (found, want))
    scores.part("deal slots").add(len(found & want), len(found), len(want))
