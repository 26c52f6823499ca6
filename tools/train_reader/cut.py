"""Annotated articles as the windows in which they are read, each told by its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from passages import Passage, Told, read_passages

from kgbuild.model import Span
from kgbuild.reader.windows import MOST, ROOM, windows
from kgbuild.text.sentences import sentences

READ = (MOST,)  # characters of a window, as an article is read
LEARNED = (MOST // 2, MOST)  # of each article windows of both sizes are learned from


def cut(passage: Passage, sizes: Sequence[int] = READ) -> list[Passage]:
    """Return a passage, or the windows of one that is longer than a window.

    A party that stands outside of the window is put by the mention of the same entity
    within that is nearest to the words that tell the statement; where there is none, the
    window does not tell it.
    """
    spans = sentences(passage.text)
    places = {
        (group[0][0], group[-1][1])
        for most in sizes
        for group in windows(passage.text, spans, most)
    }
    if len(places) < 2 or len(passage.text) <= min(sizes) * ROOM:
        return [passage]
    return [_window(passage, place) for place in sorted(places)]


def read_windows(paths: Sequence[Path], sizes: Sequence[int] = READ) -> list[Passage]:
    """Return the passages of files, articles in windows."""
    return [w for p in read_passages(paths) for w in cut(p, sizes)]


def _window(passage: Passage, place: Span) -> Passage:
    start, end = place
    kept = [
        n for n, m in enumerate(passage.mentions) if start <= m.start and m.end <= end
    ]
    number = {n: k for k, n in enumerate(kept)}
    entities = passage.entities
    told = [_told(t, passage, place, kept, entities) for t in passage.told]
    return Passage(
        source=passage.source,
        date=passage.date,
        text=passage.text[start:end],
        mentions=tuple(
            replace(m, start=m.start - start, end=m.end - start)
            for m in (passage.mentions[n] for n in kept)
        ),
        told=tuple(
            renumbered(t, number.__getitem__, -start) for t in told if t is not None
        ),
        same=tuple(_same(kept, number, entities)),
        parts=tuple(_parts(passage, kept, number, entities)),
    )


def _told(
    told: Told,
    passage: Passage,
    place: Span,
    kept: list[int],
    entities: tuple[int, ...],
) -> Told | None:
    """Return a statement by mentions of the window, or none where the window tells it not."""
    start, end = place
    ends = [passage.mentions[told.subject].start, passage.mentions[told.object].start]
    at = told.trigger[0] if told.trigger else max(ends)
    if not start <= at < end or (told.trigger and told.trigger[1] > end):
        return None

    def near(n: int) -> int | None:
        if n in kept:
            return n
        same = [k for k in kept if entities[k] == entities[n]]
        return min(
            same, key=lambda k: abs(passage.mentions[k].start - at), default=None
        )

    def nears(several: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(k for k in map(near, several) if k is not None)

    subject, object_ = near(told.subject), near(told.object)
    if subject is None or object_ is None or subject == object_:
        return None
    return replace(
        told,
        subject=subject,
        object=object_,
        speakers=nears(told.speakers),
        time=told.time if told.time in kept else None,
        value=told.value if told.value in kept else None,
        items=tuple((w, n if n in kept else None) for w, n in told.items if w in kept),
        contractors=nears(told.contractors),
    )


def renumbered(told: Told, number: Callable[[int], int], by: int) -> Told:
    """Return a statement whose mentions have other numbers, its words moved in the text."""

    def new(n: int | None) -> int | None:
        return None if n is None else number(n)

    return replace(
        told,
        subject=number(told.subject),
        object=number(told.object),
        trigger=told.trigger and (told.trigger[0] + by, told.trigger[1] + by),
        speakers=tuple(map(number, told.speakers)),
        time=new(told.time),
        value=new(told.value),
        items=tuple((number(w), new(n)) for w, n in told.items),
        contractors=tuple(map(number, told.contractors)),
    )


def _same(
    kept: list[int], number: dict[int, int], entities: tuple[int, ...]
) -> Iterator[tuple[int, int]]:
    """Yield each mention of the window with the one before it that is the same."""
    last: dict[int, int] = {}
    for n in kept:
        if entities[n] in last:
            yield number[last[entities[n]]], number[n]
        last[entities[n]] = n


def _parts(
    passage: Passage,
    kept: list[int],
    number: dict[int, int],
    entities: tuple[int, ...],
) -> Iterator[tuple[int, int]]:
    """Yield who stands behind a plural, where the window names all of them."""
    for whole in kept:
        of = {entities[b] for a, b in passage.parts if a == whole}
        found = {
            e: max((k for k in kept if k < whole and entities[k] == e), default=None)
            for e in sorted(of)
        }
        if all(k is not None for k in found.values()):
            yield from (
                (number[whole], number[k]) for k in found.values() if k is not None
            )


def evenly(count: int, most: int) -> slice:
    """Return the places of at most so many of ``count`` things, from all over them.

    >>> "abcdef"[evenly(6, 3)]
    'ace'
    """
    step = max(1, count // most)
    return slice(0, step * most, step)
