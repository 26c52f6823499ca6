"""The day of an article: from how its maker tells it, or from its own first lines."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: n for n, name in enumerate(_MONTHS.split(), 1)}
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ISO = re.compile(r"(?P<y>\d{4})([-/.]?)(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)")
_WORDED = re.compile(
    rf"{_NAME} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_NAME.replace('month', 'month2')}"
    r"[ ,-]{1,2}(?P<y2>\d{4})\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
_COARSE = re.compile(rf"\d{{4}}(?:-\d\d)?|{_NAME},? \d{{4}}", re.IGNORECASE)
_FROM, _TO = 1500, 2199

# a line that says when, and nothing but that
_WHEN = re.compile(
    r"(?:(?:published|posted|updated|released|issued|date|dated|first published|last updated)"
    r"(?: on| at)?:? )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    r"(?P<day>.{8,20}?)"
    r"(?:,? (?:at |[-–|] )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,30},(?: [A-Z][\w.]{1,20},)? (?P<day>[^()–—\n]{8,20}?)"
    r" ?(?:\([\w /.]{2,30}\) ?)?(?:--?|[–—]) "
)
_FIRST = 12  # lines that are looked at for a day


def day_of(value: str) -> str:
    """Return the ISO 8601 day that a date tells, as its writer's calendar had it.

    Read are ISO 8601 with or without a time, RFC 5322, dates with the month in words,
    numbers of which one reading alone is possible, and seconds since 1970.

    Raises:
        ValueError: it tells no day, or could be two.

    >>> day_of("2017-11-06T23:30:00-05:00"), day_of("Nov 6, 2017"), day_of("13/11/2017")
    ('2017-11-06', '2017-11-06', '2017-11-13')
    """
    told = " ".join(value.split())
    if found := _ISO.match(told):
        return _day(found["y"], found["m"], found["d"], value)
    if found := _WORDED.search(told):
        month = found["month"] or found["month2"]
        year, day = found["y"] or found["y2"], found["d"] or found["d2"]
        return _day(year, str(_MONTH[month[:3].lower()]), day, value)
    if found := _NUMBERS.match(told):
        return _numbered(found, value)
    if found := _EPOCH.fullmatch(told):
        return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()
    if _COARSE.fullmatch(told):
        raise ValueError(f"date {value!r} tells no day; write it YYYY-MM-DD")
    try:
        return parsedate_to_datetime(told).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError(f"date {value!r} is not a day; write it YYYY-MM-DD") from None


def told_day(text: str) -> str | None:
    """Return the day that the first lines of an article tell as its own, None for none.

    A line that is a date and nothing else, or a dateline with a year; where there are
    two days, none is taken.

    >>> told_day("Japan buys jets\\nPublished: Monday, 6 November 2017\\n\\nJapan bought jets.")
    '2017-11-06'
    >>> told_day("On November 6, 2017, Japan bought jets.") is None
    True
    """
    days = set()
    for line in text[:3000].split("\n", _FIRST)[:_FIRST]:
        found = _WHEN.fullmatch(line.strip()[:100]) or _DATELINE.match(line.strip())
        if found is None:
            continue
        try:
            days.add(day_of(found["day"]))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def _numbered(found: re.Match[str], value: str) -> str:
    """Read day and month where one order alone makes sense."""
    first, second, year = found[1], found[3], found[4]
    if first != second and int(first) <= 12 and int(second) <= 12:
        raise ValueError(f"date {value!r} could be two days; write it YYYY-MM-DD")
    month, day = (second, first) if int(first) > 12 else (first, second)
    return _day(year, month, day, value)


def _day(year: str, month: str, day: str, value: str) -> str:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"date {value!r} is not a day; write it YYYY-MM-DD") from None
    if not _FROM <= made.year <= _TO:
        raise ValueError(f"date {value!r} makes no sense; write it YYYY-MM-DD")
    return made.isoformat()
