"""The README: each block of it runs, and it names what there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT

from kgbuild.__main__ import COMMANDS
from kgbuild.readers.kinds import KINDS
from kgbuild.writers import FORMATS

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
INSTALL, TEST = "pip install -e . && ", 'pip install -e ".[test]" && pytest'


def blocks(language):
    return [code for name, code in BLOCKS if name == language]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with the samples, and an environment in which kgbuild is a command."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "data", folder / "data")
    command = folder / "bin" / "kgbuild"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kgbuild "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return folder, {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "80",
    }


def run(place, *words):
    folder, environment = place
    ended = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return ended.stdout


def test_the_first_two_commands_are_those_that_ci_runs_as_they_stand():
    first, second = blocks("bash")[:2]
    assert first == f"{INSTALL}kgbuild build data/arms-sales-japan.txt -o kg\n"
    assert second == f"{TEST}\n"


@pytest.mark.parametrize("code", [b for b in blocks("bash") if TEST not in b])
def test_commands_run(place, code):
    assert run(place, "bash", "-euo", "pipefail", "-c", code.removeprefix(INSTALL))


def test_python_runs_from_top_to_bottom(place):
    out = run(place, sys.executable, "-c", "\n".join(blocks("python")))
    assert "Japan transfers_arms_to" not in out
    assert "France transfers_arms_to Japan 2017-11-06" in out
    assert "United States → Japan" in out


def test_the_relation_and_the_name_that_are_added_are_found(place):
    relation, name = blocks("bash")[-2:]
    assert '"relation": "invests_in"' in run(place, "bash", "-c", relation)
    assert '"label": "Jane Roe"' in run(place, "bash", "-c", name)


def test_every_block_is_run_or_is_plain_text():
    assert {name for name, _ in BLOCKS} == {"bash", "python", "text"}


def test_every_format_and_command_and_module_is_named(root):
    table = README[README.index("| format") : README.index("## As a library")]
    assert set(re.findall(r"`(\w+)`", table)) >= set(FORMATS)
    assert all(f"kgbuild {c}" in README for c in COMMANDS)
    layout = next(b for b in blocks("text") if "readers/" in b)
    for word in re.findall(r"[\w/]+(?=[,\s])", layout):
        if word.endswith("/"):
            assert (root / "kgbuild" / word).is_dir(), word


def test_every_file_that_is_linked_is_there(root):
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert target.startswith("https://") or (root / target).exists(), target


def test_the_changelog_tells_of_this_version(root):
    version = re.search(
        r"^version = (.+)$", (root / "setup.cfg").read_text(), re.MULTILINE
    )
    assert f"## {version[1]}" in (root / "CHANGELOG.md").read_text()


def test_every_suffix_of_input_is_told_of():
    told = README.lower()
    names = {"txt": "text", "md": "markdown", "jsonl": "json lines", "feed": "rss"}
    assert all(names.get(kind, kind) in told for kind in set(KINDS.values()))
