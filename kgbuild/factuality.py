"""Factuality and attribution: is it so, and who says so.

A predicate's own negation and modals count first; then the clauses above it, one by one: a
verb of planning makes what is below it possible, a verb of refusing makes it negated, a verb
of saying gives it a speaker (cf. Saurí and Pustejovsky 2009, "FactBank").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kgbuild.arguments import owned_to
from kgbuild.coordination import beside, conjuncts
from kgbuild.entities import Cast
from kgbuild.levels import (
    FACT,
    NEGATED,
    POSSIBLE,
    embedded,
    goes_on,
    has_that,
    is_infinitive,
    is_negative,
    noun_level,
    own_level,
    worse,
)
from kgbuild.propositions import Proposition
from kgbuild.scope import from_above, while_to_come
from kgbuild.speech import quote_at
from kgbuild.turns import turn_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """How far something is so; ``speakers`` are entity ids, ``unnamed`` a speaker without a name.

    ``above`` are the lemmas of what governs the predicate, nearest first.
    """

    factuality: str
    speakers: tuple[str, ...] = ()
    unnamed: str = ""
    above: tuple[str, ...] = ()
    given: bool = False


def stance(made: Cast, proposition: Proposition) -> Stance:
    """Return the factuality and the speakers of a proposition."""
    doc = made.doc
    token = doc[proposition.predicate]
    level = FACT if proposition.verbal else noun_level(made, token)
    given = _given(made, proposition)
    performed = _performed(made, proposition)
    settled = given or performed
    above: list[str] = []
    if proposition.light is not None and proposition.link == "object":
        denied = is_negative(token)  # "had no talks": once, though both words tell
        level = worse(level, _measured(made, token))
        token = doc[proposition.light]
        if goes_on(made, token):
            settled = True  # "will not end its support"
        else:
            above.append(token.lemma_.lower())
        if not settled:
            if token.lemma_.lower() not in made.lexicon.cues["doing"]:
                level = worse(level, embedded(made, token))
            level = worse(level, own_level(made, token, objects=not denied))
    elif not settled:
        level = worse(level, own_level(made, token))
    mutual = not proposition.verbal and proposition.lemma in made.lexicon.cues["mutual"]
    if mutual and _hypothetical(made, doc[proposition.predicate]):
        level = worse(level, POSSIBLE)
    speakers: list[str] = []
    unnamed, beyond = "", False
    for head, link in _governors(token):
        link = "advcl" if link == "ccomp" and _subordinate(token) else link
        beyond = beyond or link == "relcl"  # "X, which gives Y arms, halted …"
        if head.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and not beyond:
            above.append(head.lemma_.lower())
        if not settled:
            level = worse(level, from_above(made, token, head, link))
        settled = (
            settled
            or (_asserted(made, head, link) and not _hanging(token, link))
            or _modifies(token, link, proposition)
        )
        if _reports(made, head, link):
            who = made.clauses.subject(head)
            ids = _ids(made, who)
            if ids == [made.issuer] and quote_at(made.quotes, head.i) is None:
                ids, who = [], []  # "we announce": the article itself says it
            if ids and not speakers:
                speakers = ids
            elif who and not ids and not speakers and not unnamed:
                unnamed = doc[who[0]].text
        elif link in ("acl", "relcl", "ccomp") and _said(made, token, head):
            owners = [c.i for c in head.children if c.dep_ == "poss"]
            speakers = speakers or _ids(made, owners)
        elif link == "prep" and token.lower_ in ("about", "of", "on"):
            speakers = speakers or _told_by(made, head)
        token = head
    if level == NEGATED and _sided(made, proposition) or _wished(made, proposition):
        level = POSSIBLE
    if not speakers:
        speakers, unnamed = _outside(made, proposition.predicate, unnamed)
    return Stance(
        factuality=level,
        speakers=tuple(dict.fromkeys(speakers)),
        unnamed=unnamed,
        above=tuple(above),
        given=given or performed,
    )


def refused_level(made: Cast, p: Proposition) -> str:
    """Return how far it is so that somebody refuses: "if Chad fails to extend the pact"."""
    verb = made.doc[
        p.light if p.light is not None and p.link == "object" else p.predicate
    ]
    above = (verb, *(a for a in verb.ancestors if a.pos_ in ("VERB", "AUX")))
    refusing = [v for v in above[:4] if v.lemma_.lower() in made.lexicon.refusing]
    open_ = any(own_level(made, v) == POSSIBLE for v in refusing)
    return POSSIBLE if open_ else FACT


def _measured(made: Cast, noun: Token) -> str:
    """Return what the noun that an act is "of" makes of it: "saw the likelihood of war"."""
    outer = noun.head.head
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of" and outer.pos_ == "NOUN"
    held = of and outer.lemma_.lower() in made.lexicon.cues["prospects"]
    return embedded(made, outer) if held else FACT


def _wished(made: Cast, p: Proposition) -> bool:
    """Tell whether it is but hoped to begin: "support for the resumption of X's talks"."""
    noun, cues = made.doc[p.predicate], made.lexicon.cues
    if p.verbal or noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return False
    begun = noun.head.head
    if begun.lemma_.lower() in cues["arranging"] and begun.pos_ == "NOUN":
        return True
    over = begun.head.head if begun.dep_ == "pobj" else begun.head
    hoped = cues["favoring"] | cues["prospects"]
    return begun.lemma_.lower() in cues["beginnings"] and over.lemma_.lower() in hoped


def _sided(made: Cast, p: Proposition) -> bool:
    """Tell whether but a side of an event is spoken of: "did not change the format of the talks"."""
    noun = made.doc[p.predicate]
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    return of and noun.head.head.lemma_.lower() in made.lexicon.cues["aspects"]


def _modifies(token: Token, link: str, p: Proposition) -> bool:
    """Tell whether a predicate only says which: "the base located in Chad"."""
    own = token.i == p.predicate and link in ("acl", "amod")
    return own and not is_infinitive(token) and not has_that(token)


def _hanging(clause: Token, link: str) -> bool:
    """Tell whether a participle is as far so as its main verb: "asked X to act while reviving Y"."""
    finite = any(c.dep_ in ("aux", "auxpass", "nsubj") for c in clause.children)
    return link == "advcl" and clause.tag_ == "VBG" and not finite


def _asserted(made: Cast, head: Token, link: str) -> bool:
    """Tell whether what stands further up leaves a clause as it is.

    A subject is left so, unless its verb says that something occurs: "talks may begin".
    """
    cues = made.lexicon.cues
    said = link == "ccomp" and head.lemma_.lower() in cues["reporting"]
    if said and head.dep_ == "xcomp" and head.head.lemma_.lower() in cues["performing"]:
        return True  # "I would like to stress that"
    credited = link == "pcomp" and head.lower_ == "for"
    if credited and head.head.lemma_.lower() in cues["crediting"]:
        return True
    return link in ("relcl", "advcl", "poss", "appos") or (
        link in ("nsubj", "nsubjpass")
        and head.lemma_.lower() not in made.lexicon.cues["occurring"]
    )


def _given(made: Cast, p: Proposition) -> bool:
    """Tell whether a noun speaks of what is so whatever is done about it.

    "Discussed Russia's war" takes the war as known; "sought Russia's help" does not.
    """
    if p.verbal:
        return False
    if owned_to(made, p, "claiming") or _avowed(made, p):
        return True
    noun, cues = made.doc[p.predicate], made.lexicon.cues
    if p.lemma in cues["mutual"] and _hypothetical(made, noun):
        return False
    if p.lemma in cues["uttered_nouns"] and p.link == "object":
        return False  # "will underscore his hope": as he will
    owned = (
        any(c.dep_ == "poss" and c.pos_ in ("PROPN", "NOUN") for c in noun.children)
        or (noun.tag_ == "NNS" or noun.lemma_.lower() in made.lexicon.cues["mutual"])
        and _national(noun)
    )
    carried = cues["ceasing"] | cues["carrying_on"]
    ended = noun.head.lemma_.lower() in carried and any(
        c.tag_ == "PRP$" for c in noun.children
    )  # "to end its occupation of X", "pursues its war on Y"
    definite = (
        owned
        or ended
        or any(
            c.dep_ == "det"
            and c.lower_ in cues["definite"]
            or c.dep_ == "amod"
            and c.lower_ in cues["lasting"]
            or c.tag_ == "PRP$"
            and p.lemma in cues["mutual"]
            for c in noun.children
        )
    )
    of = noun.head.head if noun.dep_ == "pobj" else noun
    if of.lemma_.lower() in cues["resulting"]:
        return True
    if any(c.dep_ == "amod" and c.lower_ in cues["over"] for c in noun.children):
        return True
    head = _beyond(made, noun)
    if head is None or while_to_come(made, noun):
        return False
    word = head.lemma_.lower()
    bare = not any(c.dep_ in ("det", "neg") for c in noun.children)
    if ended and word in cues["carrying_on"]:
        return True
    if word in cues["harming"] and (bare or definite):
        return True
    if word in cues["bettering"] and (definite or _national(noun)):
        return not any(c.lower_ in _PERHAPS for c in head.children)
    held = noun.dep_ in ("dobj", "pobj", "conj") and _national(noun)
    if word in cues["taking_as_given"] and (definite or held):
        return True
    if not definite:
        return False
    if noun.head.lower_ in cues["amid"]:
        return word not in cues["engaging"] and embedded(made, head) == FACT
    return (
        owned
        and not any(c.lower_ in _PERHAPS for c in head.children)
        and word not in cues["light"] | cues["prospects"]
        and not (noun.dep_ == "dobj" and word in cues["passive_light"])
        and embedded(made, head) == FACT
        and p.link != "subject"
    )


def _avowed(made: Cast, p: Proposition) -> bool:
    """Tell whether somebody says a deed to be his: "claimed the attack on Chad"."""
    if p.light is None or p.link != "object":
        return False
    return made.doc[p.light].lemma_.lower() in made.lexicon.cues["avowing"]


def _hypothetical(made: Cast, noun: Token) -> bool:
    """Tell whether the clause around is of what would be: "would give new impetus to relations".

    So is what a paper is to bring that is yet to be signed.
    """
    verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    first = beside(verb) if verb.dep_ == "conj" else None
    both = (verb, *((first,) if first is not None else ()))
    words = {c.lower_ for v in both for c in v.children if c.dep_ == "aux"}
    to_sign = verb.lemma_.lower() in made.lexicon.cues["concluding"]
    return bool(words & _PERHAPS) or to_sign and "will" in words


_PERHAPS = frozenset({"would", "could", "might", "may"})


def _national(noun: Token) -> bool:
    return any(
        t.ent_type_ in ("NORP", "GPE")
        for c in noun.children
        if c.dep_ in ("amod", "compound", "nmod")
        for t in c.subtree
    )


def _topical(made: Cast, word: Token) -> bool:
    """Tell whether a word only says that something is a topic: "issues [related to]"."""
    cues, lemma = made.lexicon.cues, word.lemma_.lower()
    relating = word.pos_ == "VERB" and word.dep_ == "acl" and lemma in cues["relating"]
    return relating and _topical(made, word.head) or lemma in cues["topics"]


def _beyond(made: Cast, noun: Token) -> Token | None:
    """Return the word that a noun phrase completes, beyond coordination and preposition."""
    for _ in range(4):
        listed = noun.dep_ == "pobj" and (
            noun.head.lower_ == "including" or _topical(made, noun.head.head)
        )
        if noun.dep_ != "conj" and not listed:
            break
        noun = noun.head.head if listed else noun.head
        if noun.pos_ == "VERB":
            noun = noun.head
    head = noun.head
    if noun.dep_ == "pobj":
        head = head.head
    return head if head != noun else None


_OPENING = frozenset({"begin", "start", "open", "conclude", "end", "close", "finish"})


def _performed(made: Cast, p: Proposition) -> bool:
    """Tell whether saying is doing: "I would like to thank", "let me express our thanks"."""
    performed, cues = made.lexicon.cues["performed"], made.lexicon.cues
    said = p.verbal and p.lemma in cues["reporting"] | cues["calling"] | {"request"}
    mine = any(made.doc[i].lower_ in ("i", "we") for i in p.roles.get("subject", ()))
    if p.lemma not in performed and not (said and mine):
        return False
    verb = made.doc[
        p.light if p.light is not None and p.link == "object" else p.predicate
    ]
    if verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in _OPENING:
        return True  # "I would like to begin by thanking X"
    if verb.dep_ not in ("xcomp", "ccomp", "acl", "relcl"):
        addressed = p.verbal and verb.dep_ == "advcl" and _addressed(made, verb)
        return addressed or not p.verbal and verb.lemma_.lower() in performed
    performing = made.lexicon.cues["performing"]
    return verb.head.lemma_.lower() in performing or _addressed(made, verb)


def _addressed(made: Cast, verb: Token) -> bool:
    """Tell whether somebody was spoken to for it: "called to thank", "gave a speech to praise"."""
    cues, act = made.lexicon.cues, verb.head.head if verb.dep_ == "acl" else verb.head
    spoke = act.lemma_.lower() in cues["contacting"] or any(
        c.dep_ == "dobj" and c.lemma_.lower() in cues["papers"] | cues["sayings"]
        for c in act.children
    )
    return (
        spoke
        and is_infinitive(verb)
        and act.pos_ == "VERB"
        and act.tag_ != "VB"
        and own_level(made, act) == FACT
    )


def _ids(made: Cast, heads: list[int]) -> list[str]:
    """Return the ids of those whom a subject names, coordinated ones with it."""
    tokens = [c for i in heads for c in conjuncts(made.doc[i])]
    return [r.id for t in tokens for r in made.at.get(t.i, ())]


def _governors(token: Token) -> Iterator[tuple[Token, str]]:
    for _ in range(12):
        if token.dep_ == "ROOT" or token.head == token:
            return
        if _own_sentence(token):
            return
        head = (token.dep_ == "conj" and beside(token)) or token.head
        yield head, token.dep_
        token = head


def _own_sentence(clause: Token) -> bool:
    """Tell whether the parser hung a main clause on the one before: "Although A did, B did"."""
    if clause.dep_ not in ("ccomp", "relcl"):
        return False
    first, last = sorted((clause.i, clause.head.i))
    if any(
        t.text == ";" and t.head in (clause, clause.head)
        for t in clause.doc[first:last]
    ):
        return True
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    above = {c.dep_ for c in clause.head.children}
    unowned = not above & {"nsubj", "nsubjpass", "expl", "csubj"}
    if clause.dep_ == "ccomp" and clause.i < clause.head.i and unowned:
        return subject is not None  # "discussed trade, plans to …": read as a verb
    if clause.i < clause.head.i:  # "Chad stands with Peru, [and] will go on to …"
        to_come = any(c.tag_ == "MD" for c in clause.head.children)
        return clause.dep_ == "ccomp" and to_come and subject is not None
    if subject is None or subject.pos_ != "PROPN":
        return False
    edge = subject.left_edge
    comma = edge.i > 0 and edge.nbor(-1).text == ","
    if clause.dep_ == "relcl":
        return comma and clause.left_edge == edge
    marked = any(c.dep_ == "mark" for c in clause.children)
    under = any(
        c.dep_ in ("mark", "advmod")
        for c in clause.head.children
        if c.i < clause.head.i and c.lower_ in _SUBORDINATE
    )
    return comma and under and not marked


_SUBORDINATE = frozenset(
    {"although", "though", "while", "because", "as", "when", "since", "after", "once"}
    | {"before"}
)


def _subordinate(clause: Token) -> bool:
    """Tell whether a clause only says when or why: "since Chad and Peru began ties, we …"."""
    return any(
        c.dep_ in ("mark", "advmod") and c.lower_ in _SUBORDINATE and c.i < clause.i
        for c in clause.children
    )


def _reports(made: Cast, head: Token, link: str) -> bool:
    """Tell whether a clause is what somebody says, not what he undertakes to do."""
    return (
        link in ("ccomp", "parataxis", "dep")
        and head.pos_ in ("VERB", "AUX")
        and head.lemma_.lower() in made.lexicon.cues["reporting"]
    )


def _said(made: Cast, clause: Token, noun: Token) -> bool:
    """Tell whether a that-clause is what a noun of saying holds: "his claim that …"."""
    word = noun.lemma_.lower()
    return (
        noun.pos_ == "NOUN"
        and word in made.lexicon.cues["sayings"]
        and has_that(clause)
    )


def _told_by(made: Cast, noun: Token) -> list[str]:
    """Return whose saying a noun is: "statements by the ministry about Chad's supplies"."""
    if noun.lemma_.lower() not in made.lexicon.cues["sayings"]:
        return []
    owners = [c.i for c in noun.children if c.dep_ == "poss"]
    owners += [
        x.i
        for c in noun.children
        if c.lower_ in ("by", "from", "of") and c.dep_ in ("prep", "agent")
        for x in c.children
    ]
    return _ids(made, owners)


def _outside(made: Cast, predicate: int, unnamed: str) -> tuple[list[str], str]:
    """Look for the speaker in the quotation around, and in "according to"."""
    doc = made.doc
    quote = quote_at(made.quotes, predicate)
    if quote and quote.verb is not None and quote.end - quote.start > 4:
        who = made.clauses.subject(doc[quote.verb])
        ids = _ids(made, who)
        if ids:
            return ids, unnamed
        if who and not unnamed:
            unnamed = doc[who[0]].text
    for token in made.sentence(predicate):
        if (
            token.lower_ == "according"
            and token.i + 1 < len(doc)
            and doc[token.i + 1].lower_ == "to"
        ):
            heads = [
                p
                for c in (token, doc[token.i + 1])
                for p in c.children
                if p.dep_ == "pobj"
            ]
            heads += [p for c in token.children for p in c.children if p.dep_ == "pobj"]
            ids = _ids(made, [h.i for h in heads + [o for h in heads for o in _by(h)]])
            if ids:
                return ids[:1], unnamed
            if heads:
                unnamed = heads[0].text
    turn = turn_at(made, predicate)
    if turn and not unnamed:
        if turn.speaker:
            return [turn.speaker], unnamed
        unnamed = doc[turn.label].text
    return [], unnamed


def _by(report: Token) -> list[Token]:
    """Return whose a report is: "according to a study by the bank"."""
    owners = [c for c in report.children if c.dep_ == "poss"]
    phrases = [c for c in report.children if c.lower_ in ("by", "from", "of")]
    return owners + [p for c in phrases for p in c.children if p.dep_ == "pobj"]
