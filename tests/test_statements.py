"""Statements: what an article says, once it is known who is meant, and what it leaves unsaid."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import article, lines, words_at

from kgbuild.knowledge.posts import spelled
from kgbuild.reader.calibration import Calibration
from kgbuild.statements.tell import tell
from kgbuild.statements.unite import identity, unite

MET = '[a Country|Japan] met [b Country|France] on [t Time|Monday].\na meets b "met" | on t'


def told(*passages, **options):
    return tell(article(*passages, **options))[0]


def left(*passages, **options):
    return [(x.text, x.reason) for x in tell(article(*passages, **options))[1]]


# -- one claim -------------------------------------------------------------------------


def test_a_claim_becomes_a_statement_with_its_evidence():
    read = article("It rained.", MET)
    (s,) = tell(read)[0]
    assert (s.doc, s.subject.id, s.relation, s.object.id) == (
        "a",
        "wd:Q17",
        "meets",
        "wd:Q142",
    )
    assert (s.factuality, s.time, s.phrase) == ("fact", "2020-06-15", "met")
    (e,) = s.evidence
    assert words_at(read, (e.start, e.end)) == e.sentence
    assert e.sentence == "Japan met France on Monday."
    assert [words_at(read, x) for x in (e.subject, e.trigger, e.object)] == [
        "Japan",
        "met",
        "France",
    ]


def test_the_evidence_is_the_sentence_of_the_trigger():
    (s,) = told(
        "[a Country|Japan] spoke. It met [b Country|France]. It rained.\n"
        'a meets b "met"'
    )
    assert s.evidence[0].sentence == "It met France."


def test_the_speaker_is_who_it_is_attributed_to():
    (s,) = told(
        "[a Country|Japan] attacked [b Country|France], said [p Person|Jane Roe].\n"
        'a attacks b "attacked" | by p'
    )
    assert [e.label for e in s.attributed_to] == ["Jane Roe"]


def test_a_plural_tells_of_each_of_its_members():
    found = lines(
        "[a Country|Japan] and [b Country|France] agreed. [c Country|Both] sanctioned "
        '[d Country|Iran].\nc = a, b\nc sanctions d "sanctioned"'
    )
    assert found == ["Japan sanctions Iran", "France sanctions Iran"]


def test_nobody_does_anything_with_himself():
    assert lines('[a Country|Japan] met [b Country|Tokyo].\na meets b "met"') == lines(
        "[a Country|Japan] slept."
    )


def test_a_relation_holds_only_between_what_it_may():
    assert not lines('[a Weapon|Zork cannon] met [b Country|France].\na meets b "met"')


def test_a_post_is_told_by_the_words_for_it_and_has_no_day():
    (s,) = told(
        "[a Country|Kenyan] President [b Person|Jane Roe] spoke on [t Time|Monday].\n"
        'b leads a "President" | on t'
    )
    assert (spelled(s.role), s.time) == ("president", None)


# -- when ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "time", "factuality"),
    [
        ("last Friday", "2020-06-12", "fact"),
        ("Monday", "2020-06-15", "fact"),
        ("tomorrow", "2020-06-16", "possible"),
        ("in July 2020", "2020-07", "possible"),
        ("in June 2020", "2020-06", "fact"),
        ("in 2021", "2021", "possible"),
        ("someday", None, "fact"),
    ],
)
def test_what_is_to_come_is_possible_only(when, time, factuality):
    (s,) = told(
        f'[a Country|Japan] meets [b Country|France] [t Time|{when}].\na meets b "meets" | on t'
    )
    assert (s.time, s.factuality) == (time, factuality)


def test_without_a_day_of_the_article_nothing_is_to_come():
    (s,) = told(MET.replace("Monday", "in 2031"), date=None)
    assert (s.time, s.factuality) == ("2031", "fact")


def test_what_is_denied_stays_denied_whenever_it_is():
    (s,) = told(
        "[a Country|Japan] will not meet [b Country|France] [t Time|tomorrow].\n"
        'a meets b "meet" | on t | negated'
    )
    assert s.factuality == "negated"


# -- what is left unsaid ---------------------------------------------------------------


def test_what_is_unsure_is_left_out_and_said_so():
    assert told(MET, least=0.95) == []
    assert left(MET, least=0.95) == [("met", "unsure (0.90) that Japan meets France")]


def test_what_has_hardly_a_chance_is_not_even_mentioned():
    assert tell(article(MET, chance=0.1)) == ([], [])


def test_who_is_not_known_is_told_by_the_words():
    text = '[a Person|He] met [b Country|France].\na meets b "met"'
    assert told(text) == []
    assert left(text) == [("He", "not told who 'He' is")]
    text = '[b Country|France] met [a Person|him].\nb meets a "met"'
    assert left(text) == [("him", "not told who 'him' is")]


def test_a_doubtful_antecedent_makes_what_is_said_of_it_doubtful():
    read = article(
        "[p Person|Jane Roe] left. [a Person|She] met [b Country|France].\n"
        'p = a\na meets b "met"'
    )
    (s,) = tell(read)[0]
    assert s.confidence == round(0.9 * 0.9, 2)


def test_the_confidence_is_the_calibrated_one():
    read = replace(
        article(MET),
        calibration=Calibration(points=((0.0, 0.0), (1.0, 0.5))),
        least=0.4,
    )
    assert [s.confidence for s in tell(read)[0]] == [0.45]


# -- what is told several times --------------------------------------------------------


def test_what_is_said_twice_is_one_statement_with_two_sentences():
    (s,) = told(MET, MET)
    assert len({e.start for e in s.evidence}) == 2


def test_what_is_symmetric_is_given_once_as_it_is_told_first():
    (s,) = told(
        MET, '[b Country|France] met [a Country|Japan].\nb meets a "met"', date=None
    )
    assert (s.subject.label, s.object.label) == ("Japan", "France")
    assert [e.subject[1] - e.subject[0] for e in s.evidence] == [len("Japan")] * 2


def test_what_has_a_direction_keeps_it():
    found = lines(
        '[a Country|Japan] attacked [b Country|France].\na attacks b "attacked"',
        '[b Country|France] attacked [a Country|Japan].\nb attacks a "attacked"',
    )
    assert found == ["Japan attacks France", "France attacks Japan"]


def test_a_fact_covers_what_the_same_sentence_calls_possible():
    text = (
        "[a Country|Japan] met and may meet [b Country|France].\n"
        'a meets b "meet" | possible\na meets b "met"'
    )
    assert [s.factuality for s in told(text)] == ["fact"]


def test_what_is_denied_elsewhere_is_kept_beside_the_fact():
    text = (
        '[a Country|Japan] did not meet [b Country|France].\na meets b "meet" | negated'
    )
    assert sorted(s.factuality for s in told(MET, text)) == ["fact", "negated"]


def test_the_same_at_another_time_is_another():
    assert len(told(MET, MET.replace("Monday", "June 3"))) == 2


# -- order and identity ----------------------------------------------------------------

MANY = """\
[a Country|Japan] met [b Country|France] on [t Time|Monday].
a meets b "met" | on t

[a Country|France] attacked [b Country|Iran].
a attacks b "attacked"
b attacks a "attacked" | negated

[a Country|Japan] and [b Country|France] met. [c Country|Both] hosted [d Country|both].
c = a, b
d = a, b
a meets b "met"
c meets d "hosted"

[a Country|Iran] sold [n Number|four] [w Weapon|tanks] to [b Country|Kenya] for [m Money|$2].
a transfers_arms_to b "sold" | items w:n | value m | status agreed

[a Country|Iran] sends [w Weapon|tanks] to [b Country|Kenya].
a transfers_arms_to b "sends" | items w | status delivered

[a Country|Iran] offered [w Weapon|rifles] to [b Country|Kenya].
a transfers_arms_to b "offered" | items w | status proposed

[a Country|Iran] arms [b Country|Kenya]; [c Country|Iran] sold [v Weapon|rifles] and [w Weapon|tanks] to [d Country|Kenya].
a transfers_arms_to b "arms" | status agreed
c transfers_arms_to d "sold" | items v
c transfers_arms_to b "sold" | items w
"""


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(random: random.Random):
    read = article(MANY)
    shuffled = []
    for reading in read.readings:
        claims = list(reading.claims)
        random.shuffle(claims)
        shuffled.append(replace(reading, claims=tuple(claims)))
    assert tell(replace(read, readings=shuffled)) == tell(read)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_united_changes_nothing(random: random.Random):
    read = article(MANY)
    found = tell(read)[0]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert unite(shuffled, read.vocabulary) == found


def test_statements_stand_in_the_order_of_the_text():
    places = [s.evidence[0].start for s in told(MANY)]
    assert places == sorted(places) and len(places) == 5


def test_ids_are_one_each_and_stay():
    found = told(MANY)
    assert len({s.id for s in found}) == len(found)
    assert [s.id for s in told(MANY)] == [s.id for s in found]


def test_the_id_tells_apart_what_is_said_and_not_how_surely():
    (s,) = told(MET)
    assert identity(replace(s, confidence=0.5, id="x")) == s.id
    for change in (
        {"factuality": "negated"},
        {"time": None},
        {"doc": "b"},
        {"relation": "attacks"},
        {"attributed_to": (s.object,)},
    ):
        assert identity(replace(s, **change)) != s.id


# -- what names tell by themselves -------------------------------------------------------


def posts(*passages, **options):
    return [
        (s.subject.label, s.relation, s.object.label, s.role)
        for s in told(*passages, **options)
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Prime Minister", [("Shinzo Abe", "leads", "Japan", "Prime Minister")]),
        ("former Prime Minister", []),
        ("Deputy Prime Minister", []),
        ("Foreign Minister", []),
        ("Then spoke", []),
    ],
)
def test_a_known_persons_title_tells_of_which_state_he_has_the_post(said, expected):
    assert posts(f"{said} [a Person|Shinzo Abe] spoke.", date="2018-03-01") == expected


def test_a_title_tells_nothing_on_a_day_on_which_its_bearer_had_no_such_post():
    passage = "Prime Minister [a Person|Shinzo Abe] spoke."
    assert posts(passage, date="2024-03-01") == posts(passage, date=None) == []


def test_what_the_reader_tells_of_a_post_is_not_told_again():
    read = "[b Country|Japan]'s Prime Minister [a Person|Shinzo Abe] spoke."
    line = 'a leads b "Prime Minister"'
    assert len(posts(f"{read}\n{line}", date="2018-03-01")) == 1


def test_a_bodys_own_name_tells_of_which_state_it_is():
    (s,) = told("The [a Organization|Royal Thai Navy] sailed.")
    assert (s.relation, s.object.label, s.role) == ("member_of", "Thailand", None)
    (e,) = s.evidence
    sentence = e.sentence[e.trigger[0] - e.start : e.trigger[1] - e.start]
    assert sentence == "Thai"


def test_a_company_named_after_a_state_is_none_of_its_bodies():
    assert (
        told("[a Organization|Bank of America] and [b Organization|Air China].") == []
    )


def test_a_trigger_that_runs_on_into_the_next_sentence_ends_with_its_own():
    passage = (
        "[a Country|Japan] met [b Country|France]. It rained.\n"
        'a meets b "met France. It"'
    )
    (s,) = told(passage)
    (e,) = s.evidence
    assert e.trigger[1] <= e.end
    assert s.phrase == "met France."


def test_a_post_told_of_another_state_than_that_of_whom_it_is_known_is_left_out():
    passage = (
        "[a Country|French] minister and Prime Minister [b Person|Shinzo Abe] spoke.\n"
        'b member_of a "minister"'
    )
    assert posts(passage, date="2018-03-01") == [
        ("Shinzo Abe", "leads", "Japan", "Prime Minister")
    ]


def test_a_minister_known_leads_no_state_whatever_the_words():
    passage = (
        "[a Country|British] Chancellor [b Person|Gordon Brown] spoke.\n"
        'b leads a "Chancellor"'
    )
    assert posts(passage, date="2006-01-14") == [
        ("Gordon Brown", "member_of", "United Kingdom", "Chancellor")
    ]


def test_words_that_name_no_post_are_no_role():
    passage = '[a Person|Jane Roe] of [b Organization|Acme] spoke.\na member_of b "of"'
    assert posts(passage) == [("Jane Roe", "member_of", "Acme", None)]


def test_a_state_holds_no_post_in_what_it_joins():
    passage = (
        "[a Country|Romania] became a member of [b Organization|NATO].\n"
        'a member_of b "became a member of"'
    )
    assert [role for *_, role in posts(passage)] == [None]


def test_a_post_of_former_days_is_left_out_and_said():
    text = """Former [b Country|French] President [a Person|Jacques Chirac] spoke.
a leads b "President"
"""
    assert told(text) == []
    assert ("President", "a post of former days") in left(text)
    assert posts(text.replace("Former ", "Then "))
