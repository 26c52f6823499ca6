"""Workers: batches of documents read into shards, in this process or in several.

A worker loads the reader once, reads a batch after the other, and writes the shards itself.
It tells of each document that is done. One that is told to stop writes what it has first;
one that dies has its batch given to another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kgbuild.archive.recipe import Recipe, read
from kgbuild.archive.shards import rows_of, write_shard
from kgbuild.archive.waiting import Batch

_TRIES = 3  # how often a batch is given to a worker before it is taken for the reason
_PATIENCE = 20.0  # seconds for a worker to write what it has


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that is done, or, with ``shard``, a batch that is written."""

    id: str = ""
    words: int = 0
    shard: str = ""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def usual(documents: int) -> int:
    """Return how many workers read so many documents: one, or all processors but one.

    >>> usual(3)
    1
    """
    return max(1, cores() - 1) if documents > 50 else 1


def read_here(
    batches: Iterable[Batch], recipe: Recipe, store: Path
) -> Generator[Step, None, None]:
    """Read batches in this process; when stopped, what is done of a batch is written first.

    Raises:
        OSError: a shard cannot be written.
    """
    for batch in batches:
        yield from _read(batch, recipe, store, lambda: False)


def _read(
    batch: Batch, recipe: Recipe, store: Path, stopping: Callable[[], bool]
) -> Iterator[Step]:
    done = []
    try:
        results = read((document for _, document in batch), recipe)
        for (key, document), result in zip(batch, results, strict=True):
            done.append((key, result))
            yield Step(id=document.id, words=len(document.text.split()))
            if stopping():
                break
    finally:
        name = write_shard(store, rows_of(done)) if done else ""
    yield Step(shard=name)


@dataclass(slots=True, kw_only=True)
class _Worker:
    """A process, the line to it, and the batch that it has."""

    process: BaseProcess
    line: Connection
    batch: Batch = ()
    told: set[str] = field(default_factory=set)


def read_by_workers(
    batches: Iterable[Batch], recipe: Recipe, store: Path, count: int
) -> Generator[Step, None, None]:
    """Read batches in so many processes.

    Raises:
        OSError: a shard cannot be written.
        ChildProcessError: workers die of a batch again and again.
        RuntimeError: the extraction has a fault; it names the document.
    """
    left = iter(batches)
    again: list[Batch] = []
    tries: dict[str, int] = {}
    workers: list[_Worker] = []
    try:
        workers += [_start(recipe, store) for _ in range(count)]
        while workers:
            for worker in [w for w in workers if not w.batch]:
                if not _give(worker, again.pop() if again else next(left, ())):
                    workers.remove(worker)
            for worker in _ready(workers):
                try:
                    step = worker.line.recv()
                except (EOFError, OSError):
                    again.append(_lost(worker, tries))
                    workers[workers.index(worker)] = _start(recipe, store)
                    continue
                yield from _step(worker, step)
    finally:
        _stop(workers)


def _give(worker: _Worker, batch: Batch) -> bool:
    """Give a worker a batch; let it go where there is none."""
    worker.batch = batch
    with suppress(OSError):  # it is dead, as the next look at it will show
        worker.line.send(batch)
    if not batch:
        worker.process.join()
    return bool(batch)


def _ready(workers: Iterable[_Worker]) -> list[_Worker]:
    listed = list(workers)
    if not listed:
        return []
    lines = wait([w.line for w in listed])
    return [w for w in listed if w.line in lines]


def _step(worker: _Worker, step: Step | Exception) -> Iterator[Step]:
    if isinstance(step, Exception):
        raise step
    if step.shard:
        worker.batch, worker.told = (), set()
    if step.id not in worker.told:  # of a batch given again, each is told of once
        worker.told.add(step.id)
        yield step


def _lost(worker: _Worker, tries: dict[str, int]) -> Batch:
    """Return the batch of a worker that died.

    Raises:
        ChildProcessError: it is the last of several that died of it.
    """
    worker.process.join()
    first = worker.batch[0][0] if worker.batch else ""
    tries[first] = tries.get(first, 0) + 1
    if tries[first] == _TRIES:
        ids = [document.id for _, document in worker.batch] or ["none"]
        raise ChildProcessError(
            f"a worker died {_TRIES} times ({_end(worker.process)}) at the articles from "
            f"{ids[0]} to {ids[-1]}; give fewer --workers, or leave these out; "
            "what was read is kept"
        )
    return worker.batch


def _end(process: BaseProcess) -> str:
    code = process.exitcode or 0
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _start(recipe: Recipe, store: Path) -> _Worker:
    context = multiprocessing.get_context(
        "spawn"
    )  # a fork would copy the reader's threads
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, recipe, store), daemon=True)
    process.start()
    there.close()
    return _Worker(process=process, line=here)


def _stop(workers: Iterable[_Worker]) -> None:
    """Let workers write what they have, and end them."""
    listed = list(workers)
    for worker in listed:
        worker.line.close()
        worker.process.terminate()
    for worker in listed:
        worker.process.join(_PATIENCE)
        worker.process.kill()
        worker.process.join()


def serve(line: Connection, recipe: Recipe, store: Path) -> None:
    """Read the batches that come over a line, until an empty one comes, or it is cut."""
    told: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us decides
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while batch := _next(line, told):
            for step in _told(_read(batch, recipe, store, lambda: bool(told)), batch):
                if told:
                    continue  # nobody listens; what is done is to be written
                line.send(step)


def _next(line: Connection, told: list[int]) -> Any:
    """Return the next batch, none where it is time to stop."""
    while not told:
        if line.poll(0.2):
            return line.recv()
    return ()


def _told(steps: Iterator[Step], batch: Batch) -> Iterator[Step | Exception]:
    """Pass on what went wrong, and at which document, so that it is told where one reads it."""
    count = 0
    try:
        for count, step in enumerate(steps, 1):
            yield step
    except OSError as error:
        yield OSError(error.errno or 0, error.strerror or str(error), error.filename)
    except ValueError as error:  # what is said of a table of the user's
        yield ValueError(str(error))
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
    ) as error:
        at = batch[min(count, len(batch) - 1)][1].id
        yield RuntimeError(f"{type(error).__name__}: {error}, in the article {at}")
