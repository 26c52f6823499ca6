"""Parquet, for DuckDB, pandas, Polars and Spark: a row a statement, with its article.

The graph as it is stands in the file's metadata, for :func:`kgbuild.read`.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kgbuild.frames import COLUMNS, typed_rows
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import packed, unpacked

if TYPE_CHECKING:
    import networkx as nx


KEY = "kgbuild"  # of the metadata


def dump(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary, file: IO[bytes]) -> None:
    """Write the statements of a graph to a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(name, types[type]) for name, type in COLUMNS.items()])
    schema = schema.with_metadata({KEY: packed(graph)})
    told = typed_rows(graph, vocabulary)
    found = [{k: _whole(v) for k, v in row.items()} for row in told]
    pq.write_table(pa.Table.from_pylist(found, schema=schema), file, compression="zstd")


def load(file: IO[bytes]) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as Parquet.

    Raises:
        ValueError: another program wrote the file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        about = pq.read_schema(file).metadata or {}
    except pa.ArrowException as error:
        raise ValueError(f"is no Parquet ({error})") from None
    return unpacked(about.get(KEY.encode(), b"").decode())


def _whole(value: object) -> object:
    """Return a value that can be encoded; a half surrogate cannot."""
    return (
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    )
