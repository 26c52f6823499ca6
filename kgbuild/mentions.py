"""Mentions: the words of a text that name somebody, some place or some weapon.

Names come from the knowledge (longest match first), from the pipeline's entity recognizer
where it has one, and from designations ("AN/AAQ-24(V)N"). What is common noun, pronoun or
post is not here: those are read in :mod:`kgbuild.entities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kgbuild.amounts import designations
from kgbuild.gazetteer import (
    ADJECTIVE,
    CLASS,
    DESIGNATION,
    NAME,
    RECOGNIZED,
    SEAT,
    Gazetteer,
    Mention,
    plain,
)
from kgbuild.knowledge import NUMERAL
from kgbuild.overlooked import overlooked
from kgbuild.recognized import Words, prefixed, recognized

# "Latin American": a continent's, or a people's, and no country's
_WIDER = frozenset(
    {"north", "south", "central", "latin", "native", "african", "pan", "inter"}
)


def find_mentions(doc: Doc, gazetteer: Gazetteer, words: Words) -> list[Mention]:
    """Return the mentions of a text in order; none overlaps another."""
    proposed = [
        *_known(doc, gazetteer, words),
        *recognized(doc, gazetteer, words),
        *overlooked(doc, gazetteer, words),
        *_designated(doc),
        *_classes(doc, gazetteer),
    ]
    taken = bytearray(len(doc))
    kept = []
    for mention in sorted(proposed, key=_strength):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    kept = [m for m in kept if m.type]
    return _classed(_surnamed(doc, sorted(kept, key=lambda m: m.start)))


def _surnamed(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Part letters for a post from a surname that the text knows: "[NSA] Mensah"."""
    surnames = {
        doc[m.end - 1].text
        for m in mentions
        if m.type == "Person" and m.end - m.start > 1
    }
    return [
        replace(m, start=m.end - 1, type="Person")
        if m.kind == RECOGNIZED
        and m.type in ("Organization", "Person")
        and m.end - m.start == 2
        and len(doc[m.start]) > 1
        and doc[m.start].text.isupper()
        and doc[m.end - 1].text in surnames
        else m
        for m in mentions
    ]


def _classed(mentions: list[Mention]) -> list[Mention]:
    """Let a weapon's name take in the word of its class: "JF-17 fighters" are one thing."""
    found: list[Mention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if (
            last is not None
            and mention.kind == CLASS
            and last.end == mention.start
            and last.type == mention.type
            and last.kind == NAME
        ):
            found[-1] = replace(last, end=mention.end)
        else:
            found.append(mention)
    return found


def _strength(mention: Mention) -> tuple[int, int, int]:
    """Longer first; of equal length, what the knowledge knows before what is guessed."""
    order = (NAME, ADJECTIVE, SEAT, CLASS, DESIGNATION, RECOGNIZED)
    return mention.start - mention.end, order.index(mention.kind), mention.start


def _known(doc: Doc, gazetteer: Gazetteer, words: Words) -> Iterator[Mention]:
    for _, start, end in gazetteer.exact(doc):
        text = plain(doc[start:end].text)
        readings = gazetteer.readings.get(text)
        if not readings:
            continue
        if prefixed(doc, start) or _divided(doc, start, end, words):
            continue
        if start and readings[0][1] == ADJECTIVE and doc[start - 1].lower_ in _WIDER:
            continue
        if readings[0][1] == ADJECTIVE and _tongue(doc, end):
            continue
        if doc[end - 1].is_lower and end - start > 1 and _modifying(doc[end - 1]):
            continue  # "the [U.S.] military commitment"
        if readings[0][1] == SEAT and (
            _closes_name(doc, start) or _local(doc, start, gazetteer)
        ):
            continue
        if (
            start > 1
            and readings[0][1] == NAME
            and doc[start - 1].text == "-"
            and doc[start - 2].pos_ == "ADJ"
            and gazetteer.knowledge.names[readings[0][0]].type == "Organization"
        ):
            continue  # "the Democratic-Republicans"
        if _ends_longer(doc, start, end, gazetteer, readings[0]):
            continue
        if _honoured(doc, start, end, gazetteer, readings[0], words):
            continue
        name = gazetteer.knowledge.names[readings[0][0]]
        if name.type == "Person" and _named_on(doc, start, end, words):
            continue
        kind = readings[0][1]
        ids = tuple(i for i, k in readings if k == kind)
        if (
            kind == NAME
            and end - start == 1
            and doc[start].pos_ in ("VERB", "AUX", "ADV", "PRON", "ADP")
        ) and (not doc[start].text.isupper() or len(text) < 2):
            continue
        yield Mention(
            start=start,
            end=end,
            kind=kind,
            type=gazetteer.knowledge.names[ids[0]].type,
            ids=ids if kind != NAME else tuple(i for i, _ in readings),
        )


def _named_on(doc: Doc, start: int, end: int, words: Words) -> bool:
    """Tell whether a ruler's name goes on: "King Charles IV" is not Charles III."""
    following = doc[end : end + 1].text
    if NUMERAL.fullmatch(following) and not NUMERAL.fullmatch(doc[end - 1].text):
        return True
    first = doc[start].lower_
    titled = first in words.posts or first in words.titles or first == "crown"
    return titled and following in ("bin", "ibn", "al", "Al", "el", "El")


def _ends_longer(
    doc: Doc, start: int, end: int, gazetteer: Gazetteer, reading: tuple[str, str]
) -> bool:
    """Tell whether a body's name ends a longer one: "the Continental [Congress]"."""
    if not start or reading[1] != NAME:
        return False
    before = doc[start - 1]
    if before.tag_ == "POS" and start > 1:  # "the People's [Democratic Party]"
        owner = doc[start - 2]
        plural = owner.tag_ in ("NNS", "NNPS") and owner.is_title
        body = gazetteer.knowledge.names[reading[0]].type == "Organization"
        return plural and body and owner.text not in gazetteer.readings
    if end - start > 1:
        return False
    return (
        gazetteer.knowledge.names[reading[0]].type == "Organization"
        and doc[start].text.istitle()
        and before.text.istitle()
        and before.dep_ in ("compound", "amod")
        and before.head.i == start
        and not before.is_sent_start
        and before.text not in gazetteer.readings
    )


def _divided(doc: Doc, start: int, end: int, words: Words) -> bool:
    """Tell whether a town but gives a wider division its name: "the Kazan Region"."""
    last = doc[end - 1]
    division = doc[end] if end < len(doc) else last
    return (
        division.lower_ in words.divisions
        and division.is_title
        and last.dep_ in ("compound", "nmod")
        and last.head == division
        and doc[start].text != division.text
    )


def _honoured(
    doc: Doc,
    start: int,
    end: int,
    gazetteer: Gazetteer,
    reading: tuple[str, str],
    words: Words,
) -> bool:
    """Tell whether a body's one word is a word of an honour: "the Hero of [Labour]"."""
    return (
        end - start == 1
        and reading[1] == NAME
        and gazetteer.knowledge.names[reading[0]].type == "Organization"
        and doc[start].text.istitle()
        and _closes_name(doc, start)
        and doc[start - 2].lemma_.lower() in words.decorations
    )


def _tongue(doc: Doc, end: int) -> bool:
    """Tell whether a nationality is but a language or a birth: "Russian-speaking"."""
    return doc[end : end + 1].text == "-" and doc[end + 1 : end + 2].text.lower() in (
        "speaking",
        "language",
        "born",
    )


def _modifying(word: Token) -> bool:
    """Tell whether a word but describes the next: "the military commitment"."""
    return word.pos_ == "ADJ" and word.dep_ == "amod" and word.head.i > word.i


def _local(doc: Doc, start: int, gazetteer: Gazetteer) -> bool:
    """Tell whether another town's is spoken of: "the Kazan Kremlin"."""
    if not start or doc[start - 1].dep_ != "compound" or doc[start - 1].head.i != start:
        return False
    names = gazetteer.knowledge.names
    readings = gazetteer.readings.get(doc[start - 1].text, ())
    return any(names[i].type == "Place" for i, _ in readings)


def _closes_name(doc: Doc, start: int) -> bool:
    """Tell whether a word ends a longer name: "the Statute of Westminster"."""
    return (
        start > 1
        and doc[start - 1].lower_ == "of"
        and doc[start - 2].pos_ == "PROPN"
        and doc[start - 2].is_title
    )


def _designated(doc: Doc) -> Iterator[Mention]:
    for start, end in designations(doc.text):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield Mention(
                start=span.start, end=span.end, kind=DESIGNATION, type="Weapon"
            )


def _classes(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    for _, start, end in gazetteer.folded(doc):
        if doc[end - 1].pos_ not in ("NOUN", "PROPN"):
            continue
        if _people(doc[end - 1], gazetteer):
            continue
        if doc[max(0, start - 2) : start].text.lower() == "non-":
            continue  # "non-military aid"
        readings = gazetteer.readings.get(plain(doc[start:end].text.lower()))
        if readings:
            ids = tuple(i for i, _ in readings)
            yield Mention(start=start, end=end, kind=CLASS, type="Weapon", ids=ids)


def _people(noun: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether a word of arms means people here: "Kurdish fighters", "guards who fled"."""
    return any(
        c.dep_ == "relcl"
        and any(t.lower_ == "who" for t in c.children)
        or c.i < noun.i
        and c.ent_type_ in ("ORG", "PERSON")
        and noun.lemma_.lower() in ("fighter", "guard")
        for c in noun.children
    ) or ethnic(noun, gazetteer)


def ethnic(noun: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether a group is of a people or a faith rather than of a state alone."""
    names = gazetteer.knowledge.names
    return any(
        c.ent_type_ == "NORP"
        and c.dep_ in ("amod", "compound")
        and not any(
            names[i].type == "Country" for i, _ in gazetteer.readings.get(c.text, ())
        )
        for c in noun.children
    )


def covering(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """Return each covered token's mention."""
    return {i: m for m in mentions for i in range(m.start, m.end)}
