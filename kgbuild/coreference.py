"""Coreference: who "he", "its", "the regime", "both countries", "we" are.

A precise resolver that abstains when two readings are near: pronouns look up their own
sentence's clauses first (the subject of the clause above), then the subjects of the sentences
before (Hobbs 1978, "Resolving pronoun references", in spirit). Where a pipeline has left
clusters in ``doc._.coref_clusters`` or ``doc.spans["coref_clusters_*"]``, these come first.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

from kgbuild.entities import Cast, Post, Reference, holds, leads, name_of
from kgbuild.speech import quote_at

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
            _noun(made, token)


def _pronoun(made: Cast, token: Token, word: str) -> None:
    if word in FIRST or word in FIRST_PLURAL:
        _speaker(made, token, plural=word in FIRST_PLURAL)
        return
    if word in PERSONAL:
        found = _find(made, token, ("Person",), word)
    elif word in NEUTER:
        found = _find(made, token, _ACTORS, word)
    elif word in PLURAL:
        found = _group(made, token)
    else:
        return
    if found:
        _point(made, token.i, token.i + 1, token.i, found, "pronoun", 0.75)
    elif word != "it":
        made.abstained.append(
            (
                token.idx,
                token.idx + len(token.text),
                f"nobody near is clearly meant by {token.text!r}",
            )
        )


def _point(
    made: Cast,
    start: int,
    end: int,
    head: int,
    ids: Iterable[str],
    how: str,
    confidence: float,
) -> None:
    references = tuple(
        Reference(id=i, start=start, end=end, how=how, confidence=confidence)
        for i in ids
    )
    for i in {head, *range(start, end)}:
        if i not in made.at or made.at[i][0].how == "class":
            made.at[i] = references


# -- first person -------------------------------------------------------------------


def _speaker(made: Cast, token: Token, *, plural: bool) -> None:
    quote = quote_at(made.quotes, token.i)
    if quote is None:
        author = None if plural else _author(made)
        if author or made.issuer:
            who = author or made.add_known(made.issuer or "")
            _point(made, token.i, token.i + 1, token.i, [who], "pronoun", 0.8)
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
    _point(made, token.i, token.i + 1, token.i, [speaker], "pronoun", 0.8)


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


def country_of(made: Cast, person: str) -> str | None:
    """Return the country that a person acts for: by the text's posts, else by what is known."""
    for post in made.posts:
        if post.person == person and made.type_of(post.of) == "Country":
            return post.of
    name, day = name_of(made, person), made.document.date
    if name is None:
        return None
    names = made.gazetteer.knowledge.names
    terms = [t for t in name.terms if t.of in names and names[t.of].type == "Country"]
    if day is not None:
        terms = [t for t in terms if holds(t, day)] or terms
    countries = list(dict.fromkeys(t.of for t in terms))
    return made.add_known(countries[0]) if len(countries) == 1 else None


# -- third person -------------------------------------------------------------------


def _refs(made: Cast, i: int, types: tuple[str, ...]) -> list[str]:
    return [
        r.id
        for r in made.at.get(i, ())
        if made.type_of(r.id) in types and r.how != "adjective"
    ]


def _clause_verbs(token: Token) -> list[Token]:
    return [a for a in token.ancestors if a.pos_ in ("VERB", "AUX")]


def _find(made: Cast, token: Token, types: tuple[str, ...], word: str) -> list[str]:
    """Return whom a singular pronoun means, or nobody."""
    quote = quote_at(made.quotes, token.i)
    barred: set[str] = set()
    if quote and quote.verb is not None:
        verb = made.doc[quote.verb]
        barred = {r for i in made.clauses.subject(verb) for r in _refs(made, i, types)}
        # "He will …," Trump said of Abe
        for i in made.clauses.roles(verb).get("of", ()):
            if found := [r for r in _refs(made, i, types) if r not in barred]:
                return found[:1]
    reflexive = word in ("himself", "herself", "itself")
    possessive = token.tag_ == "PRP$" or token.dep_ == "poss"
    own = token.dep_ in ("nsubj", "nsubjpass")
    for n, verb in enumerate(_clause_verbs(token)):
        if quote and verb.i not in range(quote.start, quote.end):
            break
        subjects = [i for i in made.clauses.subject(verb) if i != token.i]
        if n == 0 and (own or not (reflexive or possessive)):
            if not own:
                barred |= {r for i in subjects for r in _refs(made, i, types)}
            continue
        for i in subjects:
            if i < token.i or verb.i < token.i or _fronted(token, verb):
                if (
                    found := [r for r in _refs(made, i, types) if r not in barred]
                ) and _agrees(made, found[0], word):
                    if (
                        word in NEUTER
                        and not reflexive
                        and not _overt(verb, i)
                        and _others(made, i, token.i, types, found[0])
                    ):
                        return []
                    return found[:1]
    return _earlier(made, token, types, word, barred)


def _overt(verb: Token, subject: int) -> bool:
    return any(c.i == subject for c in verb.children)


def _others(
    made: Cast, start: int, end: int, types: tuple[str, ...], found: str
) -> bool:
    """Tell whether another that could be meant stands between a subject and a pronoun."""
    return any(r != found for i in range(start + 1, end) for r in _refs(made, i, types))


def _fronted(token: Token, verb: Token) -> bool:
    """Tell whether a pronoun stands in a clause put before its main clause: "When he …, X …"."""
    below = token
    for ancestor in token.ancestors:
        if ancestor == verb:
            return below.dep_ == "advcl" and below.i < verb.i
        below = ancestor
    return False


def _earlier(
    made: Cast, token: Token, types: tuple[str, ...], word: str, barred: set[str]
) -> list[str]:
    n = made.number[token.i]
    here = [
        r for t in made.sentences[n] if t.i < token.i for r in _refs(made, t.i, types)
    ]
    near = list(
        dict.fromkeys(r for r in here if r not in barred and _agrees(made, r, word))
    )
    if len(near) == 1 and types == ("Person",):
        return near
    if types != ("Person",) and near:
        return near[:1] if len(near) == 1 else []
    for back in range(1, _REACH + 1):
        if n - back < 0:
            break
        sentence = made.sentences[n - back]
        subjects = [
            r
            for i in made.clauses.subject(sentence.root)
            for r in _refs(made, i, types)
        ]
        everyone = list(
            dict.fromkeys(r for t in sentence for r in _refs(made, t.i, types))
        )
        for group in (subjects, everyone):
            fit = [r for r in group if r not in barred and _agrees(made, r, word)]
            if len(set(fit)) == 1:
                return fit[:1]
        if everyone and types != ("Person",):
            return []
        if (
            everyone
            and len([r for r in everyone if r not in barred]) > 1
            and not subjects
        ):
            return []
    return []


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
    for n, verb in enumerate(_clause_verbs(token)):
        if n == 0 and token.dep_ in ("nsubj", "nsubjpass"):
            continue
        heads = [i for i in made.clauses.subject(verb) if i != token.i]
        if found := _plural(made, heads):
            return found
    n = made.number[token.i]
    if n:
        return _plural(made, made.clauses.subject(made.sentences[n - 1].root))
    return []


def _plural(made: Cast, heads: list[int]) -> list[str]:
    from kgbuild.propositions import conjuncts

    ids = [
        r
        for h in heads
        for c in conjuncts(made.doc[h])
        for r in _refs(made, c.i, ("Person", *_ACTORS))
    ]
    ids = list(dict.fromkeys(ids))
    if len(ids) > 1 or (ids and made.type_of(ids[0]) == "Organization"):
        return ids
    return []


# -- nouns --------------------------------------------------------------------------


def _noun(made: Cast, token: Token) -> None:
    left = token.i
    while (
        left
        and made.doc[left - 1].head == token
        and made.doc[left - 1].i == left - 1
        and made.doc[left - 1].dep_
        in ("det", "poss", "nummod", "amod", "predet", "compound")
    ):
        left -= 1
    first = made.doc[left]
    words = {t.lower_ for t in made.doc[left : token.i]}
    if token.tag_ in ("NNS", "NNPS"):
        if (
            words & {"two", "both"}
            and token.lemma_.lower() in made.lexicon.anaphors["Pair"]
        ):
            _pair(made, token, left)
        return
    if token.lower_ in made.lexicon.directions.get(
        "North", ()
    ) | made.lexicon.directions.get("South", ()):
        _direction(made, token)
        return
    lemma = token.lemma_.lower()
    if first.tag_ == "PRP$" or first.dep_ == "poss":
        _owned(made, token, left, lemma)
        return
    if first.lower_ not in ("the", "this", "that") or left == token.i:
        return
    if any(
        c.dep_ in ("prep", "relcl", "acl")
        and c.i > token.i
        and c.lower_ in ("of", "in", "that", "which")
        for c in token.children
    ):
        return
    for type_, nouns in made.lexicon.anaphors.items():
        if type_ in ("Pair", "Person", "Place") or lemma not in nouns:
            continue
        if found := _salient(made, token, (type_,)):
            _point(made, left, token.i + 1, token.i, [found], "anaphor", 0.7)
        return


def _owned(made: Cast, token: Token, left: int, lemma: str) -> None:
    """Resolve "his country", "her government", "its regime"."""
    if lemma not in made.lexicon.anaphors["Country"]:
        return
    for child in token.children:
        if child.dep_ == "poss":
            for reference in made.at.get(child.i, ()):
                type_ = made.type_of(reference.id)
                country = (
                    reference.id
                    if type_ == "Country"
                    else country_of(made, reference.id)
                    if type_ == "Person"
                    else None
                )
                if country:
                    _point(made, left, token.i + 1, token.i, [country], "anaphor", 0.85)
                    return


def _salient(made: Cast, token: Token, types: tuple[str, ...]) -> str | None:
    """Return the entity last spoken of that "the country" can mean, names before adjectives."""
    n = made.number[token.i]
    for back in range(0, _REACH + 1):
        if n - back < 0:
            break
        tokens = [t for t in made.sentences[n - back] if t.i < token.i]
        named = list(dict.fromkeys(r for t in tokens for r in _refs(made, t.i, types)))
        subjects = (
            [
                r
                for i in made.clauses.subject(made.sentences[n - back].root)
                if i < token.i
                for r in _refs(made, i, types)
            ]
            if back
            else []
        )
        if len(set(subjects)) == 1:
            return subjects[0]
        if named:
            return named[0] if len(named) == 1 else _last(made, tokens, types)
        called = list(
            dict.fromkeys(
                r.id
                for t in tokens
                for r in made.at.get(t.i, ())
                if made.type_of(r.id) in types
            )
        )
        if len(called) == 1 and back:
            return called[0]
    return None


def _last(made: Cast, tokens: list[Token], types: tuple[str, ...]) -> str | None:
    for t in reversed(tokens):
        if found := _refs(made, t.i, types):
            return found[0]
    return None


def _pair(made: Cast, token: Token, left: int) -> None:
    """Resolve "the two presidents", "both countries": the last two of that type."""
    noun = token.lemma_.lower()
    wanted: tuple[str, ...] = ("Country",)
    if noun in made.lexicon.anaphors["Person"] or noun in ("leader", "man", "head"):
        wanted = ("Person",)
    elif noun in ("side", "party", "ally", "rival"):
        wanted = ("Country", "Person", "Organization")
    n = made.number[token.i]
    seen: dict[str, int] = {}
    for sentence in reversed(made.sentences[max(0, n - 2 * _REACH) : n + 1]):
        for t in reversed([t for t in sentence if t.i < left]):
            for r in made.at.get(t.i, ()):
                if made.type_of(r.id) in wanted and r.how not in ("class",):
                    seen.setdefault(r.id, t.i)
        if (
            len([i for i in seen if wanted != ("Person",) or _in_post(made, i, noun)])
            >= 2
        ):
            break
    ids = list(seen)
    if wanted == ("Person",):
        ids = [i for i in ids if _in_post(made, i, noun)] or ids
    if len(ids) > 2 and wanted != ("Country",):
        ids = [i for i in ids if made.type_of(i) == made.type_of(ids[0])]
    if len(ids) == 2:
        _point(made, left, token.i + 1, token.i, sorted(ids), "anaphor", 0.75)
        _shared_post(made, token, ids)
    elif len(ids) > 2:
        made.abstained.append(
            (
                made.doc[left].idx,
                token.idx + len(token.text),
                "more than two may be meant",
            )
        )


def _in_post(made: Cast, person: str, noun: str) -> bool:
    """Tell whether somebody is known as one of "the leaders", "the presidents"."""
    name, day = name_of(made, person), made.document.date
    if any(
        p.person == person and noun in (p.role.lower().split()[-1], "leader")
        for p in made.posts
    ):
        return True
    return name is not None and any(
        (day is None or holds(t, day))
        and leads(made.lexicon, t)
        and noun in (t.role.lower().split()[-1], "leader")
        for t in name.terms
    )


def _shared_post(made: Cast, token: Token, ids: list[str]) -> None:
    """ "the two presidents" tells each one's post, where the date makes it known whose."""
    day, role = made.document.date, token.lemma_.lower()
    entries = made.lexicon.posts.get(role)
    if not entries or day is None:
        return
    for person in ids:
        name = name_of(made, person)
        if name is None or made.type_of(person) != "Person":
            continue
        for term in name.terms:
            if (
                holds(term, day)
                and leads(made.lexicon, term)
                and role in (term.role.lower(), "leader")
                and term.of in made.gazetteer.knowledge.names
            ):
                made.add_known(term.of)
                span = (token.i, token.i + 1)
                made.posts.append(
                    Post(
                        person=person,
                        relation=entries[0].relation,
                        of=term.of,
                        role=term.role,
                        start=token.i,
                        end=token.i + 1,
                        name=span,
                        owner=span,
                        told=False,
                    )
                )
                break


def _direction(made: Cast, token: Token) -> None:
    """Resolve "the North" where the text has one country of that name."""
    if token.i == 0 or token.nbor(-1).lower_ != "the":
        return
    word = token.lower_.capitalize()
    ids = {
        e.id
        for e in made.known.values()
        if e.type == "Country" and e.label.startswith(word + " ")
    }
    if len(ids) == 1 and not (
        token.i + 1 < len(made.doc) and made.doc[token.i + 1].pos_ == "PROPN"
    ):
        _point(made, token.i - 1, token.i + 1, token.i, ids, "anaphor", 0.9)


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
                    _point(made, span.start, span.end, span.root.i, ids, "cluster", 0.8)
