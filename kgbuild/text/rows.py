"""Tables of deals in plain text: a row becomes the sentence that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kgbuild.model import Span
from kgbuild.text.offsets import Edit, Part

SUPPLIER, RECIPIENT, ITEM = "supplier", "recipient", "item"
QUANTITY, VALUE, DATE = "quantity", "value", "date"
_ROLES = {
    SUPPLIER: "supplier seller exporter vendor from",
    RECIPIENT: "recipient buyer importer customer purchaser client to",
    ITEM: "item items weapon weapons system systems equipment designation product arms",
    QUANTITY: "quantity number no qty units ordered count",
    VALUE: "value price cost amount sum worth",
    DATE: "date year signed",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_RULE = re.compile(r"[\s|:+=-]*")
_NOTHING = re.compile(r"[-–—.?]*|n/?a|unknown|none", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<currency>US\$|USD|EUR|GBP|[$€£])?\s*(?P<size>(?:bn|billion|mn?|million)\b)?",
    re.IGNORECASE,
)
_SIGNS = {"usd": "$", "us$": "$", "eur": "€", "gbp": "£"}


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table: cells parted by bars or tabs.

    >>> is_row("Japan | F-35"), is_row("---|---"), is_row("Abe | Xi met | once, they said.")
    (True, True, True)
    >>> is_row("Abe met Xi.")
    False
    """
    return "|" in line.strip("| ") or "\t" in line.strip()


def table_edits(text: str, rows: Sequence[Span]) -> Iterator[Edit]:
    """Give the edits that make sentences of the rows of a table that tells of deals.

    A row tells of one where the columns are named and among them are who sells, who
    buys and what. A table with other columns of weight ("Status") is left as it is: it
    may tell of what has not been done.
    """
    roles = _roles(text, rows)
    if roles is None:
        return
    names, unit = roles
    body = [row for row in rows[1:] if not _RULE.fullmatch(text, *row)]
    made = [(row, _sentence(text, _cells(text, row), names, unit)) for row in body]
    if not made or not all(parts for _, parts in made):
        return
    start = rows[0][0]
    for n, (row, parts) in enumerate(made):
        gap: tuple[Part, ...] = (("\n\n", row[0], row[0]),) if n else ()
        yield start, row[1], (*gap, *parts)
        start = row[1]


def _roles(text: str, rows: Sequence[Span]) -> tuple[list[str], re.Match[str]] | None:
    """Return the role of each column and the unit of sums, None where it is no deals' table."""
    if len(rows) < 2:
        return None
    titles = [text[a:b] for a, b in _cells(text, rows[0])]
    names = [_role(title) for title in titles]
    told = [n for n in names if n]
    wanted = {SUPPLIER, RECIPIENT, ITEM} <= set(told)
    if not wanted or len(told) != len(names) or len(set(told)) != len(told):
        return None
    value = titles[names.index(VALUE)] if VALUE in names else ""
    bare = re.sub(r"^\w+\W*", "", value)
    unit = _UNIT.match(bare)
    return (told, unit) if unit else None


def _role(title: str) -> str:
    words = re.findall(r"[a-z]+", title.lower())
    return next((_ROLE_OF[w] for w in words if w in _ROLE_OF), "")


def _cells(text: str, row: Span) -> list[Span]:
    """Return the offsets of the cells' words; an empty cell between others is one too."""
    start, end = row
    line = text[start:end]
    offset = start + (len(line) - len(line.lstrip("|")))
    bare = line.strip("|")
    cells = []
    for piece in re.split(r"[|\t]", bare):
        word = piece.strip()
        at = offset + (piece.index(word[0]) if word else 0)
        cells.append((at, at + len(word)))
        offset += len(piece) + 1
    return cells


def _sentence(
    text: str, cells: list[Span], names: list[str], unit: re.Match[str]
) -> tuple[Part, ...]:
    """Return the parts of a row's sentence, () where a cell that it needs says nothing."""
    if len(cells) != len(names):
        return ()
    known = {
        name: cell
        for name, cell in zip(names, cells, strict=True)
        if not _NOTHING.fullmatch(text, *cell)
    }
    if not known.keys() >= {SUPPLIER, RECIPIENT, ITEM}:
        return ()
    bounds = (cells[0][0], cells[-1][1])
    return tuple(_parts(text, known, unit, bounds))


def _parts(
    text: str, known: Mapping[str, Span], unit: re.Match[str], bounds: Span
) -> Iterator[Part]:
    """Give the cells in the order of a sentence; words between them point beside them."""

    def cell(name: str) -> Part:
        return (text[slice(*known[name])], *known[name])

    def word(words: str, name: str) -> Part:
        a, b = known[name]
        after = _gap(text, b, bounds[1])
        return (words, *(after if after[0] < after[1] else (a, b)))

    yield cell(SUPPLIER)
    yield word(" sold ", SUPPLIER)
    if QUANTITY in known:
        yield cell(QUANTITY)
        yield word(" ", QUANTITY)
    yield cell(ITEM)
    yield word(" to ", ITEM)
    yield cell(RECIPIENT)
    if VALUE in known:
        before, behind = _money(text[slice(*known[VALUE])], unit)
        yield word(f" for {before}", RECIPIENT)
        yield cell(VALUE)
        if behind:
            yield word(behind, VALUE)
    if DATE in known:
        told = text[slice(*known[DATE])]
        whole = re.fullmatch(r"\d{4}|[A-Z][a-z]+\.? \d{4}", told)
        yield word(" in " if whole else " on ", RECIPIENT)
        yield cell(DATE)
    yield word(".", ITEM)


def _gap(text: str, start: int, most: int) -> Span:
    found = re.compile(r"[ \t|]*").match(text, start, most)
    return found.span() if found else (start, start)


def _money(cell: str, unit: re.Match[str]) -> tuple[str, str]:
    """Return what the head of a column adds to a bare figure, before and behind it."""
    if not re.fullmatch(r"[\d.,]+", cell):
        return "", ""
    currency, size = unit["currency"] or "", (unit["size"] or "").lower()
    words = {"b": " billion", "m": " million"}
    return _SIGNS.get(currency.lower(), currency), words.get(size[:1], "")
