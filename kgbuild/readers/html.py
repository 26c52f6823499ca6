"""Web pages: the article without what stands around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import Source, text_of

_CLOSED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_ASKED = re.compile(
    r"(?:subscribe|sign in|log in|register)(?: now)? to (?:continue|keep|read)"
    r"|to (?:continue|keep) reading"
    r"|(?:article|story|content) is (?:reserved |exclusively |only |available )*(?:for|to) "
    r"(?:our )?(?:paying )?(?:subscribers|members)|already a subscriber",
    re.IGNORECASE,
)
_STUB = 1500  # characters that an article has that is more than its beginning


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the article of a page, with title, day, publisher and address as the page tells."""
    page = text_of(file, source)
    found = _article(page, source.url)
    meta = {k: v for k, v in found.items() if v}
    text = found.get("text") or words(page)
    if len(text) < _STUB and (_CLOSED.search(page) or _ASKED.search(page)):
        reading.report(
            f"{source.name}: seems to be cut off: the rest is for subscribers; "
            "give the whole article as a file"
        )
    yield document(
        id=source.id,
        text=text,
        meta={"url": source.url, **meta},
        reading=reading,
        where=source.name,
    )


def _article(page: str, url: str) -> dict[str, Any]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # A far limit: the default one is today, and the clock has no say in what is read.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
    found = trafilatura.bare_extraction(
        page,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dates,
    )
    if found is None:
        return {}
    told = found if isinstance(found, dict) else found.as_dict()
    return {
        "text": _paragraphs(told.get("text") or ""),
        "title": told.get("title"),
        "date": told.get("date"),
        "source": told.get("sitename"),
        "url": told.get("url"),
    }


def _paragraphs(text: str) -> str:
    """Part paragraphs by a blank line, as the other readers do; a table's rows stay together.

    >>> _paragraphs("Abe left.\\n| a | b |\\n| c | d |\\n\\nXi left.")
    'Abe left.\\n\\n| a | b |\\n| c | d |\\n\\nXi left.'
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    parts = [("\n" if n and _is_row(lines[n - 1]) and _is_row(line) else "\n\n") + line
             for n, line in enumerate(lines)]  # fmt: skip
    return "".join(parts).removeprefix("\n\n")


def _is_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|")


def words(markup: str) -> str:
    """Return all the words of a piece of HTML, one block of it a paragraph.

    >>> words("<p>Abe <b>met</b> Trump.</p><script>x()</script>")
    'Abe met Trump.'
    """
    import lxml.etree
    import lxml.html

    try:
        tree = lxml.html.fromstring(
            f"<div>{markup}</div>" if markup.strip() else "<p/>"
        )
    except (lxml.etree.LxmlError, ValueError):
        return ""
    unseen = ("script", "style", "noscript", "template", "head")
    lxml.etree.strip_elements(tree, *unseen, with_tail=False)
    for element in tree.iter(
        "p", "div", "br", "li", "tr", *(f"h{n}" for n in range(1, 7))
    ):
        element.tail = "\n\n" + (element.tail or "")
    lines = "".join(map(str, tree.itertext())).split("\n")
    return _paragraphs("\n".join(" ".join(line.split()) for line in lines))
