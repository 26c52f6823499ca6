"""Speech: what is quoted, and the verb that gives it a speaker."""

from __future__ import annotations

import pytest
from docs import doc

from kgbuild.speech import quote_at, quotes

AFTER = (
    "“/punct/6 We/PRP/nsubj/2 fought/VBD/ccomp/6/fight ,/punct/6 ”/punct/6 "
    "Abe/NNP/nsubj/6 said/VBD/ROOT/6/say ./punct/6"
)
ALONE = "“/punct/2 We/PRP/nsubj/2 won/VBD/ROOT/2/win ./punct/2 ”/punct/2"


def found(*sentences, reporting=("say",)):
    """Return each quotation's words with the verb of its speaker."""
    parsed = doc(*sentences)
    parts = list(parsed.sents)
    number = [n for n, s in enumerate(parts) for _ in s]
    return [
        (parsed[q.start : q.end].text, None if q.verb is None else parsed[q.verb].text)
        for q in quotes(parsed, parts, number, frozenset(reporting))
    ]


def test_a_verb_of_saying_after_the_quotation():
    assert found(AFTER) == [("“We fought,”", "said")]


def test_a_verb_of_saying_before_the_quotation():
    sentence = (
        "Abe/NNP/nsubj/1 said/VBD/ROOT/1/say ,/punct/1 “/punct/5 We/PRP/nsubj/5 "
        "fought/VBD/ccomp/1/fight ./punct/1 ”/punct/1"
    )
    assert found(sentence) == [("“We fought.”", "said")]


def test_the_nearer_verb_of_saying_counts():
    sentence = (
        "Abe/NNP/nsubj/1 said/VBD/ROOT/1/say Obama/NNP/nsubj/3 added/VBD/ccomp/1/add "
        ",/punct/3 “/punct/3 Fine/JJ/ccomp/3 ./punct/3 ”/punct/3"
    )
    assert found(sentence, reporting=("say", "add")) == [("“Fine.”", "added")]


def test_a_verb_that_says_nothing_gives_no_speaker():
    assert found(AFTER, reporting=("shout",)) == [("“We fought,”", None)]


def test_a_quotation_goes_on_from_the_one_right_before_it():
    assert found(AFTER, ALONE) == [("“We fought,”", "said"), ("“We won.”", "said")]


def test_it_does_not_go_on_after_other_words():
    between = "Iran/NNP/nsubj/1 fell/VBD/ROOT/1/fall ./punct/1"
    assert found(AFTER, between, ALONE)[1] == ("“We won.”", None)


def test_nor_into_a_sentence_that_begins_otherwise():
    other = "Iran/NNP/nsubj/1 faced/VBD/ROOT/1/face “/punct/3 war/NN/dobj/1 ”/punct/3"
    assert found(AFTER, other)[1] == ("“war”", None)


def test_a_quotation_that_nobody_closes_is_none():
    assert found("“/punct/2 We/PRP/nsubj/2 won/VBD/ROOT/2/win ./punct/2") == []


def test_a_paragraph_opens_the_quotation_anew():
    first = "“/punct/2 We/PRP/nsubj/2 won/VBD/ROOT/2/win ./punct/2"
    assert [words for words, _ in found(first, ALONE)] == ["“We won.”"]


@pytest.mark.parametrize(("index", "inside"), [(0, True), (4, True), (5, False)])
def test_a_token_is_in_the_quotation_around_it(index, inside):
    parsed = doc(AFTER)
    told = quotes(parsed, list(parsed.sents), [0] * len(parsed), frozenset({"say"}))
    assert (quote_at(told, index) is told[0]) is inside
