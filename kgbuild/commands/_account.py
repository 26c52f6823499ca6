"""What ``build`` prints: the deals, the statements, what was left out, where the files are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from kgbuild.commands._options import console, printable
from kgbuild.flat import item_text
from kgbuild.graph import records
from kgbuild.vocabulary import FACTUALITIES, Vocabulary

if TYPE_CHECKING:
    import networkx as nx

MOST = 15
"""Rows shown of each table."""

Record = dict[str, Any]


def show(
    graph: nx.MultiDiGraph[str],
    left_out: Iterable[str],
    files: Sequence[Path],
    vocabulary: Vocabulary,
    *,
    unread: Mapping[str, int] = MappingProxyType({}),
    before: int = 0,
) -> None:
    """Print the account of a graph to standard output.

    ``left_out`` are the reasons why something was, ``unread`` the files of the folders given
    that are never read, by suffix; ``before`` is how many articles a run before this one read.
    """
    screen = console()
    found = records(graph)
    screen.print(_read(graph.graph["documents"]), sep="\n")
    lines = _before(before), _undated(graph.graph["documents"]), _unread(unread)
    for line in lines:
        if line:
            screen.print(Text(line, "dim"))
    screen.print(_section("Deals"))
    deals = [r for r in found if r.get("deal") is not None]
    screen.print(_deals(deals) if deals else " none found")
    screen.print(_section("Statements"))
    screen.print(_relations(found, vocabulary) if found else " none found")
    screen.print(_counts(graph, len(found), vocabulary), soft_wrap=False)
    screen.print(_left_out(left_out))
    screen.print(_section("Files"))
    for file in files:
        screen.print(Text(f" {printable(str(file))}  ").append(_size(file), "dim"))


def _section(title: str) -> Text:
    return Text(f"\n{title}", "bold")


def _read(documents: dict[str, Record]) -> Text:
    count = len(documents)
    text = Text(f"Read {_many(count, 'article')}", "bold")
    for id, known in list(documents.items())[: MOST if count <= MOST else 3]:
        about = ", ".join(v for v in (known["source"], known["date"] or "no date") if v)
        title = _short(known["title"] or id, 74 - len(about))
        text.append(f"\n {title}", "not bold").append(
            f" ({_short(about, 60)})", "not bold dim"
        )
    if count > MOST:
        text.append(f"\n … and {count - 3} more", "not bold dim")
    return text


def _before(count: int) -> str:
    """Say how many articles did not need to be read again.

    >>> _before(2)
    ' 2 as a run before this one read them'
    """
    return f" {count} as a run before this one read them" if count else ""


def _undated(documents: Mapping[str, Record]) -> str:
    """Say how many articles tell no day, and how to give one.

    >>> _undated({"a": {"date": None}, "b": {"date": "2017-11-06"}})
    ' 1 without a date, so that "Monday" stays open there; --date gives one'
    """
    count = sum(not known["date"] for known in documents.values())
    told = 'without a date, so that "Monday" stays open there; --date gives one'
    return f" {count} {told}" if count else ""


def _unread(count: Mapping[str, int]) -> str:
    """Say what the folders hold besides, the most frequent first.

    >>> _unread({".png": 2, ".zip": 3})
    ' Not read: 3 .zip, 2 .png'
    """
    most = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{number} {_short(name, 20)}" for name, number in most[:9])
    return f" Not read: {told}" + (", …" if len(most) > 9 else "") if told else ""


def _table(*columns: str, wide: Sequence[str] = ()) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, header_style="dim", padding=(0, 0, 0, 1)
    )
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column not in wide)
    return table


def _deals(deals: list[Record]) -> Table:
    wide = ("Supplier", "Recipient", "Items")
    table = _table(*wide, "Value", "Status", "Date", wide=wide)
    for record in deals[:MOST]:
        deal = record["deal"]
        items = Text(
            printable(_short(", ".join(map(item_text, deal["items"])) or "–", 120))
        )
        table.add_row(
            Text(printable(record["subject"]["label"])),
            Text(printable(record["object"]["label"])),
            items.append(_aside(record), "dim"),
            _sum(deal["value"]),
            deal["status"] or record["factuality"],
            record["time"] or "–",
        )
    if len(deals) > MOST:
        table.add_row(Text(f"… {len(deals) - MOST} more", "dim"))
    return table


def _aside(record: Record) -> str:
    """Say what only some deals have: another kind than a sale, makers, somebody's word."""
    deal = record["deal"]
    makers = ", ".join(e["label"] for e in deal["contractors"])
    tellers = ", ".join(e["label"] for e in record["attributed_to"])
    parts = (
        deal["kind"] if deal["kind"] != _USUAL else "",
        f"made by {makers}" if makers else "",
        f"says {tellers}" if tellers else "",
    )
    told = printable(_short("; ".join(filter(None, parts)), 120))
    return f"\n{told}" if told else ""


_USUAL = "sale"


def _sum(value: Record | None) -> str:
    """Return a sum as people write it, never rounded to something it is not.

    >>> _sum({"amount": 2316000000, "currency": "USD"})
    '2.316 bn USD'
    """
    if value is None:
        return "–"
    amount, currency = value["amount"], value["currency"]
    for size, word in ((10**9, " bn"), (10**6, " m")):
        if abs(amount) >= size and amount % (size // 1000) == 0:
            return (
                f"{amount / size:,.3f}".rstrip("0").rstrip(".") + f"{word} {currency}"
            )
    return f"{amount:,} {currency}"


def _relations(found: list[Record], vocabulary: Vocabulary) -> Table:
    table = _table("Relation", "", *FACTUALITIES, "For example", wide=("For example",))
    for column in table.columns[1:5]:
        column.justify = "right"
    for name in sorted({r["relation"] for r in found}, key=_order(vocabulary)):
        told = [r for r in found if r["relation"] == name]
        kinds = Counter(r["factuality"] for r in told)
        best = max(told, key=lambda r: (r["confidence"], r["id"]))
        table.add_row(
            name,
            str(len(told)),
            *(str(kinds[f] or "·") for f in FACTUALITIES),
            Text(printable(_example(best)), "dim"),
        )
    return table


def _order(vocabulary: Vocabulary) -> Any:
    places = {name: n for n, name in enumerate(vocabulary.relations)}
    return lambda name: (places.get(name, len(places)), name)


def _example(record: Record) -> str:
    return f"{record['subject']['label']} → {record['object']['label']}"


def _counts(
    graph: nx.MultiDiGraph[str], statements: int, vocabulary: Vocabulary
) -> Text:
    kinds = Counter(data["type"] for _, data in graph.nodes(data=True))
    parts = [
        f"{kinds[t.name]} {t.label if kinds[t.name] == 1 else t.plural}"
        for t in vocabulary.types.values()
        if kinds[t.name]
    ]
    entities = _many(len(graph), "entity", "entities")
    return Text(
        f"\n {_many(statements, 'statement')} about {entities}"
        + (f": {', '.join(parts)}" if parts else "")
    )


def _left_out(told: Iterable[str]) -> Text:
    """Count what was left out by reason, whichever words it quotes; what was nearly said first."""
    reasons = Counter(re.sub(r"'[^']*'", "'…'", reason) for reason in told)
    if not reasons:
        return Text(" Left out: nothing", "dim")
    text = Text(
        f" Left out {reasons.total()} (kgbuild extract --abstained lists them):", "dim"
    )
    ordered = sorted(reasons.items(), key=lambda r: (-r[1], -_figure(r[0]), r[0]))
    for reason, count in ordered[:_REASONS]:
        text.append(f"\n {count:>4} × {_short(reason, 71)}")
    if more := sum(count for _, count in ordered[_REASONS:]):
        text.append(f"\n … and {more} more")
    return text


_REASONS = 4


def _figure(reason: str) -> float:
    """Return the confidence that a reason names, 0 where it names none."""
    found = re.search(r"\((0\.\d+)\)", reason)
    return float(found[1]) if found else 0.0


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def _short(text: str, most: int) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= most else text[: most - 1] + "…"


def _size(path: Path) -> str:
    size = path.stat().st_size
    if size < 1000:
        return _many(size, "byte")
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{round(size / 1000)} kB"
