"""The store of a project folder: its shards, and a manifest that says which of them count.

The manifest is renamed into its place after the shards that it names are there; what is
not named in it is of runs that were stopped, and is used by the next one or taken away.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgbuild.archive import recipe as recipes
from kgbuild.archive.recipe import Recipe
from kgbuild.archive.shards import (
    ABSTENTIONS,
    DOCUMENTS,
    DOCUMENTS_A_SHARD,
    FORMAT,
    KINDS,
    PART,
    STATEMENTS,
    WORDS_A_SHARD,
    Row,
    Rows,
    document_of,
    name_of,
    read_shard,
    rows,
    write_shard,
)
from kgbuild.folder import write_through
from kgbuild.model import Document

STORE, MANIFEST = "store", "kgbuild-store.json"
MEMO = "memo"  # a folder in the store: what saves time, and may be removed
WAITING = "waiting"  # a folder in the store: what workers of a cluster are to read
DECISIONS = "decisions.csv"
_FEW = 8  # small shards that may stand beside each other before they are made one


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a project folder holds: ``outputs`` are the options that its files came of."""

    recipe: Recipe
    shards: tuple[str, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document that has been read: its key and id, and the shard it is in."""

    key: str
    id: str
    words: int
    shard: str


def open_project(folder: Path) -> Manifest:
    """Return the manifest of a project folder that is to be read.

    Raises:
        ValueError: there is no store, or no run has ended there.
    """
    manifest = load(folder / STORE)
    if manifest is None or not manifest.outputs:
        raise ValueError(
            f"{folder}: holds no store; make one with kgbuild build -o {folder}"
        )
    return manifest


def load(store: Path) -> Manifest | None:
    """Return the manifest of a store, None where there is none yet.

    Raises:
        ValueError: it is damaged, or of another version of kgbuild.
    """
    path = store / MANIFEST
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise ValueError(
                f"{path}: is of another version of kgbuild; build anew elsewhere"
            )
        return Manifest(
            recipe=recipes.from_json(data["recipe"]),
            shards=tuple(data["shards"]),
            outputs=data["outputs"],
            skipped=tuple(data["skipped"]),
        )
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        message = (
            f"{path}: is damaged ({error!r}); remove it and run kgbuild build again"
        )
        raise ValueError(message) from None


def save(store: Path, manifest: Manifest) -> None:
    """Put a manifest in its place, in one step.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    data = {
        "format": FORMAT,
        "recipe": recipes.to_json(manifest.recipe),
        "shards": sorted(manifest.shards),
        "outputs": dict(manifest.outputs),
        "skipped": list(manifest.skipped),
    }
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    store.mkdir(parents=True, exist_ok=True)
    part = store / f"{PART}{MANIFEST}"
    write_through(part, lambda file: file.write(text.encode("utf-8", "replace")))
    part.replace(store / MANIFEST)


def begin(store: Path, recipe: Recipe) -> None:
    """Make a store where none is.

    Raises:
        OSError: it cannot be made, or a folder that is not ours has its name.
    """
    if (store / MANIFEST).exists():
        return
    if store.exists() and (not store.is_dir() or any(store.iterdir())):
        raise OSError(
            f"{store}: is there and is no store of kgbuild; choose another folder"
        )
    save(store, Manifest(recipe=recipe))


def index(store: Path) -> dict[str, Kept]:
    """Return all that has been read and is whole, by key, of runs that were stopped too.

    Where several shards hold a document, it is of the one that holds most, so that what
    is put together once stays together.
    """
    found: dict[str, Kept] = {}
    shards = [_documents(store, name) for name in _names(store)]
    for kept in sorted(shards, key=lambda s: (-len(s), s[0].shard if s else "")):
        for one in kept:
            found.setdefault(one.key, one)
    return found


def _names(store: Path) -> list[str]:
    return sorted(p.stem for p in (store / DOCUMENTS).glob("[!.]*.parquet"))


def _documents(store: Path, name: str) -> list[Kept]:
    """Return the documents of a shard, none where it is damaged: they are read again."""
    with suppress(ValueError):
        whole = all((store / kind / f"{name}.parquet").exists() for kind in KINDS)
        listed = list(rows(store, DOCUMENTS, [name], ("key", "id", "words")))
        if whole and name_of(row["key"] for row in listed) == name:
            return [Kept(shard=name, **row) for row in listed]
    return []


def listed(store: Path, shards: Iterable[str]) -> dict[str, Kept]:
    """Return the documents of some shards, by id.

    Raises:
        ValueError: a shard is damaged.
    """
    found = (
        Kept(shard=name, **row)
        for name in shards
        for row in rows(store, DOCUMENTS, [name], ("key", "id", "words"))
    )
    return {kept.id: kept for kept in found}


def documents(store: Path, kept: Iterable[Kept]) -> Iterator[Document]:
    """Yield documents with their texts, a shard at a time.

    Raises:
        ValueError: a shard is damaged.
    """
    ids: dict[str, set[str]] = {}
    for one in kept:
        ids.setdefault(one.shard, set()).add(one.id)
    for name in sorted(ids):
        found = map(document_of, rows(store, DOCUMENTS, [name]))
        yield from (d for d in found if d.id in ids[name])


def settled(store: Path, wanted: Sequence[Kept]) -> tuple[str, ...]:
    """Return shards that hold just the documents wanted, made where there are none.

    What is only partly wanted is written anew, and so are shards that are small, once there
    are many: adding one article a day makes no file a day.

    Raises:
        OSError: a shard cannot be written.
    """
    by_shard: dict[str, list[Kept]] = {}
    for one in wanted:
        by_shard.setdefault(one.shard, []).append(one)
    whole = {n for n, kept in by_shard.items() if name_of(k.key for k in kept) == n}
    small = {n for n in whole if _is_small(by_shard[n])}
    parted = set(by_shard) - whole
    again = parted | (small if len(small) + len(parted) > _FEW else set())
    moved = sorted((k for n in again for k in by_shard[n]), key=lambda k: k.id)
    return tuple(sorted({*whole - again, *_rewritten(store, moved)}))


def _is_small(kept: Sequence[Kept]) -> bool:
    return (
        len(kept) < DOCUMENTS_A_SHARD / 2
        and sum(k.words for k in kept) < WORDS_A_SHARD / 2
    )


def batches(
    kept: Iterable[Kept], most: int = DOCUMENTS_A_SHARD
) -> Iterator[list[Kept]]:
    """Part documents into batches of so many documents or words, in their order.

    >>> long = [Kept(key=k, id=k, words=15_000, shard="") for k in "abc"]
    >>> [len(batch) for batch in batches(long)]
    [1, 1, 1]
    """
    batch: list[Kept] = []
    for one in kept:
        words = sum(k.words for k in batch) + one.words
        if batch and (len(batch) == most or words > WORDS_A_SHARD):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _rewritten(store: Path, moved: Sequence[Kept]) -> Iterator[str]:
    for batch in batches(moved):
        ids: dict[str, set[str]] = {}
        for one in batch:
            ids.setdefault(one.shard, set()).add(one.id)
        parts = [_only(read_shard(store, n), ids[n]) for n in sorted(ids)]
        yield write_shard(store, _joined(parts))


def _only(found: Rows, ids: set[str]) -> Rows:
    return Rows(
        documents=[r for r in found.documents if r["id"] in ids],
        statements=[r for r in found.statements if r["doc"] in ids],
        abstentions=[r for r in found.abstentions if r["doc"] in ids],
        mentions=[r for r in found.mentions if r["doc"] in ids],
    )


def _joined(parts: Iterable[Rows]) -> Rows:
    listed = list(parts)
    return Rows(**{k: [r for p in listed for r in getattr(p, k)] for k in KINDS})


def sweep(store: Path, shards: Iterable[str]) -> None:
    """Take away what is in no manifest: other shards, and files that were being written."""
    keep = {f"{name}.parquet" for name in shards}
    for kind in KINDS:
        for path in sorted((store / kind).glob("*.parquet")):
            if path.name not in keep:
                path.unlink(missing_ok=True)
    shutil.rmtree(store / WAITING, ignore_errors=True)


def copy_shards(source: Path, shards: Iterable[str], store: Path) -> None:
    """Copy shards from another store; what is there already stays.

    Raises:
        OSError: one cannot be copied.
        ValueError: one is damaged.
    """
    for name in shards:
        if not (store / DOCUMENTS / f"{name}.parquet").exists():
            write_shard(store, read_shard(source, name))


def statements(store: Path, manifest: Manifest) -> Iterator[Row]:
    """Yield all statements, as the dictionaries of their JSON lines."""
    for row in rows(store, STATEMENTS, manifest.shards, ("record",)):
        yield json.loads(row["record"])


def reasons(store: Path, manifest: Manifest) -> Iterator[str]:
    """Yield the reason for each thing that was left out."""
    found = rows(store, ABSTENTIONS, manifest.shards, ("reason",))
    return (row["reason"] for row in found)
