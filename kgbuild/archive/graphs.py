"""The graph of a store: what all its documents say, whatever the order they came in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.archive.alike import originals
from kgbuild.archive.facts import facts
from kgbuild.archive.shards import DOCUMENTS, document_of, rows
from kgbuild.archive.store import STORE, Manifest, statements
from kgbuild.graph import about, add_records
from kgbuild.picks import Picks, picked
from kgbuild.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

Record = dict[str, Any]


def graph_of(
    folder: Path, manifest: Manifest, *, outputs: Mapping[str, Any] | None = None
) -> nx.MultiDiGraph[str]:
    """Return the graph of a project folder, made as ``outputs`` say: as its files, unless told.

    Raises:
        ValueError: a shard is damaged, or what is picked by names nobody.
    """
    import networkx as nx

    options = manifest.outputs if outputs is None else outputs
    vocabulary = load_vocabulary(manifest.recipe.vocabulary)
    store, with_text = folder / STORE, bool(options.get("with_text"))
    found = map(document_of, rows(store, DOCUMENTS, manifest.shards))
    known = {d.id: about(d, with_text=with_text) for d in found}
    told = list(statements(store, manifest))
    if options.get("facts"):
        told = _facts(store, manifest, told, known, vocabulary)
    if picks := options.get("picks"):
        told = picked(told, known, Picks(**picks))
        known = _told_of(known, told)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph["documents"] = {id: known[id] for id in sorted(known)}
    graph.graph["made"] = dict(manifest.recipe.made)
    return add_records(graph, told)


def _facts(
    store: Path,
    manifest: Manifest,
    told: list[Record],
    known: Mapping[str, Record],
    vocabulary: Vocabulary,
) -> list[Record]:
    """Return the facts of statements; texts are compared of those articles that share one."""
    alone = facts(told, known, vocabulary, {})
    shared = {e["doc"] for r in alone if r["articles"] > 1 for e in r["evidence"]}
    if not shared:
        return alone
    found = map(document_of, rows(store, DOCUMENTS, manifest.shards))
    alike = originals(d for d in found if d.id in shared)
    return facts(told, known, vocabulary, alike)


def _told_of(known: Mapping[str, Record], told: list[Record]) -> dict[str, Record]:
    """Return the documents that statements are of."""
    docs = {r["doc"] for r in told} | {e["doc"] for r in told for e in r["evidence"]}
    return {id: about for id, about in known.items() if id in docs}
