"""The commands: what they write and print, their exit codes, and errors of one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import inputs
import pytest
import rdflib

from kgbuild import __main__
from kgbuild.model import Abstention
from kgbuild.pipeline import Result
from kgbuild.writers import FORMATS


@pytest.fixture
def cli(monkeypatch, capsys):
    """Return a function that runs a command line: its exit code, output and errors."""

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["kgbuild", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    monkeypatch.setenv("COLUMNS", "80")
    return call


@pytest.fixture
def extraction(monkeypatch, statements):
    """Let every document say the sample statements, so that no model is needed."""
    calls = []

    def run(documents, **options):
        calls.append(options)
        for document in documents:
            left = Abstention(
                doc=document.id, start=0, end=3, text="Abe", reason="two could be meant"
            )
            yield Result(
                document=document, statements=tuple(statements), abstentions=(left,)
            )

    monkeypatch.setattr("kgbuild.pipeline.run", run)
    return calls


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "talks.txt"
    path.write_text(f"---\ntitle: {inputs.TITLE}\n---\n{inputs.SENTENCE}\n")
    return path


def test_build_writes_what_is_asked_and_says_so(cli, extraction, article, tmp_path):
    code, out, err = cli(
        "build", article, "-o", tmp_path / "kg", "--to", "jsonl, .JSON,csv"
    )
    assert (code, err) == (0, "")
    names = [
        "graph.articles.csv",
        "graph.json",
        "graph.nodes.csv",
        "graph.relationships.csv",
        "statements.jsonl",
        "store",
    ]
    assert sorted(p.name for p in (tmp_path / "kg").iterdir()) == names
    assert all(name in out.replace("\n", "") for name in names[:-1])


def test_a_graph_tells_what_made_it(cli, extraction, article, tmp_path):
    own = tmp_path / "names.csv"
    own.write_text("name,type\n")
    made = []
    for words in ((), ("--knowledge", own)):
        cli("build", article, "-o", tmp_path / "kg", "--to", "json", *words)
        data = json.loads((tmp_path / "kg" / "graph.json").read_text())
        made.append(data["graph"]["made"])
    assert made[0]["model"].startswith("reader ")
    assert made[0]["vocabulary"] == made[1]["vocabulary"]
    assert made[0]["knowledge"] != made[1]["knowledge"]


def test_build_writes_three_files_by_default(
    cli, extraction, article, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    code, _, _ = cli("build", article)
    assert code == 0
    names = sorted(p.name for p in (tmp_path / "kg").iterdir())
    assert names == ["graph.html", "graph.ttl", "statements.jsonl", "store"]


def test_the_account_tells_deals_first_and_fits_80_columns(
    cli, extraction, article, tmp_path
):
    _, out, _ = cli("build", article, "-o", tmp_path / "kg", "--to", "jsonl")
    places = [out.index(w) for w in ("Read 1 article", "Deals", "Statements", "Files")]
    assert places == sorted(places)
    (deal,) = re.findall(r".*2\.316 bn USD.*", out)
    for word in ("United States", "Japan", "4 × missile", "proposed", "2017-11-06"):
        assert word in deal
    assert re.search(r"transfers_arms_to +1 +· +1 +·", out)
    assert "2 statements about 5 entities: 2 countries, 2 people, 1 organization" in out
    assert re.search(r"Left out 1 .*:\n +1 × two could be meant", out)
    told = out[: out.index("Files")]
    assert max(map(len, told.splitlines())) <= 80


def test_the_account_shows_strangers_text_as_text(cli, extraction, tmp_path):
    path = tmp_path / "a.jsonl"
    title = "[red]<script>\x1b[2J :smile: \u202e"
    path.write_text(json.dumps({"id": "talks", "text": "Abe.", "title": title}))
    _, out, _ = cli("build", path, "-o", tmp_path / "kg", "--to", "jsonl")
    assert "[red]<script> :smile: (" in out
    assert "\x1b" not in out


def test_the_account_says_how_many_more_were_left_out():
    from kgbuild.commands._account import _left_out

    reasons = ["is short"] * 3 + [f"is of the kind {n} (0.{n})" for n in range(1, 7)]
    told = _left_out(reasons).plain.splitlines()
    assert told[0] == " Left out 9 (kgbuild extract --abstained lists them):"
    assert told[1:3] == ["    3 × is short", "    1 × is of the kind 6 (0.6)"]
    assert told[-1] == " … and 3 more"
    assert _left_out(reasons[:6]).plain.endswith("kind 1 (0.1)")


def test_extract_writes_a_statement_a_line(cli, extraction, article):
    code, out, err = cli("extract", article, "--date", "2017-11-06")
    assert (code, err) == (0, "")
    assert [json.loads(row)["id"] for row in out.splitlines()] == ["s1", "s2"]


def test_extract_lists_what_was_left_out(cli, extraction, article):
    _, out, _ = cli("extract", article, "--abstained")
    (row,) = map(json.loads, out.splitlines())
    assert row == {
        "doc": "talks",
        "start": 0,
        "end": 3,
        "text": "Abe",
        "reason": "two could be meant",
    }


def test_options_reach_the_extraction(cli, extraction, article, tmp_path):
    tables = [tmp_path / f"{n}.csv" for n in "ab"]
    for table in tables:
        table.write_text("name,type\n")
    words = [w for t in tables for w in ("--knowledge", t)]
    code, _, _ = cli(
        "extract",
        article,
        "--vocabulary",
        tmp_path,
        *words,
        *("--precise", "--min-confidence", 0.75),
    )
    assert code == 0
    assert extraction == [
        {
            "vocabulary": tmp_path,
            "knowledge": tables,
            "preset": "precise",
            "min_confidence": 0.75,
        }
    ]


def test_each_preset_has_its_option_and_both_are_refused(cli, extraction, article):
    for words in ((), ("--precise",), ("--complete",)):
        assert cli("extract", article, *words)[0] == 0
    assert [c["preset"] for c in extraction] == ["default", "precise", "complete"]
    code, out, err = cli("extract", article, "--precise", "--complete")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "choose one of --precise and --complete" in err


def test_with_text_carries_the_articles(cli, extraction, article, tmp_path):
    for words, carried in (((), False), (("--with-text",), True)):
        cli("build", article, "-o", tmp_path, "--to", "json", *words)
        data = json.loads((tmp_path / "graph.json").read_text())
        assert ("text" in data["graph"]["documents"]["talks"]) is carried


def test_what_cannot_be_read_is_told_and_the_rest_is_done(
    cli, extraction, article, tmp_path
):
    code, out, err = cli("extract", article, tmp_path / "nope.txt")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert (
        err == f"kgbuild: {tmp_path}/nope.txt: there is no such file; check the name\n"
    )


def test_nothing_read_nothing_written(cli, extraction, tmp_path):
    (tmp_path / "statements.jsonl").write_text("old")
    code, out, err = cli("build", tmp_path / "nope.txt", "-o", tmp_path)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert (tmp_path / "statements.jsonl").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("way", ["kg/statements.jsonl", "kg/graph.json"])
def test_a_folder_where_a_file_goes_is_told_before_anything_is_read(
    cli, extraction, article, tmp_path, way
):
    (tmp_path / way).mkdir(parents=True)
    code, out, err = cli("build", article, "-o", tmp_path / "kg", "--to", "jsonl,json")
    name = way.removeprefix("kg/")
    said = f"{tmp_path}/kg: cannot be written into ({name} is a folder there)"
    assert (code, out) == (1, "")
    assert err == f"kgbuild: {said}; choose another folder\n"
    assert extraction == []


def test_a_folder_that_is_a_file_is_told(cli, extraction, article):
    code, _, err = cli("build", article, "-o", article, "--to", "json")
    assert (code, err.count("\n")) == (1, 1)
    assert "cannot be written into (it is no folder); choose another folder" in err
    assert extraction == []


def test_a_style_that_a_format_lacks_is_told_before_anything_is_read(
    cli, extraction, article, tmp_path
):
    words = ("--to", "ttl,rdf", "--statements", "rdf12")
    code, _, err = cli("build", article, "-o", tmp_path / "kg", *words)
    assert (code, err.count("\n")) == (1, 1)
    assert "RDF/XML has no triple terms" in err
    assert extraction == []
    assert not (tmp_path / "kg").exists()


def test_what_a_run_before_wrote_does_not_stay_as_if_new(
    cli, extraction, article, tmp_path
):
    kg = tmp_path / "kg"
    cli("build", article, "-o", kg, "--to", "nq,csv")
    (kg / "notes.txt").write_text("mine")
    code, out, _ = cli("build", article, "-o", kg, "--to", "ttl")
    assert code == 0
    assert sorted(p.name for p in kg.iterdir()) == ["graph.ttl", "notes.txt", "store"]
    gone = "graph.articles.csv, graph.nodes.csv, graph.nq, graph.relationships.csv"
    assert f"{kg}: took away, of a run before: {gone}\n" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nope"], "No such command 'nope'; see kgbuild --help"),
        (["build"], "Missing argument 'INPUT...'; see kgbuild build --help"),
        (["build", "x", "--to", "dot"], "no format 'dot'; have: "),
        (["build", "x", "--to", ","], "no format ','; have: "),
        (
            ["build", "x", "--statements", "x"],
            "have: plain, reified, rdf12; see kgbuild build",
        ),
        (["build", "x", "--date", "6.11.2017"], "is not a day; write it YYYY-MM-DD"),
        (
            ["extract", "x", "--min-confidence", "2"],
            "less than or equal to 1; see kgbuild extract",
        ),
        (["extract", "x", "--nope"], "No such option: --nope"),
        (["extract", "x", "--knowledge", "no.csv"], "does not exist"),
        (["vocabulary", "--to", "dot"], "no form 'dot'; have: table, ttl"),
    ],
)
def test_wrong_usage_is_told_in_one_line(cli, words, says):
    code, out, err = cli(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("kgbuild: ")
    assert says in err


def test_faults_of_a_vocabulary_are_told_one_a_line(cli, tmp_path):
    (tmp_path / "types.toml").write_text('[Planet]\ncolour = "red"\n')
    code, _, err = cli("vocabulary", "--vocabulary", tmp_path)
    assert code == 1
    assert all(
        line.startswith("kgbuild: types.toml: Planet") for line in err.splitlines()
    )
    assert "unknown key 'colour'" in err


def test_vocabulary_lists_every_type_and_relation(cli):
    from kgbuild.vocabulary import load_vocabulary

    code, out, _ = cli("vocabulary")
    known = load_vocabulary()
    assert code == 0
    assert all(
        re.search(rf"^ {n} ", out, re.MULTILINE)
        for n in [*known.types, *known.relations]
    )


def test_vocabulary_is_told_as_turtle(cli):
    code, out, _ = cli("vocabulary", "--to", "ttl")
    assert code == 0
    assert len(rdflib.Graph().parse(data=out, format="turtle")) > 100


@pytest.mark.parametrize("command", [[], *([c] for c in __main__.COMMANDS)])
def test_every_command_has_help(cli, command):
    code, out, _ = cli(*command, "--help")
    assert code == 0
    assert all(c in out for c in (command or __main__.COMMANDS))


def test_help_of_build_names_every_format(cli):
    _, out, _ = cli("build", "--help")
    listed = re.search(r"What to write: (.*?)\[default", re.sub(r"[│\s]+", " ", out))
    assert set(listed[1].strip(" .").split(", ")) == set(FORMATS)


def test_without_a_command_help_is_shown(cli):
    code, out, _ = cli()
    assert code == 2
    assert "Commands" in out


def test_a_fault_of_our_own_is_told_in_one_line(cli, monkeypatch, article):
    def run(documents, **options):
        raise KeyError("wd:Q17")

    monkeypatch.setattr("kgbuild.pipeline.run", run)
    code, _, err = cli("extract", article)
    assert (code, err.count("\n")) == (1, 1)
    assert "KeyError: 'wd:Q17'" in err
    monkeypatch.setenv("KGBUILD_TRACEBACK", "1")
    monkeypatch.setattr(sys, "argv", ["kgbuild", "extract", str(article)])
    with pytest.raises(KeyError):
        __main__.main()


def test_interruption_is_told_in_one_line(cli, monkeypatch, article):
    def run(documents, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("kgbuild.pipeline.run", run)
    code, _, err = cli("extract", article)
    assert (code, err.count("\n")) == (130, 1)


HEAVY = (
    "spacy",
    "rdflib",
    "pyvis",
    "pyoxigraph",
    "networkx",
    "trafilatura",
    "pypdf",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "pyarrow",
)


def test_help_imports_nothing_heavy():
    code = f"""
import runpy, sys
sys.argv = ["kgbuild", "build", "--help"]
try:
    runpy.run_module("kgbuild", run_name="__main__")
finally:
    print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ended.stderr.strip() == "[]"


def test_import_of_the_package_imports_nothing_else():
    code = "import sys, kgbuild; print([m for m in sys.modules if m.startswith('kgbuild.')])"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_a_closed_pipe_ends_quietly(tmp_path):
    command = f'"{sys.executable}" -m kgbuild vocabulary | head -1'
    ended = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True
    )
    assert ended.stderr == ""


def test_options_reach_the_formats_that_have_them(cli, extraction, article, tmp_path):
    words = ("--base", "https://example.org/kg/", "--statements", "plain")
    code, _, err = cli("build", article, "-o", tmp_path, "--to", "ttl,json", *words)
    assert (code, err) == (0, "")
    turtle = (tmp_path / "graph.ttl").read_text("utf-8")
    assert "https://example.org/kg/" in turtle
    assert "factuality" not in turtle


def test_progress_is_shown_on_a_terminal(
    cli, extraction, article, tmp_path, monkeypatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, out, err = cli("build", article, "-o", tmp_path, "--to", "json")
    assert "Writing" in err
    assert "Writing" not in out


def test_a_terminal_that_knows_only_ascii_is_served():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(
        [sys.executable, "-m", "kgbuild", "vocabulary"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"Person ? Country" in ended.stdout


def test_no_progress_is_shown_in_a_pipe(cli, extraction, article, tmp_path):
    _, _, err = cli("build", article, "-o", tmp_path, "--to", "json")
    assert err == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kgbuild expo", "export"),
        ("kgbuild query kg who-m", "who-met-whom"),
        ("kgbuild export kg --relation meet", "meets"),
        ("kgbuild query kg deals --type Coun", "Country"),
        ("kgbuild build a.txt --to ttl,xl", "ttl,xlsx"),
        ("kgbuild build --min", "--min-confidence"),
    ],
)
def test_a_shell_completes_what_is_begun(cli, monkeypatch, typed, found):
    monkeypatch.setenv("_KGBUILD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert cli() == (0, f"{found}\n", "")
