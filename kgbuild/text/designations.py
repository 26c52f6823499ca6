"""Designations: what military systems are called by letters and digits.

A grammar for systems that no gazetteer knows: ``AN/AAQ-24(V)N``, ``F-16V Block 70``,
``MK 54 MOD 0``, ``Type 054A``, ``2S19``. Each holds a digit.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kgbuild.tables import read_toml
from kgbuild.text.dates import either

_YEAR = re.compile(r"[-‑](?:19|20)\d\d$")
# what follows the digits: "A", "MKI", "SM2", "/B", "C/D", "-ER", "-30", "(V)2", "(V)N"
_TAIL = (
    r"(?:[A-Z]{1,4}(?:Sh)?\d{0,2})?(?:/[A-Z](?=s?(?![\w-])))*"
    r"(?:[-‑–](?:\d{1,3}[A-Z]?|[A-Z]{1,3}\d?))?"
    r"(?:\(V\)\d?[A-Z]?)?(?:/[A-Z](?=s?(?![\w-])))*"
)
_MORE = (
    r"(?: (?:Block|BLOCK|Blk) (?:\d{1,3}[A-Z]?(?:/\d+)?\+?|[IVX]{1,4}[A-Z]?)| (?:MOD|Mod) \d+"
    r"| SEP ?v\d| Mk ?\d| Increment \d)*"
)


def designations(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the military designations in ``text``.

    A plural or possessive ending lies outside.

    >>> text = "Eight F-16V Block 70s, MK 54 MOD 0 torpedoes; the G-20 met under COVID-19."
    >>> [text[start:end] for start, end in designations(text)]
    ['F-16V Block 70', 'MK 54 MOD 0']
    """
    finder, before, after, wrong, letters = _patterns()
    found = []
    for match in finder.finditer(text):
        start, end = match.span()
        core = match["core"].replace("‑", "-")
        if (
            core in wrong
            or re.split(r"[-\d]", core)[0] in letters
            or _YEAR.search(core)
        ):
            continue
        if before.search(text, max(0, start - 16), start) or after.match(text, end):
            continue
        found.append((start, end))
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[
    re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]
]:
    told = read_toml("measures.toml")["designations"]
    core = "|".join(
        [
            rf"AN/[A-Z]{{3}}[-‑]\d{{1,3}}{_TAIL}",
            rf"(?:F/A|SS[-‑]N|CSS[-‑]N|RGM/UGM)[-‑]\d{{1,3}}{_TAIL}",
            rf"(?:MiG|[A-Z]{{1,4}}[a-z]{{0,2}})[-‑]\d{{1,4}}{_TAIL}",
            rf"[A-Z][a-z]{{2,8}}[-‑](?:\d{{2,3}}|[MSV]\d[A-Z]?\d?){_TAIL}",
            rf"{either(told['solid'])}\d{{1,4}}(?:A\d)?{_TAIL}",
            r"[1-9]\d?(?:[KMSPTFU]\d{2,3}|[AB]\d\d(?!\d))[A-Z]?\d?(?:[-‑][\dM])?",
            r"M[kK]\.?[ -]?\d{1,3}(?![\d.,]*\d)",
            r"(?:Type|TYPE)[ -]\d{2,3}[A-Z]{0,2}",
            r"Project[ -]\d{5}[A-Z]?",
        ]
    )
    return (
        re.compile(
            rf"(?<![\w/.+&-])(?P<core>{core})(?=s?(?![\w+%])(?!/\d|\.\d|[-‑–]\d)){_MORE}(?!\w*[+%])"
        ),
        re.compile(rf"(?i)\b{either(told['not_after'])} $"),
        re.compile(rf"(?i) {either(told['not_before'])}\b"),
        frozenset(told["not"]),
        frozenset(told["not_letters"]),
    )
