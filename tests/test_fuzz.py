"""Real texts, spoiled: no exception, and all offsets point at what is quoted."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.extraction import make_extractor

spec = importlib.util.spec_from_file_location("fuzz", ROOT / "benchmarks" / "fuzz.py")
assert spec and spec.loader
fuzz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)

SAMPLES = [ROOT / "data" / name for name in ("notices", "kremlin-talks.jsonl")]


@pytest.fixture(scope="module")
def pieces() -> list[str]:
    return fuzz.pieces(SAMPLES)


@pytest.mark.parametrize("change", fuzz.CHANGES, ids=lambda change: change.__name__)
def test_each_change_leaves_a_text(change, pieces: list[str]) -> None:
    chance = fuzz.random.Random(1)
    assert all(isinstance(change(piece, chance), str) for piece in pieces)


def test_texts_are_the_same_for_a_seed(pieces: list[str]) -> None:
    assert list(fuzz.texts(pieces, 1, 20)) == list(fuzz.texts(pieces, 1, 20))
    assert list(fuzz.texts(pieces, 1, 20)) != list(fuzz.texts(pieces, 2, 20))


@settings(max_examples=100)
@given(data=st.data())
def test_a_spoiled_text_is_read_and_quoted_as_it_is(data, pieces: list[str]) -> None:
    piece, other = (data.draw(st.sampled_from(pieces)) for _ in range(2))
    text = fuzz.changed(piece, other, data.draw(st.randoms()))
    result, _ = fuzz.read(text, make_extractor())
    assert list(fuzz.faults(result)) == []


def test_what_is_quoted_wrongly_is_found(pieces: list[str]) -> None:
    text = "Japan met France in Paris on Monday, and Germany met Italy."
    result, _ = fuzz.read(text, make_extractor())
    assert result.statements
    moved = replace(result, document=replace(result.document, text="x" + text))
    assert list(fuzz.faults(moved))
