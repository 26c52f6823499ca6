"""Loading into real stores: what is there afterwards is what was sent, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import requests
from hypothesis import given
from samples import sample_graph
from servers import Server, oxigraph, virtuoso
from strategies import HOSTILE, VOCABULARY, cases, graphs
from test_query import answers, many
from test_rdf_formats import hostile_graph, write

from kgbuild.graph import add_records, records
from kgbuild.load.articles import Article, Target, articles, graph_of, load, stale
from kgbuild.load.disk import fill, open_disk, target_of
from kgbuild.load.http import Endpoint, endpoint, open_http
from kgbuild.query import ask, find, open_source, open_store
from kgbuild.rdf import reading

pytestmark = pytest.mark.stores

DBA = {"KGBUILD_USER": "dba", "KGBUILD_PASSWORD": "dba"}


@dataclass
class Place:
    """A store under test: how it is reached, and what its graphs hold."""

    target: Target
    endpoint: Endpoint | None = None
    server: Server | None = None
    auth: requests.auth.AuthBase | None = None

    def again(self, retries: int = 0) -> Target:
        assert self.endpoint
        return open_http(self.endpoint, retries=retries, environment=DBA)

    def by_updates(self) -> Target:
        """Return the store as one that has no Graph Store Protocol."""
        assert self.endpoint and self.server
        lacking = replace(self.endpoint, graphs=f"{self.server.root}/no-such-place")
        return open_http(lacking, environment=DBA)

    def text(self, graph: str) -> bytes:
        """Return a graph by the Graph Store Protocol, as N-Triples."""
        assert self.endpoint
        answer = requests.get(
            self.endpoint.graphs,
            params={"graph": graph},
            headers={"Accept": "application/n-triples"},
            auth=self.auth,
            timeout=60,
        )
        assert answer.ok, answer.text
        return answer.content


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def place(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "oxigraph":
        with oxigraph(folder) as server:
            found = endpoint(f"{server.root}/store")
            yield Place(open_http(found, environment={}), found, server)
    else:
        with virtuoso(folder) as server:
            found = endpoint(f"{server.root}/sparql-graph-crud-auth")
            auth = requests.auth.HTTPDigestAuth("dba", "dba")
            yield Place(open_http(found, environment=DBA), found, server, auth)


@pytest.fixture
def disk(tmp_path: Path) -> Target:
    return open_disk(tmp_path / "store")


def made(*names: str, more: int = 0) -> list[Article]:
    graph = nx.compose_all([sample_graph(name) for name in names])
    documents = {n: sample_graph(n).graph["documents"][n] for n in names}
    graph.graph["documents"] = documents
    if more:
        add_records(graph, _many(names[0], more))
    return list(articles(graph, VOCABULARY))


def _many(name: str, number: int) -> list[dict]:
    """Return so many statements more of an article."""
    pattern = records(sample_graph(name))[0]
    return [pattern | {"id": f"{name}-more-{i}"} for i in range(number)]


def clear(target: Target) -> None:
    for graph in stale([], target):
        target.delete(graph)


def counts(target: Target, found: list[Article]) -> list[int]:
    return [target.count(article.graph) for article in found]


def sizes(found: list[Article]) -> list[int]:
    return [len(article.triples) for article in found]


def round_of_loading(target: Target) -> None:
    clear(target)
    found = made("one", "two", "three")
    assert [a.name for a in load(found, target)] == ["one", "three", "two"]
    assert counts(target, found) == sizes(found)
    list(load(found, target))
    assert counts(target, found) == sizes(found)
    (bigger,) = made("two", more=3)
    list(load([bigger], target))
    assert target.count(bigger.graph) == len(bigger.triples) > sizes(found)[2]
    list(load([found[2]], target))
    assert counts(target, found) == sizes(found)
    target.delete(found[0].graph)
    assert counts(target, found) == [0, *sizes(found)[1:]]
    assert stale([found[1].graph], target) == [graph_of("two")]
    target.delete(found[0].graph)  # what is not there may be taken away again


def test_load_again_replace_and_delete(place: Place) -> None:
    round_of_loading(place.target)


def test_load_again_replace_and_delete_on_disk(disk: Target) -> None:
    round_of_loading(disk)


def test_a_new_store_is_filled_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store"
    found = made("one", "two", "three")
    assert list(fill(path, found)) == found
    assert [p.name for p in tmp_path.iterdir()] == ["store"]
    target = open_disk(path)
    assert counts(target, found) == sizes(found)


def test_the_default_graph_holds_what_articles_tell_each_once(tmp_path: Path) -> None:
    """After loading at once, loading again, replacing and taking away, in any order."""
    path = tmp_path / "store"
    list(fill(path, made("one", "two")))
    target = open_disk(path)
    (bigger,) = made("two", more=3)
    list(load(made("three"), target))
    list(load([bigger], target))
    target.delete(graph_of("one"))
    del target
    store = ox.Store(str(path))
    named = [q for q in store if not isinstance(q.graph_name, ox.DefaultGraph)]
    held = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert {str(q.triple) for q in held} == {str(q.triple) for q in named}
    wanted = {t for a in (*made("three"), bigger) for t in a.triples}
    assert len({str(q.triple) for q in named}) == len(wanted)


def test_a_store_that_others_filled_is_made_whole(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    data = write(sample_graph("one"), "nq").encode()
    store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    del store
    list(load(made("two"), open_disk(tmp_path / "store")))
    asked = find("SELECT ?s { ?s a kg:Statement }")
    rows = list(ask(open_store(tmp_path / "store"), asked))
    assert len(rows) == 2 * len(records(sample_graph("one")))


def test_what_is_sent_is_what_is_there(place: Place) -> None:
    clear(place.target)
    graph = sample_graph("same")
    list(load(articles(graph, VOCABULARY), place.target))
    back = reading.loads(place.text(graph_of("same")), "nt")
    assert records(back) == records(graph)
    assert back.graph == graph.graph


@cases(100)
@given(graph=graphs())
def test_any_graph_comes_back_from_a_store(
    place: Place, graph: nx.MultiDiGraph
) -> None:
    for *_, data in graph.edges(data=True):
        # Virtuoso keeps fifteen digits after the point.
        data["confidence"] = round(data["confidence"], 6)
    for article in load(articles(graph, VOCABULARY), place.target):
        back = reading.loads(place.text(article.graph), "nt")
        told = [r for r in records(graph) if r["doc"] == article.name]
        assert records(back) == told
        assert (
            back.graph["documents"][article.name]
            == (graph.graph["documents"][article.name])
        )


@cases(300)
@given(graph=graphs())
def test_any_graph_comes_back_from_an_embedded_store(graph: nx.MultiDiGraph) -> None:
    store = ox.Store()
    list(load(articles(graph, VOCABULARY), target_of(store, "memory")))
    data = store.dump(format=ox.RdfFormat.N_QUADS)
    assert records(reading.loads(data, "nq")) == records(graph)


LOADING = """
import sys
from pathlib import Path
from test_stores import made
from kgbuild.load.articles import load
from kgbuild.load.disk import open_disk
target = open_disk(Path(sys.argv[1]))
found = made("k1", more=1500) + made("k2", more=1500) + made("k3", more=1500)
print("ready", flush=True)
list(load(found, target))
"""


@pytest.mark.parametrize("seconds", [0.0, 0.15, 0.4])
def test_a_process_killed_while_it_loads_on_disk(
    tmp_path: Path, seconds: float
) -> None:
    store = tmp_path / "store"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LOADING, str(store)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        process.kill()
    target = open_disk(store)
    found = made("k1", more=1500) + made("k2", more=1500) + made("k3", more=1500)
    for held, sent in zip(counts(target, found), sizes(found), strict=True):
        assert held in (0, sent)  # an article is there as a whole, or not
    list(load(found, target))
    assert counts(target, found) == sizes(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_from_a_store(place: Place, text: str) -> None:
    graph = hostile_graph(text)
    (article,) = load(articles(graph, VOCABULARY), place.target)
    back = reading.loads(place.text(article.graph), "nt")
    assert records(back) == records(graph)
    assert back.graph == graph.graph


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_goes_through_updates(place: Place, text: str) -> None:
    """A server without the Graph Store Protocol gets the same by SPARQL Update."""
    target = place.by_updates()
    graph = hostile_graph(text)
    (article,) = load(articles(graph, VOCABULARY), target)
    assert records(reading.loads(place.text(article.graph), "nt")) == records(graph)
    target.delete(article.graph)
    assert target.count(article.graph) == 0


def test_an_article_of_many_thousand_triples(place: Place) -> None:
    (large,) = made("large", more=1000)
    assert len(large.triples) > 30_000
    for target in (place.target, place.target, place.by_updates()):
        list(load([large], target))
        assert place.target.count(large.graph) == len(large.triples)


def test_a_server_killed_between_articles_loses_and_doubles_nothing(
    place: Place,
) -> None:
    assert place.server
    clear(place.target)
    found = made("k1", "k2", "k3", "k4")
    steps = load(found, place.again())
    next(steps), next(steps)
    place.server.kill()
    with pytest.raises(OSError, match="cannot be reached"):
        list(steps)
    place.server.start()
    list(load(found, place.again(retries=4)))
    assert counts(place.target, found) == sizes(found)


def test_a_server_killed_within_an_article_keeps_the_old_or_has_the_new(
    place: Place,
) -> None:
    assert place.server
    clear(place.target)
    (old,) = made("deep")
    (new,) = made("deep", more=4000)
    list(load([old], place.target))
    failed: list[Exception] = []

    def attempt() -> None:
        try:
            list(load([new], place.again()))
        except (OSError, ValueError) as error:
            failed.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    time.sleep(0.3)
    place.server.kill()
    thread.join(60)
    place.server.start()
    assert not thread.is_alive()
    list(load([new], place.again(retries=4)))
    assert place.target.count(new.graph) == len(new.triples)


def test_every_question_has_the_same_rows_everywhere(
    place: Place, tmp_path: Path, monkeypatch
) -> None:
    """Over Turtle, N-Quads, a store on disk, and a server, in the same order."""
    assert place.endpoint
    clear(place.target)
    graph = many(6)
    found = list(articles(graph, VOCABULARY))
    list(load(found, place.target))
    list(fill(tmp_path / "store", found))
    for syntax in ("ttl", "nq"):
        file = tmp_path / f"graph.{syntax}"
        file.write_text(write(graph, syntax), encoding="utf-8")
    if place.auth:
        for name, value in DBA.items():
            monkeypatch.setenv(name, value)
    asked = find("deals")
    names = ["graph.ttl", "graph.nq", "store"]
    sources = [open_source(str(tmp_path / name), asked) for name in names]
    rows = [answers(source) for source in sources]
    assert rows[0] == rows[1] == rows[2]
    server = answers(open_source(place.endpoint.graphs, asked))
    assert plain(server) == plain(rows[0])


def plain(found: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """Leave datatypes out: Virtuoso makes its own of numbers and of what is joined."""
    return {
        name: [[cell.partition("^^")[0].strip('"') for cell in row] for row in rows]
        for name, rows in found.items()
    }


def test_rdf12_into_a_store_that_knows_it(tmp_path: Path) -> None:
    with oxigraph(tmp_path) as server:
        target = open_http(endpoint(f"{server.root}/store"), environment={})
        found = list(articles(sample_graph(), VOCABULARY, statements="rdf12"))
        list(load(found, target))
        question = "ASK { GRAPH ?g { ?st rdf:reifies <<( ?s kg:threatens ?o )>> } }"
        prefixes = (
            "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
            "PREFIX kg: <https://w3id.org/kgbuild/vocab#> "
        )
        answer = requests.post(
            f"{server.root}/query",
            data={"query": prefixes + question},
            headers={"Accept": "application/sparql-results+json"},
            timeout=60,
        )
        assert answer.json()["boolean"] is True


def test_wrong_password_is_told_with_what_to_do(place: Place) -> None:
    if not place.auth:
        pytest.skip("this server asks for no password")
    assert place.endpoint
    wrong = {"KGBUILD_USER": "dba", "KGBUILD_PASSWORD": "no"}
    for environment in ({}, wrong):
        target = open_http(place.endpoint, retries=0, environment=environment)
        with pytest.raises(ValueError, match="401 Unauthorized.*KGBUILD_USER"):
            list(load(made("one"), target))
