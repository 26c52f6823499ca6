"""JSON lines: one record ``{"id", "text", "title", "date", "source", "url"}`` a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers.record import document
from kgbuild.readers.source import Report, Source


def read(
    file: IO[bytes], source: Source, *, date: str | None, report: Report
) -> Iterator[Document]:
    """Yield a document a line, as it is read; a faulty line is reported and passed over."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            yield _document(line, f"{source.id}-{number}", date)
        except ValueError as error:
            report(f"{source.name}: line {number}: {error}")


def _document(line: bytes, id: str, date: str | None) -> Document:
    record = _record(line)
    text = record.get("text")
    if type(text) is not str:
        have = ", ".join(map(str, record)) or "nothing"
        raise ValueError(f"'text' must be there and be a string; the record has {have}")
    given = record.get("id")
    return document(
        id=id if given is None or given == "" else str(given),
        text=text,
        meta=record,
        date=date,
    )


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; convert the file") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"is not JSON ({error}); write one record a line") from None
    if type(record) is not dict:
        raise ValueError('is not a record; write {"id": …, "text": …} on each line')
    return record
