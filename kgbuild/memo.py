"""A memo: what was worked out once from the same input, kept in a file beside a store.

It saves time and nothing else: it may be removed, and one that is damaged, or that other code
wrote, is as none. Whoever uses it gets the values that would be worked out anew.
"""

from __future__ import annotations

import hashlib
import inspect
import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from kgbuild.folder import write_through

_PART = ".part-"
_FORMAT = 2  # of marshal: the last in which equal values are equal bytes


def stamp(modules: Iterable[ModuleType], *more: Any) -> bytes:
    """Return a hash of the code of modules, and of plain values beside."""
    told = marshal.dumps(more, _FORMAT)
    for module in modules:
        told += inspect.getsource(module).encode("utf-8")
    return hashlib.sha256(told).digest()


def key(value: Any) -> bytes:
    """Return a short hash of plain values.

    >>> key({"a": [1]}) == key({"a": [1]}), key("a") == key("b")
    (True, False)
    """
    try:
        told = marshal.dumps(value, _FORMAT)
    except ValueError:  # a value that somebody's own program put into a graph
        told = repr(value).encode("utf-8", "backslashreplace")
    return hashlib.blake2b(told, digest_size=16).digest()


def load(path: Path | None, stamp: bytes) -> dict[bytes, str]:
    """Return the texts of a memo by key, none where it is not of this stamp."""
    import pyarrow.parquet as pq

    if path is None:
        return {}
    with suppress(OSError, ValueError, KeyError):
        table = pq.read_table(path)
        if (table.schema.metadata or {}).get(b"stamp") == stamp:
            keys, texts = (table.column(n).to_pylist() for n in ("key", "text"))
            return dict(zip(keys, texts, strict=True))
    return {}


def save(path: Path | None, stamp: bytes, found: dict[bytes, str]) -> None:
    """Keep the texts of a memo; where there is no room, none are kept."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if path is None:
        return
    schema = pa.schema(
        [("key", pa.binary()), ("text", pa.large_string())], metadata={"stamp": stamp}
    )
    columns = [
        pa.array(found, pa.binary()),
        pa.array(found.values(), pa.large_string()),
    ]
    part = path.with_name(f"{_PART}{path.name}")
    with suppress(OSError):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            made = pa.Table.from_arrays(columns, schema=schema)
            write_through(
                part,
                lambda file: pq.write_table(
                    made, file, compression="zstd", use_dictionary=False
                ),
            )
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def kept(
    path: Path | None,
    stamp: bytes,
    items: Iterable[tuple[bytes, Any]],
    work: Callable[[Any], str],
) -> Iterator[str]:
    """Yield a text for each item and its key: the kept one, else what ``work`` makes of it."""
    known, used, new = load(path, stamp), {}, False
    for name, item in items:
        text = known.get(name)
        if text is None:
            text, new = work(item), True
        used[name] = text
        yield text
    if new or len(used) != len(known):
        save(path, stamp, used)
