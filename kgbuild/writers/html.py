"""HTML: one file that shows the graph with its evidence, offline.

pyvis gives the network (nodes, edges, options) and the vis-network script; the template,
style and scripts of the page are in ``resources/page``. Nothing is fetched when the page
is opened: a content security policy allows only the scripts and the style written here,
by their hashes, and no connection at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup
from pyvis.network import Network

from kgbuild.layout import place
from kgbuild.page_data import LONE, escaped, page_data
from kgbuild.tables import resource
from kgbuild.vocabulary import Vocabulary
from kgbuild.writers.json import packed, unpacked

OPEN_ON = 800  # nodes drawn when the page is opened
LABELLED = 60  # up to so many nodes, the layout leaves room for every label
SCRIPTS = (
    *("base", "model", "state", "labels", "look", "view", "panel", "text"),
    *("deals", "filters", "timeline", "find", "take", "main"),
)
VIS = "lib/vis-9.1.2/vis-network.min.js"


def dumps(
    graph: nx.MultiDiGraph[str], vocabulary: Vocabulary, *, title: str | None = None
) -> str:
    """Return the page of a graph.

    ``title`` is the heading; without one it is the article's title where there is only
    one article, else the number of articles.

    >>> from kgbuild.vocabulary import load_vocabulary
    >>> dumps(nx.MultiDiGraph(), load_vocabulary(), title="None").startswith("<!DOCTYPE")
    True
    """
    data = page_data(graph, vocabulary)
    data["title"] = LONE.sub("\ufffd", title or _title(data["docs"]))
    network = _network(data)
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        title=data["title"],
        data=_json(data),
        whole=packed(graph),
        style=_inline(resource("page/page.css")),
        scripts=[_inline(_vis()), _inline(_script())],
    )
    network.templateEnv = environment
    environment.loader = jinja2.DictLoader({network.path: resource("page/page.html")})
    environment.filters["json"] = _json
    return str(network.generate_html())


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that a page was made of.

    Raises:
        ValueError: kgbuild did not make the page.
    """
    found = re.search(
        r'^<script type="text/plain" id="whole">(.*)</script>$', text, re.MULTILINE
    )
    return unpacked(found and found[1])


def _title(docs: list[dict[str, Any]]) -> str:
    if len(docs) == 1:
        return str(docs[0]["title"] or docs[0]["id"])
    return f"{len(docs)} articles"


def _network(data: dict[str, Any]) -> Network:
    """Return pyvis's network of the part that the page opens on, with positions."""
    labels = data["entities"]["label"][:OPEN_ON]
    radii = data["entities"]["radius"]
    pairs: dict[tuple[int, int], int] = {}
    for row in data["statements"]:
        if row[1] < OPEN_ON and row[3] < OPEN_ON:
            pairs[row[1], row[3]] = pairs.get((row[1], row[3]), 0) + 1
    wide = len(labels) <= LABELLED
    boxes = [
        _box(label if wide else "", radius)
        for label, radius in zip(labels, radii, strict=False)
    ]
    spots = place(boxes, [(a, b, n) for (a, b), n in pairs.items()])
    shapes = {t["name"]: (t["shape"], t["color"]) for t in data["types"]}
    network = Network(directed=True, cdn_resources="in_line")
    for i, (label, (x, y)) in enumerate(zip(labels, spots, strict=True)):
        shape, color = shapes[data["entities"]["type"][i]]
        network.add_node(i, label=label[:60], shape=shape, color=color, x=x, y=y)
    for (a, b), count in pairs.items():
        network.add_edge(a, b, value=count)
    network.toggle_physics(False)
    return network


def _box(label: str, radius: int) -> tuple[float, float]:
    """Return the width and height in px that a node takes with its label below it."""
    if not label:
        return 2.0 * radius + 22, 2.0 * radius + 22
    return max(2.0 * radius + 14, 7.6 * min(len(label), 34) + 14), 2.0 * radius + 34


def _vis() -> str:
    return (files("pyvis") / "templates" / VIS).read_text(encoding="utf-8")


def _script() -> str:
    parts = "\n".join(resource(f"page/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(function () {{\n{parts}\n}})();\n'


def _inline(source: str) -> dict[str, Any]:
    """Return a source with the hash that the policy allows it by."""
    text = source.replace("\r\n", "\n")
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return {"text": Markup(text), "hash": digest.decode()}


def _json(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(escaped(text))
