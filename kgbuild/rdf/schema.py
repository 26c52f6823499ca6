"""The vocabulary, published: classes and properties as Turtle, made of the same tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kgbuild.rdf.terms import PREFIXES, VOCABULARY, english, text
from kgbuild.rdf.words import Class, Property, Words, check_names, load_words
from kgbuild.vocabulary import EntityType, Relation, Vocabulary

VERSION = "0.1.0"  # of the vocabulary: raised when a word changes its meaning
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

Pairs = Sequence[tuple[str, Sequence[str]]]
"""Predicates with their objects, as Turtle."""


def dumps(vocabulary: Vocabulary) -> str:
    """Return the vocabulary as Turtle: OWL and RDFS, mapped to other vocabularies.

    Raises:
        TableError: a type or relation has the name of another word.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> "kg:meets a owl:ObjectProperty" in dumps(load_vocabulary())
    True
    """
    words = load_words()
    check_names(vocabulary, words)
    return document(_blocks(vocabulary, words))


def document(blocks: Iterable[str]) -> str:
    """Return a document of Turtle that declares just the prefixes that its blocks use."""
    body = "\n".join(blocks)
    used = [p for p in sorted(PREFIXES) if f"{p}:" in body]
    heads = [f"@prefix {p}: <{PREFIXES[p]}> ." for p in used]
    return "\n".join([*heads, "", body])


def block(name: str, pairs: Pairs) -> str:
    """Return what is said of a node as Turtle.

    >>> print(block("kg:a", [("a", ["kg:B"]), ("rdfs:label", [])]), end="")
    kg:a a kg:B .
    """
    said = [f"{predicate} {_list(objects)}" for predicate, objects in pairs if objects]
    return f"{name} " + " ;\n    ".join(said) + " .\n"


def _list(objects: Sequence[str]) -> str:
    apart = ",\n        " if len(", ".join(objects)) > 60 else ", "
    return apart.join(objects)


def _blocks(vocabulary: Vocabulary, words: Words) -> Iterator[str]:
    yield _head()
    for found in words.classes.values():
        yield block(f"kg:{found.name}", _class(found))
    for found in words.datatypes.values():
        yield block(f"kg:{found.name}", _about(found, "rdfs:Datatype"))
    for kind in vocabulary.types.values():
        yield block(f"kg:{kind.name}", _type(kind))
    for relation in vocabulary.relations.values():
        yield block(f"kg:{relation.name}", _relation(relation))
    for word in words.properties.values():
        yield block(f"kg:{word.name}", _property(word))


def _head() -> str:
    title = "Statements about states, leaders and arms deals"
    return block(
        f"<{VOCABULARY[:-1]}>",
        [
            ("a", ["owl:Ontology"]),
            ("dcterms:title", [english(title)]),
            ("dcterms:license", [f"<{LICENCE}>"]),
            ("owl:versionInfo", [text(VERSION)]),
            ("owl:versionIRI", [f"<{VOCABULARY[:-1]}/{VERSION}>"]),
            ("rdfs:seeAlso", ["<https://github.com/openeventdata/PLOVER>"]),
        ],
    )


def _about(
    word: Class | Property | EntityType | Relation, *classes: str, what: str = "Class"
) -> Pairs:
    """Return what every word says. Its mappings are no SKOS: it is no concept."""
    return [
        ("a", classes),
        ("rdfs:label", [english(word.label)]),
        ("skos:definition", [english(word.definition)]),
        ("rdfs:isDefinedBy", [f"<{VOCABULARY[:-1]}>"]),
        (f"owl:equivalent{what}", [c for c in word.exact if not c.startswith("^")]),
        ("owl:inverseOf", [c[1:] for c in word.exact if c.startswith("^")]),
    ]


def _class(word: Class) -> Pairs:
    return [
        *_about(word, "owl:Class"),
        ("rdfs:subClassOf", [*word.sub, *word.close]),
    ]


def _type(kind: EntityType) -> Pairs:
    return [
        *_about(kind, "owl:Class"),
        ("rdfs:subClassOf", ["kg:Entity", *kind.close]),
    ]


def _relation(relation: Relation) -> Pairs:
    classes = ["owl:ObjectProperty"]
    if relation.symmetric:
        classes.append("owl:SymmetricProperty")
    return [
        *_about(relation, *classes, what="Property"),
        _near(relation),
        ("rdfs:domain", [_one(relation.domain)]),
        ("rdfs:range", [_one(relation.range)]),
        ("schema:domainIncludes", [f"kg:{name}" for name in relation.domain]),
        ("schema:rangeIncludes", [f"kg:{name}" for name in relation.range]),
        ("kg:ploverCode", [text(code) for code in relation.plover]),
        ("skos:example", [text(example) for example in relation.examples]),
    ]


def _near(word: Property | Relation) -> tuple[str, Sequence[str]]:
    """Return the properties near to one, of the same direction or told from the other end.

    They are no more than pointed to: what holds by ours need not hold by them.
    """
    return "rdfs:seeAlso", [c.removeprefix("^") for c in word.close]


def _one(names: Sequence[str]) -> str:
    """Return the one class, else the class of all: several domains would mean all at once."""
    return f"kg:{names[0]}" if len(names) == 1 else "kg:Entity"


_DATATYPES = {
    "text": "rdfs:Literal",
    "moment": "rdfs:Literal",
    "number": "rdfs:Literal",
}


def _property(word: Property) -> Pairs:
    points = ":" in word.range and not word.range.startswith("xsd:")
    kind = "owl:ObjectProperty" if points else "owl:DatatypeProperty"
    return [
        *_about(word, kind, what="Property"),
        _near(word),
        ("rdfs:subPropertyOf", word.sub),
        ("rdfs:domain", [word.domain] if word.domain else []),
        ("rdfs:range", [_DATATYPES.get(word.range, word.range)]),
    ]
