"""Node-link JSON: the whole graph, as networkx, D3 and others read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kgbuild.graph import add_records, records
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return a graph in node-link form: ``nodes``, ``edges`` and ``graph.documents``."""
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that was written in node-link form, its parts in the usual order.

    Raises:
        ValueError: the text is no node-link JSON of kgbuild.
    """
    import networkx as nx

    data = json.loads(text)
    try:
        read: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            nx.node_link_graph(data, edges="edges")
        )
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**read.graph)
        for name in sorted(read.nodes):
            graph.add_node(name, **read.nodes[name])
        return add_records(graph, records(read))
    except (KeyError, TypeError, AttributeError, nx.NetworkXError) as error:
        raise ValueError(f"is no graph of kgbuild ({error!r})") from None
