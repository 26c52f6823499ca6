"""How fast RDF is written, as ratios to a library that does the same, taken in one run.

Run ``python benchmarks/rdf.py [QUADS]``; each measurement has a process of its own, so
that its peak of memory is its own too. Prints one line a comparison.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from kgbuild.graph import add_records
from kgbuild.rdf.export import Batch, dump_triples, triples, write, write_article
from kgbuild.rdf.terms import BASE, mint
from kgbuild.rdf.triples import Export, plan
from kgbuild.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
PER_ARTICLE = 30


def entity(number: int) -> dict:
    label = f"Somebody {number}"
    return {
        "id": f"wd:Q{number}",
        "label": label,
        "type": "Person",
        "aliases": [f"S{number}"],
    }


def record(number: int) -> dict:
    doc = f"article-{number // PER_ARTICLE:07}"
    start = 200 * (number % PER_ARTICLE)
    return {
        "id": f"{number:016x}",
        "doc": doc,
        "subject": entity(number % 500 + 1),
        "relation": "meets",
        "object": entity(number % 499 + 2),
        "factuality": ("fact", "possible", "negated")[number % 3],
        "attributed_to": [entity(number % 7 + 1)] if number % 4 == 0 else [],
        "time": "2017-11-06",
        "phrase": "met again",
        "confidence": 0.83,
        "qualifiers": {"role": None},
        "evidence": [
            {
                "doc": doc,
                "start": start,
                "end": start + 150,
                "sentence": f'Somebody {number} said: "we met" — so it is written. '
                * 3,
                "subject": [start, start + 9],
                "object": [start + 20, start + 29],
                "trigger": [start + 12, start + 15],
            }
        ],
    }


def articles(quads: int) -> Iterator[Batch]:
    """Yield articles one by one, made as they are asked for, of so many quads in all."""
    each = sum(1 for _ in triples(article(0), export()))
    for number in range(max(quads // each, 1)):
        yield article(number)


def article(number: int) -> Batch:
    found = [record(PER_ARTICLE * number + i) for i in range(PER_ARTICLE)]
    named = {e["id"]: e for r in found for e in (r["subject"], r["object"])}
    about = {"title": f"Article {number}", "date": "2017-11-06", "source": "CNN", "url": "",
             "sha256": "0" * 64}  # fmt: skip
    return Batch(
        documents={found[0]["doc"]: about},
        entities=[named[k] for k in sorted(named)],
        records=found,
    )


def export() -> Export:
    return plan(VOCABULARY, base=BASE)


def ours_streaming(quads: int) -> int:
    """Articles in, N-Quads out, one after the other: quads are made, too."""
    with open(os.devnull, "wb") as file:
        made = export()
        for batch in articles(quads):
            write_article(batch, made, file)
    return quads


def pyoxigraph_streaming(quads: int) -> int:
    """The same, the quads made as pyoxigraph's and written by it."""
    import pyoxigraph as ox

    with open(os.devnull, "wb") as file:
        ox.serialize(_objects(quads), file, ox.RdfFormat.N_QUADS)
    return quads


def _objects(quads: int) -> Iterator[object]:
    """Yield the quads as pyoxigraph has them."""
    import pyoxigraph as ox

    made = export()
    for batch in articles(quads):
        (name,) = batch.documents
        graph = ox.NamedNode(mint(BASE, "art", name)[1:-1])
        for subject, predicate, object_ in triples(batch, made):
            yield ox.Quad(
                ox.NamedNode(subject[1:-1]),
                ox.NamedNode(predicate[1:-1]),
                _object(object_),
                graph,
            )


def _object(term: str) -> object:
    import pyoxigraph as ox

    if term[0] == "<":
        return ox.NamedNode(term[1:-1])
    value, _, datatype = term[1:].rpartition('"')
    value = value.replace('\\"', '"')
    return ox.Literal(
        value, datatype=ox.NamedNode(datatype[3:-1]) if datatype else None
    )


def ours_ready(quads: int) -> float:
    """Quads as we have them, in memory, to N-Quads: the seconds of writing alone."""
    made = export()
    found = [
        (list(triples(batch, made)), mint(BASE, "art", name))
        for batch in articles(quads)
        for name in batch.documents
    ]
    start = time.perf_counter()
    with open(os.devnull, "wb") as file:
        for ready, graph in found:
            write(ready, file, graph)
    return time.perf_counter() - start


def pyoxigraph_ready(quads: int) -> float:
    """Quads as pyoxigraph has them, in memory, to N-Quads: the seconds of writing alone."""
    import pyoxigraph as ox

    found = list(_objects(quads))
    start = time.perf_counter()
    with open(os.devnull, "wb") as file:
        ox.serialize(found, file, ox.RdfFormat.N_QUADS)
    return time.perf_counter() - start


def ours_in_all(quads: int) -> float:
    """Records in memory to N-Quads: the seconds of making the quads and writing them."""
    found, made = list(articles(quads)), export()
    start = time.perf_counter()
    with open(os.devnull, "wb") as file:
        for batch in found:
            write_article(batch, made, file)
    return time.perf_counter() - start


def ours_turtle(statements: int) -> float:
    """A networkx graph to Turtle: the seconds of it."""
    from kgbuild.writers import ttl

    graph = _graph(statements)
    start = time.perf_counter()
    ttl.dumps(graph, VOCABULARY)
    return time.perf_counter() - start


def rdflib_turtle(statements: int) -> float:
    """The same triples, in rdflib's graph already, to Turtle: the seconds of it."""
    import rdflib

    data = io.BytesIO()
    dump_triples(_graph(statements), VOCABULARY, data)
    graph = rdflib.Graph()
    graph.parse(data=data.getvalue(), format="nt")
    start = time.perf_counter()
    graph.serialize(format="turtle")
    return time.perf_counter() - start


def _graph(statements: int):
    import networkx as nx

    graph = nx.MultiDiGraph(documents={})
    return add_records(graph, map(record, range(statements)))


def measure(name: str, size: int) -> tuple[float, float]:
    """Run one measurement in a process of its own: seconds, and MiB at the peak."""
    command = [sys.executable, __file__, "--only", name, str(size)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    return found["seconds"], found["mib"]


def one(name: str, size: int) -> None:
    start = time.perf_counter()
    result = globals()[name](size)
    seconds = result if isinstance(result, float) else time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": peak}))


def compare(title: str, ours: str, theirs: str, size: int, *, runs: int = 3) -> None:
    pairs = [(measure(ours, size), measure(theirs, size)) for _ in range(runs)]
    (s1, m1), (s2, m2) = (min(p[i] for p in pairs) for i in (0, 1))
    print(
        f"{title}: {s1 / s2:.2f} times its time ({s1:.2f} s to {s2:.2f} s),"
        f" {m1 / m2:.2f} times its memory ({m1:.0f} MiB to {m2:.0f} MiB)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--turtle", type=int, default=10_000, metavar="STATEMENTS")
    parser.add_argument("--only")
    given = parser.parse_args()
    if given.only:
        one(given.only, given.size)
        return
    size, told = given.size, given.turtle
    them = "to pyoxigraph"
    compare(
        f"records to N-Quads, {them}", "ours_streaming", "pyoxigraph_streaming", size
    )
    compare(f"quads to N-Quads, {them}", "ours_ready", "pyoxigraph_ready", size)
    title = f"records to N-Quads, {them} with quads ready"
    compare(title, "ours_in_all", "pyoxigraph_ready", size)
    small, large = (measure("ours_streaming", n)[1] for n in (size // 10, size))
    print(f"memory for ten times the articles: {large / small:.2f} times")
    title = f"Turtle of {told} statements, to rdflib"
    compare(title, "ours_turtle", "rdflib_turtle", told, runs=1)


if __name__ == "__main__":
    main()
