"""Deals: the transfers of arms that one article tells of, each once, with its slots filled.

What sentences and paragraphs say of one deal is joined: parties, goods, value, kind, status
and contractors, following the columns of SIPRI's arms-transfer register
(https://www.sipri.org/databases/armstransfers).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from kgbuild.amounts import money_spans
from kgbuild.arguments import filling
from kgbuild.claims import Claim
from kgbuild.entities import STATE, Cast, Reference, country_of, name_of
from kgbuild.goods import items
from kgbuild.levels import FACT, NEGATED, POSSIBLE
from kgbuild.lexicon import Verb
from kgbuild.model import Item, Money

RANK = ("requested", "proposed", "approved", "agreed", "delivered", "stopped")
_FACTUALITY = {"agreed": FACT, "delivered": FACT, "stopped": NEGATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A deal as far as it is told: parties may be missing until the article is read through."""

    supplier: Reference | None
    recipient: Reference | None
    goods: tuple[Item, ...] = ()
    value: Money | None = None
    kind: str | None = None
    status: str = "delivered"
    contractors: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = field(default=())
    whole: bool = True  # tells of a party or a sum by itself

    @property
    def factuality(self) -> str:
        """Return how far the deal is so: done, on its way, or off."""
        return _FACTUALITY.get(self.status, POSSIBLE)


def transfers(made: Cast, found: Iterable[Claim]) -> list[Transfer]:
    """Join the claims of transfers into deals, in the order of the text."""
    claims = _shared(made, list(found))
    values = _values(made, claims)
    told = [_transfer(made, claim, values.get(n)) for n, claim in enumerate(claims)]
    told = [
        t
        for t in told
        if t.supplier is None or t.recipient is None or t.supplier.id != t.recipient.id
    ]
    joined: list[Transfer] = []
    for transfer in sorted(told, key=_completeness):
        bare = transfer.supplier is None and transfer.recipient is None
        transfer = _completed(made, transfer, joined)
        transfer = replace(transfer, whole=not bare or transfer.value is not None)
        if transfer.supplier is None or transfer.recipient is None:
            _abstain(made, transfer)
            continue
        if transfer.supplier.id == transfer.recipient.id:
            continue
        for n, other in enumerate(joined):
            if _same(made, other, transfer):
                joined[n] = _join(made, other, transfer)
                break
        else:
            if not transfer.whole:
                continue  # "training" alone tells of no deal that is not told already
            joined.append(transfer)
    joined.sort(key=lambda t: t.claims[0].proposition.predicate)
    return _contracted(made, _valued(made, joined))


def _completeness(t: Transfer) -> tuple[int, int, int]:
    missing = (t.supplier is None) + (t.recipient is None)
    return missing, -len(t.goods), t.claims[0].proposition.predicate


def _transfer(made: Cast, claim: Claim, value: Money | None) -> Transfer:
    entry, p = claim.entry, claim.proposition
    roles = entry.items.split(" / ") if isinstance(entry, Verb) else entry.items
    goods: list[Item] = []
    for role in roles:
        for head in filling(made, p, role)[: None if role == "compound" else 1]:
            if role == "compound" and goods:
                break
            # "batteries donated by X; a system donated by Y": each its own
            alone = made.doc[p.predicate].dep_ == "acl"
            found = items(made, head, alone=alone)
            goods += [g for g in found if g not in goods]
        if goods:
            break
    source, target = _oriented(made, claim)
    return Transfer(
        supplier=_party(made, source),
        recipient=_party(made, target),
        goods=tuple(goods),
        value=value,
        kind=entry.kind or None,
        status=_status(made, claim),
        claims=(claim,),
    )


def _oriented(made: Cast, claim: Claim) -> tuple[Reference | None, Reference | None]:
    """Return who sells and who buys where a contract "with" somebody leaves it open.

    A company sells to a state, and a state sells what is made in it; where neither tells,
    nobody knows who buys.
    """
    entry, source, target = claim.entry, claim.source, claim.target
    if source is None or target is None or "with" not in entry.source:
        return source, target
    p = claim.proposition
    if not any(source.start <= i < source.end for i in p.roles.get("with", ())):
        return source, target  # "an order for French submarines"
    subject = range(target.start, max(target.end, target.start + 1))
    if p.link != "object" or not any(i in subject for i in p.roles.get("subject", ())):
        return source, target  # "Peru's contract with X" is to buy
    first, second = _seller(made, target, claim), _seller(made, source, claim)
    if first == second:
        return None, None
    return (target, source) if first else (source, target)


def _shared(made: Cast, claims: list[Claim]) -> list[Claim]:
    """Tell the seller from the buyer where two states sign one contract: "X and Y signed".

    The one in which the goods are made sells them; where that is neither or both, nobody
    knows who buys, and the claims stay without a supplier.
    """
    signed: dict[int, list[Claim]] = {}
    for claim in claims:
        subjects = claim.proposition.roles.get("subject", ())
        target = claim.target
        joint = target and any(target.start <= i < target.end for i in subjects)
        if claim.source is None and joint and "with" in claim.entry.source:
            signed.setdefault(claim.proposition.predicate, []).append(claim)
    lost: list[Claim] = []
    sold: dict[int, Claim] = {}
    for at, (a, *others) in signed.items():
        b = others[0] if len(others) == 1 else a
        if a is b or a.target is None or b.target is None:
            continue
        first, second = _seller(made, a.target, a), _seller(made, b.target, b)
        if first != second:
            seller, buyer = (a, b) if first else (b, a)
            sold[at] = replace(buyer, source=seller.target)
            lost.append(seller)
    return [
        sold.get(c.proposition.predicate, c) if c.source is None else c
        for c in claims
        if not any(c is gone for gone in lost)
    ]


def _seller(made: Cast, party: Reference, claim: Claim) -> bool:
    """Tell whether a party makes arms, or the arms in question are made in it."""
    if made.type_of(party.id) == "Organization":
        name = name_of(made, party.id)
        return name is None or name.kind not in STATE
    makers = (name_of(made, r.id) for r in weapons(made, claim))
    names = made.gazetteer.knowledge.names
    return any(
        m
        and m.of
        and (m.of == party.id or m.of in names and names[m.of].of == party.id)
        for m in makers
    )


def weapons(made: Cast, claim: Claim) -> Iterator[Reference]:
    """Yield the weapons that a telling of a deal names."""
    entry = claim.entry
    roles = entry.items.split(" / ") if isinstance(entry.items, str) else entry.items
    for role in roles:
        for head in claim.proposition.roles.get(role, ()):
            token = made.doc[head]
            for t in (token, *token.children):
                yield from (
                    r for r in made.at.get(t.i, ()) if made.type_of(r.id) == "Weapon"
                )


def _party(made: Cast, reference: Reference | None) -> Reference | None:
    """Return the state for its organs and its people: deals are between states and bodies."""
    if reference is None:
        return None
    type_ = made.type_of(reference.id)
    state = None
    if type_ == "Person":
        state = country_of(made, reference.id)
    elif type_ == "Organization":
        name = name_of(made, reference.id)
        names = made.gazetteer.knowledge.names
        if (
            name
            and name.kind in STATE
            and name.of in names
            and names[name.of].type == "Country"
        ):
            state = made.add_known(name.of)
    return replace(reference, id=state) if state else reference


def _agreed(claim: Claim) -> bool:
    return claim.stance.factuality == FACT or "agree" in claim.stance.above


def _signed(token: Token, told: Collection[str]) -> bool:
    """Tell whether a contract for it is signed, won or given: "won a contract to supply"."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    happened = verb.tag_ in ("VBD", "VBN", "VBZ", "VBP") and not any(
        c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children
    )
    infinitive = token.dep_ in ("acl", "advcl", "xcomp", "relcl")
    return infinitive and happened and set(told) == {"agreed"}


def _status(made: Cast, claim: Claim) -> str:
    """Return the furthest status that the predicate and what governs it tell of."""
    entry, how = claim.entry, claim.stance
    if how.factuality == NEGATED:
        return "stopped"
    token = made.doc[claim.proposition.predicate]
    own = [c.lower_ for c in token.children if c.dep_ in ("amod", "aux", "compound")]
    if how.given and any(w in made.lexicon.cues["lasting"] for w in own):
        return entry.status or "delivered"  # "discussed continued arms supplies"
    if promised := _promised(made, claim):
        return promised
    told = {
        made.lexicon.status[w] for w in (*own, *how.above) if w in made.lexicon.status
    }
    if claim.proposition.light is not None:
        told |= {
            made.lexicon.status[c.lower_]
            for c in made.doc[claim.proposition.light].children
            if c.dep_ == "aux" and c.lower_ in made.lexicon.status
        }
    for status in ("stopped", "approved", "agreed", "requested", "proposed"):
        if (
            status in told
            and (status != "agreed" or _agreed(claim) or _signed(token, told))
            and (status != "requested" or how.factuality == POSSIBLE)
        ):
            return (
                status
                if how.factuality != FACT or status != "proposed"
                else entry.status or "proposed"
            )
    if how.factuality == POSSIBLE and entry.status in ("agreed", "delivered", ""):
        return "proposed"
    return entry.status or "delivered"


def _promised(made: Cast, claim: Claim) -> str:
    """Return the status of what has but been promised: "pledged missiles", "announced aid"."""
    p = claim.proposition
    if isinstance(claim.entry, Verb):
        verb = p.lemma
    elif p.light is not None and p.link == "object":
        verb = made.doc[p.light].lemma_.lower()
    else:
        return ""
    status = made.lexicon.status.get(verb, "")
    return status if status in ("proposed", "approved") else ""


def _values(made: Cast, claims: list[Claim]) -> dict[int, Money]:
    """Give each sum of money to the nearest predicate that it hangs together with."""
    doc = made.doc
    pairs = []
    for sentence in {
        claim_sentence(made, c).start: claim_sentence(made, c) for c in claims
    }.values():
        for start, end, value, hedge in money_spans(sentence.text):
            if not value.amount or hedge in ("each", "apiece", "a year", "per unit"):
                continue
            span = doc.char_span(
                sentence.start_char + start,
                sentence.start_char + end,
                alignment_mode="expand",
            )
            if span is None:
                continue
            for n, claim in enumerate(claims):
                p = doc[claim.proposition.predicate]
                if (
                    sentence.start <= p.i < sentence.end
                    and (distance := _hangs(p, span.root)) is not None
                ):
                    pairs.append(
                        (distance, abs(p.i - span.root.i), n, span.start, value)
                    )
    given: dict[int, Money] = {}
    used: set[int] = set()
    for _, _, n, start, value in sorted(pairs, key=lambda x: x[:4]):
        if n not in given and start not in used:
            given[n] = value
            used.add(start)
    return given


def _hangs(a: Token, b: Token) -> int | None:
    """Return how many steps in the tree part two tokens, up or down, at the most four."""
    up = {t.i: n for n, t in enumerate([a, *a.ancestors])}
    for n, t in enumerate([b, *b.ancestors]):
        if t.i in up:
            return n + up[t.i] if n + up[t.i] <= 5 else None
    return None


def claim_sentence(made: Cast, claim: Claim) -> Span:
    """Return the sentence of a claim's predicate."""
    return made.sentence(claim.proposition.predicate)


def _completed(made: Cast, t: Transfer, joined: list[Transfer]) -> Transfer:
    """Fill a missing party from a deal told more fully, or by who publishes the text."""
    if t.supplier is not None and t.recipient is not None:
        return t
    if not t.claims[0].unfilled:
        return t
    fitting = [
        o
        for o in joined
        if (t.supplier is None or o.supplier and o.supplier.id == t.supplier.id)
        and (t.recipient is None or o.recipient and o.recipient.id == t.recipient.id)
        and (made.about_arms or not (t.goods and o.goods) or _alike(t.goods, o.goods))
    ]
    parties = {
        (o.supplier.id, o.recipient.id) for o in fitting if o.supplier and o.recipient
    }
    substance = t.goods or t.value or t.recipient
    if t.recipient is None and t.supplier is not None and (t.goods or t.value):
        recipients = {
            o.recipient.id: o
            for o in joined
            if o.recipient and o.recipient.id != t.supplier.id
        }
        if len(recipients) == 1:
            return replace(t, recipient=next(iter(recipients.values())).recipient)
    if len(parties) == 1 and substance:
        o = fitting[0]
        return replace(
            t, supplier=t.supplier or o.supplier, recipient=t.recipient or o.recipient
        )
    if (
        t.supplier is None
        and t.recipient is not None
        and made.issuer
        and made.issuer != t.recipient.id
        and substance
        and (made.about_arms or not _taken(t))
    ):
        p = t.claims[0].proposition
        made.add_known(made.issuer)
        return replace(
            t,
            supplier=Reference(
                id=made.issuer,
                start=p.predicate,
                end=p.last + 1,
                how="issuer",
                confidence=0.7,
            ),
        )
    return t


def _taken(t: Transfer) -> bool:
    """Tell whether it is told as the recipient's act: "obtained missiles" from anybody."""
    entry = t.claims[0].entry
    return isinstance(entry, Verb) and "subject" in entry.roles[1]


def _abstain(made: Cast, t: Transfer) -> None:
    p = t.claims[0].proposition
    missing = " and ".join(
        w
        for w, x in (("supplier", t.supplier), ("recipient", t.recipient))
        if x is None
    )
    if t.goods or t.value or t.supplier or t.recipient:
        token = made.doc[p.predicate]
        made.abstained.append(
            (
                token.idx,
                token.idx + len(token.text),
                f"a transfer of arms without a named {missing}",
            )
        )


def _same(made: Cast, a: Transfer, b: Transfer) -> bool:
    """Tell whether two tellings can be of one deal."""
    if (
        a.supplier is None
        or b.supplier is None
        or a.recipient is None
        or b.recipient is None
    ):
        return False
    if (a.supplier.id, a.recipient.id) != (b.supplier.id, b.recipient.id):
        return False
    if a.value and b.value and a.value != b.value:
        return False
    vague = made.about_arms and (_generic(made, a.goods) or _generic(made, b.goods))
    if a.goods and b.goods and not vague and not _alike(a.goods, b.goods):
        return False
    if (a.factuality == NEGATED) != (b.factuality == NEGATED):
        return False
    settled = {a.factuality, b.factuality} == {FACT, POSSIBLE} and not vague
    return not settled or not (a.goods and b.goods) and not (a.value or b.value)


def _alike(a: tuple[Item, ...], b: tuple[Item, ...]) -> bool:
    def words(goods: tuple[Item, ...]) -> set[str]:
        return {_singular(w) for g in goods for w in g.label.split()}

    return bool(words(a) & words(b))


def _one_item(a: Item, b: Item) -> bool:
    """Tell whether one name is but a shorter form of the other."""
    x, y = ({_singular(w) for w in i.label.split()} for i in (a, b))
    return x <= y or y <= x


def _generic(made: Cast, goods: tuple[Item, ...]) -> bool:
    """Tell whether goods are named by what any deal has: equipment, training, support."""
    words = (
        made.lexicon.cues["goods"]
        | made.lexicon.cues["deal_anaphors"]
        | {"aid", "service"}
    )
    return all(_singular(g.label.split()[-1]) in words for g in goods)


def _singular(word: str) -> str:
    """Return a noun without its plural ending: "supplies", "systems"."""
    word = word.lower()
    return f"{word[:-3]}y" if word.endswith("ies") else word.rstrip("s")


def _join(made: Cast, a: Transfer, b: Transfer) -> Transfer:
    goods, others = list(a.goods), b.goods
    if goods and others and _generic(made, a.goods) != _generic(made, others):
        # "air defense capabilities" are the batteries that the deal is told to be of
        goods = list(others if _generic(made, a.goods) else a.goods)
        others = ()
    for item in others:
        same = [g for g in goods if _one_item(g, item)]
        if not same:
            goods.append(item)
        elif same[0].quantity is None and item.quantity is not None and len(same) == 1:
            goods[goods.index(same[0])] = item
    if any(g.quantity for g in goods):
        goods = [g for g in goods if g.quantity] or goods
    return replace(
        a,
        goods=tuple(goods),
        value=a.value or b.value,
        kind=a.kind or b.kind,
        status=max(a.status, b.status, key=RANK.index),
        claims=tuple(
            sorted((*a.claims, *b.claims), key=lambda c: c.proposition.predicate)
        ),
    )


def _valued(made: Cast, deals: list[Transfer]) -> list[Transfer]:
    """Take the value of the article's only deal from a sentence that tells its cost.

    Not from one that names other states: the sum may be of their contract.
    """
    if len(deals) != 1 or deals[0].value is not None:
        return deals
    parties = {p.id for p in (deals[0].supplier, deals[0].recipient) if p}
    told = {made.sentence(c.proposition.predicate).start for c in deals[0].claims}
    for sentence in made.doc.sents:
        if sentence.start not in told and _strange(made, sentence, parties):
            continue
        if any(
            t.lemma_.lower() in ("cost", "value", "worth", "price", "deal", "contract")
            for t in sentence
        ):
            found = [v for _, _, v, _ in money_spans(sentence.text) if v.amount]
            if found:
                return [replace(deals[0], value=max(found, key=lambda m: m.amount))]
    return deals


def _strange(made: Cast, sentence: Span, parties: Collection[str]) -> bool:
    """Tell whether a sentence names a state that is no party of the deal."""
    states = (
        party.id
        for token in sentence
        for r in made.at.get(token.i, ())
        if (party := _party(made, r)) and made.type_of(party.id) == "Country"
    )
    return any(state not in parties for state in states)


def _contracted(made: Cast, deals: list[Transfer]) -> list[Transfer]:
    """Add the contractors that the article names to its deals, where it is clear to which."""
    found: list[Reference] = []
    for token in made.doc if deals else ():
        if token.lemma_.lower() in made.lexicon.cues["contractor"] and token.dep_ in (
            "nsubj",
            "nsubjpass",
            "attr",
        ):
            after = [
                r
                for t in made.sentence(token.i)
                if t.i > token.i
                for r in made.at.get(t.i, ())
            ]
            for r in after:
                if (
                    made.type_of(r.id) == "Organization"
                    and _maker(made, r)
                    and r.id not in {f.id for f in found}
                ):
                    found.append(r)
    if (
        len(
            {
                (d.supplier.id, d.recipient.id)
                for d in deals
                if d.supplier and d.recipient
            }
        )
        != 1
    ):
        return deals
    return [replace(d, contractors=tuple(found)) for d in deals]


def _maker(made: Cast, reference: Reference) -> bool:
    name = name_of(made, reference.id)
    return name is None or name.kind in ("company", "manufacturer", "")
