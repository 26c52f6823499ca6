"""The reader as it is loaded: four small ONNX graphs, their vocabulary and labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kgbuild.reader.pieces import ACTORS
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Array = npt.NDArray[Any]
DIGITS = 4  # of a chance; what differs after them may differ between machines


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The graphs, the vocabulary of pieces, and the labels of the numbers they give."""

    find: InferenceSession
    relate: InferenceSession
    look: InferenceSession
    detail: InferenceSession
    tokenizer: Tokenizer
    labels: Mapping[str, list[str]]
    allowed: Array  # (actor types, actor types, relations)
    symmetric: Array  # (relations,)
    deals: frozenset[str]
    events: frozenset[str]
    learned: tuple[Learned, ...] = ()

    @property
    def width(self) -> int:
        """The length of a pair's vector."""
        return int(self.look.get_outputs()[0].shape[-1])

    @property
    def relations(self) -> list[str]:
        """The relations that shipped, then those learned from examples."""
        return [*self.labels["relations"], *(x.name for x in self.learned)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A relation known by examples: weights over a pair's vector, and its nearest that shipped.

    ``like`` is the number of the shipped relation whose way of being told is taken for it.
    """

    name: str
    weights: Array
    bias: float
    like: int


@lru_cache(maxsize=2)
def _graphs(folder: str) -> tuple[Any, ...]:
    """Load the graphs of a folder, once a process."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    made = [
        InferenceSession(
            str(Path(folder) / f"{name}.onnx"),
            options,
            providers=["CPUExecutionProvider"],
        )
        for name in ("find", "relate", "look", "detail")
    ]
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    labels = json.loads((Path(folder) / "labels.json").read_text("utf-8"))
    return (*made, tokenizer, labels)


def load_reader(vocabulary: Vocabulary, folder: Path | None = None) -> Reader:
    """Return the reader that ships, or the one of a folder, for a vocabulary."""
    place = folder or Path(str(files("kgbuild") / "resources" / "reader"))
    find, relate, look, detail, tokenizer, labels = _graphs(str(place))
    reader = Reader(
        find=find,
        relate=relate,
        look=look,
        detail=detail,
        tokenizer=tokenizer,
        labels=labels,
        allowed=np.zeros(0),
        symmetric=np.zeros(0),
        deals=frozenset(n for n, r in vocabulary.relations.items() if r.deal),
        events=frozenset(
            n for n, r in vocabulary.relations.items() if r.kind == "event"
        ),
    )
    return within(reader, vocabulary)


def within(reader: Reader, vocabulary: Vocabulary) -> Reader:
    """Return a reader that says of each pair what domain and range of a vocabulary allow."""
    known, relations = vocabulary.relations, reader.relations
    allowed = np.zeros((len(ACTORS), len(ACTORS), len(relations)), bool)
    for r, name in enumerate(relations):
        if name in known:
            for i in _actors(known[name].domain):
                for j in _actors(known[name].range):
                    allowed[i, j, r] = True
                    allowed[j, i, r] |= known[name].symmetric
    symmetric = np.array([n in known and known[n].symmetric for n in relations])
    return replace(reader, allowed=allowed, symmetric=symmetric)


def _actors(types: Sequence[str]) -> list[int]:
    """Return the numbers of those types that are found in a text."""
    return [ACTORS.index(t) for t in types if t in ACTORS]


def long(values: Sequence[int]) -> Array:
    """Return whole numbers as the graphs take them."""
    return np.array(values, np.int64)
