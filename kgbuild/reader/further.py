"""Look further: the slots of a deal that later windows tell without its two parties.

A notice names buyer and seller in its first sentence, and what is sold and who makes it in
the paragraphs after it. Such a window is read once more with the deal's own sentence before
it, as a passage of two sentences, and what the reader then gives the deal is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.model import Span
from kgbuild.reader.load import Reader
from kgbuild.reader.readings import Claim, Reading
from kgbuild.reader.run import read
from kgbuild.text.sentences import sentence_at

SURE = 0.5  # from this chance on a claim is one of its window's own
REACH = 4  # windows: a notice has its maker three after the deal
FILLERS = {"Weapon", "Money", "Organization"}  # types of mentions that fill a slot


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
    """Return the readings, each deal filled from the windows about it that tell of none."""
    made = list(readings)
    deals = {w: d.confidence for w, r in enumerate(readings) if (d := _deal(reader, r))}
    for w, reading in enumerate(readings):
        if w not in deals and _may_fill(reader, reading):
            near = _beside(deals, w)
            if near is not None:
                made[near] = _filled(
                    reader, gazetteer, text, sentences, made[near], reading
                )
    return made


def _may_fill(reader: Reader, reading: Reading) -> bool:
    """Tell whether a window has what fills a slot, and tells no event of its own."""
    silent = all(
        c.confidence < SURE or c.relation not in reader.events for c in reading.claims
    )
    return silent and any(m.type in FILLERS for m in reading.mentions)


def _beside(deals: Mapping[int, float], w: int) -> int | None:
    """Return the window with a deal last before ``w``, else first after it, sure ones first."""
    near = [n for n in deals if abs(w - n) <= REACH]
    near = [n for n in near if deals[n] >= SURE] or near
    before, after = [n for n in near if n < w], [n for n in near if n > w]
    return max(before) if before else min(after, default=None)


def _deal(reader: Reader, reading: Reading) -> Claim | None:
    """Return the surest deal of a window."""
    deals = [c for c in reading.claims if c.relation in reader.deals]
    return max(deals, key=lambda c: c.confidence, default=None)


def _filled(
    reader: Reader,
    gazetteer: Gazetteer,
    text: str,
    sentences: Sequence[Span],
    told: Reading,
    other: Reading,
) -> Reading:
    """Return a reading with its surest deal filled from a window without one."""
    deal = _deal(reader, told)
    assert deal is not None
    ends = told.mentions[deal.subject], told.mentions[deal.object]
    places = (ends[0].start, ends[1].start, deal.trigger[0])
    lead = (
        sentence_at(sentences, min(places))[0],
        sentence_at(sentences, max(places))[1],
    )
    first, second = sorted([lead, (other.start, other.end)])
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
            return _with_slots(
                told, deal, claim, found, spans, (other.start, other.end)
            )
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

    def number(n: int) -> int:
        first, last = spans[n]
        mention = replace(found.mentions[n], start=first, end=last)
        if mention not in mentions:
            mentions.append(mention)
        return mentions.index(mention)

    def is_new(n: int) -> bool:
        return within[0] <= spans[n][0] < within[1]

    items = tuple(
        (number(weapon), None if count is None else number(count))
        for weapon, count in claim.items
        if is_new(weapon)
    )
    value = deal.value
    if value is None and claim.value is not None and is_new(claim.value):
        value = number(claim.value)
    filled = replace(
        deal,
        confidence=max(deal.confidence, claim.confidence) if items else deal.confidence,
        items=(*deal.items, *items),
        value=value,
        contractors=(
            *deal.contractors,
            *(number(n) for n in claim.contractors if is_new(n)),
        ),
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
