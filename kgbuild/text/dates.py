"""Dates: single expressions ("last August", "two weeks ago") against a day.

Each resolver takes the words of the language, the match of its pattern, the article's
date or None, and whether the verb looks ahead; it returns an ISO 8601 time or None.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kgbuild.tables import read_toml

# how far ahead a day without a year may lie before the last such day is meant
_SOON = timedelta(days=30)
_NEXT = ("next", "coming", "this coming", "upcoming")
_LAST = ("last", "past", "this past")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The time words of the language, and its patterns by name."""

    months: dict[str, int]
    weekdays: tuple[str, ...]
    days: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    open: dict[str, str]
    now: frozenset[str]
    patterns: dict[str, str]


Resolver = Callable[[Words, "re.Match[str]", "date | None", bool], "str | None"]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words of ``measures.toml``.

    >>> words().months["sept"]
    9
    """
    table = read_toml("measures.toml")
    time = table["time"]
    months = {n: i for i, names in enumerate(time["months"], 1) for n in names}
    return Words(
        months=months,
        weekdays=tuple(time["weekdays"]),
        days=time["days"],
        numbers=table["numbers"],
        ordinals=time["ordinals"],
        open=time["open"],
        now=frozenset(time["now"]),
        patterns=_patterns(time, months, table["numbers"]),
    )


def _patterns(
    time: dict[str, Any], months: dict[str, int], numbers: dict[str, int]
) -> dict[str, str]:
    """Return patterns by name."""
    plain = ["edges", "parts", "plain", "weekdays", "days", "open", "since", "span"]
    return {name: either(time[name]) for name in plain} | {
        "month": either(months),
        "count": either(numbers),
        "nth": either(time["ordinals"]),
    }


def either(names: Iterable[str]) -> str:
    """Return a pattern for any of ``names``, the longest first.

    >>> either(["in", "in the"])
    '(?:in the|in)'
    """
    found = sorted(names, key=lambda n: (-len(n), n))
    return f"(?:{'|'.join(re.escape(n).replace(chr(92) + ' ', ' ') for n in found)})"


def parse_day(text: str | None) -> date | None:
    """Return the day that an ISO 8601 date tells, or None.

    >>> parse_day("2017-11-06T10:00:00Z")
    datetime.date(2017, 11, 6)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return the ISO 8601 year, month or day, None where there is none such.

    >>> iso(2017, 9), iso(2017, 2, 30)
    ('2017-09', None)
    """
    if not 1 <= year <= 9999 or not 1 <= (month or 1) <= 12 or (day and not month):
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


def on_date(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "April 5", "5 April 2021", "in September", "last August", "2014"."""
    got = match.groupdict()
    month = words.months.get(got.get("month") or "")
    number = int(got["day"]) if got.get("day") else None
    if got.get("year"):
        return iso(int(got["year"]), month, number)
    if day is None or month is None:
        return None
    which = got.get("which")
    here = (day.month, day.day if number else 0)
    same, later = (month, number or 0) == here, (month, number or 0) > here
    ahead = day.year + (not later and not same)
    if which in _NEXT:
        return iso(ahead + same, month, number)
    if which == "this":
        return iso(day.year, month, number)
    soon = number is not None and _soon(day, iso(ahead, month, number))
    if which is None and (future or soon):
        return iso(ahead, month, number)
    back = day.year - later - (same and which in _LAST)
    return iso(back, month, number)


def _soon(day: date, time: str | None) -> bool:
    ahead = parse_day(time)
    return ahead is not None and ahead - day <= _SOON


def weekday(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "Monday", "last Friday", "next Tuesday"."""
    if day is None:
        return None
    which = match["which"]
    steps = words.weekdays.index(match["weekday"]) - day.weekday()
    if which in _NEXT:
        steps = steps % 7 or 7
    elif which in _LAST:
        steps = steps % 7 - 7
    elif which is None:
        steps = steps % 7 if future else -(-steps % 7)
    return shifted(day, "day", steps)


def counted_day(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "today", "yesterday", "earlier in the day"."""
    return shifted(day, "day", words.days[match["name"]]) if day else None


def unit(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "last week", "this month", "next year"; a week is Monday/Sunday."""
    steps = {"last": -1, "this": 0, "current": 0, "next": 1}[match["which"]]
    return shifted(day, match["unit"], steps) if day else None


def ago(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "two days ago", "a year ago"."""
    count = match["count"]
    steps = int(count) if count.isdecimal() else words.numbers[count]
    return shifted(day, match["unit"], -steps) if day else None


def shifted(day: date, unit: str, steps: int) -> str | None:
    """Return the day, week, weekend, month or year that lies ``steps`` from ``day``'s.

    >>> shifted(date(2017, 11, 6), "week", -1)
    '2017-10-30/2017-11-05'
    """
    try:
        if unit == "year":
            return iso(day.year + steps)
        if unit == "month":
            year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
            return iso(year, month + 1)
        if unit == "day":
            return (day + timedelta(days=steps)).isoformat()
        monday = day + timedelta(days=7 * steps - day.weekday())
        first = monday + timedelta(days=5 if unit == "weekend" else 0)
        return f"{first}/{monday + timedelta(days=6)}"
    except OverflowError:
        return None


def decade(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "the 1990s"."""
    first = int(match["decade"])
    return f"{first}/{first + 9}"


def part(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve "the first half of 2023", "Q3 2024"."""
    length = 6 if match["unit"] == "half" else 3
    n = match["nth"]
    end = length * (int(n) if n.isdecimal() else words.ordinals[n])
    year = match["year"]
    return f"{year}-{end - length + 1:02}/{year}-{end:02}" if end <= 12 else None


def numeric(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve 2017-11-06 and 2017-11; 2011-12 may be two years and is None."""
    year, month = int(match["year"]), int(match["m"])
    if match["d"]:
        return iso(year, month, int(match["d"]))
    return None if month > year % 100 else iso(year, month)


def slashed(
    words: Words, match: re.Match[str], day: date | None, future: bool
) -> str | None:
    """Resolve 25/12/2017 and 12/25/2017; 06/11/2017 may be either and is None."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    found = {iso(year, b, a), iso(year, a, b)} - {None}
    return found.pop() if len(found) == 1 else None
