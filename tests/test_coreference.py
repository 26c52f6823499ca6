"""Coreference: whom pronouns and nouns that point back mean, and where nobody is clear."""

from __future__ import annotations

import pytest
from docs import cast_of, doc, meant

ABE_MET = "Abe/NNP/nsubj/1 met/VBD/ROOT/1/meet Trump/NNP/dobj/1 ./punct/1"
IRAN_HIT = "Iran/NNP/nsubj/1 attacked/VBD/ROOT/1/attack Israel/NNP/dobj/1 ./punct/1"
BOTH_MET = (
    "Japan/NNP/nsubj/3 and/CC/cc/0 China/NNP/conj/0 met/VBD/ROOT/3/meet ./punct/3"
)
QUOTED = "“/punct/5 {} fought/VBD/ccomp/5/fight ”/punct/5 {} said/VBD/ROOT/5/say"


def acts(pronoun):
    return f"{pronoun}/PRP/nsubj/1 left/VBD/ROOT/1/leave ./punct/1"


def noun_acts(*words, tag="NN", lemma=""):
    """Return a sentence whose subject is an article, words before a noun, and the noun."""
    *before, noun = words
    n = len(before)
    cells = [
        f"{w}/{'CD/nummod' if w == 'two' else 'DT/det'}/{n}/{w.lower()}" for w in before
    ]
    cells.append(f"{noun}/{tag}/nsubj/{n + 1}/{lemma or noun}")
    return " ".join([*cells, f"left/VBD/ROOT/{n + 1}/leave ./punct/{n + 1}"])


@pytest.mark.parametrize(
    ("word", "sentences", "who"),
    [
        pytest.param(
            "He", [ABE_MET, acts("He")], ["Shinzo Abe"], id="the subject before"
        ),
        pytest.param("It", [IRAN_HIT, acts("It")], ["Iran"], id="a state"),
        pytest.param("He", [IRAN_HIT, acts("He")], [], id="a state is no he"),
        pytest.param("It", [ABE_MET, acts("It")], [], id="a person is no it"),
        pytest.param(
            "They", [BOTH_MET, acts("They")], ["Japan", "China"], id="several"
        ),
        pytest.param("They", [IRAN_HIT, acts("They")], [], id="one state is not they"),
        pytest.param(
            "They",
            ["Hamas/NNP/nsubj/1 fired/VBD/ROOT/1/fire ./punct/1", acts("They")],
            ["Hamas"],
            id="a body of people is",
        ),
        pytest.param(
            "he",
            [
                (
                    "Abe/NNP/nsubj/1 said/VBD/ROOT/1/say he/PRP/nsubj/3 "
                    "met/VBD/ccomp/1/meet Trump/NNP/dobj/3"
                )
            ],
            ["Shinzo Abe"],
            id="the subject of the clause above",
        ),
        pytest.param(
            "he",
            [
                (
                    "When/WRB/advmod/2 he/PRP/nsubj/2 left/VBD/advcl/4/leave "
                    "Abe/NNP/nsubj/4 wept/VBD/ROOT/4/weep"
                )
            ],
            ["Shinzo Abe"],
            id="the subject after a fronted clause",
        ),
        pytest.param(
            "his",
            [
                (
                    "Abe/NNP/nsubj/1 met/VBD/ROOT/1/meet his/PRP$/poss/3 "
                    "wife/NN/dobj/1 ./punct/1"
                )
            ],
            ["Shinzo Abe"],
            id="a possessive of its own clause",
        ),
        pytest.param(
            "him",
            [
                (
                    "Abe/NNP/nsubj/1 said/VBD/ROOT/1/say Trump/NNP/nsubj/3 "
                    "met/VBD/ccomp/1/meet him/PRP/dobj/3"
                )
            ],
            ["Shinzo Abe"],
            id="an object is not its own subject",
        ),
        pytest.param(
            "him",
            [
                "Trump/NNP/nsubj/1 left/VBD/ROOT/1/leave ./punct/1",
                "Abe/NNP/nsubj/1 met/VBD/ROOT/1/meet him/PRP/dobj/1 ./punct/1",
            ],
            ["Donald Trump"],
            id="nor is it the subject beside it",
        ),
        pytest.param(
            "He",
            [
                "Abe/NNP/nsubj/1 left/VBD/ROOT/1/leave ./punct/1",
                QUOTED.format("He/PRP/nsubj/2", "Trump/NNP/nsubj/5"),
            ],
            ["Shinzo Abe"],
            id="he in a quotation is not who speaks",
        ),
        pytest.param(
            "himself",
            [
                (
                    "Abe/NNP/nsubj/1 said/VBD/ROOT/1/say Trump/NNP/nsubj/3 "
                    "praised/VBD/ccomp/1/praise himself/PRP/dobj/3"
                )
            ],
            ["Donald Trump"],
            id="a reflexive is",
        ),
        pytest.param(
            "its",
            [
                (
                    "Japan/NNP/nsubj/1 praised/VBD/ROOT/1/praise its/PRP$/poss/3 "
                    "voters/NNS/dobj/1/voter"
                )
            ],
            ["Japan"],
            id="its",
        ),
        pytest.param(
            "She",
            [
                (
                    "Mrs./NNP/compound/1 May/NNP/nsubj/2 met/VBD/ROOT/2/meet "
                    "Trump/NNP/dobj/2 ./punct/2"
                ),
                acts("She"),
            ],
            ["Theresa May"],
            id="a title that agrees",
        ),
        pytest.param(
            "He",
            [
                (
                    "Mrs./NNP/compound/1 May/NNP/nsubj/2 met/VBD/ROOT/2/meet "
                    "Trump/NNP/dobj/2 ./punct/2"
                ),
                acts("He"),
            ],
            ["Donald Trump"],
            id="a title that does not",
        ),
        pytest.param(
            "He",
            [
                (
                    "“/punct/5 He/PRP/nsubj/2 lied/VBD/ccomp/5/lie ”/punct/5 Abe/NNP/nsubj/5 "
                    "said/VBD/ROOT/5/say of/IN/prep/5 Trump/NNP/pobj/6"
                )
            ],
            ["Donald Trump"],
            id="he in a quotation is whom it is said of",
        ),
    ],
)
def test_third_person(word, sentences, who):
    assert meant(cast_of(doc(*sentences)), word) == who


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param([acts("He")], id="nobody before"),
        pytest.param(
            [
                (
                    "In/IN/prep/5 talks/NNS/pobj/0/talk Abe/NNP/appos/1 and/CC/cc/2 "
                    "Trump/NNP/conj/2 wept/VBD/ROOT/5/weep ./punct/5"
                ),
                acts("He"),
            ],
            id="two, neither a subject",
        ),
        pytest.param(
            [
                "Obama/NNP/nsubj/1 met/VBD/ROOT/1/meet ./punct/1",
                "Abe/NNP/nsubj/3 and/CC/cc/0 Trump/NNP/conj/0 met/VBD/ROOT/3/meet ./punct/3",
                acts("He"),
            ],
            id="two who do it",
        ),
        pytest.param(
            [
                (
                    "Abe/NNP/nsubj/3 and/CC/cc/0 Trump/NNP/conj/0 said/VBD/ROOT/3/say "
                    "He/PRP/nsubj/5 left/VBD/ccomp/3/leave"
                )
            ],
            id="two who say it",
        ),
        pytest.param(
            [
                ABE_MET,
                *["It/PRP/nsubj/1 rained/VBD/ROOT/1/rain ./punct/1"] * 3,
                acts("He"),
            ],
            id="too far back",
        ),
        pytest.param(
            [BOTH_MET, "Its/PRP$/poss/1 war/NN/nsubj/2 raged/VBD/ROOT/2/rage"],
            id="two states",
        ),
    ],
)
def test_who_is_not_clear_is_left_unsaid(sentences):
    made = cast_of(doc(*sentences))
    last = next(w for w in ("Its", "He") if w in made.doc.text.split())
    assert meant(made, last) == []
    assert [(made.document.text[a:b], why) for a, b, why in made.abstained] == [
        (last, f"nobody near is clearly meant by {last!r}")
    ]


def test_it_that_means_nobody_is_not_worth_a_word():
    assert cast_of(doc(acts("It"))).abstained == []


@pytest.mark.parametrize(
    ("pronoun", "speaker", "source", "who"),
    [
        pytest.param("I", "Trump/NNP/nsubj/5", "", ["Donald Trump"], id="I"),
        pytest.param(
            "We", "Trump/NNP/nsubj/5", "", ["United States"], id="a leader's we"
        ),
        pytest.param("We", "Japan/NNP/nsubj/5", "", ["Japan"], id="a state's we"),
        pytest.param("We", "Hamas/NNP/nsubj/5", "", ["Hamas"], id="a body's we"),
        pytest.param("We", "Officials/NNS/nsubj/5", "", [], id="somebody's we"),
    ],
)
def test_first_person_in_a_quotation(pronoun, speaker, source, who):
    sentence = QUOTED.format(f"{pronoun}/PRP/nsubj/2", speaker)
    made = cast_of(doc(sentence), source=source)
    assert meant(made, pronoun) == who


@pytest.mark.parametrize(
    ("source", "who"),
    [
        ("U.S. State Department", ["United States"]),
        ("State Department", ["United States"]),
        ("BBC", []),
    ],
)
def test_first_person_outside_is_the_state_that_publishes(source, who):
    assert meant(cast_of(doc(acts("We")), source=source), "We") == who


@pytest.mark.parametrize(
    ("url", "who"),
    [
        ("https://www.state.gov/statement", ["United States"]),
        ("https://www.mofa.go.jp/news", ["Japan"]),
        ("https://example.org/state.gov", []),
        ("state.gov", []),
    ],
)
def test_first_person_outside_is_the_state_whose_site_publishes(url, who):
    assert meant(cast_of(doc(acts("We")), url=url), "We") == who


@pytest.mark.parametrize(
    ("word", "sentences", "who"),
    [
        pytest.param(
            "regime", [IRAN_HIT, noun_acts("The", "regime")], ["Iran"], id="the regime"
        ),
        pytest.param("regime", [IRAN_HIT, noun_acts("A", "regime")], [], id="a regime"),
        pytest.param(
            "regime", [BOTH_MET, noun_acts("The", "regime")], [], id="one of two"
        ),
        pytest.param(
            "company",
            [
                "Boeing/NNP/nsubj/1 fell/VBD/ROOT/1/fall ./punct/1",
                noun_acts("The", "company"),
            ],
            ["Boeing"],
            id="the company",
        ),
        pytest.param(
            "company", [IRAN_HIT, noun_acts("The", "company")], [], id="no company"
        ),
        pytest.param(
            "countries",
            [BOTH_MET, noun_acts("Both", "countries", tag="NNS", lemma="country")],
            ["China", "Japan"],
            id="both countries",
        ),
        pytest.param(
            "countries",
            [IRAN_HIT, noun_acts("The", "countries", tag="NNS", lemma="country")],
            [],
            id="the countries",
        ),
        pytest.param(
            "leaders",
            [ABE_MET, noun_acts("The", "two", "leaders", tag="NNS", lemma="leader")],
            ["Donald Trump", "Shinzo Abe"],
            id="the two leaders",
        ),
        pytest.param(
            "country",
            [
                (
                    "Abe/NNP/nsubj/1 left/VBD/ROOT/1/leave his/PRP$/poss/3 "
                    "country/NN/dobj/1 ./punct/1"
                )
            ],
            ["Japan"],
            id="his country",
        ),
        pytest.param(
            "North",
            [
                "North/NNP/compound/1 Korea/NNP/nsubj/2 fired/VBD/ROOT/2/fire ./punct/2",
                "The/DT/det/1 North/NNP/nsubj/2 left/VBD/ROOT/2/leave",
            ],
            ["North Korea"],
            id="the North",
        ),
        pytest.param(
            "South",
            [
                "North/NNP/compound/1 Korea/NNP/nsubj/2 fired/VBD/ROOT/2/fire ./punct/2",
                "The/DT/det/1 South/NNP/nsubj/2 left/VBD/ROOT/2/leave",
            ],
            [],
            id="a direction of no country",
        ),
    ],
)
def test_nouns_that_point_back(word, sentences, who):
    made = cast_of(doc(*sentences))
    assert meant(made, word, word == "North" and 1) == who


def test_of_three_countries_both_could_be_any_two():
    three = (
        "Japan/NNP/nsubj/5 ,/punct/0 China/NNP/conj/0 and/CC/cc/2 Iran/NNP/conj/2 "
        "met/VBD/ROOT/5/meet ./punct/5"
    )
    both = noun_acts("Both", "countries", tag="NNS", lemma="country")
    made = cast_of(doc(three, both))
    assert meant(made, "countries") == []
    assert [why for *_, why in made.abstained] == ["more than two may be meant"]


def test_the_two_leaders_tell_their_posts_of_the_day():
    two = noun_acts("The", "two", "leaders", tag="NNS", lemma="leader")
    made = cast_of(doc(ABE_MET, two))
    assert {(p.person, p.of, p.told) for p in made.posts} == {
        ("person/shinzo-abe", "country/japan", False),
        ("person/donald-trump", "country/us", False),
    }


def test_clusters_of_another_component_come_first():
    parsed = doc(ABE_MET, acts("He"))
    parsed.spans["coref_clusters_1"] = [parsed[2:3], parsed[4:5]]
    assert meant(cast_of(parsed), "He") == ["Donald Trump"]
