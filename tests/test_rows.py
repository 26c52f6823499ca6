"""Rows with their article, picks, and facts across articles."""

from __future__ import annotations

import json

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest
from test_archive import articles, cli, put  # noqa: F401  # a fixture

import kgbuild
from kgbuild.archive.alike import originals
from kgbuild.archive.facts import facts
from kgbuild.flat import flat_edge
from kgbuild.frames import COLUMNS, rows, to_frame
from kgbuild.graph import add_records
from kgbuild.knowledge.names import Name, Term
from kgbuild.model import Document
from kgbuild.notebook import shown
from kgbuild.picks import Picks, picked
from kgbuild.query import ask, find, open_store
from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers import write

VOCABULARY = load_vocabulary()
EVENT = next(
    r for r in VOCABULARY.relations.values() if r.kind == "event" and r.symmetric
)
STATE = next(r for r in VOCABULARY.relations.values() if r.kind == "state")
ONE_WAY = next(
    r for r in VOCABULARY.relations.values() if r.kind == "event" and not r.symmetric
)


def entity(name: str, type: str = "Person") -> dict:
    id = f"{type.lower()}/{name.lower()}"
    return {"id": id, "label": name, "type": type, "aliases": [f"Mr {name}"]}


def told(doc: str, subject="Ann", object="Bob", relation=EVENT.name, **fields) -> dict:
    evidence = {"doc": doc, "start": 0, "end": 9, "sentence": f"{subject} and {object}"}
    spans = {"subject": [0, 3], "object": [4, 7], "trigger": [3, 4]}
    return {
        "id": f"{doc}-{subject}-{object}-{relation}",
        "doc": doc,
        "subject": entity(subject),
        "relation": relation,
        "object": entity(object),
        "factuality": "fact",
        "attributed_to": [],
        "time": None,
        "phrase": "met",
        "confidence": 0.8,
        "qualifiers": {"role": None},
        "evidence": [{**evidence, **spans}],
        **fields,
    }


def days(**told_days: str) -> dict:
    return {
        id: {"title": id.upper(), "date": day, "source": "Wire", "url": f"x:{id}"}
        for id, day in told_days.items()
    }


DOCS = days(a="2014-05-01", b="2014-05-02", c="2015-06-01")


def united(*records: dict, alike=None) -> list[dict]:
    return facts(records, DOCS, VOCABULARY, alike or {})


# -- facts ------------------------------------------------------------------------------


def test_a_state_that_three_articles_tell_is_one_fact():
    (fact,) = united(*(told(d, relation=STATE.name) for d in "cab"))
    assert (fact["articles"], fact["independent"]) == (3, 3)
    assert (fact["first_day"], fact["last_day"]) == ("2014-05-01", "2015-06-01")
    assert [e["doc"] for e in fact["evidence"]] == ["a", "b", "c"]
    assert fact["doc"] == "a"
    assert fact["confidence"] == 1 - 0.2 * 0.6 * 0.6


def test_near_duplicates_count_once():
    (fact,) = united(
        *(told(d, relation=STATE.name) for d in "abc"), alike={"a": "a", "b": "a"}
    )
    assert (fact["articles"], fact["independent"], fact["confidence"]) == (3, 2, 0.88)


def test_what_differs_stays_apart():
    base = {"relation": ONE_WAY.name, "time": "2014-05-01"}
    speaker = [{k: entity("Zed")[k] for k in ("id", "label", "type")}]
    found = united(
        told("a", **base),
        told("b", "Bob", "Ann", **base),
        told("b", factuality="possible", **base),
        told("c", attributed_to=speaker, **base),
        told("c", **{**base, "time": "2015-06-01"}),
    )
    assert [f["articles"] for f in found] == [1] * 5
    assert len({f["id"] for f in found}) == 5


def test_a_meeting_is_one_whoever_is_named_first():
    (fact,) = united(
        told("a", time="2014-05-01"), told("b", "Bob", "Ann", time="2014-05-01")
    )
    assert (fact["subject"]["label"], fact["object"]["label"]) == ("Ann", "Bob")
    assert fact["evidence"][1]["subject"] == [4, 7]


def test_an_event_without_a_day_joins_that_of_the_days_before():
    found = united(told("a", time="2014-05-01"), told("b"), told("c"))
    assert [f["articles"] for f in found] == [2, 1]


def test_facts_are_the_same_in_any_order_and_keep_their_ids():
    records = [told(d, relation=r) for d in "abc" for r in (EVENT.name, STATE.name)]
    assert united(*records) == united(*records[::-1])
    assert {f["id"] for f in united(*records[:2])} <= {
        f["id"] for f in united(*records)
    }


# -- terms ------------------------------------------------------------------------------

KNOWN = {
    "person/ann": Name(
        id="person/ann",
        label="Ann",
        type="Person",
        terms=(
            Term(role="President", of="person/bob", start="2012-05", end="2015-01-01"),
            Term(role="Prime Minister", of="person/bob", start="2015-03-01"),
        ),
    )
}


def held(*records: dict) -> list[tuple]:
    """Return from when to when posts are held, by whose word, and how many tell it."""
    found = facts(records, DOCS, VOCABULARY, {}, KNOWN)
    terms = [(f.get("term"), f["articles"]) for f in found]
    return sorted((t["from"], t["to"], t["by"], n) for t, n in terms if t)


def led(doc: str, role: str | None = None, subject: str = "Ann", **fields) -> dict:
    post = {"qualifiers": {"role": role}, "relation": "leads"}
    return {**told(doc, subject, **post, **fields), "id": f"{doc}-{subject}-{role}"}


@pytest.mark.parametrize(
    ("records", "found"),
    [
        # the knowledge has the term of that day, whatever article tells it
        (
            [led("a"), led("b", "leader"), led("c", "Premier")],
            [
                ("2012-05", "2015-01-01", "knowledge", 2),
                ("2015-03-01", None, "knowledge", 1),
            ],
        ),
        # of who is not known: the first and the last day told; no post is any post
        (
            [
                led("c", "mayor", "Zed"),
                led("a", "the Mayor", "Zed"),
                led("b", None, "Zed"),
            ],
            [("2014-05-01", "2015-06-01", "articles", 3)],
        ),
        # other posts are other terms
        (
            [led("a", "mayor", "Zed"), led("c", "governor", "Zed")],
            [
                ("2014-05-01", "2014-05-01", "articles", 1),
                ("2015-06-01", "2015-06-01", "articles", 1),
            ],
        ),
        (
            [led("a", "Bürgermeister", "Zed")],
            [("2014-05-01", "2014-05-01", "articles", 1)],
        ),
        # a post, or a day, that the knowledge has not
        ([led("a", "mayor")], [("2014-05-01", "2014-05-01", "articles", 1)]),
        ([led("a", time="2011-01")], [("2011-01", "2011-01", "articles", 1)]),
        # what is told for a time of its own
        (
            [led("c", time="2013/2014")],
            [("2012-05", "2015-01-01", "knowledge", 1)],
        ),
        # what is not so, or not told of any day, has no term
        ([led("a", factuality="negated"), led("nowhere")], []),
    ],
)
def test_posts_are_terms(records, found):
    assert held(*records) == found
    assert held(*records[::-1]) == found


def test_a_term_is_in_rows_and_comes_back_from_rdf(tmp_path):
    found = facts([led("a"), led("c", "mayor", "Zed")], DOCS, VOCABULARY, {}, KNOWN)
    made = add_records(nx.MultiDiGraph(documents=DOCS), found)
    known, told_alone = (
        [r[f"term_{k}"] for k in ("from", "to", "by")] for r in rows(made)
    )
    assert known == ["2012-05", "2015-01-01", "knowledge"]
    assert told_alone == ["2015-06-01", "2015-06-01", "articles"]
    write(made, tmp_path / "graph.ttl")
    write(made, tmp_path / "graph.csv")
    assert rows(kgbuild.read(tmp_path / "graph.ttl")) == rows(made)
    assert "2012-05,2015-01-01,knowledge" in (
        (tmp_path / "graph.relationships.csv").read_text()
    )
    (asked,) = [
        (row["term_from"].value, row["term_to"].value)
        for row in ask(open_store(tmp_path / "graph.ttl"), find("leaders"))
        if row["subject"].value == "Ann"
    ]
    assert asked == ("2012-05", "2015-01-01")


def test_texts_that_are_nearly_the_same_are_alike():
    wire = " ".join(f"word{n}" for n in range(200))
    other = " ".join(f"other{n}" for n in range(200))
    texts = {"z": wire, "y": f"LONDON. {wire}", "x": other, "w": ""}
    found = originals(Document(id=k, text=v) for k, v in texts.items())
    assert found == {"z": "y", "y": "y", "x": "x", "w": "w"}


# -- picks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picks", "found"),
    [
        ({"since": "2014-05-02"}, "bcd"),
        ({"until": "2014"}, "abd"),
        ({"since": "2013", "until": "2013"}, "d"),
        ({"relations": (STATE.name,)}, "b"),
        ({"types": ("Country",)}, "c"),
        ({"about": ("mr zed",)}, "c"),
        ({"about": ("person/bob",)}, "abd"),
        ({"min_confidence": 0.9}, "d"),
        ({}, "abcd"),
    ],
)
def test_picks(picks, found):
    records = [
        told("a"),
        told("b", relation=STATE.name),
        told("c", object="Zed"),
        told("d", time="2013-01/2016-01", confidence=0.95),
    ]
    records[2]["subject"] = entity("Land", "Country")
    assert "".join(r["doc"] for r in picked(records, DOCS, Picks(**picks))) == found


def test_a_name_that_nobody_has_is_told_with_those_that_are_near():
    with pytest.raises(ValueError, match="nobody is named 'Anne' here; near: Ann"):
        picked([told("a")], DOCS, Picks(about=("Anne",)))


# -- rows -------------------------------------------------------------------------------


@pytest.fixture
def graph():
    made = nx.MultiDiGraph(documents=DOCS)
    return add_records(made, [told("a"), told("b", relation=STATE.name, time="2014")])


def test_a_row_tells_its_article_and_an_event_its_day(graph):
    event, state = rows(graph)
    assert list(event) == list(COLUMNS)
    assert (event["reported_on"], state["reported_on"]) == ("2014-05-01", None)
    article = [event[k] for k in ("doc", "title", "date", "source", "link", "sentence")]
    assert article == ["a", "A", "2014-05-01", "Wire", "x:a", "Ann and Bob"]
    assert "reported_on" not in flat_edge(told("a"))


def test_parquet_and_workbooks_hold_the_rows(graph, tmp_path):
    for suffix in ("parquet", "xlsx"):
        write(graph, tmp_path / f"one.{suffix}")
        write(graph, tmp_path / f"two.{suffix}")
        one, two = (tmp_path / f"{n}.{suffix}" for n in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    assert pq.read_table(tmp_path / "one.parquet").to_pylist() == rows(graph)
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["statements", "entities", "articles"]
    head, *found = book["statements"].values
    assert [dict(zip(head, row, strict=True)) for row in found] == rows(graph)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    made = add_records(nx.MultiDiGraph(documents={}), [told("a", phrase="=1+1")])
    write(made, tmp_path / "a.xlsx")
    cells = [
        c
        for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["statements"]
        for c in row
    ]
    assert [c.data_type for c in cells if c.value == "=1+1"] == ["s"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames(graph, library):
    frame = to_frame(graph, library)
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["doc"]) == ["a", "b"]
    united = to_frame(
        add_records(nx.MultiDiGraph(documents={}), [told("a", articles=2)])
    )
    assert int(united["articles"].sum()) == 2


def test_a_library_that_is_not_there_is_told(graph):
    with pytest.raises(ImportError, match="nope is not installed"):
        to_frame(graph, "nope")


# -- on the command line ----------------------------------------------------------------


def lines(path) -> list[dict]:
    return [json.loads(row) for row in path.read_text().splitlines()]


def test_export_of_a_part_and_of_facts(cli, tmp_path):  # noqa: F811
    kg = tmp_path / "kg"
    cli("build", put(tmp_path / "a.jsonl", articles(24)), "-o", kg, "--to", "jsonl")
    part = ("export", kg, "--to", "jsonl,json", "-o", tmp_path / "part")
    assert (
        cli(*part, "--since", "2014-03", "--until", "2014-04", "--about", "ann")[0] == 0
    )
    found = lines(tmp_path / "part/statements.jsonl")
    assert found
    assert {r["doc"] for r in found} <= {"d2", "d3", "d14", "d15"}
    data = json.loads((tmp_path / "part/graph.json").read_text())
    assert data["graph"]["documents"].keys() == {r["doc"] for r in found}
    assert cli(*part, "--facts")[0] == 0
    found = lines(tmp_path / "part/statements.jsonl")
    assert len(found) == 24
    assert {r["articles"] for r in found} == {1}
    read = kgbuild.read(kg)
    assert read.number_of_edges() == 48
    assert kgbuild.read(kg, facts=True).number_of_edges() == 24
    code, out, err = cli("export", kg, "--about", "Ann")
    assert (code, out) == (1, "")
    assert "a part of" in err
    whole = len(found)
    for wrong in (("--relation", "nope"), ("--type", "nope")):
        code, _, err = cli(*part, *wrong)
        assert code == 2
        assert f"no {wrong[0][2:]} 'nope'; have: " in err
    assert cli(*part, "--relation", "MEETS", "--type", "person", "--facts")[0] == 0
    assert len(lines(tmp_path / "part/statements.jsonl")) == whole


def test_a_question_about_somebody_of_whom_nothing_is_picked_has_no_rows(
    cli,  # noqa: F811
    tmp_path,
):
    kg = tmp_path / "kg"
    cli("build", put(tmp_path / "a.jsonl", articles(24)), "-o", kg, "--to", "jsonl")
    words = ("query", kg, "timeline", "--since", "2020", "--format", "csv")
    code, out, err = cli(*words, "--of", "Ann")
    assert (code, err, out.count("\n")) == (0, "", 1)
    code, out, err = cli(*words, "--of", "Anm")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "no entity is named 'Anm'; near: Ann" in err


def test_what_cannot_be_picked_from_is_told(cli, tmp_path):  # noqa: F811
    kg, store = tmp_path / "kg", tmp_path / "store"
    cli("build", put(tmp_path / "a.jsonl", articles(2)), "-o", kg)
    cli("load", kg, "--to", store)
    for place in (store, kg / "graph.ttl", "http://127.0.0.1:1/store"):
        code, out, err = cli("query", place, "leaders", "--since", "2017")
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "need the folder that kgbuild build wrote" in err


@pytest.mark.parametrize("until", ["2017", "2017-12-31", "2016-05"])
def test_what_ends_before_it_begins_is_refused(cli, tmp_path, until):  # noqa: F811
    source, kg = put(tmp_path / "a.jsonl", articles(2)), tmp_path / "kg"
    days = ("--since", "2018", "--until", until)
    assert cli("build", source, "-o", tmp_path / "no", *days)[0] == 2
    assert not (tmp_path / "no").exists()
    cli("build", source, "-o", kg)
    for words in (("export", kg, "-o", tmp_path / "no"), ("query", kg, "leaders")):
        code, out, err = cli(*words, *days)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"--since 2018 is after --until {until}" in err
    assert cli("query", kg, "leaders", "--since", "2018-03", "--until", "2018")[0] == 0


@pytest.mark.parametrize(
    "suffix", ["ttl", "nq", "html", "ftm", "csv", "graphml", "gexf"]
)
def test_facts_are_written_in_all_formats(tmp_path, suffix):
    found = united(*(told(d, relation=STATE.name) for d in "abc"))
    made = add_records(nx.MultiDiGraph(documents=DOCS), found)
    for path in write(made, tmp_path / f"graph.{suffix}"):
        assert path.stat().st_size


def test_a_notebook_shows_the_page(tmp_path, graph):
    write(graph, tmp_path / "graph.json")
    read = kgbuild.read(tmp_path / "graph.json")
    assert rows(read) == rows(graph)
    shown = read._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!')
    assert shown.count('"') == 4


def test_what_several_make_together_keeps_the_articles_of_all(graph):
    other = add_records(nx.MultiDiGraph(documents=days(d="2016-07-01")), [told("d")])
    made = [{"kgbuild": "1"}, {"kgbuild": "2"}]
    one, two = (shown(g) for g in (graph, other))
    one.graph["made"], two.graph["made"] = made
    both = nx.compose(one, two)
    assert both.graph["documents"] == {**DOCS, **days(d="2016-07-01")}
    assert "made" not in both.graph
    assert {r["title"] for r in rows(both)} == {"A", "B", "D"}
    assert nx.compose(one, one).graph == one.graph
    assert one.graph["documents"] == DOCS
    assert one.copy().graph == one.graph


def test_a_part_shows_its_page_without_those_who_speak_in_it(graph):
    speaker = {k: entity("Zed")[k] for k in ("id", "label", "type")}
    made = add_records(shown(graph), [told("c", attributed_to=[speaker])])
    part = made.subgraph(["person/ann", "person/bob"])
    assert "person/zed" not in part
    assert "Zed" in part._repr_html_()


def test_a_graph_too_large_for_a_notebook_says_so(graph, monkeypatch):
    monkeypatch.setattr("kgbuild.notebook._MOST", 1)
    assert shown(graph)._repr_html_().startswith("<p>2 statements, too many")


def test_what_is_not_there_cannot_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no such folder or file"):
        kgbuild.read(tmp_path / "kg")


def test_a_version_is_told(cli):  # noqa: F811
    code, out, _ = cli("--version")
    assert (code, out.split()[0]) == (0, "kgbuild")
