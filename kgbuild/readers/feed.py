"""RSS and Atom: a document an entry, with the text that the feed itself carries."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers.addresses import is_address, shown
from kgbuild.readers.html import words
from kgbuild.readers.reading import Reading, Report
from kgbuild.readers.record import document
from kgbuild.readers.source import Source, open_source, sources, whole
from kgbuild.text.days import day_of

_CLOSED = re.compile(
    rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*-->\s*)?\Z", re.IGNORECASE | re.DOTALL
)


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield a document an entry; one without text of its own has its title as text.

    Of a feed that is cut off, all entries but the last are read.
    """
    import feedparser

    data = whole(file)
    if not data.strip():
        raise ValueError("is empty; nothing to read")
    feed = feedparser.parse(
        io.BytesIO(data), response_headers={"content-type": source.media or "text/xml"}
    )
    if not feed.version:
        raise ValueError("is neither RSS nor Atom; give it as .html or .txt")
    entries = feed.entries
    if not _CLOSED.search(data[-2000:]):
        reading.report(
            f"{source.name}: is cut off: its last entry is left out; fetch it again"
        )
        entries = entries[:-1]
    elif not entries:
        raise ValueError("holds no entries; nothing to read")
    for number, entry in enumerate(entries, 1):
        id = entry.get("id") or entry.get("link") or f"{source.id}-{number}"
        meta = _meta(entry, feed.feed.get("title") or "")
        where = f"{source.name}: entry {number}"
        try:
            yield document(
                id=id, text=_text(entry), meta=meta, reading=reading, where=where
            )
        except ValueError as error:
            reading.report(f"{where}: {error}")


def links(address: str, report: Report, *, allow_private: bool = False) -> list[str]:
    """Return the addresses of the pages that a feed links to, in its order.

    What keeps it from being read is told to ``report``, in one line.
    """
    import feedparser

    name = shown(address)
    reading = Reading(report=report, allow_private=allow_private)
    try:
        source = next(iter(sources([address], report)), None)
        if source is None:
            return []
        file, source = open_source(source, reading)
        with file:
            data = whole(file)
    except (OSError, ValueError) as error:
        report(
            f"{name}: cannot be read ({' '.join(str(error).split())}); check the address"
        )
        return []
    media = source.media or "text/xml"
    feed = feedparser.parse(io.BytesIO(data), response_headers={"content-type": media})
    if not feed.version:
        report(f"{name}: is neither RSS nor Atom; give it as an input")
    found = (entry.get("link") or "" for entry in feed.entries)
    return list(dict.fromkeys(link for link in found if is_address(link)))


def _meta(entry: Mapping[str, Any], publisher: str) -> dict[str, str]:
    return {
        "title": words(entry.get("title") or ""),
        "date": _date(entry),
        "source": publisher,
        "url": entry.get("link") or "",
    }


def _date(entry: Mapping[str, Any]) -> str:
    """Return the day as the feed's own clock had it, else as feedparser makes it out."""
    # What feedparser would put in an absent field's place goes, and warns.
    known = dict(entry)
    told = str(known.get("published") or known.get("updated") or "")
    try:
        return day_of(told)
    except ValueError:
        day = known.get("published_parsed") or known.get("updated_parsed")
        return f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else told


def _text(entry: Mapping[str, Any]) -> str:
    told = [c.get("value") or "" for c in entry.get("content") or ()]
    longest = max([*told, entry.get("summary") or ""], key=len)
    return words(longest) or words(entry.get("title") or "")
