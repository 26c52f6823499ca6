"""Clauses: the arguments of verbs by role, whatever hides them.

Voice, coordination, control, raising and relative clauses are undone here, on the dependency
labels of spaCy's English models (ClearNLP style, https://github.com/clir/clearnlp-guidelines).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from spacy.tokens import Doc, Token

from kgbuild.coordination import NOMINAL, beside, conjuncts, run_on

Roles = dict[str, list[int]]


_SPOKEN = ("performed", "reporting", "airing")


RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})


_NATIONAL = frozenset({"amod", "compound", "nmod"})


class Clauses:
    """The clauses of one ``Doc``: roles of any predicate, worked out once each."""

    def __init__(self, doc: Doc, cues: Mapping[str, Collection[str]]) -> None:
        self.doc = doc
        self.cues = cues
        self.object_control = cues.get("object_control", ())
        self.papers = cues.get("papers", ())
        self._roles: dict[int, Roles] = {}

    def roles(self, verb: Token) -> Roles:
        """Return the heads that fill each role of a verb."""
        if verb.i not in self._roles:
            self._roles[verb.i] = {}  # a cycle of control ends here
            found = own_roles(verb, self.antecedent, self.cues)
            if "subject" not in found and (prefix := _prefix(verb)):
                found["subject"] = self.roles(prefix).get("subject", [])
            if "subject" not in found and (first := run_on(verb)):
                found["subject"] = [self.antecedent(first).i]
            if "subject" not in found and (agents := _shared_agents(verb)):
                found["subject"] = agents
            if "object" not in found and (shared := _shared_object(verb)):
                found["object"] = [self.antecedent(shared).i]
            self._inherit(verb, found)
            self._roles[verb.i] = found
        return self._roles[verb.i]

    def antecedent(self, token: Token) -> Token:
        """Return what a relative pronoun stands for, anything else as it is."""
        if of := _of_which(token):
            token = of  # "both of which sell"
        if token.lower_ not in RELATIVE or token.tag_ not in (
            "WDT",
            "WP",
            "WP$",
            "IN",
            "DT",
        ):
            return token
        if token.lower_ == "whom" and (held := _set_apart(token)):
            return held
        for ancestor in token.ancestors:
            if cleft := _cleft(ancestor, token):
                return cleft
            if ancestor.dep_ == "relcl":
                denied = ancestor.lemma_.lower() in self.cues.get("denying", ())
                if denied and token.dep_ == "dobj" and token.lower_ == "which":
                    return token  # "had sent mercenaries, which X denies": the claim
                return _noun_of_relative(ancestor)
            owned = token.tag_ == "WP$" and ancestor == token.head
            if (
                ancestor.pos_ == "NOUN"
                and not owned
                and ancestor.dep_ not in ("pobj", "dobj", "attr")
            ):
                break
        return token

    def subject(self, token: Token) -> list[int]:
        """Return whoever does what a verb, or the verb above an adjective, says."""
        for _ in range(6):
            if token.pos_ in ("VERB", "AUX"):
                roles = self.roles(token)
                return roles.get("subject") or roles.get("object", []) * is_passive(
                    token
                )
            if token.lower_ in _OUTSIDE:
                return []
            own = [self.antecedent(c).i for c in token.children if c.dep_ == "nsubj"]
            if own or token.dep_ == "ROOT":
                return own
            if token.pos_ == "ADJ" and token.dep_ == "amod":
                if token.head.lemma_.lower() in self.papers:
                    return self._owner(token.head)  # "issued a report critical of X"
                return [token.head.i]  # "banks crucial to financing X"
            owners = [c for c in token.children if c.dep_ == "poss"]
            if owners:
                return [self.antecedent(owners[0]).i]
            token = token.head
        return []

    def _inherit(self, verb: Token, found: Roles) -> None:
        """Fill the missing subject (or, of a participle, object) from the clause above."""
        head = verb.head
        passive = is_passive(verb)
        missing = "object" if passive else "subject"
        if verb.dep_ == "relcl":
            if (
                not passive
                and "subject" in found
                and "object" not in found
                and (_gap(verb) or _mislabelled(verb))
            ):
                found["object"] = [_noun_of_relative(verb).i]
            return
        if missing in found or any(
            c.dep_ in ("csubj", "csubjpass") for c in verb.children
        ):
            return  # "that it sold arms angered Iran": nobody named does it
        if verb.dep_ in ("acl", "amod") and head.pos_ in NOMINAL:
            if _infinitive(verb) or (
                verb.tag_ == "VBG" and head.lemma_.lower() in self.papers
            ):
                owner = self._owner(head)
            else:
                owner = [_noun_of_relative(verb).i]
            if owner:
                found[missing] = owner
        elif verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
            first = beside(verb)
            if first is None:
                return
            above = self.roles(first)
            carrier = "object" if is_passive(first) else "subject"
            if above.get(carrier):
                found[missing] = above[carrier]
        elif verb.dep_ == "acomp" and head.lemma_ == "be":
            if subjects := self.roles(head).get("subject"):
                found[missing] = subjects  # "is opposed to X"
        elif verb.dep_ == "ccomp" and _participle(verb):
            return  # "told X of the ships returned to Chad": no clause
        elif verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "dep") and (
            controller := self._controller(verb, head)
        ):
            found[missing] = controller

    def _controller(self, verb: Token, head: Token) -> list[int]:
        if self._ensuing(verb, head):
            return []
        if other := self._others_deed(verb):
            return other
        if head.dep_ in ("prep", "agent", "mark") or head.pos_ == "ADP":
            if head.lower_ == "in" and (sharer := self._sharer(head)):
                return sharer  # "valued Chadian help in ending the war"
            head = head.head
            told = head.dep_ == "dobj" and verb.dep_ == "pcomp"
            if told and head.head.lemma_.lower() in self.object_control:
                return [head.i]  # "charged two men with killing X"
            if head.pos_ in ("NOUN", "PROPN"):
                return self._owner(head)
        held = verb.left_edge.nbor(-1) if verb.left_edge.i else verb
        if (
            _infinitive(verb)
            and held.dep_ == "dobj"
            and held.head == head
            and self._held(held)
        ):
            return self._owner(held)  # "rejected French offers to help"
        taken = held.dep_ == "pobj" or held.dep_ == "dobj"
        follows = (
            _infinitive(verb)
            and taken
            and any(
                c.dep_ == "dobj"
                and c.right_edge == held
                and c.pos_ in ("PROPN", "PRON")
                for c in head.children
            )
        )
        if is_passive(head) and head.lemma_.lower() in self.cues.get("employing", ()):
            return []  # "drones were used to attack X"
        if called := self._called_on(verb, head):
            return called
        given = head.lemma_.lower() == "give" and _infinitive(verb)
        if given and (taker := self.roles(head).get("indirect")):
            return taker  # "gave Chad until Sunday to leave"
        if given and (taker := self.roles(head).get("object")):
            return taker
        word = head.lemma_.lower()
        controls = (verb.dep_ != "advcl" or follows) and word in self.object_control
        if controls and word in self.cues.get("contacting", ()):
            controls = False  # "called Chad's president to thank him"
        if controls and (target := self.roles(head).get("object")):
            return target
        return self.subject(head)

    def _others_deed(self, verb: Token) -> list[int]:
        """Return who is spoken of as doing something: "objections to X joining the pact"."""
        doer = verb.nbor(-1) if verb.i else verb
        if verb.tag_ != "VBG" or doer.dep_ != "pobj" or doer.pos_ != "PROPN":
            return []
        preposition = doer.left_edge.nbor(-1) if doer.left_edge.i else doer
        about = preposition.nbor(-1).lemma_.lower() if preposition.i else ""
        named = preposition == doer.head and about in self.cues.get("about_others", ())
        return [doer.i] if named else []

    def _ensuing(self, verb: Token, head: Token) -> bool:
        """Tell whether a participle behind a clause is of what comes of it all."""
        before = verb.left_edge
        return (
            verb.tag_ == "VBG"
            and verb.dep_ == "advcl"
            and head.i < before.i
            and before.nbor(-1).text == ","
            and verb.lemma_.lower() in self.cues.get("ensuing", ())
            and is_passive(head)
        )

    def _called_on(self, verb: Token, head: Token) -> list[int]:
        """Return who is to do what is called for: "called on X to", "pressed for X to"."""
        if not _infinitive(verb) or head.lemma_.lower() not in self.object_control:
            return []
        if any(c.dep_ in ("dobj", "nsubjpass") for c in head.children):
            return []  # "called Chad on Monday to praise it"
        return [
            self.antecedent(c).i
            for prep in head.children
            if prep.dep_ == "prep" and prep.lower_ in ("on", "upon", "for", "to")
            for p in prep.children
            if p.dep_ == "pobj" and _reaches(p.right_edge, verb.left_edge)
            if p.ent_type_ not in ("DATE", "TIME")
            for c in conjuncts(p)
        ]

    def _sharer(self, prep: Token) -> list[int]:
        """Return whose help "in doing" something is that a verb has for its object."""
        helped = prep.nbor(-1) if prep.i else prep
        if helped.dep_ != "dobj" or prep.head not in (helped, helped.head):
            return []
        return [
            self.antecedent(c).i
            for c in helped.children
            if c.dep_ == "poss"
            or (c.ent_type_ in ("NORP", "GPE") and c.dep_ in _NATIONAL)
        ]

    def _held(self, noun: Token) -> bool:
        """Tell whether a noun is of what its owner means to do: "the French offer to help"."""
        word = noun.lemma_.lower()
        return any(word in self.cues.get(k, ()) for k in ("prospects", "undertakings"))

    def _owner(self, noun: Token) -> list[int]:
        """Return who has the plan, the offer, the duty that an infinitive spells out."""
        if noun.lemma_.lower() in self.cues.get("asking", ()):
            asked = _asked(noun)
            accepted = noun.head.lemma_.lower() in self.cues.get("heeding", ())
            if asked or noun.dep_ == "dobj" and not accepted:
                return asked  # "resisted American requests to arm X": who is asked
            if accepted:
                return self.subject(noun.head)
        for child in noun.children:
            if child.dep_ == "poss":
                return [self.antecedent(child).i]
        if self._held(noun):
            for child in noun.children:
                if child.ent_type_ in ("NORP", "GPE") and child.dep_ in _NATIONAL:
                    return [child.i]  # "the French offer to help"
        sought = noun.lemma_.lower() in self.cues.get("sought", ())
        for child in () if sought else noun.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in (
                "by",
                "of",
                "from",
                "for",
            ):
                return [p.i for p in child.children if p.dep_ == "pobj"]
        if noun.dep_ == "dobj" and noun.head.lemma_.lower() in self.cues.get(
            "thwarting", ()
        ):
            return []  # "blocked attempts to blacklist X": others' attempts
        if noun.dep_ == "dobj" and is_passive(noun.head):
            # "X was awarded a contract to supply": who gets it does it
            return self.roles(noun.head).get("indirect", [])
        if noun.dep_ == "pobj" and is_passive(noun.head.head):
            return []  # "was used in the operation to free X"
        if noun.dep_ == "pobj" and self._told_of(noun.head):
            return []  # "informed X of a plot to kill Y"
        if self._aired(noun):
            return []
        if noun.dep_ in ("dobj", "attr", "pobj", "conj", "nsubjpass"):
            return self.subject(noun.head)
        return [c.i for c in noun.children if c.dep_ in ("amod", "compound")]

    def _told_of(self, prep: Token) -> bool:
        """Tell whether a phrase is of what somebody speaks of, and not of what he does."""
        heard = prep.head.dep_ == "dobj"
        told = prep.head.head if heard else prep.head
        said = any(told.lemma_.lower() in self.cues.get(k, ()) for k in _SPOKEN)
        named = prep.head.pos_ in ("PROPN", "PRON") or not heard
        within = heard and prep.lower_ == "in"  # "noted their support in the effort to"
        return said and (within or named and prep.lower_ in ("of", "about"))

    def _aired(self, noun: Token) -> bool:
        """Tell whether a chance is but spoken of, and anybody's: "noted the opportunity to"."""
        if noun.lemma_.lower() not in self.cues.get("chances", ()):
            return False
        first = noun
        while first.dep_ == "conj" and first.head.pos_ == "NOUN":
            first = first.head
        over = first.head.head if first.dep_ == "pobj" else first.head
        return over.lemma_.lower() in self.cues.get("taking_as_given", ())


def _cleft(verb: Token, relative: Token) -> Token | None:
    """Return who is singled out: "it was [Chad] that attacked"."""
    above = verb.head
    it = any(c.dep_ == "nsubj" and c.lower_ == "it" for c in above.children)
    own = relative.dep_ in ("nsubj", "dobj") and relative.head == verb
    if not own or verb.dep_ != "ccomp" or above.lemma_ != "be" or not it:
        return None
    return next((c for c in above.children if c.dep_ == "attr"), None)


def _reaches(last: Token, first: Token) -> bool:
    """Tell whether nothing or a phrase between commas parts two words: "Chad, as a member, to"."""
    if last.i + 1 == first.i or not 1 < first.i - last.i - 1 < 9:
        return last.i + 1 == first.i
    return last.nbor(1).text == "," and first.nbor(-1).text == ","


# what these bring in is somebody else's: "despite efforts to …"
_OUTSIDE = frozenset({"despite", "amid", "amidst", "notwithstanding", "exchange"})


def _prefix(verb: Token) -> Token | None:
    """Return the "re" that the tokenizer parts from "re-export", where it is read as a verb."""
    if verb.i < 2 or verb.nbor(-1).text != "-" or verb.nbor(-2).lower_ != "re":
        return None
    return verb.nbor(-2) if verb.nbor(-2).pos_ == "VERB" else None


def _asked(noun: Token) -> list[int]:
    """Return who is asked to do something: "an invitation to X to visit"."""
    return [
        head.i
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in ("to", "for", "on")
        for head in prep.children
        if head.dep_ == "pobj"
    ]


def _set_apart(whom: Token) -> Token | None:
    """Return the object that "whom" tells of behind another phrase: "freed X on May 1 whom"."""
    clause = whom.head
    if whom.dep_ != "dobj" or clause.dep_ != "ccomp":
        return None
    return next((c for c in clause.head.children if c.dep_ == "dobj"), None)


def _of_which(token: Token) -> Token | None:
    """Return the relative pronoun below a word for how many: "both of which", "all of whom"."""
    if token.lower_ not in ("both", "all", "most", "each"):
        return None
    return next(
        (
            p
            for c in token.children
            if c.lower_ == "of"
            for p in c.children
            if p.lower_ in ("which", "whom")
        ),
        None,
    )


def _participle(verb: Token) -> bool:
    """Tell whether a participle right behind a noun was read as a clause of its own."""
    bare = all(c.i > verb.i for c in verb.children)
    return (
        verb.tag_ in ("VBD", "VBN")
        and bare
        and verb.i > 0
        and verb.nbor(-1).pos_ == "NOUN"
        and verb.nbor(-1).dep_ in ("pobj", "dobj")
    )


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


def _shared_agents(verb: Token) -> list[int]:
    """Return the agents of the passive that follows: "was accused and sanctioned by X"."""
    return [
        inner.i
        for other in verb.children
        if other.dep_ == "conj" and other.tag_ == "VBN" and other.i == verb.i + 2
        if is_passive(verb)
        for agent in other.children
        if agent.dep_ == "agent"
        for inner in agent.children
        if inner.dep_ == "pobj"
    ]


def _shared_object(verb: Token) -> Token | None:
    """Return the object that a verb shares with the next: "attacked and may invade X"."""
    later = next((c for c in verb.children if c.dep_ == "conj" and c.i > verb.i), None)
    if later is None or is_passive(verb) or is_passive(later):
        return None
    between = verb.doc[verb.i + 1 : later.i]
    bare = all(t.dep_ == "cc" or t.head == later for t in between)
    held = next((c for c in later.children if c.dep_ == "dobj"), None)
    # a name only: "met and discussed trade" has no object to share
    named = held is not None and held.pos_ == "PROPN"
    return held if bare and named and later.pos_ == "VERB" else None


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
        and _infinitive(verb)
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


# what stands behind these is a place, and nobody who does something
_WHERE = frozenset({"on", "in", "at", "near"})


def _noun_of_relative(verb: Token) -> Token:
    """Return the noun that a relative clause or a participle tells of.

    The parser hangs it on the first of several; what stands in brackets, has a verb in the
    singular or an agent of its own tells of the last: "Chad, Peru and China (which …)".
    """
    head, left = verb.head, verb.left_edge
    doc, i = verb.doc, left.i - 1
    bracketed = left.text == "("
    while i > head.i and doc[i].is_punct:
        bracketed |= doc[i].text == "("
        i -= 1
    led = verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)
    single = any(t.tag_ == "VBZ" or t.lower_ == "was" for t in (verb, *verb.children))
    if left.lower_ == "who" and head.dep_ == "pobj":
        if head.head.lower_ in _WHERE:
            return next((t for t in head.head.ancestors if t.pos_ == "NOUN"), head)
        body = head.tag_ in ("NN", "NNP") and head.ent_type_ in ("ORG", "GPE", "NORP")
        above = head.head.head
        if body and above.pos_ == "NOUN" and above.dep_ == "appos":
            return above  # "X, a member of the Labour party, who …"
    if i <= head.i or not (bracketed or led or single):
        return _described(head)
    for token in (doc[i], *doc[i].ancestors):
        if token == head:
            break
        if token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN"):
            return token
    return head


def _described(noun: Token) -> Token:
    """Return who is said to be what a noun says: "Mensah, an American who …"."""
    article = any(c.lower_ in ("a", "an") for c in noun.children)
    person = noun.dep_ == "appos" and noun.head.ent_type_ == "PERSON"
    return noun.head if article and person else noun


def _gap(verb: Token) -> bool:
    """Tell whether a relative clause lacks the object that its noun then is."""
    return not any(
        t.lower_ in RELATIVE or t.tag_ in ("WRB", "WP", "WDT")
        for t in verb.subtree
        if t.i < verb.i
    ) and not any(
        c.dep_ in ("ccomp", "xcomp", "attr", "acomp")
        or c.dep_ == "prep"
        and not any(x.dep_ == "pobj" for x in c.children)  # "the city it lived in"
        for c in verb.children
    )


def _mislabelled(verb: Token) -> bool:
    """Tell whether a relative "that" is read as a conjunction: "a request that X turned down"."""
    first = verb.left_edge
    return first.dep_ == "mark" and first.tag_ == "WDT" and first.head == verb


def _infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)
