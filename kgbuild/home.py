"""Home: the state that an article is written in, by its dateline."""

from __future__ import annotations

from kgbuild.entities import Cast
from kgbuild.gazetteer import NAME, SEAT, plain
from kgbuild.segments import DATELINE, segments


def home_of(made: Cast) -> str | None:
    """Return the state of a text's dateline: "ISLAMABAD, June 12 -", "HANOI, Vietnam —".

    What an article of that state leaves unsaid is whose its ministers are.
    """
    line = next((s for s in segments(made.document.text) if s.kind == DATELINE), None)
    places = line.place.replace("/", ",").split(",") if line else []
    states = {s for place in places if (s := _state(made, plain(place)))}
    return made.add_known(states.pop()) if len(states) == 1 else None


def _state(made: Cast, place: str) -> str | None:
    names, readings = made.gazetteer.knowledge.names, made.gazetteer.readings
    for text in (place, place.title()):
        for id, kind in readings.get(text, ()):
            if names[id].type == "Country" and kind in (NAME, SEAT):
                return id
            of = names[id].of if names[id].type == "Place" else ""
            if of in names and names[of].type == "Country":
                return of
    return None
