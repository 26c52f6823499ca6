"""Factuality: whether it is so, and who says so."""

from __future__ import annotations

import pytest
from docs import cast_of, doc, read, token, told

from kgbuild.factuality import stance
from kgbuild.levels import worse
from kgbuild.propositions import propositions

FRANCE = "France/NNP/nsubj/1 "
ATTACK = "attack/VB/xcomp/1 Libya/NNP/dobj/3"
THAT = "France/NNP/nsubj/3 attacked/VBD/ccomp/1/attack Libya/NNP/dobj/3"


def level(sentence, word="attack", **fields):
    """Return the stance of the first predicate of a lemma."""
    made = cast_of(doc(sentence), **fields)
    wanted = propositions(made.doc, made.clauses, {word}, {word})
    return stance(made, next(wanted))


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        pytest.param(
            FRANCE + "attacked/VBD/ROOT/1/attack Libya/NNP/dobj/1", "fact", id="plain"
        ),
        pytest.param(
            "France/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 attack/VB/ROOT/3 "
            "Libya/NNP/dobj/3",
            "negated",
            id="not",
        ),
        pytest.param(
            "France/NNP/nsubj/2 never/RB/neg/2 attacked/VBD/ROOT/2/attack "
            "Libya/NNP/dobj/2",
            "negated",
            id="never",
        ),
        pytest.param(
            "No/DT/det/1 country/NN/nsubj/2 attacked/VBD/ROOT/2/attack "
            "Libya/NNP/dobj/2",
            "negated",
            id="no subject",
        ),
        pytest.param(
            "Neither/DT/det/1 country/NN/nsubj/2 attacked/VBD/ROOT/2/attack",
            "negated",
            id="neither",
        ),
        *(
            pytest.param(
                f"France/NNP/nsubj/2 {modal}/MD/aux/2 attack/VB/ROOT/2 Libya/NNP/dobj/2",
                "possible",
                id=modal,
            )
            for modal in ("may", "might", "could", "would", "should", "will", "must")
        ),
        pytest.param(
            "France/NNP/nsubj/3 may/MD/aux/3 not/RB/neg/3 attack/VB/ROOT/3",
            "negated",
            id="may not",
        ),
        *(
            pytest.param(
                f"France/NNP/nsubj/1 {verb} to/TO/aux/3 {ATTACK}", wanted, id=verb
            )
            for verb, wanted in (
                ("wants/VBZ/ROOT/1/want", "possible"),
                ("threatened/VBD/ROOT/1/threaten", "possible"),
                ("agreed/VBD/ROOT/1/agree", "possible"),
                ("refused/VBD/ROOT/1/refuse", "negated"),
                ("failed/VBD/ROOT/1/fail", "negated"),
                ("managed/VBD/ROOT/1/manage", "fact"),
                ("began/VBD/ROOT/1/begin", "fact"),
            )
        ),
        pytest.param(
            "France/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 refuse/VB/ROOT/3 "
            "to/TO/aux/5 attack/VB/xcomp/3 Libya/NNP/dobj/5",
            "possible",
            id="not refused",
        ),
        pytest.param(
            "France/NNP/nsubj/3 did/VBD/aux/3/do not/RB/neg/3 manage/VB/ROOT/3 "
            "to/TO/aux/5 attack/VB/xcomp/3 Libya/NNP/dobj/5",
            "negated",
            id="not managed",
        ),
        pytest.param(
            "France/NNP/nsubj/2 may/MD/aux/2 begin/VB/ROOT/2 to/TO/aux/4 "
            "attack/VB/xcomp/2 Libya/NNP/dobj/4",
            "possible",
            id="may begin",
        ),
        pytest.param(
            "France/NNP/nsubj/1 denied/VBD/ROOT/1/deny "
            "attacking/VBG/xcomp/1/attack Libya/NNP/dobj/2",
            "negated",
            id="denied doing",
        ),
        pytest.param(
            "France/NNP/nsubj/1 left/VBD/ROOT/1/leave without/IN/prep/1 "
            "attacking/VBG/pcomp/2/attack Libya/NNP/dobj/3",
            "negated",
            id="without",
        ),
        *(
            pytest.param(
                f"France/NNP/nsubjpass/2 was/VBD/auxpass/2 {verb} "
                "attacking/VBG/pcomp/3/attack Libya/NNP/dobj/4",
                "possible",
                id=verb,
            )
            for verb in (
                "accused/VBN/ROOT/2/accuse of/IN/prep/2",
                "blamed/VBN/ROOT/2/blame for/IN/prep/2",
                "suspected/VBN/ROOT/2/suspect of/IN/prep/2",
            )
        ),
        pytest.param(
            "France/NNP/poss/2 's/POS/case/0 plan/NN/nsubj/6 to/TO/aux/4 "
            "attack/VB/acl/2 Libya/NNP/dobj/4 failed/VBD/ROOT/6/fail",
            "possible",
            id="a plan to",
        ),
        pytest.param(
            "If/IN/mark/2 France/NNP/nsubj/2 attacks/VBZ/advcl/6/attack "
            "Libya/NNP/dobj/2 Italy/NNP/nsubj/6 will/MD/aux/6 leave/VB/ROOT/6",
            "possible",
            id="if",
        ),
        pytest.param(
            "When/WRB/advmod/2 France/NNP/nsubj/2 attacks/VBZ/advcl/6/attack "
            "Libya/NNP/dobj/2 Italy/NNP/nsubj/6 will/MD/aux/6 leave/VB/ROOT/6",
            "possible",
            id="when, of what is to come",
        ),
        pytest.param(
            "When/WRB/advmod/2 France/NNP/nsubj/2 attacked/VBD/advcl/5/attack "
            "Libya/NNP/dobj/2 Italy/NNP/nsubj/5 left/VBD/ROOT/5/leave",
            "fact",
            id="when, of what was",
        ),
        pytest.param(
            "Did/VBD/aux/2/do France/NNP/nsubj/2 attack/VB/ROOT/2 Libya/NNP/dobj/2 "
            "?/punct/2",
            "possible",
            id="a question",
        ),
        pytest.param(
            "France/NNP/nsubj/2 allegedly/RB/advmod/2 attacked/VBD/ROOT/2/attack "
            "Libya/NNP/dobj/2",
            "possible",
            id="allegedly",
        ),
        pytest.param(
            "France/NNP/nsubj/2 may/MD/aux/2 leave/VB/ROOT/2 and/CC/cc/2 "
            "attack/VB/conj/2 Libya/NNP/dobj/4",
            "possible",
            id="a shared modal",
        ),
        pytest.param(
            "France/NNP/nsubj/1 attacked/VBD/ROOT/1/attack and/CC/cc/1 may/MD/aux/4 "
            "leave/VB/conj/1",
            "fact",
            id="another's modal",
        ),
        pytest.param(
            "Iran/NNP/nsubj/1 left/VBD/ROOT/1/leave to/TO/aux/3 attack/VB/advcl/1 "
            "Libya/NNP/dobj/3",
            "possible",
            id="a purpose",
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 denied/VBD/ROOT/1/deny " + THAT, "negated", id="denied"
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 doubts/VBZ/ROOT/1/doubt " + THAT, "possible", id="doubts"
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 said/VBD/ROOT/1/say " + THAT, "fact", id="said"
        ),
        pytest.param(
            "Iran/NNP/nsubj/4 ,/punct/0 which/WDT/nsubj/3 attacked/VBD/relcl/0/attack "
            "refused/VBD/ROOT/4/refuse to/TO/aux/6 leave/VB/xcomp/4",
            "fact",
            id="a relative clause stands by itself",
        ),
        pytest.param(
            "There/EX/expl/1 was/VBD/ROOT/1 no/DT/det/3 attack/NN/attr/1",
            "negated",
            id="no, before a noun",
        ),
        pytest.param(
            "A/DT/det/2 possible/JJ/amod/2 attack/NN/nsubj/3 loomed/VBD/ROOT/3/loom",
            "possible",
            id="possible, before a noun",
        ),
        pytest.param(
            "France/NNP/nsubj/1 planned/VBD/ROOT/1/plan an/DT/det/3 attack/NN/dobj/1",
            "possible",
            id="a noun that somebody plans",
        ),
        pytest.param(
            "France/NNP/nsubj/1 ruled/VBD/ROOT/1/rule out/RP/prt/1 attacks/NNS/dobj/1/attack",
            "negated",
            id="a noun that somebody rules out",
        ),
    ],
)
def test_factuality(sentence, factuality):
    assert level(sentence).factuality == factuality


@pytest.mark.parametrize(
    ("a", "b", "both"),
    [
        ("fact", "fact", "fact"),
        ("fact", "possible", "possible"),
        ("possible", "negated", "negated"),
        ("negated", "negated", "possible"),
        ("negated", "fact", "negated"),
    ],
)
def test_two_levels_combine(a, b, both):
    assert worse(a, b) == worse(b, a) == both


@pytest.mark.parametrize(
    ("sentence", "speakers", "unnamed"),
    [
        pytest.param(
            FRANCE + "attacked/VBD/ROOT/1/attack Libya/NNP/dobj/1", (), "", id="nobody"
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 said/VBD/ROOT/1/say " + THAT,
            ("person/donald-trump",),
            "",
            id="said",
        ),
        pytest.param(
            "Trump/NNP/nsubj/3 and/CC/cc/0 Abe/NNP/conj/0 said/VBD/ROOT/3/say "
            "France/NNP/nsubj/5 attacked/VBD/ccomp/3/attack",
            ("person/donald-trump", "person/shinzo-abe"),
            "",
            id="two say it",
        ),
        pytest.param(
            "Officials/NNS/nsubj/1/official said/VBD/ROOT/1/say " + THAT,
            (),
            "Officials",
            id="somebody without a name",
        ),
        pytest.param(
            "According/VBG/prep/4/accord to/IN/prep/0 Trump/NNP/pobj/1 "
            "France/NNP/nsubj/4 attacked/VBD/ROOT/4/attack",
            ("person/donald-trump",),
            "",
            id="according to",
        ),
        pytest.param(
            "According/VBG/prep/4/accord to/IN/prep/0 reports/NNS/pobj/1/report "
            "France/NNP/nsubj/4 attacked/VBD/ROOT/4/attack",
            (),
            "reports",
            id="according to something",
        ),
        pytest.param(
            "“/punct/6 France/NNP/nsubj/2 attacked/VBD/ccomp/6/attack Libya/NNP/dobj/2 "
            "”/punct/6 Trump/NNP/nsubj/6 said/VBD/ROOT/6/say",
            ("person/donald-trump",),
            "",
            id="quoted",
        ),
        pytest.param(
            "“/punct/2 France/NNP/nsubj/2 attacked/VBD/ROOT/2/attack Libya/NNP/dobj/2 "
            "./punct/2 ”/punct/2 Trump/NNP/nsubj/7 said/VBD/conj/2/say",
            ("person/donald-trump",),
            "",
            id="quoted, however it is parsed",
        ),
        pytest.param(
            "Trump/NNP/nsubj/1 left/VBD/ROOT/1/leave " + THAT, (), "", id="no saying"
        ),
        pytest.param(
            "France/NNP/nsubj/1 promised/VBD/ROOT/1/promise to/TO/aux/3 " + ATTACK,
            (),
            "",
            id="an undertaking is no report",
        ),
    ],
)
def test_who_says_so(sentence, speakers, unnamed):
    found = level(sentence)
    assert (found.speakers, found.unnamed) == (speakers, unnamed)


def test_of_speakers_within_each_other_the_nearest_counts():
    sentence = (
        "Trump/NNP/nsubj/1 said/VBD/ROOT/1/say Abe/NNP/nsubj/3 claimed/VBD/ccomp/1/claim "
        "France/NNP/nsubj/5 attacked/VBD/ccomp/3/attack Libya/NNP/dobj/5"
    )
    assert level(sentence).speakers == ("person/shinzo-abe",)


def test_an_issuer_who_says_we_is_the_article_itself():
    sentence = "We/PRP/nsubj/1 said/VBD/ROOT/1/say " + THAT
    assert level(sentence, source="U.S. State Department").speakers == ()


def test_what_governs_a_predicate_is_told_nearest_first():
    sentence = (
        "Trump/NNP/nsubj/1 said/VBD/ROOT/1/say France/NNP/nsubj/3 "
        "planned/VBD/ccomp/1/plan to/TO/aux/5 attack/VB/xcomp/3"
    )
    assert level(sentence).above == ("plan", "say")


def test_a_statement_by_its_own_subject_is_not_attributed_to_it():
    own = doc(
        "Japan/NNP/nsubj/1 said/VBD/ROOT/1/say it/PRP/nsubj/3 "
        "condemned/VBD/ccomp/1/condemn China/NNP/dobj/3"
    )
    (statement,) = read(own)[0]
    assert statement.subject.label == "Japan"
    assert statement.attributed_to == ()


def test_a_refusal_is_a_relation_of_its_own():
    parsed = doc(
        "Iran/NNP/nsubj/3 will/MD/aux/3 not/RB/neg/3 help/VB/ROOT/3 Syria/NNP/dobj/3"
    )
    assert told(parsed) == ["Iran rejects Syria fact"]
    assert token(parsed, "help").pos_ == "VERB"
