"""Articles, entities and statements as triples.

The input is what ``kgbuild.graph`` keeps: plain dictionaries. What they hold beyond the
known fields goes along as JSON in ``kg:more``, so that nothing is lost on the way.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kgbuild.flat import reported_on
from kgbuild.rdf.details import (
    GENERATED,
    IDENTIFIER,
    LABEL,
    TYPE,
    Record,
    deal_triples,
    evidence_triples,
    more,
    references,
)
from kgbuild.rdf.terms import (
    BASE,
    Triple,
    days,
    english,
    mint,
    moment,
    number,
    term,
    text,
    typed,
    web,
)
from kgbuild.vocabulary import Vocabulary

STYLES = ("plain", "reified", "rdf12")
"""How statements are told: facts alone; nodes with subject, predicate and object; nodes
that reify a triple term of RDF 1.2."""

_WIKIDATA = re.compile(r"wd:(Q[1-9][0-9]*)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """How to write: the namespace of instances, the style, the types and relations."""

    base: str
    style: str
    vocabulary: Vocabulary
    classes: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, str]


def plan(
    vocabulary: Vocabulary, *, base: str = BASE, statements: str = "reified"
) -> Export:
    """Prepare an export by the vocabulary.

    Raises:
        ValueError: there is no such style of statements.
    """
    if statements not in STYLES:
        have = ", ".join(STYLES)
        raise ValueError(f"statements {statements!r} is no style; have: {have}")
    classes = {
        name: (
            term(f"kg:{name}"),
            *(term(c) for c in (*t.exact, *t.close) if c.startswith("schema:")),
            term("kg:Entity"),
        )
        for name, t in vocabulary.types.items()
    }
    relations = {name: term(f"kg:{name}") for name in vocabulary.relations}
    return Export(
        base=base,
        style=statements,
        vocabulary=vocabulary,
        classes=classes,
        relations=relations,
    )


def is_plain_fact(record: Record) -> bool:
    """Tell whether the article itself tells it as a fact: only then it is a plain triple.

    >>> is_plain_fact({"factuality": "fact", "attributed_to": [{"id": "wd:Q1"}]})
    False
    """
    return record["factuality"] == "fact" and not record["attributed_to"]


def fact_triple(export: Export, record: Record) -> Triple:
    """Return what a statement says as one triple, asserted or not."""
    return (
        mint(export.base, "ent", record["subject"]["id"]),
        _named(export.relations, record["relation"], "relation", record["id"]),
        mint(export.base, "ent", record["object"]["id"]),
    )


def entity_triples(export: Export, entity: Record) -> Iterator[Triple]:
    """Yield what is known of an entity: id, types, label, aliases, and its Wikidata item."""
    node = mint(export.base, "ent", entity["id"])
    for name in _named(export.classes, entity["type"], "type", entity["id"]):
        yield node, TYPE, name
    yield node, IDENTIFIER, text(entity["id"])
    yield node, LABEL, english(entity["label"])
    for alias in entity.get("aliases", ()):
        yield node, _ALIAS, english(alias)
    if item := _WIKIDATA.fullmatch(entity["id"]):
        # The concept's own name is http; https names the page about it.
        yield node, _SAME, f"<http://www.wikidata.org/entity/{item[1]}>"
    yield from more(node, entity, ("id", "type", "label", "aliases"))


def article_triples(export: Export, name: str, about: Record) -> Iterator[Triple]:
    """Yield the description of an article."""
    node = mint(export.base, "art", name)
    yield node, TYPE, term("schema:NewsArticle")
    yield node, TYPE, term("prov:Entity")
    yield node, IDENTIFIER, text(name)
    if about.get("title"):
        yield node, term("schema:headline"), text(about["title"])
    if about.get("date"):
        yield node, term("schema:datePublished"), moment(about["date"])
    if about.get("url"):
        yield node, term("schema:url"), web(about["url"])
    if about.get("sha256"):
        yield node, term("kg:sha256"), text(about["sha256"])
    if about.get("text") is not None:
        yield node, term("schema:articleBody"), text(about["text"])
    known = ("title", "date", "source", "url", "sha256", "text")
    yield from more(node, about, known)
    if about.get("source"):
        publisher = mint(export.base, "pub", about["source"])
        yield node, term("schema:publisher"), publisher
        yield publisher, TYPE, term("schema:Organization")
        yield publisher, term("schema:name"), text(about["source"])


def activity(base: str, made: Record) -> str:
    """Return the node of what made a graph, or nothing where that is not known."""
    if not made:
        return ""
    told = json.dumps(made, sort_keys=True).encode("utf-8")
    return mint(base, "act", hashlib.sha256(told).hexdigest()[:16])


def activity_triples(base: str, made: Record) -> Iterator[Triple]:
    """Yield what made a graph: the program, its model, vocabulary and knowledge."""
    if node := activity(base, made):
        yield node, TYPE, term("prov:Activity")
        yield node, LABEL, english(f"kgbuild {made.get('kgbuild', '')}".strip())
        for key, predicate in MADE.items():
            if made.get(key):
                yield node, term(predicate), text(str(made[key]))
        yield from more(node, made, MADE)


MADE = {
    "kgbuild": "kg:kgbuildVersion",
    "model": "kg:model",
    "vocabulary": "kg:vocabularyHash",
    "knowledge": "kg:knowledgeHash",
}
"""The keys of ``graph.graph["made"]``, and the properties of the activity that tell them."""
_ALIAS, _SAME = term("skos:altLabel"), term("owl:sameAs")
_STATEMENT, _EVIDENCE = term("kg:Statement"), term("kg:evidence")
_EVENT, _REPORTED = term("kg:EventStatement"), term("kg:reportedOn")
_SUBJECT, _PREDICATE = term("rdf:subject"), term("rdf:predicate")
_OBJECT, _REIFIES = term("rdf:object"), term("rdf:reifies")
_FACTUALITY, _SPEAKER = term("kg:factuality"), term("kg:attributedTo")
_DEAL, _DERIVED = term("kg:deal"), term("prov:wasDerivedFrom")
_CONFIDENCE, _PHRASE, _ROLE = term("kg:confidence"), term("kg:phrase"), term("kg:role")
_TERM_FROM, _TERM_TO = term("kg:termFrom"), term("kg:termTo")
_TERM_BY = term("kg:termBy")
_FIELDS = frozenset(
    [
        "id",
        "doc",
        "subject",
        "relation",
        "object",
        "factuality",
        "attributed_to",
        "time",
        "phrase",
        "confidence",
        "qualifiers",
        "deal",
        "evidence",
        "term",
    ]
)


def statement_triples(
    export: Export, record: Record, article: Record, made: str = ""
) -> Iterator[Triple]:
    """Yield a statement's node with all that the record says of it, deal and evidence.

    ``article`` is what is known of its document, ``made`` the node of the activity that
    made it, where that is known.
    """
    node = mint(export.base, "st", record["id"])
    subject, predicate, object_ = fact_triple(export, record)
    yield node, TYPE, _STATEMENT
    if export.vocabulary.relations[record["relation"]].kind == "event":
        yield node, TYPE, _EVENT
    yield node, IDENTIFIER, text(record["id"])
    if export.style == "rdf12":
        yield node, _REIFIES, f"<<( {subject} {predicate} {object_} )>>"
    else:
        yield node, _SUBJECT, subject
        yield node, _PREDICATE, predicate
        yield node, _OBJECT, object_
    yield node, _FACTUALITY, text(record["factuality"])
    yield from references(export.base, node, _SPEAKER, record["attributed_to"])
    if record.get("time"):
        yield from _time(node, record["time"])
    elif day := reported_on(record, article, export.vocabulary):
        yield node, _REPORTED, moment(day)
    if record.get("phrase"):
        yield node, _PHRASE, text(record["phrase"])
    yield node, _CONFIDENCE, number(float(record["confidence"]))
    qualifiers = record.get("qualifiers", {})
    if qualifiers.get("role") is not None:
        yield node, _ROLE, text(qualifiers["role"])
    if held := record.get("term"):
        yield node, _TERM_BY, text(held["by"])
        yield node, _TERM_FROM, moment(held["from"])
        if held["to"]:
            yield node, _TERM_TO, moment(held["to"])
    yield node, _DERIVED, mint(export.base, "art", record["doc"])
    if made:
        yield node, GENERATED, made
    yield from more(node, record, _FIELDS)
    yield from more(node, qualifiers, ("role",), term("kg:moreQualifiers"))
    yield from _parts(export.base, node, record, made)


def _parts(base: str, node: str, record: Record, made: str) -> Iterator[Triple]:
    numbers = range(1, len(record["evidence"]) + 1)
    has_deal = record.get("deal") is not None
    if has_deal:
        yield node, _DEAL, mint(base, "deal", record["id"])
    for index in numbers:
        yield node, _EVIDENCE, mint(base, "ev", record["id"], index)
    if has_deal:
        yield from deal_triples(base, record, made)
    for index in numbers:
        yield from evidence_triples(base, record, index)


def _time(node: str, value: str) -> Iterator[Triple]:
    yield node, term("kg:time"), moment(value)
    if found := days(value):
        yield node, term("kg:firstDay"), typed(found[0].isoformat(), "date")
        yield node, term("kg:lastDay"), typed(found[1].isoformat(), "date")


def _named(table: Mapping[str, Any], name: str, what: str, place: str) -> Any:
    try:
        return table[name]
    except KeyError:
        have = ", ".join(table)
        message = f"{place}: {what} {name!r} is not in the vocabulary; have: {have}"
        raise ValueError(message) from None


def mentioned(record: Record) -> Iterable[Record]:
    """Return the entities that a statement names, those of its deal and speakers too."""
    deal = record.get("deal") or {}
    return (
        record["subject"],
        record["object"],
        *record["attributed_to"],
        *deal.get("contractors", ()),
    )
