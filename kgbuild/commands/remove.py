"""``kgbuild remove``: articles out of a project folder, and all that only they say."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from kgbuild.commands._options import teller
from kgbuild.commands._project import Folder, finish, keep


def remove(
    folder: Folder,
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...", help="Ids of articles.", show_default=False
        ),
    ],
) -> int:
    """Take articles out of what build made."""
    from kgbuild.archive.store import STORE, listed, open_project
    from kgbuild.folder import held
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    faults, tell = teller()
    open_project(folder)
    with held(folder, file_names()) as place:
        manifest = open_project(place.folder)
        known = listed(place.folder / STORE, manifest.shards)
        for id in articles:
            if id not in known:
                near = ", ".join(difflib.get_close_matches(id, sorted(known), n=3))
                hint = f"; near: {near}" if near else "; kgbuild status -v lists them"
                raise ValueError(f"{folder}: there is no article {id!r}{hint}")
        left = [k for k in known.values() if k.id not in articles]
        changed = keep(place.folder / STORE, manifest, left)
        vocabulary = load_vocabulary(manifest.recipe.vocabulary)
        finish(place, folder, changed, vocabulary, tell, before=len(left))
    return 1 if faults else 0
