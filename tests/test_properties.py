"""What holds of any text and any reading: exact offsets, ids that stay, nothing that stops it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from told import gazetteer

from kgbuild.entities.meant import make_cast
from kgbuild.model import Document
from kgbuild.pipeline import run
from kgbuild.reader.calibration import Calibration
from kgbuild.reader.pieces import TYPES
from kgbuild.reader.readings import Claim, Mention, Reading
from kgbuild.statements.tell import Article, tell
from kgbuild.text.sentences import sentences
from kgbuild.vocabulary import FACTUALITIES, load_vocabulary

NAMES = ("Japan", "the United States", "Vladimir Putin", "Boeing", "Turkish forces")
TEMPLATES = (
    "{0} condemned {1} on Monday.",
    "{0} sold four F-35 jets to {1} for $2.5 billion.",
    "“We will help {1},” said {0}. “They are friends.”",
    "According to {0}, {1} did not attack Ukraine.",
    "{0} met {1}. He praised both countries.",
    "{0} urged {1}\u00a0to sanction Iran\u2028and its regime.",
    "HEADLINE: {0} AND {1} AGREE",
    "- {0}, whose leader refused to meet {1}, is a member of NATO",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀 {0} e\u0301 threatened {1}!",
)
VOCABULARY = load_vocabulary()
RELATIONS = VOCABULARY.relations

_sentences = st.builds(
    str.format,
    st.sampled_from(TEMPLATES),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
_texts = st.builds(
    str.join,
    st.sampled_from((" ", "\n\n", "\n", "\r\n\r\n", "  ")),
    st.lists(_sentences, min_size=1, max_size=4),
)


def assert_sound(text, statements, abstentions, mentions=()):
    """Check what holds of whatever is found in a text."""
    assert len({s.id for s in statements}) == len(statements)
    once = set()
    for s in statements:
        relation = RELATIONS[s.relation]
        assert s.subject.id != s.object.id
        ends = (s.subject.type, s.object.type)
        fits = ends[0] in relation.domain and ends[1] in relation.range
        turned = ends[1] in relation.domain and ends[0] in relation.range
        assert fits or (relation.symmetric and turned)
        assert 0 < s.confidence <= 1
        if relation.symmetric:
            assert (s.object.id, s.relation, s.subject.id) not in once
            once.add((s.subject.id, s.relation, s.object.id))
        assert (s.deal is not None) is relation.deal
        assert s.evidence
        for e in s.evidence:
            assert 0 <= e.start < e.end <= len(text)
            assert text[e.start : e.end] == e.sentence
            for start, end in (e.subject, e.object, e.trigger):
                assert 0 <= start < end <= len(text)
    for a in abstentions:
        assert text[a.start : a.end] == a.text != ""
    places = [(m.start, m.end, m.ids) for m in mentions]
    assert places == sorted(set(places))
    for m in mentions:
        assert text[m.start : m.end] == m.text != ""
        assert len(m.ids) == len(m.labels) > 0
        assert 0 < m.confidence <= 1


@settings(max_examples=25)
@given(text=_texts)
def test_offsets_are_exact_in_any_text(text):
    document = Document(id="a", text=text, date="2017-11-06")
    (result,) = run([document])
    assert_sound(text, result.statements, result.abstentions, result.mentions)
    for s in result.statements:
        for e in s.evidence:
            assert e.start <= e.trigger[0] < e.end


@settings(max_examples=25)
@given(text=st.text(max_size=200))
def test_no_text_at_all_stops_the_extraction(text):
    (result,) = run([Document(id="a", text=text, date=None)])
    assert_sound(text, result.statements, result.abstentions, result.mentions)


@settings(max_examples=8)
@given(texts=st.lists(_texts, min_size=2, max_size=3), data=st.data())
def test_the_order_of_documents_changes_nothing(texts, data):
    documents = [
        Document(id=f"d{n}", text=text, date="2017-11-06")
        for n, text in enumerate(texts)
    ]
    shuffled = data.draw(st.permutations(documents))
    first = {r.document.id: r for r in run(documents)}
    assert {r.document.id: r for r in run(shuffled)} == first


# -- any reading at all ------------------------------------------------------------------

TEXT = (
    "President Donald Trump met Japan's army in Tokyo. He and Abe sold 12 F-35s for "
    "$2 million on Monday. The two leaders, Roe and P. Roe, told the Foreign Ministry "
    "of France that its government and Boeing will attack them, said Jane Roe."
)
ENDS = [i for i, c in enumerate(f"{TEXT} ") if not c.isalnum() and i]
STARTS = [i for i, c in enumerate(TEXT) if c.isalnum() and not TEXT[i - 1].isalnum()]


@st.composite
def _mentions(draw):
    start = draw(st.sampled_from([s for s in STARTS if s < max(ENDS)]))
    end = draw(st.sampled_from([e for e in ENDS if start < e <= start + 24]))
    return Mention(start=start, end=end, type=draw(st.sampled_from(TYPES)))


@st.composite
def _readings(draw):
    """Return a reading of one window in which anything is said of anybody."""
    mentions = draw(st.lists(_mentions(), min_size=1, max_size=8))
    one = st.integers(0, len(mentions) - 1)
    some = st.lists(one, max_size=2).map(tuple)
    claim = st.builds(
        Claim,
        subject=one,
        relation=st.sampled_from([*RELATIONS, "unheard_of"]),
        object=one,
        confidence=st.floats(0, 1),
        factuality=st.sampled_from(FACTUALITIES),
        trigger=_mentions().map(lambda m: (m.start, m.end)),
        speaker=st.none() | one,
        time=st.none() | one,
        items=st.lists(st.tuples(one, st.none() | one), max_size=2).map(tuple),
        value=st.none() | one,
        kind=st.sampled_from((None, "sale", "aid")),
        status=st.sampled_from((None, "proposed", "agreed", "stopped")),
        contractors=some,
    )
    same = [
        draw(st.none() | st.tuples(st.integers(0, n - 1), st.floats(0, 1)))
        if n
        else None
        for n in range(len(mentions))
    ]
    return Reading(
        start=0,
        end=len(TEXT),
        mentions=tuple(mentions),
        claims=tuple(draw(st.lists(claim, max_size=6))),
        same=tuple(same),
        members=tuple(draw(some) for _ in mentions),
    )


def _told(readings, date, source):
    document = Document(id="a", text=TEXT, date=date, source=source)
    names = gazetteer()
    return tell(
        Article(
            document=document,
            readings=readings,
            cast=make_cast(document, readings, names.matches(TEXT), names),
            sentences=sentences(TEXT),
            vocabulary=VOCABULARY,
            calibration=Calibration(),
            least=0.3,
        )
    )


@settings(max_examples=100)
@given(
    readings=st.lists(_readings(), min_size=1, max_size=3),
    date=st.sampled_from((None, "2017-11-06")),
    source=st.sampled_from(("", "State Department")),
)
def test_no_reading_stops_the_extraction(readings, date, source):
    found, abstained = _told(readings, date, source)
    assert_sound(TEXT, found, abstained)
    assert _told(readings, date, source) == (found, abstained)
