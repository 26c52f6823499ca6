"""The frozen types that every stage passes on: documents, entities, statements.

Offsets are half-open character offsets into ``Document.text``; a label is never a
replacement for the words of the text, which stay in the evidence and the aliases.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]
"""Half-open character offsets ``(start, end)`` into a document's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was read: its text is never changed after reading.

    >>> Document(id="a", text="Japan bought F-35s.", date="2017-11-06").date
    '2017-11-06'
    """

    id: str
    text: str
    title: str = ""
    date: str | None = None  # ISO 8601 day of the article
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that statements are about.

    ``id`` is ``wd:Q…`` where Wikidata's id is known, else ``type/slug`` in lower case.
    ``aliases`` are the other names that the text uses, sorted.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that says it, with the spans of subject, object and trigger."""

    doc: str
    start: int
    end: int
    sentence: str
    subject: Span
    object: Span
    trigger: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A sum: ``amount`` in units of the ISO 4217 ``currency``."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Weapons or equipment of a deal; ``quantity`` in pieces where one is given."""

    label: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """The slots of an arms transfer beside its two parties."""

    items: tuple[Item, ...] = ()
    value: Money | None = None
    kind: str | None = None
    status: str | None = None
    contractors: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an article says: subject, relation, object, and how far it is so.

    ``time`` is an ISO 8601 day, month, year or ``start/end`` interval; ``confidence``
    lies in 0..1; ``phrase`` is the text's own wording of the relation.
    """

    id: str
    doc: str
    subject: Entity
    relation: str
    object: Entity
    factuality: str = "fact"
    attributed_to: tuple[Entity, ...] = ()
    time: str | None = None
    phrase: str = ""
    confidence: float = 1.0
    role: str | None = None
    deal: Deal | None = None
    evidence: tuple[Evidence, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Something that looked like a statement and was not made one, with the reason."""

    doc: str
    start: int
    end: int
    text: str
    reason: str
