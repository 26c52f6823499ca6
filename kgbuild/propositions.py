"""Propositions: who does what to whom in a sentence, before anybody knows what it is about.

A predicate (a verb, or a noun that says what a verb says) with its arguments by grammatical
role, whatever the voice, the coordination, the control or the relative clause that hides them.
Roles are read off the dependency labels of spaCy's English models (ClearNLP style,
https://github.com/clir/clearnlp-guidelines). Everything is a token index; nothing here knows
a relation or a country.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgbuild.clauses import Clauses
from kgbuild.coordination import conjuncts
from kgbuild.phrases import Roles, add_phrases, own_roles

CLAUSAL = frozenset({"xcomp", "ccomp", "acl", "relcl", "advcl", "pcomp"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """A predicate and its arguments: heads of noun phrases by role, coordination spread out.

    ``light`` is the verb that a noun completes ("held talks"), ``link`` the way it does.
    """

    predicate: int
    last: int
    lemma: str
    verbal: bool
    roles: Mapping[str, tuple[int, ...]]
    light: int | None = None
    link: str = ""


def propositions(
    doc: Doc, clauses: Clauses, verbs: Collection[str], nouns: Collection[str]
) -> Iterator[Proposition]:
    """Yield the propositions whose predicate's lemma is asked for, in the order of the text.

    ``verbs`` may hold particle verbs ("shoot down"), ``nouns`` compounds ("phone call").
    """
    for token in doc:
        if (
            token.pos_ == "ADJ"
            and token.lower_ in verbs
            and (
                token.dep_ in ("acomp", "oprd", "conj")
                or (token.dep_ == "amod" and token.i > token.head.i)
            )
        ):
            yield _adjectival(token, clauses)
        elif _in_title(token):
            continue
        elif token.pos_ in ("VERB", "AUX") and not (
            _compounded(token) or _let_us(token)
        ):
            lemma, last = _with_particle(token, verbs)
            if lemma in verbs:
                roles = clauses.roles(token)
                yield Proposition(
                    predicate=token.i,
                    last=last,
                    lemma=lemma,
                    verbal=True,
                    roles={
                        k: _spread(doc, v, token.i if k == "subject" else None)
                        for k, v in roles.items()
                    },
                )
        elif token.pos_ in ("NOUN", "PROPN"):
            lemma = _noun_lemma(token, nouns)
            if lemma:
                yield _nominal(token, lemma, clauses, nouns)


def _in_title(verb: Token) -> bool:
    """Tell whether a gerund is but a word of a title: "the order On Approving the Strategy"."""
    if verb.tag_ != "VBG" or not verb.is_title or verb.i - verb.sent.start < 2:
        return False
    return verb.nbor(-1).is_title and verb.nbor(-1).tag_ in ("IN", "NNP")


def _let_us(verb: Token) -> bool:
    """Tell whether "let" only bids: "let him find another", "let's go"."""
    return (
        verb.lemma_.lower() == "let"
        and verb.tag_ == "VB"
        and verb.dep_ in ("ROOT", "ccomp")
        and not any(c.dep_ in ("nsubj", "aux") for c in verb.children)
    )


def _compounded(verb: Token) -> bool:
    """Tell whether a participle is but half a word: "the French-speaking community"."""
    return verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).text == "-"


def _spread(doc: Doc, heads: list[int], before: int | None = None) -> tuple[int, ...]:
    """Return the heads with their coordinations; a subject's do not go on after its verb."""
    return tuple(
        dict.fromkeys(
            c.i
            for h in heads
            for c in conjuncts(doc[h])
            if before is None or h > before or c.i < before
        )
    )


def _with_particle(verb: Token, verbs: Collection[str]) -> tuple[str, int]:
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep_
            in (
                "prt",
                "advmod",
                "prep",
                "dobj",
                "acomp",
                "intj",
            )
            and not _dated(child)
        ):
            joined = f"{lemma} {child.lower_}"
            if joined in verbs and not _parted_by_object(verb, child):
                return joined, child.i
    if any(c.dep_ == "prt" for c in verb.children):
        return "", verb.i  # "beat out" does not say what "beat" says
    return lemma, verb.i


def _parted_by_object(verb: Token, child: Token) -> bool:
    """Tell whether a preposition stands behind an object: "give attention to ties in" is no "give in"."""
    led = child.dep_ == "prep" and any(c.dep_ == "pobj" for c in child.children)
    return led and any(
        c.dep_ in ("dobj", "dative") and c.i < child.i for c in verb.children
    )


def _dated(phrase: Token) -> bool:
    """Tell whether a phrase says when, and so holds no particle: "was given in 1948"."""
    return any(
        c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in phrase.children
    )


def _adjectival(token: Token, clauses: Clauses) -> Proposition:
    """Read "is willing to …" as one predicate, with the subject of its verb."""
    roles = own_roles(token, clauses.antecedent, clauses.cues)
    roles["subject"] = clauses.subject(token)
    return Proposition(
        predicate=token.i,
        last=token.i,
        lemma=token.lower_,
        verbal=True,
        roles={k: _spread(token.doc, v) for k, v in roles.items()},
    )


def _noun_lemma(noun: Token, nouns: Collection[str]) -> str:
    lemma = noun.lemma_.lower()
    if noun.i > 1 and noun.nbor(-1).text == "-":
        joined = f"{noun.nbor(-2).lower_}-{lemma}"  # the parser parts "cease-fire"
        if joined in nouns:
            return joined
    if noun.i and noun.nbor(-1).dep_ in ("compound", "amod"):
        joined = f"{noun.nbor(-1).lower_} {lemma}"
        if joined in nouns:
            return joined
    return lemma if lemma in nouns else ""


def _nominal(
    noun: Token, lemma: str, clauses: Clauses, nouns: Collection[str]
) -> Proposition:
    found: Roles = {}

    def add(role: str, token: Token) -> None:
        found.setdefault(role, []).append(clauses.antecedent(token).i)

    owners = [c for c in noun.children if c.dep_ == "poss"]
    near = noun.dep_ == "conj" and noun.i - noun.head.i < 5
    if not owners and near and not _determined(noun):
        owners = [c for c in noun.head.children if c.dep_ == "poss"]
    for child in owners:
        add("own", child)
    for child in noun.children:
        if child.dep_ in _MODIFIERS and child.i < noun.i:
            for part in [
                child,
                *(
                    t
                    for t in child.subtree
                    if t.dep_ in _MODIFIERS or t.pos_ == "PROPN"
                ),
            ]:
                if not owners:
                    add("own", part)
                add("compound", part)
        elif child.dep_ == "agent":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    add("by", inner)
        elif child.dep_ == "prep":
            add_phrases(child, add, found)
            for agent in _agents(child, nouns):
                add("by", agent)
        elif (
            child.dep_ == "acl"
            and child.tag_ == "VBN"
            and child.lemma_.lower() in clauses.cues.get("placed", ())
        ):  # "sanctions imposed by Norway on Chad"
            for part in child.subtree:
                if part.lower_ in _PLACING:
                    add_phrases(part, add, found)
        elif child.dep_ in ("acl", "ccomp") and (
            child.tag_ == "VB"
            or child.dep_ == "ccomp"
            or any(c.dep_ == "mark" for c in child.children)
        ):
            found.setdefault("clause", []).append(child.i)
    outer = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if outer is not None and outer.pos_ == "NOUN" and not owners:
        for child in outer.children:  # "its series of launches"
            if child.dep_ == "poss":
                add("own", child)
    if noun.dep_ == "appos":
        add("appositive", noun.head)
    if noun.dep_ in ("compound", "nmod") and noun.head.pos_ == "PROPN":
        add("named", noun.head)  # "Patriot maker Raytheon"
    for child in noun.children:
        if child.dep_ == "appos":
            add("appositive", child)
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        verb = noun.head.head
        taken = verb.lemma_.lower() in clauses.cues.get("taking_in", ())
        told = clauses.roles(verb).get("object") if taken else clauses.subject(verb)
        if verb.lemma_.lower() in clauses.cues.get("calling", ()):
            told = clauses.roles(verb).get("on") or told  # "called on X, as a member"
        for i in told or []:  # "welcomed Chad as a member", but "joined it as a member"
            found.setdefault("as", []).append(i)
    light, link = _support(noun, nouns)
    if light is not None:
        above = clauses.roles(light)
        subject = (
            clauses.subject(light) if link != "subject" else above.get("subject", [])
        )
        if subject:
            found["subject"] = subject
        # "held talks with", "talks began in"; but "led to war in", "in a raid, left for"
        shared = link == "object" or (link == "subject" and not above.get("object"))
        for role, heads in above.items() if shared else ():
            if role not in ("object", "predicated", "clause", *found):
                found[role] = heads
        if link == "object" and above.get("indirect"):
            found.setdefault("to", above["indirect"])
    return Proposition(
        predicate=noun.i,
        last=noun.i,
        lemma=lemma,
        verbal=False,
        roles={
            k: _spread(noun.doc, [h for h in v if h != noun.i])
            for k, v in found.items()
        },
        light=None if light is None else light.i,
        link=link,
    )


# what says by whom and on whom something is put, wherever the parser hangs it
_PLACING = frozenset({"by", "on", "upon", "against", "at"})


def _determined(noun: Token) -> bool:
    """Tell whether a noun has its own article or nationality: "Peru's trust and a French aid"."""
    return any(
        c.dep_ in ("det", "poss") or c.ent_type_ in ("NORP", "GPE")
        for c in noun.children
        if c.i < noun.i
    )


def _support(noun: Token, nouns: Collection[str]) -> tuple[Token | None, str]:
    """Return the verb that a noun completes, and how: as object, subject, or in a phrase."""
    for _ in range(4):  # out of a coordination, and of "a lot of", "a series of"
        if noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
            noun = noun.head
        elif (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "of"
            and noun.head.head.pos_ in ("NOUN", "NUM")
            and noun.head.head.lemma_.lower() not in nouns
        ) or _sum_of(noun):
            noun = noun.head.head
        else:
            break
    head = noun.head
    if noun.dep_ in ("dobj", "attr") and head.pos_ in ("VERB", "AUX"):
        return head, "object"
    if noun.dep_ == "nsubjpass":
        return head, "object"
    if noun.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX"):
        return head, "subject"
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX"):
        return head.head, head.lower_
    if noun.dep_ == "pobj" and head.head.dep_ == "dobj":
        return head.head.head, head.lower_
    return None, ""


def _agents(phrase: Token, nouns: Collection[str]) -> Iterator[Token]:
    """Yield the doers that the parser hung on a thing, which has none: "the invasion of X by Y"."""
    for thing in phrase.children:
        if thing.dep_ != "pobj" or thing.lemma_.lower() in nouns:
            continue
        for by in thing.children:
            if by.dep_ == "prep" and by.lower_ == "by":
                yield from (c for c in by.children if c.dep_ == "pobj")


def _sum_of(noun: Token) -> bool:
    """Tell whether a noun says what a sum is given in: "$1 billion in military aid"."""
    outer = noun.head.head
    money = outer.ent_type_ == "MONEY" or outer.pos_ in ("NUM", "SYM")
    return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "worth") and money
