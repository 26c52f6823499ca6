"""``kgbuild names``: what is known by a name, in the knowledge and in a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kgbuild.commands._options import Knowledge, console, printable

Row = tuple[str, str, str, str]


def names(
    find: Annotated[
        str, typer.Argument(metavar="FIND", help="A name, or a part of one.")
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[KG]", help="A folder that build wrote, to look there too."
        ),
    ] = None,
    knowledge: Knowledge = None,
    most: Annotated[int, typer.Option(metavar="N", min=1, help="Rows shown.")] = 20,
) -> None:
    """Show what the knowledge and a graph know by a name, with ids for decisions.csv."""
    rows = [*_known(knowledge or ()), *(_told(folder) if folder else ())]
    found = sorted({row for row in rows}, key=lambda row: (-_fit(find, row), row))
    best = [row for row in found if _fit(find, row) >= _LEAST]
    _show(best[:most])
    more = f"; {len(best) - most} more with --most" if len(best) > most else ""
    print(f"{len(best)} known by a name like {printable(find)!r}{more}")


_LEAST = 80.0
_POSTS = 3  # shown of one person


def _known(knowledge: Sequence[Path]) -> Iterator[Row]:
    from kgbuild.pipeline import names as known_names

    known = known_names(knowledge)
    for name in known.values():
        told = "; ".join((*name.aliases[:6], *_posts(name, known)))
        yield name.id, name.label, name.type, told


def _posts(name: Any, known: Mapping[str, Any]) -> Iterator[str]:
    """Yield the posts that somebody held, the newest first, and how many there are more."""
    newest = sorted(name.terms, key=lambda t: (t.start, t.end or "~"), reverse=True)
    for term in newest[:_POSTS]:
        body = known[term.of].label if term.of in known else term.of
        yield f"{term.role}, {body} {term.start}–{term.end}"
    if len(newest) > _POSTS:
        yield f"… and {len(newest) - _POSTS} more"


def _told(folder: Path) -> Iterator[Row]:
    from kgbuild.api import read

    graph = read(folder)
    for id, data in graph.nodes(data=True):
        told = "; ".join(data["aliases"][:6])
        yield id, data["label"], data["type"], f"{told} [{folder}]".strip()


def _fit(find: str, row: Row) -> float:
    """Return how well a row fits what is looked for, of 100; its name counts most."""
    from rapidfuzz import fuzz, utils

    id, label, _, told = row
    if find == id:
        return 101
    clean = utils.default_process
    whole = fuzz.token_set_ratio(find, label, processor=clean)
    others = (t.partition(" [")[0] for t in told.split("; "))
    return max(whole, *(fuzz.ratio(find, o, processor=clean) - 1 for o in others))


def _show(rows: Iterable[Row]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    listed = list(rows)
    if not listed:
        return
    table = Table("Id", "Name", "Type", "Also", box=box.SIMPLE_HEAD, pad_edge=False)
    for row in listed:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console().print(table)
