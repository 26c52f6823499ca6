"""Recognized names: what the pipeline's entity recognizer found, cut and typed as it should be.

The recognizer cuts names short, runs two together and mistakes acts for bodies; what it says
is held here against the words of the lexicon and the names of the knowledge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kgbuild.gazetteer import (
    ADJECTIVE,
    CLASS,
    NAME,
    RECOGNIZED,
    Gazetteer,
    Mention,
    plain,
)

_TYPES = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
}


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
    What has one of ``displays`` right behind it is the name of a show.
    A name right before one of ``followings`` is no person's: "the Khalq faction".
    No place's name ends with one of ``things``: "Grant Program"; a body's may end with one of
    ``markets`` although it ends with an act. ``forms`` are forms of a state: "Republic of X".
    What ends with one of ``edifices`` is a place. One of ``stand_ins`` before a state's name
    is no part of it: "NATO Allies Turkey"; nor is one of ``chosen`` before a person's.
    A town's name before one of ``divisions`` is not the town: "the Kazan Region"; a body's
    word behind one of ``decorations`` is not the body: "the Hero of Labour".
    What ends with one of ``establishments`` is no person's name; one of ``joined`` may have
    fields as a body of a state has. Behind the field of one of ``heralds`` is a person. What ends with one of ``events`` is
    held, and is none.
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
    followings: Container[str] = ()
    displays: Container[str] = ()
    things: Container[str] = ()
    markets: Container[str] = ()
    forms: Container[str] = ()
    edifices: Container[str] = ()
    stand_ins: Container[str] = ()
    chosen: Container[str] = ()
    divisions: Container[str] = ()
    decorations: Container[str] = ()
    establishments: Container[str] = ()
    joined: Container[str] = ()
    events: Container[str] = ()


def recognized(doc: Doc, gazetteer: Gazetteer, words: Words) -> Iterator[Mention]:
    for span in doc.ents:
        type_ = _TYPES.get(span.label_)
        if type_ is None:
            continue
        whole = _founded(_whole(_trimmed(span)), words)
        whole = _membered(_fielded(_numbered(whole), words), words)
        if type_ == "Person":
            chosen = len(whole) > 1 and whole[0].lower_ in words.chosen
            whole = _forenamed(whole[chosen:], gazetteer, words)
        for part, as_ in _parted(whole, type_, gazetteer, words):
            if made := _made(part, as_, gazetteer, words):
                yield made


# "non-NATO", "anti-Russian": the name does not act
_PREFIXES = frozenset(
    {"non", "anti", "pro", "ex", "post", "pre", "inter", "intra", "trans", "pan"}
)


_LOOSE = frozenset({"of", "for", "on", "and", "the", "to"})


def prefixed(doc: Doc, start: int) -> bool:
    """Tell whether a prefix makes a name another's: "anti-Bolshevik forces"."""
    return (
        start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in _PREFIXES
    )


def _made(span: Span, type_: str, gazetteer: Gazetteer, words: Words) -> Mention | None:
    """Return what a recognized name is, if it is one."""
    while len(span) > 1 and span[-1].lower_ in _LOOSE:
        span = span[:-1]  # "the Veterans' Council [of]"
    if prefixed(span.doc, span.start):
        return None
    personal_ = type_ == "Person" and (len(span) == 1 or given_name(span[0], gazetteer))
    if _event(span, words) and not personal_:
        # of no type: what is named in it is not named by itself either
        return Mention(start=span.start, end=span.end, kind=RECOGNIZED, type="")
    if _nothing(span, type_, gazetteer, words):
        return None
    type_ = _retyped(span, type_, gazetteer, words)
    if type_ == "Organization":
        if _no_body(span, gazetteer, words):
            return None
        readings = gazetteer.readings.get(span[-1].lower_)
        if readings and readings[0][1] == CLASS:
            type_ = "Weapon"
    return Mention(start=span.start, end=span.end, kind=RECOGNIZED, type=type_)


def _nothing(span: Span, type_: str, gazetteer: Gazetteer, words: Words) -> bool:
    """Tell whether a recognized name is none: a post, a year, an adjective."""
    first, alone = span[0], len(span) == 1
    if not any(t.pos_ == "PROPN" or t.is_title for t in span):
        return True
    if re.fullmatch(r"(FY|CY|COP)[\s-]?\d+|P\.L\.|U\.S\.C\.?", span.text):
        return True  # a fiscal year, a conference, a law
    if alone and plain(span.text) in gazetteer.readings:
        return True
    if alone and first.lower_ in words.common:
        return True  # "the Kingdom"
    if first.tag_ == "PRP$" and len(span) == 2:
        return True  # "His Holiness"
    if first.lower_ in words.regimes and _state(span[1:], gazetteer):
        return True
    if alone and first.lower_ in words.titles:
        return True  # "the Archbishop"
    if type_ != "Person":
        kind = span[-1].lower_.removesuffix("s")
        if type_ == "Place" and (kind in words.acts or kind in words.things):
            return not alone  # "Partnership Dialogues", "Grant Program"
        placed = type_ == "Place" and first.text in gazetteer.readings
        if placed and any(t.lower_ in words.posts for t in span[1:]):
            return True  # "US President Trump" is no place
        return alone and first.pos_ in ("ADJ", "ADV", "VERB")  # "Humanitarian [aid]"
    if alone and (_with_article(first) or first.lower_ in words.establishments):
        return True  # "the Articles"
    readings = gazetteer.readings.get(first.text, ())
    if any(kind == ADJECTIVE for _, kind in readings) and not given_name(
        first, gazetteer
    ):
        return True  # "Saudi Arabi", "German Chancellery"
    posts = all(t.lower_ in words.posts for t in span)  # "the Counselor"
    return posts or any(c.isdigit() for c in span.text)


def _retyped(span: Span, type_: str, gazetteer: Gazetteer, words: Words) -> str:
    """Return the type of a recognized name by the words in it and before it."""
    if len(span) > 1 and span[-1].lower_ in words.edifices:
        return "Place"
    if type_ == "Place" and len(span) > 2 and span[-1].lower_ in ("bank", "group"):
        return "Organization"  # "East West Bank"
    letters = type_ == "Person" and len(span) == 1 and span.text.isupper()
    if letters and f"({span.text})" in span.doc.text:
        return "Organization"  # "the Gear Initiative (GGGI)"
    if type_ == "Person":
        bodily = any(
            t.lower_ in words.bodies or t.lower_ in words.wholes for t in span
        ) or (len(span) > 1 and _ends_body(span, words))  # "Theatre Centre"
        head = span.root.head
        led = head.i == span.end and head.lemma_.lower() in words.followings
        type_ = "Organization" if bodily or led else type_  # "the Khalq faction"
    if type_ != "Organization":
        return type_
    # "Staffan de Mistura", "Rodrigo Chaves Robles"
    two = len(span) in (2, 3) or any(t.is_lower for t in span)
    named = two and given_name(span[0], gazetteer) and personal(span, words)
    if len(span) == 2 and _appointed(span, words):
        return "Person"
    if named or _entitled(span, words) or _initialled(span, words):
        return "Person"  # "Natalia Solzhenitsyn"
    return type_


def _ends_body(span: Span, words: Words) -> bool:
    last = span[-1].lower_
    return last in words.fielded or last in words.establishments


def _no_body(span: Span, gazetteer: Gazetteer, words: Words) -> bool:
    """Tell whether a recognized organization is none: an act, a post, "the Committee"."""
    first, last = span[0].lower_, span[-1].lemma_.lower()
    alone, whole = len(span) == 1, last in words.bodies or last in words.wholes
    national = last in words.bodies or first in words.bodies
    if first in words.posts or any(t.pos_ == "PRON" for t in span):
        return True  # "Administrator of the Agency", "Protect Our Seas"
    if not alone and span.text.lower() in words.bodies:
        return True  # "the Foreign Ministry": whose, the text around tells
    of = len(span) > 2 and span[1].lower_ == "of"
    if of and first in words.acts and first not in words.common and not national:
        return True  # "Sale of Children, Child Prostitution"
    if _several_of(span, words):
        return True  # "the Departments of State [and Justice]"
    root = span.root
    # "Department for Development"
    led = root.i < span.end - 1 and (
        root.lower_ in words.fielded or root.lower_ in words.joined
    )
    market = span[-2:].text.lower() in words.markets
    if (last in words.acts and not led and not market) or (
        (national or last.removesuffix("s") in words.posts)
        and _national(span, gazetteer)
    ):
        return True
    if alone and whole:
        return True  # of whom, the text around tells or nobody knows
    ends = {first, last, span.root.lemma_.lower()}
    kind = first in words.joined or first in words.establishments
    if kind and len(span) > 2 and _fielding(span[1]):
        ends = {first}  # "the Union of Scientists"
    ends |= {w.removesuffix("s") for w in ends}
    ruled = any(t.lower_ in words.bodies or t.lower_ in words.fielded for t in span)
    if span[-1].lower_ == "affairs" and not ruled:
        return True  # "[the assistant for] National Security Affairs"
    generic = (words.bodies, words.wholes, words.posts)
    if any(t.lower_ == "and" for t in span) and all(
        t.lower_ in ("and", "foreign", "prime", "of", "state")
        or any(w in k for w in (t.lower_, t.lemma_.lower()) for k in generic)
        for t in span
    ):
        return True  # "my Parliament and Government", "the Secretary and Foreign Ministers"
    shown = span.root.head
    if shown.i == span.end and shown.lemma_.lower() in words.displays:
        return True  # "the Development of Capital exhibition"
    joined = any(t.lower_ == "and" for t in span) and _follows_post(span, words)
    if joined and not whole and not led and not _body(span[0], words):
        return True  # "Minister of [Trade and Cooperation Naledi Pandor]"
    if any(w in words.nobody for w in ends) or any(t.is_digit for t in span):
        return True
    if alone and any(c.isdigit() for c in span.text):
        return True
    parts = span.text.split("-")[:-1] if " " not in span.text else []
    if any(part in gazetteer.readings for part in parts):
        return True  # "the U.S.-Colombia [partnership]"
    return alone and span.text.isupper() and span[0].pos_ != "PROPN"


def _event(span: Span, words: Words) -> bool:
    """Tell whether a name is of what is held: "the World Junior Championships"."""
    kinds = {span[-1].lower_, span.root.lower_}
    return any(k in words.events or k.removesuffix("s") in words.events for k in kinds)


def _several_of(span: Span, words: Words) -> bool:
    """Tell whether a name is of several bodies at once: "the Ministries of Trade"."""
    kind = span[0].lower_.removesuffix("s").removesuffix("ie")
    several = span[0].lower_.endswith("s") and (
        kind in words.fielded or f"{kind}y" in words.fielded
    )
    return several and len(span) > 1 and span[1].lower_ in ("of", "for")


def _state(span: Span, gazetteer: Gazetteer) -> bool:
    """Tell whether words are a state's name."""
    names = gazetteer.knowledge.names
    readings = gazetteer.readings.get(plain(span.text), ())
    return any(names[i].type == "Country" and kind == NAME for i, kind in readings)


def _unformed(span: Span, words: Words) -> Span:
    """Leave out the form of a state: "Republic of [Chad]"."""
    for i in range(2, len(span)):
        if span[i - 1].lower_ == "of" and span[i - 2].lower_ in words.forms:
            return span[i:]
    return span


def _with_article(word: Token) -> bool:
    """Tell whether an article stands right before a word that is a phrase's head."""
    return (
        word.dep_ not in ("compound", "poss", "nmod", "amod")
        and word.i > 0
        and word.nbor(-1).lower_ == "the"
    )


def _appointed(span: Span, words: Words) -> bool:
    """Tell whether a title and what it is of are set off behind a name: "X Y, Chief Mufti of"."""
    doc, i = span.doc, span.end
    if i + 3 >= len(doc) or doc[i].text != "," or not personal(span, words):
        return False
    if any(
        c.dep_ == "appos" and c.i > i and c.tag_ == "NN" and c.lower_ in words.posts
        for c in span.root.children
    ):
        return True  # "X Y, the government's spokesman"
    of = next((t.i for t in doc[i + 1 : i + 5] if t.lower_ == "of"), i)
    return any(
        t.lower_ in words.posts or t.lower_ in words.titles for t in doc[i + 1 : of]
    )


def _initialled(span: Span, words: Words) -> bool:
    """Tell whether a name begins with initials, as a person's does: "J. K. Mensah"."""
    initials = [t for t in span[:2] if re.fullmatch(r"[A-Z]\.?", t.text)]
    return len(initials) == 2 < len(span) and personal(span[2:], words)


def _entitled(span: Span, words: Words) -> bool:
    """Tell whether a title makes a name a person's: "Lord Ashburton", "Mr. [Wang]"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    inside = len(span) > 1 and span[0].lower_ in words.titles
    posted = (
        len(span) > 1 and before in words.posts and span.root.head.i > span.start - 1
    )
    sent = posted and before in words.heralds  # "UN envoy Terje Roed-Larsen"
    return (inside or sent or before in words.titles) and personal(span, words)


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
                or given_name(doc[i + 1], gazetteer)
            )
            and personal(doc[i + 1 : span.end], words)
        ):
            start = min(
                j
                for j in range(max(span.start, i - 4), i + 1)
                if " ".join(t.lower_ for t in doc[j : i + 1]) in words.posts
            )
            while start > span.start and (
                doc[start - 1].text == "-" or doc[start - 1].lower_ in words.titles
            ):
                start -= 1  # "[the Air Army] Lieutenant-General X"
            if start > span.start:
                yield doc[span.start : start], "Organization"
            yield doc[i + 1 : span.end], "Person"
            return
    for i in range(span.start + 1, span.end - 1):
        if doc[i].tag_ == "POS" and type_ == "Person" and not _ends_body(span, words):
            yield doc[span.start : i], type_  # "Thomas Jefferson's Declaration"
            return
        quoted = doc[i].tag_ == "POS" and doc[i + 1].is_quote
        if quoted:
            yield (
                doc[span.start : i],
                type_,
            )  # "the Organization's “Better Work” program"
            return
        if doc[i].tag_ == "POS" and _familiar(doc[span.start : i], gazetteer):
            yield doc[i + 1 : span.end], type_
            return
    if type_ == "Organization" and (name := _named_behind(span, gazetteer, words)):
        if doc[name.start - 1].lower_ not in words.fields:
            yield doc[span.start : name.start], type_
        yield name, "Person"  # "[Secretary of] State for Trade Ann Lee"
        return
    comma = next((t.i for t in span if t.text == ","), 0)
    if comma and _state(doc[comma + 1 : span.end], gazetteer):
        yield doc[span.start : comma], "Place"  # "Maputo, Mozambique"
        return
    for i in range(span.start + 1, span.end):
        beside = doc[i - 1].lower_.removesuffix("s")
        if (beside in words.stand_ins or beside == "allie") and _state(
            doc[i : span.end], gazetteer
        ):
            yield doc[i : span.end], type_  # "NATO Allies [Turkey]"
            return
    for i in range(span.start + 2, span.end - 1):
        if doc[i].lower_ == "on" and _state(doc[i - 1 : i], gazetteer):
            yield (
                doc[span.start : i],
                type_,
            )  # "Government of Chad [on Protection of …]"
            return
    for i in range(span.start + 1, span.end - 2):
        if type_ == "Organization" and _foreign(doc[i], gazetteer):
            yield doc[span.start : i], type_  # "Gazprom [and Thai company] PTT"
            first = next((t.i for t in doc[i + 2 : span.end] if not t.is_lower), i + 2)
            yield doc[first : span.end], type_
            return
    if type_ == "Person" and len(span) > 2 and _led_by(span, gazetteer, words):
        yield doc[span.start + 1 : span.end], type_  # "Prime Minister of X Ann Lee"
        return
    ended = span.start > 0 and _familiar(
        doc[span.start - 1 : span.start + 1], gazetteer
    )
    if type_ == "Person" and ended and len(span) > 2:
        yield doc[span.start + 1 : span.end], type_  # "in the State [Duma Ann Lee]"
        return
    held = _follows_post(span, words) and not given_name(span[0], gazetteer)
    for i in range(span.start + 1, span.end - 1):
        before = doc[i - 1].lower_
        body = held and (before in words.bodies or before in words.wholes)
        owner = _unformed(doc[span.start : i], words)
        country = _state(owner, gazetteer)
        named = given_name(doc[i], gazetteer) and (held or country)
        placed = held and country and type_ != "Person" and span.end - i > 1
        charge = before in words.fields and _ministers(span, words)
        if charge and i < span.end - 1 and personal(doc[i : span.end], words):
            yield doc[i : span.end], "Person"  # "Minister for Trade and Energy [X Y]"
            return
        if (body or named or placed) and personal(doc[i : span.end], words):
            yield owner, "Place" if country else "Organization"
            yield doc[i : span.end], "Person"
            return
    yield span, type_


def _named_behind(span: Span, gazetteer: Gazetteer, words: Words) -> Span | None:
    """Return the person whom a post's field was run together with."""
    doc, last = span.doc, span[-1]
    for i in range(max(span.start + 1, span.end - 3), span.end - 1):
        before, name = doc[i - 1], doc[i : span.end]
        parted = before.head.i < i and before.head != last
        field = before.lower_ in words.fields
        body = before.lower_ in words.fielded or before.lower_ in words.wholes
        sure = field or body and given_name(doc[i], gazetteer)
        if parted and sure and personal(name, words):
            return name
    return None


def _foreign(joint: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether "and" begins another's nationality and kind: "[and] Thai company"."""
    after = joint.doc[joint.i + 1 : joint.i + 3]
    if joint.lower_ != "and" or len(after) < 2 or not after[1].is_lower:
        return False
    readings = gazetteer.readings.get(after[0].text, ())
    return any(kind == ADJECTIVE for _, kind in readings)


def _led_by(span: Span, gazetteer: Gazetteer, words: Words) -> bool:
    """Tell whether a name begins with what its bearer is the head of: "Bavaria Ann Lee"."""
    if given_name(span[0], gazetteer) or not given_name(span[1], gazetteer):
        return False
    doc, i = span.doc, span.start - 1
    while i > 0 and (doc[i].lower_ in ("of", "the") or doc[i].pos_ == "PROPN"):
        if doc[i].lower_ == "of" and doc[i - 1].lower_ in words.posts:
            return True
        i -= 1
    return False


def _familiar(span: Span, gazetteer: Gazetteer) -> bool:
    text = plain(span.text)
    return text in gazetteer.readings or text in gazetteer.singles


def given_name(token: Token, gazetteer: Gazetteer) -> bool:
    word = token.text
    return is_given(word.capitalize() if word.isupper() else word, gazetteer)


def is_given(word: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a word is a given name, written with its accents or without."""
    folded = unicodedata.normalize("NFKD", word).encode("ascii", "ignore")
    return folded.decode() in gazetteer.given


def personal(span: Span, words: Words) -> bool:
    """Tell whether words can be a person's name: "Alexander Bortnikov"."""
    return (
        0 < len(span) < 6
        and all(
            (
                (t.pos_ == "PROPN" or t.tag_ == "NNS")  # "Chaves": read as a plural
                and t.text[:1].isupper()
                or t.text == "-"
                or t.is_lower
            )
            and t.lower_ not in words.bodies
            and t.lower_ not in words.wholes
            and t.lower_ not in words.posts
            and t.lower_ not in words.fielded
            and t.lower_ not in words.establishments
            and t.lower_ not in _LINKS
            for t in span
        )
    )


# "the Committee [on International Affairs]": what no person's name has in it
_LINKS = frozenset(
    {"of", "and", "for", "on", "in", "to", "at", "with", "by", "against"}
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


def _ministers(span: Span, words: Words) -> bool:
    """Tell whether a name is the field of a minister: "Commissioner for …"."""
    before = span.doc[max(0, span.start - 8) : span.start]
    near = [t.lower_ for t in before if t.lower_ in words.posts]
    return bool(near) and near[-1] in words.heralds


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
    last = doc[end - 1].head
    if span.label_ == "PERSON" and doc[end - 1].dep_ == "compound" and last.i >= end:
        rest = doc[end : last.i + 1]
        if len(rest) < 4 and all(
            t.pos_ == "PROPN" and t.ent_type_ == "PERSON" for t in rest
        ):
            end = last.i + 1  # "[Abd Rabbuh] [Mansour Hadi]": one name, found as two
    if end < len(doc) and doc[end - 1].text.isupper() and span.label_ == "PERSON":
        end += doc[end].text.isupper() and doc[end].is_alpha  # "NIKOLAI PATRUSHEV:"
    return Span(doc, span.start, end, label=span.label)


def _founded(span: Span, words: Words) -> Span:
    """Give a body's name all that stands before its kind: "[Moscow Soloists] Chamber Orchestra"."""
    doc, start = span.doc, span.start
    if not (len(span) > 1 and span[-1].lower_ in words.establishments):
        return span
    while (
        start > 0
        and doc[start - 1].dep_ == "compound"
        and doc[start - 1].pos_ == "PROPN"
        and doc[start - 1].is_title
        and span.start - start < 4
        and start <= doc[start - 1].head.i < span.end
        and doc[start - 1].lower_ not in words.posts
        and doc[start - 1].lower_ not in words.titles
    ):
        start -= 1
    return Span(doc, start, span.end, label=span.label)


def _numbered(span: Span) -> Span:
    """Give a unit its number: "the 76th [Guards Air Assault Division]"."""
    doc, start = span.doc, span.start
    if span.label_ == "ORG" and start and len(span) > 1:
        start -= bool(re.fullmatch(r"\d+(?:st|nd|rd|th)", doc[start - 1].text))
    return Span(doc, start, span.end, label=span.label)


def _fielded(span: Span, words: Words) -> Span:
    """Give a body's name all its fields: "[Bureau of European] and Eurasian Affairs"."""
    doc, start, end = span.doc, span.start, span.end
    if span.label_ != "ORG":
        return span
    while not _body(doc[start], words) and span.end - start < 12 and start:
        if not _of_name(doc[start - 1], words):
            break
        start -= 1
    if end < len(doc) and _fielding(doc[end]) and _body(doc[end - 1], words):
        end += 1  # "the [Council Committee] on International Affairs"
    while end < len(doc) and end - span.start < 12 and _of_name(doc[end], words):
        end += 1
    first = start - 1 if start and _body(doc[start - 1], words) else span.start
    near = [i for i in range(first, min(first + 6, end)) if _body(doc[i], words)]
    body = next((i for i in near if i + 1 < len(doc) and _fielding(doc[i + 1])), -1)
    if body < 0:
        return span
    fields = range(end - 1, span.end - 2, -1)
    last = next((i for i in fields if doc[i].lower_ in words.fields), -1)
    if last < span.end - 1:
        return span
    return Span(doc, first, last + 1, label=span.label)


def _fielding(token: Token) -> bool:
    """Tell whether a word brings in what a body is for: "Committee on Trade"."""
    return token.lower_ in ("of", "for", "on")


def _membered(span: Span, words: Words) -> Span:
    """Give a body's name all whose body it is: "[Union of Atheists] and Agnostics"."""
    doc, end = span.doc, span.end
    if span.label_ != "ORG" or end >= len(doc) or doc[end].lower_ != "and":
        return span
    of = any(t.lower_ == "of" for t in span)
    last = next((i for i in range(end, len(doc)) if not doc[i].is_title and i > end), 0)
    if not of or last < end + 2:
        return span
    other, body = doc[last - 1], any(t.lower_ in words.fielded for t in span[:-2])
    several = body or span[-1].text.endswith("s") and last == end + 2
    joined = other.head == span[-1] and other.text.endswith("s") and last - end < 5
    also = several and joined and not any(t.ent_type_ for t in doc[end + 1 : last])
    return doc[span.start : last] if also else span


def _body(token: Token, words: Words) -> bool:
    return token.is_title and (
        token.lower_ in words.fielded or token.lower_ in words.joined
    )


def _of_name(token: Token, words: Words) -> bool:
    """Tell whether a word can be inside the name of a body with several fields."""
    joins = token.lower_ in ("of", "and", ",", "the")
    return joins or (token.is_title and not _body(token, words))


# what runs on behind a name: "the Bank [of at least $1 billion]", "the Court [against X]"
_BREAKS = frozenset(
    {"least", "most", "more", "about", "around", "nearly", "almost", "over", "against"}
    | {"from", "by", "during", "after", "before", "between", "since", "until", "per"}
)


def _trimmed(span: Span) -> Span:
    """Take articles, possessive marks and punctuation off the ends of a recognized name."""
    doc, start, end = span.doc, span.start, span.end
    loose = ("DET", "PUNCT", "SPACE", "ADP", "SCONJ")  # "[Beyond Ukraine], we see …"
    kept = loose if span.label_ != "ORG" else loose[:3]
    while start < end - 1 and (
        doc[start].pos_ in kept
        or doc[start].is_lower
        or doc[start].text == "-"
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
    for token in doc[start + 1 : end]:
        if token.is_currency or token.lower_ in _BREAKS:
            end = token.i  # "the World Bank [of at least $1 billion]"
            while end - 1 > start and not any(c.isupper() for c in doc[end - 1].text):
                end -= 1
            break
    for token in doc[start:end]:
        if token.i > start and token.is_lower and token.tag_ in ("VBD", "VBZ"):
            end = token.i  # "[Mensah] hired Lee"
            break
        if token.is_space or token.text in (";", "•", "|", ":", "(", "–", "—"):
            if token.text == "(" and doc[end - 1].text == ")":
                continue
            end = token.i if token.i > start else end
            break
    return Span(doc, start, end, label=span.label)


def _forenamed(span: Span, gazetteer: Gazetteer, words: Words) -> Span:
    """Give a person's name the given names that the recognizer left out before it."""
    doc, start = span.doc, span.start
    while (
        start > 0
        and doc[start - 1].dep_ == "compound"
        and doc[start - 1].pos_ == "PROPN"
        and span.start <= doc[start - 1].head.i < span.end
        and doc[start - 1].ent_type_ in ("", "GPE")
        and doc[start - 1].lower_ not in words.titles
        and given_name(doc[start - 1], gazetteer)
    ):
        start -= 1
    return Span(doc, start, span.end, label=span.label)


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
