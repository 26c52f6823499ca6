"""A folder as one version: the files of one run take the place of those before at once.

What a run writes goes into a folder beside, is brought to the disk, and is exchanged with
the folder in one step of the file system. Where that cannot be (the folder is a mount, or
where somebody works, or holds files of others, or the system knows no exchange), the files
are moved in after one step that decides: whoever comes next finishes what was cut off.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Fill = Callable[[IO[bytes]], object]

_NEW = ".kgbuild-new-"  # being written; swept when its run is no more
_READY = ".kgbuild-ready"  # whole and decided on; what it replaces is still there
_MOVING = ".kgbuild-moving"  # what it replaces is gone
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder that is held for one run, and the new folder that the run writes into."""

    folder: Path
    new: Path
    ours: frozenset[str]


@contextmanager
def held(folder: Path, ours: Collection[str]) -> Iterator[Place]:
    """Hold a folder for one run, which may write files of the names ``ours`` into it.

    Leftovers of runs that were killed are swept, and what one had decided on is finished.

    Raises:
        OSError: it cannot be written into, or another run is at it; nothing is changed.

    >>> with held(Path(tempfile.mkdtemp()) / "kg", ["a.txt"]) as place:
    ...     publish(place, [("a.txt", lambda file: file.write(b"a"))])
    ['a.txt']
    """
    place = folder.resolve()
    with _locked(place, folder):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists() and not place.is_dir():
                raise NotADirectoryError(20, "it is no folder")
            _recover(place)
            _sweep(place)
            _refuse_folders(place, ours)
            beside = _can_exchange(place, ours)
            made = tempfile.mkdtemp(
                prefix=_prefix(place) if beside else _NEW,
                dir=place.parent if beside else place,
            )
        except OSError as error:
            reason = error.strerror or str(error)
            message = (
                f"{folder}: cannot be written into ({reason}); choose another folder"
            )
            raise OSError(message) from None
        new = Path(made)
        try:
            yield Place(folder=place, new=new, ours=frozenset(ours))
        finally:
            shutil.rmtree(new, ignore_errors=True)


def publish(
    place: Place,
    files: Iterable[tuple[str, Fill]],
    beside: Iterable[tuple[str, Fill]] = (),
) -> list[str]:
    """Let a folder hold these files and none of runs before; return their names.

    Files of names that are not ours stay as they are. Those ``beside`` are written meanwhile
    by another process, a copy of this one.

    Raises:
        OSError: a file cannot be written; the folder is as it was.
    """
    others = list(beside)
    with _meanwhile(lambda: _fill(place, others)) if others else nullcontext():
        written = _fill(place, files)
    _sync(place.new)
    put_in_place(place)
    return written + [name for name, _ in others]


def _fill(place: Place, files: Iterable[tuple[str, Fill]]) -> list[str]:
    """Write files into the new folder, with the rights that those before have."""
    written = []
    for name, fill in files:
        written.append(name)
        write_through(place.new / name, fill)
        if (old := place.folder / name).exists():
            (place.new / name).chmod(old.stat().st_mode & 0o777)
    return written


@contextmanager
def _meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Let a copy of this process do some work; what went wrong there is raised here.

    Raises:
        ChildProcessError: the copy died.
    """
    import multiprocessing

    context = multiprocessing.get_context("fork")
    line, other = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, line, other), daemon=True)
    with warnings.catch_warnings():
        # It works on plain values alone, and waits for none of this one's threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    other.close()
    try:
        yield
        if error := line.recv():
            raise error
    except EOFError:
        raise ChildProcessError("the process that wrote a part was killed") from None
    finally:
        process.kill()
        process.join()
        line.close()


def _work(work: Callable[[], object], unused: Connection, line: Connection) -> None:
    unused.close()  # so that whoever outlives the other learns that it is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends this one
    try:
        work()
        line.send(None)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again
        line.send(error)


def write_through(path: Path, fill: Fill) -> None:
    """Let ``fill`` write a file, and bring it to the disk.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("wb") as file:
        fill(file)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, fill: Fill) -> None:
    """Let ``fill`` write a file beside its place, then put it there in one step.

    What runs that were killed had begun beside it is swept.

    Raises:
        OSError: it cannot be written, or another run writes it; what was there is as it was.

    >>> file = Path(tempfile.mkdtemp()) / "a.txt"
    >>> replace_file(file, lambda out: out.write(b"a"))
    >>> [p.name for p in file.parent.iterdir()]
    ['a.txt']
    """
    place = path.resolve()
    with _locked(place, path):
        try:
            _put_file(place, fill)
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"{path}: cannot be written ({reason}); choose another place"
            raise OSError(message) from None


def _put_file(path: Path, fill: Fill) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    handle, made = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
    new = Path(made)
    try:
        os.close(handle)
        write_through(new, fill)
        new.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def settle(folder: Path) -> None:
    """Finish what a killed run had decided on, before a folder is read.

    Raises:
        OSError: it cannot be finished, or a run is at it.
    """
    if (folder / _READY).exists() or (folder / _MOVING).exists():
        with _locked(folder.resolve(), folder):
            _recover(folder)


def _recover(folder: Path) -> None:
    """Finish what a run had decided on when it was killed, if there is such."""
    ready, moving = folder / _READY, folder / _MOVING
    if ready.is_dir():
        listed = (ready / _OURS).read_text("utf-8").split("\n")
        for name in listed:
            (folder / name).unlink(missing_ok=True)
        ready.rename(moving)
    if moving.is_dir():
        for file in sorted(moving.iterdir()):
            if file.name != _OURS:
                file.replace(folder / file.name)
        _sync(folder)
        shutil.rmtree(moving)


_OURS = (
    ".kgbuild-names"  # in a folder to be moved: the names that it takes the place of
)


def put_in_place(place: Place) -> None:
    """Put the new folder in place: by one step, or by steps that can be finished later.

    Raises:
        OSError: it cannot be put there; the folder is as it was.
    """
    folder = place.folder
    mode = folder.stat().st_mode & 0o777 if folder.is_dir() else 0o777 & ~umask()
    if place.new.parent == folder.parent and _can_exchange(folder, place.ours):
        place.new.chmod(mode)
        if not folder.exists():
            place.new.rename(folder)
            _sync(folder.parent)
            return
        if _exchange(place.new, folder):
            _sync(folder.parent)
            return
    listed = "\n".join(sorted(place.ours)).encode("utf-8")
    write_through(place.new / _OURS, lambda file: file.write(listed))
    place.new.rename(folder / _READY)
    _sync(folder)
    _recover(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step, if the system can."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    return call is not None and not call(_HERE, names[0], _HERE, names[1], _EXCHANGE)


def _can_exchange(folder: Path, ours: Collection[str]) -> bool:
    """Tell whether the folder is ours alone, and may be another from now on."""
    if not folder.exists():
        return True
    if not os.access(folder.parent, os.W_OK | os.X_OK):
        return False
    worked_in = Path.cwd().resolve()
    if os.path.ismount(folder) or folder == worked_in or folder in worked_in.parents:
        return False
    return {entry.name for entry in folder.iterdir()} <= {*ours}


def _refuse_folders(folder: Path, ours: Collection[str]) -> None:
    for name in sorted(ours):
        if (folder / name).is_dir():
            raise IsADirectoryError(21, f"{name} is a folder there")


def _prefix(folder: Path) -> str:
    return f".{folder.name}{_NEW}"


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed had begun; nobody else is at work here."""
    begun = [p for p in folder.parent.iterdir() if p.name.startswith(_prefix(folder))]
    if folder.is_dir():
        begun += [p for p in folder.iterdir() if p.name.startswith(_NEW)]
    for old in begun:
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            with suppress(OSError):
                old.unlink()


@contextmanager
def _locked(folder: Path, named: Path) -> Iterator[None]:
    """Keep other runs off a folder, by a file where the system has such for a while."""
    from filelock import FileLock, Timeout

    user = os.getuid() if hasattr(os, "getuid") else 0
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    file = Path(tempfile.gettempdir()) / f"kgbuild-{user}-{digest}.lock"
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = (
            f"{named}: another run writes there; wait for it, or choose another folder"
        )
        raise OSError(message) from None
    try:
        yield
    finally:
        lock.release()


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def umask() -> int:
    """Return the mode bits that new files of this process do not get."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
