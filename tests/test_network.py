"""Addresses: which are spoken to, for how long, and what of them is shown."""

from __future__ import annotations

import http.server
import threading
import time

import inputs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.readers import fetch, read_documents
from kgbuild.readers.addresses import sendable, shown
from kgbuild.readers.fetch import is_public

HTML = inputs.HTML.encode()


@pytest.fixture
def server():
    """Return the address of a server, and the requests that it got."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            name = self.path.partition("?")[0]
            getattr(self, name.strip("/").split(".")[0], self.visit)()

        def send(self, *headers, code=200, body=HTML):
            self.send_response(code)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def visit(self):
            self.send(("Content-Type", "text/html"))

        def short(self):
            self.send(("Content-Length", str(len(HTML) + 500)))

        def chunked(self):
            self.send(
                ("Transfer-Encoding", "chunked"), body=b"a\r\nAbe left. \r\n20\r\nHe"
            )

        def latin(self):
            body = "<p>Lech Wałęsa left.</p>".encode("iso-8859-2")
            self.send(("Content-Type", "text/html; charset=iso-8859-2"), body=body)

        def away(self):
            self.send(("Location", "http://169.254.169.254/latest"), code=302)

        def file(self):
            self.send(("Location", "file:///etc/passwd"), code=302)

        def moved(self):
            self.send(("Location", "/visit.html?é ü"), code=301)

        def round(self):
            self.send(("Location", self.path), code=302)

        def slow(self):
            self.send(body=b"")
            for _ in range(100):
                time.sleep(0.05)
                try:
                    self.wfile.write(b"Abe left. ")
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"127.0.0.1:{running.server_address[1]}", asked
        running.shutdown()
        thread.join()


@pytest.fixture
def read(server):
    """Return a function that reads a page of the server: documents and faults."""

    def call(page, user="", **options):
        faults = []
        options = {"allow_private": True, **options}
        address = f"http://{user}{server[0]}/{page}"
        found = list(read_documents(address, report=faults.append, **options))
        assert not any("\n" in fault for fault in faults)
        return found, faults

    return call


def test_private_networks_are_not_spoken_to(server, read):
    _, faults = read("visit.html", allow_private=False)
    (fault,) = faults
    assert fault == (
        f"http://{server[0]}/visit.html: is on a private network; give --allow-private "
        "if it is yours and meant to be read"
    )
    assert server[1] == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_other_name_of_this_machine_is_spoken_to(server, host):
    faults = []
    url = f"http://{host}:{server[0].partition(':')[2]}/visit.html"
    assert list(read_documents(url, report=faults.append)) == []
    assert "is on a private network" in faults[0] or "cannot be read" in faults[0]
    assert server[1] == []


def test_a_redirect_to_a_private_network_is_not_followed(server, monkeypatch):
    check = fetch.is_public
    monkeypatch.setattr(fetch, "is_public", lambda ip: ip == "127.0.0.1" or check(ip))
    faults = []
    list(read_documents(f"http://{server[0]}/away", report=faults.append))
    assert "is on a private network" in faults[0]


def test_a_redirect_to_a_file_is_not_followed(read):
    assert "the server leads to what is no web address" in read("file")[1][0]


def test_redirects_are_followed_but_not_for_ever(read):
    assert inputs.SENTENCE in read("moved")[0][0].text
    assert "the server says 302" in read("round")[1][0]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a.txt", "file:///etc/passwd", "gopher://x"]
)
def test_other_protocols_are_refused(url):
    faults = []
    assert list(read_documents(url, report=faults.append)) == []
    assert "is no web address; give http:, https:, or a file's name" in faults[0]


@pytest.mark.parametrize("page", ["short", "chunked"])
def test_a_page_that_is_cut_off_is_read_and_told_of(read, page):
    found, faults = read(page)
    assert len(found) == 1
    assert "is cut off: " in faults[0]


def test_the_code_that_the_server_tells_counts(read):
    assert read("latin")[0][0].text == "Lech Wałęsa left."


def test_a_download_that_takes_too_long_is_told_of(read, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    begun = time.monotonic()
    found, faults = read("slow")
    assert time.monotonic() - begun < 3
    assert found == []
    assert "takes longer than" in faults[0]


def test_keys_are_sent_and_neither_shown_nor_kept(server, read):
    page = "visit.html?id=7&api_key=hush&token=hush"
    (document,), _ = read(page, user="me:hush@")
    assert document.url == f"http://{server[0]}/visit.html?id=7"
    path, headers = server[1][0]
    assert path == f"/{page}"
    assert headers["Authorization"] == "Basic bWU6aHVzaA=="
    _, faults = read(page, user="me:hush@", allow_private=False)
    assert "hush" not in faults[0]


def test_pages_of_one_name_are_told_apart_by_what_is_asked(server):
    urls = [f"http://{server[0]}/visit.html?id={n}&key=hush" for n in (1, 2)]
    found = read_documents(urls, allow_private=True)
    assert [d.id for d in found] == [f"{server[0]}/visit.html?id={n}" for n in (1, 2)]


def test_addresses_may_hold_spaces_and_any_letters(server, read):
    assert inputs.SENTENCE in read("Łódź visit.html?q=é ü")[0][0].text
    assert server[1][0][0] == "/%C5%81%C3%B3d%C5%BA%20visit.html?q=%C3%A9%20%C3%BC"


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://a.org/x?apiKey=1&b=2", "https://a.org/x?b=2"),
        ("https://a.org/x?X-Amz-Signature=1&X-Amz-Credential=2", "https://a.org/x"),
        ("https://a.org/x?access_token=1", "https://a.org/x"),
        ("https://u@a.org/x?monkey=1&author=2", "https://a.org/x?monkey=1&author=2"),
        ("https://a.org/x#access_token=1&b=2", "https://a.org/x"),
        ("https://a.org/x#part", "https://a.org/x#part"),
        ("http://u:p@[bad?key=1", "http://[bad"),
        ("a.txt?token=1", "a.txt?token=1"),
    ],
)
def test_what_is_shown_of_an_address(url, public):
    assert shown(url) == public


@given(st.text())
def test_any_address_can_be_shown_and_is_sendable_or_refused(text):
    url = f"http://{text}"
    assert shown(shown(url)) == shown(url)
    try:
        sent, _ = sendable(url)
    except ValueError:
        return
    assert sent.isascii()
    assert " " not in sent


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "0.0.0.0", "169.254.1.1",
     "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_which_addresses_are_private(address):
    assert not is_public(address)
