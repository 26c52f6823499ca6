"""Clauses: who fills which role, whatever hides it."""

from __future__ import annotations

import pytest
from docs import doc, lexicon, texts, token

from kgbuild.clauses import Clauses
from kgbuild.coordination import conjuncts
from kgbuild.phrases import is_passive


def roles(word, *sentences):
    parsed = doc(*sentences)
    cues = lexicon().cues
    clauses = Clauses(parsed, cues)
    found = texts(parsed, clauses.roles(token(parsed, word)))
    return {role: words for role, words in found.items() if words}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell tanks/NNS/dobj/1/tank "
            "to/IN/dative/1 Egypt/NNP/pobj/3",
            {"subject": ["France"], "object": ["tanks"], "indirect": ["Egypt"]},
            id="active",
        ),
        pytest.param(
            "Tanks/NNS/nsubjpass/2/tank were/VBD/auxpass/2 sold/VBN/ROOT/2/sell "
            "to/IN/prep/2 Egypt/NNP/pobj/3 by/IN/agent/2 France/NNP/pobj/5",
            {"object": ["Tanks"], "to": ["Egypt"], "subject": ["France"]},
            id="passive",
        ),
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell Egypt/NNP/dative/1 "
            "tanks/NNS/dobj/1/tank",
            {"subject": ["France"], "indirect": ["Egypt"], "object": ["tanks"]},
            id="two objects",
        ),
        pytest.param(
            "said/VBD/ROOT/0/say Trump@PERSON/NNP/nsubj/0 ,/punct/1 Japan@GPE/NNP/appos/1",
            {"subject": ["Trump"]},
            id="a name behind a name, where the text breaks off",
        ),
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell Egypt/NNP/compound/3 "
            "tanks/NNS/dobj/1/tank",
            {"subject": ["France"], "indirect": ["Egypt"], "object": ["tanks"]},
            id="two objects, parsed as one",
        ),
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell Egypt/NNP/dobj/1 "
            "dozens/NNS/dobj/1/dozen of/IN/prep/3 tanks/NNS/pobj/4/tank",
            {
                "subject": ["France"],
                "indirect": ["Egypt"],
                "object": ["dozens"],
                "object-of": ["tanks"],
            },
            id="two objects of one label",
        ),
        pytest.param(
            "Egypt/NNP/nsubjpass/2 was/VBD/auxpass/2 sold/VBN/ROOT/2/sell "
            "tanks/NNS/dobj/2/tank by/IN/agent/2 France/NNP/pobj/4",
            {"subject": ["France"], "indirect": ["Egypt"], "object": ["tanks"]},
            id="passive of two objects",
        ),
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell tanks/NNS/dobj/1/tank "
            "to/IN/prep/2 Egypt/NNP/pobj/3 in/IN/prep/1 May@DATE/NNP/pobj/5",
            {"subject": ["France"], "object": ["tanks"], "to": ["Egypt"]},
            id="a phrase hung on the object; a date is no place",
        ),
        pytest.param(
            "Sanctions/NNS/nsubjpass/2/sanction were/VBD/auxpass/2 "
            "imposed/VBN/ROOT/2/impose on/IN/prep/2 Iran/NNP/pobj/3",
            {"object": ["Sanctions"], "on": ["Iran"]},
            id="passive without an agent",
        ),
        pytest.param(
            "France/NNP/nsubj/1 fired/VBD/ROOT/1/fire rounds/NNS/dobj/1/round "
            "aimed/VBN/acl/2/aim at/IN/prep/3 Iran/NNP/pobj/4",
            {"subject": ["France"], "object": ["rounds"], "at": ["Iran"]},
            id="a participle that places the object",
        ),
        pytest.param(
            "France/NNP/nsubj/1 called/VBD/ROOT/1/call Iran/NNP/dobj/1 "
            "a/DT/det/4 threat/NN/oprd/1 to/IN/prep/4 Israel/NNP/pobj/5",
            {"subject": ["France"], "object": ["Iran"], "predicated": ["threat"]},
            id="what an object is called",
        ),
        pytest.param(
            "Iran/NNP/nsubj/1 is/VBZ/ROOT/1 hostile/JJ/acomp/1 "
            "to/IN/prep/2 Israel/NNP/pobj/3",
            {"subject": ["Iran"], "predicated": ["hostile"], "to": ["Israel"]},
            id="the phrase of an adjective",
        ),
        pytest.param(
            "France/NNP/nsubj/1 sold/VBD/ROOT/1/sell tanks/NNS/dobj/1/tank "
            "from/IN/prep/1 behind/IN/prep/3 Iran/NNP/pobj/4",
            {"subject": ["France"], "object": ["tanks"], "behind": ["Iran"]},
            id="a phrase in a phrase",
        ),
    ],
)
def test_the_roles_of_a_verb(sentence, wanted):
    verb = next(c for c in sentence.split() if "/ROOT/" in c).split("/")[0]
    assert roles(verb, sentence) == wanted


@pytest.mark.parametrize(
    ("word", "sentence", "role", "who"),
    [
        pytest.param(
            "threatened",
            "China/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn Japan/NNP/dobj/1 "
            "and/CC/cc/1 threatened/VBD/conj/1/threaten Taiwan/NNP/dobj/4",
            "subject",
            "China",
            id="coordination shares the subject",
        ),
        pytest.param(
            "sanctioned",
            "Iran/NNP/nsubjpass/2 was/VBD/auxpass/2 accused/VBN/ROOT/2/accuse "
            "and/CC/cc/2 sanctioned/VBN/conj/2/sanction by/IN/agent/4 Japan/NNP/pobj/5",
            "object",
            "Iran",
            id="coordinated passives share the object",
        ),
        pytest.param(
            "accused",
            "Iran/NNP/nsubjpass/2 was/VBD/auxpass/2 accused/VBN/ROOT/2/accuse "
            "and/CC/cc/2 sanctioned/VBN/conj/2/sanction by/IN/agent/4 Japan/NNP/pobj/5",
            "subject",
            "Japan",
            id="coordinated passives share the agent",
        ),
        pytest.param(
            "fled",
            "Iran/NNP/nsubjpass/2 was/VBD/auxpass/2 attacked/VBN/ROOT/2/attack "
            "and/CC/cc/2 fled/VBD/conj/2/flee",
            "subject",
            "Iran",
            id="a passive shares its subject with an active verb",
        ),
        pytest.param(
            "sanction",
            "Washington/NNP/nsubj/1 urged/VBD/ROOT/1/urge Berlin/NNP/dobj/1 "
            "to/TO/aux/4 sanction/VB/xcomp/1 Iran/NNP/dobj/4",
            "subject",
            "Berlin",
            id="object control",
        ),
        pytest.param(
            "sanction",
            "Berlin/NNP/nsubjpass/2 was/VBD/auxpass/2 urged/VBN/ROOT/2/urge "
            "to/TO/aux/4 sanction/VB/xcomp/2 Iran/NNP/dobj/4",
            "subject",
            "Berlin",
            id="object control under the passive",
        ),
        pytest.param(
            "attack",
            "Iran/NNP/nsubj/1 threatened/VBD/ROOT/1/threaten Iraq/NNP/dobj/1 "
            "to/TO/aux/4 attack/VB/xcomp/1 Israel/NNP/dobj/4",
            "subject",
            "Iran",
            id="subject control",
        ),
        pytest.param(
            "help",
            "Iran/NNP/nsubj/1 is/VBZ/ROOT/1 willing/JJ/acomp/1 to/TO/aux/4 "
            "help/VB/xcomp/2 Syria/NNP/dobj/4",
            "subject",
            "Iran",
            id="an infinitive of an adjective",
        ),
        pytest.param(
            "attack",
            "Russia/NNP/poss/2 's/POS/case/0 plan/NN/nsubj/6 to/TO/aux/4 "
            "attack/VB/acl/2 Georgia/NNP/dobj/4 failed/VBD/ROOT/6/fail",
            "subject",
            "Russia",
            id="an infinitive of a noun that is somebody's",
        ),
        pytest.param(
            "attack",
            "A/DT/det/1 plan/NN/nsubj/6 by/IN/prep/1 Russia/NNP/pobj/2 to/TO/aux/5 "
            "attack/VB/acl/1 failed/VBD/ROOT/6/fail",
            "subject",
            "Russia",
            id="an infinitive of a noun by somebody",
        ),
        pytest.param(
            "attack",
            "Russia/NNP/nsubj/1 made/VBD/ROOT/1/make plans/NNS/dobj/1/plan "
            "to/TO/aux/4 attack/VB/acl/2",
            "subject",
            "Russia",
            id="an infinitive of an object",
        ),
        pytest.param(
            "attacking",
            "Japan/NNP/nsubj/1 apologized/VBD/ROOT/1/apologize for/IN/prep/1 "
            "attacking/VBG/pcomp/2/attack China/NNP/dobj/3",
            "subject",
            "Japan",
            id="a gerund after a preposition",
        ),
        pytest.param(
            "attacking",
            "Italy/NNP/nsubj/1 blamed/VBD/ROOT/1/blame Japan/NNP/dobj/1 for/IN/prep/1 "
            "attacking/VBG/pcomp/3/attack China/NNP/dobj/4",
            "subject",
            "Japan",
            id="a gerund of whoever is blamed",
        ),
        pytest.param(
            "hitting",
            "Turkey/NNP/nsubj/1 fired/VBD/ROOT/1/fire missiles/NNS/dobj/1/missile "
            ",/punct/1 hitting/VBG/advcl/1/hit Iraq/NNP/dobj/4",
            "subject",
            "Turkey",
            id="a participle of the clause above",
        ),
        pytest.param(
            "accused",
            "Hamas/NNP/nsubj/7 ,/punct/0 accused/VBN/acl/0/accuse by/IN/agent/2 "
            "Israel/NNP/pobj/3 of/IN/prep/2 crimes/NNS/pobj/5/crime "
            "protested/VBD/ROOT/7/protest",
            "object",
            "Hamas",
            id="a passive participle after its noun",
        ),
        pytest.param(
            "attacking",
            "Countries/NNS/nsubj/3/country attacking/VBG/acl/0/attack Iran/NNP/dobj/1 "
            "protested/VBD/ROOT/3/protest",
            "subject",
            "Countries",
            id="an active participle after its noun",
        ),
        pytest.param(
            "condemning",
            "Iran/NNP/nsubj/1 sent/VBD/ROOT/1/send a/DT/det/3 letter/NN/dobj/1 "
            "condemning/VBG/acl/3/condemn Iraq/NNP/dobj/4",
            "subject",
            "Iran",
            id="a letter condemns for whoever sends it",
        ),
        pytest.param(
            "attacked",
            "Iran/NNP/nsubj/5 ,/punct/0 which/WDT/nsubj/3 attacked/VBD/relcl/0/attack "
            "Israel/NNP/dobj/3 protested/VBD/ROOT/5/protest",
            "subject",
            "Iran",
            id="a relative subject",
        ),
        pytest.param(
            "sold",
            "Egypt/NNP/nsubj/1 has/VBZ/ROOT/1/have tanks/NNS/dobj/1/tank "
            "that/WDT/dobj/5 Germany/NNP/nsubj/5 sold/VBD/relcl/2/sell",
            "object",
            "tanks",
            id="a relative object",
        ),
        pytest.param(
            "sold",
            "Egypt/NNP/nsubj/1 has/VBZ/ROOT/1/have tanks/NNS/dobj/1/tank "
            "Germany/NNP/nsubj/4 sold/VBD/relcl/2/sell",
            "object",
            "tanks",
            id="a gap where no pronoun stands",
        ),
        pytest.param(
            "sold",
            "Egypt/NNP/nsubj/6 ,/punct/0 to/IN/prep/5 which/WDT/pobj/2 "
            "Germany/NNP/nsubj/5 sold/VBD/relcl/0/sell protested/VBD/ROOT/6/protest",
            "to",
            "Egypt",
            id="a relative in a phrase",
        ),
    ],
)
def test_what_hides_an_argument(word, sentence, role, who):
    assert roles(word, sentence)[role] == [who]


@pytest.mark.parametrize(
    ("word", "role", "sentence"),
    [
        pytest.param(
            "resigned",
            "object",
            "Egypt/NNP/nsubj/1 knew/VBD/ROOT/1/know the/DT/det/3 day/NN/dobj/1 "
            "when/WRB/advmod/6 Abe/NNP/nsubj/6 resigned/VBD/relcl/3/resign",
            id="a relative clause of time has no gap",
        ),
        pytest.param(
            "lied",
            "object",
            "Egypt/NNP/nsubj/1 knew/VBD/ROOT/1/know Abe/NNP/dobj/1 who/WP/nsubj/4 "
            "lied/VBD/relcl/2/lie",
            id="nor has one with its subject",
        ),
        pytest.param(
            "rained",
            "subject",
            "France/NNP/nsubj/1 said/VBD/ROOT/1/say it/PRP/expl/3 "
            "rained/VBD/conj/0/rain",
            id="nobody is made up",
        ),
    ],
)
def test_no_argument_is_made_up(word, role, sentence):
    assert role not in roles(word, sentence)


def test_control_in_a_circle_ends():
    parsed = doc("to/TO/aux/1 go/VB/xcomp/2 want/VB/ROOT/2 to/TO/aux/4 go/VB/xcomp/1")
    clauses = Clauses(parsed, {"object_control": {"want"}})
    assert [clauses.roles(t).get("subject", []) for t in parsed] == [[]] * 5


@pytest.mark.parametrize(
    ("word", "sentence", "passive"),
    [
        ("sold", "Tanks/NNS/nsubjpass/2 were/VBD/auxpass/2 sold/VBN/ROOT/2", True),
        ("sold", "Iran/NNP/nsubj/2 has/VBZ/aux/2 sold/VBN/ROOT/2/sell", False),
        ("sold", "Tanks/NNS/ROOT/0 sold/VBN/acl/0/sell", True),
        ("selling", "Iran/NNP/ROOT/0 selling/VBG/acl/0/sell", False),
        ("sold", "Iran/NNP/nsubj/1 sold/VBN/ROOT/1/sell Iraq/NNP/dobj/1", False),
        (
            "sold",
            "It/PRP/nsubjpass/2 was/VBD/auxpass/2 made/VBN/ROOT/2 sold/VBN/conj/2",
            True,
        ),
        ("sold", "Iran/NNP/nsubj/1 bought/VBD/ROOT/1 sold/VBN/conj/1", False),
    ],
)
def test_voice(word, sentence, passive):
    assert is_passive(token(doc(sentence), word)) is passive


def test_a_list_is_one_coordination():
    parsed = doc(
        "Iran/NNP/nsubj/5 ,/punct/0 Iraq/NNP/conj/0 and/CC/cc/2 Syria/NNP/conj/2 "
        "met/VBD/ROOT/5/meet"
    )
    assert [t.text for t in conjuncts(parsed[0])] == ["Iran", "Iraq", "Syria"]


def test_a_coordination_across_a_clause_needs_a_comma():
    cells = "Iran/NNP/nsubj/{n} which/WDT/nsubj/2 fell/VBD/relcl/0 {comma}and/CC/cc/0 "
    cells += "Iraq/NNP/conj/0 met/VBD/ROOT/{n}/meet"
    without = doc(cells.format(n=5, comma=""))
    beside = doc(cells.format(n=6, comma=",/punct/0 "))
    assert [t.text for t in conjuncts(without[0])] == ["Iran"]
    assert [t.text for t in conjuncts(beside[0])] == ["Iran", "Iraq"]
