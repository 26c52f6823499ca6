"""The graph of a store: what all its documents say, whatever the order they came in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.archive.shards import DOCUMENTS, document_of, rows
from kgbuild.archive.store import STORE, Manifest, statements
from kgbuild.graph import about, add_records

if TYPE_CHECKING:
    import networkx as nx


def graph_of(
    folder: Path, manifest: Manifest, *, with_text: bool = False
) -> nx.MultiDiGraph[str]:
    """Return the graph of a project folder.

    Raises:
        ValueError: a shard is damaged.
    """
    import networkx as nx

    store = folder / STORE
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = map(document_of, rows(store, DOCUMENTS, manifest.shards))
    known = {d.id: about(d, with_text=with_text) for d in found}
    graph.graph["documents"] = {id: known[id] for id in sorted(known)}
    graph.graph["made"] = dict(manifest.recipe.made)
    return add_records(graph, statements(store, manifest))
