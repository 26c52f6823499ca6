"""Compile ``leaders.csv``: who led which state when, and its ministers, with Wikidata ids.

    python tools/build_leaders.py TABLES

TABLES holds ``leaders/`` as gathered: the CIA World Factbook's yearly editions (public domain)
for dates, Wikidata statements by way of EveryPolitician and of a list of world leaders (CC0)
for ids and English names, ``us_executive.yaml`` (CC0). A leader of the first is one of the
second where surname, given name and the dates of the office agree. What is left without an id
keeps the Factbook's spelling; ``tools/corrections/leaders.csv`` sets names, ids and aliases right.
"""

from __future__ import annotations

import csv
import difflib
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "kgbuild" / "resources" / "knowledge" / "leaders.csv"
COUNTRIES = TARGET.with_name("countries.csv")
COLUMNS = ("id", "name", "type", "aliases", "role", "of", "from", "to")
# dependencies that the Factbook lists with heads of their own
CROWN = {"Guernsey", "Jersey", "Isle of Man", "Man, Isle of"}
# states whose people's family names come first
FAMILY_FIRST = {"wd:Q148", "wd:Q423", "wd:Q884", "wd:Q865", "wd:Q881", "wd:Q28", "wd:Q424"}
FROZEN = "2023"  # the tables of ministers end here: nobody is known to hold a post after it
ROLES = (
    ("supreme leader|leader of the islamic revolution", "Supreme Leader"),
    ("vice president", "Vice President"),
    ("prime minister|premier|taoiseach|head of government|minister-president|chairman of the council of ministers", "Prime Minister"),
    ("president", "President"),
    ("chancellor", "Chancellor"),
    ("emperor", "Emperor"),
    ("queen", "Queen"),
    ("king", "King"),
    ("sultan", "Sultan"),
    ("amir|emir", "Emir"),
    ("governor.general", "Governor-General"),
    ("grand duke", "Grand Duke"),
    ("prince", "Prince"),
    ("pope", "Pope"),
)
MINISTERS = (
    (r"^(minister (of|for) (foreign|external) affairs|foreign minister|foreign secretary|secretary of state for foreign.*|minister of external relations)$", "Foreign Minister"),
    (r"^(minister (of|for) (national )?defen[cs]e|defen[cs]e minister|secretary of state for defence)$", "Defense Minister"),
    (r"^(minister (of|for) (the )?interior|minister of internal affairs|home secretary|minister of home affairs)$", "Interior Minister"),
    (r"^(minister (of|for) finance|chancellor of the exchequer|finance minister)$", "Finance Minister"),
    (r"^secretary of state$|^united states secretary of state$", "Secretary of State"),
    (r"^(united states )?secretary of defense$", "Secretary of Defense"),
    (r"^(united states )?secretary of the treasury$", "Secretary of the Treasury"),
    (r"^prime minister$|^premier$|^premier of the republic of china$", "Prime Minister"),
    (r"^president$|^president of .*$", "President"),
    (r"^vice.president$", "Vice President"),
    (r"^deputy prime minister$", "Deputy Prime Minister"),
    (r"^(federal )?chancellor$", "Chancellor"),
    (r"^supreme leader$", "Supreme Leader"),
    (r"^monarch.*$|^king$|^king of .*$", "King"),
    (r"^emir$|^emir of .*$", "Emir"),
)


def main(tables: Path) -> None:
    """Write the table and print whom a person should look at."""
    leaders = tables / "leaders"
    known = {r["id"]: r for r in _read(COUNTRIES)}
    iso = _by_iso(tables)
    people = _wikidata(leaders, known)
    rows: list[dict[str, str]] = []
    unmatched: dict[str, list[str]] = defaultdict(list)
    by_name = {r["name"]: i for i, r in known.items()}
    fixes = {(by_name[r["of"]], _fold(r["cia"])): r for r in _read(HERE / "corrections" / "leaders.csv")}
    for term in _terms(leaders, iso, known):
        fix = fixes.get((term["of"], _fold(term["name"])))
        if fix:
            term["id"], label, aliases = fix["id"], fix["name"], fix["aliases"]
            term["aliases"] = "|".join(a for a in (aliases, term["name"]) if a and a != label)
            term["name"] = label
        elif match := _match(term, people):
            term["aliases"] = "" if _fold(match["name"]) == _fold(term["name"]) else term["name"]
            term["id"], term["name"] = match["id"], match["name"]
        else:
            unmatched[known[term["of"]]["name"]].append(term["name"])
        rows.append(term)
    rows += _ministers(people)
    rows = _compact(rows)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    for country, names in sorted(unmatched.items()):
        print(f"no id: {country}: {', '.join(dict.fromkeys(names))}")
    print(f"{len(rows)} terms, {len({r['id'] or r['name'] for r in rows})} people")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z ]", "", plain.replace("-", " "))


def _by_iso(tables: Path) -> dict[str, str]:
    fixed = {r["iso2"]: r["id"] for r in _read(HERE / "corrections" / "countries.csv")}
    all_ = {r["iso2"]: f"wd:{r['qid']}" for r in _read(tables / "countries" / "cia_factbook_2026_x_rigour_qid.csv") if r["qid"]}
    return {**all_, **fixed}


def _terms(leaders: Path, iso: dict[str, str], known: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    found = []
    for row in _read(leaders / "cia_factbook_leaders_1990_2026.csv"):
        of = iso.get(row["iso2"], "")
        role = _role(row["title"], row["role"])
        if of not in known or not row["name"] or not role or row["country"] in CROWN:
            continue
        name = " ".join(p.capitalize() if p.isupper() and len(p) > 2 else p for p in _words(row["name"]))
        found.append(
            {"id": "", "name": _cased(name), "type": "Person", "aliases": "", "role": role, "of": of,
             "from": row["since"], "to": row["end_est"], "surname": _fold(row["surname"])}
        )
    return found


def _words(name: str) -> list[str]:
    return re.sub(r"[,*]|\(.*?\)", " ", name).split()


def _cased(name: str) -> str:
    return re.sub(r"([-' ])([a-z])", lambda m: m[1] + (m[2].upper() if m[1] == "-" else m[2]), name)


def _role(title: str, role: str) -> str:
    lowered = title.lower()
    for pattern, told in ROLES:
        if re.search(pattern, lowered):
            return told
    if "chief of state" in lowered or not lowered:
        return {"HOG": "Prime Minister", "HOS": "head of state"}[role]
    return {"HOG": "head of government", "HOS": "head of state"}[role]


def _wikidata(leaders: Path, known: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    found = []
    for row in _read(leaders / "wikidata_officeholders_everypolitician.csv"):
        of = f"wd:{row['jurisdiction_qid']}"
        of = {"wd:Q756617": "wd:Q35", "wd:Q29999": "wd:Q55"}.get(of, of)
        role = next((told for p, told in MINISTERS if re.search(p, row["position"].lower())), "")
        if of in known and role and (row["end"] or "9999") >= "1985":
            found.append({"id": f"wd:{row['person_qid']}", "name": row["enwiki"] or row["person"], "of": of,
                          "role": role, "from": row["start"], "to": row["end"]})
    for row in _read(leaders / "wikidata_world_leaders_2021_2022.csv"):
        of = {"wd:Q756617": "wd:Q35", "wd:Q29999": "wd:Q55"}.get(f"wd:{row['countryid']}", f"wd:{row['countryid']}")
        if of in known:
            found.append({"id": f"wd:{row['officeholder']}", "name": row["officeholderLabel"], "of": of,
                          "role": "", "from": row["start_year"], "to": row["end_year"]})
    for row in found:
        row["name"] = re.sub(r" \(.*\)$", "", row["name"])
    return found


def _match(term: dict[str, str], people: list[dict[str, str]]) -> dict[str, str] | None:
    """Return the person of Wikidata who is a leader of the Factbook, where just one is."""
    mine = _fold(term["name"]).split()
    fitting: dict[str, tuple[float, dict[str, str]]] = {}
    for person in people:
        if person["of"] != term["of"]:
            continue
        theirs = _fold(person["name"]).split()
        ends = [*theirs[-1:], "".join(theirs[-2:]), *(theirs[:1] if term["of"] in FAMILY_FIRST else ())]
        surname = max(difflib.SequenceMatcher(None, term["surname"].replace(" ", ""), t).ratio() for t in ends or [""])
        given = max((difflib.SequenceMatcher(None, a, b).ratio() for a in mine for b in theirs if a not in term["surname"].split()), default=0.0)
        close = bool(person["from"] and term["from"]) and abs(int(person["from"][:4]) - int(term["from"][:4])) <= 1
        if surname > 0.79 and (given > 0.7 or close and person["role"] in ("President", "Prime Minister", "Chancellor", "")):
            score = surname + given + close
            if person["id"] not in fitting or fitting[person["id"]][0] < score:
                fitting[person["id"]] = (score, person)
    best = sorted(fitting.values(), key=lambda f: -f[0])
    if not best or (len(best) > 1 and best[0][0] - best[1][0] < 0.25):
        return None
    return best[0][1]


def _ministers(people: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {**p, "type": "Person", "aliases": "", "to": p["to"] or (FROZEN if p["from"][:4] < "2023" else "")}
        for p in people
        if p["role"] and p["from"] and p["role"] not in ("President", "Prime Minister", "Chancellor", "Supreme Leader", "King", "Emir")
    ]


def _compact(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Sort by state and date; the same post of the same person told twice is told once."""
    seen: dict[tuple[str, ...], dict[str, str]] = {}
    ids = {(r["of"], r["name"]): r["id"] for r in rows if r["id"]}
    for row in rows:
        row["id"] = row["id"] or ids.get((row["of"], row["name"]), "")
    for row in sorted(rows, key=lambda r: (r["of"], r["name"], r["role"], r["from"], r["to"])):
        key = (row["id"] or row["name"], row["role"], row["of"], row["from"])
        if row["to"] and row["from"] > row["to"]:
            print(f"from after to: {row['name']} {row['from']} {row['to']}")
            continue
        if key not in seen or (row["to"] or "9999") > (seen[key]["to"] or "9999"):
            seen[key] = row
    return sorted(seen.values(), key=lambda r: (r["of"], r["from"], r["name"], r["role"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
