"""Two tables for Neo4j's import: ``nodes`` and ``relationships``, with typed headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kgbuild.flat import Cell, flat_edge, flat_node, inert
from kgbuild.graph import records
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

_NODES = {
    "id": "id:ID",
    "type": ":LABEL",
    "label": "label",
    "aliases": "aliases:string[]",
}
_ENDS = {"subject": ":START_ID", "object": ":END_ID", "relation": ":TYPE", "id": "id"}
_FIELDS = {
    "doc": "doc",
    "factuality": "factuality",
    "attributed_to": "attributed_to:string[]",
    "time": "time",
    "phrase": "phrase",
    "confidence": "confidence:double",
    "role": "role",
    "deal_items": "deal_items:string[]",
    "deal_amount": "deal_amount:long",
    "deal_currency": "deal_currency",
    "deal_kind": "deal_kind",
    "deal_status": "deal_status",
    "deal_contractors": "deal_contractors:string[]",
    "sentence": "sentence",
    "start_offset": "start:int",
    "end_offset": "end:int",
    "reported_on": "reported_on",
    "title": "title",
    "date": "date",
    "source": "source",
    "link": "link",
}
_OF_FACTS = {
    "first_day": "first_day",
    "last_day": "last_day",
    "articles": "articles:int",
    "independent": "independent:int",
    "term_from": "term_from",
    "term_to": "term_to",
    "term_by": "term_by",
}


def parts(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the two tables; lists are joined by ``|`` (``--array-delimiter="|"``).

    A text that a spreadsheet would run has an apostrophe before it.
    """
    nodes = ({"id": name, **flat_node(graph.nodes[name])} for name in sorted(graph))
    documents = graph.graph.get("documents", {})
    found = records(graph)
    more = _OF_FACTS if any("articles" in r for r in found) else {}
    edges = (
        {
            **flat_edge(r, documents.get(r["doc"], {}), vocabulary),
            "subject": r["subject"]["id"],
            "object": r["object"]["id"],
            "id": r["id"],
        }
        for r in found
    )
    return {
        "nodes": _table(_NODES, nodes),
        "relationships": _table(_ENDS | _FIELDS | more, edges),
    }


def _table(columns: dict[str, str], rows: Iterable[dict[str, Cell]]) -> str:
    file = io.StringIO()
    table = csv.writer(file)  # RFC 4180: CRLF, and so a lone CR is quoted, too
    table.writerow(columns.values())
    for row in rows:
        table.writerow([_cell(row.get(key, "")) for key in columns])
    return file.getvalue()


def _cell(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    # A half surrogate cannot be encoded.
    return inert(value.encode("utf-8", "replace").decode())
