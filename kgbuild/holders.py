"""Holders: the name that goes with a post in the text, before, behind or beside it."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.entities import Cast, Reference
from kgbuild.levels import FACT, is_infinitive, own_level


def name_at(made: Cast, i: int) -> tuple[int, int] | None:
    """Return where the name of a person is that a token is of."""
    for reference in made.at.get(i, ()):
        if made.type_of(reference.id) == "Person" and reference.how == "name":
            return reference.start, reference.end
    return None


def holder_of(made: Cast, left: int, start: int, end: int) -> tuple[int, int] | None:
    """Return the name of a post's holder: after it, beside it, before it."""
    doc = made.doc
    i = _past_titles(made, end)
    if found := name_at(made, i) if i < len(doc) else None:
        return found
    if any(t.lower_ == "respectively" for t in made.sentence(start)):
        return None  # "as head of Y and Z, respectively, X and W …"
    noun = doc[end - 1]
    one = noun.tag_ not in ("NNS", "NNPS")
    served = _served(made, start, end)
    if found := (not served and _behind(made, i)) or _in_two_posts(made, i):
        return found
    for child in noun.children if one and not served else ():
        if child.dep_ == "appos" and (found := name_at(made, child.i)):
            return found
    if served:
        return None
    if (
        one
        and i + 1 < len(doc)
        and doc[i].text == ","
        and doc[i + 1].pos_ == "PROPN"
        and noun.dep_ != "conj"
    ) and (found := name_at(made, i + 1 + (doc[i + 1].lower_ in made.lexicon.posts))):
        return found  # "Chad's army chief, General X"
    if one and noun.dep_ == "appos" and (found := name_at(made, noun.head.i)):
        article = doc[left].lower_ == "the" and left == found[1]
        if not article and not _listed(made, found, start):
            return found  # not in "talks with X the President of Y will …"
    if noun.tag_ in ("NNS", "NNPS"):
        return None  # "X, members of Y and others": X is one of a list
    if _posted_before(made, start):
        return None  # "Minister of Y Ann Lee, Deputy Chief of Z Bo Ray"
    if left >= 2 and doc[left - 1].text == "," and (found := name_at(made, left - 2)):
        listed = doc[start].is_title and doc[found[0] - 1].lower_ in made.lexicon.posts
        listed |= _acting_alone(noun)  # "In a letter to X, the President of Y says"
        if not (listed and found[0]):  # "Director X, Deputy Secretary for Y": another
            return found
    verb = _taken_up(made, noun)
    if verb is None or not _happened(made, verb):
        return None
    taker = _taker(made, verb)
    for child in verb.children:
        if child.dep_ == taker and (found := name_at(made, child.i)):
            return found
    return None


def _happened(made: Cast, verb: Token) -> bool:
    """Tell whether a post is told as taken up, and not as hoped for: "so that X becomes head"."""
    if verb.lemma_ == "be":
        return True
    told = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP") for t in told)
    open_ = verb.dep_ in ("advcl", "xcomp") or is_infinitive(verb) or not finite
    return not open_ and own_level(made, verb) == FACT


def _taker(made: Cast, verb: Token) -> str:
    """Return the role of who gets a post: who "became", who "was named", whom one "named"."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return "nsubjpass"
    chosen = verb.lemma_.lower() in made.lexicon.cues["choosing"]
    return "dobj" if chosen else "nsubj"


def _taken_up(made: Cast, noun: Token) -> Token | None:
    """Return the verb by which somebody is in a post or gets it: "became", "took over as"."""
    verb = noun.head
    if noun.dep_ == "attr" and verb.lemma_ == "be":
        return verb
    cues = made.lexicon.cues
    if (
        noun.dep_ in ("attr", "oprd", "dobj")
        and verb.lemma_.lower() in cues["becoming"]
    ):
        return verb
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        verb = noun.head.head
        return verb if verb.lemma_.lower() in cues["serving_as"] else None
    return None


def _listed(made: Cast, name: tuple[int, int], post: int) -> bool:
    """Tell whether a post stands in a list of posts and names, each post before its name."""
    doc, posts = made.doc, made.lexicon.posts
    led = [
        r.start
        for r in dict.fromkeys(
            r for t in made.sentence(post) for r in made.at.get(t.i, ())
        )
        if r.how == "name"
        and made.type_of(r.id) == "Person"
        and r.start
        and doc[r.start - 1].lower_ in posts
    ]
    return doc[post].is_title and name[0] < post and name[0] in led and len(led) > 1


def _posted_before(made: Cast, post: int) -> bool:
    """Tell whether who is named right before a post has one of his own before his name."""
    doc, first = made.doc, made.sentence(post).start
    if not doc[post].is_title or post < 2 or doc[post - 1].text != ",":
        return False
    name = name_at(made, post - 2)
    return name is not None and any(
        first <= p.start < name[0] == p.name[0] for p in made.posts
    )


def _acting_alone(noun: Token) -> bool:
    """Tell whether a post is a subject that no comma closes: no apposition to what is before."""
    last = noun.right_edge
    closed = last.i + 1 < len(noun.doc) and last.nbor(1).text == ","
    return noun.dep_ in ("nsubj", "nsubjpass") and not closed


def _in_two_posts(made: Cast, i: int) -> tuple[int, int] | None:
    """Return the name behind a second post: "Vice President and Foreign Minister X"."""
    doc = made.doc
    if i + 2 >= len(doc) or doc[i].lower_ != "and":
        return None
    for n in (4, 3, 2, 1):
        words = " ".join(t.lower_ for t in doc[i + 1 : i + 1 + n])
        if words in made.lexicon.posts and i + 1 + n < len(doc):
            after = _past_titles(made, i + 1 + n)
            titled = doc[i + 1].is_title and after < len(doc)
            named = name_at(made, after) or _behind(made, after)
            return named if titled else None
    return None


def _served(made: Cast, start: int, end: int) -> bool:
    """Tell whether a post only says whom somebody serves: "the aide to the President of Y, X"."""
    noun = made.doc[end - 1]
    link = start - 1 - (made.doc[start - 1].lower_ == "the")
    before = made.doc[max(link - 1, 0) : max(link + 1, 0)].text.lower().split()
    linked = len(before) == 2 and before[1] in ("to", "of", "for")
    if (
        linked
        and before[0] in made.lexicon.cues["serving"] | made.lexicon.cues["fielded"]
    ):
        return (
            True  # "Presidential Aide to the President of Y", "Office of the President"
        )
    for _ in range(3):  # "the adviser for trade to the President"
        if noun.dep_ != "pobj" or noun.head.i >= start:
            return False
        noun = noun.head.head
        if noun.lemma_.lower() in made.lexicon.cues["serving"]:
            return True
    return False


def _past_titles(made: Cast, i: int) -> int:
    """Return where what follows a post begins: "Defence Minister General of the Army X"."""
    doc = made.doc
    while i < len(doc) and (
        doc[i].lower_ in made.lexicon.cues["titles"]
        or doc[i].text in ("-", "]")
        or doc[i - 1].text == "-"
        and doc[i].lower_ in made.lexicon.cues["chosen"]
    ):
        i += 1
    for n in (4, 1):
        words = " ".join(t.lower_ for t in doc[i : i + n])
        if words in made.lexicon.posts and i + n < len(doc) and name_at(made, i + n):
            return i + n
    return i


_LINKS = frozenset({"of", "for", "to", "and", "&", ",", "the", "'s", "’s", "-", "on"})


def _behind(made: Cast, i: int) -> tuple[int, int] | None:
    """Return the name right behind what a post is of: "Minister of Trade and Energy X".

    What stands behind "and" or a comma is somebody else's: "the head of Y and Z".
    """
    doc, bodies = made.doc, made.lexicon.institutions
    if i >= len(doc) or doc[i].lower_ not in ("of", "for", "to"):
        return None
    for j in range(i + 1, min(i + 20, len(doc))):
        if (found := name_at(made, j)) and j == found[0]:
            return found if doc[j - 1].lower_ not in _LINKS else None
        word = doc[j]
        if (
            word.is_space
            or not (
                word.lower_ in _LINKS
                or word.text in ("(", ")")  # "the head of the Commission (EEC) X"
                or word.pos_ == "PROPN"
                or word.text[:1].isupper()
                or word.lower_ in bodies  # "of the Y faction in the Council X"
                or word.lower_ == "in"
                and doc[j - 1].lower_ in bodies
            )
        ):
            return None
        if word.lower_ in made.lexicon.posts and j not in made.at:
            return None
    return None


def named_after(
    made: Cast, owner: Reference | None, start: int, end: int
) -> tuple[int, int] | None:
    """Return the name set off by commas behind a post's body: "the founder of Y, X, said"."""
    doc = made.doc
    if owner is None or owner.start < end or doc[end].lower_ != "of":
        return None
    if _served(made, start, end):
        return None
    comma = owner.end
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return None
    named = name_at(made, comma + 1)
    closed = named and (named[1] == len(doc) or doc[named[1]].text in (",", ".", ")"))
    return named if closed else None


def person_of(made: Cast, named: tuple[int, int] | None) -> str | None:
    if named is None:
        return None
    return next(r.id for r in made.at[named[0]] if made.type_of(r.id) == "Person")
