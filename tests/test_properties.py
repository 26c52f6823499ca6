"""What holds of any text: exact offsets, ids that stay, no parse that stops the extraction."""

from __future__ import annotations

from docs import doc, lexicon, read, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.model import Document
from kgbuild.pipeline import run

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


def assert_sound(text, statements, abstentions):
    """Check what holds of whatever is found in a text."""
    assert len({s.id for s in statements}) == len(statements)
    relations = vocabulary().relations
    for s in statements:
        assert s.subject.id != s.object.id
        assert s.subject.type in relations[s.relation].domain
        assert s.object.type in relations[s.relation].range
        assert 0 < s.confidence <= 1
        assert not relations[s.relation].symmetric or s.subject.id < s.object.id
        for e in s.evidence:
            assert 0 <= e.start < e.end <= len(text)
            assert text[e.start : e.end] == e.sentence
            for start, end in (e.subject, e.object, e.trigger):
                assert 0 <= start < end <= len(text)
            assert e.start <= e.trigger[0] < e.end
    for a in abstentions:
        assert text[a.start : a.end] == a.text != ""


@settings(max_examples=25)
@given(text=_texts)
def test_offsets_are_exact_in_any_text(pipeline, text):
    document = Document(id="a", text=text, date="2017-11-06")
    (result,) = run([document], nlp=pipeline)
    assert_sound(text, result.statements, result.abstentions)


@settings(max_examples=8)
@given(texts=st.lists(_texts, min_size=2, max_size=3), data=st.data())
def test_the_order_of_documents_changes_nothing(pipeline, texts, data):
    documents = [
        Document(id=f"d{n}", text=text, date="2017-11-06")
        for n, text in enumerate(texts)
    ]
    shuffled = data.draw(st.permutations(documents))
    first = {r.document.id: r for r in run(documents, nlp=pipeline)}
    assert {r.document.id: r for r in run(shuffled, nlp=pipeline)} == first


# -- any parse at all ----------------------------------------------------------------

_DEPS = """
nsubj nsubjpass dobj dative attr oprd acomp xcomp ccomp acl relcl advcl pcomp conj
cc prep pobj agent poss amod compound nmod nummod appos aux auxpass neg advmod mark
det punct prt dep parataxis npadvmod quantmod expl case
"""
_CLOSED = """
he/PRP his/PRP$ it/PRP its/PRP$ they/PRP we/PRP I/PRP which/WDT that/WDT whose/WP$
the/DT The/DT both/DT no/DT not/RB never/RB to/TO to/IN by/IN of/IN from/IN with/IN on/IN
in/IN if/IN as/IN such/JJ and/CC will/MD may/MD is/VBZ was/VBD 's/POS two/CD four/CD $/$
billion/CD Monday@DATE/NNP According/VBG former/JJ Turkish/JJ Japanese/JJ North/NNP
possible/JJ military/JJ , . ? ; “ ”
"""
_PROPER = """
Japan/NNP Iran/NNP Turkey/NNP France/NNP Washington/NNP Trump/NNP Abe/NNP Donald/NNP
Boeing/NNP F-35/NNP
"""


def _open():
    """Return cells of the lexicon's own words, as verbs in their forms and as nouns."""
    words = lexicon()
    verbs = sorted(
        w for w in words.verbs.keys() | words.cues["reporting"] if w.isalpha()
    )
    nouns = {
        *words.nouns,
        *words.posts,
        *words.institutions,
        *words.anaphors["Country"],
    }
    nouns |= {"missile", "tank", "counterpart", "contractor", "dozen"}
    plain = sorted(w for w in nouns if w.isalpha())
    return (
        st.builds(
            "{}/{}".format,
            st.sampled_from(verbs),
            st.sampled_from(("VB", "VBD", "VBN", "VBG")),
        )
        | st.builds(
            "{}/{}".format, st.sampled_from(plain), st.sampled_from(("NN", "NNS"))
        )
        | st.sampled_from(_CLOSED.split())
        | st.sampled_from(_PROPER.split())
    )


@st.composite
def _trees(draw):
    """Return a line of cells that make a tree: each hangs on one that was there before."""
    cells = draw(st.lists(_open(), min_size=1, max_size=14))
    order = draw(st.permutations(range(len(cells))))
    line = list(cells)
    for n, i in enumerate(order):
        head = order[draw(st.integers(0, n - 1))] if n else i
        dep = draw(st.sampled_from(_DEPS.split())) if n else "ROOT"
        line[i] = f"{cells[i]}/{dep}/{head}"
    return " ".join(line)


@settings(max_examples=250)
@given(
    lines=st.lists(_trees(), min_size=1, max_size=3),
    date=st.sampled_from((None, "2017-11-06")),
    source=st.sampled_from(("", "State Department")),
)
def test_no_parse_stops_the_extraction(lines, date, source):
    parsed = doc(*lines)
    found, abstained = read(parsed, date, source=source)
    assert_sound(parsed.text, found, abstained)
    assert read(parsed, date, source=source) == (found, abstained)
