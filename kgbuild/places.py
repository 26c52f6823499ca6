"""Places: what lies where, as far as the text itself puts the two together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from spacy.tokens import Span, Token

from kgbuild.denote import seated
from kgbuild.entities import Cast, Reference, name_of

# Places of a list ("San Francisco, Houston and Norfolk") rather than of an address: nothing
# written before their name and a comma lies in them but a body that has its seat there.
_TOWNS = frozenset({"base", "capital", "city"})
_WIDER = ("Country", "Place")
_SUBJECTS = ("nsubj", "nsubjpass")


def located(made: Cast) -> Iterator[tuple[Reference, Reference]]:
    """Yield each place, or seat of a body, with what the same sentence says it lies in."""
    for sentence in made.doc.sents:
        found = {r: None for t in sentence for r in made.at.get(t.i, ())}
        references = sorted(found, key=lambda r: r.start)
        places = [
            r
            for r in references
            if made.type_of(r.id) == "Place" and sentence.start <= r.start
        ]
        for place in places:
            for wider in _phrase(made, place):
                if _possible(made, place, wider):
                    yield place, wider
            if country := _framed(made, place, sentence):
                yield place, country
        yield from _addresses(made, references)
        yield from _based(made, sentence)


def _phrase(made: Cast, place: Reference) -> Iterator[Reference]:
    """Yield what a place's own noun phrase says it lies in.

    "Japan's Hokkaido", "the Russian city of Sochi", "Idlib in Syria", "Ghent, a Belgian town".
    """
    doc = made.doc
    head = doc[place.start : place.end].root
    for noun in (head, *_classes(made, place, head)):
        for child in noun.children:
            if child.dep_ == "poss" and child.i < place.end:
                yield from _refs(made, child.i)
            elif child.dep_ in ("amod", "compound", "nmod") and noun is not head:
                if not _hyphenated(child):
                    yield from _refs(made, child.i)
            elif child.dep_ == "prep" and (
                child.lower_ == "in" or child.lower_ == "of" and noun is not head
            ):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from _refs(made, inner.i)


def _classes(made: Cast, place: Reference, head: Token) -> list[Token]:
    """Return the nouns that say what a place is: "the city of X", "X, a town", "X is a port"."""
    words = made.lexicon.anaphors["Place"]
    near = [head.head, *(c for c in head.children if c.dep_ == "appos")]
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        whole = head.head.head
        if not _called(made, whole):
            near.append(whole)  # "the city of X", not "the Y district of X"
    if head.dep_ == "nsubj":
        near += [c for c in head.head.children if c.dep_ == "attr"]
    return [
        t
        for t in near
        if t.lemma_.lower() in words
        and t.tag_ not in ("NNS", "NNPS")  # "Europe, Chad's ports": a list
        and (t is not head.head or head.dep_ in ("compound", "appos", "nmod"))
        and all(r.id == place.id for r in made.at.get(t.i, ()))
    ]


def _called(made: Cast, noun: Token) -> bool:
    """Tell whether a noun for a place has a place's name before it: "the Lyon district"."""
    return any(
        made.type_of(r.id) == "Place"
        for c in noun.children
        if c.i < noun.i
        for r in made.at.get(c.i, ())
    )


def _refs(made: Cast, index: int) -> Iterator[Reference]:
    for reference in made.at.get(index, ()):
        if made.type_of(reference.id) in _WIDER and reference.how not in (
            "pronoun",
            "post",
        ):
            yield reference


def _hyphenated(token: Token) -> bool:
    """Tell whether a modifier is part of one word: "the Russian-held town"."""
    return token.i + 1 < len(token.doc) and token.nbor(1).text == "-"


def _possible(made: Cast, place: Reference, wider: Reference) -> bool:
    """Tell whether the knowledge leaves it open that a place lies where the text puts it.

    A capital that stands for its state is not where another's place lies, and "Western
    Australia" says by itself what it lies in.
    """
    known, label = name_of(made, place.id), made.known[place.id].label
    if known is None and made.known[wider.id].label in label:
        return False
    if _spanning(made, place) and made.type_of(wider.id) == "Country":
        return False
    if known is not None and _unknown(made, wider):
        return (
            False  # "the base in Naples in Lago Patria": the wider is the better known
        )
    if made.type_of(wider.id) == "Place" or known is None or not known.of:
        return place.id != wider.id and not seated(made, wider)
    return known.of == wider.id


def _unknown(made: Cast, place: Reference) -> bool:
    return made.type_of(place.id) == "Place" and name_of(made, place.id) is None


def _spanning(made: Cast, place: Reference) -> bool:
    """Tell whether a place lies in no one country: "the Middle East, Afghanistan"."""
    known = name_of(made, place.id)
    return known is not None and known.kind == "world region"


def _framed(made: Cast, place: Reference, sentence: Span) -> Reference | None:
    """Return the known country of a place that the sentence speaks of as being there.

    "In Japan, … over Hokkaido"; "two regions of Ukraine … the Donbas"; "South Korea
    evacuated people in the town of Yeoncheon".
    """
    known = name_of(made, place.id)
    if known is None or not known.of:
        return None
    head = made.doc[place.start : place.end].root
    for token in sentence:
        for reference in made.at.get(token.i, ()):
            if reference.id == known.of and (
                _topic(token, sentence)
                or _divided(made, token)
                or (_classes(made, place, head) and _at_home(token, head))
            ):
                return reference
    return None


def _topic(token: Token, sentence: Span) -> bool:
    """Tell whether a name is in the place that a sentence begins with: "In Japan, …"."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("in", "across", "throughout")
        and token.head.i - sentence.start < 2
        and token.head.head == sentence.root
    )


def _divided(made: Cast, token: Token) -> bool:
    """Tell whether a name is whose parts are spoken of: "regions of X", "X's cities"."""
    noun = token.head.head if token.dep_ == "pobj" else token.head
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("of", "in")
        or token.dep_ in ("poss", "amod")
        and not _hyphenated(token)
    ) and (
        noun.tag_ in ("NNS", "NNPS")
        and noun.lemma_.lower() in made.lexicon.anaphors["Place"]
        or noun.lower_ == "territory"
    )


def _at_home(token: Token, head: Token) -> bool:
    """Tell whether a state does something in its own place: "X evacuated the town of Y"."""
    verb = token.head
    return (
        token.dep_ in _SUBJECTS
        and verb.pos_ == "VERB"
        and next((a for a in head.ancestors if a.pos_ in ("VERB", "AUX")), None) == verb
    )


def _based(made: Cast, sentence: Span) -> Iterator[tuple[Reference, Reference]]:
    """Yield the bodies told of as based somewhere: "the Geneva-based charity X"."""
    for token in sentence:
        if token.lower_ != "based" or token.dep_ != "amod":
            continue
        seats = [r for c in token.children for r in _refs(made, c.i)]
        noun = token.head
        for head in (noun, *(c for c in noun.children if c.dep_ == "appos")):
            for body in made.at.get(head.i, ()):
                if made.type_of(body.id) == "Organization" and body.how == "name":
                    yield from ((body, seat) for seat in seats)


def _addresses(
    made: Cast, references: list[Reference]
) -> Iterator[tuple[Reference, Reference]]:
    """Yield the steps of addresses: "Lockheed Martin, Bethesda, MD", "Sydney, Australia"."""
    for run in _runs(made, references):
        listed = _listed(made, run)
        for a, b in itertools.pairwise(run):
            if _step(made, a, b, listed):
                yield a, b


def _runs(made: Cast, references: list[Reference]) -> Iterator[list[Reference]]:
    """Yield the names that nothing but a comma stands between."""
    run: list[Reference] = []
    for reference in references:
        if reference.how == "pronoun" or run and reference.start < run[-1].end:
            continue
        if run and not (
            reference.start - run[-1].end == 1 and made.doc[run[-1].end].text == ","
        ):
            yield run
            run = []
        run.append(reference)
    yield run


def _listed(made: Cast, run: list[Reference]) -> bool:
    """Tell whether a run of names goes on as a list: "…, C and D"."""
    states = [made.type_of(r.id) == "Country" for r in run]
    if any(a and b for a, b in itertools.pairwise(states)):
        return True  # "in the Sahel, Yemen, Lebanon"
    doc, i = made.doc, run[-1].end if run else 0
    if i < len(doc) and doc[i].text == ",":
        i += 1
    return i < len(doc) and (
        doc[i].lower_ in ("and", "or", "&")
        or doc[i : i + 3].text.lower() == "as well as"
        or doc[i].pos_ == "DET"
        and i + 1 in made.at  # "…, the X", or "Chad the X": each has its own
    )


def _step(made: Cast, a: Reference, b: Reference, listed: bool) -> bool:
    doc = made.doc
    if made.type_of(b.id) not in _WIDER or b.how in ("adjective", "official", "post"):
        return False
    last = doc[b.end - 1]
    if last.dep_ in _SUBJECTS and last.left_edge.i > a.start:
        return False  # "After the crisis in the Gulf, Yugoslavia lost"
    narrow, wide = name_of(made, a.id), name_of(made, b.id)
    if made.type_of(a.id) == "Place" and narrow and narrow.of == b.id:
        return True
    if b.end < len(doc) and doc[b.end].tag_ == "POS":
        return False  # "Europe, Chad's ports"
    if last.dep_ in ("compound", "amod", "nmod", "poss") and last.head.is_alpha:
        return False  # "At Yalta, U.S. President X"
    if made.type_of(a.id) == "Organization":
        initials = doc[b.start : b.end].text.isupper() and _unknown(made, b)
        return (
            made.type_of(b.id) == "Place"
            and not initials
            and not listed
            and (
                "," in doc[b.start : b.end].text
                or b.end == len(doc)
                or doc[b.end].text == ","
                or doc[b.end].is_space
            )
        )
    if made.type_of(a.id) != "Place":
        return False
    beside = last.dep_ == "conj" and a.start <= last.head.i < a.end
    if beside and not (wide and wide.kind == "state"):
        return False
    if made.type_of(b.id) == "Country":
        whole = narrow and narrow.of or _spanning(made, a)
        return not whole and not listed
    if narrow and wide and narrow.kind == wide.kind:
        return False
    if listed and not (wide and wide.kind == "state" and not narrow):
        return False
    return not (wide and wide.kind in _TOWNS)
