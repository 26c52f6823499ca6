"""Who is meant: the mentions of an article to its cast.

Names come first: one full name, one entity; a surname or an acronym goes with the full
name in the article, else with who is known by it on the article's day. Then what only
points ("he", "the country") goes with the mention that the reader gave for it; what
nothing tells is left open, and said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.entities.cast import Cast, publisher
from kgbuild.entities.forms import is_name
from kgbuild.entities.links import setting
from kgbuild.entities.named import name_all
from kgbuild.entities.pointed import pointed
from kgbuild.knowledge.gazetteer import Gazetteer, Match
from kgbuild.model import Document, Meant
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Mention, Reading


def make_cast(
    document: Document,
    readings: Sequence[Reading],
    matches: Sequence[Match],
    gazetteer: Gazetteer,
) -> Cast:
    """Return who the mentions of an article's windows are."""
    issuer = publisher(document, gazetteer)
    cast = Cast(
        document=document,
        gazetteer=gazetteer,
        where=setting(
            document.text, matches, gazetteer.knowledge, document.date, issuer
        ),
        issuer=issuer,
    )
    if issuer:
        cast.add(issuer)
    named = [
        (w, n, m)
        for w, reading in enumerate(readings)
        for n, m in enumerate(reading.mentions)
        if m.type in ACTORS and is_name(cast.words(m))
    ]
    name_all(cast, named, readings)
    for w, reading in enumerate(readings):
        for n, mention in enumerate(reading.mentions):
            if mention.type in ACTORS and (w, n) not in cast.ids:
                cast.ids[w, n] = pointed(cast, readings, w, n)
    return cast


def mentions_of(cast: Cast, readings: Sequence[Reading]) -> list[Meant]:
    """Return the mentions that stand for somebody, as the windows have them."""
    return [
        _meant(cast, mention, ids, cast.chances.get((w, n), 1.0))
        for w, reading in enumerate(readings)
        for n, mention in enumerate(reading.mentions)
        if (ids := cast.ids.get((w, n)))
    ]


def _meant(cast: Cast, mention: Mention, ids: tuple[str, ...], chance: float) -> Meant:
    start, end = mention.start, mention.end
    return Meant(
        doc=cast.document.id,
        start=start,
        end=end,
        text=cast.document.text[start:end],
        type=mention.type,
        ids=ids,
        labels=tuple(cast.known[id].label for id in ids),
        confidence=round(mention.confidence * chance, 2),
    )
