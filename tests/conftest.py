"""What several test modules share: a way to read a text, sample statements, their graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Money, Statement
from kgbuild.pipeline import run

settings.register_profile("kgbuild", deadline=None)
settings.load_profile("kgbuild")

ROOT = Path(__file__).parents[1]
TEXT = "Trump said Japan would buy four missiles from the US. Abe met Trump."
JAPAN = Entity(id="wd:Q17", label="Japan", type="Country", aliases=("Tokyo",))
US = Entity(id="wd:Q30", label="United States", type="Country", aliases=("the US",))
TRUMP = Entity(id="wd:Q22686", label="Donald Trump", type="Person", aliases=("Trump",))
ABE = Entity(id="person/abe", label="Abe", type="Person")


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def document() -> Document:
    return Document(
        id="talks",
        text=TEXT,
        title="Talks",
        date="2017-11-06",
        source="CNN",
        url="https://example.org/talks",
    )


@pytest.fixture
def statements() -> list[Statement]:
    deal = Deal(
        items=(Item(label="missile", quantity=4),),
        value=Money(amount=2_316_000_000, currency="USD"),
        kind="sale",
        status="proposed",
        contractors=(
            Entity(id="organization/acme", label="Acme", type="Organization"),
        ),
    )
    said = evidence(0, 53, (46, 52), (11, 16), (23, 26))
    met = evidence(54, 68, (54, 57), (62, 67), (58, 61))
    return [
        Statement(
            id="s1",
            doc="talks",
            subject=US,
            relation="transfers_arms_to",
            object=JAPAN,
            factuality="possible",
            attributed_to=(TRUMP,),
            time="2017-11-06",
            phrase="would buy",
            confidence=0.8,
            deal=deal,
            evidence=(said,),
        ),
        Statement(
            id="s2",
            doc="talks",
            subject=ABE,
            relation="meets",
            object=TRUMP,
            phrase="met",
            confidence=0.9,
            evidence=(met,),
        ),
    ]


def evidence(
    start: int,
    end: int,
    subject: tuple[int, int],
    object: tuple[int, int],
    trigger: tuple[int, int],
) -> Evidence:
    return Evidence(
        doc="talks",
        start=start,
        end=end,
        sentence=TEXT[start:end],
        subject=subject,
        object=object,
        trigger=trigger,
    )


@pytest.fixture
def graph(document, statements):
    return assemble([document], statements)


@pytest.fixture(scope="session")
def read() -> Callable[..., list[Statement]]:
    """A function that extracts from a text, dated Monday 2020-06-15 unless told."""

    def extract(
        text: str, date: str | None = "2020-06-15", **fields: str
    ) -> list[Statement]:
        document = Document(id="text", text=text, date=date, **fields)
        return list(next(run([document])).statements)

    return extract
