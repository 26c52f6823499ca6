"""Goods: which noun phrases are arms, what they are called and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kgbuild.amounts import leading_quantity, quantity
from kgbuild.entities import Cast, Reference, name_of
from kgbuild.gazetteer import CLASS, plain
from kgbuild.model import Item

_PARTS = ("amod", "compound", "nmod", "nummod", "appos", "npadvmod")
_MEASURES = frozenset(
    {
        "lot",
        "number",
        "batch",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "package",
        "series",
        "pair",
        "squadron",
        "fleet",
        "consignment",
        "set",
        "piece",
        "unit",
        "kind",
        "type",
        "variety",
        "range",
        "array",
        "tranche",
        "round",
        "battery",
        "shipment",
        "amount",
        "quantity",
        "billion",
        "million",
        "worth",
        "delivery",
        "supply",
        "stock",
        "variant",
        "version",
        "family",
        "most",
        "many",
        "much",
        "some",
        "half",
        "bulk",
        "majority",
        "share",
        "quarter",
        "third",
    }
)


def is_goods(made: Cast, index: int) -> bool:
    """Tell whether a noun phrase's head is a weapon or military equipment."""
    token = made.doc[index]
    if _weapon(made, index):
        return True
    if any(
        c.dep_ in _PARTS and _weapon(made, x.i)
        for c in token.children
        for x in (c, *c.children)
    ):
        return token.pos_ in ("NOUN", "PROPN", "NUM", "X")
    if (
        token.lemma_.lower() in _MEASURES
        or token.pos_ in ("NUM", "SYM")
        or token.ent_type_ == "ORDINAL"  # "the first of 42 jets"
        or token.text.startswith("$")
    ):
        return any(
            is_goods(made, x.i)
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in ("of", "in", "worth")
            for x in c.children
            if x.dep_ == "pobj"
        )
    if token.lemma_.lower() in made.lexicon.cues["goods"] and (
        made.about_arms or _told_of(made, token)
    ):
        return token.pos_ in ("NOUN", "PROPN")
    if token.lemma_.lower() in (
        "assistance",
        "aid",
        "support",
        "help",
        "training",
        "capability",
        "item",
        "package",
        "good",
    ) and any(c.dep_ in _PARTS and is_military(made, c) for c in token.children):
        return True
    return bool(_included(made, token))


def _told_of(made: Cast, token: Token) -> bool:
    """Tell whether a noun points to arms told of: "the same system", "that equipment"."""
    pointing = any(
        c.lower_ in ("that", "those", "this", "these", "same") and c.i < token.i
        for c in token.children
    )
    return pointing and any(
        m.type == "Weapon" for m in made.mentions if m.start < token.i
    )


_MAKERS = ("company", "manufacturer")
DESIGNATED = ("name", "designation")  # how a weapon of its own name is spoken of


def branded(made: Cast) -> Iterator[tuple[Reference, Reference]]:
    """Yield the makers named right before their weapons: "36 Boeing F-15ID aircraft"."""
    for maker in dict.fromkeys(r for rs in made.at.values() for r in rs):
        name = name_of(made, maker.id)
        if name is None or name.kind not in _MAKERS or maker.how != "name":
            continue
        for weapon in made.at.get(maker.end, ()):
            named = weapon.start == maker.end and weapon.how in DESIGNATED
            if named and made.type_of(weapon.id) == "Weapon":
                yield maker, weapon


def owned(made: Cast) -> Iterator[tuple[Reference, Reference]]:
    """Yield who has a weapon that is called his: "its F-16s", "a Turkish F-16"."""
    for weapon in dict.fromkeys(r for rs in made.at.values() for r in rs):
        if weapon.how not in DESIGNATED or made.type_of(weapon.id) != "Weapon":
            continue
        noun = made.doc[weapon.start : weapon.end].root
        if noun.dep_ in _PARTS and noun.head.i >= weapon.end:
            noun = noun.head
            if noun.lemma_.lower() not in made.lexicon.cues["platforms"]:
                continue  # "Turkey's F-35 programme"
        if _lacked(made, noun):
            continue
        for word in noun.children:
            for owner in made.at.get(word.i, ()) if word.i < weapon.start else ():
                if _owns(made, word, owner, weapon):
                    yield owner, weapon


def _owns(made: Cast, word: Token, owner: Reference, weapon: Reference) -> bool:
    """Tell whether a word before a weapon says whose it is, and not who makes it."""
    type_, name = made.type_of(owner.id), name_of(made, owner.id)
    if word.tag_ == "PRP$":
        return type_ in ("Country", "Organization") and not (
            name and name.kind in _MAKERS
        )
    national = word.dep_ == "poss" or owner.how == "adjective"
    origin = _origin(made, weapon)
    return type_ == "Country" and national and origin not in ("", owner.id)


def _origin(made: Cast, weapon: Reference) -> str:
    """Return the state that a weapon is made in, as far as it is known."""
    names = made.gazetteer.knowledge.names
    maker = name_of(made, weapon.id)
    for _ in range(3):
        if maker is None or maker.type == "Country":
            break
        maker = names.get(maker.of)
    return maker.id if maker else ""


def _lacked(made: Cast, noun: Token) -> bool:
    """Tell whether who has a weapon is yet to get it, or has it no more."""
    if noun.dep_ == "nsubj":
        return False
    above = noun
    for _ in range(4):  # out of "one of", "dozens of", a coordination
        if above.dep_ not in ("pobj", "prep", "conj"):
            break
        above = above.head
    return (
        above.lemma_.lower() in made.lexicon.cues["lacking"]
        or above.head.lemma_.lower() in made.lexicon.cues["lacking"]
    )


def weapon_of(made: Cast, index: int) -> list[Reference]:
    """Return the weapon that a head is or is called by: "F-35s", "the F-35 jets"."""
    token = made.doc[index]
    own = _weapons(made, index)
    if all(r.how not in DESIGNATED for r in own) and (told := _told(made, token)):
        return [told]
    named = own or token.lemma_.lower() not in made.lexicon.cues["platforms"]
    return (
        own
        if named
        else [
            r
            for c in token.children
            if c.i < index and c.dep_ in _PARTS
            for r in _weapons(made, c.i)
        ]
    )


_SORTS = (
    "flying",
    "hovering",
    "unmanned",
    "thrown",
    "shielding",
    "rolling",
    "floating",
)
_NEAR = 120  # tokens back in which a weapon must have been named


def _told(made: Cast, token: Token) -> Reference | None:
    """Return the one weapon of its sort named before: "ordered Rafales. The jets are made by"."""
    cues, word = made.lexicon.cues, token.lemma_.lower()
    if word not in cues["platforms"] or not any(
        c.dep_ == "det" and c.lower_ in cues["definite"] for c in token.children
    ):
        return None
    sorts = [cues[s] for s in _SORTS if word in cues[s]]
    before = {
        r.id: r
        for i in range(max(0, token.i - _NEAR), token.i)
        for r in _weapons(made, i)
        if r.how in DESIGNATED and any(_kind(made, r) in s for s in sorts)
    }
    if len(before) != 1:
        return None
    (named,) = before.values()
    return replace(named, start=token.i, end=token.i + 1, how=CLASS, confidence=0.75)


def _kind(made: Cast, weapon: Reference) -> str:
    name = name_of(made, weapon.id)
    return name.kind.split()[-1].removesuffix("s") if name and name.kind else ""


def _weapons(made: Cast, index: int) -> list[Reference]:
    return [r for r in made.at.get(index, ()) if made.type_of(r.id) == "Weapon"]


def is_military(made: Cast, word: Token) -> bool:
    """Tell whether a word makes a thing one of arms: "military", but not "non-military"."""
    denied = made.doc[max(0, word.i - 2) : word.i].text.lower() == "non-"
    return word.lower_ in made.lexicon.cues["military"] and not denied


def _weapon(made: Cast, index: int) -> bool:
    return any(made.type_of(r.id) == "Weapon" for r in made.at.get(index, ()))


def items(made: Cast, head: int, *, alone: bool = False) -> list[Item]:
    """Return the goods that a noun phrase lists, each with its quantity.

    A list with semicolons is read item by item, and what has no number in it (spares,
    training, documents) is left out where other items have one. With ``alone``, what is
    coordinated to the head is not of it.
    """
    listed = list(_listed(made, head))
    if listed:
        return listed
    token = made.doc[head]
    found = []
    for part in [token] if alone else _coordinated(token):
        inner = _inside_measure(made, part)
        if named := _versions(made, part):
            found += named
            continue
        if named := _included(made, part) or _included(made, inner):
            found += named
            continue
        if is_goods(made, inner.i) or is_goods(made, part.i):
            found.append(
                Item(label=label(made, inner), quantity=_count(made, part, inner))
            )
    return found


def _versions(made: Cast, token: Token) -> list[Item]:
    """Return the weapons whose versions a noun sums up: "M1A1 and M1A2 variants"."""
    if token.lemma_.lower() not in ("variant", "version", "model"):
        return []
    named = {
        r: None
        for t in token.subtree
        if t.i < token.i
        for r in made.at.get(t.i, ())
        if made.type_of(r.id) == "Weapon"
    }
    return [Item(label=plain(made.doc[r.start : r.end].text)) for r in named]


def _included(made: Cast, token: Token) -> list[Item]:
    """Return the systems that a phrase goes on to name: "systems, including X and Y"."""
    named = [
        part
        for child in token.children
        if child.dep_ == "prep" and child.lower_ == "including"
        for head in child.children
        if head.dep_ == "pobj"
        for part in _coordinated(head)
        if is_goods(made, part.i) and not any(c.dep_ == "acl" for c in part.children)
    ]
    return [Item(label=label(made, t), quantity=_count(made, t, t)) for t in named]


def label(made: Cast, token: Token) -> str:
    """Return a weapon's name as the text has it, without articles, numbers and owners."""
    doc = token.doc
    left = token.i
    while (
        left
        and doc[left - 1].head.i in range(left, token.i + 1) | {token.i: 0}.keys()
        and doc[left - 1].dep_
        in ("amod", "compound", "nmod", "nummod", "punct", "npadvmod")
    ):
        if (
            doc[left - 1].dep_ == "nummod"
            and not _in_weapon(made, left - 1)
            or doc[left - 1].lower_ in _VAGUE
        ):
            break
        if doc[left - 1].is_punct and doc[left - 1].text not in ("-", "/", "(", ")"):
            break
        left -= 1
    while left < token.i and (
        doc[left].is_punct
        or doc[left].lower_ in _VAGUE
        or _nationality(made, left)
        or _made(made, left, token.i)
    ):
        left += 1
    for reference in made.at.get(token.i, ()):
        if made.type_of(reference.id) == "Weapon":
            left = min(left, reference.start)
            return plain(doc[left : max(reference.end, token.i + 1)].text)
    return plain(doc[left : token.i + 1].text)


_VAGUE = frozenset(
    {
        "additional",
        "new",
        "more",
        "other",
        "several",
        "many",
        "some",
        "advanced",
        "possible",
        "further",
        "modern",
        "american",
        "various",
        "these",
        "such",
        "certain",
        "necessary",
        "extra",
    }
)


def _nationality(made: Cast, index: int) -> bool:
    doc = made.doc
    if index + 2 < len(doc) and doc[index + 1].text == "-":
        return False
    return any(made.type_of(r.id) == "Country" for r in made.at.get(index, ()))


def _made(made: Cast, index: int, head: int) -> bool:
    """Tell whether a word belongs to "American-made" before a noun."""
    word = made.doc[index]
    verb = word.head if word.dep_ == "npadvmod" else word
    return (
        verb.i < head
        and verb.tag_ == "VBN"
        and any(
            c.dep_ == "npadvmod" and made.type_of(r.id) == "Country"
            for c in verb.children
            for r in made.at.get(c.i, ())
        )
    )


def _in_weapon(made: Cast, index: int) -> bool:
    return _weapon(made, index)


def _coordinated(token: Token) -> Iterator[Token]:
    todo = [token]
    for current in todo:
        yield current
        todo.extend(
            c for c in current.children if c.dep_ in ("conj",) and c.pos_ != "VERB"
        )


def _inside_measure(made: Cast, token: Token) -> Token:
    """Step from "a lot", "two batteries", "$2 billion" into what there is so much of."""
    for _ in range(3):
        if _weapon(made, token.i):
            return token
        inner = [
            x
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in ("of", "in")
            for x in c.children
            if x.dep_ == "pobj"
        ]
        if not inner or not is_goods(made, inner[0].i):
            return token
        token = inner[0]
    return token


def _count(made: Cast, outer: Token, inner: Token) -> int | None:
    if outer.ent_type_ == "ORDINAL":
        return None  # "the first of 42 jets": how many came is not told
    for token in (outer, inner):
        # "96 AH-64E Apaches": the parser may count the first word of the name
        named = [
            t
            for c in token.children
            if c.dep_ in _PARTS
            for t in (c, *c.children)
            if _weapon(made, t.i)
        ]
        for child in [*token.children, *(x for c in named for x in c.children)]:
            if child.dep_ == "nummod" and not _in_weapon(made, child.i):
                words = made.doc[min(t.i for t in child.subtree) : child.i + 1].text
                return quantity(words)
        for child in token.children:
            if (
                child.dep_ == "det"
                and child.lower_ in ("a", "an")
                and token.tag_ in ("NN", "NNP")
                and _countable(made, token)
            ):
                return 1
    return None


def _countable(made: Cast, token: Token) -> bool:
    return (
        token.lemma_.lower() not in _MEASURES
        and _weapon(made, token.i)
        and not token.lemma_.lower().endswith(("ment", "ry"))
    )


def _listed(made: Cast, head: int) -> Iterator[Item]:
    doc = made.doc
    end = made.sentence(head).end
    while (
        end < len(doc) and doc[end - 1].text == ";"
    ):  # the parser may end a sentence there
        end = made.sentence(end).end
    text_left = min(
        (t.i for t in doc[head].subtree if t.i <= head and doc[head].i - t.i < 12),
        default=head,
    )
    if not any(t.text == ";" for t in doc[text_left:end]):
        return
    start = text_left
    for i in range(text_left, end):
        if doc[i].text == ";" or i == end - 1:
            stop = i
            part = doc[start:stop]
            start = i + 1
            yield from _counted(plain(part.text))


def _counted(text: str) -> Iterator[Item]:
    words = text.removeprefix("and ").strip()
    found = leading_quantity(words)
    if found is not None and words.split()[0].lower() not in ("a", "an", "the"):
        count, end = found
        if name := words[end:].strip(" .,"):
            yield Item(label=name, quantity=count)
