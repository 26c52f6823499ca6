"""``kgbuild extract``: statements as JSON lines to standard output."""

from __future__ import annotations

import sys
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
from kgbuild.commands._together import spread


@spread
def extract(
    inputs: Inputs,
    abstained: Annotated[
        bool,
        typer.Option("--abstained", help="List what was left out, and why, instead."),
    ] = False,
    *,
    reading: Reading,
    judging: Judging,
) -> int:
    """Write statements as JSON lines to standard output."""
    from dataclasses import asdict

    from kgbuild.graph import record_of
    from kgbuild.pipeline import run
    from kgbuild.writers.jsonl import line

    faults, tell = teller()
    results = run(
        documents_of(inputs, reading, tell),
        vocabulary=judging.vocabulary,
        knowledge=judging.knowledge or (),
        preset=preset(judging),
        min_confidence=judging.min_confidence,
    )
    for result in followed(results, None, "Reading"):
        if abstained:
            rows = [asdict(a) for a in result.abstentions]
        else:
            rows = [record_of(s) for s in result.statements]
        sys.stdout.buffer.write("".join(map(line, rows)).encode("utf-8"))
    return 1 if faults else 0
