"""The frozen types that every stage passes on: documents, entities, statements.

Offsets are half-open character offsets into ``Document.text``; a label is never a
replacement for the words of the text, which stay in the evidence and the aliases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Words that name somebody or point at somebody, and those whom they stand for.

    ``ids`` are several for "the two countries", and ``labels`` their labels; ``type`` is what
    the words were read as.
    """

    doc: str
    start: int
    end: int
    text: str
    type: str
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    confidence: float = 1.0


def statement_of(fields: Mapping[str, Any]) -> Statement:
    """Return a statement from what :func:`dataclasses.asdict` makes of it, lists or tuples.

    >>> from dataclasses import asdict
    >>> us, uk = (Entity(id=i, label=i, type="Country") for i in ("us", "uk"))
    >>> s = Statement(id="1", doc="a", subject=us, relation="meets", object=uk)
    >>> statement_of(asdict(s)) == s
    True
    """
    deal = fields["deal"]
    return Statement(
        **{
            **fields,
            "subject": _entity(fields["subject"]),
            "object": _entity(fields["object"]),
            "attributed_to": tuple(map(_entity, fields["attributed_to"])),
            "deal": None if deal is None else _deal(deal),
            "evidence": tuple(map(_evidence, fields["evidence"])),
        }
    )


def _entity(fields: Mapping[str, Any]) -> Entity:
    return Entity(**{**fields, "aliases": tuple(fields["aliases"])})


def _deal(fields: Mapping[str, Any]) -> Deal:
    value = fields["value"]
    return Deal(
        **{
            **fields,
            "items": tuple(Item(**i) for i in fields["items"]),
            "value": None if value is None else Money(**value),
            "contractors": tuple(map(_entity, fields["contractors"])),
        }
    )


def _evidence(fields: Mapping[str, Any]) -> Evidence:
    spans = {k: tuple(fields[k]) for k in ("subject", "object", "trigger")}
    return Evidence(**{**fields, **spans})


def moved(statement: Statement, by: int) -> Statement:
    """Return a statement whose evidence stands so many characters further on in a text."""
    return replace(
        statement, evidence=tuple(_further(e, by) for e in statement.evidence)
    )


def _further(evidence: Evidence, by: int) -> Evidence:
    def span(at: Span) -> Span:
        return at[0] + by, at[1] + by

    return replace(
        evidence,
        start=evidence.start + by,
        end=evidence.end + by,
        subject=span(evidence.subject),
        object=span(evidence.object),
        trigger=span(evidence.trigger),
    )
