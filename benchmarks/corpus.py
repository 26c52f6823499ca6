"""What a folder for an archive costs, and how that grows with the number of articles.

    python benchmarks/corpus.py [--bare] [--workers N] [--sizes 50,100,200] TEXTS.jsonl.gz ...

Each line of TEXTS is a record with a ``text``; where there are fewer than a size asks for,
they are taken again with other ids and a line of their own. ``--bare`` reads with no model:
each sentence with two names is a statement, so that what is measured is the store, the
workers, the merging and the writing alone. Times are of whole runs of the command.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FORMATS = "jsonl,nq,csv"


def main() -> None:
    """Print a table: a size a row, and the exponents of growth from each size to the next."""
    options = argparse.ArgumentParser()
    options.add_argument("texts", nargs="+", type=Path)
    options.add_argument("--bare", action="store_true")
    options.add_argument("--workers", default="1")
    options.add_argument("--sizes", default="50,100,200")
    given = options.parse_args()
    rows = []
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as place:
            rows.append(measured(Path(place), given, size))
        print("  ".join(f"{k} {v:g}" for k, v in rows[-1].items()), flush=True)
    for one, two in itertools.pairwise(rows):
        told = (f"{k} {_exponent(one, two, k):.2f}" for k in one if k != "articles")
        print(f"exponents {one['articles']} to {two['articles']}: {', '.join(told)}")


def _exponent(one: dict[str, float], two: dict[str, float], key: str) -> float:
    grown = math.log(two["articles"] / one["articles"])
    return math.log(max(two[key], 1e-9) / max(one[key], 1e-9)) / grown


def measured(place: Path, given: argparse.Namespace, size: int) -> dict[str, float]:
    """Return seconds, megabytes and counts of one size."""
    found = list(itertools.islice(records(given.texts), size + 10))
    kg, all_, ten = place / "kg", place / "all.jsonl", place / "ten.jsonl"
    all_.write_text("".join(map(line, found[:size])), "utf-8")
    ten.write_text("".join(map(line, found[size:])), "utf-8")
    build = ("build", all_, "-o", kg, "--to", FORMATS, "--workers", given.workers)
    first, memory = run(given.bare, *build)
    again, _ = run(given.bare, *build)
    facts = ("export", kg, "--to", "jsonl", "--facts", "-o", place / "facts")
    told = run(given.bare, *facts)[0]
    added, _ = run(given.bare, "add", kg, ten)
    return {
        "articles": size,
        "build_s": round(first, 1),
        "memory_mb": round(memory),
        "again_s": round(again, 1),
        "add_ten_s": round(added, 1),
        "facts_s": round(told, 1),
        "store_mb": round(_size(kg / "store") / 1e6, 2),
        "files_mb": round(sum(_size(p) for p in kg.glob("*.*")) / 1e6, 2),
        "statements": (kg / "statements.jsonl").read_bytes().count(b"\n"),
    }


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def records(paths: list[Path]) -> Iterator[dict[str, str]]:
    """Yield the records of files, again and again, each time changed a little."""
    for turn in itertools.count():
        for path in paths:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for row in file:
                    record = json.loads(row)
                    if turn:
                        record["id"] = f"{record['id']}-{turn}"
                        record["text"] += f"\n\nNumber {turn}."
                    yield record


def line(record: dict[str, str]) -> str:
    """Return a record as a line."""
    return json.dumps(record) + "\n"


def run(bare: bool, *words: object) -> tuple[float, float]:
    """Return the seconds that a command took, and the megabytes it held, without its workers."""
    command = [HERE / "bare.py"] if bare else ["-m", "kgbuild"]
    begun, most = time.perf_counter(), 0.0
    process = subprocess.Popen(
        [sys.executable, *map(str, (*command, *words))],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    while process.poll() is None:
        most = max(most, _held(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{words[0]} ended with {process.returncode}")
    return time.perf_counter() - begun, most


def _held(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    held = [row.split()[1] for row in told.splitlines() if row.startswith("VmHWM")]
    return int(held[0]) / 1000 if held else 0


if __name__ == "__main__":
    main()
