"""Node-link JSON: the whole graph, as networkx, D3 and others read it.

Formats that know plain values alone carry the same beside, where other programs pass over it:
XML in processing instructions (:func:`kept`, :func:`whole`), FollowTheMoney in its lines
(:func:`each_part`, :func:`from_parts`), pages and tables in one packed text (:func:`packed`,
:func:`unpacked`).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator
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
    # A part a line: some parsers take no more than ten million characters at once.
    for part in each_part(graph):
        text = json.dumps(part).replace("?>", "?\\u003e")
        yield f"<?kgbuild {text}?>"


def each_part(graph: nx.MultiDiGraph[str]) -> Iterator[dict[str, Any]]:
    """Yield what is told of a graph as a whole, its documents, nodes and edges, one by one."""
    import networkx as nx

    data = nx.node_link_data(graph, edges="edges")
    about = dict(data["graph"])
    documents = about.pop("documents", {})
    yield {"graph": about}
    yield from ({"documents": item} for item in documents.items())
    for part in ("nodes", "edges"):
        yield from ({part: one} for one in data[part])


def from_parts(found: Iterable[dict[str, Any]]) -> nx.MultiDiGraph[str]:
    """Return the graph of the parts that :func:`each_part` gave.

    Raises:
        ValueError: they are no parts of a graph.
    """
    about: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {"documents": [], "nodes": [], "edges": []}
    for part, value in (item for one in found for item in one.items()):
        if part == "graph":
            about = value
        else:
            lists[part].append(value)
    about["documents"] = dict(lists.pop("documents"))
    return _graph({"directed": True, "multigraph": True, "graph": about, **lists})


def packed(graph: nx.MultiDiGraph[str]) -> str:
    """Return a graph as letters and digits on one line.

    >>> import networkx
    >>> unpacked(packed(networkx.MultiDiGraph(documents={}))).graph
    {'documents': {}}
    """
    text = json.dumps(list(each_part(graph)), separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("ascii"), 9)).decode("ascii")


def unpacked(text: str | None) -> nx.MultiDiGraph[str]:
    """Return the graph that :func:`packed` made a text of.

    Raises:
        ValueError: the text is none of these, or there is none.
    """
    if not text:
        raise ValueError(LACKS)
    try:
        found = json.loads(zlib.decompress(base64.b64decode(text, validate=True)))
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"is no graph of kgbuild ({error})") from None
    return from_parts(found)


LACKS = "lacks what only kgbuild writes; give .ttl or .json"


def whole(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph whose parts stand as processing instructions in a text of XML.

    Raises:
        ValueError: there are none, such as after another program wrote the file anew.
    """
    # No data of XML has a bare <, so that nothing else looks like one.
    lines = re.findall(r"^<\?kgbuild (.*)\?>$", text, re.MULTILINE)
    if not lines:
        raise ValueError(LACKS)
    return from_parts(map(json.loads, lines))


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
