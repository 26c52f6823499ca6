"""Institutions: common nouns that stand for a state or one of its organs."""

from __future__ import annotations

import pytest
from docs import cast_of, doc, meant


@pytest.mark.parametrize(
    ("word", "sentence", "who"),
    [
        pytest.param(
            "government",
            "The/DT/det/2 Turkish/JJ/amod/2 government/NN/nsubj/3 fell/VBD/ROOT/3/fall",
            ["Turkey"],
            id="a nationality",
        ),
        pytest.param(
            "government",
            "Turkey/NNP/poss/2 's/POS/case/0 government/NN/nsubj/3 fell/VBD/ROOT/3/fall",
            ["Turkey"],
            id="an owner",
        ),
        pytest.param(
            "government",
            "The/DT/det/1 government/NN/nsubj/4 of/IN/prep/1 Turkey/NNP/pobj/2 "
            "fell/VBD/ROOT/4/fall",
            ["Turkey"],
            id="of",
        ),
        pytest.param(
            "government",
            "The/DT/det/1 government/NN/nsubj/4 in/IN/prep/1 Ankara/NNP/pobj/2 "
            "fell/VBD/ROOT/4/fall",
            ["Turkey"],
            id="in its seat",
        ),
        pytest.param(
            "government",
            "Abe/NNP/poss/2 's/POS/case/0 government/NN/nsubj/3 fell/VBD/ROOT/3/fall",
            ["Japan"],
            id="a leader's",
        ),
        pytest.param(
            "government",
            "The/DT/det/1 government/NN/nsubj/2 fell/VBD/ROOT/2/fall",
            [],
            id="nobody's",
        ),
        pytest.param(
            "forces",
            "Turkish/JJ/amod/1 forces/NNS/nsubj/2/force fled/VBD/ROOT/2/flee",
            ["Turkish Armed Forces"],
            id="an organ that is known",
        ),
        pytest.param(
            "forces",
            "Iranian/JJ/amod/1 forces/NNS/nsubj/2/force fled/VBD/ROOT/2/flee",
            ["Iranian Armed Forces"],
            id="an organ that is not",
        ),
        pytest.param(
            "forces",
            "Elite/JJ/amod/2 Iranian/JJ/amod/2 forces/NNS/nsubj/3/force "
            "fled/VBD/ROOT/3/flee",
            ["Iranian Armed Forces"],
            id="with another word",
        ),
        pytest.param(
            "forces",
            "Mali/NNP/nmod/3 and/CC/cc/0 Iranian/JJ/conj/0 forces/NNS/nsubj/4/force "
            "fled/VBD/ROOT/4/flee",
            ["Malian Armed Forces", "Iranian Armed Forces"],
            id="of two states",
        ),
        pytest.param(
            "forces",
            "Forces/NNS/nsubj/5/force of/IN/prep/0 Iran/NNP/pobj/1 and/CC/cc/2 "
            "Mali/NNP/conj/2 fled/VBD/ROOT/5/flee",
            ["Iranian Armed Forces", "Malian Armed Forces"],
            id="of two states that follow",
        ),
        pytest.param(
            "forces",
            "Forces/NNS/nsubj/1/force fled/VBD/ROOT/1/flee",
            [],
            id="nobody's forces",
        ),
        pytest.param(
            "forces",
            "Iran/NNP/nsubj/1 said/VBD/ROOT/1/say its/PRP$/poss/3 "
            "forces/NNS/nsubj/4/force fled/VBD/ccomp/1/flee",
            ["Iranian Armed Forces"],
            id="its forces",
        ),
        pytest.param(
            "forces",
            "Iran/NNP/nsubj/1 withdrew/VBD/ROOT/1/withdraw its/PRP$/poss/3 "
            "forces/NNS/dobj/1/force",
            [],
            id="its own forces, as an object",
        ),
        pytest.param(
            "office",
            "Boeing/NNP/poss/2 's/POS/case/0 office/NN/nsubj/3 closed/VBD/ROOT/3/close",
            ["Boeing"],
            id="a body speaks through its office",
        ),
        pytest.param(
            "strike",
            "Israel/NNP/poss/2 's/POS/case/0 strike/NN/dobj/3 failed/VBD/ROOT/3/fail",
            [],
            id="an act is no organ",
        ),
        pytest.param(
            "strikes",
            "Israeli/JJ/amod/1 strikes/NNS/nsubj/2/strike killed/VBD/ROOT/2/kill",
            ["Israel"],
            id="strikes that act are",
        ),
        pytest.param(
            "island",
            "The/DT/det/1 island/NN/nsubj/4 of/IN/prep/1 Okinawa/NNP/pobj/2 "
            "shook/VBD/ROOT/4/shake",
            ["Okinawa"],
            id="the island of X",
        ),
    ],
)
def test_institutions(word, sentence, who):
    word = word if f" {word}/" in f" {sentence}" else word.capitalize()
    assert meant(cast_of(doc(sentence)), word) == who


@pytest.mark.parametrize(
    ("noun", "source", "who"),
    [
        ("Administration", "State Department", ["United States"]),
        ("administration", "State Department", []),
        ("Administration", "", []),
    ],
)
def test_a_government_speaks_of_itself_in_capitals(noun, source, who):
    sentence = f"The/DT/det/1 {noun}/NNP/nsubj/2/{noun} paid/VBD/ROOT/2/pay"
    assert meant(cast_of(doc(sentence), source=source), noun) == who


def test_a_longer_name_is_a_body_of_its_own():
    made = cast_of(
        doc(
            "The/DT/det/3 American/JJ/amod/3 Continental/NNP/compound/3 "
            "Congress/NNP/nsubj/4 met/VBD/ROOT/4/meet"
        )
    )
    assert meant(made, "Congress") == ["American Continental Congress"]
