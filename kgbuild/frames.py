"""A graph as a table: a row a statement, for pandas, Polars, Parquet and spreadsheets."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from kgbuild.flat import flat_edge
from kgbuild.graph import records
from kgbuild.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

COLUMNS: dict[str, type] = {
    **dict.fromkeys(("subject", "relation", "object", "factuality"), str),
    **dict.fromkeys(("attributed_to", "time", "reported_on"), str),
    "confidence": float,
    **dict.fromkeys(("sentence", "phrase", "role"), str),
    **dict.fromkeys(("doc", "title", "date", "source", "link"), str),
    **dict.fromkeys(("first_day", "last_day"), str),
    **dict.fromkeys(("articles", "independent"), int),
    **dict.fromkeys(("term_from", "term_to", "term_by"), str),
    "deal_items": str,
    "deal_amount": int,
    **dict.fromkeys(("deal_currency", "deal_kind", "deal_status"), str),
    "deal_contractors": str,
    **dict.fromkeys(("subject_id", "subject_type", "object_id", "object_type"), str),
    **dict.fromkeys(("start_offset", "end_offset"), int),
    "id": str,
}
"""The columns of a row, with their types."""

_PANDAS = {str: "string", int: "Int64", float: "float64"}  # None stays none of these


def rows(
    graph: nx.MultiDiGraph[str], vocabulary: Vocabulary | None = None
) -> list[dict[str, Any]]:
    """Return the statements of a graph as rows of :data:`COLUMNS`, None where nothing is told."""
    known = vocabulary or load_vocabulary()
    documents = graph.graph.get("documents", {})
    return [_row(r, documents.get(r["doc"], {}), known) for r in records(graph)]


def typed_rows(
    graph: nx.MultiDiGraph[str], vocabulary: Vocabulary | None = None
) -> list[dict[str, Any]]:
    """Return :func:`rows` for columns of 64-bit numbers: a sum beyond these is None."""
    return [
        {k: None if isinstance(v, int) and v >= 2**63 else v for k, v in row.items()}
        for row in rows(graph, vocabulary)
    ]


def _row(
    record: dict[str, Any], article: dict[str, Any], vocabulary: Vocabulary
) -> dict[str, Any]:
    cells = {"id": record["id"], **flat_edge(record, article, vocabulary)}
    for end in ("subject", "object"):
        cells[end] = record[end]["label"]
        cells |= {f"{end}_{k}": record[end][k] for k in ("id", "type")}
    return {name: cells.get(name) for name in COLUMNS}


def to_frame(graph: nx.MultiDiGraph[str], library: str | None = None) -> Any:
    """Return the statements of a graph as a data frame, of pandas where it is installed.

    ``library`` is ``pandas`` or ``polars``; kgbuild needs neither itself.

    Raises:
        ImportError: neither is installed.

    >>> import networkx
    >>> "sentence" in to_frame(networkx.MultiDiGraph()).columns
    True
    """
    have = [name for name in ("pandas", "polars") if find_spec(name)]
    chosen = library or next(iter(have), None)
    if chosen not in have:
        raise ImportError(f"{chosen or 'pandas'} is not installed: pip install pandas")
    found = typed_rows(graph)
    if chosen == "polars":
        import polars

        return polars.DataFrame(found, schema=dict(COLUMNS))
    import pandas

    return pandas.DataFrame(found, columns=list(COLUMNS)).astype(
        {name: _PANDAS[type] for name, type in COLUMNS.items()}
    )
