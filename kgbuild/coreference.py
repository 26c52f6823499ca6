"""Coreference: who "he", "its", "the regime", "both countries", "we" are.

A precise resolver that abstains when two readings are near: pronouns look up their own
sentence's clauses first (the subject of the clause above), then the subjects of the sentences
before (Hobbs 1978, "Resolving pronoun references", in spirit). Where a pipeline has left
clusters in ``doc._.coref_clusters`` or ``doc.spans["coref_clusters_*"]``, these come first.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from kgbuild.anaphora import read_form, read_noun, read_two
from kgbuild.coordination import conjuncts
from kgbuild.entities import Cast, country_of, point, refs
from kgbuild.speech import quote_at
from kgbuild.turns import side, turn_at

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_ACTORS = ("Country", "Organization")
_REACH = 3  # sentences back


def resolve(made: Cast) -> None:
    """Give the pronouns and the anaphoric nouns of a text their referents."""
    _clusters(made)
    for token in made.doc:
        if token.i in made.at and made.at[token.i][0].how != "class":
            continue
        word = token.lower_
        if token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$"):
            _pronoun(made, token, word)
        elif token.pos_ == "NOUN" or token.lower_ in ("both", "north", "south"):
            read_noun(made, token)
        elif token.lower_ == "two" and token.tag_ == "CD":
            read_two(made, token)
        elif token.lower_ in made.lexicon.cues["forms_of_state"]:
            read_form(made, token)


def _pronoun(made: Cast, token: Token, word: str) -> None:
    if token.dep_ == "appos" and word.endswith("self"):
        return  # "life itself"
    if word in FIRST or word in FIRST_PLURAL:
        _speaker(made, token, plural=word in FIRST_PLURAL)
        return
    if word in PERSONAL and _anybody(made, token):
        return
    if word in PERSONAL:
        found = _find(made, token, ("Person",), word)
    elif word in NEUTER and not _expletive(token) and not _of_a_thing(made, token):
        found = _find(made, token, _ACTORS, word)
    elif word in PLURAL:
        found = _group(made, token)
    else:
        return
    if found:
        point(made, token.i, token.i + 1, token.i, found, "pronoun", 0.75)
    elif word != "it":
        made.abstained.append(
            (
                token.idx,
                token.idx + len(token.text),
                f"nobody near is clearly meant by {token.text!r}",
            )
        )


def _anybody(made: Cast, token: Token) -> bool:
    """Tell whether whoever it be is meant: "he or she"."""
    near = made.doc[max(0, token.i - 2) : token.i + 3]
    return len({t.lower_ for t in near} & PERSONAL) > 1 and any(
        t.lower_ in ("or", "/") for t in near
    )


def _expletive(token: Token) -> bool:
    """Tell whether "it" means but a clause to come: "it is crucial to …", "make it clear that …"."""
    verb = token.head
    if token.lower_ == "it" and token.dep_ == "nsubjpass":
        return any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    told = any(c.dep_ in ("acomp", "attr", "oprd") for c in verb.children)
    return (
        token.lower_ == "it"
        and (verb.lemma_ == "be" or verb.lower_ in ("'s", "’s"))
        and token.dep_ in ("nsubj", "expl")
        and told
        and any(
            d.dep_ in ("xcomp", "ccomp", "advcl", "acl", "csubj", "relcl")
            and d.i > verb.i
            for c in (verb, *verb.children)
            for d in c.children
        )
    )


def _of_a_thing(made: Cast, token: Token) -> bool:
    """Tell whether it is said of "it" that it is a plan, a paper, a question.

    So is what is signed or endorsed: "it was ratified by Peru".
    """
    cues = made.lexicon.cues
    if token.dep_ in ("nsubjpass", "dobj") and token.lower_ in ("it", "this"):
        return token.head.lemma_.lower() in cues["drafting"]
    things = cues["things"] | cues["papers"] | cues["topics"]
    return token.dep_ == "nsubj" and any(
        c.dep_ == "attr" and c.lemma_.lower() in things for c in token.head.children
    )


# -- first person -------------------------------------------------------------------


def _speaker(made: Cast, token: Token, *, plural: bool) -> None:
    quote = quote_at(made.quotes, token.i)
    if plural and _shared(made, token):
        return
    if quote is None:
        turn = turn_at(made, token.i)
        if turn:
            who = side(made, turn) if plural else turn.speaker
        else:
            person = None if plural else _author(made) or _signer(made)
            who = person or _publisher(made)
        if who:
            point(made, token.i, token.i + 1, token.i, [who], "pronoun", 0.8)
        return
    if quote.verb is None:
        return
    speakers = [
        r.id
        for i in made.clauses.subject(made.doc[quote.verb])
        for r in made.at.get(i, ())
    ]
    if not speakers:
        return
    speaker = speakers[0]
    if plural and made.type_of(speaker) == "Person":
        country = country_of(made, speaker)
        if country is None:
            return
        speaker = country
    point(made, token.i, token.i + 1, token.i, [speaker], "pronoun", 0.8)


def _publisher(made: Cast) -> str | None:
    return made.add_known(made.issuer) if made.issuer else None


def _shared(made: Cast, token: Token) -> bool:
    """Tell whether "our" means speaker and hearer: "our two countries", "our nations"."""
    owned = token.head
    return (
        token.dep_ == "poss"
        and owned.tag_ in ("NNS", "NNPS")
        and (
            owned.lemma_.lower() in made.lexicon.anaphors["Country"]
            or any(c.lower_ in ("two", "both", "respective") for c in owned.children)
        )
    )


def _signer(made: Cast) -> str | None:
    """Return the holder of the post that a source is called by: "presidential press release"."""
    day, words = made.document.date, made.document.source.lower().split()
    if not made.issuer or day is None:
        return None
    holders = {
        name.id
        for name, term in made.gazetteer.knowledge.holders(made.issuer, day)
        if any(w.startswith(term.role.lower()) for w in words)
    }
    return made.add_known(holders.pop()) if len(holders) == 1 else None


def _author(made: Cast) -> str | None:
    """Return the person whose byline opens a text: "Antony J. Blinken, Secretary of State"."""
    first = next(iter(made.doc.sents), None)
    if (
        first is None
        or any(t.pos_ in ("VERB", "AUX") for t in first)
        or not made.issuer
    ):
        return None
    return next((p.person for p in made.posts if p.start < first.end), None)


# -- third person -------------------------------------------------------------------


def _clause_verbs(token: Token) -> list[Token]:
    verbs = [a for a in token.ancestors if a.pos_ in ("VERB", "AUX")]
    return verbs[_objective(token) :]


def _objective(token: Token) -> bool:
    """Tell whether the one who is to do something is whom another acts on: "let them go"."""
    return token.dep_ == "nsubj" and token.lower_ in ("them", "him", "her")


def _find(made: Cast, token: Token, types: tuple[str, ...], word: str) -> list[str]:
    """Return whom a singular pronoun means, or nobody."""
    quote = quote_at(made.quotes, token.i)
    barred: set[str] = set()
    if quote and quote.verb is not None:
        verb = made.doc[quote.verb]
        barred = {r for i in made.clauses.subject(verb) for r in refs(made, i, types)}
        # "He will …," Trump said of Abe
        for i in made.clauses.roles(verb).get("of", ()):
            if found := [r for r in refs(made, i, types) if r not in barred]:
                return found[:1]
    reflexive = word in ("himself", "herself", "itself")
    possessive = token.tag_ == "PRP$" or token.dep_ == "poss"
    own = token.dep_ in ("nsubj", "nsubjpass") and not _objective(token)
    if possessive and (owners := _owners_before(token)):
        return [r for i in owners for r in refs(made, i, types)][:1]
    for n, verb in enumerate(_clause_verbs(token)):
        if quote and verb.i not in range(quote.start, quote.end):
            break
        subjects = [i for i in made.clauses.subject(verb) if i != token.i]
        subjects = [i for i in subjects if not _speaking(made.doc[i])]
        if word in NEUTER:  # "they feared that it": not one of them
            subjects = [i for i in subjects if made.doc[i].lower_ not in PLURAL]
        if n == 0 and (own or not (reflexive or possessive)):
            if not own:
                barred |= {r for i in subjects for r in _each(made, i, types)}
            continue
        several = [i for i in subjects if len(conjuncts(made.doc[i])) > 1]
        if word in NEUTER and any(_each(made, i, types) for i in several):
            return []  # "Chad and others feared that it might": none of them
        for i in subjects:
            if i > token.i and verb.i > token.i and not _fronted(token, verb):
                continue
            if _stranger(made, i, person=word in PERSONAL):
                return []  # somebody named here, but not known to be who
            # "X and his counterpart": not the counterpart's own
            last = token.i if i < token.i else len(made.doc)
            found = [r for r in _each(made, i, types, last) if r not in barred]
            found = [r for r in found if _agrees(made, r, word)]
            if not found:
                continue
            if len(set(found)) > 1:
                return []
            implied = (
                word in NEUTER
                and not reflexive
                and (not _overt(verb, i) or token.head.dep_ == "pobj")
            )  # "Iran condemned Iraq for its attacks": whose?
            if implied and _others(made, i, token.i, types, found[0]):
                return []
            return found[:1]
    return _earlier(made, token, types, word, barred)


def _owners_before(token: Token) -> list[int]:
    """Return whose the first of several things is: "the president's visit, his talks"."""
    first = token.head
    while first.dep_ == "conj" and first.head.pos_ == "NOUN":
        first = first.head
    return [c.i for c in first.children if c.dep_ == "poss" and c.i < token.i]


def _stranger(made: Cast, i: int, *, person: bool = True) -> bool:
    """Tell whether a subject is a name that nobody could be found for."""
    token = made.doc[i]
    fit = not person or (
        token.ent_type_ in ("PERSON", "") and token.lower_ not in made.lexicon.posts
    )
    return token.tag_ == "NNP" and i not in made.at and token.is_title and fit


def _speaking(token: Token) -> bool:
    """Tell whether a word is who speaks or is spoken to, and so no "he", "she" or "it"."""
    word = token.lower_
    return word in FIRST or word in FIRST_PLURAL or word in ("you", "your")


def _unknown(made: Cast, i: int, word: str) -> bool:
    """Tell whether a pronoun may mean a subject without a name: "The panel met. It …"."""
    token = made.doc[i]
    if token.tag_ != "NN" or i in made.at:
        return False
    noun = token.lemma_.lower()
    human = noun in made.lexicon.posts or noun in made.lexicon.anaphors["Person"]
    return human == (word in PERSONAL)


def _each(
    made: Cast, i: int, types: tuple[str, ...], last: int | None = None
) -> list[str]:
    """Return whom a noun phrase names, in apposition too, and those coordinated with it."""
    return [
        r
        for c in conjuncts(made.doc[i])
        if last is None or c.i < last
        for r in refs(made, c.i, types)
        or [r for a in c.children if a.dep_ == "appos" for r in refs(made, a.i, types)]
    ]


def _overt(verb: Token, subject: int) -> bool:
    return any(c.i == subject for c in verb.children)


def _others(
    made: Cast, start: int, end: int, types: tuple[str, ...], found: str
) -> bool:
    """Tell whether another that could be meant stands between a subject and a pronoun."""
    return any(r != found for i in range(start + 1, end) for r in refs(made, i, types))


def _fronted(token: Token, verb: Token) -> bool:
    """Tell whether a pronoun stands before its main clause: "When he …, X …", "In his …, X …"."""
    below = token
    for ancestor in token.ancestors:
        if ancestor == verb:
            return below.dep_ in ("advcl", "prep") and below.i < verb.i
        below = ancestor
    return False


def _somebody(made: Cast, token: Token) -> bool:
    """Tell whether somebody unnamed was spoken of last: "the minister's visit, his talks"."""
    for before in reversed(made.doc[made.sentence(token.i).start : token.i]):
        if refs(made, before.i, ("Person",)):
            return False
        if _unknown(made, before.i, "he") and any(
            c.lower_ == "the" for c in before.children
        ):
            return True
    return False


def _earlier(
    made: Cast, token: Token, types: tuple[str, ...], word: str, barred: set[str]
) -> list[str]:
    n = made.number[token.i]
    here = [
        r
        for t in made.sentences[n]
        if t.i < token.i and not _speaking(t)
        for r in refs(made, t.i, types)
    ]
    near = list(
        dict.fromkeys(r for r in here if r not in barred and _agrees(made, r, word))
    )
    if types == ("Person",) and _somebody(made, token):
        return []
    if len(near) == 1 and types == ("Person",):
        return near
    if word == "it" and token.dep_ == "dobj" and _thing(made, token, ("nsubj",)):
        return []  # "the draft is with the Government, the ministry approved it"
    if word == "it" and token.dep_ == "dobj":  # "ended X's war and prolonged it"
        owners = [t for t in made.sentences[n] if t.i < token.i and t.dep_ == "poss"]
        owned = {r for t in owners for r in refs(made, t.i, types)}
        near = [r for r in near if r not in owned]
    if types != ("Person",) and near:
        return near[:1] if len(near) == 1 else []
    if word == "it" and _thing(made, token):
        return []  # "the law was unjust, and he vetoed it"
    for back in range(1, _REACH + 1):
        if n - back < 0:
            break
        sentence = made.sentences[n - back]
        if word in NEUTER and _left_open(made, sentence):
            return []
        above = made.clauses.subject(sentence.root)
        above = [i for i in above if not _speaking(made.doc[i])]
        if any(_stranger(made, i, person=word in PERSONAL) for i in above):
            return []
        if back == 1 and any(_unknown(made, i, word) for i in above):
            return []
        subjects = [r for i in above for r in _each(made, i, types)]
        everyone = list(
            dict.fromkeys(
                r for t in sentence if not _speaking(t) for r in refs(made, t.i, types)
            )
        )
        for group in (subjects, everyone):
            fit = [r for r in group if r not in barred and _agrees(made, r, word)]
            if len(set(fit)) == 1:
                return fit[:1]
            if fit and group is subjects:
                return []
        if everyone and types != ("Person",):
            return []
        if (
            everyone
            and len([r for r in everyone if r not in barred]) > 1
            and not subjects
        ):
            return []
    return []


def _thing(
    made: Cast,
    token: Token,
    links: tuple[str, ...] = ("nsubj", "nsubjpass", "dobj"),
) -> bool:
    """Tell whether a thing without a name is spoken of before in the same sentence."""
    return any(
        t.tag_ == "NN" and t.dep_ in links and t.i not in made.at
        for t in made.sentence(token.i)
        if t.i < token.i
    )


def _left_open(made: Cast, sentence: Span) -> bool:
    """Tell whether a sentence's "it" was something without a name: "It is a good plan"."""
    return any(
        t.lower_ == "it"
        and t.dep_ == "nsubj"
        and t.i not in made.at
        and not _expletive(t)
        and any(c.dep_ == "attr" for c in t.head.children)
        for t in sentence
    )


def _agrees(made: Cast, entity: str, word: str) -> bool:
    """Tell whether titles in the text speak against a pronoun's gender."""
    if word not in PERSONAL:
        return True
    feminine = word in ("she", "her", "hers", "herself")
    cues = made.lexicon.cues
    against = cues["male"] if feminine else cues["female"]
    for post in made.posts:
        if post.person == entity and post.role.lower() in against:
            return False
    for spelling in made.spellings.get(entity, {}):
        if spelling.split()[0].lower() in against:
            return False
    for references in made.at.values():
        for r in references:
            if (
                r.id == entity
                and r.how == "name"
                and r.start
                and made.doc[r.start - 1].lower_ in against
            ):
                return False
    return True


def _group(made: Cast, token: Token) -> list[str]:
    """Return whom "they" means: a coordinated subject, or a body of people."""
    barred: list[int] = []
    for n, verb in enumerate(_clause_verbs(token)):
        heads = [i for i in made.clauses.subject(verb) if i != token.i]
        if n == 0 and token.dep_ != "poss" and token.tag_ != "PRP$":
            barred = heads
            continue  # nobody attacks "them" who is they
        if heads == barred:
            continue
        if found := _plural(made, heads):
            return found
    n = made.number[token.i]
    here = made.sentences[n]
    before = made.doc[here.start : token.i]
    if n and not any(_rival(made, t) or _unmet(made, t) for t in before):
        return _plural(made, made.clauses.subject(made.sentences[n - 1].root))
    return []


def _unmet(made: Cast, token: Token) -> bool:
    """Tell whether a pair is spoken of that nobody could be found for: "both sides"."""
    pair = token.tag_ == "NNS" and token.lemma_.lower() in made.lexicon.anaphors["Pair"]
    return pair and token.i not in made.at


def _rival(made: Cast, token: Token) -> bool:
    """Tell whether a plural can be meant by "they": not "the leaders", who point back too."""
    back = token.lemma_.lower() in made.lexicon.anaphors["Pair"] and any(
        c.lower_ in ("the", "both") for c in token.children
    )
    return (
        token.tag_ in ("NNS", "NNPS")
        and token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj", "appos")
        and not back
    )


def _plural(made: Cast, heads: list[int]) -> list[str]:
    ids = [
        r
        for h in heads
        for c in conjuncts(made.doc[h])
        for r in refs(made, c.i, ("Person", *_ACTORS))
    ]
    ids = list(dict.fromkeys(ids))
    several = any(made.doc[h].tag_ in ("NNS", "NNPS") for h in heads)  # "US officials"
    if len(ids) > 1 or (ids and (several or made.type_of(ids[0]) == "Organization")):
        return ids
    return []


# -- nouns --------------------------------------------------------------------------


def _clusters(made: Cast) -> None:
    """Take over the clusters of a coreference component, where the pipeline has one."""
    groups: list[list[Span]] = [
        list(spans)
        for key, spans in sorted(made.doc.spans.items())
        if key.startswith("coref_clusters")
    ]
    for group in groups:
        ids = list(
            dict.fromkeys(r.id for span in group for r in made.at.get(span.root.i, ()))
        )
        if len(ids) == 1:
            for span in group:
                if span.root.i not in made.at:
                    point(made, span.start, span.end, span.root.i, ids, "cluster", 0.8)
