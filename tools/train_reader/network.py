"""The network of the reader, in torch: one small BERT whose lower layers find the mentions.

The lower layers tag mentions; what they (or the annotators) found is added to the hidden
states as typed marks, so that the upper layers encode the passage knowing who is in it. Each
ordered pair of mentions then looks, by attention, for the words that tell of it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from kgbuild.reader.alike import FEATURES
from kgbuild.reader.pieces import ACTORS, KNOWN, SHAPES, TAGS, TYPES

KINDS = ("none", "sale", "aid", "lease")
STATUSES = (
    "none",
    "requested",
    "proposed",
    "approved",
    "agreed",
    "delivered",
    "stopped",
)
FACTUALITIES = ("fact", "possible", "negated")
POINTERS = ("speaker", "time", "value")  # at most one mention each, or none
LINKS = ("item", "contractor")  # any number of mentions
NEVER = -1e4  # a score that no softmax sees; fits in 16 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Sizes of the network: the encoder's own, where it is parted, and those of the heads."""

    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    lower: int = 3
    words: int = 30522
    positions: int = 512
    relations: int = 21
    look: int = 96  # of a pair's query for the words that tell of it
    looks: int = 4
    pair: int = 384
    glance: int = 96
    same: int = 192
    dropout: float = 0.1


class Layer(nn.Module):
    """One layer of BERT, its norms after the sums."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.qkv = nn.Linear(size.hidden, 3 * size.hidden)
        self.out = nn.Linear(size.hidden, size.hidden)
        self.norm1 = nn.LayerNorm(size.hidden, eps=1e-12)
        self.up = nn.Linear(size.hidden, size.inner)
        self.down = nn.Linear(size.inner, size.hidden)
        self.norm2 = nn.LayerNorm(size.hidden, eps=1e-12)
        self.dropout = size.dropout

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = h.shape
        q, k, v = (
            x.view(batch, length, self.heads, -1).transpose(1, 2)
            for x in self.qkv(h).chunk(3, -1)
        )
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        weights = self._some(F.softmax(scores + mask[:, None, None, :], -1))
        seen = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        h = self.norm1(h + self._some(self.out(seen)))
        return self.norm2(h + self._some(self.down(F.gelu(self.up(h)))))

    def _some(self, values: Tensor) -> Tensor:
        return F.dropout(values, self.dropout, self.training)


class Lower(nn.Module):
    """Word pieces to hidden states and the tags of mentions."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.words = nn.Embedding(size.words, size.hidden)
        self.places = nn.Embedding(size.positions, size.hidden)
        self.norm = nn.LayerNorm(size.hidden, eps=1e-12)
        self.shapes = nn.Embedding(len(SHAPES), size.hidden)
        self.known = nn.Embedding(1 + 2 * len(KNOWN), size.hidden)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.lower))
        self.tags = nn.Linear(size.hidden, len(TAGS))
        self.dropout = size.dropout
        for embedding in (self.shapes, self.known):
            nn.init.zeros_(embedding.weight)

    def forward(
        self, ids: Tensor, shapes: Tensor, known: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        places = torch.arange(ids.shape[1], device=ids.device)
        h = self.norm(self.words(ids) + self.places(places)[None])
        h = h + self.shapes(shapes) + self.known(known)
        h = F.dropout(h, self.dropout, self.training)
        for layer in self.layers:
            h = layer(h, mask)
        return h, self.tags(h)


def bucket(distance: Tensor) -> Tensor:
    """Return 0..15: the sign and the rounded-down logarithm of a distance in pieces."""
    log = torch.log2(distance.abs().float() + 1).floor().long().clamp(0, 7)
    return log + 8 * (distance > 0).long()


class Glance(nn.Module):
    """Two mentions to the chance that anything is told of them: which pairs to look at.

    Most pairs of a window tell nothing, and to see that costs a twentieth of the look.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.first = nn.Linear(size.hidden, 2 * size.glance)
        self.second = nn.Linear(size.hidden, 2 * size.glance)
        self.apart = nn.Embedding(16, size.glance)
        self.sure = nn.Linear(size.glance, 1)
        nn.init.constant_(self.sure.bias, -3.0)

    def forward(self, m: Tensor, starts: Tensor) -> Tensor:
        """Take mentions (b, count, hidden) and their first pieces; return scores (b, i, j)."""
        distance = starts[:, None, :] - starts[:, :, None]
        sum1, product1 = self.first(m)[:, :, None].chunk(2, -1)
        sum2, product2 = self.second(m)[:, None].chunk(2, -1)
        both = sum1 + sum2 + product1 * product2 + self.apart(bucket(distance))
        scores: Tensor = self.sure(F.gelu(both))[..., 0]
        return scores


class Same(nn.Module):
    """Two mentions to whether they are the same, and whether the second stands for several."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.first = nn.Linear(size.hidden, size.same)
        self.second = nn.Linear(size.hidden, size.same)
        self.both = nn.Linear(size.hidden, size.same)
        self.alike = nn.Linear(FEATURES, size.same)
        self.told = nn.Linear(size.same, 2)

    def forward(self, m: Tensor, alike: Tensor) -> Tensor:
        """Take mentions (b, count, hidden) and their likeness; return scores (b, i, j, 2).

        The first of the two scores is that the earlier i and the later j are the same, the
        other that j stands for several, i among them.
        """
        pair = (
            self.first(m)[:, :, None]
            + self.second(m)[:, None]
            + self.both(m[:, :, None] * m[:, None])
            + self.alike(alike)
        )
        scores: Tensor = self.told(F.gelu(pair))
        return scores


class Upper(nn.Module):
    """Hidden states and marked mentions to what is told of each ordered pair."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        n, look = size.hidden, size.look * size.looks
        self.size = size
        self.marks = nn.Embedding(len(TAGS), n)
        self.ends = nn.Embedding(2, n)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.ends.weight)
        self.layers = nn.ModuleList(
            Layer(size) for _ in range(size.layers - size.lower)
        )
        self.mention = nn.Linear(2 * n, n)
        self.subject, self.object = nn.Linear(n, look), nn.Linear(n, look)
        self.keys, self.values = nn.Linear(n, look), nn.Linear(n, look)
        self.first, self.second = nn.Linear(n, size.pair), nn.Linear(n, size.pair)
        self.both = nn.Linear(n, size.pair)
        self.seen = nn.Linear(look, size.pair)
        self.apart = nn.Embedding(16, size.pair)
        self.between = nn.Embedding(13, size.pair)
        self.kinds1 = nn.Embedding(len(ACTORS) + 1, size.pair)
        self.kinds2 = nn.Embedding(len(ACTORS) + 1, size.pair)
        self.norm = nn.LayerNorm(size.pair)
        self.mix = nn.Linear(size.pair, size.pair)
        self.relations = nn.Linear(size.pair, size.relations)
        nn.init.constant_(self.relations.bias, -4.0)  # most pairs tell nothing
        self.same = Same(size)
        self.counts = nn.Linear(n, n)
        self.counts_none = nn.Linear(n, 1)
        self.glance = Glance(size)

    def encode(self, h: Tensor, marks: Tensor, ends: Tensor, mask: Tensor) -> Tensor:
        h = h + self.marks(marks) + self.ends(ends)
        for layer in self.layers:
            h = layer(h, mask)
        return h

    def mentions(self, h: Tensor, starts: Tensor, stops: Tensor) -> Tensor:
        """Return a vector for each mention, from its first and last piece (batch, mention)."""
        row = torch.arange(h.shape[0], device=h.device)[:, None]
        ends = torch.cat([h[row, starts], h[row, stops]], -1)
        return F.gelu(self.mention(ends))

    def pairs(
        self,
        h: Tensor,
        m: Tensor,
        starts: Tensor,
        types: Tensor,
        mask: Tensor,
        first: Tensor,
        second: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Return vectors (b, p, pair) and first looks (b, p, pieces) of some ordered pairs.

        ``first`` and ``second`` (p,) are the numbers of their mentions, the same in each
        passage of a batch.
        """
        looks, width = self.size.looks, self.size.look
        b, p = m.shape[0], first.shape[0]
        query = torch.tanh(self.subject(m)[:, first] + self.object(m)[:, second])
        query = query.view(b, p, looks, width).transpose(1, 2)
        keys = self.keys(h).view(b, -1, looks, width).transpose(1, 2)
        values = self.values(h).view(b, -1, looks, width).transpose(1, 2)
        scores = query @ keys.transpose(-1, -2) / math.sqrt(width)
        scores = scores + mask[:, None, None, :]
        seen = F.softmax(scores, -1) @ values
        seen = seen.transpose(1, 2).reshape(b, p, looks * width)
        pair = (
            self.first(m)[:, first]
            + self.second(m)[:, second]
            + self.both(m[:, first] * m[:, second])
            + self.seen(seen)
            + self.apart(bucket(starts[:, second] - starts[:, first]))
            + self.between((second - first).clamp(-6, 6) + 6)[None]
            + self.kinds1(types[:, first])
            + self.kinds2(types[:, second])
        )
        pair = F.gelu(self.norm(pair))
        pair = F.dropout(pair, 1.5 * self.size.dropout, self.training)
        pair = F.gelu(self.mix(pair))
        pair = F.dropout(pair, 1.5 * self.size.dropout, self.training)
        return pair, scores[:, 0]

    def every_pair(
        self, h: Tensor, m: Tensor, starts: Tensor, types: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the pairs' vectors (b, i, j, pair) and first looks (b, i, j, pieces)."""
        count = m.shape[1]
        order = torch.arange(count, device=h.device)
        first, second = order.repeat_interleave(count), order.repeat(count)
        pair, look = self.pairs(h, m, starts, types, mask, first, second)
        return pair.unflatten(1, (count, count)), look.unflatten(1, (count, count))

    def numbers(self, m: Tensor) -> tuple[Tensor, Tensor]:
        """Return how well each mention (last axis) counts each mention, and that none does."""
        scores = self.counts(m) @ m.transpose(-1, -2) / math.sqrt(m.shape[-1])
        return scores, self.counts_none(m)


class Details(nn.Module):
    """The pairs that tell a relation, to how it is told: level, speaker, time, words, slots."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        n, p = size.hidden, size.pair
        self.relation = nn.Embedding(size.relations, p)
        self.mix = nn.Linear(p, p)
        self.factuality = nn.Linear(p, len(FACTUALITIES))
        self.kind, self.status = nn.Linear(p, len(KINDS)), nn.Linear(p, len(STATUSES))
        self.edges = nn.Linear(p, 2 * 128)
        self.words = nn.Linear(n, 2 * 128)
        roles = len(POINTERS) + len(LINKS)
        self.asks = nn.Linear(p, roles * 64)
        self.answers = nn.Linear(n, roles * 64)
        self.none = nn.Linear(p, roles)
        self.dropout = size.dropout

    def forward(
        self, pair: Tensor, relation: Tensor, h: Tensor, m: Tensor
    ) -> tuple[Tensor, ...]:
        """Take one told relation a row: its pair, the relation, its passage's pieces, mentions.

        ``pair`` (n, p), ``relation`` (n,), ``h`` (n, pieces, hidden), ``m`` (n, mentions,
        hidden). Returns factuality, kind, status, edges (n, 2, pieces), roles (n, roles,
        mentions) and none (n, roles).
        """
        rows = pair.shape[0]
        u = torch.tanh(self.mix(pair) + self.relation(relation))
        u = F.dropout(u, self.dropout, self.training)
        ends = self.edges(u).view(rows, 2, 128)
        words = self.words(h).view(h.shape[0], -1, 2, 128).permute(0, 2, 3, 1)
        edges = (ends[:, :, None] @ words)[:, :, 0] / math.sqrt(128)
        asks = self.asks(u).view(rows, -1, 64)
        answers = self.answers(m).view(m.shape[0], m.shape[1], -1, 64)
        roles = (asks[:, :, None] @ answers.permute(0, 2, 3, 1))[:, :, 0] / 8
        return (
            self.factuality(u),
            self.kind(u),
            self.status(u),
            edges,
            roles,
            self.none(u),
        )


class Network(nn.Module):
    """The three parts: ``lower`` finds mentions, ``upper`` relates them, ``details`` tells how."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.lower, self.upper, self.details = Lower(size), Upper(size), Details(size)

    def save(self, path: Path) -> None:
        """Write the sizes and the weights."""
        torch.save({"size": asdict(self.size), "weights": self.state_dict()}, path)

    @classmethod
    def load(cls, path: Path) -> Network:
        """Read what ``save`` wrote."""
        saved = torch.load(path, weights_only=True)
        network = cls(Size(**saved["size"]))
        network.load_state_dict(saved["weights"])
        return network


@torch.no_grad()
def averaged(old: Network, new: Network, share: float) -> Network:
    """Return a network whose weights are ``share`` of the old one's and the rest of the new.

    Of two good checkpoints on one way the mean is as good on the development part and errs
    less on what is unlike it (Wortsman et al. 2022, "Model soups").
    """
    made = Network(new.size)
    before = old.state_dict()
    made.load_state_dict(
        {k: share * before[k] + (1 - share) * v for k, v in new.state_dict().items()}
    )
    return made


def start_from_bert(network: Network, weights: Path) -> None:
    """Take the encoder's weights from a BERT of the same sizes (``model.safetensors``)."""
    bert = load_file(weights)
    lower, upper = network.lower, network.upper
    kinds = bert["embeddings.token_type_embeddings.weight"][0]
    with torch.no_grad():
        lower.words.weight.copy_(bert["embeddings.word_embeddings.weight"])
        lower.places.weight.copy_(
            bert["embeddings.position_embeddings.weight"] + kinds[None]
        )
        _copy(bert, "embeddings.LayerNorm", lower.norm)
        for n, layer in enumerate([*lower.layers, *upper.layers]):
            place = f"encoder.layer.{n}"
            for part in ("weight", "bias"):
                qkv = [
                    bert[f"{place}.attention.self.{name}.{part}"]
                    for name in ("query", "key", "value")
                ]
                getattr(layer.qkv, part).copy_(torch.cat(qkv))
            _copy(bert, f"{place}.attention.output.dense", layer.out)
            _copy(bert, f"{place}.attention.output.LayerNorm", layer.norm1)
            _copy(bert, f"{place}.intermediate.dense", layer.up)
            _copy(bert, f"{place}.output.dense", layer.down)
            _copy(bert, f"{place}.output.LayerNorm", layer.norm2)


def _copy(bert: dict[str, Tensor], name: str, module: nn.Module) -> None:
    module.weight.copy_(bert[f"{name}.weight"])  # type: ignore[operator]
    module.bias.copy_(bert[f"{name}.bias"])  # type: ignore[operator]


assert TAGS[0] == "O" and len(TAGS) == 1 + 2 * len(TYPES)
