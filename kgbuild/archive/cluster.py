"""A cluster: batches of documents read into shards by the workers of Spark.

What waits is put as Parquet where the workers reach it, a row group a batch; Spark is told
the batches' numbers alone. A worker reads a batch, writes its shard and tells its name. A
shard is a pure function of its documents: it is the one that would be written here, and
what a worker had begun that died is done again by another.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

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
from kgbuild.archive.store import WAITING, copy_shards
from kgbuild.archive.waiting import Batch
from kgbuild.archive.workers import Step
from kgbuild.provenance import made_by

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileSystem
    from pyspark.sql import SparkSession

_TOGETHER = 64  # batches in one file
_TASKS = 10_000  # at most, so that Spark can keep the books
_TRIES = 4  # how often a cluster gives a task to a worker, unless told otherwise
_LOOK = 1.0  # seconds between two looks at what is done
_ANSWER = 10.0  # seconds that a master may take to answer
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
    spark = _session(cluster.master)
    try:
        _away(files, waiting)
        sent = {b.shard: b for b in _send(batches, files, waiting)}
        with tempfile.TemporaryDirectory() as folder:
            own = _shipped(spark, recipe, Path(folder))
            work = partial(serve, recipe=own, staging=staging)
            job = _Job(spark, len(sent), work)
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


def _session(master: str | None) -> SparkSession:
    """Start Spark, or join it."""
    try:
        import pandas  # noqa: F401  # what pyspark's mapInArrow asks for
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ImportError(
            "--engine spark needs pyspark, and pandas and pyarrow for it: "
            f"pip install 'kgbuild[spark]' ({error})"
        ) from None
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(Path(home) / "bin" / "java" if home else "java"):
        where = f"JAVA_HOME ({home}) holds none" if home else "there is none on PATH"
        raise ConnectionError(
            f"--engine spark needs Java 17 or later; {where}: install it, or set JAVA_HOME"
        )
    builder = SparkSession.builder.appName("kgbuild")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 1)
    builder = builder.config("spark.log.level", "OFF")  # why it fails, we tell
    if master:
        _reach(master)
        builder = builder.master(_patient(master))
    if local := (master or "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for key in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
            builder = builder.config(key, "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise ConnectionError(
            f"--master {master or 'is not given'}: Spark does not start "
            f"({_cause(error)}); it needs Java 17 or later, and a master that it can reach"
        ) from None
    if not local:
        spark.sparkContext.setLogLevel("WARN")
    return spark


def _reach(master: str) -> None:
    """See that there may be such a master; Spark itself would try for a minute.

    Raises:
        ConnectionError: it is none, or nobody answers there.
    """
    if not re.match(r"local\b|yarn$|spark://|k8s://", master):
        raise ConnectionError(
            f"--master {master}: is no master of Spark; give local[2], spark://HOST:7077, "
            "yarn or k8s://https://HOST:PORT"
        )
    if not master.startswith("spark://"):
        return
    reason = "it names no host and port"
    for one in master.removeprefix("spark://").split(","):
        host, _, port = one.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()
            return
        except OSError as error:
            reason = error.strerror or str(error)
        except (ValueError, OverflowError):
            continue
    raise ConnectionError(
        f"--master {master}: cannot be reached ({reason}); is Spark's master running there?"
    )


def _patient(master: str) -> str:
    """Return a master under which a task is tried again, as it is on a cluster.

    >>> _patient("local[2]"), _patient("local"), _patient("yarn")
    ('local[2,4]', 'local[1,4]', 'yarn')
    """
    found = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
    return f"local[{found[1] or 1},{_TRIES}]" if found else master


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


class _Job:
    """All batches as one job of Spark, in a thread of its own."""

    def __init__(self, spark: SparkSession, count: int, work: Any) -> None:
        self._failure: Exception | None = None
        frame = spark.range(0, count, 1, max(1, min(count, _TASKS)))
        self._frame = frame.mapInArrow(work, "shard string")
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait a while for the end; tell whether it is still at work."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def failure(self) -> Exception:
        """Return why it ended before all was done."""
        reason = _reason(self._failure) if self._failure else "shards are missing"
        return ChildProcessError(
            f"Spark gave up ({reason}); what was read is kept: run it again to go on"
        )

    def _run(self) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            self._frame.collect()
        except (Py4JError, PySparkException, OSError) as error:
            self._failure = error


def _reason(error: Exception) -> str:
    """Return the line of a long report that says what went wrong.

    >>> _reason(ValueError("a\\nTraceback:\\n  x\\nValueError: of b\\n\\nDriver stacktrace:"))
    'ValueError: of b'
    >>> _reason(OSError("while calling x\\n: org.a.SparkException: no c\\n\\tat org.a.B(C:1)"))
    'org.a.SparkException: no c'
    """
    rows = (row.strip().removeprefix(": ") for row in str(error).split("\n"))
    found = [row for row in rows if row]
    faults = [row for row in found if re.match(r"[\w.]+(?:Error|Exception): ", row)]
    own = [row for row in faults if "." not in row.partition(":")[0]]
    return ([*own, *faults, *found, type(error).__name__])[0][:300]


def _cause(error: Exception) -> str:
    """Return the last cause that a long report names, or else its reason.

    >>> _cause(OSError("a.BException: failed\\n\\tat c\\nCaused by: d.EException: no host\\n\\tat f"))
    'd.EException: no host'
    """
    found = re.findall(r"^Caused by: (.+)$", str(error), re.MULTILINE)
    return found[-1][:300] if found else _reason(error)


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
