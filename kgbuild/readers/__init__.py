"""Inputs -> documents: one module a kind, found by suffix, media type or content."""

from __future__ import annotations

import gzip
import os
import re
import urllib.error
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.record import day_of
from kgbuild.readers.source import (
    KINDS,
    Report,
    Source,
    open_source,
    sources,
    suffix,
)

_MEDIA = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "md",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}


def read_documents(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    date: str | None = None,
    report: Report | None = None,
) -> Iterator[Document]:
    """Yield the documents of files, folders, addresses or ``-``, in the order given.

    ``date`` is the day of documents that tell none. What cannot be read is told to
    ``report``, in one line, and the rest is read; without ``report`` it is raised.

    Raises:
        ValueError: an input cannot be read, and there is no ``report``.

    >>> [d.id for d in read_documents("data/arms-sales-japan.txt")]
    ['arms-sales-japan']
    """
    tell = report or _refuse
    day = day_of(date) if date else None
    listed = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    names = [os.fspath(i) for i in listed]
    seen: dict[str, Document] = {}
    for source in sources(names, tell):
        for document in _read(source, day, tell):
            known = seen.setdefault(document.id, document)
            if known is document:
                yield document
            elif known.text != document.text:
                tell(
                    f"{source.name}: a second document has the id {document.id!r}; rename it"
                )


def _read(source: Source, date: str | None, report: Report) -> Iterator[Document]:
    try:
        file, media = open_source(source)
        with file:
            module = import_module(f"kgbuild.readers.{_kind(source, file, media)}")
            yield from module.read(file, source, date=date, report=report)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        report(f"{source.name}: is a damaged .gz file; make or fetch it again")
    except OSError as error:
        report(f"{source.name}: {_reason(error)}")
    except ValueError as error:
        report(f"{source.name}: {error}")


def _kind(source: Source, file: IO[bytes], media: str) -> str:
    """Tell the kind by the file's suffix, the server's word, else what it begins with."""
    named = KINDS.get(suffix(source.path.name)) if source.path else None
    told = _MEDIA.get(media.partition(";")[0].strip().lower())
    if named or told:
        return named or told or ""
    head = file.read(100_000)
    file.seek(0)
    kind = _sniffed(head)
    if kind == "txt" and source.path and suffix(source.path.name) == "json":
        raise ValueError("is no JSON lines; put one record on each line (jq -c '.[]')")
    return kind


def _sniffed(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"<"):
        opening = start[:2000].lower()
        return (
            "feed"
            if any(t in opening for t in (b"<rss", b"<feed", b"<rdf:rdf"))
            else "html"
        )
    first = start.partition(b"\n")[0]
    record = re.match(rb'\{\s*"[^"]*"\s*:', first) and b'"text"' in first
    return "jsonl" if record else "txt"


def _reason(error: OSError) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server says {error.code} {error.reason}; check the address"
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    what = getattr(error, "reason", None) or error.strerror or error
    return f"cannot be read ({what}); check that it is there and can be reached"


def _refuse(fault: str) -> None:
    raise ValueError(fault)
