"""A cluster: batches of documents read into shards by the workers of Spark.

What waits is put as Parquet where the workers reach it, a row group a batch; Spark is told
the batches' numbers alone. A worker reads a batch, writes its shard and tells its name. A
shard is a pure function of its documents: it is the one that would be written here, and
what a worker had begun that died is done again by another.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.archive import recipe as recipes
from kgbuild.archive.recipe import Recipe
from kgbuild.archive.shards import (
    DOCUMENTS,
    KINDS,
    PART,
    document_of,
    document_row,
    name_of,
    rows_of,
    table,
    write_shard,
)
from kgbuild.archive.spark import Job, session
from kgbuild.archive.store import WAITING, copy_shards
from kgbuild.archive.waiting import Batch
from kgbuild.archive.workers import Step
from kgbuild.provenance import made_by

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem
    from pyspark.sql import SparkSession

_TOGETHER = 64  # batches in one file
_LOOK = 1.0  # seconds between two looks at what is done
_FILES = "kgbuild-recipe"  # the user's own tables, as Spark hands them to workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Where Spark is, if it is not told elsewhere, and the folder that all workers reach.

    ``staging`` is a path or an address that pyarrow knows (``s3://``, ``gs://``,
    ``hdfs://``); without one the store itself is such a folder.
    """

    master: str | None = None
    staging: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A batch that the cluster has: its shard's name, and its documents with their words."""

    shard: str
    documents: Sequence[tuple[str, int]]


def read_by_spark(
    batches: Iterable[Batch], recipe: Recipe, store: Path, cluster: Cluster
) -> Generator[Step, None, None]:
    """Read batches by the workers of a cluster.

    Raises:
        ImportError: pyspark, or what it needs of Python, is not installed.
        ConnectionError: Java, the cluster or the staging folder cannot be had.
        OSError: files cannot be written.
        ChildProcessError: the workers failed again and again.
    """
    staging = cluster.staging or str(store.resolve())
    files, root = _place(staging)
    waiting = f"{root}/{WAITING}"
    spark = session(cluster.master)
    try:
        _away(files, waiting)
        sent = {b.shard: b for b in _send(batches, files, waiting)}
        with tempfile.TemporaryDirectory() as folder:
            own = _shipped(spark, recipe, Path(folder))
            work = partial(serve, recipe=own, staging=staging)
            job = Job(spark, len(sent), work)
            job.start()
            while sent:
                ended = not job.wait(_LOOK)
                for name in sorted(_there(files, root) & sent.keys()):
                    _fetch(files, root, name, store)
                    yield from _steps(sent.pop(name))
                if ended and sent:
                    raise job.failure()
    finally:
        spark.sparkContext.cancelAllJobs()
        spark.stop()
        _away(files, waiting)


def _steps(batch: _Sent) -> Iterator[Step]:
    for id, words in batch.documents:
        yield Step(id=id, words=words)
    yield Step(shard=batch.shard)


# -- the driver --------------------------------------------------------------------------


def _place(staging: str) -> tuple[FileSystem, str]:
    """Return the file system of a folder, and its path there.

    Raises:
        ConnectionError: there is no such file system.
    """
    from pyarrow.fs import FileSystem

    found = staging if "://" in staging else str(Path(staging).resolve())
    try:
        files, root = FileSystem.from_uri(found)
    except (OSError, ValueError) as error:
        raise ConnectionError(
            f"{staging}: is no folder that can be reached ({error}); name another"
        ) from None
    return files, root


def _away(files: FileSystem, folder: str) -> None:
    with suppress(FileNotFoundError):
        files.delete_dir(folder)


def _send(batches: Iterable[Batch], files: FileSystem, folder: str) -> Iterator[_Sent]:
    """Put batches where workers find them, and yield what each will be."""
    import pyarrow.parquet as pq

    files.create_dir(folder)
    writer = None
    try:
        for number, batch in enumerate(batches):
            rows = table(DOCUMENTS, [document_row(key, d) for key, d in batch])
            if number % _TOGETHER == 0:
                if writer:
                    writer.close()
                path = _file(folder, number)
                writer = pq.ParquetWriter(path, rows.schema, filesystem=files)
            assert writer
            writer.write_table(rows)
            told = [(d.id, len(d.text.split())) for _, d in batch]
            yield _Sent(shard=name_of(k for k, _ in batch), documents=told)
    finally:
        if writer:
            writer.close()


def _file(folder: str, number: int) -> str:
    return f"{folder}/{number // _TOGETHER:06}.parquet"


def _shipped(spark: SparkSession, recipe: Recipe, folder: Path) -> Recipe:
    """Hand the user's own tables to all workers; return the recipe with what they are there.

    Paths are relative to where Spark puts files, and hashes are of their content alone.
    """
    if not recipe.vocabulary and not recipe.knowledge:
        return recipe
    files = folder / _FILES
    files.mkdir()
    own = []
    for number, path in enumerate(recipe.knowledge):
        own.append(Path(_FILES) / f"{number}-{path.name}")
        shutil.copy(path, folder / own[-1])
    if recipe.vocabulary:
        shutil.copytree(recipe.vocabulary, files / "vocabulary")
    spark.sparkContext.addFile(str(files), recursive=True)
    vocabulary = Path(_FILES) / "vocabulary" if recipe.vocabulary else None
    return replace(recipe, vocabulary=vocabulary, knowledge=tuple(own))


def _there(files: FileSystem, root: str) -> set[str]:
    """Return the names of the shards that are whole."""
    from pyarrow.fs import FileSelector

    found = files.get_file_info(
        FileSelector(f"{root}/{DOCUMENTS}", allow_not_found=True)
    )
    return {
        f.base_name.removesuffix(".parquet")
        for f in found
        if not f.base_name.startswith(".")
    }


def _fetch(files: FileSystem, root: str, name: str, store: Path) -> None:
    """Bring a shard into the store, unless it was written there."""
    from pyarrow.fs import LocalFileSystem

    if isinstance(files, LocalFileSystem):
        if Path(root) != store.resolve():
            copy_shards(Path(root), [name], store)
        return
    with tempfile.TemporaryDirectory() as folder:
        _copy(files, root, LocalFileSystem(), folder, name)
        copy_shards(Path(folder), [name], store)


def _copy(source: FileSystem, at: str, target: FileSystem, to: str, name: str) -> None:
    """Copy a shard from one file system to another, its file of documents last."""
    from pyarrow.fs import copy_files

    for kind in KINDS:
        target.create_dir(f"{to}/{kind}")
        part = f"{to}/{kind}/{PART}{os.getpid()}-{name}.parquet"
        copy_files(
            f"{at}/{kind}/{name}.parquet",
            part,
            source_filesystem=source,
            destination_filesystem=target,
        )
        target.move(part, f"{to}/{kind}/{name}.parquet")


# -- the workers -------------------------------------------------------------------------


def serve(
    rows: Iterator[pa.RecordBatch], *, recipe: Recipe, staging: str
) -> Iterator[pa.RecordBatch]:
    """Read the batches of these numbers, and yield the names of their shards.

    Raises:
        ValueError: this worker would read otherwise than the driver.
    """
    import pyarrow as pa

    files, root = _place(staging)
    here = _unpacked(recipe)
    _check(tuple(sorted(recipe.made.items())), here.vocabulary, here.knowledge)
    for part in rows:
        for number in part.column(0).to_pylist():
            name = read_batch(number, here, files, root)
            yield pa.RecordBatch.from_pydict({"shard": [name]})


def read_batch(number: int, recipe: Recipe, files: FileSystem, root: str) -> str:
    """Read one batch, unless its shard is there, and return the shard's name."""
    import pyarrow.parquet as pq
    from pyarrow.fs import LocalFileSystem

    path = _file(f"{root}/{WAITING}", number)
    with pq.ParquetFile(path, filesystem=files) as file:
        found = file.read_row_group(number % _TOGETHER).to_pylist()
    keys, documents = [row["key"] for row in found], [*map(document_of, found)]
    name = name_of(keys)
    if name in _there(files, root):
        return name
    made = rows_of(zip(keys, recipes.read(documents, recipe), strict=True))
    if isinstance(files, LocalFileSystem):
        return write_shard(Path(root), made)
    with tempfile.TemporaryDirectory() as folder:
        write_shard(Path(folder), made)
        _copy(LocalFileSystem(), folder, files, root, name)
    return name


def _unpacked(recipe: Recipe) -> Recipe:
    """Return a recipe with the paths that the user's own tables have here."""
    from pyspark import SparkFiles

    def here(path: Path) -> Path:
        return Path(SparkFiles.get(str(path)))

    return replace(
        recipe,
        vocabulary=recipe.vocabulary and here(recipe.vocabulary),
        knowledge=tuple(map(here, recipe.knowledge)),
    )


@cache
def _check(
    made: tuple[tuple[str, str], ...],
    vocabulary: Path | None,
    knowledge: tuple[Path, ...],
) -> None:
    mine = made_by(vocabulary=vocabulary, knowledge=knowledge)
    if apart := [k for k, v in made if mine.get(k) != v]:
        raise ValueError(
            f"a worker has another {', '.join(apart)} than the driver; give the cluster "
            "the same wheel"
        )
