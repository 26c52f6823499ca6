"""JSON-LD: all statements in one graph, one object a node, names shortened by prefixes."""

from __future__ import annotations

import io
import json
from typing import Any

import networkx as nx

from kgbuild.rdf import export, reading
from kgbuild.rdf.terms import BASE, PREFIXES
from kgbuild.vocabulary import Vocabulary

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"


def dumps(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> str:
    """Return a graph as JSON-LD with its context; ``statements`` is plain or reified.

    Raises:
        ValueError: ``statements`` is rdf12, which JSON-LD 1.1 cannot say.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> json.loads(dumps(nx.MultiDiGraph(), load_vocabulary()))["@graph"]
    []
    """
    import pyoxigraph as ox

    if statements == "rdf12":
        raise ValueError("JSON-LD has no triple terms: take ttl, trig, nt or nq")
    source = io.BytesIO()
    export.dump_triples(graph, vocabulary, source, base=base, statements=statements)
    source.seek(0)
    context = dict(sorted(export.prefixes(base).items()))
    nodes: dict[str, dict[str, Any]] = {}
    for quad in ox.parse(source, format=ox.RdfFormat.N_TRIPLES):
        _add(nodes, context, quad)
    document = {"@context": context, "@graph": [_plain(n) for n in nodes.values()]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of such a text; see :func:`kgbuild.rdf.reading.loads`."""
    return reading.loads(text, "jsonld")


def _add(nodes: dict[str, dict[str, Any]], context: dict[str, str], quad: Any) -> None:
    name = _short(quad.subject.value, context)
    node = nodes.setdefault(name, {"@id": name})
    if quad.predicate.value == _TYPE:
        node.setdefault("@type", []).append(_short(quad.object.value, context))
        return
    values = node.setdefault(_short(quad.predicate.value, context), [])
    values.append(_value(quad.object, context))


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    """Take single values out of their lists, as people write JSON."""
    return {
        k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()
    }


def _value(term: Any, context: dict[str, str]) -> Any:
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return {"@id": _short(term.value, context)}
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if datatype.value == _STRING:
        return term.value
    return {"@type": _short(datatype.value, context), "@value": term.value}


def _short(iri: str, context: dict[str, str]) -> str:
    """Shorten an IRI by the longest namespace that it begins with."""
    found = [k for k, v in context.items() if iri.startswith(v) and iri != v]
    if not found:
        return iri
    best = max(found, key=lambda k: len(context[k]))
    rest = iri[len(context[best]) :]
    return iri if rest.startswith("//") else f"{best}:{rest}"
