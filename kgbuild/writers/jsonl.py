"""JSON lines: a statement a line, as the interfaces say."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kgbuild.graph import add_records, records
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

# Characters that JSON lets stand in a string, and that some readers end a line at.
_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"})
_RARE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def dumps(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> str:
    """Return the statements of a graph, one JSON object a line."""
    return "".join(line(record) for record in records(graph))


def line(record: dict[str, Any]) -> str:
    """Return a record as one line that any reader of lines takes as one.

    >>> line({"phrase": "a\\u2028b"})
    '{"phrase": "a\\\\u2028b"}\\n'
    """
    text = _encode(record)
    if not _RARE.search(text):
        return text + "\n"
    text = text.translate(_ENDS)
    # A half surrogate cannot be encoded; JSON's escape for it is what Python writes here.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def loads(text: str) -> nx.MultiDiGraph[str]:
    """Return the graph of statements that were written as JSON lines.

    Raises:
        ValueError: a line is no statement.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(documents={})
    found = [
        _record(n, row) for n, row in enumerate(text.split("\n"), 1) if row.strip()
    ]
    return add_records(graph, found)


def _record(number: int, row: str) -> dict[str, Any]:
    record = json.loads(row)
    needed = ("id", "doc", "subject", "relation", "object", "attributed_to")
    missing = [k for k in needed if k not in record]
    if missing:
        raise ValueError(
            f"line {number}: is no statement; it lacks {', '.join(missing)}"
        )
    return dict(record)
