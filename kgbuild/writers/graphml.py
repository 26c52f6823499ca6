"""GraphML, for yEd, Cytoscape, igraph and others: one plain value an attribute.

The graph as it is stands beside, for :func:`kgbuild.read`; other programs pass over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.flat import flat_graph
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import kept, whole

if TYPE_CHECKING:
    import networkx as nx


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return a graph as GraphML; the id of an edge is its statement's."""
    import networkx as nx

    lines = [*nx.generate_graphml(flat_graph(graph, vocabulary)), *kept(graph)]
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return head + "\n".join(lines) + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as GraphML.

    Raises:
        ValueError: another program wrote it.
    """
    return whole(text)
