"""What the network is punished for, each part per passage so that batches of any size agree."""

from __future__ import annotations

import torch
from batches import Batch, Schema, Targets
from network import NEVER, Network
from torch import Tensor
from torch.nn import functional as F

from kgbuild.reader.pieces import TAGS, TYPES

WEIGHTS = {
    "tags": 2.0,
    "relations": 1.0,
    "glance": 0.2,
    "same": 0.5,
    "part": 0.2,
    "counts": 0.3,
    "look": 0.15,
    "factuality": 0.5,
    "slots": 0.3,
    "edges": 0.3,
    "pointers": 0.4,
}
# tags that passages annotated without times, sums and numbers leave open
_LATER = [TAGS.index(f"{part}-{t}") for t in TYPES[5:] for part in "BI"]


def losses(
    network: Network, batch: Batch, want: Targets, schema: Schema
) -> dict[str, Tensor]:
    """Return each part's loss for a batch, mentions given to the upper layers as annotated."""
    n = len(batch.examples)
    h, tags = network.lower(batch.ids, batch.shapes, batch.known, batch.mask)
    h = network.upper.encode(h, batch.marks, batch.ends, batch.mask)
    m = network.upper.mentions(h, batch.starts, batch.stops)
    a = batch.types.shape[1]
    pair, look = network.upper.every_pair(
        h, m[:, :a], batch.starts[:, :a], batch.types, batch.mask
    )
    relations = network.upper.relations(pair)
    made = {
        "tags": _tag_loss(tags.float(), batch) / n,
        "relations": (
            F.binary_cross_entropy_with_logits(
                relations.float(), want.relations, weight=want.weights, reduction="sum"
            )
            / n
        ),
    }
    made["glance"] = _glance_loss(network, batch, want, schema, m[:, :a], relations) / n
    made |= _reference_losses(network, batch, want, m[:, :a], n)
    made["counts"] = _count_loss(network, batch, want, m) / n
    if len(want.rows):
        made |= _detail_losses(network, batch, want, h, m, pair, look, n)
    return made


def total(parts: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum of the parts."""
    return torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()


def _tag_loss(tags: Tensor, batch: Batch) -> Tensor:
    chances = F.log_softmax(tags, -1)
    open_ = torch.logsumexp(chances[..., [0, *_LATER]], -1)
    chances = torch.cat(
        [
            torch.where(batch.whole[:, None], chances[..., 0], open_)[..., None],
            chances[..., 1:],
        ],
        -1,
    )
    flat = F.nll_loss(
        chances.flatten(0, 1), batch.tags.flatten(), ignore_index=-100, reduction="sum"
    )
    return flat / 4  # one mention has some pieces, and most are easy


def _glance_loss(
    network: Network,
    batch: Batch,
    want: Targets,
    schema: Schema,
    m: Tensor,
    relations: Tensor,
) -> Tensor:
    """Teach the glance what the look finds and what is told; nothing else learns from it."""
    allowed = schema.allowed[batch.types[:, :, None], batch.types[:, None]]
    found = torch.sigmoid(relations.detach().float()) * allowed
    goal = torch.maximum(found, want.relations).amax(-1)
    scores = network.upper.glance(m.detach(), batch.starts[:, : m.shape[1]]).float()
    return F.binary_cross_entropy_with_logits(
        scores, goal, weight=allowed.amax(-1), reduction="sum"
    )


def _reference_losses(
    network: Network, batch: Batch, want: Targets, m: Tensor, n: int
) -> dict[str, Tensor]:
    scores = network.upper.same(m, batch.alike).float()
    same, part = scores[..., 0], scores[..., 1]
    a = m.shape[1]
    order = torch.arange(a)
    earlier = (order[:, None] < order[None, :])[None] & (
        batch.types[:, :, None] == batch.types[:, None]
    )
    here = batch.types < 5
    same = same.masked_fill(~earlier, NEVER)
    none = torch.zeros_like(same[:, :1])
    chances = F.log_softmax(torch.cat([none, same], 1), 1)  # over antecedents of j
    alike = want.same * earlier  # what is annotated across types is not asked for
    right = torch.cat([(alike.sum(1, keepdim=True) == 0).float(), alike], 1)
    found = torch.logsumexp(chances.masked_fill(right == 0, NEVER), 1)
    valid = (here[:, :, None] & here[:, None]).float()
    return {
        "same": -(found * here).sum() / n,
        "part": F.binary_cross_entropy_with_logits(
            part, want.part, weight=valid, reduction="sum"
        )
        / n,
    }


def _count_loss(network: Network, batch: Batch, want: Targets, m: Tensor) -> Tensor:
    scores, none = network.upper.numbers(m)
    number = (batch.all_types == TYPES.index("Number"))[:, None]
    scores = scores.float().masked_fill(~number, NEVER)
    chances = torch.cat([none.float(), scores], -1)
    goal = torch.where(want.counts == -100, -100, want.counts + 1)
    return F.cross_entropy(
        chances.flatten(0, 1), goal.flatten(), ignore_index=-100, reduction="sum"
    )


def allowed_roles(all_types: Tensor) -> Tensor:
    """Return which mentions each role may take, (b, roles, mentions): speaker, time, value, item, contractor."""
    actor = (all_types >= 0) & (all_types < 4)
    kinds = [
        actor & (all_types < 3),
        all_types == TYPES.index("Time"),
        all_types == TYPES.index("Money"),
        all_types == TYPES.index("Weapon"),
        actor & (all_types < 3),
    ]
    return torch.stack(kinds, 1)


def _detail_losses(
    network: Network,
    batch: Batch,
    want: Targets,
    h: Tensor,
    m: Tensor,
    pair: Tensor,
    look: Tensor,
    n: int,
) -> dict[str, Tensor]:
    b, i, j, r = want.rows.T
    weight = want.row_weights
    factuality, kind, status, edges, roles, none = network.details(
        pair[b, i, j], r, h[b], m[b]
    )
    mask = batch.mask[b]
    has_words = (want.edges[:, 0] >= 0).float() * weight
    looked = F.log_softmax(look[b, i, j].float(), -1)
    made = {
        "look": -((looked * want.look).sum(-1) * has_words).sum() / n,
        "factuality": (
            F.cross_entropy(factuality.float(), want.factuality, reduction="none")
            * weight
        ).sum()
        / n,
        "slots": (
            F.cross_entropy(kind.float(), want.kind, reduction="sum")
            + F.cross_entropy(status.float(), want.status, reduction="sum")
        )
        / n,
        "edges": F.cross_entropy(
            (edges.float() + mask[:, None]).flatten(0, 1),
            want.edges.flatten(),
            reduction="sum",
        )
        / n,
    }
    may = allowed_roles(batch.all_types)[b]
    return made | {
        "pointers": _pointer_loss(roles.float(), none.float(), may, want, weight) / n
    }


def _pointer_loss(
    roles: Tensor, none: Tensor, may: Tensor, want: Targets, weight: Tensor
) -> Tensor:
    single = 3
    scores = roles.masked_fill(~may, NEVER)
    chances = F.log_softmax(torch.cat([none[..., None], scores], -1)[:, :single], -1)
    goal = want.pointers * may
    filled = goal.sum(-1, keepdim=True)
    goal = torch.cat([(filled == 0).float(), goal], -1)[:, :single]
    right = torch.logsumexp(chances.masked_fill(goal == 0, NEVER), -1)
    one = -(right * want.asked[:, :single] * weight[:, None]).sum()
    many = F.binary_cross_entropy_with_logits(
        roles[:, single:],
        want.pointers[:, single:],
        weight=may[:, single:].float()
        * want.asked[:, single:, None]
        * weight[:, None, None],
        reduction="sum",
    )
    return one + many
