"""The annotated documents, where they lie beside the checkout, as graphs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Money, Statement

PLACE = Path(__file__).parents[1].parent / "shared"


def shared() -> Path:
    """Return the folder of shared data; skip the test where there is none."""
    for place in (PLACE, Path(os.environ.get("KGBUILD_SHARED", PLACE))):
        if (place / "eval" / "documents.jsonl").exists():
            return place
    pytest.skip("no shared data beside the checkout")


def gold_graphs() -> dict[str, nx.MultiDiGraph[str]]:
    """Return the graph of each annotated document."""
    place = shared() / "eval"
    lines = (place / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    graphs = {}
    for data in map(json.loads, lines):
        document = Document(**data)
        gold = json.loads((place / "gold" / f"{document.id}.gold.json").read_text())
        graphs[document.id] = assemble([document], _statements(document, gold))
    return graphs


def gold_graph() -> nx.MultiDiGraph[str]:
    """Return all annotated documents as one graph."""
    found = gold_graphs()
    graph = nx.compose_all(found.values())
    documents = [g.graph["documents"].items() for g in found.values()]
    graph.graph["documents"] = dict(item for items in documents for item in items)
    return graph


def _statements(document: Document, gold: dict[str, Any]) -> list[Statement]:
    entities = {
        key: Entity(
            id=f"{e['type']}/{e['names'][0]}".lower().replace(" ", "-"),
            label=e["names"][0],
            type=e["type"],
        )
        for key, e in gold["entities"].items()
    }
    deals = list(gold["deals"])
    told = []
    for number, s in enumerate(gold["statements"]):
        pair = (s["s"], s["o"])
        deal = next((d for d in deals if (d["supplier"], d["recipient"]) == pair), None)
        if s["r"] != "transfers_arms_to":
            deal = None
        elif deal:
            deals.remove(deal)
        start = max(document.text.find(s["evidence"]), 0)
        span = (start, start + len(s["evidence"]))
        told.append(
            Statement(
                id=f"{document.id}-{number}",
                doc=document.id,
                subject=entities[s["s"]],
                relation=s["r"],
                object=entities[s["o"]],
                factuality=s.get("factuality", "fact"),
                attributed_to=tuple(entities[a] for a in s.get("attributed_to", ())),
                time=s.get("time"),
                phrase=s["evidence"][:20],
                deal=_deal(deal, entities) if deal else None,
                evidence=(
                    Evidence(
                        doc=document.id,
                        start=span[0],
                        end=span[1],
                        sentence=s["evidence"],
                        subject=span,
                        object=span,
                        trigger=span,
                    ),
                ),
            )
        )
    return told


def _deal(deal: dict[str, Any], entities: dict[str, Entity]) -> Deal:
    amount, _, currency = (deal.get("value") or "").partition(" ")
    return Deal(
        items=tuple(
            Item(label=i["name"], quantity=i.get("quantity")) for i in deal["items"]
        ),
        value=Money(amount=int(amount), currency=currency) if amount else None,
        kind=deal.get("kind"),
        status=deal.get("status"),
        contractors=tuple(entities[c] for c in deal.get("contractor", ())),
    )
