"""The same article gives the same bytes, on any run and from any place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from kgbuild.writers import FORMATS


def test_same_bytes_under_five_seeds_and_from_two_places(tmp_path, root):
    seeds = ("0", "1", "2", "3", "4")
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
        {p.name: p.read_bytes() for p in (tmp_path / seed).iterdir()} for seed in seeds
    ]
    assert len(files[0]) == len(FORMATS) + 1  # csv makes two
    for other in files[1:]:
        assert [n for n in files[0] if files[0][n] != other[n]] == []
