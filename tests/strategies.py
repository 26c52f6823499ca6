"""Hypothesis strategies: statements and graphs with any text at all in every field."""

from __future__ import annotations

import os

import networkx as nx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Money, Statement
from kgbuild.vocabulary import FACTUALITIES, load_vocabulary


def cases(number: int) -> settings:
    """Try so many cases where tests must be complete, and a fifth of them elsewhere."""
    return settings(
        max_examples=number if os.environ.get("CI") else max(number // 5, 20),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


VOCABULARY = load_vocabulary()

HOSTILE = (
    "/",
    "a//b/",
    ".:-",
    "",
    '"',
    "\\",
    "\\u0041",
    "\\\\n",
    "'''",
    "line\nline\r\nline\rend",
    "\x00\x01\x1b\x7f\x85\u2028\u2029",
    "\ud800 lone \udfff",
    "\ud83d\ude00",
    "\U0001f600 \U0010ffff \ufffe\uffff",
    "\u202eright to left\u202c\u200f",
    "e\u0301 \u00e9 \ufeff",
    "<script>alert(1)</script>]]>&amp;",
    "http://example.org/a b<>{}|^`%zz",
    " \t padded \t ",
    "_:b0 .",
    "@en",
    "^^<x>",
    "DROP ALL #",
    "?of",
)
"""Texts that have broken one syntax or another."""

texts = st.sampled_from(HOSTILE) | st.text(
    st.characters(codec=None, exclude_categories=()), max_size=12
)
words = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=12)
days = st.dates().map(lambda day: day.isoformat())
moments = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    days.map(lambda day: day[:4]),
    st.tuples(days, days).map("/".join),
    st.sampled_from(("2017-02-30", "0000", "2017-13", "2017-09/2016-09", "/", "soon")),
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


@st.composite
def entities(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> list[Entity]:
    """Return some entities with ids of their own, one at least."""
    names = draw(st.lists(text, min_size=1, max_size=4, unique=True))
    numbers = st.integers(1, 10**9).map(lambda n: f"wd:Q{n}")
    return [
        Entity(
            id=draw(st.just(name) | numbers.map(lambda n, i=i: f"{n}{i}")),
            label=label,
            type=draw(st.sampled_from(sorted(VOCABULARY.types))),
            aliases=tuple(sorted({*draw(st.lists(text, max_size=2))} - {label})),
        )
        for i, name in enumerate(names)
        for label in [draw(text)]
    ]


def deals(known: list[Entity], text: st.SearchStrategy[str]) -> st.SearchStrategy[Deal]:
    """Return deals among known entities."""
    amounts = st.integers(0, 10**20)
    return st.builds(
        Deal,
        items=st.lists(
            st.builds(Item, label=text, quantity=st.none() | amounts), max_size=2
        ).map(tuple),
        value=st.none() | st.builds(Money, amount=amounts, currency=text),
        kind=st.sampled_from((None, "sale", "aid", "lease")),
        status=st.sampled_from((None, "requested", "agreed", "delivered", "stopped")),
        contractors=several(known),
    )


def several(known: list[Entity]) -> st.SearchStrategy[tuple[Entity, ...]]:
    """Return none, one or some of the entities, in any order."""
    return st.lists(st.sampled_from(known), max_size=2, unique_by=lambda e: e.id).map(
        tuple
    )


@st.composite
def graphs(
    draw: st.DrawFn, text: st.SearchStrategy[str] = texts
) -> nx.MultiDiGraph[str]:
    """Return a graph of up to three articles and four statements."""
    known = {e.id: e for e in draw(entities(text))}
    people = list(known.values())
    names = draw(st.lists(text, min_size=1, max_size=3, unique=True))
    documents = [
        Document(
            id=name,
            text=draw(text),
            title=draw(text),
            date=draw(st.none() | days),
            source=draw(text),
            url=draw(text | st.just("https://example.org/a?b=c#d")),
        )
        for name in names
    ]
    ids = draw(st.lists(text, max_size=4, unique=True))
    statements = [draw(_statement(i, names, people, text)) for i in ids]
    return assemble(documents, statements, with_text=draw(st.booleans()))


def _statement(
    name: str, docs: list[str], known: list[Entity], text: st.SearchStrategy[str]
) -> st.SearchStrategy[Statement]:
    one, doc = st.sampled_from(known), st.sampled_from(docs)
    evidence = st.builds(
        lambda at, **rest: Evidence(start=at[0], end=at[1], **rest),
        at=spans,
        doc=doc,
        sentence=text,
        subject=spans,
        object=spans,
        trigger=spans,
    )
    return st.builds(
        Statement,
        id=st.just(name),
        doc=doc,
        subject=one,
        relation=st.sampled_from(sorted(VOCABULARY.relations)),
        object=one,
        factuality=st.sampled_from(FACTUALITIES),
        attributed_to=several(known),
        time=st.none() | moments,
        phrase=text,
        confidence=st.floats(0, 1),
        role=st.none() | text,
        deal=st.none() | deals(known, text),
        evidence=st.lists(evidence, max_size=2).map(tuple),
    )
