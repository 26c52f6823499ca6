"""The options that pick statements, which several commands share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from kgbuild.vocabulary import Vocabulary


def _time(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        raise typer.BadParameter(
            f"{value!r} is no day; write it YYYY-MM-DD, YYYY-MM or YYYY"
        )
    return value


def _relations(incomplete: str) -> list[str]:
    from kgbuild.vocabulary import load_vocabulary

    return [n for n in load_vocabulary().relations if n.startswith(incomplete)]


def _types(incomplete: str) -> list[str]:
    from kgbuild.vocabulary import load_vocabulary

    return [n for n in load_vocabulary().types if n.startswith(incomplete)]


Since = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", callback=_time, help="From this day, month or year on."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="DAY", callback=_time, help="To this day, month or year."),
]
OfRelation = Annotated[
    list[str] | None,
    typer.Option(
        "--relation",
        metavar="NAME",
        help="Of this relation; may be given again.",
        autocompletion=_relations,
    ),
]
OfType = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="NAME",
        help="About entities of this type; may be again.",
        autocompletion=_types,
    ),
]
About = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="About this entity, by name or id; may be again."
    ),
]
Facts = Annotated[
    bool,
    typer.Option(
        "--facts",
        help="What several articles tell is told once, with all its evidence.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """Which statements are wanted."""

    since: Since = None
    until: Until = None
    relation: OfRelation = None
    type: OfType = None
    about: About = None
    facts: Facts = False


def picks_of(
    vocabulary: Vocabulary, picking: Picking, min_confidence: float | None = None
) -> dict[str, Any]:
    """Return what is picked by, as plain values.

    Raises:
        typer.BadParameter: what is picked by ends before it begins.
        ValueError: the vocabulary has no such relation or type.
    """
    from kgbuild.picks import Picks, given

    since, until = picking.since, picking.until
    if since and until and since > until + "~":
        raise typer.BadParameter(f"--since {since} is after --until {until}")

    for what, names, known in (
        ("relation", picking.relation, vocabulary.relations),
        ("type", picking.type, vocabulary.types),
    ):
        for name in names or ():
            if name not in known:
                raise ValueError(f"no {what} {name!r}; have: {', '.join(known)}")
    picks = Picks(
        since=since,
        until=until,
        relations=tuple(picking.relation or ()),
        types=tuple(picking.type or ()),
        about=tuple(picking.about or ()),
        min_confidence=min_confidence,
    )
    return given(picks)
