"""WARC, the archives of web crawlers: an article a page that was answered with, by warcio."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers import html
from kgbuild.readers.addresses import shown
from kgbuild.readers.reading import Reading
from kgbuild.readers.source import DAMAGE, LIMIT, Source

_PAGES = ("text/html", "application/xhtml+xml")


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the article of each page; its id is its address. What is no page is passed over.

    An address that was fetched again is read as it was first.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    seen: set[str] = set()
    try:
        archive = ArchiveIterator(file)
        archive.INC_RECORD = ""  # what it would print itself
        for record in archive:
            found = _page(record, source)
            if found and found.id not in seen:
                seen.add(found.id)
                yield from _article(record, found, reading)
    except ArchiveLoadFailed as error:
        what = " ".join(str(error).split())[:100]
        raise ValueError(f"is no WARC, or damaged ({what}); fetch it again") from None
    if archive.err_count:
        reading.report(
            f"{source.name}: records that are longer or shorter than they say: "
            f"{archive.err_count}; fetch it again"
        )
    elif not seen:
        raise ValueError("holds no page; nothing to read")


def _page(record: Any, source: Source) -> Source | None:
    """Return what a record is a page of, None where it is none."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    media = record.http_headers.get_header("Content-Type") or ""
    kind = media.partition(";")[0].strip().lower()
    if record.http_headers.get_statuscode() != "200" or kind not in _PAGES:
        return None
    url = shown(record.rec_headers.get_header("WARC-Target-URI") or "")
    id = re.sub(r"^https?://(?:www\.)?|#.*$|/$", "", url)
    name = f"{source.name}: {url}"
    return replace(source, name=name, id=id or source.id, url=url, media=media)


def _article(record: Any, page: Source, reading: Reading) -> Iterator[Document]:
    try:
        data = record.content_stream().read(LIMIT + 1)
        yield from html.read(io.BytesIO(data), page, reading)
    except DAMAGE as error:
        reading.report(f"{page.name}: {' '.join(str(error).split())}")
