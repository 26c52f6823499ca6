"""Plain text, with or without a front matter block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import Source, text_of

_BLOCK = re.compile(r"---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n\s*|$)")
_LINE = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield the one document of a text file: its text is what follows the front matter."""
    meta, text = front_matter(text_of(file, source))
    known = {"url": source.url, **meta}
    yield document(
        id=source.id, text=text, meta=known, reading=reading, where=source.name
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split a text into the fields of its front matter block and the text after it.

    >>> front_matter("---\\ntitle: A visit\\ndate: 2017-11-06\\n---\\n\\nAbe met Trump.")
    ({'title': 'A visit', 'date': '2017-11-06'}, 'Abe met Trump.')
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    lines = [_LINE.fullmatch(line.strip()) for line in block[1].splitlines()]
    if not any(lines):  # a text that merely begins with a rule
        return {}, text
    fields = {m[1].lower(): _unquoted(m[2].strip()) for m in lines if m}
    return fields, text[block.end() :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
