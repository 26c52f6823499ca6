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


_SENTENCES = """
Japan/NNP/nsubj/1 condemned/VBD/ROOT/1/condemn Iran/NNP/dobj/1 on/IN/prep/1 Monday@DATE/NNP/pobj/3
France/NNP/nsubj/1 sold/VBD/ROOT/1/sell two/CD/nummod/3 tanks/NNS/dobj/1/tank to/IN/dative/1 Iran/NNP/pobj/4
Tanks/NNS/nsubjpass/2/tank were/VBD/auxpass/2 sold/VBN/ROOT/2/sell to/IN/prep/2 Iran/NNP/pobj/3 by/IN/agent/2 France/NNP/pobj/5
Trump/NNP/nsubj/1 said/VBD/ROOT/1/say he/PRP/nsubj/4 may/MD/aux/4 meet/VB/ccomp/1/meet Abe/NNP/dobj/4
“/punct/6 We/PRP/nsubj/2 attacked/VBD/ccomp/6/attack Iran/NNP/dobj/2 ”/punct/6 Abe/NNP/nsubj/6 said/VBD/ROOT/6/say
Iran/NNP/nsubj/1 urged/VBD/ROOT/1/urge Japan/NNP/dobj/1 to/TO/aux/4 attack/VB/xcomp/1 Turkish/JJ/amod/6 forces/NNS/dobj/4/force
Talks/NNS/nsubj/5/talk between/IN/prep/0 Japan/NNP/pobj/1 and/CC/cc/2 Iran/NNP/conj/2 failed/VBD/ROOT/5/fail
Japanese/JJ/amod/2 prime/JJ/amod/2 minister/NN/compound/3 Abe/NNP/nsubj/4 met/VBD/ROOT/4/meet his/PRP$/poss/7 American/JJ/amod/7 counterpart/NN/dobj/4
Both/DT/det/1 countries/NNS/nsubj/2/country imposed/VBD/ROOT/2/impose sanctions/NNS/dobj/2/sanction on/IN/prep/3 Turkey/NNP/pobj/4
"""


@st.composite
def _bent(draw):
    """Return a good parse with up to three of its words, labels or heads changed."""
    cells = [
        c.split("/")
        for c in draw(st.sampled_from(_SENTENCES.split("\n")[1:-1])).split()
    ]
    marks = [len(c) == 3 for c in cells]
    for i in draw(st.lists(st.integers(0, len(cells) - 1), max_size=3)):
        dep, head = (1, 2) if marks[i] else (2, 3)
        what = draw(st.sampled_from(("word", "dep", "head")))
        if what == "word":
            word = draw(_open()).split("/")
            cells[i], marks[i] = [*word, *cells[i][dep : head + 1]], len(word) == 1
        elif what == "dep" and cells[i][dep] != "ROOT":
            cells[i][dep] = draw(st.sampled_from(_DEPS.split()))
        elif cells[i][dep] != "ROOT":
            heads = [int(c[2 if m else 3]) for c, m in zip(cells, marks, strict=True)]
            free = [j for j in range(len(cells)) if not _above(heads, i, j)]
            cells[i][head] = str(draw(st.sampled_from(free)))
    return " ".join("/".join(c) for c in cells)


def _above(heads, i, j):
    """Tell whether token i is j or stands above it."""
    while j != i and heads[j] != j:
        j = heads[j]
    return j == i


@settings(max_examples=250)
@given(
    lines=st.lists(_bent() | _trees(), min_size=1, max_size=3),
    date=st.sampled_from((None, "2017-11-06")),
    source=st.sampled_from(("", "State Department")),
)
def test_no_parse_stops_the_extraction(lines, date, source):
    parsed = doc(*lines)
    found, abstained = read(parsed, date, source=source)
    assert_sound(parsed.text, found, abstained)
    assert read(parsed, date, source=source) == (found, abstained)
