"""How inputs are read, and who is told of what is wrong with them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

Report = Callable[[str], None]
"""Takes one line, which says what is wrong and what to do next."""


def refuse(fault: str) -> None:
    """Raise a fault, where nobody is there to be told.

    Raises:
        ValueError: always.
    """
    raise ValueError(fault)


def log(remark: str) -> None:
    """Put a remark into the log."""
    logging.getLogger("kgbuild").warning(remark)


def in_one_line(tell: Report) -> Report:
    """Return what tells a fault on one line, whatever names and texts it quotes.

    >>> in_one_line(print)("a\\nb.txt: is empty")
    a b.txt: is empty
    """

    def told(fault: str) -> None:
        tell(" ".join(fault.split("\n")))

    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read: ``date`` is the day of articles that tell none.

    ``report`` is told what was not read, ``note`` what was, though not as it stood.
    """

    date: str | None = None
    report: Report = refuse
    note: Report = log
    any_language: bool = False
    allow_private: bool = False
