"""Segments: a text as it comes, cut where a sentence must begin anew.

Headlines, datelines, list items, captions and footers stand in articles without full
stops; a hard-wrapped paragraph is one. No character is moved or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.model import Span
from kgbuild.tables import read_toml

BODY, HEADLINE, DATELINE, CAPTION = "body", "headline", "dateline", "caption"
FOOTER, ITEM, BYLINE, BOILERPLATE = "footer", "list item", "byline", "boilerplate"
SPEAKER = "speaker"

# lines longer than this are paragraphs, not lines of a wrapped one
_WIDEST = 130
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARK = re.compile(
    r"(?:[-–—•‣◦▪●*·»→□■]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)])(?:[ \t\u00a0]+|$)"
)
_PARTS = re.compile(r"(?:\(?[ivx]{1,5}\)\s+)?\((?:U|C|S|TS|FOUO)\)\s+")
_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]*]*$")
_RULE = re.compile(
    r"[\W_]{1,80}|\(?(?:page )?\d{1,3}(?: of \d{1,3})?\)?|[-–] ?\d{1,3} ?[-–]"
    r"|\S+@[\w.-]+\.\w+|(?:https?://|www\.)\S+|.{0,60}©.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text that begins a sentence; offsets are half-open characters."""

    start: int
    end: int
    kind: str


def segments(text: str) -> list[Segment]:
    """Return the segments that ``text`` falls into, in order, covering all but blanks.

    >>> text = "Oslo buys jets\\n\\nOSLO, April 5 (Reuters) - Norway said\\nit buys jets.\\n- One"
    >>> [(s.kind, text[s.start:s.end]) for s in segments(text)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('headline', 'Oslo buys jets'), ('dateline', 'OSLO, April 5 (Reuters) -'),
     ('body', 'Norway said\\nit buys jets.'), ('boilerplate', '-'), ('list item', 'One')]
    """
    found: list[Segment] = []
    at = 0
    for comment in _COMMENT.finditer(text):
        found += _plain(text, at, comment.start())
        end = comment.start() + len(comment[0].rstrip())
        found.append(Segment(start=comment.start(), end=end, kind=BOILERPLATE))
        at = comment.end()
    return found + _plain(text, at, len(text))


def _plain(text: str, start: int, end: int) -> list[Segment]:
    return [
        segment
        for span in _paragraphs(text, start, end)
        for segment in _cut(text, *span)
    ]


# -- paragraphs ------------------------------------------------------------------------


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the paragraphs: lines, those joined that only a margin parts."""
    lines = [
        s for m in _LINE.finditer(text, start, end) if (s := _strip(text, *m.span()))
    ]
    width = max((b - a for a, b in lines), default=0)
    first = 0
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        if following and width <= _WIDEST and _runs_on(text, line, following, width):
            continue
        yield lines[first][0], line[1]
        first = n + 1


def _strip(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _runs_on(text: str, line: Span, after: Span, width: int) -> bool:
    """Tell whether ``after`` continues ``line``: its first word had no room there."""
    if text.count("\n", line[1], after[0]) > 1:
        return False
    head, first = text[line[0] : line[1]], text[after[0]]
    word = text[after[0] : after[1]].split(None, 1)[0]
    room = width * (0.95 if head[-1] in '.!?:"”' else 0.85)
    full = width >= 50 and len(head) + 1 + len(word) > room
    amid = full and head[-1] not in ".!?:;"
    if _MARK.match(text, *after) and not (amid and (first in "-–—" or first.isdigit())):
        return False
    if _RULE.fullmatch(head) or _RULE.fullmatch(text, *after) and not amid:
        return False
    return full or first.islower() and not _told(head)


# -- kinds -----------------------------------------------------------------------------


def _cut(text: str, start: int, end: int) -> Iterator[Segment]:
    """Give the segments of a paragraph: what stands before its sentences, and these."""
    kind = BODY
    mark = _PARTS.match(text, start, end) or _MARK.match(text, start, end)
    if mark and not _RULE.fullmatch(text, start, end):
        marked = start + len(mark[0].rstrip())
        yield Segment(start=start, end=marked, kind=BOILERPLATE)
        kind = ITEM if mark.re is _MARK else BODY
        start = mark.end()
    elif line := _dateline(text, start, end):
        yield line
        start = line.end
    elif _told(text[start:end]) is None and (
        label := _speakers().match(text, start, end)
    ):
        yield Segment(start=start, end=label.end("label"), kind=SPEAKER)
        start = label.end()
    rest = _strip(text, start, end)
    if rest is None:
        return
    paragraph = text[rest[0] : rest[1]]
    if kind == BODY:
        kind = _told(paragraph) or (BODY if _sentences(paragraph) else HEADLINE)
    yield Segment(start=rest[0], end=rest[1], kind=kind)


def _told(paragraph: str) -> str | None:
    """Return the kind that the words of a paragraph tell, None for its own sentences."""
    if _RULE.fullmatch(paragraph):
        return FOOTER if any(map(str.isalnum, paragraph)) else BOILERPLATE
    for kind, pattern in _layout():
        if pattern.match(paragraph):
            return kind
    return None


def _sentences(paragraph: str) -> bool:
    return len(paragraph) > 200 or bool(_ENDED.search(paragraph))


@lru_cache(maxsize=1)
def _layout() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for kind, told in read_toml("layout.toml").items():
        if kind in (DATELINE, BYLINE, SPEAKER):
            continue
        whole = "|".join(re.escape(w) for w in told.get("is", []))
        begins = "|".join(re.escape(w) for w in told["begins"])
        found.append(
            (
                kind,
                re.compile(rf"(?i)(?:{whole or '(?!)'})[.:]?\s*\Z|(?:{begins})(?!\w)"),
            )
        )
    name = r"[A-Z][\w.'’-]*"
    by = rf"(?:By|BY) {name}(?: (?:and |of |de |van |al-)?{name}|, {name}| \| [^|\n]*){{1,9}}\s*\Z"
    return [*found, (BYLINE, re.compile(by))]


@lru_cache(maxsize=1)
def _speakers() -> re.Pattern[str]:
    """Return what a transcript puts before somebody's words: "MR PRICE:", "Vladimir Putin:"."""
    told = read_toml("layout.toml")[SPEAKER]
    capital = r"[^\W\d_a-z]"
    whole, begins, fields, inside = (
        "|".join(re.escape(w) for w in told[k])
        for k in ("is", "begins", "not", "inside")
    )
    word = rf"(?:{capital}[\w.'’-]*,?|al-\w+|\d{{4}}|[–-]|(?:{inside})\b)"
    name = rf"{capital}[\w'’-]+(?: {word}){{1,3}}"
    body = rf"(?:(?:{capital}[\w.'’-]*|and|\d{{4}}) ){{0,9}}"
    post = rf"(?:{capital}[\w.'’-]* {body})?(?i:{begins})(?: {word}){{1,16}}"
    return re.compile(
        rf"(?!(?i:{fields})\b)(?P<label>(?:(?i:{whole})|{post}|{name})"
        r"(?: \([^()\n]{1,40}\))?:)(?:\s+|\Z)"
    )


# -- datelines -------------------------------------------------------------------------


def _dateline(text: str, start: int, end: int) -> Segment | None:
    match = _datelines().match(text, start, min(end, start + 120))
    if match is None or not match[0].strip():
        return None
    rest = text[match.end() : end].strip()
    if not match["dash"] and not (match["date"] and not rest):
        return None
    told = match["date"] or match["agency"]
    twofold = "/" in (match["caps"] or "")
    if (
        match["dash"] == "-"
        and not (told or twofold)
        or match["dash"] == ":"
        and not match["date"]
    ):
        return None
    if rest and (
        rest[0].islower() or match["caps"] and len(rest) < 40 and rest.isupper()
    ):
        return None  # a headline in capitals with a dash, or a sentence
    return Segment(start=start, end=start + len(match[0].rstrip()), kind=DATELINE)


@lru_cache(maxsize=1)
def _datelines() -> re.Pattern[str]:
    told = read_toml("measures.toml")["time"]
    layout = read_toml("layout.toml")["dateline"]
    months = "|".join(m for names in told["months"] for m in names)
    days = "|".join(told["weekdays"])
    agencies = "|".join(
        re.escape(a) for a in sorted(layout["agencies"], key=len, reverse=True)
    )
    date = (
        rf"(?i:(?:(?:{days}),? )?(?:(?:{months})\.? \d{{1,2}}|\d{{1,2}} (?:{months})\.?)"
        r"(?:,? \d{4})?)"
    )
    no = rf"(?!(?i:{days}|{months}|{agencies})\b)"
    word = no + r"[A-Z][\w.'’-]*"
    town = r"[A-Z]{3,}[A-Z.'’-]*(?: [A-Z][A-Z.'’-]+){0,3}"
    caps = no + rf"{town}(?:/{town})?(?![\w:/])"  # "YEREVAN/BAKU"
    region = rf"(?:, (?!{date}){word}(?: {word}){{0,2}}){{0,2}}"
    return re.compile(
        rf"(?:(?:(?P<caps>{caps}{region})|{word}(?: {word}){{0,2}}?{region}(?=,? (?:\(|{date}|(?:{agencies})\b))),?\s*)?"
        rf"(?P<date>{date})?,?\s*(?P<agency>\((?:{agencies}|[A-Z][\w ./-]{{1,24}})\)|(?:{agencies})(?!\w))?"
        r"\s*(?P<dash>(?:--|[-–—]|(?<=\)):)(?=\s|\Z))?\s*(?:(?<=[-–—\s])|\Z)"
    )
