"""The cast of one article: its entities, and for each mention those that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kgbuild.entities.forms import stripped, untitled, words
from kgbuild.entities.links import Setting
from kgbuild.knowledge.gazetteer import Gazetteer, plain
from kgbuild.knowledge.names import NUMERAL, slug
from kgbuild.knowledge.posts import covering
from kgbuild.model import Document, Entity
from kgbuild.reader.readings import Mention

SURE = 0.5  # the chance above which two mentions of a window are taken as one


@dataclass(slots=True, kw_only=True)
class Cast:
    """Entities by id, and for each mention of each window the ids that it stands for."""

    document: Document
    gazetteer: Gazetteer
    where: Setting
    issuer: str | None = None
    known: dict[str, Entity] = field(default_factory=dict)
    spellings: dict[str, dict[str, None]] = field(default_factory=dict)
    ids: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    chances: dict[tuple[int, int], float] = field(default_factory=dict)

    def words(self, mention: Mention) -> str:
        """Return a mention's words."""
        return plain(self.document.text[mention.start : mention.end])

    def name(self, mention: Mention) -> str:
        """Return a mention's words as a name: without article, titles, marks at the edges."""
        form = stripped(self.words(mention))
        return untitled(form) if mention.type == "Person" else form

    def entity(self, id: str) -> Entity:
        """Return an entity with the other names that the text uses for it."""
        known = self.known[id]
        aliases = {a for a in self.spellings.get(id, {}) if a != known.label}
        return Entity(
            id=id, label=known.label, type=known.type, aliases=tuple(sorted(aliases))
        )

    def add(self, id: str) -> str:
        """Make a name of the knowledge known to the cast."""
        name = self.gazetteer.knowledge.names[id]
        self.known.setdefault(id, Entity(id=id, label=name.label, type=name.type))
        return id

    def coin(self, type_: str, label: str) -> str:
        """Make an entity that the knowledge does not have, by its label."""
        id = f"{type_.lower()}/{slug(label) or 'unnamed'}"
        self.known.setdefault(id, Entity(id=id, label=label, type=type_))
        return id

    def state_of(self, id: str) -> str | None:
        """Return the state that a person or body acts for: as is known of the day."""
        name = self.gazetteer.knowledge.names.get(id)
        if name is None:
            return None
        if name.type == "Organization":
            return self.add(name.of) if name.of and self._is_state(name.of) else None
        terms = covering(name, self.where.day) or list(name.terms)
        states = dict.fromkeys(t.of for t in terms if self._is_state(t.of))
        return self.add(next(iter(states))) if len(states) == 1 else None

    def _is_state(self, id: str) -> bool:
        names = self.gazetteer.knowledge.names
        return id in names and names[id].type == "Country"


def label(type_: str, form: str) -> str:
    """Return a name as a label: of weapons one, not several; of people not in capitals.

    >>> [label("Weapon", w) for w in ("tanks", "torches", "chassis", "Scorpius", "F-35s")]
    ['tank', 'torch', 'chassis', 'Scorpius', 'F-35s']
    >>> label("Person", "Jane J. ROE-POE III"), label("Person", "JFK")
    ('Jane J. Roe-Poe III', 'JFK')
    """
    if type_ == "Person" and " " in form:
        return " ".join(_in_small(word) for word in form.split())
    if type_ != "Weapon" or len(form) <= 4:
        return form
    return re.sub(r"(?<=ch|sh|ss)es$|(?<=[a-hj-rtv-z])s$", "", form)


def _in_small(word: str) -> str:
    """Return a word of a person's name that stands in capitals in the usual letters."""
    if len(word) < 3 or not word.isupper() or "." in word or NUMERAL.fullmatch(word):
        return word
    return word.title()


def publisher(document: Document, gazetteer: Gazetteer) -> str | None:
    """Return the state whose organ published a document: "we" in it is that state.

    >>> from kgbuild.knowledge.gazetteer import make_gazetteer
    >>> from kgbuild.knowledge.names import load_knowledge
    >>> names = make_gazetteer(load_knowledge())
    >>> publisher(Document(id="a", text="", source="U.S. Department of State"), names)
    'wd:Q30'
    """
    names = gazetteer.knowledge.names
    for match in gazetteer.matches(document.source):
        for reading in match.readings:
            if reading.type == "Country":
                return reading.id
            name = names[reading.id]
            if (
                reading.type == "Organization"
                and name.kind in words().organs
                and name.of in names
            ):
                return name.of
    return gazetteer.knowledge.publisher(document.url)
