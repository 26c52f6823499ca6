"""Knowledge: the names that ship inside, and a user's own.

CSV files in ``resources/knowledge/`` and those given with ``--knowledge`` share one format:
a header with some of the columns ``id,name,type,kind,aliases,adjectives,seats,role,of,from,to``;
lists are joined by ``|``. ``id`` is ``wd:Q…``, or empty and then coined of type and name; ``of``
is the id or the name of the state, body, maker or place above. Several rows of one id or name
are one name: aliases unite, each ``role`` is one term of office, ``from`` and ``to`` ISO dates.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from kgbuild.tables import TableError

TYPES = ("Country", "Organization", "Person", "Place", "Weapon")
COLUMNS = (
    "id",
    "name",
    "type",
    "kind",
    "aliases",
    "adjectives",
    "seats",
    "role",
    "of",
    "from",
    "to",
)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "ı": "i", "ə": "e"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A post held: ``role`` in ``of`` (an id) from ``start`` to ``end`` (ISO, "" where open)."""

    role: str
    of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Somebody or something known; ``of`` is the id of what it belongs to."""

    id: str
    label: str
    type: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    of: str = ""
    terms: tuple[Term, ...] = ()
    family_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All names by id: countries first, then bodies, people, places, weapons."""

    names: Mapping[str, Name]
    _holders: dict[str, list[tuple[Name, Term]]] = field(default_factory=dict)
    _organs: dict[str, list[Name]] = field(default_factory=dict)

    def holders(self, of: str, day: str) -> list[tuple[Name, Term]]:
        """Return who holds which post of a state or body on a day (ISO)."""
        if not self._holders:
            for name in self.names.values():
                for term in name.terms:
                    self._holders.setdefault(term.of, []).append((name, term))
        return [(n, t) for n, t in self._holders.get(of, ()) if in_office(t, day)]

    def organs(self, country: str) -> list[Name]:
        """Return the bodies that belong to a country."""
        if not self._organs:
            for name in self.names.values():
                if name.type == "Organization" and name.of:
                    self._organs.setdefault(name.of, []).append(name)
        return self._organs.get(country, [])


def in_office(term: Term, day: str) -> bool:
    """Tell whether a term covers a day; months and years count whole.

    >>> in_office(Term(role="President", of="wd:Q30", start="2009", end="2017-01"), "2017-01-05")
    True
    """
    return (not term.start or term.start <= day) and (
        not term.end or day <= term.end + "~"
    )


def load_knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the shipped names and a user's files, which add to and override them.

    Raises:
        TableError: with every fault, by file and line.
        OSError: a file cannot be read.

    >>> load_knowledge().names["wd:Q17"].label
    'Japan'
    """
    faults: list[str] = []
    rows: list[tuple[str, dict[str, str]]] = []
    shipped = files("kgbuild") / "resources" / "knowledge"
    for path in sorted(shipped.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            rows += _rows(path.name, path.read_text(encoding="utf-8"), faults)
    for own in extra:
        try:
            text = own.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise TableError([f"{own}: is not UTF-8; save it as UTF-8"]) from None
        rows += _rows(str(own), text, faults)
    names = _united(rows, faults)
    if faults:
        raise TableError(faults)
    return Knowledge(names=names)


def slug(text: str) -> str:
    """Return a name as a part of an id.

    >>> slug("Łódź & Co.")
    'lodz-co'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _rows(
    file: str, text: str, faults: list[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    header = reader.fieldnames or []
    for column in header:
        if column not in COLUMNS:
            faults.append(
                f"{file}:1: unknown column {column!r}; have: {', '.join(COLUMNS)}"
            )
    if "name" not in header:
        faults.append(f"{file}:1: a column 'name' is missing")
        return
    for row in reader:
        place = f"{file}:{reader.line_num}"
        if None in row:
            faults.append(f"{place}: more fields than the header has; quote commas")
            continue
        clean = {k: (v or "").strip() for k, v in row.items()}
        if _valid(place, clean, faults):
            yield place, clean


def _valid(place: str, row: dict[str, str], faults: list[str]) -> bool:
    before = len(faults)
    if not row["name"]:
        faults.append(f"{place}: name is empty")
    if (type_ := row.get("type", "")) and type_ not in TYPES:
        faults.append(f"{place}: type {type_!r} is unknown; have: {', '.join(TYPES)}")
    for column in ("from", "to"):
        if (value := row.get(column, "")) and not _DATE.match(value):
            faults.append(
                f"{place}: {column} {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
            )
    start, end = row.get("from", ""), row.get("to", "")
    if start and end and start[: len(end)] > end[: len(start)]:
        faults.append(f"{place}: from {start} lies after to {end}")
    return len(faults) == before


def _united(
    rows: Iterable[tuple[str, dict[str, str]]], faults: list[str]
) -> dict[str, Name]:
    """Make one name of all rows of it, and resolve what it is of."""
    names: dict[str, Name] = {}
    by_label: dict[tuple[str, str], str] = {}
    pending: list[tuple[str, str, dict[str, str]]] = []
    for place, row in rows:
        label, type_ = row["name"], row.get("type", "")
        id = row.get("id") or _known(by_label, label, type_)
        if not id:
            if not type_:
                faults.append(f"{place}: type is missing; have: {', '.join(TYPES)}")
                continue
            id = f"{type_.lower()}/{slug(label)}"
        old = names.get(id) or Name(id=id, label=label, type=type_)
        names[id] = replace(
            old,
            kind=row.get("kind") or old.kind,
            aliases=_more(old.aliases, row, "aliases"),
            adjectives=_more(old.adjectives, row, "adjectives"),
            seats=_more(old.seats, row, "seats"),
        )
        by_label.setdefault((label, old.type), id)
        if row.get("of") or row.get("role"):
            pending.append((place, id, row))
    for place, id, row in pending:
        _attach(names, by_label, place, id, row, faults)
    return _ranked(names)


def _known(by_label: Mapping[tuple[str, str], str], label: str, type_: str) -> str:
    if type_:
        return by_label.get((label, type_), "")
    return next((by_label[label, t] for t in TYPES if (label, t) in by_label), "")


def _more(old: tuple[str, ...], row: dict[str, str], column: str) -> tuple[str, ...]:
    new = (part.strip() for part in row.get(column, "").split("|"))
    return tuple(dict.fromkeys((*old, *(part for part in new if part))))


def _attach(
    names: dict[str, Name],
    by_label: Mapping[tuple[str, str], str],
    place: str,
    id: str,
    row: dict[str, str],
    faults: list[str],
) -> None:
    of = row.get("of", "")
    if of and of not in names:
        found = _known(by_label, of, "")
        if not found:
            faults.append(f"{place}: of {of!r} is no name or id of the knowledge")
            return
        of = found
    name = names[id]
    if role := row.get("role"):
        term = Term(role=role, of=of, start=row.get("from", ""), end=row.get("to", ""))
        if term not in name.terms:
            name = replace(name, terms=(*name.terms, term))
    elif of:
        name = replace(name, of=of)
    names[id] = name


def _ranked(names: Mapping[str, Name]) -> dict[str, Name]:
    """Put countries first and let people of family-first countries be told so."""
    first = {n.id for n in names.values() if "family name first" in n.kind.split(", ")}
    ordered = sorted(names.values(), key=lambda n: TYPES.index(n.type))
    return {
        n.id: replace(n, family_first=any(t.of in first for t in n.terms))
        if n.type == "Person"
        else n
        for n in ordered
    }
