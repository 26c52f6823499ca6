"""The same article gives the same bytes, on any run and from any place."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from kgbuild.model import Document
from kgbuild.pipeline import run
from kgbuild.writers import FORMATS


def test_same_bytes_under_three_seeds_and_from_two_places(tmp_path, root):
    seeds = ("0", "1", "2")
    article = tmp_path / "place" / "arms-sales-japan.txt"
    article.parent.mkdir()
    shutil.copy(root / "data" / article.name, article)
    runs = [
        (root, f"data/{article.name}") if n % 2 else (article.parent, article.name)
        for n in range(len(seeds))
    ]
    running = []
    for seed, (place, name) in zip(seeds, runs, strict=True):
        words = ["build", name, "-o", tmp_path / seed, "--to", ",".join(FORMATS)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-m", "kgbuild", *words]
        running.append(
            subprocess.run(
                command, cwd=place, env=environment, capture_output=True, check=False
            )
        )
    assert [(r.returncode, r.stderr) for r in running] == [(0, b"")] * len(seeds)
    files = [
        {p.name: p.read_bytes() for p in (tmp_path / seed).iterdir() if p.is_file()}
        for seed in seeds
    ]
    assert len(files[0]) == len(FORMATS) + 2  # csv makes three
    for other in files[1:]:
        assert [n for n in files[0] if files[0][n] != other[n]] == []


TEXTS = (
    "Japan met France on Monday. It praised the talks.",
    "Iran attacked Israel. He denied it, and the two countries met.",
    "China condemned India, said Roe. Jane Roe met Wang Yi.",
    "The foreign ministry of Kenya urged Uganda to withdraw.",
    "Russia sold four tanks to Turkey for $2 million.",
    "Nobody came.",
    "",
    "Poland joined NATO. The alliance backed Poland against Russia.",
    "Roe left. Peter Roe stayed.",
)


@pytest.fixture(scope="module")
def documents():
    return [
        Document(id=f"d{n}", text=text, date="2020-06-15")
        for n, text in enumerate(TEXTS)
    ]


@pytest.fixture(scope="module")
def alone(documents):
    """What each document says when it is read alone."""
    found = {d.id: next(run([d])) for d in documents}
    assert sum(len(r.statements) for r in found.values()) > 3
    return found


def test_a_document_says_the_same_among_others_in_any_order(documents, alone):
    for seed in range(3):
        shuffled = random.Random(seed).sample(documents, len(documents))
        assert {r.document.id: r for r in run(shuffled)} == alone


def test_results_come_in_the_order_of_the_documents(documents):
    turned = documents[::-1]
    assert [r.document for r in run(turned)] == turned


def test_two_threads_read_the_same(documents, alone):
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda d: next(run([d])), documents * 3))
    assert all(r == alone[r.document.id] for r in found)
