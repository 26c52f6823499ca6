"""Mentions: who is named where in a text as it is, and whom pronouns and plurals stand for."""

from __future__ import annotations

import pytest
from conftest import ROOT
from told import article, gazetteer

from kgbuild.entities.links import Setting, link
from kgbuild.entities.meant import mentions_of
from kgbuild.knowledge import spelling
from kgbuild.model import Document
from kgbuild.pipeline import run
from kgbuild.readers import read_documents
from kgbuild.tables import TableError

DIRTY = (
    "- Vladimir Pu-\r\ntin met&nbsp;Shinzo\u00a0Abe in  Sochi.\r\n\r\n"
    "JAPAN CONDEMNED RUS&shy;SIA ON MONDAY\r\n"
)


@pytest.fixture(scope="module")
def found():
    """Return what public releases say."""
    return list(run(read_documents(ROOT / "data" / "kremlin-talks.jsonl")))


def meant(*passages, **options):
    """Return the words of each mention of an article read by hand, and whom they stand for."""
    read = article(*passages, **options)
    return [(m.text, m.labels) for m in mentions_of(read.cast, read.readings)]


def test_each_party_that_a_statement_names_is_a_mention(found):
    count = 0
    for result in found:
        places = {(m.start, m.end, id) for m in result.mentions for id in m.ids}
        for s in (s for s in result.statements if not s.role and not s.deal):
            for e in s.evidence:
                assert (*e.subject, s.subject.id) in places
                within = e.subject[0] <= e.object[0] < e.subject[1]
                if not within:  # as "Thai" is in "Thai Navy"
                    assert (*e.object, s.object.id) in places
                    count += 1
    assert count > 10


def test_those_of_whom_nothing_is_told_are_mentioned_too(found):
    for result in found:
        told = {e.id for s in result.statements for e in (s.subject, s.object)}
        assert {id for m in result.mentions for id in m.ids} - told


def test_places_are_exact_in_a_dirty_text():
    (result,) = run([Document(id="a", text=DIRTY, date="2017-11-06")])
    named = {m.text: m.labels for m in result.mentions}
    for words, label in (
        ("Vladimir Pu-\r\ntin", "Vladimir Putin"),
        ("Shinzo\u00a0Abe", "Shinzo Abe"),
        ("JAPAN", "Japan"),
        ("RUS&shy;SIA", "Russia"),
    ):
        assert named[words] == (label,)
    for m in result.mentions:
        assert DIRTY[m.start : m.end] == m.text


def test_what_points_stands_for_whom_it_points_at_and_less_surely():
    read = article("[a Person|Jane Roe] left. [b Person|She] slept.\na = b")
    name, pronoun = mentions_of(read.cast, read.readings)
    assert (pronoun.text, pronoun.ids) == ("She", name.ids)
    assert pronoun.confidence < name.confidence


def test_a_plural_stands_for_several_in_one_mention():
    told = meant(
        "[a Person|Jane Roe] met [b Person|Ann Poe]. [c Person|The two leaders] left.\n"
        "c = a, b"
    )
    assert told[2] == ("The two leaders", ("Jane Roe", "Ann Poe"))


def test_who_is_left_open_is_no_mention():
    assert meant("[a Person|He] met [b Person|Ann Poe].") == [("Ann Poe", ("Ann Poe",))]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("notices/singapore-p-8a.txt", "singapore-p-8a"),  # slots from other windows
        ("arms-releases.jsonl", "crec170-2024-02-08-24-06-66"),  # a table with a head
    ],
)
def test_words_that_are_read_twice_are_one_mention(name, id):
    documents = read_documents(ROOT / "data" / name)
    (result,) = run(d for d in documents if d.id == id)
    places = [(m.start, m.end, m.ids) for m in result.mentions]
    assert places == sorted(set(places)) != []


@pytest.mark.parametrize(
    ("passage", "body"),
    [
        (
            (
                "[a Country|Zimbabwe] voted. [b Person|Jane Roe] of [c Country|Zimbabwe] blamed "
                "[d Organization|the Senate]."
            ),
            "Zimbabwean Senate",
        ),
        (
            (
                "[a Country|The United States] voted. [b Person|Jane Roe] blamed "
                "[d Organization|the Senate]."
            ),
            "United States Senate",
        ),
        (
            "[a Person|Jane Roe] blamed [d Organization|the Senate].",
            "United States Senate",
        ),
        (
            (
                "[a Country|Australia] voted. [b Person|Jane Roe] of [c Country|Australia] blamed "
                "[d Organization|the House of Representatives]."
            ),
            "House of Representatives",
        ),
        (
            (
                "[a Country|Britain] voted. [b Person|Jane Roe] praised [c Country|British] "
                "[d Organization|police]."
            ),
            "British Police",
        ),
        (
            (
                "[a Country|India] voted. [b Person|Jane Roe] of [c Country|India] blamed "
                "[d Organization|Congress]."
            ),
            "Indian National Congress",
        ),
        (
            (
                "[a Country|Canada] voted. [b Person|Jane Roe] of [c Country|Canada] blamed "
                "[d Organization|the Conservatives]."
            ),
            "Conservative Party of Canada",
        ),
        (
            (
                "[a Country|Norway] voted. [b Person|Jane Roe] of [c Country|Norway] blamed "
                "[d Organization|the Conservatives]."
            ),
            "Conservatives",
        ),
        (
            (
                "[a Country|The United States] voted. [b Person|Jane Roe] blamed "
                "[d Organization|The Republicans]."
            ),
            "Republican Party",
        ),
    ],
)
def test_a_body_that_many_states_have_is_of_one_that_the_article_tells_of(
    passage, body
):
    assert meant(passage)[-1][1] == (body,)


@pytest.mark.parametrize(
    ("whole", "short"),
    [("Australian Democrats", "Democrats"), ("Kenyan Green Union", "the Green Union")],
)
def test_a_body_goes_by_its_name_without_its_states(whole, short):
    told = meant(
        f"[a Organization|{whole}] met. [b Person|Jane Roe] praised [c Organization|{short}]."
    )
    assert [labels for _, labels in told] == [(whole,), ("Jane Roe",), (whole,)]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Kadima party", "Kadima"),
        ("Hezbollah guerrillas", "Hezbollah"),
        ("Zork party", "Zork party"),
    ],
)
def test_what_kind_of_body_one_is_makes_no_other_of_it(words, label):
    text = f"[a Organization|{words}] met [b Person|Jane Roe]."
    assert meant(text)[0][1] == (label,)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("President [a Person|Obama] met [b Person|Jane Roe].", "Barack Obama"),
        ("Chancellor [a Person|MERKEL] met [b Person|Jane Roe].", "Angela Merkel"),
        ("The [a Person|Obama] administration met.", "Barack Obama"),
        ("[a Person|Obama] met [b Person|Jane Roe].", "Obama"),
        ("Former President [a Person|Obama] met [b Person|Jane Roe].", "Obama"),
        ("Prime Minister [a Person|Obama] met [b Person|Jane Roe].", "Obama"),
    ],
)
def test_a_post_beside_a_surname_tells_who_it_is(text, label):
    assert meant(text, date="2010-05-03")[0][1] == (label,)


def test_initials_that_a_text_gives_a_body_are_that_bodys_in_it():
    told = meant(
        "[a Organization|The Armed Forces of the Philippines] ([b Organization|AFP]) met. "
        "[c Person|Jane Roe] praised [d Organization|AFP]."
    )
    assert [labels for text, labels in told if text == "AFP"] == [
        ("Armed Forces of the Philippines",)
    ] * 2
    assert meant("[a Person|Jane Roe] told [d Organization|AFP].")[-1][1] == (
        "Agence France-Presse",
    )


@pytest.mark.parametrize(
    ("form", "type_", "label"),
    [
        ("Mikhail Saakashvili", "Person", "Mikheil Saakashvili"),
        ("Mahmud Abbas", "Person", "Mahmoud Abbas"),
        ("Javier SOLANA", "Person", "Javier Solana"),
        ("Michael B. Mukasey", "Person", "Michael Mukasey"),
        ("Mahinda Rajapakse", "Person", "Mahinda Rajapaksa"),
        ("SAAKASHVILI", "Person", "Mikheil Saakashvili"),
        ("George W Bush", "Person", "George W. Bush"),
        ("George P. Bush", "Person", None),  # of other initials
        ("J. J.", "Person", None),
        ("Путин", "Person", None),  # of another script
        ("Hafez al-Asad", "Person", "Hafez al-Assad"),
        ("US army", "Organization", "United States Army"),
        ("Democratic party", "Organization", "Democratic Party"),
        ("Unite", "Organization", None),  # no UNITA: one word is not spelt otherwise
        ("Gaza strip", "Place", "Gaza Strip"),
        ("MiG 21", "Weapon", "Mikoyan MiG-21"),
    ],
)
def test_a_name_is_known_in_another_spelling(form, type_, label):
    names = gazetteer().knowledge.names
    states = {n.id for n in names.values() if n.type == "Country"}
    here = Setting(day="2008-09-01", states=frozenset(states))
    id = link(gazetteer(), form, type_, here)
    assert (names[id].label if id else None) == label


def test_another_spelling_is_somebody_only_where_the_article_tells_of_the_state():
    nowhere = Setting(day="2014-01-01", states=frozenset())
    assert link(gazetteer(), "Mikhail Saakashvili", "Person", nowhere) is None


def test_a_faulty_pair_of_sounds_is_told(monkeypatch):
    monkeypatch.setattr(
        spelling, "read_toml", lambda name: {"sounds": [["ou", "u"], ["q"]]}
    )
    spelling._sounds.cache_clear()
    with pytest.raises(
        TableError, match=r"spelling.toml: sounds: \['q'\] is not a pair"
    ):
        spelling.sound("Jane Roe")
    spelling._sounds.cache_clear()
