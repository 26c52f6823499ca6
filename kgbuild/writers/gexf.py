"""GEXF, for Gephi: one plain value an attribute.

The graph as it is stands beside, for :func:`kgbuild.read`; other programs pass over it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgbuild.flat import flat_graph
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import kept, whole

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
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return "\n".join((head, text, *kept(graph))) + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that was written as GEXF.

    Raises:
        ValueError: another program wrote it.
    """
    return whole(text)
