"""Parsed documents by hand, so that what is tested is the extraction and not a model.

A sentence is one line of cells ``word/TAG/dep/head`` or ``word/TAG/dep/head/lemma``; ``head``
counts from the sentence's first word, punctuation is ``,/punct/head``, and ``word@DATE``
gives a word an entity type. Part of speech, spaces and plain lemmas follow from these.
"""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from kgbuild.entities import Cast
from kgbuild.gazetteer import Gazetteer, make_gazetteer
from kgbuild.knowledge import Knowledge, Name, Term
from kgbuild.lexicon import Lexicon, load_lexicon
from kgbuild.model import Abstention, Document, Statement
from kgbuild.statements import read_cast, statements
from kgbuild.vocabulary import Vocabulary, load_vocabulary

DATE = "2017-11-06"

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON",
    "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "EX": "PRON", "WP$": "DET", "DT": "DET",
    "PDT": "DET", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "WRB": "ADV",
    "IN": "ADP", "RP": "ADP", "CC": "CCONJ", "CD": "NUM", "TO": "PART", "POS": "PART",
    "MD": "AUX", "HYPH": "PUNCT", "$": "SYM", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
_MARKS = {
    "-": "HYPH",
    "“": "``",
    "”": "''",
    ",": ",",
    ".": ".",
    "?": ".",
    ";": ":",
    ":": ":",
}
_BE = {"is", "are", "was", "were", "be", "been", "being"}


def doc(*sentences: str) -> Doc:
    """Return the parse that the lines of cells describe."""
    words, tags, deps, heads, lemmas, types, starts = [], [], [], [], [], [], []
    for sentence in sentences:
        first = len(words)
        for cell in sentence.split():
            word, *rest = cell.split("/")
            word, _, type_ = word.partition("@")
            tag = _MARKS[word] if word in _MARKS else rest.pop(0)
            dep, head, *lemma = rest
            starts.append(len(words) == first)
            words.append(word)
            tags.append(tag)
            deps.append(dep)
            heads.append(first + int(head))
            lemmas.append(lemma[0] if lemma else _lemma(word, tag))
            types.append(f"B-{type_}" if type_ else "O")
    return Doc(
        blank().vocab,
        words=words,
        spaces=_spaces(words, tags),
        tags=tags,
        pos=[_pos(*cell) for cell in zip(words, tags, deps, strict=True)],
        deps=deps,
        heads=heads,
        lemmas=lemmas,
        ents=types,
        sent_starts=None,
    )


def token(parsed: Doc, word: str, nth: int = 0) -> Token:
    """Return the ``nth`` token of a text that is spelled so."""
    return [t for t in parsed if t.text == word][nth]


def texts(parsed: Doc, roles: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return roles with the words instead of their numbers."""
    return {role: [parsed[i].text for i in heads] for role, heads in roles.items()}


def _lemma(word: str, tag: str) -> str:
    if word.lower() in _BE:
        return "be"
    return word if tag.startswith("NNP") else word.lower()


def _pos(word: str, tag: str, dep: str) -> str:
    if tag.startswith("VB"):
        auxiliary = dep in ("aux", "auxpass") or word.lower() in _BE
        return "AUX" if auxiliary else "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return "PUNCT" if word in _MARKS else _POS[tag]


def _spaces(words: list[str], tags: list[str]) -> list[bool]:
    after = [*zip(words[1:], tags[1:], strict=True), ("", "")]
    return [
        tag not in ("``", "$", "HYPH")
        and not (word in ("”", *_MARKS) and word != "“" or next_tag == "POS")
        and bool(word)
        for tag, (word, next_tag) in zip(tags, after, strict=True)
    ]


# -- who is known -------------------------------------------------------------------

_COUNTRIES = """
Belarus Belarusian Minsk; China Chinese Beijing; Egypt Egyptian Cairo; France French Paris
Georgia Georgian Tbilisi; Germany German Berlin; Greece Greek Athens; Iran Iranian Tehran
Iraq Iraqi Baghdad; Israel Israeli Jerusalem; Italy Italian Rome; Japan Japanese Tokyo
Kenya Kenyan Nairobi; Libya Libyan Tripoli; Mali Malian Bamako; Nigeria Nigerian Abuja
Russia Russian Moscow; Somalia Somali Mogadishu; Syria Syrian Damascus
Taiwan Taiwanese Taipei; Turkey Turkish Ankara; Ukraine Ukrainian Kyiv
"""


def _names() -> list[Name]:
    plain = [
        line.split() for line in _COUNTRIES.replace(";", "\n").splitlines() if line
    ]
    countries = [
        Name(
            id=f"country/{label.lower()}",
            label=label,
            type="Country",
            adjectives=(adjective,),
            seats=(seat,),
        )
        for label, adjective, seat in plain
    ]
    return [
        *countries,
        _country("us", "United States", "American", "US", "Washington"),
        _country("uk", "United Kingdom", "British", "Britain", "London"),
        _country("north-korea", "North Korea", "North Korean", "DPRK", "Pyongyang"),
        _country("south-korea", "South Korea", "South Korean", "ROK", "Seoul"),
        _body("turkish-army", "Turkish Armed Forces", "armed forces", "country/turkey"),
        _body("boeing", "Boeing", "company", ""),
        _body("hamas", "Hamas", "", ""),
        _body("state-department", "State Department", "foreign ministry", "country/us"),
        _person("Donald Trump", "President", "country/us", "2017-01-20", "2021-01-20"),
        _person("Barack Obama", "President", "country/us", "2009-01-20", "2017-01-20"),
        _person("Shinzo Abe", "Prime Minister", "country/japan", "2012-12-26", ""),
        _person("Theresa May", "Prime Minister", "country/uk", "2016-07-13", ""),
        Name(id="place/okinawa", label="Okinawa", type="Place", of="country/japan"),
        Name(id="place/ankara", label="Ankara", type="Place", of="country/turkey"),
        Name(id="weapon/f-35", label="F-35", type="Weapon"),
        *(
            Name(id=f"weapon/{w}", label=w, type="Weapon", aliases=(f"{w}s",))
            for w in ("missile", "tank", "helicopter", "drone")
        ),
    ]


def _country(key: str, label: str, adjective: str, alias: str, seat: str) -> Name:
    return Name(
        id=f"country/{key}", label=label, type="Country", aliases=(alias,),
        adjectives=(adjective,), seats=(seat,),
    )  # fmt: skip


def _body(key: str, label: str, kind: str, of: str) -> Name:
    return Name(
        id=f"organization/{key}", label=label, type="Organization", kind=kind, of=of
    )


def _person(label: str, role: str, of: str, start: str, end: str) -> Name:
    key = label.lower().replace(" ", "-")
    term = Term(role=role, of=of, start=start, end=end)
    return Name(id=f"person/{key}", label=label, type="Person", terms=(term,))


KNOWLEDGE = Knowledge(
    names={name.id: name for name in _names()},
    sites={"gov": "country/us", "go.jp": "country/japan"},
)


# -- what is read -------------------------------------------------------------------


@functools.cache
def blank() -> Language:
    return spacy.blank("en")


@functools.cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@functools.cache
def lexicon() -> Lexicon:
    return load_lexicon(vocabulary())


@functools.cache
def gazetteer() -> Gazetteer:
    return make_gazetteer(blank(), KNOWLEDGE)


def document(parsed: Doc, date: str | None = DATE, **fields: str) -> Document:
    """Return the document that a parse is of; ``fields`` are its source, its id."""
    return Document(**{"id": "a", "text": parsed.text, "date": date, **fields})


def cast_of(parsed: Doc, date: str | None = DATE, **fields: str) -> Cast:
    """Return who takes part in a parsed document."""
    about = document(parsed, date, **fields)
    return read_cast(about, parsed, gazetteer(), lexicon())


def meant(made: Cast, word: str, nth: int = 0) -> list[str]:
    """Return the labels of those whom a word stands for."""
    references = made.at.get(token(made.doc, word, nth).i, ())
    return [made.known[r.id].label for r in references]


def read(
    parsed: Doc, date: str | None = DATE, **fields: str
) -> tuple[list[Statement], list[Abstention]]:
    """Return what a parsed document says, and what it leaves unsaid."""
    about = document(parsed, date, **fields)
    return statements(about, parsed, gazetteer(), lexicon(), vocabulary())


def told(parsed: Doc, date: str | None = DATE, **fields: str) -> list[str]:
    """Return the statements of a parsed document as lines."""
    return [
        f"{s.subject.label} {s.relation} {s.object.label} {s.factuality}"
        for s in read(parsed, date, **fields)[0]
    ]
