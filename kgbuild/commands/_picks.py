"""The options that pick statements, which several commands share."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
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

    return _begun(load_vocabulary().relations, incomplete)


def _types(incomplete: str) -> list[str]:
    from kgbuild.vocabulary import load_vocabulary

    return _begun(load_vocabulary().types, incomplete)


def _begun(known: Iterable[str], incomplete: str) -> list[str]:
    return [n for n in known if n.casefold().startswith(incomplete.casefold())]


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
        typer.BadParameter: what is picked by ends before it begins, or the vocabulary has no
            such relation or type.
    """
    from kgbuild.picks import Picks, given

    since, until = picking.since, picking.until
    if since and until and since > until + "~":
        raise typer.BadParameter(f"--since {since} is after --until {until}")
    picks = Picks(
        since=since,
        until=until,
        relations=_known("relation", picking.relation, vocabulary.relations),
        types=_known("type", picking.type, vocabulary.types),
        about=tuple(picking.about or ()),
        min_confidence=min_confidence,
    )
    return given(picks)


def _known(
    what: str, names: Sequence[str] | None, known: Iterable[str]
) -> tuple[str, ...]:
    """Return names as the vocabulary writes them, whatever case they are in.

    >>> _known("type", ["country"], ["Person", "Country"])
    ('Country',)

    Raises:
        typer.BadParameter: one is not in it.
    """
    written = {name.casefold(): name for name in known}
    for name in names or ():
        if name.casefold() not in written:
            have = ", ".join(written.values())
            raise typer.BadParameter(f"no {what} {name!r}; have: {have}")
    return tuple(dict.fromkeys(written[name.casefold()] for name in names or ()))


def told(outputs: Mapping[str, Any]) -> str:
    """Return the options that picked what a folder's files tell, as they are typed.

    >>> told({"facts": True, "picks": {"since": "2014", "about": ["New York", "Abe"]}})
    "--since 2014 --about 'New York' --about Abe --facts"
    """
    words = []
    for name, value in (outputs.get("picks") or {}).items():
        option = f"--{_OPTIONS.get(name, name).replace('_', '-')}"
        for one in value if isinstance(value, list) else [value]:
            words += [option, str(one)]
    return shlex.join([*words, "--facts"] if outputs.get("facts") else words)


_OPTIONS = {"relations": "relation", "types": "type"}
