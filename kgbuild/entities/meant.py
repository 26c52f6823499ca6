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
from kgbuild.model import Document
from kgbuild.reader.pieces import ACTORS
from kgbuild.reader.readings import Reading


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
        where=setting(matches, gazetteer.knowledge, document.date, issuer),
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
