"""Sentences and the windows that the reader takes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.reader.windows import LONGEST, MOST, ROOM, windows
from kgbuild.text.sentences import sentences, with_stops


def cut(text):
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gen. A. B. Roe of the U.S. Army met Mr. Poe in St. Petersburg.",
        "Boeing Co. shares fell on Jan. 5 in New York.",
        "The No. 2 official, Sen. John Roe Jr. of Texas, left at 5 p.m. Monday.",
        "It cost $1.5 billion, i.e. more than planned.",
    ],
)
def test_abbreviations_end_no_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Roe. She left.", 2),
        ("He flew to the U.S. The talks failed.", 2),
        ("“We will not yield.” He smiled.", 2),
        ("Is it war? Nobody knows! Roe left.", 3),
    ],
)
def test_sentences_end_at_their_marks(text, count):
    assert len(cut(text)) == count


def test_a_headline_and_a_list_are_their_own_sentences():
    text = "Oslo buys jets\n\nNorway said it buys jets.\n- One item\n- Another item"
    assert "Oslo buys jets" in cut(text)
    assert "Another item" in cut(text)


@given(st.text(alphabet='Aab .!?\n"”U.S', max_size=300))
def test_sentences_are_in_order_and_lose_no_letter(text):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    kept = sum(sum(map(str.isalpha, text[a:b])) for a, b in spans)
    assert kept <= sum(map(str.isalpha, text))


def test_lines_without_a_full_stop_get_one_and_no_word_moves():
    text = "Oslo buys jets\n\nNorway agreed.\n- First (2019)\n- He said “yes”\n- And:\n- Last"
    shown = with_stops(text, sentences(text))
    assert shown == (
        "Oslo buys jets.\nNorway agreed.\n- First (2019).- He said “yes”.- And:\n- Last"
    )


@given(st.text(alphabet='Aab .!?\n"”U.S-', max_size=300))
def test_stops_stand_where_blanks_were(text):
    shown = with_stops(text, sentences(text))
    assert len(shown) == len(text)
    changed = [(a, b) for a, b in zip(text, shown, strict=True) if a != b]
    assert all(a.isspace() and b == "." for a, b in changed)


def test_a_sentence_that_points_back_stays_with_the_one_before():
    full = f"Aa{'b' * (MOST // 2 - 4)}. " * 2
    text = f"{full}He signed. Japan met France."
    parts = windows(text, sentences(text))
    assert [len(w) for w in parts] == [3, 1]
    assert MOST < parts[0][-1][1] <= ROOM * MOST


def test_even_what_points_back_does_not_fill_a_window_without_end():
    text = "Abe left. " + "He signed. " * 200
    parts = windows(text, sentences(text))
    assert len(parts) > 1
    assert all(w[-1][1] - w[0][0] <= ROOM * MOST for w in parts)


def test_an_endless_sentence_is_cut_into_bounded_windows():
    text = "word " * 5000
    parts = windows(text, [(0, len(text))])
    assert all(w[-1][1] - w[0][0] <= LONGEST for w in parts)
    assert sum(b - a for w in parts for a, b in w) == len(text)
