"""Compile ``kgbuild/resources/knowledge/countries.csv``.

Usage: python tools/build_countries.py TABLES
TABLES holds countries/cia_factbook_2026_x_rigour_qid.csv. A cell of corrections/countries.csv
takes the place of the table's ("-": of nothing); its aliases are added; the kind "-" leaves a territory out.
"""

import csv
import html
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULT = HERE.parent / "kgbuild" / "resources" / "knowledge" / "countries.csv"
# of a row that has none, and of one of two rows of Palestine
CODES = {"Côte d'Ivoire": "CI", "West Bank": ""}
COLUMNS = ("id", "name", "type", "kind", "aliases", "adjectives", "seats")


def main(tables: Path) -> None:
    """Write the table and say on standard error what wants a look."""
    source = tables / "countries" / "cia_factbook_2026_x_rigour_qid.csv"
    with (HERE / "corrections" / "countries.csv").open(encoding="utf-8") as file:
        corrections = list(csv.DictReader(file))
    by_code = {c["iso2"]: c for c in corrections}
    rows = [corrected({}, c) for c in corrections if not c["iso2"]]
    with source.open(encoding="utf-8") as file:
        for entry in csv.DictReader(file):
            code = CODES.get(html.unescape(entry["name"]), entry["iso2"])
            correction = by_code.get(code, {})
            row = corrected(compiled(entry), correction)
            if not code or row["kind"] == "-":
                continue
            rows.append(row)
    rows.sort(key=lambda row: (row["kind"] != "state", row["kind"], row["name"]))
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    warn(rows)


def compiled(entry: dict[str, str]) -> dict[str, str]:
    """Return a country as the table has it."""
    cells = {key: html.unescape(value).strip() for key, value in entry.items()}
    aliases = []
    if cells["long_name"] not in ("", "none", cells["name"]):
        aliases.append(re.sub(r"\s*[;(].*|^The (?=Holy)", "", cells["long_name"]))
    capital = re.sub(r"eacute$|aacute$| in Romanian$", "", cells["capital"])
    return {
        "id": f"wd:{cells['qid']}" if cells["qid"] else "",
        "name": cells["name"],
        "kind": "state",
        "aliases": "|".join(aliases),
        "adjectives": "|".join(adjectives(cells)),
        "seats": "" if capital == cells["name"] else capital,
    }


def adjectives(cells: dict[str, str]) -> list[str]:
    """Return the adjective, then the nouns in singular and plural."""
    found = [re.split(r" or |[,;/(]", cells["nationality_adjective"])[0].strip()]
    noun = re.split(r" or |[,;/]", cells["nationality_noun"])[0].strip()
    if noun.endswith("(s)"):
        found += [noun[:-3], noun[:-3] + "s"]
    elif "(" in noun:
        found.append(noun[: noun.index("(")].strip())
    return [a for a in dict.fromkeys(found) if a and a.lower() != "none"]


def corrected(row: dict[str, str], correction: dict[str, str]) -> dict[str, str]:
    """Return a row with the corrections made and the aliases of both."""
    made = {"type": "Country"}
    for column in COLUMNS:
        if column == "type":
            continue
        given = correction.get(column, "")
        made[column] = given or row.get(column, "")
        if given == "-" and column != "kind":
            made[column] = ""
    aliases = [*correction.get("aliases", "").split("|")]
    aliases += row.get("aliases", "").split("|")
    taken = {made["name"], "", *made["adjectives"].split("|")}
    made["aliases"] = "|".join(a for a in dict.fromkeys(aliases) if a not in taken)
    return made


def warn(rows: list[dict[str, str]]) -> None:
    """Say which rows lack something and which words two rows share."""
    seen: dict[str, str] = {}
    for row in rows:
        if not row["adjectives"]:
            print(f"{row['name']}: no adjective", file=sys.stderr)
        forms = [row["name"]]
        for column in ("aliases", "adjectives", "seats"):
            forms += [form for form in row[column].split("|") if form]
        for form in forms:
            if form in seen:
                print(f"{form}: {seen[form]}, {row['name']}", file=sys.stderr)
            seen[form] = row["name"]
            if re.search(r"[&;()/]|\bor\b", form):
                print(f"{row['name']}: {form!r}?", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
