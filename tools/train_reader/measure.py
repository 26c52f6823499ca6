"""Scores of a reader on annotated passages: mentions, relations, how they are told, references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import torch
from batches import Batch, Example, Schema, batches, targets
from losses import allowed_roles
from network import NEVER, Network

from kgbuild.reader.pieces import TYPES
from kgbuild.reader.spans import best_mentions, best_span


@dataclass(slots=True)
class Tally:
    """Right, found and wanted of one thing."""

    right: float = 0
    found: float = 0
    wanted: float = 0

    def add(self, right: float, found: float, wanted: float) -> None:
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1e-9, self.found + self.wanted)

    def __str__(self) -> str:
        p = self.right / max(1e-9, self.found)
        r = self.right / max(1e-9, self.wanted)
        return f"P {p:.3f} R {r:.3f} F1 {self.f1:.3f} of {self.wanted:.0f}"


@dataclass(slots=True)
class Scores:
    """All tallies of one measuring; ``parts`` by name, ``relations`` by relation."""

    parts: dict[str, Tally] = field(default_factory=dict)
    relations: dict[str, Tally] = field(default_factory=dict)
    chances: list[tuple[float, bool]] = field(default_factory=list)

    def part(self, name: str) -> Tally:
        return self.parts.setdefault(name, Tally())

    def accuracy(self, name: str, right: bool) -> None:
        self.part(name).add(right, 1, 1)


@torch.no_grad()
def measure(
    network: Network, examples: list[Example], schema: Schema, threshold: float = 0.5
) -> Scores:
    """Measure with the annotated mentions and references given."""
    network.eval()
    scores = Scores()
    for batch in batches(examples, 3000, None):
        _measure_batch(network, batch, schema, threshold, scores)
    return scores


def _measure_batch(
    network: Network, batch: Batch, schema: Schema, threshold: float, scores: Scores
) -> None:
    want = targets(batch, schema)
    h, tags = network.lower(batch.ids, batch.shapes, batch.known, batch.mask)
    for n, e in enumerate(batch.examples):
        _mentions(scores, e, tags[n, : len(e.pieces.ids)])
    h = network.upper.encode(h, batch.marks, batch.ends, batch.mask)
    m = network.upper.mentions(h, batch.starts, batch.stops)
    a = batch.types.shape[1]
    pair, _ = network.upper.every_pair(
        h, m[:, :a], batch.starts[:, :a], batch.types, batch.mask
    )
    chance = torch.sigmoid(network.upper.relations(pair))
    for k, name in enumerate(schema.relations):
        if name in schema.symmetric:
            both = (chance[..., k] + chance[..., k].transpose(1, 2)) / 2
            chance[..., k] = both
    chance = (
        chance
        * schema.allowed[batch.types][
            torch.arange(len(batch.examples))[:, None, None],
            torch.arange(a)[None, :, None],
            batch.types[:, None],
        ]
    )
    for n, e in enumerate(batch.examples):
        _relations(scores, e, chance[n], schema, threshold)
    _references(scores, network, batch, want, m[:, :a])
    if len(want.rows):
        _details(scores, network, batch, want, h, m, pair)


def _mentions(scores: Scores, e: Example, tags: torch.Tensor) -> None:
    chances = torch.log_softmax(tags.float(), -1).numpy()
    found = {span[:3] for span in best_mentions(chances)}
    gold = {
        (*place, TYPES.index(e.passage.mentions[n].type))
        for n, place in zip(e.order, e.places, strict=True)
    }
    for name, lo, hi in (("mentions", 0, 5), ("times and sums", 5, 8)):
        if hi > 5 and not e.whole:
            continue
        f = {s for s in found if lo <= s[2] < hi}
        g = {s for s in gold if lo <= s[2] < hi}
        scores.part(name).add(len(f & g), len(f), len(g))


def _relations(
    scores: Scores,
    e: Example,
    chance: torch.Tensor,
    schema: Schema,
    threshold: float,
) -> None:
    entity = [e.passage.entities[n] for n in e.order]
    at = {m: k for k, m in enumerate(e.order)}
    gold: dict[tuple[int, int, str], bool] = {}
    for t in e.passage.told:
        key = _key(entity, at[t.subject], at[t.object], t.relation, schema)
        gold[key] = gold.get(key, False) or t.core
    best: dict[tuple[int, int, str], float] = {}
    for i, j, k in (chance >= 0.02).nonzero().tolist():
        if entity[i] != entity[j]:
            key = _key(entity, i, j, schema.relations[k], schema)
            best[key] = max(best.get(key, 0.0), float(chance[i, j, k]))
    for key, p in best.items():
        if gold.get(key, True):  # what nobody would miss is neither right nor wrong
            scores.chances.append((p, key in gold))
    found = {key for key, p in best.items() if p >= threshold}
    for name in schema.relations:
        f = {x for x in found if x[2] == name}
        core = {x for x, is_core in gold.items() if is_core and x[2] == name}
        right = len(f & core)
        wrong = len(f - gold.keys())
        scores.relations.setdefault(name, Tally()).add(right, right + wrong, len(core))
        scores.part("relations").add(right, right + wrong, len(core))


def _key(
    entity: list[int], i: int, j: int, relation: str, schema: Schema
) -> tuple[int, int, str]:
    a, b = entity[i], entity[j]
    if relation in schema.symmetric and b < a:
        a, b = b, a
    return a, b, relation


def _references(scores: Scores, network: Network, batch: Batch, want, m) -> None:  # type: ignore[no-untyped-def]
    same = network.upper.same(m, batch.alike)[..., 0]
    for n, e in enumerate(batch.examples):
        for j in range(e.actors):
            best, who = 0.0, -1
            for i in range(j):
                if batch.types[n, i] == batch.types[n, j] and same[n, i, j] > best:
                    best, who = float(same[n, i, j]), i
            gold = want.same[n, :j, j].any()
            right = who >= 0 and bool(want.same[n, who, j])
            scores.part("references").add(right, who >= 0, bool(gold))


def _details(scores, network, batch, want, h, m, pair) -> None:  # type: ignore[no-untyped-def]
    b, i, j, r = want.rows.T
    factuality, kind, status, edges, roles, none = network.details(
        pair[b, i, j], r, h[b], m[b]
    )
    may = allowed_roles(batch.all_types)[b]
    pointers = torch.cat([none[..., None], roles.masked_fill(~may, NEVER)], -1).argmax(
        -1
    )
    edges = edges + batch.mask[b][:, None]
    for k in range(len(b)):
        if want.row_weights[k] < 1:
            continue
        e = batch.examples[int(b[k])]
        scores.accuracy(
            "factuality", bool(factuality[k].argmax() == want.factuality[k])
        )
        if want.asked[k, 0]:
            _pointer(scores, "speaker", e, int(pointers[k, 0]), want.pointers[k, 0])
        if want.asked[k, 1]:
            _pointer(scores, "time", e, int(pointers[k, 1]), want.pointers[k, 1])
        if want.kind[k] >= 0 and e.whole:
            _deal(scores, want, k, kind, status, pointers, roles, may)
        if want.edges[k, 0] >= 0:
            first, last = best_span(edges[k].float().numpy())
            a, z = want.edges[k].tolist()
            common = max(0, min(last, z) - max(first, a) + 1)
            scores.part("trigger overlap").add(common > 0, 1, 1)


def _pointer(
    scores: Scores, name: str, e: Example, found: int, gold: torch.Tensor
) -> None:
    """Count one pointer as right where it, or one who is the same, is meant."""
    entity = [e.passage.entities[n] for n in e.order]
    want = {entity[m] for m in gold.nonzero().flatten().tolist() if m < len(entity)}
    got = {entity[found - 1]} if 0 < found <= len(entity) else set()
    scores.accuracy(name, bool(want & got) or (not want and not got))
    if name == "time" or name == "speaker":
        scores.part(name + " F1").add(bool(want & got), len(got), bool(want))


def _deal(scores, want, k, kind, status, pointers, roles, may) -> None:  # type: ignore[no-untyped-def]
    slots = scores.part("deal slots")
    for head, goal in ((kind, want.kind), (status, want.status)):
        got, gold = int(head[k].argmax()), int(goal[k])
        slots.add(got == gold and gold > 0, got > 0, gold > 0)
    got, gold = (
        int(pointers[k, 2]) - 1,
        want.pointers[k, 2].nonzero().flatten().tolist(),
    )
    slots.add(got in gold, got >= 0, len(gold))
    for role in (3, 4):
        chosen = ((roles[k, role] > 0) & may[k, role]).nonzero().flatten().tolist()
        gold = want.pointers[k, role].nonzero().flatten().tolist()
        slots.add(len(set(chosen) & set(gold)), len(chosen), len(gold))


def best_threshold(scores: Scores) -> tuple[float, float]:
    """Return the threshold of the best F1 over the relations' chances, and that F1."""
    wanted = scores.part("relations").wanted
    right = 0
    best = (0.5, 0.0)
    for found, (p, is_right) in enumerate(sorted(scores.chances, reverse=True), 1):
        right += is_right
        f1 = 2 * right / (found + wanted)
        if f1 > best[1]:
            best = (p, f1)
    return best


def lines(scores: Scores) -> Iterable[str]:
    """Yield the scores as text."""
    for name, tally in scores.parts.items():
        yield f"{name:16} {tally}"
    threshold, f1 = best_threshold(scores)
    yield f"relations' best F1 {f1:.3f} at {threshold:.2f}"
