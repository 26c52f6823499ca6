"""Bytes -> text: by what they tell of themselves, else by what they look like."""

from __future__ import annotations

import codecs
import re

NOT_TEXT = (
    "is not text; give text, Markdown, HTML, PDF, Word, mail, tables, JSON or a feed"
)
_CODES = ["utf_16", "utf_16_le", "utf_16_be", "cp1252", "latin_1", "mac_roman"]
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{1,200}?encoding=[\"']([\w.:-]{2,30})"
    rb"|<meta[^>]{1,500}?charset=[\"']?\s*([\w.:-]{2,30})",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,30})", re.IGNORECASE)


def decode(data: bytes, declared: str = "") -> str:
    """Return bytes as text with ``\\n`` line ends.

    UTF-8 first, which no other code looks like by chance; then the code that is declared,
    by whoever sent it or in the text itself; then what the bytes look like: English text
    that is not UTF-8 is Windows-1252 (Latin-1), UTF-16 or Mac Roman.

    Raises:
        ValueError: the bytes are no text.

    >>> decode("Luiz Inácio met Hollande.".encode("latin-1"))
    'Luiz Inácio met Hollande.'
    >>> decode("Lech Wałęsa".encode("iso-8859-2"), "iso-8859-2")
    'Lech Wałęsa'
    """
    text = _marked(data) or _strict(data, "utf-8-sig")
    if text is None or "\0" in text:
        text = _strict(data, declared or declared_in(data)) or _guessed(data)
    if "\0" in text and "\0" in (text := _guessed(data)):
        raise ValueError(NOT_TEXT)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def charset(media: str) -> str:
    """Return the code that a media type declares, or ``""``.

    >>> charset("text/html; charset=ISO-8859-2")
    'ISO-8859-2'
    """
    found = _CHARSET.search(media)
    return found[1] if found else ""


def declared_in(data: bytes) -> str:
    """Return the code that HTML or XML declares, or ``""``.

    >>> declared_in(b'<html><meta charset="iso-8859-2">')
    'iso-8859-2'
    """
    found = _DECLARED.search(data, 0, 5000)
    return (found[1] or found[2]).decode() if found else ""


def _marked(data: bytes) -> str | None:
    """Decode what a byte order mark begins, None where none does."""
    for mark, code in _MARKS:
        if data.startswith(mark):
            return _strict(data, code)
    return None


def _strict(data: bytes, code: str) -> str | None:
    """Decode by a code that is declared, None where it is no code or not that of the data."""
    try:
        name = codecs.lookup(code).name if code else ""
        # what browsers take these for, since everybody does
        name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)
        return data.decode(name) if name else None
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    lenient = data.decode("utf-8", "replace")
    # A stray byte in good UTF-8 is no reason to read all of it as another code.
    if lenient.count("\ufffd") * 10 < sum(c > "\x7f" for c in lenient):
        return lenient.removeprefix("\ufeff")
    best = from_bytes(data, cp_isolation=_CODES).best()
    if best is None:
        raise ValueError(NOT_TEXT)
    return str(best).removeprefix("\ufeff")
