"""Coordination: what stands beside a verb or a noun, where the parser hung it elsewhere."""

from __future__ import annotations

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def beside(verb: Token) -> Token | None:
    """Return what a coordinated verb stands beside, though the parser hung it further up.

    "Called on Chad to leave and stop the war": a base form is beside an infinitive; a bare
    participle is beside another, and beside a finite verb never: "a text on X and urging Y".
    """
    head = verb.head
    if _attributive(verb):
        return None
    if head.tag_ == "VBD" and any(c.lower_ == "would" for c in verb.children):
        said = [c for c in head.children if c.dep_ == "ccomp" and c.i < verb.i]
        return said[-1] if said else head  # "said that it helped X and would help Y"
    if head.tag_ not in _FINITE or any(c.dep_ == "aux" for c in verb.children):
        return head
    between = verb.doc[head.i + 1 : verb.i]
    if verb.tag_ == "VB":
        infinitives = [
            t
            for t in between
            if t.tag_ == "VB" and any(c.tag_ in ("TO", "MD") for c in t.children)
        ]
        return infinitives[-1] if infinitives else head
    if verb.tag_ == "VBG":
        participles = [t for t in between if t.tag_ == "VBG" and t.pos_ == "VERB"]
        return participles[-1] if participles else None
    return head


def _attributive(verb: Token) -> bool:
    """Tell whether a participle that the parser coordinates describes: "his son, jailed banker X"."""
    doc, i = verb.doc, verb.i
    if verb.tag_ not in ("VBD", "VBN") or not verb.lower_.endswith("ed"):
        return False
    while i > 0 and doc[i - 1].pos_ == "ADV":
        i -= 1
    joined = any(c.dep_ in ("cc", "aux", "prep", "agent") for c in verb.children)
    opens = i > 1 and doc[i - 1].text == "," and doc[i - 2].pos_ in ("NOUN", "PROPN")
    object_ = next(
        (c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None
    )
    bare = object_ is not None and object_.left_edge.i == verb.i + 1
    named = bare and any(t.pos_ == "PROPN" for t in object_.subtree)  # type: ignore[union-attr]
    described = named and any(
        t.pos_ == "NOUN" and t.dep_ == "compound"
        for t in object_.children  # type: ignore[union-attr]
    )
    return opens and described and not joined and verb.head.i < i


def run_on(verb: Token) -> Token | None:
    """Return the first subject of a finite verb, where the parser ran it on to the list before.

    "When X invaded Kuwait, Chad and Peru protested": the list ends at the clause's comma.
    """
    if not _lacks_subject(verb):
        return None
    end = verb.i - 1
    while end and verb.doc[end].head == verb and verb.doc[end].dep_ in _WITHIN:
        end -= 1
    if verb.doc[end].pos_ not in NOMINAL:
        return None
    chain: list[Token] = []
    for token in (verb.doc[end], *verb.doc[end].ancestors):
        if token.right_edge.i != end or token.pos_ in ("VERB", "AUX"):
            break
        if token.dep_ == "conj" or chain:
            chain.append(token)
        if chain and token.dep_ != "conj":
            break
    chain.reverse()
    if len(chain) < 2 or chain[0].dep_ in ("nsubj", "nsubjpass"):
        return None
    above = list(chain[0].ancestors)
    if verb in above:  # a clause in front
        gaps = [c for c in chain[1:] if _after_comma(c)]
        return gaps[0] if gaps else None
    coordinated = verb.dep_ in ("conj", "advcl", "ccomp", "dep") and verb.head in above
    return chain[-1] if coordinated else None


_WITHIN = frozenset({"aux", "auxpass", "neg", "advmod"})


def _lacks_subject(verb: Token) -> bool:
    finite = verb.tag_ in _FINITE or any(
        c.tag_ in (*_FINITE, "MD") and c.dep_ in _WITHIN for c in verb.children
    )
    own = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
    return finite and not any(c.dep_ in own for c in verb.children)


def _after_comma(part: Token) -> bool:
    return part.left_edge.i > 0 and part.left_edge.nbor(-1).text == ","


def conjuncts(token: Token) -> list[Token]:
    """Return a noun phrase's head with all that is coordinated to it in its clause."""
    found = [token]
    for current in found:
        found.extend(
            c
            for c in current.children
            if c.dep_ == "conj"
            and c.pos_ != "VERB"
            and _beside(current, c)
            and (not _owning(c) or _owning(token))
            or _listed(current, c)
        )
    if (first := _swallowed(token)) is not None and first not in found:
        found.append(first)
    if len(found) > 1 and (first := _next_clause(max(found))) and token.i < first.i:
        found = [t for t in found if t.i < first.i]
    return sorted(found)


def _listed(first: Token, other: Token) -> bool:
    """Tell whether the parser took the second name of a list for another name of the first.

    "Saudi Arabia, the United Arab Emirates, Bahrain and Egypt cut ties".
    """
    places = ("GPE", "ORG", "NORP")
    return (
        other.dep_ == "appos"
        and first.ent_type_ in places
        and other.ent_type_ == first.ent_type_
        and any(c.dep_ == "conj" and c.ent_type_ in places for c in other.children)
    )


def _swallowed(name: Token) -> Token | None:
    """Return a person's name that the parser put among what describes the next one's.

    "Russian security chief Ann Lee and rebel commander Bo Ray signed": both signed.
    """
    if name.dep_ in ("compound", "conj") or name.pos_ != "PROPN":
        return None
    for child in name.lefts:  # "the European Union and South American bloc Mercosur"
        kinds = [c for c in child.children if c.dep_ == "conj" and not c.ent_type_]
        named = child.dep_ == "nmod" and child.ent_type_ in ("ORG", "GPE", "PERSON")
        if named and kinds and any(c.dep_ == "cc" for c in child.children):
            return child
    if name.ent_type_ != "PERSON":
        return None
    for joint in name.doc[name.left_edge.i + 1 : name.i]:
        last = joint.nbor(-1)
        if (
            joint.lower_ == "and"
            and last.pos_ == "PROPN"
            and last.ent_type_ in ("PERSON", "")
            and joint.nbor(1).pos_ != "PUNCT"
            and last.dep_ in ("nmod", "compound", "amod")
            and any(
                t.is_lower or t.ent_type_ == "" for t in name.doc[joint.i + 1 : name.i]
            )
        ):
            return last
    return None


def _next_clause(last: Token) -> Token | None:
    """Return the first of a list that is the subject of the verb after it, if any is."""
    for token in last.doc[last.right_edge.i + 1 : last.right_edge.i + 5]:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in _WITHIN:
            return run_on(token)
        if token.dep_ not in _WITHIN:
            break
    return None


def _owning(token: Token) -> bool:
    """Tell whether a name is an owner's: "Chad and Peru's role"."""
    return any(c.tag_ == "POS" for c in token.children)


def _joined(token: Token) -> bool:
    """Tell whether a conjunction stands anywhere in the rest of an enumeration."""
    return any(
        c.dep_ == "cc" or c.dep_ == "conj" and _joined(c) for c in token.children
    )


def _beside(first: Token, other: Token) -> bool:
    """Tell whether a coordination is near enough to be trusted across a clause."""
    between = first.doc[first.i + 1 : other.left_edge.i]
    if first.ent_type_ == "PERSON" and other.ent_type_ == "ORG" and not _joined(first):
        return False  # "X Y, Office of Z, Ministry of Z": where X Y works
    if not any(t.pos_ == "VERB" for t in between):
        return True
    marks = [t for t in between if t.dep_ == "cc" or t.is_punct]
    return (
        bool(marks)
        and marks[-1].i >= other.left_edge.i - 2
        and any(t.text in (",", ";") for t in marks[-2:])
    )
