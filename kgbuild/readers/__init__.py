"""Inputs -> documents: one module a kind, found by suffix, media type or content."""

from __future__ import annotations

import gzip
import os
import urllib.error
import zlib
from collections.abc import Iterable, Iterator
from importlib import import_module

from kgbuild.model import Document
from kgbuild.readers.fetch import PrivateError
from kgbuild.readers.folders import reason, unread
from kgbuild.readers.kinds import GraphError, kind_of
from kgbuild.readers.reading import Reading, Report, in_one_line, log, refuse
from kgbuild.readers.source import Source, open_source, sources
from kgbuild.text.days import day_of
from kgbuild.text.language import foreign_language

__all__ = ["read_documents", "unread"]


def read_documents(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    date: str | None = None,
    report: Report | None = None,
    note: Report | None = None,
    any_language: bool = False,
    allow_private: bool = False,
) -> Iterator[Document]:
    """Yield the documents of files, folders, addresses or ``-``, in the order given.

    ``date`` is the day of documents that tell none. What cannot be read, or is not
    English unless ``any_language``, is told to ``report``, in one line, and the rest is
    read; without ``report`` it is raised. What is read, but not as it stands (a date that
    is none, columns that are guessed), is told to ``note``, else logged. Addresses on
    private networks are read with ``allow_private`` alone.

    Raises:
        ValueError: an input cannot be read, and there is no ``report``.

    >>> [d.id for d in read_documents("data/arms-sales-japan.txt")]
    ['arms-sales-japan']
    """
    reading = Reading(
        date=day_of(date) if date else None,
        report=in_one_line(report or refuse),
        note=in_one_line(note or log),
        any_language=any_language,
        allow_private=allow_private,
    )
    listed = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    names = [os.fspath(i) for i in listed]
    seen: dict[str, Document] = {}
    for source in sources(names, reading.report):
        for document in _read(source, reading):
            known = seen.setdefault(document.id, document)
            if known is document:
                yield from _english(document, source, reading)
            elif known.text != document.text:
                reading.report(
                    f"{source.name}: a second document has the id {document.id!r}; rename it"
                )


def _english(
    document: Document, source: Source, reading: Reading
) -> Iterator[Document]:
    """Yield a document that may be read; say of another what language it is in."""
    language = None if reading.any_language else foreign_language(document.text)
    if language is None:
        yield document
        return
    part = "" if document.id == source.id else f"{document.id}: "
    reading.report(
        f"{source.name}: {part}is not English but {language}; "
        "leave it out, or read it all the same with --any-language"
    )


def _read(source: Source, reading: Reading) -> Iterator[Document]:
    try:
        file, source = open_source(source, reading)
        with file:
            head = file.read(100_000)
            file.seek(0)
            name = source.path.name if source.path else ""
            kind = kind_of(name, source.media, head)
            module = import_module(f"kgbuild.readers.{kind}")
            yield from module.read(file, source, reading)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        reading.report(
            f"{source.name}: is a damaged .gz file, or one cut off; make or fetch it again"
        )
    except OSError as error:
        reading.report(f"{source.name}: {_reason(error)}")
    except GraphError as error:
        # What an earlier run left in a folder is no fault of who gives the folder again.
        tell = reading.note if source.inside else reading.report
        tell(f"{source.name}: {error}")
    except ValueError as error:
        reading.report(f"{source.name}: {error}")


def _reason(error: OSError) -> str:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        said = " ".join(f"{error.code} {error.reason}".split())[:200]
        return f"the server says {said}; check the address"
    return str(error) if isinstance(error, PrivateError) else reason(error)
