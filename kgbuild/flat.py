"""A graph with one plain value a cell, for formats that know no lists or records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kgbuild.graph import records
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

Cell = str | int | float
Row = dict[str, Any]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def flat_node(data: dict[str, Any]) -> Row:
    """Return a node's attributes, its aliases joined by ``|``."""
    return {
        "label": data["label"],
        "type": data["type"],
        "aliases": joined(data["aliases"]),
    }


def flat_edge(
    record: dict[str, Any],
    article: Mapping[str, Any] = MappingProxyType({}),
    vocabulary: Vocabulary | None = None,
) -> Row:
    """Return a statement as one row: labels for entities, ``deal_…`` for a deal's slots.

    ``article`` is what is known of its document. An event that tells no day of its own was
    ``reported_on`` the article's; ``term_…`` are when a post is held, in facts. What is
    unknown is left out.
    """
    deal = record.get("deal") or {}
    value = deal.get("value") or {}
    first = (record.get("evidence") or [{}])[0]
    term = record.get("term") or {}
    cells = {
        "doc": record["doc"],
        "relation": record["relation"],
        "factuality": record["factuality"],
        "attributed_to": joined(e["label"] for e in record["attributed_to"]),
        "time": record["time"],
        "reported_on": reported_on(record, article, vocabulary),
        "phrase": record["phrase"],
        "confidence": float(record["confidence"]),
        "role": (record.get("qualifiers") or {}).get("role"),
        "deal_items": joined(map(item_text, deal.get("items", ()))),
        "deal_amount": value.get("amount"),
        "deal_currency": value.get("currency"),
        "deal_kind": deal.get("kind"),
        "deal_status": deal.get("status"),
        "deal_contractors": joined(e["label"] for e in deal.get("contractors", ())),
        "sentence": first.get("sentence"),
        "start_offset": first.get("start"),
        "end_offset": first.get("end"),
        "title": article.get("title"),
        "date": article.get("date"),
        "source": article.get("source"),
        "link": article.get("url"),
        **{
            k: record.get(k)
            for k in ("first_day", "last_day", "articles", "independent")
        },
        **{f"term_{k}": term.get(k) for k in ("from", "to", "by")},
    }
    return {k: v for k, v in cells.items() if v not in (None, "")}


def reported_on(
    record: Mapping[str, Any],
    article: Mapping[str, Any],
    vocabulary: Vocabulary | None,
) -> str | None:
    """Return the article's day for an event that tells no time of its own.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> met = {"relation": "meets", "time": None}
    >>> reported_on(met, {"date": "2014-12-01"}, load_vocabulary())
    '2014-12-01'
    """
    known = vocabulary.relations.get(record["relation"]) if vocabulary else None
    event = known is not None and known.kind == "event"
    return article.get("date") if event and not record["time"] else None


def flat_graph(
    graph: nx.MultiDiGraph[str], vocabulary: Vocabulary | None = None
) -> nx.MultiDiGraph[str]:
    """Return a copy with plain attributes only, without what XML cannot hold."""
    import networkx as nx

    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, data in graph.nodes(data=True):
        flat.add_node(xml_safe(name), **_safe(flat_node(data)))
    documents = graph.graph.get("documents", {})
    for record in records(graph):
        article = documents.get(record["doc"], {})
        ends = (xml_safe(record["subject"]["id"]), xml_safe(record["object"]["id"]))
        row = _safe(
            {"label": record["relation"], **flat_edge(record, article, vocabulary)}
        )
        flat.add_edge(*ends, key=xml_safe(record["id"]), **row)
    return flat


def joined(values: Any) -> str:
    """Join texts by ``|``, which gives way to ``/`` inside them."""
    return "|".join(str(v).replace("|", "/") for v in values)


def item_text(item: dict[str, Any]) -> str:
    """Return an item of a deal as people write it.

    >>> item_text({"label": "P-8A", "quantity": 4})
    '4 × P-8A'
    """
    number = item.get("quantity")
    return item["label"] if number is None else f"{number} × {item['label']}"


def inert(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    >>> inert("=1+1"), inert("F-35")
    ("'=1+1", 'F-35')
    """
    begins = text.lstrip()[:1] in FORMULAS or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if text and begins else text


FORMULAS = tuple("=+-@＝＋－＠")  # how a formula begins, on Japanese keyboards, too


def xml_safe(text: str) -> str:
    """Replace what no XML can hold by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def _safe(row: Row) -> Row:
    return {k: xml_safe(v) if isinstance(v, str) else v for k, v in row.items()}
