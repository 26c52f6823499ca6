"""Write a trained network as what ships: four ONNX graphs in 8 bits, vocabulary, labels."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import torch
from network import FACTUALITIES, KINDS, LINKS, POINTERS, STATUSES, Network
from torch import Tensor, nn

from kgbuild.reader.alike import FEATURES
from kgbuild.reader.pieces import ACTORS


class Find(nn.Module):
    """One window: pieces to hidden states and tags."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.lower = network.lower

    def forward(self, ids: Tensor, shapes: Tensor, known: Tensor) -> tuple[Tensor, ...]:
        mask = torch.zeros_like(ids, dtype=torch.float32)[None]
        h, tags = self.lower(ids[None], shapes[None], known[None], mask)
        return h[0], torch.log_softmax(tags[0], -1)


class Relate(nn.Module):
    """One window: hidden states and marked mentions to who is meant, and which pairs to look at."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.upper = network.upper

    def forward(
        self,
        h: Tensor,
        marks: Tensor,
        ends: Tensor,
        starts: Tensor,
        stops: Tensor,
        alike: Tensor,
    ) -> tuple[Tensor, ...]:
        mask = torch.zeros_like(marks, dtype=torch.float32)[None]
        h = self.upper.encode(h[None], marks[None], ends[None], mask)
        m = self.upper.mentions(h, starts[None], stops[None])
        a = alike.shape[0]
        glance = torch.sigmoid(self.upper.glance(m[:, :a], starts[None, :a]))
        references = self.upper.same(m[:, :a], alike[None])
        counts, none = self.upper.numbers(m)
        counts = torch.cat([none, counts], -1)
        return h[0], m[0], glance[0], references[0], counts[0]


class Look(nn.Module):
    """Some pairs of one window to their vectors and what is told of each."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.upper = network.upper

    def forward(
        self,
        h: Tensor,
        m: Tensor,
        starts: Tensor,
        types: Tensor,
        first: Tensor,
        second: Tensor,
    ) -> tuple[Tensor, ...]:
        mask = torch.zeros(1, h.shape[0])
        pair, _ = self.upper.pairs(
            h[None], m[None], starts[None], types[None], mask, first, second
        )
        return pair[0], torch.sigmoid(self.upper.relations(pair[0]))


class Detail(nn.Module):
    """Told pairs of one window to how each is told."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.details = network.details

    def forward(
        self, pair: Tensor, relation: Tensor, h: Tensor, m: Tensor
    ) -> tuple[Tensor, ...]:
        factuality, kind, status, edges, roles, none = self.details(
            pair, relation, h[None], m[None]
        )
        return (
            torch.softmax(factuality, -1),
            torch.softmax(kind, -1),
            torch.softmax(status, -1),
            torch.log_softmax(edges, -1),
            torch.cat([none[..., None], roles], -1),
        )


def export(network: Network, relations: tuple[str, ...], folder: Path) -> None:
    """Write the graphs ``find``, ``relate``, ``look`` and ``detail``, and ``labels.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    t, m, a, n = 12, 5, 4, 3
    numbers = torch.zeros(t, dtype=torch.long)
    h = torch.zeros(t, network.size.hidden)
    vectors = torch.zeros(m, network.size.hidden)
    starts, some = torch.arange(m), torch.arange(n)
    _write(
        Find(network),
        {
            "ids": (numbers, "t"),
            "shapes": (numbers, "t"),
            "known": (numbers, "t"),
        },
        ["h", "tags"],
        folder / "find.onnx",
    )
    _write(
        Relate(network),
        {
            "h": (h, "t"),
            "marks": (numbers, "t"),
            "ends": (numbers, "t"),
            "starts": (starts, "m"),
            "stops": (starts, "m"),
            "alike": (torch.zeros(a, a, FEATURES), "aa"),
        },
        ["encoded", "m", "glance", "references", "counts"],
        folder / "relate.onnx",
    )
    _write(
        Look(network),
        {
            "encoded": (h, "t"),
            "m": (vectors, "m"),
            "starts": (starts, "m"),
            "types": (torch.zeros(m, dtype=torch.long), "m"),
            "first": (some, "p"),
            "second": (some, "p"),
        },
        ["pair", "relations"],
        folder / "look.onnx",
    )
    _write(
        Detail(network),
        {
            "pair": (torch.zeros(n, network.size.pair), "n"),
            "relation": (torch.zeros(n, dtype=torch.long), "n"),
            "encoded": (h, "t"),
            "m": (vectors, "m"),
        },
        ["factuality", "kind", "status", "edges", "roles"],
        folder / "detail.onnx",
    )
    labels = {
        "relations": relations,
        "factualities": FACTUALITIES,
        "kinds": KINDS,
        "statuses": STATUSES,
        "roles": [*POINTERS, *LINKS],
        "actors": ACTORS,
    }
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")


def _write(
    module: nn.Module,
    inputs: dict[str, tuple[Tensor, str]],
    outputs: list[str],
    path: Path,
) -> None:
    """Export one graph and store its weights in 8 bits.

    Each input has an example and a letter for each axis that differs from window to window.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(example for example, _ in inputs.values()),
            str(whole),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes={
                name: dict(enumerate(axes)) for name, (_, axes) in inputs.items()
            },
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(
        whole,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
