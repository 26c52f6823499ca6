"""Factuality and attribution: is it so, and who says so.

A predicate's own negation and modals count first; then the clauses above it, one by one: a
verb of planning makes what is below it possible, a verb of refusing makes it negated, a verb
of saying gives it a speaker (cf. Saurí and Pustejovsky 2009, "FactBank").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kgbuild.clauses import conjuncts
from kgbuild.entities import Cast
from kgbuild.propositions import Proposition
from kgbuild.speech import quote_at
from kgbuild.turns import turn_at

FACT, POSSIBLE, NEGATED = "fact", "possible", "negated"


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
    level = FACT if proposition.verbal else _nominal(made, token)
    given = _given(made, proposition)
    settled = given or _performed(made, proposition)
    above: list[str] = []
    if proposition.light is not None and proposition.link == "object":
        denied = _negative(token)  # "had no talks": once, though both words tell
        token = doc[proposition.light]
        if _goes_on(made, token):
            settled = True  # "will not end its support"
        else:
            above.append(token.lemma_.lower())
        if not settled:
            level = worse(level, embedded(made, token))
            level = worse(level, _local(made, token, objects=not denied))
    elif not settled:
        level = worse(level, _local(made, token))
    speakers: list[str] = []
    unnamed = ""
    for head, link in _governors(token):
        if head.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            above.append(head.lemma_.lower())
        if not settled:
            level = worse(level, _from_above(made, token, head, link))
        settled = (
            settled
            or _asserted(made, head, link)
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
        token = head
    if not speakers:
        speakers, unnamed = _outside(made, proposition.predicate, unnamed)
    return Stance(
        factuality=level,
        speakers=tuple(dict.fromkeys(speakers)),
        unnamed=unnamed,
        above=tuple(above),
        given=given,
    )


def _goes_on(made: Cast, verb: Token) -> bool:
    """Tell whether a verb says that something does not end."""
    return verb.lemma_.lower() in made.lexicon.cues["ceasing"] and _denied(verb)


def _modifies(token: Token, link: str, p: Proposition) -> bool:
    """Tell whether a predicate only says which: "the base located in Chad"."""
    own = token.i == p.predicate and link == "acl"
    return own and not _infinitive(token) and not _that(token)


def _asserted(made: Cast, head: Token, link: str) -> bool:
    """Tell whether what stands further up leaves a clause as it is.

    A subject is left so, unless its verb says that something occurs: "talks may begin".
    """
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
    noun, cues = made.doc[p.predicate], made.lexicon.cues
    owned = (
        any(c.dep_ == "poss" and c.pos_ in ("PROPN", "NOUN") for c in noun.children)
        or (noun.tag_ == "NNS" or noun.lemma_.lower() in made.lexicon.cues["mutual"])
        and _national(noun)
    )
    definite = owned or any(
        c.dep_ == "det" and c.lower_ in cues["definite"] for c in noun.children
    )
    of = noun.head.head if noun.dep_ == "pobj" else noun
    if of.lemma_.lower() in cues["resulting"]:
        return True
    head = _beyond(made, noun)
    if head is None or _while_to_come(made, noun):
        return False
    word = head.lemma_.lower()
    bare = not any(c.dep_ in ("det", "neg") for c in noun.children)
    if word in cues["harming"] and (bare or definite):
        return True
    if word in cues["bettering"] and (definite or _national(noun)):
        return True
    if not definite:
        return False
    if word in cues["taking_as_given"]:
        return True
    if noun.head.lower_ in cues["amid"]:
        return word not in cues["engaging"] and embedded(made, head) == FACT
    return (
        owned
        and word not in cues["light"] | cues["prospects"] | cues["passive_light"]
        and embedded(made, head) == FACT
        and p.link != "subject"
    )


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
    performed = made.lexicon.cues["performed"]
    if p.lemma not in performed:
        return False
    verb = made.doc[
        p.light if p.light is not None and p.link == "object" else p.predicate
    ]
    if verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in _OPENING:
        return True  # "I would like to begin by thanking X"
    if verb.dep_ not in ("xcomp", "ccomp"):
        return not p.verbal and verb.lemma_.lower() in performed
    return verb.head.lemma_.lower() in made.lexicon.cues["performing"]


def _ids(made: Cast, heads: list[int]) -> list[str]:
    """Return the ids of those whom a subject names, coordinated ones with it."""
    tokens = [c for i in heads for c in conjuncts(made.doc[i])]
    return [r.id for t in tokens for r in made.at.get(t.i, ())]


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
    meant = _infinitive(verb) or any(c.tag_ == "MD" for c in verb.children)
    meant = (meant or verb.dep_ == "pcomp") and not _denied(verb)
    opened = level == NEGATED and meant and lemma in made.lexicon.cues["preventing"]
    return POSSIBLE if opened else level


def _local(made: Cast, token: Token, *, objects: bool = True) -> str:
    """Return a predicate's own level: its negation, modals, adverbs, condition, question.

    ``objects`` says whether a "no" on subject or object counts.
    """
    level, inherits = FACT, token
    for _ in range(3):
        for child in inherits.children:
            level = worse(level, _of_adverbial(made, token, child))
            if (
                inherits is token
                and not _until(token)
                and (
                    _negates(child)
                    or (objects and child.dep_ in _HELD and _negative(child))
                )
            ):
                level = worse(level, NEGATED)
        shared = inherits.dep_ == "conj" and not any(
            c.dep_ in ("nsubj", "nsubjpass", "aux") for c in inherits.children
        )
        if not shared or inherits.head.pos_ not in ("VERB", "AUX"):
            break
        inherits = inherits.head
    first = inherits if token.tag_ == "VB" else token  # "to support and strengthen X"
    if first.dep_ in ("advcl", "acl", "relcl") and _infinitive(first):
        level = worse(level, _purpose(made, first))
    if any(t.text == "?" for t in made.sentence(token.i)[-2:]):
        level = worse(level, POSSIBLE)
    return level


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


def _infinitive(token: Token) -> bool:
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
    inverted = token.dep_ == "advcl" and word == "had" and _inverted(token, child)
    return POSSIBLE if doubted or condition or inverted or _in_case(child) else FACT


def _past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" and c.dep_ in ("aux", "auxpass") for c in verb.children
    )


def _inverted(verb: Token, auxiliary: Token) -> bool:
    """Tell whether a clause is a condition by its order: "had France attacked"."""
    return any(c.dep_ == "nsubj" and c.i > auxiliary.i for c in verb.children)


def _in_case(mark: Token) -> bool:
    return mark.lower_ == "in" and mark.nbor(1).lower_ == "case"


def _negates(child: Token) -> bool:
    """Tell whether a word beside a predicate says no: "not", "never", "no longer", "yet to"."""
    word = child.lower_
    after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
    if word == "not" and after in ("just", "only", "merely", "simply"):
        return False
    if child.dep_ == "neg" or word in ("never", "hardly", "no"):
        return child.dep_ in ("advmod", "neg", "det")
    before = {c.lower_ for c in child.children}
    if child.dep_ == "mark" and word == "than" and child.i:
        return child.nbor(-1).lower_ == "rather"
    return word in ("longer", "more") and "no" in before


def _negative(noun: Token) -> bool:
    return any(
        c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither", "none")
        for c in noun.children
    )


def _purpose(made: Cast, verb: Token) -> str:
    """Return what an infinitive of purpose tells: who came together to talk did talk."""
    above = verb.head
    together = above.lemma_.lower() in made.lexicon.cues["gathering"] or any(
        c.lower_ == "together" for c in above.children
    )
    if verb.dep_ == "advcl" and together:
        return _local(made, above)
    return FACT if _taken(made, above) else POSSIBLE


def _taken(made: Cast, noun: Token) -> bool:
    """Tell whether somebody had an occasion and so took it: "had an opportunity to meet"."""
    word = noun.lemma_.lower()
    verb = noun.head
    past = verb.lemma_ == "have" and verb.tag_ in ("VBD", "VBN")
    if any(c.lower_ == "or" for t in noun.children for c in t.children):
        return False  # "had the opportunity to accept or reject it"
    return word in made.lexicon.cues["occasions"] and noun.dep_ == "dobj" and past


def _ahead(made: Cast, token: Token) -> bool:
    """Tell whether the clause above is told of as to come: "will … when he …"."""
    return token.dep_ == "advcl" and any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in token.head.children
    )


def _nominal(made: Cast, noun: Token) -> str:
    """Return a noun's own level: "no talks", "a possible sale"."""
    level = FACT
    for child in noun.children:
        if child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
            level = worse(level, NEGATED)
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


def _governors(token: Token) -> Iterator[tuple[Token, str]]:
    for _ in range(12):
        if token.dep_ == "ROOT" or token.head == token:
            return
        if _own_sentence(token):
            return
        yield token.head, token.dep_
        token = token.head


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
    if clause.i < clause.head.i:
        return False
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
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
)


def _from_above(made: Cast, token: Token, head: Token, link: str) -> str:
    """Return what the governing word, and its own negation or modal, makes of a clause."""
    if link == "pcomp":
        return POSSIBLE if _infinitive(token) else _under_preposition(head)
    if link == "prep":
        return _by_phrase(made, token, head)
    if link in ("nsubj", "nsubjpass"):
        return _of_clause(made, token, head)
    if link == "acomp":
        return _local(made, head)
    if link == "dobj" and head.pos_ in ("VERB", "NOUN"):
        level = embedded(made, head)
        denied = head.lemma_.lower() in made.lexicon.cues["denying"]
        doubtful = embedded(made, token) == POSSIBLE
        return NEGATED if denied and doubtful else level
    if link in ("acl", "relcl", "ccomp") and head.pos_ == "NOUN" and _that(token):
        return embedded(made, head)
    if link in ("xcomp", "acl", "ccomp"):
        return _over_clause(made, token, head, link)
    return FACT


def _denied(verb: Token) -> bool:
    return any(_negates(c) for c in verb.children)


def _that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _over_clause(made: Cast, token: Token, head: Token, link: str) -> str:
    """Return what a word makes of the infinitive or the that-clause below it."""
    if link == "acl" and not _infinitive(token):
        # "demanded that the force, sent in May, leave": the base form is a wish's
        return POSSIBLE if token.tag_ == "VB" else FACT
    cues, word = made.lexicon.cues, head.lemma_.lower()
    if _goes_on(made, head):
        return FACT
    if head.pos_ in ("ADP", "SCONJ") or head.dep_ == "prep":
        return POSSIBLE if _infinitive(token) else FACT  # "including to restore"
    if any(c.lower_ == "yet" for c in (*head.children, *token.children)) and (
        word in ("have", "be") and _infinitive(token)
    ):
        return NEGATED  # "has yet to sign"
    if word in cues["denying"]:
        return NEGATED
    if _taken(made, head):
        return FACT
    level = embedded(made, head)
    if word == "be" and head.pos_ == "AUX" and link == "xcomp" and _infinitive(token):
        return worse(POSSIBLE, _local(made, head))  # "is to visit"
    if (
        _infinitive(token)
        and any(c.dep_ == "dobj" for c in head.children)
        and word not in made.lexicon.embedding
    ):
        level = POSSIBLE  # "appointed him to negotiate"
    if (
        link == "ccomp"
        and word in cues["reporting"]
        and not (word in cues["believing"] and _denied(head))
    ):
        finite = token.tag_ in ("VBD", "VBZ", "VBP") or any(
            c.dep_ == "aux" and c.tag_ != "TO" for c in token.children
        )
        wished = _wished(token) or word in _WISHING
        return FACT if finite and not wished else level
    if link == "ccomp" and any(t.text == ";" for t in token.doc[token.i : head.i]):
        return FACT  # a sentence of its own
    if word in cues["believing"] and link == "ccomp" and _denied(head):
        return NEGATED  # "does not think that": thinks that not
    for child in head.children:
        if link == "ccomp" and child.dep_ == "acomp":  # "it is unlikely that"
            level = worse(level, embedded(made, child))
    verbal = head.pos_ in ("VERB", "AUX", "ADJ")
    return worse(level, _local(made, head) if verbal else _nominal(made, head))


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
    if any(_while_to_come(made, c) for c in preposition.children if c.dep_ == "pobj"):
        return POSSIBLE
    near = preposition.nbor(-1) if preposition.i else preposition
    hung = near.head == head and near.dep_ == "dobj"  # on the verb, not its object
    if hung and near.lemma_.lower() in cues["prospects"]:
        return embedded(made, near)
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
        return _local(made, head)
    if gerund and word in cues["negotiating"] and preposition.lower_ in _TOPIC:
        return POSSIBLE  # "spoke about meeting"
    if gerund and preposition.lower_ in ("by", "through"):  # "will help by sending"
        return POSSIBLE if _local(made, head) == POSSIBLE else FACT
    bound = preposition.lower_ in _BOUND or (
        gerund and preposition.lower_ in ("from", "in")
    )
    if not bound:
        return FACT
    level = embedded(made, head)
    return worse(level, _local(made, head)) if gerund and level != FACT else level


_TOPIC = frozenset({"about", "on", "of"})


_WHILE = frozenset({"during", "at", "after", "before", "following"})


def _while_to_come(made: Cast, noun: Token) -> bool:
    """Tell whether talks are as far off as what is done at them: "during the talks they will"."""
    preposition = noun.head
    return (
        preposition.lower_ in _WHILE
        and preposition.dep_ == "prep"
        and _joint(made, noun)
        and _to_come(preposition.head)
    )


def _joint(made: Cast, noun: Token) -> bool:
    """Tell whether a noun names what several do together: talks, a visit."""
    entries = made.lexicon.nouns.get(noun.lemma_.lower(), ())
    return any(e.parties for e in entries)


def _to_come(verb: Token) -> bool:
    """Tell whether a clause tells of what is to come: "will …", "plans to …"."""
    will = any(c.lower_ in ("will", "'ll", "’ll") for c in verb.children)
    return (
        will
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
        return _local(made, verb)
    indefinite = not any(c.dep_ in ("det", "poss") for c in noun.children) or any(
        c.lower_ in ("a", "an", "any") for c in noun.children
    )
    would = any(c.lower_ in ("would", "’d", "'d") for c in verb.children)
    return POSSIBLE if indefinite and would else FACT


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
        noun.pos_ == "NOUN" and word in made.lexicon.cues["sayings"] and _that(clause)
    )


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
