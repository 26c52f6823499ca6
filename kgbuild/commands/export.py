"""``kgbuild export``: files of a project folder in other formats, without reading again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgbuild.commands._options import MinConfidence, say, teller
from kgbuild.commands._picks import Picking, picks_of
from kgbuild.commands._project import (
    Folder,
    Telling,
    To,
    check,
    finish,
    options_of,
    write_out,
)
from kgbuild.commands._together import spread


@spread
def export(
    folder: Folder,
    to: Annotated[str | None, To] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Another folder; without it the files of KG are written anew, these too.",
        ),
    ] = None,
    *,
    telling: Telling,
    picking: Picking,
    min_confidence: MinConfidence = None,
) -> int:
    """Write the graph that build made in other formats; nothing is read again."""
    from dataclasses import asdict, replace

    import networkx as nx

    from kgbuild.archive.graphs import graph_of
    from kgbuild.archive.store import STORE, open_project, save
    from kgbuild.folder import held
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    faults, tell = teller()
    manifest = open_project(folder)
    if output and output.resolve() == folder.resolve():
        output = None
    asked = to.split(",") if to else []
    vocabulary = load_vocabulary(manifest.recipe.vocabulary)
    picks = picks_of(vocabulary, picking, min_confidence)
    if picks and output is None:
        raise ValueError(
            f"a part of {folder} goes elsewhere: name another folder by -o"
        )
    given = {**asdict(telling), "facts": picking.facts, "picks": picks}
    outputs = {**manifest.outputs, **{k: v for k, v in given.items() if v}}
    outputs["to"] = list(dict.fromkeys((*manifest.outputs["to"], *asked)))
    if output and asked:
        outputs["to"] = asked
    check(outputs["to"], vocabulary, options_of(outputs))
    with held(output or folder, file_names()) as place:
        if output is None:
            changed = replace(open_project(place.folder), outputs=outputs)
            save(place.folder / STORE, changed)
            finish(place, folder, changed, vocabulary, tell)
            return 1 if faults else 0
        graph = nx.freeze(graph_of(folder, manifest, outputs=outputs, note=say))
        for path in write_out(place, output, graph, outputs, vocabulary, tell):
            print(path)
    return 1 if faults else 0
