"""Terms: IRIs that every parser takes, and names that never collide."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import sample_graph
from strategies import HOSTILE, cases, texts
from test_rdf_formats import SYNTAXES, write

from kgbuild.rdf.terms import BASE, check_base, days, iri, mint, moment, number, web


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "//x/y",
        "http://x/%zz",
        "http://x/a b",
        "http://x/<>",
        "http://x/é",
        "http:",
    ],
)
def test_what_is_no_iri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        iri(text)


@given(text=texts)
def test_a_minted_iri_is_one(text: str) -> None:
    for kind in ("ent", "st", "art"):
        made = mint(BASE, kind, text)
        assert iri(made[1:-1]) == made
        assert str(ox.NamedNode(made[1:-1])) == made


@cases(1000)
@given(one=texts, other=texts)
def test_different_names_have_different_iris(one: str, other: str) -> None:
    same = mint(BASE, "ev", one, 1) == mint(BASE, "ev", other, 1)
    assert same == (one == other)
    assert mint(BASE, "ev", one, 1) != mint(BASE, "ev", other, 1, "quote")


def test_near_names_have_different_iris() -> None:
    names = ["a/b", "a.b", "a%2Fb", "a:b", "a%2Eb", "a b", "a+b", "a~b", "A/b", "a//b"]
    assert len({mint(BASE, "ent", name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "base", ["", "x/", "http://x/a b/", "http://x/a", "http://x/#a/"]
)
def test_a_base_is_checked(base: str) -> None:
    with pytest.raises(ValueError, match="base|IRI"):
        check_base(base)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_base_is_the_namespace_of_instances(syntax: str) -> None:
    written = write(sample_graph(), syntax, base="https://example.org/kg#")
    assert "https://example.org/kg#" in written
    assert BASE not in written


@pytest.mark.parametrize(
    "text", [*HOSTILE, "http://h/a|b", "http://h/%zz", "HTTP://h/"]
)
def test_an_address_that_is_none_is_a_string(text: str) -> None:
    assert web(text).startswith('"')


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2017-11-06", "date"),
        ("2016-02-29", "date"),
        ("2017-11", "gYearMonth"),
        ("2017", "gYear"),
        ("2017-02-29", None),
        ("2017-13", None),
        ("0000", None),
        ("2017-11-06/2017-12", None),
        ("٢٠١٧", None),
    ],
)
def test_a_moment_has_a_type_only_if_the_calendar_has_it(
    text: str, kind: str | None
) -> None:
    made = moment(text)
    assert made.endswith(f"XMLSchema#{kind}>") if kind else made == f'"{text}"'


def test_days_of_an_interval_that_ends_before_it_begins() -> None:
    assert days("2017-09/2016") is None
    assert days("2017/2017/2018") is None


@given(value=st.floats(0, 1))
def test_a_number_reads_back_as_it_was(value: float) -> None:
    lexical = number(value).split('"')[1]
    assert float(lexical) == value
    assert "e" not in lexical.lower()
