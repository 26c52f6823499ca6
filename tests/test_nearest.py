"""Words that tell of somebody in their own sentence do not tell of others as well."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told import article

from kgbuild.reader.nearest import nearest

TWO = (
    "[a Country|Iran] threatened [b Country|Iraq]. [c Country|Chile] met [d Country|Peru].\n"
    'a threatens b "threatened"\na threatens c "threatened"\nc meets d "met"'
)


def kept(passage, **chances):
    """Return the objects of the threats that are left, given chances by their words."""
    read = article(passage)
    (reading,) = read.readings
    words = [read.cast.words(m) for m in reading.mentions]
    claims = tuple(
        replace(c, confidence=chances.get(words[c.object], c.confidence))
        for c in reading.claims
    )
    found = nearest(replace(reading, claims=claims), read.sentences)
    return [words[c.object] for c in found.claims if c.relation == "threatens"]


def test_an_object_of_the_next_sentence_goes_where_the_own_has_one():
    assert kept(TWO) == ["Iraq"]


@pytest.mark.parametrize("chance", [0.8, 0.2])
def test_it_stays_where_it_is_the_surer_one(chance):
    assert kept(TWO, Iraq=chance, Chile=0.85) == ["Iraq", "Chile"]


def test_what_the_own_sentence_does_not_name_is_looked_for_beyond():
    alone = "[c Country|Chile] was tense. [a Country|Iran] threatened it with war.\n"
    assert kept(alone + 'a threatens c "threatened"') == ["Chile"]


def test_several_of_one_sentence_stay():
    several = "[a Country|Iran] threatened [b Country|Iraq] and [c Country|Chile].\n"
    lines = 'a threatens b "threatened"\na threatens c "threatened"'
    assert kept(several + lines) == ["Iraq", "Chile"]


def test_a_subject_of_another_sentence_goes_too():
    two = (
        "[a Country|Peru] won. [b Country|Iran] threatened [c Country|Iraq].\n"
        'b threatens c "threatened"\na threatens c "threatened"'
    )
    assert kept(two) == ["Iraq"]


def test_news_in_brief_tell_each_their_own(read):
    text = "Iran threatened Iraq with war. Chile bought two ships from Spain."
    told = {(s.subject.label, s.relation, s.object.label) for s in read(text)}
    assert ("Iran", "threatens", "Iraq") in told
    assert not any(r == "threatens" and o != "Iraq" for _, r, o in told)
