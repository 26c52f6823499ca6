"""Overlooked names: proper nouns in a party's place that the recognizer left out.

Only what shows by itself what it is is taken: a given name and a surname, the name of a body
that ends in its kind ("the Civil Liberties Union"), letters ("UNSCOM").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kgbuild.gazetteer import RECOGNIZED, Gazetteer, Mention, plain
from kgbuild.recognized import Words, given_name, personal

_PARTIES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "dative", "oprd"})
_LETTERS = re.compile(r"[A-Z]{4,7}")


def overlooked(doc: Doc, gazetteer: Gazetteer, words: Words) -> Iterator[Mention]:
    """Yield the names that stand where a party stands and are no recognized entity."""
    for token in doc:
        if token.pos_ != "PROPN" or token.dep_ not in _PARTIES or token.ent_type_:
            continue
        span = _run(token)
        if type_ := _type(span, gazetteer, words):
            yield Mention(start=span.start, end=span.end, kind=RECOGNIZED, type=type_)


def _run(token: Token) -> Span:
    """Return the proper nouns up to a head: "American Civil Liberties [Union]"."""
    doc, start = token.doc, token.i
    while start and (
        doc[start - 1].pos_ == "PROPN"
        and doc[start - 1].dep_ == "compound"
        and not doc[start - 1].ent_type_
        and doc[start - 1].head.i <= token.i
    ):
        start -= 1
    return doc[start : token.i + 1]


def _type(span: Span, gazetteer: Gazetteer, words: Words) -> str | None:
    if span.end < len(span.doc) and span.doc[span.end].pos_ == "PROPN":
        return None
    if not all(t.text[:1].isupper() for t in span) or _headed(span):
        return None
    if len(span) > 1 and given_name(span[0], gazetteer) and personal(span, words):
        return "Person"
    last = span[-1].lower_
    if len(span) > 2 and (last in words.fielded or last in words.wholes):
        return "Organization"
    alone = len(span) == 1 and _LETTERS.fullmatch(span.text)
    if alone and plain(span.text) not in gazetteer.readings and not _shouted(span):
        return "Organization"
    if len(span) == 1 and _surname(span[0], gazetteer, words):
        return "Person"
    return None


def _surname(word: Token, gazetteer: Gazetteer, words: Words) -> bool:
    """Tell whether a word alone is somebody's name: "accused Gulen of"."""
    bare = not any(c.i < word.i or c.dep_ == "conj" for c in word.children)
    return (
        bare
        and word.tag_ == "NNP"
        and not (word.is_sent_start and word.text.endswith("s"))  # "Gangs", a plural
        and word.is_title
        and word.is_alpha
        and len(word) > 3
        and word.dep_ in ("nsubj", "nsubjpass", "dobj")
        and word.lower_ not in words.posts
        and word.lower_ not in words.titles
        and word.lower_ not in words.bodies
        and word.lower_ not in words.wholes
        and word.lower_ not in words.common
        and plain(word.text) not in gazetteer.readings
    )


def _headed(span: Span) -> bool:
    """Tell whether a whole line is in capitals or titles, as headings are."""
    words = [t for t in span.sent if t.is_alpha and len(t) > 3]
    return sum(t.text[:1].isupper() for t in words) > 0.8 * len(words)


def _shouted(span: Span) -> bool:
    """Tell whether the words around are in capitals too."""
    near = span.doc[max(0, span.start - 2) : span.end + 2]
    return sum(t.is_upper and len(t) > 1 for t in near) > 1
