"""``kgbuild validate``: files of RDF against the published shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def validate(
    graphs: Annotated[
        list[Path], typer.Argument(help="Files of RDF, or folders that build wrote.")
    ],
    vocabulary: Annotated[
        Path | None, typer.Option(help="The folder of your own vocabulary.")
    ] = None,
) -> None:
    """Check files of RDF against the SHACL shapes of the vocabulary."""
    from kgbuild.query import graph_file
    from kgbuild.rdf.validation import faults
    from kgbuild.vocabulary import load_vocabulary

    known, wrong = load_vocabulary(vocabulary), 0
    for path in graphs:
        file = graph_file(path)
        found = faults(file, known)
        wrong += bool(found)
        for fault in found:
            print(f"{file}: {fault}")
        if not found:
            print(f"{file}: conforms")
    if wrong:
        raise typer.Exit(1)
