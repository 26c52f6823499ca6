"""Posts: who holds which, told by the text or known of the day."""

from __future__ import annotations

import pytest
from docs import DATE, cast_of, doc, meant


def held(*sentences, **fields):
    """Return the posts of a text as person, relation, what it is of, and role."""
    made = cast_of(doc(*sentences), **fields)
    label = {i: e.label for i, e in made.known.items()}
    return [(label[p.person], p.relation, label[p.of], p.role) for p in made.posts]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Japanese/JJ/amod/2 prime/JJ/amod/2 minister/NN/compound/4 "
            "Shinzo/NNP/compound/4 Abe/NNP/nsubj/5 wept/VBD/ROOT/5/weep",
            id="before the name",
        ),
        pytest.param(
            "Japan/NNP/poss/3 's/POS/case/0 prime/JJ/amod/3 minister/NN/nsubj/8 "
            ",/punct/3 Shinzo/NNP/compound/6 Abe/NNP/appos/3 ,/punct/3 "
            "wept/VBD/ROOT/8/weep",
            id="an apposition",
        ),
        pytest.param(
            "Shinzo/NNP/compound/1 Abe/NNP/nsubj/7 ,/punct/1 the/DT/det/6 "
            "Japanese/JJ/amod/6 prime/JJ/amod/6 minister/NN/appos/1 wept/VBD/ROOT/7/weep",
            id="after the name",
        ),
        pytest.param(
            "Shinzo/NNP/compound/1 Abe/NNP/nsubj/2 is/VBZ/ROOT/2 prime/JJ/amod/4 "
            "minister/NN/attr/2 of/IN/prep/4 Japan/NNP/pobj/5",
            id="a copula",
        ),
        pytest.param(
            "Abe/NNP/nsubj/6 ,/punct/0 prime/JJ/amod/3 minister/NN/appos/0 "
            "of/IN/prep/3 Japan/NNP/pobj/4 wept/VBD/ROOT/6/weep",
            id="a surname",
        ),
    ],
)
def test_a_post_that_is_told(sentence):
    assert held(sentence) == [("Shinzo Abe", "leads", "Japan", "prime minister")]


@pytest.mark.parametrize(
    ("adjective", "count"), [("former", 0), ("ousted", 0), ("acting", 1), ("new", 1)]
)
def test_who_held_a_post_holds_it_no_more(adjective, count):
    sentence = (
        f"{adjective}/JJ/amod/2 Japanese/JJ/amod/2 minister/NN/compound/4 "
        "Shinzo/NNP/compound/4 Abe/NNP/nsubj/5 wept/VBD/ROOT/5/weep"
    )
    assert len(held(sentence)) == count


def test_whose_post_it_is_may_be_known_of_the_day():
    sentence = (
        "Prime/NNP/compound/1 Minister/NNP/compound/2 Abe/NNP/nsubj/3 "
        "wept/VBD/ROOT/3/weep"
    )
    assert held(sentence) == [("Shinzo Abe", "leads", "Japan", "Prime Minister")]
    assert held(sentence, date="2001-01-01") == []


def test_a_post_of_a_body_is_another_relation():
    sentence = (
        "Boeing/NNP/compound/1 spokesman/NN/compound/3 Shinzo/NNP/compound/3 "
        "Abe/NNP/nsubj/4 wept/VBD/ROOT/4/weep"
    )
    assert held(sentence) == [("Shinzo Abe", "member_of", "Boeing", "spokesman")]


@pytest.mark.parametrize(
    ("word", "sentence", "date", "who"),
    [
        pytest.param(
            "minister",
            "The/DT/det/3 Japanese/JJ/amod/3 prime/JJ/amod/3 minister/NN/nsubj/4 "
            "wept/VBD/ROOT/4/weep",
            DATE,
            ["Shinzo Abe"],
            id="the holder on the day",
        ),
        pytest.param(
            "minister",
            "The/DT/det/3 Japanese/JJ/amod/3 prime/JJ/amod/3 minister/NN/nsubj/4 "
            "wept/VBD/ROOT/4/weep",
            None,
            ["Japan"],
            id="the state, where the day is not known",
        ),
        pytest.param(
            "president",
            "The/DT/det/2 American/JJ/amod/2 president/NN/nsubj/3 wept/VBD/ROOT/3/weep",
            DATE,
            ["Donald Trump"],
            id="of two, who held it then",
        ),
        pytest.param(
            "president",
            "The/DT/det/2 American/JJ/amod/2 president/NN/nsubj/3 wept/VBD/ROOT/3/weep",
            "2016-11-06",
            ["Barack Obama"],
            id="the other, a year before",
        ),
        pytest.param(
            "president",
            "The/DT/det/3 former/JJ/amod/3 American/JJ/amod/3 president/NN/nsubj/4 "
            "wept/VBD/ROOT/4/weep",
            DATE,
            [],
            id="a former one",
        ),
        pytest.param(
            "ministers",
            "Japanese/JJ/amod/1 ministers/NNS/nsubj/2/minister wept/VBD/ROOT/2/weep",
            DATE,
            ["Japan"],
            id="several act for the state",
        ),
        pytest.param(
            "leaders",
            "Leaders/NNS/nsubj/5/leader of/IN/prep/0 Iran/NNP/pobj/1 and/CC/cc/2 "
            "Mali/NNP/conj/2 wept/VBD/ROOT/5/weep",
            DATE,
            ["Iran", "Mali"],
            id="several act for several states",
        ),
        pytest.param(
            "minister",
            "A/DT/det/1 minister/NN/nsubj/2 wept/VBD/ROOT/2/weep",
            DATE,
            [],
            id="anybody",
        ),
    ],
)
def test_a_post_without_a_name(word, sentence, date, who):
    word = word if f" {word}/" in sentence else word.capitalize()
    assert meant(cast_of(doc(sentence), date), word) == who


def test_a_post_that_the_text_has_told_comes_before_the_day():
    made = cast_of(
        doc(
            "French/JJ/amod/1 president/NN/compound/3 Theresa/NNP/compound/3 "
            "May/NNP/nsubj/4 wept/VBD/ROOT/4/weep ./punct/4",
            "The/DT/det/2 French/JJ/amod/2 president/NN/nsubj/3 left/VBD/ROOT/3/leave",
        )
    )
    assert meant(made, "president", 1) == ["Theresa May"]


def test_a_counterpart_holds_the_post_that_was_told():
    told = (
        "Japanese/JJ/amod/1 president/NN/compound/3 Shinzo/NNP/compound/3 "
        "Abe/NNP/nsubj/4 met/VBD/ROOT/4/meet his/PRP$/poss/7 American/JJ/amod/7 "
        "counterpart/NN/dobj/4 {}"
    )
    named = told.format(",/punct/7 Donald/NNP/compound/10 Trump/NNP/appos/7")
    assert ("Donald Trump", "leads", "United States", "president") in held(named)
    assert meant(cast_of(doc(told.format(""))), "counterpart") == ["Donald Trump"]
