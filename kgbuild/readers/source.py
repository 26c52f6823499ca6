"""Where documents come from: named inputs, their bytes, and text decoded from them."""

from __future__ import annotations

import gzip
import http.client
import io
import re
import sys
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

KINDS = {
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "rss": "feed",
    "atom": "feed",
    "xml": "feed",
}
"""Suffix -> the module of this package that reads it."""

LIMIT = 200_000_000
"""Bytes of one input that is read whole; JSON lines are read line by line, without a limit."""

TIMEOUT = 30.0  # seconds
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, address or stream: ``name`` as the user gave it, ``id`` for its document."""

    name: str
    id: str
    path: Path | None = None
    url: str = ""


def sources(inputs: Iterable[str], report: Report) -> list[Source]:
    """Return what is to be read: folders opened and sorted, each file once, ids apart.

    Two files of one name get as much of their path into their ids as tells them apart.
    """
    found: dict[object, Source] = {}
    for name in inputs:
        for source in _expand(name, report):
            found.setdefault(source.path and source.path.resolve() or name, source)
    return _apart(list(found.values()))


def _expand(name: str, report: Report) -> Iterator[Source]:
    if name == "-":
        yield Source(name="standard input", id="stdin")
    elif re.match(r"https?://", name, re.IGNORECASE):
        yield Source(name=name, id=_url_stem(name), url=name)
    elif not (path := Path(name)).is_dir():
        yield Source(name=name, id=stem(path.name), path=path)
    else:
        inside = [p for p in sorted(path.rglob("*")) if _is_input(p, path)]
        if not inside:
            report(f"{name}: holds no file to read; have: {', '.join(KINDS)}, .gz")
        for file in inside:
            yield Source(name=str(file), id=stem(file.name), path=file)


def _is_input(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and suffix(path.name) in KINDS and path.is_file()


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
        return re.sub(r"^https?://|[?#].*$", "", source.url) or source.id
    parts = source.path.resolve().parts[1:]
    return "/".join([*parts[-depth:-1], stem(parts[-1])])


def suffix(name: str) -> str:
    """Return the suffix that tells the kind, without dot or ``gz``.

    >>> suffix("a.TXT.gz")
    'txt'
    """
    return Path(re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)).suffix[1:].lower()


def stem(name: str) -> str:
    """Return a file's name without the suffixes that tell its kind.

    >>> stem("u.s.-japan.txt.gz")
    'u.s.-japan'
    """
    bare = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
    return bare[: -len(suffix(bare)) - 1] if suffix(bare) in KINDS else bare


def _url_stem(url: str) -> str:
    host, _, path = re.sub(r"^\w+://|[?#].*$", "", url).partition("/")
    last = path.rstrip("/").rpartition("/")[2]
    return stem(urllib.parse.unquote(last)) or host


def open_source(source: Source) -> tuple[IO[bytes], str]:
    """Open a source, unzipped where it is gzip, and return it with its media type or ``""``.

    Raises:
        OSError: it is missing, cannot be opened, or the server does not answer.
    """
    if source.url:
        file, media = _fetch(source.url)
    elif source.path is None:
        file, media = io.BytesIO(sys.stdin.buffer.read()), ""
    else:
        file, media = source.path.open("rb"), ""
    zipped = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if not zipped:
        return file, media
    if source.path:
        file.close()
    return cast("IO[bytes]", gzip.open(source.path or file)), media


def _fetch(url: str) -> tuple[IO[bytes], str]:
    headers = {"User-Agent": "kgbuild", "Accept": "*/*"}
    try:
        request = urllib.request.Request(url, headers=headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            data = answer.read(LIMIT + 1)
            return io.BytesIO(data), answer.headers.get("Content-Type", "")
    except (http.client.HTTPException, ValueError) as error:
        raise OSError(f"address or answer makes no sense: {error}") from None


def whole(file: IO[bytes]) -> bytes:
    """Return all bytes of a file.

    Raises:
        ValueError: there are more than ``LIMIT``.
    """
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError(
            f"is larger than {LIMIT // 10**6} MB; split it, or give JSON lines"
        )
    return data


def decode(data: bytes) -> str:
    """Return bytes as text with ``\\n`` line ends: UTF-8 first, else what the bytes look like.

    English text that is not UTF-8 is Windows-1252 (Latin-1), UTF-16 or Mac Roman.

    Raises:
        ValueError: the bytes are no text.

    >>> decode("Luiz Inácio met Hollande.".encode("latin-1"))
    'Luiz Inácio met Hollande.'
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
    if "\0" in text and "\0" in (text := _guessed(data)):
        raise ValueError(NOT_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


NOT_TEXT = "is not text; give text, Markdown, HTML, PDF, JSON lines or a feed"
_CODES = ["utf_16", "utf_16_le", "utf_16_be", "cp1252", "latin_1", "mac_roman"]


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    lenient = data.decode("utf-8", "replace")
    # A stray byte in good UTF-8 is no reason to read all of it as another code.
    if lenient.count("�") * 10 < sum(c > "\x7f" for c in lenient):
        return lenient.removeprefix("\ufeff")
    best = from_bytes(data, cp_isolation=_CODES).best()
    if best is None:
        raise ValueError(NOT_TEXT)
    return str(best).removeprefix("\ufeff")
