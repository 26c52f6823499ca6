"""Who among the officials is who: one label, id and set of spellings a person."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from leader_names import alike, parts
from leader_tables import HERE, SHIPPED, Row, folded, read
from official_tables import same_post

# whose nearest name in the tables is somebody else's
_APART = frozenset(
    {
        "Mohamed Sheikh Hassan",
        "Abdullahi Haji Hassan Mohamed Nuur",
        "Abdirashid Abdullahi Mohamed Ocha",
        "António Costa Silva",
        "Mindaugas Sinkevičius",
        "Ali bin Khalifa bin Salman Al Khalifa",
        "Khalid bin Abdallah Al Khalifa",
        "Abd al-Aziz al-Wasil",
        "Sein Win",
        "Igor Petrishenko",
        "Hamdan bin Muhammad bin Rashid Al Maktum",
        "Christodoulos Patsalidis",
    }
)


@dataclass(eq=False)
class Person:
    """A person with the spellings of the name and the posts held."""

    name: str
    id: str = ""
    shipped: bool = False
    forms: dict[str, None] = field(default_factory=dict)
    posts: list[Row] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    given: bool = False

    @property
    def key(self) -> str:
        """Return what the person's rows go by."""
        return self.id or folded(self.name)


class Register:
    """The people of leaders.csv and of the tables, by state."""

    def __init__(self, shipped: list[dict[str, str]]) -> None:
        """Enter the people of leaders.csv."""
        self.by_state: dict[str, list[Person]] = defaultdict(list)
        self.by_id: dict[str, Person] = {}
        self.learned: dict[str, dict[str, str]] = defaultdict(dict)
        self.forms: dict[str, str] = {}
        self.known: set[str] = set()
        self.usual = {r["written"]: r for r in read(HERE / "corrections" / "usual.csv")}
        people: dict[str, Person] = {}
        for r in shipped:
            person = people.setdefault(
                r["id"] or folded(r["name"]),
                Person(name=r["name"], id=r["id"], shipped=True),
            )
            person.forms |= dict.fromkeys(
                [r["name"], *filter(None, r["aliases"].split("|"))]
            )
            person.posts.append(
                Row(
                    name=r["name"],
                    role=r["role"],
                    of=r["of"],
                    start=r["from"],
                    end=r["to"],
                )
            )
            self._enter(person, r["of"])

    def _enter(self, person: Person, state: str) -> None:
        if state not in person.states:
            person.states.add(state)
            self.by_state[state].append(person)
        if person.id:
            self.by_id[person.id] = person
        for form in person.forms:
            if " " in form and person.shipped:
                self.forms.setdefault(folded(form), person.key)

    def learn(self, told: Iterable[tuple[str, str, str]]) -> None:
        """Remember ids by state and name."""
        for state, name, id in told:
            if state and id not in self.by_id:
                self.learned[state].setdefault(name, id)

    def place_all(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows with the label and id that their holders have in the end."""
        placed = [(self._person(row), row) for row in rows]
        return [
            replace(
                row,
                name=p.name,
                id=p.id,
                aliases=tuple(f for f in p.forms if f != p.name),
            )
            if not p.shipped
            else replace(row, name=p.name, id=p.id, aliases=row.aliases)
            for p, row in placed
            if p is not None
        ]

    def _person(self, row: Row) -> Person | None:
        spelled = [row.name, *row.aliases]
        for form in spelled:
            if (usual := self.usual.get(form)) and usual["state"] == row.of:
                spelled = list(dict.fromkeys([usual["name"], *spelled]))
                row = replace(row, id=usual["id"] or row.id)
                break
        person = self.by_id.get(row.id) if row.id else None
        person = person or self._near(spelled, row)
        if person is None:
            person = Person(
                name=spelled[0],
                id=row.id or self._learned(spelled, row.of),
            )
            if person.id in self.by_id:
                person = self.by_id[person.id]
        elif row.id and not person.id:
            person.id, person.given = row.id, True
        person.forms |= dict.fromkeys(spelled)
        person.posts.append(row)
        self._enter(person, row.of)
        return person

    def _learned(self, spelled: list[str], state: str) -> str:
        local = self.learned.get(state, {})
        for form in spelled:
            if form in local:
                return local[form]
        near = max(local, key=lambda n: _likeness(n, spelled[0]), default="")
        if (
            near
            and _likeness(near, spelled[0]) >= 0.95
            and _given(near, spelled[0]) > 0.6
        ):
            return local[near]
        return ""

    def _near(self, spelled: list[str], row: Row) -> Person | None:
        local = self.by_state[row.of]
        wanted = {folded(s) for s in spelled if " " in s or s == spelled[0]}
        for person in local:
            if row.id and person.id and row.id != person.id:
                continue
            if not wanted.isdisjoint(
                folded(f) for f in person.forms if " " in f or f == person.name
            ):
                return person
        best, likeness, why = None, 0.0, ""
        for person in () if row.name in _APART else local:
            if row.id and person.id and row.id != person.id and not person.shipped:
                continue
            for form in person.forms:
                if " " not in form and form != person.name:
                    continue
                found = _likeness(form, spelled[0])
                like = found > likeness and found >= self._least(person, row)
                if like and _given(form, spelled[0]) > 0.5:
                    best, likeness, why = person, found, form
        if best and likeness < 0.97:
            print(
                f"{row.of}: {spelled[0]} = {best.name} [{why}] {likeness:.2f}",
                file=sys.stderr,
            )
        return best

    def _least(self, person: Person, row: Row) -> float:
        """Return how alike the names must be: less where the post and the day are the same."""
        least = 0.93
        for held in person.posts:
            if same_post(held.role) == same_post(row.role) and held.of == row.of:
                if held.start <= row.start <= (held.end or "9") + "~":
                    return 0.72 if row.romanized else 0.85
                if abs(int(held.start[:4]) - int(row.start[:4])) < 8:
                    least = 0.88
        return least

    def identified(self) -> list[Row]:
        """Return a row without a post for each one of leaders.csv whose id the tables tell."""
        made = []
        for state, people in self.by_state.items():
            for p in people:
                id = self._learned([p.name], state) if p.shipped and not p.id else ""
                if id and id not in self.by_id:
                    p.id, p.given = id, True
                    self.by_id[id] = p
                if p.shipped and p.given:
                    made.append(
                        Row(name=p.name, role="", of=state, start="", end="", id=p.id)
                    )
        return list({row.id: row for row in made}.values())

    def is_shipped(self, name: str, id: str) -> bool:
        """Tell whether leaders.csv has a person."""
        if id in self.by_id:
            return self.by_id[id].shipped
        if not self.known:
            self.known = {folded(p.name) for p in self.people() if p.shipped}
        return folded(name) in self.known

    def people(self) -> list[Person]:
        """Return everyone once."""
        return list(
            dict.fromkeys(p for people in self.by_state.values() for p in people)
        )

    def rulers(self) -> dict[tuple[str, str], set[str]]:
        """Return who of leaders.csv is called by a word of the name, by state and word."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for p in self.people():
            if p.shipped and any((post.end or "9") > "1995" for post in p.posts):
                words = folded(p.name).split()
                for state in p.states:
                    for word in {
                        words[0],
                        words[-1],
                        *(folded(f) for f in p.forms if " " not in f),
                    }:
                        found[state, word].add(p.name)
        return found


def _likeness(one: str, other: str) -> float:
    a, b = _pairs(one), _pairs(other)
    if len(a & b) < 0.3 * min(len(a), len(b)):
        return 0.0
    return alike(one, other)


@cache
def _pairs(name: str) -> frozenset[str]:
    text = "".join(parts(name))
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _given(one: str, other: str) -> float:
    return max(alike(word, mine) for word in one.split() for mine in other.split()[:1])


class Common:
    """How often the words of names are anybody's first and last."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Count the words of the people's names."""
        people = list(people)
        self.first = Counter(folded(p.name).split()[0] for p in people)
        self.last = Counter(folded(p.name).split()[-1] for p in people)
        told = (HERE / "corrections" / "families.txt").read_text(encoding="utf-8")
        # anybody's where the given name is a common one too
        self.families = {f.lower() for f in told.split()}
        given = (SHIPPED / "given_names.txt").read_text(encoding="utf-8").split()
        common = (
            (SHIPPED.parent / "text" / "common.txt").read_text(encoding="utf-8").split()
        )
        self.words = {folded(w) for w in (*given, *common)} | self.families

    def word(self, name: str) -> bool:
        """Tell whether a family name alone says nothing: a given name, a common or an English word."""
        return name in self.words or self.first[name] >= 5 or len(name) < 3

    def anybodys(self, name: str) -> bool:
        """Tell whether many people have a name: a common given and a common family name."""
        words = folded(name).split()
        if len(words) != 2:
            return False
        given, family = words
        if family in self.families and self.first[given] >= 5:
            return True
        if given in self.families and family in self.families:
            return True
        return self.first[given] >= 15 and self.last[family] >= 8

    def shortened(self, name: str, row: Row) -> list[str]:
        """Return a name of three words without the middle one, where it is still a rare one."""
        words = name.split()
        if len(words) != 3 or not row.romanized:
            return []
        if re.search(
            r"(?i)^(?:al|el|bin|ibn|de|da|dos|van|von|del|la|abd|abu|ould|san)$|^(?:al|el)-",
            words[1],
        ):
            return []
        if re.match(r"(?i)(?:abd|abu|ould|saint)$", words[0]):
            return []
        short = f"{words[0]} {words[-1]}"
        many = self.first[folded(words[0])] >= 8 and self.last[folded(words[-1])] >= 3
        return [] if many or folded(words[-1]) in self.families else [short]
