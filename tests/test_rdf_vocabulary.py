"""The published vocabulary and the shapes: what is used is declared, what is wrong is caught."""

from __future__ import annotations

import re
from dataclasses import replace

import networkx as nx
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given
from samples import sample_graph
from strategies import VOCABULARY, cases, graphs, texts

from kgbuild.graph import records
from kgbuild.rdf import schema, shapes
from kgbuild.rdf.terms import PREFIXES
from kgbuild.rdf.words import load_words
from kgbuild.tables import TableError, resource
from kgbuild.writers import ttl

KG = PREFIXES["kg"]
SHAPES = rdflib.Graph().parse(data=shapes.dumps(VOCABULARY), format="turtle")


def faults(turtle: str) -> str:
    data = rdflib.Graph().parse(data=turtle, format="turtle")
    conforms, _, report = pyshacl.validate(data, shacl_graph=SHAPES)
    return "" if conforms else str(report)


@pytest.mark.parametrize(
    ("name", "made"),
    [("vocabulary", schema.dumps(VOCABULARY)), ("shapes", shapes.dumps(VOCABULARY))],
)
def test_the_published_file_is_what_is_generated(name: str, made: str) -> None:
    assert resource(f"rdf/{name}.ttl") == made, "run python tools/build_rdf.py"


def test_every_word_of_ours_that_an_export_uses_is_declared() -> None:
    declared = {
        t.subject.value
        for t in ox.parse(schema.dumps(VOCABULARY), format=ox.RdfFormat.TURTLE)
        if t.predicate.value == PREFIXES["rdfs"] + "label"
    }
    assert _words_used() <= declared


def _words_used() -> set[str]:
    """Return the words that the modules write, as they stand in their source."""
    found = {f"{KG}{name}" for name in VOCABULARY.relations}
    for module in ("triples", "details", "terms"):
        source = _source(module)
        found |= {KG + name for name in re.findall(r'"kg:([A-Za-z]+)"', source)}
    return found


def _source(module: str) -> str:
    from importlib.resources import files

    return (files("kgbuild") / "rdf" / f"{module}.py").read_text(encoding="utf-8")


def test_every_word_has_label_definition_and_known_prefixes() -> None:
    words = load_words()
    for word in (*words.classes.values(), *words.properties.values()):
        assert word.label and word.definition.endswith(".")
    graph = rdflib.Graph().parse(data=schema.dumps(VOCABULARY), format="turtle")
    assert (
        rdflib.URIRef(KG + "meets"),
        rdflib.RDF.type,
        rdflib.OWL.SymmetricProperty,
    ) in graph
    assert (
        str(graph.value(rdflib.URIRef(KG + "meets"), rdflib.URIRef(KG + "ploverCode")))
        == "CONSULT"
    )


def test_the_ontology_tells_its_licence_and_version() -> None:
    graph = rdflib.Graph().parse(data=schema.dumps(VOCABULARY), format="turtle")
    (node,) = graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)
    assert str(graph.value(node, rdflib.OWL.versionInfo)) == schema.VERSION
    assert str(graph.value(node, rdflib.DCTERMS.license)) == schema.LICENCE


def test_mappings_of_skos_are_between_concepts_alone() -> None:
    graph = rdflib.Graph().parse(data=schema.dumps(VOCABULARY), format="turtle")
    assert not any("Match" in p for p in set(map(str, graph.predicates())))
    person = rdflib.URIRef(KG + "Person")
    kinds = set(graph.objects(person, rdflib.RDFS.subClassOf))
    assert rdflib.URIRef("https://schema.org/Person") in kinds


def test_a_relation_with_the_name_of_another_word_is_refused() -> None:
    role = replace(VOCABULARY.relations["meets"], name="role")
    spaced = replace(VOCABULARY.relations["meets"], name="a b")
    wrong = replace(
        VOCABULARY, relations={**VOCABULARY.relations, "role": role, "a b": spaced}
    )
    with pytest.raises(
        TableError, match="role: the RDF has this word already"
    ) as error:
        schema.dumps(wrong)
    assert "a b: use letters" in str(error.value)


def fits(record: dict) -> bool:
    """Tell whether a generated statement keeps to the vocabulary."""
    relation = VOCABULARY.relations[record["relation"]]
    return (
        record["subject"]["type"] in relation.domain
        and record["object"]["type"] in relation.range
        and ("deal" not in record or relation.deal)
    )


def only_fitting(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    for record in records(graph):
        if not fits(record):
            graph.remove_edge(
                record["subject"]["id"], record["object"]["id"], record["id"]
            )
    return graph


@cases(100)
@given(graph=graphs(texts).map(only_fitting))
def test_every_export_conforms(graph: nx.MultiDiGraph) -> None:
    assert not faults(ttl.dumps(graph, VOCABULARY))


WRONG = {
    "factuality": ('kg:factuality "fact"', 'kg:factuality "perhaps"'),
    "no confidence": ("kg:confidence 0.5 ;", ""),
    "no label": ('rdfs:label "Japan"@en ;', ""),
    "no language": ('rdfs:label "Japan"@en ;', 'rdfs:label "Japan" ;'),
    "type of the subject": ("kg:Person ;", "kg:Weapon ;"),
    "status": ('kg:status "agreed"', 'kg:status "done"'),
    "relation of the deal": (
        "rdf:predicate kg:transfers_arms_to",
        "rdf:predicate kg:meets",
    ),
    "offset": ("oa:start 0 .", 'oa:start "0" .'),
    "strengthened": (
        'rdfs:label "Donald',
        'kg:threatens item:Q17 ; rdfs:label "Donald',
    ),
    "strengthened negation": ('"fact"', '"negated"'),
    "impossible day": ('"2017-11-06"^^xsd:date', '"2017-02-30"^^xsd:date'),
}


@pytest.mark.parametrize("name", WRONG)
def test_shapes_catch(name: str) -> None:
    before, after = WRONG[name]
    turtle = ttl.dumps(sample_graph(), VOCABULARY)
    assert before in turtle
    assert not faults(turtle)
    assert faults(turtle.replace(before, after))
