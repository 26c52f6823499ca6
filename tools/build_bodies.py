"""Compile ``kgbuild/resources/knowledge/organizations_states.csv``: ministries and forces.

Usage: python tools/build_bodies.py TABLES
TABLES holds bodies/*.csv. countries.csv and organizations.csv must stand already: a body
that organizations.csv has is not made again, but gets the names that it lacks.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leader_tables import SHIPPED, country_names, read
from official_tables import role_of, state_name

COLUMNS = ("id", "name", "type", "kind", "aliases", "of")
# by the post of its minister: kind, usual name, short names
MINISTRIES = {
    "Foreign Minister": ("foreign ministry", "Foreign Affairs", ("Foreign",)),
    "Defense Minister": ("defense ministry", "Defense", ("Defense", "Defence")),
    "Interior Minister": ("interior ministry", "Interior", ("Interior",)),
    "Finance Minister": ("finance ministry", "Finance", ("Finance",)),
    "Justice Minister": ("justice ministry", "Justice", ("Justice",)),
    "Health Minister": ("health ministry", "Health", ("Health",)),
    "Energy Minister": ("energy ministry", "Energy", ("Energy",)),
    "Economy Minister": ("economy ministry", "Economy", ("Economy",)),
    "Trade Minister": ("trade ministry", "Trade", ("Trade",)),
    "Agriculture Minister": ("agriculture ministry", "Agriculture", ("Agriculture",)),
}
_PLAIN = {
    r"Minist\w+ (?:of|for) Justice.*": "Justice Minister",
    r"Minist\w+ (?:of|for) (?:Public )?Health.*": "Health Minister",
    r"Minist\w+ (?:of|for) (?:Mines & )?Energy.*|Minist\w+ of Oil.*": "Energy Minister",
    r"Minist\w+ (?:of|for) (?:Foreign |International )?(?:Trade|Commerce)\b.*": "Trade Minister",
    r"Minist\w+ (?:of|for) Agriculture.*": "Agriculture Minister",
}
# whose departments are called otherwise, or stand in organizations.csv
NO_MINISTRIES = {
    "United States",
    "United Kingdom",
    "Hong Kong",
    "Vatican City",
    "Macau",
}
DEPARTMENTS = {
    "Philippines",
    "Ireland",
    "South Africa",
    "Australia",
    "Canada",
    "Switzerland",
}
NO_FORCES = {"United States", "Hong Kong", "Vatican City", "Macau"}
# in this order: what a service's name says, and the kind that it is
SERVICES = (
    (r"\bAir Force\b|Air and Space Force", "air force", "Air Force"),
    (r"\bNavy\b|Naval Forces?\b|Naval Service", "navy", "Navy"),
    (r"\bCoast ?[Gg]uard\b", "coast guard", "Coast Guard"),
    (
        r"Armed Forces|Defen[cs]e Forces?\b|People's Army|Military Forces|Self-Defense",
        "armed forces",
        "Armed Forces",
    ),
    (r"\bArmy\b|Ground Forces?\b|Land Forces?\b", "army", "Army"),
)
_NO_SERVICE = re.compile(
    r"(?i)reserve|command\b|police|ministry|intelligence|special|brigade|cyber|guard forces|"
    r"rocket|regiment|support|service$|\)|internal|territorial|air defense - |unit|wing|popular|"
    r"strategic|youth|corps|squad|battalion|and air|component|joint|headquarters|aviation|marine"
)


@dataclass
class Body:
    """A body with its names."""

    label: str
    kind: str
    of: str
    aliases: dict[str, None] = field(default_factory=dict)


def main(tables: Path) -> None:
    """Write the table."""
    countries = read(SHIPPED / "countries.csv")
    names = country_names(countries)
    shipped = read(SHIPPED / "organizations.csv")
    taken = {
        form
        for file in ("organizations.csv", "places.csv", "weapons.csv", "countries.csv")
        for r in read(SHIPPED / file)
        for form in (
            r["name"],
            *r["aliases"].split("|"),
            *r.get("adjectives", "").split("|"),
        )
    }
    adjectives = _adjectives(countries)
    bodies = [
        *ministries(
            read(tables / "bodies" / "ministries_by_state_from_cia.csv"),
            names,
            adjectives,
        ),
        *forces(
            read(tables / "bodies" / "forces_by_state_cia_2026.csv"), names, adjectives
        ),
    ]
    known = {(r["of"], r["kind"]): r["name"] for r in reversed(shipped) if r["of"]}
    with (SHIPPED / "organizations_states.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for body in bodies:
            label = known.get((body.of, body.kind), body.label)
            new = label == body.label and label not in taken
            if not new and label == body.label:
                continue  # a hand-made body of another kind has this name
            said = dict.fromkeys((body.label, *body.aliases))
            aliases = [a for a in said if a != label and a not in taken]
            taken |= {label, *aliases}
            if new or aliases:
                kind, of = (body.kind, body.of) if new else ("", "")
                writer.writerow(
                    ("", label, "Organization", kind, "|".join(aliases), of)
                )


def _adjectives(countries: list[dict[str, str]]) -> dict[str, list[str]]:
    """Return by state the adjectives that are its own and no noun; else its name."""
    first: dict[str, str] = {}
    for place in range(6):
        for r in countries:
            found = r["adjectives"].split("|")
            if place < len(found) and found[place]:
                first.setdefault(found[place], r["name"])
    nouns = {
        "Aussie",
        "Dane",
        "Swede",
        "Finn",
        "Pole",
        "Turk",
        "Briton",
        "Brit",
        "Spaniard",
    }
    nouns |= {
        "Kiwi",
        "Nazi",
        "Bajan",
        "Icelander",
        "Croat",
        "Serb",
        "New Zealander",
        "Motswana",
    }
    nouns |= {
        "Batswana",
        "Mosotho",
        "Filipina",
        "Luxembourger",
        "Frenchman",
        "Irishman",
        "Dutchman",
    }
    nouns |= {
        "Frenchmen",
        "Frenchwoman",
        "Irishmen",
        "Irishwoman",
        "Dutchmen",
        "Yemenite",
        "Nevisian",
    }
    nouns |= {
        "Solomon Islander",
        "Herzegovinian",
        "Barbudan",
        "Tobagonian",
        "Swati",
        "Saudi Arabian",
    }
    made = {}
    for r in countries:
        mine = [a for a in r["adjectives"].split("|") if a and first[a] == r["name"]]
        plural = {a for a in mine if a.endswith("s") and a[:-1] in mine}
        made[r["name"]] = [a for a in mine if a not in plural and a not in nouns][
            :3
        ] or [r["name"]]
    made["New Zealand"] = ["New Zealand"]
    return made


def _the(state: str) -> str:
    """Return a state's name as it stands behind "of"."""
    if re.match(
        r"(?:Democratic|Republic|Central Af|Czech R|Dominican R|United|Federated|Phil|Nether|Marsh|Maldives|Comoros|Solomon)",
        state,
    ):
        return f"the {state}"
    return state.replace("The ", "the ", 1)


def ministries(
    table: list[dict[str, str]], names: dict[str, str], adjectives: dict[str, list[str]]
) -> Iterator[Body]:
    """Yield the ministries of each state, the short names of news with them."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in table:
        of = state_name(entry["country"], names)
        title = entry["minister_title"]
        role = role_of(title)
        if not role:
            role = next((r for p, r in _PLAIN.items() if re.fullmatch(p, title)), "")
        if of and role in MINISTRIES and of not in NO_MINISTRIES:
            titles[of].setdefault(role, title)
    for of, found in sorted(titles.items()):
        for role in MINISTRIES:
            if role in found:
                yield _ministry(of, role, found[role], adjectives[of])


def _ministry(of: str, role: str, title: str, adjectives: list[str]) -> Body:
    kind, field_, shorts = MINISTRIES[role]
    if role == "Foreign Minister" and "External" in title:
        field_ = "External " + ("Relations" if "Relations" in title else "Affairs")
    elif role == "Foreign Minister" and "Foreign Relations" in title:
        field_ = "Foreign Relations"
    elif role == "Defense Minister" and "National Defense" in title:
        field_ = "National Defense"
    elif role == "Interior Minister" and "Interior" not in title:
        field_ = "Home Affairs" if "Home" in title else "Internal Affairs"
        shorts = ("Interior", "Home Affairs") if "Home" in title else shorts
    noun = "Department" if of in DEPARTMENTS else "Ministry"
    body = Body(label=f"{noun} of {field_} of {_the(of)}", kind=kind, of=of)
    if noun == "Department":
        body.aliases[f"{adjectives[0]} Department of {field_}"] = None
        body.aliases[f"{adjectives[0]} {field_} Department"] = None
    owners = adjectives
    main = ("Foreign", "Defense", "Defence", "Interior", "Finance", "Home Affairs")
    for short in shorts:
        for owner in owners:
            body.aliases[f"{owner} {short} Ministry"] = None
            body.aliases[f"{owner} {short.lower()} ministry"] = None
        if short in main:
            body.aliases[f"{short} Ministry of {_the(of)}"] = None
    for said in dict.fromkeys(
        (field_, *({"Defense", "Defence"} if "Defense" in field_ else ()))
    ):
        for name in sorted({said, said.replace("Defense", "Defence")}):
            for owner in adjectives[:2]:
                body.aliases[f"{owner} Ministry of {name}"] = None
            body.aliases[f"Ministry of {name} of {_the(of)}"] = None
    if role == "Foreign Minister":
        body.aliases[f"{adjectives[0]} Ministry of Foreign Affairs"] = None
        body.aliases[f"Ministry of Foreign Affairs of {_the(of)}"] = None
    if field_ == "Interior":
        body.aliases[f"{adjectives[0]} Ministry of the Interior"] = None
    return body


def forces(
    table: list[dict[str, str]], names: dict[str, str], adjectives: dict[str, list[str]]
) -> Iterator[Body]:
    """Yield the armed forces, armies, navies, air forces and coast guards of each state."""
    seen: set[tuple[str, str]] = set()
    for entry in table:
        of = state_name(entry["country"], names)
        name = re.sub(r"^(?:the|The) ", "", entry["name"].replace("’", "'")).strip()
        name = re.sub(r" of Sao Tome (?:and|e) Principe$", "", name)
        if not of or of in NO_FORCES or _NO_SERVICE.search(name):
            continue
        found = next(((k, s) for p, k, s in SERVICES if re.search(p, name)), None)
        if found is None or (of, found[0]) in seen:
            continue
        kind, short = found
        if kind == "armed forces" and entry["level"] == "member":
            continue
        seen.add((of, kind))
        owners = adjectives[of]
        if name == short or not re.search(_owned(of, owners), name):
            name = f"{owners[0]} {name}"
        body = Body(label=name, kind=kind, of=of)
        said = [short]
        if kind == "armed forces":
            said = ["Armed Forces", "military", "forces", "troops"]
        for owner in owners:
            for word in said:
                body.aliases[f"{owner} {word}"] = None
                body.aliases[f"{owner} {word.lower()}"] = None
        royal = re.sub(r"^Royal ", "", name)
        if royal != name:
            body.aliases[royal] = None
        for short_name in re.findall(r"[A-Z]{4,6}", entry["aliases"]):
            if short_name.endswith(("AF", "DF", "AN", "PA")) and len(short_name) == 4:
                body.aliases[short_name] = None
        yield body


def _owned(of: str, owners: list[str]) -> str:
    """Return a pattern of what a service's name has of its state's name."""
    words = {
        w
        for w in re.findall(r"\w{4,}", " ".join([of, *owners]))
        if w not in ("Republic", "Islands")
    }
    return "|".join(sorted(map(re.escape, words))) or re.escape(of)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
