"""Training the reader, where the extra ``train`` is installed."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest

from kgbuild.reader.load import load_reader
from kgbuild.vocabulary import load_vocabulary

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")


@pytest.fixture
def tools():
    yield
    for name in ("shipped", "batches", "cut", "network", "measure", "by_examples"):
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


def test_processes_that_learn_together_share_the_passages(root, tools):
    from batches import batches, load

    from kgbuild.knowledge.gazetteer import make_gazetteer
    from kgbuild.knowledge.names import load_knowledge

    reader = load_reader(load_vocabulary())
    passages = root / "data" / "annotated" / "dev-written.txt"
    examples = load([passages], reader.tokenizer, make_gazetteer(load_knowledge()))
    parts = [
        [
            [e.passage.text for e in batch.examples]
            for batch in batches(examples, 500, random.Random(0), 0.25, (n, 2))
        ]
        for n in range(2)
    ]
    assert len(parts[0]) == len(parts[1]) > 5
    seen = [{text for batch in part for text in batch} for part in parts]
    assert not seen[0] & seen[1]


ARTICLE = """# written | 2020-01-01
[fr Country|France] and [de Country|Germany] met [t Time|on Monday]. {filler}[fr2 Country|Paris] \
accused [ir Country|Iran] of spying. {filler}[both Country|Both states] then backed \
[ir2 Country|it], [x Person|Ann Roe] said.
fr meets de "met" | on t
fr = fr2
ir = ir2
fr2 accuses ir "accused"
both = fr, de
both supports ir2 "backed" | by x
de rejects ir "spying" ?"""


def told(passage):
    def words(n):
        m = passage.mentions[n]
        return passage.text[m.start : m.end]

    return [(words(t.subject), t.relation, words(t.object)) for t in passage.told]


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE.format(filler="Rain fell all day in the old town. " * 4))
    return file


def test_an_article_is_cut_into_windows_that_each_tell_what_they_say(tools, article):
    from cut import read_windows

    (whole,) = read_windows([article], [1000])
    assert told(whole) == [
        ("France", "meets", "Germany"),
        ("Paris", "accuses", "Iran"),
        ("Both states", "supports", "it"),
        ("Germany", "rejects", "Iran"),
    ]
    first, second, third = read_windows([article], [160])
    assert told(first) == [("France", "meets", "Germany")]
    assert told(second) == [("Paris", "accuses", "Iran")]  # Germany is not in it
    assert told(third) == [("Both states", "supports", "it")]
    assert not third.parts  # of the two states the window names none
    assert [third.text[m.start : m.end] for m in third.mentions][-1] == "Ann Roe"


def test_a_party_outside_of_a_window_is_put_by_its_mention_within(tools, article):
    from cut import read_windows

    text = article.read_text().replace("de rejects ir", "fr rejects ir")
    article.write_text(text)
    _, second, _ = read_windows([article], [160])
    assert told(second) == [
        ("Paris", "accuses", "Iran"),
        ("Paris", "rejects", "Iran"),
    ]


def test_a_relation_is_told_by_a_few_examples_of_passages(root, tools):
    from by_examples import f1, left_out, pairs
    from passages import read_passages

    from kgbuild.extraction import make_extractor

    extractor, folder = make_extractor(), root / "data" / "annotated"
    train = read_passages([folder / "train-written-01.txt"])[:150]
    weights, bias = left_out("leads", 10, train, extractor)
    r = extractor.reader.labels["relations"].index("leads")
    read = [
        made
        for p in read_passages([folder / "dev-written.txt"])[:80]
        if (made := pairs(p, extractor)) is not None
    ]
    tally = f1(
        (p.vectors @ weights + bias > 0, p.may[..., r], p.told[..., r]) for p in read
    )
    assert tally.wanted >= 5
    assert tally.f1 > 0.6
