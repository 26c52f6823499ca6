"""Questions: their answers are what the statements say."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from gold import gold_graph
from samples import sample_graph
from strategies import HOSTILE
from test_rdf_formats import hostile_graph, write

from kgbuild.commands.query import Results, query
from kgbuild.graph import add_records, records
from kgbuild.query import (
    Question,
    Server,
    ask,
    find,
    graph_file,
    open_source,
    open_store,
    questions,
)
from kgbuild.vocabulary import load_vocabulary

Rows = list[dict[str, str]]


def store_of(graph: nx.MultiDiGraph, syntax: str = "nq") -> ox.Store:
    store = ox.Store()
    text = write(graph, syntax)
    store.load(text, format=ox.RdfFormat.from_extension(syntax))
    return store


def rows(store: ox.Store, name: str, of: str | None = None) -> Rows:
    found = ask(store, find(name), of)
    names = [v.value for v in found.variables if v.value != "of"]
    return [{n: r[n].value if r[n] is not None else "" for n in names} for r in found]


def parts(text: str) -> list[str]:
    return sorted(text.split("; ")) if text else []


def expected(record: dict) -> dict:
    """Return what most questions tell of a statement."""
    return {
        "subject": record["subject"]["label"],
        "object": record["object"]["label"],
        "factuality": record["factuality"],
        "time": record["time"] or "",
        "article": record["doc"],
        "statement": record["id"],
    }


def common(row: dict[str, str]) -> dict:
    return {
        k: row[k]
        for k in ("subject", "object", "factuality", "time", "article", "statement")
    }


def reported(graph: nx.MultiDiGraph, record: dict) -> str:
    """Return the article's day, for an event that tells none."""
    day = graph.graph["documents"][record["doc"]]["date"] or ""
    return day if is_event(record) and not record["time"] else ""


def is_event(record: dict) -> bool:
    return load_vocabulary().relations[record["relation"]].kind == "event"


def same(found: list[dict], wanted: list[dict]) -> bool:
    def key(row: dict) -> str:
        return json.dumps(row, sort_keys=True)

    return sorted(found, key=key) == sorted(wanted, key=key)


GRAPHS = {"sample": sample_graph, "annotated": gold_graph}


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> nx.MultiDiGraph:
    return GRAPHS[request.param]()


@pytest.mark.parametrize("syntax", ["nq", "ttl"])
def test_deals_are_those_of_the_statements(graph: nx.MultiDiGraph, syntax: str) -> None:
    wanted = []
    for r in records(graph):
        if deal := r.get("deal"):
            value = deal["value"] or {"amount": "", "currency": ""}
            pieces = {
                f"{i['quantity']} {i['label']}"
                if i["quantity"] is not None
                else i["label"]
                for i in deal["items"]
            }
            wanted.append(
                {
                    "supplier": r["subject"]["label"],
                    "recipient": r["object"]["label"],
                    "items": sorted(pieces),
                    "amount": str(value["amount"]),
                    "currency": value["currency"],
                    "kind": deal["kind"] or "",
                    "status": deal["status"] or "",
                    "factuality": r["factuality"],
                    "contractors": sorted(c["label"] for c in deal["contractors"]),
                    "said_by": sorted(e["label"] for e in r["attributed_to"]),
                    "time": r["time"] or "",
                    "reported_on": reported(graph, r),
                    "article": r["doc"],
                    "statement": r["id"],
                }
            )
    found = rows(store_of(graph, syntax), "deals")
    lists = ("items", "contractors", "said_by")
    assert wanted
    assert same([row | {k: parts(row[k]) for k in lists} for row in found], wanted)


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("who-threatens-whom", "threatens"),
        ("leaders", "leads"),
        ("who-met-whom", "meets"),
    ],
)
def test_questions_of_one_relation(
    graph: nx.MultiDiGraph, name: str, relation: str
) -> None:
    wanted = [expected(r) for r in records(graph) if r["relation"] == relation]
    assert wanted
    assert same([common(row) for row in rows(store_of(graph), name)], wanted)


def test_leaders_met(graph: nx.MultiDiGraph) -> None:
    leaders = {
        r["subject"]["id"]
        for r in records(graph)
        if r["relation"] == "leads" and r["factuality"] == "fact"
    }
    wanted = [
        expected(r)
        for r in records(graph)
        if r["relation"] == "meets"
        and {r["subject"]["id"], r["object"]["id"]} <= leaders
    ]
    assert same([common(row) for row in rows(store_of(graph), "leaders-met")], wanted)


def test_leaders_met_takes_no_longer_for_leading_often() -> None:
    store = store_of(many(150))
    seconds = {}
    for name in ("who-met-whom", "leaders-met"):
        start = time.perf_counter()
        assert len(rows(store, name)) == 150
        seconds[name] = time.perf_counter() - start
    assert seconds["leaders-met"] < 10 * seconds["who-met-whom"]


def test_timeline_tells_events_in_order_of_time(graph: nx.MultiDiGraph) -> None:
    found = rows(store_of(graph), "timeline", "japan")
    about = [
        r
        for r in records(graph)
        if "Japan" in (r["subject"]["label"], r["object"]["label"])
    ]
    wanted = [expected(r) for r in about if is_event(r)]
    assert len(wanted) < len(about)
    assert same([common(row) for row in found], wanted)
    times = [row["time"] or row["reported_on"] or "9999" for row in found]
    assert times == sorted(times)


@pytest.mark.parametrize("syntax", ["nq", "ttl"])
def test_an_event_without_a_time_is_reported_on_its_articles_day(
    graph: nx.MultiDiGraph, syntax: str
) -> None:
    for *_, edge in graph.edges(data=True):
        edge["time"] = None if edge["relation"] == "meets" else edge["time"]
    wanted = {
        r["id"]: reported(graph, r) for r in records(graph) if r["relation"] == "meets"
    }
    found = rows(store_of(graph, syntax), "who-met-whom")
    assert any(wanted.values())
    assert {row["statement"]: row["reported_on"] for row in found} == wanted


def test_said_by(graph: nx.MultiDiGraph) -> None:
    wanted = [
        (e["label"], r["id"], r["relation"])
        for r in records(graph)
        for e in r["attributed_to"]
    ]
    found = rows(store_of(graph), "said-by")
    assert sorted(
        (f["speaker"], f["statement"], f["relation"]) for f in found
    ) == sorted(wanted)
    name = wanted[0][0]
    one = rows(store_of(graph), "said-by", name)
    assert {f["speaker"] for f in one} == {name}
    assert len(one) == sum(w[0] == name for w in wanted)


def test_evidence_for(graph: nx.MultiDiGraph) -> None:
    store = store_of(graph)
    wanted = sorted(
        (e["doc"], str(e["start"]), str(e["end"]), e["sentence"])
        for r in records(graph)
        for e in r["evidence"]
    )
    keys = ("article", "start", "end", "sentence")
    found = sorted(tuple(row[k] for k in keys) for row in rows(store, "evidence-for"))
    assert found == wanted
    first = records(graph)[0]
    (row,) = rows(store, "evidence-for", first["id"])
    assert row["sentence"] == first["evidence"][0]["sentence"]


def test_asking_all_at_once_gives_the_rows_of_asking_each() -> None:
    twofold = [q for q in questions().values() if q.of_all]
    assert [q.name for q in twofold] == ["evidence-for"]
    stores = [store_of(many(12), syntax) for syntax in ("ttl", "nq")]
    stores += [store_of(hostile_graph(text)) for text in HOSTILE]
    for question, store in itertools.product(twofold, stores):
        one = ask(store, replace(question, of_all=""))
        all_ = ask(store, question)
        assert one.variables == all_.variables
        assert [list(map(str, r)) for r in one] == [list(map(str, r)) for r in all_]


@pytest.mark.parametrize("text", [t for t in HOSTILE if t])
def test_a_name_is_bound_as_a_term_whatever_it_holds(text: str) -> None:
    store = store_of(hostile_graph("x"))
    assert rows(store, "evidence-for", text) == []
    with pytest.raises(ValueError, match="no entity is named"):
        ask(store, find("timeline"), text)
    graph = hostile_graph(text)
    for *_, edge in graph.edges(data=True):
        edge["relation"] = "meets"
    assert len(rows(store_of(graph), "timeline", text)) == 1


def test_mistakes_are_told(tmp_path: Path) -> None:
    store = store_of(sample_graph())
    cases = {
        "no question 'deal'; have: deals": lambda: find("deal"),
        "takes no --of": lambda: ask(store, find("deals"), "Japan"),
        "say what about": lambda: ask(store, find("timeline")),
        "near: Japan": lambda: ask(store, find("timeline"), "Japn"),
        "SPARQL: ": lambda: ask(store, find("SELECT WHERE")),
        "run kgbuild build first": lambda: open_store(tmp_path),
        "no file of RDF": lambda: graph_file(tmp_path / "x.html"),
    }
    for message, call in cases.items():
        with pytest.raises(ValueError, match=message):
            call()


def test_an_ambiguous_name_is_told_with_the_ids() -> None:
    graph = sample_graph()
    graph.nodes["wd:Q30"]["label"] = "Japan"
    with pytest.raises(ValueError, match="give one of wd:Q17, wd:Q30"):
        ask(store_of(graph), find("timeline"), "Japan")
    assert rows(store_of(graph), "timeline", "wd:Q30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(write(sample_graph(), "ttl"), encoding="utf-8")
    return tmp_path


def test_results_in_the_formats_of_w3c(folder: Path, capfdbinary) -> None:
    query(folder, "leaders", format=Results.csv)
    lines = capfdbinary.readouterr().out.split(b"\r\n")
    assert lines[0].startswith(b"subject,object,role,factuality")
    assert lines[1].startswith(b"Shinzo Abe,Japan,Prime Minister,fact")
    query(folder, "leaders", format=Results.json)
    found = json.loads(capfdbinary.readouterr().out)
    assert found["results"]["bindings"][0]["object"]["value"] == "Japan"
    formula = "SELECT ('=1' AS ?a) (-1 AS ?b) ('@x'@en AS ?c) { }"
    query(folder, formula, format=Results.csv)
    assert capfdbinary.readouterr().out == b"a,b,c\r\n'=1,-1,'@x\r\n"
    query(folder, "ASK { ?a kg:leads ?b }", format=Results.csv)
    assert capfdbinary.readouterr().out == b"true\r\n"
    query(folder, "ASK { ?a kg:leads ?b }")
    assert capfdbinary.readouterr().out == b"yes\n"
    query(folder, "CONSTRUCT WHERE { ?a kg:leads ?b }")
    assert (
        b"ent:person.shinzo-abe kg:leads ent:wd:Q17 ." in capfdbinary.readouterr().out
    )
    with pytest.raises(ValueError, match="take --format ttl"):
        query(folder, "CONSTRUCT WHERE { ?a ?b ?c }", format=Results.csv)
    with pytest.raises(ValueError, match="yield no triples"):
        query(folder, "SELECT * { ?a ?b ?c }", format=Results.ttl)


def test_a_table_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query(folder, "deals")
    out = capsys.readouterr().out
    for text in (
        "United States",
        "42 F-35; training",
        "2316000000",
        "Shinzo Abe",
        "1 row",
    ):
        assert text in out
    query(folder)
    out = capsys.readouterr().out
    assert all(name in out for name in questions())


def test_a_query_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "mine.rq"
    file.write_text("SELECT ?name { ?x a kg:Person ; rdfs:label ?name } ORDER BY ?name")
    query(folder, str(file))
    out = capsys.readouterr().out
    assert "Donald Trump" in out and "2 rows" in out


def test_questions_are_portable_sparql() -> None:
    """Each runs as it stands, prefixes and all, on an engine that is not ours."""
    import rdflib

    graph = rdflib.Graph().parse(data=write(sample_graph(), "ttl"), format="turtle")
    counts = {name: len(list(graph.query(q.sparql))) for name, q in questions().items()}
    assert counts["deals"] == counts["who-threatens-whom"] == counts["leaders"] == 1
    assert counts["said-by"] == 1 and counts["evidence-for"] == 4
    for question in questions().values():
        if question.of_all:
            assert len(list(graph.query(question.of_all))) == counts[question.name]


@pytest.mark.parametrize(
    "call",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "SELECT * { ?a ?b ?c .service silent<http://127.0.0.1:1/>{ ?a ?b ?c } }",
        "SELECT * { ?a ?b 1SERVICE<http://127.0.0.1:1/>{ ?a ?b ?c } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "PREFIX x: <x:> SELECT * { SERVICE x:y { ?a ?b ?c } }",
        "SELECT * { ?a ?b '#' . SERVICE ?a { ?a ?b ?c } }",
    ],
)
def test_no_query_asks_other_servers_unless_it_is_let(call: str) -> None:
    store = store_of(sample_graph())
    with pytest.raises(ValueError, match="--allow-network lets it"):
        ask(store, find(call))


def test_service_may_be_asked_and_may_be_a_name(tmp_path: Path) -> None:
    store = store_of(sample_graph())
    call = "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?a ?b ?c } }"
    assert len(list(ask(store, find(call), network=True))) == 1
    plain = "SELECT ?service { ?service kg:service 'SERVICE' } # SERVICE <x:x> {}"
    assert list(ask(store, find(plain))) == []


def many(number: int) -> nx.MultiDiGraph:
    """Return so many articles about the same few, so that all share their entities.

    Each tells of the same two that they lead a state and met.
    """
    names = [f"a{n}" for n in range(number)]
    graph = nx.compose_all([sample_graph(name) for name in names])
    graph.graph["documents"] = {n: sample_graph(n).graph["documents"][n] for n in names}
    return add_records(graph, [second_leader(name) for name in names])


def second_leader(name: str) -> dict:
    """Return a statement that who met the leader of an article leads a state, too."""
    told = {r["relation"]: r for r in records(sample_graph(name))}
    ends = {"subject": told["meets"]["subject"]}
    ends["object"] = told["transfers_arms_to"]["subject"]
    return told["leads"] | ends | {"id": f"{name}5"}


def about(question: Question) -> str | None:
    return "Japan" if question.required else None


def answers(source: ox.Store | Server) -> dict[str, list[list[str]]]:
    return {
        name: [
            [str(row[v]) for v in found.variables]
            for found in [ask(source, question, about(question))]
            for row in found
        ]
        for name, question in questions().items()
    }


@pytest.mark.parametrize("syntax", ["nq", "trig", "jsonld", "nt"])
def test_files_of_any_syntax_give_the_same_rows(tmp_path: Path, syntax: str) -> None:
    wanted = []
    for suffix in ("ttl", syntax):
        file = tmp_path / f"graph.{suffix}"
        file.write_text(write(many(5), suffix), encoding="utf-8")
        wanted.append(answers(open_store(file)))
    assert wanted[0] == wanted[1]
    assert {name: len(found) for name, found in wanted[0].items()} == {
        "deals": 5,
        "evidence-for": 25,
        "leaders": 10,
        "leaders-met": 5,
        "said-by": 5,
        "timeline": 10,
        "who-met-whom": 5,
        "who-threatens-whom": 5,
    }


def test_an_entity_counts_once_however_many_articles_name_it(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text(write(many(5), "nq"), encoding="utf-8")
    asked = find("SELECT ?name { ?a a kg:Country ; rdfs:label ?name }")
    assert len(list(ask(open_source(str(file), asked), asked))) == 2
    asked = find("SELECT DISTINCT ?g { GRAPH ?g { ?a ?b ?c } }")
    assert len(list(ask(open_source(str(file), asked), asked))) == 5
