"""Levels: what negation, modals, adverbs and questions of its own make of a predicate."""

from __future__ import annotations

from spacy.tokens import Token

from kgbuild.coordination import beside
from kgbuild.entities import Cast

FACT, POSSIBLE, NEGATED = "fact", "possible", "negated"


def goes_on(made: Cast, verb: Token) -> bool:
    """Tell whether a verb says that something does not end."""
    return verb.lemma_.lower() in made.lexicon.cues["ceasing"] and is_denied(verb)


def worse(a: str, b: str) -> str:
    """Combine two levels: not so beats possible beats so; twice not so is possible."""
    if a == NEGATED and b == NEGATED:
        return POSSIBLE
    return max(a, b, key=(FACT, POSSIBLE, NEGATED).index)


def embedded(made: Cast, verb: Token) -> str:
    """Return what a verb makes of the clause or noun below it."""
    table = made.lexicon.embedding
    level = table.get(verb.lemma_.lower(), FACT)
    if level == FACT:
        for child in verb.children:
            if child.dep_ == "prt":
                level = table.get(f"{verb.lemma_.lower()} {child.lower_}", FACT)
    return _prevention(made, verb, level)


def _prevention(made: Cast, verb: Token, level: str) -> str:
    """Leave open what is but meant to be prevented: "steps to prevent war"."""
    lemma = verb.lemma_.lower()
    first = beside(verb) if verb.dep_ == "conj" and verb.tag_ == "VB" else verb
    meant = any(
        c.tag_ in ("TO", "MD") for v in (verb, first or verb) for c in v.children
    )
    meant = (meant or verb.dep_ == "pcomp") and not is_denied(verb)
    opened = level == NEGATED and meant and lemma in made.lexicon.cues["preventing"]
    return POSSIBLE if opened else level


def own_level(made: Cast, token: Token, *, objects: bool = True) -> str:
    """Return a predicate's own level: its negation, modals, adverbs, condition, question.

    ``objects`` says whether a "no" on subject or object counts.
    """
    level = POSSIBLE if _under_way(made, token) else FACT
    inherits = token
    for _ in range(3):
        for child in inherits.children:
            level = worse(level, _of_adverbial(made, token, child))
            if (
                inherits is token
                and not _until(token)
                and (
                    _negates(child)
                    or _neither(token)
                    or (objects and child.dep_ in _HELD and is_negative(child))
                )
            ):
                level = worse(level, NEGATED)
        shared = inherits.dep_ == "conj" and not any(
            c.dep_ in ("nsubj", "nsubjpass", "aux") for c in inherits.children
        )
        if not shared or inherits.head.pos_ not in ("VERB", "AUX"):
            break
        inherits = beside(inherits) or inherits.head
    first = inherits if token.tag_ == "VB" else token  # "to support and strengthen X"
    if first.dep_ == "advcl" and is_infinitive(first) and given_up(made, first.head):
        level = worse(level, NEGATED)  # "dropped plans to buy"
    if first.dep_ in ("advcl", "acl", "relcl") and is_infinitive(first):
        level = worse(level, _purpose(made, first))
    asked = any(t.text == "?" for t in made.sentence(token.i)[-2:])
    return POSSIBLE if asked else level


def given_up(made: Cast, word: Token) -> bool:
    """Tell whether a plan is dropped: "dropped plans to buy", "gave up a bid to join"."""
    cues = made.lexicon.cues
    verb = word if word.pos_ == "VERB" else word.head
    held = (
        [word] if word is not verb else [c for c in verb.children if c.dep_ == "dobj"]
    )
    lemma = verb.lemma_.lower()
    phrasal = {f"{lemma} {c.lower_}" for c in verb.children if c.dep_ == "prt"}
    return (
        verb.pos_ == "VERB"
        and bool({lemma, *phrasal} & cues["abandoning"])
        and not is_denied(verb)
        and any(
            t.lemma_.lower() in cues["prospects"] | cues["undertakings"] for t in held
        )
    )


def _neither(verb: Token) -> bool:
    """Tell whether "nor" goes before a verb: "was to accept no troops, nor submit to X"."""
    first = min((c.i for c in verb.children if c.dep_ == "aux"), default=verb.i)
    return first > 0 and verb.doc[first - 1].lower_ == "nor"


def _under_way(made: Cast, verb: Token) -> bool:
    """Tell whether somebody is still at what he is to bring about: "is negotiating a pact"."""
    below = [(c.dep_, c.lemma_) for c in verb.children]
    return (
        verb.tag_ == "VBG"
        and verb.lemma_.lower() in made.lexicon.cues["concluding"]
        and ("aux", "be") in below
        and any(dep == "dobj" for dep, _ in below)  # "is negotiating with X": is at it
    )


def _until(verb: Token) -> bool:
    """Tell whether something was but put off: "did not declare war until May"."""
    return any(
        c.lower_ == "until"
        and c.dep_ == "prep"
        or c.dep_ == "advcl"
        and any(m.lower_ == "until" for m in c.children)
        for c in verb.children
    ) and any(c.lower_ in ("did", "had", "was", "were") for c in verb.children)


_HELD = ("nsubj", "nsubjpass", "dobj")


def is_infinitive(token: Token) -> bool:
    return any(c.tag_ == "TO" for c in token.children)


def _of_adverbial(made: Cast, token: Token, child: Token) -> str:
    """Return what a modal, an adverb or a conjunction beside a predicate makes of it."""
    cues, word = made.lexicon.cues, child.lower_
    if child.dep_ == "aux" and child.tag_ == "MD":
        return made.lexicon.modals.get(word, FACT)
    doubted = child.dep_ == "advmod" and word in cues["possible_words"] - {"future"}
    condition = child.dep_ in ("mark", "advmod") and (
        word in cues["conditions"]
        or (word in cues["awaiting"] and not _past(token))
        or (word == "when" and _ahead(made, token))
    )
    inverted = token.dep_ == "advcl" and word == "had" and is_inverted(token, child)
    return POSSIBLE if doubted or condition or inverted or _in_case(child) else FACT


def _past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" and c.dep_ in ("aux", "auxpass") for c in verb.children
    )


def is_inverted(verb: Token, auxiliary: Token) -> bool:
    """Tell whether a clause is a condition by its order: "had France attacked"."""
    return any(c.dep_ == "nsubj" and c.i > auxiliary.i for c in verb.children)


def _in_case(mark: Token) -> bool:
    after = mark.doc[mark.i + 1 : mark.i + 2].text.lower()  # a text may break off there
    return mark.lower_ == "in" and after == "case"


def _often(verb: Token) -> bool:
    """Tell whether only how often something was done is denied."""
    return any(
        c.lower_ in ("often", "always", "frequently", "regularly")
        and c.dep_ == "advmod"
        and c.i > verb.i
        for c in verb.children
    )


def _negates(child: Token) -> bool:
    """Tell whether a word beside a predicate says no: "not", "never", "no longer", "yet to"."""
    word = child.lower_
    after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
    if word == "not" and after in ("just", "only", "merely", "simply"):
        return False
    if word in ("not", "n't", "n’t") and _often(child.head):
        return False  # "were not held so often": they were
    if child.dep_ == "neg" or word in ("never", "hardly", "no"):
        return child.dep_ in ("advmod", "neg", "det")
    before = {c.lower_ for c in child.children}
    if child.dep_ == "mark" and word == "than" and child.i:
        return child.nbor(-1).lower_ == "rather"
    return word in ("longer", "more") and "no" in before


def is_negative(noun: Token) -> bool:
    if any(c.tag_ == "JJR" for c in noun.children):
        return False  # "there is no better sign of"
    return any(
        c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither", "none")
        for c in noun.children
    )


def _purpose(made: Cast, verb: Token) -> str:
    """Return what an infinitive of purpose tells: who came together to talk did talk."""
    above = verb.head
    if any(c.lower_ == "only" and c.i < verb.i for c in verb.children):
        return own_level(made, above)  # "sailed for weeks, only to be destroyed"
    if _first_to(above):
        return own_level(made, above)
    together = above.lemma_.lower() in made.lexicon.cues["gathering"] or any(
        c.lower_ == "together" for c in above.children
    )
    if verb.dep_ == "advcl" and (together or is_uttered(made, verb, above)):
        to_come = POSSIBLE if is_infinitive(above) else FACT  # "is to call to thank"
        return worse(to_come, own_level(made, above))
    act = above.head if above.dep_ == "dobj" else above
    done = above.tag_ == "VBN" and above.dep_ == "acl"
    if done and above.head.lemma_.lower() in made.lexicon.cues["steps"]:
        return own_level(made, above)
    if _served(made, verb, act) or _reached(made, verb):
        return own_level(made, act)
    return FACT if was_taken(made, above) else POSSIBLE


def _first_to(verb: Token) -> bool:
    """Tell whether somebody is said to be the first, the only one to do something."""
    said = [c for c in verb.children if c.dep_ == "attr"]
    said += [
        x
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ in ("among", "of")
        for x in c.children
    ]
    return verb.lemma_ == "be" and any(
        c.lower_ in _RANKED or c.ent_type_ == "ORDINAL"
        for noun in said
        for c in noun.children
    )


_RANKED = frozenset({"first", "last", "latest", "only", "next"})


def is_uttered(made: Cast, verb: Token, above: Token) -> bool:
    """Tell whether somebody calls another to say something, and so says it: "called to thank"."""
    cues = made.lexicon.cues
    said = verb.lemma_.lower() in cues["performed"] | cues["uttered"]
    if not said or above.lemma_.lower() not in cues["contacting"]:
        return False
    # but "called on X to thank Y", "called for X to …" ask X to do so
    reached = any(
        c.dep_ == "dobj" or c.lower_ in ("to", "with") for c in above.children
    )
    return reached and is_infinitive(verb)


def _served(made: Cast, verb: Token, act: Token) -> bool:
    """Tell whether what was done serves its purpose by itself: "gave a loan to help X"."""
    phrasal = any(c.dep_ == "prt" for c in act.children)
    if act.tag_ == "VB" or phrasal or embedded(made, act) != FACT:
        return False
    given = (
        act.lemma_.lower() in made.lexicon.cues["donating"]
        and verb.lemma_.lower() in made.lexicon.cues["assisting"]
    )
    return given or _same_act(made, verb, act)


def _reached(made: Cast, verb: Token) -> bool:
    """Tell whether what a text has told of was the aim: "gave way to reach this deal"."""
    concluding = verb.lemma_.lower() in made.lexicon.cues["concluding"] | {"reach"}
    return concluding and any(
        x.dep_ == "det" and x.lower_ in ("this", "that", "these")
        for c in verb.children
        if c.dep_ == "dobj"
        for x in c.children
    )


def _same_act(made: Cast, verb: Token, above: Token) -> bool:
    """Tell whether a purpose only says what an act is about: "opened talks to discuss it"."""
    own = {e.relation for e in made.lexicon.verbs.get(verb.lemma_.lower(), ())}
    held = [c for c in above.children if c.dep_ == "dobj"]
    held += [
        x for c in held for p in c.children if p.lower_ == "of" for x in p.children
    ]
    return above.lemma_.lower() in made.lexicon.cues["light"] and any(
        e.parties and e.relation in own
        for t in held
        for e in made.lexicon.nouns.get(t.lemma_.lower(), ())
    )


def was_taken(made: Cast, noun: Token) -> bool:
    """Tell whether somebody had an occasion and so took it: "had an opportunity to meet"."""
    word = noun.lemma_.lower()
    verb = noun.head
    seized = (
        verb.lemma_ == "have" or verb.lemma_.lower() in made.lexicon.cues["seizing"]
    )
    past = seized and verb.tag_ in ("VBD", "VBN")
    if any(c.lower_ == "or" for t in noun.children for c in t.children):
        return False  # "had the opportunity to accept or reject it"
    return word in made.lexicon.cues["occasions"] and noun.dep_ == "dobj" and past


def _ahead(made: Cast, token: Token) -> bool:
    """Tell whether the clause above is told of as to come: "will … when he …"."""
    return token.dep_ == "advcl" and any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in token.head.children
    )


def noun_level(made: Cast, noun: Token) -> str:
    """Return a noun's own level: "no talks", "a possible sale"."""
    level = FACT
    around = (
        noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    )
    for child in (*noun.children, *(around.children if around != noun else ())):
        if child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
            level = worse(level, NEGATED if is_negative(child.head) else FACT)
        elif (
            child.dep_ in ("amod", "compound", "advmod")
            and child.lower_ in made.lexicon.cues["possible_words"]
        ) or (
            child.dep_ == "acl"
            and child.tag_ == "VBN"
            and child.lemma_.lower() in made.lexicon.cues["scheduling"]
        ):
            level = worse(level, POSSIBLE)
    return level


def is_denied(verb: Token) -> bool:
    return any(_negates(c) for c in verb.children)


def has_that(clause: Token) -> bool:
    that = [c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"]
    held = any(c.dep_ == "dobj" for c in clause.children)
    # a relative may be read so too: "a request that Chad turned down"
    return any(held or c.tag_ != "WDT" for c in that)
