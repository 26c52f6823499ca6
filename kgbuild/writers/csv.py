"""Three tables for Neo4j's import: ``nodes``, ``relationships`` and ``articles``.

The headers are typed. A last column, which the import passes over, keeps what a row was made
of, so that :func:`kgbuild.read` gives the graph again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kgbuild.flat import Cell, flat_edge, flat_node, inert
from kgbuild.graph import records
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import LACKS, each_part, from_parts

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
_ARTICLES = {
    "id": "id:ID(Article)",
    "type": ":LABEL",
    "title": "title",
    "date": "date",
    "source": "source",
    "url": "link",
}
_WHOLE = {"whole": "whole:IGNORE"}
_ALL = "all"  # the id of the last row, which tells of the graph as a whole
_END = "\r\n"
_LIMIT = 2**31 - 1  # characters of a field: a row keeps an article's whole text


def parts(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Return the tables; lists are joined by ``|`` (``--array-delimiter="|"``).

    A text that a spreadsheet would run has an apostrophe before it.
    """
    kept = _kept(graph)
    nodes = (
        {"id": n, **flat_node(graph.nodes[n]), "whole": kept["nodes", n]}
        for n in sorted(graph)
    )
    documents = graph.graph.get("documents", {})
    found = records(graph)
    more = _OF_FACTS if any("articles" in r for r in found) else {}
    edges = (
        {
            **flat_edge(r, documents.get(r["doc"], {}), vocabulary),
            "subject": r["subject"]["id"],
            "object": r["object"]["id"],
            "id": r["id"],
            "whole": kept["edges", r["id"]],
        }
        for r in found
    )
    articles = (
        {**d, "id": n, "type": "Article", "whole": kept["documents", n]}
        for n, d in sorted(documents.items())
    )
    tables = {
        "nodes": _table(_NODES | _WHOLE, nodes),
        "relationships": _table(_ENDS | _FIELDS | more | _WHOLE, edges),
        "articles": _table(_ARTICLES | _WHOLE, articles),
    }
    about = {**kept["graph", _ALL], "sha256": _digest(tables)}
    last = {"id": _ALL, "type": "Graph", "whole": about}
    tables["articles"] += _rows(_ARTICLES | _WHOLE, [last])
    return tables


def loads_parts(tables: Mapping[str, str]) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as these tables.

    Raises:
        ValueError: another program wrote one of them, or wrote it anew after a change.
    """
    found = [part for text in tables.values() for part in _wholes(text)]
    digests = [part.pop("sha256") for part in found if "sha256" in part]
    if not digests:
        raise ValueError(LACKS)
    articles = tables["articles"].removesuffix(_END).rpartition(_END)[0] + _END
    if digests != [_digest({**tables, "articles": articles})]:
        raise ValueError("was changed since kgbuild wrote it; give .ttl or .json")
    return from_parts(found)


def _kept(graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the parts of a graph, by their kind and id."""
    kept = {}
    for part in each_part(graph):
        ((kind, value),) = part.items()
        kept[kind, _NAME[kind](value)] = part
    return kept


_NAME: dict[str, Callable[[Any], str]] = {
    "graph": lambda _: _ALL,
    "documents": itemgetter(0),
    "nodes": itemgetter("id"),
    "edges": itemgetter("key"),
}


def _wholes(text: str) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(_LIMIT)
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            yield json.loads(row[_WHOLE["whole"]])
    except (KeyError, TypeError, ValueError, csv.Error):
        raise ValueError(LACKS) from None


def _digest(tables: Mapping[str, str]) -> str:
    return hashlib.sha256(
        "".join(tables[n] for n in sorted(tables)).encode()
    ).hexdigest()


def _rows(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> str:
    file = io.StringIO()
    table = csv.writer(file)  # RFC 4180: CRLF, and so a lone CR is quoted, too
    for row in rows:
        table.writerow([_cell(row.get(key)) for key in columns])
    return file.getvalue()


def _table(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> str:
    return _rows(columns, chain([columns], rows))


def _cell(value: Cell | dict[str, Any] | None) -> Cell | None:
    if isinstance(value, dict):
        return json.dumps(value)
    if not isinstance(value, str):
        return value
    # A half surrogate cannot be encoded.
    return inert(value.encode("utf-8", "replace").decode())
