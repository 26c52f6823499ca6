"""RDF terms as text: IRIs checked when they are minted, literals escaped.

A term is a ``str`` in the syntax of N-Triples, from which every other syntax is made.
IRIs are built from ASCII alone, so that no parser disagrees about them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache
from urllib.parse import quote

Triple = tuple[str, str, str]
"""Subject, predicate and object, each a term of N-Triples."""

VOCABULARY = "https://w3id.org/kgbuild/vocab#"
BASE = "https://w3id.org/kgbuild/id/"

PREFIXES = {
    "kg": VOCABULARY,
    "dcterms": "http://purl.org/dc/terms/",
    "kgs": "https://w3id.org/kgbuild/shapes#",
    "ftm": "https://schema.followthemoney.tech/#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
KINDS = {
    "act": "activity/",
    "art": "article/",
    "deal": "deal/",
    "ent": "entity/",
    "ev": "evidence/",
    "pub": "publisher/",
    "st": "statement/",
}
"""What there are IRIs for, by the prefix in Turtle: the path under the base."""

_IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_WEB = re.compile(
    r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?"
    r"(/(?:[A-Za-z0-9._~:/@!$&'()*+,;=-]|%[0-9A-F]{2})*)?"
    r"(\?(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-F]{2})*)?"
    r"(#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-F]{2})*)?"
)
# A dot reads well in a prefixed name, except at its ends, where parsers disagree.
_SLASH = re.compile(r"(?<=[A-Za-z0-9_-])%2F(?=[A-Za-z0-9_-])")
_PLAIN = re.compile(r"[A-Za-z0-9_:-]+")
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **{
        ord(k): v
        for k, v in zip(
            '\b\t\n\f\r"\\', [r"\b", r"\t", r"\n", r"\f", r"\r", r"\"", r"\\"]
        )
    },
}
# What XML 1.0 cannot hold: one syntax that fails on a text is one too many.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOMENT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def iri(text: str) -> str:
    """Return an absolute ASCII IRI as a term.

    Raises:
        ValueError: it is relative, or holds what an IRI may not.

    >>> iri("https://example.org/a")
    '<https://example.org/a>'
    """
    if not _IRI.fullmatch(text):
        raise ValueError(f"{text!r} is not an absolute IRI (percent-encode the rest)")
    return f"<{text}>"


@cache
def term(curie: str) -> str:
    """Return the IRI that a prefixed name stands for, as a term.

    >>> term("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    prefix, _, name = curie.partition(":")
    if prefix not in PREFIXES:
        raise ValueError(f"{curie!r}: no such prefix; have: {', '.join(PREFIXES)}")
    return iri(PREFIXES[prefix] + name)


def check_base(base: str) -> str:
    """Return a namespace for instances, checked.

    Raises:
        ValueError: it is no absolute IRI that ends in ``/`` or ``#``.
    """
    if base[-1:] not in ("/", "#") or base.count("#") > base.endswith("#"):
        raise ValueError(f"base {base!r} does not end in '/' or '#'")
    return iri(base)[1:-1]


def mint(base: str, kind: str, name: str, *parts: object) -> str:
    """Return the IRI of a thing; different names give different IRIs.

    >>> mint(BASE, "ent", "person/shinzo-abe")
    '<https://w3id.org/kgbuild/id/entity/person.shinzo-abe>'
    >>> mint(BASE, "ev", "1f3a", 1, "quote")
    '<https://w3id.org/kgbuild/id/evidence/1f3a.1.quote>'
    """
    if not _PLAIN.fullmatch(name):
        kept = quote(name, safe=":", errors="surrogatepass")
        kept = kept.replace(".", "%2E").replace("~", "%7E")
        name = _SLASH.sub(".", kept)
    tail = "".join(f".{part}" for part in parts)
    return f"<{base}{KINDS[kind]}{name}{tail}>"


def text(value: str) -> str:
    """Return a string literal.

    A text with characters that not every syntax of RDF can carry (controls, lone
    surrogates) becomes a ``kg:escapedText``, in which they are ``\\uXXXX``.

    >>> print(text('say "hi"'))
    "say \\"hi\\""
    """
    if _UNWRITABLE.search(value):
        kept = value.replace("\\", "\\\\")
        kept = _UNWRITABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", kept)
        return f'"{_escape(kept)}"^^<{VOCABULARY}escapedText>'
    return f'"{_escape(value)}"'


def english(value: str) -> str:
    """Return a literal in English; one that must be escaped has no language.

    >>> print(english("the US"))
    "the US"@en
    """
    plain = text(value)
    return plain if plain.endswith(">") else f"{plain}@en"


def _escape(value: str) -> str:
    # Quotes are common and controls are rare: replace is ten times as fast as translate.
    if not _SPECIAL.search(value):
        return value
    if _CONTROL.search(value):
        return value.translate(_ESCAPES)
    return value.replace("\\", "\\\\").replace('"', '\\"')


def unescape(value: str) -> str:
    r"""Return the text that a ``kg:escapedText`` stands for.

    >>> unescape(r"a\u0000b\\")
    'a\x00b\\'
    """
    return re.sub(
        r"\\(\\|u([0-9a-f]{4}))", lambda m: chr(int(m[2], 16)) if m[2] else "\\", value
    )


def typed(value: str, datatype: str) -> str:
    """Return a literal whose lexical form needs no escape, such as a number or a day."""
    return f'"{value}"^^<{PREFIXES["xsd"]}{datatype}>'


def number(value: float) -> str:
    """Return an ``xsd:integer`` for a whole number, else an ``xsd:decimal``.

    >>> number(0.83)
    '"0.83"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if isinstance(value, int):
        return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    return typed(format(Decimal(repr(value)), "f"), "decimal")


def moment(value: str) -> str:
    """Return a day, month or year of the calendar as its XSD type, else a string.

    >>> moment("2017-11"), moment("2017-02-30")
    ('"2017-11"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2017-02-30"')
    """
    if days(value) is None or "/" in value:
        return text(value)
    return typed(value, ("gYear", "gYearMonth", "date")[value.count("-")])


def days(value: str) -> tuple[date, date] | None:
    """Return the first and the last day of a day, month, year or interval, if it is one.

    >>> days("2017-09/2018")
    (datetime.date(2017, 9, 1), datetime.date(2018, 12, 31))
    """
    if "/" in value:
        ends = [days(part) for part in value.split("/")]
        if len(ends) != 2 or not ends[0] or not ends[1] or ends[0][0] > ends[1][1]:
            return None
        return ends[0][0], ends[1][1]
    found = _MOMENT.fullmatch(value)
    try:
        year, month, day = (
            [int(part or 0) for part in found.groups()] if found else [0] * 3
        )
        last = day or monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, last)
    except ValueError:
        return None


def web(value: str) -> str:
    """Return the address of a page as an IRI where it surely is one, else as a string.

    >>> web("https://example.org/a?b=c"), web("example.org")
    ('<https://example.org/a?b=c>', '"example.org"')
    """
    return f"<{value}>" if _WEB.fullmatch(value) else text(value)
