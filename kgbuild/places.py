"""Places: what lies where, as far as the text itself puts the two together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kgbuild.entities import Cast, Reference, name_of

# Places of a list ("San Francisco, Houston and Norfolk") rather than of an address: nothing
# written before their name and a comma lies in them but a body that has its seat there.
_TOWNS = frozenset({"base", "capital", "city"})


def located(made: Cast) -> Iterator[tuple[Reference, Reference]]:
    """Yield each place, or seat of a body, with what the same sentence says it lies in."""
    doc = made.doc
    for sentence in doc.sents:
        inside = {
            i: made.at[i] for i in range(sentence.start, sentence.end) if i in made.at
        }
        references = list(dict.fromkeys(r for refs in inside.values() for r in refs))
        for reference in references:
            if made.type_of(reference.id) == "Place":
                yield from _country(made, reference, references)
        yield from _addresses(made, references)


def _country(
    made: Cast, place: Reference, others: list[Reference]
) -> Iterator[tuple[Reference, Reference]]:
    name = name_of(made, place.id)
    if name is None or not name.of:
        return
    for other in others:
        if other.id == name.of:
            yield place, other
            return


def _addresses(
    made: Cast, references: list[Reference]
) -> Iterator[tuple[Reference, Reference]]:
    """ "Lockheed Martin, Bethesda, MD": a name, its town, the town's state."""
    doc = made.doc
    for a, b in itertools.pairwise(references):
        if (
            b.start - a.end == 1
            and doc[a.end].text == ","
            and made.type_of(b.id) == "Place"
        ):
            follows = doc[b.end].text == "," if b.end < len(doc) else False
            wider = name_of(made, b.id)
            if (
                made.type_of(a.id) == "Place"
                and a.how != "pronoun"
                and not (wider and wider.kind in _TOWNS)
                or made.type_of(a.id) == "Organization"
                and follows
            ):
                yield a, b
