"""RSS and Atom: a document an entry, with the text that the feed itself carries."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers.html import words
from kgbuild.readers.record import document
from kgbuild.readers.source import Report, Source, whole


def read(
    file: IO[bytes], source: Source, *, date: str | None, report: Report
) -> Iterator[Document]:
    """Yield a document an entry; one without text of its own has its title as text."""
    import feedparser

    data = whole(file)
    if not data.strip():
        raise ValueError("is empty; nothing to read")
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise ValueError("is neither RSS nor Atom; give it as .html or .txt")
    for number, entry in enumerate(feed.entries, 1):
        id = entry.get("id") or entry.get("link") or f"{source.id}-{number}"
        meta = _meta(entry, feed.feed.get("title", ""))
        try:
            yield document(id=id, text=_text(entry), meta=meta, date=date)
        except ValueError as error:
            report(f"{source.name}: entry {number}: {error}")


def _meta(entry: Mapping[str, Any], publisher: str) -> dict[str, str]:
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "title": words(entry.get("title", "")),
        "date": f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else "",
        "source": publisher,
        "url": entry.get("link", ""),
    }


def _text(entry: Mapping[str, Any]) -> str:
    told = [c.get("value", "") for c in entry.get("content", ())]
    longest = max([*told, entry.get("summary", "")], key=len)
    return words(longest) or words(entry.get("title", ""))
