"""A workbook, for Excel and LibreOffice: sheets of statements, entities and articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from kgbuild.flat import flat_node, xml_safe
from kgbuild.frames import COLUMNS, rows
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

ROWS, LETTERS = 1_048_576, 32_767  # what a sheet and a cell hold
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
    book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes on any day
    told = [list(row.values()) for row in rows(graph, vocabulary)]
    _sheet(book, "statements", list(COLUMNS), told)
    nodes = [[name, *flat_node(graph.nodes[name]).values()] for name in sorted(graph)]
    _sheet(book, "entities", ["id", "label", "type", "aliases"], nodes)
    fields = ("title", "date", "source", "url")
    known = sorted(graph.graph.get("documents", {}).items())
    articles = [[name, *(about.get(f) for f in fields)] for name, about in known]
    _sheet(book, "articles", ["doc", *fields], articles)
    book.close()


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
