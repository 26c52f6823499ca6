"""A workbook, for Excel and LibreOffice: sheets of statements, entities and articles.

The graph as it is stands in a sheet that is not shown, for :func:`kgbuild.read`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from kgbuild.flat import flat_node, xml_safe
from kgbuild.frames import COLUMNS, rows
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import packed, unpacked

if TYPE_CHECKING:
    import networkx as nx

ROWS, LETTERS = 1_048_576, 32_767  # what a sheet and a cell hold
MADE = datetime(2000, 1, 1)  # the same bytes on any day
WHOLE = "kgbuild:"  # what begins a cell with a stretch of the graph
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,  # what others wrote is text, whatever it looks like
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def dump(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary, file: IO[bytes]) -> None:
    """Write a graph to a workbook.

    Raises:
        ValueError: there are more statements than a sheet has rows.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(file, _PLAIN)
    book.set_properties({"created": MADE})
    told = [list(row.values()) for row in rows(graph, vocabulary)]
    _sheet(book, "statements", list(COLUMNS), told)
    nodes = [[name, *flat_node(graph.nodes[name]).values()] for name in sorted(graph)]
    _sheet(book, "entities", ["id", "label", "type", "aliases"], nodes)
    fields = ("title", "date", "source", "url")
    known = sorted(graph.graph.get("documents", {}).items())
    articles = [[name, *(about.get(f) for f in fields)] for name, about in known]
    _sheet(book, "articles", ["doc", *fields], articles)
    _hide(book, packed(graph))
    book.close()


def _hide(book: Any, text: str) -> None:
    sheet = book.add_worksheet("kgbuild")
    step = LETTERS - len(WHOLE)
    for row, start in enumerate(range(0, len(text), step)):
        sheet.write_string(row, 0, WHOLE + text[start : start + step])
    sheet.very_hidden()


def load(file: IO[bytes]) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as a workbook.

    Raises:
        ValueError: another program wrote the workbook, or wrote it anew after a change.
    """
    try:
        with zipfile.ZipFile(file) as parts:
            core = parts.read("docProps/core.xml").decode("utf-8")
            days = set(re.findall(r">([^<]*)</dcterms:", core))
            if days != {f"{MADE.isoformat()}Z"}:
                raise ValueError(
                    "was changed since kgbuild wrote it; give .ttl or .json"
                )
            strings = parts.read("xl/sharedStrings.xml").decode("utf-8")
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError(f"is no workbook of kgbuild ({error})") from None
    # Strings are shared in the order in which they were written.
    return unpacked("".join(re.findall(rf"<t>{WHOLE}([^<]*)</t>", strings)))


def _sheet(
    book: Any, name: str, columns: Sequence[str], found: Iterable[Sequence[Any]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns)
    for number, row in enumerate(found, 1):
        if number == ROWS:
            raise ValueError(
                f"a workbook holds {ROWS - 1:,} {name} at most; take parquet or csv"
            )
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, _cell(value))
    sheet.autofilter(0, 0, 0, len(columns) - 1)


def _cell(value: Any) -> Any:
    """Return a value as a cell takes it: sums beyond its digits and long texts cut as text."""
    if isinstance(value, int) and abs(value) >= 10**15:
        return str(value)
    return xml_safe(value)[:LETTERS] if isinstance(value, str) else value
