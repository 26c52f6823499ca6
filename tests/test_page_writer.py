"""The page as text: what is in it, its policy, and the positions; no browser needed."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from importlib.resources import files
from typing import Any

import networkx as nx
import page_graphs as graphs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.layout import place
from kgbuild.page_data import escaped, pack, page_data, units
from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers.html import SCRIPTS, dumps

HASH = re.compile(r"'sha256-([^']+)'")
INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


@pytest.fixture(scope="module")
def page() -> str:
    return dumps(graphs.sample(), load_vocabulary())


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_the_policy_allows_just_what_is_inline(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    sources = [m[2] for m in INLINE.finditer(page)]
    digests = [
        base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in sources
    ]
    assert sorted(HASH.findall(policy[1])) == sorted(digests) and len(digests) == 3
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1] and "http" not in policy[1]


def test_nothing_points_outside(page: str) -> None:
    markup = INLINE.sub(
        "", re.sub(r"<script type.*?</script>", "", page, flags=re.DOTALL)
    )
    assert not re.search(r"\b(src|href|style|on\w+)=", markup)


def test_every_script_of_the_folder_is_in_the_page() -> None:
    folder = files("kgbuild") / "resources" / "page"
    names = {
        f.name.removesuffix(".js") for f in folder.iterdir() if f.name.endswith(".js")
    }
    assert names == set(SCRIPTS)


def test_the_look_comes_from_the_vocabulary() -> None:
    vocabulary = load_vocabulary()
    person = dataclasses.replace(
        vocabulary.types["Person"], color="#010203", shape="hexagon", plural="folk"
    )
    leads = dataclasses.replace(
        vocabulary.relations["leads"], family="reign", label="rules"
    )
    own = dataclasses.replace(
        vocabulary,
        types={**vocabulary.types, "Person": person},
        relations={**vocabulary.relations, "leads": leads},
    )
    data = data_of(dumps(graphs.sample(), own))
    assert {"color": "#010203", "shape": "hexagon", "plural": "folk"}.items() <= next(
        t for t in data["types"] if t["name"] == "Person"
    ).items()
    assert "reign" in {f["name"] for f in data["families"]}
    assert "rules" in {r["label"] for r in data["relations"]}


def test_what_the_vocabulary_does_not_know_is_shown_all_the_same() -> None:
    graph = graphs.sample()
    graph.nodes["wd:Q17"]["type"] = "Kingdom"
    for *_, edge in graph.edges(data=True):
        edge["relation"] = "befriends_again"
    data = data_of(dumps(graph, load_vocabulary()))
    assert "Kingdom" in {t["name"] for t in data["types"]}
    assert data["relations"][-1]["label"] == "befriends again"
    assert data["families"][data["relations"][-1]["family"]]["name"] == "other"


def test_sentences_are_kept_once(page: str) -> None:
    data = data_of(page)
    sentences = data["sentences"]["plain"].split("\0")
    assert len(sentences) == len(set(sentences)) < len(data["statements"])


def test_the_most_told_of_come_first(page: str) -> None:
    assert data_of(page)["entities"]["id"][:2] == ["wd:Q17", "wd:Q30"]


def test_a_text_is_carried_where_the_graph_has_it(page: str) -> None:
    data = data_of(page)
    assert data["docs"][0]["text"] == 0
    assert data["texts"]["plain"] == graphs.sample_text()
    without = data_of(dumps(graphs.sample(with_text=False), load_vocabulary()))
    assert "text" not in without["docs"][0]


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.data())
def test_units_count_as_javascript_does(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert units(text, offset) == len(text[:offset].encode("utf-16-le")) // 2


def test_long_texts_are_deflated() -> None:
    text = "The ministers met again. " * 20_000
    packed = pack(text)
    assert len(packed["deflate"]) < len(text) / 50
    assert zlib.decompress(base64.b64decode(packed["deflate"])).decode() == text


@given(st.text())
def test_json_in_a_script_is_the_same_and_cannot_end_it(text: str) -> None:
    made = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(made) == text
    assert not set("<>&\u2028\u2029") & set(made)


def test_many_texts_are_carried_compactly() -> None:
    graph = graphs.generated(400, with_text=True)
    texts = [d["text"] for d in graph.graph["documents"].values()]
    packed = page_data(graph, load_vocabulary())["texts"]["deflate"]
    assert len(packed) < sum(map(len, texts)) / 2
    assert zlib.decompress(base64.b64decode(packed)).decode().split("\0") == texts


def test_half_characters_are_replaced() -> None:
    assert json.loads(escaped(json.dumps("a\ud800b", ensure_ascii=False))) == "a\ufffdb"
    assert pack("\udc00" * 300_000)["deflate"]


def test_one_thousand_names_are_under_three_megabytes() -> None:
    page = dumps(graphs.generated(1000), load_vocabulary())
    assert len(page.encode()) < 3_000_000
    assert (
        len(json.loads(re.search(r'id="network">(.*?)</script>', page)[1])["nodes"])
        == 800
    )  # type: ignore[index]


def test_same_bytes_whatever_the_hash_seed(page: str) -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = ['tests', '.']; import page_graphs as g\n"
        "from kgbuild.vocabulary import load_vocabulary\n"
        "from kgbuild.writers.html import dumps\n"
        "for graph in (g.sample(), g.generated(200)):\n"
        "    print(hashlib.sha256(dumps(graph, load_vocabulary()).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=graphs.ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "7")
    }
    assert len(made) == 1
    assert hashlib.sha256(page.encode()).hexdigest() in made.pop()


def boxes(count: int) -> list[tuple[float, float]]:
    return [(90.0, 40.0)] * count


def overlaps(spots: list[tuple[int, int]]) -> int:
    return sum(
        abs(a[0] - b[0]) < 88 and abs(a[1] - b[1]) < 38
        for i, a in enumerate(spots)
        for b in spots[:i]
    )


@given(st.integers(0, 25), st.data())
def test_boxes_never_overlap(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, max(0, count - 1))
    edges = (
        data.draw(st.lists(st.tuples(ends, ends, st.just(1.0)), max_size=40))
        if count
        else []
    )
    spots = place(boxes(count), edges)
    assert len(spots) == count
    assert overlaps(spots) == 0
    assert place(boxes(count), edges) == spots


def test_communities_stand_apart() -> None:
    graph = nx.planted_partition_graph(4, 15, 0.4, 0.01, seed=5)
    spots = place(boxes(60), [(a, b, 1.0) for a, b in graph.edges])

    def middle(group: int) -> tuple[float, float]:
        own = spots[15 * group : 15 * group + 15]
        return sum(x for x, _ in own) / 15, sum(y for _, y in own) / 15

    middles = [middle(g) for g in range(4)]
    nearest = [
        min(range(4), key=lambda g: (x - middles[g][0]) ** 2 + (y - middles[g][1]) ** 2)
        for x, y in spots
    ]
    assert sum(g == i // 15 for i, g in enumerate(nearest)) >= 54


def test_names_without_a_line_stand_below() -> None:
    spots = place(boxes(6), [(0, 1, 1.0), (1, 2, 1.0)])
    assert min(y for _, y in spots[3:]) > max(y for _, y in spots[:3])


def test_all_data_of_a_statement_is_there() -> None:
    data = page_data(graphs.sample(), load_vocabulary())
    row = next(r for r in data["statements"] if r[0] == "deal01")
    assert row[2] == "transfers_arms_to" and row[4] == "fact" and row[6] == "2017-11-06"
    assert row[11][0] == [["military equipment", None]] and row[11][4] == "delivered"
    document, start, sentence, *spans = row[12][0]
    text = data["sentences"]["plain"].split("\0")[sentence]
    assert text[spans[4] : spans[5]] == "buys"
    assert graphs.sample_text()[start:].startswith(text) and document == 0
