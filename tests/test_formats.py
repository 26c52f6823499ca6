"""Tables, JSON, Word, OpenDocument and mail: what of them is read, and what is said."""

from __future__ import annotations

import json

import inputs
import pytest

from kgbuild.readers import jsonl, pdf, read_documents, source, unread
from kgbuild.text.clean import clean


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a file: documents, faults, remarks without its name."""

    def call(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        faults, remarks = [], []
        found = list(
            read_documents(path, report=faults.append, note=remarks.append, **options)
        )
        for line in (*faults, *remarks):
            assert line.startswith(f"{path}: ")
            assert "\n" not in line
        cut = len(f"{path}: ")
        return found, [f[cut:] for f in faults], [r[cut:] for r in remarks]

    return call


# -- tables --------------------------------------------------------------------------------


def test_columns_of_their_own_names_need_no_word(read):
    table = 'ID,Title,Text\n7,Talks,"Abe met Trump,\nand left."\n'
    (document,), faults, remarks = read("a.csv", table)
    assert (document.id, document.title) == ("7", "Talks")
    assert document.text == "Abe met Trump,\nand left."
    assert faults == remarks == []


def test_columns_that_are_guessed_are_said(read):
    _, faults, remarks = read("a.csv", inputs.TABLE)
    assert faults == []
    assert remarks == [
        "columns are guessed: 'body' as text, 'headline' as title, 'publisher' as source"
    ]


def test_the_column_of_long_cells_is_the_text(read):
    table = f"x;y\n1;{inputs.SENTENCE}\n2;{inputs.BODY}\n"
    found, _, remarks = read("a.csv", table)
    assert [(d.id, d.text) for d in found] == [
        ("a-2", inputs.SENTENCE),
        ("a-3", inputs.BODY),
    ]
    assert remarks == ["columns are guessed: 'y' as text"]


def test_a_faulty_row_does_not_keep_the_others(read):
    table = "id,text\n1,Abe left.\n2\n\n3,Xi left.\n"
    found, faults, _ = read("a.csv", table)
    assert [d.id for d in found] == ["1", "3"]
    assert faults == ["row 3: has 1 cells of 2; is the file cut off?"]


def test_a_fault_stays_on_one_line_whatever_it_quotes(tmp_path):
    path = tmp_path / "a\nb.csv"
    path.write_text('"x\ny",b\n1,2\n')
    faults = []
    assert list(read_documents(path, report=faults.append)) == []
    assert "\n" not in faults[0]


# -- JSON ----------------------------------------------------------------------------------

ROWS = [{"id": "b", "text": "Abe left."}, {"id": "c", "text": "Xi left."}]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        json.dumps({"status": "ok", "articles": ROWS}),
        json.dumps({"response": {"docs": ROWS}}),
        "\n".join(map(json.dumps, ROWS)),
        "\n".join(json.dumps({"uuid": r["id"], "content": r["text"]}) for r in ROWS),
        "\ufeff" + json.dumps(ROWS),
    ],
)
def test_records_are_found_wherever_they_stand(read, content):
    found, faults, _ = read("a.json", content)
    assert [(d.id, d.text) for d in found] == [("b", "Abe left."), ("c", "Xi left.")]
    assert faults == []


def test_one_record_may_take_many_lines(read):
    (document,), _, _ = read("a.json", json.dumps(ROWS[0], indent=1))
    assert document.id == "b"


@pytest.mark.parametrize(
    "end", ["", ",", ',{"id": "d", "te', ',{"id": "d", "text": "x']
)
def test_an_array_that_ends_early_is_read_as_far_as_it_goes(read, end):
    found, faults, _ = read("a.json", json.dumps(ROWS).rstrip("]") + end)
    assert [d.id for d in found] == ["b", "c"]
    assert faults == ["is cut off after record 2; fetch it again"]


def test_a_faulty_record_does_not_keep_the_others(read):
    found, faults, _ = read("a.json", json.dumps([ROWS[0], 7, {"id": "x"}, ROWS[1]]))
    assert [d.id for d in found] == ["b", "c"]
    assert [f.split(": ")[0] for f in faults] == ["record 2", "record 3"]


def test_deep_json_is_told_of(read):
    assert "is not JSON" in read("a.json", "{" + '"a":[' * 100_000)[1][0]
    assert "is not JSON" in read("a.jsonl", "[" * 100_000)[1][0]


def test_lines_of_another_code_are_read(read):
    text = inputs.RECORD + inputs.RECORD.replace("r1", "r2")
    (one, two), told, _ = read("a.jsonl", text.encode("utf-16"))
    assert (one.id, two.id, told) == ("r1", "r2", [])


@pytest.mark.parametrize(("faulty", "known"), [(19, 1), (20, 0)])
def test_lines_of_which_none_at_the_beginning_is_a_record_are_told_of_as_one(
    read, faulty, known
):
    documents, told, _ = read("a.jsonl", "no record\n" * faulty + inputs.RECORD)
    assert len(documents) == known
    assert len(told) == (faulty if known else 1)


def test_a_line_of_more_than_is_held_is_passed_over(read, monkeypatch):
    monkeypatch.setattr(jsonl, "LINE", 100)
    lines = [json.dumps({"text": "Abe left. " * n}) for n in (1, 50, 2)]
    found, faults, _ = read("a.jsonl", "\n".join(lines))
    assert [d.id for d in found] == ["a-1", "a-3"]
    assert faults == ["line 2: is longer than 0 MB; split the record"]


# -- office --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "make"), [("a.docx", inputs.word), ("a.odt", inputs.odt)]
)
def test_documents_keep_their_order(read, name, make):
    (document,), _, _ = read(name, make("A visit", "Abe came.", "Xi left."))
    assert document.title == "A visit"
    assert document.text == (
        "Abe came.\n\nXi left.\n\n- First item\n\ncell 0 | cell 1\ncell 2 | cell 3"
    )


def test_a_package_that_unpacks_to_too_much_is_told_of(read, monkeypatch):
    monkeypatch.setattr(source, "LIMIT", 10_000_000)
    monkeypatch.setattr("kgbuild.readers.docx.LIMIT", 1000)
    data = inputs.word("A visit", "Abe came.")
    assert "unpacks to more than" in read("a.docx", data)[1][0]


def test_pages_beyond_the_limit_are_told_of(read, monkeypatch):
    monkeypatch.setattr(pdf, "PAGES", 2)
    (document,), faults, _ = read("a.pdf", inputs.pdf("One.", "Two.", "Three."))
    assert document.text == "One.\n\nTwo."
    assert faults == ["has 3 pages, of which 2 are read; split it"]


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.csv", "a.json", "a.docx", "a.pdf"]
)
def test_what_is_larger_than_is_read_is_told_of(read, monkeypatch, name):
    monkeypatch.setattr(source, "LIMIT", 1000)
    assert "is larger than 0 MB; split it" in read(name, "Abe left. " * 200)[1][0]


# -- mail ----------------------------------------------------------------------------------


def test_mail_has_the_day_of_its_sender_and_no_signature(read):
    (document,), _, _ = read("a.eml", inputs.MAIL)
    assert (document.date, document.source) == ("2017-11-06", "The Paper")
    assert document.text == f"{inputs.SENTENCE}\n\n{inputs.BODY}"


def test_a_mailbox_holds_messages(read):
    box = (
        f"From a@b.c Mon\n{inputs.MAIL}>From here on.\n\nFrom d@e.f Tue\n{inputs.MAIL}x"
    )
    found, _, _ = read("a.mbox", box)
    assert [d.id for d in found] == ["a", "a-2"]


def test_mail_in_html_is_read_and_attachments_are_told_of(read):
    mail = (
        "From: a@b.c\nSubject: =?utf-8?q?=C5=81=C3=B3d=C5=BA?=\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/html; '
        'charset="iso-8859-2"\nContent-Transfer-Encoding: quoted-printable\n\n'
        "<p>Wa=B3=EAsa left.</p>\n--x\nContent-Type: image/png\nContent-Disposition: "
        "attachment\n\nabc\n--x--\n"
    )
    (document,), _, remarks = read("a.eml", mail)
    assert (document.title, document.text) == ("Łódź", "Wałęsa left.")
    assert remarks == ["attachments are not read: 1; give them as files"]


# -- codes, languages, dates, cuts -----------------------------------------------------------

POLES = "Lech Wałęsa met Andrej Babiš in Łódź."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f'<meta charset="iso-8859-2"><p>{POLES}</p>'),
        (
            "a.html",
            f'<meta content="text/html; charset=iso-8859-2"><p>{POLES}</p>',
        ),
        (
            "a.xml",
            f"""<?xml version="1.0" encoding="iso-8859-2"?><rss version="2.0"><channel>
            <item><title>x</title><description>{POLES}</description></item></channel></rss>""",
        ),
    ],
)
def test_the_declared_code_counts(read, name, text):
    (document,), _, _ = read(name, text.encode("iso-8859-2"))
    assert document.text == POLES


@pytest.mark.parametrize("code", ["no-such-code", "utf-16", "hex", "idna"])
def test_a_code_that_cannot_be_is_no_code(read, code):
    text = f'<meta charset="{code}"><p>“We agree”, said São Paulo’s mayor; it cost £8bn or €9bn.</p>'
    (document,), _, _ = read("a.html", text.encode("cp1252"))
    assert document.text == "“We agree”, said São Paulo’s mayor; it cost £8bn or €9bn."


def test_what_is_not_english_is_told_of_and_left_out(read):
    german = (
        "Der Minister hat am Montag in Berlin einen Vertrag über den Kauf von zwölf "
        "Flugzeugen unterschrieben."
    )
    rows = [{"id": "de", "text": german}, {"id": "en", "text": inputs.BODY}]
    text = "\n".join(map(json.dumps, rows))
    found, faults, _ = read("a.jsonl", text)
    assert [d.id for d in found] == ["en"]
    (fault,) = faults
    assert fault == (
        "de: is not English but German; leave it out, or read it all the same with "
        "--any-language"
    )
    assert len(read("a.jsonl", text, any_language=True)[0]) == 2


def test_a_date_that_is_none_leaves_the_article_undated(read):
    dates = ["garbage", "06/11/2017", "0000-00-00", "2017-11", "", None, 1509926400]
    rows = "".join(json.dumps({"text": "Abe left.", "date": d}) + "\n" for d in dates)
    found, faults, remarks = read("a.jsonl", rows)
    assert [d.date for d in found] == [None] * 6 + ["2017-11-06"]
    assert faults == []
    assert [r.split(": ")[0] for r in remarks] == [f"line {n}" for n in (1, 2, 3, 4)]
    assert remarks[1] == (
        "line 2: date '06/11/2017' could be two days; write it YYYY-MM-DD; it is read "
        "without a date"
    )


def test_titles_lose_what_nobody_sees(read):
    rows = {
        "text": "Abe left.",
        "title": "\x1b[2JAbe&nbsp;le\u00adft",
        "source": "A&amp;P\x07",
    }
    (document,), _, _ = read("a.jsonl", json.dumps(rows))
    assert (document.title, document.source) == ("Abe left", "A&P")


def test_the_first_lines_may_tell_the_day(read):
    text = "Abe leaves\nPublished: 6 November 2017\n\nAbe left on Monday."
    (document,), _, _ = read("a.txt", text, date="2020-01-01")
    assert (document.text, document.date) == (text, "2017-11-06")


def test_the_day_that_a_pdf_was_made_is_taken_in_need_and_told_of(read):
    data = inputs.pdf("Abe left.").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Info << /CreationDate (D:20171106120000Z) >>"
    )
    (document,), _, remarks = read("a.pdf", data)
    assert document.date == "2017-11-06"
    assert "dated 2017-11-06, the day that the file was made" in remarks[0]
    (document,), _, remarks = read("a.pdf", data, date="2016-01-01")
    assert (document.date, remarks) == ("2016-01-01", [])


def test_an_entry_may_leave_its_fields_empty(read):
    atom = inputs.ATOM.replace(f"<title>{inputs.TITLE}</title>", "<title/><summary/>")
    assert len(read("a.atom", atom.replace("&lt;p&gt;", ""))[0]) == 1
    assert (
        read("a.atom", atom.replace('type="html"', 'type="text/html" src="x"'))[1] == []
    )


def test_a_feed_that_ends_early_is_read_without_its_last_entry(read):
    at = inputs.RSS.index("Only a headline")
    found, faults, _ = read("a.rss", inputs.RSS[: at + 6])
    assert [d.id for d in found] == ["visit-1"]
    assert faults == ["is cut off: its last entry is left out; fetch it again"]


def test_a_page_for_subscribers_is_told_of(read):
    page = f"<p>{inputs.SENTENCE}</p><p>Subscribe to continue reading.</p>"
    (document,), faults, _ = read("a.html", page)
    assert inputs.SENTENCE in document.text
    assert faults[0].startswith("seems to be cut off: the rest is for subscribers")


def test_the_rows_of_a_page_s_table_stay_together(read):
    rows = [["Seller", "Buyer", "Weapon"], ["France", "India", "Rafale"]]
    table = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    page = inputs.HTML.replace("</article>", f"<table>{table}</table></article>")
    (document,), _, _ = read("a.html", page)
    assert clean(document.text).text.endswith("\n\nFrance sold Rafale to India.")


def test_html_and_tables_in_markdown_are_read(read):
    text = (
        "<div>Abe left.</div>\n\nXi <b>came</b>.\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    (document,), _, _ = read("a.md", text)
    assert document.text == "Abe left.\n\nXi came.\n\na | b\nc | d"


# -- graphs and folders ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.ttl", "@prefix kg: <https://w3id.org/kgbuild/vocab#> ."),
        ("graph.nq", "<urn:a> <urn:b> <urn:c> <urn:d> ."),
        ("graph", "<urn:a> <urn:b> <urn:c> ."),
        ("graph.json", '{"directed": true, "nodes": [], "edges": []}'),
        ("graph.nodes.csv", "id:ID,:LABEL,label\nwd:Q17,Country,Japan\n"),
        ("graph.relationships.csv", ":START_ID,:END_ID,:TYPE\na,b,c\n"),
        ("graph.articles.csv", "id:ID(Article),:LABEL,title\na,Article,b\n"),
        (
            "statements.jsonl",
            '{"id": "x", "relation": "r", "factuality": "f", "evidence": []}',
        ),
    ],
)
def test_a_graph_is_no_article(read, name, content):
    found, faults, _ = read(name, content)
    assert found == []
    asked = name.endswith((".ttl", ".nq", "graph"))
    assert (
        "ask it with kgbuild query, or put it into a store with kgbuild load"
        if asked
        else "read it with kgbuild.read, or ask the folder that it is from"
    ) in faults[0]


def test_what_we_write_is_told_from_articles(read, graph):
    from kgbuild import write

    for name in ("ttl", "html", "jsonl", "json", "graphml", "gexf", "ftm", "trig"):
        path = read.__closure__[0].cell_contents / f"graph.{name}"
        write(graph, path)
        found, faults, _ = read(path.name, path.read_bytes())
        assert found == []
        assert "kgbuild query" in faults[0]


def test_a_graph_that_a_folder_holds_is_no_fault(tmp_path):
    (tmp_path / "a.txt").write_text("Abe left.")
    (tmp_path / "graph.json").write_text('{"nodes": [], "edges": []}')
    remarks = []
    assert len(list(read_documents(tmp_path, note=remarks.append))) == 1
    assert "graph.json: is a graph and no article" in remarks[0]


def test_what_folders_hold_and_nobody_reads_is_counted(tmp_path):
    for name in ("a.txt", "b.png", "c/d.PNG", "c/e", ".hidden.png", "f.xlsx.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Abe left.")
    counted = unread([tmp_path, tmp_path / "nope", "x" * 5000])
    assert counted == {".png": 2, ".xlsx": 1, "without a suffix": 1}
