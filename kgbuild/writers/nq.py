"""N-Quads, written line by line."""

from __future__ import annotations

import networkx as nx

from kgbuild.rdf import reading
from kgbuild.rdf.export import dump_quads as dump

__all__ = ["dump", "loads"]


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "nq")
