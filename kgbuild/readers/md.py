"""Markdown: its words as plain text, paragraph by paragraph; the first heading is the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from kgbuild.model import Document
from kgbuild.readers.record import document
from kgbuild.readers.source import Report, Source, decode, whole
from kgbuild.readers.txt import front_matter

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(
    file: IO[bytes], source: Source, *, date: str | None, report: Report
) -> Iterator[Document]:
    """Yield the one document of a Markdown file."""
    meta, markdown = front_matter(decode(whole(file)))
    title, text = plain(markdown)
    known = {"url": source.url, "title": title, **meta}
    yield document(id=source.id, text=text or title, meta=known, date=date)


def plain(markdown: str) -> tuple[str, str]:
    """Return the first heading of the first level, and the rest without its marks.

    >>> plain("# A visit\\n\\nAbe **met** [Trump](x.html).\\n\\n- talks\\n")
    ('A visit', 'Abe met Trump.\\n\\n- talks')
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    title, parts = "", []
    for before, token in pairwise(tokens):
        if token.type != "inline":
            continue
        words = _words(token.children or []).strip()
        if before.tag == "h1" and not title:
            title = words
        elif words:
            parts.append(("- " if _in_item(tokens, before) else "") + words)
    return title, "\n\n".join(parts)


def _words(children: Sequence[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    shown = ("text", "code_inline")
    return "".join(
        breaks.get(c.type, c.content if c.type in shown else "") for c in children
    )


def _in_item(tokens: Sequence[Token], paragraph: Token) -> bool:
    place = next(i for i, t in enumerate(tokens) if t is paragraph)
    return place > 0 and tokens[place - 1].type == "list_item_open"
