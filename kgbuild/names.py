"""Names: the first reading of a document, every name in it resolved to who or what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgbuild.clauses import Clauses
from kgbuild.entities import Cast, coined, issuer, states_named
from kgbuild.gazetteer import (
    ADJECTIVE,
    CLASS,
    DESIGNATION,
    NAME,
    RECOGNIZED,
    SEAT,
    Gazetteer,
    Mention,
    plain,
)
from kgbuild.initials import lengthened, shortened
from kgbuild.lexicon import Lexicon
from kgbuild.mentions import find_mentions
from kgbuild.model import Document
from kgbuild.people import (
    headlined,
    read_person,
    read_single,
    read_tails,
    surnames_of,
    tail_of,
)
from kgbuild.recognized import Words
from kgbuild.speech import quotes


def cast(document: Document, doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon) -> Cast:
    """Return the cast of a document by the names in it; posts and pronouns come after."""
    sentences = list(doc.sents)
    number = [n for n, sentence in enumerate(sentences) for _ in sentence]
    made = Cast(
        doc=doc,
        sentences=sentences,
        number=number,
        document=document,
        gazetteer=gazetteer,
        lexicon=lexicon,
        clauses=Clauses(doc, lexicon.cues),
        quotes=quotes(doc, sentences, number, lexicon.cues["reporting"]),
        mentions=find_mentions(
            doc,
            gazetteer,
            Words(
                acts=lexicon.acts,
                bodies=lexicon.institutions,
                wholes=lexicon.wholes,
                nobody=lexicon.nobody,
                posts=lexicon.posts,
                titles=lexicon.cues["titles"],
                heralds=lexicon.cues["heralds"],
                regimes=lexicon.cues["regimes"],
                common=frozenset().union(*lexicon.anaphors.values()),
                fielded=lexicon.cues["fielded"],
                fields=lexicon.cues["fields"],
                followings=lexicon.cues["followings"],
                displays=lexicon.cues["displays"],
                things=lexicon.cues["things"],
                markets=lexicon.cues["markets"],
                forms=lexicon.cues["forms_of_state"],
                edifices=lexicon.cues["edifices"],
                stand_ins=lexicon.cues["stand_ins"],
                chosen=lexicon.cues["chosen"],
                divisions=lexicon.cues["divisions"],
                decorations=lexicon.cues["decorations"],
                establishments=lexicon.cues["establishments"],
                joined=lexicon.cues["joined"],
                events=lexicon.cues["events_named"],
            ),
        ),
    )
    made.issuer = issuer(document, gazetteer)
    made.about_arms = any(w in document.text for w in lexicon.cues["notice"])
    where: dict[str, list[int]] = {}
    for token in doc:
        where.setdefault(token.text, []).append(token.i)
    made.mentions = [m for m in made.mentions if not _paper(made, m, where)]
    turns = {w for words in lexicon.directions.values() for w in words}
    made.mentions = [
        m
        for m in made.mentions
        if not (
            m.kind == RECOGNIZED
            and m.end - m.start == 1
            and doc[m.start].lower_ in turns
        )
    ]
    made.mentions = [
        _surname(made, m) for m in made.mentions if not _common(made, m, where)
    ]
    made.mentions = [
        m
        for m in made.mentions
        if not (
            _redefined(made, m, where)
            or _of_a_thing(made, m, where)
            or _native(made, m, where)
        )
    ]
    made.mentions = [m for m in made.mentions if not _half(made, m)]
    made.mentions = [m for m in made.mentions if not _service(made, m)]
    short = shortened(doc, made.mentions)
    made.mentions = [
        m
        for m in lengthened(made.mentions, short)
        if not (m.kind == RECOGNIZED and doc[m.start : m.end].text in short)
    ]
    full = [m for m in made.mentions if m.type == "Person" and m.end - m.start > 1]
    tails = [m for m in full if tail_of(m, full, doc)]
    whole = [m for m in full if m not in tails]
    for mention in whole:
        read_person(made, mention)
    read_tails(made, whole, where)
    for mention in tails:
        read_person(made, mention)
    made.headlined = headlined(made, where)
    surnames = surnames_of(made)
    for mention in made.mentions:
        if mention.start in made.at:
            continue
        if mention.end - mention.start == 1 and read_single(made, mention, surnames):
            continue
        if mention.kind == RECOGNIZED and _double_barrelled(made, mention, surnames):
            continue
        if mention.type == "Person":
            read_person(made, mention)
        elif not _headed(made, mention, surnames):
            _named(made, mention)
    for initials, mention in short.items():
        for named in made.at.get(mention.start, ())[:1]:
            for i in where[initials]:
                if i not in made.at:
                    made.refer(i, i + 1, i, named.id, named.how)
    covered = {i for m in made.mentions for i in range(m.start, m.end)}
    for token in doc:
        if token.pos_ == "PROPN" and token.i not in covered and token.i not in made.at:
            read_single(
                made,
                Mention(start=token.i, end=token.i + 1, kind=RECOGNIZED, type="Person"),
                surnames,
            )
    return made


def _headed(made: Cast, mention: Mention, surnames: Mapping[str, list[str]]) -> bool:
    """Read "the Mensah Administration" as the government of who is so called."""
    doc, end = made.doc, mention.end - 1
    entry = made.lexicon.institutions.get(doc[end].lower_)
    if mention.kind != RECOGNIZED or end - mention.start != 1 or entry is None:
        return False
    head = Mention(start=mention.start, end=end, kind=RECOGNIZED, type="Person")
    return entry.as_ == "country" and read_single(made, head, surnames)


def _service(made: Cast, mention: Mention) -> bool:
    """Tell whether a service that arms come with is spoken of without any: "technical support"."""
    if mention.kind != CLASS or made.about_arms or not mention.ids:
        return False
    name = made.gazetteer.knowledge.names[mention.ids[0]]
    words = {*name.label.split(), *(t.lower_ for t in _described(made, mention))}
    services = name.kind in made.lexicon.cues["attendant"]
    return services and not words & made.lexicon.cues["military"]


def _described(made: Cast, mention: Mention) -> Span:
    """Return a mention's words with those that describe it."""
    head = made.doc[mention.start : mention.end].root
    return made.doc[head.left_edge.i : mention.end]


def _half(made: Cast, mention: Mention) -> bool:
    """Tell whether a name lacks the surname that stands behind another's: "Ann and Bob Lee"."""
    doc, given = made.doc, made.gazetteer.given
    i = mention.end
    return (
        mention.end - mention.start == 1
        and i + 2 < len(doc)
        and doc[i].lower_ in ("and", "&")
        and {doc[mention.start].text, doc[i + 1].text} <= given
        and doc[i + 2].pos_ == "PROPN"
    )


def _double_barrelled(
    made: Cast, mention: Mention, surnames: Mapping[str, list[str]]
) -> bool:
    """Read "Launsky-Tieffenthal" as the person of that name whom the text has told of."""
    text = plain(made.doc[mention.start : mention.end].text)
    people = surnames.get(text, []) if "-" in text else []
    if len(people) != 1:
        return False
    made.refer(mention.start, mention.end, mention.end - 1, people[0], NAME)
    return True


def _redefined(made: Cast, mention: Mention, where: Mapping[str, list[int]]) -> bool:
    """Tell whether a text says that initials are short for something else than is known.

    "The Defense Production Act (DPA)" makes the news agency of that name unlikely.
    """
    doc, text = made.doc, made.doc[mention.start : mention.end].text
    if mention.kind != NAME or not text.isupper() or mention.end - mention.start > 1:
        return False
    for i in where[text]:
        if i < len(text) or doc[i - 1].text != "(" or doc[i + 1 : i + 2].text != ")":
            continue
        words = [
            t for t in doc[max(0, i - 2 * len(text) - 1) : i - 1] if t.text[0].isupper()
        ]
        full = words[-len(text) :]
        if [t.text[0] for t in full] != list(text):
            continue
        spelled = plain(doc[full[0].i : i - 1].text)
        names = [made.gazetteer.knowledge.names[n] for n in mention.ids]
        return not any(spelled in full for n in names for full in (n.label, *n.aliases))
    return False


def _of_a_thing(made: Cast, mention: Mention, where: Mapping[str, list[int]]) -> bool:
    """Tell whether a text brings in initials for a thing: "the development phase (DP)"."""
    doc, text = made.doc, made.doc[mention.end - 1].text
    if mention.kind != RECOGNIZED or not text.isupper() or len(text) < 2:
        return False
    for i in where.get(text, ()):
        if i < 2 or doc[i - 1].text != "(" or doc[i + 1 : i + 2].text != ")":
            continue
        named = doc[i - 2]
        spelled = [
            t.text[0].lower() for t in doc[max(0, i - 2 * len(text) - 2) : i - 1]
        ]
        if named.text[:1].lower() != text[-1].lower() or text[0].lower() not in spelled:
            continue
        word = named.lemma_.lower()
        if named.is_lower or word in made.lexicon.cues["things"]:
            return word not in made.lexicon.institutions
    return False


def _native(made: Cast, mention: Mention, where: Mapping[str, list[int]]) -> bool:
    """Tell whether an adjective is of a native people, in a text that never names the state."""
    word = made.doc[mention.start].lower_
    known = mention.kind in (ADJECTIVE, NAME)
    if not known or word not in made.lexicon.cues["natives"]:
        return False
    names = made.gazetteer.knowledge.names
    states = [names[names[i].of or i].label for i in mention.ids]  # "Indian forces"
    if any(state in where for state in states):
        return False
    text = f" {made.document.text.lower()}"
    return any(f" {sign}" in text for sign in made.lexicon.cues["native_signs"])


def _common(made: Cast, mention: Mention, where: Mapping[str, list[int]]) -> bool:
    """Tell whether a body's one-word name is a word of the language: "Federal and State"."""
    if not _one_word(mention):
        return False
    word = made.doc[mention.start].lower_
    if word in made.lexicon.institutions:
        return False  # "the Army"
    return word in where


def _surname(made: Cast, mention: Mention) -> Mention:
    """Take a body's one-word name for a person's where the recognizer elsewhere did."""
    text = made.doc[mention.start].text
    if _one_word(mention) and any(
        e.label_ == "PERSON" and len(e) < 4 and text in (e[0].text, e[-1].text)
        for e in made.doc.ents
    ):
        return replace(mention, type="Person")
    return mention


def _one_word(mention: Mention) -> bool:
    return (
        mention.kind == RECOGNIZED
        and mention.type == "Organization"
        and mention.end - mention.start == 1
    )


def _named(made: Cast, mention: Mention) -> None:
    doc, head = made.doc, made.doc[mention.start : mention.end].root.i
    if mention.kind == RECOGNIZED:
        label = plain(doc[mention.start : mention.end].text)
        if not _nameable(doc, mention):
            return
        if state := _formed(made, mention):
            made.refer(mention.start, mention.end, head, made.add_known(state), NAME)
            return
        made.refer(
            mention.start,
            mention.end,
            head,
            made.add(coined(mention.type, label)),
            RECOGNIZED,
        )
    elif mention.kind in (DESIGNATION, CLASS):
        if mention.ids:
            made.refer(
                mention.start,
                mention.end,
                head,
                made.add_known(mention.ids[0]),
                mention.kind,
            )
        else:
            label = plain(doc[mention.start : mention.end].text)
            made.refer(
                mention.start,
                mention.end,
                head,
                made.add(coined("Weapon", label)),
                mention.kind,
            )
    else:
        chosen = _choose(made, mention, doc[head])
        if chosen and _another(made, mention, chosen):
            label = plain(doc[mention.start : mention.end].text)
            body = made.add(coined("Organization", label))
            made.refer(mention.start, mention.end, head, body, RECOGNIZED)
        elif chosen:
            made.refer(
                mention.start, mention.end, head, made.add_known(chosen), mention.kind
            )


def _formed(made: Cast, mention: Mention) -> str | None:
    """Return the state that goes by its form: "the Republic of Chad"."""
    words = made.doc[mention.start : mention.end]
    if len(words) < 3 or words[-2].lower_ not in ("of", "the"):
        return None
    form = next((t for t in words if t.lower_ == "of"), words[-1]).nbor(-1)
    readings = made.gazetteer.readings.get(words[-1].text, ())
    names = made.gazetteer.knowledge.names
    states = [i for i, k in readings if k == NAME and names[i].type == "Country"]
    formed = form.lower_ in made.lexicon.cues["forms_of_state"]
    return states[0] if formed and states else None


# bodies that every state has under the same name
_LOCAL = frozenset({"parliament", "court", "legislature"})


def _another(made: Cast, mention: Mention, chosen: str) -> bool:
    """Tell whether a body that goes without its owner's name may well be another's.

    "The Security Council" is the United Nations' only where the text speaks of these.
    """
    name = made.gazetteer.knowledge.names[chosen]
    text = plain(made.doc[mention.start : mention.end].text)
    if name.type != "Organization" or not name.of:
        return False
    if name.of == made.issuer and (
        name.kind not in _LOCAL or not _of_others(made, mention, name.of)
    ):
        return False
    if not (name.label.endswith(f" {text}") or name.label.startswith(f"{text} of ")):
        return False
    following = made.doc[mention.end : mention.end + 1].text
    if made.issuer and following.istitle() and following.lower() in made.lexicon.posts:
        return True  # "Security Council Secretary X": the issuer's own
    names = made.gazetteer.knowledge.names
    if name.of == made.issuer:
        return True
    told = {i for m in made.mentions for i in m.ids[:1]}
    others = {i for i in told if names[i].type == "Country"} | {made.issuer} - {None}
    if name.of in told or not others:
        return False
    if any(
        chosen in m.ids and m.end - m.start > len(text.split()) for m in made.mentions
    ):
        return False  # "the U.S. Congress …; Congress …"
    return sum(names[i].of == name.of for i in told) < 2


def _of_others(made: Cast, mention: Mention, owner: str) -> bool:
    """Tell whether a sentence names another state, and not the owner: "Libyan … the House"."""
    sentence, names = made.sentence(mention.start), made.gazetteer.knowledge.names
    states = {
        m.ids[0]
        for m in made.mentions
        if m.ids and sentence.start <= m.start < mention.start
        if names[m.ids[0]].type == "Country"
    }
    return bool(states) and owner not in states


def _paper(made: Cast, mention: Mention, where: Mapping[str, list[int]]) -> bool:
    """Tell whether a body by its initials is a paper: "the INF Treaty", "an accord (XYZ)"."""
    doc, papers = made.doc, made.lexicon.cues["papers_signed"]
    if mention.kind != RECOGNIZED or mention.end - mention.start > 1:
        return False
    text = doc[mention.start].text
    if not text.isupper() or mention.type != "Organization":
        return False
    for i in where[text]:
        token = doc[i]
        if i + 1 >= len(doc) or not i:
            continue
        if token.nbor(1).lower_ in papers:
            return True
        if token.nbor(-1).text == "(" and token.i > 1:
            named = doc[token.i - 2]
            chain = [named, *named.ancestors]
            if any(t.lower_ in papers and t.is_title for t in chain[:4]):
                return True
    return False


def _nameable(doc: Doc, mention: Mention) -> bool:
    tokens = doc[mention.start : mention.end]
    if (
        mention.type == "Organization"
        and len(tokens) == 1
        and not tokens[0].text.isupper()
    ):
        return tokens[0].pos_ == "PROPN" and len(tokens[0]) > 2
    return any(t.pos_ == "PROPN" for t in tokens)


def _choose(made: Cast, mention: Mention, head: Token) -> str | None:
    """Pick one reading: the town where it is a place, the country where it acts."""
    names = made.gazetteer.knowledge.names
    ids = mention.ids
    if mention.kind in (NAME, SEAT):
        readings = made.gazetteer.readings.get(
            plain(made.doc[mention.start : mention.end].text), ()
        )
        seats = _most_named(made, [i for i, k in readings if k == SEAT])
        places = [i for i, k in readings if k == NAME and names[i].type == "Place"]
        others = [i for i, k in readings if k == NAME and names[i].type != "Place"]
        if seats and not others:
            if places and is_location(head):
                return places[0]
            return (
                seats[0]
                if not is_location(head) or names[seats[0]].kind == "seat"
                else (
                    made.add(
                        coined(
                            "Place", plain(made.doc[mention.start : mention.end].text)
                        )
                    )
                    and None
                )
            )
        states = [i for i in others if names[i].type == "Country"]
        if len(states) > 1 and states[0] == others[0]:
            others = _spoken_of(made, states)
        ids = (*_namesake(made, mention), *others, *places, *seats) or ids
    elif mention.kind == ADJECTIVE and len(ids) > 1:
        ids = tuple(_spoken_of(made, list(ids)))
    return ids[0] if ids else None


def _spoken_of(made: Cast, states: list[str]) -> list[str]:
    """Put first the state that a text speaks of, where it never names the usual one.

    "Congolese" is the Republic of the Congo's in a text that names that, and no other.
    """
    told = states_named(made)
    spoken_of = [state for state in states if state in told]
    if states[0] in told or len(spoken_of) != 1:
        return states
    return [*spoken_of, *states]


def _namesake(made: Cast, mention: Mention) -> list[str]:
    """Return the part of a state that bears a state's name: "Atlanta and Augusta, Georgia"."""
    doc, names = made.doc, made.gazetteer.knowledge.names
    text = plain(doc[mention.start : mention.end].text)
    if not mention.start or doc[mention.start - 1].text != ",":
        return []
    readings = made.gazetteer.readings.get(f"State of {text}", ())
    near = [
        names[m.ids[0]].of
        for m in made.mentions
        if m.ids and 0 < mention.start - m.start < 7
    ]
    return [i for i, _ in readings if names[i].of and names[i].of in near]


def _most_named(made: Cast, states: list[str]) -> list[str]:
    """Sort the states with one seat by how often the text names them: "Moscow" of the Soviets."""
    if len(states) < 2:
        return states
    names = made.gazetteer.knowledge.names
    told = [m.ids[0] for m in made.mentions if m.kind in _TOLD and len(m.ids) == 1]
    named = [*told, *(names[i].of for i in told)]  # "the Red Army" names its state too
    return sorted(states, key=lambda state: -named.count(state))


_TOLD = (NAME, ADJECTIVE)
_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "across",
        "through",
        "inside",
        "throughout",
        "downtown",
        "off",
    }
)


def is_location(head: Token) -> bool:
    """Tell whether a name is only where something is: "in Tokyo", "Tokyo, Japan"."""
    if head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE:
        return True
    if head.dep_ == "conj":
        return is_location(head.head)
    return head.dep_ in ("npadvmod",) or any(
        c.dep_ == "appos" and c.ent_type_ == "GPE" for c in head.children
    )
