"""Tell: the reader's claims, once it is known who is meant, as statements with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import words
from kgbuild.knowledge.gazetteer import plain
from kgbuild.knowledge.names import Term
from kgbuild.knowledge.posts import covering, is_past, names_post, relations, spelled
from kgbuild.model import Abstention, Deal, Document, Span, Statement
from kgbuild.reader.calibration import Calibration
from kgbuild.reader.readings import Claim, Mention, Reading
from kgbuild.statements.deals import asked, deal_of, how_far, join_deals
from kgbuild.statements.evidence import evidence_of
from kgbuild.statements.names import told_by_names
from kgbuild.statements.unite import unite
from kgbuild.text.times import time_at
from kgbuild.vocabulary import Relation, Vocabulary

FACT, POSSIBLE = "fact", "possible"
STATE = "state"
LIKELY = 0.3  # from this chance on, a claim keeps others from its weapons
UNSURE = 0.2  # below it, what might be said is not even mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was read: its windows, who takes part, its sentences."""

    document: Document
    readings: Sequence[Reading]
    cast: Cast
    sentences: Sequence[Span]
    vocabulary: Vocabulary
    calibration: Calibration
    least: float  # confidence of a statement


def tell(article: Article) -> tuple[list[Statement], list[Abstention]]:
    """Return what an article says, in its order, and what was left unsaid and why."""
    told: list[Statement] = []
    abstained: list[Abstention] = []
    for w, reading in enumerate(article.readings):
        for claim in reading.claims:
            said, left = _of_claim(article, w, reading, claim)
            told += said
            abstained += left
    deals = [s for s in told if s.deal is not None]
    others = [s for s in told if s.deal is None]
    for relation in article.vocabulary.relations.values():
        if relation.asking:
            own = [d for d in deals if d.relation == relation.name]
            others += asked(own, relation.asking)
    others += _by_names(article, others)
    statements = unite([*others, *join_deals(deals)], article.vocabulary)
    return statements, _abstentions(abstained)


def _by_names(article: Article, read: Sequence[Statement]) -> list[Statement]:
    """Return what names tell of pairs of which the reader tells neither post nor place."""
    relations = article.vocabulary.relations
    known = {
        (s.subject.id, s.object.id) for s in read if relations[s.relation].kind == STATE
    }
    return [
        s
        for s in told_by_names(article.cast, article.readings, article.sentences)
        if s.relation in relations
        and (s.subject.id, s.object.id) not in known
        and s.confidence >= article.least
    ]


def _of_claim(
    article: Article, w: int, reading: Reading, claim: Claim
) -> tuple[list[Statement], list[Abstention]]:
    """Return the statements of one claim, one for each pair that its mentions stand for."""
    cast, relation = article.cast, article.vocabulary.relations.get(claim.relation)
    if relation is None:
        return [], []
    subjects = _parties(article, w, claim.subject, relation.deal)
    objects = _parties(article, w, claim.object, relation.deal)
    chance = claim.confidence
    for n in (claim.subject, claim.object):
        chance *= cast.chances.get((w, n), 1.0)
    confidence = round(article.calibration.confidence(chance), 2)
    if confidence < UNSURE:
        return [], []
    pairs = [(s, o) for s in subjects for o in objects if s != o]
    pairs = [p for p in pairs if _allowed(cast, relation, *p)]
    if relation.role and claim.factuality == FACT:
        if is_past(article.document.text, *claim.trigger):
            return [], [_left(article, claim.trigger, "a post of former days")]
        pairs = [p for p in pairs if not _of_another(cast, *p)]
    if relation.deal:
        pairs = [p for p in pairs if not _at_home(cast, *p)]
    if confidence < article.least:
        return [], [_unsure(article, claim, *p, confidence) for p in pairs]
    if not subjects or not objects:
        return [], [_nobody(article, reading, claim, bool(subjects))]
    return [
        _statement(article, w, reading, claim, s, o, confidence) for s, o in pairs
    ], []


def _allowed(cast: Cast, relation: Relation, s: str, o: str) -> bool:
    domain, range_ = relation.domain, relation.range
    a, b = cast.known[s].type, cast.known[o].type
    turned = relation.symmetric and b in domain and a in range_
    return (a in domain and b in range_) or turned


def _of_another(cast: Cast, person: str, state: str) -> bool:
    """Tell whether somebody is known to have a post of another state on the day, and none here.

    "UK Foreign Secretary and US Secretary of State Condoleezza Rice" is two people.
    """
    if cast.known[state].type != "Country":
        return False
    names = cast.gazetteer.knowledge.names
    held = {t.of for t in _terms(cast, person)}
    return (
        bool(held)
        and state not in held
        and all(names[of].type == "Country" for of in held)
    )


def _at_home(cast: Cast, subject: str, object_: str) -> bool:
    """Tell whether a deal is a state's with its own industry, which is no transfer."""
    first, second = (cast.state_of(i) or i for i in (subject, object_))
    return first == second


def _parties(article: Article, w: int, n: int, deal: bool) -> list[str]:
    """Return whom a mention stands for; in a deal, the state of a person or of its own body."""
    cast = article.cast
    ids = list(cast.ids.get((w, n), ()))
    if not deal:
        return ids
    return list(dict.fromkeys(p for i in ids if (p := _trader(cast, i))))


def _trader(cast: Cast, id: str) -> str | None:
    if cast.known[id].type == "Person":
        return cast.state_of(id)
    name = cast.gazetteer.knowledge.names.get(id)
    if name is not None and name.kind in words().organs:
        return cast.state_of(id) or id
    return id


def _statement(
    article: Article,
    w: int,
    reading: Reading,
    claim: Claim,
    subject: str,
    object_: str,
    confidence: float,
) -> Statement:
    cast, text = article.cast, article.document.text
    told = _known_post(cast, subject, claim.relation, object_, claim.factuality)
    relation = article.vocabulary.relations[claim.relation]
    time = _time(article, reading, claim) if relation.kind == "event" else None
    factuality, status = claim.factuality, claim.status
    if relation.deal:
        factuality, status = how_far(factuality, status)
        claim = replace(claim, status=status)
    if factuality == FACT and _is_after(time, article.document.date):
        factuality = POSSIBLE
    evidence = evidence_of(
        article.document,
        article.sentences,
        _span(reading.mentions[claim.subject]),
        _span(reading.mentions[claim.object]),
        claim.trigger,
    )
    phrase = plain(text[slice(*evidence.trigger)])
    is_post = relation.role and reading.mentions[claim.subject].type == "Person"
    speakers = cast.ids.get((w, claim.speaker), ()) if claim.speaker is not None else ()
    return Statement(
        id="",
        doc=article.document.id,
        subject=cast.entity(subject),
        relation=told,
        object=cast.entity(object_),
        factuality=factuality,
        attributed_to=tuple(cast.entity(i) for i in speakers),
        time=time,
        phrase=phrase,
        confidence=confidence,
        role=phrase if is_post and names_post(phrase) else None,
        deal=_deal(cast, w, reading, claim) if relation.deal else None,
        evidence=(evidence,),
    )


def _terms(cast: Cast, person: str) -> list[Term]:
    """Return the posts that one is known to hold on the article's day."""
    name = cast.gazetteer.knowledge.names.get(person)
    day = cast.where.day
    return covering(name, day) if name is not None and day is not None else []


def _known_post(
    cast: Cast, subject: str, told: str, object_: str, factuality: str
) -> str:
    """Return the relation of the posts that one is known to hold there, if they tell just one.

    A "British Chancellor" is a minister, and a senator who was elected president no head yet.
    """
    if factuality != FACT:
        return told
    type_ = cast.known[object_].type
    posts = {t.role for t in _terms(cast, subject) if t.of == object_}
    known = {relations(type_).get(spelled(role)) for role in posts}
    only = known.pop() if len(known) == 1 else None
    return only if only and told in relations(type_).values() else told


def _deal(cast: Cast, w: int, reading: Reading, claim: Claim) -> Deal:
    others = [c for c in reading.claims if c is not claim and c.confidence >= LIKELY]
    return deal_of(cast, w, reading, claim, others)


def _time(article: Article, reading: Reading, claim: Claim) -> str | None:
    if claim.time is None:
        return None
    is_deal = article.vocabulary.relations[claim.relation].deal
    ahead = claim.factuality == POSSIBLE and not is_deal  # it is open, its step is past
    return time_at(
        article.document.text,
        _span(reading.mentions[claim.time]),
        [_span(m) for m in reading.mentions if m.type == "Time"],
        article.document.date,
        future=ahead,
    )


def _is_after(time: str | None, date: str | None) -> bool:
    """Tell whether a time begins after the article's date.

    >>> _is_after("2020-07", "2020-06-15"), _is_after("2020-06", "2020-06-15")
    (True, False)
    """
    begin = (time or "").split("/")[0]
    return date is not None and begin not in ("", "..") and begin > date[: len(begin)]


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


# -- what is left unsaid -----------------------------------------------------------------


def _unsure(
    article: Article, claim: Claim, subject: str, object_: str, confidence: float
) -> Abstention:
    known = article.cast.known
    label = article.vocabulary.relations[claim.relation].label
    return _left(
        article,
        claim.trigger,
        f"unsure ({confidence:.2f}) that {known[subject].label} "
        f"{label} {known[object_].label}",
    )


def _nobody(
    article: Article, reading: Reading, claim: Claim, has_subject: bool
) -> Abstention:
    mention = reading.mentions[claim.object if has_subject else claim.subject]
    words = article.cast.words(mention)
    return _left(article, _span(mention), f"not told who {words!r} is")


def _left(article: Article, span: Span, reason: str) -> Abstention:
    start, end = span
    return Abstention(
        doc=article.document.id,
        start=start,
        end=end,
        text=article.document.text[start:end],
        reason=reason,
    )


def _abstentions(found: Sequence[Abstention]) -> list[Abstention]:
    """Return the abstentions, each once, in the order of the text."""
    once = {(a.start, a.end, a.reason): a for a in found}
    return [once[key] for key in sorted(once)]
