"""Annotated passages: the text format in which readers are taught and measured.

A block is one passage of one to three sentences, or a whole article; how it is written and
decided is told by ``data/annotated/GUIDE.md``. Offsets are characters of the passage's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MENTION = re.compile(r"\[([a-z][a-z0-9]*) (\w+)\|([^\[\]|]+)\]")
_RELATION = re.compile(r'^([a-z][a-z0-9]*) (\w+) ([a-z][a-z0-9]*)(?: "(.*)")?$')


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Words ``start:end`` of a passage that name or stand for something of a type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A relation that a passage tells; all mentions are numbers into ``Passage.mentions``.

    ``core`` is false where nobody would miss it. ``items`` are pairs of a weapon and the
    number that counts it; ``trigger`` is a span of the text.
    """

    subject: int
    relation: str
    object: int
    trigger: tuple[int, int] | None = None
    factuality: str = "fact"
    core: bool = True
    speakers: tuple[int, ...] = ()
    time: int | None = None
    items: tuple[tuple[int, int | None], ...] = ()
    value: int | None = None
    kind: str | None = None
    status: str | None = None
    contractors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One annotated passage; ``same`` and ``parts`` are pairs of mentions.

    ``same`` pairs mean one thing; of a pair in ``parts`` the first stands for several,
    of whom the second is one.
    """

    source: str
    date: str | None
    text: str
    mentions: tuple[Marked, ...]
    told: tuple[Told, ...] = ()
    same: tuple[tuple[int, int], ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def entities(self) -> tuple[int, ...]:
        """The number of the first mention of its entity, for each mention."""
        first = list(range(len(self.mentions)))
        for a, b in self.same:
            low, high = sorted((first[a], first[b]))
            first = [low if f == high else f for f in first]
        return tuple(first)


@dataclass(slots=True)
class _Draft:
    text: str = ""
    keys: dict[str, int] = field(default_factory=dict)
    mentions: list[Marked] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    same: list[tuple[int, int]] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)


def read_passages(paths: Iterable[Path]) -> list[Passage]:
    """Read files of annotated passages.

    Raises:
        ValueError: with every fault of form, as ``FILE: block N: ...``.
    """
    faults: list[str] = []
    found = [
        passage
        for path in paths
        for passage in parse_passages(path.read_text("utf-8"), path.name, faults)
    ]
    if faults:
        raise ValueError("\n".join(faults))
    return found


def parse_passages(text: str, file: str, faults: list[str]) -> Iterator[Passage]:
    """Yield the passages of a text in the format of the guide.

    >>> (p,) = parse_passages('''# written | 2022-11-09
    ... [a Country|Japan] met [b Country|France].
    ... a meets b "met"''', "x.txt", [])
    >>> p.text, p.told[0].relation, p.told[0].trigger
    ('Japan met France.', 'meets', (6, 9))
    """
    for n, block in enumerate(re.split(r"\n\s*\n", text.strip())):
        lines = [s.rstrip() for s in block.split("\n") if s.strip()]
        source, date = "written", ""
        if lines and lines[0].startswith("#"):
            source, _, date = (s.strip() for s in lines.pop(0)[1:].partition("|"))
        if lines:
            yield _passage(source, date, lines, f"{file}: block {n}", faults)


def _passage(
    source: str, date: str, lines: list[str], place: str, faults: list[str]
) -> Passage:
    draft = _Draft()
    at = 0
    raw = lines[0]
    for m in _MENTION.finditer(raw):
        draft.text += raw[at : m.start()]
        if m[1] in draft.keys:
            faults.append(f"{place}: key {m[1]!r} stands twice")
        draft.keys[m[1]] = len(draft.mentions)
        start = len(draft.text)
        draft.mentions.append(Marked(start=start, end=start + len(m[3]), type=m[2]))
        draft.text += m[3]
        at = m.end()
    draft.text += raw[at:]
    if re.search(r"\[[a-z]\w* ", draft.text):
        faults.append(f"{place}: a bracket is not parsed: {draft.text[:60]!r}")
    for line in lines[1:]:
        try:
            _line(draft, line)
        except (ValueError, KeyError) as error:
            faults.append(f"{place}: {error} in {line!r}")
    return Passage(
        source=source,
        date=None if date in ("", "-", "None") else date,
        text=draft.text,
        mentions=tuple(draft.mentions),
        told=tuple(draft.told),
        same=tuple(draft.same),
        parts=tuple(draft.parts),
    )


def _line(draft: _Draft, line: str) -> None:
    core = not line.endswith("?")
    head, *fields = [p.strip() for p in line.rstrip("? ").split(" | ")]
    left, is_same, right = head.partition(" = ")
    if is_same:
        others = [draft.keys[k.strip()] for k in right.split(",")]
        pairs = [(draft.keys[left.strip()], o) for o in others]
        (draft.same if len(pairs) == 1 else draft.parts).extend(pairs)
        return
    m = _RELATION.match(head.rstrip("? "))
    if m is None:
        raise ValueError("this is no relation line")
    subject, object_ = draft.keys[m[1]], draft.keys[m[3]]
    near = (draft.mentions[subject].start + draft.mentions[object_].start) // 2
    draft.told.append(
        Told(
            subject=subject,
            relation=m[2],
            object=object_,
            trigger=_trigger(draft.text, m[4], near),
            core=core,
            **dict(_field(draft, f.rstrip("? ")) for f in fields),  # type: ignore[arg-type]
        )
    )


def _trigger(text: str, words: str | None, near: int) -> tuple[int, int] | None:
    """Return where the words stand; of several places the one nearest to the two mentions."""
    if not words:
        return None
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    if not places:
        raise ValueError(f"trigger {words!r} is not in the text")
    at = min(places, key=lambda p: abs(p - near))
    return at, at + len(words)


def _field(draft: _Draft, text: str) -> tuple[str, object]:
    key, _, value = text.partition(" ")
    keys = [draft.keys[k.strip()] for k in value.split(",")] if key in _KEYED else []
    if text in ("fact", "possible", "negated"):
        return "factuality", text
    if key == "items":
        return "items", tuple(_item(draft, i) for i in value.split(","))
    if key in ("kind", "status"):
        return key, value
    if key in ("on", "value"):
        return {"on": "time"}.get(key, key), keys[0]
    if key in ("by", "contractors"):
        return {"by": "speakers"}.get(key, key), tuple(keys)
    raise ValueError(f"field {key!r} is not known")


_KEYED = ("by", "on", "value", "contractors")


def _item(draft: _Draft, text: str) -> tuple[int, int | None]:
    weapon, _, number = text.strip().partition(":")
    return draft.keys[weapon], draft.keys[number] if number else None
