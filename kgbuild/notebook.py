"""A graph that a notebook shows as the page that ``kgbuild`` writes, and that can be united."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    _Base = nx.MultiDiGraph[str]
else:
    _Base = nx.MultiDiGraph

_HEIGHT = 640
_MOST = 5_000  # statements: the page of more makes a notebook too large to open


class _About(dict[str, Any]):
    """What is known of a graph: brought together with that of another, none is lost."""

    def update(self, *others: Any, **more: Any) -> None:
        """Take over what another has; the documents are those of both."""
        mine, made = self.get("documents"), self.get("made")
        super().update(*others, **more)
        if mine and mine is not self["documents"]:
            self["documents"] = {**mine, **self["documents"]}
        if made and made != self["made"]:
            del self["made"]  # neither made the whole


class Graph(_Base):
    """A networkx graph, of which a notebook shows the page, with its evidence.

    ``networkx.compose`` of several has the articles of all.
    """

    graph_attr_dict_factory = _About

    def _repr_html_(self) -> str:
        from kgbuild.vocabulary import load_vocabulary
        from kgbuild.writers import filled

        if (count := self.number_of_edges()) > _MOST:
            return (
                f"<p>{count:,} statements, too many to show here: take a part by "
                "<code>subgraph</code>, or open what <code>kgbuild.write(graph, "
                "'graph.html')</code> writes.</p>"
            )
        file = io.BytesIO()
        for _, fill in filled(self, "html", load_vocabulary(), {}):
            fill(file)
        page = html.escape(file.getvalue().decode("utf-8"))
        style = f"width:100%;height:{_HEIGHT}px;border:0"
        return f'<iframe srcdoc="{page}" style="{style}"></iframe>'


def shown(graph: nx.MultiDiGraph[str]) -> Graph:
    """Return a graph as one that a notebook shows.

    >>> one, other = (shown(nx.MultiDiGraph(documents={d: {}})) for d in "ab")
    >>> nx.compose(one, other).graph["documents"]
    {'a': {}, 'b': {}}
    """
    return Graph(graph)
