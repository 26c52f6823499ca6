"""Inputs of every kind become documents; what cannot be read is told in one line."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import sys
import threading
from types import SimpleNamespace

import inputs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.readers import read_documents
from kgbuild.readers.decoding import decode
from kgbuild.readers.txt import front_matter

KINDS = {
    "visit.txt": f"---\ntitle: {inputs.TITLE}\ndate: 2017-11-06\n---\n{inputs.SENTENCE}\n",
    "visit.md": inputs.MARKDOWN,
    "visit.html": inputs.HTML,
    "visit.rss": inputs.RSS,
    "visit.atom": inputs.ATOM,
    "visit.xml": inputs.RSS,
    "visit.json": f"[{inputs.RECORD}]".replace("Abe met Trump.", inputs.SENTENCE),
    "visit.csv": inputs.TABLE,
    "visit.tsv": inputs.TABLE.replace(",", "\t"),
    "visit.eml": inputs.MAIL,
    "visit.mbox": f"From a@b.c Mon Nov 6 10:00:00 2017\n{inputs.MAIL}",
    "visit.docx": inputs.word(inputs.TITLE, "6 November 2017", inputs.SENTENCE),
    "visit.odt": inputs.odt(inputs.TITLE, "6 November 2017", inputs.SENTENCE),
    "visit.jsonl": inputs.RECORD.replace("Abe met Trump.", inputs.SENTENCE),
}


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def fault_of(path, **options):
    faults = []
    assert list(read_documents(path, report=faults.append, **options)) == []
    (fault,) = faults
    assert "\n" not in fault
    return fault


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("zipped", [False, True])
def test_every_kind_gives_text_title_and_day(tmp_path, name, zipped):
    content = KINDS[name]
    content = content if isinstance(content, bytes) else content.encode()
    path = put(
        tmp_path / (name + ".gz" * zipped),
        gzip.compress(content) if zipped else content,
    )
    document = next(read_documents(path))
    assert inputs.SENTENCE in document.text
    assert (document.title, document.date) == (inputs.TITLE, "2017-11-06")


# Without its suffix, Markdown and tables are text to anyone who is not told otherwise.
@pytest.mark.parametrize("name", [k for k in KINDS if k[-2:] not in ("md", "sv")])
def test_the_kind_is_told_by_content_where_no_suffix_tells_it(tmp_path, name):
    document = next(read_documents(put(tmp_path / "visit", KINDS[name])))
    assert (document.title, document.date) == (inputs.TITLE, "2017-11-06")


def test_a_long_record_is_known_by_its_beginning(tmp_path):
    row = json.dumps({"text": "Abe met Trump. " * 20_000})
    (document,) = read_documents(put(tmp_path / "long", row))
    assert document.text.startswith("Abe met")


def test_pdf_pages_are_parted_and_its_own_dates_not_taken(tmp_path):
    path = put(tmp_path / "visit.pdf", inputs.pdf(inputs.SENTENCE, "Second page."))
    (document,) = read_documents(path)
    assert document.text == f"{inputs.SENTENCE}\n\nSecond page."
    assert document.date is None


def test_html_keeps_the_article_and_leaves_out_what_stands_around_it(tmp_path):
    (document,) = read_documents(put(tmp_path / "visit.html", inputs.HTML))
    assert document.source == "The Paper"
    assert not any(
        w in document.text for w in ("Home", "hidden", "All rights reserved")
    )


def test_markdown_loses_its_marks_and_its_code(tmp_path):
    (document,) = read_documents(put(tmp_path / "visit.md", inputs.MARKDOWN))
    assert document.text == f"{inputs.SENTENCE}\n\n- First item\n\n- Second item"


def test_feed_entry_without_text_has_its_headline(tmp_path):
    _, entry = read_documents(put(tmp_path / "paper.rss", inputs.RSS))
    assert entry.text == entry.title == "Only a headline"
    assert entry.source == "The Paper"


def test_text_without_front_matter_is_the_file_as_it_stands(tmp_path):
    text = "  Abe met Trump.\n\n\n--- and left.\n"
    (document,) = read_documents(put(tmp_path / "a.b.txt", text))
    assert (document.id, document.text, document.date) == ("a.b", text, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('---\ntitle: "x: y"\n---\nAbe.', ({"title": "x: y"}, "Abe.")),
        (
            "---\ntags: [a]\nDate: 2017\n---\n\n\nAbe.",
            ({"tags": "[a]", "date": "2017"}, "Abe."),
        ),
        ("---\nA line of prose\n---\nAbe.", ({}, "---\nA line of prose\n---\nAbe.")),
        ("---\ntitle: never closed\nAbe.", ({}, "---\ntitle: never closed\nAbe.")),
        ("----\ntitle: x\n----\nAbe.", ({}, "----\ntitle: x\n----\nAbe.")),
    ],
)
def test_front_matter_is_split_off_only_where_it_is_one(text, expected):
    assert front_matter(text) == expected


@given(st.text())
def test_front_matter_never_changes_the_text_after_it(text):
    _, rest = front_matter(text)
    assert text.endswith(rest)


def test_date_given_serves_only_documents_that_tell_none(tmp_path):
    rows = [{"text": "Abe.", "date": "2017-11-06T10:00:00Z"}, {"text": "Abe."}]
    path = put(tmp_path / "a.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
    dates = [d.date for d in read_documents(path, date="2020-01-31")]
    assert dates == ["2017-11-06", "2020-01-31"]


def test_without_a_date_none_is_assumed(tmp_path):
    (document,) = read_documents(put(tmp_path / "a.txt", "Abe met Trump on Monday."))
    assert document.date is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("latin-1", "Luiz Inácio met Hollande."),
        ("cp1252", "“We agree”, said São Paulo’s mayor; it cost £8bn or €9bn."),
        ("utf-16", "Abe met Trump – twice."),
        ("utf-16-le", "Abe met Trump in Tokyo, and then he left."),
        ("utf-8-sig", "Abe met Trump – twice."),
    ],
)
def test_other_codes_than_utf8_are_read(code, text):
    assert decode(text.encode(code)) == text


def test_a_stray_byte_does_not_spoil_good_utf8():
    text = "“" * 20 + "Erdoğan" + "”" * 20
    assert decode(text.encode() + b"\xff") == text + "\ufffd"


def test_line_ends_are_one_character():
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_half_surrogates_keep_their_place(tmp_path):
    path = put(tmp_path / "a.jsonl", '{"text": "Abe \\ud800 met"}')
    assert [d.text for d in read_documents(path)] == ["Abe \ufffd met"]


def test_folders_are_read_in_order_without_hidden_and_foreign_files(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y.md.gz", ".hidden.txt", ".git/x.txt", "c.png"):
        put(tmp_path / name, gzip.compress(b"Abe.") if name.endswith("gz") else "Abe.")
    assert [d.id for d in read_documents(str(tmp_path))] == ["y", "z", "b"]


def test_a_file_given_twice_is_read_once(tmp_path):
    path = put(tmp_path / "a.txt", "Abe.")
    assert len(list(read_documents([path, str(tmp_path), path]))) == 1


def test_files_of_one_name_get_ids_that_no_order_changes(tmp_path):
    paths = [put(tmp_path / f"{y}/story.txt", f"Abe {y}.") for y in (2016, 2017)]
    ids = {d.text: d.id for d in read_documents(paths)}
    assert ids == {"Abe 2016.": "2016/story", "Abe 2017.": "2017/story"}
    assert {d.text: d.id for d in read_documents(paths[::-1])} == ids


def test_records_of_one_id_are_told_apart_from_copies(tmp_path):
    rows = [
        {"id": "a", "text": "Abe."},
        {"id": "a", "text": "Abe."},
        {"id": "a", "text": "Xi."},
    ]
    path = put(tmp_path / "a.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
    faults = []
    assert [d.text for d in read_documents(path, report=faults.append)] == ["Abe."]
    assert "a second document has the id 'a'" in faults[0]


def test_a_faulty_line_does_not_keep_the_others_from_being_read(tmp_path):
    lines = inputs.RECORD + '{"id": "r2"}\nnot json\n[1]\n{"text": "Xi."}\n'
    faults = []
    found = list(read_documents(put(tmp_path / "a.jsonl", lines), report=faults.append))
    assert [d.id for d in found] == ["r1", "a-5"]
    assert [f.split(": ")[1] for f in faults] == ["line 2", "line 3", "line 4"]


def test_standard_input_is_read(monkeypatch):
    piped = SimpleNamespace(buffer=io.BytesIO(inputs.RECORD.encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert [d.id for d in read_documents("-")] == ["r1"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "holds no text; nothing to read"),
        ("empty.html", b"", "holds no text; nothing to read"),
        ("empty.rss", b"", "is empty; nothing to read"),
        ("header.txt", b"---\ntitle: x\n---\n", "holds no text; nothing to read"),
        ("bytes.txt", bytes(range(256)) * 9, "is not text; give"),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(99), "is not text; give"),
        ("damaged.txt.gz", b"\x1f\x8b\x08broken", "is a damaged .gz file"),
        (
            "cut.jsonl.gz",
            gzip.compress(inputs.RECORD.encode())[:-12],
            "is a damaged .gz file",
        ),
        ("damaged.pdf", b"%PDF-1.4 broken", "cannot be read as PDF"),
        ("scan.pdf", inputs.pdf(""), "make it searchable first (OCR)"),
        ("none.json", b"[]", "is an empty list; nothing to read"),
        ("number.json", b"7", "holds no records; write"),
        ("broken.json", b"{", "is not JSON"),
        ("keys.json", b'{"a": 1}', "holds no records; write"),
        ("empty.csv", b"\n", "is empty; nothing to read"),
        (
            "short.csv",
            b"a,b\n1,2\n",
            "has no column of texts; name one 'text'; it has: a",
        ),
        ("broken.docx", b"PK\x03\x04broken", "cannot be read as Word"),
        ("text.docx", b"Abe.", "cannot be read as Word"),
        ("text.odt", b"Abe.", "cannot be read as OpenDocument"),
        ("empty.eml", b"", "is empty; nothing to read"),
        ("empty.mbox", b"From a b\n", "is empty; nothing to read"),
        ("bare.eml", b"From: a@b.c\nSubject: x\n\n", "holds no text; nothing to read"),
        ("old", b"\xd0\xcf\x11\xe0" + bytes(600), "is an old Office file; save it as"),
        ("rich", b"{\\rtf1 Abe.}", "is RTF; save it as .docx"),
        ("packed", inputs.archive({"a.txt": "Abe."}), "is an archive; unpack it first"),
        ("sheet", inputs.archive({"xl/workbook.xml": "x"}), "save it as CSV"),
        ("other.xml", b"<a/>", "is neither RSS nor Atom"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(tmp_path, name, content, says):
    path = put(tmp_path / name, content)
    fault = fault_of(path)
    assert fault.startswith(f"{path}: ")
    assert says in fault


def test_what_is_not_there_is_told(tmp_path):
    assert "there is no such file; check the name" in fault_of(
        str(tmp_path / "nope.txt")
    )
    assert "holds no file to read" in fault_of(str(tmp_path))


def test_without_a_report_the_fault_is_raised(tmp_path):
    with pytest.raises(ValueError, match="no such file"):
        list(read_documents(tmp_path / "nope.txt"))


@pytest.fixture
def server():
    pages = {
        "/visit.html": ("text/html; charset=utf-8", inputs.HTML.encode()),
        "/feed": ("application/rss+xml", inputs.RSS.encode()),
        "/paper": ("application/octet-stream", inputs.pdf(inputs.SENTENCE)),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            media, body = pages.get(self.path, ("", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("page", ["/visit.html", "/feed", "/paper"])
def test_addresses_are_read_by_media_type_or_content(server, page):
    document = next(read_documents(server + page, allow_private=True))
    assert inputs.SENTENCE in document.text


def test_a_page_keeps_its_address(server):
    (document,) = read_documents(f"{server}/visit.html", allow_private=True)
    assert (document.id, document.url) == ("visit", f"{server}/visit.html")


def test_what_the_server_says_is_told(server):
    assert "the server says 404 Not Found; check the address" in fault_of(
        f"{server}/nope", allow_private=True
    )


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://[bad", "http://a b/", "http://"]
)
def test_an_address_that_does_not_answer_is_told(url):
    assert "; check that" in fault_of(url, allow_private=True)


@given(st.binary())
def test_any_bytes_at_all_are_read_or_told_of(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    for name in (
        "any",
        "any.txt",
        "any.html",
        "any.jsonl",
        "any.rss",
        "any.md",
        "any.pdf",
        "any.json",
        "any.csv",
        "any.eml",
        "any.mbox",
        "any.docx",
        "any.odt",
    ):
        found = list(read_documents(put(folder / name, data), report=str))
        assert all(d.text.strip() for d in found)
