"""Denotation: whom a noun phrase stands for, by itself or through what belongs to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Token

from kgbuild.coordination import conjuncts
from kgbuild.entities import Cast, Reference, name_of
from kgbuild.gazetteer import RECOGNIZED, SEAT, plain
from kgbuild.institutions import gone
from kgbuild.mentions import ethnic

THROUGH = (
    "of",
    "by",
    "from",
    "in",
    "on",
    "with",
    "for",
    "at",
    "between",
)
OWNED = ("of", "by", "from")
OWNER = ("by", "from", "of", "with")
_BESIDE = ("between", "with")
WHERE = frozenset({"in", "on", "at", "near", "outside"})
_MODIFIERS = ("amod", "compound", "nmod", "npadvmod")
_DEPTH = 3
_GROUPS = frozenset(
    {
        "group",
        "number",
        "dozen",
        "majority",
        "team",
        "pair",
        "couple",
        "coalition",
        "score",
        "series",
        "set",
        "variety",
    }
)


def denote(
    made: Cast,
    index: int,
    types: Collection[str],
    *,
    over: tuple[str, ...] | None = None,
) -> list[Reference]:
    """Return the references of a noun phrase's head that are of the types.

    A phrase that names nobody by itself ("the shelling of Ukrainian cities") leads to
    whoever owns it and, over the prepositions given, to whoever did it or is in it; each
    step costs confidence.
    """
    direct = [r for r in made.at.get(index, ()) if made.type_of(r.id) in types]
    if direct:
        return _usable(made, index, direct)
    token = made.doc[index]
    if token.dep_ == "appos":
        above = [
            r for r in made.at.get(token.head.i, ()) if made.type_of(r.id) in types
        ]
        if above:
            return above
    if token.lemma_.lower() in _GROUPS:
        for child in token.children:
            for inner in child.children if child.lower_ == "of" else ():
                if found := denote(made, inner.i, types):
                    return found
    named = _stand_ins(made, token, types)
    word = token.lemma_.lower()
    if word not in made.lexicon.acts or word in made.lexicon.cues["others_of"]:
        named = _members(made, token, types) or named
    if named:
        return named
    if over is None:
        return []
    return _descend(made, token, types, over, _DEPTH)


def around(made: Cast, index: int, types: Collection[str]) -> list[Reference]:
    """Return the country of a place that cannot act by itself: "aid to Sarajevo"."""
    found = []
    for reference in made.at.get(index, ()) if "Country" in types else ():
        name = name_of(made, reference.id)
        if made.type_of(reference.id) == "Place" and name and name.of:
            names = made.gazetteer.knowledge.names
            if name.of in names and names[name.of].type == "Country":
                found.append(replace(reference, id=made.add_known(name.of)))
    return _weaker(found)


def doers(made: Cast, index: int, types: Collection[str]) -> list[Reference]:
    """Return who does the act that a noun names: "a Saudi air raid", "missiles fired by X"."""
    token = made.doc[index]
    return (
        _belonging(made, token, types, OWNED, 1)
        or _doing(made, token, types)
        or [
            r
            for child in token.children
            if child.lower_ in ("by", "from")
            for head in child.children
            for r in _weaker(_at(made, head.i, types))
        ]
    )


def _members(made: Cast, token: Token, types: Collection[str]) -> list[Reference]:
    """Return those whom a phrase goes on to name: "two banks: X and Y", "allies, including Z"."""
    heads = [c for c in token.children if c.dep_ == "appos"]
    for child in token.children:
        such = child.lower_ == "as" and any(c.lower_ == "such" for c in child.children)
        if child.dep_ == "prep" and (child.lower_ in ("including", "like") or such):
            heads += [c for c in child.children if c.dep_ == "pobj"]
    return [
        r
        for head in heads
        for part in conjuncts(head)
        for r in made.at.get(part.i, ())
        if made.type_of(r.id) in types
        # "third countries, members of NATO": not NATO
        if not (token.tag_ == "NNS" and part.tag_ == "NNS" and r.how == "institution")
    ]


def _stand_ins(made: Cast, token: Token, types: Collection[str]) -> list[Reference]:
    """Return whom "allies in X and Y", "leaders of A and B" stand for: all of them."""
    word = token.lemma_.lower()
    if token.pos_ == "PROPN":
        word = word.removesuffix(
            "s"
        )  # "the Special Envoys of X": its lemma is as it is
    if word not in made.lexicon.cues["stand_ins"]:
        return []
    if any(c.lower_ in made.lexicon.cues["private"] for c in token.children):
        return []  # "business leaders from Chad"
    former = made.lexicon.cues["former"]
    if token.tag_ == "NNS" and any(c.lower_ in former for c in token.children):
        return []  # "former members of the union"
    if any(c.lower_ in made.lexicon.cues["partial"] for c in token.children):
        types = [t for t in types if t != "Organization"]  # "some members of the union"
    return [
        r
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("in", "of", "from")
        for head in child.children
        if head.dep_ == "pobj"
        for part in conjuncts(head)
        for r in made.at.get(part.i, ())
        if made.type_of(r.id) in types
    ]


def _usable(made: Cast, index: int, found: list[Reference]) -> list[Reference]:
    """Keep a nationality from standing for its country when it is only an adjective."""
    token = made.doc[index]
    before = made.doc[max(found[0].start - 3, 0) : found[0].start].text.lower()
    if before.endswith(tuple(made.lexicon.cues["anachronic"])):
        return []  # "a port in present-day Ghana" was not Ghana's then
    if (
        found[0].how == "adjective"
        and token.tag_ in ("NN", "NNP")
        and token.lower_.endswith("an")
        and any(c.dep_ == "det" for c in token.children)
    ):
        return []  # "accused the Brazilian of …": one man
    if (
        found[0].how == "adjective"
        and token.pos_ == "ADJ"
        and token.dep_ in ("amod", "acomp")
    ):
        return []
    return found


def some_of(made: Cast, index: int) -> bool:
    """Tell whether a clause says which of a people are meant: "Filipinos who did not …"."""
    people = made.doc[index]
    national = any(r.how == "adjective" for r in made.at.get(index, ()))
    return (
        national
        and people.tag_ in ("NNS", "NNPS")
        and any(
            c.dep_ == "relcl"
            and c.left_edge.lower_ == "who"
            and c.left_edge.i == people.i + 1
            for c in people.children
        )
    )


def _descend(
    made: Cast, token: Token, types: Collection[str], over: tuple[str, ...], depth: int
) -> list[Reference]:
    if depth == 0:
        return []
    return (
        _belonging(made, token, types, over, depth)
        or _doing(made, token, types)
        or _phrased(made, token, types, over, depth)
    )


def _at(made: Cast, index: int, types: Collection[str]) -> list[Reference]:
    return [r for r in made.at.get(index, ()) if made.type_of(r.id) in types]


def _belonging(
    made: Cast, token: Token, types: Collection[str], over: tuple[str, ...], depth: int
) -> list[Reference]:
    """Return the owner or the nationality before a noun: "Iran's test", "Iranian test"."""
    if _apart(made, token):
        return []
    owners = [
        c
        for c in token.children
        if c.dep_ == "poss"
        or (c.dep_ in _MODIFIERS and any(x.tag_ == "POS" for x in c.children))
    ]
    modifiers = [c for c in token.children if c.dep_ in _MODIFIERS and c not in owners]
    if not owners and _shared(made, token, modifiers):
        return []
    word, cues = token.lemma_.lower(), made.lexicon.cues
    if word in cues["others_of"] or _shared_line(made, token, modifiers):
        owners = []  # "its neighbour" is another
    apart = (
        word in cues["remembered"] or word in cues["undertakings"] and depth < _DEPTH
    )
    if _suffered(made, token) or apart:  # "X's relatives" are not X
        owners = [c for c in owners if not _at(made, c.i, ("Person",))]
    for child in (*owners, *reversed(modifiers)):
        for part in (child, *(t for t in child.subtree if t != child)):
            told = part.dep_ == "npadvmod" and part.head.tag_ == "VBN"
            if told and part.head.lemma_.lower() not in cues["holding"]:
                continue  # "the UN-negotiated truce", "the Iran-backed group"
            if part.tag_ == "WP$":  # "X, whose plan Chad rejected"
                part = made.clauses.antecedent(part)
            found = _at(made, part.i, types)
            if child not in owners:
                found = [r for r in found if not _doubtful(made, r)]
                found = [r for r in found if not gone(made, r, token)]
                found = [r for r in found if not _branded(made, r)]
                if word in cues["people"]:  # "a California resident"
                    found = [r for r in found if made.type_of(r.id) != "Place"]
                found = [r for r in found if not _in_a_name(made, r, token)]
                paper = token.lemma_.lower() in made.lexicon.cues["papers_signed"]
                if paper:  # "the Paris climate agreement"
                    found = [r for r in found if not seated(made, r)]
                if token.pos_ == "PROPN":  # "the Mensah Plan", "the Paris Agreement"
                    found = [
                        r
                        for r in found
                        if made.type_of(r.id) != "Person" and not seated(made, r)
                    ]
            if found:
                return _weaker(found)
        if child in owners and (inner := _descend(made, child, types, over, depth - 1)):
            return inner
    return []


def _shared_line(made: Cast, token: Token, modifiers: list[Token]) -> bool:
    """Tell whether it is said whose border it is besides: "its Chadian border"."""
    if token.lemma_.lower() not in made.lexicon.cues["borders"]:
        return False
    return any(_at(made, c.i, ("Country",)) for c in modifiers) or any(
        c.dep_ == "prep" and c.lower_ == "with" for c in token.children
    )


def fought(made: Cast, group: Token) -> bool:
    """Tell whether a group is fought where it is: "rebels in Chad", "militant groups"."""
    cues, word = made.lexicon.cues, group.lemma_.lower()
    return word in cues["fought"] or (
        word in cues["followings"]  # but "a terrorist camp in Chad" is hit in Chad
        and any(
            c.lemma_.lower() in cues["fought"]
            for c in group.children
            if c.dep_ in _MODIFIERS
        )
    )


def _shared(made: Cast, token: Token, modifiers: list[Token]) -> bool:
    """Tell whether what stands between two states is spoken of: "strengthen Peru-Chad ties"."""
    if token.lemma_.lower() not in made.lexicon.cues["mutual"]:
        return False
    named = {
        r.id
        for c in modifiers
        for t in c.subtree
        for r in _at(made, t.i, ("Country", "Organization"))
    }
    return len(named) > 1


def seated(made: Cast, reference: Reference) -> bool:
    """Tell whether a state goes by its seat here: "Jerusalem" in "Jerusalem's Al-Aqsa"."""
    text = plain(made.doc[reference.start : reference.end].text)
    return (reference.id, SEAT) in made.gazetteer.readings.get(text, ())


def _in_a_name(made: Cast, reference: Reference, head: Token) -> bool:
    """Tell whether a nationality is a word of a name nobody knows: "the Russian Popular Front"."""
    between = made.doc[reference.end : head.i]
    named = {*made.lexicon.post_ends, *made.lexicon.cues["titles"]}
    return (
        reference.how == "adjective"
        and head.pos_ == "PROPN"
        and head.is_title
        and len(between) > 0
        and all(t.is_title for t in between)
        and not any(t.lower_ in named for t in between)  # "the Chadian Sergeant X Y"
    )


def _branded(made: Cast, reference: Reference) -> bool:
    """Tell whether a person nobody knows gives a thing its name: "impounded two Laird rams"."""
    unknown = name_of(made, reference.id) is None
    return unknown and made.type_of(reference.id) == "Person"


def _doubtful(made: Cast, reference: Reference) -> bool:
    """Tell whether a body's name may be but a capitalized adjective: "Federal judges"."""
    word = made.doc[reference.start]
    return (
        reference.how == RECOGNIZED
        and reference.end - reference.start == 1
        and made.type_of(reference.id) in ("Organization", "Person")
        and not word.text.isupper()
    )


def _apart(made: Cast, group: Token) -> bool:
    """Tell whether a group does not stand for the country it is in: "Syrian Kurdish rebels"."""
    modifiers = [c for c in group.children if c.dep_ in _MODIFIERS]
    opponents = made.lexicon.cues["opponents"]
    against = any(t.lemma_.lower() in opponents for t in (group, *modifiers))
    people = group.tag_ == "NNS" and ethnic(group, made.gazetteer)
    return against or people


def _suffered(made: Cast, act: Token) -> bool:
    """Tell whether whose an act is has it done to him: "demanded his release"."""
    entries = made.lexicon.nouns.get(act.lemma_.lower(), ())
    done_to = any(c.dep_ == "prep" and c.lower_ == "of" for c in act.children)
    return any(e.patient for e in entries) and not done_to


def _doing(made: Cast, token: Token, types: Collection[str]) -> list[Reference]:
    """Return who does what a participle after a noun says: "every offer made by X"."""
    for child in token.children:
        mediated = child.lemma_.lower() in made.lexicon.cues["mediating"]
        if child.dep_ == "acl" and child.tag_ == "VBN" and not mediated:
            for agent in child.children:
                for inner in agent.children if agent.dep_ == "agent" else ():
                    if found := _at(made, inner.i, types):
                        return _weaker(found)
    return []


def _phrased(
    made: Cast, token: Token, types: Collection[str], over: tuple[str, ...], depth: int
) -> list[Reference]:
    """Return whom a phrase after a noun names; of an act, only who does it."""
    word = token.lemma_.lower()
    event = made.lexicon.nouns.get(word)
    whole = event and "appositive" in event[0].source
    if whole and word not in made.lexicon.cues["stand_ins"]:
        event = None  # "cities in X" are no act
    several = ("of",) * (word in _GROUPS and "of" not in over)
    apart = fought(made, token)
    for prep in (*over, *several):
        if apart and prep in WHERE:  # "struck militants in Chad" did not strike Chad
            types = [t for t in types if t != "Country"]
        act = event and token.lemma_.lower() in made.lexicon.acts
        if event and act and not event[0].military and prep not in event[0].doers:
            continue  # "the attack on X" is not X's
        if (
            prep == "of"
            and word in made.lexicon.cues["papers_signed"]
            and token.is_title
        ):
            continue  # "the Treaty of X"
        if prep == "of" and word in made.lexicon.cues["remembered"]:
            continue  # "the veterans of X" are not X
        if over is OWNER and prep == "of" and not act:
            continue  # "sought the end of X" asks nothing of X
        if prep in _BESIDE and depth < _DEPTH:
            continue  # "the loss of a flight between X and Y" is neither's
        for child in token.children:
            if child.dep_ not in ("prep", "agent") or child.lower_ != prep:
                continue
            for inner in child.children:
                if inner.dep_ != "pobj":
                    continue
                beside = conjuncts(inner) if prep == "between" else [inner]
                if found := [r for c in beside for r in _at(made, c.i, types)]:
                    return _weaker(found)
                if (
                    prep == "of"
                    and inner.lemma_.lower() in made.lexicon.cues["private"]
                ):
                    continue
                step = token.lemma_.lower() not in _GROUPS  # "a number of deals"
                if deeper := _descend(made, inner, types, over, depth - step):
                    return deeper
    return []


def _weaker(found: list[Reference]) -> list[Reference]:
    return [
        Reference(
            id=r.id, start=r.start, end=r.end, how=r.how, confidence=r.confidence * 0.75
        )
        for r in found
    ]
