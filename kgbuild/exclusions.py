"""Exclusions: what has the words of a claim, and tells of none."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kgbuild.coreference import FIRST, FIRST_PLURAL
from kgbuild.entities import STATE, Cast, Reference, country_of, name_of
from kgbuild.gazetteer import RECOGNIZED
from kgbuild.levels import is_infinitive
from kgbuild.propositions import Proposition
from kgbuild.vocabulary import Relation


def tells_nothing(made: Cast, p: Proposition) -> bool:
    """Tell whether a proposition is part of a name, of another one, or of no account."""
    return (
        _inside_name(made, p)
        or _decoration(made, p)
        or _rewarded(made, p)
        or _helped(made, p)
        or _restated(made, p)
        or _consumed(made, p)
        or _regarded(made, p)
        or _bygone(made, p)
        or _soured(made, p)
    )


def no_parties(
    made: Cast,
    p: Proposition,
    source: Reference,
    target: Reference,
    relation: Relation,
    *,
    own: bool,
) -> bool:
    """Tell whether two references cannot be the two parties of a proposition.

    ``own`` says whether a state's forces and officials count as the state.
    """
    return (
        _one_speaker(made, source, target)
        or _own_deed(made, p, source, target)
        or relation.symmetric
        and _at_home(made, source, target)
        or relation.foreign
        and (target.id == country_of(made, source.id) or _heads(made, source, target))
        or relation.kind == "event"
        and _initials(made, target)
        or _one_side(made, source, target, own=own)
    )


def side_by_side(made: Cast, source: Reference, target: Reference) -> bool:
    """Tell whether two are but named together: "X and Y's request to join"."""
    a, b = sorted((source.end, target.end))
    first, last = made.doc[a - 1], made.doc[b - 1]
    return last.dep_ == "conj" and last.head == first and a != b


def _inside_name(made: Cast, p: Proposition) -> bool:
    """Tell whether what is told is but a word of a longer name: "Foreign Trade Bank"."""
    return any(
        r.how in ("name", "recognized") and r.end - r.start > 1
        for r in made.at.get(p.predicate, ())
    )


def _rewarded(made: Cast, p: Proposition) -> bool:
    """Tell whether a merit is only what somebody is honoured for: "a prize for his contribution"."""
    noun, cues = made.doc[p.predicate], made.lexicon.cues
    if p.verbal or p.lemma not in cues["merits"] or noun.head.lower_ != "for":
        return False
    above = noun.head.head
    honours = above.lemma_.lower() in cues["honouring"] | cues["decorations"]
    return noun.dep_ == "pobj" and honours


def _decoration(made: Cast, p: Proposition) -> bool:
    """Tell whether a noun is but a word of an honour: "presented the Order of Courage"."""
    noun = made.doc[p.predicate]
    after = made.doc[noun.i + 1 : noun.i + 3]
    return (
        not p.verbal
        and noun.is_title
        and p.lemma in made.lexicon.cues["decorations"]
        and len(after) == 2
        and after[0].lower_ in ("of", "for")
        and after[1].is_title
    )


def _helped(made: Cast, p: Proposition) -> bool:
    """Tell whether it is only what somebody helps to do: "Russia's help in freeing X"."""
    token = made.doc[p.predicate]
    above = token.head.head
    return (
        p.verbal
        and token.dep_ == "pcomp"
        and token.head.lower_ in ("in", "with")
        and above.lemma_.lower() in made.lexicon.cues["assisting"]
    )


def _restated(made: Cast, p: Proposition) -> bool:
    """Tell whether it says no more than the verb above: "met at the summit", "met to discuss"."""
    if p.verbal:
        return _met_to(made, p)
    if p.light is None or p.link in ("object", "subject"):
        return False
    if p.roles.get("with") or p.roles.get("between"):
        return False  # "flew to Chad for talks with X"
    own = {e.relation for e in made.lexicon.nouns[p.lemma]}
    above = made.lexicon.verbs.get(made.doc[p.light].lemma_.lower(), ())
    said = [e for e in above if not (e.object or e.judges or e.complement)]
    return any(e.relation in own for e in said)


def _met_to(made: Cast, p: Proposition) -> bool:
    """Tell whether those who came together did it to say so: "met to discuss the war"."""
    verb = made.doc[p.predicate]
    above = verb.head
    if verb.dep_ not in ("advcl", "xcomp") or not is_infinitive(verb):
        return False
    own = [e for e in made.lexicon.verbs[p.lemma] if e.parties]
    held = {
        e.relation
        for e in made.lexicon.verbs.get(above.lemma_.lower(), ())
        if e.parties and not e.object
    }
    return any(e.relation in held for e in own) and not any(
        p.roles.get(role) for role in ("with", "to")
    )


def _bygone(made: Cast, p: Proposition) -> bool:
    """Tell whether a noun is of what somebody was: "a former board member of X"."""
    if p.verbal:
        return False
    return any(
        c.lower_ in made.lexicon.cues["former"] and c.dep_ in ("amod", "compound")
        for c in made.doc[p.predicate].children
    )


def _regarded(made: Cast, p: Proposition) -> bool:
    """Tell whether something is but thought of: "takes UN sanctions seriously"."""
    return p.light is not None and any(
        c.lower_ == "seriously" for c in made.doc[p.light].children
    )


def _consumed(made: Cast, p: Proposition) -> bool:
    """Tell whether a verb with this noun for its object says another thing: "lifted its ban"."""
    if p.verbal or p.light is None or p.link != "object":
        return False
    own = {e.relation for e in made.lexicon.nouns[p.lemma]}
    return made.lexicon.deal_relation not in own and any(
        p.lemma in e.object and e.relation not in own
        for e in made.lexicon.verbs.get(made.doc[p.light].lemma_.lower(), ())
    )


def _soured(made: Cast, p: Proposition) -> bool:
    """Tell whether relations are spoken of that are no cooperation: "ties became rocky"."""
    if p.verbal or p.lemma not in made.lexicon.cues["mutual"]:
        return False
    noun = made.doc[p.predicate]
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    near = (*noun.children, noun.head, above, *above.children)
    bare = p.lemma in made.lexicon.cues["neutral"]
    if bare and above.lemma_.lower() in made.lexicon.cues["airing"]:
        return True
    told = [t for t in (*noun.children, *_owners(noun)) if t.dep_ != "aux"]
    if bare and not any(t.lemma_.lower() in made.lexicon.cues["warm"] for t in told):
        return True  # "relations between A and B": good or bad is not told
    return any(t.lemma_.lower() in made.lexicon.cues["souring"] for t in near)


def _owners(noun: Token) -> Iterator[Token]:
    """Yield the nouns and verbs above a noun, up to its clause's verb."""
    for above in noun.ancestors:
        yield above
        if above.pos_ in ("VERB", "AUX"):
            return


def _one_speaker(made: Cast, source: Reference, target: Reference) -> bool:
    """Tell whether both parties are a speaker's own: "we" and "me"."""
    return all(
        made.doc[r.start].lower_ in FIRST | FIRST_PLURAL and r.how == "pronoun"
        for r in (source, target)
    )


def _heads(made: Cast, source: Reference, target: Reference) -> bool:
    """Tell whether somebody is the head of a body that is spoken of with him."""
    return any(
        p.person == source.id
        and p.of == target.id
        and made.known[p.of].type != "Country"
        for p in made.posts
    )


def _own_deed(made: Cast, p: Proposition, source: Reference, target: Reference) -> bool:
    """Tell whether an official speaks of what his state does: "X stressed the US commitment"."""
    if made.type_of(source.id) != "Person":
        return False
    if country_of(made, source.id) != target.id:
        return False
    # "an invitation to the White House from X", "Palestinian President X"
    if target.how == "seat" or 0 <= source.start - target.end <= 4:
        return True
    if p.verbal and target.how == "adjective" and target.start > p.predicate:
        return True  # "forbade American banks to …"
    if not p.verbal:
        own = target.how in ("adjective", "institution")
        return target.end <= p.predicate or own  # "his gratitude to Russian soldiers"
    return made.doc[target.end - 1].dep_ in ("nsubj", "nsubjpass")


def _at_home(made: Cast, a: Reference, b: Reference) -> bool:
    """Tell whether a state is spoken of with who acts for it or its organ: no two sides."""
    for one, other in ((a, b), (b, a)):
        name = name_of(made, other.id)
        if one.id == country_of(made, other.id):
            return True
        if name and name.kind in STATE and name.of == one.id:
            return True
    return False


def _initials(made: Cast, target: Reference) -> bool:
    """Tell whether unknown initials need be nobody: they do nothing, and no body has them.

    "Congress funded MAP": a programme as well as a body.
    """
    doc, word = made.doc, made.doc[target.start].text
    if target.how != RECOGNIZED or target.end - target.start > 1 or not word.isupper():
        return False
    if name_of(made, target.id) or made.type_of(target.id) != "Organization":
        return False
    if made.known[target.id].label != word:
        return False  # the text says what they are short for
    bodily = made.lexicon.cues["fielded"] | made.lexicon.wholes
    for token in doc:
        if token.text != word:
            continue
        acts = token.dep_ in ("nsubj", "poss") or (
            token.dep_ == "pobj" and token.head.dep_ == "agent"
        )
        spelled = token.i > 1 and doc[token.i - 1].text == "("
        before = doc[max(0, token.i - 9) : token.i] if spelled else ()
        if acts or any(t.lower_ in bodily for t in before):
            return False
    return True


def _one_side(made: Cast, source: Reference, target: Reference, *, own: bool) -> bool:
    """Tell whether a state or its organ is spoken of with its own people or forces.

    With ``own`` its forces count; else only what has no name but the state's adjective.
    """
    parts = ("institution", "official") if own else ("adjective",)
    word = made.doc[target.end - 1]
    before = target.how == "name" and word.dep_ in ("compound", "amod", "nmod")
    if target.how not in parts and not before:
        return False  # unless it goes before a noun: "Congress rejected U.S. plans"
    organ = name_of(made, source.id)
    owner = name_of(made, target.id)
    sides = {source.id} | ({organ.of} if organ and organ.kind in STATE else set())
    return target.id in sides - {source.id} or bool(
        owner and owner.kind in STATE and owner.of in sides
    )
