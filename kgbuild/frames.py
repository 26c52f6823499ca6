"""Frames: who fills the source and the target of a verb's entry in a proposition."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.arguments import filling, heads, is_one, named_at, narrowed, reach
from kgbuild.denote import WHERE, around, denote, doers, fought, some_of
from kgbuild.entities import Cast, Reference, country_of, name_of
from kgbuild.goods import DESIGNATED, is_goods, weapon_of
from kgbuild.lexicon import Verb
from kgbuild.phrases import is_passive
from kgbuild.propositions import Proposition
from kgbuild.vocabulary import Relation


def verbal(
    made: Cast, p: Proposition, entry: Verb, relation: Relation
) -> tuple[list[Reference], list[Reference]]:
    none: tuple[list[Reference], list[Reference]] = ([], [])
    if not _conditions(made, p, entry):
        return (None, None) if relation.deal else none  # type: ignore[return-value]
    if entry.items:
        goods = any(
            is_goods(made, i)
            for role in entry.items.split(" / ")
            for i in filling(made, p, role)
        )
        if not goods and not entry.optional_items:
            return (None, None) if relation.deal else none  # type: ignore[return-value]
    if relation.deal and _sent_to_act(made, p):
        return (None, None)  # type: ignore[return-value]
    source_roles, target_roles = entry.roles
    if (
        entry.items
        and not entry.optional_items
        and not any(
            is_goods(made, i)
            for role in entry.items.split(" / ")
            if role != "object"
            for i in filling(made, p, role)
        )
    ):  # "gave a Boeing 707": who made it got nothing
        target_roles = tuple(r for r in target_roles if r != "object")
    source_types = narrowed(entry.source, relation.domain)
    target_types = narrowed(entry.target, relation.range)
    sources = _first(
        made, p, source_roles, source_types, through=False, avoid=set(), entry=entry
    )
    if not sources:
        sources = _acting(made, p, relation, source_types)
    avoid = {r.id for r in sources}
    avoid |= {c for r in sources if (c := _own_side(made, r))}
    if entry.abroad:
        home = {c for r in sources if (c := _home(made, r.id))}
        if not home and p.lemma in made.lexicon.cues["returning"]:
            return sources, []
        avoid |= home | {i for i in list(made.known) if _home(made, i) in home}
    targets = _first(
        made,
        p,
        target_roles,
        target_types,
        through=entry.through,
        avoid=avoid,
        entry=entry,
    )
    return sources, targets


def _sent_to_act(made: Cast, p: Proposition) -> bool:
    """Tell whether arms are sent to nobody but to do something: "sent a submarine to sink X"."""
    verb = made.doc[p.predicate]
    if verb.lemma_.lower() not in made.lexicon.cues["sending"]:
        return False
    if any(p.roles.get(role) for role in ("indirect", "to", "for", "with")):
        return False
    below = [
        *verb.children,
        *(c for i in p.roles.get("object", ()) for c in made.doc[i].children),
    ]
    return any(
        c.dep_ in ("xcomp", "advcl", "acl", "relcl")
        and any(t.tag_ == "TO" for t in c.children)
        for c in below
    )


def _acting(
    made: Cast, p: Proposition, relation: Relation, types: tuple[str, ...]
) -> list[Reference]:
    """Return whose the act or the weapon is that does it: "an attack by X killed three"."""
    return [
        r
        for i in p.roles.get("subject", ())
        if ("Weapon" in relation.range and _is_weapon(made, i))
        or any(
            e.relation == relation.name
            for e in made.lexicon.nouns.get(made.doc[i].lemma_.lower(), ())
        )
        for r in doers(made, i, types)
    ]


def _is_weapon(made: Cast, index: int) -> bool:
    return any(made.type_of(r.id) == "Weapon" for r in made.at.get(index, ()))


def _own_side(made: Cast, source: Reference) -> str | None:
    """Return the state that a document's issuer speaks for: "our" in it is no other party."""
    if (
        made.issuer
        and made.type_of(source.id) == "Person"
        and country_of(made, source.id) == made.issuer
    ):
        return made.issuer
    return None


def _told_of_others(made: Cast, p: Proposition) -> bool:
    """Tell whether somebody only tells of what a state does: "Ann Lee announced U.S. support"."""
    if p.lemma not in made.lexicon.cues["reporting"]:
        return False
    return any(
        r.how in ("name", "adjective") and made.type_of(r.id) == "Country"
        for i in p.roles.get("object", ())
        for c in made.doc[i].children
        if c.i < i and c.dep_ in ("compound", "amod", "nmod", "poss")
        for t in c.subtree
        for r in made.at.get(t.i, ())
    )


def _conditions(made: Cast, p: Proposition, entry: Verb) -> bool:
    """Tell whether a proposition is of the kind that an entry asks for."""
    doc = made.doc
    if entry.object and _told_of_others(made, p):
        return False
    clause = [doc[i] for i in p.roles.get("clause", ())]
    below = [i for c in clause for i in made.clauses.subject(c)]
    let = below if "complement-subject" in entry.roles[1] else []
    if entry.object and not any(
        is_one(made, i, entry.object) for i in (*p.roles.get("object", ()), *let)
    ):
        return False
    if entry.subject and not any(
        is_one(made, i, entry.subject) for i in p.roles.get("subject", ())
    ):
        return False
    if entry.needs and not any(map(p.roles.get, entry.needs.split(" / "))):
        return False
    if entry.purposeless and _purposeful(doc[p.predicate]):
        return False
    if entry.intransitive and p.roles.get("object"):
        return False
    if any(p.roles.get(role) for role in entry.without):
        return False
    taken = (*p.roles.get("object", ()), *p.roles.get("object-of", ()), *below)
    if entry.object_not and any(doc[i].lower_ in entry.object_not for i in taken):
        return False
    if entry.transitive and not p.roles.get("object"):
        return False
    if entry.reproach and not _reproached(doc[p.predicate]):
        return False
    if entry.unarmed and any(is_goods(made, i) for i in p.roles.get("object", ())):
        return False
    if entry.object_as and not any(
        doc[i].lemma_.lower() in entry.object_as
        for i in (*p.roles.get("predicated", ()), *p.roles.get("as", ()))
    ):
        return False
    told = [c for c in clause if c.lemma_.lower() in entry.complement]
    if entry.complement and not told:
        return False
    held = [t for c in told for t in c.children]  # "said X had broken the truce"
    if not entry.complement:
        after = range(p.predicate + 1, p.predicate + 13)
        held = [t for t in doc[p.predicate].subtree if t.i in after]
    if entry.governs and not any(t.lemma_.lower() in entry.governs for t in held):
        return False
    if entry.governs_not and any(
        t.lemma_.lower() in entry.governs_not
        for t in doc[p.predicate].subtree
        if t.i > p.predicate
    ):
        return False
    if entry.own_act and not any(
        _undertakes(made, p, c, for_state=entry.for_state) for c in clause
    ):
        return False
    if entry.judges and not any(
        t.lower_ in entry.judges and t.tag_ not in ("VB", "VBP", "VBZ")
        for role in ("predicated", "as", "clause")
        for i in p.roles.get(role, ())
        for t in (doc[i], *doc[i].children)
        if t.i == i or not (t.dep_ == "nsubj" or doc[i].lemma_ == "have")
    ):
        return False
    if entry.active and any(is_passive(c) for c in clause):
        return False
    if entry.asserted and any(
        c.dep_ == "neg" or c.tag_ == "MD" for x in clause for c in x.children
    ):
        return False
    if entry.infinitive and not any(
        any(x.tag_ == "TO" for x in c.children) for c in clause
    ):
        return False
    if entry.deontic and not any(_deontic(c) for c in clause):
        return False
    return not (entry.plain and "predicated" in p.roles)


def _reproached(verb: Token) -> bool:
    """Tell whether it is said what for: "attacked him for negotiating with X"."""
    return any(
        c.dep_ == "prep"
        and c.lower_ in ("for", "over")
        and any(x.dep_ in ("pcomp", "pobj") for x in c.children)
        and not any(x.ent_type_ in ("DATE", "TIME") for x in c.children)
        for c in verb.children
    )


def _purposeful(verb: Token) -> bool:
    """Tell whether a deed follows: "joined Laos to protest", "join the union in calling for"."""
    return any(
        c.dep_ in ("advcl", "xcomp")
        or (c.dep_ == "prep" and any(g.dep_ == "pcomp" for g in c.children))
        for c in verb.children
    )


def _undertakes(made: Cast, p: Proposition, clause: Token, *, for_state: bool) -> bool:
    """Tell whether somebody says what he himself, or his state, will do."""
    will = any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "’ll")
        for c in clause.children
    )
    if any(c.dep_ == "neg" for c in clause.children):
        return False
    speakers = {r.id for i in p.roles.get("subject", ()) for r in made.at.get(i, ())}
    if for_state:
        speakers |= {c for s in speakers if (c := country_of(made, s))}
    doers = {r.id for i in made.clauses.subject(clause) for r in made.at.get(i, ())}
    return will and bool(speakers & doers)


_DUTY = frozenset({"should", "must", "ought", "shall"})


def _deontic(verb: Token) -> bool:
    children = list(verb.children)
    bare = (
        verb.tag_ == "VB"
        and verb.lower_ == verb.lemma_.lower()
        and not any(c.dep_ == "aux" for c in children)
    )
    return any(c.lower_ in _DUTY for c in children) or bare or verb.lemma_ == "need"


def _first(
    made: Cast,
    p: Proposition,
    roles: tuple[str, ...],
    types: tuple[str, ...],
    *,
    through: bool,
    avoid: set[str],
    entry: Verb,
) -> list[Reference]:
    """Return whom the first role that names somebody names."""
    over = _over(made, p, entry, through=through) if roles == entry.roles[1] else None
    objects = [made.doc[i] for i in p.roles.get("object", ())]
    rebels = any(fought(made, o) for o in objects)
    for role in roles:
        found: list[Reference] = []
        there = through and rebels and role.split(".")[-1] in WHERE
        indexes = [i for part in role.split("+") for i in heads(made, p, part, entry)]
        if (
            role == "object" and entry.object
        ):  # "adopted a text, X's work and …": the text
            fit = [i for i in indexes if is_one(made, i, entry.object)]
            indexes = fit or indexes
        if types == ("Weapon",) and not any(weapon_of(made, i) for i in indexes[:1]):
            continue  # "made a decision and missiles": the first is what is made
        for index in indexes:
            if role == "subject" and some_of(made, index):
                continue
            word = made.doc[index].lemma_.lower()
            if word in made.lexicon.cues["others_of"] and not named_at(
                made, index, types
            ):
                continue  # "accused its neighbour of sheltering X"
            named = (
                named_at(made, index, types)  # by nationality: "bought Russian jets"
                if role == "made-in"
                else weapon_of(made, index)
                if types == ("Weapon",)
                else denote(made, index, types, over=over)
                or named_at(made, index, types) * (role == "subject")
            )
            found += [
                r
                for r in named
                if r.id not in avoid
                and r not in found
                and not (entry.direct and _stood_for(made, index, r))
                and not (role == "indirect" and _overlaps(p, r))
                and not (entry.named and _people(made, r))
                and not (role in _JUDGED and made.doc[index].lower_ == "it")
                and not (role in entry.roles[1] and _another_kind(made, r, entry))
                and not (role in entry.roles[1] and _unnamed(r, entry))
                and not (_around(entry, role) and not _spot(made, r))
                and not (there and made.type_of(r.id) == "Country")
            ]
            if role == "object" and named and not found and _own_thing(made, index):
                return []  # "strengthened its own defences and the allies'": its own
        if not found and (through or entry.over) and role in _REACHING:
            found = [
                r
                for index in indexes
                for r in around(made, index, types)
                if not _at_home(made, r.id, avoid)
            ]
        if found:
            return found
    return []


def _over(
    made: Cast, p: Proposition, entry: Verb, *, through: bool
) -> tuple[str, ...] | None:
    """Return the prepositions that lead to a target; behind "Norwegian-backed" but "of"."""
    verb, over = made.doc[p.predicate], reach(entry, through)
    compound = verb.dep_ == "amod" and verb.i and verb.nbor(-1).text == "-"
    return ("of",) if over and compound else over


# "called it a crime", "said it was one": it is no one who acts
_JUDGED = ("predicated", "judged", "complement-subject")


def _around(entry: Verb, role: str) -> bool:
    """Tell whether a role only says where it was done: "killed four people on X island"."""
    last = role.split(".")[-1]
    return "outside" in entry.roles[1] and last in ("near", "on", "at", "outside")


def _spot(made: Cast, r: Reference) -> bool:
    """Tell whether a name is of where something can be done: a place, a state."""
    named = r.how in ("name", "seat", "recognized")
    return made.type_of(r.id) in ("Place", "Country") and named


def _another_kind(made: Cast, r: Reference, entry: Verb) -> bool:
    """Tell whether a target is none of the kinds that an entry asks for: a sea, an ocean."""
    name = name_of(made, r.id)
    return bool(entry.target_kind) and (
        name is None or name.kind not in entry.target_kind
    )


def _unnamed(r: Reference, entry: Verb) -> bool:
    """Tell whether an entry asks for a weapon's own name, and this is but a class."""
    return entry.designated and r.how not in DESIGNATED


def _own_thing(made: Cast, index: int) -> bool:
    """Tell whether a head is a thing that a pronoun owns: "its defences", not "my friend"."""
    word = made.doc[index]
    human = (
        word.lemma_.lower() in made.lexicon.posts.keys() | made.lexicon.cues["praise"]
    )
    owned = any(c.tag_ == "PRP$" for c in word.children)
    return owned and not human and index not in made.at


# what is done to a place in these roles is done to the country around it
_REACHING = ("object", "indirect", "to", "for", "against", "complement")


def _at_home(made: Cast, country: str, sources: set[str]) -> bool:
    """Tell whether one of the sources is the country or of it."""
    owners = (name_of(made, s) for s in sources)
    return country in sources or any(n and n.of == country for n in owners)


def _people(made: Cast, reference: Reference) -> bool:
    """Tell whether a state is named but by some of its people: "met Cubans", not "the Cubans"."""
    token = made.doc[reference.start]
    bare = not token.i or made.doc[token.i - 1].lower_ not in ("the", "these")
    return reference.how == "adjective" and token.tag_ in ("NNPS", "NNS") and bare


def _overlaps(p: Proposition, given: Reference) -> bool:
    """Tell whether a name is what is given, not who gets it: "sent its Seventh Fleet"."""
    return any(given.start <= i < given.end for i in p.roles.get("object", ()))


def _stood_for(made: Cast, index: int, r: Reference) -> bool:
    """Tell whether a phrase only stands for somebody: "the delegation of Mexico"."""
    word = made.doc[index].lemma_.lower()
    far = word in made.lexicon.cues["stand_ins"] and not r.start <= index < r.end
    return far or r.how in ("institution", "official")


def _home(made: Cast, entity: str) -> str | None:
    """Return the country that a person or a body is of."""
    name = name_of(made, entity)
    return country_of(made, entity) or (name.of if name and name.of else None)
