"""Data files: a user's beside the shipped ones, and every fault told with its place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kgbuild.tables import TableError, build, choose, read_toml
from kgbuild.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    name: str
    words: tuple[str, ...]
    many: bool = False
    size: int | None = None


def made(entry):
    faults = []
    return build(Kind, entry, "kinds.toml: a", faults, name="a"), faults


def test_a_table_becomes_a_dataclass_with_tuples():
    kind, faults = made({"words": ["x", "y"], "many": True, "size": 3})
    assert kind == Kind(name="a", words=("x", "y"), many=True, size=3)
    assert faults == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"words": [], "wrods": []}, "unknown key 'wrods'; have: words, many, size"),
        ({}, "'words' is missing"),
        ({"words": "x"}, "words = 'x' is not a list of text"),
        ({"words": ["x", 1]}, "words = ['x', 1] is not a list of text"),
        ({"words": [], "many": 1}, "many = 1 is not true or false"),
        ({"words": [], "size": True}, "size = True is not a whole number"),
        ("x", "'x' is not a table"),
    ],
)
def test_a_fault_names_place_value_and_choices(entry, fault):
    _, faults = made(entry)
    assert faults == [f"kinds.toml: a: {fault}"]


def test_all_faults_of_a_table_are_told_at_once():
    _, faults = made({"words": 1, "many": 2, "x": 3})
    assert len(faults) == 3


def test_a_choice_outside_the_list_names_the_list():
    faults = []
    choose("b", ("a", "c"), "f.toml: e", "kind", faults)
    choose("a", ("a", "c"), "f.toml: e", "kind", faults)
    assert faults == ["f.toml: e: kind 'b' is unknown; have: a, c"]


@pytest.fixture
def own(tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_toml(name, tmp_path)

    return write


def test_a_users_entries_of_a_list_stand_first(own):
    bodies = own("bodies.toml", '[[body]]\nlabel = "Navy"\n')["body"]
    assert bodies[0] == {"label": "Navy"}
    assert bodies[1:] == read_toml("bodies.toml")["body"]


def test_a_users_words_add_to_a_list_within_a_table(own):
    footer = own("layout.toml", '[footer]\nis = ["over and out"]\n')["footer"]
    shipped = read_toml("layout.toml")["footer"]
    assert footer == {**shipped, "is": ["over and out", *shipped["is"]]}


def test_a_users_key_replaces_the_shipped_one_and_keeps_the_others(own):
    place = own("types.toml", '[Place]\nshape = "dot"\n')["Place"]
    assert place == {**read_toml("types.toml")["Place"], "shape": "dot"}


def test_a_users_table_of_a_relation_overrides_key_by_key(own, tmp_path):
    own("relations.toml", '[meets]\nlabel = "sees"\ndomain = ["Person"]\n')
    meets = load_vocabulary(tmp_path).relations["meets"]
    assert (meets.label, meets.domain, meets.symmetric) == ("sees", ("Person",), True)


def test_replace_drops_what_ships(own):
    assert own("types.toml", 'replace = true\n[A]\nlabel = "a"\n') == {
        "A": {"label": "a"}
    }


def test_a_folder_without_the_file_changes_nothing(tmp_path):
    assert read_toml("types.toml", tmp_path) == read_toml("types.toml")


@pytest.mark.parametrize("content", [b"[meets", b'label = "\xff"', b"a = 1\na = 2"])
def test_what_is_not_toml_names_the_file(tmp_path, content):
    (tmp_path / "relations.toml").write_bytes(content)
    with pytest.raises(TableError, match="relations.toml: "):
        load_vocabulary(tmp_path)


def test_every_fault_of_a_vocabulary_is_told_at_once(tmp_path):
    (tmp_path / "relations.toml").write_text(
        '[meets]\nkind = "happening"\ndomain = ["Planet"]\n[new]\nlabel = "new"\n'
    )
    (tmp_path / "types.toml").write_text("Person = 1\n")
    with pytest.raises(TableError) as caught:
        load_vocabulary(tmp_path)
    found = str(caught.value).splitlines()
    have = "have: Country, Organization, Place, Weapon"
    assert found[:4] == [
        "types.toml: Person: 1 is not a table",
        "relations.toml: new: 'definition' is missing",
        "relations.toml: leads: domain 'Person' is unknown; " + have,
        "relations.toml: member_of: domain 'Person' is unknown; " + have,
    ]
    assert "relations.toml: meets: domain 'Planet' is unknown; " + have in found
    kinds = "relations.toml: meets: kind 'happening' is unknown; have: state, event"
    assert kinds in found
