"""Nominals: who fills the source and the target of a noun's entry, "Peru's offer to Chad"."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.arguments import is_one, named_at, narrowed, noun_heads, reach
from kgbuild.denote import denote
from kgbuild.entities import Cast, Reference
from kgbuild.gazetteer import RECOGNIZED
from kgbuild.goods import is_goods, is_military, weapon_of
from kgbuild.lexicon import Noun
from kgbuild.propositions import Proposition
from kgbuild.vocabulary import Relation


def nominal(
    made: Cast, p: Proposition, entry: Noun, relation: Relation
) -> tuple[list[Reference], list[Reference]]:
    """Return the sources and the targets of a noun's entry in a proposition."""
    if relation.deal and not _of_arms(made, p, entry):
        return (None, None)  # type: ignore[return-value]
    if entry.object and not any(
        is_one(made, i, entry.object) for i in p.roles.get("of", ())
    ):
        return [], []
    targets = _targets(made, p, entry, narrowed(entry.target_types, relation.range))
    sources = _sources(made, p, entry, relation.domain, {r.id for r in targets})
    if entry.compound == "target" and not targets and sources:
        sources, targets = _compounded(made, p, entry, relation.domain, sources)
    if entry.parties and sources and not targets and _attended(made, p):
        attending = [
            r
            for i in p.roles.get("subject", ())
            for r in denote(made, i, relation.domain)
            if r.id not in {s.id for s in sources}
        ]
        return attending, sources
    if entry.issuer and targets and not sources:
        sources = _issuing(made, p, targets)
    if not relation.deal and not entry.parties and not (sources and targets):
        return [], []
    return sources, targets


def _targets(
    made: Cast, p: Proposition, entry: Noun, types: tuple[str, ...]
) -> list[Reference]:
    """Return to whom the noun's act is done, by the first role that names somebody."""
    if suffering := _suffering(made, p, entry, types):
        return suffering
    goods = set(p.roles.get("compound", ())) if "Weapon" in types else set()
    for role in entry.target:
        if role == "compound" and not goods:
            continue
        given = role == "of" and "of" in entry.source and p.roles.get("of")
        if given and _passed_on(made, p):
            continue  # "the condolences of X to the families": X's own
        found: list[Reference] = []
        standing = noun_heads(made, p, role, entry)
        for index in standing:
            if made.doc[index].lemma_.lower() in entry.target_not:
                continue  # "concern about the impact of X's outbreak" blames nobody
            if found and (_unlike(made, index) or _again(made, standing[0], index)):
                continue
            found += (
                named_at(made, index, types)
                if role == "own"
                and types
                != ("Weapon",)  # by nationality too: "Siemens, a German company"
                else weapon_of(made, index)
                if types == ("Weapon",)
                else denote(made, index, types, over=reach(entry, entry.through))
            )
        if found:
            return found
        if standing and role == "against":
            break  # "a protest against taxes in Oslo" is not against Oslo
    if entry.heard and not any(p.roles.get(role) for role in _AIMED):
        return _heard(made, p, entry, types)
    return _owned(made, p, entry, types) if entry.patient else []


# what a charge, a demand is laid upon where it is not who answers it
_AIMED = ("of", "against", "on", "at", "over", "into", "about", "to", "for")


def _heard(
    made: Cast, p: Proposition, entry: Noun, types: tuple[str, ...]
) -> list[Reference]:
    """Return who answers what another said to him: "rejected X's charges"."""
    if not is_answered(made, p):
        return []
    noun = made.doc[p.predicate]
    below = [made.doc[i] for i in p.roles.get("clause", ())]
    below += [c for c in noun.children if c.dep_ == "relcl"]
    told = any(c.dep_ in ("nsubj", "nsubjpass") for b in below for c in b.children)
    if told and "complement-subject" in entry.target:
        return []  # "rejected X's demand that Y leave"
    return [r for i in p.roles.get("subject", ()) for r in denote(made, i, types)]


def is_answered(made: Cast, p: Proposition) -> bool:
    """Tell whether somebody answers what a noun says: "ignored the warnings of X"."""
    if p.link != "object" or p.light is None:
        return False
    noun = made.doc[p.predicate]
    if any(c.lower_ in ("any", "no", "every", "further") for c in noun.children):
        return False  # "would reject any demand": none is told of
    return _with_particle(made.doc[p.light]) in made.lexicon.cues["answering"]


def _with_particle(verb: Token) -> str:
    """Return a verb's lemma with its particle: "brush off", "turn down"."""
    parts = [c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")]
    particles = [w for w in parts if w in ("aside", "away", "down", "off")]
    return " ".join([verb.lemma_.lower(), *particles[:1]])


def _again(made: Cast, first: int, index: int) -> bool:
    """Tell whether a preposition is said again, of another noun: "war on X on prices in Y"."""
    a, b = made.doc[first], made.doc[index]
    return a.dep_ == b.dep_ == "pobj" and a.head != b.head and a.head.dep_ == "prep"


def _passed_on(made: Cast, p: Proposition) -> bool:
    """Tell whether a noun says to whom it goes, behind whose it is: "the duty of X to …"."""
    noun = made.doc[p.predicate]
    of = next((c.i for c in noun.children if c.lower_ == "of"), noun.i)
    above = made.doc[p.light].children if p.light is not None else ()
    return any(
        c.dep_ in ("prep", "dative") and c.lower_ in ("to", "for") and c.i > of
        for c in (*noun.children, *above)
    )


def _sources(
    made: Cast, p: Proposition, entry: Noun, types: tuple[str, ...], taken: set[str]
) -> list[Reference]:
    """Return who does the noun's act, by the first role that names somebody else."""
    for role in entry.source:
        heads = noun_heads(made, p, role, entry)
        of = p.roles.get("of", ()) if "of" in entry.source else ()
        if role == "subject" and any(_unnamed(made, i) for i in of):
            break  # "prepared the visit of my president": whoever that is
        if role == "subject" and _anothers(made, p, entry):
            break
        found = [
            r
            for index in heads
            for r in _doing(made, p, entry, role, index, types)
            if r.id not in taken
        ]
        if found:
            return found if entry.parties else list({r.id: r for r in found}.values())
        if role == "own" and not entry.patient:
            owners = [
                i for i in heads if made.doc[i].dep_ == "poss" or not entry.compound
            ]
            if any(r.id in taken for i in owners for r in denote(made, i, types)):
                break  # "condemned the regime's execution of its critics": the regime's
    return []


def _anothers(made: Cast, p: Proposition, entry: Noun) -> bool:
    """Tell whether an act is somebody's who has no name: "stressed the support from allies"."""
    owners = [
        c.i
        for c in made.doc[p.predicate].children
        if c.dep_ == "poss"
        and c.pos_ == "NOUN"
        and c.i not in made.at
        and not any(x.tag_ == "PRP$" for x in c.children)  # "his country's support"
    ]
    doers = [
        i
        for role in ("by", "from")
        if role in entry.source
        for i in p.roles.get(role, ())
        if made.doc[i].pos_ == "NOUN"
    ]
    suffered = entry.patient and not p.roles.get("of")
    return not entry.parties and bool(doers or owners and not suffered)


def _unnamed(made: Cast, index: int) -> bool:
    """Tell whether a head is of somebody in a post who was not found out."""
    word = made.doc[index].lemma_.lower()
    return index not in made.at and word in made.lexicon.posts


def _doing(
    made: Cast,
    p: Proposition,
    entry: Noun,
    role: str,
    index: int,
    types: tuple[str, ...],
) -> list[Reference]:
    """Return whom a head in a source's role names."""
    if role == "own":
        found = _lettered(made, named_at(made, index, types), p)
        if entry.patient and not p.roles.get("of"):  # "obtained X's release"
            found = [r for r in found if made.type_of(r.id) != "Person"]
        return found
    if role == "made-in":
        return named_at(made, index, types)  # "an order for French submarines"
    found = denote(made, index, types)
    if role == "from":  # "launched attacks from X": the place does nothing
        return [r for r in found if made.type_of(r.id) != "Place"]
    return found or named_at(made, index, types) * (role == "subject")


def _compounded(
    made: Cast,
    p: Proposition,
    entry: Noun,
    types: tuple[str, ...],
    sources: list[Reference],
) -> tuple[list[Reference], list[Reference]]:
    """Take who stands before the noun for its target: "imposed Iran sanctions"."""
    compounds = {i for i in p.roles.get("compound", ()) if made.doc[i].pos_ != "ADJ"}
    taken = {r.id for r in sources}
    if not compounds & {sources[0].start, sources[0].end - 1}:
        named = [r for i in sorted(compounds) for r in named_at(made, i, types)]
        return sources, [r for r in named if r.id not in taken]  # "Peru's Chad embargo"
    doers = [
        r
        for i in noun_heads(made, p, "subject", entry)
        for r in denote(made, i, types)
        if r.id not in taken
    ]
    return doers, sources


def _issuing(made: Cast, p: Proposition, targets: list[Reference]) -> list[Reference]:
    """Return the one whom a document speaks for, where it tells of no other doer."""
    if not made.issuer or p.light is not None:
        return []
    made.add_known(made.issuer)
    if made.issuer in {t.id for t in targets}:
        return []
    start, end = p.predicate, p.last + 1
    issuer = Reference(
        id=made.issuer, start=start, end=end, how="issuer", confidence=0.7
    )
    return [issuer]


def _lettered(made: Cast, found: list[Reference], p: Proposition) -> list[Reference]:
    """Leave out what is but a word of a paper's name: "the Conventional Forces treaty".

    So are letters in brackets: "the Peru-Chad Ministerial (PCM) consultations".
    """
    found = [
        r
        for r in found
        if r.how != RECOGNIZED or not r.start or made.doc[r.start - 1].text != "("
    ]
    lemma = made.doc[p.predicate].lemma_.lower()
    if lemma not in made.lexicon.cues["papers_signed"]:
        return found
    return [
        r for r in found if r.how != RECOGNIZED or made.doc[r.end - 1].dep_ == "poss"
    ]


def _owned(
    made: Cast, p: Proposition, entry: Noun, types: tuple[str, ...]
) -> list[Reference]:
    """Return to whom it is done: "ordered X's release", "X's arrest by Y"."""
    if not p.roles.get("by") and not noun_heads(made, p, "subject", entry):
        return []
    return [
        r
        for i in p.roles.get("own", ())
        if made.doc[i].dep_ == "poss"
        for r in denote(made, i, types, over=reach(entry, entry.through))
    ]


def _suffering(
    made: Cast, p: Proposition, entry: Noun, types: tuple[str, ...]
) -> list[Reference]:
    """Return who gets what the noun names: "received support from X", "faces US sanctions"."""
    light = p.light is not None and made.doc[p.light].lemma_.lower()
    if (
        entry.parties
        or entry.military
        or entry.patient
        or not {light, f"{light} {p.link}"} & made.lexicon.cues["passive_light"]
        or p.link not in ("object", "under")
        or p.link == "under"
        and p.lemma == "fire"  # of words as often as of guns
    ):
        return []
    return [r for i in p.roles.get("subject", ()) for r in denote(made, i, types)]


def _unlike(made: Cast, index: int) -> bool:
    """Tell whether what is coordinated to a party is an act: "of Chad and Carter's decision"."""
    token = made.doc[index]
    lemma = token.lemma_.lower()
    owned = index not in made.at and any(c.dep_ == "poss" for c in token.children)
    return owned or lemma in made.lexicon.acts or lemma in made.lexicon.embedding


def _attended(made: Cast, p: Proposition) -> bool:
    """Tell whether somebody comes to a meeting of others: "attended a NATO summit"."""
    return (
        p.light is not None
        and p.link == "object"
        and made.doc[p.light].lemma_.lower() in made.lexicon.cues["attending"]
        and bool(p.roles.get("own") or p.roles.get("of"))
    )


def _purpose(noun: Token) -> bool:
    """Tell whether a noun is but the middle of a preposition: "in support of"."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "in"
        and any(c.lower_ == "of" for c in noun.children)
        and not any(c.dep_ in ("det", "amod", "poss") for c in noun.children)
    )


def _of_arms(made: Cast, p: Proposition, entry: Noun) -> bool:
    """Tell whether a deal noun is about arms: by its goods, or by "military", "arms"."""
    if _purpose(made.doc[p.predicate]):
        return False
    goods = any(
        is_goods(made, i) for role in entry.items for i in p.roles.get(role, ())
    )
    if goods or entry.needs_items or not entry.military:
        return goods
    noun = made.doc[p.predicate]
    return any(
        child.dep_ in ("amod", "compound", "nmod")
        and any(is_military(made, t) for t in child.subtree)
        for child in noun.children
    )
