"""Every syntax tells the same, and tells it back."""

from __future__ import annotations

import io
from importlib import import_module

import networkx as nx
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from strategies import HOSTILE, VOCABULARY, graphs

from kgbuild.graph import assemble, records
from kgbuild.model import Document, Entity, Evidence, Statement
from kgbuild.rdf import reading

SYNTAXES = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


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
@slow
@given(graph=graphs())
def test_write_read_write_is_the_identity(syntax: str, graph: nx.MultiDiGraph) -> None:
    written = write(graph, syntax)
    back = reading.loads(written, syntax)
    assert records(back) == records(graph)
    assert same(back, graph)
    assert write(back, syntax) == written


@slow
@given(graph=graphs())
def test_rdf12_comes_back(graph: nx.MultiDiGraph) -> None:
    for syntax in ("ttl", "trig", "nt", "nq"):
        written = write(graph, syntax, statements="rdf12")
        assert same(reading.loads(written, syntax), graph)


RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


# rdflib warns of a class of its own, which its JSON-LD reader uses.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@slow
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
