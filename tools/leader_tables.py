"""The tables of leaders, each read into rows of who held which post from when to when."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from leader_names import alike, post, readable

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "kgbuild" / "resources" / "knowledge"
SINCE = "1985"
# heads of other countries, deputies
OTHERS = re.compile(
    r"ELIZABETH|CHARLES III|TRUMP|MACRON|CHIRAC|BEATRIX|WILLEM|MARGRETHE|FREDERIK X"
    r"|(?i:vice president|governor general|members of|vacant|is president of)"
)
# whose nearest name in the tables is somebody else's
# whom the tables have in the wrong country
WRONG = {
    ("France", "Natan Sharansky"),
    ("Afghanistan", "Aleksander Gabriel Meksi"),
    ("Australia", "Mostyn"),
    ("Democratic Republic of the Congo", "Anatole Collinet Makosso"),
}
# how the table of ministers calls a post; the beginning of the position
MINISTERS = {
    r"(?:Federal )?Minister (?:of|for) (?:Europe and )?(?:Foreign|External) (?:Affairs|Rel)"
    r".*": "Foreign Minister",
    r"(?:Federal )?Minister (?:of|for) (?:National )?Defen[cs]e(?: and Armed.*)?": (
        "Defense Minister"
    ),
    r"(?:Federal )?Minister (?:of|for)(?: (?:the )?Econom\w+(?: Affairs)?,?(?: and)?)? "
    r"Finances?(?: and (?:Industry|Public Adm.*|Econ.*))?": "Finance Minister",
    r"(?:Federal )?Minister (?:of|for) (?:the )?Interior.*|Minister (?:of|for) Home Affairs": (
        "Interior Minister"
    ),
    r"Secretary of Foreign Affairs": "Foreign Secretary",
    r"Secretary of National Defence": "Defense Secretary",
    r"Secretary of State for Foreign and Comm.*": "Foreign Secretary",
    r"Secretary of State for Defence": "Defence Secretary",
    r"Secretary of State for the Home Department": "Home Secretary",
    r"Chancellor of the Exchequer": "Finance Minister",
    r"Secretary of Defence": "Secretary of Defense",
    r"Secretary of State": "Secretary of State",
    r"Secretary of the Treasury": "Secretary of the Treasury",
    r"Vice President|First Vice President": "Vice President",
    r"President": "President",
    r"Prime Minister": "Prime Minister",
    r"Premier(?: of the State Council)?": "Premier",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A person in a post."""

    name: str
    role: str
    of: str
    start: str
    end: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    romanized: bool = False
    open: bool = False


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_hand() -> list[Row]:
    """Return the holders that corrections/heads.csv chains."""
    rows = []
    for line in read(HERE / "corrections" / "heads.csv"):
        links = [part.strip().rsplit(" ", 1) for part in line["holders"].split(";")]
        for (name, start), follower in zip(links, [*links[1:], ["", ""]]):
            if name != "-":
                rows.append(
                    Row(
                        name=name,
                        role=line["role"],
                        of=line["of"],
                        start=start,
                        end=follower[1],
                    )
                )
    return rows


def country_names(countries: list[dict[str, str]]) -> dict[str, str]:
    """Return the countries' labels by id, label and alias."""
    names = {"wd:Q756617": "Denmark", "wd:Q29999": "Netherlands"}
    names |= {"Kingdom of Denmark": "Denmark", "the United States of America": ""}
    for row in countries:
        for text in (row["id"], row["name"], *row["aliases"].split("|")):
            names.setdefault(text, row["name"])
    names["the United States of America"] = names["wd:Q30"]
    names["the United Kingdom"] = names["wd:Q145"]
    names["The Philippines"] = names["wd:Q928"]
    return names


def person(label: str) -> str:
    """Return a name without title of nobility and without what tells namesakes apart."""
    return re.sub(r"\s*\(.*\)$|, (?:\d\w+ )?(?:Baron|Vis|Earl|Lord).*", "", label)


def ministers_of(
    table: list[dict[str, str]],
    countries: list[dict[str, str]],
) -> list[Row]:
    """Return heads and chief ministers; the table's present is the day of its making."""
    names = country_names(countries)
    rows = []
    for entry in table:
        role = next(
            (r for p, r in MINISTERS.items() if re.fullmatch(p, entry["position"])), ""
        )
        of = names.get(f"wd:{entry['jurisdiction_qid']}", "")
        if not role or not of or not entry["start"]:
            continue
        if not unaccented(person(entry["person"])).strip():
            continue  # named in another script alone
        rows.append(
            Row(
                name=person(entry["person"]),
                role=role,
                of=of,
                start=entry["start"],
                end=entry["end"] or entry["repo_date"][:7],
                open=not entry["end"],
                id=f"wd:{entry['person_qid']}",
            )
        )
    posts = defaultdict(list)
    for row in rows:
        posts[row.of, row.role].append(row)
    closed = []
    for line in posts.values():
        for row in line:
            later = [r.start for r in line if r.start > row.start]
            if row.open and later:
                row = replace(row, end=min(later))
            closed.append(row)
    return [
        row
        for row in closed
        if row.end >= max(SINCE, row.start) and (row.of, row.name) not in WRONG
    ]


def heads(
    table: list[dict[str, str]],
    countries: list[dict[str, str]],
) -> list[Row]:
    """Return the heads of state and government of the countries not told by hand."""
    names = country_names(countries)
    fixed = {
        r["written"]: r["name"] for r in read(HERE / "corrections" / "written.csv")
    }
    usual: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entry in table:
        if role := post(entry["title"]):
            usual[entry["country"], entry["role"]][role] += 1
    found: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for entry in table:
        of = names.get(f"wd:{entry['country_qid']}") or names.get(entry["country"], "")
        if entry["country"] in ("Burma (Myanmar)", "Holy See (Vatican City)"):
            of = names["wd:Q836"] if "Burma" in entry["country"] else names["wd:Q237"]
        role = post(entry["title"])
        if role is None:
            common = usual[entry["country"], entry["role"]].most_common(1)
            role = common[0][0] if common else ""
        if not of or not role or OTHERS.search(entry["name"]):
            continue
        written = fixed.get(entry["name"], entry["name"])
        if not written:
            continue
        label, aliases = readable(written)
        if not label or "," in label:
            continue
        seen = max(entry["last"], entry["first"])
        row = Row(
            name=label,
            role=role,
            of=of,
            start=entry["since"],
            end=entry["end_est"],
            aliases=tuple(aliases),
            romanized=True,
        )
        line = found[of, entry["role"]]
        line.append((seen, row))
    rows = []
    for (of, side), line in found.items():
        for row in settled(line):
            mirrored = any(
                r.of == of
                and r.start[:7] == row.start[:7]
                and alike(r.name, row.name) > 0.9
                for r in rows
            )
            wrong = mirrored or (of, row.name) in WRONG
            if row.start and not wrong and (not row.end or row.end >= SINCE):
                rows.append(row)
    return rows


def settled(line: list[tuple[str, Row]]) -> list[Row]:
    """Return one row a run of years in a post, each ending where the next begins.

    Given are rows with the day on which the table was last seen to have them.
    """
    runs: list[tuple[str, Row]] = []
    for seen, row in sorted(line, key=lambda pair: pair[1].start):
        if runs and alike(runs[-1][1].name, row.name) > 0.8:
            before, old = runs[-1]
            latest = row if seen >= before else old
            spelled = dict.fromkeys((*latest.aliases, old.name, row.name))
            row = replace(latest, start=old.start, aliases=tuple(spelled))
            runs[-1] = max(seen, before), row
        else:
            runs.append((seen, row))
    present = [row.start for seen, row in runs if seen > "2026"]
    kept = []
    for seen, row in runs:
        if present and row.start > max(present):
            continue  # read wrongly: an older one is still in office
        now = bool(present) and row.start == max(present)
        kept.append(replace(row, end="" if now else row.end or seen[:4]))
    for n, row in enumerate(kept[:-1]):
        if not row.end or row.end > kept[n + 1].start or row.end < row.start:
            kept[n] = replace(row, end=kept[n + 1].start)
    return kept


def folded(name: str) -> str:
    """Return a name without accents and capitals."""
    return unaccented(name).lower()


def unaccented(text: str) -> str:
    """Return a text in plain letters."""
    text = text.translate(str.maketrans("ıøØłŁđĐðßʻ", "ioOlLdDds'"))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
