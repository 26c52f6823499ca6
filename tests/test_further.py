"""A deal's slots are found in paragraphs that name neither its seller nor its buyer."""

from __future__ import annotations

import pytest

from kgbuild.extraction import extract, make_extractor
from kgbuild.model import Document

SALE = (
    "The United States has approved a possible sale of F-16 fighter aircraft to Bulgaria "
    "for an estimated cost of $1.3 billion, the State Department said on Tuesday.\n\n"
)
SUPPORT = (
    "This proposed sale will support the foreign policy of the United States by improving "
    "the security of Bulgaria, a NATO ally.\n\n"
)
REQUEST = (
    "The Government of Bulgaria has requested to buy twenty-four AIM-120 missiles; "
    "and forty GBU-39 bombs, with containers, spare parts, training and technical "
    "support of the contractor, publications, test equipment, transportation, "
    "personnel training and other related elements of logistics and program support "
    "over a period of five years, as well as software updates for the ground systems "
    "that were bought earlier and that are still in use at both of the bases there.\n\n"
)
MAKER = (
    "The principal contractor will be Northrop Grumman. There are no known offset "
    "agreements proposed in connection with this potential sale.\n\n"
)
EVENT = "Northrop Grumman sued Boeing over the use of its patents, a court said.\n\n"


def deals(text):
    found = extract(Document(id="a", text=text, date="2024-05-02"), make_extractor())
    return [s for s in found.statements if s.deal]


def test_who_makes_it_is_told_in_a_later_paragraph():
    (alone,) = deals(SALE)
    (deal,) = deals(SALE + MAKER)
    assert not alone.deal.contractors
    assert [c.label for c in deal.deal.contractors] == ["Northrop Grumman"]
    places = [(e.sentence, e.subject, e.object) for e in deal.evidence]
    assert places == [(e.sentence, e.subject, e.object) for e in alone.evidence]


def test_what_is_sold_is_told_in_an_earlier_paragraph():
    (deal,) = deals(REQUEST + SUPPORT)
    items = {i.label: i.quantity for i in deal.deal.items}
    assert (deal.subject.label, deal.object.label) == ("United States", "Bulgaria")
    assert sorted(items.values()) == [24, 40]


@pytest.mark.parametrize("other", [EVENT, "Weather was fine in Paris on the day.\n\n"])
def test_a_paragraph_about_something_else_adds_nothing(other):
    (alone,) = deals(SALE)
    (deal,) = deals(SALE + other)
    assert deal.deal == alone.deal


def test_a_paragraph_far_from_the_deal_adds_nothing():
    far = "Nothing of this was said in Sofia before, and nobody there had asked. " * 60
    (deal,) = deals(SALE + far + "\n\n" + MAKER)
    assert not deal.deal.contractors
