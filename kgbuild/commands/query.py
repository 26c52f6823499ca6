"""``kgbuild query``: a named question, or SPARQL, on an embedded engine."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgbuild.commands._options import MinConfidence
from kgbuild.commands._picks import Picking, picks_of
from kgbuild.commands._together import spread

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kgbuild.query import Question


class Results(StrEnum):
    """How results are written."""

    table = "table"
    csv = "csv"
    json = "json"
    ttl = "ttl"


def _names(incomplete: str) -> list[tuple[str, str]]:
    from kgbuild.query import questions

    known = questions().values()
    return [(q.name, q.summary) for q in known if q.name.startswith(incomplete)]


@spread
def query(
    graph: Annotated[
        str,
        typer.Argument(
            help="What build wrote (kg/), a file of RDF, a store, or the address of"
            " a server that takes queries."
        ),
    ],
    question: Annotated[
        str | None,
        typer.Argument(
            help="A question by its name, SPARQL, or FILE.rq; none lists them.",
            autocompletion=_names,
        ),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(help="What it is about: an entity's name, or a statement's id."),
    ] = None,
    format: Annotated[
        Results | None,
        typer.Option(
            help="table; csv, json: the W3C result formats; ttl: for CONSTRUCT."
        ),
    ] = None,
    allow_network: Annotated[
        bool,
        typer.Option(
            "--allow-network", help="Let SERVICE in SPARQL ask other servers."
        ),
    ] = False,
    *,
    picking: Picking,
    min_confidence: MinConfidence = None,
) -> None:
    """Ask a graph: deals, leaders-met, timeline --of Japan … or any SPARQL.

    KGBUILD_USER and KGBUILD_PASSWORD, or KGBUILD_TOKEN, let you in where one is needed.
    """
    from kgbuild.query import Unnamed, ask, find, open_source, questions

    if question is None:
        _list(questions())
        return
    asked = find(question)
    source: Any
    if not any(asdict(picking).values()) and min_confidence is None:
        source = open_source(str(graph), asked)
        _write(ask(source, asked, of, network=allow_network), format)
        return
    source = _part(graph, picking, min_confidence)
    try:
        results = ask(source, asked, of, network=allow_network)
    except Unnamed:  # in the part: whoever is in the whole alone has no rows
        whole = _part(graph, Picking(), None)
        results = ask(source, asked, of, names=whole, network=allow_network)
    _write(results, format)


def _part(place: str, picking: Picking, min_confidence: float | None) -> ox.Store:
    """Return a store of a part of what is in a folder that build wrote.

    Raises:
        ValueError: it is no such folder.
    """
    from pathlib import Path

    from kgbuild.archive.graphs import graph_of
    from kgbuild.archive.store import MANIFEST, STORE, open_project
    from kgbuild.query import store_of
    from kgbuild.vocabulary import load_vocabulary

    if not (Path(place) / STORE / MANIFEST).exists():
        raise ValueError(
            f"{place}: options that pick, as --since or --facts, need the folder that "
            "kgbuild build wrote; ask that folder, or leave them out"
        )
    manifest = open_project(Path(place))
    vocabulary = load_vocabulary(manifest.recipe.vocabulary)
    picks = picks_of(vocabulary, picking, min_confidence)
    outputs = {**manifest.outputs, "picks": picks, "facts": picking.facts}
    return store_of(graph_of(Path(place), manifest, outputs=outputs), vocabulary)


def _list(known: dict[str, Question]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("question", "asks", "--of", title="Named questions")
    for one in known.values():
        table.add_row(one.name, one.summary, one.of)
    Console().print(table)


def _write(results: Any, format: Results | None) -> None:
    import pyoxigraph as ox

    if isinstance(results, (ox.QueryTriples, list)):
        if format not in (None, Results.ttl):
            raise ValueError("CONSTRUCT and DESCRIBE yield triples: take --format ttl")
        _put(_turtle(results))
        return
    if format is Results.ttl:
        raise ValueError("SELECT and ASK yield no triples: --format table, csv or json")
    if format is Results.json:
        _put(results.serialize(format=ox.QueryResultsFormat.JSON) + b"\n")
    elif format is Results.csv:
        _put(_csv(results))
    elif isinstance(results, ox.QueryBoolean):
        print("yes" if results else "no")
    else:
        _table(results)


def _csv(results: Any) -> bytes:
    """Return results as W3C's CSV, but for an apostrophe before what would run."""
    import pyoxigraph as ox

    if isinstance(results, ox.QueryBoolean):
        return b"true\r\n" if results else b"false\r\n"
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(v.value for v in results.variables)
    for row in results:
        table.writerow(map(_plain, row))
    return file.getvalue().encode("utf-8", "replace")


def _plain(term: Any) -> str:
    from kgbuild.flat import inert

    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    kind = getattr(term, "datatype", None)
    numeric = kind is not None and kind.value.startswith(_NUMBERS)
    return value if numeric else inert(value)


_NUMBERS = tuple(
    "http://www.w3.org/2001/XMLSchema#" + name
    for name in ("integer", "decimal", "double", "float", "int", "long")
)


def _turtle(results: Any) -> bytes:
    import pyoxigraph as ox

    from kgbuild.rdf.export import prefixes, tidy

    found = sorted(results, key=str)
    known = ox.RdfFormat.TURTLE
    text = ox.serialize(found, format=known, prefixes=prefixes()) or b""
    return tidy(text.decode("utf-8")).encode("utf-8")


def _put(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _table(results: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # ``?of`` repeats what the user asked for, as an IRI.
    names = [v.value for v in results.variables if v.value != "of"] or ["of"]
    rows = [[_cell(row[name]) for name in names] for row in results]
    kept = [i for i in range(len(names)) if any(row[i] for row in rows)]
    table = Table(*(names[i].replace("_", " ") for i in kept))
    for row in rows:
        table.add_row(*(Text(row[i]) for i in kept))
    console = Console(highlight=False, soft_wrap=True)
    wide = table.__rich_measure__(console, console.options.update(max_width=10**6))
    if not console.is_terminal:
        console.width = max(wide.maximum, 1)
    if rows and wide.maximum <= console.width:
        console.print(table)
    else:
        _cards(console, [names[i] for i in kept], [[r[i] for i in kept] for r in rows])
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def _cards(console: Any, names: list[str], rows: list[list[str]]) -> None:
    """Print what is too wide for a table as one paragraph a row."""
    wide = max((len(name) for name in names), default=0)
    for row in rows:
        for name, value in zip(names, row):
            if value:
                label = name.replace("_", " ").ljust(wide)
                console.print(f"{label}  {value}", markup=False)
        console.print()


def _cell(term: Any) -> str:
    """Return a term for people: IRIs short, and nothing that a terminal would obey."""
    from kgbuild.rdf.export import prefixes
    from kgbuild.rdf.terms import PREFIXES

    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    if not hasattr(term, "datatype"):
        for name, namespace in {**prefixes(), **PREFIXES}.items():
            if value.startswith(namespace):
                return f"{name}:{value.removeprefix(namespace)}"
    return "".join(c if c.isprintable() else " " for c in value)
