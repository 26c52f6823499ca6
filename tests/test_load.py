"""Loading: the command, and what it says to servers and of them."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from samples import sample_graph
from strategies import VOCABULARY
from test_rdf_formats import write

from kgbuild.commands.load import load as command
from kgbuild.commands.query import query
from kgbuild.load import web
from kgbuild.load.articles import articles, load
from kgbuild.load.disk import open_disk
from kgbuild.load.http import endpoint, open_http

FOUND = list(articles(sample_graph(), VOCABULARY))


class Handler(BaseHTTPRequestHandler):
    """A server that answers as it is told, and remembers what it was asked."""

    def answer(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size)
        path = self.path.partition("?")[0]
        self.server.seen.append((self.command, path, dict(self.headers), body))
        status, headers, text = self.server.reply(
            self.command, path, self.headers, body
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_GET = do_POST = do_DELETE = answer

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.seen = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def address(server: ThreadingHTTPServer, path: str = "/graphs") -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def holds(method: str, body: bytes) -> tuple[int, dict, bytes]:
    """Answer like a store that took the sample."""
    return (200, {}, FOUND[0].data) if method == "GET" else (204, {}, b"")


def put(
    server: ThreadingHTTPServer, environment: dict | None = None, **options
) -> None:
    place = endpoint(address(server), **options)
    list(load(FOUND, open_http(place, retries=2, environment=environment or {})))


def test_one_put_an_article(server: ThreadingHTTPServer) -> None:
    server.reply = lambda m, p, h, b: holds(m, b)
    put(server)
    assert [(m, b) for m, _, _, b in server.seen] == [
        ("PUT", FOUND[0].data),
        ("GET", b""),
    ]
    assert server.seen[0][2]["Content-Type"] == "application/n-triples"


def test_busy_servers_are_asked_again(server: ThreadingHTTPServer) -> None:
    def reply(method, path, headers, body):
        busy = len(server.seen) == 1
        return (503, {"Retry-After": "0"}, b"") if busy else holds(method, body)

    server.reply = reply
    put(server)
    assert [m for m, *_ in server.seen] == ["PUT", "PUT", "GET"]


def test_basic_password_goes_out_only_when_asked_for(
    server: ThreadingHTTPServer,
) -> None:
    def reply(method, path, headers, body):
        if "Authorization" not in headers:
            return 401, {"WWW-Authenticate": 'Basic realm="x"'}, b""
        return holds(method, body)

    server.reply = reply
    put(server, {"KGBUILD_USER": "jürgen", "KGBUILD_PASSWORD": "a:b"})
    sent = [h.get("Authorization") for _, _, h, _ in server.seen]
    assert sent[0] is None
    assert base64.b64decode(sent[1].split()[1]).decode() == "jürgen:a:b"


def test_bearer_token(server: ThreadingHTTPServer) -> None:
    server.reply = lambda m, p, h, b: holds(m, b)
    put(server, {"KGBUILD_TOKEN": "t0k"})
    assert server.seen[0][2]["Authorization"] == "Bearer t0k"


def test_what_the_server_said_is_told(server: ThreadingHTTPServer) -> None:
    server.reply = lambda m, p, h, b: (507, {}, b"<html><h1>Disk\n full</h1></html>")
    with pytest.raises(ValueError, match=r"PUT of 'a': 507 .*: Disk full"):
        put(server)


def test_a_server_that_says_yes_and_stores_nothing(server: ThreadingHTTPServer) -> None:
    server.reply = lambda m, p, h, b: (200, {}, b"")
    with pytest.raises(ValueError, match=r"holds 0 of its \d+ triples"):
        put(server)


def test_nobody_there() -> None:
    target = open_http(endpoint("http://127.0.0.1:9/store"), retries=0, environment={})
    with pytest.raises(OSError, match="is the server running"):
        list(load(FOUND, target))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("ftp://x/y", "not an address of http"),
        ("http://", "not an address of http"),
        ("http://u:secret@x/y", "no passwords in addresses"),
    ],
)
def test_addresses_are_checked(given: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        endpoint(given)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h/sparql-graph-crud-auth", "http://h/sparql-auth"),
        ("http://h/ds/data", "http://h/ds/query"),
        ("http://h/repositories/r/rdf-graphs/service", "http://h/repositories/r"),
        ("http://h/other", ""),
    ],
)
def test_known_stores_need_one_address(given: str, query: str) -> None:
    assert endpoint(given).query == query


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kg" / "graph.ttl"
    path.parent.mkdir()
    path.write_text(write(sample_graph(), "ttl"), encoding="utf-8")
    return path


def test_into_a_folder_and_ask_it(file: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    command(file.parent, to=str(store))
    command(file, to=str(store))
    said = f"loaded 1 article, {len(FOUND[0].triples)} triples, into {store}"
    assert capsys.readouterr().out == f"{said}\n{said}\n"
    query(store, "deals")
    assert "1 row" in capsys.readouterr().out


def test_replace_and_delete(file: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    other = tmp_path / "other.nq"
    other.write_text(write(sample_graph("other"), "nq"), encoding="utf-8")
    command(other, to=str(store))
    command(file, to=str(store), replace=True)
    assert (
        "took away <https://w3id.org/kgbuild/id/article/other>"
        in capsys.readouterr().out
    )
    command(file, to=str(store), delete=["a"])
    assert capsys.readouterr().out.startswith("took away a: ")
    with pytest.raises(ValueError, match="there is no article 'a'"):
        command(file, to=str(store), delete=["a"])


def test_a_dry_run_touches_nothing(file: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    command(file, to=str(store), dry_run=True)
    assert capsys.readouterr().out.startswith("would put a: ")
    command(file, to=str(store), delete=["a"], dry_run=True)
    assert capsys.readouterr().out.startswith("would take away a, from ")
    assert not store.exists()
    command(file, to="http://127.0.0.1:9/store", dry_run=True)


def test_how_far_it_came_is_told(file: Path) -> None:
    with pytest.raises(OSError, match="0 of 1 articles are loaded; run it again"):
        command(file, to="http://127.0.0.1:9/store", retries=0)


def test_a_folder_of_something_else_is_left_alone(file: Path) -> None:
    with pytest.raises(ValueError, match="not empty; give a new folder"):
        open_disk(file.parent)


def test_a_graph_of_somebody_else(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("<http://example.org/a> a <http://example.org/B> .")
    with pytest.raises(ValueError, match="no article in it"):
        command(file, to=str(tmp_path / "store"))


LOGIN = b"<html><style>a{}</style><h1>Log in</h1>\x1b[2J\x07</html>"
JSON = {"Content-Type": "application/sparql-results+json"}
DEEP = b'{"head":{"vars":["n"]},"results":{"bindings":' + b"[" * 200_000


@pytest.mark.parametrize(
    ("status", "headers", "text", "says"),
    [
        (
            200,
            {"Content-Type": "text/html"},
            LOGIN,
            "answers 'Log in [2J', as text/html",
        ),
        (200, {}, b"", "answers 'nothing', as no type"),
        (200, JSON, b"", "which is no result of SPARQL (Parser error"),
        (200, JSON, b'{"login": true}', "answers '{\"login\": true}', as application"),
        (200, JSON, b"[1, 2]", "which is no result of SPARQL"),
        (200, JSON, DEEP, "which is no result of SPARQL"),
        (200, JSON, b'{"head":{},"boolean":true}', "its answer holds no rows"),
        (302, {"Location": "/log\x1bin"}, b"", "it points to /log in: give the right"),
        (404, {}, LOGIN, "query: 404 Not Found: Log in [2J"),
    ],
)
def test_odd_answers_are_told_in_one_line(
    server: ThreadingHTTPServer, status: int, headers: dict, text: bytes, says: str
) -> None:
    """Whatever comes is named, without markup and without what a terminal would obey."""
    server.reply = lambda m, p, h, b: (
        (204, {}, b"") if m == "PUT" else (status, headers, text)
    )
    with pytest.raises(ValueError, match=re.escape(says)) as raised:
        put(server, query=address(server, "/query"))
    assert str(raised.value).isprintable()
    if status == 200 and b"boolean" not in text:
        with pytest.raises(ValueError, match=re.escape(says)):
            query(address(server, "/query"), "deals")


@pytest.mark.parametrize(
    "rows", [b"[]", b"[{}]", b'[{"n":{"type":"literal","value":"x"}}]']
)
def test_a_count_that_is_no_number(server: ThreadingHTTPServer, rows: bytes) -> None:
    found = b'{"head":{"vars":["n"]},"results":{"bindings":' + rows + b"}}"
    server.reply = lambda m, p, h, b: (
        (204, {}, b"") if m == "PUT" else (200, JSON, found)
    )
    with pytest.raises(ValueError, match="does not answer with a number"):
        put(server, query=address(server, "/query"))


def test_a_busy_server_does_not_make_us_wait_for_hours(
    server: ThreadingHTTPServer, monkeypatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", slept.append)
    server.reply = lambda m, p, h, b: (503, {"Retry-After": "3600"}, b"busy")
    with pytest.raises(ValueError, match="503 Service Unavailable: busy"):
        put(server)
    assert slept == [30, 30]


def test_an_answer_that_never_ends(server: ThreadingHTTPServer, monkeypatch) -> None:
    monkeypatch.setattr(web, "_IN_ALL", -1)
    server.reply = lambda m, p, h, b: (200, JSON, b"{}")
    with pytest.raises(OSError, match="took more than -1 s"):
        put(server)
    monkeypatch.setattr(web, "_IN_ALL", 600)
    monkeypatch.setattr(web, "_MOST", 1)
    with pytest.raises(OSError, match="answers more than 0 MiB; ask for less"):
        put(server)


def test_a_server_is_asked_in_the_words_that_suit_its_graphs(
    server: ThreadingHTTPServer, capsys
) -> None:
    name = {"type": "literal", "value": "Japan", "xml:lang": "en"}
    found = {"node": {"type": "uri", "value": "http://example.org/a'b"}, "name": name}
    rows = {"head": {"vars": [*found]}, "results": {"bindings": [found]}}
    server.reply = lambda m, p, h, b: (200, JSON, json.dumps(rows).encode())
    query(address(server, "/store"), "timeline", of="japan")
    sent = [(p, parse_qs(b.decode())["query"][0]) for _, p, _, b in server.seen]
    assert {path for path, _ in sent} == {"/query"}
    assert "GRAPH ?in1 {\nVALUES ?of { <http://example.org/a'b> }" in sent[-1][1]
    assert "Japan" in capsys.readouterr().out


def test_triples_of_a_server_are_told_as_turtle(
    server: ThreadingHTTPServer, capfdbinary
) -> None:
    kind = {"Content-Type": "application/n-triples"}
    server.reply = lambda m, p, h, b: (200, kind, b"<x:a> <x:b> <x:c> .")
    query(address(server, "/query"), "CONSTRUCT WHERE { ?a ?b ?c }")
    assert capfdbinary.readouterr().out.endswith(b"<x:a> <x:b> <x:c> .\n")
