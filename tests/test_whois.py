"""Who is who across articles, measured on invented pairs; and what somebody decides."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import pytest
from pairs import PAIRS, Pair, Side
from test_archive import articles, cli, outputs, put  # noqa: F401  # a fixture

from kgbuild.archive import decisions
from kgbuild.archive.likeness import MAYBE, SAME, alike
from kgbuild.archive.whois import whois
from kgbuild.knowledge.names import slug
from kgbuild.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
STATE = next(r.name for r in VOCABULARY.relations.values() if r.kind == "state")
EVENT = next(r.name for r in VOCABULARY.relations.values() if r.kind == "event")


def entity(name: str, type: str) -> dict:
    id = f"{type.lower()}/{slug(name)}"
    return {"id": id, "label": name, "type": type, "aliases": []}


def told(
    doc: str, one: dict, other: dict, relation: str, role: str | None = None
) -> dict:
    return {
        "id": f"{doc}-{one['id']}-{other['id']}",
        "doc": doc,
        "subject": one,
        "relation": relation,
        "object": other,
        "factuality": "fact",
        "attributed_to": [],
        "time": None,
        "confidence": 0.8,
        "qualifiers": {"role": role},
        "evidence": [],
    }


def article(doc: str, side: Side) -> list[dict]:
    """Return what an article says of one side of a pair."""
    one = entity(side.name, side.type)
    found = [told(doc, one, entity("Nobody", "Weapon"), EVENT)]
    for name, type in ((side.body, "Organization"), (side.state, "Country")):
        if name:
            found.append(told(doc, one, entity(name, type), STATE, side.role or None))
    return found


def judged(pair: Pair) -> str:
    """Say what becomes of a pair: it is joined, listed, or kept apart."""
    records = [*article("a", pair.one), *article("b", pair.other)]
    found = whois(records, VOCABULARY)
    ids = [entity(s.name, s.type)["id"] for s in (pair.one, pair.other)]
    ids = [
        found.of_article.get((doc, id), id) for doc, id in zip("ab", ids, strict=True)
    ]
    ids = [found.same.get(id, id) for id in ids]
    if ids[0] == ids[1]:
        return "joined"
    doubts = {frozenset((d.one.id, d.other.id)) for d in found.doubts}
    return "listed" if frozenset(ids) in doubts else "apart"


def test_two_hundred_pairs():
    """Precision at least .97 and recall at least .85; nearly all the rest is listed."""
    assert len(PAIRS) >= 200
    count = Counter((p.same, judged(p)) for p in PAIRS)
    wrong = Counter(
        (p.pattern, judged(p)) for p in PAIRS if (judged(p) == "joined") != p.same
    )
    joined = count[True, "joined"]
    assert joined / (joined + count[False, "joined"]) >= 0.97, wrong
    assert joined / sum(p.same for p in PAIRS) >= 0.85, wrong
    assert count[True, "apart"] <= 2, wrong


def test_it_is_the_same_in_any_order():
    records = [r for n, p in enumerate(PAIRS) for r in article(f"d{n}", p.one)]
    records += [r for n, p in enumerate(PAIRS) for r in article(f"e{n}", p.other)]
    one, other = whois(records, VOCABULARY), whois(records[::-1], VOCABULARY)
    assert (one.of_article, one.same) == (other.of_article, other.same)
    assert [(d.one.id, d.other.id) for d in one.doubts] == [
        (d.one.id, d.other.id) for d in other.doubts
    ]


def test_one_who_could_be_either_of_two_is_listed():
    land = {"state": "Vesteria"}
    names = ("George Arn", "George W. Arn", "George H. Arn")
    records = [r for n in names for r in article(n, Side(n, **land))]
    found = whois(records, VOCABULARY)
    assert found.same == {}
    assert {d.why for d in found.doubts} >= {"could be George W. Arn as well"}


def test_two_with_ids_of_the_knowledge_are_never_one():
    one, other = ({**entity("Ann Arn", "Person"), "id": f"wd:Q{n}"} for n in (1, 2))
    thing = entity("Thing", "Weapon")
    records = [told("a", one, thing, EVENT), told("b", other, thing, EVENT)]
    assert whois(records, VOCABULARY).same == {}
    records[1]["subject"] = entity("Arn Ann", "Person")
    assert whois(records, VOCABULARY).same == {"person/arn-ann": "wd:Q1"}


def test_names_an_article_keeps_apart_are_listed():
    records = [
        *article("a", Side("Ann Arn")),
        *article("a", Side("Arn Ann")),
    ]
    found = whois(records, VOCABULARY)
    assert found.same == {}
    assert all(d.score < SAME for d in found.doubts)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Łódź Works", "Lodz Works", 1, 1),
        ("F-16 Group", "F-35 Group", 0, 0),
        ("Jean-Paul Roux", "Jean Paul Roux", 1, 1),
        ("Li Na", "Li Ni", 0, 0),
        ("", "Ann", 0, 0),
    ],
)
def test_likeness_of_names(one, other, least, most):
    assert least <= alike(one, other, person=True) <= most


# -- decisions --------------------------------------------------------------------------


def lines(path) -> list[dict]:
    return [json.loads(row) for row in path.read_text().splitlines()]


@pytest.fixture
def kg(cli, tmp_path):  # noqa: F811
    """Return a folder of four articles, of which two may tell of one."""
    found = articles(2)
    for n, text in enumerate(("Ann met Bob.", "Anne met Bob.")):
        found.append({"id": f"x{n}", "text": text, "date": "2014-01-01"})
    place = tmp_path / "kg"
    cli("build", put(tmp_path / "a.jsonl", found[2:]), "-o", place, "--to", "jsonl")
    return place


def decide(cli, kg, text: str) -> list[dict]:  # noqa: F811
    (kg / "decisions.csv").write_text(f"decision,id,other\n{text}\n")
    assert cli("export", kg)[0] == 0
    return lines(kg / "statements.jsonl")


def test_decisions_win(cli, kg):  # noqa: F811
    labels = {r["subject"]["label"] for r in decide(cli, kg, "same,person/ann,Anne")}
    assert labels == {"Ann"}
    (one, other) = decide(
        cli, kg, "same,Ann,Anne\nrename,Ann,Ann Arn\ntype,Bob,Organization"
    )
    assert one["subject"] == {
        "id": "person/ann",
        "label": "Ann Arn",
        "type": "Person",
        "aliases": ["Ann", "Anne"],
    }
    assert other["object"]["type"] == "Organization"
    assert [r["doc"] for r in decide(cli, kg, "drop,Anne,")] == ["x0"]
    assert len(decide(cli, kg, "different,Ann,Anne\n,x,y")) == 2


def test_decisions_about_nobody_are_told(cli, kg, tmp_path):  # noqa: F811
    text = "decision,id,other\nsame,Foo,Bar\nsame,wd:Q1,Ann\nrename,person/bob,Rob\n"
    (kg / "decisions.csv").write_text(text)
    for words in (
        ("export", kg),
        ("export", kg, "-o", tmp_path / "out"),
        ("build", tmp_path / "a.jsonl", "-o", kg),
    ):
        code, _, err = cli(*words)
        assert (code, err.count("\n")) == (0, 1)
        assert "decisions.csv: nobody in it has the name or id 'Foo', 'Bar';" in err


def test_decisions_about_namesakes_that_were_parted_are_of_somebody():
    tie = Side("Ann Arn", body="Org One"), Side("Ann Arn", body="Org Two")
    records = [*article("a", tie[0]), *article("b", tie[1])]
    new = min(whois(records, VOCABULARY).of_article.values())
    found = decisions.parse(f"decision,id,other\nrename,{new},Ann\n", "x")
    assert decisions.unknown(found, whois(records, VOCABULARY).labels) == []


def test_a_decision_of_different_keeps_those_apart_that_would_be_joined():
    records = [*article("a", Side("Ann Arn")), *article("b", Side("Arn Ann"))]
    pair = ("person/ann-arn", "person/arn-ann")
    assert whois(records, VOCABULARY).same
    found = whois(records, VOCABULARY, different=[pair])
    assert (found.same, found.doubts) == ({}, ())
    assert whois(records, VOCABULARY, same=[pair]).same == {pair[1]: pair[0]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,other\na,b\n", "needs the columns decision, id, other"),
        ("decision,id,other\nmerge,a,b\n", "line 2: no decision 'merge'; have: same"),
        ("decision,id,other\nsame,a,\n", "line 2: same needs id and other"),
        ("decision,id,other\nsame,a,b\ndifferent,b,a\n", "line 3: says the other"),
    ],
)
def test_faults_of_decisions_name_their_line(text, said):
    with pytest.raises(ValueError, match=said):
        decisions.parse(text, "decisions.csv")


def test_decisions_are_written_as_they_are_read():
    text = "decision,id,other\nsame,a,b\ndrop,c,\n"
    assert decisions.dumps(decisions.parse(text, "x")) == text


def test_a_speaker_that_is_dropped_takes_the_words_along():
    record = told("a", entity("Ann", "Person"), entity("Bob", "Person"), EVENT)
    record["attributed_to"] = [entity("Zed", "Person")]
    drop = decisions.parse("decision,id,other\ndrop,person/zed,\n", "x")
    found = whois([record], VOCABULARY)
    assert decisions.applied([record], found, drop) == []


def test_review_round_trip(cli, tmp_path):  # noqa: F811
    found = [
        {"id": "a", "text": "Yelena Sorokina met Bob."},
        {"id": "b", "text": "Elena Sorokyna met Bob."},
    ]
    kg, table = tmp_path / "kg", tmp_path / "review.csv"
    cli("build", put(tmp_path / "a.jsonl", found), "-o", kg, "--to", "jsonl")
    _, out, _ = cli("review", kg)
    assert out.endswith("1 to decide\n")
    assert cli("review", kg, "--csv", table)[0] == 0
    (row,) = csv.DictReader(table.read_text().splitlines())
    assert (row["one_name"], row["other_name"]) == ("Elena Sorokyna", "Yelena Sorokina")
    table.write_text(table.read_text().replace("\n,", "\nsame,"))
    assert cli("review", kg, "--take", table)[0] == 0
    assert (kg / "decisions.csv").read_text() == (
        "decision,id,other\nsame,person/elena-sorokyna,person/yelena-sorokina\n"
    )
    assert {r["subject"]["label"] for r in lines(kg / "statements.jsonl")} == {
        "Elena Sorokyna"
    }
    assert cli("review", kg)[1] == "0 to decide\n"


def test_merged_folders_keep_their_decisions(cli, kg, tmp_path):  # noqa: F811
    decide(cli, kg, "same,person/ann,Anne")
    assert cli("merge", kg, "-o", tmp_path / "all")[0] == 0
    assert (tmp_path / "all" / "decisions.csv").read_text() == (
        "decision,id,other\nsame,person/ann,Anne\n"
    )
    assert outputs(tmp_path / "all")["statements.jsonl"] == (
        (kg / "statements.jsonl").read_bytes()
    )


def test_names_tell_posts_newest_first_and_how_many_more(
    cli,  # noqa: F811
    tmp_path,
    monkeypatch,
):
    monkeypatch.setenv("COLUMNS", "200")
    terms = ((2001, 2002), (2011, ""), (1990, 1991), (2003, 2004), (2005, 2006))
    rows = [
        f"Zyx Qwerty,Person,Post{a},Japan,{a}-01-01,{b and f'{b}-01-01'}"
        for a, b in terms
    ]
    path = tmp_path / "names.csv"
    path.write_text("\n".join(["name,type,role,of,from,to", *rows]) + "\n")
    _, out, _ = cli("names", "Zyx Qwerty", "--knowledge", path)
    told = " ".join(out.split())
    assert re.findall(r"Post(\d+)", told) == ["2011", "2005", "2003"]
    assert "Post2003, Japan 2003-01-01–2004-01-01; … and 2 more" in told


def test_names_tell_what_is_known(cli, kg):  # noqa: F811
    _, out, _ = cli("names", "Japan")
    assert "wd:Q17" in out
    _, out, _ = cli("names", "Anne", kg)
    assert "person/anne" in out
    assert MAYBE < SAME
