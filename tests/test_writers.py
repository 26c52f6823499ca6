"""Every plain format is whole, is read back by others, and is the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from xml.etree import ElementTree as etree

import networkx as nx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cases, graphs, texts

import kgbuild
from kgbuild.flat import inert, xml_safe
from kgbuild.graph import add_records, assemble, record_of, records
from kgbuild.model import Deal, Document, Entity, Money, Statement
from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers import FORMATS, known_options, read, write, writer
from kgbuild.writers.ftm import schemas

PLAIN = ["csv", "ftm", "gexf", "graphml", "json", "jsonl"]
VOCABULARY = load_vocabulary()

HOSTILE = [
    "<script>alert(1)</script>",
    '"; DROP TABLE x; --',
    "a\nb\r\nc\td",
    "]]> &amp; <!-- -->",
    "\u2028 \u2029 \x85 \x00 \x1b[2J",
    "half \ud800 surrogate",
    "\u202egnirts\u202c",
    "pipe|and,comma;semicolon",
    "=HYPERLINK(1)",
    "\\ud800 \\n {{ x }} ${y}",
    "z" * 10_000,
]


def hostile(text):
    """Return a graph that bears a text in every place that a text can reach."""
    one = Entity(
        id=f"organization/{text}", label=text, type="Organization", aliases=(text,)
    )
    two = Entity(id="wd:Q17", label="Japan", type="Country")
    statement = Statement(
        id="s1",
        doc=text,
        subject=one,
        relation="meets",
        object=two,
        attributed_to=(one,),
        phrase=text,
        role=text,
    )
    document = Document(id=text, text=text, title=text, source=text, url=text)
    return assemble([document], [statement], with_text=True)


def contents(paths):
    return {p.name: p.read_bytes() for p in paths}


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_graph_same_bytes_whatever_the_order(
    tmp_path, document, statements, suffix
):
    one = write(assemble([document], statements), tmp_path / f"a/graph.{suffix}")
    two = write(assemble([document], statements[::-1]), tmp_path / f"b/graph.{suffix}")
    assert contents(one) == contents(two)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_graph_is_a_whole_file(tmp_path, suffix):
    for path in write(assemble([], []), tmp_path / f"graph.{suffix}"):
        assert path.exists()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("suffix", PLAIN)
def test_hostile_text_stays_text(tmp_path, suffix, text):
    graph = hostile(text)
    paths = write(graph, tmp_path / f"graph.{suffix}")
    data = contents(paths)
    assert all(part.decode("utf-8") for part in data.values())
    found = LABELS[suffix](paths)
    expected = SAFE[suffix](text)
    assert expected in found


def _lines(paths):
    return [json.loads(row) for row in paths[0].read_text("utf-8").splitlines()]


def _table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LABELS = {
    "csv": lambda paths: {row["label"] for row in _table(paths[0])},
    "ftm": lambda paths: {e["properties"].get("name", [""])[0] for e in _lines(paths)},
    "gexf": lambda paths: set(
        dict(nx.read_gexf(paths[0]).nodes(data="label")).values()
    ),
    "graphml": lambda paths: set(
        dict(nx.read_graphml(paths[0]).nodes(data="label")).values()
    ),
    "json": lambda paths: {d["label"] for _, d in read(paths[0]).nodes(data=True)},
    "jsonl": lambda paths: {row["subject"]["label"] for row in _lines(paths)},
}


def _same(text):
    return text


def _xml(text):
    return xml_safe(text).replace("\r\n", "\n").replace("\r", "\n")


def _encodable(text):
    return text.encode("utf-8", "replace").decode()


SAFE = {
    "csv": lambda text: inert(_encodable(text)),
    "ftm": _same,
    "gexf": xml_safe,
    "graphml": _xml,
    "json": _same,
    "jsonl": _same,
}


def _joined(text):
    """Return a text whose halves of one character are that character, as JSON has them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


WHOLE = ["csv", "ftm", "gexf", "graphml", "html", "json", "parquet", "xlsx"]


@pytest.mark.parametrize("suffix", WHOLE)
def test_a_graph_that_is_read_equals_the_one_that_was_built(tmp_path, suffix):
    @cases(100)
    @given(graph=graphs(texts.map(_joined)).filter(len))
    def holds(graph):
        graph.graph["made"] = {
            "kgbuild": "1",
            "model": "m",
            "vocabulary": "a",
            "knowledge": "b",
        }
        path, *_ = write(graph, tmp_path / f"graph.{suffix}")
        again = read(path)
        assert nx.utils.graphs_equal(again, graph)
        assert list(again.edges(keys=True)) == list(graph.edges(keys=True))

    holds()


@cases(100)
@given(graph=graphs(texts.map(_joined)))
def test_statements_alone_are_all_but_what_is_told_of_articles(graph):
    again = writer("jsonl").loads(writer("jsonl").dumps(graph, VOCABULARY))
    assert again.graph == {"documents": {}}
    again.graph |= graph.graph
    assert nx.utils.graphs_equal(again, graph)


@pytest.mark.parametrize("suffix", ["gexf", "graphml"])
def test_what_only_kgbuild_reads_is_passed_over_by_others(tmp_path, suffix):
    graph = hostile("a?>b<?kgbuild {}?>\n<?kgbuild {}?>")
    (path,) = write(graph, tmp_path / f"graph.{suffix}")
    etree.parse(path)
    assert nx.utils.graphs_equal(read(path), graph)


def test_a_workbook_that_was_changed_is_not_read(tmp_path, graph):
    (path,) = write(graph, tmp_path / "graph.xlsx")
    book = openpyxl.load_workbook(path)
    book["statements"]["A2"] = "Atlantis"
    book.save(path)
    with pytest.raises(ValueError, match="was changed since kgbuild wrote it"):
        read(path)


def test_tables_are_read_by_any_of_their_names(tmp_path, graph):
    written = write(graph, tmp_path / "who.buys.csv")
    for path in (*written, tmp_path / "who.buys.csv"):
        assert nx.utils.graphs_equal(read(path), graph)
    written[1].unlink()
    with pytest.raises(FileNotFoundError, match="who.buys.relationships.csv"):
        read(written[0])


def test_an_article_with_its_whole_text_is_read_from_a_table(tmp_path):
    graph = assemble([Document(id="d", text="word " * 50_000)], [], with_text=True)
    path, *_ = write(graph, tmp_path / "graph.csv")
    assert nx.utils.graphs_equal(read(path), graph)


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        (0, lambda t: t.replace("Japan", "Atlantis", 1), "was changed since kgbuild"),
        (1, lambda t: t.replace("\r\n", "\n"), "was changed since kgbuild"),
        (2, lambda t: t.replace(",Article,", ",Article,new ", 1), "was changed since"),
        (2, lambda t: t.rpartition("all,Graph")[0], "lacks what only kgbuild writes"),
        (1, lambda t: "a,b\r\n1,2\r\n", "lacks what only kgbuild writes"),
    ],
)
def test_tables_that_were_changed_are_not_read(tmp_path, graph, part, change, says):
    written = write(graph, tmp_path / "graph.csv")
    text = written[part].read_bytes().decode()
    assert change(text) != text
    written[part].write_bytes(change(text).encode())
    with pytest.raises(ValueError, match=says):
        read(written[part])


def test_a_sum_beyond_64_bits_stays_in_the_graph_and_out_of_the_column(tmp_path):
    france, japan = (
        Entity(id=f"place/{n}", label=n, type="Country") for n in ("France", "Japan")
    )
    deal = Deal(value=Money(amount=10**20, currency="USD"))
    sale = Statement(
        id="s1",
        doc="d",
        subject=france,
        relation="transfers_arms_to",
        object=japan,
        deal=deal,
    )
    graph = assemble([Document(id="d", text="")], [sale])
    (path,) = write(graph, tmp_path / "graph.parquet")
    assert pq.read_table(path)["deal_amount"].to_pylist() == [None]
    assert kgbuild.to_frame(graph)["deal_amount"].isna().all()
    assert records(read(path)) == records(graph)


def test_a_table_of_another_program_is_not_read(tmp_path):
    path = tmp_path / "graph.parquet"
    pq.write_table(pa.table({"subject": ["Japan"]}), path)
    with pytest.raises(ValueError, match="lacks what only kgbuild writes"):
        read(path)


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_written_read_written_is_the_same(tmp_path, graph, suffix):
    (path,) = write(graph, tmp_path / f"a.{suffix}")
    (again,) = write(read(path), tmp_path / f"b.{suffix}")
    assert again.read_bytes() == path.read_bytes()
    assert records(read(path)) == records(graph)


def test_node_link_keeps_the_whole_graph(tmp_path, graph):
    (path,) = write(graph, tmp_path / "graph.json")
    again = read(path)
    assert again.graph == graph.graph
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))


@given(st.text(), st.text())
def test_any_text_goes_through_json_lines(label, phrase):
    end = Entity(id="wd:Q17", label="Japan", type="Country")
    start = Entity(id="person/x", label=label, type="Person")
    statement = Statement(
        id="s", doc="d", subject=start, relation="meets", object=end, phrase=phrase
    )
    text = writer("jsonl").dumps(assemble([], [statement]), VOCABULARY)
    (row,) = text.splitlines()
    assert json.loads(row) == json.loads(json.dumps(record_of(statement)))


def test_json_lines_have_the_fields_of_the_interface(graph):
    row = json.loads(writer("jsonl").dumps(graph, VOCABULARY).splitlines()[0])
    assert list(row) == [
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
    ]


def test_graphml_and_gexf_keep_statement_ids_and_numbers(tmp_path, graph):
    paths = [write(graph, tmp_path / f"graph.{s}")[0] for s in ("graphml", "gexf")]
    for again in (
        nx.read_graphml(paths[0], force_multigraph=True),
        nx.read_gexf(paths[1]),
    ):
        (deal,) = (d for *_, d in again.edges(data=True) if "deal_amount" in d)
        assert deal["deal_amount"] == 2_316_000_000
        assert deal["attributed_to"] == "Donald Trump"
    again = nx.read_graphml(paths[0], force_multigraph=True)
    assert {k for *_, k in again.edges(keys=True)} == {"s1", "s2"}


def test_no_file_bears_the_day_it_was_written(tmp_path, graph):
    (path,) = write(graph, tmp_path / "graph.gexf")
    assert "lastmodified" not in path.read_text("utf-8")


def test_no_file_bears_the_version_of_a_library(tmp_path, graph):
    (path,) = write(graph, tmp_path / "graph.gexf")
    assert "<creator>kgbuild</creator>" in path.read_text("utf-8")
    assert nx.__version__ not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", " \t=1", "\t1", "\r=1", "＝1", "＋1", "－1", "＠x"],
)
def test_no_cell_of_a_table_is_a_formula(text):
    cells = [
        cell
        for part in writer("csv").parts(hostile(text), VOCABULARY).values()
        for row in csv.reader(io.StringIO(part))
        for cell in row
    ]
    assert f"'{text}" in cells
    assert text not in cells


def test_neo4j_tables_refer_to_nodes_that_are_there(tmp_path, graph):
    nodes, relationships, articles = write(graph, tmp_path / "graph.csv")
    assert (nodes.name, relationships.name, articles.name) == (
        "graph.nodes.csv",
        "graph.relationships.csv",
        "graph.articles.csv",
    )
    named = [row["id:ID(Article)"] for row in _table(articles)]
    assert named == [*sorted(graph.graph["documents"]), "all"]
    ids = [row["id:ID"] for row in _table(nodes)]
    assert len(set(ids)) == len(ids)
    ends = [row[k] for row in _table(relationships) for k in (":START_ID", ":END_ID")]
    assert set(ends) <= set(ids)
    first = _table(relationships)[0]
    assert (first[":TYPE"], first["deal_amount:long"]) == (
        "transfers_arms_to",
        "2316000000",
    )


def test_follow_the_money_entities_are_valid(tmp_path, graph):
    ftm = pytest.importorskip("followthemoney")
    (path,) = write(graph, tmp_path / "graph.ftm")
    entities = [ftm.model.get_proxy(row) for row in _lines([path])]
    for entity in entities:
        entity.schema.validate(entity.to_dict())
    ids = {e.id for e in entities}
    links = [e for e in entities if e.schema.name == "UnknownLink"]
    assert len(links) == graph.number_of_edges()
    assert all(
        {*e.get("subject"), *e.get("object"), *e.get("proof")} <= ids for e in links
    )


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://", False),
        ("https:///a", False),
        ("http://a b", False),
        ("http://[", False),
        ("http://x:99/y", True),
        ("https://example.org/" + "a" * 5000, False),
        ("javascript:alert(1)", False),
    ],
)
def test_follow_the_money_is_valid_for_bad_addresses_and_days(url, kept):
    ftm = pytest.importorskip("followthemoney")
    one = Entity(id="wd:Q17", label="Japan", type="Country")
    told = Statement(
        id="s", doc="d", subject=one, relation="meets", object=one, time="2017-02-30"
    )
    about = Document(id="d", text="", url=url, date="soon")
    text = writer("ftm").dumps(assemble([about], [told]), VOCABULARY)
    found = [ftm.model.get_proxy(json.loads(row)) for row in text.splitlines()]
    for entity in found:
        entity.schema.validate(entity.to_dict())
        for prop, value in entity.itervalues():
            assert prop.type.validate(value), (prop.name, value)
    assert any(e.get("sourceUrl", quiet=True) == [url] for e in found) is kept


def test_every_type_of_the_vocabulary_has_a_schema_of_follow_the_money():
    ftm = pytest.importorskip("followthemoney")
    assert set(schemas()) == set(VOCABULARY.types)
    for name in schemas().values():
        assert ftm.model.get(name).is_a("Thing"), name


def test_an_unknown_suffix_is_told_with_those_that_are_known(tmp_path, graph):
    with pytest.raises(
        ValueError, match=r"x\.dot: no writer for 'dot'; have: .*json, jsonl"
    ):
        write(graph, tmp_path / "x.dot")


def test_what_was_there_stays_whole_when_writing_fails(tmp_path, graph):
    path = tmp_path / "graph.jsonl"
    path.write_text("old")
    broken = graph.copy()
    broken.add_edge("wd:Q17", "wd:Q30", key="s9", doc="d")
    with pytest.raises(KeyError):
        write(broken, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.jsonl"]


def test_a_full_disk_leaves_no_half_file(tmp_path, graph, monkeypatch):
    path = tmp_path / "graph.jsonl"
    path.write_text("old")

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write(graph, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.jsonl"]


def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path, graph):
    path = tmp_path / "graph.jsonl"
    mask = os.umask(0o022)
    try:
        write(graph, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
        path.chmod(0o600)
        write(graph, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(mask)


@pytest.mark.parametrize(
    ("suffix", "text", "says"),
    [
        ("jsonl", "{}\n", "line 1: is no statement"),
        ("jsonl", "x\n", "Expecting value"),
        ("json", "{}", "is no graph of kgbuild"),
        ("json", "[]", "is no graph of kgbuild"),
        ("gexf", "", "lacks what only kgbuild writes"),
        ("graphml", "<graphml/>", "lacks what only kgbuild writes"),
        ("html", "", "lacks what only kgbuild writes"),
        ("html", '<script type="text/plain" id="whole">?</script>', "is no graph"),
        ("ftm", '{"id": "a"}', "lacks what only kgbuild writes"),
        ("parquet", "", "is no Parquet"),
        ("xlsx", "", "is no workbook of kgbuild"),
    ],
)
def test_what_is_no_graph_is_not_read(tmp_path, suffix, text, says):
    path = tmp_path / f"graph.{suffix}"
    path.write_text(text)
    with pytest.raises(ValueError, match=says) as raised:
        read(path)
    assert str(raised.value).startswith(f"{path}: ")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_writer_has_one_of_the_three_entries(suffix):
    assert known_options(writer(suffix), {"no_such": 1}) == {}


def test_csv_is_read_by_any_reader_of_csv(graph):
    text = writer("csv").parts(graph, VOCABULARY)["relationships"]
    assert all(None not in row for row in csv.DictReader(io.StringIO(text)))


def test_an_entity_is_called_the_same_wherever_it_stands(document, statements):
    """A speaker and a contractor bear the label of their node, whatever a file calls them."""
    told = [record_of(s) for s in statements]
    for record in told:
        entities = [
            *record["attributed_to"],
            *record.get("deal", {}).get("contractors", []),
        ]
        for entity in entities:
            entity["label"] = entity["label"].upper()
    whole = assemble([document], statements)
    labels = dict(whole.nodes(data="label"))
    named = [
        e
        for r in records(add_records(whole, told))
        for e in (*r["attributed_to"], *r.get("deal", {}).get("contractors", []))
    ]
    assert named
    assert all(e["label"] == labels[e["id"]] for e in named)
