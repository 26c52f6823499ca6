"""``kgbuild diff``: what two project folders say differently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kgbuild.commands._options import printable
from kgbuild.commands._project import Folder


def diff(
    one: Folder,
    other: Folder,
    most: Annotated[
        int, typer.Option(metavar="N", min=0, help="Lines shown of each kind.")
    ] = 20,
) -> None:
    """Tell what the second folder has and the first has not (+), and the other way (-)."""
    before, after = (_documents(f) for f in (one, other))
    _show("article", before, after, most)
    _show("statement", _statements(one), _statements(other), most)


def _documents(folder: Path) -> dict[Any, str]:
    from kgbuild.archive.store import STORE, listed, open_project

    known = listed(folder / STORE, open_project(folder).shards)
    return {(k.id, k.key): k.id for k in known.values()}


def _statements(folder: Path) -> dict[Any, str]:
    from kgbuild.archive.store import STORE, open_project, statements

    found = statements(folder / STORE, open_project(folder))
    return {json.dumps(r, sort_keys=True): _line(r) for r in found}


def _line(record: dict[str, Any]) -> str:
    told = "" if record["factuality"] == "fact" else f" ({record['factuality']})"
    day = f" {record['time']}" if record["time"] else ""
    ends = record["subject"]["label"], record["object"]["label"]
    return f"{ends[0]} {record['relation']} {ends[1]}{told}{day} [{record['doc']}]"


def _show(what: str, before: dict[Any, str], after: dict[Any, str], most: int) -> None:
    print(f"{what}s: {len(before)} and {len(after)}")
    for sign, lines in (("-", _missing(before, after)), ("+", _missing(after, before))):
        found = sorted(lines)
        for line in found[:most]:
            print(printable(f"{sign} {line}"))
        if len(found) > most:
            print(f"{sign} … {len(found) - most} more; --most shows them")


def _missing(here: dict[Any, str], there: dict[Any, str]) -> Iterator[str]:
    return (line for key, line in here.items() if key not in there)
