"""Deals: the slots of an arms transfer, and one deal where several sentences tell of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import stripped
from kgbuild.model import Deal, Entity, Item, Statement
from kgbuild.reader.readings import Claim, Reading
from kgbuild.statements.unite import place_of, united
from kgbuild.text.amounts import money, quantity

# how far a deal has come; of several tellings the furthest counts
STAGES = ("requested", "proposed", "approved", "agreed", "delivered", "stopped")
OPEN, DONE = STAGES[:3], STAGES[3:5]


def how_far(factuality: str, status: str | None) -> tuple[str, str | None]:
    """Return factuality and status of a deal as they go together by the vocabulary.

    A deal is possible until it is agreed, then a fact, and denied where it is stopped; what
    is but possible is not delivered.

    >>> how_far("fact", "approved"), how_far("possible", "agreed"), how_far("fact", "stopped")
    (('possible', 'approved'), ('fact', 'agreed'), ('negated', 'stopped'))
    """
    if status is None or factuality == "negated":
        return factuality, status
    if status in OPEN:
        return "possible", status
    if status in DONE:
        if factuality == "possible" and status == DONE[-1]:
            return factuality, "proposed"
        return "fact", status
    return "negated", status


def deal_of(
    cast: Cast, w: int, reading: Reading, claim: Claim, others: Collection[Claim]
) -> Deal:
    """Return the slots of a deal as the mentions of its window fill them.

    ``others`` are the window's other claims. Where none of them is a deal between others,
    all weapons that are counted in the window go with this one, but those of which
    another claim tells.
    """
    items: dict[str, Item] = {}
    more = _counted_besides(cast, w, reading, claim, others)
    for weapon, count in (*claim.items, *more):
        for id in cast.ids.get((w, weapon), ()):
            pieces = _pieces(cast, reading, count)
            label = _label(cast, reading, weapon, id)
            known = items.get(label)
            if known is None or known.quantity is None:
                items[label] = Item(label=label, quantity=pieces)
    value = None
    if claim.value is not None:
        value = money(cast.words(reading.mentions[claim.value]))
    makers = [i for n in claim.contractors for i in cast.ids.get((w, n), ())]
    return Deal(
        items=tuple(items.values()),
        value=value,
        kind=claim.kind,
        status=claim.status,
        contractors=tuple(cast.entity(i) for i in dict.fromkeys(makers)),
    )


def _counted_besides(
    cast: Cast, w: int, reading: Reading, claim: Claim, others: Collection[Claim]
) -> list[tuple[int, int]]:
    """Return the counted weapons that a window tells of beside those of its only deal."""
    ends = {cast.ids.get((w, n)) for n in (claim.subject, claim.object)}
    for other in others:
        theirs = {cast.ids.get((w, n)) for n in (other.subject, other.object)}
        if other.relation == claim.relation and theirs != ends:
            return []
    taken = {c.object for c in others} | {weapon for weapon, _ in claim.items}
    return [
        (n, count)
        for n, count in enumerate(reading.counted)
        if count is not None and n not in taken
    ]


def _label(cast: Cast, reading: Reading, weapon: int, id: str) -> str:
    """Return a weapon's usual name, but the text's own where it shares no word with that."""
    label = cast.known[id].label
    said = stripped(cast.words(reading.mentions[weapon]))
    if set(said.lower().split()) & set(label.lower().split()):
        return label
    return said if any(c.isdigit() for c in said) else label


def _pieces(cast: Cast, reading: Reading, count: int | None) -> int | None:
    if count is None:
        return None
    return quantity(cast.words(reading.mentions[count]))


def asked(deals: Sequence[Statement], relation: str) -> list[Statement]:
    """Return that the receiver asks the supplier, of each telling in which he does."""
    return [
        replace(
            d,
            subject=d.object,
            object=d.subject,
            relation=relation,
            factuality="fact",
            deal=None,
            evidence=tuple(
                replace(e, subject=e.object, object=e.subject) for e in d.evidence
            ),
        )
        for d in deals
        if d.deal is not None and d.deal.status == STAGES[0]
    ]


def join_deals(told: Sequence[Statement]) -> list[Statement]:
    """Return one statement a deal: tellings between the same two that do not conflict.

    A telling without items or sums of its own goes with the deal told before it, but what
    is delivered at large makes no fact of the deal that is planned.
    """
    joined: list[Statement] = []
    for statement in sorted(told, key=place_of):
        for n, other in enumerate(joined):
            if _is_same(other, statement):
                joined[n] = _join(other, statement)
                break
        else:
            joined.append(statement)
    return joined


def _is_same(a: Statement, b: Statement) -> bool:
    assert a.deal is not None and b.deal is not None
    if (a.subject.id, a.object.id) != (b.subject.id, b.object.id):
        return False
    first, second = _labels(a.deal), _labels(b.deal)
    if first and second and not _overlap(first, second):
        return False
    if a.deal.value and b.deal.value and a.deal.value != b.deal.value:
        return False
    if a.factuality != b.factuality:
        if "negated" in (a.factuality, b.factuality):
            return _stage(a.deal) == _stage(b.deal)
        done = a.deal if a.factuality == "fact" else b.deal
        if not (done.items or done.value):
            return False
    return not (a.time and b.time and a.time[:4] != b.time[:4])


def _labels(deal: Deal) -> set[str]:
    return {i.label.lower() for i in deal.items}


def _overlap(first: set[str], second: set[str]) -> bool:
    """Tell whether two lists name one thing, or one a word of the other's: "jets"."""
    if first & second:
        return True
    return any(a in b or b in a for a in first for b in second)


def _stage(deal: Deal) -> int:
    return STAGES.index(deal.status) if deal.status else -1


def _join(a: Statement, b: Statement) -> Statement:
    assert a.deal is not None and b.deal is not None
    later = _stage(b.deal) > _stage(a.deal)
    further = b if later else a
    items = {i.label: i for i in (*b.deal.items, *a.deal.items)}
    for item in b.deal.items:
        if items[item.label].quantity is None:
            items[item.label] = item
    makers: dict[str, Entity] = {
        c.id: c for c in (*a.deal.contractors, *b.deal.contractors)
    }
    order = [i.label for i in (*a.deal.items, *b.deal.items)]
    made = replace(
        united(a, b),
        factuality=further.factuality,
        attributed_to=further.attributed_to,
    )
    return replace(
        made,
        deal=Deal(
            items=tuple(items[label] for label in dict.fromkeys(order)),
            value=a.deal.value or b.deal.value,
            kind=a.deal.kind or b.deal.kind,
            status=b.deal.status if later else a.deal.status,
            contractors=tuple(makers.values()),
        ),
    )
