"""Incumbents: who holds a post without a name on the article's date."""

from __future__ import annotations

import re

from kgbuild.entities import (
    Cast,
    Post,
    Reference,
    country_of,
    holds,
    leads,
    name_of,
)
from kgbuild.institutions import add_referents, co_owners, in_business
from kgbuild.turns import hearer, side, turn_at


def known_owner(made: Cast, role: str, person: str) -> Reference | None:
    """Return the state that a person holds such a post of on the article's date."""
    name, day = name_of(made, person), made.document.date
    if name is None:
        return None
    for term in name.terms:
        if (
            (day is None or holds(term, day))
            and fits(made, role, term.role)
            and term.of
        ):
            made.add_known(term.of)
            return Reference(id=term.of, start=0, end=0, how="known")
    return None


_GENERIC = frozenset(
    {
        "leader",
        "dictator",
        "ruler",
        "strongman",
        "head of state",
        "head of government",
        "president",
        "monarch",
    }
)


def fits(made: Cast, role: str, held: str) -> bool:
    """Tell whether the text's word for a post can mean the post that somebody holds."""
    role, held = _spelled(role), _spelled(held)
    if role == held or role in held.split(" of ")[0].split():
        return True
    if held in role:  # but a vice president is no president
        return not set(role.split()) - set(held.split()) & made.lexicon.cues["deputies"]
    if role in _GENERIC - {"president"}:
        entries = made.lexicon.posts.get(held, ())
        return any(e.scope == ("Country",) for e in entries)
    return False


def _spelled(post: str) -> str:
    """Return one spelling of a post: "secretary of defence" is a "defense secretary".

    >>> _spelled("Minister of Foreign Affairs"), _spelled("Secretary-General")
    ('foreign minister', 'secretary general')
    """
    post = post.lower().replace("-", " ").replace("defence", "defense")
    post = re.sub(r"\bpremier\b", "prime minister", post)
    moved = re.sub(
        r"^(secretary|minister) (?:of|for) (?:the )?(\w+)(?: affairs)?$", r"\2 \1", post
    )
    return post if moved == "state secretary" else moved


def read_unnamed(
    made: Cast,
    left: int,
    start: int,
    end: int,
    role: str,
    owner: Reference | None,
    former: bool,
) -> None:
    """Resolve "the Turkish president" to who it is on the date, else to the state he acts for."""
    doc = made.doc
    noun = doc[end - 1]
    if former or doc[start - 1].lower_ in made.lexicon.cues["others"]:
        return
    if doc[end : end + 1].text == "-" and (
        doc[end + 1 : end + 2].text.lower() in made.lexicon.cues["chosen"]
    ):
        return  # "the Foreign Minister-designate"
    if noun.dep_ in ("compound", "attr", "oprd") or (
        end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].i not in made.at
    ):
        return
    determined = (
        left < start
        and doc[left].lower_ in ("the", "our", "his", "her", "its", "their")
        or owner is not None
        or noun.text[:1].isupper()
    )
    if not determined or (
        left and doc[left].lower_ in ("a", "an", "every", "any", "no", "your")
    ):
        return
    if any(c.lower_ in made.lexicon.cues["partial"] for c in noun.children):
        return  # "some members of Congress"
    if in_business(made, noun):
        return
    whose = doc[left].tag_ == "PRP$" and doc[left].lower_ not in ("our", "my")
    if whose and owner is None:
        return  # "its president": of whom is not known yet
    person = incumbent(made, role, owner, start) if noun.tag_ in ("NN", "NNP") else None
    span = (left if owner is not None and left < start else start, end)
    titular = noun.text[:1].isupper() and left == start and noun.dep_ == "pobj"
    if not person and titular and owner and made.type_of(owner.id) == "Organization":
        return  # "met with Chairman of the Union and Director of the Theatre X"
    if person:
        made.refer(start, end, noun.i, made.add_known(person), "post", 0.85)
        return
    entry = next(iter(made.lexicon.posts[role]), None)
    if (
        owner is not None
        and entry
        and any(
            e.official or "Organization" in e.scope for e in made.lexicon.posts[role]
        )
    ):
        made.refer(span[0], span[1], noun.i, owner.id, "official", 0.6)
        add_referents(made, noun.i, co_owners(made, owner))


def incumbent(
    made: Cast, role: str, owner: Reference | None, before: int
) -> str | None:
    """Return the only person who can be meant by a post without a name."""
    turn = turn_at(made, before)
    if owner is None and before and made.doc[before - 1].lower_ in _ADDRESSES:
        return hearer(made, turn) if turn else None
    told = [
        p
        for p in made.posts
        if (p.role.lower().endswith(role) or p.role.lower().startswith(f"{role} of "))
        and (owner is None or p.of == owner.id)
    ]
    if owner is None and (peer := _of_last(made, role, before)):
        return peer if made.type_of(peer) == "Person" else None
    people = list(dict.fromkeys(p.person for p in reversed(told) if p.start < before))
    foreign = owner is None and _of_another(made, told)
    if len(people) == 1 and not foreign:
        return people[0]
    of = owner.id if owner else side(made, turn) if turn else made.issuer
    if owner is None and turn and {side(made, t) for t in made.turns} - {of, None}:
        return None  # two states speak: whose president is not told
    day = made.document.date
    if of is None or day is None:
        return people[0] if len(people) == 1 else None
    holders = [
        name.id
        for name, term in made.gazetteer.knowledge.holders(of, day)
        if fits(made, role, term.role)
        and (role not in _GENERIC or leads(made.lexicon, term))
    ]
    holders = list(dict.fromkeys(holders)) or people
    if foreign and people and not any(h in made.known for h in holders):
        holders = people  # its own president is nowhere spoken of
    return holders[0] if len(holders) == 1 else None


def _of_last(made: Cast, role: str, before: int) -> str | None:
    """Return who was called so last, by his state's name alone: "the Chadian president"."""
    for start, end in reversed(made.post_spans):
        if start >= before or made.doc[start:end].text.lower() != role:
            continue
        for reference in made.at.get(end - 1, ()):
            state = reference.id
            if reference.how == "post":
                state = country_of(made, state) or state
            elif reference.how != "official":
                return None
            return None if state == made.issuer else reference.id
        return None
    return None


def _of_another(made: Cast, told: list[Post]) -> bool:
    """Tell whether only others' posts were told of, in what a state itself has issued.

    "The President" of a state's own release is its own, whomever it speaks of.
    """
    return made.issuer is not None and all(p.of != made.issuer for p in told)


_ADDRESSES = frozenset({"mr", "mr.", "madam", "madame"})
