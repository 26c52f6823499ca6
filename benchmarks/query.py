"""How long the named questions take over graphs of growing size, and how that grows.

Run ``python benchmarks/query.py [ARTICLES ...]``. Articles are generated, ten statements
each about the same few hundred states and people, as in news. Prints, for Turtle, N-Quads,
a store on disk and (where ``oxigraph`` is installed) a server, the seconds to open it and of
each question, and at last the seconds for each size as a multiple of those for the size
before. All of them must give the same rows.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx

from kgbuild.graph import add_records
from kgbuild.load.articles import articles, load
from kgbuild.load.disk import fill
from kgbuild.load.http import endpoint, open_http
from kgbuild.query import Question, ask, open_source, questions
from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers import write

VOCABULARY = load_vocabulary()
EACH = 10  # statements an article
RELATIONS = ("meets", "threatens", "transfers_arms_to", "leads", "supports", "requests")


def entity(kind: str, number: int) -> dict:
    return {
        "id": f"wd:Q{number + 1 if kind == 'Country' else number + 1001}",
        "label": f"{kind} {number}",
        "type": kind,
        "aliases": [f"{kind[0]}{number}", f"the {kind.lower()} {number}"],
    }


def record(chance: random.Random, doc: str, number: int) -> dict:
    relation = chance.choice(RELATIONS)
    ends = {"meets": ("Person", "Person"), "leads": ("Person", "Country")}
    kinds = ends.get(relation, ("Country", "Country"))
    subject, object_ = (
        entity(k, chance.randrange(500 if k == "Person" else 150)) for k in kinds
    )
    start = 100 * number
    made = {
        "id": f"{doc}-{number}",
        "doc": doc,
        "subject": subject,
        "relation": relation,
        "object": object_,
        "factuality": chance.choice(("fact", "possible", "negated")),
        "attributed_to": (
            [entity("Person", chance.randrange(500))] if chance.random() < 0.3 else []
        ),
        "time": "2017-11-06",
        "phrase": "so it is told",
        "confidence": 0.8,
        "qualifiers": {"role": "President" if relation == "leads" else None},
        "evidence": [
            {
                "doc": doc,
                "start": start,
                "end": start + 90,
                "sentence": f"So it is told in sentence {number} of {doc}.",
                "subject": [start, start + 5],
                "object": [start + 20, start + 25],
                "trigger": [start + 10, start + 15],
            }
        ],
    }
    if relation == "transfers_arms_to":
        items = [{"label": "F-35", "quantity": 4}, {"label": "training"}]
        made["deal"] = {"items": items, "kind": "sale", "status": "agreed"}
    return made


def generated(count: int) -> nx.MultiDiGraph[str]:
    """Return a graph of so many articles, the same on each run."""
    chance = random.Random(count)
    # As long as real ones: a store keeps what is longer than 16 bytes apart.
    names = [f"2017-11-06-talks-of-the-day-{n:06}" for n in range(count)]
    about = {"title": "Talks", "date": "2017-11-06", "source": "CNN", "url": ""}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(documents=dict.fromkeys(names, about))
    told = (record(chance, name, n) for name in names for n in range(EACH))
    return add_records(graph, told)


@contextlib.contextmanager
def server(folder: Path, graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    """Run Oxigraph with a graph in it; yield its address, or nothing where it is not."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not program:
        yield ""
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = ["--location", str(folder / "served"), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([program, "serve", *place], stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/store"
        target = open_http(endpoint(address), retries=6)
        for _ in load(articles(graph, VOCABULARY), target):
            pass
        yield address
    finally:
        process.kill()
        process.wait()


def opened(place: str) -> tuple[float, Any]:
    """Return the seconds to open a place, and what questions are put to."""
    start = time.perf_counter()
    source = open_source(place, questions()["deals"])
    return time.perf_counter() - start, source


def timed(source: Any, question: Question) -> tuple[float, list[list[str]]]:
    """Return the seconds to ask a question, and the rows."""
    start = time.perf_counter()
    found: Any = ask(source, question, "Country 7" if question.required else None)
    rows = [[term.value if term else "" for term in row] for row in found]
    return time.perf_counter() - start, rows


def measure(count: int) -> dict[tuple[str, str], float]:
    """Return the seconds of each question in each place, and print them."""
    graph, seconds = generated(count), {}
    with tempfile.TemporaryDirectory() as made, contextlib.ExitStack() as stack:
        folder = Path(made)
        places = {s: str(write(graph, folder / f"graph.{s}")[0]) for s in ("ttl", "nq")}
        for _ in fill(folder / "store", articles(graph, VOCABULARY)):
            pass
        places["disk"] = str(folder / "store")
        if address := stack.enter_context(server(folder, graph)):
            places["server"] = address
        print(f"\n{count} articles, {count * EACH} statements", flush=True)
        print("question".ljust(20), *(p.rjust(8) for p in places), "    rows")
        first = {name: opened(place) for name, place in places.items()}
        for question in questions().values():
            found = {
                name: timed(source, question) for name, (_, source) in first.items()
            }
            seconds |= {(question.name, n): asked for n, (asked, _) in found.items()}
            cells = (f"{asked:8.2f}" for asked, _ in found.values())
            rows = [told for _, told in found.values()]
            same = "" if all(r == rows[0] for r in rows) else "  THE ROWS DIFFER"
            line = (question.name.ljust(20), *cells, f"{len(rows[0]):8}{same}")
            print(*line, flush=True)
        print("(to open it)".ljust(20), *(f"{took:8.2f}" for took, _ in first.values()))
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="*", type=int, default=[10, 100, 1000])
    sizes = sorted(parser.parse_args().articles)
    found = {size: measure(size) for size in sizes}
    for small, large in pairwise(sizes):
        print(f"\nfrom {small} to {large} articles, {large / small:g} times as many:")
        for question in questions():
            grown = {
                place: found[large][name, place] / found[small][name, place]
                for name, place in found[large]
                if name == question
            }
            cells = (f"{place} {times:.1f}" for place, times in grown.items())
            print(question.ljust(20), "times the time:", ", ".join(cells))


if __name__ == "__main__":
    main()
