"""Look further: the slots of a deal that later paragraphs tell without its two parties.

A notice names buyer and seller in its first sentence, and what is sold and who makes it in
the paragraphs after it. Such a stretch is read once more with the deal's own sentence before
it, as a passage of two sentences, and what the reader then gives the deal is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.model import Span
from kgbuild.reader.load import Reader
from kgbuild.reader.readings import Claim, Reading
from kgbuild.reader.run import read
from kgbuild.reader.windows import windows
from kgbuild.text.sentences import sentence_at

SURE = 0.5  # from this chance on a claim is one of its stretch's own
STRETCH = 800  # characters: a paragraph or two
REACH = 4  # stretches: a notice has its maker three after the deal
FILLERS = {"Weapon", "Money", "Organization"}  # types of mentions that fill a slot


@dataclass(frozen=True, slots=True)
class _Deal:
    """Where a deal stands: its reading, its claim there, and how sure that is."""

    reading: int
    claim: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """Two stretches of a text as one, a blank between them."""

    text: str
    spans: tuple[Span, Span]

    @property
    def words(self) -> str:
        """The joined text."""
        return " ".join(self.text[slice(*span)] for span in self.spans)

    def place(self, at: int) -> int:
        """Return the place in the text of one in the joined text."""
        (first, last), (start, _) = self.spans
        length = last - first
        return first + at if at <= length else start + at - length - 1


def look_further(
    reader: Reader,
    gazetteer: Gazetteer,
    text: str,
    sentences: Sequence[Span],
    readings: Sequence[Reading],
) -> list[Reading]:
    """Return the readings, each deal filled from the stretches about it that tell of none."""
    made = list(readings)
    stretches = [(g[0][0], g[-1][1]) for g in windows(text, sentences, STRETCH)]
    deals = _deals(reader, readings, [start for start, _ in stretches])
    for n, stretch in enumerate(stretches if deals else ()):
        own = deals.get(n)
        if (own is None or own.confidence < SURE) and _may_fill(readings, stretch):
            near = _beside(deals, n)
            if near is not None:
                made[near.reading] = _filled(
                    reader,
                    gazetteer,
                    text,
                    sentences,
                    made[near.reading],
                    near.claim,
                    stretch,
                )
    return made


def _deals(
    reader: Reader, readings: Sequence[Reading], starts: Sequence[int]
) -> dict[int, _Deal]:
    """Return the surest deal of each stretch that has one, by where its words stand."""
    found: dict[int, _Deal] = {}
    for w, reading in enumerate(readings):
        for c, claim in enumerate(reading.claims):
            if claim.relation not in reader.deals:
                continue
            n = bisect_right(starts, claim.trigger[0]) - 1
            if n not in found or claim.confidence > found[n].confidence:
                found[n] = _Deal(w, c, claim.confidence)
    return found


def _may_fill(readings: Sequence[Reading], stretch: Span) -> bool:
    """Tell whether a stretch has what fills a slot."""
    start, end = stretch
    return any(
        m.type in FILLERS and start <= m.start < end
        for r in readings
        if r.start < end and start < r.end
        for m in r.mentions
    )


def _beside(deals: Mapping[int, _Deal], n: int) -> _Deal | None:
    """Return the deal last before stretch ``n``, else first after it, sure ones first."""
    near = [k for k in deals if abs(n - k) <= REACH]
    near = [k for k in near if deals[k].confidence >= SURE] or near
    before, after = [k for k in near if k < n], [k for k in near if k > n]
    best = max(before) if before else min(after, default=None)
    return None if best is None else deals[best]


def _filled(
    reader: Reader,
    gazetteer: Gazetteer,
    text: str,
    sentences: Sequence[Span],
    told: Reading,
    number: int,
    stretch: Span,
) -> Reading:
    """Return a reading with one of its deals filled from a stretch without one."""
    deal = told.claims[number]
    ends = told.mentions[deal.subject], told.mentions[deal.object]
    places = (ends[0].start, ends[1].start, deal.trigger[0])
    lead = (
        sentence_at(sentences, min(places))[0],
        sentence_at(sentences, max(places))[1],
    )
    first, second = sorted([lead, stretch])
    if first[1] > second[0]:  # both are parts of one over-long sentence
        return told
    joined = _Joined(text=text, spans=(first, second))
    found = read(
        reader, joined.words, (0, len(joined.words)), gazetteer.matches(joined.words)
    )
    spans = [(joined.place(m.start), joined.place(m.end)) for m in found.mentions]
    for claim in found.claims:
        parties = [spans[claim.subject], spans[claim.object]]
        if (
            claim.relation == deal.relation
            and claim.confidence >= SURE
            and parties == [(m.start, m.end) for m in ends]
        ):
            return _with_slots(told, deal, claim, found, spans, stretch)
    return told


def _with_slots(
    told: Reading,
    deal: Claim,
    claim: Claim,
    found: Reading,
    spans: Sequence[Span],
    within: Span,
) -> Reading:
    """Return a reading whose deal has those slots of the claim that stand ``within``."""
    mentions = list(told.mentions)
    places = {(m.start, m.end): n for n, m in enumerate(mentions)}

    def number(n: int) -> int:
        first, last = spans[n]
        if spans[n] not in places:
            places[spans[n]] = len(mentions)
            mentions.append(replace(found.mentions[n], start=first, end=last))
        return places[spans[n]]

    def is_new(n: int) -> bool:
        return within[0] <= spans[n][0] < within[1]

    known = {weapon for weapon, _ in deal.items}
    items = tuple(
        (number(weapon), None if count is None else number(count))
        for weapon, count in claim.items
        if is_new(weapon) and number(weapon) not in known
    )
    makers = [number(n) for n in claim.contractors if is_new(n)]
    value = deal.value
    if value is None and claim.value is not None and is_new(claim.value):
        value = number(claim.value)
    filled = replace(
        deal,
        confidence=max(deal.confidence, claim.confidence) if items else deal.confidence,
        items=(*deal.items, *items),
        value=value,
        contractors=tuple(dict.fromkeys([*deal.contractors, *makers])),
    )
    more = len(mentions) - len(told.mentions)
    return replace(
        told,
        mentions=tuple(mentions),
        claims=tuple(filled if c is deal else c for c in told.claims),
        same=(*told.same, *[None] * more),
        members=(*told.members, *[()] * more),
        counted=(*told.counted, *[None] * more),
    )
