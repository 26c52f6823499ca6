"""Propositions: predicates that are asked for, with their arguments spread out."""

from __future__ import annotations

import pytest
from docs import doc, texts

from kgbuild.clauses import Clauses
from kgbuild.propositions import propositions

CONTROL = frozenset({"urge"})


def found(sentence, verbs=(), nouns=()):
    """Return lemma, words of the predicate, roles, light verb and link of each proposition."""
    parsed = doc(sentence)
    return [
        (
            p.lemma,
            parsed[p.predicate : p.last + 1].text,
            {k: v for k, v in texts(parsed, p.roles).items() if v},
            None if p.light is None else parsed[p.light].text,
            p.link,
        )
        for p in propositions(
            parsed, Clauses(parsed, {"object_control": CONTROL}), verbs, nouns
        )
    ]


def test_only_what_is_asked_for_is_a_predicate():
    sentence = (
        "Iran/NNP/nsubj/1 met/VBD/ROOT/1/meet Iraq/NNP/dobj/1 and/CC/cc/1 "
        "left/VBD/conj/1/leave"
    )
    assert [p[0] for p in found(sentence, {"meet"})] == ["meet"]
    assert [p[0] for p in found(sentence, {"leave", "meet"})] == ["meet", "leave"]
    assert found(sentence, (), {"meet"}) == []


def test_coordinated_arguments_are_spread_out():
    sentence = (
        "Iran/NNP/nsubj/3 and/CC/cc/0 Iraq/NNP/conj/0 condemned/VBD/ROOT/3/condemn "
        "Italy/NNP/dobj/3 and/CC/cc/4 Mali/NNP/conj/4"
    )
    ((*_, roles, _, _),) = found(sentence, {"condemn"})
    assert roles == {"subject": ["Iran", "Iraq"], "object": ["Italy", "Mali"]}


def test_a_subject_does_not_go_on_after_its_verb():
    sentence = (
        "Iran/NNP/nsubj/1 met/VBD/ROOT/1/meet Italy/NNP/dobj/1 ,/punct/0 and/CC/cc/0 "
        "Mali/NNP/conj/0"
    )
    ((*_, roles, _, _),) = found(sentence, {"meet"})
    assert roles["subject"] == ["Iran"]


@pytest.mark.parametrize(
    ("sentence", "verbs", "lemma", "words"),
    [
        pytest.param(
            "Iran/NNP/nsubj/1 shot/VBD/ROOT/1/shoot down/RP/prt/1 jets/NNS/dobj/1/jet",
            {"shoot", "shoot down"},
            "shoot down",
            "shot down",
            id="a particle",
        ),
        pytest.param(
            "Iran/NNP/nsubj/1 shot/VBD/ROOT/1/shoot jets/NNS/dobj/1/jet down/RP/prt/1",
            {"shoot down"},
            "shoot down",
            "shot jets down",
            id="a particle after the object",
        ),
        pytest.param(
            "Iran/NNP/nsubj/1 shot/VBD/ROOT/1/shoot back/RB/advmod/1",
            {"shoot", "shoot down"},
            "shoot",
            "shot",
            id="a particle that is not asked for",
        ),
        pytest.param(
            "Iran/NNP/nsubj/1 opened/VBD/ROOT/1/open fire/NN/dobj/1",
            {"open fire"},
            "open fire",
            "opened fire",
            id="an object that belongs to the verb",
        ),
    ],
)
def test_particle_verbs(sentence, verbs, lemma, words):
    assert [p[:2] for p in found(sentence, verbs)] == [(lemma, words)]


def test_an_adjective_takes_the_subject_of_its_verb():
    sentence = (
        "Iran/NNP/nsubj/1 is/VBZ/ROOT/1 willing/JJ/acomp/1 to/TO/aux/4 "
        "help/VB/xcomp/2 Syria/NNP/dobj/4"
    )
    ((lemma, _, roles, _, _),) = found(sentence, {"willing"})
    assert (lemma, roles) == ("willing", {"subject": ["Iran"], "clause": ["help"]})


@pytest.mark.parametrize(
    ("sentence", "roles", "light", "link"),
    [
        pytest.param(
            "Japan/NNP/nsubj/1 held/VBD/ROOT/1/hold talks/NNS/dobj/1/talk "
            "with/IN/prep/2 Iran/NNP/pobj/3",
            {"subject": ["Japan"], "with": ["Iran"]},
            "held",
            "object",
            id="a light verb",
        ),
        pytest.param(
            "Talks/NNS/nsubjpass/2/talk were/VBD/auxpass/2 held/VBN/ROOT/2/hold "
            "by/IN/agent/2 Japan/NNP/pobj/3",
            {"subject": ["Japan"]},
            "held",
            "object",
            id="a light verb in the passive",
        ),
        pytest.param(
            "Talks/NNS/nsubj/5/talk between/IN/prep/0 Italy/NNP/pobj/1 and/CC/cc/2 "
            "Iran/NNP/conj/2 failed/VBD/ROOT/5/fail",
            {"between": ["Italy", "Iran"]},
            "failed",
            "subject",
            id="a subject",
        ),
        pytest.param(
            "Japan/NNP/poss/2 's/POS/case/0 talks/NNS/nsubj/5/talk with/IN/prep/2 "
            "Iran/NNP/pobj/3 failed/VBD/ROOT/5/fail",
            {"own": ["Japan"], "with": ["Iran"]},
            "failed",
            "subject",
            id="an owner",
        ),
        pytest.param(
            "Japanese/JJ/amod/1 talks/NNS/nsubj/4/talk with/IN/prep/1 Iran/NNP/pobj/2 "
            "failed/VBD/ROOT/4/fail",
            {"own": ["Japanese"], "compound": ["Japanese"], "with": ["Iran"]},
            "failed",
            "subject",
            id="a nationality",
        ),
        pytest.param(
            "Japan/NNP/nsubj/1 met/VBD/ROOT/1/meet Iran/NNP/dobj/1 for/IN/prep/1 "
            "talks/NNS/pobj/3/talk",
            {"subject": ["Japan"]},
            "met",
            "for",
            id="a phrase",
        ),
        pytest.param(
            "Japan/NNP/nsubj/1 held/VBD/ROOT/1/hold a/DT/det/3 series/NN/dobj/1 "
            "of/IN/prep/3 talks/NNS/pobj/4/talk with/IN/prep/5 Iran/NNP/pobj/6",
            {"subject": ["Japan"], "with": ["Iran"]},
            "held",
            "object",
            id="a series of them",
        ),
        pytest.param(
            "Japan/NNP/nsubj/1 held/VBD/ROOT/1/hold votes/NNS/dobj/1/vote and/CC/cc/2 "
            "talks/NNS/conj/2/talk with/IN/prep/4 Iran/NNP/pobj/5",
            {"subject": ["Japan"], "with": ["Iran"]},
            "held",
            "object",
            id="coordinated",
        ),
    ],
)
def test_a_noun_takes_the_roles_of_the_verb_that_it_completes(
    sentence, roles, light, link
):
    ((lemma, _, *rest),) = found(sentence, (), {"talk"})
    assert (lemma, *rest) == ("talk", roles, light, link)


def test_a_compound_noun_is_one_predicate():
    sentence = "A/DT/det/2 phone/NN/compound/2 call/NN/nsubj/3 ended/VBD/ROOT/3/end"
    assert [p[0] for p in found(sentence, (), {"call", "phone call"})] == ["phone call"]
    assert [p[0] for p in found(sentence, (), {"call"})] == ["call"]


def test_what_a_nouns_infinitive_says_is_its_clause():
    sentence = (
        "Iran/NNP/nsubj/1 made/VBD/ROOT/1/make a/DT/det/3 threat/NN/dobj/1 "
        "to/TO/aux/5 attack/VB/acl/3 Iraq/NNP/dobj/5"
    )
    ((*_, roles, _, _),) = found(sentence, (), {"threat"})
    assert (roles["subject"], roles["clause"]) == (["Iran"], ["attack"])


@pytest.mark.xfail(
    strict=True, reason="a verb left out after 'and' is not put back in its place"
)
def test_a_verb_left_out_is_understood():
    sentence = (
        "France/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn Iran/NNP/dobj/1 and/CC/cc/1 "
        "Germany/NNP/nsubj/5 Turkey/NNP/conj/1"
    )
    parties = [roles for _, _, roles, _, _ in found(sentence, {"condemn"})]
    assert {"subject": ["Germany"], "object": ["Turkey"]} in parties


def test_a_verb_left_out_gives_its_arguments_to_nobody_else():
    sentence = (
        "France/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn Iran/NNP/dobj/1 and/CC/cc/1 "
        "Germany/NNP/nsubj/5 Turkey/NNP/conj/1"
    )
    parties = [roles for _, _, roles, _, _ in found(sentence, {"condemn"})]
    assert parties == [{"subject": ["France"], "object": ["Iran"]}]
