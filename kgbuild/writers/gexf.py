"""GEXF, for Gephi: one plain value an attribute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgbuild.flat import flat_graph
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return a graph as GEXF 1.2, without the day and the version that networkx puts in."""
    import networkx as nx

    flat = flat_graph(graph, vocabulary)
    for _, _, key, data in flat.edges(keys=True, data=True):
        data["id"] = key  # else Gephi numbers them, which no two graphs share
    text = "\n".join(nx.generate_gexf(flat))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    text = re.sub(r"(<creator>)[^<]*(</creator>)", r"\1kgbuild\2", text, count=1)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n"
