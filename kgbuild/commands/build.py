"""``kgbuild build``: articles in, graph files out, and a short account of both."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    printable,
    say,
    teller,
)
from kgbuild.writers import FORMATS, file_names, filled, known_options, writer

if TYPE_CHECKING:
    from kgbuild.folder import Fill, Place
    from kgbuild.vocabulary import Vocabulary

    Files = Iterator[tuple[str, Fill]]


def _formats(value: str) -> str:
    names = [n.strip().lower().removeprefix(".") for n in value.split(",") if n.strip()]
    for name in names or [value]:
        if name not in FORMATS:
            raise typer.BadParameter(f"no format {name!r}; have: {', '.join(FORMATS)}")
    return ",".join(dict.fromkeys(names))


STYLES = ("plain", "reified", "rdf12")


def _style(value: str | None) -> str | None:
    if value is not None and value not in STYLES:
        raise typer.BadParameter(f"no style {value!r}; have: {', '.join(STYLES)}")
    return value


def build(
    inputs: Inputs,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="The folder to write into."),
    ] = Path("kg"),
    date: Date = None,
    to: Annotated[
        str,
        typer.Option(
            metavar="FORMAT,...",
            help=f"What to write: {', '.join(FORMATS)}.",
            callback=_formats,
        ),
    ] = "ttl,html,jsonl",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Carry the whole articles in the graph.")
    ] = False,
    base: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="The namespace of entities in RDF."),
    ] = None,
    statements: Annotated[
        str | None,
        typer.Option(
            metavar="plain|reified|rdf12",
            help="How RDF tells statements: as plain triples, as nodes, or in RDF 1.2.",
            callback=_style,
        ),
    ] = None,
    precise: Precise = False,
    complete: Complete = False,
    min_confidence: MinConfidence = None,
    vocabulary: VocabularyDir = None,
    knowledge: Knowledge = None,
    any_language: AnyLanguage = False,
    allow_private: AllowPrivate = False,
) -> int:
    """Make a knowledge graph of articles."""
    from kgbuild.commands._account import show
    from kgbuild.folder import held
    from kgbuild.graph import assemble
    from kgbuild.pipeline import run
    from kgbuild.provenance import made_by
    from kgbuild.readers import read_documents, unread
    from kgbuild.vocabulary import load_vocabulary

    faults, tell = teller()
    known, formats = load_vocabulary(vocabulary), to.split(",")
    given = {"base": base, "statements": statements}
    options = {k: v for k, v in given.items() if v}
    _check(formats, known, options)
    with held(output, file_names()) as place:
        read = read_documents(
            inputs,
            date=date,
            report=tell,
            note=say,
            any_language=any_language,
            allow_private=allow_private,
        )
        documents = list(followed(read, None, "Reading"))
        besides = unread(inputs)  # before there is anything of ours among it
        if not documents:
            return 1
        own = knowledge or ()
        found = run(
            documents,
            vocabulary=vocabulary,
            knowledge=own,
            preset=preset(precise, complete),
            min_confidence=min_confidence,
        )
        results = list(followed(found, len(documents), "Extracting"))
        graph = assemble(
            documents,
            (s for r in results for s in r.statements),
            with_text=with_text,
            made=made_by(vocabulary=vocabulary, knowledge=own),
        )

        def files() -> Files:
            for name in followed(formats, len(formats), "Writing"):
                yield from filled(graph, name, known, options)

        written = _write(place, output, files, tell)
        abstained = [a for r in results for a in r.abstentions]
        show(graph, abstained, written, known, unread=besides)
    return 1 if faults else 0


def _check(formats: list[str], vocabulary: Vocabulary, options: dict[str, str]) -> None:
    """Write nothing in each format that has options, so that wrong ones are told first."""
    import networkx as nx

    for name in formats:
        if known_options(writer(name), options):
            for _, fill in filled(nx.MultiDiGraph(), name, vocabulary, options):
                fill(io.BytesIO())


def _write(
    place: Place,
    output: Path,
    files: Callable[[], Files],
    tell: Callable[[str], None],
) -> list[Path]:
    """Write all files as one version; where there is no room, keep them elsewhere."""
    from kgbuild.folder import held, publish

    old = _listed(place)
    try:
        names = publish(place, files())
    except OSError as error:
        reason = error.strerror or str(error)
        as_it_was = f"{output}: cannot be written ({reason}) and is as it was"
    else:
        if gone := sorted(old - {*names}):
            print(printable(f"{output}: took away, of a run before: {', '.join(gone)}"))
        return [output / name for name in names]
    spare = Path(tempfile.mkdtemp(prefix="kgbuild-"))
    try:
        with held(spare, file_names()) as other:
            names = publish(other, files())
    except OSError:
        spare.rmdir()
        tell(f"{as_it_was}; free some space, or choose another folder")
        return []
    tell(f"{as_it_was}; the new graph is in {spare}: free some space and move it")
    return [spare / name for name in names]


def _listed(place: Place) -> set[str]:
    """Return what runs before wrote into the folder."""
    there = place.folder.iterdir() if place.folder.is_dir() else ()
    return {p.name for p in there} & place.ours
