"""Anaphora: nouns that point back, "the regime", "his country", "the two presidents", "the North"."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.coordination import conjuncts
from kgbuild.entities import (
    Cast,
    Post,
    country_of,
    holds,
    leads,
    name_of,
    point,
    refs,
)
from kgbuild.institutions import is_called, read_institution

_REACH = 3  # sentences back


def read_noun(made: Cast, token: Token) -> None:
    left = token.i
    while (
        left
        and made.doc[left - 1].head == token
        and made.doc[left - 1].i == left - 1
        and made.doc[left - 1].dep_
        in ("det", "poss", "nummod", "amod", "predet", "compound")
    ):
        left -= 1
    first = made.doc[left]
    lemma = token.lemma_.lower()
    words = {t.lower_ for t in made.doc[left : token.i]}
    if (
        first.tag_ == "PRP$"
        and token.dep_ in ("nsubj", "nsubjpass")
        and lemma not in made.lexicon.anaphors["Country"]
    ):
        read_institution(made, token)  # "its forces", where they act
        return
    if token.tag_ in ("NNS", "NNPS"):
        if (
            words & {"two", "both"}
            and token.lemma_.lower() in made.lexicon.anaphors["Pair"]
        ):
            _pair(made, token, left)
        return
    if (
        token.lower_
        in made.lexicon.directions["North"] | made.lexicon.directions["South"]
    ):
        _direction(made, token)
        return
    if first.tag_ == "PRP$" or first.dep_ == "poss":
        _owned(made, token, left, lemma)
        return
    if first.lower_ not in ("the", "this", "that") or left == token.i:
        return
    titled = [t for t in made.doc[left + 1 : token.i] if t.text[:1].isupper()]
    if any(
        c.i > token.i
        and (
            c.lower_ in ("of", "in")
            or c.dep_ in ("relcl", "acl")
            and c.left_edge.i == token.i + 1
            and not any(a.dep_ == "agent" for a in c.children)
        )
        for c in token.children
    ):
        return  # "the body that …" tells itself which it is; "the regime led by X" does not
    if any(
        c.dep_ == "appos" and c.i > token.i and c.pos_ == "PROPN"
        for c in token.children
    ):
        return  # "the organisation, NATO": named at once
    for type_, nouns in made.lexicon.anaphors.items():
        if type_ in ("Pair", "Person", "Place") or lemma not in nouns:
            continue
        found = _salient(made, token, (type_,))
        if type_ == "Country" and lemma in made.lexicon.cues["forms_of_state"]:
            found = _formed(made, token, lemma)
        if titled and not any(found in refs(made, t.i, (type_,)) for t in titled):
            return  # "the Nationalist government": one that has a name
        if (
            found
            and found == made.issuer
            and lemma in made.lexicon.cues["hostile_names"]
        ):
            return  # no state calls itself "the regime"
        if found and type_ == "Organization" and not _called(made, found, lemma):
            return  # "the alliance" is no body that nobody calls so
        if found and not (type_ == "Country" and _of_another(made, token, found)):
            point(made, left, token.i + 1, token.i, [found], "anaphor", 0.7)
        return


def read_two(made: Cast, token: Token) -> None:
    """Resolve "the two" where it stands by itself as one who acts: "the two agreed to …"."""
    bare = not any(c.i > token.i for c in token.children)
    acting = token.dep_ in ("nsubj", "nsubjpass") and token.head.pos_ in ("VERB", "AUX")
    if acting and bare and token.i and token.nbor(-1).lower_ == "the":
        _pair(made, token, token.i - 1)


def read_form(made: Cast, token: Token) -> None:
    """Resolve "the Kingdom" where the text before it has one state called so in full."""
    left = token.i - 1
    if left < 0 or made.doc[left].lower_ != "the" or not token.text.istitle():
        return
    if any(c.lower_ == "of" for c in token.children):
        return
    told = {
        r.id
        for t in made.doc[:left]
        for r in made.at.get(t.i, ())
        if made.type_of(r.id) == "Country"
    }
    called = [i for i in sorted(told) if is_called(made, i, token.text)]
    if len(called) == 1:
        point(made, left, token.i + 1, token.i, called, "anaphor", 0.8)


def _formed(made: Cast, token: Token, form: str) -> str | None:
    """Return the last state told of whose full name says its form: "the kingdom"."""
    for t in reversed(made.doc[: token.i]):
        for i in refs(made, t.i, ("Country",)):
            if is_called(made, i, form.capitalize()):
                return i
    return None


_ANY_BODY = frozenset(
    {"company", "firm", "group", "organization", "organisation", "agency", "body"}
)


def _called(made: Cast, entity: str, noun: str) -> bool:
    """Tell whether a body can be called by a noun: known, so named, or by a noun for any."""
    name, kinds = name_of(made, entity), made.lexicon.called.get(noun)
    if name is not None and kinds:
        return name.kind in kinds
    named = noun in made.lexicon.cues["named_so"]
    if noun in _ANY_BODY or (name is not None and not named):
        return True
    return noun in made.known[entity].label.lower()


def _of_another(made: Cast, token: Token, country: str) -> bool:
    """Tell whether somebody of another country is spoken of nearer than a country."""
    here = [t for t in made.sentence(token.i) if t.i < token.i]
    if any(country in refs(made, t.i, ("Country",)) for t in here):
        return False
    people = [p for t in here for p in refs(made, t.i, ("Person",))]
    return any(_own_country(made, p) not in (country, None) for p in people)


def _owned(made: Cast, token: Token, left: int, lemma: str) -> None:
    """Resolve "his country", "her government", "its regime"."""
    if lemma not in made.lexicon.anaphors["Country"]:
        return
    for child in token.children:
        owners = made.at.get(child.i, ()) if child.dep_ == "poss" else ()
        countries = {_own_country(made, r.id) for r in owners}
        if len(countries) == 1 and (country := countries.pop()):
            point(made, left, token.i + 1, token.i, [country], "anaphor", 0.85)
            return


def _own_country(made: Cast, entity: str) -> str | None:
    type_ = made.type_of(entity)
    if type_ == "Person":
        return country_of(made, entity)
    return entity if type_ == "Country" else None


def _salient(made: Cast, token: Token, types: tuple[str, ...]) -> str | None:
    """Return the entity last spoken of that "the country" can mean, names before adjectives."""
    n = made.number[token.i]
    for back in range(_REACH + 1):
        if n - back < 0:
            break
        tokens = [t for t in made.sentences[n - back] if t.i < token.i]
        named = list(dict.fromkeys(r for t in tokens for r in refs(made, t.i, types)))
        subjects = (
            [
                r
                for i in made.clauses.subject(made.sentences[n - back].root)
                if i < token.i
                for c in conjuncts(made.doc[i])
                for r in refs(made, c.i, types)
            ]
            if back
            else []
        )
        if subjects:
            return subjects[0] if len(set(subjects)) == 1 else None
        if named:
            return named[0] if len(named) == 1 else _last(made, tokens, types)
        called = list(
            dict.fromkeys(
                r.id
                for t in tokens
                for r in made.at.get(t.i, ())
                if made.type_of(r.id) in types
            )
        )
        if len(called) == 1 and back:
            return called[0]
    return None


def _last(made: Cast, tokens: list[Token], types: tuple[str, ...]) -> str | None:
    for t in reversed(tokens):
        if found := refs(made, t.i, types):
            return found[0]
    return None


def _pair(made: Cast, token: Token, left: int) -> None:
    """Resolve "the two presidents", "both countries": the last two of that type."""
    if any(c.dep_ == "prep" and c.lower_ in ("of", "in") for c in token.children):
        return  # "both sides of the ocean"
    if any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children):
        return  # "our two countries, Peru and Chad"
    noun = token.lemma_.lower()
    wanted: tuple[str, ...] = ("Country",)
    if noun in made.lexicon.anaphors["Person"] or noun in ("leader", "man", "head"):
        wanted = ("Person",)
    elif noun in ("side", "party"):
        wanted = ("Country", "Organization")
    elif noun == "two":
        wanted = ("Person",)
        if _people_near(made, left) < 2:
            return
    elif noun in ("ally", "rival"):
        wanted = ("Country", "Person", "Organization")
    n = made.number[token.i]
    seen: dict[str, int] = {}
    besides = _acting_on(made, token)
    for sentence in reversed(made.sentences[max(0, n - 2 * _REACH) : n + 1]):
        for t in reversed([t for t in sentence if t.i < left]):
            for r in made.at.get(t.i, ()):
                if (
                    made.type_of(r.id) in wanted
                    and r.how not in ("class",)
                    and r.id not in besides
                ):
                    seen.setdefault(r.id, t.i)
        if (
            len([i for i in seen if wanted != ("Person",) or _in_post(made, i, noun)])
            >= 2
        ):
            break
    ids = list(seen)
    if wanted == ("Person",):
        posted = [i for i in ids if _in_post(made, i, noun)]
        ids = posted if posted or noun in made.lexicon.posts else ids
    if len(ids) > 1 and wanted != ("Country",):
        ids = [i for i in ids if made.type_of(i) == made.type_of(ids[0])]
    if len(ids) == 2 and _third(made, token, left, ids, besides):
        return
    if len(ids) == 2:
        point(made, left, token.i + 1, token.i, sorted(ids), "anaphor", 0.75)
        _shared_post(made, token, ids)
    elif len(ids) > 2:
        made.abstained.append(
            (
                made.doc[left].idx,
                token.idx + len(token.text),
                "more than two may be meant",
            )
        )


def _people_near(made: Cast, left: int) -> int:
    """Return how many people the sentence and the one before it have named."""
    first = made.sentences[max(0, made.number[left] - 1)].start
    return len(
        {
            r.id
            for i in range(first, left)
            for r in made.at.get(i, ())
            if made.type_of(r.id) == "Person"
        }
    )


def _third(
    made: Cast, token: Token, left: int, ids: list[str], besides: set[str]
) -> bool:
    """Tell whether the same sentence tells before of somebody of a third state.

    "The minister of Chad said that the two sides …": one of them is Chad's.
    """
    if any(made.type_of(i) != "Country" for i in ids):
        return False
    told = {
        owner
        for t in made.sentence(token.i)
        if t.i < left
        for r in made.at.get(t.i, ())
        if (owner := _own_country(made, r.id) or _owner_of(made, r.id))
    }
    return bool(told - set(ids) - besides)


def _owner_of(made: Cast, entity: str) -> str | None:
    """Return the state that a body is of."""
    name = name_of(made, entity)
    names = made.gazetteer.knowledge.names
    of = name.of if name and made.type_of(entity) == "Organization" else ""
    return of if of in names and names[of].type == "Country" else None


def _acting_on(made: Cast, token: Token) -> set[str]:
    """Return who does something to a pair, and so is not of it: "X urged both sides"."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ not in ("dobj", "pobj", "nsubj") or verb.pos_ != "VERB":
        return set()
    over = verb.head if token.dep_ == "nsubj" and verb.dep_ == "ccomp" else verb
    if token.dep_ == "nsubj" and over is verb:
        return set()
    doers = {r.id for i in made.clauses.subject(over) for r in made.at.get(i, ())}
    served = {p.of for p in made.posts if p.person in doers}
    return doers | served | {c for d in doers if (c := _own_country(made, d))}


def _in_post(made: Cast, person: str, noun: str) -> bool:
    """Tell whether somebody is known as one of "the leaders", "the presidents"."""
    name, day = name_of(made, person), made.document.date
    if any(
        p.person == person and noun in (p.role.lower().split()[-1], "leader")
        for p in made.posts
    ):
        return True
    return name is not None and any(
        (day is None or holds(t, day))
        and leads(made.lexicon, t)
        and noun in (t.role.lower().split()[-1], "leader")
        for t in name.terms
    )


def _shared_post(made: Cast, token: Token, ids: list[str]) -> None:
    """ "the two presidents" tells each one's post, where the date makes it known whose."""
    day, role = made.document.date, token.lemma_.lower()
    entries = made.lexicon.posts.get(role)
    if not entries or day is None:
        return
    for person in ids:
        name = name_of(made, person)
        if name is None or made.type_of(person) != "Person":
            continue
        for term in name.terms:
            if (
                holds(term, day)
                and leads(made.lexicon, term)
                and role in (term.role.lower(), "leader")
                and term.of in made.gazetteer.knowledge.names
            ):
                made.add_known(term.of)
                span = (token.i, token.i + 1)
                made.posts.append(
                    Post(
                        person=person,
                        relation=entries[0].relation,
                        of=term.of,
                        role=term.role,
                        start=token.i,
                        end=token.i + 1,
                        name=span,
                        owner=span,
                        told=False,
                    )
                )
                break


def _direction(made: Cast, token: Token) -> None:
    """Resolve "the North" where the text has one country of that name."""
    if token.i == 0 or token.nbor(-1).lower_ != "the":
        return
    word = token.lower_.capitalize()
    ids = {
        e.id
        for e in made.known.values()
        if e.type == "Country" and e.label.startswith(word + " ")
    }
    if len(ids) == 1 and not (
        token.i + 1 < len(made.doc) and made.doc[token.i + 1].pos_ == "PROPN"
    ):
        point(made, token.i - 1, token.i + 1, token.i, ids, "anaphor", 0.9)
