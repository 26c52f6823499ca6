"""Word documents: paragraphs, list items and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from kgbuild.model import Document
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import DAMAGE, LIMIT, Source, whole

if TYPE_CHECKING:
    from docx.document import Document as Word


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the one document of a .docx file; a title in it is its title."""
    data = whole(file)
    check_size(data, "Word")
    title, text = _content(data)
    meta = {"url": source.url, "title": title}
    yield document(
        id=source.id, text=text or title, meta=meta, reading=reading, where=source.name
    )


def check_size(data: bytes, kind: str) -> None:
    """Refuse a package that is damaged, or that unpacks to more than is read.

    Raises:
        ValueError: it is one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
            locked = any(part.flag_bits & 1 for part in package.infolist())
    except DAMAGE as error:
        raise damaged(kind, error) from None
    if locked:
        raise ValueError("is locked by a password; unlock it first")
    if size > LIMIT:
        raise ValueError(f"unpacks to more than {LIMIT // 10**6} MB; split it")


def damaged(kind: str, error: BaseException) -> ValueError:
    """Return what is said of a damaged file."""
    what = " ".join(str(error).split())[:100] or type(error).__name__
    return ValueError(f"cannot be read as {kind} ({what}); save it anew")


def _content(data: bytes) -> tuple[str, str]:
    import docx
    from lxml.etree import LxmlError

    try:
        word = docx.Document(io.BytesIO(data))
        parts = list(_parts(word))
        told = str(word.core_properties.title or "")
    except (*DAMAGE, LxmlError) as error:
        raise damaged("Word", error) from None
    heading = next((words for style, words in parts if style == "Title"), "")
    text = "\n\n".join(words for style, words in parts if style != "Title")
    return heading or told, text


def _parts(word: Word) -> Iterator[tuple[str, str]]:
    """Yield the style and words of each paragraph, and of each table its rows."""
    from docx.table import Table

    for part in word.iter_inner_content():
        if isinstance(part, Table):
            rows = [_row(row.cells) for row in part.rows]
            yield "table", "\n".join(filter(None, rows))
            continue
        style = part.style.name if part.style and part.style.name else ""
        if part.text.strip():
            yield style, ("- " if style.startswith("List") else "") + part.text.strip()


def _row(cells: Any) -> str:
    words = [" ".join(cell.text.split()) for cell in cells]
    return " | ".join(words) if any(words) else ""
