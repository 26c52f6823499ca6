"""The knowledge: who and what is known by name before a text is read.

Shipped as ``resources/knowledge/*.csv`` and extended by files of the same columns::

    id,name,type,kind,aliases,adjectives,seats,role,of,from,to

Only ``name`` and ``type`` are needed, columns stand in any order, lists are joined by
``|``. Several rows of one id or name are one name with several terms of office.
"""

from __future__ import annotations

import gc
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kgbuild.knowledge.files import TYPES, Row, check_row, read_rows, read_text
from kgbuild.tables import TableError, resource

_APART = re.compile(r"[^a-z0-9]+")
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "ı": "i"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A post held; ``of`` is an id, the dates are ISO 8601, empty where open."""

    role: str
    of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Somebody or something known by name; ``of`` is the id of what it belongs to."""

    id: str
    label: str
    type: str
    kind: str = ""  # of a person "official": called by the full name first
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    of: str = ""
    terms: tuple[Term, ...] = ()
    family_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Names by id: countries first, then organizations, people, places, weapons."""

    names: Mapping[str, Name]
    sites: Mapping[str, str] = field(default_factory=dict)
    _terms: dict[str, list[tuple[Name, Term]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _organs: dict[str, list[Name]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def holders(self, of: str, day: str) -> list[tuple[Name, Term]]:
        """Return who holds a post there on a day, both holders where it changes hands.

        >>> held = load_knowledge().holders("wd:Q183", "2010-05-01")
        >>> [(name.label, term.role) for name, term in held][:1]
        [('Angela Merkel', 'Chancellor')]
        """
        if not self._terms:
            for name in self.names.values():
                for term in name.terms:
                    self._terms.setdefault(term.of, []).append((name, term))
        return [(n, t) for n, t in self._terms.get(of, ()) if covers(t, day)]

    def publisher(self, url: str) -> str | None:
        """Return the state whose official site an address is of.

        >>> known = load_knowledge()
        >>> known.names[known.publisher("https://www.state.gov/briefing/")].label
        'United States'
        """
        host = (urlsplit(url).hostname or "") if "//" in url else ""
        parts = host.split(".")
        for n in range(len(parts)):
            if id := self.sites.get(".".join(parts[n:])):
                return id
        return None

    def organs(self, country: str) -> list[Name]:
        """Return the organizations that belong to a country, in the order of the files."""
        if not self._organs:
            for name in self.names.values():
                if name.type == "Organization" and name.of:
                    self._organs.setdefault(name.of, []).append(name)
        return list(self._organs.get(country, ()))


def covers(term: Term, day: str) -> bool:
    """Tell whether a term of office covers a day, its first and last day included.

    >>> covers(Term(role="President", of="x", start="2012-05", end="2014"), "2014-07-01")
    True
    """
    return term.start <= day and (not term.end or day <= term.end + "~")


def slug(text: str) -> str:
    """Return a name as a part of an id.

    >>> slug("Łódź & Co.")
    'lodz-co'
    """
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.translate(LETTERS))
        text = folded.encode("ascii", "ignore").decode()
    return _APART.sub("-", text.lower()).strip("-")


def load_knowledge(extra: Sequence[Path] = ()) -> Knowledge:
    """Read the shipped names and those of the user's files.

    A user's row of a known id, or of a known name of its type, extends the known one: its
    label, kind and ``of`` replace, its lists and terms are added; a term of the same role,
    ``of`` and beginning is replaced.

    Raises:
        TableError: with every fault of the user's files, as ``FILE:LINE: ...``.

    >>> load_knowledge().names["wd:Q183"].label
    'Germany'
    """
    with uncollected():
        return _load(extra)


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave off looking for garbage while many objects are made that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _load(extra: Sequence[Path]) -> Knowledge:
    """Read the names as load_knowledge does."""
    faults: list[str] = []
    drafts: dict[str, _Draft] = {}
    ids: dict[tuple[str, str], str] = {}
    folder = files("kgbuild") / "resources" / "knowledge"
    shipped = sorted(e.name for e in folder.iterdir() if e.name.endswith(".csv"))
    for name in shipped:
        for _, row in read_rows(resource(f"knowledge/{name}"), name, faults):
            _merge(row, "", drafts, ids, faults)
    for path in extra:
        for place, row in read_rows(read_text(path, faults), str(path), faults):
            before = len(faults)
            check_row(row, place, faults)
            if len(faults) == before:
                _merge(row, place, drafts, ids, faults)
    table = tomllib.loads(resource("knowledge/names.toml"))
    names = _names(drafts, table, faults)
    if faults:
        raise TableError(faults)
    sites = {
        site: ids["Country", country]
        for country, domains in table["sites"].items()
        for site in domains
    }
    return Knowledge(names=names, sites=sites)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A name while its rows are read; ``of`` and the terms' ``of`` as written, with places."""

    label: str
    type: str
    kind: str = ""
    lists: dict[str, dict[str, None]] = field(default_factory=dict)
    of: tuple[str, str] = ("", "")
    terms: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)


def _merge(
    row: Row,
    place: str,
    drafts: dict[str, _Draft],
    ids: dict[tuple[str, str], str],
    faults: list[str],
) -> None:
    """Add a row to the draft of its id, or of its type and name; make one where none is."""
    key = row["type"], row["name"]
    id = row["id"] or ids.get(key) or f"{row['type'].lower()}/{slug(row['name'])}"
    coined = ids.get(key, "")
    if row["id"] and coined in drafts and ":" not in coined and id not in drafts:
        drafts[id] = drafts.pop(coined)
        ids[key] = id
    draft = drafts.get(id)
    if draft is None:
        draft = drafts[id] = _Draft(label=row["name"], type=row["type"])
    elif draft.type != row["type"]:
        faults.append(
            f"{place or row['name']}: type {row['type']!r} for {id}, which is the "
            f"{draft.type} {draft.label!r}"
        )
        return
    elif row["name"] != draft.label:
        other = draft.label if row["id"] else row["name"]
        draft.lists.setdefault("aliases", {})[other] = None
        draft.label = row["name"] if row["id"] else draft.label
    ids.setdefault(key, id)
    draft.kind = row["kind"] or draft.kind
    for column in ("aliases", "adjectives", "seats"):
        if row[column]:
            found = draft.lists.setdefault(column, {})
            found.update((t, None) for x in row[column].split("|") if (t := x.strip()))
    if row["role"]:
        draft.terms[row["role"], row["of"], row["from"]] = row["to"], place
    elif row["of"]:
        draft.of = row["of"], place


# what follows a monarch's name is nobody's name
NUMERAL = re.compile(r"[IVX]+")


def _first_names(label: str, titles: Sequence[str]) -> list[str]:
    """Return what one who reigns is called by behind a title, with a number and without.

    >>> _first_names("Carl XVI Gustaf", ["King"])
    ['Carl XVI Gustaf', 'Carl Gustaf']
    >>> _first_names("Salman bin Abdulaziz Al Saud", ["King"])
    ['Salman']
    """
    for title in titles:
        label = label.removeprefix(f"{title} ")
    words = label.split()
    unnumbered = [w for w in words if not NUMERAL.fullmatch(w)]
    if unnumbered != words:
        return [label, " ".join(unnumbered)]
    return words[:1]


def _names(
    drafts: Mapping[str, _Draft], table: Mapping[str, Any], faults: list[str]
) -> dict[str, Name]:
    """Resolve what the drafts belong to and make names of them, in the order of types."""
    known: dict[str, str] = {}
    ordered = sorted(drafts.items(), key=lambda pair: TYPES.index(pair[1].type))
    for id, draft in ordered:
        known.setdefault(draft.label, id)
    for id, draft in ordered:
        for alias in draft.lists.get("aliases", ()):
            known.setdefault(alias, id)

    def resolve(of: str, place: str) -> str:
        if of in drafts:
            return of
        if of and of not in known and place:
            owners = [n for n, id in known.items() if drafts[id].type in TYPES[:2]]
            near = get_close_matches(of, owners, n=3, cutoff=0.7)
            hint = f"; near: {', '.join(near)}" if near else ""
            faults.append(f"{place}: of {of!r} is not known{hint}; add a row for it")
        return known.get(of, "")

    reigning = table["reigning"]
    first = {known[c] for c in table["family_first"] if c in known}
    made = {}
    for id, draft in ordered:
        lists = {column: tuple(values) for column, values in draft.lists.items()}
        titles = [t for role, *_ in draft.terms for t in reigning.get(role, ())]
        if titles:
            short = _first_names(draft.label, titles)
            styles = [f"{title} {name}" for title in titles for name in short]
            bare = [name for name in short if NUMERAL.fullmatch(name.split()[-1])]
            lists["aliases"] = (*lists.get("aliases", ()), *styles, *bare)
        if draft.label in lists.get("aliases", ()):
            lists["aliases"] = tuple(a for a in lists["aliases"] if a != draft.label)
        terms = tuple(
            Term(role=role, of=found, start=start, end=end)
            for (role, of, start), (end, place) in draft.terms.items()
            if (found := resolve(of, place))
        )
        of = resolve(*draft.of)
        person, homes = draft.type == "Person", {of}
        if person:
            homes |= {t.of for t in terms}
            homes |= {resolve(drafts[h].of[0], "") for h in homes if h in drafts}
        made[id] = Name(
            id=id,
            label=draft.label,
            type=draft.type,
            kind=draft.kind,
            of=of,
            terms=terms,
            family_first=person
            and draft.label not in table["given_first"]
            and (draft.label in table["people"] or not first.isdisjoint(homes)),
            **lists,
        )
    return made
