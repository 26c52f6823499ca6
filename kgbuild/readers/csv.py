"""Tables, CSV or TSV: a row an article, its fields known by the names of the columns."""

from __future__ import annotations

import csv
import io
import re
import statistics
from collections.abc import Iterator, Sequence
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.kinds import WRITTEN, GraphError, suffix
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import columns, document, guessed
from kgbuild.readers.source import LIMIT, Source, text_of

_OF_GRAPH = re.compile(r":(?:START_)?ID\b")  # a column of a graph's import
_ENOUGH = 40  # characters that a column of texts has in the middle


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield a document a row; which column is taken for what is said where it is guessed."""
    text = text_of(file, source)
    if not text.strip():
        raise ValueError("is empty; nothing to read")
    rows = _rows(text, source)
    header = next((row for _, row in rows), [])
    if any(_OF_GRAPH.search(name) for name in header):
        raise GraphError(WRITTEN)
    found = columns(header)
    rest: Iterator[tuple[int, list[str]]] = rows
    if "text" not in found:
        kept = list(rows)
        found = {**found, "text": _longest(header, [row for _, row in kept])}
        rest = iter(kept)
    if told := guessed(found):
        reading.note(f"{source.name}: columns are guessed: {told}")
    number = 0
    for number, row in rest:
        where = f"{source.name}: row {number}"
        try:
            yield _document(row, header, found, f"{source.id}-{number}", reading, where)
        except ValueError as error:
            reading.report(f"{where}: {error}")
    if number == 0:
        raise ValueError("holds no row below its header; nothing to read")


def _rows(text: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, with their numbers, the header's 1."""
    csv.field_size_limit(LIMIT)  # Python's own is for the whole process, and too small
    table = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text, source)
    )
    number = 0
    try:
        for row in table:
            number += 1
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error as error:
        raise ValueError(f"row {number + 1} is no row of a table ({error})") from None


def _delimiter(text: str, source: Source) -> str:
    """Return what parts the cells: what the first line has most of."""
    if source.path and suffix(source.path.name) == "tsv":
        return "\t"
    first = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=first.count)


def _longest(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the column whose cells are long enough for articles.

    Raises:
        ValueError: there is none.
    """
    lengths = {
        name: statistics.median([len(r[n]) if n < len(r) else 0 for r in rows] or [0])
        for n, name in enumerate(header)
    }
    best = max(lengths, key=lambda n: lengths[n], default="")
    if lengths.get(best, 0) < _ENOUGH:
        have = ", ".join(name[:40] for name in header[:9])
        raise ValueError(f"has no column of texts; name one 'text'; it has: {have}")
    return best


def _document(
    row: Sequence[str],
    header: Sequence[str],
    found: dict[str, str],
    id: str,
    reading: Reading,
    where: str,
) -> Document:
    cells = dict(zip(header, row, strict=False))
    meta = {field: cells.get(name, "") for field, name in found.items()}
    text = meta.pop("text")
    if not text.strip() and len(row) < len(header):
        raise ValueError(f"has {len(row)} cells of {len(header)}; is the file cut off?")
    given = meta.pop("id", "").strip()
    return document(id=given or id, text=text, meta=meta, reading=reading, where=where)
