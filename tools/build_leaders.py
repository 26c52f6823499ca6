"""Compile ``kgbuild/resources/knowledge/leaders.csv``.

Usage: python tools/build_leaders.py TABLES
TABLES holds leaders/*.csv. What corrections/heads.csv says of a post goes before the
tables, which fill the time before its first holder and the posts that it does not name;
corrections/people.csv gives ids and other spellings. countries.csv must stand already.
"""

import csv
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from leader_people import identified, known, merge, unified, variants
from leader_posts import around, before
from leader_tables import HERE, SHIPPED, Row, by_hand, folded, heads, ministers_of, read

COLUMNS = ("id", "name", "type", "aliases", "role", "of", "from", "to")


def main(tables: Path) -> None:
    """Write the table and say on standard error what wants a look."""
    countries = read(SHIPPED / "countries.csv")
    leaders = tables / "leaders"
    ministers = read(leaders / "wikidata_officeholders_everypolitician.csv")
    world = read(leaders / "wikidata_world_leaders_2021_2022.csv")
    people = known(ministers, world, countries)
    rows = by_hand()
    rows += before(rows, ministers_of(ministers, countries))
    table = read(leaders / "cia_factbook_leaders_1990_2026.csv")
    rows = around(rows, heads(table, countries))
    write(merge(unified([identified(row, people) for row in rows])))


def write(rows: list[Row]) -> None:
    """Write the rows of each person together, the spellings on the first."""
    people = {row["name"]: row for row in read(HERE / "corrections" / "people.csv")}
    names = tomllib.loads((SHIPPED / "names.toml").read_text(encoding="utf-8"))
    reigning = names["reigning"]
    persons: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        persons[row.id or folded(row.name)].append(row)
    ordered = sorted(persons.values(), key=lambda terms: (terms[0].of, terms[0].name))
    with (SHIPPED / "leaders.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for terms in ordered:
            name = terms[0].name
            spelled = people.get(name, {}).get("aliases", "").split("|")
            spelled += [a for row in terms for a in row.aliases]
            spelled += variants(name, {row.of for row in terms})
            if any(row.role in reigning for row in terms):
                # "Abdullah" alone is anybody's
                spelled = [a for a in spelled if a != name.split()[0]]
            # "Harald V of Norway" would make "Norway" a name of his
            spelled = [a for a in spelled if a and a != name and " of " not in a]
            aliases = "|".join(dict.fromkeys(spelled))
            for n, row in enumerate(sorted(terms, key=lambda row: row.start)):
                writer.writerow(
                    (row.id, name, "Person", "" if n else aliases)
                    + (row.role, row.of, row.start, row.end)
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
