"""A shard: some documents and what each says, as Parquet files of one name in four folders.

A shard's name is a hash of its documents' keys, its rows are in the order of the documents'
ids, and so it is the same whoever makes it, and when. It counts once its file of documents
is there, which is put there last. ``record`` holds a statement as its JSON line; the columns
beside are for whoever asks the files, with DuckDB, Polars or pandas.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.folder import write_through
from kgbuild.graph import record_of
from kgbuild.model import Document
from kgbuild.pipeline import Result

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
STATEMENTS, ABSTENTIONS, MENTIONS, DOCUMENTS = KINDS = (
    "statements",
    "abstentions",
    "mentions",
    "documents",
)
FORMAT = 2  # of the files of a store and their columns
DOCUMENTS_A_SHARD, WORDS_A_SHARD = (
    64,
    20_000,
)  # what is lost at most when a run is killed
PART = ".part-"  # how the name of a file begins that is being written

_COLUMNS = {
    DOCUMENTS: "key id title date source url words:int text",
    STATEMENTS: "doc id subject subject_label subject_type relation object object_label "
    "object_type factuality attributed_to time confidence:float sentence record",
    ABSTENTIONS: "doc start:int end:int text reason",
    MENTIONS: "doc start:int end:int text type ids:list labels:list confidence:float",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a shard holds."""

    documents: Sequence[Row]
    statements: Sequence[Row]
    abstentions: Sequence[Row]
    mentions: Sequence[Row]


def rows_of(results: Iterable[tuple[str, Result]]) -> Rows:
    """Return the rows of results, each with its document's key."""
    made: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for key, result in results:
        made[DOCUMENTS].append(document_row(key, result.document))
        made[STATEMENTS] += [_statement(record_of(s)) for s in result.statements]
        made[ABSTENTIONS] += [asdict(a) for a in result.abstentions]
        made[MENTIONS] += [asdict(m) for m in result.mentions]
    return Rows(**made)


def document_row(key: str, document: Document) -> Row:
    """Return a document as a row, with its key."""
    return {"key": key, "words": len(document.text.split()), **asdict(document)}


def _statement(record: Row) -> Row:
    first = (record["evidence"] or [{}])[0]
    flat = {k: record[k] for k in ("doc", "id", "relation", "factuality", "time")}
    for end in ("subject", "object"):
        flat |= {end: record[end]["id"]}
        flat |= {f"{end}_{k}": record[end][k] for k in ("label", "type")}
    return {
        **flat,
        "attributed_to": "|".join(e["id"] for e in record["attributed_to"]) or None,
        "confidence": float(record["confidence"]),
        "sentence": first.get("sentence"),
        "record": json.dumps(record),
    }


def document_of(row: Row) -> Document:
    """Return the document of a row."""
    return Document(**{k: v for k, v in row.items() if k not in ("key", "words")})


def name_of(keys: Iterable[str]) -> str:
    """Return the name of the shard of some documents, in whatever order.

    >>> name_of(["b", "a"]) == name_of(["a", "b"])
    True
    """
    return hashlib.sha256("\n".join(sorted(keys)).encode("ascii")).hexdigest()[:24]


def write_shard(store: Path, rows: Rows) -> str:
    """Write a shard, its file of documents last, and return its name.

    Raises:
        OSError: a file cannot be written; there is no such shard then.
    """
    name = name_of(row["key"] for row in rows.documents)
    for kind in KINDS:
        by = "id" if kind == DOCUMENTS else "doc"
        ordered = sorted(getattr(rows, kind), key=lambda row: row[by])
        _write(store / kind / f"{name}.parquet", table(kind, ordered))
    return name


def table(kind: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows of a kind as a table, its columns as they are in shards."""
    import pyarrow as pa

    types = {
        "": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "list": pa.list_(pa.string()),
    }
    named = (column.partition(":") for column in _COLUMNS[kind].split())
    schema = pa.schema([(name, types[type]) for name, _, type in named])
    return pa.Table.from_pylist(list(rows), schema=schema)


def _write(path: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{PART}{os.getpid()}-{path.name}")
    try:
        write_through(
            part, lambda file: pq.write_table(table, file, compression="zstd")
        )
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_shard(store: Path, name: str) -> Rows:
    """Return what a shard holds.

    Raises:
        ValueError: a file of it is damaged or missing.
    """
    return Rows(**{kind: list(rows(store, kind, [name])) for kind in KINDS})


def rows(
    store: Path, kind: str, names: Iterable[str], columns: Sequence[str] | None = None
) -> Iterator[Row]:
    """Yield the rows of one kind of some shards, a shard at a time.

    Raises:
        ValueError: a file is damaged or missing.
    """
    import pyarrow.parquet as pq

    for name in names:
        path = store / kind / f"{name}.parquet"
        try:
            table = pq.read_table(path, columns=columns and list(columns))
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:99]
            message = (
                f"{path}: is damaged or missing ({reason}); run kgbuild build again"
            )
            raise ValueError(message) from None
        yield from table.to_pylist()
