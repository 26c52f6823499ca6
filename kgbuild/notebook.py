"""A graph that a notebook shows as the page that ``kgbuild`` writes."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    _Base = nx.MultiDiGraph[str]
else:
    _Base = nx.MultiDiGraph

_HEIGHT = 640


class Graph(_Base):
    """A networkx graph, of which a notebook shows the page, with its evidence."""

    def _repr_html_(self) -> str:
        from kgbuild.vocabulary import load_vocabulary
        from kgbuild.writers import filled

        file = io.BytesIO()
        for _, fill in filled(self, "html", load_vocabulary(), {}):
            fill(file)
        page = html.escape(file.getvalue().decode("utf-8"))
        style = f"width:100%;height:{_HEIGHT}px;border:0"
        return f'<iframe srcdoc="{page}" style="{style}"></iframe>'


def shown(graph: nx.MultiDiGraph[str]) -> Graph:
    """Return a graph as one that a notebook shows.

    >>> shown(nx.MultiDiGraph(documents={})).graph["documents"]
    {}
    """
    return Graph(graph)
