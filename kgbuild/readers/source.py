"""Where documents come from: named inputs and their bytes."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import struct
import sys
import urllib.parse
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

from kgbuild.readers.addresses import is_address, shown
from kgbuild.readers.decoding import charset, decode
from kgbuild.readers.fetch import fetch
from kgbuild.readers.folders import fault_of, files
from kgbuild.readers.kinds import KINDS, stem, suffix
from kgbuild.readers.reading import Reading, Report

LIMIT = 200_000_000
"""Bytes of one input that is read whole, unpacked; JSON lines are read line by line."""

# What libraries raise on damaged files: whatever the damage leads to.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    OSError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, address or stream: ``name`` as it may be shown, ``id`` for its document.

    ``url`` is shown too; ``address`` is what is asked of the server, keys and all.
    ``inside`` tells that not it was named but a folder that holds it.
    """

    name: str
    id: str
    path: Path | None = None
    url: str = ""
    address: str = ""
    media: str = ""
    inside: bool = False


def sources(inputs: Iterable[str], report: Report) -> list[Source]:
    """Return what is to be read: folders opened and sorted, each file once, ids apart.

    Two files of one name get as much of their path into their ids as tells them apart.
    """
    found: dict[object, Source] = {}
    for name in inputs:
        for source in _expand(name, report):
            place = source.path and os.path.realpath(source.path)
            found.setdefault(place or name, source)
    return _apart(list(found.values()))


def _expand(name: str, report: Report) -> Iterator[Source]:
    if name == "-":
        yield Source(name="standard input", id="stdin")
        return
    if not name:
        report("an input has no name; check the name")
        return
    if is_address(name):
        told = shown(name)
        yield Source(name=told, id=_url_stem(told), url=told, address=name)
        return
    if re.match(r"[a-z][a-z0-9+.-]+://", name, re.IGNORECASE):
        report(f"{name}: is no web address; give http:, https:, or a file's name")
        return
    path = Path(name)
    try:
        fault = None if _is_piped(path) else fault_of(path)
        folder = path.is_dir()
    except (OSError, ValueError):
        fault, folder = "there can be no such file; check the name", False
    if fault:
        report(f"{name}: {fault}")
    elif folder:
        yield from _inside(name, path, report)
    else:
        yield Source(name=name, id=stem(path.name), path=path)


def _inside(name: str, folder: Path, report: Report) -> Iterator[Source]:
    faults: list[str] = []

    def tell(fault: str) -> None:
        faults.append(fault)
        report(fault)

    read = [p for p in files(folder, tell) if suffix(p.name) in KINDS]
    if not read and not faults:
        report(f"{name}: holds no file to read; have: {', '.join(KINDS)}, .gz")
    for file in read:
        yield Source(name=str(file), id=stem(file.name), path=file, inside=True)


def _is_piped(path: Path) -> bool:
    """Tell whether a shell made this name for what another program writes."""
    return path.parent.as_posix() in ("/dev/fd", "/proc/self/fd") or (
        path.as_posix() == "/dev/stdin"
    )


def _apart(found: list[Source]) -> list[Source]:
    """Give sources that share an id the shortest end of their path that tells them apart."""
    for depth in range(2, 99):
        count = Counter(s.id for s in found)
        if len(count) == len(found):
            break
        found = [
            replace(s, id=_longer(s, depth)) if count[s.id] > 1 else s for s in found
        ]
    return found


def _longer(source: Source, depth: int) -> str:
    if source.path is None:
        return re.sub(r"^https?://|#.*$", "", source.url) or source.id
    parts = Path(os.path.realpath(source.path)).parts[1:]
    return "/".join([*parts[-depth:-1], stem(parts[-1])])


def _url_stem(url: str) -> str:
    host, _, path = re.sub(r"^\w+://|[?#].*$", "", url).partition("/")
    last = path.rstrip("/").rpartition("/")[2]
    return stem(urllib.parse.unquote(last)) or host


def open_source(source: Source, reading: Reading) -> tuple[IO[bytes], Source]:
    """Open a source, unzipped where it is gzip, and return it with its media type told.

    Raises:
        OSError: it is missing, cannot be opened, or the server does not answer.
        ValueError: it is too large.
    """
    file: IO[bytes]
    if source.address:
        file, media = _fetched(source, reading)
        source = replace(source, media=media)
    elif source.path is None:
        file = io.BytesIO(whole(sys.stdin.buffer))
    else:
        file = source.path.open("rb")
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            with file:
                file = io.BytesIO(whole(file))
    zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if not zipped:
        return file, source
    if source.path and not isinstance(file, io.BytesIO):
        file.close()
        return cast("IO[bytes]", gzip.open(source.path)), source
    return cast("IO[bytes]", gzip.open(file)), source


def _fetched(source: Source, reading: Reading) -> tuple[IO[bytes], str]:
    page = fetch(source.address, limit=LIMIT, allow_private=reading.allow_private)
    if len(page.data) > LIMIT:
        raise ValueError(_large())
    if page.promised is not None and len(page.data) < page.promised:
        reading.report(
            f"{source.name}: is cut off: {len(page.data)} bytes came of "
            f"{page.promised}; what came is read; try again"
        )
    return io.BytesIO(page.data), page.media


def whole(file: IO[bytes]) -> bytes:
    """Return all bytes of a file.

    Raises:
        ValueError: there are more than ``LIMIT``.
    """
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError(_large())
    return data


def _large() -> str:
    return f"is larger than {LIMIT // 10**6} MB; split it, or give JSON lines in a file"


def text_of(file: IO[bytes], source: Source) -> str:
    """Return the whole text of a file, in the code that was declared for it.

    Raises:
        ValueError: it is too large, or no text.
    """
    return decode(whole(file), charset(source.media))
