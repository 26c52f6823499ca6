"""The knowledge: what is shipped is sound, what the user adds is checked and taken."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import process_time

import pytest

from kgbuild.knowledge.files import COLUMNS, TYPES
from kgbuild.knowledge.gazetteer import OFFICIAL, Gazetteer, make_gazetteer
from kgbuild.knowledge.names import Knowledge, Name, covers, load_knowledge
from kgbuild.tables import TableError, resource

PEOPLE = ("leaders.csv", "leaders_officials.csv")
PLACES = ("places.csv", "places_cities.csv", "places_features.csv")
BODIES = ("organizations.csv", "organizations_states.csv")
FILES = ("countries.csv", "people.csv", *PEOPLE, *PLACES, *BODIES) + (
    "weapons_reporting_names.csv",
)
TODAY = "2026-05-28"
MINISTERS = (
    "Foreign Minister",
    "Defense Minister",
    "Interior Minister",
    "Finance Minister",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def by_label(knowledge: Knowledge) -> dict[str, Name]:
    return {n.label: n for n in reversed(list(knowledge.names.values()))}


@pytest.fixture(scope="module")
def gazetteer(knowledge: Knowledge) -> Gazetteer:
    return make_gazetteer(knowledge)


def rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resource(f"knowledge/{file}").splitlines()))


def who(knowledge: Knowledge, by_label: dict[str, Name], of: str, day: str) -> set[str]:
    held = knowledge.holders(by_label[of].id, day)
    return {f"{term.role} {name.label}" for name, term in held}


# -- what is shipped ------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_shipped_rows_are_well_formed(file: str) -> None:
    for row in rows(file):
        assert set(row) <= set(COLUMNS)
        assert row["name"] == row["name"].strip() and row["name"], row
        assert row["type"] in TYPES, row
        assert re.fullmatch(r"(wd:Q\d+)?", row.get("id", "")), row
        for column in ("from", "to"):
            if text := row.get(column, ""):
                date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        assert not row.get("to") or row["from"] <= row["to"] + "~", row


@pytest.mark.parametrize("file", FILES)
def test_lists_hold_no_empty_or_repeated_entry(file: str) -> None:
    for row in rows(file):
        for column in ("aliases", "adjectives", "seats"):
            if row.get(column):
                entries = row[column].split("|")
                assert len(set(entries)) == len(entries), row
                assert all(e and e == e.strip() for e in entries), row
                assert row["name"] not in entries, row


def test_every_post_is_of_somebody_known(by_label: dict[str, Name]) -> None:
    known = set(by_label) | {a for n in by_label.values() for a in n.aliases}
    if not any(n.type == "Organization" for n in by_label.values()):
        pytest.skip("no organizations are shipped")
    assert not {r["of"] for f in PEOPLE for r in rows(f) if r["role"]} - known


def test_countries_come_first_then_the_types_in_order(knowledge: Knowledge) -> None:
    order = [TYPES.index(n.type) for n in knowledge.names.values()]
    assert order == sorted(order)
    assert set(order) >= {TYPES.index("Country"), TYPES.index("Person")}


def test_few_countries_share_a_name(knowledge: Knowledge) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.names.values():
        if name.type == "Country":
            for form in (name.label, *name.aliases, *name.adjectives):
                holders[form].add(name.label)
    shared = {form for form, labels in holders.items() if len(labels) > 1}
    peoples = {"Guinean", "Korean", "German", "Yemeni"}
    alike = {*peoples, *(f"{p}s" for p in peoples), "Sudanese", "Vietnamese"}
    assert shared == {"Congo", "Congolese", *alike}


@pytest.mark.parametrize(
    ("adjective", "usual"),
    [
        ("Congolese", "Democratic Republic of the Congo"),
        ("Guinean", "Guinea"),
        ("Korean", "South Korea"),
        ("Sudanese", "Sudan"),
        ("German", "Germany"),
    ],
)
def test_of_states_with_one_adjective_the_usual_comes_first(
    knowledge: Knowledge, adjective: str, usual: str
) -> None:
    places = {
        name.label: name.adjectives.index(adjective)
        for name in knowledge.names.values()
        if adjective in name.adjectives
    }
    assert min(places, key=lambda label: places[label]) == usual


def test_a_seat_is_shared_only_with_a_state_that_is_no_more(
    knowledge: Knowledge,
) -> None:
    seen: dict[str, str] = {}
    for name in knowledge.names.values():
        if name.type == "Country" and name.kind != "former state":
            for seat in name.seats:
                assert seen.setdefault(seat, name.label) == name.label, seat


def test_full_names_of_people_are_shared_by_few(
    knowledge: Knowledge,
) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.names.values():
        if name.type == "Person":
            for form in (name.label, *name.aliases):
                if " " in form:
                    holders[form].add(name.id)
    shared = {form for form, ids in holders.items() if len(ids) > 1}
    two_of_a_name = {"Khalifa bin Hamad Al Thani", "Chen Chien-jen", "George Bush"}
    rulers = {"King Abdullah", "Emir Hamad", "Sheikh Hamad", "King Jigme", "Albert II"}
    assert shared <= two_of_a_name | rulers | {"King Norodom"}


def test_a_leaders_name_does_not_end_in_a_country(knowledge: Knowledge) -> None:
    countries = {n.label for n in knowledge.names.values() if n.type == "Country"}
    for name in knowledge.names.values():
        if name.type == "Person":
            ends = {form.split()[-1] for form in (name.label, *name.aliases)}
            assert not ends & countries or " of " not in name.label, name.label


@pytest.mark.parametrize(
    "form, label",
    [
        ("U.S.", "United States"),
        ("DPRK", "North Korea"),
        ("Britain", "United Kingdom"),
        ("Türkiye", "Turkey"),
        ("Burma", "Myanmar"),
        ("Czechia", "Czech Republic"),
        ("Russian Federation", "Russia"),
        ("USSR", "Soviet Union"),
    ],
)
def test_other_names_of_countries(
    by_label: dict[str, Name], form: str, label: str
) -> None:
    assert form in by_label[label].aliases


@pytest.mark.parametrize(
    "form, label",
    [
        ("Japanese", "Japan"),
        ("Turks", "Turkey"),
        ("Saudis", "Saudi Arabia"),
        ("Briton", "United Kingdom"),
        ("Filipino", "Philippines"),
        ("Emirati", "United Arab Emirates"),
    ],
)
def test_nationalities(by_label: dict[str, Name], form: str, label: str) -> None:
    assert form in by_label[label].adjectives


@pytest.mark.parametrize(
    "seat, label",
    [
        ("Kremlin", "Russia"),
        ("White House", "United States"),
        ("Pyongyang", "North Korea"),
        ("Kiev", "Ukraine"),
        ("Blue House", "South Korea"),
    ],
)
def test_seats_of_government(by_label: dict[str, Name], seat: str, label: str) -> None:
    assert seat in by_label[label].seats


@pytest.mark.parametrize(
    "of, day, expected",
    [
        ("United States", "1990-06-01", "President George H. W. Bush"),
        ("United States", "2017-11-06", "President Donald Trump"),
        ("United States", "2022-03-01", "Secretary of State Antony Blinken"),
        ("United States", "2025-03-01", "President Donald Trump"),
        ("Japan", "2007-01-01", "Prime Minister Shinzo Abe"),
        ("Japan", "2017-11-06", "Prime Minister Shinzo Abe"),
        ("Japan", "2017-11-06", "Defense Minister Itsunori Onodera"),
        ("Russia", "2010-01-01", "President Dmitry Medvedev"),
        ("Russia", "2010-01-01", "Prime Minister Vladimir Putin"),
        ("Soviet Union", "1990-06-01", "President Mikhail Gorbachev"),
        ("China", "2024-01-01", "Premier Li Qiang"),
        ("North Korea", "2010-01-01", "Supreme Leader Kim Jong Il"),
        ("South Korea", "2022-06-01", "President Yoon Suk Yeol"),
        ("Turkey", "2010-01-01", "Prime Minister Recep Tayyip Erdoğan"),
        ("Turkey", "2024-01-01", "President Recep Tayyip Erdoğan"),
        ("Germany", "2021-06-01", "Chancellor Angela Merkel"),
        ("Syria", "2024-12-01", "President Bashar al-Assad"),
        ("Ukraine", "2022-02-24", "President Volodymyr Zelenskyy"),
        ("Israel", "2022-08-01", "Prime Minister Yair Lapid"),
        ("Venezuela", "2019-01-01", "President Nicolás Maduro"),
        ("Saudi Arabia", "2018-01-01", "Crown Prince Mohammed bin Salman"),
        ("Kenya", "2024-01-01", "President William Ruto"),
        ("Uruguay", "2026-01-01", "President Yamandú Orsi"),
    ],
)
def test_who_held_a_post(
    knowledge: Knowledge, by_label: dict[str, Name], of: str, day: str, expected: str
) -> None:
    assert expected in who(knowledge, by_label, of, day)


def test_a_post_given_up_is_not_held(
    knowledge: Knowledge, by_label: dict[str, Name]
) -> None:
    assert not any(
        "Assad" in text for text in who(knowledge, by_label, "Syria", "2025-01-05")
    )
    assert "President Joe Biden" not in who(
        knowledge, by_label, "United States", "2025-01-21"
    )


@pytest.mark.parametrize(
    "day", ["1995-05-05", "2005-05-05", "2015-05-05", "2025-05-05"]
)
def test_nearly_every_state_has_a_leader(knowledge: Knowledge, day: str) -> None:
    states = [
        n for n in knowledge.names.values() if (n.type, n.kind) == ("Country", "state")
    ]
    led = [n for n in states if knowledge.holders(n.id, day)]
    assert len(led) >= 0.93 * len(states), {n.label for n in states} - {
        n.label for n in led
    }


@pytest.mark.parametrize(
    "label, first",
    [
        ("Xi Jinping", True),
        ("Kim Jong Un", True),
        ("Ban Ki-moon", True),
        ("Tsai Ing-wen", True),
        ("Shinzo Abe", False),
        ("Viktor Orbán", False),
        ("Lawrence Wong", False),
        ("Emmanuel Macron", False),
    ],
)
def test_whose_family_name_comes_first(
    by_label: dict[str, Name], label: str, first: bool
) -> None:
    assert by_label[label].family_first is first


# -- to this day ----------------------------------------------------------------------


def test_most_states_have_a_foreign_minister_today(knowledge: Knowledge) -> None:
    states = [n.id for n in knowledge.names.values() if n.kind == "state"]
    led = [
        i
        for i in states
        if any("Foreign" in t.role for _, t in knowledge.holders(i, TODAY))
    ]
    assert len(led) >= 170


@pytest.mark.parametrize("role", MINISTERS)
def test_a_minister_is_one_person_today(knowledge: Knowledge, role: str) -> None:
    states = [n.id for n in knowledge.names.values() if n.kind == "state"]
    two = [i for i in states if len(_holding(knowledge, i, role)) > 1]
    assert not {knowledge.names[i].label for i in two}
    assert sum(bool(_holding(knowledge, i, role)) for i in states) >= 115


def _holding(knowledge: Knowledge, state: str, role: str) -> set[str]:
    return {n.id for n, t in knowledge.holders(state, TODAY) if t.role == role}


@pytest.mark.parametrize(
    "of, day, expected",
    [
        ("Syria", TODAY, "Foreign Minister Asaad al-Shaibani"),
        ("Brazil", TODAY, "Foreign Minister Mauro Vieira"),
        ("Thailand", "2019-06-04", "Foreign Minister Don Pramudwinai"),
        ("Lithuania", "2022-03-02", "Foreign Minister Gabrielius Landsbergis"),
        ("Denmark", "2007-08-01", "Defense Minister Søren Gade"),
        ("India", TODAY, "Finance Minister Nirmala Sitharaman"),
        ("Iraq", TODAY, "Prime Minister Ali al-Zaidi"),
        ("Portugal", TODAY, "President António José Seguro"),
        ("United States", TODAY, "Senator Amy Klobuchar"),
        ("China", TODAY, "Ambassador to the United States Xie Feng"),
        ("United Kingdom", "2012-01-01", "Deputy Prime Minister Nick Clegg"),
    ],
)
def test_who_is_an_official(
    knowledge: Knowledge, by_label: dict[str, Name], of: str, day: str, expected: str
) -> None:
    assert expected in who(knowledge, by_label, of, day)


def test_a_romanized_name_is_one_person_with_the_usual_one(
    knowledge: Knowledge,
) -> None:
    for one, other in [
        ("Anuthin Chanwirakun", "Anutin Charnvirakul"),
        ("Abd-al-Hamid Dubaybah", "Abdul Hamid Dbeibeh"),
        ("As'ad Hasan al-Shaybani", "Asaad al-Shaibani"),
    ]:
        found = {
            n.label
            for n in knowledge.names.values()
            if one in n.aliases or n.label in (one, other)
        }
        assert len(found) == 1, found


def test_an_official_is_found_by_the_full_name_alone(gazetteer: Gazetteer) -> None:
    (reading,) = gazetteer.readings("Maria Cantwell")
    assert gazetteer.knowledge.names[reading.id].kind == OFFICIAL
    assert not gazetteer.readings("Cantwell")
    for word in (
        "Monday",
        "Mark",
        "David",
        "Tax",
        "Silk",
        "Good",
        "Case",
        "Self",
        "Adams",
    ):
        kinds = {gazetteer.knowledge.names[r.id].kind for r in gazetteer.readings(word)}
        assert OFFICIAL not in kinds, word


# -- bodies, places and weapons -------------------------------------------------------


@pytest.mark.parametrize(
    "form, label",
    [
        ("Peruvian foreign ministry", "Ministry of Foreign Affairs of Peru"),
        ("Foreign Ministry of Thailand", "Ministry of Foreign Affairs of Thailand"),
        ("Laotian Foreign Ministry", "Ministry of Foreign Affairs of Laos"),
        ("Jordanian Interior Ministry", "Ministry of Interior of Jordan"),
        ("Royal Thai Air Force", "Royal Thai Air Force"),
        ("Chadian army", "Chadian National Army"),
        ("Malian armed forces", "Malian Armed Forces"),
        ("Japanese Foreign Ministry", "Ministry of Foreign Affairs of Japan"),
        ("AQIM", "Al-Qaeda in the Islamic Maghreb"),
        ("FAO", "Food and Agriculture Organization"),
        ("CARICOM", "Caribbean Community"),
        ("Malacca Strait", "Strait of Malacca"),
        ("Falklands", "Falkland Islands"),
        ("Kandahar", "Kandahar"),
        ("Su-27 “Flanker”", "Sukhoi Su-27"),
        ("SA-21 Growler", "S-400 missile system"),
        ("MiG-31 Foxhound", "Mikoyan MiG-31"),
    ],
)
def test_names_of_bodies_places_and_weapons(
    gazetteer: Gazetteer, form: str, label: str
) -> None:
    names = gazetteer.knowledge.names
    assert [names[r.id].label for r in gazetteer.readings(form)][:1] == [label]


@pytest.mark.parametrize(
    "word",
    [
        "Reading",
        "Mobile",
        "Victoria",
        "Phoenix",
        "Columbus",
        "Salvador",
        "Natal",
        "Santos",
        "Florence",
        "Hamilton",
        "Surat",
        "Batman",
        "Toyota",
        "Van",
        "Essen",
        "Hue",
        "Flanker",
        "Bear",
        "Badger",
        "May",
        "Midas",
        "Lincoln",
        "Stanley",
    ],
)
def test_a_word_of_many_uses_is_no_place_or_weapon(
    gazetteer: Gazetteer, word: str
) -> None:
    assert not {r.type for r in gazetteer.readings(word)} & {"Place", "Weapon"}


def test_no_name_of_a_body_or_place_is_two(knowledge: Knowledge) -> None:
    mine = {r["name"] for f in (*PLACES[1:], BODIES[1]) for r in rows(f)}
    holders: dict[str, set[str]] = defaultdict(set)
    for name in knowledge.names.values():
        if name.type in ("Place", "Organization"):
            for form in (name.label, *name.aliases):
                holders[form].add(name.label)
    shared = {
        f: labels for f, labels in holders.items() if len(labels) > 1 and labels & mine
    }
    assert not shared


def test_every_place_and_body_is_of_a_known_state(by_label: dict[str, Name]) -> None:
    for file in (*PLACES[1:], BODIES[1]):
        unknown = {r["of"] for r in rows(file)} - set(by_label) - {""}
        assert not unknown, file


def test_the_tables_are_small_and_soon_read() -> None:
    folder = files("kgbuild") / "resources" / "knowledge"
    assert sum(len(e.read_bytes()) for e in folder.iterdir() if e.is_file()) < 3_000_000
    start = process_time()
    make_gazetteer(load_knowledge())
    assert process_time() - start < 2  # 0.4 s where nothing else runs


def test_names_are_known_without_accents_too(by_label: dict[str, Name]) -> None:
    assert "Pedro Sanchez" in by_label["Pedro Sánchez"].aliases
    assert "Sanchez" in by_label["Pedro Sánchez"].aliases
    assert {"Kim Jong-un", "Kim Jong-Un"} <= set(by_label["Kim Jong Un"].aliases)


def test_organs_of_a_country(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "name,type,kind,of\nOffice A,Organization,ministry,Kenya\n"
        "Office B,Organization,army,Kenya\n"
    )
    knowledge = load_knowledge([file])
    kenya = next(i for i, n in knowledge.names.items() if n.label == "Kenya")
    found = [n.label for n in knowledge.organs(kenya)]
    assert found[-2:] == ["Office A", "Office B"]
    assert knowledge.organs("wd:Q0") == []


def test_covers_knows_months_and_years(by_label: dict[str, Name]) -> None:
    term = by_label["Kim Tok-hun"].terms[-1]
    assert (term.start, term.end) == ("2020-08-13", "2024-12")
    assert covers(term, "2024-12-31") and not covers(term, "2025-01-01")
    assert not covers(term, "2020-08-12")


# -- what the user adds ---------------------------------------------------------------


def own(tmp_path: Path, *lines: str) -> Knowledge:
    file = tmp_path / "own.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_knowledge([file])


def told(tmp_path: Path, *lines: str) -> list[str]:
    with pytest.raises(TableError) as caught:
        own(tmp_path, *lines)
    return str(caught.value).replace(str(tmp_path) + "/", "").splitlines()


def test_a_new_name_gets_an_id_of_its_own(tmp_path: Path) -> None:
    knowledge = own(
        tmp_path,
        "type,name,aliases,kind,of",
        "Organization,Bank Spütnik,BS|Sputnik Bank,bank,Russia",
    )
    name = knowledge.names["organization/bank-sputnik"]
    assert name.aliases == ("BS", "Sputnik Bank")
    assert knowledge.names[name.of].label == "Russia"


def test_a_known_name_is_extended(tmp_path: Path) -> None:
    knowledge = own(
        tmp_path,
        "name,type,aliases,role,of,from",
        "Angela Merkel,Person,Mutti,Director,Museum of Pens,2030",
        "Museum of Pens,Organization,,,Germany,",
    )
    merkel = next(n for n in knowledge.names.values() if n.label == "Angela Merkel")
    assert merkel.id == "wd:Q567" and "Mutti" in merkel.aliases
    assert {t.role for t in merkel.terms} == {"Chancellor", "Director"}
    held = knowledge.holders("organization/museum-of-pens", "2031-01-01")
    assert [(n.label, t.role) for n, t in held] == [("Angela Merkel", "Director")]


def test_a_known_id_may_be_given_another_label(tmp_path: Path) -> None:
    knowledge = own(tmp_path, "id,name,type", "wd:Q43,Türkiye,Country")
    assert knowledge.names["wd:Q43"].label == "Türkiye"
    assert "Turkey" in knowledge.names["wd:Q43"].aliases
    assert "Türkiye" not in knowledge.names["wd:Q43"].aliases


def test_a_term_is_replaced_by_one_of_the_same_beginning(tmp_path: Path) -> None:
    knowledge = own(
        tmp_path,
        "name,type,role,of,from,to",
        "Emmanuel Macron,Person,President,France,2017-05-14,2027-05-13",
    )
    macron = next(n for n in knowledge.names.values() if n.label == "Emmanuel Macron")
    assert [t.end for t in macron.terms if t.role == "President"] == ["2027-05-13"]


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    faults = told(
        tmp_path,
        "name,type,role,of,from,to",
        "A,Planet,,,,",
        ",Person,,,,",
        "B,Person,President,,,",
        "C,Person,President,Kenia,2001-13-01,",
        "D,Person,President,Kenya,2003,2002-05",
        "E,Person,President,Kenia,2001,",
    )
    assert faults[0] == (
        "own.csv:2: type 'Planet' is unknown; "
        "have: Country, Organization, Person, Place, Weapon"
    )
    assert faults[1] == "own.csv:3: name is empty"
    assert faults[2].startswith("own.csv:4: role 'President' needs 'of'")
    assert faults[3].startswith("own.csv:5: from '2001-13-01' is no date; write YYYY")
    assert faults[4] == "own.csv:6: from '2003' is after to '2002-05'"
    assert faults[5].startswith("own.csv:7: of 'Kenia' is not known; near: Kenya")
    assert len(faults) == 6


def test_unknown_and_missing_columns_are_told(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, "label,type", "A,Person")
    wrong = "own.csv:1: unknown column 'label'; column 'name' is missing; columns: "
    assert fault == wrong + ", ".join(COLUMNS)


def test_too_many_cells_are_told(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, "name,type", "Smith, Jr.,Person")
    assert fault.startswith("own.csv:2: 3 cells for 2 columns; put")


def test_a_type_cannot_change(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, "id,name,type", "wd:Q17,Japan Inc,Organization")
    assert fault.startswith("own.csv:2: type 'Organization' for wd:Q17, which is")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="none.csv: No such file"):
        load_knowledge([tmp_path / "none.csv"])
    (tmp_path / "latin.csv").write_bytes("name,type\nCafé,Place\n".encode("latin-1"))
    with pytest.raises(TableError, match="latin.csv: byte 13 is not UTF-8"):
        load_knowledge([tmp_path / "latin.csv"])


def test_quotes_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text('\ufeffname,type\n"Smith, Jr.",Person\n', encoding="utf-8")
    assert "person/smith-jr" in load_knowledge([file]).names
