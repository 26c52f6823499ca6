"""The cast: who is meant by names, parts of names, pronouns, posts, and bodies of a state."""

from __future__ import annotations

import pytest
from told import article, gazetteer, who

# -- people ----------------------------------------------------------------------------


def test_a_surname_goes_with_the_full_name_wherever_that_stands():
    read = article(
        "[a Person|Roe] spoke first.",
        "Then [b Person|Jane Roe] left with [c Person|Roe].",
    )
    assert [who(read, "Roe"), who(read, "Jane Roe"), who(read, "Roe", 1)] == [
        ["Jane Roe"]
    ] * 3
    assert read.cast.entity("person/jane-roe").aliases == ("Roe",)


def test_of_two_with_one_surname_the_last_named_is_meant():
    read = article(
        "[a Person|Jane Roe] met [b Person|John Poe]. [c Person|Roe] left.",
        "[d Person|Peter Roe] came. [e Person|Roe] slept.",
    )
    assert who(read, "Roe") == ["Jane Roe"]
    assert who(read, "Roe", 1) == ["Peter Roe"]


def test_what_the_reader_takes_for_the_same_decides_between_two_of_one_surname():
    read = article(
        "[a Person|Jane Roe] met [b Person|Peter Roe]. [c Person|Roe] left.\na = c"
    )
    assert who(read, "Roe") == ["Jane Roe"]


def test_initials_and_a_surname_are_of_the_full_name_that_has_them():
    read = article(
        "[a Person|Jane Roe] met [b Person|Peter Roe]. [c Person|P. Roe] left."
    )
    assert who(read, "P. Roe") == ["Peter Roe"]


@pytest.mark.parametrize("long", ["Jane Roe", "Jané Röe"])
def test_accents_do_not_part_a_name_from_its_surname(long):
    read = article(f"[a Person|{long}] left. [b Person|Roe] slept.")
    assert who(read, "Roe") == [long]


def test_a_name_that_nobody_knows_gets_an_id_of_its_own():
    read = article("[a Person|Zork Blatt] met [b Organization|Acme Widgets].")
    assert set(read.cast.known) == {"person/zork-blatt", "organization/acme-widgets"}
    assert read.cast.known["organization/acme-widgets"].type == "Organization"


def test_a_pronoun_is_the_one_that_the_reader_points_to():
    read = article("[a Person|Jane Roe] left. [b Person|She] slept.\na = b")
    assert who(read, "She") == ["Jane Roe"]


def test_a_pronoun_at_the_head_of_a_window_is_the_only_one_of_the_window_before():
    one = article("[a Person|Jane Roe] left.", "[b Person|She] slept.")
    two = article(
        "[a Person|Jane Roe] met [c Person|Ann Poe].", "[b Person|She] slept."
    )
    assert who(one, "She") == ["Jane Roe"]
    assert who(two, "She") == []


def test_a_pronoun_without_anybody_before_it_is_left_open():
    assert who(article("[a Person|He] left."), "He") == []


def test_a_doubtful_antecedent_is_none():
    read = article("[a Person|Jane Roe] met [c Person|Ann Poe]. [b Person|She] slept.")
    assert who(read, "She") == []


def test_a_plural_stands_for_all_its_members():
    read = article(
        "[a Person|Jane Roe] met [b Person|Ann Poe]. [c Person|The two leaders] left.\n"
        "c = a, b"
    )
    assert who(read, "The two leaders") == ["Jane Roe", "Ann Poe"]


# -- people by their posts ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2021-01-19", ["Donald Trump"]), ("2021-01-21", ["Joe Biden"]), (None, [])],
)
def test_a_post_without_a_name_is_its_holder_on_the_day(day, holder):
    read = article("[a Country|U.S.] [b Person|President] spoke.", date=day)
    assert who(read, "President") == holder


def test_a_surname_is_who_held_a_post_of_a_state_that_the_article_names():
    text = "[a Country|Japan] spoke. [b Person|Abe] left."
    assert who(article(text, date="2017-11-06"), "Abe") == ["Shinzo Abe"]
    assert who(article(text, date="1950-11-06"), "Abe") == ["Abe"]


def test_a_name_in_the_users_table_is_known_from_its_first_day_on(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        "name,type,role,of,from,to\n"
        "Jane Roe,Person,Space Minister,Kenya,2030-01-02,2031-01-01\n"
    )
    text = "[a Country|Kenyan] [b Person|space minister] spoke."
    names = gazetteer(own)
    before = article(text, date="2030-01-01", names=names)
    after = article(text, date="2030-01-02", names=names)
    assert who(before, "space minister") != ["Jane Roe"]
    assert who(after, "space minister") == ["Jane Roe"]


# -- states ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Japanese", "Japan"),
        ("Tokyo", "Japan"),
        ("the Kremlin", "Russia"),
        ("Moscow", "Russia"),
        ("the White House", "United States"),
        ("the US", "United States"),
        ("U.S.", "United States"),
        ("the Government of Japan", "Japan"),
    ],
)
def test_a_state_goes_by_its_names_its_people_and_its_seat(words, state):
    assert who(article(f"[a Country|{words}] spoke."), words) == [state]


def test_a_government_beside_its_leaders_name_is_the_leaders_state():
    read = article(
        "[a Person|Donald Trump]'s [b Country|government] spoke.", date="2017-11-06"
    )
    assert who(read, "government") == ["United States"]


def test_we_is_the_state_whose_ministry_publishes():
    text = "[a Country|We] met [b Country|Japan]."
    assert who(article(text, source="U.S. Department of State"), "We") == [
        "United States"
    ]
    assert who(article(text, source="Example News"), "We") == []


def test_we_of_a_release_is_its_state_though_the_reader_thinks_of_another():
    text = """[b Country|Russia] invaded [c Country|Ukraine]. [a Country|We] sanctioned [b2 Country|Russia].
b attacks c "invaded"
a sanctions b2 "sanctioned"
b = b2
b = a"""
    release = "U.S. Department of State"
    assert who(article(text, source=release), "We") == ["United States"]
    said = text.replace("[a Country|We]", "“[a Country|We]").replace(
        "b2 Country|Russia].", "b2 Country|Russia],” he said."
    )
    assert who(article(said, source=release), "We") == ["Russia"]


def test_adjectives_are_no_names_to_list():
    read = article("[a Country|Japanese] ships left [b Country|Tokyo].")
    assert read.cast.entity("wd:Q17").aliases == ("Tokyo",)


# -- bodies ------------------------------------------------------------------------------


def test_the_body_of_a_named_state_is_its_own():
    read = article("[a Country|Iran]'s [b Organization|navy] left.")
    (label,) = who(read, "navy")
    assert "Iran" in label and "Navy" in label


def test_the_bodies_of_two_states_are_two():
    read = article(
        "[a Country|Kenyan] [b Organization|police] met [c Country|Ugandan] "
        "[d Organization|police]."
    )
    first, second = who(read, "police"), who(read, "police", 1)
    assert "Kenya" in first[0] and "Uganda" in second[0]


def test_the_foreign_ministry_is_the_publishers():
    text = "[a Organization|The Foreign Ministry] spoke."
    by = article(text, url="https://www.mid.ru/en/x")
    assert by.cast.issuer == "wd:Q159"
    (label,) = who(by, "The Foreign Ministry")
    id = next(i for i, e in by.cast.known.items() if e.label == label)
    assert gazetteer().knowledge.names[id].of == "wd:Q159"


def test_the_foreign_ministry_of_nobody_is_left_open():
    assert (
        who(
            article("[a Organization|The Foreign Ministry] spoke."),
            "The Foreign Ministry",
        )
        == []
    )


def test_the_ministry_of_a_state_that_only_the_article_knows_bears_its_name():
    read = article(
        "[a Country|Ruritania] left. [b Country|Ruritania] spoke. "
        "[c Organization|The Foreign Ministry] agreed."
    )
    (label,) = who(read, "The Foreign Ministry")
    assert label.startswith("Ruritania ")


def test_an_acronym_goes_with_the_full_name_whose_initials_it_is():
    read = article(
        "[a Organization|Zonal Widget Board] met [b Organization|ZWB].",
        "[c Organization|ZWB] and [d Organization|XYZ] left.",
    )
    assert who(read, "ZWB") == who(read, "ZWB", 1) == ["Zonal Widget Board"]
    assert who(read, "XYZ") == ["XYZ"]


def test_a_companys_first_words_are_the_company():
    read = article(
        "[a Organization|Zorkon Widget Industries] and [b Organization|Zorkon] spoke."
    )
    assert who(read, "Zorkon") == ["Zorkon Widget Industries"]


# -- weapons -----------------------------------------------------------------------------


def test_several_of_a_weapon_are_labelled_as_one():
    read = article("[a Weapon|Zork cannons] and [b Weapon|glass] arrived.")
    assert who(read, "Zork cannons") == ["Zork cannon"]
    assert who(read, "glass") == ["glass"]


@pytest.mark.parametrize("words", ["F-16", "F-16s", "F-16 fighter jets"])
def test_a_known_weapon_goes_by_its_usual_name(words):
    (label,) = who(article(f"[a Weapon|{words}] arrived."), words)
    assert "F-16" in label and "Falcon" in label


# -- governments that nobody names beside them ---------------------------------------------


def test_the_government_is_that_of_the_state_that_the_article_is_about():
    first = "[a Country|Peru] spoke. [b Country|Peru] met [c Country|Chile]."
    read = article(first, "[d Person|Jane Roe] blamed [e Country|the government].")
    assert who(read, "the government") == ["Peru"]


def test_between_states_named_as_often_the_government_is_left_open():
    first = "[a Country|Peru] met [b Country|Chile]."
    read = article(first, "[d Person|Jane Roe] blamed [e Country|the government].")
    assert who(read, "the government") == []


@pytest.mark.parametrize("words", ["the two nations", "their country", "my state"])
def test_what_points_at_several_or_at_ones_own_is_not_the_main_state(words):
    first = "[a Country|Peru] spoke. [b Country|Peru] met [c Country|Chile]."
    read = article(first, f"[d Person|Jane Roe] blamed [e Country|{words}].")
    assert who(read, words) == []


def test_his_government_is_the_state_of_the_person_before():
    read = article(
        "[a Person|Shinzo Abe] said that [b Country|his government] would pay.",
        date="2018-03-01",
    )
    assert who(read, "his government") == ["Japan"]


# -- names that begin others -----------------------------------------------------------------


def test_a_company_told_of_first_is_not_its_branch():
    read = article(
        "[a Organization|Zorkam] sold [b Organization|Zorkam Polska].",
        "[c Organization|Zorkam] is rich.",
    )
    assert who(read, "Zorkam") == who(read, "Zorkam", 1) == ["Zorkam"]
    assert who(read, "Zorkam Polska") == ["Zorkam Polska"]


def test_the_first_words_of_a_name_that_came_before_are_short_for_it():
    read = article(
        "[a Organization|Zorkam Widgets] grew. [b Organization|Zorkam] is rich."
    )
    assert who(read, "Zorkam") == ["Zorkam Widgets"]


def test_what_is_taken_for_a_body_and_has_a_states_name_is_the_state():
    read = article("[a Organization|New Zealand] spoke.")
    assert read.cast.known[read.cast.ids[0, 0][0]].type == "Country"


@pytest.mark.parametrize("words", ["Ayatollah", "General"])
def test_a_title_alone_names_nobody(words):
    assert who(article(f"[a Person|{words}] spoke.", date=None), words) == []


def test_a_pronoun_is_no_weapon_of_its_own():
    text = "[a Country|France] showed [w Weapon|tanks]. [b Country|Poland] bought [v Weapon|them]."
    assert who(article(text + "\nw = v"), "them") == who(article(text), "tanks")
    assert "them" not in [e.label for e in article(text).cast.known.values()]


# -- whose it is, told by what stands beside ---------------------------------------------


def test_his_government_is_of_whoever_he_is():
    read = article(
        "[a Person|Angela Merkel] spoke. [b Person|His] [c Country|government] will act, "
        "[d Person|she] said.\na = b\na = d"
    )
    assert who(read, "government") == ["Germany"]


def test_a_government_of_somebody_unknown_is_not_the_main_states():
    about = "[a Country|Chile] and [b Country|Chile] voted. "
    read = article(about + "The [c Person|Roe] [d Country|government] fell.")
    assert who(read, "government") == []


def test_its_navy_is_of_the_state_that_it_is():
    read = article(
        "[a Country|Chile] armed [b Country|its] [c Organization|navy].\na = b"
    )
    assert who(read, "navy") == who(
        article("[a Country|Chile]'s [c Organization|navy] sailed."), "navy"
    )


def test_a_leaders_ministry_is_of_his_state():
    read = article(
        "[a Person|Angela Merkel]'s [b Organization|defence ministry] spoke."
    )
    assert who(read, "defence ministry") == ["Federal Ministry of Defence of Germany"]


def test_what_points_at_nobody_is_looked_for_elsewhere():
    read = article(
        "[a Country|Chile] left. [b Country|Chile] came. [c Country|The regime] fell.",
        "[d Country|We] saw how [e Country|the government] fell.\nd = e",
    )
    assert who(read, "the government") == ["Chile"]


@pytest.mark.parametrize(("chance", "found"), [(0.35, ["Jane Roe"]), (0.25, [])])
def test_a_likely_antecedent_is_taken_with_its_chance(chance, found):
    read = article(
        "[a Person|Jane Roe] met [c Person|Ann Poe]. [b Person|She] slept.\na = b",
        same=chance,
    )
    assert who(read, "She") == found
    if found:
        assert read.cast.chances[0, 2] == chance


def test_a_post_alone_is_its_holder_in_the_state_that_the_article_is_about():
    about = "[a Country|Germany] and [b Country|German] voters. "
    post = "[c Person|The Chancellor] left."
    read = article(about + post, date="2015-06-15")
    assert who(read, "The Chancellor") == ["Angela Merkel"]
    assert read.cast.chances[0, 2] < 1
    assert who(article(post, date="2015-06-15"), "The Chancellor") == []


def test_a_letter_is_no_party():
    read = article("[a Person|Jane Roe] ([b Organization|R]-Ariz.) spoke.")
    assert who(read, "R") == []


def test_a_word_that_a_longer_name_goes_on_from_is_not_another_body():
    alone = article("[a Organization|Tata] grew.")
    beside = article(
        "[b Organization|Tata Motors] grew, [a Organization|Tata] said.\nb = a"
    )
    assert who(alone, "Tata") == ["Tata Advanced Systems"]
    assert who(beside, "Tata") == who(beside, "Tata Motors") == ["Tata Motors"]
