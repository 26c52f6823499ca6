"""What a folder holds: the files that can be read, and those that cannot, with the reason."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kgbuild.readers.kinds import KINDS, suffix
from kgbuild.readers.reading import Report

_ODD = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def files(folder: Path, report: Report) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, sorted, hidden ones left out.

    What is no file, leads nowhere or may not be opened is reported, and the rest read.
    """
    yield from _walk(folder, report, {_place(folder)})


def unread(inputs: Iterable[str | os.PathLike[str]]) -> Counter[str]:
    """Count by suffix what the folders among the inputs hold that is never read.

    >>> unread(["data"])[".png"] > 0
    True
    """
    count: Counter[str] = Counter()
    for name in inputs:
        path = Path(name)
        try:
            found = list(files(path, lambda _: None)) if path.is_dir() else []
        except (OSError, ValueError):
            continue
        count.update(
            f".{suffix(f.name)}" if suffix(f.name) else "without a suffix"
            for f in found
            if suffix(f.name) not in KINDS
        )
    return count


def fault_of(path: Path) -> str | None:
    """Return why a path is no file that can be read, None where it may be one."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink() and isinstance(error, FileNotFoundError):
            return "is a link to what is not there; mend the link or remove it"
        return reason(error)
    for test, what in _ODD:
        if test(mode):
            return f"is {what}, not a file; give what comes out of it as -"
    return None


def reason(error: OSError) -> str:
    """Say in words what kept a file from being read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    what = getattr(error, "reason", None) or error.strerror or error
    return f"cannot be read ({what}); check that it is there and can be reached"


def _walk(folder: Path, report: Report, above: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        report(f"{folder}: {reason(error)}")
        return
    for path in inside:
        if path.name.startswith(".") or _is_ours(path):
            continue
        fault = fault_of(path)
        if fault:
            report(f"{path}: {fault}")
        elif not path.is_dir():
            yield path
        elif (place := _place(path)) in above:
            report(f"{path}: is a link to a folder that it stands in; it is left out")
        else:
            yield from _walk(path, report, above | {place})


def _is_ours(path: Path) -> bool:
    """Tell whether a path is the store of a folder that build wrote, or its decisions."""
    store = path if path.name == "store" else path.parent / "store"
    named = path.name in ("store", "decisions.csv")
    return named and (store / "kgbuild-store.json").is_file()


def _place(folder: Path) -> tuple[int, int]:
    known = folder.stat()
    return known.st_dev, known.st_ino
