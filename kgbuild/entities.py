"""Entities: who and what the mentions of one document are.

:func:`cast` makes the list of who takes part: every token that stands for somebody, by name,
post, institution, pronoun or "the country", carries a :class:`Reference` to an entity. Words
that could be two are left alone and said so in ``Cast.abstained``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kgbuild.knowledge import Name, Term
from kgbuild.lexicon import Lexicon
from kgbuild.mentions import (
    ADJECTIVE,
    CLASS,
    DESIGNATION,
    NAME,
    RECOGNIZED,
    SEAT,
    Gazetteer,
    Mention,
    find_mentions,
    plain,
)
from kgbuild.model import Document, Entity
from kgbuild.propositions import Clauses
from kgbuild.speech import Quote, quotes


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
    issuer: str | None = None
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


def cast(document: Document, doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon) -> Cast:
    """Return the cast of a document by the names in it; posts and pronouns come after."""
    sentences = list(doc.sents)
    number = [n for n, sentence in enumerate(sentences) for _ in sentence]
    made = Cast(
        doc=doc,
        sentences=sentences,
        number=number,
        document=document,
        gazetteer=gazetteer,
        lexicon=lexicon,
        clauses=Clauses(doc, lexicon.cues["object_control"], lexicon.cues["papers"]),
        quotes=quotes(doc, sentences, number, lexicon.cues["reporting"]),
        mentions=find_mentions(
            doc, gazetteer, lexicon.acts, lexicon.institutions, lexicon.wholes
        ),
    )
    made.issuer = issuer(document, gazetteer)
    turns = {w for words in lexicon.directions.values() for w in words}
    made.mentions = [
        m
        for m in made.mentions
        if not (
            m.kind == RECOGNIZED
            and m.end - m.start == 1
            and doc[m.start].lower_ in turns
        )
    ]
    full = [m for m in made.mentions if m.type == "Person" and m.end - m.start > 1]
    for mention in full:
        _person(made, mention)
    surnames = _surnames(made)
    for mention in made.mentions:
        if mention.start in made.at:
            continue
        if mention.end - mention.start == 1 and _single(made, mention, surnames):
            continue
        if mention.type == "Person":
            _person(made, mention)
        else:
            _named(made, mention)
    covered = {i for m in made.mentions for i in range(m.start, m.end)}
    for token in doc:
        if token.pos_ == "PROPN" and token.i not in covered:
            _single(
                made,
                Mention(start=token.i, end=token.i + 1, kind=RECOGNIZED, type="Person"),
                surnames,
            )
    return made


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
    found: list[tuple[int, str]] = []
    for form, readings in gazetteer.readings.items():
        if (
            form
            and form in text
            and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        ):
            name = names[readings[0][0]]
            if name.type == "Country":
                found.append((text.index(form), name.id))
            elif (
                name.type == "Organization"
                and name.kind in _ORGANS
                and name.of in names
            ):
                found.append((text.index(form), name.of))
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


def _named(made: Cast, mention: Mention) -> None:
    doc, head = made.doc, made.doc[mention.start : mention.end].root.i
    if mention.kind == RECOGNIZED:
        label = plain(doc[mention.start : mention.end].text)
        if not _nameable(doc, mention):
            return
        made.refer(
            mention.start,
            mention.end,
            head,
            made.add(coined(mention.type, label)),
            RECOGNIZED,
        )
    elif mention.kind in (DESIGNATION, CLASS):
        if mention.ids:
            made.refer(
                mention.start,
                mention.end,
                head,
                made.add_known(mention.ids[0]),
                mention.kind,
            )
        else:
            label = plain(doc[mention.start : mention.end].text)
            made.refer(
                mention.start,
                mention.end,
                head,
                made.add(coined("Weapon", label)),
                mention.kind,
            )
    else:
        chosen = _choose(made, mention, doc[head])
        if chosen:
            made.refer(
                mention.start, mention.end, head, made.add_known(chosen), mention.kind
            )


def _nameable(doc: Doc, mention: Mention) -> bool:
    tokens = doc[mention.start : mention.end]
    if (
        mention.type == "Organization"
        and len(tokens) == 1
        and not tokens[0].text.isupper()
    ):
        return tokens[0].pos_ == "PROPN" and len(tokens[0]) > 2
    return any(t.pos_ == "PROPN" for t in tokens)


def _choose(made: Cast, mention: Mention, head: Token) -> str | None:
    """Pick one reading: the town where it is a place, the country where it acts."""
    names = made.gazetteer.knowledge.names
    ids = mention.ids
    if mention.kind in (NAME, SEAT):
        readings = made.gazetteer.readings.get(
            plain(made.doc[mention.start : mention.end].text), ()
        )
        seats = [i for i, k in readings if k == SEAT]
        places = [i for i, k in readings if k == NAME and names[i].type == "Place"]
        others = [i for i, k in readings if k == NAME and names[i].type != "Place"]
        if seats and not others:
            if places and is_location(head):
                return places[0]
            return (
                seats[0]
                if not is_location(head) or names[seats[0]].kind == "seat"
                else (
                    made.add(
                        coined(
                            "Place", plain(made.doc[mention.start : mention.end].text)
                        )
                    )
                    and None
                )
            )
        ids = (*others, *places, *seats)
    return ids[0] if ids else None


_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "across",
        "through",
        "inside",
        "throughout",
        "downtown",
        "off",
    }
)


def is_location(head: Token) -> bool:
    """Tell whether a name is only where something is: "in Tokyo", "Tokyo, Japan"."""
    if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        return True
    if head.dep_ == "conj":
        return is_location(head.head)
    return head.dep_ in ("npadvmod",) or any(
        c.dep_ == "appos" and c.ent_type_ == "GPE" for c in head.children
    )


# -- people -----------------------------------------------------------------------


def _person(made: Cast, mention: Mention) -> None:
    doc = made.doc
    start, end = mention.start, mention.end
    titles = made.lexicon.cues["titles"] | made.lexicon.posts.keys()
    while end - start > 1 and doc[start].lower_ in titles:
        start += 1
    if end - start == 1 and _single(
        made,
        Mention(start=start, end=end, kind=RECOGNIZED, type="Person"),
        _surnames(made),
    ):
        return
    text = plain(doc[start:end].text)
    if mention.kind == NAME and mention.ids and start == mention.start:
        entity = made.add_known(_in_office(made, mention.ids))
    elif readings := [
        i
        for i, _ in made.gazetteer.readings.get(text, ())
        if made.gazetteer.knowledge.names[i].type == "Person"
    ]:
        entity = made.add_known(_in_office(made, tuple(readings)))
    elif readings := made.gazetteer.readings.get(text, ()):
        entity = made.add_known(readings[0][0])
    else:
        if (
            doc[end - 1].pos_ not in ("PROPN", "NOUN", "X", "ADJ")
            or not text[:1].isupper()
        ):
            return
        entity = made.add(coined("Person", text))
    made.refer(start, end, doc[start:end].root.i, entity, NAME)


def _surnames(made: Cast) -> dict[str, list[str]]:
    """Return the single names that the document's people in full may go by."""
    found: dict[str, list[str]] = {}
    names = made.gazetteer.knowledge.names
    for reference in {r for refs in made.at.values() for r in refs}:
        entity = made.known[reference.id]
        if entity.type != "Person":
            continue
        spelled = made.doc[reference.start : reference.end].text.split()
        parts = {entity.label.split()[-1], spelled[-1]}
        if name := names.get(entity.id):
            parts |= {a for a in name.aliases if " " not in a}
            if name.family_first:
                parts |= {entity.label.split()[0], spelled[0]}
        elif len(spelled) == 3:
            parts.add(
                spelled[0]
            )  # Jong Yong Nam: which part is the family's is not told
        for part in parts:
            if entity.id not in found.setdefault(part, []):
                found[part].append(entity.id)
    return found


def _single(made: Cast, mention: Mention, surnames: Mapping[str, list[str]]) -> bool:
    """Resolve one word to a person: one of the document's, else one in office on its date."""
    token = made.doc[mention.start]
    text = plain(token.text)
    if (
        token.pos_ not in ("PROPN", "NOUN", "X", "ADJ", "VERB")
        or not text[:1].isupper()
    ):
        return False
    local = surnames.get(text, [])
    if len(local) == 1:
        made.refer(token.i, token.i + 1, token.i, local[0], NAME)
        return True
    if (
        mention.kind in (NAME, ADJECTIVE, SEAT, DESIGNATION, CLASS)
        and mention.type != "Person"
    ):
        return False
    candidates = local or list(made.gazetteer.singles.get(text, ()))
    if not candidates:
        return False
    titled = _titled(made, token)
    chosen = _leader(made, candidates, titled)
    if chosen:
        made.refer(
            token.i,
            token.i + 1,
            token.i,
            made.add_known(chosen),
            NAME,
            1.0 if titled else 0.8,
        )
        return True
    return False


def _titled(made: Cast, token: Token) -> bool:
    if token.i == 0:
        return False
    before = token.nbor(-1).lower_
    return (
        before in made.lexicon.posts
        or before in made.lexicon.cues["titles"]
        or before == "minister"
    )


def _leader(made: Cast, candidates: list[str], titled: bool) -> str | None:
    """Return the only one of several who is in office, leaders of countries first."""
    names, day = made.gazetteer.knowledge.names, made.document.date
    if day is None:
        return candidates[0] if len(candidates) == 1 else None
    office = [
        c
        for c in candidates
        if c in names and any(holds(t, day) for t in names[c].terms)
    ]
    if len(office) > 1:
        top = [
            c
            for c in office
            if any(holds(t, day) and leads(made.lexicon, t) for t in names[c].terms)
        ]
        office = top or office
    if len(office) == 1:
        return office[0]
    return candidates[0] if len(candidates) == 1 and titled else None


def _in_office(made: Cast, ids: tuple[str, ...]) -> str:
    return (_leader(made, list(ids), True) if len(ids) > 1 else None) or ids[0]


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
