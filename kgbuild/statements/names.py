"""What names tell by themselves: "Prime Minister John Howard", "the Royal Thai Navy".

A text that gives a known person the post held on its day says of which state, though it
may not name the state beside the person; a body's own name says whose it is. The knowledge
tells both; the reader, which reads what passages say, does not see them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgbuild.entities.cast import Cast
from kgbuild.entities.forms import words
from kgbuild.entities.titles import title_before
from kgbuild.knowledge.gazetteer import plain
from kgbuild.knowledge.names import Name
from kgbuild.knowledge.posts import covering, posts, relations, spelled
from kgbuild.model import Span, Statement
from kgbuild.reader.readings import Mention, Reading
from kgbuild.statements.evidence import evidence_of
from kgbuild.text.sentences import sentence_at

CONFIDENCE = 0.95
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


def told_by_names(
    cast: Cast, readings: Sequence[Reading], sentences: Sequence[Span]
) -> list[Statement]:
    """Return what the names of an article tell of posts and bodies, each once."""
    once: dict[tuple[str, str], Statement] = {}
    for w, reading in enumerate(readings):
        for n, mention in enumerate(reading.mentions):
            for id in cast.ids.get((w, n), ()):
                told = _told(cast, mention, id, sentences)
                if told:
                    once.setdefault((told.subject.id, told.object.id), told)
    return list(once.values())


def _told(
    cast: Cast, mention: Mention, id: str, sentences: Sequence[Span]
) -> Statement | None:
    name = cast.gazetteer.knowledge.names.get(id)
    if name is None:
        return None
    if mention.type == "Person" and cast.where.day:
        start, _ = sentence_at(sentences, mention.start)
        for term in covering(name, cast.where.day):
            type_ = cast.gazetteer.knowledge.names[term.of].type
            relation = relations(type_).get(spelled(term.role))
            title = title_before(cast.document.text, start, mention.start, term.role)
            if relation and title:
                return _statement(
                    cast, mention, id, relation, term.of, title, sentences
                )
    elif mention.type == "Organization" and (owner := _owner(cast, mention, name)):
        return _statement(cast, mention, id, posts().body, name.of, owner, sentences)
    return None


def _owner(cast: Cast, mention: Mention, name: Name) -> Span | None:
    """Return where the name of a state's body has its state's: "Thai" of "Royal Thai Navy"."""
    if name.kind not in words().organs:
        return None
    found = list(_WORD.finditer(cast.document.text, mention.start, mention.end))
    for first in range(len(found)):
        for last in range(len(found) - 1, first - 1, -1):
            span = found[first].start(), found[last].end()
            named = cast.gazetteer.readings(plain(cast.document.text[slice(*span)]))
            if named and named[0].id == name.of:
                return span
    return None


def _statement(
    cast: Cast,
    mention: Mention,
    id: str,
    relation: str,
    of: str,
    told: Span,
    sentences: Sequence[Span],
) -> Statement:
    cast.add(of)
    phrase = plain(cast.document.text[slice(*told)])
    named = mention.start, mention.end
    return Statement(
        id="",
        doc=cast.document.id,
        subject=cast.entity(id),
        relation=relation,
        object=cast.entity(of),
        phrase=phrase,
        confidence=CONFIDENCE,
        role=phrase if mention.type == "Person" else None,
        evidence=(evidence_of(cast.document, sentences, named, told, told),),
    )
