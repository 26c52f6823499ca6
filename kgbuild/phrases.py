"""Phrases: the arguments that stand beside a verb in its own clause, by role.

What the parser hangs on the wrong word is put right here; what another clause hides is found
by :mod:`kgbuild.clauses`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from spacy.tokens import Token

Roles = dict[str, list[int]]


def _parted(verb: Token, clause: Token) -> bool:
    """Tell whether a semicolon parts two clauses: "Chad fires missiles; Peru demands talks"."""
    first, last = sorted((verb.i, clause.i))
    return any(t.text == ";" for t in verb.doc[first:last])


def _hailed(verb: Token, name: Token) -> Token | None:
    """Return the state that acts behind the name of who is spoken to: "Tony, Turkey has …"."""
    if name.ent_type_ != "PERSON":
        return None
    return next(
        (
            c
            for c in name.children
            if c.dep_ == "appos"
            and c.ent_type_ == "GPE"
            and name.i < c.i <= c.right_edge.i < verb.i
            and c.nbor(-1).text == ","
            and c.right_edge.nbor(1).text != ","
        ),
        None,
    )


_GERUND = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "conj", "ROOT"})


def _misplaced(taker: Token) -> Token | None:
    """Return the counted thing that the parser hung on a name right before it, as its other name."""
    if taker.pos_ != "PROPN":
        return None
    return next(
        (
            c
            for c in taker.children
            if c.dep_ == "appos"
            and c.pos_ == "NOUN"
            and c.left_edge.i == taker.i + 1
            and c.left_edge.dep_ in ("nummod", "quantmod", "det")
        ),
        None,
    )


def is_passive(verb: Token) -> bool:
    """Tell whether a verb's grammatical subject is what it is done to."""
    if verb.tag_ != "VBN":
        return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if auxiliaries:
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head) if verb.head.tag_ == "VBN" else False
    return verb.dep_ in (
        "acl",
        "advcl",
        "amod",
        "relcl",
        "ROOT",
        "pcomp",
        "oprd",
        "ccomp",
        "xcomp",
    ) and not any(c.dep_ == "nsubj" for c in verb.children)


def own_roles(
    verb: Token,
    antecedent: Callable[[Token], Token],
    cues: Mapping[str, Collection[str]],
) -> Roles:
    """Return the heads that fill the roles of a verb by its own phrases."""
    found: Roles = {}

    def add(role: str, token: Token) -> None:
        found.setdefault(role, []).append(antecedent(token).i)

    for child in verb.children:
        dep = child.dep_
        if dep == "nsubj" and _talked_with(verb, cues):
            continue
        if dep == "advcl" and _talked_with(child, cues):
            for met in child.children:
                if met.dep_ == "nsubj":
                    add("with", met)
        if dep == "nsubj":
            add("subject", child)
        elif dep in ("dobj", "obj") and _begins_clause(verb, child):
            continue
        elif dep == "nsubjpass" or dep in ("dobj", "obj"):
            add("object", child)
        elif dep == "agent":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    add("subject", inner)
        elif dep == "dative":
            heads = [c for c in child.children if c.dep_ == "pobj"] or [child]
            for inner in heads:
                add("indirect", inner)
        elif dep == "oprd" and _called(verb, child):
            add("object", child)
        elif dep in ("attr", "oprd", "acomp"):
            add("predicated", child)
        elif dep == "ccomp" and (styled := _styled(child, cues)):
            add("object", styled)
        elif dep in ("xcomp", "ccomp") or (
            dep == "advcl" and child.i > verb.i and _for_to(child)
        ):
            if _parted(verb, child):
                continue
            found.setdefault("clause", []).append(child.i)
            if _for_to(child):  # "allowing for X to act"
                found["for-clause"] = [child.i]
        elif dep in ("prep", "prt", "advmod") and child.tag_ != "JJ":
            add_phrases(child, add, found)  # not in "stop acts inconsistent with X"
    if _put_in(verb) and "clause" not in found:
        found["clause"] = [verb.head.i]  # "Chad, he said, had broken the truce"
    if verb.tag_ == "VBG" and verb.dep_ in _GERUND and "object" not in found:
        for role, preposition in (("object", "of"), ("subject", "by")):
            if role not in found and preposition in found and "of" in found:
                found[role] = list(found[preposition])  # "the shelling of X by Y"
    if "subject" not in found and (first := _misread(verb)):
        add("subject", first)
    if "object" not in found and (held := _misread_object(verb)):
        add("object", held)
    if doer := _compounded(verb, cues.get("loose", ())):
        add("subject", doer)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if len(subjects) == 2 and _whose(subjects[0]) and "object" not in found:
        # "X, whose offer in July Chad had turned down"
        found["subject"] = [antecedent(subjects[1]).i]
        add("object", subjects[0])
    elif len(subjects) > 1 and (
        subjects[-1].left_edge.nbor(-1).text == "," or subjects[-1].pos_ == "PRON"
    ):  # "Welcoming X, Y said": X belongs to what is in front; "Well, Ann, we …"
        found["subject"] = [antecedent(subjects[-1]).i]
    for taker in [c for c in verb.children if c.dep_ in ("dative", "dobj")]:
        if goods := _misplaced(taker):  # "sold Egypt two radars": hung on Egypt
            found["object"] = [o for o in found.get("object", ()) if o != taker.i]
            add("object", goods)
            if taker.dep_ == "dobj":
                add("indirect", taker)
    for child in verb.children:
        if child.dep_ == "nsubj" and (acting := _hailed(verb, child)):
            found["subject"] = [acting.i]  # "Tony, Turkey has supported it"
    for held_by in found.get("predicated", ()):
        if verb.doc[held_by].pos_ in ("ADJ", "VERB"):
            for child in verb.doc[held_by].children:
                if child.dep_ == "prep":
                    add_phrases(child, add, found)
    objects = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj")]
    if len(objects) == 2 and _sums_up(objects[1]):
        found["object"].remove(antecedent(objects.pop()).i)
    if len(objects) == 2 and objects[0].pos_ in ("PROPN", "PRON"):
        # "sold Egypt dozens of tanks", "Egypt was sold tanks": the first gets the second
        if verb.lemma_.lower() in cues.get("naming", ()):  # "branded X a liar"
            found["object"].remove(antecedent(objects[1]).i)
            add("predicated", objects[1])
        else:
            found["object"].remove(antecedent(objects[0]).i)
            add("indirect", objects[0])
    for dobj in list(found.get("object", ())):
        # "imposed sanctions on Russia": the parser may hang the phrase on either
        held = verb.doc[dobj]
        if held.head == verb:
            for child in held.children:
                if held.lemma_.lower() in cues.get("mutual", ()) and (
                    verb.lemma_.lower() in cues.get("airing", ())
                ):
                    continue  # "discussed the partnership with Chad": not with Chad
                if (
                    not _sent_on(verb, held)
                    and child.left_edge.i == verb.i + 1
                    and child.pos_ == "PROPN"
                    and child.dep_ in ("nmod", "compound")
                ):
                    add("indirect", child)  # "gave Somalia humanitarian aid"
                if child.dep_ == "compound" and _received(verb, held, child, cues):
                    add("indirect", child)
                if child.dep_ == "prep" and child.lower_ == "of":
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            add("object-of", inner)
                        for (
                            deeper
                        ) in inner.children:  # "returned dozens of paintings to"
                            if deeper.dep_ == "prep" and deeper.lower_ not in (
                                *found,
                                "of",
                            ):
                                add_phrases(deeper, add, found)
                elif child.dep_ == "prep" and child.lower_ not in found:
                    add_phrases(child, add, found)
                elif child.dep_ in ("acl", "relcl", "advcl") and _for_to(child):
                    found.setdefault("clause", []).append(child.i)
                elif child.dep_ == "acl" and child.lemma_ in cues.get("placed", ()):
                    for aimed in (
                        child.children
                    ):  # "fired rounds aimed at", "sanctions imposed on"
                        if aimed.dep_ == "prep":
                            add_phrases(aimed, add, found)
    return found


def _sums_up(noun: Token) -> bool:
    """Tell whether a noun only says what a clause was: "accused X of lying, a charge that …"."""
    first = noun.left_edge
    apart = first.i > 0 and first.nbor(-1).text == ","
    return apart and noun.pos_ == "NOUN" and first.lower_ in ("a", "an")


def _styled(clause: Token, cues: Mapping[str, Collection[str]]) -> Token | None:
    """Return what a clause only gives a name to: "condemned what he called Chad's lies"."""
    word = clause.lemma_.lower()
    if not any(word in cues.get(k, ()) for k in ("naming", "taking_in")):
        return None
    if not any(c.tag_ == "WP" and c.lower_ == "what" for c in clause.children):
        return None
    named = [c for c in clause.children if c.dep_ in ("oprd", "dobj", "attr")]
    named += [
        x
        for c in clause.children
        if c.dep_ == "prep" and c.lower_ == "as"
        for x in c.children
        if x.dep_ == "pobj"
    ]
    return next((c for c in named if c.i > clause.i), None)


def _put_in(verb: Token) -> bool:
    """Tell whether a verb of saying stands amid what is said, between commas."""
    if verb.dep_ != "parataxis" or not verb.i < verb.head.i:
        return False
    words = [t.i for t in verb.subtree if not t.is_punct]
    first, last = min(words), max(words)
    commas = first > 0 and verb.doc[first - 1].text == verb.doc[last + 1].text == ","
    return commas and verb.head.left_edge.i < first and last < verb.head.i


def _whose(noun: Token) -> bool:
    return any(c.tag_ == "WP$" for c in noun.children)


def _misread(verb: Token) -> Token | None:
    """Return the name that stands where a subject does, though parsed as a modifier."""
    before = [c for c in verb.children if c.i < verb.i]
    spoken = [c for c in before if c.dep_ not in ("aux", "neg")]
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ == "aux" and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in before
    )
    named = spoken and spoken[-1].ent_type_ in ("ORG", "GPE", "PERSON")
    if not finite or not named or spoken[-1].dep_ not in ("advmod", "intj", "dep"):
        return None
    return spoken[-1]


def _misread_object(verb: Token) -> Token | None:
    """Return the name right behind a verb that the parser took for an adverb: "flies F-16s"."""
    if verb.pos_ != "VERB" or verb.i + 1 >= len(verb.doc) or is_passive(verb):
        return None
    return next(
        (
            c
            for c in verb.children
            if c.left_edge.i == verb.i + 1
            and c.dep_ in ("npadvmod", "advmod")
            and c.pos_ == "PROPN"
            and c.ent_type_ in ("GPE", "ORG", "PERSON", "PRODUCT")
        ),
        None,
    )


def _compounded(verb: Token, loose: Collection[str]) -> Token | None:
    """Return who does what a compound participle says: "Russian-built jets"."""
    if verb.tag_ != "VBN" or verb.dep_ != "amod" or verb.lemma_.lower() in loose:
        return None
    return next(
        (
            c
            for c in verb.children
            if c.i == verb.i - 2
            and c.dep_ == "npadvmod"
            and verb.nbor(-1).text == "-"
            and c.ent_type_ in ("GPE", "NORP", "ORG")
        ),
        None,
    )


def _begins_clause(verb: Token, held: Token) -> bool:
    """Tell whether an object is the subject of what follows: "stressed the US would help"."""
    return any(
        c.dep_ == "ccomp"
        and c.left_edge.i == held.right_edge.i + 1
        and c.left_edge.tag_ in ("MD", "VBZ", "VBP", "VBD")
        and not any(x.dep_ in ("nsubj", "nsubjpass", "expl") for x in c.children)
        for c in verb.children
    )


def _talked_with(verb: Token, cues: Mapping[str, Collection[str]]) -> bool:
    """Tell whether a clause is read into whom somebody talks with: "spoke with X to praise Y"."""
    return (
        verb.dep_ == "advcl"
        and verb.head.lemma_.lower() in cues.get("gathering", ())
        and any(c.dep_ == "mark" and c.lower_ == "with" for c in verb.children)
        and is_infinitive(verb)
    )


def _called(verb: Token, child: Token) -> bool:
    """Tell whether a name is who somebody calls, rather than what: "called President X"."""
    held = any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
    return child.pos_ == "PROPN" and not held and not is_passive(verb)


def _for_to(verb: Token) -> bool:
    """Tell whether a clause is "for X to do …"."""
    children = list(verb.children)
    return any(c.dep_ == "mark" and c.lower_ == "for" for c in children) and any(
        c.tag_ == "TO" for c in children
    )


def _received(
    verb: Token, thing: Token, child: Token, cues: Mapping[str, Collection[str]]
) -> bool:
    """Tell whether the parser ran two phrases together: "gave the Pentagon permission"."""
    return (
        verb.lemma_ in cues.get("giving", ())
        and child.i == thing.i - 1
        and child.i > verb.i + 1
        and all(t.head == thing for t in verb.doc[verb.i + 1 : child.i])
        and verb.doc[verb.i + 1].dep_ in ("det", "poss", "amod")
    )


# "according to", "because of": the second word is no role of its own
_PREPOSED = frozenset(
    {"according", "due", "owing", "prior", "contrary", "thanks", "because", "instead"}
)


def _sent_on(verb: Token, held: Token) -> bool:
    """Tell whether a phrase says to whom: "sent British aid to Chad" gave Britain none."""
    return any(
        c.dep_ in ("prep", "dative") and c.lower_ in ("to", "for", "into", "against")
        for c in (*verb.children, *held.children)
    )


def add_phrases(prep: Token, add: Callable[[str, Token], None], found: Roles) -> None:
    if prep.lower_ in _PREPOSED:
        return
    for inner in prep.children:
        if inner.dep_ == "pobj":
            if inner.ent_type_ not in ("DATE", "TIME"):
                add(prep.lower_, inner)
        elif inner.dep_ == "pcomp":
            found.setdefault("clause", []).append(inner.i)
        elif inner.dep_ == "amod" and prep.lower_ == "as":
            add("as", inner)  # "described the plan as absurd"
        elif inner.dep_ == "prep" and prep.lower_ != "between":
            add_phrases(inner, add, found)


def is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)
