"""Parts of the reader that need no trained weights: pieces, spans, likeness, calibration."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from told import gazetteer

from kgbuild.reader import claims
from kgbuild.reader.alike import FEATURES, alike
from kgbuild.reader.calibration import (
    PRESETS,
    UNCALIBRATED,
    Calibration,
    least_confidence,
    load_calibration,
)
from kgbuild.reader.load import load_reader
from kgbuild.reader.mentions import find
from kgbuild.reader.pieces import (
    KNOWN,
    MOST_PIECES,
    SHAPES,
    TAGS,
    TYPES,
    covered,
    known_pieces,
    split,
)
from kgbuild.reader.readings import Mention
from kgbuild.reader.related import relate, worth_a_look
from kgbuild.reader.run import fitting
from kgbuild.reader.spans import best_mentions, best_span
from kgbuild.reader.windows import windows
from kgbuild.text.sentences import sentences
from kgbuild.vocabulary import load_vocabulary

READER = lru_cache(maxsize=1)(lambda: load_reader(load_vocabulary()))

# -- pieces ------------------------------------------------------------------------------

WORDS = [
    "[CLS]",
    "[SEP]",
    "[UNK]",
    "japan",
    "##ese",
    "bought",
    "f",
    "-",
    "35",
    "##s",
    "from",
    "the",
    "mc",
    "##cain",
    ",",
    "us",
]


@pytest.fixture(scope="module")
def tokenizer():
    """A tokenizer of a few words, built as the encoder's own is."""
    made = Tokenizer(WordPiece({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = Lowercase()
    made.pre_tokenizer = BertPreTokenizer()
    made.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 0), ("[SEP]", 1)]
    )
    return made


def pieces(text, tokenizer):
    return split(text, gazetteer().matches(text), tokenizer)


def test_pieces_are_parts_of_the_text_between_two_marks(tokenizer):
    text = "Japanese bought F-35s"
    made = pieces(text, tokenizer)
    words = [text[a:b] for a, b in made.spans]
    assert words == ["", "Japan", "ese", "bought", "F", "-", "35", "s", ""]
    assert len(made.ids) == len(made.shapes) == len(made.known) == len(words)


def test_every_piece_of_a_word_has_the_shape_of_the_word(tokenizer):
    made = pieces("Japanese bought US, McCain, F-35s", tokenizer)
    shapes = [SHAPES[n] for n in made.shapes[1:-1]]
    assert shapes[:2] == ["title", "title"]
    assert shapes[2:8] == ["lower", "upper", "other", "mixed", "mixed", "other"]
    assert shapes[-2:] == ["digit", "digit"]


def test_what_the_gazetteer_knows_begins_once_and_goes_on(tokenizer):
    made = pieces("Japanese bought F-35s from Japan", tokenizer)
    codes = list(made.known[1:-1])
    adjective = KNOWN.index(("Country", "adjective"))
    weapon = KNOWN.index(("Weapon", "name"))
    assert codes[:2] == [1 + 2 * adjective, 2 + 2 * adjective]
    assert codes[2] == 0
    assert codes[3:7] == [1 + 2 * weapon] + [2 + 2 * weapon] * 3
    assert codes[-1] == 1 + 2 * KNOWN.index(("Country", "name"))


def test_the_marks_at_the_ends_are_known_as_nothing(tokenizer):
    made = pieces("Japan", tokenizer)
    assert (made.known[0], made.known[-1]) == (0, 0)
    assert made.known[1] > 0


def test_every_kind_of_name_that_ships_can_be_told_of_a_piece():
    kinds = {(r.type, r.kind) for rs in gazetteer().forms.values() for r in rs}
    assert kinds <= set(KNOWN)
    assert known_pieces([(0, 5)], gazetteer().matches("Tokyo")) != (0,)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(0, 5, (1, 1)), (3, 9, (1, 2)), (5, 6, None), (0, 99, (1, 3)), (9, 9, None)],
)
def test_the_pieces_that_characters_cover(start, end, found):
    assert covered([(0, 0), (0, 5), (6, 9), (10, 12), (0, 0)], start, end) == found


# -- spans -------------------------------------------------------------------------------

_scores = arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.just(len(TAGS))),
    elements=st.floats(-20, 0, width=32),
)


def tags(*path):
    """Return scores under which each piece's given tag is by far the best."""
    made = np.full((len(path), len(TAGS)), -9.0, np.float32)
    for i, tag in enumerate(path):
        made[i, TAGS.index(tag)] = -0.1
    return made


def test_mentions_are_runs_of_begin_and_inside():
    found = best_mentions(tags("O", "B-Person", "I-Person", "B-Person", "O", "B-Money"))
    spans = [(a, b, TYPES[t]) for a, b, t, _ in found]
    assert spans == [(1, 2, "Person"), (3, 3, "Person"), (5, 5, "Money")]
    assert [c for *_, c in found] == pytest.approx([np.exp(-0.1)] * 3)


@pytest.mark.parametrize(
    ("path", "spans"),
    [
        (("I-Person",), []),
        (("O", "I-Money", "O"), []),
        (("I-Person", "I-Person"), [(0, 1, "Person")]),
        (("B-Place", "I-Place", "I-Person"), [(0, 1, "Place")]),
    ],
)
def test_an_inside_without_its_begin_is_read_otherwise(path, spans):
    found = best_mentions(tags(*path))
    assert [(a, b, TYPES[t]) for a, b, t, _ in found] == spans


@given(scores=_scores)
def test_mentions_never_overlap_and_are_the_best_lawful_path(scores):
    found = best_mentions(scores)
    assert all(0 <= a <= b < len(scores) for a, b, *_ in found)
    assert all(x[1] < y[0] for x, y in pairwise(found))
    path = [0] * len(scores)
    for a, b, type_, chance in found:
        path[a : b + 1] = [1 + 2 * type_] + [2 + 2 * type_] * (b - a)
        assert 0 < chance <= 1
    told = sum(float(scores[i, tag]) for i, tag in enumerate(path))
    assert told >= max(_lawful(scores)) - 1e-3


def _lawful(scores):
    """Yield the sums of some lawful paths: all outside, all one type, the best begins."""
    yield float(scores[:, 0].sum())
    begins = [0, *range(1, len(TAGS), 2)]
    yield float(scores[:, begins].max(1).sum())
    for t in range(len(TYPES)):
        yield float(scores[0, 1 + 2 * t] + scores[1:, 2 + 2 * t].sum())


@given(
    edges=arrays(
        np.float32,
        st.tuples(st.just(2), st.integers(1, 30)),
        elements=st.floats(-9, 9, width=32),
    )
)
def test_a_trigger_is_never_empty_nor_endless(edges):
    first, last = best_span(edges, longest=4)
    assert first <= last < first + 4
    best = max(
        edges[0, a] + edges[1, b]
        for a in range(edges.shape[1])
        for b in range(a, min(a + 4, edges.shape[1]))
    )
    assert edges[0, first] + edges[1, last] == pytest.approx(best)


# -- likeness ----------------------------------------------------------------------------


def test_likeness_tells_whole_parts_initials_and_types():
    names = ["the United Nations", "UN", "Jane Roe", "Roe", "he"]
    types = ["Organization", "Organization", "Person", "Person", "Person"]
    made = alike(names, types)
    assert made.shape == (5, 5, FEATURES)
    same, ends, within, initials, first, last, of_type, low = range(FEATURES)
    assert made[0, 1, initials] and not made[2, 3, initials]
    assert made[2, 3, ends] and made[2, 3, within] and made[2, 3, last]
    assert not made[2, 3, same] and not made[2, 3, first]
    assert made[2, 3, of_type] and not made[1, 3, of_type]
    assert made[3, 4, low] and not made[4, 3, low]


def test_nothing_is_like_itself_or_like_no_word():
    made = alike(["Japan", "...", "Japan"], ["Country"] * 3)
    assert not made[range(3), range(3)].any()
    assert not made[1].any() and not made[:, 1].any()
    assert made[0, 2, 0]


# -- calibration -------------------------------------------------------------------------

POINTS = ((0.1, 0.2), (0.5, 0.4), (1.0, 0.9))


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_chance_is_no_less_sure(a, b):
    c = Calibration(points=POINTS)
    low, high = sorted((a, b))
    assert 0.2 <= c.confidence(low) <= c.confidence(high) <= 0.9


@pytest.mark.parametrize(
    ("chance", "confidence"),
    [(0.0, 0.2), (0.1, 0.2), (0.3, 0.3), (0.75, 0.65), (1.0, 0.9)],
)
def test_a_confidence_lies_between_the_points_about_it(chance, confidence):
    c = Calibration(points=POINTS)
    assert c.confidence(chance) == pytest.approx(confidence)


def test_without_points_a_chance_is_taken_as_it_is():
    assert Calibration().confidence(0.3) == 0.3


def test_a_folder_without_a_calibration_has_none(tmp_path):
    assert load_calibration(tmp_path) == Calibration()


def test_a_calibration_is_read_from_its_folder(tmp_path):
    (tmp_path / "calibration.json").write_text(
        '{"points": [[0, 0], [1, 0.5]], "limits": {"precise": 0.8}}'
    )
    found = load_calibration(tmp_path)
    assert found.confidence(0.5) == 0.25
    assert least_confidence(found, "precise") == 0.8
    assert least_confidence(found, "complete") == UNCALIBRATED


def test_a_confidence_that_is_asked_for_goes_before_the_preset():
    c = Calibration(limits={"default": 0.9})
    assert least_confidence(c, "default", 0.0) == 0.0
    assert least_confidence(c, "default") == 0.9


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_a_limit_is_a_share(least):
    with pytest.raises(ValueError, match="does not lie in 0..1"):
        least_confidence(Calibration(), "default", least)


def test_an_unknown_preset_is_told_with_the_known_ones():
    with pytest.raises(ValueError, match="'bold' is not known") as caught:
        least_confidence(Calibration(), "bold")
    assert all(name in str(caught.value) for name in PRESETS)


def test_half_a_character_stops_nothing(read):
    (s,) = read("Shinzo Abe met Donald Trump \ud83c in Tokyo.")
    assert (s.subject.label, s.relation) == ("Shinzo Abe", "meets")


def test_of_several_times_that_of_the_sentence_of_the_trigger_is_taken():
    text = "He spoke on Monday. In 2005 Roe threatened Japan."
    at = {
        word: (text.index(word), text.index(word) + len(word)) for word in text.split()
    }
    window = SimpleNamespace(
        text=text, start=0, pieces=SimpleNamespace(spans=[at["threatened"]])
    )
    times = [
        Mention(start=at[word][0], end=at[word][1], type="Time")
        for word in ("Monday.", "2005")
    ]
    none, monday, year = 0.0, -3.0, -0.5
    scores = np.array([none, monday, year])
    begins = claims._begins(window, times)
    assert claims._time(scores, times, window, (0, 0), begins) == 1
    assert claims._time(scores[:2], times[:1], window, (0, 0), begins) is None
    assert claims._time(np.array([none, 0.5, -2.0]), times, window, (0, 0), begins) == 0


# -- windows and pairs at work -----------------------------------------------------------

NAMES = "Kwabena Nkrumah-Agyeman Ŵynbrzęczyszczykiewicz met Xhosa Mvuyelwa Qwabe. "


def test_windows_of_many_pieces_are_halved_until_they_fit():
    text = (NAMES * 60).strip()
    groups = windows(text, sentences(text))
    found = list(fitting(READER(), text, groups))
    assert len(found) > len(groups)
    assert [s for s, _ in found[1:]] == [e + 1 for _, e in found[:-1]]
    assert (found[0][0], found[-1][1]) == (0, len(text))
    for start, end in found:
        assert len(split(text[start:end], (), READER().tokenizer).ids) <= MOST_PIECES


def test_an_endless_sentence_stays_one_window():
    text = "Ŵ" * 3000
    assert list(fitting(READER(), text, [[(0, len(text))]])) == [(0, len(text))]


@given(arrays(bool, (5, 5)), arrays(bool, (5, 5)))
def test_pairs_worth_a_look_are_lawful_and_likely_one_way(may, likely):
    pairs = set(zip(*worth_a_look(may, likely), strict=True))
    for i in range(5):
        for j in range(5):
            wanted = i != j and may[i, j] and (likely[i, j] or likely[j, i])
            assert ((i, j) in pairs) == wanted


def test_what_is_told_for_sure_is_seen_at_a_glance(root):
    text = (root / "data" / "arms-sales-japan.txt").read_text("utf-8")
    looked = told = pairs = missed = 0
    for group in windows(text, sentences(text)):
        span = group[0][0], group[-1][1]
        window = find(READER(), text, span, ())
        some, every = (relate(READER(), window, every=e) for e in (False, True))
        types = [t for _, _, t, _ in window.spans[: window.actors]]
        may = READER().allowed[np.ix_(types, types)]
        sure = ((every.relations > 0.3) & may).any(-1)
        sure &= ~np.eye(len(types), dtype=bool)
        seen = some.relations.any(-1)
        missed += (sure & ~seen).sum()
        looked, told = looked + seen.sum(), told + sure.sum()
        pairs += may.any(-1).sum()
    assert 0 < told < looked < pairs / 2
    assert missed <= told / 20
