"""Who is who: one id and one label for the people of several tables."""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace

from leader_names import alike
from leader_posts import place
from leader_tables import HERE, Row, country_names, folded, person, read, unaccented

# whose nearest name in the tables is somebody else's
APART = {"Gagik Arutyunyan", "Kim Chong-p'il", "Nasir Muhammad al-Ahmad al-Sabah"}


@dataclass(kw_only=True)
class People:
    """Who is known by an id: labels and ids by country, and the spellings by hand."""

    by_country: dict[str, dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    spelled: dict[str, dict[str, str]] = field(default_factory=dict)


def known(
    ministers: list[dict[str, str]],
    world: list[dict[str, str]],
    countries: list[dict[str, str]],
) -> People:
    """Return the ids of the tables and the spellings by hand."""
    people = People()
    names = country_names(countries)
    for row in ministers:
        of = names.get(f"wd:{row['jurisdiction_qid']}", "")
        label = person(row["person"])
        people.by_country[of].setdefault(label, f"wd:{row['person_qid']}")
    for row in world:
        of = names.get(f"wd:{row['countryid']}") or names.get(row["country"], "")
        if not re.match(r"Q\d+$", row["officeholderLabel"]):
            people.by_country[of][row["officeholderLabel"]] = (
                f"wd:{row['officeholder']}"
            )
    for row in read(HERE / "corrections" / "people.csv"):
        people.spelled[row["name"]] = row
    return people


def identified(row: Row, people: People) -> Row:
    """Return a row with the label and id under which its holder is known."""
    if row.name in people.spelled and people.spelled[row.name]["id"]:
        return replace(row, id=people.spelled[row.name]["id"])
    spellings = {row.name, *row.aliases}
    if row.name in people.spelled:
        spellings |= set(people.spelled[row.name]["aliases"].split("|"))
    local = people.by_country.get(row.of, {})
    exact = [local[s] for s in sorted(spellings) if s in local]
    if row.id or exact:
        return replace(row, id=row.id or exact[0])
    near = max(local, key=lambda label: alike(label, row.name), default="")
    if near and same_person(near, row):
        return replace(row, id=local[near], aliases=(*row.aliases, near))
    return row


def same_person(near: str, row: Row) -> bool:
    """Tell whether a known name is that of a row; those by hand are spelled right."""
    likeness = alike(near, row.name)
    given = max(alike(row.name.split()[0], word) for word in near.split())
    same = (
        row.name not in APART
        and likeness >= (0.85 if row.romanized else 0.96)
        and given > 0.5
    )
    if same and likeness < 0.95:
        print(f"{row.of}: {row.name} = {near}", file=sys.stderr)
    return same


def unified(rows: list[Row]) -> list[Row]:
    """Give romanized names the spelling and id that another row of the country has."""
    made: list[Row] = []
    by_country: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        twin = None
        if row.romanized and not row.id and row.name not in APART and " " in row.name:
            twin = max(
                (other for other in by_country[row.of] if twins(row, other)),
                key=lambda other: alike(row.name, other.name),
                default=None,
            )
        if twin:
            aliases = (*row.aliases, row.name)
            row = replace(row, name=twin.name, id=twin.id, aliases=aliases)
        by_country[row.of].append(row)
        made.append(row)
    return made


def twins(row: Row, other: Row) -> bool:
    """Tell whether two rows are of one person, by name, post and time."""
    likeness = alike(row.name, other.name)
    near = (
        place(row) == place(other)
        and abs(int(row.start[:4]) - int(other.start[:4])) < 8
    )
    return " " in other.name and likeness >= (0.88 if near else 0.93)


def merge(rows: list[Row]) -> list[Row]:
    """Give all rows of one person one label: by hand, else the first; join running terms."""
    labels: dict[str, str] = {}
    for row in rows:
        labels.setdefault(row.id or folded(row.name), row.name)
    byname = {folded(label): key for key, label in labels.items() if ":" in key}
    merged: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        id = row.id or byname.get(folded(row.name), "")
        label = labels[id or folded(row.name)]
        aliases = tuple(
            a for a in dict.fromkeys((*row.aliases, row.name)) if a != label
        )
        row = replace(row, id=id, name=label, aliases=aliases)
        terms = merged[row.id or folded(label), row.role, row.of]
        if terms and terms[-1].start <= row.start <= (terms[-1].end or "9"):
            ends = (terms[-1].end, row.end)
            last = "" if "" in ends else max(ends)
            joined = dict.fromkeys((*terms[-1].aliases, *aliases))
            terms[-1] = replace(terms[-1], end=last, aliases=tuple(joined))
        else:
            terms.append(row)
    return [row for terms in merged.values() for row in terms]


def variants(name: str, countries: set[str]) -> list[str]:
    """Return a name as it is written without accents, a Korean one with and without hyphen.

    >>> variants("Pedro Sánchez", set())
    ['Pedro Sanchez', 'Sanchez']
    >>> variants("Kim Jong-un", {"North Korea"})
    ['Kim Jong Un', 'Kim Jong-Un']
    """
    found = []
    plain, last = unaccented(name), name.split()[-1]
    found += [plain, unaccented(last)] if unaccented(last) != last else [plain]
    if {"North Korea", "South Korea"} & countries:
        parts = re.split(r"[ -]", plain)
        if len(parts) == 3:
            family, first, second = parts
            for tail in (
                f" {second.title()}",
                f"-{second.lower()}",
                f"-{second.title()}",
            ):
                found.append(f"{family} {first}{tail}")
    return [f for f in found if f and f != name]
