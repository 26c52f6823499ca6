"""Denotation: whom a noun phrase stands for, by itself or through what belongs to whom."""

from __future__ import annotations

import pytest
from docs import cast_of, doc, token

from kgbuild.denote import THROUGH, denote

ACTORS = ("Country", "Organization", "Person")


def who(word, sentence, types=ACTORS, **options):
    made = cast_of(doc(sentence))
    found = denote(made, token(made.doc, word).i, types, **options)
    return [(made.known[r.id].label, round(r.confidence, 2)) for r in found]


def test_a_name_stands_for_itself_if_it_is_of_a_type_asked_for():
    sentence = "Iran/NNP/nsubj/1 fell/VBD/ROOT/1/fall"
    assert who("Iran", sentence) == [("Iran", 1.0)]
    assert who("Iran", sentence, ("Weapon",)) == []


def test_a_nationality_before_a_noun_is_no_state():
    sentence = "Iranian/JJ/amod/1 goats/NNS/nsubj/2/goat fled/VBD/ROOT/2/flee"
    assert who("Iranian", sentence) == []
    assert who("goats", sentence) == []


def test_an_apposition_stands_for_its_noun():
    sentence = (
        "Iran/NNP/nsubj/5 ,/punct/0 a/DT/det/3 giant/NN/appos/0 ,/punct/0 "
        "fell/VBD/ROOT/5/fall"
    )
    assert who("giant", sentence) == [("Iran", 1.0)]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Two/CD/nummod/1 neighbours/NNS/nsubj/6/neighbour :/punct/1 Iran/NNP/appos/1 "
            "and/CC/cc/3 Mali/NNP/conj/3 fell/VBD/ROOT/6/fall",
            id="an apposition",
        ),
        pytest.param(
            "Two/CD/nummod/1 neighbours/NNS/nsubj/6/neighbour including/VBG/prep/1/include "
            "Iran/NNP/pobj/2 and/CC/cc/3 Mali/NNP/conj/3 fell/VBD/ROOT/6/fall",
            id="including",
        ),
        pytest.param(
            "Two/CD/nummod/1 neighbours/NNS/nsubj/7/neighbour such/JJ/amod/3 "
            "as/IN/prep/1 Iran/NNP/pobj/3 and/CC/cc/4 Mali/NNP/conj/4 "
            "fell/VBD/ROOT/7/fall",
            id="such as",
        ),
    ],
)
def test_a_phrase_goes_on_to_name_its_members(sentence):
    assert who("neighbours", sentence) == [("Iran", 1.0), ("Mali", 1.0)]


@pytest.mark.parametrize(
    ("noun", "found"),
    [("allies", ["Iran", "Mali"]), ("goats", [])],
)
def test_allies_in_states_stand_for_the_states(noun, found):
    sentence = (
        f"Some/DT/det/1 {noun}/NNS/nsubj/6/{'ally' if found else 'goat'} in/IN/prep/1 "
        "Iran/NNP/pobj/2 and/CC/cc/3 Mali/NNP/conj/3 fell/VBD/ROOT/6/fall"
    )
    assert [label for label, _ in who(noun, sentence)] == found


@pytest.mark.parametrize(
    ("word", "sentence", "found"),
    [
        pytest.param(
            "wall",
            "Israel/NNP/poss/2 's/POS/case/0 wall/NN/nsubj/5 of/IN/prep/2 "
            "Syria/NNP/pobj/3 ceased/VBD/ROOT/5/cease",
            [("Israel", 0.75)],
            id="an owner",
        ),
        pytest.param(
            "tests",
            "Iranian/JJ/amod/2 rocket/NN/compound/2 tests/NNS/nsubj/3/test "
            "failed/VBD/ROOT/3/fail",
            [("Iran", 0.75)],
            id="a nationality",
        ),
        pytest.param(
            "towns",
            "Towns/NNS/nsubj/3/town in/IN/prep/0 Syria/NNP/pobj/1 burnt/VBD/ROOT/3/burn",
            [("Syria", 0.75)],
            id="a place",
        ),
        pytest.param(
            "offer",
            "Every/DT/det/1 offer/NN/nsubj/5 made/VBN/acl/1/make by/IN/agent/2 "
            "China/NNP/pobj/3 failed/VBD/ROOT/5/fail",
            [("China", 0.75)],
            id="an agent",
        ),
        pytest.param(
            "attack",
            "The/DT/det/1 attack/NN/nsubj/4 on/IN/prep/1 Somalia/NNP/pobj/2 "
            "failed/VBD/ROOT/4/fail",
            [],
            id="what is done to somebody is not his",
        ),
        pytest.param(
            "attack",
            "The/DT/det/1 attack/NN/nsubj/4 by/IN/prep/1 Somalia/NNP/pobj/2 "
            "failed/VBD/ROOT/4/fail",
            [("Somalia", 0.75)],
            id="what somebody does is",
        ),
        pytest.param(
            "streets",
            "The/DT/det/1 streets/NNS/nsubj/6/street of/IN/prep/1 the/DT/det/4 "
            "towns/NNS/pobj/2/town in/IN/prep/4 Syria/NNP/pobj/5 burnt/VBD/ROOT/7/burn",
            [("Syria", 0.75)],
            id="two steps",
        ),
    ],
)
def test_through_what_belongs_to_whom(word, sentence, found):
    sentence = sentence.replace("/nsubj/6/street", "/nsubj/7/street")
    word = word if f" {word}/" in sentence else word.capitalize()
    assert who(word, sentence, over=THROUGH) == found
    assert who(word, sentence) == []
