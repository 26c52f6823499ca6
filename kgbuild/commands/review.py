"""``kgbuild review``: who may be one and was not decided, and what somebody decides."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import console, printable, teller
from kgbuild.commands._project import Folder, finish

if TYPE_CHECKING:
    from kgbuild.archive.sightings import Sighting
    from kgbuild.archive.whois import Doubt


def review(
    folder: Folder,
    to: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write a table to fill in."),
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Take over what is filled in, and write the outputs anew.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="Rows shown.")] = 40,
) -> int:
    """List who may be one across articles and was not decided.

    In the table, fill in same or different; rows left empty stay as they are.
    """
    from kgbuild.archive.graphs import doubts_of
    from kgbuild.archive.store import open_project

    if take:
        return _take(folder, take)
    doubts = doubts_of(folder, open_project(folder))
    if to:
        from kgbuild.folder import replace_file

        replace_file(to, lambda file: file.write(_table(doubts).encode("utf-8")))
        print(f"{len(doubts)} to decide, in {printable(str(to))}; then --take it")
        return 0
    _show(doubts[:most])
    more = f"; --csv FILE has all {len(doubts)}" if len(doubts) > most else ""
    print(f"{len(doubts)} to decide{more}")
    return 0


def _show(doubts: Sequence[Doubt]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not doubts:
        return
    table = Table("", "One", "Other", "Why", box=box.SIMPLE_HEAD, pad_edge=False)
    for doubt in doubts:
        ends = (Text(_told(s)) for s in (doubt.one, doubt.other))
        table.add_row(f"{doubt.score:.2f}", *ends, Text(printable(doubt.why)))
    console().print(table)


def _told(one: Sighting) -> str:
    ties = ", ".join(sorted(t for ids in one.ties.values() for t in ids)[:3])
    lines = filter(None, (one.label, one.id, ties and f"with {ties}"))
    return "\n".join(map(printable, lines))


def _table(doubts: Sequence[Doubt]) -> str:
    from kgbuild.flat import inert

    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    names = (
        "decision id other one_name other_name score why one_articles other_articles"
    )
    table.writerow(names.split())
    for d in doubts:
        docs = ("|".join(sorted(s.docs)[:5]) for s in (d.one, d.other))
        row = [
            "",
            d.one.id,
            d.other.id,
            d.one.label,
            d.other.label,
            d.score,
            d.why,
            *docs,
        ]
        table.writerow(inert(c) if isinstance(c, str) else c for c in row)
    return file.getvalue()


def _take(folder: Path, table: Path) -> int:
    from kgbuild.archive import decisions
    from kgbuild.archive.store import DECISIONS, open_project
    from kgbuild.folder import held, replace_file
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    faults, tell = teller()
    open_project(folder)
    with held(folder, file_names()) as place:
        manifest, file = open_project(place.folder), place.folder / DECISIONS
        known, new = decisions.load(file), decisions.load(table)
        text = decisions.dumps(dict.fromkeys((*known, *new)))
        decisions.parse(text, str(table))  # that no two of them say the other
        replace_file(file, lambda out: out.write(text.encode("utf-8")))
        vocabulary = load_vocabulary(manifest.recipe.vocabulary)
        finish(place, folder, manifest, vocabulary, tell)
    return 1 if faults else 0
