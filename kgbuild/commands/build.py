"""``kgbuild build``: articles in, graph files out, and a short account of both."""

from __future__ import annotations

from collections.abc import Callable
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
    say,
    teller,
)
from kgbuild.writers import FORMATS, known_options, write, writer

if TYPE_CHECKING:
    import networkx as nx

    from kgbuild.vocabulary import Vocabulary


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
    from kgbuild.graph import assemble
    from kgbuild.pipeline import run
    from kgbuild.readers import read_documents, unread
    from kgbuild.vocabulary import load_vocabulary

    faults, tell = teller()
    known = load_vocabulary(vocabulary)
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
    found = run(
        documents,
        vocabulary=vocabulary,
        knowledge=knowledge or (),
        preset=preset(precise, complete),
        min_confidence=min_confidence,
    )
    results = list(followed(found, len(documents), "Extracting"))
    graph = assemble(
        documents, (s for r in results for s in r.statements), with_text=with_text
    )
    given = {"base": base, "statements": statements}
    options = {k: v for k, v in given.items() if v}
    files = _write(graph, output, to.split(","), known, options, tell)
    show(
        graph,
        [a for r in results for a in r.abstentions],
        files,
        known,
        unread=besides,
    )
    return 1 if faults else 0


def _write(
    graph: nx.MultiDiGraph[str],
    folder: Path,
    formats: list[str],
    vocabulary: Vocabulary,
    options: dict[str, str],
    tell: Callable[[str], None],
) -> list[Path]:
    """Write each format; one that cannot be written does not keep the others from it."""
    files: list[Path] = []
    for name in followed(formats, len(formats), "Writing"):
        path = folder / f"{_NAMES.get(name, 'graph')}.{name}"
        fitting = known_options(writer(name), options)
        try:
            files += write(graph, path, vocabulary=vocabulary, **fitting)
        except OSError as error:
            tell(f"{path}: cannot be written ({error.strerror}); choose another -o")
    return files


_NAMES = {"jsonl": "statements"}
