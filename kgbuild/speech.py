"""Speech: which stretches of a text are quoted, and who speaks them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kgbuild.segments import SPEAKER, segments

_OPEN = "“«"
_CLOSE = "”»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Tokens ``start:end`` between quotation marks, and the verb that gives them a speaker."""

    start: int
    end: int
    verb: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Tokens ``start:end`` that one speaker of a transcript says; ``label`` begins his name."""

    label: int
    start: int
    end: int
    speaker: str | None


def labels(doc: Doc) -> list[tuple[int, int]]:
    """Return the tokens of the labels that open the turns of a transcript, colons aside."""
    found = []
    for segment in segments(doc.text):
        if segment.kind == SPEAKER:
            span = doc.char_span(
                segment.start, segment.end - 1, alignment_mode="contract"
            )
            if span is not None:
                end = next((t.i for t in span if t.text == "("), span.end)
                found.append((span.start, end))
    return found


def quotes(
    doc: Doc, sentences: list[Span], number: list[int], reporting: Collection[str]
) -> list[Quote]:
    """Return the quotations of a text with the verb of saying that goes with each.

    A quotation with no verb of its own that opens a sentence goes on from the one before it,
    if that one stood in the sentence before. ``number`` holds the number of each token's
    sentence.
    """
    found: list[Quote] = []
    for start, end in _spans(doc):
        verb = _verb(doc, start, end, lambda i: sentences[number[i]], reporting)
        if verb is None and found and (last := found[-1]).verb is not None:
            opens = all(
                t.is_punct or t.is_space
                for t in doc[sentences[number[start]].start : start]
            )
            before = max(number[last.end - 1], number[last.verb])
            if opens and number[start] - before <= 1:
                verb = last.verb
        found.append(Quote(start=start, end=end, verb=verb))
    return found


def quote_at(found: list[Quote], index: int) -> Quote | None:
    """Return the quotation that holds a token, if one does."""
    return next((q for q in found if q.start <= index < q.end), None)


def _spans(doc: Doc) -> list[tuple[int, int]]:
    spans, start = [], None
    for token in doc:
        mark = token.text
        if mark == '"' or mark == "''" or mark == "``":
            mark = "“" if start is None else "”"
        if mark in _OPEN and mark:
            start = token.i  # a paragraph of a long quotation opens anew
        elif mark in _CLOSE and start is not None:
            spans.append((start, token.i + 1))
            start = None
        elif token.is_space and "\n\n" in token.text and start is not None:
            spans.append((start, token.i))
            start = None
    return spans


def _verb(
    doc: Doc,
    start: int,
    end: int,
    sentence: Callable[[int], Span],
    reporting: Collection[str],
) -> int | None:
    """Return the nearest verb of saying outside the quotation, in its sentences."""
    inside = range(start, end)
    last = min(end, len(doc) - 1)
    candidates: list[tuple[int, int]] = []
    first, final = sentence(start), sentence(max(start, end - 1))
    reach = (
        sentence(last) if not doc[last].is_space and _continues(doc[last]) else final
    )
    for token in doc[first.start : max(final.end, reach.end)]:
        if token.i not in inside and _says(token, reporting):
            distance = start - token.i if token.i < start else token.i - end
            candidates.append((distance, token.i))
    return min(candidates)[1] if candidates else None


def _continues(token: Token) -> bool:
    """Tell whether what follows a quotation still belongs to it: "… ," he said."""
    return (
        token.text[:1].islower()
        or token.pos_ in ("PROPN", "PRON")
        and any(t.pos_ == "VERB" for t in token.doc[token.i : token.i + 4])
    )


def _says(token: Token, reporting: Collection[str]) -> bool:
    return (
        token.pos_ == "VERB"
        and token.lemma_.lower() in reporting
        and (
            token.dep_ in ("advcl", "conj")
            or any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
        )
    )
