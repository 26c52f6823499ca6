"""``kgbuild build``: articles in, graph files out, and a short account of both."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgbuild.commands._options import (
    Inputs,
    Judging,
    Reading,
    documents_of,
    followed,
    preset,
    teller,
)
from kgbuild.commands._picks import Picking, picks_of
from kgbuild.commands._project import (
    USUAL,
    Clustered,
    Telling,
    To,
    Working,
    check,
    cluster_of,
    finish,
    keep,
    options_of,
    read_into,
    refuse_strangers,
)
from kgbuild.commands._together import spread


@spread
def build(
    inputs: Inputs,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write into."),
    ] = Path("kg"),
    to: Annotated[str, To] = USUAL,
    *,
    telling: Telling,
    reading: Reading,
    judging: Judging,
    picking: Picking,
    working: Working,
    clustered: Clustered,
) -> int:
    """Make a knowledge graph of articles; of those it knows, only what has changed is read."""
    from dataclasses import asdict

    from kgbuild.archive.recipe import Recipe
    from kgbuild.archive.store import STORE, Manifest
    from kgbuild.folder import held
    from kgbuild.provenance import made_by
    from kgbuild.readers import unread
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    cluster = cluster_of(clustered)
    faults, tell = teller()
    known = load_vocabulary(judging.vocabulary)
    own = tuple(judging.knowledge or ())
    outputs = {
        "to": to.split(","),
        **asdict(telling),
        "facts": picking.facts,
        "picks": picks_of(known, picking),
    }
    check(to.split(","), known, options_of(outputs))
    with held(output, file_names()) as place:
        refuse_strangers(place, output)
        besides = unread(inputs)  # before there is anything of ours among it
        documents = documents_of(inputs, reading, tell)
        recipe = Recipe(
            made=made_by(vocabulary=judging.vocabulary, knowledge=own),
            vocabulary=judging.vocabulary and judging.vocabulary.resolve(),
            knowledge=tuple(p.resolve() for p in own),
            preset=preset(judging),
            min_confidence=judging.min_confidence,
        )
        store = place.folder / STORE
        found = followed(documents, None, "Reading")
        done = read_into(store, found, recipe, working, cluster)
        if not done.kept:
            return 1
        manifest = Manifest(recipe=recipe, outputs=outputs, skipped=tuple(faults))
        manifest = keep(store, manifest, done.kept)
        before = len(done.kept) - done.new
        finish(place, output, manifest, known, tell, unread=besides, before=before)
    return 1 if faults else 0
