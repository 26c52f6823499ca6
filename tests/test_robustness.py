"""The main job on input as it comes: a sensible result or one clear line, never a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import inputs
import pytest
import rdflib

FILES = {"graph.ttl", "graph.html", "statements.jsonl"}


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """Return the folder of an older graph."""
    folder = tmp_path_factory.mktemp("older") / "kg"
    article = put(folder.parent, "old.txt", "Peru met Chile.")
    command = [sys.executable, "-m", "kgbuild", "build", article, "-o", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def build(tmp_path, root, older):
    """Return a function that builds over an older graph: exit code, output, errors, folder."""
    folder = tmp_path / "kg"
    shutil.copytree(older, folder)

    def call(*words):
        command = [sys.executable, "-m", "kgbuild", "build", "-o", folder, *words]
        ended = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert "Traceback" not in ended.stderr
        return ended.returncode, ended.stdout, ended.stderr, folder

    return call


def outputs(folder):
    """Return the files of a folder beside its store."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def statements(folder):
    """Return the statements of a folder whose files are all whole and new."""
    assert {p.name for p in folder.iterdir()} == {*FILES, "store"}
    assert len(rdflib.Graph().parse(folder / "graph.ttl")) > 0
    page = (folder / "graph.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    lines = (folder / "statements.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "holds no text; nothing to read"),
        ("bytes.txt", bytes(range(256)) * 40, "is not text; give"),
        ("missing.txt", None, "there is no such file; check the name"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_leaves_the_old_files(
    build, older, tmp_path, name, content, says
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err, folder = build(path)
    assert (code, out) == (1, "")
    assert err.startswith(f"kgbuild: {path}: ")
    assert says in err
    assert err.count("\n") == 1
    assert outputs(folder) == outputs(older)


def test_a_latin_1_file_is_read_as_what_it_is(build, tmp_path):
    text = "Brazilian President Lula da Silva met Mexican President Peña Nieto in São Paulo."
    code, _out, err, folder = build(put(tmp_path, "visit.txt", text.encode("latin-1")))
    assert (code, err) == (0, "")
    found = statements(folder)
    assert found
    for statement in found:
        for evidence in statement["evidence"]:
            assert evidence["sentence"] == text[evidence["start"] : evidence["end"]]


def test_a_text_without_known_actors_gives_an_empty_graph(build, tmp_path):
    text = "The weather was fine. Some people walked along the river, and others slept."
    code, out, err, folder = build(put(tmp_path, "weather.txt", text))
    assert (code, err) == (0, "")
    assert statements(folder) == []
    assert "none found" in out


def test_a_hostile_title_stays_text(build, tmp_path):
    title = "<script>alert(1)</script>"
    text = f"---\ntitle: {title}\n---\n{inputs.SENTENCE}\n"
    code, out, err, folder = build(put(tmp_path, "title.txt", text))
    assert (code, err) == (0, "")
    assert statements(folder)
    assert title in out
    assert title not in (folder / "graph.html").read_text("utf-8")
    assert title in "".join(
        map(str, rdflib.Graph().parse(folder / "graph.ttl").objects())
    )


def test_a_million_characters_are_read(build, tmp_path):
    people = ("Abe", "Trump", "Putin", "Merkel", "Macron", "Modi", "Erdogan")
    # Long words: what a reader takes its time for is their number.
    rest = " ".join(
        ["disproportionately uncomplicated environmental arrangements"] * 30
    )
    parts = [
        f"{people[n % 7]} met {people[(n + 3) % 7]} in room {n}. The palace saw {rest}.\n\n"
        for n in range(550)
    ]
    path = put(tmp_path, "long.txt", "".join(parts))
    assert path.stat().st_size > 1_000_000
    code, _, err, folder = build(path)
    assert (code, err) == (0, "")
    assert statements(folder)


def test_one_bad_input_among_good_ones(build, tmp_path):
    good = put(tmp_path, "good.txt", inputs.SENTENCE)
    code, out, err, folder = build(good, tmp_path / "missing.txt")
    assert code == 1
    assert err.count("\n") == 1
    assert statements(folder)
    assert "Read 1 article" in out


def test_a_folder_that_cannot_be_written_is_told(build, tmp_path):
    file = put(tmp_path, "file", "")
    good = put(tmp_path, "good.txt", inputs.SENTENCE)
    code, _, err, _folder = build(good, "-o", file)
    assert code == 1
    assert all(line.startswith("kgbuild: ") for line in err.splitlines())
