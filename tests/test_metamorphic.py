"""What may change in an article without a change in what it says."""

from __future__ import annotations

import textwrap

import pytest
from told import article

from kgbuild.model import Document
from kgbuild.pipeline import run
from kgbuild.readers import read_documents
from kgbuild.statements.tell import tell

SAMPLES = ("arms-sales-japan.txt",)


@pytest.fixture(params=SAMPLES)
def text(request, root):
    (document,) = read_documents([str(root / "data" / request.param)])
    return document.text


def said(text, **fields):
    """Return what a text says, without the places of it."""
    document = Document(id="a", text=text, date="2017-11-06", **fields)
    (result,) = run([document], preset="complete")
    return [
        (s.subject.id, s.relation, s.object.id, s.factuality, s.time, s.phrase)
        for s in result.statements
    ]


def test_lines_of_another_length_say_the_same(text):
    wrapped = "\n\n".join(
        textwrap.fill(p, 72, break_long_words=False, break_on_hyphens=False)
        for p in text.split("\n\n")
    )
    assert wrapped.count("\n") > text.count("\n") + 5
    assert said(wrapped) == said(text) != []


def test_lines_that_end_as_elsewhere_say_the_same(text):
    assert said(text.replace("\n", "\r\n")) == said(text) != []


def test_the_title_and_address_say_nothing(text):
    other = {"title": "Iran attacks Peru", "url": "https://example.org/a"}
    assert said(text, **other) == said(text) != []


def test_a_paragraph_about_nobody_at_the_end_takes_nothing_away(text):
    full = " ".join(["The long grey rain fell on the hills and on the sea."] * 12)
    first = said(f"{text}\n\n{full}")
    assert said(f"{text}\n\n{full}\n\nThe rain went on all night.") == first != []


STORY = """\
[a Person|Jane Roe] met [b Person|John Poe] in [t Time|May 2020]. [c Person|Roe] praised [d Person|Poe].
a meets b "met" | on t
c supports d "praised"

[e Person|She] attacked [f Country|France], said [g Person|Poe].
e attacks f "attacked" | by g
"""


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Zork Blatt", "Blatt"),
        ("Özil Quux-Bar", "Quux-Bar"),
        ("Zork von der Blatt", "von der Blatt"),
        ("Zork al-Blatt", "Blatt"),
        ("Zork M. Blatt", "Z. Blatt"),
    ],
)
def test_another_name_for_somebody_changes_the_name_alone(name, surname):
    def told(story):
        return [
            (s.subject.label, s.relation, s.object.label, s.factuality, s.time)
            for s in tell(article(story))[0]
        ]

    renamed = STORY.replace("Jane Roe", name).replace("|Roe]", f"|{surname}]")
    expected = [
        tuple(name if x == "Jane Roe" else x for x in row) for row in told(STORY)
    ]
    assert len(expected) == 2
    assert told(renamed) == expected
