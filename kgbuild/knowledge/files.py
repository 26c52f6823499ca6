"""Files of names: CSV, one name or one post that somebody held in a row.

The columns stand in any order, only ``name`` and ``type`` are needed; lists are joined by
``|``, dates are ISO 8601 to the day, month or year.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

# in the order in which the readings of an ambiguous name are tried
TYPES = ("Country", "Organization", "Person", "Place", "Weapon")
COLUMNS = ("id", "name", "type", "kind", "aliases", "adjectives", "seats") + (
    "role",
    "of",
    "from",
    "to",
)
Row = dict[str, str]
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def read_text(path: Path, faults: list[str]) -> str:
    """Return the text of a user's file, empty where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.append(f"{path}: {error.strerror}; give a CSV file")
    except UnicodeDecodeError as error:
        faults.append(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        )
    return ""


def read_rows(text: str, file: str, faults: list[str]) -> Iterator[tuple[str, Row]]:
    """Yield the place (``FILE:LINE``) and the stripped cells of each row that is not empty."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        unknown = [c for c in header if c not in COLUMNS]
        missing = [c for c in ("name", "type") if c not in header]
        if text and (unknown or missing):
            wrong = [f"unknown column {c!r}" for c in unknown]
            wrong += [f"column {c!r} is missing" for c in missing]
            have = ", ".join(COLUMNS)
            faults.append(f"{file}:1: {'; '.join(wrong)}; columns: {have}")
            return
        for cells in reader:
            place = f"{file}:{reader.line_num}"
            if len(cells) > len(header):
                faults.append(
                    f"{place}: {len(cells)} cells for {len(header)} columns; "
                    "put a cell with commas in double quotes"
                )
            elif any(cells):
                row = dict.fromkeys(COLUMNS, "")
                row.update(zip(header, map(str.strip, cells)))
                yield place, row
    except csv.Error as error:
        faults.append(f"{file}:{reader.line_num}: {error}")


def check_row(row: Row, place: str, faults: list[str]) -> None:
    """Add what is wrong with a user's row to the faults."""
    if not row["name"]:
        faults.append(f"{place}: name is empty")
    if row["type"] not in TYPES:
        have = ", ".join(TYPES)
        faults.append(f"{place}: type {row['type']!r} is unknown; have: {have}")
    if row["role"] and not row["of"]:
        faults.append(f"{place}: role {row['role']!r} needs 'of': whose post it is")
    if re.search(r"\s", row["id"]):
        faults.append(f"{place}: id {row['id']!r} has a space in it; write wd:Q30, say")
    for column in ("from", "to"):
        if row[column] and not _is_date(row[column]):
            faults.append(
                f"{place}: {column} {row[column]!r} is no date; "
                "write YYYY, YYYY-MM or YYYY-MM-DD"
            )
    if row["from"] and row["to"] and row["from"] > row["to"] + "~":
        faults.append(f"{place}: from {row['from']!r} is after to {row['to']!r}")


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True
