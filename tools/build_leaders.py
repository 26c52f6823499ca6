"""Compile ``kgbuild/resources/knowledge/leaders.csv``.

Usage: python tools/build_leaders.py TABLES
TABLES holds leaders/*.csv. What corrections/heads.csv says of a post goes before the
tables, which fill the time before its first holder and the posts that it does not name;
corrections/people.csv gives ids and other spellings. countries.csv must stand already.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from leader_names import alike, post, readable

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "kgbuild" / "resources" / "knowledge"
COLUMNS = ("id", "name", "type", "aliases", "role", "of", "from", "to")
SINCE = "1985"
# heads of other countries, deputies
OTHERS = re.compile(
    r"ELIZABETH|CHARLES III|TRUMP|MACRON|CHIRAC|BEATRIX|WILLEM|MARGRETHE|FREDERIK X"
    r"|(?i:vice president|governor general|members of|vacant|is president of)"
)
# whose nearest name in the tables is somebody else's
APART = {"Gagik Arutyunyan", "Kim Chong-p'il", "Nasir Muhammad al-Ahmad al-Sabah"}
# whom the tables have in the wrong country
WRONG = {("France", "Natan Sharansky"), ("Afghanistan", "Aleksander Gabriel Meksi")}
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


@dataclass(kw_only=True)
class People:
    """Who is known by an id: labels and ids by country, and the spellings by hand."""

    by_country: dict[str, dict[str, str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    spelled: dict[str, dict[str, str]] = field(default_factory=dict)


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


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


SAME = {"Premier": "Prime Minister", "Chancellor": "Prime Minister", "Queen": "King"}
SAME |= {"Taoiseach": "Prime Minister", "Monarch": "King", "Emir": "King"}
SAME |= {"Emperor": "King", "Sultan": "King", "Foreign Secretary": "Foreign Minister"}
SAME |= {
    "Defense Secretary": "Defense Minister",
    "Defence Secretary": "Defense Minister",
}
SAME |= {"Acting Prime Minister": "Prime Minister", "Acting President": "President"}


def place(row: Row) -> tuple[str, str]:
    """Return the country and the post, whatever the post is called there."""
    return row.of, SAME.get(row.role, row.role)


def before(told: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows from before the first holder of the post that is told already."""
    first: dict[tuple[str, str], str] = {}
    for row in told:
        first[place(row)] = min(row.start, first.get(place(row), "9"))
    made = []
    for row in rows:
        if row.start < first.get(place(row), "9"):
            if place(row) in first:
                row = replace(row, end=min(row.end or "9", first[place(row)]))
            if not row.end or row.end >= SINCE:
                made.append(row)
    return made


def around(told: list[Row], rows: list[Row]) -> list[Row]:
    """Return what is told with the rows from before it and after the end of its table."""
    last: dict[tuple[str, str], Row] = {}
    for row in told:
        last[place(row)] = max(
            row, last.get(place(row), row), key=lambda row: row.start
        )
    later = [
        row
        for row in rows
        if place(row) in last
        and last[place(row)].open
        and row.start > last[place(row)].start
    ]
    made = []
    for row in told:
        if row is last[place(row)] and row.open:
            starts = [r.start for r in later if place(r) == place(row)]
            current = [r for r in rows if place(r) == place(row) and not r.end]
            row = replace(row, end=min(starts, default="" if current else row.end))
        made.append(row)
    return [*made, *before(told, rows), *later]


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


def folded(name: str) -> str:
    """Return a name without accents and capitals."""
    return unaccented(name).lower()


def unaccented(text: str) -> str:
    """Return a text in plain letters."""
    text = text.translate(str.maketrans("ıøØłŁđĐðßʻ", "ioOlLdDds'"))
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def write(rows: list[Row]) -> None:
    """Write the rows of each person together, the spellings on the first."""
    people = {row["name"]: row for row in read(HERE / "corrections" / "people.csv")}
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
