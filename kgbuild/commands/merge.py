"""``kgbuild merge``: several project folders made one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import teller
from kgbuild.commands._project import To, finish, keep, refuse_strangers
from kgbuild.writers import FORMATS

if TYPE_CHECKING:
    from kgbuild.archive.store import Kept, Manifest


def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="KG...", help="Folders that build wrote.", show_default=False
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write into."),
    ],
    to: Annotated[str | None, To] = None,
) -> int:
    """Make one of several folders that build wrote; nothing is read again."""
    from kgbuild.archive.store import (
        STORE,
        Manifest,
        begin,
        copy_shards,
        index,
        listed,
        open_project,
    )
    from kgbuild.folder import held
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    faults, tell = teller()
    found = {folder: open_project(folder) for folder in folders}
    kept = [listed(f / STORE, m.shards) for f, m in found.items()]
    recipe = found[folders[0]].recipe
    outputs = _outputs(found, to)
    _refuse_others(found)
    keys = _keys(kept)
    with held(output, file_names()) as place:
        refuse_strangers(place, output)
        store = place.folder / STORE
        begin(store, recipe)
        for folder, manifest in found.items():
            copy_shards(folder / STORE, manifest.shards, store)
        known = index(store)
        skipped = sorted({line for m in found.values() for line in m.skipped})
        changed = Manifest(recipe=recipe, outputs=outputs, skipped=tuple(skipped))
        changed = keep(store, changed, [known[key] for key in keys])
        _decide(found, place.folder)
        vocabulary = load_vocabulary(recipe.vocabulary)
        finish(place, output, changed, vocabulary, tell)
    return 1 if faults else 0


def _decide(found: Iterable[Path], output: Path) -> None:
    """Let a folder have the decisions of all; those that it has stay.

    Raises:
        ValueError: two say the other of each other.
    """
    from kgbuild.archive import decisions
    from kgbuild.archive.store import DECISIONS
    from kgbuild.folder import replace_file

    mine = decisions.load(output / DECISIONS)
    theirs = {d for f in found for d in decisions.load(f / DECISIONS)} - {*mine}
    if theirs:
        ordered = sorted(theirs, key=lambda d: (d.kind, d.id, d.other))
        text = decisions.dumps((*mine, *ordered))
        decisions.parse(text, str(output / DECISIONS))
        data = text.encode("utf-8")
        replace_file(output / DECISIONS, lambda file: file.write(data))


def _outputs(found: dict[Path, Manifest], to: str | None) -> dict[str, object]:
    """Return what is written: all formats of all folders, as they have it."""
    first = next(iter(found.values())).outputs
    asked = {name for m in found.values() for name in m.outputs["to"]}
    rest = {k: v for k, v in first.items() if k != "to"}
    for folder, manifest in found.items():
        for name, value in manifest.outputs.items():
            if name != "to" and rest.get(name) != value:
                option = name.replace("_", "-")
                raise ValueError(
                    f"{folder}: was written with another --{option} than {next(iter(found))}; "
                    "build one of them again as the other was"
                )
    return {**rest, "to": to.split(",") if to else [f for f in FORMATS if f in asked]}


def _refuse_others(found: dict[Path, Manifest]) -> None:
    """Refuse folders that were read by other versions, models or tables than the first.

    Raises:
        ValueError: there is one.
    """
    from kgbuild.archive.recipe import digest_of

    first = next(iter(found))
    for folder, manifest in found.items():
        if digest_of(manifest.recipe) != digest_of(found[first].recipe):
            raise ValueError(
                f"{folder}: was read by another version, model or table than {first}; "
                f"bring both up to date: kgbuild add {first} and kgbuild add {folder}"
            )


def _keys(kept: list[dict[str, Kept]]) -> list[str]:
    """Return the keys of all documents.

    Raises:
        ValueError: two differ under one id.
    """
    keys: dict[str, str] = {}
    for one in (k for known in kept for k in known.values()):
        if keys.setdefault(one.id, one.key) != one.key:
            raise ValueError(
                f"two articles have the id {one.id!r} and are not the same; take one out "
                f"first: kgbuild remove KG {one.id!r}"
            )
    return list(keys.values())
