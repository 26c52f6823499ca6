"""Compile ``kgbuild/resources/knowledge/leaders_officials.csv``: ministers and others to 2026.

Usage: python tools/build_officials.py TABLES
TABLES holds leaders/*.csv. leaders.csv must stand already: what it says of a post goes
before the tables; a row of this table of a known term gives that term another end.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from leader_people import variants
from leader_tables import SHIPPED, Row, country_names, folded, read
from official_people import Common, Register
from official_tables import (
    FULL_NAME,
    ambassadors,
    british,
    by_hand,
    cia,
    legislators,
    stale,
    wikidata,
)
from official_terms import joined

COLUMNS = ("id", "name", "type", "kind", "aliases", "role", "of", "from", "to")


def main(tables: Path) -> None:
    """Write the table and say on standard error what wants a look."""
    names = country_names(read(SHIPPED / "countries.csv"))
    leaders = tables / "leaders"
    shipped = read(SHIPPED / "leaders.csv")
    register = Register(shipped)
    hand = by_hand()
    snapshots = cia(read(leaders / "cia_world_leaders_2019_2026.csv"), names)
    table = read(leaders / "ministers_wikidata_more_states_to_2022.csv")
    rows = hand + british(read(leaders / "uk_ministers_1979_2026.csv"))
    rows += wikidata(table, names)
    rows += ambassadors(read(leaders / "ambassadors_us_cia_2026.csv"), names)
    rows += stale(snapshots, hand, shipped)
    rows += legislators(read(leaders / "us_legislators_2026.csv"))
    heads = read(leaders / "heads_qid_2026_05.csv")
    register.learn(
        (names.get(f"wd:{h['country_qid']}", ""), h["name"], f"wd:{h['person_qid']}")
        for h in heads
        if h["person_qid"]
    )
    register.learn(
        (names.get(t["jurisdiction"], ""), t["person"], f"wd:{t['person_qid']}")
        for t in table
        if t["person_qid"]
    )
    told = {key for row in hand for key in (row.id, folded(row.name))}
    write(joined(register.place_all(rows), shipped), register, told)


def write(rows: list[Row], register: Register, hand: set[str]) -> None:
    """Write the rows of each person together, kind and spellings on the first."""
    persons: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        persons[row.id or folded(row.name)].append(row)
    for row in register.identified():
        persons.setdefault(row.id, []).append(row)
    ordered = sorted(persons.items(), key=lambda p: (p[1][0].of, p[1][0].name))
    writer = _Writer(register, hand)
    lines = [line for key, terms in ordered for line in writer.lines(key, terms)]
    path = SHIPPED / "leaders_officials.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(lines)


class _Writer:
    """Makes the lines of one person after another, no spelling given to two."""

    def __init__(self, register: Register, hand: set[str]) -> None:
        self.register = register
        self.hand = hand
        self.counts = Common(register.people())
        self.rulers = register.rulers()
        self.taken = dict(register.forms)

    def lines(self, key: str, terms: list[Row]) -> Iterator[tuple[str, ...]]:
        """Yield a person's lines; none where the name is somebody else's or anybody's."""
        name, counts = terms[0].name, self.counts
        new = not self.register.is_shipped(name, terms[0].id)
        if new and self.taken.setdefault(folded(name), key) != key:
            print(f"namesake left out: {name} ({terms[0].of})", file=sys.stderr)
            return
        if new and counts.anybodys(name):
            longer = [a for a in terms[0].aliases if len(a.split()) > 2]
            name = longer[0] if longer else name
        if new and counts.anybodys(name) and key not in self.hand:
            print(f"anybody's name left out: {name} ({terms[0].of})", file=sys.stderr)
            return
        said_alone = not counts.word(folded(name).split()[-1])
        if not new and not said_alone:
            # "Hunt" is no more Jeremy Hunt because he had a lesser post on the day, too
            terms = [t for t in terms if t.role not in FULL_NAME or not t.role]
        full = _by_full_name(terms, self.rulers) or not said_alone
        kind = "official" if new and full else ""
        aliases = "|".join(self._spelled(key, name, terms, new, bool(kind)))
        for n, row in enumerate(sorted(terms, key=lambda row: row.start)):
            first = ("", "") if n else (kind, aliases)
            if row.role or any(first) or row.id:
                of = row.of if row.role else ""
                yield (row.id, name, "Person", *first, row.role, of, row.start, row.end)

    def _spelled(
        self, key: str, name: str, terms: list[Row], new: bool, official: bool
    ) -> list[str]:
        """Return the other spellings that are this person's alone."""
        spelled = [a for row in terms for a in row.aliases]
        if new:
            spelled += variants(name, {row.of for row in terms})
            spelled += self.counts.shortened(name, terms[0])
        return [
            a
            for a in dict.fromkeys(spelled)
            if a != name
            and " of " not in a
            and not _SON_OF.fullmatch(a)
            and not self.counts.anybodys(a)
            and (" " in a or new and not official and not self.counts.word(folded(a)))
            and self.taken.setdefault(folded(a), key) == key
        ]


# no name but the half of one
_SON_OF = re.compile(r"Abd(?:ul|al|el)?[ -](?:[ae]l-)?\w+")


def _by_full_name(terms: list[Row], rulers: dict[tuple[str, str], set[str]]) -> bool:
    """Tell whether a surname alone is not this person's: he holds a lesser post, or it is a ruler's."""
    if all(
        row.role in FULL_NAME or row.role.startswith("Ambassador to") for row in terms
    ):
        return True
    last = folded(terms[0].name).split()[-1]
    first = folded(terms[0].name).split()[0]
    return any(
        rulers.get((row.of, word), set()) - {terms[0].name}
        for row in terms
        for word in (last, first)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
