"""Claims: propositions and posts, matched against the lexicon between members of the cast.

A claim is one relation between two references, with the proposition that tells it. This is
the seam: below it nothing knows a relation, above it nothing knows grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from spacy.tokens import Token

from kgbuild.arguments import heads, noun_heads
from kgbuild.confidence import confidence
from kgbuild.denote import denote
from kgbuild.echoes import echoed
from kgbuild.entities import Cast, Reference
from kgbuild.exclusions import no_parties, side_by_side, tells_nothing
from kgbuild.factuality import Stance, refused_level, stance
from kgbuild.frames import verbal
from kgbuild.goods import is_goods
from kgbuild.levels import FACT, NEGATED, POSSIBLE, worse
from kgbuild.lexicon import Noun, Verb
from kgbuild.nominals import is_answered, nominal
from kgbuild.propositions import Proposition, propositions
from kgbuild.vocabulary import Relation, Vocabulary

ACTORS = ("Country", "Organization", "Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``source`` stands in ``relation`` to ``target``, as a proposition tells it."""

    relation: str
    source: Reference | None
    target: Reference | None
    proposition: Proposition
    stance: Stance
    entry: Verb | Noun
    confidence: float
    unfilled: bool = True  # nothing in the text stands where the missing party would


def claims(made: Cast, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Yield the claims of a text in its order; a deal may lack one of its parties."""
    lexicon = made.lexicon
    told: list[Proposition] = []
    for p in propositions(made.doc, made.clauses, lexicon.verbs, lexicon.nouns):
        if tells_nothing(made, p):
            continue
        table: tuple[Verb | Noun, ...] = (
            lexicon.verbs[p.lemma] if p.verbal else lexicon.nouns[p.lemma]
        )
        yield from _of_table(made, p, table, vocabulary, told)
        told.append(p)


def _of_table(
    made: Cast,
    p: Proposition,
    table: tuple[Verb | Noun, ...],
    vocabulary: Vocabulary,
    told: list[Proposition],
) -> Iterator[Claim]:
    """Yield the claims of the first entry that fits, and of those that go beside it."""
    lacking: list[Claim] = []
    for entry in table:
        deal = vocabulary.relations[entry.relation].deal
        if lacking and deal:
            continue
        pairs = _parties(made, p, entry, vocabulary, told)
        if lacking:
            pairs = [(s, t) for s, t in pairs if t and _no_recipient(made, t)]
        if not pairs:
            continue
        found = _of_pairs(made, p, entry, pairs)
        beside = isinstance(entry, Verb) and entry.beside
        if deal and not beside and not any(s and t for s, t in pairs):
            lacking = found  # "sent warships to the X Sea" may tell of no deal
            continue
        lacking = []
        yield from found
        if not beside:
            break
    yield from lacking


def _parties(
    made: Cast,
    p: Proposition,
    entry: Verb | Noun,
    vocabulary: Vocabulary,
    told: list[Proposition],
) -> list[tuple[Reference | None, Reference | None]]:
    """Return the pairs that an entry finds in a proposition and that can be two parties."""
    pairs = list(_pairs(made, p, entry, vocabulary))
    if not pairs and isinstance(entry, Verb) and entry.echoes:
        pairs += echoed(made, p, entry, vocabulary, told)
    meaning = vocabulary.relations[entry.relation]
    own = entry.parties or not p.verbal
    joined = entry.parties or meaning.deal or _each_other(made, p, entry)
    return [
        (source, target)
        for source, target in pairs
        if source is None
        or target is None
        or not no_parties(made, p, source, target, meaning, own=own)
        and (joined or not side_by_side(made, source, target))
    ]


def _of_pairs(
    made: Cast,
    p: Proposition,
    entry: Verb | Noun,
    pairs: list[tuple[Reference | None, Reference | None]],
) -> list[Claim]:
    """Return the claims of one entry, with how far they are so."""
    how = stance(made, p)
    if isinstance(entry, Verb) and entry.possible:
        how = replace(how, factuality=worse(how.factuality, POSSIBLE))
    heard = isinstance(entry, Noun) and entry.heard and how.factuality == NEGATED
    if heard and is_answered(made, p):
        how = replace(how, factuality=FACT)  # "refused calls by X": X called
    relation = entry.relation
    if refusal := _refusal(made, p, relation, how):
        relation, how = refusal, replace(how, factuality=refused_level(made, p))
    return [
        Claim(
            relation=relation,
            source=source,
            target=target,
            proposition=p,
            stance=how,
            entry=entry,
            confidence=confidence(made, source, target, p),
            unfilled=not _spoken_of(made, p, entry, source is None),
        )
        for source, target in pairs
    ]


def _no_recipient(made: Cast, target: Reference) -> bool:
    """Tell whether arms cannot be for somebody: he is a place, or a weapon itself."""
    return made.type_of(target.id) in ("Place", "Weapon")


def _refusal(made: Cast, p: Proposition, relation: str, how: Stance) -> str:
    """Return the relation of refusing, where what is told is that somebody will not."""
    refused = made.lexicon.refused.get(relation, "")
    if how.factuality != NEGATED or not refused:
        return ""
    verb = made.doc[
        p.light if p.light is not None and p.link == "object" else p.predicate
    ]
    words = {c.lower_ for c in verb.children if c.dep_ == "aux"} | set(how.above[:3])
    return refused if words & made.lexicon.refusing else ""


def _spoken_of(made: Cast, p: Proposition, entry: Verb | Noun, source: bool) -> bool:
    """Tell whether somebody unnamed stands in the role of a missing party."""
    if isinstance(entry, Verb):
        standing = [
            i
            for role in entry.roles[0 if source else 1]
            for i in heads(made, p, role, entry)
        ]
        standing = [i for i in standing if not is_goods(made, i)]
    else:
        roles = entry.source if source else entry.target
        standing = [
            i
            for role in roles
            if role != "own"
            for i in noun_heads(made, p, role, entry)
        ]
    return bool(standing)


def _pairs(
    made: Cast, proposition: Proposition, entry: Verb | Noun, vocabulary: Vocabulary
) -> Iterator[tuple[Reference | None, Reference | None]]:
    relation = vocabulary.relations[entry.relation]
    if isinstance(entry, Verb):
        sources, targets = verbal(made, proposition, entry, relation)
    else:
        sources, targets = nominal(made, proposition, entry, relation)
    if relation.deal:
        yield from _deal_pairs(sources, targets)
        return
    if _each_other(made, proposition, entry) and sources:
        yield from permutations({r.id: r for r in sources}.values(), 2)
        return
    if entry.parties and _among_themselves(made, proposition, entry, sources):
        targets = []
    if entry.parties and not targets:
        if _others(made, proposition, entry) or _apart(made, proposition, entry):
            return
        if _between(made, proposition, entry):
            return
        if _several(made, proposition) or _their_states(made, proposition, sources):
            return
        if sides := _sides(made, proposition, entry, relation):
            yield from ((a, b) for a in sides[0] for b in sides[1] if a.id != b.id)
            return
        for chain in _paired(sources) or _chains(made, sources):
            yield from combinations({r.id: r for r in chain}.values(), 2)
        return
    doers = {s.id for s in sources}  # "A and B pointed out the need to …": not B to A
    for source in sources:
        for target in targets:
            if target.id not in doers:
                yield source, target


def _each_other(made: Cast, p: Proposition, entry: Verb | Noun) -> bool:
    """Tell whether several do it to one another: "accused each other of breaking a truce"."""
    if not isinstance(entry, Verb) or entry.roles[0] != ("subject",):
        return False
    heads = [made.doc[i] for role in entry.roles[1] for i in p.roles.get(role, ())]
    return any(
        t.lower_ == "other"
        and t.nbor(-1).lower_ == "each"
        or t.lower_ == "another"
        and t.nbor(-1).lower_ == "one"
        for t in heads
        if t.i
    )


def _among_themselves(
    made: Cast, p: Proposition, entry: Verb | Noun, sources: list[Reference] | None
) -> bool:
    """Tell whether several agree with each other: "A and B agreed on the need to help C"."""
    several = len({r.id for r in sources or ()}) > 1
    return (
        isinstance(entry, Verb)
        and several
        and "beneficiary" in entry.roles[1]
        and not any(p.roles.get(role) for role in ("with", "object"))
        and not any(_anybodys(made, i) for i in p.roles.get("to", ()))
    )


def _anybodys(made: Cast, index: int) -> bool:
    """Tell whether a thing agreed to is a name, or somebody's: "agreed to Chad's plan"."""
    return index in made.at or any(
        c.dep_ == "poss"
        or c.lower_ in ("with", "of", "from")
        and any(x.i in made.at for x in c.children)
        for c in made.doc[index].children
    )


def _several(made: Cast, p: Proposition) -> bool:
    """Tell whether each of several has a meeting of its own: "the G8 and G20 summits"."""
    noun = made.doc[p.predicate]
    listed = [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod")]
    return (
        noun.tag_ == "NNS"
        and noun.lemma_.lower() in made.lexicon.cues["counted"]
        and any(x.dep_ == "conj" for c in listed for x in c.children)
    )


def _paired(parties: list[Reference]) -> list[list[Reference]]:
    """Part parties of whom one is named with each other: "between A and B and A and C"."""
    spans = {r.start: r for r in parties}
    told = [spans[i] for i in sorted(spans)]
    if len({r.id for r in told}) == len(told) or len(told) % 2:
        return []
    return [told[i : i + 2] for i in range(0, len(told), 2)]


def _chains(made: Cast, parties: list[Reference]) -> list[list[Reference]]:
    """Part parties by the hyphens that join them: "Peru-Chad and Peru-Iran relations"."""
    chains: list[list[Reference]] = []
    parties = list({r.id: r for r in parties}.values())
    for party in sorted(parties, key=lambda r: r.start):
        before = made.doc[party.start - 1].text if party.start else ""
        last = chains[-1][-1].end if chains else -1
        if before == "-" and last == party.start - 1:
            chains[-1].append(party)
        else:
            chains.append([party])
    return chains if any(len(c) > 1 for c in chains) else [parties]


def _others(made: Cast, p: Proposition, entry: Verb | Noun) -> bool:
    """Tell whether several meet somebody unnamed, and not each other: "met reporters"."""
    if isinstance(entry, Noun):
        beside = noun_heads(made, p, "with", entry) if p.link != "subject" else []
        if (
            "against" in entry.target
        ):  # "the fight against crime" is not of the fighters
            beside += noun_heads(made, p, "against", entry)
        if (
            "of" in entry.source and p.link == "object"
        ):  # "convened a meeting of leaders"
            of = noun_heads(made, p, "of", entry)
            people = made.lexicon.cues["stand_ins"] | made.lexicon.posts.keys()
            beside += [i for i in of if made.doc[i].lemma_.lower() in people]
        return bool(beside) and ("with" in entry.target or "against" in entry.target)
    return any(
        not is_goods(made, i)
        for role in entry.roles[1]
        if role in ("object", "with", *("to",) * entry.hearers)
        for i in heads(made, p, role, entry)
    )


def _between(made: Cast, p: Proposition, entry: Verb | Noun) -> bool:
    """Tell whether an object says whose it is: "X and Y built ties between Peru and Chad"."""
    if not isinstance(entry, Verb):
        return False
    objects = [made.doc[i] for i in p.roles.get("object", ())]
    return any(c.lower_ == "between" for o in objects for c in o.children) or any(
        len(_states_before(made, o)) > 1 for o in objects
    )


def _sides(
    made: Cast, p: Proposition, entry: Verb | Noun, relation: Relation
) -> list[list[Reference]]:
    """Return two sides of which one are several: "accords between X and its allies Y and Z"."""
    if not isinstance(entry, Noun):
        return []
    heads_ = noun_heads(made, p, "between", entry)
    sides = [denote(made, i, relation.domain) for i in heads_]
    several = any(len({r.id for r in side}) > 1 for side in sides)
    return sides if len(sides) == 2 and all(sides) and several else []


def _their_states(
    made: Cast, p: Proposition, sources: Iterable[Reference | None]
) -> bool:
    """Tell whether it is between the states of people: "X and Y spoke of ties of our countries"."""
    if not p.verbal and p.lemma not in made.lexicon.cues["mutual"]:
        return False  # "signed an agreement between their countries"
    roles = ("between", "of") if not p.verbal else ("between",)
    states = [
        made.doc[i]
        for role in roles
        for i in p.roles.get(role, ())
        if i not in made.at
        and made.doc[i].lemma_.lower() in made.lexicon.anaphors["Country"]
    ]
    return bool(states) and any(r and made.type_of(r.id) == "Person" for r in sources)


def _states_before(made: Cast, noun: Token) -> set[str]:
    """Return the states named before a noun: "deepened U.S.-Japan cooperation"."""
    return {
        r.id
        for c in noun.children
        if c.dep_ in ("amod", "compound", "nmod")
        for t in c.subtree
        for r in made.at.get(t.i, ())
        if made.type_of(r.id) == "Country"
    }


def _apart(made: Cast, p: Proposition, entry: Verb | Noun) -> bool:
    """Tell whether several stand side by side and not over against each other.

    "Their partners" are others; who "fought for Peru" did not fight each other.
    """
    if isinstance(entry, Verb):
        return "against" in entry.roles[1] and bool(p.roles.get("for"))
    copulas = made.lexicon.cues["copulas"]
    are = p.light is not None and made.doc[p.light].lemma_.lower() in copulas
    return p.lemma in made.lexicon.cues["stand_ins"] and not are


def _deal_pairs(
    sources: list[Reference] | None, targets: list[Reference] | None
) -> Iterator[tuple[Reference | None, Reference | None]]:
    if sources is None or targets is None:
        return
    nobody: list[Reference | None] = [None]
    for source in sources or nobody:
        for target in targets or nobody:
            if source is None or target is None or source.id != target.id:
                yield source, target
