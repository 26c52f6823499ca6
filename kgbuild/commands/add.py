"""``kgbuild add``: more articles into a project folder, or changed ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import (
    AllowPrivate,
    AnyLanguage,
    Date,
    Knowledge,
    followed,
    say,
    teller,
)
from kgbuild.commands._project import Folder, Verbose, Workers, finish, keep, read_into

if TYPE_CHECKING:
    from kgbuild.archive.recipe import Recipe
    from kgbuild.archive.store import Kept


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
    date: Date = None,
    knowledge: Knowledge = None,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
    workers: Workers = None,
    verbose: Verbose = False,
) -> int:
    """Add articles to what build made; one of the same id takes the place of the old."""
    from kgbuild.archive.store import STORE, index, listed, open_project
    from kgbuild.folder import held
    from kgbuild.readers import read_documents
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    faults, tell = teller()
    open_project(folder)
    with held(folder, file_names()) as place:
        store = place.folder / STORE
        manifest = open_project(place.folder)
        recipe = _today(manifest.recipe, knowledge)
        read = read_documents(
            inputs or [],
            date=date,
            report=tell,
            note=say,
            any_language=any_language,
            allow_private=allow_private,
        )
        options = {"workers": workers, "verbose": verbose}
        new = read_into(store, followed(read, None, "Reading"), recipe, **options)
        if inputs and not new.kept:
            return 1
        old = listed(store, manifest.shards)
        _tell_replaced(old, new.kept)
        kept = _again(store, old, new.kept, recipe, options)
        skipped = dict.fromkeys((*manifest.skipped, *faults))
        changed = replace(manifest, recipe=recipe, skipped=tuple(skipped))
        known = {k.key for k in old.values()} & {k.key for k in kept}
        kept = [index(store)[k.key] for k in kept]
        changed = keep(store, changed, kept)
        vocabulary = load_vocabulary(recipe.vocabulary)
        finish(place, folder, changed, vocabulary, tell, before=len(known))
    return 1 if faults else 0


def _today(recipe: Recipe, knowledge: list[Path] | None) -> Recipe:
    """Return a recipe as the program and the files that it names are now."""
    from kgbuild.provenance import made_by

    own = tuple(p.resolve() for p in knowledge) if knowledge else recipe.knowledge
    made = made_by(vocabulary=recipe.vocabulary, knowledge=own)
    return replace(recipe, knowledge=own, made=made)


def _again(
    store: Path,
    old: dict[str, Kept],
    new: list[Kept],
    recipe: Recipe,
    options: dict[str, int | None],
) -> list[Kept]:
    """Return all documents; those of before are read again where the recipe has changed."""
    from kgbuild.archive.store import documents

    ids = {k.id for k in new}
    stay = [k for k in old.values() if k.id not in ids]
    return [*new, *read_into(store, documents(store, stay), recipe, **options).kept]


def _tell_replaced(old: dict[str, Kept], new: list[Kept]) -> None:
    """Say which articles are another text now, under the id of one that was there."""
    ids = [k.id for k in new if k.id in old and old[k.id].key != k.key]
    if ids:
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        say(
            f"takes the place of the article of the same id: {', '.join(ids[:5])}{more}"
        )
