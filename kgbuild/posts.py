"""Posts: who holds them, told by the text or known of the article's date.

"Japanese Prime Minister Shinzo Abe", "his Turkish counterpart", "X, who heads Y", "the
President" (on the article's date).
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kgbuild.entities import Cast, Post, Reference, coined, country_of, name_of
from kgbuild.gazetteer import NAME, plain
from kgbuild.holders import holder_of, named_after, person_of
from kgbuild.home import home_of
from kgbuild.incumbents import incumbent, known_owner, read_unnamed
from kgbuild.institutions import in_business, organ_named
from kgbuild.lexicon import Post as PostEntry

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj"})


_SKIP = frozenset({"’s", "'s", "’", "'"})


def read_posts(made: Cast) -> None:
    """Find the posts of a text: whose they are, who holds them."""
    made.post_spans = _found_posts(made)
    for start, end in made.post_spans:
        _post(made, start, end)
    for token in _peers(made):
        _counterpart(made, token)


def _peers(made: Cast) -> list[Token]:
    """Return the words of a text that point to somebody's counterpart."""
    words = made.lexicon.cues["counterpart"]
    if not any(w in made.document.text for w in words):
        return []  # reading each word of a text costs more
    return [t for t in made.doc if t.pos_ == "NOUN" and t.lemma_.lower() in words]


def read_own_posts(made: Cast) -> None:
    """Find the posts whose owner is a pronoun, once it is known whom it means: "its spokesman, X"."""
    for token in _peers(made):
        _own_counterpart(made, token)
    told = {(p.person, p.start) for p in made.posts}
    for start, end in made.post_spans:
        left = _before(made, start)
        whose = _pointing(made, left, start, end)
        if whose is None:
            continue
        named = holder_of(made, left, start, end)
        person = person_of(made, named)
        owner = _pronouns_owner(made, made.at[whose][0])
        if person is None or named is None or owner is None or (person, start) in told:
            continue
        former = _former(made, left, start)
        entry, of = _entry(made, _role(made, start, end), owner, person)
        if entry is None or of is None or former or person == of.id:
            continue
        _hold(
            made, (start, end), person, named, entry.relation, of.id, (whose, whose + 1)
        )


def read_local_posts(made: Cast) -> None:
    """Give ministers named without their state that of the article's dateline.

    Not where the sentence before tells of another state: it may be that one's.
    """
    held = {p.person for p in made.posts}
    home: str | None = None  # read where it is asked for: most texts have no dateline
    for start, end in made.post_spans:
        left = _before(made, start)
        role = _role(made, start, end)
        entries = made.lexicon.posts[role]
        entry = next((e for e in entries if e.official and "Country" in e.scope), None)
        if role.split()[-1] not in made.lexicon.cues["ministerial"] or " " not in role:
            continue
        named = holder_of(made, left, start, end)
        person = person_of(made, named)
        if entry is None or named is None or person is None or person in held:
            continue
        if _former(made, left, start) or any(i in made.at for i in range(left, start)):
            continue
        before = made.doc[start - 1]
        if before.tag_ == "PRP$" or name_of(made, person):
            continue
        described = any(ch.isupper() for ch in before.text) or before.text == "-"
        if described and start > made.sentence(start).start:
            continue  # "ex-Chadian Foreign Minister X"
        home = home or home_of(made)
        if home is None:
            return
        if _owner(made, left, start, end) or _elsewhere(made, start, home):
            continue
        held.add(person)
        span = start, end
        _hold(made, span, person, named, entry.relation, home, span, told=False)


def _elsewhere(made: Cast, start: int, home: str) -> bool:
    """Tell whether the sentence before, or what opens this one, is of another state."""
    n = made.number[start]
    before = made.sentences[n - 1] if n else None
    near = {
        r.id
        for i in (made.clauses.subject(before.root) if before is not None else ())
        for r in made.at.get(i, ())
    }
    first = made.sentence(start).start
    if made.doc[first].lower_ == "in":
        near |= {r.id for i in range(first, start) for r in made.at.get(i, ())}
    states = {
        country_of(made, i) if made.type_of(i) == "Person" else i
        for i in near
        if made.type_of(i) in ("Person", "Country")
    }
    return bool(states - {home, None})


def _own_counterpart(made: Cast, token: Token) -> None:
    """Give "his Japanese counterpart, X" the post that he is told or known to hold."""
    left = _before(made, token.i)
    owner = _owner(made, left, token.i, token.i + 1)
    named = holder_of(made, left, token.i, token.i + 1)
    person = person_of(made, named)
    if made.doc[left].tag_ != "PRP$" or not (owner and named and person):
        return
    peers = {r.id for r in made.at.get(left, ())}
    told = [p for p in made.posts if p.person in peers and p.start < token.i]
    if not told:
        return
    _peer_of(made, token, person, named, told[-1], owner)


def _pointing(made: Cast, left: int, start: int, end: int) -> int | None:
    """Return the pronoun or the noun pointing back that owns a post: "its", "the bloc's"."""
    if left < start and made.doc[left].tag_ == "PRP$" and left in made.at:
        return left
    for child in made.doc[end - 1].children:
        pointing = any(r.how == "anaphor" for r in made.at.get(child.i, ()))
        if child.dep_ == "poss" and child.i < start and pointing:
            return child.i
    return None


def _pronouns_owner(made: Cast, meant: Reference) -> Reference | None:
    """Return the state or body that "its" minister, "his" minister is of."""
    type_ = made.type_of(meant.id)
    if type_ in ("Country", "Organization"):
        return meant
    country = country_of(made, meant.id) if type_ == "Person" else None
    return replace(meant, id=country) if country else None


def _counterpart(made: Cast, token: Token) -> None:
    """Read "his Japanese counterpart, X": X holds there the post that "he" holds."""
    owner = _owner(made, _before(made, token.i), token.i, token.i + 1)
    named = holder_of(made, _before(made, token.i), token.i, token.i + 1)
    person = person_of(made, named)
    if owner is None:
        return
    if made.doc[_before(made, token.i)].tag_ == "PRP$" and person and named:
        return  # read once it is known who "his" is
    told = [p for p in made.posts if p.start < token.i and p.person != person]
    if person and named:
        if told:
            _peer_of(made, token, person, named, told[-1], owner)
        return
    role = told[-1].role.lower() if told else ""
    found = incumbent(made, role, owner, token.i) if role else None
    made.refer(
        token.i,
        token.i + 1,
        token.i,
        made.add_known(found) if found else owner.id,
        "post",
        0.7,
    )


def _peer_of(
    made: Cast,
    token: Token,
    person: str,
    named: tuple[int, int],
    peer: Post,
    owner: Reference,
) -> None:
    """Give somebody's counterpart the post of his peer, in his own state."""
    span = token.i, token.i + 1
    whose = owner.start, owner.end
    _hold(made, span, person, named, peer.relation, owner.id, whose, role=peer.role)


def _found_posts(made: Cast) -> list[tuple[int, int]]:
    """Return the longest runs of tokens that name a post, in the order of the text."""
    doc, posts, last = made.doc, made.lexicon.posts, made.lexicon.post_ends
    ends = bytes(
        t.pos_ in ("NOUN", "PROPN", "ADJ")
        and (t.lower_ in last or t.lemma_.lower() in last)
        for t in doc
    )
    found: list[tuple[int, int]] = []
    i = ends.find(1)
    while i >= 0:
        i = max(i - 4, found[-1][1] if found else 0)
        for start, n in ((i + m, n) for m in range(5) for n in (5, 4, 3, 2, 1)):
            end = start + n
            if end > len(doc) or not ends[end - 1]:
                continue
            if _role(made, start, end) in posts:
                found.append((start, end))
                i = end
                break
        else:
            i += 5
        i = ends.find(1, i)
    return found


def _role(made: Cast, start: int, end: int) -> str:
    """Return the lexicon's form of a post: "secretary-general", "members" as "member"."""
    words = [t.lower_ for t in made.doc[start:end]]
    plain_ = " ".join(words).replace(" - ", "-")
    if plain_ in made.lexicon.posts:
        return plain_
    if plain_.replace("-", " ") in made.lexicon.posts:
        return plain_.replace("-", " ")  # "Vice-Premier"
    last = made.doc[end - 1].lemma_.lower()
    return " ".join([*words[:-1], last]).replace(" - ", "-")


def _post(made: Cast, start: int, end: int) -> None:
    doc = made.doc
    taken = made.at.get(start, ())
    if taken and made.type_of(taken[0].id) == "Organization":
        start = taken[0].end  # "[Chad's army] chief"
        if start >= end or doc[start:end].text.lower() not in made.lexicon.posts:
            return
    role = _role(made, start, end)
    if doc[end - 1].tag_ == "NNS" and in_business(made, doc[end - 1]):
        return  # "Burmese business leaders X and Y"
    left = _before(made, start)
    former = _former(made, left, start)
    owner = _owner(made, left, start, end)
    # "Minister of Y, X, Ambassador of W, Z": each before its name
    named = named_after(made, owner, start, end)
    if named is None or not _posts_first(made, start):
        named = holder_of(made, left, start, end) or named
    person = person_of(made, named)
    owner = owner or _listed_under(made, named)
    noun = doc[end - 1]
    if person and named and _astray(noun, doc[named[1] - 1]):
        made.refer(start, end, noun.i, person, "post", 0.95)
    if person and named and owner:
        _stand_for_holder(made, owner, start, named)
    if person is None and named is None:
        read_unnamed(made, left, start, end, role, owner, former)
        return
    if person is None or named is None:
        return
    entry, of = _entry(made, role, owner, person)
    if entry and of and (first := _deputy(made, left, start)) is not None:
        entry, start = _junior(made, of) or entry, first
    elif entry and of and of.end <= start and _of_part(made, noun, end):
        entry = _junior(made, of) or entry
    if entry is None or of is None or former or person == of.id:
        return
    whose = (of.start, of.end) if of.end > of.start else (start, end)
    _hold(
        made,
        (start, end),
        person,
        named,
        entry.relation,
        of.id,
        whose,
        told=of.how != "known",
    )


def _listed_under(made: Cast, named: tuple[int, int] | None) -> Reference | None:
    """Return the state that a list puts somebody under: "Chad: X Y, Minister of Sport"."""
    if named is None or named[0] < 2 or made.doc[named[0] - 1].text != ":":
        return None
    before = made.at.get(named[0] - 2, ())
    first = made.sentence(named[0]).start
    return next(
        (r for r in before if made.type_of(r.id) == "Country" and r.start == first),
        None,
    )


def _hold(
    made: Cast,
    span: tuple[int, int],
    person: str,
    named: tuple[int, int],
    relation: str,
    of: str,
    owner: tuple[int, int],
    *,
    role: str | None = None,
    told: bool = True,
) -> None:
    """Note a post that somebody holds; its role, where none is given, is its words."""
    start, end = span
    made.posts.append(
        Post(
            person=person,
            relation=relation,
            of=of,
            role=made.doc[start:end].text if role is None else role,
            start=start,
            end=end,
            name=named,
            owner=owner,
            told=told,
        )
    )


def _former(made: Cast, left: int, start: int) -> bool:
    """Tell whether a post is told as no longer held: "then", "the late"."""
    return any(t.lower_ in made.lexicon.cues["former"] for t in made.doc[left:start])


def _posts_first(made: Cast, start: int) -> bool:
    """Tell whether a list goes "Minister of Y, X, Ambassador of W, Z", and not the other way."""
    doc, first = made.doc, made.sentence(start).start
    names = [
        i
        for i in range(first, start)
        for r in made.at.get(i, ())
        if r.how == "name" and r.start == i and made.type_of(r.id) == "Person"
    ]
    if not names or doc[names[0] - 1].text != ",":
        return False
    return any(first <= a and b < names[0] for a, b in made.post_spans)


def _deputy(made: Cast, left: int, start: int) -> int | None:
    """Return where the words begin that put a post below another's: "deputy chairman"."""
    words = made.lexicon.cues["deputies"]
    return next((i for i in range(left, start) if made.doc[i].lower_ in words), None)


def _of_other(made: Cast, i: int) -> bool:
    """Tell whether an adjective is of what is no state: "the leader of a French expedition"."""
    word, lexicon = made.doc[i], made.lexicon
    noun = word.head.lemma_.lower()
    states = lexicon.anaphors["Country"] | lexicon.cues["thrones"]
    whole = noun in states or noun in lexicon.institutions
    national = any(r.how == "adjective" for r in made.at.get(i, ()))
    return national and word.dep_ in ("amod", "compound", "nmod") and not whole


def _of_part(made: Cast, noun: Token, end: int) -> bool:
    """Tell whether a post is of what is no body itself: "the CIA chief of station"."""
    if made.doc[end : end + 1].text.lower() == "for":
        return True  # "Foreign Ministry Director General for Asian Affairs"
    return any(
        c.i == end and c.lower_ == "of" and not any(x.i in made.at for x in c.subtree)
        for c in noun.children
    )


def _junior(made: Cast, owner: Reference) -> PostEntry | None:
    """Return the entry for those who serve under the head of a body or state."""
    type_ = made.type_of(owner.id)
    return next(
        (
            e
            for entries in made.lexicon.posts.values()
            for e in entries
            if e.junior and type_ in e.scope
        ),
        None,
    )


def _before(made: Cast, start: int) -> int:
    """Return where the words before a post begin: "the former acting …", "US deputy …"."""
    doc, kept = made.doc, made.lexicon.cues["kept"] | made.lexicon.cues["former"]
    i = start
    while i and not doc[i - 1].is_space:
        t = doc[i - 1]
        if (
            t.lower_ in kept
            or t.text in _SKIP
            or t.text == "-"
            or (
                i - 1 in made.at
                and made.type_of(made.at[i - 1][0].id) in ("Country", "Organization")
            )
        ):
            i -= 1
        elif t.tag_ in ("PRP$", "DT"):
            i -= 1
            break
        elif (
            t.lower_ in made.lexicon.posts
            and i == start
            or (
                t.pos_ in ("ADJ", "NOUN", "PROPN")
                and t.head.i >= start
                and t.head.i - start < 6
                and t.i not in made.at
                and t.is_lower
            )
        ):
            i -= 1
        else:
            break
    return i


def _owner(made: Cast, left: int, start: int, end: int) -> Reference | None:
    """Return the state or body that a post is of."""
    doc = made.doc
    if start >= 2 and doc[start - 1].text == ")":
        left = start - 2  # "the Republic of Korea (ROK) Prime Minister"
    for i in range(start - 1, left - 1, -1):
        for reference in made.at.get(i, ()):
            if made.type_of(reference.id) in ("Country", "Organization"):
                if _posted_to(made, reference) or _within(made, reference, start):
                    return None
                return _longer(made, reference, start) or reference
    noun = doc[end - 1]
    sent = noun.lemma_.lower() in _SENT  # "envoy for Yemen", "ambassador to France"
    if found := _department_of(made, start, end):
        return found
    portfolio = noun.lower_ in _DEPARTED or doc[start].lower_ in _DEPARTED
    for child in noun.children:
        if child.dep_ == "poss":
            for reference in made.at.get(child.i, ()):
                if made.type_of(reference.id) in ("Country", "Organization"):
                    return reference
        if (
            child.dep_ == "prep"
            and child.lower_ in (("of",) if sent else ("of", "for", "to", "at"))
            and child.i >= end
        ):
            for inner in child.children:
                for reference in made.at.get(inner.i, ()):
                    if _owning(made, reference, portfolio):
                        return reference
        if child.dep_ == "prep" and child.lower_ == "from":
            for inner in child.children:  # "a lawmaker from the X Party"
                for reference in made.at.get(inner.i, ()):
                    if made.type_of(reference.id) == "Organization":
                        return reference
    if end < len(doc) and doc[end].lower_ == "of":
        for i in range(end + 1, min(end + 4, len(doc))):
            if doc[i].is_space:
                break
            if doc[i].head.lemma_.lower() in made.lexicon.cues["private"]:
                break
            for reference in made.at.get(i, ()):
                if _beside_another(made, reference):
                    break
                if _owning(made, reference, portfolio) and not _of_other(made, i):
                    return _body_of(made, reference)
    return _organ_beside(made, start, end)


def _beside_another(made: Cast, named: Reference) -> bool:
    """Tell whether a name but says whose or which another body is: "of X's committee"."""
    doc, last = made.doc, made.doc[named.end - 1]
    if named.end < len(doc) and doc[named.end].tag_ == "POS":
        return True
    noun = last.head
    described = last.dep_ in ("compound", "amod", "nmod") and noun.i == named.end
    common = named.how == "institution" or last.is_lower
    return common and described and noun.pos_ == "NOUN"


def _organ_beside(made: Cast, start: int, end: int) -> Reference | None:
    """Return the ministry beside a post: "a Foreign Ministry spokesman", "spokesman for the …"."""
    doc = made.doc
    after = end + 1 + (doc[end + 1 : end + 2].text.lower() == "the")
    linked = doc[end : end + 1].text.lower() in ("for", "of", "at")
    for n in (4, 3, 2):
        if start >= n and (found := organ_named(made, start - n, start)):
            return found
        if linked and (found := organ_named(made, after, after + n)):
            return found
    return None


def _within(made: Cast, state: Reference, post: int) -> bool:
    """Tell whether a post is of a body in a state: "a Just Peru party leader"."""
    bodies = made.lexicon.anaphors["Organization"]
    between = made.doc[state.end : post]
    return made.type_of(state.id) == "Country" and any(
        t.lower_ in bodies and t.i not in made.at for t in between
    )


def _posted_to(made: Cast, body: Reference) -> bool:
    """Tell whether somebody is sent to a body: "US Representative to the UN Ambassador X"."""
    doc, start = made.doc, body.start
    if start > 1 and doc[start - 1].text == "(":  # "for the Republic of Chad (RC)"
        spelled = made.at.get(start - 2, ())
        start = next((r.start for r in spelled if r.id == body.id), start)
    i = start - 1 - (doc[max(start - 1, 0)].lower_ == "the")
    sent = doc[i].lower_ in ("to", "for") and doc[i].head.lemma_.lower() in _SENT
    return i > 0 and sent


def _body_of(made: Cast, state: Reference) -> Reference:
    """Return the body whose name follows its state's: "the Russian Federation Council X"."""
    if made.type_of(state.id) != "Country" or state.how != NAME:
        return state
    following = made.at.get(state.end, ())
    return next((r for r in following if made.type_of(r.id) == "Organization"), state)


def _longer(made: Cast, country: Reference, post: int) -> Reference | None:
    """Return the body whose name ends in a country's: "Environment Canada spokesperson"."""
    doc, i = made.doc, country.start - 1
    bodily = any(
        "Country" not in e.scope for e in made.lexicon.posts.get(doc[post].lower_, ())
    )
    if (
        not bodily
        or i < 0
        or country.end != post
        or country.how != NAME
        or made.type_of(country.id) != "Country"
        or i in made.at
        or doc[i].pos_ != "PROPN"
        or doc[i].dep_ != "compound"
        or not doc[i].text.istitle()
        or doc[i].lower_ in made.lexicon.cues["titles"] | made.lexicon.posts.keys()
    ):
        return None
    label = plain(doc[i : country.end].text)
    body = made.add(coined("Organization", label))
    made.spellings.setdefault(body, {})[label] = None
    reference = Reference(id=body, start=i, end=country.end, how=NAME)
    for j in range(i, country.end):
        made.at[j] = (reference,)
    return reference


_SENT = frozenset({"ambassador", "consul", "coordinator", "envoy", "representative"})


def _department_of(made: Cast, start: int, end: int) -> Reference | None:
    """Return the department behind a secretary: "Under Secretary of the Treasury"."""
    doc = made.doc
    if doc[end - 1].lower_ != "secretary" or end - start < 2 or end + 1 >= len(doc):
        return None
    last = end + 1 + (doc[end + 1].lower_ == "the")
    if doc[end].lower_ != "of" or last >= len(doc):
        return None
    name = f"Department {doc[end : last + 1].text}"
    readings = made.gazetteer.readings.get(name, ())
    if not readings:
        return None
    id = made.add_known(readings[0][0])
    return Reference(id=id, start=end, end=last + 1, how=NAME)


_DEPARTED = frozenset({"minister", "secretary", "undersecretary", "under"})


def _owning(made: Cast, reference: Reference, portfolio: bool) -> bool:
    """Tell whether a name can be whose a post is, and not only what it is for.

    "Minister of Trade and Energy" is of no body; "Secretary of the Security Council" is.
    """
    type_ = made.type_of(reference.id)
    if type_ != "Organization" or not portfolio:
        return type_ in ("Country", "Organization")
    bodies = made.lexicon.anaphors["Organization"] | made.lexicon.institutions.keys()
    words = made.doc[reference.start : reference.end]
    return any(t.lower_ in bodies or t.text.isupper() and len(t) > 1 for t in words)


def _stand_for_holder(
    made: Cast, owner: Reference, start: int, named: tuple[int, int]
) -> None:
    """Let a state that heads its minister's phrase stand for him: "Peru (PE) Minister X".

    So may a body whose head has another post: "spoke with President and Bank Chairman X".
    """
    bracketed = made.doc[start - 1].text == ")" and owner.end == start - 1
    if bracketed and owner.start > 2:  # "the Republic of Korea (ROK) Minister X"
        spelled = made.at.get(owner.start - 2, ())
        owner = next((r for r in spelled if r.id == owner.id), owner)
    heads = [
        t.i
        for t in made.doc[owner.start : owner.end]
        if t.dep_ in _ARGUMENTS and not owner.start <= t.head.i < owner.end
    ]
    if (owner.end == start or bracketed) and start < named[0] and heads:
        made.at[heads[0]] = made.at[named[0]]
    name = made.doc[named[1] - 1]
    head = name.head
    beside = name.dep_ == "appos" and head.i < start < named[0]
    if beside and owner.id in {r.id for r in made.at.get(head.i, ())}:
        made.at[head.i] = made.at[named[0]]


def _astray(post: Token, name: Token) -> bool:
    """Tell whether the parser hung a name on the body: "the president of Syria, X, said"."""
    argument = post.dep_ in _ARGUMENTS and post.tag_ in ("NN", "NNP")
    hung = post not in (name.head, name.head.head) or name.dep_ == "pobj"
    return argument and name.i > post.i and hung


def _entry(
    made: Cast, role: str, owner: Reference | None, person: str
) -> tuple[PostEntry | None, Reference | None]:
    """Return the lexicon's entry for a post and whose it is, by the text or by what is known."""
    entries = made.lexicon.posts[role]
    if owner is None:
        owner = known_owner(made, role, person) or _department(made, role)
    if owner is None:
        return None, None
    type_ = made.type_of(owner.id)
    return next((e for e in entries if type_ in e.scope), None), owner


def _department(made: Cast, role: str) -> Reference | None:
    """Return the department that a post is named after: "Deputy Secretary of State"."""
    rank, _, field = role.rpartition(" secretary of ")
    readings = made.gazetteer.readings.get(f"Department of {field.title()}", ())
    if not rank or not readings:
        return None
    return Reference(id=made.add_known(readings[0][0]), start=0, end=0, how="known")
