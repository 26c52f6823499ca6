"""Node-link JSON: the whole graph, as networkx, D3 and others read it.

Formats of XML that know plain values alone carry the same beside, in processing instructions,
which other programs pass over: :func:`kept` makes them and :func:`whole` reads them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kgbuild.graph import add_records, records
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return a graph in node-link form: ``nodes``, ``edges`` and ``graph.documents``."""
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph that was written in node-link form, its parts in the usual order.

    Raises:
        ValueError: the text is no node-link JSON of kgbuild.
    """
    return _graph(json.loads(text))


def kept(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    """Yield the parts of a graph as lines of XML: what is told of it all, nodes, edges.

    >>> import networkx
    >>> list(kept(networkx.MultiDiGraph(documents={})))
    ['<?kgbuild {"graph": {}}?>']
    """
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    about = dict(data["graph"])
    documents = about.pop("documents", {})
    yield _instruction("graph", about)
    for item in documents.items():
        yield _instruction("documents", item)
    for part in ("nodes", "edges"):
        yield from (_instruction(part, one) for one in data[part])


def _instruction(part: str, value: Any) -> str:
    # A part a line: some parsers take no more than ten million characters at once.
    text = json.dumps({part: value}).replace("?>", "?\\u003e")
    return f"<?kgbuild {text}?>"


def whole(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph whose parts stand as processing instructions in a text of XML.

    Raises:
        ValueError: there are none, such as after another program wrote the file anew.
    """
    # No data of XML has a bare <, so that nothing else looks like one.
    parts = re.findall(r"^<\?kgbuild (.*)\?>$", text, re.MULTILINE)
    if not parts:
        raise ValueError("lacks what only kgbuild writes; give .ttl or .json")
    about: dict[str, Any] = {}
    found: dict[str, list[Any]] = {"documents": [], "nodes": [], "edges": []}
    for part, value in (item for text in parts for item in json.loads(text).items()):
        if part == "graph":
            about = value
        else:
            found[part].append(value)
    about["documents"] = dict(found.pop("documents"))
    data = {"directed": True, "multigraph": True, "graph": about, **found}
    return _graph(data)


def _graph(data: dict[str, Any]) -> nx.MultiDiGraph[str]:
    import networkx as nx

    try:
        read: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            nx.node_link_graph(data, edges="edges")
        )
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**read.graph)
        for name in sorted(read.nodes):
            graph.add_node(name, **read.nodes[name])
        return add_records(graph, records(read))
    except (KeyError, TypeError, AttributeError, nx.NetworkXError) as error:
        raise ValueError(f"is no graph of kgbuild ({error!r})") from None
