"""Segments: where sentences begin anew in text as it comes, no offset moved."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.text.segments import segments


def cut(text: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in segments(text)]


@pytest.mark.parametrize(
    "line",
    [
        "WASHINGTON, April 5 -",
        "WASHINGTON, January 20, 2026 -",
        "OSLO, Norway —",
        "NEW YORK, N.Y. –",
        "UNITED NATIONS, March 3 (Reuters) -",
        "BEIJING, Nov. 6 (Xinhua) --",
        "NEW DELHI, 5 April 2021 (ANI):",
        "JERUSALEM (AP) --",
        "Kyiv, Ukraine (AP) —",
        "Lima CNN \u00a0—",
        "(Reuters) -",
        "CNN —",
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_dateline_is_parted_from_its_sentence(line: str, gap: str) -> None:
    text = f"{line}{gap}The navy of Norway ordered six frigates."
    first, second = segments(text)
    assert (first.kind, text[first.start : first.end]) == ("dateline", line)
    assert (second.kind, text[second.start]) == ("body", "T")


def test_a_date_alone_is_a_dateline() -> None:
    date = "Friday, September 9, 2016"
    assert cut(date + "\n") == [("dateline", date)]


@pytest.mark.parametrize(
    "text",
    [
        "NATO - the alliance - said it would answer at once and without delay.",
        "Oslo met Lima on April 5 - with some success.",
        "Anna Berg — we think — will go to Lima in the coming days.",
        "Mr Berg said — we will see about that in the coming days.",
        "By Monday the army had left the town.",
    ],
)
def test_a_sentence_with_a_dash_or_a_by_is_no_dateline(text: str) -> None:
    assert cut(text) == [("body", text)]


@pytest.mark.parametrize(
    "line, kind",
    [
        ("Norway to buy six frigates", "headline"),
        ("NORWAY BUYS SIX FRIGATES - LIMA", "headline"),
        ("Anna Berg, Minister of Defence", "headline"),
        ("By Anna Berg and Juan Paz, AP", "byline"),
        ("Story highlights", "boilerplate"),
        ("Read more: the frigates of Norway", "boilerplate"),
        ("Transmittal No. 99-01", "boilerplate"),
        ("<!-- an advertisement\n\n goes here -->", "boilerplate"),
        ("###", "boilerplate"),
        ("* * *", "boilerplate"),
        ("(END)", "footer"),
        ("-30-", "footer"),
        ("Page 3 of 7", "footer"),
        ("12", "footer"),
        ("© 2021 The Lima Post. All rights reserved.", "footer"),
        ("press@example.org", "footer"),
        ("https://example.org/frigates?id=1", "footer"),
        ("(Reporting by Anna Berg; Editing by Juan Paz)", "footer"),
        ("For media inquiries, please contact press@example.org.", "footer"),
        ("Photo: Anna Berg", "caption"),
        ("FILE PHOTO: A frigate leaves Lima.", "caption"),
        ("Norway bought six frigates.", "body"),
        ("“Norway bought six frigates.”", "body"),
    ],
)
def test_a_line_tells_its_kind(line: str, kind: str) -> None:
    text = f"Lima saw it all.\n\n{line}\n\nOslo heard of it."
    assert cut(text)[1:-1] == [(kind, line)]


def test_marks_of_lists_and_paragraphs_stand_apart() -> None:
    text = "Lima will:\n- buy six frigates;\n• sell two\n\n(ii) (U) Oslo agreed.\n(U) It paid."
    assert cut(text) == [
        ("body", "Lima will:"),
        ("boilerplate", "-"),
        ("list item", "buy six frigates;"),
        ("boilerplate", "•"),
        ("list item", "sell two"),
        ("boilerplate", "(ii) (U)"),
        ("body", "Oslo agreed."),
        ("boilerplate", "(U)"),
        ("body", "It paid."),
    ]


PARAGRAPHS = [
    (
        "The government of Norway has ordered six frigates from a yard in Lima, two ministers of the coalition said late "
        "on Friday — the largest order that the yard has had in its long history, and the first from Europe since 1991."
    ),
    "Critics of the deal, which parliament has yet to approve, say that the ships are too small for northern waters.",
    "Lima’s ambassador met the minister on Monday. Neither side would say what had been agreed, or when it would be told.",
]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_hard_wrapped_paragraph_is_one(width: int) -> None:
    text = "\n\n".join(textwrap.fill(p, width) for p in PARAGRAPHS)
    found = [" ".join(t.split()) for _, t in cut(text)]
    assert found == PARAGRAPHS


def test_headlines_line_by_line_are_not_joined() -> None:
    text = "Norway buys six frigates\nLima yard to build them\nParliament has yet to agree\n\n"
    text += PARAGRAPHS[0]
    assert [kind for kind, _ in cut(text)] == ["headline"] * 3 + ["body"]


def test_a_hyphen_at_a_line_end_stays() -> None:
    text = "The six frigates that Norway ordered will carry anti-air mis-\nsiles from Lima."
    assert cut(text) == [("body", text)]


_PIECES = st.sampled_from(
    [
        *"\n\r\t -—•(){}<!>.:;\u2028\u00a0\u0301",
        "\n\n",
        "<!--",
        "-->",
        "(U) ",
        "OSLO",
        "April 5",
    ]
    + [
        "(AP)",
        "Oslo said",
        "By Anna Berg",
        "Photo:",
        "mis-\nsile",
        "x" * 60,
        "1. ",
        "###",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map("".join)))
def test_segments_tile_all_but_blanks_of_any_text(text: str) -> None:
    found = segments(text)
    at = 0
    for segment in found:
        assert not text[at : segment.start].strip()
        words = text[segment.start : segment.end]
        assert words and words == words.strip()
        at = segment.end
    assert not text[at:].strip()
