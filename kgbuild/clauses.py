"""Clauses: the arguments of verbs by role, whatever hides them.

Voice, coordination, control, raising and relative clauses are undone here, on the dependency
labels of spaCy's English models (ClearNLP style, https://github.com/clir/clearnlp-guidelines).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from spacy.tokens import Doc, Token

from kgbuild.coordination import NOMINAL, beside, conjuncts, run_on
from kgbuild.phrases import Roles, is_infinitive, is_passive, own_roles

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
            if is_infinitive(verb) or (
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
            is_infinitive(verb)
            and held.dep_ == "dobj"
            and held.head == head
            and self._held(held)
        ):
            return self._owner(held)  # "rejected French offers to help"
        taken = held.dep_ == "pobj" or held.dep_ == "dobj"
        follows = (
            is_infinitive(verb)
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
        given = head.lemma_.lower() == "give" and is_infinitive(verb)
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
        if not is_infinitive(verb) or head.lemma_.lower() not in self.object_control:
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
