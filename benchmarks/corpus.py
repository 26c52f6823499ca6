"""What a folder for an archive costs, and how that grows with the number of articles.

    python benchmarks/corpus.py [--bare] [--workers N] [--sizes 50,100,200] TEXTS.jsonl.gz ...

Each line of TEXTS is a record with a ``text``; where there are fewer than a size asks for,
they are taken again with other ids, a line of their own, and other names for two of three.
``--bare`` reads with no model: each sentence with two names is a statement, so that what is
measured is the store, the workers, the merging and the writing alone. Times are of whole runs
of the command, ``_cpu`` those of its processors, its workers among them, which tell more
where others are at work.

``--rate`` reads as many of the texts as it says by the reader alone, in as many processes as
there are workers, and prints what share of that rate each build has.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FORMATS = "ttl,html,jsonl"


def main() -> None:
    """Print a table: a size a row, and the exponents of growth from each size to the next."""
    options = argparse.ArgumentParser()
    options.add_argument("texts", nargs="+", type=Path)
    options.add_argument("--bare", action="store_true")
    options.add_argument("--workers", default="1")
    options.add_argument("--sizes", default="50,100,200")
    options.add_argument("--rate", type=int, default=0, metavar="ARTICLES")
    given = options.parse_args()
    if given.rate:
        given.words_a_second = bare_rate(given)
        print(f"the reader alone reads {given.words_a_second:.0f} words/s", flush=True)
    rows = []
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as place:
            rows.append(measured(Path(place), given, size))
        print("  ".join(f"{k} {v:g}" for k, v in rows[-1].items()), flush=True)
    for one, two in itertools.pairwise(rows):
        grown = [k for k in one if k not in ("articles", "share") and one[k]]
        told = (f"{k} {_exponent(one, two, k):.2f}" for k in grown)
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
    first = run(given.bare, *build)
    again = run(given.bare, *build)
    facts = ("export", kg, "--to", "jsonl", "--facts", "-o", place / "facts")
    told = run(given.bare, *facts)
    added = run(given.bare, "add", kg, ten)
    row = {
        "articles": size,
        "build_s": round(first.seconds, 1),
        "build_cpu": round(first.processor, 1),
        "parent_mb": round(first.memory),
        "worker_mb": round(first.of_workers),
        "again_s": round(again.seconds, 1),
        "again_cpu": round(again.processor, 1),
        "add_ten_s": round(added.seconds, 1),
        "add_ten_cpu": round(added.processor, 1),
        "add_ten_mb": round(added.memory),
        "facts_s": round(told.seconds, 1),
        "store_mb": round(_size(kg / "store") / 1e6, 2),
        "files_mb": round(sum(_size(p) for p in kg.glob("*.*")) / 1e6, 2),
        "statements": (kg / "statements.jsonl").read_bytes().count(b"\n"),
    }
    if given.rate:
        words = sum(len(r["text"].split()) for r in found[:size])
        row["share"] = round(words / first.seconds / given.words_a_second, 3)
    return row


READ = """
import json, sys, time
from kgbuild.model import Document
from kgbuild.pipeline import run
found = [Document(id=r["id"], text=r["text"]) for r in map(json.loads, open(sys.argv[1]))]
list(run(found[:1]))
print("ready", flush=True)
input()
list(run(found))
"""


def bare_rate(given: argparse.Namespace) -> float:
    """Return the words a second that as many processes read, their start left out."""
    count = int(given.workers)
    found = list(itertools.islice(records(given.texts), given.rate))
    with tempfile.TemporaryDirectory() as place:
        started = []
        for n in range(count):
            path = Path(place) / f"{n}.jsonl"
            path.write_text("".join(map(line, found[n::count])), "utf-8")
            process = subprocess.Popen(
                [sys.executable, "-c", READ, path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(HERE.parent)},
            )
            started.append(process)
        for process in started:
            assert process.stdout
            process.stdout.readline()
        begun = time.perf_counter()
        for process in started:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        for process in started:
            process.wait()
        words = sum(len(r["text"].split()) for r in found)
        return words / (time.perf_counter() - begun)


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def records(paths: list[Path]) -> Iterator[dict[str, str]]:
    """Yield the records of files, again and again, each time with other names."""
    for turn in itertools.count():
        for path in paths:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for row in file:
                    record = json.loads(row)
                    if turn:
                        record["id"] = f"{turn}-{record['id']}"
                        record["text"] = _renamed(record["text"], turn)
                    yield record


SYLLABLES = ("ard", "ova", "ian", "sen", "ley", "ito", "mann", "ska")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")


def _renamed(text: str, turn: int) -> str:
    """Return a text in which two of three words with capitals are names that no other has."""
    end = SYLLABLES[turn % len(SYLLABLES)] * (1 + turn // len(SYLLABLES))

    def other(name: re.Match[str]) -> str:
        kept = zlib.crc32(name[0].encode()) % 3 == 0
        return name[0] if kept else name[0] + end

    return f"{_NAME.sub(other, text)}\n\nNumber {turn}."


def line(record: dict[str, str]) -> str:
    """Return a record as a line."""
    return json.dumps(record) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the clock and of processors, megabytes of the parent and of its workers."""

    seconds: float
    processor: float
    memory: float
    of_workers: float


def run(bare: bool, *words: object) -> Cost:
    """Return what a command cost; of its workers, the memory of that which holds most."""
    command = [HERE / "bare.py"] if bare else ["-m", "kgbuild"]
    begun, most, workers = time.perf_counter(), 0.0, 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [sys.executable, *map(str, (*command, *words))],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    while process.poll() is None:
        most = max(most, _held(process.pid))
        workers = max([workers, *map(_held, _children(process.pid))])
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"{words[0]} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(
        seconds=time.perf_counter() - begun,
        processor=spent,
        memory=most,
        of_workers=workers,
    )


def _children(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


def _held(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    held = [row.split()[1] for row in told.splitlines() if row.startswith("VmHWM")]
    return int(held[0]) / 1000 if held else 0


if __name__ == "__main__":
    main()
