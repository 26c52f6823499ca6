"""Echoes: acts that a noun only points back at, "condemned the attack", and who did them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kgbuild.arguments import heads
from kgbuild.entities import STATE, Cast, Reference, country_of, name_of
from kgbuild.factuality import stance
from kgbuild.frames import verbal
from kgbuild.levels import FACT, NEGATED
from kgbuild.lexicon import Noun, Verb
from kgbuild.nominals import nominal
from kgbuild.propositions import Proposition
from kgbuild.vocabulary import Relation, Vocabulary

_SURE = 0.7  # how far an act told elsewhere is the one that is meant

Parties = tuple[list[Reference], list[Reference]]


def echoed(
    made: Cast,
    p: Proposition,
    entry: Verb,
    vocabulary: Vocabulary,
    told: Sequence[Proposition],
) -> list[tuple[Reference, Reference]]:
    """Return the parties of a verb whose object is an act told before: who did that is meant."""
    if p.lemma not in entry.echoes:
        return []
    relation = vocabulary.relations[entry.relation]
    sources, targets = verbal(made, p, entry, relation)
    if not sources or targets:
        return []
    own = {i for r in sources for i in _side(made, r.id)}
    for role in entry.roles[1]:
        for index in heads(made, p, role, entry):
            noun = made.doc[index]
            kinds = _kinds(made, p, entry, noun)
            if not kinds:
                continue
            found = _doers(made, p, noun, kinds, vocabulary, told, own)
            return [(s, t) for s in sources for t in found]
    return []


def _kinds(made: Cast, p: Proposition, entry: Verb, noun: Token) -> frozenset[str]:
    """Return the relations of the act that a noun points back at, if it does."""
    if entry.echo_of:
        owned = any(c.dep_ == "poss" for c in noun.children)
        known = noun.i in made.at or owned
        return frozenset() if known else frozenset(entry.echo_of)
    return _named_kinds(made, noun) if _points_back(made, p, noun) else frozenset()


def _named_kinds(made: Cast, noun: Token) -> frozenset[str]:
    """Return the relations that a noun of an act says."""
    lemma = noun.lemma_.lower()
    entries = made.lexicon.nouns.get(lemma, ())
    acts = {e.relation for e in entries if not e.parties}
    whole = any("appositive" in e.source for e in entries)
    named = frozenset() if whole else frozenset(acts - made.lexicon.states)
    return named | made.lexicon.echoed.get(lemma, frozenset())


_BACK = frozenset({"the", "this", "that", "these", "those", "such"})
_OTHER = frozenset({"other", "another", "similar", "previous", "earlier", "past"})


def _points_back(made: Cast, p: Proposition, noun: Token) -> bool:
    """Tell whether a noun has "the" and nothing that says which, or sums up a clause."""
    first = noun.left_edge
    summing = first.lower_ in ("a", "an") and first.i > 0
    summing = summing and first.nbor(-1).text in (",", "-", "—", "–")
    if not summing and not any(
        c.dep_ == "det" and c.lower_ in _BACK for c in noun.children
    ):
        return False
    return _bare(made, p, noun)


def _bare(made: Cast, p: Proposition, noun: Token) -> bool:
    """Tell whether nothing beside a noun says whose it is or which."""
    for child in noun.children:
        if child.dep_ in ("prep", "acl", "poss", "agent", "appos", "conj"):
            if not any(c.ent_type_ in ("DATE", "TIME") for c in child.children):
                return False
        elif (
            child.dep_ == "relcl"
            and not child.i <= p.predicate <= child.right_edge.i
            or any(t.i in made.at for t in child.subtree)
            and child.dep_ != "relcl"
            or child.lower_ in _OTHER
        ):
            return False
    return noun.i not in made.at


def _doers(
    made: Cast,
    p: Proposition,
    noun: Token,
    kinds: frozenset[str],
    vocabulary: Vocabulary,
    told: Sequence[Proposition],
    own: set[str],
) -> list[Reference]:
    """Return who did the act that a noun points back at, where but one act is told of.

    One that nobody named did may be the one meant, and leaves it open. A charge, a demand
    or a threat must have been put to the side that now answers it.
    """
    n = made.number[p.predicate]
    generic = noun.lemma_.lower() in made.lexicon.cues["moves"]
    near = [q for q in told if n - made.number[q.predicate] <= (1 if generic else 2)]
    if generic:  # "the move" opens no paragraph but after one about it
        near = [q for q in near if "\n" not in made.doc[q.predicate : noun.i].text]
    deals = kinds & {made.lexicon.deal_relation} if not generic else frozenset()
    found: dict[frozenset[str], list[Reference]] = {}
    for among, wanted in ((near, kinds), (told, deals)):
        for q in among:
            for kind in wanted & _relations(made, q) if q.predicate != noun.i else ():
                parties = _parties(made, q, noun, vocabulary.relations[kind])
                if parties is None:
                    return []
                doers, suffering = parties
                sides = {i for r in suffering for i in _side(made, r.id)}
                if kind in made.lexicon.heard and not sides & own:
                    continue
                if others := [r for r in doers if r.id not in own]:
                    found[frozenset(r.id for r in others)] = others
        if found:
            break
    if len(found) != 1:
        return []
    (meant,) = found.values()
    start, end = noun.i, noun.i + 1
    return [
        replace(r, start=start, end=end, how="anaphor", confidence=_SURE)
        for r in {r.id: r for r in meant}.values()
        if made.type_of(r.id) in ("Country", "Organization", "Person")
    ]


def _relations(made: Cast, q: Proposition) -> set[str]:
    table: tuple[Verb | Noun, ...] = (
        made.lexicon.verbs[q.lemma] if q.verbal else made.lexicon.nouns[q.lemma]
    )
    return {e.relation for e in table}


def _parties(
    made: Cast, q: Proposition, noun: Token, relation: Relation
) -> Parties | None:
    """Return who did an act told before, and to whom; nothing where that is left open."""
    generic = noun.lemma_.lower() in made.lexicon.cues["moves"]
    if generic and not _told(made, q):
        return [], []
    if not q.verbal:
        return _undertaken(made, q) if generic else _of_noun(made, q, relation)
    bought = _bought(made, noun, relation)
    for entry in made.lexicon.verbs[q.lemma]:
        if entry.relation != relation.name:
            continue
        sources, targets = verbal(made, q, entry, relation)
        sources, targets = sources or [], targets or []
        if sources and not targets and relation.name in made.lexicon.heard:
            continue  # to whom it was said is told by another entry: "blamed it on X"
        if relation.deal and generic:
            acting = set(made.clauses.roles(made.doc[q.predicate]).get("subject", ()))
            bought = any(acting & set(range(r.start, r.end)) for r in targets)
        if bought:
            sources, targets = targets, sources
        if not sources:
            if _conditional(entry):
                continue
            return None
        level = stance(made, q).factuality
        planned = relation.deal or generic
        if level == NEGATED or level != FACT and not planned:
            return None
        return sources, targets
    return [], []


def _told(made: Cast, q: Proposition) -> bool:
    """Tell whether an act is what a sentence mainly tells, as what somebody did himself."""
    verb = made.doc[q.predicate if q.light is None else q.light]
    while verb.dep_ in ("conj", "ccomp", "xcomp"):
        verb = verb.head
        if verb.lemma_.lower() in made.lexicon.cues["object_control"]:
            return False  # "urged X to leave" is no move of X
    when = verb.dep_ == "relcl" and verb.head.ent_type_ == "DATE"
    return verb.dep_ == "ROOT" or when  # "in May, when X left"


def _undertaken(made: Cast, q: Proposition) -> Parties:
    """Return who did what a verb does with a noun of an act: "cancelled an order"."""
    if q.light is None or q.link != "object":
        return [], []
    if made.doc[q.light].lemma_.lower() in made.lexicon.cues["passive_light"]:
        return [], []
    roles = made.clauses.roles(made.doc[q.light])
    return [r for i in roles.get("subject", ()) for r in made.at.get(i, ())], []


def _conditional(entry: Verb) -> bool:
    """Tell whether a verb says what its entry does but with some words beside it."""
    wanted = (entry.object, entry.governs, entry.needs, entry.items, entry.subject)
    said = (entry.judges, entry.complement, entry.infinitive, entry.deontic)
    return any(wanted) or any(said) or entry.own_act or entry.reproach


def _bought(made: Cast, noun: Token, relation: Relation) -> bool:
    """Tell whether who does what a noun says is the target of it: "the purchase"."""
    return relation.deal and any(
        e.relation == relation.name and "own" in e.target
        for e in made.lexicon.nouns.get(noun.lemma_.lower(), ())
    )


def _of_noun(made: Cast, q: Proposition, relation: Relation) -> Parties | None:
    """Return the parties of an act that a noun tells of; that noun may itself point back."""
    word = made.doc[q.predicate]
    back = any(c.dep_ == "det" and c.lower_ in _BACK for c in word.children)
    for entry in made.lexicon.nouns[q.lemma]:
        if entry.relation != relation.name:
            continue
        sources, targets = nominal(made, q, entry, relation)
        if relation.deal and (sources is None or back):
            continue  # no deal in arms, or one told before
        if sources and (targets or not relation.deal):
            return sources, targets
        if relation.deal:
            return None  # who sells is not told: "signed a contract for tanks"
    return ([], []) if back or relation.deal else None


def _side(made: Cast, entity: str) -> set[str]:
    """Return an entity with the state that it acts for."""
    name = name_of(made, entity)
    state = name.of if name and name.kind in STATE else None
    return {entity, *((state,) if state else ()), *_states(made, entity)}


def _states(made: Cast, entity: str) -> set[str]:
    country = country_of(made, entity) if made.type_of(entity) == "Person" else None
    return {country} if country else set()
