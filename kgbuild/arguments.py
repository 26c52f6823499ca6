"""Arguments: the heads that fill the roles of a verb or of a noun of an act."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kgbuild.coordination import conjuncts
from kgbuild.denote import OWNED, OWNER, THROUGH
from kgbuild.entities import Cast, Reference
from kgbuild.goods import is_goods
from kgbuild.lexicon import Noun, Verb
from kgbuild.propositions import Proposition


def reach(entry: Verb | Noun, through: bool) -> tuple[str, ...] | None:
    """Return the prepositions over which a phrase leads to whom it is done, if any."""
    if isinstance(entry, Verb) and entry.over:
        return entry.over
    if not through:
        return None
    if isinstance(entry, Verb) and entry.owner:
        return OWNER
    return OWNED if entry.owned else THROUGH


def narrowed(wanted: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(t for t in wanted if t in allowed) if wanted else allowed


def _finite(verb: Token) -> bool:
    """Tell whether a clause has a subject or a modal of its own: "that X should go"."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass") or c.tag_ == "MD" for c in verb.children
    )


def is_one(made: Cast, index: int, wanted: tuple[str, ...]) -> bool:
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
            and (c.lower_ == "of" or c.lower_ == "in" and token.ent_type_ == "MONEY")
            and any(is_one(made, x.i, wanted) for x in c.children if x.dep_ == "pobj")
            for c in token.children
        )
    )


def heads(made: Cast, p: Proposition, role: str, entry: Verb) -> list[int]:
    doc = made.doc
    if role == "predicated":
        return (
            list(p.roles.get("object", ()))
            if p.roles.get("predicated") and not _flattering(made, p)
            else []
        )
    if role == "judged":
        told = p.roles.get("predicated") or p.roles.get("as")
        return list(p.roles.get("object", ())) if told else []
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
            if not any(c.dep_ == "neg" for c in doc[clause].children)
            for r in ("indirect", "to", "with", "from", "for")
            for i in made.clauses.roles(doc[clause]).get(r, [])
        ]
    if role == "condition":
        return _conditioned(made, p)
    if role == "addressee":
        return _addressee(made, doc[p.predicate])
    if role == "contacted":
        return _contacted(made, doc[p.predicate])
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
            elif child.dep_ in ("amod", "compound", "nmod") and named_at(
                made, child.i, ("Country",)
            ):
                found.append(child.i)  # "Russian jets", "US arms"
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


def _conditioned(made: Cast, p: Proposition) -> list[int]:
    """Return whose act something depends on: "threatened to strike unless Chad …"."""
    doc = made.doc
    return [
        i
        for verb in (p.predicate, *p.roles.get("clause", ()))
        for clause in doc[verb].children
        if clause.dep_ == "advcl"
        and any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless", "until")
            for c in clause.children
        )
        for i in made.clauses.subject(clause)
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


def _contacted(made: Cast, verb: Token) -> list[int]:
    """Return whom somebody calls to say something: "telephoned X to express support"."""
    over = verb.head
    purpose = verb.dep_ in ("xcomp", "advcl") and verb.i > over.i
    spoken = verb.tag_ == "VBG" or any(c.tag_ == "TO" for c in verb.children)
    if not (purpose and spoken) or over == verb:
        return []
    if over.lemma_.lower() not in made.lexicon.cues["contacting"]:
        return []
    roles = made.clauses.roles(over)
    return [
        i for role in ("object", "indirect", "to", "with") for i in roles.get(role, ())
    ]


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


def named_at(made: Cast, index: int, types: Collection[str]) -> list[Reference]:
    return [r for r in made.at.get(index, ()) if made.type_of(r.id) in types]


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
        elif owned_to(made, p, "claiming") or owned_to(made, p, "disclaiming"):
            return list(p.roles.get("subject", ()))
        elif p.link in ("on", "of") and lemma in entry.light:
            return list(p.roles.get("subject", ()))  # "embarked on a visit"
        elif not (entry.parties and p.link in _SUPPORTING) or _idle(doc[p.predicate]):
            return []
        elif p.link == "to" and doc[p.predicate].head.head.pos_ != "VERB":
            return []  # "noted obstacles to talks"
        elif p.link in ("after", "before", "following") and any(
            t.text == "," for t in doc[p.light : p.predicate]
        ):
            return []  # "was sure, after talks with X,": who talked is not told
        if p.link == "for" and lemma in made.lexicon.cues["sending"]:
            return list(made.clauses.roles(doc[p.light]).get("object", ()))
        return list(p.roles.get("subject", ()))
    if role == "made-in":
        return _origins(made, p, entry.items)
    if role == "named" and doc[p.predicate].tag_ != "NNS":
        return filling(made, p, role)[:1]  # "Patriot maker X and Y": Y makes none
    if role == "contacted":
        if p.light is None or p.link != "object":
            return []
        return _contacted(made, doc[p.light])
    if role == "appositive" and doc[p.predicate].tag_ == "NNS":
        several = filling(made, p, role)  # "Europe, Chad's ports": a list
        return several if len(several) > 1 else []
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
            i
            for c in p.roles.get("clause", ())
            for i in made.clauses.subject(doc[c])
            if i not in noun_heads(made, p, "subject", entry)
        ]
    return filling(made, p, role)


def owned_to(made: Cast, p: Proposition, how: str) -> bool:
    """Tell whether somebody owns to an act or not: "claimed responsibility for the attack"."""
    cues, prep = made.lexicon.cues, made.doc[p.predicate].head
    return (
        p.light is not None
        and made.doc[p.light].lemma_.lower() in cues[how]
        and p.link == "for"
        and prep.head.dep_ == "dobj"
        and prep.head.lemma_.lower() in cues["guilt"]
    )


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
