"""Compile ``places_cities.csv`` and ``places_features.csv`` of the knowledge.

Usage: python tools/build_places.py TABLES
TABLES holds places/*.csv. The other tables must stand already: a name that one of them
has, that is a common word or a person's name, is left out. corrections/cities.csv has the
usual English names ("-": left out), corrections/features.csv the seas, straits and islands.
"""

import csv
import re
import sys
from pathlib import Path

from leader_tables import HERE, SHIPPED, folded, read, unaccented

COLUMNS = ("id", "name", "type", "kind", "aliases", "of")
PEOPLE = 300_000
# where the table has quarters and townships for cities, only the great ones
FEWER = {"CN": 1_200_000, "IN": 600_000, "PH": 500_000, "VN": 400_000, "MY": 450_000}
FEWER |= {"TR": 500_000, "MX": 500_000, "BR": 500_000, "BD": 500_000, "ID": 400_000}
FEWER |= {"NG": 400_000, "PK": 400_000, "AO": 400_000, "CD": 400_000, "JP": 400_000}
_PARTS = re.compile(
    r"(?i)district|quận|kampung|mukim|\bbaru\b|bandar |sector|thana|cantonment|^\w+ qu$|township"
    r"|\bcolony\b|nagar$|,|\d"
)


def main(tables: Path) -> None:
    """Write both tables."""
    states = {r["iso2"]: r["name"] for r in _states(tables)}
    taken, people = _taken()
    features = read(tables / "places" / "geographic_features_qid.csv")
    rows = _features(features, taken)
    _write("places_features.csv", rows)
    cities = read(tables / "places" / "cities_geonames_100k.csv")
    _write("places_cities.csv", _cities(cities, states, taken, people))


def _states(tables: Path) -> list[dict[str, str]]:
    """Return the states of countries.csv with their codes."""
    codes = {
        f"wd:{r['qid']}": r["iso2"]
        for r in read(tables / "countries" / "cia_factbook_2026_x_rigour_qid.csv")
    }
    codes |= {"wd:Q865": "TW", "wd:Q1246": "XK"}
    return [
        {"iso2": codes[r["id"]], "name": r["name"]}
        for r in read(SHIPPED / "countries.csv")
        if codes.get(r["id"]) and r["kind"] != "former state"
    ]


def _taken() -> tuple[set[str], set[str]]:
    """Return the forms that other tables have, and the words of people's names and of English."""
    taken: set[str] = set()
    people: set[str] = set()
    for path in sorted(SHIPPED.glob("*.csv")):
        if path.name in ("places_cities.csv", "places_features.csv"):
            continue
        for r in read(path):
            lists = "|".join(r.get(c) or "" for c in ("aliases", "adjectives", "seats"))
            taken |= {r["name"], *filter(None, lists.split("|"))}
            if r["type"] == "Person":
                people |= {
                    folded(w) for w in (r["name"].split()[0], r["name"].split()[-1])
                }
    people |= {
        folded(w) for w in (SHIPPED / "given_names.txt").read_text("utf-8").split()
    }
    common = SHIPPED.parent / "text" / "common.txt"
    people |= set(common.read_text("utf-8").split())
    return taken, people


def _features(table: list[dict[str, str]], taken: set[str]) -> list[tuple[str, ...]]:
    ids = {r["name"]: r["qid"] for r in reversed(table) if r["qid"]}
    rows = []
    for r in read(HERE / "corrections" / "features.csv"):
        if not r["kind"]:
            continue
        id = ids.get(r["written"] or r["name"], "")
        aliases = [a for a in r["aliases"].split("|") if a and a not in taken]
        if r["name"] in taken:
            continue
        taken |= {r["name"], *aliases}
        rows.append(
            (
                f"wd:{id}" if id else "",
                r["name"],
                "Place",
                r["kind"],
                "|".join(aliases),
                r["of"],
            )
        )
    return rows


def _cities(
    table: list[dict[str, str]],
    states: dict[str, str],
    taken: set[str],
    people: set[str],
) -> list[tuple[str, ...]]:
    told = {
        (r["iso2"], r["written"]): r for r in read(HERE / "corrections" / "cities.csv")
    }
    rows = []
    for r in table:
        least = FEWER.get(r["iso2"], PEOPLE)
        of = states.get(r["iso2"], "")
        if not of or (r["capital"] != "y" and int(r["population"]) < least):
            continue
        fixed = told.get((r["iso2"], r["name"]))
        name = fixed["name"] if fixed else r["name"].replace("’", "'")
        aliases = fixed["aliases"].split("|") if fixed else []
        if name == "-" or name in taken or unaccented(name) in taken:
            continue
        if not fixed and (
            _PARTS.search(name) or len(name) < 5 or folded(name) in people
        ):
            continue
        plain = unaccented(name)
        aliases = list(dict.fromkeys([*aliases, *([plain] if len(plain) > 3 else [])]))
        aliases = [a for a in aliases if a and a != name and a not in taken]
        taken |= {name, *aliases}
        rows.append(
            (
                "",
                name,
                "Place",
                "capital" if r["capital"] == "y" else "city",
                "|".join(aliases),
                of,
            )
        )
    return sorted(rows, key=lambda row: (row[5], row[1]))


def _write(file: str, rows: list[tuple[str, ...]]) -> None:
    with (SHIPPED / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
