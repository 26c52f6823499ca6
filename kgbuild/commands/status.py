"""``kgbuild status``: what a project folder holds, and what it would read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.commands._options import console, printable
from kgbuild.commands._picks import told
from kgbuild.commands._project import Folder, Verbose

if TYPE_CHECKING:
    from kgbuild.archive.store import Manifest


def status(folder: Folder, verbose: Verbose = False) -> None:
    """Tell what a folder that build wrote holds; with -v, each article."""
    from kgbuild.archive.shards import ABSTENTIONS, DOCUMENTS, STATEMENTS, rows
    from kgbuild.archive.store import STORE, index, open_project

    manifest, store = open_project(folder), folder / STORE
    columns = ("id", "date", "words", "title")
    known = sorted(
        rows(store, DOCUMENTS, manifest.shards, columns), key=lambda r: r["id"]
    )
    days = sorted(row["date"] for row in known if row["date"])
    shards = set(manifest.shards)
    lines = {
        "articles": f"{len(known)}, {sum(row['words'] for row in known):,} words",
        "days": f"{days[0]} to {days[-1]}" if days else "none told",
        "statements": f"{sum(1 for _ in rows(store, STATEMENTS, shards, ('id',))):,}",
        "left out": f"{sum(1 for _ in rows(store, ABSTENTIONS, shards, ('doc',))):,}",
        "files": ", ".join(manifest.outputs["to"]),
        "picked by": told(manifest.outputs),
        "store": f"shards: {len(shards)}, {_size(store) / 1e6:.1f} MB",
        "read by": ", ".join(f"{k} {v[:23]}" for k, v in manifest.recipe.made.items()),
    }
    screen = console()
    for name, text in lines.items():
        if text:
            screen.print(f"{name:10}  {printable(text)}", soft_wrap=True)
    for line in (*_advice(folder, manifest), *manifest.skipped):
        screen.print(printable(line), soft_wrap=True)
    waiting = sum(1 for kept in index(store).values() if kept.shard not in shards)
    if waiting:
        print(
            f"{waiting} more were read by a run that was stopped; start it again to go on"
        )
    for row in known if verbose else ():
        print(printable(f"{row['id']}  {row['date'] or '–'}  {row['title']}".strip()))


def _size(store: Path) -> int:
    return sum(p.stat().st_size for p in store.rglob("*.parquet"))


def _advice(folder: Path, manifest: Manifest) -> list[str]:
    """Say so where this program would read in another way."""
    from kgbuild.provenance import made_by

    recipe = manifest.recipe
    try:
        made = made_by(vocabulary=recipe.vocabulary, knowledge=recipe.knowledge)
    except OSError as error:
        return [f"a table that it was read with is gone: {error.filename}"]
    names = ", ".join(k for k, v in made.items() if recipe.made.get(k) != v)
    return (
        [f"changed since: {names}; kgbuild add {folder} reads all again"]
        if names
        else []
    )
