"""Decisions: what somebody decided about who is who, in one file, which wins over all else.

``decisions.csv`` in a project folder has the columns ``decision``, ``id`` and ``other``; more
may stand beside, and rows without a decision are passed over. Ids may be names, where just
one has it::

    same,person/a,person/b         two are one, with the first's id and name
    different,person/a,person/b    two are never one
    rename,person/a,Ann Example    is called so
    type,person/a,Organization     is of this type
    drop,person/a,                 what is told of it is left out
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.archive.sightings import entities
from kgbuild.archive.whois import Whois

Record = dict[str, Any]
KINDS = ("same", "different", "rename", "type", "drop")
COLUMNS = ("decision", "id", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row: what was decided, about whom, and with whom or how."""

    kind: str
    id: str
    other: str = ""


def load(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a file, none where there is no such file.

    Raises:
        ValueError: a row cannot be understood; the message names its line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise ValueError(f"{path}: is not UTF-8; save it as CSV UTF-8") from None
    return parse(text, str(path))


def parse(text: str, name: str) -> tuple[Decision, ...]:
    """Return the decisions of a text.

    >>> parse("decision,id,other\\nsame,a,b\\n,c,d\\n", "x")
    (Decision(kind='same', id='a', other='b'),)

    Raises:
        ValueError: a row cannot be understood, or says the other of one before.
    """
    rows = csv.DictReader(io.StringIO(text))
    if not {"decision", "id"} <= {*(rows.fieldnames or ())}:
        raise ValueError(f"{name}: needs the columns {', '.join(COLUMNS)}")
    found: dict[tuple[str, frozenset[str]], Decision] = {}
    for row in rows:
        cells = {k: (row.get(k) or "").strip() for k in COLUMNS}
        if not cells["decision"]:
            continue
        where = f"{name}: line {rows.line_num}"
        decision = _decision(cells, where)
        key = _about(decision)
        if (
            found.setdefault(key, decision) != decision
            and found[key].kind != decision.kind
        ):
            raise ValueError(
                f"{where}: says the other of a line before; keep one of them"
            )
    return tuple(found.values())


def _decision(cells: Mapping[str, str], where: str) -> Decision:
    kind = cells["decision"].lower()
    if kind not in KINDS:
        have = ", ".join(KINDS)
        raise ValueError(f"{where}: no decision {cells['decision']!r}; have: {have}")
    if not cells["id"] or kind != "drop" and not cells["other"]:
        raise ValueError(f"{where}: {kind} needs id and other; fill both in")
    return Decision(kind=kind, id=cells["id"], other=cells["other"])


def _about(decision: Decision) -> tuple[str, frozenset[str]]:
    if decision.kind in ("same", "different"):
        return "pair", frozenset((decision.id, decision.other))
    return decision.kind, frozenset((decision.id,))


def dumps(decisions: Iterable[Decision]) -> str:
    """Return decisions as the text of a file."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((d.kind, d.id, d.other) for d in decisions)
    return file.getvalue()


def resolved(
    decisions: Iterable[Decision], records: Iterable[Record]
) -> tuple[Decision, ...]:
    """Return decisions with ids in the place of names.

    Raises:
        ValueError: several have a name.
    """
    ids: dict[str, set[str]] = {}
    for entity in (e for r in records for e in entities(r)):
        ids.setdefault(entity["label"], set()).add(entity["id"])
    return tuple(
        Decision(
            kind=d.kind,
            id=_id(ids, d.id),
            other=_id(ids, d.other) if d.kind in ("same", "different") else d.other,
        )
        for d in decisions
    )


def _id(ids: Mapping[str, set[str]], name: str) -> str:
    found = sorted(ids.get(name, ()))
    if len(found) > 1:
        raise ValueError(
            f"decisions: several are named {name!r}; give one of {', '.join(found)}"
        )
    return found[0] if found else name


def unknown(decisions: Iterable[Decision], known: Collection[str]) -> list[str]:
    """Return the names and ids in decisions that nobody has; ``known`` are the ids there are.

    An id of the knowledge that others are joined to need not be there.

    >>> unknown([Decision(kind="same", id="a", other="Foo")], {"a"})
    ['Foo']
    """
    asked = (
        name
        for d in decisions
        for name in ((d.id, d.other) if d.kind in ("same", "different") else (d.id,))
        if not (d.kind == "same" and name.startswith("wd:"))
    )
    return [name for name in dict.fromkeys(asked) if name not in known]


def pairs(decisions: Iterable[Decision], kind: str) -> list[tuple[str, str]]:
    """Return the pairs that are decided to be ``same`` or ``different``."""
    return [(d.id, d.other) for d in decisions if d.kind == kind]


def applied(
    records: Iterable[Record], found: Whois, decisions: Sequence[Decision]
) -> list[Record]:
    """Return statements with everybody called as they are; what is dropped is left out.

    What is told of two that turn out to be one is left out as well, and so is what somebody
    says who is dropped: it would be told as if the article said it.
    """
    by_kind = {k: {d.id: d.other for d in decisions if d.kind == k} for k in KINDS}
    labels = dict(found.labels)
    told = []
    for record in records:
        changed = _changed(record, found, labels, by_kind)
        ends = changed["subject"]["id"], changed["object"]["id"]
        named = {*ends, *(e["id"] for e in changed["attributed_to"])}
        as_before = record["subject"]["id"] == record["object"]["id"]
        if (ends[0] != ends[1] or as_before) and not named & by_kind["drop"].keys():
            told.append(changed)
    return told


def _changed(
    record: Record,
    found: Whois,
    labels: Mapping[str, str],
    by_kind: Mapping[str, Mapping[str, str]],
) -> Record:
    def new(entity: Record) -> Record:
        id = found.of_article.get((record["doc"], entity["id"]), entity["id"])
        into = found.same.get(id, id)
        label = (
            labels.get(into, entity["label"])
            if into != entity["id"]
            else entity["label"]
        )
        label = by_kind["rename"].get(into, label)
        type = by_kind["type"].get(into, entity["type"])
        made = {**entity, "id": into, "label": label, "type": type}
        if "aliases" in entity:
            names = {entity["label"], *entity["aliases"]}
            made["aliases"] = sorted(names - {label})
        return made

    def all_new(listed: Iterable[Record]) -> list[Record]:
        return list({e["id"]: e for e in map(new, listed)}.values())

    changed = {
        **record,
        "subject": new(record["subject"]),
        "object": new(record["object"]),
        "attributed_to": all_new(record["attributed_to"]),
    }
    if deal := record.get("deal"):
        makers = all_new(deal.get("contractors", ()))
        kept = [e for e in makers if e["id"] not in by_kind["drop"]]
        changed["deal"] = {**deal, "contractors": kept}
    return changed
