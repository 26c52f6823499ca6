"""The lexicon: entries checked against the vocabulary, a user's before the shipped ones."""

from __future__ import annotations

import pytest

from kgbuild.lexicon import load_lexicon
from kgbuild.tables import TableError
from kgbuild.vocabulary import load_vocabulary


@pytest.fixture
def load(tmp_path):
    """A function that loads the lexicon with a user's files, given as ``name=text``."""

    def from_files(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return load_lexicon(load_vocabulary(tmp_path), tmp_path)

    return from_files


def faults_of(load, **texts):
    with pytest.raises(TableError) as caught:
        load(**texts)
    return str(caught.value).splitlines()


def test_the_shipped_lexicon_has_no_fault():
    assert load_lexicon(load_vocabulary()).deal_relation


def test_an_empty_folder_changes_nothing(load):
    assert load() == load_lexicon(load_vocabulary())


def test_a_users_verb_is_tried_before_the_shipped_one(load):
    lexicon = load(
        verbs='[[verb]]\nrelation = "aids"\nlemmas = ["sell"]\nframe = "subject > to"\n'
    )
    shipped = load_lexicon(load_vocabulary()).verbs["sell"]
    assert lexicon.verbs["sell"][0].relation == "aids"
    assert lexicon.verbs["sell"][1:] == shipped


def test_a_users_institution_wins_over_the_shipped_one(load):
    lexicon = load(
        institutions='[[institution]]\nas = "country"\nnouns = ["navy"]\n'
        '[anaphors]\nCountry = ["realm"]\n'
    )
    assert lexicon.institutions["navy"].as_ == "country"
    assert {"realm", "country"} <= lexicon.anaphors["Country"]


def test_a_users_post_is_tried_before_the_shipped_one(load):
    lexicon = load(
        posts='[[post]]\nrelation = "member_of"\nnouns = ["king"]\nscope = ["Country"]\n'
    )
    assert [p.relation for p in lexicon.posts["king"]] == ["member_of", "leads"]


def test_users_cues_add_to_the_shipped_ones(load):
    lexicon = load(
        cues='reporting = ["intone"]\n[embedding]\nnegated = ["botch"]\n'
        '[modals]\nmay = "fact"\n[status]\nstopped = ["botch"]\n'
    )
    assert {"intone", "say"} <= lexicon.cues["reporting"]
    assert (lexicon.embedding["botch"], lexicon.embedding["refuse"]) == (
        "negated",
        "negated",
    )
    assert (lexicon.modals["may"], lexicon.modals["might"]) == ("fact", "possible")
    assert lexicon.status["botch"] == "stopped"


VERB = '[[verb]]\nrelation = "aids"\nlemmas = ["x"]\nframe = "subject > to"\n'


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "verbs",
            VERB.replace("aids", "adores"),
            "verbs.toml: 'x': relation 'adores' is unknown; have: leads, ",
        ),
        (
            "verbs",
            VERB.replace(" > ", " - "),
            "verbs.toml: 'x': frame 'subject - to' is not 'SOURCE > TARGET'",
        ),
        (
            "verbs",
            VERB + 'source = ["Planet"]\n',
            "verbs.toml: 'x': source 'Planet' is unknown; have: Country, ",
        ),
        (
            "verbs",
            VERB + "thruogh = true\n",
            "verbs.toml: 'x': unknown key 'thruogh'; have: relation, lemmas, frame, ",
        ),
        ("verbs", VERB.replace('"x"', ""), "verbs.toml: entry 1 (aids): has no words"),
        (
            "verbs",
            VERB.replace('"subject > to"', "3"),
            "verbs.toml: 'x': frame = 3 is not text",
        ),
        ("verbs", 'verb = ["x"]\n', "verbs.toml: entry 1: 'x' is not a table"),
        (
            "verbs",
            VERB.replace("[[verb]]", "[[verbs]]"),
            "verbs.toml: unknown key 'verbs'; have: verb",
        ),
        (
            "nouns",
            '[[noun]]\nrelation = "aids"\nlemmas = ["x"]\n',
            "nouns.toml: 'x': 'source' is missing",
        ),
        (
            "posts",
            '[[post]]\nrelation = "leads"\nnouns = ["x"]\nscope = ["Planet"]\n',
            "posts.toml: 'x': scope 'Planet' is unknown; have: Country, ",
        ),
        (
            "institutions",
            '[[institution]]\nnouns = ["x"]\n',
            "institutions.toml: 'x': 'as' is missing",
        ),
        (
            "institutions",
            '[[institution]]\nas = "planet"\nnouns = ["x"]\n',
            "institutions.toml: 'x': as 'planet' is unknown; have: country, owner, ",
        ),
        (
            "cues",
            '[modals]\nmay = "maybe"\n',
            "cues.toml: modals: may 'maybe' is unknown; have: fact, possible, negated",
        ),
        (
            "cues",
            '[beside]\nplace = "near"\n',
            "cues.toml: beside: place 'near' is unknown; have: leads, ",
        ),
        (
            "cues",
            '[refused]\nhugs = "rejects"\n',
            "cues.toml: refused: hugs 'hugs' is unknown; have: leads, ",
        ),
        ("cues", 'reporting = "say"\n', "cues.toml: reporting = 'say' is not a list"),
        (
            "cues",
            'replace = true\nlight = ["do"]\n',
            "cues.toml: 'passive_light' is missing",
        ),
        (
            "cues",
            '[embedding]\nmaybe = ["x"]\n',
            "cues.toml: embedding: unknown key 'maybe'; have: possible, negated, ",
        ),
    ],
)
def test_a_fault_names_file_entry_value_and_choices(load, name, text, fault):
    assert faults_of(load, **{name: text})[0].startswith(fault)


def test_the_faults_of_all_files_are_told_at_once(load):
    found = faults_of(
        load,
        verbs=VERB.replace("aids", "adores"),
        posts='[[post]]\nrelation = "rules"\nnouns = ["x"]\nscope = ["Country"]\n',
    )
    assert [f.split(":")[0] for f in found] == ["verbs.toml", "posts.toml"]


def test_a_vocabulary_without_deals_says_so(load):
    relation = (
        'replace = true\n[aids]\nlabel = "aids"\ndefinition = "d"\nkind = "event"\n'
    )
    relation += (
        'family = "f"\ndomain = ["Country"]\nrange = ["Country"]\ncolor = "#fff"\n'
    )
    found = faults_of(load, relations=relation)
    assert "relations.toml: no relation has deal = true; give one" in found
