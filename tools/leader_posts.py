"""Posts under their several names, and which table is believed about their holders."""

from dataclasses import replace

from leader_tables import SINCE, Row

SAME = {"Premier": "Prime Minister", "Chancellor": "Prime Minister", "Queen": "King"}
SAME |= {"Taoiseach": "Prime Minister", "Monarch": "King", "Emir": "King"}
SAME |= {"Emperor": "King", "Sultan": "King", "Foreign Secretary": "Foreign Minister"}
SAME |= {
    "Defense Secretary": "Defense Minister",
    "Defence Secretary": "Defense Minister",
}
SAME |= {"Acting Prime Minister": "Prime Minister", "Acting President": "President"}


def place(row: Row) -> tuple[str, str]:
    """Return the country and the post, whatever the post is called there."""
    return row.of, SAME.get(row.role, row.role)


def before(told: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows from before the first holder of the post that is told already."""
    first: dict[tuple[str, str], str] = {}
    for row in told:
        first[place(row)] = min(row.start, first.get(place(row), "9"))
    made = []
    for row in rows:
        if row.start < first.get(place(row), "9"):
            if place(row) in first:
                row = replace(row, end=min(row.end or "9", first[place(row)]))
            if not row.end or row.end >= SINCE:
                made.append(row)
    return made


def around(told: list[Row], rows: list[Row]) -> list[Row]:
    """Return what is told with the rows from before it and after the end of its table."""
    last: dict[tuple[str, str], Row] = {}
    for row in told:
        last[place(row)] = max(
            row, last.get(place(row), row), key=lambda row: row.start
        )
    later = [
        row
        for row in rows
        if place(row) in last
        and last[place(row)].open
        and row.start > last[place(row)].start
    ]
    made = []
    for row in told:
        if row is last[place(row)] and row.open:
            starts = [r.start for r in later if place(r) == place(row)]
            current = [r for r in rows if place(r) == place(row) and not r.end]
            row = replace(row, end=min(starts, default="" if current else row.end))
        made.append(row)
    return [*made, *before(told, rows), *later]
