"""RDF/XML: all statements in one graph, for tools that read nothing else."""

from __future__ import annotations

import networkx as nx

from kgbuild.rdf import export, reading
from kgbuild.rdf.terms import BASE
from kgbuild.vocabulary import Vocabulary


def dumps(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> str:
    """Return a graph as RDF/XML; ``statements`` is plain or reified.

    Raises:
        ValueError: ``statements`` is rdf12, which RDF/XML 1.1 cannot say.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(), load_vocabulary())[:38]
    '<?xml version="1.0" encoding="UTF-8"?>'
    """
    if statements == "rdf12":
        raise ValueError("RDF/XML has no triple terms: take ttl, trig, nt or nq")
    text = export.dumps(graph, vocabulary, "rdf", base=base, statements=statements)
    # A reader of XML would take a bare carriage return for a line feed.
    return text.replace("\r", "&#13;")


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "rdf")
