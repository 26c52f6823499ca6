"""Turns: who speaks in a transcript, and whom "I", "we" and "Mr President" mean there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Statement

TALKS = """President of France Emmanuel Macron: Good morning. {}

{}

President of Turkey Recep Tayyip Erdogan: Thank you. {}
"""
SOURCE = "presidential press release (France)"


@pytest.mark.parametrize(
    ("first", "on", "second", "expected"),
    [
        pytest.param(
            "We condemned Syria.",
            "",
            "We condemned Israel.",
            {
                ("France", "accuses", "Syria", "Emmanuel Macron"),
                ("Turkey", "accuses", "Israel", "Recep Tayyip Erdoğan"),
            },
            id="we is the speaker's country, not the publisher's",
        ),
        pytest.param(
            "Well.",
            "I met Vladimir Putin.",
            "I met Angela Merkel.",
            {
                ("Emmanuel Macron", "meets", "Vladimir Putin", ""),
                ("Recep Tayyip Erdoğan", "meets", "Angela Merkel", ""),
            },
            id="I is the speaker, in the next paragraph too",
        ),
        pytest.param(
            "Mr President and I met Vladimir Putin.",
            "",
            "Well.",
            {
                ("Emmanuel Macron", "meets", "Vladimir Putin", ""),
                ("Recep Tayyip Erdoğan", "meets", "Vladimir Putin", "Emmanuel Macron"),
            },
            id="Mr President is the other",
        ),
        pytest.param(
            "Well.",
            "",
            "The President invited Angela Merkel.",
            set(),
            id="the President may be either's",
        ),
    ],
)
def test_turns(
    first: str,
    on: str,
    second: str,
    expected: set[tuple[str, ...]],
    read: Callable[..., list[Statement]],
) -> None:
    text = TALKS.format(first, on, second)
    found = {
        (s.subject.label, s.relation, s.object.label)
        + (",".join(a.label for a in s.attributed_to),)
        for s in read(text, date="2018-10-17", source=SOURCE)
        if not s.role
    }
    assert found == expected


@pytest.mark.parametrize("label", ["QUESTION", "MR NOBODY", "MODERATOR (off-mike)"])
def test_nobody_known_speaks(label: str, read: Callable[..., list[Statement]]) -> None:
    text = f"{label}: I met Vladimir Putin. We condemned Syria.\n"
    assert not [s for s in read(text, date="2018-10-17", source=SOURCE) if not s.role]


@pytest.mark.parametrize(
    ("title", "text", "speaker"),
    [
        pytest.param(
            "President Met with Alexei Mensah, Head of a Bank",
            "The guest was received in the capital. Mr Mensah thanked Norway.",
            "Alexei Mensah",
            id="the title has the full name",
        ),
        pytest.param(
            "Secretary Pompeo and Foreign Minister Aissata Tall Sall",
            "FOREIGN MINISTER TALL SALL: I thank Norway.\n\nMR PRICE: Macky Sall left.",
            "Aissata Tall Sall",
            id="two names in capitals",
        ),
        pytest.param(
            "A Meeting",
            "FOREIGN MINISTER TALL SALL: I thank Norway.\n\nMR PRICE: Macky Sall left.",
            "",
            id="nobody who shares but one of two names",
        ),
    ],
)
def test_names_in_a_title(
    title: str, text: str, speaker: str, read: Callable[..., list[Statement]]
) -> None:
    thanked = [
        s.subject.label for s in read(text, title=title) if s.relation != "leads"
    ]
    assert thanked == ([speaker] if speaker else [])
