"""The options that several commands share, and how faults are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kgbuild.model import Document

T = TypeVar("T")


def _day(value: str | None) -> str | None:
    try:
        return value and Day.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(
            f"{value!r} is not a day; write it YYYY-MM-DD"
        ) from None


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, URLs, or - for standard input: text, Markdown, HTML, PDF, "
        "Word, OpenDocument, mail, CSV, TSV, JSON, JSON lines, RSS or Atom, WARC, or .gz "
        "of any.",
        show_default=False,
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="The day of articles that tell none; today is never assumed.",
        callback=_day,
    ),
]
AnyLanguage = Annotated[
    bool,
    typer.Option("--any-language", help="Read what is not English too."),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Read addresses on private networks too."),
]
Precise = Annotated[
    bool,
    typer.Option("--precise", help="Fewer statements, more of them right."),
]
Complete = Annotated[
    bool,
    typer.Option("--complete", help="More statements, fewer of them right."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        min=0,
        max=1,
        help="Statements from this confidence on, whatever the relation.",
    ),
]
VocabularyDir = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="TOML files that extend or replace the vocabulary.",
        exists=True,
        file_okay=False,
    ),
]
Knowledge = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE.csv",
        help="Your own names; may be given several times.",
        exists=True,
        dir_okay=False,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Which inputs are read, and of what day."""

    date: Date = None
    any_language: AnyLanguage = False
    allow_private: AllowPrivate = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What is taken from an article: from which confidence on, by which tables."""

    precise: Precise = False
    complete: Complete = False
    min_confidence: MinConfidence = None
    vocabulary: VocabularyDir = None
    knowledge: Knowledge = None


def documents_of(
    inputs: Sequence[str],
    reading: Reading,
    report: Callable[[str], None],
    note: Callable[[str], None] | None = None,
) -> Iterator[Document]:
    """Yield the documents of inputs; ``report`` is told of those that cannot be read.

    ``note`` is told what is no fault, and yet worth knowing; without it is printed.
    """
    from kgbuild.readers import read_documents

    return read_documents(
        inputs,
        date=reading.date,
        report=report,
        note=note or say,
        any_language=reading.any_language,
        allow_private=reading.allow_private,
    )


def preset(judging: Judging) -> str:
    """Return the name of the preset that two options choose.

    Raises:
        typer.BadParameter: both are given.
    """
    if judging.precise and judging.complete:
        raise typer.BadParameter("choose one of --precise and --complete")
    if judging.precise:
        return "precise"
    return "complete" if judging.complete else "default"


def teller() -> tuple[list[str], Callable[[str], None]]:
    """Return a list of faults, and what prints a fault and adds it there."""
    faults: list[str] = []

    def tell(fault: str) -> None:
        faults.append(fault)
        print(f"kgbuild: {printable(fault)}", file=sys.stderr)

    return faults, tell


def say(remark: str) -> None:
    """Print what is no fault, and yet worth knowing."""
    print(f"kgbuild: {printable(remark)}", file=sys.stderr)


def once(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Return what tells each line, but none again.

    >>> hear = once(print)
    >>> hear("a"), hear("a")
    a
    (None, None)
    """
    told: set[str] = set()

    def tell_once(line: str) -> None:
        if line not in told:
            told.add(line)
            tell(line)

    return tell_once


def printable(text: str) -> str:
    """Make text safe for a terminal: no control characters, no turning of direction.

    >>> printable("a\\x1b[2Jb")
    'a�[2Jb'
    """
    return "".join(c if c.isprintable() or c == " " else "�" for c in text)


def followed(items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    """Yield items, with a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    yield from track(
        items, description=label, total=total, console=console(stderr=True)
    )


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes text as text: no markup, no emoji codes."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)
