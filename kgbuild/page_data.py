"""What the page's script reads: the graph as columns, spans in the units of JavaScript.

Entities are numbered by how telling they are (deals first, then weighted degree), so that
"the first 800" is the part to open a large graph on. Strings that many statements share
(sentences) are kept once. Long texts are deflated; the browser inflates them when needed.
"""

from __future__ import annotations

import base64
import csv
import re
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kgbuild.graph import records
from kgbuild.tables import resource
from kgbuild.vocabulary import FACTUALITIES, Vocabulary

Record = dict[str, Any]

DEFLATE_FROM = 200_000  # characters: below, plain text keeps the file readable
LONE = re.compile("[\ud800-\udfff]")  # halves of characters: not to be had in UTF-8
_PAIRED = re.compile("[\U00010000-\U0010ffff]")  # two units each
UNSAFE = re.compile("[<>&\u2028\u2029]")
DEAL_WEIGHT = 3  # a deal makes its parties as telling as three other statements


def page_data(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> Record:
    """Return everything the page shows, as plain values for JSON.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> page_data(nx.MultiDiGraph(), load_vocabulary())["entities"]["id"]
    []
    """
    told = records(graph)
    graph = _with_all(graph, told)
    weight = weighed(graph, told)
    order = list(weight)
    number = {name: i for i, name in enumerate(order)}
    documents = sorted(
        {*graph.graph.get("documents", {}), *(r["doc"] for r in told)}
        | {e["doc"] for r in told for e in r.get("evidence", ())}
    )
    sentences: dict[str, int] = {}
    texts: list[str] = []
    return {
        "types": _types(vocabulary, graph),
        "families": _families(vocabulary, told),
        "relations": _relations(vocabulary, told),
        "factualities": list(FACTUALITIES),
        "docs": [_document(graph, name, texts) for name in documents],
        "entities": _entities(graph, weight),
        "statements": _statements(told, number, documents, sentences),
        "sentences": pack(_joined(sentences)),
        "texts": pack(_joined(texts)),
    }


def _with_all(graph: nx.MultiDiGraph[str], told: list[Record]) -> nx.MultiDiGraph[str]:
    """Return a graph with all who speak or make in it; of a part, some may be left out."""
    deals = (r.get("deal") or {} for r in told)
    named = [e for deal in deals for e in deal.get("contractors", ())]
    named += [e for r in told for e in r.get("attributed_to", ())]
    missing = {e["id"]: e for e in named if e["id"] not in graph}
    if not missing:
        return graph
    whole = graph.copy()
    for id in sorted(missing):
        known = {k: missing[id][k] for k in ("label", "type")}
        whole.add_node(id, **known, aliases=[])
    return whole


def weighed(graph: nx.MultiDiGraph[str], told: Iterable[Record]) -> dict[str, float]:
    """Return how telling each entity is; the most telling first."""
    weight = dict.fromkeys(graph.nodes, 0.0)
    for record in told:
        worth = (DEAL_WEIGHT if record.get("deal") else 1) * record.get("confidence", 1)
        for end in ("subject", "object"):
            weight[record[end]["id"]] += worth
    return dict(sorted(weight.items(), key=lambda item: (-item[1], item[0])))


def pack(text: str) -> Record:
    """Return a text for the page: plain, or deflated and in base64 where it is long.

    >>> pack("short")
    {'plain': 'short'}
    """
    if len(text) < DEFLATE_FROM:
        return {"plain": text}
    raw = zlib.compress(LONE.sub("\ufffd", text).encode("utf-8"), 9)
    return {"deflate": base64.b64encode(raw).decode("ascii")}


def units(text: str, offset: int) -> int:
    """Return an offset in characters as one in UTF-16 units, which JavaScript counts.

    >>> units("🇯🇵 Japan", 3)
    5
    """
    return offset + (len(_PAIRED.findall(text, 0, offset)) if not text.isascii() else 0)


def _types(vocabulary: Vocabulary, graph: nx.MultiDiGraph[str]) -> list[Record]:
    known = [
        {"name": t.name, "label": t.label, "plural": t.plural, "color": t.color}
        | {"shape": t.shape, "definition": t.definition}
        for t in vocabulary.types.values()
    ]
    others = {d["type"] for _, d in graph.nodes(data=True)} - set(vocabulary.types)
    return known + [
        {"name": n, "label": n, "plural": n, "color": "#718096"}
        | {"shape": "dot", "definition": ""}
        for n in sorted(others)
    ]


def _families(vocabulary: Vocabulary, told: list[Record]) -> list[Record]:
    first = {r.family: r.color for r in reversed(list(vocabulary.relations.values()))}
    known = [{"name": f, "color": first[f]} for f in vocabulary.families]
    if any(r["relation"] not in vocabulary.relations for r in told):
        known.append({"name": "other", "color": "#718096"})
    return known


def _relations(vocabulary: Vocabulary, told: list[Record]) -> list[Record]:
    families = list(vocabulary.families)
    known = [
        {"name": r.name, "label": r.label, "family": families.index(r.family)}
        | {"symmetric": r.symmetric, "definition": r.definition}
        for r in vocabulary.relations.values()
    ]
    others = {r["relation"] for r in told} - set(vocabulary.relations)
    return known + [
        {"name": n, "label": n.replace("_", " "), "family": len(families)}
        | {"symmetric": False, "definition": ""}
        for n in sorted(others)
    ]


def _joined(parts: Iterable[str]) -> str:
    """Return the parts with a NUL between them, and none inside."""
    return "\u0000".join(part.replace("\u0000", " ") for part in parts)


def _document(graph: nx.MultiDiGraph[str], name: str, texts: list[str]) -> Record:
    known = graph.graph.get("documents", {}).get(name, {})
    made = {
        "id": name,
        **{k: known.get(k) or "" for k in ("title", "date", "source", "url")},
    }
    if known.get("text"):
        made["text"] = len(texts)
        texts.append(known["text"])
    return made


def _entities(graph: nx.MultiDiGraph[str], weight: Mapping[str, float]) -> Record:
    order = list(weight)
    nodes = [graph.nodes[name] for name in order]
    flags = _flags()
    return {
        "id": order,
        "label": [n["label"] for n in nodes],
        "type": [n["type"] for n in nodes],
        "aliases": [list(n["aliases"]) for n in nodes],
        "flag": [flags.get(name, "") for name in order],
        "radius": [min(30, round(8 + 3.2 * w**0.5)) for w in weight.values()],  # px
    }


def _flags() -> Mapping[str, str]:
    """Map entity ids to flags, as the two letters that fonts draw as a flag."""
    rows = csv.DictReader(resource("page/flags.csv").splitlines())
    return {r["id"]: "".join(chr(0x1F1A5 + ord(c)) for c in r["code"]) for r in rows}


def _statements(
    told: list[Record],
    number: Mapping[str, int],
    documents: list[str],
    sentences: dict[str, int],
) -> list[list[Any]]:
    """Return one row a statement; its columns are named in the page's ``model.js``."""
    doc = {name: i for i, name in enumerate(documents)}
    return [
        [
            r["id"],
            number[r["subject"]["id"]],
            r["relation"],
            number[r["object"]["id"]],
            r["factuality"],
            [number[e["id"]] for e in r.get("attributed_to", ())],
            r.get("time") or "",
            round(r.get("confidence", 1.0), 3),
            doc[r["doc"]],
            r.get("phrase") or "",
            (r.get("qualifiers") or {}).get("role") or "",
            _deal(r.get("deal"), number),
            [_evidence(e, doc, sentences) for e in r.get("evidence", ())],
        ]
        for r in told
    ]


def _deal(deal: Record | None, number: Mapping[str, int]) -> Any:
    if not deal:
        return 0
    value = deal.get("value") or {}
    return [
        [[i["label"], i.get("quantity")] for i in deal.get("items", ())],
        value.get("amount"),
        value.get("currency") or "",
        deal.get("kind") or "",
        deal.get("status") or "",
        [number[e["id"]] for e in deal.get("contractors", ())],
    ]


def _evidence(
    e: Record, doc: Mapping[str, int], sentences: dict[str, int]
) -> list[int]:
    """Return document, start, sentence, and the spans inside the sentence (-1: outside)."""
    sentence = e["sentence"]
    row = [doc[e["doc"]], e["start"], sentences.setdefault(sentence, len(sentences))]
    for role in ("subject", "object", "trigger"):
        start, end = (offset - e["start"] for offset in e[role])
        inside = 0 <= start < end <= len(sentence)
        row += [units(sentence, start), units(sentence, end)] if inside else [-1, -1]
    return row


def escaped(json: str) -> str:
    """Return JSON that is safe inside a ``script`` element; lone surrogates become U+FFFD.

    >>> escaped('"</script>"')
    '"\\\\u003c/script\\\\u003e"'
    """
    return UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", LONE.sub("\ufffd", json))
