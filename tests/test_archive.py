"""A project folder: in any order and in any parts, stopped or not, the same bytes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import telling

from kgbuild import __main__, memo
from kgbuild import folder as folders
from kgbuild.archive import store as stores
from kgbuild.archive.recipe import Recipe, digest_of
from kgbuild.archive.shards import (
    DOCUMENTS,
    KINDS,
    MENTIONS,
    STATEMENTS,
    read_shard,
    rows,
    rows_of,
    write_shard,
)
from kgbuild.archive.store import Kept, index, listed, load, open_project, settled
from kgbuild.model import Document

PEOPLE = ("Ann", "Bob", "Cy", "Dee", "Eve")
FORMATS = "jsonl,json,nq,csv"


def articles(count: int) -> list[dict[str, str]]:
    chance = random.Random(1)
    found = []
    for n in range(count):
        told = " ".join(f"{a} met {b}." for a, b in [chance.sample(PEOPLE, 2)] * 2)
        day = f"2014-{n % 12 + 1:02}-03"
        found.append({"id": f"d{n}", "text": f"{told} No. {n}", "date": day})
    return found


def put(path: Path, found: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in found))
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.fixture
def cli(monkeypatch, capsys):
    """Return a function that runs a command line here: its exit code, output and errors."""
    monkeypatch.setattr("kgbuild.pipeline.run", telling.run)
    monkeypatch.setenv("TELLING_DEATH", "/")
    monkeypatch.setenv("COLUMNS", "100")
    telling.READ.clear()

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["kgbuild", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


def program(*words: object, before=None, **more: str) -> subprocess.Popen[str]:
    """Start kgbuild as a program of its own, with the reader that takes no model."""
    environment = {**os.environ, "TELLING_DEATH": "/", **more}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, telling.__file__, *map(str, words)],
        env=environment,
        preexec_fn=before or heeding,  # noqa: PLW1509
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def heeding() -> None:
    """Let Ctrl-C reach a program, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for_rows(kg: Path, count: int) -> None:
    """Wait until a folder that a program is at holds so many statements.

    The file is not there for a moment where a folder with a user's own files is changed.
    """
    file = kg / "statements.jsonl"
    for _ in range(300):
        time.sleep(0.1)
        with contextlib.suppress(FileNotFoundError):
            if file.read_text().count("\n") == count:
                return


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, err = process.communicate(timeout=120)
    return process.returncode, err


@pytest.fixture
def whole(cli, tmp_path):
    """Return what 30 articles give that are built at once."""
    source = put(tmp_path / "all.jsonl", articles(30))
    assert cli("build", source, "-o", tmp_path / "whole", "--to", FORMATS)[0] == 0
    return outputs(tmp_path / "whole")


# -- in any order and in any parts -------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_in_parts_in_any_order_and_with_some_taken_out_again(
    cli, tmp_path, whole, seed
):
    chance, found, kg = random.Random(seed), articles(34), tmp_path / "kg"
    chance.shuffle(found)
    cuts = sorted(chance.sample(range(1, 34), 4))
    parts = [found[a:b] for a, b in zip([0, *cuts], [*cuts, 34])]
    for n, part in enumerate(parts):
        source = put(tmp_path / "part.jsonl", part)
        words = (
            ("add", kg, source) if n else ("build", source, "-o", kg, "--to", FORMATS)
        )
        assert cli(*words)[0] == 0
    assert cli("remove", kg, *(f"d{n}" for n in range(30, 34)))[0] == 0
    assert outputs(kg) == whole
    assert cli("diff", kg, tmp_path / "whole")[1] == (
        "articles: 30 and 30\nstatements: 60 and 60\n"
    )


def test_merged_in_any_order(cli, tmp_path, whole):
    found = articles(30)
    for name, part in (("a", found[:12]), ("b", found[10:]), ("c", found[5:6])):
        source = put(tmp_path / "part.jsonl", part)
        cli("build", source, "-o", tmp_path / name, "--to", FORMATS)
    telling.READ.clear()
    for names in ("abc", "cba"):
        kg = tmp_path / f"kg-{names}"
        assert cli("merge", *(tmp_path / n for n in names), "-o", kg)[0] == 0
        assert outputs(kg) == whole
    assert telling.READ == []


def test_only_what_is_new_or_changed_is_read(cli, tmp_path):
    found, kg = articles(9), tmp_path / "kg"
    cli("build", put(tmp_path / "a.jsonl", found), "-o", kg)
    telling.READ.clear()
    found[3]["date"] = "2015-01-01"
    _, out, _ = cli("build", put(tmp_path / "a.jsonl", found[:8]), "-o", kg)
    assert telling.READ == ["d3"]
    assert "Read 8 articles" in out
    assert " 7 as a run before this one read them" in out
    telling.READ.clear()
    code, _, err = cli(
        "add", kg, put(tmp_path / "b.jsonl", [{**found[2], "text": "x"}])
    )
    assert (code, telling.READ) == (0, ["d2"])
    assert "takes the place of the article of the same id: d2" in err
    names = {p.stem for p in (kg / "store" / "documents").iterdir()}
    assert names == {*open_project(kg).shards}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs fork")
def test_large_graphs_are_written_by_two_processes(cli, tmp_path, whole, monkeypatch):
    apart, publish = [], folders.publish

    def noting(place, files, beside):
        others = list(beside)
        apart.extend(name for name, _ in others)
        return publish(place, files, others)

    monkeypatch.setattr(folders, "publish", noting)
    monkeypatch.setattr("kgbuild.archive.workers.cores", lambda: 2)
    monkeypatch.setattr("kgbuild.commands._project.LARGE", 60)
    monkeypatch.setattr("kgbuild.commands._project.PAGE", "csv")  # any format serves
    kg = tmp_path / "kg"
    _, out, _ = cli("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)
    assert outputs(kg) == whole
    names = ["statements.jsonl", "graph.json", "graph.nq", "graph.nodes.csv"]
    assert sorted(names, key=out.index) == names
    assert apart == ["graph.nodes.csv", "graph.relationships.csv", "graph.articles.csv"]


def test_export_reads_nothing_and_gives_what_build_gives(cli, tmp_path, whole):
    kg = tmp_path / "kg"
    cli("build", tmp_path / "all.jsonl", "-o", kg, "--to", "jsonl")
    telling.READ.clear()
    cli("export", kg, "--to", "nq,csv,json")
    assert outputs(kg) == whole
    _, out, _ = cli("export", kg, "--to", "nq", "-o", tmp_path / "out")
    assert out == f"{tmp_path}/out/graph.nq\n"
    assert outputs(tmp_path / "out") == {"graph.nq": whole["graph.nq"]}
    assert telling.READ == []


def test_export_into_the_folder_itself_keeps_what_is_there(cli, tmp_path, whole):
    kg, link = tmp_path / "kg", tmp_path / "link"
    cli("build", tmp_path / "all.jsonl", "-o", kg, "--to", "jsonl,json")
    link.symlink_to(kg)
    assert cli("export", kg, "--to", "nq", "-o", kg)[0] == 0
    assert cli("export", kg, "--to", "csv", "-o", link)[0] == 0
    assert outputs(kg) == whole
    code, out, err = cli("export", kg, "--about", "Ann", "-o", kg)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "name another folder by -o" in err
    assert outputs(kg) == whole


def test_another_table_of_names_lets_all_be_read_again(cli, tmp_path):
    kg, names = tmp_path / "kg", tmp_path / "names.csv"
    cli("build", put(tmp_path / "a.jsonl", articles(3)), "-o", kg)
    names.write_text("name,type\nZed,Person\n")
    telling.READ.clear()
    assert cli("add", kg, "--knowledge", names)[0] == 0
    assert sorted(telling.READ) == ["d0", "d1", "d2"]
    names.write_text("name,type\nZod,Person\n")
    assert (
        f"changed since: knowledge; kgbuild add {kg} reads all again"
        in (cli("status", kg)[1])
    )


# -- stopped ----------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path, whole, workers):
    kg, chance = tmp_path / "kg", random.Random(workers)
    words = ("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)
    words = (*words, "--workers", workers)
    for _ in range(5):
        process = program(*words, TELLING_SLEEP="0.02")
        time.sleep(chance.uniform(0.1, 2.5))
        process.kill()
        ended(process)
    assert ended(program(*words)) == (0, "")
    assert outputs(kg) == whole
    names = {p.stem for p in (kg / "store" / "documents").iterdir()}
    assert names == {*open_project(kg).shards}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_it_keeps_what_was_read_and_says_how_to_go_on(
    tmp_path, whole, number, workers
):
    kg = tmp_path / "kg"
    words = ("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS, "-v")
    process = program(*words, "--workers", workers, TELLING_SLEEP="0.2")
    assert process.stderr
    for _ in range(3):
        assert process.stderr.readline().startswith("kgbuild: ")
    process.send_signal(number)
    code, err = ended(process)
    assert code == 128 + number
    assert err.endswith("the same command again goes on from there\n")
    assert "Traceback" not in err
    assert len(index(kg / "store")) >= 3
    code, err = ended(program(*words))
    assert (code, err.count("\n")) == (0, 30 - len(index_before(err)))
    assert outputs(kg) == whole


def index_before(err: str) -> range:
    """Return the articles that did not need to be read, as the first line tells."""
    return range(30 - int(err.split("/")[1].split()[0]))


def test_a_worker_that_dies_changes_nothing(tmp_path, whole):
    kg, death = tmp_path / "kg", tmp_path / "death"
    words = ("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)
    process = program(*words, "--workers", 2, TELLING_DEATH=str(death))
    assert ended(process) == (0, "")
    assert death.exists()
    assert outputs(kg) == whole


def test_a_batch_that_kills_its_workers_is_named(tmp_path):
    source, kg = put(tmp_path / "a.jsonl", articles(9)), tmp_path / "kg"
    words = ("build", source, "-o", kg, "--workers", 2)
    code, err = ended(program(*words, TELLING_ALWAYS="1"))
    assert (code, err.count("\n")) == (1, 1)
    assert "a worker died 3 times (SIGKILL) at the articles from d7 to d7" in err
    assert len(index(kg / "store")) == 8


@pytest.mark.parametrize("size", [400, 1500, 6000])
def test_where_there_is_no_room_nothing_is_lost(tmp_path, whole, size):
    kg = tmp_path / "kg"
    words = ("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    code, err = ended(program(*words, before=limit))
    assert (code, err.count("\n")) == (1, 1)
    assert "(File too large)" in err
    assert ended(program(*words)) == (0, "")
    assert outputs(kg) == whole


def test_a_damaged_shard_is_read_again(cli, tmp_path, whole):
    kg = tmp_path / "whole"
    for kind in KINDS:
        (path,) = (kg / "store" / kind).iterdir()
        path.write_bytes(path.read_bytes()[:-50])
        code, _, err = cli("export", kg, "--to", "ttl", "-o", tmp_path / "out")
        if kind in (STATEMENTS, DOCUMENTS):
            assert (code, err.count("\n")) == (1, 1)
            assert "is damaged or missing" in err
        path.unlink()
        words = ("build", tmp_path / "all.jsonl", "-o", kg, "--to", FORMATS)
        code, _, err = cli(*words)
        assert (code, err) == (0, "")
        assert outputs(kg) == whole


# -- followed ----------------------------------------------------------------------------


def test_a_folder_that_is_watched(cli, tmp_path):
    news, kg = tmp_path / "news", tmp_path / "kg"
    news.mkdir()
    found = articles(3)
    cli("build", put(news / "a.jsonl", found[:1]), "-o", kg, "--to", "jsonl")
    process = program("add", kg, news, "--watch", "--every", "0.2")
    assert process.stderr
    assert "nothing new" in process.stderr.readline()
    put(news / "b.jsonl", found[1:])
    wait_for_rows(kg, 6)
    process.send_signal(signal.SIGINT)
    code, err = ended(process)
    assert code == 130
    assert f"stopped; {kg} holds what was read" in err
    assert (kg / "statements.jsonl").read_text().count("\n") == 6


def test_what_a_watch_warns_of_is_told_once(cli, tmp_path):
    news, kg = tmp_path / "news", tmp_path / "kg"
    news.mkdir()
    cli("build", put(news / "a.jsonl", articles(1)), "-o", kg, "--to", "jsonl")
    (news / "b.csv").write_text(f"headline,story\nA,{'Ann met Bob. ' * 9}\n")
    (kg / "decisions.csv").write_text("decision,id,other\nsame,Foo,Bar\n")
    process = program("add", kg, news, "--watch", "--every", "0.1")
    assert process.stderr
    told = [process.stderr.readline() for _ in range(2)]
    for n in range(3):
        put(news / f"c{n}.jsonl", articles(n + 2)[-1:])
        wait_for_rows(kg, 2 * n + 13)
    process.send_signal(signal.SIGINT)
    code, err = ended(process)
    lines = [*told, *err.splitlines(keepends=True)]
    assert code == 130
    assert sum("columns are guessed" in line for line in lines) == 1
    assert sum("nobody in it has the name or id" in line for line in lines) == 1
    assert len(lines) == len({*lines})


def test_the_pages_of_a_feed_are_read_once(cli, tmp_path):
    kg, site = tmp_path / "kg", tmp_path / "site"
    site.mkdir()
    page = "<html><body><article><p>Ann met Bob.</p><p>{}</p></article></body></html>"
    with serving(site) as address:
        for n in range(2):
            (site / f"p{n}.html").write_text(page.format("They talked. " * 30))
        items = "".join(
            f"<item><link>{address}/p{n}.html</link></item>" for n in range(2)
        )
        (site / "feed.rss").write_text(
            f'<rss version="2.0"><channel>{items}</channel></rss>'
        )
        cli("build", put(tmp_path / "a.jsonl", articles(1)), "-o", kg, "--to", "jsonl")
        words = ("add", kg, "--feed", f"{address}/feed.rss", "--allow-private")
        telling.READ.clear()
        assert cli(*words)[0] == 0
        assert sorted(telling.READ) == ["p0", "p1"]
        code, _, err = cli(*words)
        assert (code, "nothing new" in err) == (0, True)
        code, _, err = cli("add", kg, "--feed", f"{address}/no.rss", "--allow-private")
        assert (code, "no.rss: cannot be read" in err) == (1, True)
        assert sorted(telling.READ) == ["p0", "p1"]


@contextmanager
def serving(folder: Path):
    """Serve a folder over HTTP."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


# -- what cannot be ---------------------------------------------------------------------


def test_what_cannot_be_is_told_in_one_line_and_changes_nothing(cli, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    found = articles(3)
    cli("build", put(tmp_path / "a.jsonl", found), "-o", one)
    found[1]["text"] = "Ann met Eve."
    cli("build", put(tmp_path / "b.jsonl", found), "-o", other)
    (tmp_path / "mine" / "store").mkdir(parents=True)
    (tmp_path / "mine" / "store" / "x").touch()
    before = outputs(one)
    for words, said in (
        (("remove", one, "dd1"), "there is no article 'dd1'; near: d1"),
        (("merge", one, other, "-o", one), "two articles have the id 'd1'"),
        (("add", tmp_path, "x"), "holds no store; make one with kgbuild build -o"),
        (("status", tmp_path), "holds no store"),
        (("add", one, tmp_path / "no.txt"), "there is no such file"),
        (
            ("build", tmp_path / "a.jsonl", "-o", tmp_path / "mine"),
            "is there and is no store of kgbuild",
        ),
    ):
        code, out, err = cli(*words)
        assert (code, out, err.count("\n")) == (1, "", 1), words
        assert said in err
        assert outputs(one) == before


@pytest.mark.parametrize("name", ["graph.ttl", "graph.html", "statements.jsonl"])
def test_a_file_of_somebody_else_is_not_written_over(cli, tmp_path, name):
    source, other = put(tmp_path / "a.jsonl", articles(2)), tmp_path / "other"
    cli("build", source, "-o", tmp_path / "kg")
    other.mkdir()
    (other / name).write_text("mine")
    for words in (("build", source), ("merge", tmp_path / "kg")):
        telling.READ.clear()
        code, out, err = cli(*words, "-o", other)
        assert (code, out, err.count("\n"), telling.READ) == (1, "", 1, [])
        assert f"{other}: holds {name} and no store of kgbuild" in err
        assert "choose another folder by -o, or move the file away" in err
        assert [p.name for p in other.iterdir()] == [name]
        assert outputs(other) == {name: b"mine"}


def test_a_folder_given_again_with_its_graph_is_not_read_as_articles(cli, tmp_path):
    put(tmp_path / "a.jsonl", articles(2))
    (tmp_path / "kg").mkdir()
    for _ in range(2):
        code, out, err = cli("build", tmp_path, "-o", tmp_path / "kg", "--to", "nt")
        assert (code, err) == (0, "")
        assert "Read 2 articles" in out
        (tmp_path / "kg" / "decisions.csv").write_text("decision,id,other\n")


def test_status_tells_what_there_is(cli, tmp_path, whole):
    code, out, _ = cli("status", tmp_path / "whole", "-v")
    assert code == 0
    for told in (
        "articles    30, ",
        "days        2014-01-03 to 2014-12-03",
        "\nd7  2014-08-03\n",
    ):
        assert told in out
    assert "picked by" not in out


def test_status_tells_what_the_files_are_picked_by(cli, tmp_path):
    kg, source = tmp_path / "kg", put(tmp_path / "a.jsonl", articles(9))
    picks = ("--since", "2014-02", "--relation", "Meets", "--about", "ann", "--facts")
    assert cli("build", source, "-o", kg, *picks)[0] == 0
    told = "picked by   --since 2014-02 --relation meets --about ann --facts\n"
    assert told in cli("status", kg)[1]


# -- shards -----------------------------------------------------------------------------


def shard(place: Path, names: str) -> str:
    """Write a shard of documents of one letter each."""
    found = [Document(id=n, text=f"{n} met Ann.") for n in names]
    results = telling.run(found)
    return write_shard(place, rows_of(zip(names, results, strict=True)))


def test_a_shard_is_the_same_whoever_makes_it(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    name = shard(one, "abc")
    parts = [shard(other, "cx"), shard(other, "ba")]
    wanted = [k for k in index(other).values() if k.id != "x"]
    assert settled(other, wanted) == tuple(sorted([parts[1], stores.name_of("c")]))
    assert shard(other, "cba") == name
    for kind in KINDS:
        files = [p / kind / f"{name}.parquet" for p in (one, other)]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_many_small_shards_are_made_one(tmp_path):
    for letter in "abcdefghijkl":
        shard(tmp_path, letter)
    (name,) = settled(tmp_path, list(index(tmp_path).values()))
    assert [r["id"] for r in read_shard(tmp_path, name).documents] == [*"abcdefghijkl"]
    assert {*listed(tmp_path, [name])} == {*"abcdefghijkl"}


def test_a_batch_has_at_most_so_many_words():
    kept = [Kept(key=str(n), id=str(n), words=9_000, shard="") for n in range(5)]
    assert [len(b) for b in stores.batches(kept)] == [2, 2, 1]


def test_a_manifest_of_another_version_is_told(tmp_path):
    stores.begin(tmp_path / "store", Recipe())
    path = tmp_path / "store" / stores.MANIFEST
    for text, said in (
        ("{", "is damaged"),
        ('{"format": 9}', "of another version"),
        ('{"format": 1}', "of another version"),  # without mentions
    ):
        path.write_text(text)
        with pytest.raises(ValueError, match=said):
            load(tmp_path / "store")


def test_a_shard_of_another_format_has_another_name(monkeypatch):
    before = digest_of(Recipe())
    monkeypatch.setattr("kgbuild.archive.recipe.FORMAT", 9)
    assert digest_of(Recipe()) != before


# -- who is named where ------------------------------------------------------------------


def mentions(kg: Path) -> list[dict[str, object]]:
    """Return the rows of the mentions of a folder, in the order of their articles."""
    found = rows(kg / "store", MENTIONS, open_project(kg).shards)
    return sorted(found, key=lambda row: row["doc"])


def test_who_is_named_where_comes_and_goes_with_the_articles(cli, tmp_path):
    found, kg, once = articles(6), tmp_path / "kg", tmp_path / "once"
    cli("build", put(tmp_path / "once.jsonl", found[:4]), "-o", once)
    cli("build", put(tmp_path / "a.jsonl", found[:2]), "-o", kg)
    cli("add", kg, put(tmp_path / "b.jsonl", found[2:]))
    text = {one["id"]: one["text"] for one in found}
    assert {row["doc"] for row in mentions(kg)} == {*text}
    for row in mentions(kg):
        assert text[row["doc"]][row["start"] : row["end"]] == row["text"]
        assert (row["ids"], row["labels"]) == (
            [f"person/{row['text'].lower()}"],
            [row["text"]],
        )
    assert cli("remove", kg, "d4", "d5")[0] == 0
    assert mentions(kg) == mentions(once)
    assert len(mentions(kg)) == 16


def test_shards_of_parts_that_are_merged_are_those_of_all_at_once(cli, tmp_path):
    found, kg, once = articles(10), tmp_path / "kg", tmp_path / "once"
    cli("build", put(tmp_path / "all.jsonl", found), "-o", once)
    parts = [tmp_path / f"part{n}" for n in range(10)]
    for part, one in zip(parts, found, strict=True):
        cli("build", put(tmp_path / "part.jsonl", [one]), "-o", part)
    assert cli("merge", *reversed(parts), "-o", kg)[0] == 0
    (name,) = open_project(kg).shards
    for kind in KINDS:
        files = [p / "store" / kind / f"{name}.parquet" for p in (kg, once)]
        assert files[0].read_bytes() == files[1].read_bytes()


# -- the memo ---------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [None, b"", b"PAR1"])
def test_what_was_written_before_changes_no_byte(cli, tmp_path, monkeypatch, damage):
    monkeypatch.setattr("kgbuild.rdf.bridge.LARGEST", 10)  # as of many articles
    found, kg, once = articles(34), tmp_path / "kg", tmp_path / "once"
    words = ("-o", kg, "--to", "ttl,jsonl")
    cli("build", put(tmp_path / "a.jsonl", found[:30]), *words)
    names = {p.name for p in (kg / "store" / stores.MEMO).iterdir()}
    assert names == {"names.parquet", "turtle.parquet"}
    for path in (kg / "store" / stores.MEMO).iterdir():
        if damage is not None:
            path.write_bytes(damage)
    assert cli("add", kg, put(tmp_path / "b.jsonl", found[30:]))[0] == 0
    cli("build", put(tmp_path / "c.jsonl", found), "-o", once, "--to", "ttl,jsonl")
    assert outputs(kg) == outputs(once)


def test_what_a_memo_has_is_not_worked_out_again(tmp_path):
    path, made = tmp_path / "memo.parquet", []

    def work(item: str) -> str:
        made.append(item)
        return item.upper()

    for stamp, items, new in (
        (b"1", "ab", "ab"),
        (b"1", "abc", "c"),
        (b"1", "ac", ""),
        (b"1", "ab", "b"),
        (b"2", "ab", "ab"),
    ):
        made.clear()
        rows = [(memo.key(item), item) for item in items]
        assert "".join(memo.kept(path, stamp, rows, work)) == items.upper()
        assert "".join(made) == new
