"""JSON: an array of records, one record, or an object that holds an array of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kgbuild.model import Document
from kgbuild.readers import jsonl
from kgbuild.readers.kinds import WRITTEN, GraphError
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import columns
from kgbuild.readers.source import Source, text_of

_BLANK = re.compile(r"[ \t\r\n]*")
_NEXT = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield a document a record; what comes before the end of a cut-off file is read."""
    text = text_of(file, source).removeprefix("\ufeff")
    start = _after(_BLANK, text, 0)
    if text.startswith("[", start):
        yield from _array(text, start + 1, source, reading)
        return
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        if text.count("\n", start) > 0 and text.startswith("{", start):
            yield from jsonl.read(io.BytesIO(text.encode()), source, reading)
            return
        raise ValueError(f"is not JSON ({error}); mend it") from None
    if text.startswith("{", _after(_BLANK, text, end)):
        yield from jsonl.read(io.BytesIO(text.encode()), source, reading)
    else:
        yield from _records(_listed(value), source, reading)


def _array(
    text: str, start: int, source: Source, reading: Reading
) -> Iterator[Document]:
    """Yield the documents of an array, element by element, as far as it goes."""
    at, number = _after(_BLANK, text, start), 0
    while not text.startswith("]", at):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            reading.report(f"{source.name}: {_fault(text, number, error)}")
            return
        number += 1
        yield from _one(value, number, source, reading)
        comma = _NEXT.match(text, at)
        at = comma.end() if comma else _after(_BLANK, text, at)
        if not comma and not text.startswith("]", at):
            reading.report(f"{source.name}: {_fault(text[:at], number, None)}")
            return
    if number == 0:
        raise ValueError("is an empty list; nothing to read")


def _fault(text: str, number: int, error: Exception | None) -> str:
    at = getattr(error, "pos", None)
    ended = error is None or at is None or at >= len(text.rstrip()) - 1
    ended = ended or "Unterminated string" in str(error)
    if ended:
        return f"is cut off after record {number}; fetch it again"
    return (
        f"record {number + 1} is not JSON ({error}); what follows is not read; mend it"
    )


def _listed(value: Any) -> list[Any]:
    """Return the records that a JSON value holds.

    Raises:
        ValueError: it is a graph, or holds none.
    """
    if isinstance(value, dict):
        if {"nodes", "edges"} <= value.keys() or "@graph" in value:
            raise GraphError(WRITTEN)
        if "text" in columns(value) and type(value[columns(value)["text"]]) is str:
            return [value]
        for inside in value.values():
            if isinstance(inside, list) and inside and isinstance(inside[0], dict):
                return inside
            if isinstance(inside, dict) and type(inside.get("docs")) is list:
                return list(inside["docs"])
    raise ValueError('holds no records; write [{"id": …, "text": …}, …]')


def _records(values: list[Any], source: Source, reading: Reading) -> Iterator[Document]:
    for number, value in enumerate(values, 1):
        yield from _one(value, number, source, reading)


def _one(
    value: Any, number: int, source: Source, reading: Reading
) -> Iterator[Document]:
    where = f"{source.name}: record {number}"
    try:
        if type(value) is not dict:
            raise ValueError('is not a record; write {"id": …, "text": …}')
        yield jsonl.of_record(value, f"{source.id}-{number}", reading, where)
    except ValueError as error:
        reading.report(f"{where}: {error}")


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
