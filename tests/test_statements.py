"""Statements: each said once, with exact evidence and an id that stays."""

from __future__ import annotations

import dataclasses

import pytest
from docs import doc, read

CONDEMNS = "Japan/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn China/NNP/dobj/1 {}./punct/1"
ONCE = CONDEMNS.format("")
MONDAY = CONDEMNS.format("on/IN/prep/1 Monday@DATE/NNP/pobj/3 ")
MEET = "Trump/NNP/nsubj/1 met/VBD/ROOT/1/meet Abe/NNP/dobj/1 {}./punct/1"
TEXT = (
    (
        "“/punct/6 Iran/NNP/nsubj/2 attacked/VBD/ccomp/6/attack Israel/NNP/dobj/2 "
        "”/punct/6 Trump/NNP/nsubj/6 said/VBD/ROOT/6/say ./punct/6"
    ),
    MEET.format(""),
    (
        "He/PRP/nsubj/1 praised/VBD/ROOT/1/praise Japanese/JJ/amod/3 "
        "forces/NNS/dobj/1/force ./punct/1"
    ),
)


def found(*sentences, **fields):
    return read(doc(*sentences), **fields)[0]


def words(parsed, evidence):
    """Return the words under each span of a piece of evidence."""
    spans = (evidence.subject, evidence.trigger, evidence.object)
    return tuple(parsed.text[start:end] for start, end in spans)


def test_every_span_holds_the_words_that_it_should():
    parsed = doc(*TEXT)
    pieces = [e for s in read(parsed)[0] for e in s.evidence]
    assert [words(parsed, e) for e in pieces] == [
        ("Iran", "attacked", "Israel"),
        ("Trump", "met", "Abe"),
        ("He", "praised", "Japanese forces"),
    ]
    sentences = [s.text for s in parsed.sents]
    assert [e.sentence for e in pieces] == sentences
    assert all(parsed.text[e.start : e.end] == e.sentence for e in pieces)


def test_statements_come_in_the_order_of_the_text():
    assert [s.relation for s in found(*TEXT)] == ["attacks", "meets", "supports"]


def test_what_is_said_twice_is_one_statement_with_two_pieces_of_evidence():
    (statement,) = found(ONCE, ONCE)
    assert [e.start for e in statement.evidence] == [0, 23]


@pytest.mark.parametrize(
    ("sentences", "times"),
    [
        pytest.param([MONDAY, ONCE], ["2017-11-06"], id="then without"),
        pytest.param([ONCE, MONDAY], ["2017-11-06"], id="first without"),
        pytest.param(
            [MONDAY, MONDAY.replace("Monday", "Sunday")],
            ["2017-11-06", "2017-11-05"],
            id="two times",
        ),
    ],
)
def test_a_telling_without_a_time_joins_the_one_with_it(sentences, times):
    assert [s.time for s in found(*sentences)] == times


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "Japan/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 condemn/VB/ROOT/3 "
            "China/NNP/dobj/3 ./punct/3",
            id="another factuality",
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 said/VBD/ROOT/1/say Japan/NNP/nsubj/3 "
            "condemned/VBD/ccomp/1/condemn China/NNP/dobj/3 ./punct/1",
            id="another speaker",
        ),
        pytest.param(
            "China/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn Japan/NNP/dobj/1 ./punct/1",
            id="the other way round",
        ),
    ],
)
def test_what_differs_is_said_apart(other):
    assert len({s.id for s in found(ONCE, other)}) == 2


def test_a_symmetric_statement_has_one_order_and_its_spans_follow():
    back = "Abe/NNP/nsubj/1 met/VBD/ROOT/1/meet Trump/NNP/dobj/1 ./punct/1"
    parsed = doc(MEET.format(""), back)
    (statement,) = read(parsed)[0]
    assert statement.subject.id < statement.object.id
    assert [words(parsed, e) for e in statement.evidence] == [
        ("Trump", "met", "Abe"),
        ("Trump", "met", "Abe"),
    ]


def test_nobody_does_anything_to_himself():
    assert found(ONCE.replace("China", "Japan")) == []


def test_ids_are_the_same_every_time_and_differ_by_document_and_place():
    assert found(*TEXT) == found(*TEXT)
    here = {s.id for s in found(*TEXT)}
    assert here.isdisjoint(s.id for s in found(*TEXT, id="b"))
    later = found("It/PRP/nsubj/1 rained/VBD/ROOT/1/rain ./punct/1", ONCE)
    assert [s.id for s in found(ONCE)] != [s.id for s in later]
    assert all(len(s.id) == 16 and int(s.id, 16) for s in later)


def test_the_other_names_that_a_text_uses_are_aliases():
    full = "Donald/NNP/compound/1 Trump/NNP/nsubj/2 left/VBD/ROOT/2/leave ./punct/2"
    (meeting,) = found(full, MEET.format(""))
    assert (meeting.subject.label, meeting.subject.aliases) == (
        "Donald Trump",
        ("Trump",),
    )


def test_a_phrase_is_the_texts_own_wording():
    (statement,) = found(
        "Japan/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 condemn/VB/ROOT/3 "
        "China/NNP/dobj/3"
    )
    assert statement.phrase == "did not condemn"


def test_an_unnamed_speaker_costs_confidence():
    said = (
        "{}/NNS/nsubj/1 said/VBD/ROOT/1/say Japan/NNP/nsubj/3 "
        "condemned/VBD/ccomp/1/condemn China/NNP/dobj/3"
    )
    (plain,), (hedged,) = found(ONCE), found(said.format("Officials"))
    assert hedged.confidence < plain.confidence
    assert hedged.attributed_to == ()


def test_what_is_embedded_and_far_apart_is_less_sure():
    plain, embedded, far = (
        found(text)[0].confidence
        for text in (
            ONCE,
            (
                "Peru/NNP/nsubj/1 said/VBD/ROOT/1/say Japan/NNP/nsubj/3 "
                "condemned/VBD/ccomp/1/condemn China/NNP/dobj/3"
            ),
            (
                "Japan/NNP/nsubj/6 in/IN/prep/6 the/DT/det/4 very/RB/advmod/4 end/NN/pobj/1 "
                "then/RB/advmod/6 condemned/VBD/ROOT/6/condemn China/NNP/dobj/6"
            ),
        )
    )
    assert embedded < plain > far


def test_what_is_too_unsure_is_listed_and_not_stated(monkeypatch):
    monkeypatch.setattr("kgbuild.statements.FLOOR", 0.96)
    stated, abstained = read(doc(ONCE))
    assert stated == []
    assert [(a.text, a.reason) for a in abstained] == [
        ("condemned", "unsure that Japan accuses China")
    ]


def test_a_state_has_no_time():
    (post,) = found(
        "Japanese/JJ/amod/1 president/NN/compound/2 Trump/NNP/nsubj/3 "
        "left/VBD/ROOT/3/leave on/IN/prep/3 Monday@DATE/NNP/pobj/4"
    )
    assert (post.relation, post.role, post.time) == ("leads", "president", None)


def test_abstentions_say_where_and_why():
    parsed = doc("He/PRP/nsubj/1 left/VBD/ROOT/1/leave ./punct/1")
    (abstention,) = read(parsed)[1]
    assert dataclasses.asdict(abstention) == {
        "doc": "a",
        "start": 0,
        "end": 2,
        "text": "He",
        "reason": "nobody near is clearly meant by 'He'",
    }


def test_a_text_without_words_says_nothing():
    assert read(doc("./punct/0")) == ([], [])
