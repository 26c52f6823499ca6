"""Train the reader from the published passages to the weights that ship, and measure it.

    pip install -e ".[train]"
    torchrun --nproc-per-node 2 tools/train_reader/__main__.py --threads 1

Two processes, a thread each, take some three hours; ``python tools/train_reader`` is one.
Checkpoints are kept, and ``--from`` goes on from one, or from what ships. The scores of the
test part go to ``docs/reader.md``.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from batches import load, make_schema
from calibrate import calibrate
from card import write_card
from cut import LEARNED, evenly, read_windows
from export import export
from measure import measure
from network import Network, Size, averaged, start_from_bert
from shipped import start_from
from train import base, make_tokenizer, together, train

from kgbuild.extraction import make_extractor
from kgbuild.knowledge.gazetteer import Gazetteer, make_gazetteer
from kgbuild.knowledge.names import load_knowledge
from kgbuild.reader.load import Reader
from kgbuild.reader.mentions import find
from kgbuild.reader.related import relate
from kgbuild.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
PASSAGES = ROOT / "data" / "annotated"
SHIPPED = ROOT / "kgbuild" / "resources" / "reader"
KEPT = 0.35  # share of a checkpoint gone on from in what ships
PAIRS = 1500  # vectors of other passages' pairs, for relations learned from examples


def part(name: str) -> list[Path]:
    """Return the files of the train, dev or test part."""
    return sorted(PASSAGES.glob(f"{name}-*.txt"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=float, default=4, help="0: only ship")
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument(
        "--lower", type=int, default=4, help="layers that find mentions"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "build" / "reader.pt")
    parser.add_argument(
        "--from", dest="start", type=Path, help="a checkpoint, or a folder that ships"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    network = _network(options)
    if options.epochs:
        network = _trained(network, options)
        if together()[0]:
            return  # the first of those that learned together ships
        if options.start:
            network = averaged(start_from(options.start), network, KEPT)
    ship(network, options.out)
    calibrate(options.out, part("dev"))
    test = load(part("test"), make_tokenizer(), make_gazetteer(load_knowledge()))
    given = measure(network, test, make_schema(load_vocabulary()))
    trained = len(read_windows(part("train")))
    write_card(options.out, part("test"), trained, given, ROOT)


def _network(options: argparse.Namespace) -> Network:
    if options.start:
        return start_from(options.start)
    network = Network(Size(lower=options.lower))
    start_from_bert(network, base() / "model.safetensors")
    return network


def _trained(network: Network, options: argparse.Namespace) -> Network:
    tokenizer = make_tokenizer()
    gazetteer = make_gazetteer(load_knowledge())
    return train(
        network,
        load(part("train"), tokenizer, gazetteer, LEARNED),
        load(part("dev"), tokenizer, gazetteer),
        epochs=options.epochs,
        rate=options.rate,
        keep=options.checkpoint,
        joined=0.4,
    )


def ship(network: Network, out: Path) -> None:
    """Write all that the reader needs at run time."""
    schema = make_schema(load_vocabulary())
    export(network, schema.relations, out)
    for path in out.glob("*.float.onnx"):
        path.unlink()
    shutil.copyfile(base() / "tokenizer.json", out / "tokenizer.json")
    extractor = make_extractor(reader=out)
    texts = [p.text for p in read_windows(part("train"))][::12]
    vectors = known_vectors(extractor.reader, texts, extractor.gazetteer, PAIRS)
    np.save(out / "pairs.npy", vectors)


def known_vectors(
    reader: Reader, texts: Sequence[str], gazetteer: Gazetteer, most: int
) -> np.ndarray:
    """Return vectors of ordered pairs of some passages, evenly drawn, as what ships holds them."""
    found: list[np.ndarray] = []
    for text in texts:
        window = find(reader, text, (0, len(text)), gazetteer.matches(text))
        if window.actors > 1:
            pair = relate(reader, window, every=True).pair
            found.append(pair[~np.eye(len(pair), dtype=bool)])
    every = np.concatenate(found)
    return every[evenly(len(every), most)].astype(np.float16)


if __name__ == "__main__":
    main()
