"""Articles that are one text: the same wire story in ten papers counts once.

Texts are alike when MinHash (datasketch) takes four fifths of their runs of five words for
common. Who is alike to whom is carried on: a like of a like is alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgbuild.model import Document

ALIKE = 0.8  # the share of runs of words that near-duplicates have in common
_RUN, _HASHES = 5, 128


def originals(documents: Iterable[Document]) -> dict[str, str]:
    """Return for each document the first id of those that are alike.

    >>> text = " ".join(map(str, range(60)))
    >>> found = [Document(id="b", text=text), Document(id="a", text=text + " end")]
    >>> originals(found)
    {'b': 'a', 'a': 'a'}
    """
    from datasketch import MinHash, MinHashLSH

    near = MinHashLSH(threshold=ALIKE, num_perm=_HASHES)
    first: dict[str, str] = {}
    for document in documents:
        sketch = MinHash(num_perm=_HASHES, seed=1)
        sketch.update_batch(_runs(document.text))
        for other in near.query(sketch):
            _join(first, document.id, other)
        first.setdefault(document.id, document.id)
        near.insert(document.id, sketch)
    return {id: _root(first, id) for id in first}


def _runs(text: str) -> list[bytes]:
    """Return the runs of words of a text, in small letters and without signs."""
    words = re.findall(r"\w+", text.lower())
    count = max(1, len(words) - _RUN + 1)
    found = {" ".join(words[i : i + _RUN]) for i in range(count)}
    return [run.encode("utf-8", "replace") for run in sorted(found)]


def _root(first: dict[str, str], id: str) -> str:
    while first[id] != id:
        id = first[id]
    return id


def _join(first: dict[str, str], one: str, other: str) -> None:
    first.setdefault(one, one)
    roots = sorted((_root(first, one), _root(first, other)))
    first[roots[1]] = roots[0]
