"""The tables of officials, each read into rows of who held which post from when to when."""

import re
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from leader_names import alike, readable
from leader_posts import SAME
from leader_tables import HERE, Row, person, read, unaccented

EDITION = "2019-06-04"
TODAY = "2026-05-28"
# who holds but these is called by his surname only where the text has his full name
FULL_NAME = frozenset(
    {
        "Interior Minister",
        "Public Security Minister",
        "Finance Minister",
        "Economy Minister",
        "Intelligence Chief",
        "National Security Adviser",
        "Central Bank Governor",
        "Military Chief",
        "Vice President",
        "Deputy Prime Minister",
        "Justice Minister",
        "Senator",
        "Representative",
        "Governor General",
        "Attorney General",
        *(
            f"{field} Secretary"
            for field in (
                "Northern Ireland",
                "Transport",
                "Scotland",
                "Wales",
                "Education",
                "Health",
            )
        ),
        "Permanent Representative to the United Nations",
        "",
    }
)
# below the post, or beside it
_LESSER = re.compile(
    r"(?i)deputy (?:minister|secretary)|vice.?minister|delegate|\bdel\.|junior|supporting|assistant"
    r"|associate|parliamentary|\bII\b|shadow|flemish|walloon|former comb\w+ of|staff to|"
    r"western bahr|abyei|pibor|state minister|in the ministry|to the minist|chief secretary|"
    r"secretary (?:of state )?to|at the department|at the ministry|"
    r"designate|within the|state secretary"
)
_FOREIGN = r"Foreign\b.{0,30}?(?:Affairs|Relations)|External (?:Affairs|Relations)|International Relations"
# in this order: what a title says, what it does not say, and the post that it is
_POSTS = (
    (
        _FOREIGN,
        r"Trade Relations|Economic Relations|Foreign Trade|Minister of State|Intelligence",
        "Foreign Minister",
    ),
    (
        r"\bDefen[cs]e\b|Armed Forces",
        (
            r"Production|Industr|Legal|Personnel|Council|Civil Def|Chief of|Commander|Minister of State|"
            r"Member|War Inv|Public Def|Director|Intelligence|Academy|Administrat|Inspector|Procure"
        ),
        "Defense Minister",
    ),
    (
        r"\bInterior\b|Internal Affairs|Home Affairs|Home Department|of Internal Security",
        r"Communications|Minister of State|Ombuds|Director",
        "Interior Minister",
    ),
    (
        r"Minister (?:of|for) (?:Justice & )?(?:Public|National) Security",
        r"Intelligence|Minister of State",
        "Public Security Minister",
    ),
    (
        r"\bFinances?\b|Treasury|Exchequer",
        r"Bank|Minister of State|Services|Micro|Director|Illicit|Comptroller|Budget$|Lord",
        "Finance Minister",
    ),
    (
        r"Minister (?:of|for) (?:the )?(?:National )?Econom(?:y|ic Affairs|ics)(?:$| (?:&|and) )",
        r"Minister of State",
        "Economy Minister",
    ),
)
_CHIEFS = re.compile(
    r"(?:Chief of (?:the )?(?:Joint |General )?(?:General Staff|Defen[cs]e(?: Staff| Forces?)?|"
    r"Joint Staff)(?: of the Armed Forces)?|Chief of (?:the )?Armed Forces(?: Joint Staff)?|"
    r"Chief of Staff of the (?:Defence Forces|Armed Forces|People's National Army)|"
    r"Commander(?:-in-[Cc]hief)? of the (?:\w+ )?(?:Armed|Defence) Forces?|Chief of the National Defence "
    r"Force|Chief of the (?:Joint Staff|General Staff) of the Armed Forces|Chairman of the Joint "
    r"Chiefs(?: of Staff)?|Head of (?:the )?Joint Chiefs(?: of Defence)?)"
)


def role_of(title: str) -> str:
    """Return the post that a title names, of those that are taken; empty where none.

    >>> role_of("Minister of Foreign Affairs & International Cooperation")
    'Foreign Minister'
    >>> role_of("Minister Delegate to the Minister of Foreign Affairs")
    ''
    """
    if _LESSER.search(title):
        return ""
    if not re.search(
        r"(?i)minister|secretary|chief, federal|chief of the federal|exchequer", title
    ):
        return ""
    for pattern, never, role in _POSTS:
        if re.search(pattern, title) and not re.search(never, title):
            return role
    return ""


def by_hand() -> list[Row]:
    """Return who is told in corrections/officials.csv."""
    return [
        Row(
            name=r["name"],
            role=r["role"],
            of=r["of"],
            start=r["from"],
            end=r["to"],
            id=r["id"],
            aliases=tuple(a for a in r["aliases"].split("|") if a),
            open=not r["to"],
        )
        for r in read(HERE / "corrections" / "officials.csv")
    ]


def state_name(name: str, names: dict[str, str]) -> str:
    """Return the label of a state that the CIA writes in its own way: "Korea, South"."""
    fixed = {"Holy See (Vatican City)": "Vatican City", "Gambia, The": "Gambia"}
    if re.search(r", ", name):
        tail, _, head = name.partition(", ")
        name = names.get(f"{head} {tail}") or names.get(tail) or name
    name = {
        "Congo, Democratic Republic of the": "Democratic Republic of the Congo",
        "Congo, Republic of the": "Republic of the Congo",
        "Bahamas, The": "The Bahamas",
    }.get(name, name)
    return names.get(fixed.get(name, name)) or names.get(name.replace("The ", "")) or ""


# whom the editions have in the wrong country
_WRONG = {("Guatemala", "Catalina Crespo Sancho")}


def cia(table: list[dict[str, str]], names: dict[str, str]) -> list[Row]:
    """Return the posts of the two editions, each from the day on which its page was right."""
    rows: list[Row] = []
    for entry in table:
        of = state_name(entry["country"], names)
        role = _cia_role(entry)
        if not of or not role:
            continue
        if re.search(r"(?i)vacant|council|\bTBD\b|^\W*$", entry["name"]):
            continue
        if (of, entry["name"]) in _WRONG:
            continue
        name = re.sub(r"\(.*?\)", "", entry["name_cia"]).replace("’", "'").strip()
        label, aliases = readable(name)
        if " " not in label and role in FULL_NAME:
            continue
        new = entry["edition"] != EDITION
        day = (entry["last_updated"] or TODAY) if new else EDITION
        rows.append(
            Row(
                name=label,
                role=role,
                of=of,
                start=day,
                end="" if new else EDITION,
                id=_id(entry["person_qid"]),
                aliases=tuple(aliases),
                romanized=True,
                open=new,
            )
        )
    # one holder a post and edition, the plainest title's (it stands first in the page)
    once: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        many = row.role.startswith(("Vice", "Deputy"))
        once.setdefault((row.of, row.role + (row.name if many else ""), row.start), row)
    return list(once.values())


def _cia_role(entry: dict[str, str]) -> str:
    title, portfolio = entry["title"], entry["portfolio"]
    if portfolio.startswith("deputy"):
        return ""
    if portfolio == "head_of_government":
        wanted = re.fullmatch(r"(?:Prime Minister|Premier)(?:,.*|;.*| and.*)?", title)
        return "Prime Minister" if wanted else ""
    if portfolio == "head_of_state":
        if title == "Governor General":
            return title
        return (
            "President" if title in ("President", "President of the Republic") else ""
        )
    if portfolio in ("foreign", "defence", "interior", "finance_economy"):
        return role_of(title)
    if portfolio == "security_intelligence":
        if re.search(r"National Security Advis[eo]r", title):
            return "National Security Adviser"
        if re.search(r"(?i)intelligence", title) and re.match(
            r"(?:Director|Chief|Head|Chairman|President|Secretary)", title
        ):
            return "Intelligence Chief"
        return ""
    if portfolio == "central_bank":
        lead = re.match(r"(?:Governor|Chairman|Chair|President|Chairwoman)\b", title)
        return "Central Bank Governor" if lead and "Deputy" not in title else ""
    if portfolio == "ambassador_us":
        return "Ambassador to the United States"
    if portfolio == "un_representative":
        return "Permanent Representative to the United Nations"
    if re.fullmatch(r"(?:First |Executive )?Vice President", title):
        return "Vice President"
    return "Deputy Prime Minister" if title == "Deputy Prime Minister" else ""


_HEADS = (
    "President",
    "Prime Minister",
    "Premier",
    "Chancellor",
    "Sultan",
    "King",
    "Emir",
)


def stale(
    snapshots: list[Row], hand: list[Row], shipped: list[dict[str, str]]
) -> list[Row]:
    """Return the rows, those of a government that is no more ended on the day of its page.

    The page of a state may be older than its present government: of its ministers it is sure
    to that day only.
    """
    heads: dict[str, list[str]] = defaultdict(list)
    for r in shipped:
        if not r["to"] and r["role"] in _HEADS:
            heads[r["of"]] += [r["name"], *r["aliases"].split("|")]
    for row in hand:
        if row.open:
            heads[row.of] += [row.name, *row.aliases]
    old = set()
    for row in snapshots:
        others = [name for name in heads[row.of] if name]
        if not row.open or row.role != "Prime Minister" or not others:
            continue
        if max(alike(row.name, name) for name in others) < 0.6:
            what = f"the page of {row.start} is of a government that is no more"
            print(f"{row.of}: {what}", file=sys.stderr)
            old.add(row.of)
    kept = []
    for row in snapshots:
        if row.role in ("Prime Minister", "President"):
            continue  # leaders.csv and the corrections have them
        if row.of in old and row.open:
            row = replace(row, end=row.start, open=False)
        kept.append(row)
    return kept


def wikidata(table: list[dict[str, str]], names: dict[str, str]) -> list[Row]:
    """Return chief ministers and chiefs of forces since 2001; open terms end with the table."""
    rows = []
    for entry in table:
        title = entry["position"]
        of = state_name(entry["jurisdiction"], names)
        role = "Military Chief" if _CHIEFS.fullmatch(title) else role_of(title)
        name = person(entry["person"])
        if not of or not role or not entry["start"] or len(unaccented(name)) < 3:
            continue
        if title.startswith(("Secretary", "State")) and of in ("Hong Kong",):
            continue
        end = entry["end"] or entry["repo_date"][:7]
        if end < "2001" or end < entry["start"]:
            continue
        rows.append(
            Row(
                name=name,
                role=role,
                of=of,
                start=entry["start"],
                end=end,
                id=_id(entry["person_qid"]),
                open=not entry["end"],
            )
        )
    followed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        followed[row.of, row.role].append(row)
    made = []
    for line in followed.values():
        for row in line:
            later = [r.start for r in line if r.start > row.start]
            if row.open and later:
                row = replace(row, end=min(later), open=False)
            made.append(row)
    return made


_BRITISH = {
    "Chancellor of the Exchequer": "Finance Minister",
    "Secretary of State for Defence": "Defence Secretary",
    "Secretary of State for the Home Department": "Home Secretary",
    "Attorney General": "Attorney General",
    "Deputy Prime Minister": "Deputy Prime Minister",
}


def british(table: list[dict[str, str]]) -> list[Row]:
    """Return the secretaries of state of the United Kingdom."""
    rows = []
    for entry in table:
        title = entry["post"]
        role = _BRITISH.get(title, "")
        if re.match(r"Secretary of State for (?:the )?Foreign", title):
            role = "Foreign Secretary"
        elif not role and entry["rank"] == "SoS" and entry["start"] > "1997":
            field = re.sub(r"^Secretary of State for (?:the )?", "", title)
            role = (
                f"{field} Secretary"
                if re.fullmatch(r"\w+|Northern Ireland", field)
                else ""
            )
        if not role or entry["end"] and entry["end"] < "1990":
            continue
        name = person(entry["person"])
        if re.match(r"(?:Lord|Baroness|Viscount|Earl) ", name):
            continue
        rows.append(
            Row(
                name=name,
                role=role,
                of="United Kingdom",
                start=entry["start"],
                end=entry["end"],
                open=not entry["end"],
            )
        )
    return rows


def ambassadors(table: list[dict[str, str]], names: dict[str, str]) -> list[Row]:
    """Return the ambassadors to and of the United States, without those in charge meanwhile."""
    rows = []
    for entry in table:
        of = state_name(entry["country"], names)
        if not of or not re.match(r"Ambassador", entry["title"]):
            continue
        label, aliases = readable(entry["name_cia"].replace("’", "'"))
        mine = entry["post"] == "ambassador to the United States"
        day = _day(entry["since"])
        if not day or " " not in label:
            continue
        rows.append(
            Row(
                name=label,
                role="Ambassador to the United States"
                if mine
                else f"Ambassador to {of}",
                of=of if mine else "United States",
                start=day,
                end="",
                aliases=tuple(aliases),
                romanized=True,
                open=True,
            )
        )
    return rows


def _id(qid: str) -> str:
    return f"wd:{qid}" if qid else ""


def _day(text: str) -> str:
    for form, width in (("%d %B %Y", 10), ("%B %Y", 7), ("%Y", 4)):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()[:width]
        except ValueError:
            continue
    return ""


def legislators(table: list[dict[str, str]]) -> list[Row]:
    """Return the members of Congress for the terms to which they were elected."""
    rows = []
    for entry in table:
        name = re.sub(r",? (?:Jr\.|Sr\.|III|II|IV)$", "", entry["name"])
        plain = re.sub(r"(?<=\w) (?:[A-Z]\.|\"\w+\")(?= )", "", name)
        rows.append(
            Row(
                name=plain,
                role="Senator"
                if entry["chamber"].lower().startswith("sen")
                else "Representative",
                of="United States",
                start=entry["term_start"],
                end=entry["term_end"],
                id=_id(entry["qid"]),
                aliases=(name,) if name != plain else (),
            )
        )
    return rows


def same_post(role: str) -> str:
    """Return the one name of a post that is called otherwise here and there."""
    return SAME.get(role, role)
