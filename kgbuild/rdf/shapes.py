"""SHACL shapes that every export conforms to, made of the same tables as the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kgbuild.rdf.schema import Pairs, block, document
from kgbuild.rdf.terms import term, text
from kgbuild.rdf.words import Property, Use, Words, check_names, load_words
from kgbuild.vocabulary import Relation, Vocabulary

_LITERALS = {
    "text": ("xsd:string", "kg:escapedText"),
    "name": ("rdf:langString", "kg:escapedText"),
    "moment": (
        "xsd:date",
        "xsd:gYearMonth",
        "xsd:gYear",
        "xsd:string",
        "kg:escapedText",
    ),
    "number": ("xsd:integer", "xsd:decimal"),
}
_KINDS = {"iri": ["sh:nodeKind sh:IRI"], "any": ["sh:nodeKind sh:IRIOrLiteral"]}


def dumps(vocabulary: Vocabulary) -> str:
    """Return the shapes as Turtle.

    Raises:
        TableError: a type or relation has the name of another word.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> "sh:targetClass kg:Statement" in dumps(load_vocabulary())
    True
    """
    words = load_words()
    check_names(vocabulary, words)
    return document(_shapes(vocabulary, words))


def _shapes(vocabulary: Vocabulary, words: Words) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words.properties.values():
        if word.domain and word.domain != "rdf:Property":
            found[word.domain].append(_property(f"kg:{word.name}", word))
    for use in words.uses:
        found[use.domain].append(_property(use.property, use))
    for name, properties in found.items():
        shape = f"kgs:{name.replace(':', '-')}"
        pairs = [("a", ["sh:NodeShape"]), ("sh:targetClass", [name])]
        yield block(shape, [*pairs, ("sh:property", properties)])
    yield block("kgs:ends", _ends(vocabulary))
    yield block("kgs:deals", _deals(vocabulary))
    yield block("kgs:types", _types(vocabulary))
    for number, (names, domain, range_) in enumerate(_groups(vocabulary), start=1):
        yield _facts(number, names, domain, range_)
    yield _strengthened(vocabulary)


def _property(path: str, word: Property | Use) -> str:
    said = [f"sh:path {path}", *_range(word.range)]
    if word.min:
        said.append(f"sh:minCount {word.min}")
    if word.max:
        said.append(f"sh:maxCount {word.max}")
    if isinstance(word, Property) and word.choices:
        said.append(f"sh:in ( {' '.join(text(choice) for choice in word.choices)} )")
    return f"[ {' ; '.join(said)} ]"


def _range(name: str) -> list[str]:
    if name in _LITERALS:
        return [_or([f"sh:datatype {d}" for d in _LITERALS[name]])]
    if name in _KINDS:
        return _KINDS[name]
    return [f"sh:{'datatype' if name.startswith('xsd:') else 'class'} {name}"]


def _or(said: Sequence[str]) -> str:
    return f"sh:or ( {' '.join(f'[ {one} ]' for one in said)} )"


def _classes(names: Sequence[str]) -> str:
    return _or([f"sh:class kg:{name}" for name in names])


Groups = list[tuple[list[Relation], Sequence[str], Sequence[str]]]


def _groups(vocabulary: Vocabulary) -> Groups:
    """Return the relations by their domain and range."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Relation]] = {}
    for relation in vocabulary.relations.values():
        found.setdefault((relation.domain, relation.range), []).append(relation)
    return [(names, *ends) for ends, names in found.items()]


def _ends(vocabulary: Vocabulary) -> Pairs:
    """Say that a statement's ends are of the types that its relation takes."""
    ways = []
    for relations, domain, range_ in _groups(vocabulary):
        names = " ".join(f"kg:{r.name}" for r in relations)
        ways.append(
            f"sh:property [ sh:path rdf:predicate ; sh:in ( {names} ) ] ,"
            f" [ sh:path rdf:subject ; {_classes(domain)} ] ,"
            f" [ sh:path rdf:object ; {_classes(range_)} ]"
        )
    message = "subject or object is of a type that the relation does not take"
    return [
        ("a", ["sh:NodeShape"]),
        ("sh:targetClass", ["kg:Statement"]),
        ("sh:message", [text(message)]),
        (_or(ways), [""]),
    ]


def _deals(vocabulary: Vocabulary) -> Pairs:
    """Say that deals stand on the relations that have them."""
    names = " ".join(f"kg:{r.name}" for r in vocabulary.relations.values() if r.deal)
    path = "( [ sh:inversePath kg:deal ] rdf:predicate )"
    return [
        ("a", ["sh:NodeShape"]),
        ("sh:targetClass", ["kg:ArmsTransfer"]),
        ("sh:property", [f"[ sh:path {path} ; sh:minCount 1 ; sh:in ( {names} ) ]"]),
    ]


def _types(vocabulary: Vocabulary) -> Pairs:
    """Say that an entity is of a type of the vocabulary."""
    return [
        ("a", ["sh:NodeShape"]),
        ("sh:targetClass", ["kg:Entity"]),
        (_classes(list(vocabulary.types)), [""]),
    ]


def _facts(
    number: int,
    relations: Sequence[Relation],
    domain: Sequence[str],
    range_: Sequence[str],
) -> str:
    """Say the same of plain triples."""
    paths = [f"[ sh:path kg:{r.name} ; {_classes(range_)} ]" for r in relations]
    pairs: Pairs = [
        ("a", ["sh:NodeShape"]),
        ("sh:targetSubjectsOf", [f"kg:{r.name}" for r in relations]),
        (_classes(domain), [""]),
        ("sh:property", paths),
    ]
    return block(f"kgs:facts-{number}", pairs)


def _strengthened(vocabulary: Vocabulary) -> str:
    """Say that no plain triple stands where the statements know no plain fact."""
    names = ", ".join(term(f"kg:{name}") for name in vocabulary.relations)
    told = (
        f"{term('rdf:subject')} $this ; {term('rdf:predicate')} ?path ;"
        f" {term('rdf:object')} ?value"
    )
    query = f"""
        SELECT $this ?path ?value WHERE {{
            $this ?path ?value . FILTER (?path IN ({names}))
            FILTER EXISTS {{ ?some {told} . }}
            FILTER NOT EXISTS {{ ?one {told} ; {term("kg:factuality")} "fact" .
                FILTER NOT EXISTS {{ ?one {term("kg:attributedTo")} ?speaker . }} }}
        }}"""
    message = "a plain triple that no article tells itself as a fact"
    pairs: Pairs = [
        ("a", ["sh:NodeShape"]),
        ("sh:targetSubjectsOf", [f"kg:{name}" for name in vocabulary.relations]),
        ("sh:sparql", [f'[ sh:message {text(message)} ; sh:select """{query}""" ]']),
    ]
    return block("kgs:strengthened", pairs)
