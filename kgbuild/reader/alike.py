"""How alike two mentions are as strings: what tells "AIN" and its full name to be one."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

FEATURES = 8

_SMALL = frozenset({"of", "the", "and", "for", "de", "du", "al", "in", "on"})


def alike(words: list[str], types: list[str]) -> npt.NDArray[np.float32]:
    """Return features of each ordered pair of mentions, shape (mentions, mentions, 8).

    >>> bool(alike(["the United Nations", "UN"], ["Organization"] * 2)[0, 1, 3])
    True
    """
    names = [_name(w) for w in words]
    short = [initials(w) for w in words]
    made = np.zeros((len(words), len(words), FEATURES), np.float32)
    for j, b in enumerate(names):
        low = words[j][:1].islower()
        for i, a in enumerate(names):
            if i == j or not a or not b:
                continue
            made[i, j] = (
                a == b,
                a[-len(b) :] == b or b[-len(a) :] == a,
                set(a) <= set(b) or set(b) <= set(a),
                "".join(b) == short[i] or "".join(a) == short[j],
                a[0] == b[0],
                a[-1] == b[-1],
                types[i] == types[j],
                low,
            )
    return made


def _name(words: str) -> tuple[str, ...]:
    found = re.findall(r"\w+", words.lower().replace(".", ""))
    return tuple(found[1:] if found[:1] == ["the"] and len(found) > 1 else found)


def initials(words: str) -> str:
    """Return the initials of a name of several words in small letters, else nothing.

    >>> initials("Movement for Democratic Change"), initials("Boeing")
    ('mdc', '')
    """
    parts = [w for w in re.findall(r"\w+", words) if w.lower() not in _SMALL]
    return "".join(w[0] for w in parts).lower() if len(parts) > 1 else ""
