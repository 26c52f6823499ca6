"""The component in a blank pipeline, and its statements wherever spaCy takes a ``Doc``."""

from __future__ import annotations

import configparser
import json
import pickle
from importlib.metadata import EntryPoint

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import kgbuild.component
from kgbuild.model import Document
from kgbuild.pipeline import run
from kgbuild.tables import TableError

TEXT = "Japan met France on Monday. Iran attacked Israel."
OTHER = "China condemned India."


def make(**config):
    nlp = spacy.blank("en")
    nlp.add_pipe("kgbuild", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return make(date="2017-11-08")


@pytest.fixture
def doc(nlp):
    made = nlp(TEXT)
    assert "meets" in told(made)
    return made


def told(doc):
    return [s.relation for s in doc._.statements]


def where(doc):
    """Return the words of each statement's evidence, as they stand in a ``Doc``."""
    return [
        [doc.text[slice(*span)] for span in (e.subject, e.trigger, e.object)]
        for s in doc._.statements
        for e in s.evidence
    ]


def test_it_reads_what_run_reads(doc):
    document = Document(id="text", text=TEXT, date="2017-11-08")
    (result,) = run([document])
    assert doc._.statements == result.statements
    assert doc._.abstentions == result.abstentions
    assert doc._.statements[0].time == "2017-11-06"


def test_a_document_of_its_own_comes_before_the_configuration(nlp):
    doc = nlp.make_doc(TEXT)
    given = Document(id="mine", text=doc.text, date="2020-06-16", title="T", url="u")
    doc._.document = given
    first = nlp(doc)._.statements[0]
    assert (first.doc, first.time) == ("mine", "2020-06-15")
    assert doc._.document == given


def test_what_was_not_read_says_nothing(nlp):
    doc = nlp.make_doc(TEXT)
    assert (doc._.statements, doc._.abstentions, doc._.document) == ((), (), None)
    assert nlp("")._.statements == ()


def test_reading_again_gives_the_same(nlp, doc):
    before = doc._.statements
    assert nlp(doc)._.statements == before


def test_a_confidence_is_a_setting():
    assert make(min_confidence=1.0)(TEXT)._.statements == ()


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"date": "6.11.2017"}, "date '6.11.2017' could be two days"),
        ({"date": "soon"}, "date 'soon' is not a day; write it YYYY-MM-DD"),
        ({"preset": "bold"}, "preset 'bold' is not known; have: complete"),
        ({"min_confidence": 2.0}, "confidence 2.0 does not lie in 0..1"),
    ],
)
def test_a_faulty_setting_stops_the_pipeline_from_being_made(config, says):
    with pytest.raises(ValueError, match=says):
        make(**config)


def test_a_faulty_vocabulary_stops_the_pipeline_from_being_made(tmp_path):
    (tmp_path / "relations.toml").write_text("[meets]\nlabels = 1\n")
    with pytest.raises(TableError, match=r"relations.toml: meets: unknown key"):
        make(vocabulary=str(tmp_path))


def test_a_users_vocabulary_and_names_are_taken(tmp_path):
    (tmp_path / "relations.toml").write_text('[meets]\ndomain = ["Person"]\n')
    names = tmp_path / "names.csv"
    names.write_text("id,name,type\nwd:Q142,Gallia,Country\n")
    plain = make(knowledge=[str(names)])(TEXT)._.statements
    assert "Gallia" in {s.object.label for s in plain}
    assert "meets" not in told(make(vocabulary=str(tmp_path))(TEXT))


# -- wherever spaCy takes it -------------------------------------------------------------


def through_bytes(doc):
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def through_a_bin(doc):
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(doc.vocab)
    return again


def through_pickle(doc):
    return pickle.loads(pickle.dumps(doc))


def through_json(doc):
    data = json.loads(json.dumps(doc.to_json(underscore=["kgbuild"])))
    return Doc(doc.vocab).from_json(data)


@pytest.mark.parametrize(
    "through", [through_bytes, through_a_bin, through_pickle, through_json, Doc.copy]
)
def test_statements_go_with_their_doc(doc, through):
    again = through(doc)
    assert again._.statements == doc._.statements
    assert again._.abstentions == doc._.abstentions


def test_the_document_goes_with_its_doc(nlp):
    doc = nlp.make_doc(TEXT)
    doc._.document = Document(id="mine", text=TEXT, date="2020-06-16")
    for through in (through_bytes, through_a_bin, through_pickle):
        assert through(doc)._.document == doc._.document


def test_a_doc_of_several_has_the_statements_of_all_in_their_places(nlp, doc):
    docs = [doc, nlp(OTHER), nlp(TEXT)]
    joined = Doc.from_docs(docs)
    assert told(joined) == [r for d in docs for r in told(d)]
    assert where(joined) == [words for d in docs for words in where(d)]


def test_a_part_of_a_doc_has_the_statements_of_that_part(doc):
    starts = [t.i for t in doc if t.text == "Iran"]
    part = doc[starts[0] :].as_doc(copy_user_data=True)
    whole = [s for s in doc._.statements if s.evidence[0].sentence in part.text]
    assert told(part) == [s.relation for s in whole]
    assert all("".join(w) and w[1] in part.text for w in where(part))
    assert doc[:3].as_doc()._.statements == ()


def test_a_doc_is_written_as_json(doc):
    assert json.loads(json.dumps(doc.to_json()))["text"] == TEXT


@pytest.mark.filterwarnings("default::DeprecationWarning")  # of fork in a busy process
def test_other_processes_read_the_same(nlp):
    texts = [TEXT, OTHER, "", TEXT]
    here = [d._.statements for d in nlp.pipe(texts)]
    assert [d._.statements for d in nlp.pipe(texts, n_process=2)] == here
    assert len(here[0]) > 0


def test_a_pipeline_is_pickled(nlp, doc):
    again = pickle.loads(pickle.dumps(nlp))
    assert again(TEXT)._.statements == doc._.statements


def test_a_pipeline_is_kept_on_disk(nlp, doc, tmp_path):
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.statements == doc._.statements


def test_an_entry_point_tells_spacy_of_it(root):
    setup = configparser.ConfigParser()
    setup.read(root / "setup.cfg", encoding="utf-8")
    line = setup["options.entry_points"]["spacy_factories"].strip()
    name, _, value = line.partition(" = ")
    point = EntryPoint(name=name, value=value, group="spacy_factories")
    assert (name, point.load()) == ("kgbuild", kgbuild.component.make_component)


@pytest.mark.parametrize("date", ["6.11.2017", "2017-13-01", "Monday"])
def test_a_faulty_date_is_refused_by_the_functions_too(date):
    with pytest.raises(ValueError, match="write it YYYY-MM-DD"):
        kgbuild.extract("Japan met France.", date=date)
