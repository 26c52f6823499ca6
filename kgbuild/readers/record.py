"""What is told of a document, checked and made into a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from email.utils import parsedate_to_datetime
from typing import Any

from kgbuild.model import Document

FIELDS = ("title", "date", "source", "url")


def day_of(value: str) -> str:
    """Return the day of an ISO 8601 or RFC 5322 date, with or without a time.

    Raises:
        ValueError: there is none.

    >>> day_of("2017-11-06T21:30:00Z")
    '2017-11-06'
    """
    found = re.match(r"(\d{4}-\d\d-\d\d)(?!\d)", value.strip())
    try:
        if found:
            return Day.fromisoformat(found[1]).isoformat()
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError):
        raise ValueError(f"date {value!r} is not a day; write it YYYY-MM-DD") from None


def document(
    *, id: str, text: str, meta: Mapping[str, Any], date: str | None
) -> Document:
    """Make a document of a text and what is known of it; ``date`` where ``meta`` has none.

    Half surrogates, which no file can hold, become U+FFFD, so that offsets stay.

    Raises:
        ValueError: there is no text, or the date is none.
    """
    if not text.strip():
        raise ValueError("holds no text; nothing to read")
    known = {k: clean(" ".join(str(meta.get(k) or "").split())) for k in FIELDS}
    day = known.pop("date")
    return Document(
        id=clean(id), text=clean(text), date=day_of(day) if day else date, **known
    )


def clean(text: str) -> str:
    """Replace half surrogates, one character for one."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
