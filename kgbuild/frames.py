"""Frames: who fills the source and the target of a lexicon entry in a proposition."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kgbuild.clauses import conjuncts
from kgbuild.denote import OWNED, OWNER, THROUGH, around, denote, doers
from kgbuild.entities import Cast, Reference, country_of, name_of
from kgbuild.gazetteer import RECOGNIZED
from kgbuild.goods import is_goods
from kgbuild.lexicon import Noun, Verb
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
    source_roles, target_roles = entry.roles
    source_types = _types(entry.source, relation.domain)
    target_types = _types(entry.target, relation.range)
    sources = _first(
        made, p, source_roles, source_types, through=False, avoid=set(), entry=entry
    )
    if not sources:
        sources = _acting(made, p, relation, source_types)
    avoid = {r.id for r in sources}
    avoid |= {c for r in sources if (c := _own_side(made, r))}
    if entry.abroad:
        home = {c for r in sources if (c := _home(made, r.id))}
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


def _over(entry: Verb | Noun, through: bool) -> tuple[str, ...] | None:
    """Return the prepositions over which a phrase leads to whom it is done, if any."""
    if isinstance(entry, Verb) and entry.over:
        return entry.over
    if not through:
        return None
    if isinstance(entry, Verb) and entry.owner:
        return OWNER
    return OWNED if entry.owned else THROUGH


def _types(wanted: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(t for t in wanted if t in allowed) if wanted else allowed


def _conditions(made: Cast, p: Proposition, entry: Verb) -> bool:
    """Tell whether a proposition is of the kind that an entry asks for."""
    doc = made.doc
    clause = [doc[i] for i in p.roles.get("clause", ())]
    below = [i for c in clause for i in made.clauses.subject(c)]
    let = below if "complement-subject" in entry.roles[1] else []
    if entry.object and not any(
        _is_one(made, i, entry.object) for i in (*p.roles.get("object", ()), *let)
    ):
        return False
    if entry.subject and not any(
        _is_one(made, i, entry.subject) for i in p.roles.get("subject", ())
    ):
        return False
    if entry.needs and not any(map(p.roles.get, entry.needs.split(" / "))):
        return False
    if entry.purposeless and any(
        c.dep_ in ("advcl", "xcomp") for c in doc[p.predicate].children
    ):
        return False
    if entry.intransitive and p.roles.get("object"):
        return False
    if any(p.roles.get(role) for role in entry.without):
        return False
    if entry.object_not and any(
        doc[i].lower_ in entry.object_not for i in (*p.roles.get("object", ()), *below)
    ):
        return False
    if entry.transitive and not p.roles.get("object"):
        return False
    if entry.object_as and not any(
        doc[i].lemma_.lower() in entry.object_as
        for i in (*p.roles.get("predicated", ()), *p.roles.get("as", ()))
    ):
        return False
    if entry.complement and not any(
        c.lemma_.lower() in entry.complement for c in clause
    ):
        return False
    if entry.governs and not any(
        t.lemma_.lower() in entry.governs
        for t in doc[p.predicate].subtree
        if t.i - p.predicate in range(1, 13)
    ):
        return False
    if entry.governs_not and any(
        t.lemma_.lower() in entry.governs_not
        for t in doc[p.predicate].subtree
        if t.i > p.predicate
    ):
        return False
    if entry.own_act and not any(_undertakes(made, p, c) for c in clause):
        return False
    if entry.judges and not any(
        t.lower_ in entry.judges
        for i in (*p.roles.get("predicated", ()), *p.roles.get("clause", ()))
        for t in (doc[i], *doc[i].children)
    ):
        return False
    if entry.infinitive and not any(
        any(x.tag_ == "TO" for x in c.children) for c in clause
    ):
        return False
    if entry.deontic and not any(_deontic(c) for c in clause):
        return False
    return not (entry.plain and "predicated" in p.roles)


def _finite(verb: Token) -> bool:
    """Tell whether a clause has a subject or a modal of its own: "that X should go"."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass") or c.tag_ == "MD" for c in verb.children
    )


def _undertakes(made: Cast, p: Proposition, clause: Token) -> bool:
    """Tell whether somebody says what he himself will do."""
    will = any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "’ll")
        for c in clause.children
    )
    speakers = {r.id for i in p.roles.get("subject", ()) for r in made.at.get(i, ())}
    doers = {r.id for i in made.clauses.subject(clause) for r in made.at.get(i, ())}
    return will and bool(speakers & doers)


_DUTY = frozenset({"should", "must", "ought", "shall"})


def _deontic(verb: Token) -> bool:
    children = list(verb.children)
    bare = verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in children)
    return any(c.lower_ in _DUTY for c in children) or bare or verb.lemma_ == "need"


def _is_one(made: Cast, index: int, wanted: tuple[str, ...]) -> bool:
    token = made.doc[index]
    if token.lemma_.lower() in wanted:
        return True
    if any(made.type_of(r.id) in wanted for r in made.at.get(index, ())):
        return True
    return (
        "Weapon" in wanted
        and is_goods(made, index)
        or token.lemma_.lower() not in made.lexicon.cues["papers"]
        and any(
            c.dep_ == "prep"
            and c.lower_ == "of"
            and any(_is_one(made, x.i, wanted) for x in c.children if x.dep_ == "pobj")
            for c in token.children
        )
    )


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
    for role in roles:
        found: list[Reference] = []
        indexes = [i for part in role.split("+") for i in heads(made, p, part, entry)]
        if types == ("Weapon",) and not any(
            made.type_of(r.id) == "Weapon"
            for i in indexes[:1]
            for r in made.at.get(i, ())
        ):
            continue  # "made a decision and missiles": the first is what is made
        for index in indexes:
            named = (
                _typed(made, index, types)  # by nationality: "bought Russian jets"
                if role == "made-in"
                else denote(made, index, types, over=_over(entry, through))
                or _typed(made, index, types) * (role == "subject")
            )
            found += [
                r
                for r in named
                if r.id not in avoid
                and r not in found
                and not (entry.direct and _stood_for(made, index, r))
                and not (role == "indirect" and _overlaps(p, r))
                and not (entry.named and _people(made, r))
            ]
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


def heads(made: Cast, p: Proposition, role: str, entry: Verb) -> list[int]:
    doc = made.doc
    if role == "predicated":
        return (
            list(p.roles.get("object", ()))
            if p.roles.get("predicated") and not _flattering(made, p)
            else []
        )
    if role == "complement-subject":
        return [
            i
            for c in p.roles.get("clause", ())
            for i in made.clauses.subject(doc[c])
            if i not in p.roles.get("subject", ())
        ]
    if role == "complement":
        return _below(made, p)
    if role == "beneficiary":
        return [
            i
            for clause in p.roles.get("clause", ())
            if doc[clause].tag_ in ("VB", "VBG") and not _finite(doc[clause])
            for r in ("indirect", "to", "with", "from", "for")
            for i in made.clauses.roles(doc[clause]).get(r, [])
        ]
    if role == "addressee":
        return _addressee(made, doc[p.predicate])
    if role == "purpose":
        return [
            i
            for child in doc[p.predicate].children
            if child.dep_ in ("advcl", "xcomp")
            if any(c.tag_ == "TO" for c in child.children)
            for place in ("for", "in")
            for i in made.clauses.roles(child).get(place, [])
        ]
    if role == "made-in":
        return _origins(made, p, entry.items.split(" / "))
    if role == "partner":
        return _partners(made, p)
    if role == "object" and not p.roles.get("object") and not entry.object:
        # "urged Japan to buy": the parser may make Japan the subject of the clause below
        return [
            i
            for c in p.roles.get("clause", ())
            for i in made.clauses.roles(doc[c]).get("subject", [])
            if any(x.tag_ == "TO" for x in doc[c].children)
            and i not in p.roles.get("subject", ())
        ]
    return filling(made, p, role)


def _stood_for(made: Cast, index: int, r: Reference) -> bool:
    """Tell whether a phrase only stands for somebody: "the delegation of Mexico"."""
    word = made.doc[index].lemma_.lower()
    far = word in made.lexicon.cues["stand_ins"] and not r.start <= index < r.end
    return far or r.how in ("institution", "official")


def filling(made: Cast, p: Proposition, role: str) -> list[int]:
    """Return the heads in a role; of "on.to", those after "to" below those after "on"."""
    outer, *inner = role.split(".")
    found = list(p.roles.get(outer, ()))
    for preposition in inner:
        found = _after(made, found, preposition)
    return found


def _after(made: Cast, heads: list[int], preposition: str) -> list[int]:
    return [
        part.i
        for i in heads
        for prep in made.doc[i].children
        if prep.dep_ == "prep" and prep.lower_ == preposition
        for head in prep.children
        if head.dep_ == "pobj"
        for part in conjuncts(head)
    ]


def _origins(made: Cast, p: Proposition, roles: Collection[str]) -> list[int]:
    """Return where goods come from: "American-made jets", "Russian jets", "jets from X"."""
    found: list[int] = []
    todo = [made.doc[i] for role in roles for i in filling(made, p, role)]
    for goods in todo:
        if not is_goods(made, goods.i):
            continue
        for child in goods.children:
            inner = [c for c in child.children if c.dep_ == "pobj"]
            if child.dep_ == "prep" and child.lower_ == "from":
                found += [c.i for c in inner]
            elif child.dep_ == "prep" and child.lower_ == "of":
                todo += inner
            elif child.dep_ == "amod" and child.tag_ == "VBN":
                found += [c.i for c in child.children if c.i in made.at]
            elif child.dep_ == "amod" and _typed(made, child.i, ("Country",)):
                found.append(child.i)
    return found


def _partners(made: Cast, p: Proposition) -> list[int]:
    """Return with whom a deal is made or talked of: "signed a contract with X to buy"."""
    doc = made.doc
    verb = doc[p.predicate]
    about = verb.dep_ == "pcomp" and verb.head.lower_ in ("about", "on", "over", "for")
    if not about and not any(c.tag_ == "TO" for c in verb.children):
        return []
    above = next((t for t in verb.ancestors if t.pos_ in ("VERB", "AUX")), verb)
    return [
        head.i
        for prep in doc[above.i : verb.i]
        if prep.dep_ == "prep" and prep.lower_ == "with" and _joint(made, prep.head)
        for head in prep.children
        if head.dep_ == "pobj"
    ]


def _joint(made: Cast, token: Token) -> bool:
    """Tell whether a word names what two sides do together: a deal, talks."""
    lemma = token.lemma_.lower()
    return any(
        e.parties or isinstance(e, Noun) and e.needs_items
        for table in (made.lexicon.nouns, made.lexicon.verbs)
        for e in table.get(lemma, ())
    )


def _addressee(made: Cast, verb: Token) -> list[int]:
    """Return whom a letter is sent to that does what a verb says: "a letter to X threatening"."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "advcl"):
        return []
    sent = verb.head if verb.head.pos_ == "NOUN" else None
    for child in () if sent else verb.head.children:
        sent = child if child.dep_ == "dobj" else sent
    if sent is None or sent.lemma_.lower() not in made.lexicon.cues["papers"]:
        if verb.dep_ == "acl" and sent is not None:  # hung on the addressee himself
            above = sent.head.head
            if above.lemma_.lower() in made.lexicon.cues["papers"]:
                return [sent.i]
        return []
    roles = made.clauses.roles(sent.head)
    own = [
        head.i
        for prep in sent.children
        if prep.lower_ == "to"
        for head in prep.children
        if head.dep_ == "pobj"
    ]
    return own or [*roles.get("indirect", []), *roles.get("to", [])]


def _below(made: Cast, p: Proposition) -> list[int]:
    """Return the arguments, but for the subject, of the clauses below a verb, objects first."""
    order = (
        "object",
        "indirect",
        "to",
        "with",
        "against",
        "from",
        "on",
        "at",
        "into",
        "for",
        "in",
        "of",
    )
    found: list[int] = []
    todo = list(p.roles.get("clause", ()))
    for clause in todo[:4]:
        roles = made.clauses.roles(made.doc[clause])
        found += [i for role in order for i in roles.get(role, [])]
        todo += roles.get("clause", [])
    return found


def _flattering(made: Cast, p: Proposition) -> bool:
    return any(
        made.doc[i].lemma_.lower() in made.lexicon.cues["praise"]
        for i in p.roles.get("predicated", ())
    )


_SUPPORTING = frozenset(
    {"in", "for", "during", "on", "at", "after", "before", "following", "into", "to"}
)


def nominal(
    made: Cast, p: Proposition, entry: Noun, relation: Relation
) -> tuple[list[Reference], list[Reference]]:
    none: tuple[list[Reference], list[Reference]] = ([], [])
    if relation.deal and not _of_arms(made, p, entry):
        return (None, None)  # type: ignore[return-value]
    if entry.object and not any(
        _is_one(made, i, entry.object) for i in p.roles.get("of", ())
    ):
        return none
    target_types = _types(entry.target_types, relation.range)
    source_types = relation.domain
    goods = set(p.roles.get("compound", ())) if "Weapon" in target_types else set()
    targets = _suffering(made, p, entry, target_types)
    for role in entry.target * (not targets):
        if role == "compound" and not goods:
            continue
        found: list[Reference] = []
        standing = noun_heads(made, p, role, entry)
        for index in standing:
            if found and _unlike(made, index):
                continue
            found += (
                _typed(made, index, target_types)
                if role == "own"  # by nationality too: "Siemens, a German company"
                else denote(
                    made,
                    index,
                    target_types,
                    over=_over(entry, entry.through),
                )
            )
        if found:
            targets = found
            break
        if standing and role == "against":
            break  # "a protest against taxes in Oslo" is not against Oslo
    if entry.patient and not targets:
        targets = _owned(made, p, entry, target_types)
    sources: list[Reference] = []
    taken = {r.id for r in targets}
    for role in entry.source:
        found = []
        for index in noun_heads(made, p, role, entry):
            references = (
                _lettered(made, _typed(made, index, source_types), p)
                if role == "own"
                else denote(made, index, source_types)
                or _typed(made, index, source_types) * (role == "subject")
            )
            if role == "own" and entry.patient and not p.roles.get("of"):
                # "obtained X's release": it is done to him
                references = [r for r in references if made.type_of(r.id) != "Person"]
            if role == "from":  # "launched attacks from X": the place does nothing
                references = [r for r in references if made.type_of(r.id) != "Place"]
            found += [r for r in references if r.id not in taken and r not in found]
        if found:
            sources = list({r.id: r for r in found}.values())
            break
        if (
            role == "own"
            and not entry.patient
            and any(
                made.doc[i].dep_ == "poss" and r.id in taken
                for i in noun_heads(made, p, role, entry)
                for r in denote(made, i, source_types)
            )
        ):
            break  # "condemned the regime's execution of its critics": not the condemner's
    if entry.compound == "target" and not targets and sources:
        compounds = {
            i for i in p.roles.get("compound", ()) if made.doc[i].pos_ != "ADJ"
        }
        if sources[0].start in compounds or sources[0].end - 1 in compounds:
            targets = sources
            taken = {r.id for r in targets}
            sources = [
                r
                for i in noun_heads(made, p, "subject", entry)
                for r in denote(made, i, source_types)
                if r.id not in taken
            ]
    if entry.parties and sources and not targets and _attended(made, p):
        attending = [
            r
            for i in p.roles.get("subject", ())
            for r in denote(made, i, source_types)
            if r.id not in {s.id for s in sources}
        ]
        return attending, sources
    if entry.issuer and targets and not sources and made.issuer and p.light is None:
        made.add_known(made.issuer)
        if made.issuer not in {t.id for t in targets}:
            sources = [
                Reference(
                    id=made.issuer,
                    start=p.predicate,
                    end=p.last + 1,
                    how="issuer",
                    confidence=0.7,
                )
            ]
    if not relation.deal and not entry.parties and not (sources and targets):
        return none
    return sources, targets


def _typed(made: Cast, index: int, types: Collection[str]) -> list[Reference]:
    return [r for r in made.at.get(index, ()) if made.type_of(r.id) in types]


def _home(made: Cast, entity: str) -> str | None:
    """Return the country that a person or a body is of."""
    name = name_of(made, entity)
    return country_of(made, entity) or (name.of if name and name.of else None)


def _lettered(made: Cast, found: list[Reference], p: Proposition) -> list[Reference]:
    """Leave out what is but a word of a paper's name: "the Conventional Forces treaty"."""
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
        for r in denote(made, i, types, over=_over(entry, entry.through))
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
        or p.link != "object"
        or light not in made.lexicon.cues["passive_light"]
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


def noun_heads(made: Cast, p: Proposition, role: str, entry: Noun) -> list[int]:
    doc = made.doc
    if role == "subject":
        if p.light is None or p.link == "subject":
            return []
        lemma = _light_lemma(doc[p.light], made.lexicon.cues["light"])
        if p.link == "object":
            if lemma in made.lexicon.cues["passive_light"]:
                return []
            known = made.lexicon.cues["light"] - set(entry.shun)
            if lemma not in known and lemma not in entry.light:
                return []
        elif p.link == "for" and lemma in made.lexicon.cues["calling"]:
            if entry.patient:
                return []  # who calls for somebody's release frees nobody
            return list(p.roles.get("subject", ()))
        elif not (entry.parties and p.link in _SUPPORTING) or _idle(doc[p.predicate]):
            return []
        elif p.link == "to" and doc[p.predicate].head.head.pos_ != "VERB":
            return []  # "noted obstacles to talks"
        elif p.link in ("after", "before", "following") and any(
            t.text == "," for t in doc[p.light : p.predicate]
        ):
            return []  # "was sure, after talks with X,": who talked is not told
        return list(p.roles.get("subject", ()))
    if role == "made-in":
        return _origins(made, p, entry.items)
    if role == "guarded":
        # "protect Japan against threats from …": whom the verb above guards
        if p.light is None or p.link not in ("against", "from"):
            return []
        return list(made.clauses.roles(doc[p.light]).get("object", ()))
    if role == "complement":
        return [
            i
            for c in p.roles.get("clause", ())
            for r in ("object", "to", "on", "with", "against")
            for i in made.clauses.roles(doc[c]).get(r, [])
        ]
    if role == "complement-subject":
        return [
            i for c in p.roles.get("clause", ()) for i in made.clauses.subject(doc[c])
        ]
    return filling(made, p, role)


def _light_lemma(verb: Token, light: Collection[str]) -> str:
    """Return a verb's lemma, with its particle where the lexicon knows both: "step up"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if (
            child.dep_ in ("prt", "advmod", "prep")
            and f"{lemma} {child.lower_}" in light
        ):
            return f"{lemma} {child.lower_}"
    return lemma


def _idle(noun: Token) -> bool:
    """Tell whether a noun is but part of a phrase, and no event: "in exchange"."""
    return noun.tag_ == "NN" and not any(not c.is_punct for c in noun.children)


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
        and any(t.lower_ in made.lexicon.cues["military"] for t in child.subtree)
        for child in noun.children
    )
