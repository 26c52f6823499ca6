"""OpenDocument texts: paragraphs, list items and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import IO, TYPE_CHECKING

from kgbuild.model import Document
from kgbuild.readers.docx import check_size, damaged
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import DAMAGE, Source, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:"
_P, _H = f"{_OFFICE}text:1.0}}p", f"{_OFFICE}text:1.0}}h"
_ITEM, _NOTE = f"{_OFFICE}text:1.0}}list-item", f"{_OFFICE}text:1.0}}note"
_ROW, _CELL = f"{_OFFICE}table:1.0}}table-row", f"{_OFFICE}table:1.0}}table-cell"
_STYLE = f"{_OFFICE}text:1.0}}style-name"
_GAPS = {
    f"{_OFFICE}text:1.0}}s": " ",
    f"{_OFFICE}text:1.0}}tab": " ",
    f"{_OFFICE}text:1.0}}line-break": "\n",
}
_CHANGES = f"{_OFFICE}text:1.0}}tracked-changes"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the one document of an .odt file; a title in it is its title."""
    data = whole(file)
    check_size(data, "OpenDocument")
    title, text = _content(data)
    meta = {"url": source.url, "title": title}
    yield document(
        id=source.id, text=text or title, meta=meta, reading=reading, where=source.name
    )


def _content(data: bytes) -> tuple[str, str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            content = etree.fromstring(package.read("content.xml"), parser)
            about = (
                etree.fromstring(package.read("meta.xml"), parser)
                if "meta.xml" in package.namelist()
                else None
            )
    except (*DAMAGE, etree.LxmlError) as error:
        raise damaged("OpenDocument", error) from None
    told = about.findtext(f".//{_TITLE}") if about is not None else ""
    parts = list(_parts(content))
    heading = next((words for style, words in parts if style == "Title"), "")
    text = "\n\n".join(
        ("\n" if rows else "\n\n").join(words for _, words in group)
        for rows, group in groupby(
            ((style, words) for style, words in parts if style != "Title" and words),
            key=lambda part: part[0] == "table",
        )
    )
    return heading or told or "", text


def _parts(content: _Element) -> Iterator[tuple[str, str]]:
    for element in content.iter(_P, _H, _ROW):
        above = {e.tag for e in element.iterancestors()}
        if above & {_ROW, _NOTE, _CHANGES}:
            continue
        if element.tag == _ROW:
            cells = [" ".join(_words(c).split()) for c in element.iter(_CELL)]
            yield "table", " | ".join(cells) if any(cells) else ""
        else:
            mark = "- " if _ITEM in above else ""
            words = _words(element).strip()
            yield element.get(_STYLE, ""), mark + words if words else ""


def _words(element: _Element) -> str:
    """Return the words of an element, with a space where one is told of, without notes."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != _NOTE:
            parts.append(_GAPS.get(str(child.tag), "") + _words(child))
        parts.append(child.tail or "")
    return "".join(parts)
