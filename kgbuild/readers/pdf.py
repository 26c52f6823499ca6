"""PDF: the text of its pages, by pypdf."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.record import document
from kgbuild.readers.source import Report, Source, whole


def read(
    file: IO[bytes], source: Source, *, date: str | None, report: Report
) -> Iterator[Document]:
    """Yield the one document of a PDF, its pages parted by a blank line.

    The file's own dates tell when it was made, not when it was written: they are not taken.
    """
    title, pages = _pages(whole(file))
    text = "\n\n".join(p.strip() for p in pages if p.strip())
    if not text:
        raise ValueError("holds pictures of text only; make it searchable first (OCR)")
    meta = {"url": source.url, "title": title}
    yield document(id=source.id, text=text, meta=meta, date=date)


def _pages(data: bytes) -> tuple[str, list[str]]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        title = str((reader.metadata and reader.metadata.title) or "")
        return title, [page.extract_text() for page in reader.pages]
    except pypdf.errors.FileNotDecryptedError:
        raise ValueError("is locked by a password; unlock it first") from None
    # A damaged PDF raises whatever its damage leads to.
    except Exception as error:  # noqa: BLE001
        what = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"cannot be read as PDF ({what}); save it anew") from None
