"""Compile ``kgbuild/resources/knowledge/weapons_reporting_names.csv``.

Usage: python tools/build_reporting_names.py [TABLES]
corrections/reporting_names.csv tells each weapon of weapons.csv its NATO codes, reporting
names and the designations that they follow; ``bare`` are the few names that stand alone and
are no common words. With TABLES it says which codes names/nato_reporting_names.csv has otherwise.
"""

import csv
import sys
from pathlib import Path

from leader_tables import HERE, SHIPPED, read

COLUMNS = ("name", "type", "aliases")


def main(tables: Path | None) -> None:
    """Write the table."""
    shipped = read(SHIPPED / "weapons.csv")
    weapons = {r["name"]: r["name"] for r in shipped}
    taken = {
        a: r["name"] for r in shipped for a in (r["name"], *r["aliases"].split("|"))
    }
    rows = []
    for r in read(HERE / "corrections" / "reporting_names.csv"):
        name = weapons.get(r["name"])
        if name is None:
            print(f"not in weapons.csv: {r['name']}", file=sys.stderr)
            continue
        aliases = [*_list(r["codes"]), *_list(r["bare"])]
        for reporting in _list(r["reporting"]):
            aliases += [f"{code} {reporting}" for code in _list(r["codes"])]
            for designation in _list(r["designations"]):
                aliases += [
                    f"{designation} {reporting}",
                    f'{designation} "{reporting}"',
                ]
                aliases += [f"{designation} “{reporting}”"]
        aliases = [
            a for a in dict.fromkeys(aliases) if taken.setdefault(a, name) == name
        ]
        mine = next(w["aliases"].split("|") for w in shipped if w["name"] == name)
        if fresh := [a for a in aliases if a not in mine]:
            rows.append((name, "Weapon", "|".join(fresh)))
    with (SHIPPED / "weapons_reporting_names.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    if tables:
        check(tables)


def check(tables: Path) -> None:
    """Say which reporting names the open list has otherwise."""
    told = {
        r["code"]: r["reporting_name"]
        for r in read(tables / "names" / "nato_reporting_names.csv")
    }
    for r in read(HERE / "corrections" / "reporting_names.csv"):
        for code in _list(r["codes"]):
            names = {n for n in told.get(code, "").split("/") if n}
            if names and names.isdisjoint(_list(r["reporting"])):
                print(
                    f"{code}: {r['reporting']} here, {told[code]} in the list",
                    file=sys.stderr,
                )


def _list(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
