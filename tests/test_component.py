"""The component, in a pipeline that has no model: annotations come from elsewhere."""

from __future__ import annotations

import configparser
from importlib.metadata import EntryPoint

import pytest
import spacy
from docs import doc
from spacy.language import Language
from spacy.tokens import Doc

import kgbuild.component
from kgbuild.model import Document
from kgbuild.tables import TableError

PARSED = doc(
    "Japan/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn China/NNP/dobj/1 on/IN/prep/1 "
    "Monday@DATE/NNP/pobj/3 ./punct/1"
)


def annotate(plain: Doc) -> Doc:
    """Give a tokenized text the parse made by hand."""
    for token, given in zip(plain, PARSED, strict=True):
        token.tag_, token.pos_, token.lemma_ = given.tag_, given.pos_, given.lemma_
        token.dep_ = given.dep_
        token.head = plain[given.head.i]
    return plain


@pytest.fixture(scope="module")
def make():
    """A function that makes a blank pipeline with the component, set as told."""
    Language.component("parsed_by_hand", func=annotate)

    def pipeline(**config):
        nlp = spacy.blank("en")
        nlp.add_pipe("parsed_by_hand")
        nlp.add_pipe("kgbuild", config=config)
        return nlp

    return pipeline


def test_it_reads_what_other_components_have_parsed(make):
    (statement,) = make(date="2017-11-06")(PARSED.text)._.statements
    assert (statement.subject.id, statement.relation, statement.object.id) == (
        "wd:Q17",
        "accuses",
        "wd:Q148",
    )
    assert (statement.doc, statement.time) == ("text", "2017-11-06")


def test_a_document_of_its_own_comes_before_the_configuration(make):
    nlp = make(date="2017-11-06")
    parsed = nlp.make_doc(PARSED.text)
    parsed._.document = Document(id="mine", text=parsed.text, date="2020-06-16")
    (statement,) = nlp(parsed)._.statements
    assert (statement.doc, statement.time) == ("mine", "2020-06-15")


def test_a_users_vocabulary_and_names_are_taken(make, tmp_path):
    (tmp_path / "verbs.toml").write_text(
        '[[verb]]\nrelation = "aids"\nlemmas = ["condemn"]\nframe = "subject > object"\n'
    )
    names = tmp_path / "names.csv"
    names.write_text("id,name,type\nwd:Q17,Nippon,Country\nx:1,Monday,Organization\n")
    nlp = make(vocabulary=str(tmp_path), knowledge=[str(names)])
    (statement,) = nlp(PARSED.text)._.statements
    assert statement.relation == "aids"


def test_a_faulty_vocabulary_stops_the_pipeline_from_being_made(make, tmp_path):
    (tmp_path / "verbs.toml").write_text("verbs = 1\n")
    with pytest.raises(TableError, match=r"verbs.toml: unknown key 'verbs'"):
        make(vocabulary=str(tmp_path))


def test_abstentions_lie_beside_the_statements(make):
    assert make()(PARSED.text)._.abstentions == ()


def test_an_entry_point_tells_spacy_of_it(root):
    setup = configparser.ConfigParser()
    setup.read(root / "setup.cfg", encoding="utf-8")
    line = setup["options.entry_points"]["spacy_factories"].strip()
    name, _, value = line.partition(" = ")
    point = EntryPoint(name=name, value=value, group="spacy_factories")
    assert (name, point.load()) == ("kgbuild", kgbuild.component.make_component)
