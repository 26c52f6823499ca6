"""Every syntax tells the same, and tells it back."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from hypothesis import example, given
from samples import sample_graph
from strategies import HOSTILE, VOCABULARY, cases, graphs

from kgbuild.graph import assemble, records
from kgbuild.model import Document, Entity, Evidence, Statement
from kgbuild.rdf import reading
from kgbuild.rdf.terms import PREFIXES

SYNTAXES = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")


def write(graph: nx.MultiDiGraph, syntax: str, **options: str) -> str:
    module = import_module(f"kgbuild.writers.{syntax}")
    if hasattr(module, "dumps"):
        return module.dumps(graph, VOCABULARY, **options)
    file = io.BytesIO()
    module.dump(graph, VOCABULARY, file, **options)
    return file.getvalue().decode()


def hostile_graph(text: str) -> nx.MultiDiGraph:
    a = Entity(id=text, label=text, type="Person", aliases=(f"{text}2",))
    b = Entity(id=f"{text}/b", label="b", type="Country")
    seen = Evidence(
        doc=text, start=0, end=1, sentence=text, subject=(0, 1), object=(0, 1),
        trigger=(0, 1),
    )  # fmt: skip
    told = Statement(
        id=text, doc=text, subject=a, relation="leads", object=b, phrase=text,
        role=text, evidence=(seen,),
    )  # fmt: skip
    about = Document(id=text, text=text, title=text, source=text, url=text)
    return assemble([about], [told], with_text=True)


def same(one: nx.MultiDiGraph, other: nx.MultiDiGraph) -> bool:
    return nx.utils.graphs_equal(one, other) and one.graph == other.graph


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_unchanged(text: str, syntax: str) -> None:
    graph = hostile_graph(text)
    written = write(graph, syntax)
    back = reading.loads(written, syntax)
    assert same(back, graph)
    assert write(back, syntax) == written


@pytest.mark.parametrize("syntax", SYNTAXES)
@cases(200)
@given(graph=graphs())
def test_write_read_write_is_the_identity(syntax: str, graph: nx.MultiDiGraph) -> None:
    written = write(graph, syntax)
    back = reading.loads(written, syntax)
    assert records(back) == records(graph)
    assert same(back, graph)
    assert write(back, syntax) == written


@cases(200)
@given(graph=graphs())
def test_rdf12_comes_back(graph: nx.MultiDiGraph) -> None:
    for syntax in ("ttl", "trig", "nt", "nq"):
        written = write(graph, syntax, statements="rdf12")
        assert same(reading.loads(written, syntax), graph)


RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


# rdflib warns of a class of its own, which its JSON-LD reader uses.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@cases(200)
@given(graph=graphs())
@example(graph=hostile_graph("\x00\x01\x1b\x7f\x85\u2028\u2029"))
def test_rdflib_reads_the_same_triples_of_every_syntax(graph: nx.MultiDiGraph) -> None:
    import pyoxigraph as ox

    expected = {
        (str(t.subject), str(t.predicate), str(t.object))
        for t in ox.parse(write(graph, "nt"), format=ox.RdfFormat.N_TRIPLES)
    }
    for syntax, name in RDFLIB.items():
        read = rdflib.Graph().parse(data=write(graph, syntax), format=name)
        again = read.serialize(format="nt", encoding="utf-8")
        got = {
            (str(t.subject), str(t.predicate), str(t.object))
            for t in ox.parse(again, format=ox.RdfFormat.N_TRIPLES)
        }
        assert got == expected, syntax


SCRIPT = """
import sys
from samples import sample_graph
from test_rdf_formats import write
sys.stdout.reconfigure(newline="")
for syntax in ("ttl", "trig", "nt", "nq", "jsonld", "rdf"):
    sys.stdout.write(write(sample_graph(), syntax))
"""


def test_the_bytes_are_the_same_in_every_run() -> None:
    runs = set()
    for seed in ("0", "1", "2", "3", "random"):
        path = os.pathsep.join(sys.path)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=environment, capture_output=True, check=True,
        )  # fmt: skip
        runs.add(run.stdout)
    assert len(runs) == 1


def test_turtle_is_for_reading() -> None:
    text = write(sample_graph(), "ttl")
    assert (
        "\nst:a1 a kg:EventStatement,\n        kg:Statement ;\n    dcterms:identifier"
        in text
    )
    assert "\nent:person.shinzo-abe a schema:Person,\n        kg:Entity," in text
    assert "\n    kg:leads item:Q17 ." in text
    assert "kg:threatens item:" not in text.replace("rdf:predicate kg:threatens", "")


MADE = {"kgbuild": "0.1.0", "model": "m 3.8.0", "vocabulary": "ab", "knowledge": "cd"}


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_what_made_a_graph_is_told_and_comes_back(syntax: str) -> None:
    graph = sample_graph()
    graph.graph["made"] = MADE | {"more": ["kept"]}
    assert same(reading.loads(write(graph, syntax), syntax), graph)


def test_statements_and_deals_are_generated_by_an_activity() -> None:
    graph = sample_graph()
    graph.graph["made"] = MADE
    data = rdflib.Graph().parse(data=write(graph, "ttl"), format="turtle")
    (made,) = data.subjects(rdflib.RDF.type, rdflib.PROV.Activity)
    kg = rdflib.Namespace(PREFIXES["kg"])
    for kind in (kg.Statement, kg.ArmsTransfer):
        for node in data.subjects(rdflib.RDF.type, kind):
            assert data.value(node, rdflib.PROV.wasGeneratedBy) == made
    told = {str(o) for p, o in data.predicate_objects(made) if p.startswith(str(kg))}
    assert told == {*MADE.values()}
    graph.graph["made"] = MADE | {"model": "other"}
    assert str(made) not in write(graph, "ttl")


@pytest.mark.parametrize("syntax", ["nt", "nq"])
@cases(200)
@given(graph=graphs())
def test_no_line_is_doubled(syntax: str, graph: nx.MultiDiGraph) -> None:
    graph.graph["made"] = MADE
    for data in graph.graph["documents"].values():
        data["source"] = "CNN"  # a publisher that articles share
    found = write(graph, syntax).split("\n")
    assert len(found) == len(set(found))


def test_names_are_in_english_and_same_as_the_concept_alone() -> None:
    data = rdflib.Graph().parse(data=write(sample_graph(), "ttl"), format="turtle")
    labels = [*data.objects(None, rdflib.RDFS.label)]
    labels += data.objects(None, rdflib.SKOS.altLabel)
    assert {label.language for label in labels} == {"en"}
    same_as = {str(o) for o in data.objects(None, rdflib.OWL.sameAs)}
    assert same_as
    assert all(s.startswith("http://www.wikidata.org/entity/Q") for s in same_as)


def test_entities_that_no_statement_names_are_kept() -> None:
    graph = sample_graph()
    graph.add_node("wd:Q1", label="universe", type="Place", aliases=["all"])
    for syntax in SYNTAXES:
        assert same(reading.loads(write(graph, syntax), syntax), graph), syntax


def test_fields_of_others_are_kept() -> None:
    graph = sample_graph()
    graph.nodes["wd:Q17"]["kind"] = {"a": [1, None]}
    graph.graph["documents"]["a"]["licence"] = "CC0"
    for *_, data in graph.edges(data=True):
        data["rule"] = "r1"
        data["qualifiers"]["place"] = "Tokyo"
        data["evidence"][0]["score"] = 0.5
        if "deal" in data:
            data["deal"]["extra"] = True
            data["deal"]["items"][0]["id"] = "wd:Q2"
    for syntax in SYNTAXES:
        assert same(reading.loads(write(graph, syntax), syntax), graph), syntax


def test_the_order_of_speakers_is_kept() -> None:
    graph = sample_graph()
    names = [{"id": i, "label": graph.nodes[i]["label"], "type": graph.nodes[i]["type"]}
             for i in ("wd:Q30", "wd:Q17")]  # fmt: skip
    for order in (names, names[::-1]):
        for *_, data in graph.edges(data=True):
            data["attributed_to"] = order
        for syntax in SYNTAXES:
            assert same(reading.loads(write(graph, syntax), syntax), graph), syntax


@pytest.mark.parametrize("syntax", ["jsonld", "rdf"])
def test_a_syntax_without_triple_terms_says_so(syntax: str) -> None:
    with pytest.raises(ValueError, match="no triple terms: take ttl"):
        write(sample_graph(), syntax, statements="rdf12")


def test_mistakes_are_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="statements 'all' is no style; have: plain"):
        write(sample_graph(), "nq", statements="all")
    with pytest.raises(ValueError, match="base 'x' does not end"):
        write(sample_graph(), "nq", base="x")
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a")
    with pytest.raises(ValueError, match="bad.ttl: not ttl: "):
        reading.read(bad)
    with pytest.raises(ValueError, match="x.csv: '.csv' is no RDF that is read; have"):
        reading.read(_touched(tmp_path / "x.csv"))
    plain = write(sample_graph(), "ttl", statements="plain")
    with pytest.raises(ValueError, match="written with --statements plain"):
        reading.loads(plain, "ttl")


def _touched(path: Path) -> Path:
    path.touch()
    return path


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq.gz"
    path.write_bytes(gzip.compress(write(sample_graph(), "nq").encode()))
    assert same(reading.read(path), sample_graph())
