"""``kgbuild add``: more articles into a project folder, or changed ones."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import (
    Knowledge,
    Reading,
    documents_of,
    followed,
    once,
    say,
    teller,
)
from kgbuild.commands._progress import stoppable
from kgbuild.commands._project import Folder, Working, finish, keep, read_into
from kgbuild.commands._together import spread

if TYPE_CHECKING:
    from kgbuild.archive.recipe import Recipe
    from kgbuild.archive.store import Kept, Manifest
    from kgbuild.commands._project import Done, Tell
    from kgbuild.model import Document


@spread
def add(
    folder: Folder,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NEW...]",
            help="Files, folders, URLs, or - for standard input, as build takes them; "
            "none to read again what this version of kgbuild reads in another way.",
            show_default=False,
        ),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL", help="The pages that an RSS or Atom feed links to."
        ),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Look again and again, until stopped by Ctrl-C."),
    ] = False,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How often to look.")
    ] = 60,
    knowledge: Knowledge = None,
    *,
    reading: Reading,
    working: Working,
) -> int:
    """Add articles to what build made; one of the same id takes the place of the old."""
    from kgbuild.archive.store import open_project

    if watch and not inputs and not feed:
        raise typer.BadParameter("--watch needs what to watch: a folder, or --feed")
    open_project(folder)
    faults, tell = teller()
    asked = _Asked(
        inputs=tuple(inputs or ()),
        feeds=tuple(feed or ()),
        knowledge=knowledge,
        reading=reading,
        working=working,
    )
    if not watch:
        _add(folder, asked, faults, tell)
        return 1 if faults else 0
    tell_once, note = once(tell), once(say)
    with stoppable(f"stopped; {folder} holds what was read"):
        while True:
            _add(folder, asked, faults, tell_once, note)
            time.sleep(every)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is to be added, and how it is read."""

    inputs: tuple[str, ...]
    feeds: tuple[str, ...]
    knowledge: list[Path] | None
    reading: Reading
    working: Working


def _add(
    folder: Path, asked: _Asked, faults: list[str], tell: Tell, note: Tell = say
) -> None:
    """Add once; write nothing where nothing is new."""
    from kgbuild.archive.recipe import digest_of
    from kgbuild.archive.store import STORE, listed, open_project
    from kgbuild.folder import held
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    with held(folder, file_names()) as place:
        store = place.folder / STORE
        manifest = open_project(place.folder)
        recipe = _today(manifest.recipe, asked.knowledge)
        read = _documents(store, manifest, asked, tell, note)
        new = read_into(store, followed(read, None, "Reading"), recipe, asked.working)
        old = listed(store, manifest.shards)
        same = digest_of(recipe) == digest_of(manifest.recipe)
        if same and {k.key for k in new.kept} <= {k.key for k in old.values()}:
            if not faults:
                note(f"{folder}: nothing new")
            return
        _tell_replaced(old, new.kept)
        kept = _again(store, old, new, recipe, asked.working, same=same)
        known = {k.key for k in old.values()} & {k.key for k in kept}
        skipped = tuple(dict.fromkeys((*manifest.skipped, *faults)))
        changed = replace(manifest, recipe=recipe, skipped=skipped)
        changed = keep(store, changed, kept)
        vocabulary = load_vocabulary(recipe.vocabulary)
        finish(place, folder, changed, vocabulary, tell, note=note, before=len(known))


def _documents(
    store: Path, manifest: Manifest, asked: _Asked, tell: Tell, note: Tell
) -> Iterator[Document]:
    """Yield what the inputs and the feeds hold; of feeds, pages only that are not there."""
    from kgbuild.archive.shards import DOCUMENTS, rows
    from kgbuild.readers.feed import links

    yield from documents_of(asked.inputs, asked.reading, tell, note)
    if not asked.feeds:
        return
    have = {row["url"] for row in rows(store, DOCUMENTS, manifest.shards, ("url",))}
    private = asked.reading.allow_private
    found = (u for f in asked.feeds for u in links(f, tell, allow_private=private))
    pages = [url for url in dict.fromkeys(found) if url not in have]
    yield from documents_of(pages, asked.reading, tell, note)


def _today(recipe: Recipe, knowledge: list[Path] | None) -> Recipe:
    """Return a recipe as the program and the files that it names are now."""
    from kgbuild.provenance import made_by

    own = tuple(p.resolve() for p in knowledge) if knowledge else recipe.knowledge
    made = made_by(vocabulary=recipe.vocabulary, knowledge=own)
    return replace(recipe, knowledge=own, made=made)


def _again(
    store: Path,
    old: dict[str, Kept],
    new: Done,
    recipe: Recipe,
    working: Working,
    *,
    same: bool,
) -> list[Kept]:
    """Return all documents; those of before are read again unless the recipe is the same.

    Of a shard that is damaged they are read again in any case.
    """
    from kgbuild.archive.store import documents

    ids = {k.id for k in new.kept}
    stay = [k for k in old.values() if k.id not in ids]
    if same and all(k.key in new.known for k in stay):
        return [*new.kept, *(new.known[k.key] for k in stay)]
    done = read_into(store, documents(store, stay), recipe, working)
    return [done.known[k.key] for k in (*new.kept, *done.kept)]


def _tell_replaced(old: dict[str, Kept], new: Sequence[Kept]) -> None:
    """Say which articles are another text now, under the id of one that was there."""
    ids = [k.id for k in new if k.id in old and old[k.id].key != k.key]
    if ids:
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        say(
            f"takes the place of the article of the same id: {', '.join(ids[:5])}{more}"
        )
