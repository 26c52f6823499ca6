"""Deals: their slots, one deal where several sentences tell of it, and what is no deal."""

from __future__ import annotations

import pytest
from told import article, gazetteer, lines

from kgbuild.model import Item, Money
from kgbuild.statements.tell import tell

SOLD = (
    "[a Country|France] sold [n Number|{n}] [w Weapon|{w}] to [b Country|Kenya] for "
    "[m Money|{m}].\n"
    'a transfers_arms_to b "sold" | items w:n | value m | kind sale | status {s}'
)


def sold(n="four", w="Zork cannons", m="$2 million", s="agreed"):
    return SOLD.format(n=n, w=w, m=m, s=s)


def deals(*passages, **options):
    return [s for s in tell(article(*passages, **options))[0] if s.deal]


def test_the_slots_of_a_deal_are_filled():
    (s,) = deals(
        "[a Country|France] sold [n Number|a dozen] [w Weapon|Zork cannons] and "
        "[v Weapon|patrol boats] by [c Organization|Acme Widgets] to [b Country|Kenya] for "
        "[m Money|$2.5 billion].\n"
        'a transfers_arms_to b "sold" | items w:n, v | value m | kind sale | '
        "status agreed | contractors c"
    )
    assert s.deal.items == (
        Item(label="Zork cannon", quantity=12),
        Item(label="patrol boat"),
    )
    assert s.deal.value == Money(amount=2_500_000_000, currency="USD")
    assert (s.deal.kind, s.deal.status) == ("sale", "agreed")
    assert [c.label for c in s.deal.contractors] == ["Acme Widgets"]


@pytest.mark.parametrize(
    ("words", "pieces"),
    [("up to 40", 40), ("4,000", 4000), ("dozens", None), ("2.5", None)],
)
def test_a_number_of_pieces_is_a_whole_one(words, pieces):
    (s,) = deals(sold(n=words))
    assert [i.quantity for i in s.deal.items] == [pieces]


def test_what_is_said_of_one_deal_in_several_sentences_is_one_deal():
    (s,) = deals(
        '[a Country|France] armed [b Country|Kenya].\na transfers_arms_to b "armed" | status proposed',
        sold(),
    )
    assert s.deal.items == (Item(label="Zork cannon", quantity=4),)
    assert s.deal.status == "agreed"
    assert len(s.evidence) == 2


def test_a_deal_is_as_far_as_its_furthest_telling():
    (s,) = deals(sold(s="requested"), sold(s="delivered"), sold(s="approved"))
    assert s.deal.status == "delivered"


def test_what_was_delivered_at_large_makes_no_fact_of_a_plan():
    plan, general = deals(
        sold(s="approved"),
        '[a Country|France] armed [b Country|Kenya].\na transfers_arms_to b "armed" | status delivered',
    )
    assert (plan.factuality, plan.deal.status) == ("possible", "approved")
    assert (general.factuality, general.deal.items) == ("fact", ())


def test_who_asks_for_a_deal_does_so_beside_it():
    told, _ = tell(article(sold(s="requested")))
    (asked,) = [s for s in told if not s.deal]
    assert (asked.subject.label, asked.relation, asked.object.label) == (
        "Kenya",
        "requests",
        "France",
    )


@pytest.mark.parametrize(
    "other",
    [
        {"w": "gunboats"},
        {"m": "$3 million"},
    ],
)
def test_other_goods_or_another_sum_are_another_deal(other):
    assert len(deals(sold(), sold(**other))) == 2


def test_another_recipient_is_another_deal():
    other = sold().replace("Kenya", "Uganda")
    assert [s.object.label for s in deals(sold(), other)] == ["Kenya", "Uganda"]


def test_another_year_is_another_deal():
    text = (
        "[a Country|France] sold [w Weapon|rifles] to [b Country|Kenya] [t Time|in {}].\n"
        'a transfers_arms_to b "sold" | items w | on t'
    )
    assert [s.time for s in deals(text.format(2015), text.format(2016))] == [
        "2015",
        "2016",
    ]


def test_a_word_of_the_others_names_the_same_goods():
    (s,) = deals(sold(w="Zork cannons"), sold(w="cannons"))
    assert {i.quantity for i in s.deal.items} == {4}


def test_a_state_and_its_own_industry_make_no_deal(knowledge_of_acme):
    text = (
        "[a Organization|Acme Widgets] delivered [w Weapon|rifles] to [b Country|Kenya].\n"
        'a transfers_arms_to b "delivered" | items w'
    )
    assert lines(text, names=knowledge_of_acme) == []
    assert lines(text.replace("Kenya", "Uganda"), names=knowledge_of_acme) == [
        "Acme Widgets transfers_arms_to Uganda"
    ]


def test_a_leader_and_an_organ_deal_for_their_state():
    found = lines(
        "[a Person|Vladimir Putin] sold [w Weapon|rifles] to the "
        "[b Country|Turkish] [c Organization|army].\n"
        'a transfers_arms_to c "sold" | items w',
        date="2017-11-06",
    )
    assert found == ["Russia transfers_arms_to Turkey"]


def test_a_person_of_no_known_state_makes_no_deal_and_that_is_said():
    read = article(
        "[a Person|Jane Roe] sold [w Weapon|rifles] to [b Country|Kenya].\n"
        'a transfers_arms_to b "sold" | items w'
    )
    statements, left = tell(read)
    assert statements == []
    assert [x.reason for x in left] == ["not told who 'Jane Roe' is"]


@pytest.fixture
def knowledge_of_acme(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("name,type,kind,of\nAcme Widgets,Organization,company,Kenya\n")
    return gazetteer(file)
