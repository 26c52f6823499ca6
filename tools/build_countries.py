"""Compile ``countries.csv`` from open tables and hand-made corrections.

    python tools/build_countries.py TABLES

TABLES holds ``countries/cia_factbook_2026_x_rigour_qid.csv`` (CIA World Factbook, public
domain, joined with identifiers of rigour, MIT). ``tools/corrections/countries.csv`` overrides.
"""

from __future__ import annotations

import csv
import html
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "kgbuild" / "resources" / "knowledge" / "countries.csv"
COLUMNS = ("id", "name", "type", "kind", "aliases", "adjectives", "seats")
# sovereign in the Factbook's own list, or taken as an actor in news
DEPENDENT = re.compile(r"territor|overseas|dependen|collectivit|possession|commonwealth in po|unincorporated|Crown", re.I)


def main(tables: Path) -> None:
    """Write the table and print what needs a look."""
    own = {r["iso2"]: r for r in _read(HERE / "corrections" / "countries.csv")}
    rows = []
    for row in _read(tables / "countries" / "cia_factbook_2026_x_rigour_qid.csv"):
        fixed = own.pop(row["iso2"], None)
        made = _corrected(fixed, row) if fixed else _plain(row)
        if made:
            rows.append(made)
    rows += [_corrected(fixed, {}) for fixed in own.values()]
    rows.sort(key=lambda r: r["name"])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        if not row["adjectives"]:
            print(f"no adjective: {row['name']}")
    print(f"{len(rows)} countries")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plain(row: dict[str, str]) -> dict[str, str] | None:
    name = html.unescape(row["name"])
    if not row["qid"] or not row["nationality_adjective"] or DEPENDENT.search(row["government_type"]):
        return None
    long = html.unescape(row["long_name"])
    adjective = re.split(r"[;(,]| or ", html.unescape(row["nationality_adjective"]))[0].strip()
    noun = html.unescape(row["nationality_noun"])
    plural = [adjective + "s"] if noun.startswith(adjective + "(s)") else []
    capital = html.unescape(re.split(r" in | \(", row["capital"])[0])
    return {
        "id": f"wd:{row['qid']}",
        "name": name,
        "type": "Country",
        "kind": "state",
        "aliases": "" if long in ("none", "", name) else long,
        "adjectives": "|".join([adjective, *plural]) if adjective != "none" else "",
        "seats": "" if capital in (name, "no official capital") else capital,
    }


def _corrected(fixed: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    plain = _plain(row) or dict.fromkeys(COLUMNS, "") if row else dict.fromkeys(COLUMNS, "")
    kind = fixed["kind"] + (", family name first" if fixed["iso2"] in FAMILY_FIRST else "")
    return {
        "id": fixed["id"],
        "name": fixed["name"],
        "type": "Country",
        "kind": kind,
        "aliases": fixed["aliases"],
        "adjectives": fixed["adjectives"] or plain["adjectives"],
        "seats": fixed["seats"] or plain["seats"],
    }


# people's family names come first in English news
FAMILY_FIRST = {"CN", "KP", "KR", "TW"}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
