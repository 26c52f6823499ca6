"""Parsing: which model is taken, and what is said where one is missing or of no use."""

from __future__ import annotations

import pytest
import spacy
from docs import blank
from spacy.language import Language

from kgbuild import parse
from kgbuild.parse import PREFERRED, load_model, start_sentences


@pytest.fixture
def installed(monkeypatch):
    """A function that pretends that only some models are installed; returns what is loaded."""

    def only(*names, parses=True, language="en"):
        loaded = []

        def load(name):
            if name not in names:
                raise OSError(f"[E050] Can't find model {name!r}.")
            loaded.append(name)
            nlp = spacy.blank(language)
            if parses:
                nlp.add_pipe("parser")
            return nlp

        monkeypatch.setattr(parse, "find_spec", lambda n: n if n in names else None)
        monkeypatch.setattr(spacy, "load", load)
        return loaded

    return only


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["en_core_web_sm"], "en_core_web_sm"),
        (["en_core_web_sm", "en_core_web_lg"], "en_core_web_lg"),
        (reversed(PREFERRED), "en_core_web_trf"),
    ],
)
def test_the_best_model_that_is_installed_is_taken(installed, names, best):
    loaded = installed(*names)
    load_model()
    assert loaded == [best]


def test_a_model_that_is_named_comes_before_a_better_one(installed):
    loaded = installed("en_core_web_trf", "mine")
    load_model("mine")
    assert loaded == ["mine"]


def test_without_any_model_it_is_said_how_to_get_one(installed):
    installed()
    with pytest.raises(OSError, match="no English model is installed; install one: "):
        load_model()


@pytest.mark.parametrize(
    ("names", "have"),
    [((), "none"), (("en_core_web_sm",), "en_core_web_sm")],
)
def test_a_missing_model_is_named_with_those_that_are_there(installed, names, have):
    installed(*names)
    wanted = f"model 'en_core_web_xl' is not installed; have: {have}; a better one"
    with pytest.raises(OSError, match=wanted):
        load_model("en_core_web_xl")


@pytest.mark.parametrize(
    "what", [{"language": "de"}, {"parses": False}], ids=["German", "no parser"]
)
def test_a_model_that_does_not_parse_english_is_of_no_use(installed, what):
    installed("mine", **what)
    with pytest.raises(OSError, match="model 'mine' does not parse English; "):
        load_model("mine")


def test_sentences_begin_before_the_parser_where_segments_do(installed):
    installed("mine")
    nlp = load_model("mine")
    assert nlp.pipe_names == ["kgbuild_segments", "parser"]
    assert Language.has_factory("kgbuild_segments")


def test_a_headline_is_a_sentence_of_its_own():
    text = "Abe meets Trump\n\nThey talked.\n\n- One\n- Two"
    starts = [
        t.text
        for t in start_sentences(blank().make_doc(text))
        if t.is_sent_start and t.i
    ]
    assert starts == ["They", "-", "One", "-", "Two"]
