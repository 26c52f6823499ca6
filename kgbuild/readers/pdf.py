"""PDF: the text of its pages, by pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import DAMAGE, Source, whole
from kgbuild.text.days import day_of

PAGES = 2000
"""Pages that are read of one file."""


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the one document of a PDF, its pages parted by a blank line.

    The file's own date tells when it was made, and is taken only where nothing else
    tells a day, which is said.
    """
    about, pages, count = _pages(whole(file))
    text = "\n\n".join(p.strip() for p in pages if p.strip())
    if not text:
        raise ValueError("holds pictures of text only; make it searchable first (OCR)")
    if count > len(pages):
        reading.report(
            f"{source.name}: has {count} pages, of which {PAGES} are read; split it"
        )
    meta = {"url": source.url, "title": about["title"]}
    found = document(
        id=source.id, text=text, meta=meta, reading=reading, where=source.name
    )
    made = about["made"]
    if found.date is None and made:
        found = replace(found, date=made)
        reading.note(
            f"{source.name}: dated {made}, the day that the file was made; "
            "give --date if the article is older"
        )
    yield found


def _pages(data: bytes) -> tuple[dict[str, str], list[str], int]:
    """Return the title and day that a file tells, the text of its pages, and their number."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        told = reader.metadata
        title = str((told and told.title) or "")
        made = _day(str(told.get("/CreationDate", ""))) if told else ""
        count = len(reader.pages)
        pages = [reader.pages[n].extract_text() for n in range(min(count, PAGES))]
    except pypdf.errors.FileNotDecryptedError:
        raise ValueError("is locked by a password; unlock it first") from None
    except (*DAMAGE, pypdf.errors.PyPdfError) as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"cannot be read as PDF ({what}); save it anew") from None
    return {"title": title, "made": made}, pages, count


def _day(told: str) -> str:
    """Return the day of a PDF's date, ``""`` where it is none.

    >>> _day("D:20171106213000+09'00'")
    '2017-11-06'
    """
    try:
        return day_of(told.removeprefix("D:")[:8])
    except ValueError:
        return ""
