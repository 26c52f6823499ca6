"""Training the reader, where the extra ``train`` is installed."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from kgbuild.reader.load import load_reader
from kgbuild.vocabulary import load_vocabulary

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")


@pytest.fixture
def tools(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "tools" / "train_reader"))
    yield
    for name in ("shipped", "network"):
        sys.modules.pop(name, None)


def test_what_ships_is_read_back_as_the_network_that_it_was(root, tools):
    from shipped import read_shipped

    network = read_shipped(root / "kgbuild" / "resources" / "reader").eval()
    ids, plain = np.array([101, 2900, 2777, 2605, 1012, 102]), np.zeros(6, np.int64)
    whole = torch.from_numpy(ids)[None], *[torch.from_numpy(plain)[None]] * 2
    with torch.no_grad():
        _, tags = network.lower(*whole, torch.zeros(1, 6))
    shipped = load_reader(load_vocabulary()).find.run(
        ["tags"], {"ids": ids, "shapes": plain, "known": plain}
    )[0]
    chances = torch.log_softmax(tags[0], -1).exp().numpy()
    assert np.abs(chances - np.exp(shipped)).max() < 0.1
    assert (chances.argmax(-1) == shipped.argmax(-1)).all()
