"""rdflib as a door: its dataset is the graph, and its Turtle the same bytes on each run."""

from __future__ import annotations

import networkx as nx
import pytest
import rdflib
from hypothesis import given
from samples import sample_graph
from strategies import HOSTILE, VOCABULARY, cases, graphs
from test_rdf_formats import MADE, hostile_graph, same, write

import kgbuild
from kgbuild.graph import records
from kgbuild.load.articles import graph_of
from kgbuild.rdf import bridge
from kgbuild.rdf.bridge import from_rdflib, to_rdflib

# rdflib warns of itself.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph).* is deprecated"
)


@cases(200)
@given(graph=graphs())
def test_there_and_back_is_the_identity(graph: nx.MultiDiGraph) -> None:
    back = from_rdflib(to_rdflib(graph))
    assert records(back) == records(graph)
    assert same(back, graph)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back(text: str) -> None:
    graph = hostile_graph(text)
    assert same(from_rdflib(to_rdflib(graph)), graph)


def test_each_article_is_a_named_graph_and_all_are_the_default() -> None:
    graph = nx.compose(sample_graph("a"), sample_graph("b"))
    graph.graph["documents"] = {
        n: sample_graph(n).graph["documents"][n] for n in ("a", "b")
    }
    graph.add_node("wd:Q1", label="universe", type="Place", aliases=[])
    graph.graph["made"] = MADE
    data = kgbuild.to_rdflib(graph)
    names = {str(g.identifier) for g in data.graphs()}
    assert {graph_of("a"), graph_of("b")} <= names
    asked = data.query("SELECT ?name { ?x a kg:Country ; rdfs:label ?name }")
    assert sorted(str(row.name) for row in asked) == ["Japan", "United States"]
    assert same(kgbuild.from_rdflib(data), graph)


@pytest.mark.parametrize(
    ("syntax", "name"), [("trig", "trig"), ("nq", "nquads"), ("ttl", "turtle")]
)
def test_what_rdflib_reads_of_our_files_is_the_graph(syntax: str, name: str) -> None:
    data = rdflib.Dataset() if syntax != "ttl" else rdflib.Graph()
    data.parse(data=write(sample_graph(), syntax), format=name)
    assert same(from_rdflib(data), sample_graph())


def test_what_rdflib_writes_of_a_dataset_is_read() -> None:
    for name, syntax in (("trig", "trig"), ("nquads", "nq")):
        text = to_rdflib(sample_graph()).serialize(format=name)
        assert same(bridge.reading.loads(text, syntax), sample_graph())


def test_large_graphs_are_streamed_and_tell_the_same(monkeypatch) -> None:
    small = write(sample_graph(), "ttl")
    monkeypatch.setattr(bridge, "LARGEST", 10)
    large = write(sample_graph(), "ttl")
    assert small != large
    one, other = (rdflib.Graph().parse(data=t, format="turtle") for t in (small, large))
    assert set(one) == set(other)


def test_an_unknown_relation_is_refused() -> None:
    graph = sample_graph()
    graph.edges["person/shinzo-abe", "wd:Q17", "a4"]["relation"] = "adores"
    with pytest.raises(ValueError, match="relation 'adores' is not in the vocabulary"):
        to_rdflib(graph, vocabulary=VOCABULARY)
