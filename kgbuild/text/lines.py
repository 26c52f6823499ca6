"""Lines that are no sentences' ends: margins, parted words, list items, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kgbuild.model import Span
from kgbuild.text.characters import EMOJI
from kgbuild.text.offsets import Cleaned, Edit
from kgbuild.text.rows import is_row, table_edits
from kgbuild.text.words import common_words, listed

# lines longer than this are paragraphs, not lines of a wrapped one; the shorter ones of
# less than that are too short to tell that a margin ended them
_WIDEST, _NARROWEST = 130, 15

_LINE = re.compile(r"[^\n]*")
_MARK = re.compile(
    rf"(?:(?:[-–—•‣◦▪●*·»→□■◆◇○]|[{EMOJI}]|\(?\d{{1,2}}[.)])[ \t]+"
    rf"|[•‣◦▪●{EMOJI}](?=\w))+(?=[^\W_]|[\"'“‘($£€])"
)
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]*]*\Z")
# a sentence ends within the line: what follows there is the next one's beginning
_AMID = re.compile(r"[a-z]{3}[.!?][\"'”’)]* [\"'“‘(]*[A-Z]")
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]{2,20}(?:[ ,][^\n]{0,50}?)? ?(?:\([\w/. ]{2,25}\) ?)?(?:--?|[–—])\s"
)
_LABEL = re.compile(r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4}:\s")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def unwrapped(cleaned: Cleaned) -> Cleaned:
    """Return a text whose newlines part what belongs apart, and nothing else.

    A line goes on in the next where a word or a clause does, or where it is as long as
    those that do. List items and rows of deals become paragraphs of their own.

    >>> from kgbuild.text.offsets import unchanged
    >>> unwrapped(unchanged("- Japan bought the mis-\\nsiles\\n- Rus-\\nsia left")).text
    'Japan bought the missiles\\n\\nRussia left'
    """
    if "\n" not in cleaned.text and not _MARK.match(cleaned.text):
        return cleaned
    text = cleaned.text
    blocks = list(_blocks(text))
    width = _width(text, blocks)
    return cleaned.edited(
        edit for block in blocks for edit in _block_edits(text, block, width)
    )


def _blocks(text: str) -> Iterator[list[Span]]:
    """Give the lines that no blank line parts, each without the blanks around it."""
    block: list[Span] = []
    for found in _LINE.finditer(text):
        if found.start() and text[found.start() - 1] != "\n":
            continue  # the empty match behind a line
        bare = found[0].strip()
        if bare:
            start = found.start() + found[0].index(bare[0])
            block.append((start, start + len(bare)))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(text: str, blocks: list[list[Span]]) -> int:
    """Return how long lines are that surely go on in the next, 0 where none does."""
    lengths = sorted(
        line[1] - line[0]
        for block in blocks
        for line, after in pairwise(block)
        if _goes_on(text, line, after)
    )
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _block_edits(text: str, block: list[Span], width: int) -> Iterator[Edit]:
    """Give the edits of a block: its tables as such, what stands between them as prose."""
    prose: list[Span] = []
    rows: list[Span] = []
    for line in [*block, None]:
        if line and is_row(text[slice(*line)]):
            if prose:
                yield from _prose_edits(text, prose, width)
            prose = []
            rows.append(line)
            continue
        if rows:
            yield from table_edits(text, rows)
        rows = []
        if line:
            prose.append(line)
    if prose:
        yield from _prose_edits(text, prose, width)


def _prose_edits(text: str, lines: list[Span], width: int) -> Iterator[Edit]:
    mark = _MARK.match(text, *lines[0])
    in_item = mark is not None
    if mark:
        yield lines[0][0], mark.end(), ""
    amid = False  # whether this line goes on from the one before
    for n, (line, after) in enumerate(pairwise(lines)):
        gap = line[1], after[0]
        mark = _MARK.match(text, *after)
        if mark and (in_item or _begins_item(text, line, mark[0], width, amid)):
            yield line[1], mark.end(), "\n\n"
            in_item, amid = True, False
        elif parted := _parted(text, line, after):
            yield parted
            amid = True
        elif _joins(
            text,
            line,
            (mark.end() if mark else after[0], after[1]),
            width,
            amid=amid and not in_item,
            first=n == 0,
        ):
            yield *gap, " "
            amid = True
        else:
            if in_item:
                yield *gap, "\n\n"
            in_item = amid = False


def _begins_item(text: str, line: Span, mark: str, width: int, amid: bool) -> bool:
    """Tell a list's mark from a dash or a number that a margin brought to a line's start."""
    if mark[0] not in "-–—*(" and not mark[0].isdigit():
        return True
    if _ENDED.search(text, *line):
        return True
    return not amid and not 0 < 0.85 * width < line[1] - line[0]


def _joins(
    text: str, line: Span, after: Span, width: int, *, amid: bool, first: bool
) -> bool:
    if _goes_on(text, line, after):
        return True
    if not _may_join(text, line, after):
        return False
    length, word = line[1] - line[0], text[slice(*after)].split(None, 1)[0]
    if _ENDED.search(text, *line):
        return 0 < width < length + 1 + len(word)
    if amid:
        return True  # prose ends in a full stop, though items need not
    full = length + 1 + len(word) > width - max(8, 0.15 * width)
    return bool(width) and full and not (first and _is_headline(text[slice(*line)]))


def _goes_on(text: str, line: Span, after: Span) -> bool:
    """Tell whether a line surely goes on in the next: amid a word, a phrase or a clause."""
    length = line[1] - line[0]
    if not _may_join(text, line, after) or _ENDED.search(text, *line):
        return False
    if length < _NARROWEST:
        return False
    last = text[slice(*line)].rsplit(None, 1)[-1]
    if (
        last[-1] == ","
        or last.lower() in listed("inside_headlines")
        or _AMID.search(text, *line)
    ):
        return True
    # where there are no capitals at all, a small letter tells nothing
    return text[after[0]].islower() and any(map(str.isupper, text[slice(*line)]))


def _may_join(text: str, line: Span, after: Span) -> bool:
    return (
        line[1] - line[0] <= _WIDEST
        and not _MARK.match(text, *after)
        and not is_row(text[slice(*line)])
        and not is_row(text[slice(*after)])
        and not _DATELINE.match(text, *after)
        and not _LABEL.match(text, *after)
        and any(map(str.isalnum, text[slice(*after)]))
        and any(map(str.isalnum, text[slice(*line)]))
    )


def _is_headline(line: str) -> bool:
    """Tell whether all words of weight are capitalised.

    >>> _is_headline("Japan Buys Jets From the US"), _is_headline("President Xi met")
    (True, False)
    """
    words = _WORD.findall(line)
    heavy = [w for w in words if w.lower() not in listed("inside_headlines")]
    return len(heavy) > 1 and all(w[0].isupper() for w in heavy)


_PARTED = re.compile(r"(\w+)[-\u2010\u2011]\Z")


def _parted(text: str, line: Span, after: Span) -> Edit | None:
    """Return the edit that makes one word of what a line's end parts, None where none is.

    "Rus-/sia" loses its hyphen; "long-/term", "F-/35" and "South-/Korean" keep it, and
    so does what the text hyphenates within a line.
    """
    head = _PARTED.search(text, max(line[0], line[1] - 40), line[1])
    if head is None or is_row(text[slice(*line)]) or is_row(text[slice(*after)]):
        return None
    tail = re.compile(r"\w+").match(text, *after)
    if tail is None:
        return None
    first, last = head[1], tail[0]
    keep = (
        not (first[-1].islower() and last[0].islower())
        or _is_compound(first.lower(), last.lower())
        or f" {first}-{last}" in text[max(0, line[1] - 1000) : line[1] + 1000]
    )
    return line[1] - (not keep), after[0], ""


def _is_compound(first: str, last: str) -> bool:
    """Tell whether two words make one with a hyphen, rather than being halves of one.

    >>> _is_compound("fighter", "bomber"), _is_compound("mis", "siles"), _is_compound("war", "heads")
    (True, False, False)
    """
    words = common_words()
    if first + last in words:
        return False
    return first in listed("compounds") or first in words and last in words
