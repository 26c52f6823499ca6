"""What is told of a document, checked and made into a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kgbuild.model import Document
from kgbuild.readers.addresses import shown
from kgbuild.readers.reading import Reading
from kgbuild.text.characters import mended
from kgbuild.text.days import day_of, told_day
from kgbuild.text.offsets import unchanged

FIELDS = ("title", "date", "source", "url")

# what others call these fields, best first
_CALLED = {
    "text": "text content body article articletext fulltext story articlebody maintext plaintext",
    "title": "title headline heading head subject",
    "date": (
        "date published publisheddate datepublished publicationdate publishdate "
        "publishedat pubdate datetime created createdat time day"
    ),
    "source": "source publisher publication newspaper outlet sitename site provider",
    "url": "url link href address weburl permalink",
    "id": "id articleid docid documentid guid uuid key",
}


def document(
    *, id: str, text: str, meta: Mapping[str, Any], reading: Reading, where: str
) -> Document:
    """Make a document of a text and what is known of it; ``where`` names it in remarks.

    Its day is what ``meta`` tells, else what its first lines tell, else the reading's.
    Half surrogates, which no file can hold, become U+FFFD, so that offsets stay; an
    address loses what only its user may know, a title the characters that nobody sees.

    Raises:
        ValueError: there is no text.
    """
    if not text.strip():
        raise ValueError("holds no text; nothing to read")
    known = {k: whole_letters(" ".join(_told(meta, k).split())) for k in FIELDS}
    day = _day(known.pop("date"), text, reading, where)
    known["url"] = shown(known["url"])
    for field in ("title", "source"):
        known[field] = " ".join(mended(unchanged(known[field])).text.split())
    return Document(
        id=whole_letters(shown(id)), text=whole_letters(text), date=day, **known
    )


def _told(meta: Mapping[str, Any], key: str) -> str:
    value = meta.get(key)
    return str(value) if value or value == 0 and value is not False else ""


def _day(told: str, text: str, reading: Reading, where: str) -> str | None:
    if not told:
        return told_day(text) or reading.date
    try:
        return day_of(told)
    except ValueError as error:
        day = told_day(text)
        if day is None:
            reading.note(f"{where}: {error}; it is read without a date")
        return day


def whole_letters(text: str) -> str:
    """Replace half surrogates, one character for one.

    >>> whole_letters("a\\ud800b")
    'a\ufffdb'
    """
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def columns(names: Iterable[str]) -> dict[str, str]:
    """Return which of some names tells each field, as they are called or as others do.

    >>> columns(["ID", "publish_date", "Body"])
    {'text': 'Body', 'date': 'publish_date', 'id': 'ID'}
    """
    have: dict[str, str] = {}
    for name in names:
        have.setdefault(re.sub(r"[\W_]+", "", name).lower(), name)
    return {
        field: next(have[c] for c in called.split() if c in have)
        for field, called in _CALLED.items()
        if have.keys() & called.split()
    }


def guessed(found: Mapping[str, str]) -> str:
    """Say which fields are taken from names that are not their own, ``""`` for none.

    >>> guessed({"text": "body", "id": "ID"})
    "'body' as text"
    """
    odd = {f: n for f, n in found.items() if n.strip().lower() != f}
    return ", ".join(f"{name!r} as {field}" for field, name in odd.items())
