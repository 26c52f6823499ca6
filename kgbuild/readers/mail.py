"""Mail: a message a document, of a .eml file or a mailbox, by the standard library."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import IO

from kgbuild.model import Document
from kgbuild.readers.decoding import decode
from kgbuild.readers.html import words
from kgbuild.readers.reading import Reading
from kgbuild.readers.record import document
from kgbuild.readers.source import DAMAGE, LIMIT, Source

_SIGNED = re.compile(r"(?:\A|\n)-- ?\n.*", re.DOTALL)


def read(file: IO[bytes], source: Source, reading: Reading) -> Iterator[Document]:
    """Yield a document a message: its subject as title, its sender as source."""
    number = 0
    for number, data in enumerate(_messages(file), 1):
        where = f"{source.name}: message {number}" if number > 1 else source.name
        try:
            id = source.id if number == 1 else f"{source.id}-{number}"
            yield _document(data, id, source, reading, where)
        except ValueError as error:
            reading.report(f"{where}: {error}")
    if number == 0:
        raise ValueError("is empty; nothing to read")


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages of a mailbox, or the one of a file that is none."""
    parts: list[bytes] = []
    size, blank = 0, True
    while line := file.readline(LIMIT + 1):
        if blank and line.startswith(b"From ") and parts:
            yield b"".join(parts)
            parts, size = [], 0
        elif not (line.startswith(b"From ") and not parts):
            parts.append(re.sub(rb"^>(?=>*From )", b"", line))
            size += len(line)
            if size > LIMIT:
                raise ValueError(f"holds a message of more than {LIMIT // 10**6} MB")
        blank = not line.strip()
    if any(p.strip() for p in parts):
        yield b"".join(parts)


def _document(
    data: bytes, id: str, source: Source, reading: Reading, where: str
) -> Document:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        meta = {
            "title": _header(message, "Subject"),
            "date": _header(message, "Date"),
            "source": re.sub(r"\s*<[^>]*>\s*$", "", _header(message, "From")).strip(
                '"'
            ),
            "url": source.url,
        }
        text = _text(message)
        attached = sum(1 for _ in message.iter_attachments())
    except DAMAGE as error:
        what = " ".join(str(error).split())[:100] or type(error).__name__
        raise ValueError(f"cannot be read as mail ({what}); save it anew") from None
    found = document(id=id, text=text, meta=meta, reading=reading, where=where)
    if attached:
        reading.note(
            f"{where}: attachments are not read: {attached}; give them as files"
        )
    return found


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's words; what is no header of its kind comes as it stands."""
    try:
        return str(message.get(name, ""))
    except DAMAGE:
        found = [v for k, v in message.raw_items() if k.lower() == name.lower()]
        return str(found[0]) if found else ""


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload).encode()
    text = decode(data, body.get_content_charset("")) if data.strip() else ""
    if body.get_content_subtype() == "html":
        return words(text)
    return _SIGNED.sub("", text).strip()
