"""Factuality and attribution: is it so, and who says so.

A predicate's own negation and modals count first; then the clauses above it, one by one: a
verb of planning makes what is below it possible, a verb of refusing makes it negated, a verb
of saying gives it a speaker (cf. Saurí and Pustejovsky 2009, "FactBank").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kgbuild.clauses import conjuncts
from kgbuild.entities import Cast
from kgbuild.propositions import Proposition
from kgbuild.speech import quote_at

FACT, POSSIBLE, NEGATED = "fact", "possible", "negated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """How far something is so; ``speakers`` are entity ids, ``unnamed`` a speaker without a name.

    ``above`` are the lemmas of what governs the predicate, nearest first.
    """

    factuality: str
    speakers: tuple[str, ...] = ()
    unnamed: str = ""
    above: tuple[str, ...] = ()


def stance(made: Cast, proposition: Proposition) -> Stance:
    """Return the factuality and the speakers of a proposition."""
    doc = made.doc
    token = doc[proposition.predicate]
    level = _nominal(made, token) if not proposition.verbal else FACT
    above: list[str] = []
    if proposition.light is not None and _completes(made, proposition):
        token = doc[proposition.light]
        above.append(token.lemma_.lower())
        level = worse(level, embedded(made, token))
    level = worse(level, _local(made, token))
    speakers: list[str] = []
    unnamed = ""
    asserted = False
    for head, link in _governors(token):
        lemma = head.lemma_.lower()
        if head.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            above.append(lemma)
        if not asserted:
            level = worse(level, _from_above(made, token, head, link))
        asserted = (
            asserted
            or link in ("relcl",)
            or (link == "advcl")
            or link in ("nsubj", "nsubjpass", "poss", "appos")
        )
        if link in ("ccomp", "advcl", "parataxis", "dep", "relcl") and _reports(
            made, head, token, link
        ):
            who = made.clauses.subject(head)
            ids = _ids(made, who)
            if ids == [made.issuer] and quote_at(made.quotes, head.i) is None:
                ids, who = [], []  # "we announce": the article itself says it
            if ids and not speakers:
                speakers = ids
            elif who and not ids and not speakers and not unnamed:
                unnamed = doc[who[0]].text
        token = head
    if not speakers:
        speakers, unnamed = _outside(made, proposition.predicate, unnamed)
    return Stance(
        factuality=level,
        speakers=tuple(dict.fromkeys(speakers)),
        unnamed=unnamed,
        above=tuple(above),
    )


def _ids(made: Cast, heads: list[int]) -> list[str]:
    """Return the ids of those whom a subject names, coordinated ones with it."""
    tokens = [c for i in heads for c in conjuncts(made.doc[i])]
    return [r.id for t in tokens for r in made.at.get(t.i, ())]


def worse(a: str, b: str) -> str:
    """Combine two levels: not so beats possible beats so; twice not so is possible."""
    if a == NEGATED and b == NEGATED:
        return POSSIBLE
    return max(a, b, key=(FACT, POSSIBLE, NEGATED).index)


def embedded(made: Cast, verb: Token) -> str:
    """Return what a verb makes of the clause or noun below it."""
    table = made.lexicon.embedding
    level = table.get(verb.lemma_.lower(), FACT)
    if level == FACT:
        for child in verb.children:
            if child.dep_ == "prt":
                level = table.get(f"{verb.lemma_.lower()} {child.lower_}", FACT)
    return level


def _completes(made: Cast, proposition: Proposition) -> bool:
    return proposition.link == "object"


def _local(made: Cast, token: Token) -> str:
    """Return a predicate's own level: its negation, modals, adverbs, condition, question."""
    cues, level = made.lexicon.cues, FACT
    inherits = token
    for _ in range(3):
        for child in inherits.children:
            word = child.lower_
            if (
                child.dep_ == "neg"
                or word in ("never", "hardly", "no")
                and child.dep_ in ("advmod", "neg", "det")
            ):
                if inherits is token:
                    level = worse(level, NEGATED)
            elif (
                child.dep_ in ("aux",)
                and word in made.lexicon.modals
                and child.tag_ == "MD"
            ):
                level = worse(level, made.lexicon.modals[word])
            elif (
                child.dep_ == "advmod"
                and word
                in cues["possible_words"]
                - {
                    "further",
                    "future",
                }
                or child.dep_ in ("mark", "advmod")
                and (
                    word in cues["conditions"]
                    or (word == "when" and _ahead(made, token))
                )
            ):
                level = worse(level, POSSIBLE)
            elif (
                child.dep_ in ("nsubj", "nsubjpass", "dobj")
                and inherits is token
                and any(
                    g.lower_ in ("no", "neither", "none") and g.dep_ == "det"
                    for g in child.children
                )
            ):
                level = worse(level, NEGATED)
        shared = inherits.dep_ == "conj" and not any(
            c.dep_ in ("nsubj", "nsubjpass", "aux") for c in inherits.children
        )
        if not shared or inherits.head.pos_ not in ("VERB", "AUX"):
            break
        inherits = inherits.head
    if token.dep_ in ("advcl", "acl", "relcl") and any(
        c.tag_ == "TO" for c in token.children
    ):
        level = worse(level, POSSIBLE)
    if any(t.text == "?" for t in made.sentence(token.i)[-2:]):
        level = worse(level, POSSIBLE)
    return level


def _ahead(made: Cast, token: Token) -> bool:
    """Tell whether the clause above is told of as to come: "will … when he …"."""
    return token.dep_ == "advcl" and any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in token.head.children
    )


def _nominal(made: Cast, noun: Token) -> str:
    """Return a noun's own level: "no talks", "a possible sale"."""
    level = FACT
    for child in noun.children:
        if child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
            level = worse(level, NEGATED)
        elif (
            child.dep_ in ("amod", "compound", "advmod")
            and child.lower_ in made.lexicon.cues["possible_words"]
        ):
            level = worse(level, POSSIBLE)
    return level


def _governors(token: Token) -> Iterator[tuple[Token, str]]:
    for _ in range(12):
        if token.dep_ == "ROOT" or token.head == token:
            return
        yield token.head, token.dep_
        token = token.head


def _from_above(made: Cast, token: Token, head: Token, link: str) -> str:
    """Return what the governing word, and its own negation or modal, makes of a clause."""
    if link in ("xcomp", "acl", "pcomp", "ccomp"):
        if link == "acl" and not any(c.tag_ == "TO" for c in token.children):
            return FACT
        if head.pos_ in ("ADP", "SCONJ"):
            if head.lower_ == "without":
                return NEGATED
            return FACT
        level = embedded(made, head)
        if head.lemma_.lower() in made.lexicon.cues["denying"]:
            return NEGATED
        if link == "ccomp" and head.lemma_.lower() in made.lexicon.cues["reporting"]:
            finite = token.tag_ in ("VBD", "VBZ", "VBP") or any(
                c.dep_ == "aux" and c.tag_ != "TO" for c in token.children
            )
            return (
                FACT
                if finite
                and head.lemma_.lower()
                not in ("ask", "demand", "propose", "urge", "recommend", "doubt")
                else level
            )
        own = (
            _local(made, head)
            if head.pos_ in ("VERB", "AUX", "ADJ")
            else _nominal(made, head)
        )
        return worse(level, own)
    if link in ("dobj", "pobj", "attr", "nsubjpass", "prep", "conj") and (
        head.pos_ in ("VERB", "NOUN")
        and link in ("dobj", "prep", "nsubjpass")
        and token.pos_ in ("NOUN", "ADP", "PROPN")
    ):
        if link == "prep" and token.lower_ not in (
            "for",
            "on",
            "of",
            "to",
            "about",
            "against",
        ):
            return FACT
        return embedded(made, head) if head.pos_ == "VERB" or link != "prep" else FACT
    return FACT


def _reports(made: Cast, head: Token, token: Token, link: str) -> bool:
    """Tell whether a clause is what somebody says, not what he undertakes to do."""
    if (
        head.pos_ not in ("VERB", "AUX")
        or head.lemma_.lower() not in made.lexicon.cues["reporting"]
    ):
        return False
    return bool(link == "ccomp" or link in ("parataxis", "dep"))


def _outside(made: Cast, predicate: int, unnamed: str) -> tuple[list[str], str]:
    """Look for the speaker in the quotation around, and in "according to"."""
    doc = made.doc
    quote = quote_at(made.quotes, predicate)
    if quote and quote.verb is not None and quote.end - quote.start > 4:
        who = made.clauses.subject(doc[quote.verb])
        ids = _ids(made, who)
        if ids:
            return ids, unnamed
        if who and not unnamed:
            unnamed = doc[who[0]].text
    for token in made.sentence(predicate):
        if (
            token.lower_ == "according"
            and token.i + 1 < len(doc)
            and doc[token.i + 1].lower_ == "to"
        ):
            heads = [
                p
                for c in (token, doc[token.i + 1])
                for p in c.children
                if p.dep_ == "pobj"
            ]
            heads += [p for c in token.children for p in c.children if p.dep_ == "pobj"]
            ids = _ids(made, [h.i for h in heads])
            if ids:
                return ids, unnamed
            if heads:
                unnamed = heads[0].text
    return [], unnamed
