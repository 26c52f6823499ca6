"""What waits to be read: documents put by in a file, so that they need no memory.

They are put by before any is read so that it is known how many there are, and how long
the rest will take.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from kgbuild.archive.recipe import key_of
from kgbuild.archive.shards import DOCUMENTS_A_SHARD
from kgbuild.archive.store import Kept, batches
from kgbuild.model import Document

_BATCHES = 16  # at least, so that some workers have enough to do with few documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The documents of a run: those that are read already, and those that wait, with where."""

    kept: tuple[Kept, ...]
    waiting: tuple[Kept, ...]
    places: Mapping[str, int]


@contextmanager
def put_by_in() -> Iterator[IO[bytes]]:
    """Open a file to put documents by in; it is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        yield file
    finally:
        with suppress(OSError):  # what found no room is told once, when it was written
            file.close()


def put_by(
    documents: Iterable[Document],
    file: IO[bytes],
    recipe: str,
    known: Mapping[str, Kept],
) -> Waiting:
    """Put by in a file what is not known yet.

    Raises:
        OSError: there is no room for it.

    >>> import io
    >>> found = put_by([Document(id="a", text="b c")], io.BytesIO(), "", {})
    >>> found.waiting[0].words
    2
    """
    kept, waiting, places = [], [], {}
    for document in documents:
        key = key_of(document, recipe)
        if key in known:
            kept.append(known[key])
            continue
        words = len(document.text.split())
        waiting.append(Kept(key=key, id=document.id, words=words, shard=""))
        places[key] = file.tell()
        pickle.dump(document, file)
    file.flush()
    return Waiting(kept=tuple(kept), waiting=tuple(waiting), places=places)


def taken(file: IO[bytes], found: Waiting, kept: Kept) -> Document:
    """Return a document that was put by."""
    file.seek(found.places[kept.key])
    document: Document = pickle.load(file)
    return document


def parts(found: Waiting) -> Iterator[list[Kept]]:
    """Part what waits into batches, small enough that all workers end at about one time.

    They are the same however many workers there are, and wherever.

    >>> many = tuple(Kept(key=str(n), id="", words=1, shard="") for n in range(80))
    >>> {len(b) for b in parts(Waiting(kept=(), waiting=many, places={}))}
    {5}
    """
    most = -(-len(found.waiting) // _BATCHES)
    return batches(found.waiting, max(1, min(most, DOCUMENTS_A_SHARD)))


Batch = Sequence[tuple[str, Document]]
"""Documents to be read together, each with its key."""
