"""Compile ``kgbuild/resources/knowledge/given_names.txt``: first words of people's names.

Usage: python tools/build_given_names.py TABLES
TABLES holds leaders/*.csv. leaders.csv and places.csv must stand already.
"""

import re
import sys
from pathlib import Path

from leader_tables import SHIPPED, read, unaccented

# what some people's names begin with in the tables
TITLES = {"Deputy", "Father"}


def main(tables: Path) -> None:
    """Write the names, without accents, one a line; none that a place goes by."""
    table = tables / "leaders" / "wikidata_officeholders_everypolitician.csv"
    people = {row["person"] for row in read(table)}
    people |= {row["name"] for row in read(SHIPPED / "leaders.csv")}
    places = {
        word
        for file in ("countries.csv", "places.csv")
        for row in read(SHIPPED / file)
        for text in (row["name"], *row["aliases"].split("|"))
        for word in unaccented(text).split()
    }
    first = {name.split()[0] for p in people if " " in (name := unaccented(p).strip())}
    found = {n for n in first if re.fullmatch(r"[A-Z][a-z]{2,}(-[A-Z][a-z]+)?", n)}
    text = "\n".join(sorted(found - places - TITLES)) + "\n"
    (SHIPPED / "given_names.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
