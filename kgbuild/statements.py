"""Statements: claims, deals and posts, with time, evidence and confidence, each said once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgbuild.claims import Claim, claims
from kgbuild.confidence import FLOOR
from kgbuild.coreference import resolve
from kgbuild.deals import Transfer, transfers, weapons
from kgbuild.entities import Cast, Post, Reference, finished, holds, name_of
from kgbuild.gazetteer import Gazetteer, plain
from kgbuild.goods import branded, owned
from kgbuild.institutions import read_institutions
from kgbuild.levels import FACT, POSSIBLE
from kgbuild.lexicon import Lexicon
from kgbuild.model import (
    Abstention,
    Deal,
    Document,
    Evidence,
    Statement,
)
from kgbuild.names import cast
from kgbuild.places import located
from kgbuild.posts import read_local_posts, read_own_posts, read_posts
from kgbuild.propositions import Proposition
from kgbuild.times import resolve_time, time_spans
from kgbuild.turns import read_turns
from kgbuild.vocabulary import Vocabulary


def read_cast(
    document: Document, doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon
) -> Cast:
    """Return who takes part in a document: names, posts, institutions, pronouns."""
    made = cast(document, doc, gazetteer, lexicon)
    read_turns(made)
    read_posts(made)
    read_institutions(made)
    resolve(made)
    read_own_posts(made)
    read_local_posts(made)
    return made


def statements(
    document: Document,
    doc: Doc,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> tuple[list[Statement], list[Abstention]]:
    """Return what a parsed document says, in its order, and what was left unsaid and why."""
    made = read_cast(document, doc, gazetteer, lexicon)
    found = list(claims(made, vocabulary))
    told: list[Statement] = []
    told += [_of_post(made, p) for p in made.posts]
    events = [c for c in found if not vocabulary.relations[c.relation].deal]
    events = [c for c in events if not _doubtful(made, c)]
    deals = transfers(made, (c for c in found if vocabulary.relations[c.relation].deal))
    events = [c for c in events if not _covered(made, c, deals)]
    told += _lasting(made, [(c, _of_claim(made, c, vocabulary)) for c in events])
    for deal in deals:
        told += _of_deal(made, deal, vocabulary)
    told += [
        _plain(made, place, lexicon.beside["place"], country, place, 0.6)
        for place, country in located(made)
    ]
    told += [
        _plain(made, maker, lexicon.beside["contractor"], weapon, weapon, 0.7)
        for maker, weapon in branded(made)
    ]
    told += [
        _plain(made, owner, lexicon.beside["owner"], weapon, weapon, 0.7)
        for owner, weapon in owned(made)
    ]
    abstained = [
        Abstention(doc=document.id, start=a, end=b, text=document.text[a:b], reason=why)
        for a, b, why in sorted(set(made.abstained))
    ]
    return _once(made, told, vocabulary), abstained


# -- from claims, posts, deals --------------------------------------------------------


def _of_claim(made: Cast, claim: Claim, vocabulary: Vocabulary) -> Statement:
    assert claim.source is not None and claim.target is not None
    relation = vocabulary.relations[claim.relation]
    factuality = claim.stance.factuality
    time = _time(made, claim) if relation.kind == "event" else None
    if time is not None and _after(time, made.document.date):
        if claim.stance.given or _past(made, claim):
            time = None  # "discussed the visit of May" is not of May
        elif factuality == FACT:
            factuality = POSSIBLE
    return Statement(
        id="",
        doc=made.document.id,
        subject=made.known[claim.source.id],
        relation=claim.relation,
        object=made.known[claim.target.id],
        factuality=factuality,
        attributed_to=tuple(
            made.known[i]
            for i in claim.stance.speakers
            if i != claim.source.id or relation.kind == "state"
        ),
        time=time,
        phrase=_phrase(made, claim),
        confidence=round(claim.confidence * (0.9 if claim.stance.unnamed else 1.0), 2),
        evidence=(_evidence(made, claim.source, claim.target, _trigger(made, claim)),),
    )


def _doubtful(made: Cast, claim: Claim) -> bool:
    """Tell whether a claim is too unsure to be stated, and say so among the abstentions."""
    if claim.confidence >= FLOOR:
        return False
    assert claim.source is not None and claim.target is not None
    source, target = (made.known[r.id].label for r in (claim.source, claim.target))
    trigger = _trigger(made, claim)
    made.abstained.append(
        (
            trigger.start_char,
            trigger.end_char,
            f"unsure that {source} {claim.relation} {target}",
        )
    )
    return True


def _covered(made: Cast, claim: Claim, deals: Iterable[Transfer]) -> bool:
    """Tell whether an agreement is but that on a deal: "agreed to sell X jets", "signed a contract"."""
    if claim.relation != made.lexicon.beside["covered"]:
        return False
    assert claim.source is not None and claim.target is not None
    index = claim.proposition.predicate
    pair = {claim.source.id, claim.target.id}
    return any(
        {d.supplier.id, d.recipient.id} == pair
        and any(
            c.proposition.light == index
            or index in (t.i for t in made.doc[c.proposition.predicate].ancestors)
            for c in d.claims
        )
        for d in deals
        if d.supplier and d.recipient
    )


def _after(time: str, date: str | None) -> bool:
    """Tell whether a time begins after the article's date.

    >>> _after("2020-07", "2020-06-15"), _after("2020-06", "2020-06-15")
    (True, False)
    """
    begin = time.split("/")[0]
    return date is not None and begin != ".." and begin > date[: len(begin)]


def _past(made: Cast, claim: Claim) -> bool:
    p = claim.proposition
    verb = made.doc[p.predicate if p.light is None else p.light]
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" and c.dep_ in ("aux", "auxpass") for c in verb.children
    )


def _lasting(made: Cast, told: list[tuple[Claim, Statement]]) -> list[Statement]:
    """Let a time go on for what the same actor does next in the same paragraph."""
    last: dict[str, tuple[str, int]] = {}
    dated = []
    for claim, statement in told:
        index, actor = claim.proposition.predicate, statement.subject.id
        happened = statement.factuality == FACT and statement.object is not None
        if statement.time is not None and happened:
            last[actor] = (statement.time, index)
        elif happened and actor in last and _event(made, claim):
            time, before = last[actor]
            between = made.document.text[made.doc[before].idx : made.doc[index].idx]
            if "\n" not in between and _finite(made, claim):
                statement = replace(statement, time=time)
        dated.append(statement)
    return dated


def _event(made: Cast, claim: Claim) -> bool:
    return claim.relation not in made.lexicon.states


def _finite(made: Cast, claim: Claim) -> bool:
    """Tell whether a claim's verb is told as an event: past or progressive."""
    p = claim.proposition
    verb = made.doc[p.light if p.light is not None else p.predicate]
    return verb.tag_ in ("VBD", "VBG") or (
        verb.tag_ == "VBN" and any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    )


def _of_post(made: Cast, post: Post) -> Statement:
    doc = made.doc
    person = Reference(id=post.person, start=post.name[0], end=post.name[1], how="name")
    owner = Reference(id=post.of, start=post.owner[0], end=post.owner[1], how="name")
    held = plain(doc[post.start : post.end].text)
    if doc[post.end - 1].lemma_.lower() in made.lexicon.cues["counterpart"]:
        held = _known_role(made, post) or held
    elif doc[post.end - 1].tag_ in ("NNS", "NNPS"):  # "the two presidents"
        held = held.removesuffix(doc[post.end - 1].text) + _single(doc[post.end - 1])
    return Statement(
        id="",
        doc=made.document.id,
        subject=made.known[post.person],
        relation=post.relation,
        object=made.known[post.of],
        phrase=plain(doc[post.start : post.end].text),
        role=held,
        confidence=0.95 if post.told else 0.8,
        evidence=(_evidence(made, person, owner, doc[post.start : post.end]),),
    )


def _known_role(made: Cast, post: Post) -> str:
    """Return the post that "his Japanese counterpart" holds: known of him, else his peer's.

    A president's counterpart may be a prime minister.
    """
    name, day = name_of(made, post.person), made.document.date
    for term in name.terms if name else ():
        if term.of == post.of and day is not None and holds(term, day):
            return term.role
    entries = made.lexicon.posts.get(post.role.lower(), ())
    leading = any(e.scope == ("Country",) for e in entries)
    return "" if leading else post.role


def _single(noun: Token) -> str:
    """Return a plural noun's singular, in the case that it has."""
    lemma = noun.lemma_.lower()
    return lemma.capitalize() if noun.text[:1].isupper() else lemma


def _plain(
    made: Cast,
    source: Reference,
    relation: str,
    target: Reference,
    trigger: Reference,
    confidence: float,
    factuality: str = FACT,
) -> Statement:
    span = made.doc[trigger.start : trigger.end]
    return Statement(
        id="",
        doc=made.document.id,
        subject=made.known[source.id],
        relation=relation,
        object=made.known[target.id],
        factuality=factuality,
        phrase=plain(span.text),
        confidence=confidence,
        evidence=(_evidence(made, source, target, span),),
    )


def _of_deal(made: Cast, deal: Transfer, vocabulary: Vocabulary) -> Iterator[Statement]:
    assert deal.supplier is not None and deal.recipient is not None
    lexicon, first = made.lexicon, deal.claims[0]
    statement = _of_claim(
        made, replace(first, source=deal.supplier, target=deal.recipient), vocabulary
    )
    parties = {deal.supplier.id, deal.recipient.id}
    times = [t for c in deal.claims if (t := _time(made, c))]
    yield replace(
        statement,
        factuality=deal.factuality,
        attributed_to=tuple(
            made.known[i] for i in first.stance.speakers if i not in parties
        ),
        time=times[0] if times else None,
        deal=Deal(
            items=deal.goods,
            value=deal.value,
            kind=deal.kind,
            status=deal.status,
            contractors=tuple(made.known[c.id] for c in deal.contractors),
        ),
        evidence=tuple(
            _evidence(
                made,
                c.source or deal.supplier,
                c.target or deal.recipient,
                _trigger(made, c),
            )
            for c in deal.claims
        ),
    )
    for claim in deal.claims:
        if (
            any(lexicon.status.get(w) == "requested" for w in claim.stance.above)
            and claim.stance.factuality == POSSIBLE
        ):
            asked = replace(
                claim,
                relation=lexicon.beside["requested"],
                source=deal.recipient,
                target=deal.supplier,
            )
            yield replace(_of_claim(made, asked, vocabulary), factuality=FACT)
            break
    for contractor in deal.contractors[:1] if len(deal.contractors) == 1 else ():
        weapon = next((r for c in deal.claims for r in weapons(made, c)), None)
        if weapon:
            yield _plain(
                made, contractor, lexicon.beside["contractor"], weapon, contractor, 0.7
            )


# -- parts of a statement -------------------------------------------------------------


def _trigger(made: Cast, claim: Claim) -> Span:
    p = claim.proposition
    return made.doc[p.predicate : p.last + 1]


def _phrase(made: Cast, claim: Claim) -> str:
    """Return the text's own words for the relation: auxiliaries and light verb with it."""
    p, doc = claim.proposition, made.doc
    verb = (
        doc[p.light] if p.light is not None and p.link == "object" else doc[p.predicate]
    )
    start = min(
        [
            verb.i,
            p.predicate,
            *(
                c.i
                for c in verb.children
                if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i
            ),
        ]
    )
    if verb.dep_ in ("xcomp", "acl") and 0 < verb.i - verb.head.i <= 4:
        head = verb.head
        start = min(
            [
                head.i,
                *(
                    c.i
                    for c in head.children
                    if c.dep_ in ("aux", "auxpass", "neg") and c.i < head.i
                ),
            ]
        )
    end = max(p.last, p.predicate, verb.i) + 1
    if end - start > 10:
        start, end = p.predicate, p.last + 1
    return plain(doc[start:end].text)


def _evidence(
    made: Cast, source: Reference, target: Reference, trigger: Span
) -> Evidence:
    doc, sentence = made.doc, made.sentence(trigger.start)
    first, last = sentence.start, sentence.end
    while first < last - 1 and doc[first].is_space:
        first += 1
    while last > first + 1 and doc[last - 1].is_space:
        last -= 1
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
    return Evidence(
        doc=made.document.id,
        start=start,
        end=end,
        sentence=made.document.text[start:end],
        subject=_chars(made, source),
        object=_chars(made, target),
        trigger=(trigger.start_char, trigger.end_char),
    )


def _chars(made: Cast, reference: Reference) -> tuple[int, int]:
    """Return the offsets of a party's words; of a pronoun, the name near before it."""
    if reference.how in ("pronoun", "anaphor", "cluster"):
        first = made.sentence(reference.start).start
        for i in range(reference.start - 1, first - 1, -1):
            for r in made.at.get(i, ()):
                if r.id == reference.id and r.how not in ("pronoun", "anaphor"):
                    reference = r
                    break
            else:
                continue
            break
    span = made.doc[reference.start : max(reference.end, reference.start + 1)]
    return span.start_char, span.end_char


def _time(made: Cast, claim: Claim) -> str | None:
    """Return when it happens, by the expression nearest above or below the predicate."""
    doc, p = made.doc, claim.proposition
    if not p.verbal and (when := _dated(made, doc[p.predicate])):
        return when
    sentence = made.sentence(p.predicate)
    spans = []
    for start, end in time_spans(sentence.text):
        span = doc.char_span(
            sentence.start_char + start,
            sentence.start_char + end,
            alignment_mode="expand",
        )
        if span is not None:
            spans.append(span)
    if not spans:
        return made.document.date if _performed(made, claim) else None
    own = [p.predicate] if p.light is None else [p.light, p.predicate]
    ladder = [*own, *_dating(made, doc[own[0]])]
    best: tuple[int, int, str] | None = None
    word = doc[p.predicate]
    inside = doc[word.left_edge.i : word.right_edge.i + 1]
    for span in spans:
        verb = _verb_of(made, span.root, p.predicate)
        if verb is None or verb not in ladder:
            continue
        if _undated(p) and not inside.start <= span.start < inside.end + 2:
            continue
        future = claim.stance.factuality == POSSIBLE or any(
            c.lower_ in ("will", "’ll", "'ll") for c in doc[verb].children
        )
        value = resolve_time(span.text, made.document.date, future=future)
        if value is None:
            continue
        key = (ladder.index(verb), abs(span.start - p.predicate), value)
        best = min(best, key) if best else key
    return best[2] if best else None


def _dated(made: Cast, noun: Token) -> str | None:
    """Return the date that a noun's event goes by: "the 1982 invasion", "their May 2 talks"."""
    before = [
        c
        for c in noun.lefts
        if c.ent_type_ == "DATE" and c.dep_ in ("nummod", "compound", "nmod", "amod")
    ]
    if not before:
        return None
    span = made.doc[before[0].left_edge.i : before[-1].right_edge.i + 1]
    return resolve_time(span.text, made.document.date)


def _undated(p: Proposition) -> bool:
    """Tell whether a noun's event need not be of its verb's day: "after talks, … on Monday"."""
    return not p.verbal and p.link in (
        "",
        "after",
        "before",
        "following",
        "about",
        "on",
    )


def _performed(made: Cast, claim: Claim) -> bool:
    """Tell whether a document does by its words what it tells of: "I hereby designate"."""
    if claim.source is not None and claim.source.how == "issuer":
        return True
    verb = made.doc[claim.proposition.predicate]
    return any(c.lower_ == "hereby" for c in verb.children)


def _dating(made: Cast, token: Token) -> Iterator[int]:
    """Yield the verbs above whose date may be the event's, up to what is told of as past then."""
    for ancestor in token.ancestors:
        if ancestor.pos_ not in ("VERB", "AUX"):
            continue
        past = token.dep_ == "ccomp" and any(
            c.lower_ in ("had", "'d", "’d") and c.dep_ == "aux" for c in token.children
        )
        if past and ancestor.lemma_.lower() in made.lexicon.cues["reporting"]:
            return  # "informed Chad on Monday that Peru had …"
        yield ancestor.i
        token = ancestor


def _verb_of(made: Cast, token: Token, predicate: int) -> int | None:
    """Return the verb that a date is of, or the event named on the way: "ahead of talks in May"."""
    for ancestor in [token, *token.ancestors]:
        if ancestor.i == predicate or ancestor.pos_ in ("VERB", "AUX"):
            return ancestor.i
        entries = made.lexicon.nouns.get(ancestor.lemma_.lower(), ())
        held = ancestor.dep_ == "pobj" and ancestor.head.lower_ in (
            "of",
            "for",
            "about",
        )
        if held and any(e.parties for e in entries):
            return ancestor.i
    return None


# -- once ---------------------------------------------------------------------------


def _once(
    made: Cast, told: Iterable[Statement], vocabulary: Vocabulary
) -> list[Statement]:
    """Unite what is said more than once, name the entities, give each statement its id."""
    merged: dict[tuple[object, ...], Statement] = {}
    for statement in told:
        if statement.subject.id == statement.object.id:
            continue
        if not _allowed(statement, vocabulary):
            continue
        statement = _ordered(statement, vocabulary)
        key = _key(statement)
        if key in merged:
            merged[key] = _united(merged[key], statement)
        else:
            merged[key] = statement
    final = [
        replace(
            s,
            subject=finished(made, s.subject.id, made.spellings),
            object=finished(made, s.object.id, made.spellings),
        )
        for s in _settled(_timed(merged.values()))
    ]
    final = [replace(s, id=_identity(s)) for s in final]
    return sorted(
        final, key=lambda s: (s.evidence[0].start, s.evidence[0].trigger, s.id)
    )


def _allowed(s: Statement, vocabulary: Vocabulary) -> bool:
    relation = vocabulary.relations[s.relation]
    return s.subject.type in relation.domain and s.object.type in relation.range


def _ordered(s: Statement, vocabulary: Vocabulary) -> Statement:
    if vocabulary.relations[s.relation].symmetric and s.object.id < s.subject.id:
        evidence = tuple(
            replace(e, subject=e.object, object=e.subject) for e in s.evidence
        )
        return replace(s, subject=s.object, object=s.subject, evidence=evidence)
    return s


def _key(s: Statement) -> tuple[object, ...]:
    deal = s.deal and (s.deal.items, s.deal.value, s.deal.status)
    return (
        s.subject.id,
        s.relation,
        s.object.id,
        s.factuality,
        tuple(a.id for a in s.attributed_to),
        s.time,
        deal,
    )


def _united(a: Statement, b: Statement) -> Statement:
    evidence = tuple(dict.fromkeys((*a.evidence, *b.evidence)))
    return replace(
        a,
        evidence=evidence,
        role=a.role or b.role,
        confidence=max(a.confidence, b.confidence),
    )


def _timed(told: Iterable[Statement]) -> list[Statement]:
    """Let a telling without a time join the same telling with one."""
    kept: dict[tuple[object, ...], Statement] = {}
    everything = list(told)
    for s in everything:
        if s.time is not None or s.deal is not None:
            kept[(*_key(s), id(s))] = s
    for s in everything:
        if s.time is None and s.deal is None:
            base = _key(s)
            same = [k for k, o in kept.items() if _key(replace(o, time=None)) == base]
            if same:
                kept[same[0]] = _united(kept[same[0]], s)
            else:
                kept[(*base, id(s))] = s
    return list(kept.values())


def _settled(told: list[Statement]) -> list[Statement]:
    """Leave out what a sentence tells as possible and, of the same time, as a fact."""
    facts = {
        (s.subject.id, s.relation, s.object.id, e.start): s.time
        for s in told
        if s.factuality == FACT
        for e in s.evidence
    }

    def happened(s: Statement) -> bool:
        key = (s.subject.id, s.relation, s.object.id, s.evidence[0].start)
        return key in facts and s.time in (None, facts[key])

    return [s for s in told if s.factuality != POSSIBLE or s.deal or not happened(s)]


def _identity(s: Statement) -> str:
    """Hash what is said and where: the same on every run and machine."""
    parts = [
        s.doc,
        s.subject.id,
        s.relation,
        s.object.id,
        s.factuality,
        str(s.time),
        *(a.id for a in s.attributed_to),
        repr(s.deal and (s.deal.items, s.deal.value, s.deal.status)),
        str(s.evidence[0].start),
        str(s.evidence[0].trigger),
    ]
    return hashlib.sha256(
        "\x1f".join(parts).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]
