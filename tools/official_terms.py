"""Terms of office of several tables joined: one line of holders a post, none of them at odds."""

import sys
from collections import defaultdict
from dataclasses import replace

from leader_tables import Row
from official_tables import EDITION, same_post

# posts that several people hold at a time
_MANY = ("Senator", "Representative", "Vice President", "Deputy Prime Minister") + (
    "Presidency Member",
)
_SLACK = 45  # days


def joined(rows: list[Row], shipped: list[dict[str, str]]) -> list[Row]:
    """Return the rows that leaders.csv lacks, and its rows that the tables end otherwise."""
    lines: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for r in shipped:
        row = Row(
            name=r["name"],
            role=r["role"],
            of=r["of"],
            start=r["from"],
            end=r["to"],
            id=r["id"],
        )
        lines[row.of, same_post(row.role)].append(replace(row, open=_frozen(row.end)))
    made: dict[tuple[str, str, str, str], Row] = {}
    for row in rows:
        line = lines[row.of, same_post(row.role)]
        mine = [t for t in line if t.name == row.name]
        if own := [t for t in mine if _touch(t, row)]:
            last = max(own, key=lambda t: t.start)
            later = max((t.start for t in line if t.name != row.name), default="")
            further = not row.end and last.end and (last.open or last.end == EDITION)
            if further and later <= last.end + "~":
                _put(
                    line,
                    last,
                    replace(last, end="", aliases=row.aliases, romanized=row.romanized),
                    made,
                )
            continue
        if row.role not in _MANY and (
            row.of != "United States" or not row.role.startswith("Ambassador to")
        ):
            fitted = _fitted(row, line, made)
            if fitted is None:
                continue
            row = fitted
        line.append(row)
        made[row.name, row.role, row.of, row.start] = row
    return list(made.values())


def _put(
    line: list[Row], old: Row, new: Row, made: dict[tuple[str, str, str, str], Row]
) -> None:
    line[line.index(old)] = new
    made[new.name, new.role, new.of, new.start] = new


def _frozen(end: str) -> bool:
    """Tell whether a term of leaders.csv ends but with the table of 2022."""
    return len(end) == 7 and "2022-05" <= end <= "2023-12"


def _touch(term: Row, row: Row) -> bool:
    """Tell whether two terms of one holder are one: they overlap, or nothing is known between."""
    if (term.open or term.end == EDITION) and row.start >= term.start:
        return True
    return row.start <= (term.end or "9") + "~" and term.start <= (row.end or "9") + "~"


def _fitted(
    row: Row, line: list[Row], made: dict[tuple[str, str, str, str], Row]
) -> Row | None:
    """Return a row as far as it is not at odds with the line of holders; None where it is.

    Who is seen in a post on a day ends the open term of who came before.
    """
    for term in list(line):
        start, end = max(term.start, row.start), min(term.end or "9", row.end or "9")
        if start > end + "~" or _days(start, end) <= _SLACK:
            continue
        if not term.end and not row.end and term.start < row.start:
            print(
                f"{row.of} {row.role}: {term.name} ends, {row.name} {row.start}",
                file=sys.stderr,
            )
            _put(line, term, replace(term, end=row.start), made)
            continue
        if term.open and term.end and row.start > term.start:
            _put(line, term, replace(term, end=row.start, open=False), made)
            continue
        if term.start <= row.start and term.end and term.end < (row.end or "9"):
            row = replace(row, start=term.end)
            continue
        if row.start < term.start and row.end and (term.end or "9") >= row.end:
            row = replace(row, end=term.start)
            continue
        if not row.end:
            print(
                f"{row.of} {row.role}: {row.name} {row.start} left out for {term.name} {term.start}-{term.end}",
                file=sys.stderr,
            )
        return None
    return row if not row.end or row.start <= row.end + "~" else None


def _days(start: str, end: str) -> int:
    """Return about how many days lie between two dates of any width."""
    if end == "9":
        return 9999

    def days(text: str) -> int:
        year, month, day = (
            (text + "-01-01")[:10].split("-") if len(text) < 10 else text.split("-")
        )
        return int(year) * 365 + int(month) * 30 + int(day)

    return days(end) - days(start)
