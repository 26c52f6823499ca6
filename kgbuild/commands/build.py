"""``kgbuild build``: articles in, graph files out, and a short account of both."""

from __future__ import annotations

from pathlib import Path
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
from kgbuild.commands._picks import (
    About,
    Facts,
    OfRelation,
    OfType,
    Since,
    Until,
    picks_of,
)
from kgbuild.commands._project import (
    USUAL,
    Base,
    Engine,
    Master,
    Staging,
    Style,
    To,
    Verbose,
    WithText,
    Workers,
    check,
    cluster_of,
    finish,
    keep,
    options_of,
    read_into,
)


def build(
    inputs: Inputs,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write into."),
    ] = Path("kg"),
    date: Date = None,
    to: Annotated[str, To] = USUAL,
    with_text: WithText = False,
    base: Base = None,
    statements: Style = None,
    precise: Precise = False,
    complete: Complete = False,
    min_confidence: MinConfidence = None,
    vocabulary: VocabularyDir = None,
    knowledge: Knowledge = None,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
    since: Since = None,
    until: Until = None,
    relation: OfRelation = None,
    type: OfType = None,
    about: About = None,
    facts: Facts = False,
    workers: Workers = None,
    engine: Engine = "local",
    master: Master = None,
    staging: Staging = None,
    verbose: Verbose = False,
) -> int:
    """Make a knowledge graph of articles; of those it knows, only what has changed is read."""
    from kgbuild.archive.recipe import Recipe
    from kgbuild.archive.store import STORE, Manifest
    from kgbuild.folder import held
    from kgbuild.provenance import made_by
    from kgbuild.readers import read_documents, unread
    from kgbuild.vocabulary import load_vocabulary
    from kgbuild.writers import file_names

    cluster = cluster_of(engine, master, staging)
    faults, tell = teller()
    known, own = load_vocabulary(vocabulary), tuple(knowledge or ())
    outputs = {
        "to": to.split(","),
        "with_text": with_text,
        "base": base,
        "statements": statements,
        "facts": facts,
        "picks": picks_of(
            known,
            since=since,
            until=until,
            relations=relation,
            types=type,
            about=about,
        ),
    }
    check(to.split(","), known, options_of(outputs))
    with held(output, file_names()) as place:
        besides = unread(inputs)  # before there is anything of ours among it
        documents = read_documents(
            inputs,
            date=date,
            report=tell,
            note=say,
            any_language=any_language,
            allow_private=allow_private,
        )
        recipe = Recipe(
            made=made_by(vocabulary=vocabulary, knowledge=own),
            vocabulary=vocabulary and vocabulary.resolve(),
            knowledge=tuple(p.resolve() for p in own),
            preset=preset(precise, complete),
            min_confidence=min_confidence,
        )
        store = place.folder / STORE
        found = followed(documents, None, "Reading")
        done = read_into(
            store, found, recipe, workers=workers, verbose=verbose, cluster=cluster
        )
        if not done.kept:
            return 1
        manifest = Manifest(recipe=recipe, outputs=outputs, skipped=tuple(faults))
        manifest = keep(store, manifest, done.kept)
        before = len(done.kept) - done.new
        finish(place, output, manifest, known, tell, unread=besides, before=before)
    return 1 if faults else 0
