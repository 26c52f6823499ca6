"""Institutions: common nouns that stand for a state or one of its organs.

"Russian forces", "the Turkish government", "authorities in Kyiv", "the island of X".
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kgbuild.coordination import conjuncts
from kgbuild.entities import Cast, Reference, coined, country_of, name_of
from kgbuild.gazetteer import SEAT, plain
from kgbuild.lexicon import Institution

_SKIP = frozenset({"’s", "'s", "’", "'"})


def read_institutions(made: Cast) -> None:
    """Let "Russian forces" and "the Turkish government" stand for whom they are."""
    for token in made.doc:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        if token.dep_ in ("compound", "amod") and not _recipient(made, token):
            continue
        if token.i in made.at and made.at[token.i][0].how not in ("class",):
            _shared(made, token)
            continue
        if _place(made, token):
            continue
        if (
            token.lemma_.lower() in made.lexicon.nouns
            and token.dep_ not in ("nsubj", "conj")
            and (token.tag_ != "NNS" or token.lemma_.lower() in made.lexicon.acts)
        ):
            continue  # "Israel's strike" is an act, but "Israeli strikes killed"
        if any(c.dep_ == "appos" and c.i in made.at for c in token.children):
            continue  # "Somalia's Islamist group X" is X, not Somalia
        read_institution(made, token)


def _shared(made: Cast, token: Token) -> None:
    """Read the nationality beside that of a name: "Nigerian and British armed forces"."""
    named = made.at[token.i][0]
    first = named.start - 2
    found = _institution(made, token)
    if (
        first < 0
        or named.how != "name"
        or named.end - named.start < 2
        or found is None
        or found[1].as_ != "organization"
        or made.doc[named.start - 1].dep_ != "cc"
    ):
        return
    countries = [
        r
        for r in made.at.get(first, ())
        if r.how == "adjective" and made.type_of(r.id) == "Country"
    ]
    organs = [_organ(made, r.id, found[1], token, found[0]) for r in countries]
    add_referents(made, token.i, countries, organs)


def _recipient(made: Cast, token: Token) -> bool:
    """Tell whether a noun gets what it seems but to modify: "gave the army permission"."""
    verb = token.head.head
    return verb.pos_ == "VERB" and token.i in made.clauses.roles(verb).get(
        "indirect", ()
    )


def read_institution(made: Cast, token: Token) -> None:
    """Let one noun stand for the institution that it names, if it does and is somebody's."""
    found = _institution(made, token)
    if not found or any(
        c.lower_ in made.lexicon.cues["partial"] for c in token.children
    ):
        return  # "some members of the Senate" are not the Senate
    start, entry = found
    goods = made.at.pop(token.i, None)
    if goods and not _acting(token):
        made.at[token.i] = goods  # "destroyed Russian tanks": the tanks
        return
    _institute(made, token, start, entry)
    if goods:
        made.at.setdefault(token.i, goods)


def _acting(token: Token) -> bool:
    """Tell whether a noun is the one who acts: "Iraqi warplanes attacked"."""
    while token.dep_ == "conj":
        token = token.head
    by = token.dep_ == "pobj" and token.head.lower_ in ("by", "from", "with")
    return by or token.dep_ in ("nsubj", "poss", "nsubjpass")


def _place(made: Cast, token: Token) -> bool:
    """Let "the island of X" and "X province" be X."""
    if token.lemma_.lower() not in made.lexicon.anaphors["Place"]:
        return False
    parts = [
        x
        for c in token.children
        if c.dep_ == "prep" and c.lower_ == "of"
        for x in c.children
    ]
    parts += [c for c in token.children if c.dep_ in ("compound", "appos")]
    for part in parts:
        for reference in made.at.get(part.i, ()):
            if made.type_of(reference.id) == "Place":
                made.at[token.i] = (replace(reference, confidence=0.95),)
                return True
    return False


def _institution(made: Cast, token: Token) -> tuple[int, Institution] | None:
    """Return the entry for the longest institution noun that ends at a token."""
    doc, table = made.doc, made.lexicon.institutions
    if not {token.lower_, token.lemma_.lower()} & made.lexicon.institution_ends:
        return None
    for n in (3, 2, 1):
        start = token.i - n + 1
        if start < 0:
            continue
        words = [t.lower_ for t in doc[start : token.i + 1]]
        for form in (" ".join(words), " ".join([*words[:-1], token.lemma_.lower()])):
            if form in table:
                return start, table[form]
    return None


def _institute(made: Cast, token: Token, start: int, entry: Institution) -> None:
    owner = _possessor(made, token, start)
    if (
        owner is None
        and entry.as_ == "country"
        and made.issuer
        and _own_government(made, token)
    ):
        owner = Reference(
            id=made.add_known(made.issuer), start=start, end=token.i + 1, how="issuer"
        )
    if owner is None:
        owner = _followed(made, token)
    if owner is None and token.is_title and _ministry(entry):
        owner = state_around(made, start, token.i + 1)
    if owner is None or gone(made, owner, token) or in_business(made, token):
        return
    if entry.as_ == "owner" and made.type_of(owner.id) == "Country":
        return  # "Somalia's group" is not Somalia
    between = made.doc[owner.end : start] if owner.end < start else ()
    officials = token.tag_ in ("NNS", "NNPS") and (
        token.lower_.removesuffix("s") in made.lexicon.posts
    )  # "the Chadian Foreign Ministers"
    if (
        any(t.pos_ == "PROPN" and t.is_title for t in between)
        and token.text[:1].isupper()
        and not officials
    ):
        if token.lower_ in made.lexicon.posts:
            return  # "U.S. Special Presidential Envoy": no body
        # a longer name: "U.S. Continental Congress"
        label = plain(made.doc[owner.start : token.i + 1].text)
        body = made.add(coined("Organization", label))
        made.refer(owner.start, token.i + 1, token.i, body, "name")
        return
    seated = entry.as_ == "country" and _seat(made, owner)
    if entry.local and not seated and _of_place(made, token, start, owner):
        return
    if made.type_of(owner.id) == "Person" and _under(made, token, start, entry, owner):
        return
    if made.type_of(owner.id) == "Person" and entry.as_ == "country":
        if entry.personal:
            return
        country = country_of(made, owner.id)
        if country is None:
            return
        owner = replace(owner, id=country)
    if made.type_of(owner.id) == "Place" and entry.as_ == "country":
        if not seated:
            return  # "leaders in New York" need not be its country's
        name = name_of(made, owner.id)
        country = name.of if name else None
        if not country or country not in made.gazetteer.knowledge.names:
            return
        owner = replace(owner, id=made.add_known(country))
    left = min(start, owner.start) if owner.end <= start + 1 else start
    if entry.as_ in ("country", "owner") or made.type_of(owner.id) == "Organization":
        made.refer(left, token.i + 1, token.i, owner.id, "institution", 0.9)
        if token.tag_ in ("NNS", "NNPS"):
            add_referents(made, token.i, co_owners(made, owner))
        return
    if made.type_of(owner.id) != "Country":
        return
    beside = [o for o in co_owners(made, owner) if made.type_of(o.id) == "Country"]
    owners = [owner, *beside]
    organs = [
        _organ(made, o.id, entry, token, start)
        for o in owners
        if made.type_of(o.id) == "Country"
    ]
    made.refer(left, token.i + 1, token.i, organs[0], "institution", 0.85)
    add_referents(made, token.i, beside, organs[1:])


def organ_named(made: Cast, start: int, end: int) -> Reference | None:
    """Return the ministry that words name without its state: "the Foreign Ministry"."""
    entry = made.lexicon.institutions.get(made.doc[start:end].text.lower())
    if entry is None or not _ministry(entry):
        return None
    state = state_around(made, start, end)
    if state is None:
        return None
    organ = _organ(made, state.id, entry, made.doc[end - 1], start)
    return Reference(id=organ, start=start, end=end, how="institution", confidence=0.8)


def _ministry(entry: Institution) -> bool:
    return any(kind.endswith("ministry") for kind in entry.kind)


def state_around(made: Cast, start: int, end: int) -> Reference | None:
    """Return whose a ministry is that goes without its state's name.

    It is of the seat that it is in, of the text's issuer, of the seat that opens the
    sentence, or of the state that the sentence before, in the same paragraph, tells of as
    its subject.
    """
    state = _state_around(made, start, end)
    if state is None:
        return None
    return Reference(id=made.add_known(state), start=start, end=end, how="issuer")


def _state_around(made: Cast, start: int, end: int) -> str | None:
    doc = made.doc
    inside = [
        x.i
        for prep in doc[end : end + 1]
        if prep.lower_ == "in"
        for c in prep.children
        for x in (c, *c.children)
    ]
    if seat := _seated_at(made, inside):
        return seat
    if made.issuer:
        return made.issuer
    first = made.sentence(start).start
    opened = doc[first].lower_ == "in" and doc[first + 2 : first + 3].text == ","
    if opened and first + 2 < start and (seat := _seated_at(made, [first + 1])):
        return seat  # "In Beijing, Foreign Ministry spokesman …"
    for n in (made.number[start] - 1, made.number[start] - 2):
        if n < 0 or "\n" in doc[made.sentences[n].start : start].text:
            return None
        subjects = [
            r.id
            for i in made.clauses.subject(made.sentences[n].root)
            for r in made.at.get(i, ())
        ]
        if subjects:
            one = len(subjects) == 1 and made.type_of(subjects[0]) == "Country"
            return subjects[0] if one else None
    return None


def _seated_at(made: Cast, indexes: list[int]) -> str | None:
    """Return the state that one of the words names, or that has its seat there."""
    for r in (r for i in indexes for r in made.at.get(i, ())):
        name = name_of(made, r.id)
        if made.type_of(r.id) == "Country":
            return r.id
        if name and name.of and made.type_of(r.id) == "Place" and _seat(made, r):
            return name.of
    return None


def in_business(made: Cast, token: Token) -> bool:
    """Tell whether it is no state's people that are spoken of: "German business leaders"."""
    private = made.lexicon.cues["private"]
    return any(
        c.lower_ in private and c.dep_ in ("compound", "amod", "nmod")
        for c in token.children
    )


def gone(made: Cast, reference: Reference, group: Token) -> bool:
    """Tell whether it is said of several that they are no more: "former Soviet republics"."""
    doc, i = made.doc, reference.start
    return (
        group.tag_ in ("NNS", "NNPS")
        and i > 0
        and doc[i - 1].lower_ in made.lexicon.cues["former"]
    )


def _seat(made: Cast, owner: Reference) -> bool:
    """Tell whether a place is where a state is governed from: "the government in Ankara"."""
    text = plain(made.doc[owner.start : owner.end].text)
    return any(k == SEAT for _, k in made.gazetteer.readings.get(text, ()))


def _of_place(made: Cast, token: Token, start: int, owner: Reference) -> bool:
    """Let "a court in Lyon", "the Punjab government" be a body of that place."""
    if made.type_of(owner.id) != "Place":
        return False
    left = min(start, owner.start) if owner.end <= start + 1 else start
    words = made.doc[start : token.i + 1].text.lower()
    body = coined("Organization", f"{made.known[owner.id].label} {words}")
    made.refer(left, token.i + 1, token.i, made.add(body), "institution", 0.8)
    return True


def _under(
    made: Cast, token: Token, start: int, entry: Institution, owner: Reference
) -> bool:
    """Let "Haftar's forces" and "the Obama administration" be the one who leads them.

    Of a government it is the country, where his is known.
    """
    armed = entry.as_ == "organization" and "armed forces" in entry.kind
    governed = entry.as_ == "country" and country_of(made, owner.id) is None
    near = owner.end == start or any(
        t.tag_ == "POS" for t in made.doc[owner.end : owner.end + 1]
    )
    followers = start > owner.start or armed or entry.as_ == "owner"
    if not (near or owner.start > token.i) or not followers:
        return False
    if not (armed or governed or entry.as_ == "owner"):
        return False
    left = min(start, owner.start) if owner.end <= start + 1 else start
    made.refer(left, token.i + 1, token.i, owner.id, "institution", 0.8)
    return True


def _followed(made: Cast, token: Token) -> Reference | None:
    """Return whom armed men are loyal to, or led by: "troops loyal to X"."""
    for child in token.children:
        if child.i < token.i or child.dep_ not in ("amod", "acl", "relcl"):
            continue
        loyal = child.lower_ in ("loyal", "faithful", "allied", "aligned")
        led = child.lower_ in ("led", "commanded")
        for prep in child.children:
            if (loyal and prep.lower_ in ("to", "with")) or (
                led and prep.dep_ == "agent"
            ):
                for head in prep.children:
                    for reference in made.at.get(head.i, ()):
                        if made.type_of(reference.id) != "Weapon":
                            return reference
    return None


def co_owners(made: Cast, owner: Reference) -> list[Reference]:
    """Return the owners beside the first: "Nigerian and British forces", "leaders of X and Y"."""
    doc = made.doc
    i = owner.start - 1
    beside = [c.i for c in conjuncts(doc[max(owner.end - 1, 0)])[1:]]
    if i >= 1 and doc[i].dep_ == "cc":
        beside.append(i - 1)
    found = {
        r.id: r
        for i in beside
        for r in made.at.get(i, ())
        if r.id != owner.id and made.type_of(r.id) in ("Country", "Organization")
    }
    return list(found.values())


def add_referents(
    made: Cast, head: int, owners: list[Reference], ids: list[str] | None = None
) -> None:
    """Let a noun stand for the first owners' side too, each by its own words."""
    more = tuple(
        Reference(id=i, start=o.start, end=o.end, how="institution", confidence=0.8)
        for i, o in zip(ids or [o.id for o in owners], owners, strict=True)
    )
    if more and head in made.at:
        first = made.at[head]
        before = tuple(r for r in more if r.start <= first[0].start or r.end < head)
        after = tuple(r for r in more if r not in before and r.start > head)
        made.at[head] = (*before, *first, *after)


def _own_government(made: Cast, token: Token) -> bool:
    """Tell whether a document of a government says "the Administration" of itself."""
    article = token.i and made.doc[token.i - 1].lower_ == "the"
    if not article or not token.text[:1].isupper():
        return False
    form = token.lower_ in made.lexicon.cues["forms_of_state"]
    return not form or is_called(made, made.issuer or "", token.text)


def is_called(made: Cast, country: str, form: str) -> bool:
    """Tell whether a state's full name says what it is: "Kingdom" of Spain."""
    name = name_of(made, country)
    full = (name.label, *name.aliases) if name else ()
    return any(form in n.split() for n in full)


def _organ(
    made: Cast, country: str, entry: Institution, token: Token, start: int
) -> str:
    """Return a country's institution: the knowledge's, else one named after the country."""
    knowledge = made.gazetteer.knowledge
    for name in knowledge.organs(country):
        if name.kind in entry.kind:
            return made.add_known(name.id)
    readings = made.gazetteer.readings
    own = (
        a for a in knowledge.names[country].adjectives if readings[a][0][0] == country
    )
    adjective = next(own, made.known[country].label)  # "Congolese" is first another's
    label = (
        entry.label
        if entry.label[:1].isupper() or entry.label
        else made.doc[start : token.i + 1].text
    )
    return made.add(coined("Organization", f"{adjective} {label}"))


def _possessor(made: Cast, token: Token, start: int) -> Reference | None:
    """Return the country that a noun belongs to by nationality, possession or "of"."""
    doc = made.doc
    i = start - 1
    while (
        i >= 0
        and (
            doc[i].pos_
            in ("ADJ", "ADV", "NUM", "PART", "NOUN", "PROPN", "PUNCT", "CCONJ")
            or doc[i].text in _SKIP
        )
        and start - i < 6
    ):
        for reference in made.at.get(i, ()):
            return reference if made.type_of(reference.id) != "Weapon" else None
        if doc[i].text == ")" and i > 1 and doc[i - 2].text == "(":
            i -= 3  # "the Muslim Brotherhood (MB) organization"
            continue
        if doc[i].pos_ == "PUNCT" and doc[i].text != "-":
            break
        i -= 1
    act = token.lemma_.lower() in made.lexicon.nouns
    for child in token.children:
        if child.dep_ == "poss":  # "X, whose troops attacked Y" too
            for reference in made.at.get(made.clauses.antecedent(child).i, ()):
                return reference
        if act:
            continue  # "strikes in Syria" are not Syria's
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "from"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    for whose in (inner, *inner.children):
                        if whose == inner or whose.dep_ == "poss":
                            for reference in made.at.get(whose.i, ()):
                                return reference
    return None
