"""Graphs for the tests of the page: the sample article by hand, hostile ones, large ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Money, Statement

ROOT = Path(__file__).parents[1]


def entity(name: str, label: str, type: str, *aliases: str) -> Entity:
    return Entity(id=name, label=label, type=type, aliases=tuple(sorted(aliases)))


US = entity("wd:Q30", "United States", "Country", "US", "the United States")
JAPAN = entity("wd:Q17", "Japan", "Country", "Tokyo", "his country")
NORTH = entity("wd:Q423", "North Korea", "Country", "Pyongyang", "the regime")
SOUTH = entity("wd:Q884", "South Korea", "Country")
TRUMP = entity("wd:Q22686", "Donald Trump", "Person", "Trump", "the President")
ABE = entity("wd:Q132345", "Shinzo Abe", "Person", "Abe", "His Japanese counterpart")
KIM = entity("wd:Q56226", "Kim Jong Un", "Person")
HOKKAIDO = entity("place/hokkaido", "Hokkaido", "Place")
MISSILE = entity("weapon/ballistic-missile", "ballistic missile", "Weapon")
FORCES = entity(
    "organization/self-defense-forces", "Self-Defense Forces", "Organization"
)

# subject, relation, object, factuality, speakers, time, phrase, quotation, words of the
# subject and of the object in it
TOLD: list[tuple[Any, ...]] = [
    (TRUMP, "leads", US, "fact", (), None, "President",
     "President Donald Trump advocated a more militaristic Japan on Monday", "Donald Trump", "President"),
    (TRUMP, "requests", JAPAN, "fact", (), "2017-11-06", "should begin purchasing",
     "saying Tokyo should begin purchasing American-made military equipment", "saying", "Tokyo"),
    (ABE, "leads", JAPAN, "fact", (), None, "counterpart",
     "His Japanese counterpart, Shinzo Abe, who", "Shinzo Abe", "Japanese"),
    (KIM, "leads", NORTH, "fact", (), None, "dictator",
     "North Korean dictator Kim Jong Un", "Kim Jong Un", "North Korean"),
    (NORTH, "threatens", JAPAN, "fact", (), None, "threats",
     "to better protect itself against threats from North Korea", "North Korea", "itself"),
    (TRUMP, "meets", ABE, "fact", (), "2017-11-06", "talks",
     "Trump said of Abe, with whom he sat for talks earlier in the day", "he", "Abe"),
    (ABE, "agrees_with", TRUMP, "fact", (), "2017-11-06", "agreed with",
     "but agreed with Trump the country needs", "agreed", "Trump"),
    (JAPAN, "cooperates_with", US, "fact", (ABE,), None, "cooperation",
     "Missile defense is something based on cooperation between Japan and the US", "Japan", "the US"),
    (ABE, "requests", JAPAN, "fact", (), None, "pressed",
     "Abe has pressed Japan to revise its pacifist constitution", "Abe", "Japan"),
    (NORTH, "mobilizes_against", HOKKAIDO, "fact", (), "2017-09", "fired",
     "North Korea fired a ballistic missile over the northern island of Hokkaido", "North Korea", "Hokkaido"),
    (HOKKAIDO, "located_in", JAPAN, "fact", (), None, "island",
     "In Japan, the threat became more acute in September when North Korea fired a ballistic missile over the northern island of Hokkaido", "Hokkaido", "Japan"),
    (NORTH, "accuses", TRUMP, "fact", (), None, "lashed out",
     "the regime lashed out, calling the President a", "the regime", "the President"),
    (NORTH, "has_weapon", MISSILE, "fact", (), "2017-09", "fired",
     "North Korea fired a ballistic missile", "North Korea", "ballistic missile"),
    (FORCES, "member_of", JAPAN, "fact", (), None, "maintain",
     "Japan does maintain self-defense forces", "self-defense forces", "Japan"),
    (JAPAN, "has_weapon", MISSILE, "negated", (), None, "bars",
     "specifically bars the country from maintaining a military", "the country", "military"),
    (TRUMP, "requests", FORCES, "possible", (), "2017-11-06", "wanted",
     "Trump wanted Japanese forces to down the missile", "Trump", "Japanese forces"),
]  # fmt: skip

DEALS: list[tuple[Any, ...]] = [
    (US, JAPAN, "possible", (TRUMP,), "2017-11-06", "purchase", "proposed",
     "when he completes the purchase of a lot of military equipment from the United States", "the United States", "he"),
    (US, JAPAN, "fact", (ABE,), "2017-11-06", "buys", "delivered",
     "his government already buys a lot of military equipment from the US", "the US", "his government"),
    (US, SOUTH, "possible", (), None, "offers", "proposed",
     "previous offers to sell military equipment to Japan and South Korea", "offers", "South Korea"),
]  # fmt: skip


def sample_text() -> str:
    path = ROOT / "data" / "arms-sales-japan.txt"
    if path.exists():
        return path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    return (
        "\n\n".join(row[7] for row in [*TOLD, *DEALS]).replace("\n\n", ". \n\n") + "."
    )


def sample(*, with_text: bool = True, **about: str) -> nx.MultiDiGraph[str]:
    """The sample article with the statements that a careful reader would note."""
    known = {
        "title": "Trump advocates a more militaristic Japan",
        "date": "2017-11-06",
        "source": "CNN",
        "url": "https://example.org/trump-japan",
    } | about
    document = Document(id="arms-sales-japan", text=sample_text(), **known)
    return assemble([document], sample_statements(document), with_text=with_text)


def sample_statements(document: Document) -> Iterator[Statement]:
    for n, (s, relation, o, factuality, by, time, phrase, words, a, b) in enumerate(
        TOLD
    ):
        yield Statement(
            id=f"told{n:02}", doc=document.id, subject=s, relation=relation, object=o,
            factuality=factuality, attributed_to=by, time=time, phrase=phrase,
            confidence=0.95 - n * 0.03, role=phrase if relation == "leads" else None,
            evidence=(evidence(document, words, a, b, phrase),),
        )  # fmt: skip
    for n, (s, o, factuality, by, time, phrase, status, words, a, b) in enumerate(
        DEALS
    ):
        yield Statement(
            id=f"deal{n:02}", doc=document.id, subject=s, relation="transfers_arms_to",
            object=o, factuality=factuality, attributed_to=by, time=time, phrase=phrase,
            confidence=0.83, evidence=(evidence(document, words, a, b, phrase),),
            deal=Deal(items=(Item(label="military equipment"),), kind="sale", status=status),
        )  # fmt: skip


def counted() -> nx.MultiDiGraph[str]:
    """One deal of several items, some with numbers, that somebody tells of."""
    items = (
        Item(label="F-35", quantity=20),
        Item(label="training"),
        Item(label="P-8A", quantity=4),
    )
    told = Statement(
        id="d", doc="a", subject=US, relation="transfers_arms_to", object=JAPAN,
        attributed_to=(ABE,), time="2017-11-06",
        deal=Deal(items=items, value=Money(amount=2_000_000_000, currency="USD")),
    )  # fmt: skip
    return assemble([Document(id="a", text="", title="Arms")], [told])


def ways() -> nx.MultiDiGraph[str]:
    """Lines to Japan, each of statements that are told in one way or in several."""
    pairs = {
        "fact": [("fact", ())],
        "said": [("fact", (ABE,))],
        "denied": [("fact", ()), ("negated", ())],
        "possible": [("fact", ()), ("possible", ())],
        "claimed": [("fact", ()), ("fact", (ABE,))],
        "deny": [("negated", ())],
        "said-deny": [("negated", (ABE,))],
    }
    told = [
        Statement(
            id=f"{name}{n}", doc="a", subject=entity(f"c/{name}", name, "Country"),
            relation="threatens", object=JAPAN, factuality=factuality,
            attributed_to=by, confidence=1 - n / 10,
        )
        for name, made in pairs.items()
        for n, (factuality, by) in enumerate(made)
    ]  # fmt: skip
    return assemble([Document(id="a", text="", title="Ways")], told)


def evidence(document: Document, words: str, a: str, b: str, trigger: str) -> Evidence:
    """The paragraph that the words stand in, with the spans found in the words."""
    at = document.text.index(words)
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    end = len(document.text) if end < 0 else end

    def span(part: str) -> tuple[int, int]:
        found = document.text.find(part, at, end)
        found = found if found >= 0 else document.text.find(part, start, end)
        return (found, found + len(part)) if found >= 0 else (start, start)

    return Evidence(
        doc=document.id, start=start, end=end, sentence=document.text[start:end],
        subject=span(a), object=span(b), trigger=span(trigger),
    )  # fmt: skip


def generated(
    nodes: int, *, seed: int = 1, with_text: bool = False
) -> nx.MultiDiGraph[str]:
    """A graph like many articles give: communities with hubs, twice as many statements."""
    rng = random.Random(seed)
    kinds = [
        ("Country", 10),
        ("Person", 40),
        ("Organization", 30),
        ("Place", 8),
        ("Weapon", 12),
    ]
    names = [n for n, _ in kinds]
    shares = [w for _, w in kinds]
    people = [
        entity(f"x/{i}", _name(rng), rng.choices(names, shares)[0], f"the {_name(rng)}")
        for i in range(nodes)
    ]
    groups = max(2, nodes // 60)
    relations = [
        "meets",
        "requests",
        "accuses",
        "threatens",
        "leads",
        "member_of",
        "supports",
    ]
    relations += ["has_weapon", "attacks", "sanctions", "aids", "transfers_arms_to"]
    statements, documents = [], []
    for k in range(2 * nodes):
        group = rng.randrange(groups)
        a = people[int(rng.random() ** 2.2 * (nodes // groups)) * groups + group]
        b = (
            rng.choice(people)
            if rng.random() < 0.12
            else people[
                min(nodes - 1, int(rng.random() * (nodes // groups)) * groups + group)
            ]
        )
        if k % 10 == 0:
            documents.append(_article(k // 10, rng))
        statements.append(
            _statement(k, a, b, rng.choice(relations), documents[-1], rng)
        )
    return assemble(documents, statements, with_text=with_text)


def _article(number: int, rng: random.Random) -> Document:
    day = f"{rng.randint(2015, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    text = "\n\n".join(_sentence(rng) for _ in range(20))
    return Document(
        id=f"a{number:05}",
        text=text,
        title=f"{_name(rng)} and {_name(rng)}",
        date=day,
        source="Generated",
    )


def _statement(
    k: int, a: Entity, b: Entity, relation: str, document: Document, rng: random.Random
) -> Statement:
    words = _sentence(rng)
    sentence = f"{a.label} {relation.replace('_', ' ')} {b.label}, {words}"
    trigger = (len(a.label) + 1, len(a.label) + 1 + len(relation))
    spans = [
        (0, len(a.label)),
        (trigger[1] + 1, trigger[1] + 1 + len(b.label)),
        trigger,
    ]
    where = [(x + 7, y + 7) for x, y in spans]
    deal = None
    if relation == "transfers_arms_to":
        value = Money(
            amount=rng.randint(1, 9000) * 1_000_000, currency=rng.choice(["USD", "EUR"])
        )
        item = Item(label=f"{_name(rng)} missile", quantity=rng.randint(2, 400))
        deal = Deal(items=(item,), value=value, kind="sale", status="approved")
    return Statement(
        id=f"s{k:06}", doc=document.id, subject=a, relation=relation, object=b,
        factuality=rng.choices(["fact", "possible", "negated"], [7, 2, 1])[0],
        time=document.date if rng.random() < 0.7 else None, phrase=relation,
        confidence=round(rng.uniform(0.4, 1), 2), deal=deal,
        evidence=(Evidence(doc=document.id, start=7, end=7 + len(sentence), sentence=sentence,
                           subject=where[0], object=where[1], trigger=where[2]),),
    )  # fmt: skip


SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ten",
    "sha",
    "lu",
    "ber",
    "gan",
    "do",
    "vi",
    "stan",
    "ora",
    "nel",
    "pu",
    "chi",
    "mor",
    "ai",
    "zan",
    "fer",
    "tho",
]
WORDS = [
    "the",
    "officials",
    "said",
    "that",
    "talks",
    "on",
    "missile",
    "defence",
    "would",
    "go",
    "on",
    "in",
    "the",
    "capital",
    "next",
    "week",
    "after",
    "both",
    "sides",
    "had",
    "agreed",
    "to",
    "meet",
    "and",
    "to",
    "share",
    "what",
    "they",
    "know",
    "of",
    "the",
    "shipment",
]


def _name(rng: random.Random) -> str:
    return " ".join(
        "".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).capitalize()
        for _ in range(rng.randint(1, 2))
    )


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(28)) + "."


def with_emoji() -> nx.MultiDiGraph[str]:
    """A sentence with characters of two UTF-16 units before and in the spans."""
    text = "😀😀 first. 🇯🇵 Japan 😀 buys 🚀 from 🇺🇸 US."
    start = text.index("🇯🇵")

    def span(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    found = Evidence(
        doc="e", start=start, end=len(text), sentence=text[start:],
        subject=span("🇺🇸 US"), object=span("🇯🇵 Japan"), trigger=span("buys"),
    )  # fmt: skip
    told = Statement(
        id="e1", doc="e", subject=US, relation="meets", object=JAPAN, evidence=(found,)
    )
    return assemble([Document(id="e", text=text)], [told], with_text=True)
