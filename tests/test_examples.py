"""Relations by example: the regression over pairs, and faults of bad examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import gazetteer

from kgbuild.extraction import make_extractor
from kgbuild.reader.examples import FEWEST, learn, parse_example, regression
from kgbuild.reader.load import load_reader
from kgbuild.tables import TableError
from kgbuild.vocabulary import load_vocabulary


def cloud(seed, center, count):
    made = np.random.default_rng(seed).normal(size=(count, len(center)))
    return (made + center).astype(np.float32)


def chances(x, weights, bias):
    return 1 / (1 + np.exp(-(x @ weights + bias)))


@given(st.integers(0, 1000))
def test_what_can_be_told_apart_is(seed):
    right, wrong = cloud(seed, [4, 0, 0], 8), cloud(seed + 1, [-4, 0, 0], 60)
    weights, bias = regression(right, wrong)
    assert (chances(right, weights, bias) > 0.5).mean() > 0.9
    assert (chances(wrong, weights, bias) < 0.5).mean() > 0.9


def test_what_cannot_be_told_apart_is_doubtful():
    same = np.ones((10, 3), np.float32)
    weights, bias = regression(same, same)
    assert chances(same, weights, bias) == pytest.approx(0.5, abs=0.1)


def test_many_others_do_not_drown_a_few_examples():
    right = cloud(1, [3, 0], 6)
    few = regression(right, cloud(2, [-3, 0], 100))
    many = regression(right, cloud(2, [-3, 0], 5000))
    assert chances(right, *many).mean() > 0.8
    assert chances(right, *few).mean() > 0.8


def test_the_order_of_examples_does_not_matter():
    right, wrong = cloud(3, [1, 0, 0], 8), cloud(4, [-1, 0, 0], 40)
    weights, bias = regression(right, wrong)
    turned, bias_ = regression(right[::-1], wrong[::-1])
    assert turned == pytest.approx(weights, abs=1e-4)
    assert bias_ == pytest.approx(bias, abs=1e-4)


def test_equal_vectors_of_many_features_are_no_obstacle():
    weights, bias = regression(np.ones((5, 300)), np.zeros((9, 300)))
    assert np.isfinite(weights).all() and np.isfinite(bias)


# -- what examples may be ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Japan paid Fiji. => Japan | Fiji", ("Japan", "Fiji")),
        ("Japan may pay. => possible: Japan | Fiji", ("Japan", "Fiji")),
        ("Japan paid none. => negated: Japan | Fiji", ("Japan", "Fiji")),
        ("Japan paid Fiji.", None),
        ("Japan paid Fiji. => Japan", None),
        ("", None),
    ],
)
def test_an_example_is_a_sentence_and_two_ends(line, ends):
    found = parse_example(line)
    assert (found and (found.subject, found.object)) == ends


RELATION = """
[invests_in]
label = "invests in"
definition = "Puts money into."
kind = "event"
family = "material cooperation"
domain = ["Country"]
range = ["Country"]
color = "#2f855a"
examples = {examples}
"""


def faults(tmp_path, *examples):
    (tmp_path / "relations.toml").write_text(
        RELATION.format(examples=list(examples)), "utf-8"
    )
    told = load_vocabulary(tmp_path)
    with pytest.raises(TableError) as caught:
        learn(load_reader(told), told, gazetteer())
    return str(caught.value).splitlines()


def test_too_few_examples_are_told_with_the_number_needed(tmp_path):
    (fault,) = faults(tmp_path, "Japan paid Fiji. => Japan | Fiji")
    assert fault.startswith("relations.toml: invests_in: 1 examples; ")
    assert f"at least {FEWEST}" in fault


def test_every_example_that_cannot_be_used_is_told(tmp_path):
    found = faults(
        tmp_path,
        "Japan paid Fiji.",
        "Japan paid Fiji. => Japan | Kenya",
        "Japan paid Fiji. => Japan | Fiji",
    )
    assert len(found) == 2
    assert "write SENTENCE => SUBJECT | OBJECT" in found[0]
    assert "'Kenya' does not stand in the sentence" in found[1]


TYPE = """
[Planet]
label = "planet"
plural = "planets"
definition = "A world."
color = "#000000"
shape = "dot"
"""


def test_a_type_that_no_text_is_searched_for_is_told(tmp_path):
    (tmp_path / "types.toml").write_text(TYPE)
    text = RELATION.format(examples=[]).replace(
        'range = ["Country"]', 'range = ["Planet"]'
    )
    (tmp_path / "relations.toml").write_text(text)
    with pytest.raises(
        TableError, match="invests_in: range 'Planet' is unknown; have: C"
    ):
        make_extractor(vocabulary=tmp_path)


def test_a_type_of_ones_own_does_not_hurt_what_ships(tmp_path):
    (tmp_path / "types.toml").write_text(TYPE)
    (tmp_path / "relations.toml").write_text(
        '[meets]\ndomain = ["Planet", "Country"]\n'
    )
    extractor = make_extractor(vocabulary=tmp_path)
    assert extractor.vocabulary.relations["meets"].domain == ("Planet", "Country")


def test_a_vocabulary_without_new_relations_leaves_the_reader_as_it_is():
    told = load_vocabulary()
    reader = load_reader(told)
    assert learn(reader, told, gazetteer()) is reader


def test_a_new_relation_is_refused_before_anything_is_read(tmp_path):
    (tmp_path / "relations.toml").write_text(RELATION.format(examples=[]))
    with pytest.raises(TableError, match="invests_in: 0 examples"):
        make_extractor(vocabulary=tmp_path)
