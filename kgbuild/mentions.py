"""Mentions: the words of a text that name somebody, some place or some weapon.

Names come from the knowledge (longest match first), from the pipeline's entity recognizer
where it has one, and from designations ("AN/AAQ-24(V)N"). What is common noun, pronoun or
post is not here: those are read in :mod:`kgbuild.entities`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from kgbuild.amounts import designations
from kgbuild.knowledge import Knowledge, Name
from kgbuild.tables import resource

NAME, ADJECTIVE, SEAT, RECOGNIZED, DESIGNATION, CLASS = (
    "name",
    "adjective",
    "seat",
    "recognized",
    "designation",
    "class",
)
# which reading of the same words is tried first
_RANK = {NAME: 0, ADJECTIVE: 1, SEAT: 2}
_TYPES = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
}


# "non-NATO", "anti-Russian": the name does not act
_PREFIXES = frozenset(
    {"non", "anti", "pro", "ex", "post", "pre", "inter", "intra", "trans", "pan"}
)
# "Latin American": a continent's, or a people's, and no country's
_WIDER = frozenset(
    {"north", "south", "central", "latin", "native", "african", "pan", "inter"}
)


# what follows a monarch's name is nobody's name
NUMERAL = re.compile(r"[IVX]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tokens ``start:end`` that name something; ``ids`` are the names that it may be."""

    start: int
    end: int
    kind: str
    type: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The knowledge's names as matchers over tokens of one tokenizer."""

    exact: PhraseMatcher
    folded: PhraseMatcher
    readings: Mapping[str, tuple[tuple[str, str], ...]]
    singles: Mapping[str, tuple[str, ...]]
    given: frozenset[str]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that tell what a recognized name can be.

    A recognized organization whose last word is one of ``acts`` is none: the recognizer
    takes "Foreign Military Sale" for a body. Neither is a nationality with one of
    ``bodies``: "Turkish Parliament" is read as an institution. A name with one of
    ``wholes`` in it is no person's: "Bank Sputnik"; one that begins or ends with a word of
    ``nobody`` is none at all: "Business Advisory", "Treasury Secretary". ``posts`` part
    the body from the person: "Federation Council Speaker X". What begins with one of
    ``titles`` is a person: "Lord Ashburton"; so is what follows one of ``heralds``.
    One of ``regimes`` before a state's name is no part of it: "Revolutionary France".
    One of ``common`` alone names nobody: "the Kingdom".
    The name of a body that begins with one of ``fielded`` may end with one of ``fields``.
    """

    acts: Container[str] = ()
    bodies: Container[str] = ()
    wholes: Container[str] = ()
    nobody: Container[str] = ()
    posts: Container[str] = ()
    titles: Container[str] = ()
    heralds: Container[str] = ()
    regimes: Container[str] = ()
    common: Container[str] = ()
    fielded: Container[str] = ()
    fields: Container[str] = ()


def make_gazetteer(nlp: Language, knowledge: Knowledge) -> Gazetteer:
    """Compile a knowledge's names for the tokenizer of a pipeline."""
    exact = PhraseMatcher(nlp.vocab, attr="ORTH")
    folded = PhraseMatcher(nlp.vocab, attr="LOWER")
    readings: dict[str, dict[tuple[str, str], None]] = {}
    singles: dict[str, dict[str, None]] = {}
    lower: dict[str, None] = {}
    for name in knowledge.names.values():
        for text, kind in _forms(name):
            if name.type == "Person" and " " not in text:
                singles.setdefault(text, {})[name.id] = None
                continue
            if kind == CLASS:
                lower[text.lower()] = None
                text = text.lower()
            readings.setdefault(plain(text), {})[name.id, kind] = None
        if name.type == "Person":
            parts = name.label.split()
            if not NUMERAL.fullmatch(parts[-1]):
                singles.setdefault(parts[-1], {})[name.id] = None
            if name.family_first:
                singles.setdefault(parts[0], {})[name.id] = None
    proper = [t for t in readings if t not in lower]
    variants = [t.replace("'", "’") for t in proper if "'" in t]
    exact.add("name", [nlp.make_doc(t) for t in (*proper, *variants)])
    folded.add("class", [nlp.make_doc(t) for t in lower])
    return Gazetteer(
        exact=exact,
        folded=folded,
        readings={
            t: tuple(sorted(r, key=lambda pair: _RANK.get(pair[1], 3)))
            for t, r in readings.items()
        },
        singles={t: tuple(ids) for t, ids in singles.items()},
        given=frozenset(resource("knowledge/given_names.txt").split()),
        knowledge=knowledge,
    )


def find_mentions(doc: Doc, gazetteer: Gazetteer, words: Words) -> list[Mention]:
    """Return the mentions of a text in order; none overlaps another."""
    proposed = [
        *_known(doc, gazetteer),
        *_recognized(doc, gazetteer, words),
        *_designated(doc),
        *_classes(doc, gazetteer),
    ]
    taken = bytearray(len(doc))
    kept = []
    for mention in sorted(proposed, key=_strength):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
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
        and m.type == "Organization"
        and m.end - m.start == 2
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


def plain(text: str) -> str:
    """Return a name with straight apostrophes and single spaces."""
    return " ".join(text.replace("’", "'").split())


def _forms(name: Name) -> Iterator[tuple[str, str]]:
    kind = (
        CLASS
        if name.type == "Weapon"
        and not name.label[:1].isupper()
        and not any(c.isdigit() for c in name.label)
        else NAME
    )
    for text in (name.label, *name.aliases):
        yield text, kind
    for text in name.adjectives:
        yield text, ADJECTIVE
    for text in name.seats:
        yield text, SEAT


def _strength(mention: Mention) -> tuple[int, int, int]:
    """Longer first; of equal length, what the knowledge knows before what is guessed."""
    order = (NAME, ADJECTIVE, SEAT, CLASS, DESIGNATION, RECOGNIZED)
    return mention.start - mention.end, order.index(mention.kind), mention.start


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    for _, start, end in gazetteer.exact(doc):
        text = plain(doc[start:end].text)
        readings = gazetteer.readings.get(text)
        if not readings:
            continue
        if (
            start > 1
            and doc[start - 1].text == "-"
            and doc[start - 2].lower_ in _PREFIXES
        ):
            continue
        if start and readings[0][1] == ADJECTIVE and doc[start - 1].lower_ in _WIDER:
            continue
        if doc[end - 1].is_lower and end - start > 1 and _modifying(doc[end - 1]):
            continue  # "the [U.S.] military commitment"
        if readings[0][1] == SEAT and _closes_name(doc, start):
            continue
        if (
            start > 1
            and readings[0][1] == NAME
            and doc[start - 1].text == "-"
            and doc[start - 2].pos_ == "ADJ"
            and gazetteer.knowledge.names[readings[0][0]].type == "Organization"
        ):
            continue  # "the Democratic-Republicans"
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


def _modifying(word: Token) -> bool:
    """Tell whether a word but describes the next: "the military commitment"."""
    return word.pos_ == "ADJ" and word.dep_ == "amod" and word.head.i > word.i


def _closes_name(doc: Doc, start: int) -> bool:
    """Tell whether a word ends a longer name: "the Statute of Westminster"."""
    return (
        start > 1
        and doc[start - 1].lower_ == "of"
        and doc[start - 2].pos_ == "PROPN"
        and doc[start - 2].is_title
    )


def _national(span: Span, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is a country's common noun: "South African Government".

    "Government of Denmark" likewise.
    """
    if len(span) > 2 and any(t.lower_ == "of" for t in span[1:-1]):
        n = next(t.i for t in span if t.lower_ == "of") - span.start + 1
        while n < len(span) and span[n].pos_ == "DET":
            n += 1
        readings = gazetteer.readings.get(plain(span[n:].text), ())
        return any(gazetteer.knowledge.names[i].type == "Country" for i, _ in readings)
    for n in (1, 2, 3):
        readings = gazetteer.readings.get(plain(span[:n].text), ())
        if n < len(span) and any(
            gazetteer.knowledge.names[i].type == "Country" for i, _ in readings
        ):
            return len(span) - n <= 2
    return False


def _recognized(doc: Doc, gazetteer: Gazetteer, words: Words) -> Iterator[Mention]:
    for span in doc.ents:
        type_ = _TYPES.get(span.label_)
        if type_ is None:
            continue
        whole = _fielded(_whole(_trimmed(span)), words)
        for part, as_ in _parted(whole, type_, gazetteer, words):
            if made := _made(part, as_, gazetteer, words):
                yield made


def _made(span: Span, type_: str, gazetteer: Gazetteer, words: Words) -> Mention | None:
    """Return what a recognized name is, if it is one."""
    if not any(t.pos_ == "PROPN" or t.is_title for t in span):
        return None
    if re.fullmatch(r"(FY|CY)\s?\d+|P\.L\.|U\.S\.C\.?", span.text):
        return None  # a fiscal year, a law
    if len(span) == 1 and plain(span.text) in gazetteer.readings:
        return None
    if len(span) == 1 and span[0].pos_ in ("ADJ", "ADV", "VERB") and type_ != "Person":
        return None  # "Humanitarian [aid]"
    if span[0].lower_ in words.regimes and _state(span[1:], gazetteer):
        return None
    last = span[-1].lemma_.lower()
    if (
        type_ == "Place"
        and span[0].text in gazetteer.readings
        and any(t.lower_ in words.posts for t in span[1:])
    ):
        return None  # "US President Trump" is no place
    if type_ == "Person" and any(c.isdigit() for c in span.text):
        return None
    if type_ == "Person" and all(t.lower_ in words.posts for t in span):
        return None  # "the Counselor"
    if type_ == "Person" and len(span) == 1 and _with_article(span[0]):
        return None  # "the Articles", "the Junta"
    if len(span) == 1 and (
        span[0].lower_ in words.common
        or type_ == "Person"
        and span[0].lower_ in words.titles
    ):
        return None  # "the Kingdom", "the Archbishop"
    if type_ == "Person" and any(
        t.lower_ in words.bodies or t.lower_ in words.wholes for t in span
    ):
        type_ = "Organization"
    if (
        type_ == "Organization"
        and len(span) == 2
        and _given(span[0], gazetteer)
        and _personal(span, words)
    ):
        type_ = "Person"  # "Natalia Solzhenitsyn"
    if type_ == "Organization" and (_entitled(span, words) or _initialled(span, words)):
        type_ = "Person"
    if type_ == "Organization":
        first = span[0].lower_
        if first in words.posts or any(t.pos_ == "PRON" for t in span):
            return None  # "Administrator of the Agency", "Protect Our Seas"
        if (
            last in words.acts
            or (last in words.bodies or first in words.bodies)
            and _national(span, gazetteer)
        ):
            return None
        if len(span) == 1 and (last in words.bodies or last in words.wholes):
            return (
                None  # "the Committee": of whom, the text around tells or nobody knows
            )
        ends = {first, last, span.root.lemma_.lower()}
        ends |= {w.removesuffix("s") for w in ends}
        joined = any(t.lower_ == "and" for t in span) and _follows_post(span, words)
        joined = joined and not _body(span[0], words)
        if joined and last not in words.bodies and last not in words.wholes:
            return None  # "Minister of [Trade and Cooperation Naledi Pandor]"
        if any(w in words.nobody for w in ends) or any(t.is_digit for t in span):
            return None
        if len(span) == 1 and any(c.isdigit() for c in span.text):
            return None
        if " " not in span.text and any(
            part in gazetteer.readings for part in span.text.split("-")[:-1]
        ):
            return None  # "the U.S.-Colombia [partnership]"
        if span.text.isupper() and len(span) == 1 and span[0].pos_ != "PROPN":
            return None
        if (
            span[-1].lower_ in gazetteer.readings
            and gazetteer.readings[span[-1].lower_][0][1] == CLASS
        ):
            type_ = "Weapon"
    return Mention(start=span.start, end=span.end, kind=RECOGNIZED, type=type_)


def _state(span: Span, gazetteer: Gazetteer) -> bool:
    """Tell whether words are a state's name."""
    names = gazetteer.knowledge.names
    readings = gazetteer.readings.get(plain(span.text), ())
    return any(names[i].type == "Country" and kind == NAME for i, kind in readings)


def _with_article(word: Token) -> bool:
    """Tell whether an article stands right before a word that is a phrase's head."""
    return (
        word.dep_ not in ("compound", "poss", "nmod", "amod")
        and word.i > 0
        and word.nbor(-1).lower_ == "the"
    )


def _initialled(span: Span, words: Words) -> bool:
    """Tell whether a name begins with initials, as a person's does: "J. K. Mensah"."""
    initials = [t for t in span[:2] if re.fullmatch(r"[A-Z]\.?", t.text)]
    return len(initials) == 2 < len(span) and _personal(span[2:], words)


def _entitled(span: Span, words: Words) -> bool:
    """Tell whether a title makes a name a person's: "Lord Ashburton", "Mr. [Wang]"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    inside = len(span) > 1 and span[0].lower_ in words.titles
    return (inside or before in words.titles) and _personal(span, words)


def _parted(
    span: Span, type_: str, gazetteer: Gazetteer, words: Words
) -> Iterator[tuple[Span, str]]:
    """Part a body or country from the person whose name follows it or a post in it.

    "Federation Council Speaker X Y", "[director of the] Security Service X Y", "France X Y".
    So is an owner parted from what is his: "the U.N.'s Development Fund".
    """
    doc = span.doc
    for i in range(span.end - 2, span.start - 1, -1):
        if (
            doc[i].lower_ in words.posts
            and (
                type_ == "Person"
                or (i > span.start and doc[i].lower_ in words.heralds)
                or _given(doc[i + 1], gazetteer)
            )
            and _personal(doc[i + 1 : span.end], words)
        ):
            start = min(
                j
                for j in range(max(span.start, i - 4), i + 1)
                if " ".join(t.lower_ for t in doc[j : i + 1]) in words.posts
            )
            if start > span.start:
                yield doc[span.start : start], "Organization"
            yield doc[i + 1 : span.end], "Person"
            return
    for i in range(span.start + 1, span.end - 1):
        if doc[i].tag_ == "POS" and type_ == "Person":
            yield doc[span.start : i], type_  # "Thomas Jefferson's Declaration"
            return
        if doc[i].tag_ == "POS" and _familiar(doc[span.start : i], gazetteer):
            yield doc[i + 1 : span.end], type_
            return
    held = _follows_post(span, words) and not _given(span[0], gazetteer)
    for i in range(span.start + 1, span.end - 1):
        before = doc[i - 1].lower_
        body = held and (before in words.bodies or before in words.wholes)
        country = any(
            gazetteer.knowledge.names[n].type == "Country" and kind == NAME
            for n, kind in gazetteer.readings.get(plain(doc[span.start : i].text), ())
        )
        named = _given(doc[i], gazetteer) and (held or country)
        if (body or named) and _personal(doc[i : span.end], words):
            yield doc[span.start : i], "Place" if country else "Organization"
            yield doc[i : span.end], "Person"
            return
    yield span, type_


def _familiar(span: Span, gazetteer: Gazetteer) -> bool:
    text = plain(span.text)
    return text in gazetteer.readings or text in gazetteer.singles


def _given(token: Token, gazetteer: Gazetteer) -> bool:
    folded = unicodedata.normalize("NFKD", token.text).encode("ascii", "ignore")
    return folded.decode() in gazetteer.given


def _personal(span: Span, words: Words) -> bool:
    """Tell whether words can be a person's name: "Alexander Bortnikov"."""
    return 0 < len(span) < 6 and all(
        (t.pos_ == "PROPN" and t.text[:1].isupper() or t.text == "-" or t.is_lower)
        and t.lower_ not in words.bodies
        and t.lower_ not in words.wholes
        and t.lower_ not in words.posts
        and t.lower_ not in ("of", "and", "for")
        for t in span
    )


def _follows_post(span: Span, words: Words) -> bool:
    """Tell whether a name tells what a post is of: "director of the …"."""
    doc, i = span.doc, span.start - 1
    while i > max(0, span.start - 8) and (
        doc[i].lower_ in ("of", "for", "the", "and", "to", ",")
        or doc[i].pos_ == "PROPN"
        and doc[i].lower_ not in words.posts
    ):
        i -= 1
    return i >= 0 and i < span.start - 1 and doc[i].lower_ in words.posts


def _whole(span: Span) -> Span:
    """Give a recognized name the last name that the recognizer left out."""
    doc, end = span.doc, span.end
    while (
        end < len(doc)
        and doc[end].pos_ == "PROPN"
        and doc[end - 1].dep_ == "compound"
        and doc[end - 1].head == doc[end]
    ):
        end += 1
    if end < len(doc) and doc[end - 1].text.isupper() and span.label_ == "PERSON":
        end += doc[end].text.isupper() and doc[end].is_alpha  # "NIKOLAI PATRUSHEV:"
    return doc[span.start : end]


def _fielded(span: Span, words: Words) -> Span:
    """Give a body's name all its fields: "[Bureau of European] and Eurasian Affairs"."""
    doc, start, end = span.doc, span.start, span.end
    if span.label_ not in ("ORG", ""):
        return span
    while not _body(doc[start], words) and span.end - start < 12 and start:
        if not _of_name(doc[start - 1], words):
            break
        start -= 1
    while end < len(doc) and end - span.start < 12 and _of_name(doc[end], words):
        end += 1
    first = start - 1 if start and _body(doc[start - 1], words) else span.start
    last = next((i for i in range(end - 1, 0, -1) if doc[i].lower_ in words.fields), -1)
    of = first + 1 < len(doc) and doc[first + 1].lower_ == "of"
    if not of or last < span.end - 1 or not _body(doc[first], words):
        return span
    return doc[first : last + 1]


def _body(token: Token, words: Words) -> bool:
    return token.is_title and token.lower_ in words.fielded


def _of_name(token: Token, words: Words) -> bool:
    """Tell whether a word can be inside the name of a body with several fields."""
    joins = token.lower_ in ("of", "and", ",", "the")
    return joins or (token.is_title and not _body(token, words))


def _trimmed(span: Span) -> Span:
    """Take articles, possessive marks and punctuation off the ends of a recognized name."""
    doc, start, end = span.doc, span.start, span.end
    while start < end - 1 and (
        doc[start].pos_ in ("DET", "PUNCT", "SPACE")
        or doc[start].is_lower
        or ("-" in doc[start].text and doc[start].text.endswith("ed"))
    ):
        start += 1
    while start < end - 1 and (
        doc[end - 1].tag_ == "POS"
        or doc[end - 1].is_lower
        and doc[end - 2].text != "-"
        or doc[end - 1].pos_ in ("PUNCT", "SPACE", "CCONJ", "ADP")
        or doc[end - 1].lower_ in ("’s", "'s")
    ):
        end -= 1
    for token in doc[start:end]:
        if token.is_space or token.text in (";", "•", "|", ":", "("):
            if token.text == "(" and doc[end - 1].text == ")":
                continue
            end = token.i if token.i > start else end
            break
    return doc[start:end]


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
