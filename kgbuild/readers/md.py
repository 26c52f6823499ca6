"""Markdown: its words as plain text, paragraph by paragraph; the first heading is the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING

from kgbuild.model import Document
from kgbuild.readers.html import words
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import Source, text_of
from kgbuild.readers.txt import front_matter

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the one document of a Markdown file."""
    meta, markdown = front_matter(text_of(file, source))
    title, text = plain(markdown)
    known = {"url": source.url, "title": title, **meta}
    yield document(
        id=source.id,
        text=text or title,
        meta=known,
        reading=reading,
        where=source.name,
    )


def plain(markdown: str) -> tuple[str, str]:
    """Return the first heading of the first level, and the rest without its marks.

    A table's rows are lines whose cells bars part; of raw HTML the words are kept.

    >>> plain("# A visit\\n\\nAbe **met** [Trump](x.html).\\n\\n- talks\\n")
    ('A visit', 'Abe met Trump.\\n\\n- talks')
    >>> plain("<div>Abe left.</div>\\n\\n| a | b |\\n|---|---|\\n| c | d |")
    ('', 'Abe left.\\n\\na | b\\nc | d')
    """
    from markdown_it import MarkdownIt

    # Brackets nest no deeper than this in anything that people write.
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    tokens = parser.parse(markdown)
    title, parts, table = "", list[str](), list[list[str]]()
    for n, token in enumerate(tokens):
        before = tokens[max(0, n - 1)]
        if token.type == "html_block":
            parts.append(words(token.content))
        elif token.type == "table_close":
            parts.append("\n".join(" | ".join(row) for row in table))
            table = []
        elif token.type == "tr_open":
            table.append([])
        elif token.type != "inline":
            continue
        elif table:
            table[-1].append(_words(token.children or []).strip())
        elif before.tag == "h1" and not title:
            title = _words(token.children or []).strip()
        elif told := _words(token.children or []).strip():
            parts.append(
                ("- " if n > 1 and tokens[n - 2].type == "list_item_open" else "")
                + told
            )
    return title, "\n\n".join(p.strip() for p in parts if p.strip())


def _words(children: Sequence[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    shown = ("text", "code_inline")
    return "".join(
        breaks.get(c.type, c.content if c.type in shown else _tag(c)) for c in children
    )


def _tag(token: Token) -> str:
    return "\n" if token.type == "html_inline" and token.content[:3] == "<br" else ""
