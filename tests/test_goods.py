"""Goods: which noun phrases are arms, what they are called and how many."""

from __future__ import annotations

import pytest
from docs import cast_of, doc, token

from kgbuild.goods import is_goods, items

SOLD = "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell "


def goods(word, cells, *more):
    """Return the items of an object, as number and label."""
    made = cast_of(doc(SOLD + cells, *more))
    head = token(made.doc, word).i
    assert is_goods(made, head) is bool(items(made, head))
    return [(i.quantity, i.label) for i in items(made, head)]


@pytest.mark.parametrize(
    ("word", "cells", "found"),
    [
        pytest.param("tanks", "tanks/NNS/dobj/1/tank", [(None, "tanks")], id="plain"),
        pytest.param("tank", "a/DT/det/3 tank/NN/dobj/1", [(1, "tank")], id="one"),
        pytest.param(
            "jets",
            "four/CD/nummod/4 F-35/NNP/compound/4 jets/NNS/dobj/1/jet",
            [(4, "F-35 jets")],
            id="a name before the noun",
        ),
        pytest.param(
            "tanks",
            "several/JJ/amod/5 new/JJ/amod/5 Iranian/JJ/amod/5 tanks/NNS/dobj/1/tank",
            [(None, "tanks")],
            id="without vague words and nationality",
        ),
        pytest.param(
            "tanks",
            "American/NNP/npadvmod/4 -/punct/4 made/VBN/amod/5/make "
            "tanks/NNS/dobj/1/tank",
            [(None, "tanks")],
            id="without what made them",
        ),
        pytest.param(
            "tanks",
            "laser/NN/npadvmod/4 -/punct/4 guided/VBN/amod/5/guide "
            "tanks/NNS/dobj/1/tank",
            [(None, "laser-guided tanks")],
            id="but with what guides them",
        ),
        pytest.param(
            "dozens",
            "dozens/NNS/dobj/1/dozen of/IN/prep/2 tanks/NNS/pobj/3/tank",
            [(None, "tanks")],
            id="dozens of",
        ),
        pytest.param(
            "batches",
            "two/CD/nummod/3 batches/NNS/dobj/1/batch of/IN/prep/3 "
            "tanks/NNS/pobj/4/tank",
            [(2, "tanks")],
            id="two batches of",
        ),
        pytest.param(
            "tank",
            "a/DT/det/3 tank/NN/dobj/1 and/CC/cc/3 two/CD/nummod/6 "
            "drones/NNS/conj/3/drone",
            [(1, "tank"), (2, "drones")],
            id="two kinds",
        ),
        pytest.param(
            "systems",
            "systems/NNS/dobj/1/system including/VBG/prep/2/include two/CD/nummod/5 "
            "tanks/NNS/pobj/3/tank",
            [(2, "tanks")],
            id="systems that are named",
        ),
        pytest.param(
            "aid",
            "military/JJ/amod/3 aid/NN/dobj/1",
            [(None, "military aid")],
            id="military aid",
        ),
        pytest.param("aid", "food/NN/compound/3 aid/NN/dobj/1", [], id="food aid"),
        pytest.param("wheat", "wheat/NN/dobj/1", [], id="wheat"),
        pytest.param(
            "dozens",
            "dozens/NNS/dobj/1/dozen of/IN/prep/2 cars/NNS/pobj/3/car",
            [],
            id="dozens of what is no arms",
        ),
    ],
)
def test_items(word, cells, found):
    assert goods(word, cells) == found


def test_a_list_with_semicolons_is_read_item_by_item():
    cells = (
        "four/CD/nummod/3 tanks/NNS/dobj/1/tank ;/punct/3 two/CD/nummod/6 "
        "drones/NNS/conj/3/drone ;/punct/6 and/CC/cc/6 spares/NNS/conj/6/spare ./punct/1"
    )
    assert goods("tanks", cells) == [(4, "tanks"), (2, "drones")]


def test_equipment_is_arms_only_in_a_notice_of_arms():
    cells = "equipment/NN/dobj/1 ./punct/1"
    notice = (
        "It/PRP/nsubj/1 noted/VBD/ROOT/1/note a/DT/det/5 Foreign/NNP/compound/5 "
        "Military/NNP/compound/5 Sale/NNP/dobj/1"
    )
    assert goods("equipment", cells) == []
    assert goods("equipment", cells, notice) == [(None, "equipment")]
