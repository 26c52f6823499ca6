"""Scope: what the verb, the noun or the preposition above makes of what stands below it."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.entities import Cast
from kgbuild.levels import (
    FACT,
    NEGATED,
    POSSIBLE,
    embedded,
    given_up,
    goes_on,
    has_that,
    is_denied,
    is_infinitive,
    is_inverted,
    is_uttered,
    noun_level,
    own_level,
    was_taken,
    worse,
)


def from_above(made: Cast, token: Token, head: Token, link: str) -> str:
    """Return what the governing word, and its own negation or modal, makes of a clause."""
    if link == "pcomp":
        return POSSIBLE if is_infinitive(token) else _under_preposition(head)
    if link == "prep":
        return _by_phrase(made, token, head)
    if link in ("nsubj", "nsubjpass"):
        return _of_clause(made, token, head)
    if link == "acomp":
        return own_level(made, head)
    if link == "advcl" and token.tag_ == "VBG":
        return POSSIBLE if own_level(made, head) == POSSIBLE else FACT
    if link == "dobj" and head.pos_ in ("VERB", "NOUN"):
        level = embedded(made, head)
        denied = head.lemma_.lower() in made.lexicon.cues["denying"]
        doubtful = embedded(made, token) == POSSIBLE
        return NEGATED if denied and doubtful else level
    if link in ("acl", "relcl", "ccomp") and head.pos_ == "NOUN" and has_that(token):
        return embedded(made, head)
    if link in ("xcomp", "acl", "ccomp"):
        return _over_clause(made, token, head, link)
    return FACT


def _over_clause(made: Cast, token: Token, head: Token, link: str) -> str:
    """Return what a word makes of the infinitive or the that-clause below it."""
    if link == "acl" and not is_infinitive(token):
        # "demanded that the force, sent in May, leave": the base form is a wish's
        return POSSIBLE if token.tag_ == "VB" else FACT
    cues, word = made.lexicon.cues, head.lemma_.lower()
    if link == "ccomp" and any(
        c.lower_ == "should" and is_inverted(token, c) for c in token.children
    ):
        return POSSIBLE  # "… should Chad attack": a condition
    if goes_on(made, head):
        return FACT
    if head.pos_ in ("ADP", "SCONJ") or head.dep_ == "prep":
        return POSSIBLE if is_infinitive(token) else FACT  # "including to restore"
    if any(c.lower_ == "yet" for c in (*head.children, *token.children)) and (
        word in ("have", "be") and is_infinitive(token)
    ):
        return NEGATED  # "has yet to sign"
    if word in cues["denying"]:
        return NEGATED
    if was_taken(made, head):
        return FACT
    if is_infinitive(token) and given_up(made, head):
        return NEGATED
    if link == "xcomp" and is_uttered(made, token, head):
        return own_level(made, head)
    level = embedded(made, head)
    if word == "be" and head.pos_ == "AUX" and link == "xcomp" and is_infinitive(token):
        return worse(POSSIBLE, own_level(made, head))  # "is to visit"
    if (
        is_infinitive(token)
        and any(c.dep_ == "dobj" for c in head.children)
        and word not in made.lexicon.embedding
    ):
        level = POSSIBLE  # "appointed him to negotiate"
    if (
        link == "ccomp"
        and word in cues["reporting"]
        and not (word in cues["believing"] and is_denied(head))
    ):
        finite = token.tag_ in ("VBD", "VBZ", "VBP") or any(
            c.dep_ == "aux" and c.tag_ != "TO" for c in token.children
        )
        wished = _wished(token) or word in _WISHING
        return FACT if finite and not wished else level
    if link == "ccomp" and any(t.text == ";" for t in token.doc[token.i : head.i]):
        return FACT  # a sentence of its own
    if word in cues["believing"] and link == "ccomp" and is_denied(head):
        return NEGATED  # "does not think that": thinks that not
    for child in head.children:
        if link == "ccomp" and child.dep_ == "acomp":  # "it is unlikely that"
            level = worse(level, embedded(made, child))
    verbal = head.pos_ in ("VERB", "AUX", "ADJ")
    return worse(level, own_level(made, head) if verbal else noun_level(made, head))


_WISHING = frozenset({"ask", "demand", "propose", "urge", "recommend", "doubt"})


def _wished(verb: Token) -> bool:
    """Tell whether a verb is a subjunctive: "suggested that the minister travel to X"."""
    if verb.tag_ not in ("VB", "VBP") or verb.lower_ != verb.lemma_.lower():
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    auxiliary = any(c.dep_ == "aux" for c in verb.children)
    one = all(
        s.tag_ in ("NN", "NNP") and not any(c.dep_ == "conj" for c in s.children)
        for s in subjects
    )
    return bool(subjects) and one and not auxiliary


def _under_preposition(preposition: Token) -> str:
    """Return what a preposition makes of the gerund below it: "without meeting"."""
    word = preposition.lower_
    beside = (
        preposition.head,
        *(c for c in preposition.children if c.dep_ == "advmod"),
    )
    away = any(f"{t.lower_} {word}" in _AWAY for t in beside)
    return NEGATED if word == "without" or away else FACT


_AWAY = frozenset({"instead of", "far from", "short of", "rather than"})


def _by_phrase(made: Cast, preposition: Token, head: Token) -> str:
    """Return what a word makes of what its prepositional phrase holds."""
    cues, word = made.lexicon.cues, head.lemma_.lower()
    gerund = any(c.dep_ == "pcomp" for c in preposition.children)
    if any(while_to_come(made, c) for c in preposition.children if c.dep_ == "pobj"):
        return POSSIBLE
    near = preposition.nbor(-1) if preposition.i else preposition
    hung = near.head == head and near.dep_ == "dobj"  # on the verb, not its object
    if hung and near.lemma_.lower() in cues["prospects"]:
        return embedded(made, near)
    if (
        head.pos_ == "VERB"
        and (gerund or _besides(preposition))
        and (preposition.i < head.i and _to_come(made, head))
    ):
        return POSSIBLE  # "in addition to meeting X, he will …"
    taken_for = preposition.lower_ == "as" and head.pos_ == "VERB"
    if taken_for and word in cues["regarding"]:
        return POSSIBLE
    if head.pos_ == "NOUN":
        hoped = word in cues["prospects"] and preposition.lower_ in _HOPED
        hoped |= gerund and word in cues["undertakings"]
        if gerund and word in cues["negotiating"]:
            return POSSIBLE  # "in talks about buying"
        return embedded(made, head) if hoped else FACT
    if head.pos_ in ("ADJ", "ADV"):
        return embedded(made, head)
    if head.pos_ != "VERB":
        return FACT
    if not gerund and word in cues["engaging"]:
        return own_level(made, head)
    if gerund and word in cues["negotiating"] and preposition.lower_ in _TOPIC:
        return POSSIBLE  # "spoke about meeting"
    if gerund and preposition.lower_ in ("by", "through"):  # "will help by sending"
        return POSSIBLE if own_level(made, head) == POSSIBLE else FACT
    bound = preposition.lower_ in _BOUND or (
        gerund and preposition.lower_ in ("from", "in")
    )
    if not bound:
        return FACT
    level = embedded(made, head)
    own = own_level(made, head) if gerund else FACT
    return worse(level, own) if level != FACT or own == POSSIBLE else level


def _besides(preposition: Token) -> bool:
    """Tell whether a phrase is of a further deed: "in addition to meeting X"."""
    return any(
        x.dep_ == "prep" and any(y.dep_ == "pcomp" for y in x.children)
        for c in preposition.children
        if c.dep_ == "pobj" and c.lower_ == "addition"
        for x in c.children
    )


_TOPIC = frozenset({"about", "on", "of"})


_WHILE = frozenset({"during", "in", "at", "after", "before", "following"})


def while_to_come(made: Cast, noun: Token) -> bool:
    """Tell whether talks are as far off as what is done at them: "during the talks they will"."""
    preposition = noun.head
    return (
        preposition.lower_ in _WHILE
        and preposition.dep_ == "prep"
        and _joint(made, noun)
        and _to_come(made, preposition.head)
    )


def _joint(made: Cast, noun: Token) -> bool:
    """Tell whether a noun names what several do together: talks, a visit."""
    entries = made.lexicon.nouns.get(noun.lemma_.lower(), ())
    return any(e.parties for e in entries)


def _to_come(made: Cast, verb: Token) -> bool:
    """Tell whether a clause tells of what is to come: "will …", "plans to …"."""
    will = any(c.lower_ in ("will", "'ll", "’ll") for c in verb.children)
    awaited = verb.tag_ == "VBN" and any(
        c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in verb.children
    )  # "are expected to"
    return (
        will
        or awaited
        and verb.lemma_.lower() in made.lexicon.cues["scheduling"]
        or verb.lemma_.lower() in ("plan", "intend")
        and verb.tag_
        in (
            "VBZ",
            "VBP",
        )
    )


_HOPED = frozenset({"of", "for", "on", "in", "to", "about", "with", "against"})


_BOUND = frozenset({"for", "on", "of", "to", "about", "against"})


def _of_clause(made: Cast, noun: Token, verb: Token) -> str:
    """Return what a clause makes of the event that is its subject: "talks may begin"."""
    if verb.lemma_.lower() in made.lexicon.cues["occurring"]:
        return own_level(made, verb)
    if verb.lemma_ == "be" and any(
        x.lemma_.lower() in made.lexicon.cues["deliberating"]
        for c in verb.children
        if c.lower_ in ("under", "in")
        for x in c.children
    ):
        return POSSIBLE  # "a meeting is under consideration"
    indefinite = not any(c.dep_ in ("det", "poss") for c in noun.children) or any(
        c.lower_ in ("a", "an", "any") for c in noun.children
    )
    would = any(c.lower_ in ("would", "’d", "'d") for c in verb.children)
    return POSSIBLE if indefinite and would else FACT
