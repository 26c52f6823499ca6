"""Times: what a text says of when, resolved against the article's date.

A time is an ISO 8601 day, month or year, or an interval ``start/end`` of such, open
(``..``, ISO 8601-2) at the side that the text leaves open. Today is never assumed.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from kgbuild.model import Span
from kgbuild.text.dates import (
    Resolver,
    Words,
    ago,
    counted_day,
    decade,
    numeric,
    on_date,
    parse_day,
    part,
    shifted,
    slashed,
    unit,
    weekday,
    words,
)

_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)?"
_TO = r"(?: ?[-–—] ?| (?:to|until|till|through|and) )"
_WHICH = r"(?:(?P<which>last|this past|past|this coming|this|next|upcoming|coming) )?"
# no time takes more characters
_LONGEST = 100
_NEAR = 20  # characters before a time, that hold any such word
# dateparser takes nearly anything for a date: it gets what names a day of a year
_WORTH_PARSING = re.compile(
    rf"(?=.*\b{_YEAR}\b)(?=.*\b{_DAY}{_TH}\b)[\w .:/'-]{{8,40}}"
)


def resolve_time(
    text: str, reference: str | None, *, future: bool = False
) -> str | None:
    """Return the ISO 8601 time that ``text`` tells, or None where it tells none.

    ``reference`` is the article's date (ISO 8601 day); without it, only full dates are
    resolved. A weekday, or a day or month without a year, is the last one at or before
    ``reference`` (a day within the next month: that one), with ``future`` (the verb
    looks ahead) the next one at or after it. "by 2030" is 2030, "since 2014" 2014/..,
    "last week" Monday/Sunday. Durations, ages, vague times ("recent months") are None.

    >>> resolve_time("on Monday", "2017-11-08")
    '2017-11-06'
    >>> resolve_time("from March to May 2020", None)
    '2020-03/2020-05'
    >>> resolve_time("in recent months", "2017-11-08") is None
    True
    """
    return _resolve(text, reference, future) if len(text) <= _LONGEST else None


def time_at(
    text: str,
    place: Span,
    times: Iterable[Span],
    reference: str | None,
    *,
    future: bool = False,
) -> str | None:
    """Return the ISO 8601 time at a place of a text, whose ``times`` are known.

    "since" before it makes it an interval, as does, of two times, "from" and the word that
    joins them.

    >>> text, times = "He was held from 1992 to 1994, and is free since 1995.", [(17, 21), (25, 29)]
    >>> time_at(text, (17, 21), times, None), time_at(text, (49, 53), times, None)
    ('1992/1994', '1995/..')
    """
    start, end = _stretched(text, place, times)
    told = resolve_time(text[start:end], reference, future=future)
    return told or resolve_time(text[slice(*place)], reference, future=future)


def _stretched(text: str, place: Span, times: Iterable[Span]) -> Span:
    since, span, joined = _beside()
    for first, last in pairwise(sorted(times)):
        begins = span.search(text, max(0, first[0] - _NEAR), first[0])
        if (
            place in (first, last)
            and begins
            and joined.fullmatch(text, first[1], last[0])
        ):
            return begins.start(), last[1]
    begins = since.search(text, max(0, place[0] - _NEAR), place[0])
    return (begins.start(), place[1]) if begins else place


@lru_cache(maxsize=1)
def _beside() -> tuple[re.Pattern[str], ...]:
    since, span = (rf"\b{words().patterns[p]}\s+$" for p in ("since", "span"))
    return tuple(re.compile(p, re.IGNORECASE) for p in (since, span, _TO))


@lru_cache(maxsize=8192)
def _resolve(text: str, reference: str | None, future: bool) -> str | None:
    day = parse_day(reference)
    asked = " ".join(text.replace("’", "'").replace(",", " ").lower().split())
    asked = re.sub(r"(?<=\b[a-z]{3})\.|(?<=\bsept)\.|'s$|[.;:]$", "", asked)
    for rule, resolver in _rules():
        if match := rule.fullmatch(asked):
            return resolver(words(), match, day, future)
    return _parsed(text) if _WORTH_PARSING.fullmatch(asked) else None


def _parsed(text: str) -> str | None:
    """Resolve a full date in a rarer form by dateparser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        found = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "STRICT_PARSING": True,
                "PREFER_DATES_FROM": "current_period",
                "RETURN_AS_TIMEZONE_AWARE": False,
                "TIMEZONE": "UTC",
                "PARSERS": ["absolute-time"],
            },
        )
    return found.date().isoformat() if found else None


# -- resolvers of what is put together from other times --------------------------------


def _inner(text: str, day: date | None, future: bool) -> str | None:
    return _resolve(text, day.isoformat() if day else None, future)


def _within(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve what stands before the date and says the same: "late", "the end of"."""
    return _inner(match["rest"], day, future)


def _open(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "since 2014", "until Monday"."""
    inner = _inner(match["rest"], day, future)
    if inner is None or ".." in inner:
        return None
    first, last = inner.split("/")[0], inner.split("/")[-1]
    return f"{first}/.." if words.open[match["word"]] == "start" else f"../{last}"


def _days(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "January 20-21, 2026", "5 to 7 April"."""
    rest = f" {match['month']} {match['year'] or ''}"
    first = _inner(match["first"] + rest, day, future)
    last = _inner(match["last"] + rest, day, future)
    return f"{first}/{last}" if first and last and first < last else None


def _between(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "from March to May 2020", "between 2011 and 2015", "2014 to now"."""
    first, last = match["first"], match["last"]
    if re.fullmatch(_YEAR, first) and re.fullmatch(r"\d\d", last):
        last = first[:2] + last
    if (year := re.search(rf" {_YEAR}$", last)) and not re.search(_YEAR, first):
        first += year[0]
    start = _inner(first, day, future)
    end = ".." if last in words.now else _inner(last, day, future)
    if start is None or end is None or ".." in start:
        return None
    start, end = start.split("/")[0], end.split("/")[-1]
    return f"{start}/{end}" if end == ".." or start <= end else None


def _weekday_of(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "Monday last week"."""
    steps = {"last": -1, "this": 0, "next": 1}[match["which"]]
    to = words.weekdays.index(match["weekday"]) + 7 * steps
    return shifted(day, "day", to - day.weekday()) if day else None


@lru_cache(maxsize=1)
def _rules() -> list[tuple[re.Pattern[str], Resolver]]:
    """Return the grammar: the first pattern that fits the whole text decides."""
    p = words().patterns
    month, week = f"(?P<month>{p['month']})", f"(?P<weekday>{p['weekdays']})"
    year, number = f"(?P<year>{_YEAR})", f"(?P<day>{_DAY}){_TH}"
    named = rf"(?:the )?(?:{p['weekdays']} )?"
    parts = rf"(?: (?:in the |at )?{p['parts']}){{0,3}}"
    several = rf"(?P<first>{_DAY}){_TH}{_TO}(?P<last>{_DAY}){_TH}"
    clock = r"\d\d?(?:[:.]\d\d(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)(?: (?:gmt|utc))?"
    edge = rf"(?:the )?{p['edges']} (?:of |in )?"
    rules: list[tuple[str, Resolver]] = [
        (rf"(?P<name>{p['days']}){parts}", counted_day),
        (rf"{_WHICH}{week}{parts}", weekday),
        (rf"{week} (?P<which>last|this|next) week", _weekday_of),
        (rf"{named}{_WHICH}{month} {number}(?: {year})?", on_date),
        (rf"{named}{number}[ -](?:of )?{month}(?:[ -]{year})?", on_date),
        (rf"{_WHICH}{month}(?: (?:of )?{year})?", on_date),
        (rf"(?:(?:fiscal|financial|calendar) (?:year )?|fy ?)?{year}", on_date),
        (
            r"(?P<year>\d{4})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>\d\d))?(?:t[\d:.]+z?)?",
            numeric,
        ),
        (r"(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.](?P<year>\d{4})", slashed),
        (r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0)'?s", decade),
        (rf"(?:the )?(?P<nth>{p['nth']}) (?P<unit>quarter|half) (?:of )?{year}", part),
        (rf"(?P<unit>q)(?P<nth>[1-4]) (?:of )?{year}", part),
        (r"(?P<which>last|this|next) (?P<unit>week|weekend|month|year)", unit),
        (
            rf"(?P<count>\d{{1,3}}|{p['count']}) (?P<unit>day|week|month|year)s? ago",
            ago,
        ),
        (rf"{named}{month} {several}(?: {year})?", _days),
        (rf"{several} (?:of )?{month}(?: {year})?", _days),
        (rf"(?P<word>{p['open']}) (?:{edge})?(?P<rest>.+)", _open),
        (r"between (?P<first>\S.*?) and (?P<last>\S.*)", _between),
        (rf"(?:in |at |on |by )?{edge}(?P<rest>.+)", _within),
        (rf"(?:the )?{p['plain']}[ -](?P<rest>.+)", _within),
        (rf"(?P<rest>\D.*?) (?:at |around |about )?{clock}", _within),
        (rf"(?P<first>\S.*?){_TO}(?P<last>\S.*)", _between),
        (rf"{clock} (?:on )?(?P<rest>.+)", _within),
    ]
    return [(re.compile(pattern, re.ASCII), resolver) for pattern, resolver in rules]
