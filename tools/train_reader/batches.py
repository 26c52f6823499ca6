"""Annotated passages as tensors: what the network sees, and what it should say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from cut import READ, read_windows, renumbered
from network import FACTUALITIES, KINDS, LINKS, NEVER, POINTERS, STATUSES
from passages import Marked, Passage, Told
from tokenizers import Tokenizer
from torch import Tensor

from kgbuild.knowledge.gazetteer import Gazetteer
from kgbuild.reader.alike import FEATURES, alike
from kgbuild.reader.pieces import (
    ACTORS,
    MOST_PIECES,
    SHAPES,
    TYPES,
    Pieces,
    covered,
    split,
)
from kgbuild.vocabulary import Vocabulary

MASK = 103  # the encoder's own piece for what is hidden
HIDDEN = 0.04  # share of pieces hidden while learning
UNNAMED = 0.15  # share of mentions hidden whole: what is told is in the words around
MOST_JOINED = 320  # pieces of passages that are read as one text, as news in brief are
UNSURE = 0.3  # the weight of a statement that nobody would miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The relations in order, which are symmetric, and what their domain and range allow."""

    relations: tuple[str, ...]
    symmetric: frozenset[str]
    deals: frozenset[str]
    allowed: Tensor  # (actor types, actor types, relations)


def make_schema(vocabulary: Vocabulary) -> Schema:
    """Compile the vocabulary for the network."""
    names = tuple(vocabulary.relations)
    allowed = torch.zeros(len(ACTORS) + 1, len(ACTORS) + 1, len(names))
    for r, relation in enumerate(vocabulary.relations.values()):
        for a in relation.domain:
            for b in relation.range:
                allowed[ACTORS.index(a), ACTORS.index(b), r] = 1
                if relation.symmetric:
                    allowed[ACTORS.index(b), ACTORS.index(a), r] = 1
    return Schema(
        relations=names,
        symmetric=frozenset(n for n, r in vocabulary.relations.items() if r.symmetric),
        deals=frozenset(n for n, r in vocabulary.relations.items() if r.deal),
        allowed=allowed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage in pieces, its mentions with actors first, and what should be found.

    ``whole`` tells that times, sums, numbers and trigger words were annotated too.
    """

    passage: Passage
    whole: bool
    pieces: Pieces
    order: tuple[int, ...]  # passage's mention behind each of the example's
    places: tuple[tuple[int, int], ...]  # first and last piece
    actors: int
    alike: np.ndarray
    known: frozenset[str]  # who of the gazetteer is named


def load(
    paths: Sequence[Path],
    tokenizer: Tokenizer,
    gazetteer: Gazetteer,
    sizes: Sequence[int] = READ,
) -> list[Example]:
    """Read files of annotated passages, articles in windows of the sizes.

    A file without triggers has no times and sums either.
    """
    made = []
    for path in paths:
        passages = read_windows([path], sizes)
        whole = any(t.trigger for p in passages for t in p.told)
        for passage in passages:
            example = make_example(passage, whole, tokenizer, gazetteer)
            if len(example.pieces.ids) <= MOST_PIECES:
                made.append(example)
    return made


def make_example(
    passage: Passage, whole: bool, tokenizer: Tokenizer, gazetteer: Gazetteer
) -> Example:
    """Prepare one passage."""
    matches = gazetteer.matches(passage.text)
    pieces = split(passage.text, matches, tokenizer)
    placed = []
    for n, mention in enumerate(passage.mentions):
        place = covered(pieces.spans, mention.start, mention.end)
        if place is not None:
            is_other = mention.type not in ACTORS
            placed.append((is_other, mention.start, n, place))
    placed.sort()
    order = tuple(n for _, _, n, _ in placed)
    words = [
        passage.text[passage.mentions[n].start : passage.mentions[n].end] for n in order
    ]
    actors = sum(not other for other, *_ in placed)
    types = [passage.mentions[n].type for n in order]
    return Example(
        passage=passage,
        whole=whole,
        pieces=pieces,
        order=order,
        places=tuple(place for *_, place in placed),
        actors=actors,
        alike=alike(words[:actors], types[:actors]),
        known=frozenset(r.id for m in matches for r in m.readings),
    )


def join(a: Example, b: Example) -> Example:
    """Return two passages as one: what is between them is nothing, but equal names are one."""
    shift, count = len(a.passage.text) + 1, len(a.passage.mentions)
    drop = (
        len(a.pieces.ids) - 1
    )  # the second passage's opening mark takes the last's place
    moved = Passage(
        source="joined",
        date=a.passage.date,
        text=f"{a.passage.text} {b.passage.text}",
        mentions=(
            *a.passage.mentions,
            *(
                Marked(start=m.start + shift, end=m.end + shift, type=m.type)
                for m in b.passage.mentions
            ),
        ),
        told=(
            *a.passage.told,
            *(renumbered(t, lambda n: n + count, shift) for t in b.passage.told),
        ),
        same=(
            *a.passage.same,
            *((x + count, y + count) for x, y in b.passage.same),
            *_equal_names(a.passage, b.passage),
        ),
        parts=(
            *a.passage.parts,
            *((x + count, y + count) for x, y in b.passage.parts),
        ),
    )
    pieces = Pieces(
        ids=a.pieces.ids[:-1] + b.pieces.ids[1:],
        spans=a.pieces.spans[:-1]
        + tuple(
            (s + shift, e + shift) if e > s else (0, 0) for s, e in b.pieces.spans[1:]
        ),
        shapes=a.pieces.shapes[:-1] + b.pieces.shapes[1:],
        known=a.pieces.known[:-1] + b.pieces.known[1:],
    )
    drop -= 1  # of b's places: b's first piece is gone
    order = (
        *a.order[: a.actors],
        *(n + count for n in b.order[: b.actors]),
        *a.order[a.actors :],
        *(n + count for n in b.order[b.actors :]),
    )
    at_b = tuple((s + drop, e + drop) for s, e in b.places)
    places = (
        *a.places[: a.actors],
        *at_b[: b.actors],
        *a.places[a.actors :],
        *at_b[b.actors :],
    )
    actors = a.actors + b.actors
    words = [
        moved.text[moved.mentions[n].start : moved.mentions[n].end]
        for n in order[:actors]
    ]
    types = [moved.mentions[n].type for n in order[:actors]]
    return Example(
        passage=moved,
        whole=a.whole and b.whole,
        pieces=pieces,
        order=order,
        places=places,
        actors=actors,
        alike=alike(words, types),
        known=a.known | b.known,
    )


def _equal_names(a: Passage, b: Passage) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, str], int] = {}
    for n, m in enumerate(a.mentions):
        first.setdefault((m.type, a.text[m.start : m.end]), n)
    for n, m in enumerate(b.mentions):
        words = b.text[m.start : m.end]
        if (m.type, words) in first and words[:1].isupper() and m.type in ACTORS:
            yield first[m.type, words], n + len(a.mentions)


@dataclass(slots=True)
class Batch:
    """Tensors of some passages; names as in the network."""

    examples: list[Example]
    ids: Tensor
    shapes: Tensor
    known: Tensor
    mask: Tensor
    tags: Tensor
    marks: Tensor
    ends: Tensor
    starts: Tensor
    stops: Tensor
    types: Tensor  # of actors
    all_types: Tensor  # of all mentions; -1 where there is none
    alike: Tensor
    whole: Tensor


def collate(examples: list[Example], rng: random.Random | None) -> Batch:
    """Pad passages to one size; with ``rng`` hide some known names and some letters' shapes."""
    length = max(len(e.pieces.ids) for e in examples)
    count = max(1, max(len(e.order) for e in examples))
    actors = max(1, max(e.actors for e in examples))
    b = len(examples)
    ids = torch.zeros(b, length, dtype=torch.long)
    shapes = torch.full((b, length), SHAPES.index("other"))
    known = torch.zeros(b, length, dtype=torch.long)
    mask = torch.full((b, length), NEVER)
    marks = torch.zeros(b, length, dtype=torch.long)
    ends = torch.zeros(b, length, dtype=torch.long)
    starts = torch.zeros(b, count, dtype=torch.long)
    stops = torch.zeros(b, count, dtype=torch.long)
    types = torch.full((b, actors), len(ACTORS))
    all_types = torch.full((b, count), -1)
    pairs = torch.zeros(b, actors, actors, FEATURES)
    for n, e in enumerate(examples):
        size = len(e.pieces.ids)
        ids[n, :size] = torch.tensor(_ids(e, rng))
        shapes[n, :size] = torch.tensor(_shapes(e.pieces.shapes, rng))
        known[n, :size] = torch.tensor(_known(e.pieces.known, rng))
        mask[n, :size] = 0
        for k, (first, last) in enumerate(e.places):
            type_ = TYPES.index(e.passage.mentions[e.order[k]].type)
            marks[n, first : last + 1] = 2 + 2 * type_
            marks[n, first] = 1 + 2 * type_
            ends[n, last] = 1
            starts[n, k], stops[n, k], all_types[n, k] = first, last, type_
            if k < e.actors:
                types[n, k] = type_
        pairs[n, : e.actors, : e.actors] = torch.from_numpy(e.alike)
    return Batch(
        examples=examples,
        ids=ids,
        shapes=shapes,
        known=known,
        mask=mask,
        tags=torch.where(mask < 0, -100, marks),
        marks=marks,
        ends=ends,
        starts=starts,
        stops=stops,
        types=types,
        all_types=all_types,
        alike=pairs,
        whole=torch.tensor([e.whole for e in examples]),
    )


def _ids(e: Example, rng: random.Random | None) -> list[int]:
    """Return the pieces, some of them and some whole mentions hidden from a reader that learns."""
    ids = list(e.pieces.ids)
    if rng is None:
        return ids
    hide = {n for n in range(1, len(ids) - 1) if rng.random() < HIDDEN}
    for first, last in e.places:
        if rng.random() < UNNAMED:
            hide.update(range(first, last + 1))
    return [MASK if n in hide else i for n, i in enumerate(ids)]


def _shapes(shapes: tuple[int, ...], rng: random.Random | None) -> list[int]:
    """Return the shapes, now and then those of a text all in capitals or all in small letters."""
    drawn = rng.random() if rng else 1.0
    if drawn > 0.06:
        return list(shapes)
    other = (SHAPES.index("digit"), SHAPES.index("other"))
    to = SHAPES.index("upper" if drawn < 0.03 else "lower")
    return [s if s in other else to for s in shapes]


def _known(known: tuple[int, ...], rng: random.Random | None) -> list[int]:
    """Return what the gazetteer says, with every fourth name hidden from a reader that learns."""
    if rng is None:
        return list(known)
    made, hidden = [], False
    for code in known:
        if code % 2 == 1:  # a name begins
            hidden = rng.random() < 0.25
        made.append(0 if hidden else code)
    return made


@dataclass(slots=True)
class Targets:
    """What should be said of a batch."""

    relations: Tensor  # (b, a, a, r)
    weights: Tensor
    same: Tensor  # (b, a, a): mention j is the same as the earlier i
    part: Tensor
    counts: Tensor  # (b, mentions): number of the Number that counts it; -1 none; -100 not asked
    rows: Tensor  # (n, 4): passage, subject, object, relation
    row_weights: Tensor
    factuality: Tensor
    kind: Tensor  # -100 where not asked
    status: Tensor
    look: Tensor  # (n, pieces): where the trigger words are
    edges: Tensor  # (n, 2); -100 where not asked
    pointers: Tensor  # (n, roles, mentions)
    asked: Tensor  # (n, roles)


def targets(batch: Batch, schema: Schema) -> Targets:
    """Return what should be said of a batch."""
    b, a = batch.types.shape
    count, length = batch.all_types.shape[1], batch.ids.shape[1]
    r = len(schema.relations)
    relations = torch.zeros(b, a, a, r)
    weights = schema.allowed[batch.types][
        torch.arange(b)[:, None, None],
        torch.arange(a)[None, :, None],
        batch.types[:, None],
    ].clone()
    same, part = torch.zeros(b, a, a), torch.zeros(b, a, a)
    counts = torch.full((b, count), -100)
    rows: list[tuple[int, int, int, int]] = []
    told_rows: list[tuple[int, Told, dict[int, int]]] = []
    for n, e in enumerate(batch.examples):
        at = {m: k for k, m in enumerate(e.order)}
        entity = e.passage.entities
        groups = [entity[m] for m in e.order[: e.actors]]
        _same(e, groups, at, same[n], part[n])
        for i, x in enumerate(groups):
            for j, y in enumerate(groups):
                if x == y:
                    weights[n, i, j] = 0
        _told(e, groups, at, schema, relations[n], weights[n])
        if e.whole:
            _counts(e, at, counts[n])
        for told in e.passage.told:
            if told.subject not in at or told.object not in at:
                continue
            s, o = at[told.subject], at[told.object]
            if max(s, o) >= e.actors:
                continue
            k = schema.relations.index(told.relation)
            both = told.relation in schema.symmetric
            for x, y in ((s, o), (o, s)) if both else ((s, o),):
                rows.append((n, x, y, k))
                told_rows.append((n, told, at))
    return _detail_targets(
        batch,
        rows,
        told_rows,
        schema,
        count,
        length,
        relations=relations,
        weights=weights,
        same=same,
        part=part,
        counts=counts,
    )


def _same(
    e: Example, groups: list[int], at: dict[int, int], same: Tensor, part: Tensor
) -> None:
    for j, y in enumerate(groups):
        for i in range(j):
            same[i, j] = float(groups[i] == y)
    for whole, one in e.passage.parts:
        if whole in at and one in at and at[whole] < e.actors:
            entity = e.passage.entities[one]
            for i, x in enumerate(groups):
                part[i, at[whole]] = max(part[i, at[whole]], float(x == entity))


def _told(
    e: Example,
    groups: list[int],
    at: dict[int, int],
    schema: Schema,
    relations: Tensor,
    weights: Tensor,
) -> None:
    """Mark what is told; the same told between other mentions of the two is not asked for."""
    pairs = []
    for told in e.passage.told:
        if told.subject in at and told.object in at:
            k = schema.relations.index(told.relation)
            pairs.append((at[told.subject], at[told.object], k, told.core))
            if told.relation in schema.symmetric:
                pairs.append((at[told.object], at[told.subject], k, told.core))
    pairs = [p for p in pairs if max(p[0], p[1]) < e.actors]
    for s, o, k, _ in pairs:
        for i, x in enumerate(groups):
            for j, y in enumerate(groups):
                if (x, y) == (groups[s], groups[o]):
                    weights[i, j, k] = 0
    for s, o, k, core in pairs:
        relations[s, o, k] = 1
        weights[s, o, k] = 1 if core else UNSURE


def _counts(e: Example, at: dict[int, int], counts: Tensor) -> None:
    """Ask for the number of a deal's weapons alone: of others none was annotated."""
    for told in e.passage.told:
        for item, number in told.items:
            if item in at:
                counts[at[item]] = at.get(number, -1) if number is not None else -1


def _detail_targets(
    batch: Batch,
    rows: list[tuple[int, int, int, int]],
    told_rows: list[tuple[int, Told, dict[int, int]]],
    schema: Schema,
    count: int,
    length: int,
    **rest: Tensor,
) -> Targets:
    n = len(rows)
    roles = len(POINTERS) + len(LINKS)
    made = Targets(
        rows=torch.tensor(rows, dtype=torch.long).view(n, 4),
        row_weights=torch.ones(n),
        factuality=torch.zeros(n, dtype=torch.long),
        kind=torch.full((n,), -100),
        status=torch.full((n,), -100),
        look=torch.zeros(n, length),
        edges=torch.full((n, 2), -100),
        pointers=torch.zeros(n, roles, count),
        asked=torch.zeros(n, roles),
        **rest,
    )
    for k, (b, told, at) in enumerate(told_rows):
        whole = bool(batch.whole[b])
        is_deal = told.relation in schema.deals
        made.row_weights[k] = 1 if told.core else UNSURE
        made.factuality[k] = FACTUALITIES.index(told.factuality)
        if is_deal and (whole or told.kind or told.status):
            made.kind[k] = KINDS.index(told.kind or "none")
            made.status[k] = STATUSES.index(told.status or "none")
        if told.trigger:
            place = covered(batch.examples[b].pieces.spans, *told.trigger)
            if place:
                made.edges[k, 0], made.edges[k, 1] = place
                made.look[k, place[0] : place[1] + 1] = 1 / (place[1] - place[0] + 1)
        filled = {
            "speaker": told.speakers,
            "time": (told.time,),
            "value": (told.value,),
            "item": tuple(w for w, _ in told.items),
            "contractor": told.contractors,
        }
        for role, name in enumerate((*POINTERS, *LINKS)):
            asked = name == "speaker" or (whole and (name == "time" or is_deal))
            made.asked[k, role] = float(asked)
            found = [at[m] for m in filled[name] if m in at]
            for m in found:
                made.pointers[k, role, m] = 1
    return made


def batches(
    examples: list[Example],
    size: int,
    rng: random.Random | None,
    joined: float = 0.0,
    share: tuple[int, int] = (0, 1),
) -> Iterator[Batch]:
    """Yield batches of passages of like length; ``size`` is in pieces, padding counted.

    ``share`` (n, of) is what one of several processes that learn together takes: as many
    batches as each of the others.
    """
    todo = list(examples)
    if rng is not None:
        rng.shuffle(todo)
        if joined:
            todo = _some_joined(todo, joined, rng)
        todo.sort(key=lambda e: len(e.pieces.ids) + rng.random() * 12)
    made: list[list[Example]] = [[]]
    for e in todo:
        longest = max([len(e.pieces.ids), *(len(x.pieces.ids) for x in made[-1])])
        if made[-1] and longest * (len(made[-1]) + 1) > size:
            made.append([])
        made[-1].append(e)
    n, of = share
    if rng is not None:
        rng.shuffle(made)
        rng = random.Random(rng.random() + n)
    for group in made[n : len(made) - len(made) % of : of]:
        if group:
            yield collate(group, rng)


def _some_joined(
    examples: list[Example], share: float, rng: random.Random
) -> list[Example]:
    made: list[Example] = []
    for e in examples:
        last = made[-1] if made else None
        if (
            last is not None
            and rng.random() < share
            and len(last.pieces.ids) + len(e.pieces.ids) < MOST_JOINED
            and not last.known & e.known  # "Paris" and "French" would seem to be two
        ):
            made[-1] = join(last, e)
        else:
            made.append(e)
    return made
