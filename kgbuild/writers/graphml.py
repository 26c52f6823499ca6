"""GraphML, for yEd, Cytoscape, igraph and others: one plain value an attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.flat import flat_graph
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return a graph as GraphML; the id of an edge is its statement's."""
    import networkx as nx

    lines = nx.generate_graphml(flat_graph(graph, vocabulary))
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return head + "\n".join(lines) + "\n"
