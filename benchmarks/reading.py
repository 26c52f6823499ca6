"""Draw sentences with their statements for a reader, and count what the reader found wrong.

    python benchmarks/reading.py draw DIR --seed 1 --parts 6 TEXTS.jsonl.gz=80 ...
    python benchmarks/reading.py count DIR

``draw`` takes, of each file of records, as many sentences that carry statements as stand
behind its name, one or two a document, from documents shuffled by the seed, and writes
``part-N.md`` to read and the texts beside them. A reader writes ``part-N.verdicts.jsonl``:
a line ``{"n": "12.1", "verdict": "right" | "defensible" | "wrong", "what": ..., "why": ...}``
for each statement. ``count`` says how many of these are wrong, by kind and by source.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kgbuild.model import Document, Statement
from kgbuild.pipeline import run
from kgbuild.readers import read_documents
from kgbuild.vocabulary import load_vocabulary

PER_DOCUMENT = 2


def main() -> None:
    """Read the command line, and draw or count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["draw", "count"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", nargs="*", help="FILE=SENTENCES")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", type=int, default=6)
    parser.add_argument("--model")
    parser.add_argument(
        "--without", type=Path, nargs="*", default=[], help="earlier draws"
    )
    given = parser.parse_intermixed_args()
    if given.what == "count":
        count(given.folder)
    else:
        before = {
            json.loads(text)["doc"]
            for earlier in given.without
            for text in (earlier / "drawn.jsonl").read_text().splitlines()
        }
        draw(given.folder, given.texts, given.seed, given.parts, given.model, before)


def draw(
    folder: Path,
    texts: list[str],
    seed: int,
    parts: int,
    model: str | None,
    before: set[str],
) -> None:
    """Write the parts, the texts, and ``drawn.jsonl``: number, source and statement."""
    (folder / "texts").mkdir(parents=True)
    shuffle = random.Random(seed).shuffle
    drawn = []
    for given in texts:
        path, number = given.rsplit("=", 1)
        drawn += list(_sentences(Path(path), int(number), shuffle, model, before))
    shuffle(drawn)
    pages: list[list[str]] = [[] for _ in range(parts)]
    with (folder / "drawn.jsonl").open("w") as file:
        for n, (source, document, told) in enumerate(drawn, 1):
            (folder / "texts" / f"{n}.txt").write_text(document.text)
            pages[n % parts].append(_shown(n, source, document, told))
            for m, s in enumerate(told, 1):
                line = {"n": f"{n}.{m}", "source": source, "doc": document.id}
                line |= {"relation": s.relation, "confidence": s.confidence}
                file.write(json.dumps(line | {"id": s.id}) + "\n")
    for n, page in enumerate(pages, 1):
        (folder / f"part-{n}.md").write_text("\n".join(page))


def _sentences(
    path: Path, wanted: int, shuffle: object, model: str | None, before: set[str]
) -> Iterator[tuple[str, Document, list[Statement]]]:
    assert callable(shuffle)
    documents = list(read_documents([path], report=lambda fault: None))
    shuffle(documents)
    documents = [d for d in documents if len(d.text) < 60_000 and d.id not in before]
    taken = 0
    for result in run(documents, model=model):
        told: dict[int, list[Statement]] = {}
        for s in result.statements:
            told.setdefault(s.evidence[0].start, []).append(s)
        starts = sorted(told)
        shuffle(starts)
        for start in starts[:PER_DOCUMENT]:
            if taken == wanted:
                return
            taken += 1
            yield path.name.split(".")[0], result.document, told[start]


def _shown(n: int, source: str, document: Document, told: list[Statement]) -> str:
    first = told[0].evidence[0]
    before = " ".join(document.text[max(0, first.start - 350) : first.start].split())
    sentence = " ".join(document.text[first.start : first.end].split())
    lines = [f"## {n}  [{source}; {document.date}; {document.title}]  texts/{n}.txt"]
    lines += [f"before: … {before}", f"SENTENCE: {sentence}"]
    for m, s in enumerate(told, 1):
        said = ", ".join(a.label for a in s.attributed_to) or "the article itself"
        role = f' | role "{s.role}"' if s.role else ""
        lines.append(
            f"  {n}.{m}  {s.subject.label} ({s.subject.type}) | {s.relation} | "
            f"{s.object.label} ({s.object.type}) | {s.factuality} | said by {said} | "
            f'time {s.time or "-"}{role} | words "{s.phrase}"'
        )
        if s.deal:
            lines.append(f"        deal: {s.deal}")
    return "\n".join([*lines, ""])


def count(folder: Path) -> None:
    """Print how many statements were found wrong, by kind of relation and by source."""
    relations = load_vocabulary().relations
    drawn = {
        (line := json.loads(text))["n"]: line
        for text in (folder / "drawn.jsonl").read_text().splitlines()
    }
    read: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for path in sorted(folder.glob("part-*.verdicts.jsonl")):
        for text in path.read_text().splitlines():
            verdict = json.loads(text)
            line = drawn[verdict["n"]]
            kind = relations[line["relation"]].kind
            for group in ("all", kind, line["source"], line["relation"]):
                read[group] += 1
                wrong[group] += verdict["verdict"] == "wrong"
    for group, number in sorted(read.items(), key=lambda pair: (-pair[1], pair[0])):
        share = wrong[group] / number
        print(f"{group:<20} {wrong[group]:>4} of {number:>4}  {share:.0%}")


if __name__ == "__main__":
    main()
