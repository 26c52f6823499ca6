"""Read the weights that ship back into the network, to go on training from them."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
import torch
from network import Network, Size
from onnx import numpy_helper
from torch import Tensor

GRAPHS = ("find", "relate", "look", "detail")


def read_shipped(folder: Path) -> Network:
    """Return the network of the 8-bit graphs that ``export`` wrote into a folder.

    Weights come back rounded to 8 bits, which a few hundred steps of training make good.
    """
    weights: dict[str, Tensor] = {}
    for name in GRAPHS:
        weights |= _weights(onnx.load(folder / f"{name}.onnx").graph)
    size = _size(weights, json.loads((folder / "labels.json").read_text("utf-8")))
    network = Network(size)
    network.load_state_dict(weights)
    return network


def start_from(path: Path) -> Network:
    """Return the network of a checkpoint, or of a folder of graphs that ship."""
    return read_shipped(path) if path.is_dir() else Network.load(path)


def _size(weights: dict[str, Tensor], labels: dict[str, list[str]]) -> Size:
    """Return the sizes that differ from run to run: where the layers are parted."""

    def layers(part: str) -> int:
        numbers = {n.split(".")[2] for n in weights if n.startswith(f"{part}.layers.")}
        return len(numbers)

    lower, upper = layers("lower"), layers("upper")
    return Size(lower=lower, layers=lower + upper, relations=len(labels["relations"]))


def _weights(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Return what a graph holds, by the network's own names."""
    held = {
        i.name: torch.from_numpy(numpy_helper.to_array(i).copy())
        for i in graph.initializer
    }
    makers = {name: node for node in graph.node for name in node.output}
    found: dict[str, Tensor] = {}
    for name, values in held.items():
        if name.endswith(".weight_quantized"):  # a table of vectors
            table = name.removesuffix("_quantized")
            found[table] = _whole(held, table)
        elif name.endswith(("weight", "bias")):
            found[name] = values
    for node in graph.node:
        for bias in node.input if node.op_type == "Add" else ():
            if bias.endswith(".bias") and (matrix := _matrix(node, bias, makers)):
                found[bias.removesuffix("bias") + "weight"] = _whole(held, matrix).T
    return found


def _matrix(
    add: onnx.NodeProto, bias: str, makers: dict[str, onnx.NodeProto]
) -> str | None:
    """Return the matrix whose product a bias is added to, by way of the scaling between."""
    node = makers.get(next(name for name in add.input if name != bias))
    while node is not None and node.op_type in ("Mul", "Cast"):
        node = makers.get(node.input[0])
    if node is None or node.op_type != "MatMulInteger":
        return None
    return node.input[1].removesuffix("_quantized")


def _whole(held: dict[str, Tensor], name: str) -> Tensor:
    """Return a matrix or table of 8 bits as numbers of 32."""
    values = held[f"{name}_quantized"].float() - held[f"{name}_zero_point"].float()
    return values * held[f"{name}_scale"]
