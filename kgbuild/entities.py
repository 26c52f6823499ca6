"""Entities: who and what the mentions of one document are.

A :class:`Cast` lists who takes part: every token that stands for somebody, by name, post,
institution, pronoun or "the country", carries a :class:`Reference` to an entity. Words that
could be two are left alone and said so in ``Cast.abstained``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from kgbuild.clauses import Clauses
from kgbuild.gazetteer import Gazetteer, Mention, plain
from kgbuild.knowledge import Name, Term
from kgbuild.lexicon import Lexicon
from kgbuild.model import Document, Entity
from kgbuild.speech import Quote, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Tokens ``start:end`` stand for the entity ``id``; ``how`` says by what means."""

    id: str
    start: int
    end: int
    how: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post told of or known: ``person`` stands in ``relation`` to ``of``, as ``role``."""

    person: str
    relation: str
    of: str
    role: str
    start: int
    end: int
    name: tuple[int, int]
    owner: tuple[int, int]
    told: bool = True


@dataclass(slots=True, kw_only=True)
class Cast:
    """Who takes part in one document; filled by the functions of this and the next modules."""

    doc: Doc
    document: Document
    gazetteer: Gazetteer
    lexicon: Lexicon
    clauses: Clauses
    quotes: list[Quote]
    mentions: list[Mention]
    sentences: list[Span]
    number: list[int]
    at: dict[int, tuple[Reference, ...]] = field(default_factory=dict)
    known: dict[str, Entity] = field(default_factory=dict)
    spellings: dict[str, dict[str, None]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    post_spans: list[tuple[int, int]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    headlined: dict[str, str] = field(default_factory=dict)
    issuer: str | None = None
    about_arms: bool = False
    abstained: list[tuple[int, int, str]] = field(default_factory=list)

    def sentence(self, index: int) -> Span:
        """Return the sentence of a token; spaCy's own look-up reads the whole text each time."""
        return self.sentences[self.number[index]]

    def type_of(self, entity: str) -> str:
        """Return the type of an entity of the cast."""
        return self.known[entity].type

    def refer(
        self,
        start: int,
        end: int,
        head: int,
        entity: str,
        how: str,
        confidence: float = 1.0,
    ) -> None:
        """Let the tokens stand for an entity; ``head`` and the span's own tokens carry it."""
        reference = Reference(
            id=entity, start=start, end=end, how=how, confidence=confidence
        )
        for i in {head, *range(start, end)}:
            self.at.setdefault(i, (reference,))
        if how not in ("pronoun", "anaphor", "adjective"):
            self.spellings.setdefault(entity, {})[plain(self.doc[start:end].text)] = (
                None
            )

    def add(self, entity: Entity) -> str:
        """Make an entity known to the cast; the first label and type stay."""
        self.known.setdefault(entity.id, entity)
        return entity.id

    def add_known(self, id: str) -> str:
        """Make a name of the knowledge known to the cast, unless it is already."""
        if id in self.known:
            return id
        name = self.gazetteer.knowledge.names[id]
        return self.add(Entity(id=id, label=name.label, type=name.type))


def slug(text: str) -> str:
    """Return a name as a part of an id.

    >>> slug("Łódź & Co.")
    'lodz-co'
    """
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode(
        "ascii", "ignore"
    )
    return re.sub(r"[^a-z0-9]+", "-", folded.decode().lower()).strip("-")


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "ı": "i"}
)


# organs whose acts are their state's
STATE = frozenset(
    {
        "ministry",
        "agency",
        "parliament",
        "government",
        "foreign ministry",
        "defense ministry",
        "army",
        "armed forces",
        "navy",
        "air force",
        "legislature",
        "office",
    }
)


def coined(type_: str, label: str) -> Entity:
    """Return an entity that the knowledge does not know, by its label.

    >>> coined("Organization", "Bank Sputnik").id
    'organization/bank-sputnik'
    """
    return Entity(
        id=f"{type_.lower()}/{slug(label) or 'unnamed'}", label=label, type=type_
    )


def issuer(document: Document, gazetteer: Gazetteer) -> str | None:
    """Return the country whose organ published a document: "we" in it is that country."""
    names = gazetteer.knowledge.names
    text = plain(document.source)
    if not text:
        return gazetteer.knowledge.publisher(document.url)
    found: list[tuple[int, str]] = []
    words = [m.span() for m in re.finditer(r"\w+", text)]
    for n, (start, _) in enumerate(words):
        for _, end in words[n : n + 9]:
            for form in (text[start:end], text[start : end + 1].rstrip()):
                readings = gazetteer.readings.get(form, ())
                name = names[readings[0][0]] if readings else None
                if name is None:
                    continue
                if name.type == "Country":
                    found.append((start, name.id))
                elif (
                    name.type == "Organization"
                    and name.kind in _ORGANS
                    and name.of in names
                ):
                    found.append((start, name.of))
    return min(found)[1] if found else None


_ORGANS = frozenset(
    {
        "ministry",
        "agency",
        "government",
        "foreign ministry",
        "defense ministry",
        "army",
        "armed forces",
        "parliament",
        "central bank",
    }
)


# -- people -----------------------------------------------------------------------


def holds(term: Term, day: str) -> bool:
    """Tell whether a term of office covers a day."""
    return (not term.start or term.start <= day) and (
        not term.end or day <= term.end + "~"
    )


def leads(lexicon: Lexicon, term: Term) -> bool:
    """Tell whether a term of office is that of a country's leader."""
    posts = lexicon.posts.get(term.role.lower(), ())
    return any(
        "Country" in p.scope and not p.official or p.scope == ("Country",)
        for p in posts
    )


def states_named(made: Cast) -> set[str]:
    """Return the states that a text names, by themselves, a seat, an organ or who is in office."""
    names, day = made.gazetteer.knowledge.names, made.document.date
    found = {made.issuer} if made.issuer else set()
    for mention in made.mentions:
        owners = {i if names[i].type == "Country" else names[i].of for i in mention.ids}
        if len(owners) == 1:
            found |= owners
        if len(mention.ids) == 1:
            terms = names[mention.ids[0]].terms
            found |= {t.of for t in terms if not day or holds(t, day)}
    return found - {""}


def finished(made: Cast, entity: str, words: Mapping[str, dict[str, None]]) -> Entity:
    """Return an entity with the other names that the text uses for it."""
    known = made.known[entity]
    aliases = {w for w in words.get(entity, {}) if w and w != known.label}
    return Entity(
        id=known.id, label=known.label, type=known.type, aliases=tuple(sorted(aliases))
    )


def name_of(made: Cast, entity: str) -> Name | None:
    """Return what the knowledge has of an entity."""
    return made.gazetteer.knowledge.names.get(entity)


def country_of(made: Cast, person: str) -> str | None:
    """Return the country that a person acts for: by the text's posts, else by what is known."""
    for post in made.posts:
        if post.person == person and made.type_of(post.of) == "Country":
            return post.of
    name, day = name_of(made, person), made.document.date
    if name is None:
        return None
    names = made.gazetteer.knowledge.names
    terms = [t for t in name.terms if t.of in names and names[t.of].type == "Country"]
    if day is not None:
        terms = [t for t in terms if holds(t, day)] or terms
    countries = list(dict.fromkeys(t.of for t in terms))
    return made.add_known(countries[0]) if len(countries) == 1 else None


def point(
    made: Cast,
    start: int,
    end: int,
    head: int,
    ids: Iterable[str],
    how: str,
    confidence: float,
) -> None:
    """Let tokens stand for those they point back to, where nothing else claims them."""
    references = tuple(
        Reference(id=i, start=start, end=end, how=how, confidence=confidence)
        for i in ids
    )
    for i in {head, *range(start, end)}:
        if i not in made.at or made.at[i][0].how == "class":
            made.at[i] = references


def refs(made: Cast, i: int, types: tuple[str, ...]) -> list[str]:
    """Return the ids that a token stands for, of some types, adjectives aside."""
    return [
        r.id
        for r in made.at.get(i, ())
        if made.type_of(r.id) in types and r.how != "adjective"
    ]
