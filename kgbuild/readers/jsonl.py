"""JSON lines: one record ``{"id", "text", "title", "date", "source", "url"}`` a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import columns, document
from kgbuild.readers.source import Source, text_of

LINE = 50_000_000
"""Bytes of a line; what is longer is no article."""


FAULTY = 20
"""Lines at the beginning of which one must be a record; else it is no file of them."""


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield a document a line, as it is read; a faulty line is reported and passed over."""
    faults: list[str] = []
    known = filled = False
    for number, line in enumerate(_lines(_as_utf8(file, source)), 1):
        if line is not None and not line.strip():
            continue
        filled = True
        where = f"{source.name}: line {number}"
        try:
            found = of_record(_record(line), f"{source.id}-{number}", reading, where)
        except ValueError as error:
            faults.append(f"{where}: {error}")
            if known:
                _tell(faults, reading)
            elif len(faults) == FAULTY:
                raise ValueError(
                    f"none of its first {FAULTY} lines is a record; is it JSON lines?"
                ) from None
            continue
        known = True
        _tell(faults, reading)
        yield found
    _tell(faults, reading)
    if not filled:
        raise ValueError("is empty; nothing to read")


def _tell(faults: list[str], reading: Reading) -> None:
    """Tell of all faults, each once."""
    while faults:
        reading.report(faults.pop(0))


def _as_utf8(file: IO[bytes], source: Source) -> IO[bytes]:
    """Return a file whose lines can be parted; what has NULs is of another code, or no text.

    Raises:
        ValueError: it is no text.
    """
    head = file.read(4096)
    file.seek(0)
    return io.BytesIO(text_of(file, source).encode()) if b"\0" in head else file


def of_record(
    record: dict[str, Any], id: str, reading: Reading, where: str
) -> Document:
    """Return the document of a JSON record; ``id`` where it tells none.

    Raises:
        ValueError: there is no text in it.
    """
    found = columns(record)
    text = record.get("text", record.get(found.get("text", "")))
    if type(text) is not str:
        have = ", ".join(map(str, list(record)[:9])) or "nothing"
        raise ValueError(f"'text' must be there and be a string; the record has {have}")
    meta = {field: _plain(record[name]) for field, name in found.items()}
    given = meta.get("id")
    return document(
        id=id if given is None or given == "" else str(given),
        text=text,
        meta=meta,
        reading=reading,
        where=where,
    )


def _plain(value: Any) -> Any:
    """Return a value, of a record or a list within a record its name or first."""
    if isinstance(value, dict):
        return next((value[k] for k in ("name", "title", "$date") if k in value), "")
    if isinstance(value, list):
        return value[0] if value and isinstance(value[0], str) else ""
    return value


def _lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """Yield lines; None for one that is too long, of which no more than that is held."""
    while line := file.readline(LINE + 1):
        if len(line) <= LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE)
        yield None


def _record(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise ValueError(f"is longer than {LINE // 10**6} MB; split the record")
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; convert the file") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON ({error}); write one record a line") from None
    if type(record) is not dict:
        raise ValueError('is not a record; write {"id": …, "text": …} on each line')
    return record
