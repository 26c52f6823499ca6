"""Write a trained network as what ships: three ONNX graphs in 8 bits, vocabulary, labels."""

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
    """One window: hidden states and marked mentions to what is told of each pair."""

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
        types: Tensor,
        alike: Tensor,
    ) -> tuple[Tensor, ...]:
        mask = torch.zeros_like(marks, dtype=torch.float32)[None]
        h = self.upper.encode(h[None], marks[None], ends[None], mask)
        m = self.upper.mentions(h, starts[None], stops[None])
        a = types.shape[0]
        pair, _ = self.upper.pairs(h, m[:, :a], starts[None, :a], types[None], mask)
        relations = torch.sigmoid(self.upper.relations(pair))
        references = self.upper.references(m[:, :a], alike[None])
        counts, none = self.upper.numbers(m)
        counts = torch.cat([none, counts], -1)
        return h[0], m[0], pair[0], relations[0], references[0], counts[0]


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
    """Write ``find.onnx``, ``relate.onnx``, ``detail.onnx`` and ``labels.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    t, m, a, n = 12, 5, 4, 3
    long = torch.long
    pieces = torch.zeros(t, dtype=long)
    h = torch.zeros(t, network.size.hidden)
    _write(
        Find(network),
        (pieces, pieces, pieces),
        ["ids", "shapes", "known"],
        ["h", "tags"],
        {"ids": {0: "t"}, "shapes": {0: "t"}, "known": {0: "t"}},
        folder / "find.onnx",
    )
    starts = torch.arange(m)
    _write(
        Relate(network),
        (
            h,
            pieces,
            pieces,
            starts,
            starts,
            torch.zeros(a, dtype=long),
            torch.zeros(a, a, FEATURES),
        ),
        ["h", "marks", "ends", "starts", "stops", "types", "alike"],
        ["encoded", "m", "pair", "relations", "references", "counts"],
        {
            "h": {0: "t"},
            "marks": {0: "t"},
            "ends": {0: "t"},
            "starts": {0: "m"},
            "stops": {0: "m"},
            "types": {0: "a"},
            "alike": {0: "a", 1: "a"},
        },
        folder / "relate.onnx",
    )
    _write(
        Detail(network),
        (
            torch.zeros(n, network.size.pair),
            torch.zeros(n, dtype=long),
            h,
            torch.zeros(m, network.size.hidden),
        ),
        ["pair", "relation", "encoded", "m"],
        ["factuality", "kind", "status", "edges", "roles"],
        {
            "pair": {0: "n"},
            "relation": {0: "n"},
            "encoded": {0: "t"},
            "m": {0: "m"},
        },
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
    inputs: tuple[Tensor, ...],
    names: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    path: Path,
) -> None:
    """Export one graph and store its weights in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = path.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            inputs,
            str(whole),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
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
