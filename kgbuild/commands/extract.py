"""``kgbuild extract``: statements as JSON lines to standard output."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kgbuild.commands._options import (
    AllowPrivate,
    AnyLanguage,
    Complete,
    Date,
    Inputs,
    Knowledge,
    MinConfidence,
    Precise,
    VocabularyDir,
    followed,
    preset,
    say,
    teller,
)


def extract(
    inputs: Inputs,
    date: Date = None,
    abstained: Annotated[
        bool,
        typer.Option("--abstained", help="List what was left out, and why, instead."),
    ] = False,
    precise: Precise = False,
    complete: Complete = False,
    min_confidence: MinConfidence = None,
    vocabulary: VocabularyDir = None,
    knowledge: Knowledge = None,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
) -> int:
    """Write statements as JSON lines to standard output."""
    from dataclasses import asdict

    from kgbuild.graph import record_of
    from kgbuild.pipeline import run
    from kgbuild.readers import read_documents
    from kgbuild.writers.jsonl import line

    faults, tell = teller()
    documents = read_documents(
        inputs,
        date=date,
        report=tell,
        note=say,
        any_language=any_language,
        allow_private=allow_private,
    )
    results = run(
        documents,
        vocabulary=vocabulary,
        knowledge=knowledge or (),
        preset=preset(precise, complete),
        min_confidence=min_confidence,
    )
    for result in followed(results, None, "Reading"):
        if abstained:
            rows = [asdict(a) for a in result.abstentions]
        else:
            rows = [record_of(s) for s in result.statements]
        sys.stdout.buffer.write("".join(map(line, rows)).encode("utf-8"))
    return 1 if faults else 0
