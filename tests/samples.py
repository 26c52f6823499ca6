"""One small graph with every kind of field, for tests that want to name what is in it."""

from __future__ import annotations

import networkx as nx

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Money, Statement

TEXT = "Trump threatened Japan. Abe said the US sells F-35s to Tokyo. Trump met Abe."
US = Entity(id="wd:Q30", label="United States", type="Country", aliases=("the US",))
JAPAN = Entity(id="wd:Q17", label="Japan", type="Country", aliases=("Tokyo",))
TRUMP = Entity(id="wd:Q22686", label="Donald Trump", type="Person", aliases=("Trump",))
ABE = Entity(id="person/shinzo-abe", label="Shinzo Abe", type="Person")
BOEING = Entity(id="organization/boeing", label="Boeing", type="Organization")


def seen(doc: str, start: int, end: int) -> tuple[Evidence, ...]:
    return (
        Evidence(
            doc=doc,
            start=start,
            end=end,
            sentence=TEXT[start:end],
            subject=(start, start + 5),
            object=(end - 5, end),
            trigger=(start + 6, start + 9),
        ),
    )


def sample_graph(doc: str = "a") -> nx.MultiDiGraph[str]:
    deal = Deal(
        items=(Item(label="F-35", quantity=42), Item(label="training")),
        value=Money(amount=2_316_000_000, currency="USD"),
        kind="sale",
        status="agreed",
        contractors=(BOEING,),
    )
    told = [
        Statement(
            id=f"{doc}1", doc=doc, subject=TRUMP, relation="threatens", object=JAPAN,
            factuality="possible", time="2017-11-06", phrase="threatened",
            confidence=0.5, evidence=seen(doc, 0, 23),
        ),
        Statement(
            id=f"{doc}2", doc=doc, subject=US, relation="transfers_arms_to",
            object=JAPAN, attributed_to=(ABE,), phrase="sells", confidence=0.75,
            deal=deal, evidence=seen(doc, 24, 61),
        ),
        Statement(
            id=f"{doc}3", doc=doc, subject=TRUMP, relation="meets", object=ABE,
            time="2017-11", phrase="met", confidence=0.9, evidence=seen(doc, 62, 76),
        ),
        Statement(
            id=f"{doc}4", doc=doc, subject=ABE, relation="leads", object=JAPAN,
            role="Prime Minister", confidence=1.0, evidence=seen(doc, 62, 76),
        ),
    ]  # fmt: skip
    about = Document(
        id=doc, text=TEXT, title="Arms", date="2017-11-06", source="CNN",
        url="https://example.org/a",
    )  # fmt: skip
    return assemble([about], told)
