"""Amounts: sums of money and numbers of pieces, as exact integers.

Of a range ("$2-3 billion", "40 to 50") the upper bound is taken, as of "up to": what
notices of sales give is the highest estimate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kgbuild.model import Money
from kgbuild.text.dates import either
from kgbuild.text.numbers import DIGITS, number, number_pattern, spaced, table

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_JOINS = {"-": "", "–": "", "—": "", " - ": "", " to ": "", " and ": "between"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    start: int
    end: int
    value: Money
    before: str  # the hedge before it, in lower case
    after: str


def money(text: str) -> Money | None:
    """Return the sum that ``text`` tells, None where it tells none or several.

    >>> money("worth up to $2.316 billion")
    Money(amount=2316000000, currency='USD')
    """
    found = {value for _, _, value, _ in money_spans(text)}
    return found.pop() if len(found) == 1 else None


def money_spans(text: str) -> list[tuple[int, int, Money, str | None]]:
    """Return the sums of money in ``text``: offsets, value, and what hedges it.

    The hedge is the words after it where they make it one sum of many ("each", "a
    year"), else the words before ("up to", "about"), in lower case, None without; it
    lies outside the offsets. Cents are rounded to whole units.

    >>> money_spans("It paid nearly €1.2bn.")
    [(15, 21, Money(amount=1200000000, currency='EUR'), 'nearly')]
    """
    hint, finder = _finders()
    plain = spaced(text)
    if not hint.search(plain):
        return []
    found: list[_Sum] = []
    for match in finder.finditer(plain):
        one = _sum(plain, match)
        if found and one and (join := _joined(plain, found[-1], one)):
            found[-1] = join
        elif one:
            found.append(one)
    return [(s.start, s.end, s.value, s.after or s.before or None) for s in found]


def _sum(text: str, match: re.Match[str]) -> _Sum | None:
    told = table()["money"]
    sign, name = match["sign"], match["name"] or ""
    digits, short = match["digits"] or match["number"], match["scale"] or match["size"]
    short = (short or "").strip(" -").lower()
    scale = told["short"].get(short, short)
    amount = number(f"{match['high'] or match['top'] or digits} {scale}")
    currency = _currency(sign or name)
    if amount is None or currency is None:
        return None
    bare = not scale and "," not in digits  # "COP 26", "USD 2014" are no sums
    if (sign or name) in told["codes"] and bare and amount < 10_000:
        return None
    if _scaled(name) and (amount < 1000 or _weight(text[match.end() :])):
        return None
    if _scaled(name) and not scale and match.group().endswith(f"-{name}"):
        return None  # "2,000-pound bombs"
    whole = int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    before, after = _hedges()
    b, a = before.search(text[max(0, match.start() - 24) : match.start()]), after.match(text, match.end())  # fmt: skip
    return _Sum(
        start=match.start(),
        end=match.end(),
        value=Money(amount=whole, currency=currency),
        before=b[1].lower() if b else "",
        after=a[1].lower() if a else "",
    )


def _currency(name: str) -> str | None:
    told = table()["money"]
    if name in told["codes"]:
        return name
    if name in told["signs"]:
        return str(told["signs"][name])
    kinds = (told["names"], told["scaled"], told["scaled_signs"])
    known = {k.lower(): v for kind in kinds for k, v in kind.items()}
    return known.get(name.lower()) or known.get(name.lower().removesuffix("s"))


def _scaled(name: str) -> bool:
    return name.lower().removesuffix("s") in table()["money"]["scaled"]


def _weight(after: str) -> bool:
    """Tell whether pounds are weighed: "of rice", but not "of aid"."""
    phrase = re.match(r"(?: \([^)]*\))? of ((?:\w+ ?){1,3})", after)
    words = set(phrase[1].lower().split()) if phrase else set()
    return bool(words) and not words & set(table()["money"]["given"])


def _joined(text: str, low: _Sum, high: _Sum) -> _Sum | None:
    """Join "$2 billion to $3 billion"; "from $2bn to $3bn" may be two sums, and stays."""
    need = _JOINS.get(text[low.end : high.start])
    head = text[: low.start].rstrip().lower().removesuffix(low.before).rstrip()
    if need is None or not head.endswith(need) or need == "" and head.endswith("from"):
        return None
    if low.value.currency != high.value.currency:
        return None
    return replace(high, start=low.start, before=low.before)


@lru_cache(maxsize=1)
def _finders() -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = table()["money"]
    codes, signs = either(told["codes"]), either(told["signs"])
    names = either([*told["names"], *told["scaled"]])
    big = rf"[ -]?(?i:{either(table()['scales'])})\b"
    one = either([s for s in told["short"] if len(s) == 1])
    two = either([s for s in told["short"] if len(s) > 1])
    scale = rf"(?:{big}|(?: ?(?i:{two})|(?i:{one})| [mMbB])(?![\w-]*[0-9])(?!\w))"
    to = r"(?: ?[-–—] ?| to )"
    before = rf"(?:(?i:{either(told['names'])})s|{either(told['scaled_signs'])})(?= ?{DIGITS}{scale})"
    prefix = rf"(?P<sign>{signs}|{codes}|{before}) ?(?P<digits>{DIGITS})(?:{to}(?P<high>{DIGITS})(?={scale}))?(?P<scale>{scale})?"
    spelt = number_pattern()
    suffix = (
        rf"(?i:(?P<number>{spelt})(?:{to}(?P<top>{spelt}))?)(?P<size>{scale})?[ -]?"
        rf"(?P<name>(?i:{names})s?|{codes})(?!\w)"
    )
    hint = rf"{signs}|{codes}|(?i:{names})|{either(told['scaled_signs'])} ?[0-9]"
    return re.compile(hint), re.compile(rf"(?<![\w$€£¥.,])(?:{prefix}(?!\w)|{suffix})")


@lru_cache(maxsize=1)
def _hedges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = table()["money"]
    return (
        re.compile(rf"(?i)\b({either(told['hedges'])}) $"),
        re.compile(rf"(?i) ({either(told['each'])})\b"),
    )


# -- pieces ----------------------------------------------------------------------------


def quantity(text: str) -> int | None:
    """Return how many pieces a phrase tells, None where it tells no number of pieces.

    The phrase is a number with what hedges it ("up to four (4)"), may end in "… of"
    ("two batteries of"), or is a singular with its article ("an additional system").
    Ordinals, years, calibres, parts of designations, "several", "dozens" are None.

    >>> quantity("up to four (4)"), quantity("two dozen"), quantity("155mm")
    (4, 24, None)
    """
    leading = leading_quantity(text)
    if leading is None:
        return None
    count, end = leading
    rest = text[end:].split()
    if not rest or len(rest) == 1 and rest[0].lower() == "of":
        return count
    if len(rest) == 2 and rest[1].lower() == "of":
        return count
    one = count == 1 and _counters()[2].match(spaced(text).lower())
    return 1 if one else None


def leading_quantity(text: str) -> tuple[int, int] | None:
    """Return the number of pieces that ``text`` begins with, and the offset after it.

    >>> leading_quantity("seven (7) Guardian transmitters")
    (7, 9)
    >>> leading_quantity("120 mm mortars") is None
    True
    """
    hedges, counter, single = _counters()
    asked = spaced(text).lower()
    hedge = hedges.match(asked)
    start = hedge.end() if hedge else 0
    match = counter.match(asked, start) or single.match(asked)
    if match is None or _vague(asked[match.end() :]):
        return None
    got = match.groupdict()
    count = number(got["again"] or got["top"] or got["number"]) if got else Decimal(1)
    if count is None or count != int(count):
        return None
    if got.get("join") == " and " and "between" not in asked[:start]:
        return None
    if not start and _YEAR.fullmatch(match[0].strip()):
        return None
    return int(count), len(match[0].rstrip()) + match.start()


def _vague(rest: str) -> bool:
    """Tell whether what is counted is a measure or a group of unknown size."""
    word = re.match(r"(?:of )?\W*(\w+)", rest.lstrip())
    vague = table()["quantity"]["vague"]
    return bool(word) and (word[1] in vague or word[1].removesuffix("s") in vague)  # type: ignore[index]


@lru_cache(maxsize=1)
def _counters() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what hedges a number, the number, and what is one by its article."""
    told, spelt = table()["quantity"], number_pattern()
    high = rf"(?P<join> ?[-–—] ?| to | and | or )(?P<top>{spelt})"
    return (
        re.compile(rf"(?:(?:{either(told['hedges'])}|between) )+"),
        re.compile(
            rf"(?P<number>{spelt})(?:{high})?(?: ?\((?P<again>{DIGITS})\))?(?: ?[x×](?= ))?"
            r"(?=$|[\s;:)\]]|[.,](?:\s|$))"
        ),
        re.compile(rf"{either(told['single'])}(?: (?=\w)|$)"),
    )
