"""What the extraction costs on top of the parser, as a ratio taken in one run.

    python benchmarks/extraction.py [TEXTS.jsonl.gz ...]

Each line of TEXTS is a record with a ``text``; without any, the articles under ``data/`` are
read ten times over. Single process, batches of 32, the best of three rounds of each.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kgbuild.model import Document
from kgbuild.pipeline import make_pipeline, run

DATA = Path(__file__).parent.parent / "data"


def main(paths: list[str]) -> None:
    """Print seconds, and the ratio of parsing with extraction to parsing alone."""
    texts = [t for p in paths for t in _texts(Path(p))] or [
        p.read_text(encoding="utf-8") for p in sorted(DATA.glob("*.txt"))
    ] * 10
    nlp = make_pipeline()
    documents = [Document(id=str(n), text=t) for n, t in enumerate(texts)]

    def bare() -> None:
        with nlp.select_pipes(disable=["kgbuild"]):
            for _ in nlp.pipe(texts, batch_size=32):
                pass

    def whole() -> None:
        for _ in run(documents, nlp=nlp):
            pass

    alone, extracted = _best(bare, whole)
    words = sum(len(t.split()) for t in texts)
    print(f"{len(texts)} texts, {words} words")
    print(f"parser alone       {alone:7.2f} s  {words / alone:8.0f} words/s")
    print(f"with extraction    {extracted:7.2f} s  {words / extracted:8.0f} words/s")
    print(f"ratio              {extracted / alone:7.3f}")


def _texts(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for n, line in enumerate(file) if n % 20 == 0][
            :100
        ]


def _best(*works: Callable[[], None]) -> list[float]:
    """Return the best of three rounds of each, in turn: a machine's pace may drift."""
    rounds: list[list[float]] = [[] for _ in works]
    for _ in range(3):
        for work, times in zip(works, rounds, strict=True):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return [min(times) for times in rounds]


if __name__ == "__main__":
    main(sys.argv[1:])
