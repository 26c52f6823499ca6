"""People: whom a name, in full or in part, is on the article's date."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from spacy.tokens import Doc, Token

from kgbuild.entities import Cast, coined, holds, leads, states_named
from kgbuild.gazetteer import (
    ADJECTIVE,
    CLASS,
    DESIGNATION,
    NAME,
    RECOGNIZED,
    SEAT,
    Mention,
    plain,
)
from kgbuild.knowledge import NUMERAL
from kgbuild.recognized import is_given


def read_person(made: Cast, mention: Mention) -> None:
    """Let a person's name, titles aside, stand for him or her."""
    doc = made.doc
    start, end = mention.start, mention.end
    if len(mention.ids) > 1 and _reigning(made, mention):
        return
    titles = made.lexicon.cues["titles"] | made.lexicon.posts.keys()
    while end - start > 1 and doc[start].lower_ in titles:
        start += 1
    if start in made.at:
        return
    if start > mention.start and len(mention.ids) == 1:
        # "King Philippe" is known by his title
        made.refer(start, end, end - 1, made.add_known(mention.ids[0]), NAME)
        return
    if end - start == 1 and read_single(
        made,
        Mention(start=start, end=end, kind=RECOGNIZED, type="Person"),
        surnames_of(made),
    ):
        return
    text = plain(doc[start:end].text)
    if text.isupper() and text.title() in made.gazetteer.readings:
        text = text.title()  # "ANTONY J. BLINKEN"
    if mention.kind == NAME and mention.ids and start == mention.start:
        entity = made.add_known(_in_office(made, mention.ids))
    elif readings := [
        i
        for i, _ in made.gazetteer.readings.get(text, ())
        if made.gazetteer.knowledge.names[i].type == "Person"
    ]:
        entity = made.add_known(_in_office(made, tuple(readings)))
    elif others := made.gazetteer.readings.get(text, ()):
        entity = made.add_known(others[0][0])
    else:
        if (
            doc[end - 1].pos_ not in ("PROPN", "NOUN", "X", "ADJ")
            or not text[:1].isupper()
        ):
            return
        if end - start == 1 and not _acts(doc[start]) and not _titled(made, doc[start]):
            return
        entity = made.add(coined("Person", text))
    made.refer(start, end, doc[start:end].root.i, entity, NAME)


def _reigning(made: Cast, mention: Mention) -> bool:
    """Tell whether a title and first name are several rulers', and read whose they are.

    They are his whom the text names in full, else his who reigns on the day, in the state
    that the text speaks of. "King Abdullah" alone may be nobody's who can be told.
    """
    names, day = made.gazetteer.knowledge.names, made.document.date
    titles = made.lexicon.cues["titles"] | made.lexicon.posts.keys()
    titled = made.doc[mention.start].lower_ in titles
    if not titled and not NUMERAL.fullmatch(made.doc[mention.end - 1].text):
        return False
    told = {i for m in made.mentions for i in m.ids if len(m.ids) == 1}
    states = states_named(made)
    full = [i for i in mention.ids if i in told]
    now = [
        i for i in mention.ids if not day or any(holds(t, day) for t in names[i].terms)
    ]
    near = [i for i in now if any(t.of in states for t in names[i].terms)]
    chosen = next((c for c in (full, near, now) if c), [])
    if len(chosen) == 1:
        person = made.add_known(chosen[0])
        made.refer(mention.start + titled, mention.end, mention.end - 1, person, NAME)
    else:
        span = made.doc[mention.start : mention.end]
        why = f"{span.text!r} may be more than one ruler"
        made.abstained.append((span.start_char, span.end_char, why))
    return True


def read_tails(
    made: Cast, full: Sequence[Mention], where: Mapping[str, Sequence[int]]
) -> None:
    """Let the last words of a full name be whom it names: "[Ali] Bongo Ondimba"."""
    doc, gazetteer = made.doc, made.gazetteer
    bearers: dict[tuple[str, ...], set[str]] = {}
    for mention in full:
        words = tuple(t.text for t in doc[mention.start : mention.end])
        for n in range(2, len(words)):
            first = words[-n]
            cut = first in gazetteer.given and words[0] not in gazetteer.given
            if first == "-" or words[-n - 1] == "-" or cut:
                continue  # "[President] Ann Lee"
            if plain(" ".join(words[-n:])) not in gazetteer.readings:
                ids = {r.id for r in made.at.get(mention.end - 1, ())}
                bearers.setdefault(words[-n:], set()).update(ids)
    for words, ids in bearers.items():
        first = words[0]
        begins = {*where[first], *where.get(first[:1].upper() + first[1:], ())}
        for i in sorted(begins):  # "Da Silva" at a sentence's beginning
            end = i + len(words)
            rest = tuple(t.text for t in doc[i + 1 : end])
            fits = len(ids) == 1 and rest == words[1:]
            if fits and not any(j in made.at for j in range(i, end)):
                made.refer(i, end, end - 1, next(iter(ids)), NAME)


def tail_of(mention: Mention, others: Sequence[Mention], doc: Doc) -> bool:
    """Tell whether a name is but the end of a longer one that the text has."""
    words = [t.lower_ for t in doc[mention.start : mention.end]]
    return any(
        o.end - o.start > len(words)
        and [t.lower_ for t in doc[o.end - len(words) : o.end]] == words
        for o in others
    )


def headlined(made: Cast, where: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Return by surname the people whom only the document's title names in full."""
    found: dict[str, str] = {}
    words = plain(made.document.title).split()
    if not words or plain(made.doc[:40].text).startswith(" ".join(words)):
        return found
    cues = made.lexicon.cues
    common = frozenset().union(
        *(cues[c] for c in ("establishments", "fielded", "fields", "events_named")),
        (f.removesuffix("s") for f in cues["fields"]),
        made.lexicon.nobody,
        made.lexicon.wholes,
        made.lexicon.acts,
    )
    n = 0
    while n < len(words) - 1:
        size, person = _in_title(made, words[n : n + 4], where, common)
        if person is not None:
            found[words[n + size - 1].rstrip(_STOPS).removesuffix("'s")] = person
        n += max(size, 1)
    return found


_STOPS = ",.:;!?"


def _in_title(
    made: Cast,
    words: Sequence[str],
    where: Mapping[str, Sequence[int]],
    common: Container[str],
) -> tuple[int, str | None]:
    """Return how many words of a title, from the first, name whom its text speaks of."""
    names, gazetteer = made.gazetteer.knowledge.names, made.gazetteer
    run: list[str] = []
    for word in words:
        name = word.rstrip(_STOPS).removesuffix("'s")
        if not name[:1].isupper() or made.doc.vocab[name.lower()].is_stop:
            break
        if name in gazetteer.readings or name.lower().removesuffix("s") in common:
            break
        run.append(name)
        if name != word:
            break
    for size in range(len(run), 1, -1):
        known = [
            i
            for i, _ in gazetteer.readings.get(" ".join(run[:size]), ())
            if names[i].type == "Person"
        ]
        if known:
            return size, made.add_known(_in_office(made, tuple(known)))
        if " ".join(run[:size]) in gazetteer.readings:
            return size, None  # "Camp David"
    if not run or run[0].lower() in made.lexicon.cues["titles"]:
        return 0, None
    given = is_given(run[0], gazetteer)
    for size in range(len(run), 1 if given else 2, -1):
        # "Aissata" need be no given name where "TALL SALL" labels what is said
        last = run[size - 1]
        labelled = all(w.upper() in where for w in run[1:size])
        if labelled or given and (last in where or last.upper() in where):
            return size, made.add(coined("Person", " ".join(run[:size])))
    return 0, None


def surnames_of(made: Cast) -> dict[str, list[str]]:
    """Return the single names that the document's people in full may go by."""
    found: dict[str, list[str]] = {}
    names = made.gazetteer.knowledge.names
    for reference in {r for refs in made.at.values() for r in refs}:
        entity = made.known[reference.id]
        if entity.type != "Person":
            continue
        spelled = made.doc[reference.start : reference.end].text.split()
        words = entity.label.split()
        parts = {words[-1], spelled[-1]}
        if len(words) == 2 and NUMERAL.fullmatch(words[-1]):
            parts.add(words[0])  # "Abdullah II … Abdullah said"
        if name := names.get(entity.id):
            parts |= {a for a in name.aliases if " " not in a}
            if name.family_first:
                parts |= {entity.label.split()[0], spelled[0]}
        elif len(spelled) == 3 or re.search("-[a-z]", spelled[-1]):
            # Jong Yong Nam, Lee In-young: which part is the family's is not told
            parts.add(spelled[0])
        for part in parts:
            if NUMERAL.fullmatch(part):
                continue
            if entity.id not in found.setdefault(part, []):
                found[part].append(entity.id)
    for surname, person in made.headlined.items():
        found.setdefault(surname, [person])
    return found


def read_single(
    made: Cast, mention: Mention, surnames: Mapping[str, list[str]]
) -> bool:
    """Resolve one word to a person: one of the document's, else one in office on its date."""
    token = made.doc[mention.start]
    text = plain(token.text)
    joined = token.i > 1 and token.nbor(-1).text == "-"
    if joined and token.nbor(-2).pos_ == "PROPN" and _begin(token) == token:
        return False  # "Bogdan-Martin"
    if token.ent_type_ in ("DATE", "TIME"):
        return False  # "a May 15 deadline"
    words = made.lexicon.posts.keys() | made.lexicon.cues["titles"]
    if token.lower_ in words and token.dep_ == "compound":
        return False  # "King George", "Major Tom"
    if (
        token.pos_ not in ("PROPN", "NOUN", "X", "ADJ", "VERB")
        or not text[:1].isupper()
    ):
        return False
    role = _role_before(made, token)
    local = [p for p in surnames.get(text, []) if not _otherwise_styled(made, p, role)]
    if len(local) == 1:
        made.refer(token.i, token.i + 1, token.i, local[0], NAME)
        return True
    if (
        mention.kind in (NAME, ADJECTIVE, SEAT, DESIGNATION, CLASS)
        and mention.type != "Person"
    ):
        return False
    candidates = local or list(made.gazetteer.singles.get(text, ()))
    titled = _titled(made, token)
    if not local and _goes_on(token):
        return False  # "Lee" in "Lee In-young"
    if not candidates:
        return not titled and _by_given_name(made, token)
    candidates = _heading(made, candidates, token) or candidates
    posted = titled and _begin(token).nbor(-1).lower_ not in made.lexicon.cues["titles"]
    chosen = _leader(made, candidates, posted, role) or _governing(
        made, candidates, token
    )
    if chosen:
        made.refer(
            token.i,
            token.i + 1,
            token.i,
            made.add_known(chosen),
            NAME,
            1.0 if titled else 0.8,
        )
        return True
    return False


def _goes_on(token: Token) -> bool:
    """Tell whether a word is but the first of a longer name."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return (
        token.dep_ == after.dep_ == "compound"
        and after.head == token.head
        and after.pos_ == "PROPN"
        and after.ent_type_ in ("", "PERSON")
    )


def _begin(name: Token) -> Token:
    """Return where a surname with an article begins: "al-Sisi"."""
    article = name.i > 1 and name.nbor(-2).lower_ in ("al", "el")
    return name.nbor(-2) if article and name.nbor(-1).text == "-" else name


def _by_given_name(made: Cast, token: Token) -> bool:
    """Resolve a given name to the one of the document's people who has it: "Bill and Boris"."""
    if token.text not in made.gazetteer.given or token.ent_type_ != "PERSON":
        return False
    bearers = {
        r.id: None
        for references in made.at.values()
        for r in references
        if made.type_of(r.id) == "Person"
        and made.known[r.id].label.split()[0] == token.text
        and " " in made.known[r.id].label
    }
    if len(bearers) == 1:
        made.refer(token.i, token.i + 1, token.i, next(iter(bearers)), NAME, 0.8)
    return len(bearers) == 1


def _heading(made: Cast, candidates: list[str], token: Token) -> list[str]:
    """Return those who hold a post of what is named just before: "NATO chief Rutte"."""
    names, day = made.gazetteer.knowledge.names, made.document.date
    near = range(max(token.i - 5, made.sentence(token.i).start), token.i)
    owners = {r.id for i in near for r in made.at.get(i, ())}
    return [
        c
        for c in candidates
        if c in names
        and any(t.of in owners and (not day or holds(t, day)) for t in names[c].terms)
    ]


def _acts(token: Token) -> bool:
    """Tell whether a single name is where people are named, rather than places."""
    return not (token.dep_ == "pobj" and token.head.lower_ in _WHERE)


_WHERE = frozenset(
    {"in", "at", "to", "from", "near", "through", "across", "around", "into", "toward"}
)


def _titled(made: Cast, token: Token) -> bool:
    token = _begin(token)
    if token.i == 0:
        return False
    before = token.nbor(-1).lower_
    return (
        before in made.lexicon.posts
        or before in made.lexicon.cues["titles"]
        or before == "minister"
    )


def _otherwise_styled(made: Cast, person: str, role: str) -> bool:
    """Tell whether one who goes by his first name holds no such post: "Minister Philippe"."""
    name = made.gazetteer.knowledge.names.get(person)
    if name is None or not role:
        return False
    words = name.label.split()
    first = NUMERAL.fullmatch(words[-1]) or words[0].lower() in made.lexicon.posts
    return bool(first) and all(t.role.lower() != role for t in name.terms)


def _role_before(made: Cast, token: Token) -> str:
    """Return the longest post that stands right before a surname: "vice president"."""
    doc, end = made.doc, _begin(token).i
    if not end or doc[end - 1].lower_ not in made.lexicon.post_ends:
        return ""
    phrases = (doc[max(0, end - n) : end].text.lower() for n in (3, 2, 1))
    return next((p for p in phrases if p in made.lexicon.posts), "")


def _leader(
    made: Cast, candidates: list[str], posted: bool, role: str = ""
) -> str | None:
    """Return the only one of several who is in office.

    He holds the post that is named; else it is of what the text names; else he leads a state.
    """
    names, day = made.gazetteer.knowledge.names, made.document.date
    if day is None:
        return candidates[0] if len(candidates) == 1 else None
    held = {
        c: [t for t in names[c].terms if holds(t, day)]
        for c in candidates
        if c in names
    }
    office = [c for c, terms in held.items() if terms]
    if len(office) > 1:
        owners = states_named(made) | {i for m in made.mentions for i in m.ids}
        for fits in (
            lambda term: term.role.lower() == role,
            lambda term: term.of in owners,
            lambda term: leads(made.lexicon, term),
        ):
            office = [c for c in office if any(map(fits, held[c]))] or office
    if len(office) == 1:
        return office[0]
    return candidates[0] if len(candidates) == 1 and posted else None


def _governing(made: Cast, candidates: list[str], token: Token) -> str | None:
    """Return the last leader of that name before "administration", "government", in office or not."""
    doc, names = made.doc, made.gazetteer.knowledge.names
    entry = made.lexicon.institutions.get(doc[token.i + 1 : token.i + 2].text.lower())
    if entry is None or entry.as_ != "country":
        return None
    day = made.document.date or ""
    led = [
        (t.start or "", c)
        for c in candidates
        if c in names
        for t in names[c].terms
        if leads(made.lexicon, t) and (not day or (t.start or "") <= day)
    ]
    return max(led)[1] if led else None


def _in_office(made: Cast, ids: tuple[str, ...]) -> str:
    return (_leader(made, list(ids), True) if len(ids) > 1 else None) or ids[0]
