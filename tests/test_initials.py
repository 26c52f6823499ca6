"""Initials in brackets stand for the name before them, and nothing else does."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kgbuild.gazetteer import RECOGNIZED, Mention
from kgbuild.initials import lengthened, shortened


def read(text, *spans, type="Organization"):
    doc = Doc(spacy.blank("en").vocab, words=text.split())
    return doc, [Mention(start=a, end=b, kind=RECOGNIZED, type=type) for a, b in spans]


@pytest.mark.parametrize(
    ("text", "span", "initials", "end"),
    [
        ("The Transport Workers Union ( TWU ) met", (1, 4), "TWU", 4),
        ("The Civic Platform of Chad ( CPC ) met", (1, 3), "CPC", 5),
        ("the Ministry of Trade and Industry ( MTI )", (1, 4), "MTI", 6),
        ("the Union of Peru ( UoP )", (1, 2), "UoP", 4),
    ],
)
def test_each_letter_begins_a_word(text, span, initials, end):
    doc, mentions = read(text, span)
    found = shortened(doc, mentions)
    assert found[initials].start == span[0]
    assert found[initials].end == end


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The Transport Union ( TWU ) met", (1, 3)),  # a letter too many
        ("The Transport Workers Union TWU met", (1, 4)),  # no bracket
        ("The Transport Workers Union ( Twu ) met", (1, 4)),  # a word
    ],
)
def test_what_is_not_short_for_a_name(text, span):
    assert shortened(*read(text, span)) == {}


def test_people_have_no_initials_in_brackets():
    doc, mentions = read("Ann Bea Lee ( ABL ) met", (0, 3), type="Person")
    assert shortened(doc, mentions) == {}


def test_a_lengthened_name_takes_in_the_names_within_it():
    doc, mentions = read("The Civic Platform of Chad ( CPC ) met", (1, 3), (4, 5))
    names = lengthened(mentions, shortened(doc, mentions))
    assert [(m.start, m.end) for m in names] == [(1, 5)]
