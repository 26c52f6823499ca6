"""No statement is lost, and none is told as more than it is."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from strategies import VOCABULARY, cases, graphs
from test_rdf_formats import write

from kgbuild.graph import records
from kgbuild.rdf.terms import BASE, mint, term

RELATIONS = {term(f"kg:{name}") for name in VOCABULARY.relations}
NODE, FACTUALITY = term("kg:Statement"), term("kg:factuality")


def parsed(graph: nx.MultiDiGraph, style: str) -> list[list[str]]:
    lines = write(graph, "nt", statements=style).split("\n")
    return [line.removesuffix(" .").split(" ", 2) for line in lines if line]


def said(record: dict) -> tuple[str, str, str]:
    return (
        mint(BASE, "ent", record["subject"]["id"]),
        term(f"kg:{record['relation']}"),
        mint(BASE, "ent", record["object"]["id"]),
    )


@cases(1000)
@given(graph=graphs())
def test_plain_triples_are_the_unattributed_facts(graph: nx.MultiDiGraph) -> None:
    told = records(graph)
    facts = {
        said(r) for r in told if r["factuality"] == "fact" and r["attributed_to"] == []
    }
    for style in ("plain", "reified", "rdf12"):
        triples = parsed(graph, style)
        assert {(s, p, o) for s, p, o in triples if p in RELATIONS} == facts
        nodes = [s for s, p, o in triples if o == NODE]
        assert len(nodes) == len(set(nodes)) == (0 if style == "plain" else len(told))


@cases(1000)
@given(graph=graphs())
def test_each_statement_keeps_how_far_it_is_so(graph: nx.MultiDiGraph) -> None:
    triples = parsed(graph, "reified")
    found = {s: o.strip('"') for s, p, o in triples if p == FACTUALITY}
    wanted = {mint(BASE, "st", r["id"]): r["factuality"] for r in records(graph)}
    assert found == wanted
    speakers = {(s, o) for s, p, o in triples if p == term("kg:attributedTo")}
    assert speakers == {
        (mint(BASE, "st", r["id"]), mint(BASE, "ent", e["id"]))
        for r in records(graph)
        for e in r["attributed_to"]
    }


@cases(300)
@given(graph=graphs())
def test_no_blank_node_and_every_iri_is_ascii(graph: nx.MultiDiGraph) -> None:
    for names in parsed(graph, "reified"):
        for name in names:
            assert not name.startswith("_:")
            if name.startswith("<"):
                assert name.isascii() and " " not in name


def test_an_unknown_relation_is_refused() -> None:
    graph = nx.MultiDiGraph(documents={})
    graph.add_node("a", label="a", type="Person", aliases=[])
    graph.add_edge(
        "a", "a", key="s1", doc="d", relation="adores", factuality="fact",
        attributed_to=[], confidence=1.0, evidence=[],
    )  # fmt: skip
    with pytest.raises(ValueError, match="s1: relation 'adores' is not in the vocab"):
        write(graph, "ttl")
    graph.edges["a", "a", "s1"]["relation"] = "meets"
    graph.nodes["a"]["type"] = "Robot"
    with pytest.raises(ValueError, match="a: type 'Robot' is not in the vocabulary"):
        write(graph, "ttl")
