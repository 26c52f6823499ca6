"""``kgbuild vocabulary``: the types and relations that a graph may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import VocabularyDir, console

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kgbuild.vocabulary import Vocabulary


FORMS = ("table", "ttl")


def _form(value: str) -> str:
    if value not in FORMS:
        raise typer.BadParameter(f"no form {value!r}; have: {', '.join(FORMS)}")
    return value


def vocabulary(
    to: Annotated[
        str,
        typer.Option(
            metavar="table|ttl", help="As a table, or as Turtle.", callback=_form
        ),
    ] = "table",
    vocabulary: VocabularyDir = None,
) -> None:
    """Show the types and relations, as a table or as Turtle."""
    from kgbuild.vocabulary import load_vocabulary

    known = load_vocabulary(vocabulary)
    if to == "ttl":
        from kgbuild.rdf.schema import dumps

        print(dumps(known), end="")
        return
    screen = console()
    screen.print(_types(known))
    for kind, title in (
        ("state", "Relations that hold"),
        ("event", "Relations that happen"),
    ):
        screen.print(_relations(known, kind, title))


def _types(known: Vocabulary) -> RenderableType:
    from rich import box
    from rich.table import Table

    table = Table(
        title="Types", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("Type", style="bold")
    table.add_column("Says")
    for type in known.types.values():
        table.add_row(type.name, type.definition)
    return table


def _relations(known: Vocabulary, kind: str, title: str) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("Relation", style="bold", no_wrap=True)
    table.add_column("PLOVER")
    table.add_column("Says, of what and what")
    for relation in known.relations.values():
        if relation.kind == kind:
            ends = f"{', '.join(relation.domain)} → {', '.join(relation.range)}"
            codes = ", ".join(relation.plover) or "–"
            says = Text(relation.definition).append(f"\n{ends}", "dim")
            table.add_row(relation.name, codes, says)
    return table
