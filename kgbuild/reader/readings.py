"""What the reader says of one window, in offsets of the document's text."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name or stand for something; ``confidence`` is that of its span and type."""

    start: int
    end: int
    type: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A relation that is told with ``confidence``; mentions are numbers in ``Reading.mentions``.

    ``items`` are pairs of a weapon's mention and the number that counts it.
    """

    subject: int
    relation: str
    object: int
    confidence: float
    factuality: str
    trigger: Span
    speaker: int | None = None
    time: int | None = None
    items: tuple[tuple[int, int | None], ...] = ()
    value: int | None = None
    kind: str | None = None
    status: str | None = None
    contractors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one window says.

    ``same`` holds for each mention the earlier one that it repeats or points back to, with
    the chance of it; ``members`` those of whom a plural ("the two leaders") is made; ``counted`` for
    each the number that counts it.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    same: tuple[tuple[int, float] | None, ...] = ()
    members: tuple[tuple[int, ...], ...] = ()
    counted: tuple[int | None, ...] = ()
