"""Characters that are not what they look like, or that nobody sees."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from kgbuild.text.offsets import Cleaned

EMOJI = (
    "\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c"
    "\u2b50\u2b55\u3030\u303d\U0001f000-\U0001faff"
)
"""The inside of a pattern's brackets: pictures, flags and dingbats."""

# terminal commands, line ends of other systems, and control characters
_CONTROL = re.compile(
    r"\x1b\[[0-?]{0,30}[ -/]{0,9}[@-~]|\r\n?|[\f\v\x1c-\x1e\u2028\u2029]"
    r"|[\0-\x08\x0e-\x1b\x1f\x7f-\x9f]"
)
_ENTITY = re.compile(
    r"&(?:amp;|#0*38;|#[xX]0*26;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});"
)
_BEYOND = re.compile(r"[^\x00-\x7f]{2,40}")
# full-width, half-width and mathematical letters, ligatures, and the signs of units
_WIDE = re.compile(
    "[\uff01-\uff5e\uff61\uff64\uffe0-\uffe6\u3001\u3002\ufb00-\ufb06\u0132\u0133"
    "\u01c4-\u01cc\u01f1-\u01f3\u2126\u212a\u212b\U0001d400-\U0001d7ff]"
)
_OWN = {"\u3001": ", ", "\u3002": ". ", "\uff61": ". ", "\uff64": ", "}
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f"
_COMPOSED = re.compile(rf"[^{_MARKS}]?[{_MARKS}]{{1,30}}")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# a soft hyphen, or nothing that is seen at all: joiners, turns of direction, selectors
_UNSEEN = re.compile(
    "\u00ad[ \t]{0,9}\n[ \t]{0,9}(?=\\w)"
    "|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_PICTURES = re.compile(f" ?[{EMOJI}](?: ?[{EMOJI}])* ?")
_BLANKS = re.compile(
    r"(?<=\n)[ \t]+|\A[ \t]+|[ \t]+(?=\n)|[ \t]+\Z|[ \t]{2,}|\t", re.MULTILINE
)


def mended(cleaned: Cleaned) -> Cleaned:
    """Return a text in the characters that were meant, without those that nobody sees.

    >>> from kgbuild.text.offsets import unchanged
    >>> mended(unchanged("\uff2aapan\u200b &amp; Erdog\u0306an")).text
    'Japan & Erdo\u011fan'
    """
    for pattern, new in _STEPS:
        cleaned = cleaned.replaced(pattern, new)
    return _normal(cleaned)


def without_pictures(cleaned: Cleaned) -> Cleaned:
    """Return a text with a space where pictures were, or nothing where none is wanted.

    >>> from kgbuild.text.offsets import unchanged
    >>> without_pictures(unchanged("Japan \U0001f1ef\U0001f1f5 met the US \U0001f1fa\U0001f1f8.")).text
    'Japan met the US.'
    """
    if cleaned.text.isascii():
        return cleaned
    return cleaned.replaced(_PICTURES, _gap)


def single_spaced(cleaned: Cleaned) -> Cleaned:
    """Return a text with one space where there were several, and none at the ends of lines.

    >>> from kgbuild.text.offsets import unchanged
    >>> single_spaced(unchanged("  Abe  met\\tXi. \\nHe left. ")).text
    'Abe met Xi.\\nHe left.'
    """

    def blank(found: re.Match[str]) -> str:
        at_edge = found.start() == 0 or found.end() == len(found.string)
        beside = found.string[found.start() - 1], found.string[found.end() :][:1]
        return "" if at_edge or "\n" in beside else " "

    return cleaned.replaced(_BLANKS, blank)


def _control(found: re.Match[str]) -> str:
    """Return a line end for what is one, the letter that old Windows had there, or nothing."""
    sign = found[0]
    if sign in ("\r", "\r\n", "\u2028") or "\x1c" <= sign <= "\x1e":
        return "\n"
    if sign in ("\f", "\v", "\u2029"):
        return "\n\n"
    if "\x80" <= sign <= "\x9f":
        return sign.encode("latin-1").decode("cp1252", "ignore")
    return ""


def _entity(found: re.Match[str]) -> str:
    return html.unescape(f"&{found[1]};") if found[1] else "&"


def _decoded(found: re.Match[str]) -> str:
    """Undo UTF-8 that was read as another code: "â€™" is an apostrophe."""
    import ftfy
    from ftfy.badness import is_bad

    return ftfy.fix_encoding(found[0]) if is_bad(found[0]) else found[0]


def _narrow(found: re.Match[str]) -> str:
    sign = found[0]
    if sign not in _OWN:
        return unicodedata.normalize("NFKC", sign)
    last = found.string[found.end() : found.end() + 1]
    return _OWN[sign] if last.isalnum() else _OWN[sign][0]


def _normal(cleaned: Cleaned) -> Cleaned:
    if unicodedata.is_normalized("NFC", cleaned.text):
        return cleaned
    return cleaned.replaced(
        _COMPOSED, lambda found: unicodedata.normalize("NFC", found[0])
    )


def _gap(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()] if found.start() else "\n"
    after = found.string[found.end() : found.end() + 1] or "\n"
    return "" if before == "\n" or after in "\n.,;:!?)”’" else " "


def _steps() -> Iterator[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]]:
    yield _BEYOND, _decoded
    yield _CONTROL, _control
    yield _ENTITY, _entity
    yield _WIDE, _narrow
    yield _SPACE, " "
    yield _UNSEEN, ""


_STEPS = tuple(_steps())
