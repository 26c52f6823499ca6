"""Deals: joined from all that an article says of them, each slot filled where it is told."""

from __future__ import annotations

import pytest
from docs import doc, read

OFFER = (
    "France/NNP/nsubj/1 offered/VBD/ROOT/1/offer tanks/NNS/dobj/1/tank "
    "to/IN/dative/1 Egypt/NNP/pobj/3 ./punct/1"
)
SALE = (
    "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell tanks/NNS/dobj/1/tank to/IN/dative/1 "
    "Egypt/NNP/pobj/3 ./punct/1"
)
PLAN = (
    "France/NNP/nsubj/2 will/MD/aux/2 sell/VB/ROOT/2 {}/NNS/dobj/2/{} to/IN/dative/2 "
    "Egypt/NNP/pobj/4 ./punct/2"
)


def deals(*sentences, **fields):
    """Return the deals of a text as supplier, recipient, factuality, and the deal."""
    return [
        (s.subject.label, s.object.label, s.factuality, s.deal)
        for s in read(doc(*sentences), **fields)[0]
        if s.deal
    ]


def abstained(*sentences):
    return [a.reason for a in read(doc(*sentences))[1]]


@pytest.mark.parametrize(
    ("sentence", "status", "factuality"),
    [
        pytest.param(SALE, "delivered", "fact", id="sold"),
        pytest.param(OFFER, "proposed", "possible", id="offered"),
        pytest.param(PLAN.format("tanks", "tank"), "proposed", "possible", id="will"),
        pytest.param(
            "France/NNP/nsubj/1 approved/VBD/ROOT/1/approve the/DT/det/3 "
            "sale/NN/dobj/1 of/IN/prep/3 tanks/NNS/pobj/4/tank to/IN/prep/3 "
            "Egypt/NNP/pobj/6",
            "approved",
            "possible",
            id="approved",
        ),
        pytest.param(
            "Egypt/NNP/nsubj/1 ordered/VBD/ROOT/1/order tanks/NNS/dobj/1/tank "
            "from/IN/prep/1 France/NNP/pobj/3",
            "agreed",
            "fact",
            id="ordered",
        ),
        pytest.param(
            "Egypt/NNP/nsubj/1 requested/VBD/ROOT/1/request to/TO/aux/3 "
            "buy/VB/xcomp/1 tanks/NNS/dobj/3/tank from/IN/prep/3 France/NNP/pobj/5",
            "requested",
            "possible",
            id="requested",
        ),
        pytest.param(
            "France/NNP/nsubj/1 cancelled/VBD/ROOT/1/cancel the/DT/det/3 "
            "sale/NN/dobj/1 of/IN/prep/3 tanks/NNS/pobj/4/tank to/IN/prep/3 "
            "Egypt/NNP/pobj/6",
            "stopped",
            "negated",
            id="cancelled",
        ),
        pytest.param(
            "France/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 sell/VB/ROOT/3 "
            "tanks/NNS/dobj/3/tank to/IN/dative/3 Egypt/NNP/pobj/5",
            "stopped",
            "negated",
            id="not sold",
        ),
    ],
)
def test_status(sentence, status, factuality):
    ((supplier, recipient, so, deal),) = deals(sentence)
    assert (supplier, recipient) == ("France", "Egypt")
    assert (deal.status, so) == (status, factuality)
    assert [i.label for i in deal.items] == ["tanks"]


def test_a_request_stands_beside_the_deal_that_it_is_for():
    parsed = doc(
        "Egypt/NNP/nsubj/1 requested/VBD/ROOT/1/request to/TO/aux/3 buy/VB/xcomp/1 "
        "tanks/NNS/dobj/3/tank from/IN/prep/3 France/NNP/pobj/5"
    )
    asked = [s for s in read(parsed)[0] if not s.deal]
    assert [(s.subject.label, s.object.label, s.factuality) for s in asked] == [
        ("Egypt", "France", "fact")
    ]


def test_two_tellings_of_one_deal_are_one_with_the_further_status():
    plan = PLAN.format("tanks", "tank")
    clear = (
        "France/NNP/nsubj/1 approved/VBD/ROOT/1/approve the/DT/det/3 sale/NN/dobj/1 "
        "of/IN/prep/3 two/CD/nummod/6 tanks/NNS/pobj/4/tank to/IN/prep/3 "
        "Egypt/NNP/pobj/7 ./punct/1"
    )
    statements = [s for s in read(doc(plan, clear))[0] if s.deal]
    assert [(s.deal.status, len(s.evidence)) for s in statements] == [("approved", 2)]
    assert [(i.label, i.quantity) for i in statements[0].deal.items] == [("tanks", 2)]


@pytest.mark.parametrize(
    "vague", [("supplies", "supply"), ("capabilities", "capability")]
)
def test_what_any_deal_has_is_what_the_deal_is_told_to_be_of(vague):
    sold = "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell two/CD/nummod/3 tanks/NNS/dobj/1/tank to/IN/dative/1 Egypt/NNP/pobj/4 ./punct/1"
    ((*_, deal),) = deals(sold, PLAN.format(*vague))
    assert [(i.label, i.quantity) for i in deal.items] == [("tanks", 2)]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(PLAN.format("drones", "drone"), id="other goods"),
        pytest.param(SALE.replace("Egypt", "Iran"), id="another recipient"),
        pytest.param(SALE.replace("France", "Iran"), id="another supplier"),
        pytest.param(PLAN.format("tanks", "tank"), id="more of the same, to come"),
    ],
)
def test_what_differs_is_another_deal(other):
    assert len(deals(SALE, other)) == 2


def test_the_only_deals_value_may_stand_in_another_sentence():
    cost = (
        "The/DT/det/1 deal/NN/nsubj/2 costs/VBZ/ROOT/2/cost $/$/quantmod/5 "
        "2/CD/compound/5 billion/CD/dobj/2 ./punct/2"
    )
    ((*_, deal),) = deals(SALE, cost)
    assert (deal.value.amount, deal.value.currency) == (2_000_000_000, "USD")
    assert [d.value for *_, d in deals(SALE, PLAN.format("drones", "drone"), cost)] == [
        None,
        None,
    ]


def test_a_sum_of_others_is_not_the_deals_value():
    cost = (
        "Japan/NNP/nsubj/1 signed/VBD/ROOT/1/sign a/DT/det/3 contract/NN/dobj/1 "
        "worth/IN/prep/3 $/$/quantmod/7 2/CD/compound/7 billion/CD/pobj/4 ./punct/1"
    )
    ((*_, deal),) = deals(SALE, cost)
    assert deal.value is None


def test_a_value_goes_with_the_deal_that_it_hangs_on():
    worth = SALE.replace(
        " ./punct/1", " for/IN/prep/1 $/$/quantmod/8 2/CD/compound/8 billion/CD/pobj/5"
    )
    found = deals(worth, PLAN.format("drones", "drone"))
    assert [d.value and d.value.amount for *_, d in found] == [2_000_000_000, None]


def test_a_missing_recipient_comes_from_the_only_other_deal():
    bare = (
        "France/NNP/nsubj/2 will/MD/aux/2 sell/VB/ROOT/2 drones/NNS/dobj/2/drone "
        "./punct/2"
    )
    assert [d[:2] for d in deals(SALE, bare)] == [("France", "Egypt")] * 2
    assert deals(bare) == []
    assert abstained(bare) == ["a transfer of arms without a named recipient"]


def test_a_missing_supplier_is_who_publishes_the_text():
    bare = (
        "Tanks/NNS/nsubjpass/2/tank were/VBD/auxpass/2 sold/VBN/ROOT/2/sell "
        "to/IN/prep/2 Egypt/NNP/pobj/3"
    )
    assert deals(bare) == []
    assert abstained(bare) == ["a transfer of arms without a named supplier"]
    ((supplier, recipient, *_),) = deals(bare, source="State Department")
    assert (supplier, recipient) == ("United States", "Egypt")


def test_somebody_unnamed_is_no_missing_party():
    unnamed = (
        "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell drones/NNS/dobj/1/drone "
        "to/IN/dative/1 rebels/NNS/pobj/3/rebel ./punct/1"
    )
    assert [d[:2] for d in deals(SALE, unnamed)] == [("France", "Egypt")]


def test_the_parties_are_states_not_their_organs():
    organ = (
        "Turkish/JJ/amod/1 forces/NNS/nsubj/2/force bought/VBD/ROOT/2/buy "
        "tanks/NNS/dobj/2/tank from/IN/prep/2 Abe/NNP/pobj/4"
    )
    assert [d[:2] for d in deals(organ)] == [("Japan", "Turkey")]


def test_a_contractor_goes_to_the_only_deal():
    named = (
        "The/DT/det/1 contractor/NN/nsubj/2 is/VBZ/ROOT/2 Boeing/NNP/attr/2 ./punct/2"
    )
    ((*_, deal),) = deals(SALE, named)
    assert [c.label for c in deal.contractors] == ["Boeing"]
    both = deals(SALE, SALE.replace("Egypt", "Iran"), named)
    assert [d.contractors for *_, d in both] == [(), ()]


def test_what_is_no_arms_is_no_deal():
    assert deals(SALE.replace("tanks", "cars").replace("/tank", "/car")) == []
