"""Cleaning: the text that was meant, and the way back to the text as it is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.text.case import is_capitals, is_small
from kgbuild.text.clean import clean

NAMES = {
    name.lower(): name
    for name in (
        "Poland",
        "South Korea",
        "Korean",
        "Boris Pistorius",
        "German",
        "Antony Blinken",
        "Ankara",
        "Erdoğan",
    )
}
PLAIN = (
    "On Friday, Poland ordered 48 K-2 tanks from South Korea for $6.5 billion. German "
    "Defense Minister Boris Pistorius met Antony Blinken in Ankara. They agreed."
)
NFC = "Recep Tayyip Erdoğan received São Tomé's envoy."


def wrapped(text, width, hyphen=False):
    """Return a text with lines of at most some width, words parted where told."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if hyphen and word.isalpha() and word.islower() and 2 <= room <= len(word) - 2:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


DIRTY = {
    "capitals": PLAIN.upper(),
    "no capitals": PLAIN.lower(),
    "no-break spaces": PLAIN.replace(" ", "\u00a0"),
    "doubled no-break spaces": PLAIN.replace(" ", "\u00a0 "),
    "thin spaces": PLAIN.replace(" ", "\u2009"),
    "doubled spaces": PLAIN.replace(" ", "  "),
    "soft hyphens": PLAIN.replace("or", "o\u00adr"),
    "zero-width spaces": PLAIN.replace("an", "a\u200bn"),
    "byte order marks": "\ufeff" + PLAIN.replace("met", "\ufeffmet"),
    "full-width letters": "".join(
        chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in PLAIN
    ),
    "mathematical letters": PLAIN.replace("Poland", "𝐏𝐨𝐥𝐚𝐧𝐝"),
    "entities": PLAIN.replace(" ", "&nbsp;").replace("$", "&#36;"),
    "entities twice": PLAIN.replace(" ", "&amp;nbsp;"),
    "flags": PLAIN.replace("Poland", "Poland 🇵🇱").replace("Korea", "Korea 🇰🇷"),
    "pictures": f"🚨🚨 {PLAIN} 👨‍👩‍👧 ❗️",
    "turns of direction": f"\u202a{PLAIN}\u202c",
    "terminal commands": f"\x1b[1m{PLAIN}\x1b[0m",
    "control characters": PLAIN.replace(" ", " \x00\x07"),
    "other line ends": PLAIN.replace(" tanks", "\r\ntanks").replace(" met", "\rmet"),
    **{f"wrapped at {w}": wrapped(PLAIN, w) for w in (30, 38, 60, 72, 80, 100)},
    **{f"parted at {w}": wrapped(PLAIN, w, hyphen=True) for w in (34, 41, 53, 60)},
}


@pytest.mark.parametrize("kind", DIRTY)
def test_dirty_text_becomes_the_plain_one(kind):
    cleaned = clean(DIRTY[kind], NAMES)
    assert cleaned.text == PLAIN


@pytest.mark.parametrize("kind", DIRTY)
def test_a_name_is_found_again_in_the_text_as_it_is(kind):
    dirty = DIRTY[kind]
    cleaned = clean(dirty, NAMES)
    at = cleaned.text.index("Antony Blinken")
    start, end = cleaned.span(at, at + len("Antony Blinken"))
    assert clean(dirty[start:end], NAMES).text.lower() == "antony blinken"
    assert 14 <= end - start <= 24


def test_parted_letters_are_put_together():
    apart = unicodedata.normalize("NFD", NFC)
    assert clean(apart).text == NFC


def test_text_read_in_another_code_is_read_anew():
    assert (
        clean("Polandâ€™s cafÃ© said â€œyesâ€\x9d").text == "Poland’s café said “yes”"
    )


def test_ligatures_are_parted():
    assert clean("The oﬃce oﬀered ﬁve ﬂags.").text == "The office offered five flags."


def test_quotes_stay_as_they_are():
    text = "“We agree,” said Xi’s aide; 'so do we', said \"others\"."
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("dirty", "meant"),
    [
        ("a long-\nterm deal", "a long-term deal"),
        ("bought 30 F-\n35 jets", "bought 30 F-35 jets"),
        ("the South-\nKorean army", "the South-Korean army"),
        ("He re-elects. A re-\nelects B.", "He re-elects. A re-elects B."),
        ("their mis-\n  siles", "their missiles"),
        ("their war-\nheads", "their warheads"),
        ("a fighter-\nbomber", "a fighter-bomber"),
        ("It was open \u2013\nFor now", "It was open \u2013\nFor now"),
    ],
)
def test_words_that_a_line_ends_in_are_put_together(dirty, meant):
    assert clean(dirty).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "Poland buys tanks\n\nWARSAW - Poland bought tanks.",
        "Poland buys tanks from South Korea\nWARSAW (Reuters) - Poland bought tanks.",
        "Poland Buys Tanks From South Korea\nIt is the third deal of its kind.",
        "Poland buys tanks\nSouth Korea sells jets\nAnkara hosts talks",
        "Poland bought tanks.\nSouth Korea sold jets.",
        "Q: Will you come?\nA: We will.",
        "Poland | yes\nGermany | no",
        "1997\n1998\n1999",
        "He left.\n\n* * *\n\nShe came.",
        "ASSISTANT SECRETARY SMITH: Yes.",
    ],
)
def test_newlines_that_part_lines_are_kept(text):
    assert clean(text).text == text


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "•", "1. ", "2) ", "▪ ", "✅ "])
def test_items_are_paragraphs_of_their_own(mark):
    text = f"Key points:\n{mark}Poland bought tanks\n{mark}Ankara hosted some\ntalks\nThe end"
    assert clean(text).text == (
        "Key points:\n\nPoland bought tanks\n\nAnkara hosted some talks\n\nThe end"
    )


def test_a_dash_that_a_margin_brought_to_a_line_s_start_is_no_mark():
    text = (
        "The minister said that the government in the capital would buy the tanks\n"
        "of which there are forty - and the guns that belong to them and the rest\n"
        "- from South Korea, if it can pay."
    )
    assert clean(text).text == text.replace("\n", " ")


TABLE = """Seller | Buyer | Weapon | Quantity | Price (US$ million) | Year
:---|:---|:---|---:|---:|---
South Korea | Poland | K-2 | 48 | 3,400 | 2022
Germany | Hungary | Leopard 2 | – | 1,600 | December 2018
"""


def test_rows_of_deals_are_sentences():
    cleaned = clean(TABLE)
    assert cleaned.text == (
        "South Korea sold 48 K-2 to Poland for $3,400 million in 2022.\n\n"
        "Germany sold Leopard 2 to Hungary for $1,600 million in December 2018.\n"
    )
    at = cleaned.text.index("Hungary")
    assert TABLE[slice(*cleaned.span(at, at + 7))] == "Hungary"
    start, end = cleaned.span(0, cleaned.text.index("\n"))
    assert TABLE[start:end] == "South Korea | Poland | K-2 | 48 | 3,400 | 2022"


def test_rows_in_tabs_and_in_another_order():
    table = (
        "Date\tImporter\tExporter\tEquipment\n2017-11-06\tPoland\tFrance\tHelicopters"
    )
    assert clean(table).text == "France sold Helicopters to Poland on 2017-11-06."


@pytest.mark.parametrize(
    "table",
    [
        "Seller | Buyer | Weapon | Status\nFrance | India | Rafale | proposed",
        "Seller | Buyer\nFrance | India",
        "Team | Goals\nFrance | 3",
        "Seller | Buyer | Weapon\nFrance | | Rafale",
    ],
)
def test_other_tables_are_left_as_they_are(table):
    assert clean(table).text == table


def test_capitals_are_lowered_by_what_the_rest_of_the_text_writes():
    text = (
        "TUSK TELLS NATO TO SEND 5TH F-16S TO DPRK BORDER\n\n"
        "In Warsaw, Tusk told NATO of the border of the DPRK."
    )
    assert clean(text).text.startswith(
        "Tusk tells NATO to send 5th F-16s to DPRK border"
    )


@pytest.mark.parametrize(
    "text", ["NATO", "WASHINGTON", "U.S. AND EU", "He met the CIA."]
)
def test_few_capitals_are_left(text):
    assert clean(text).text == text


def test_words_that_are_names_too_are_left_in_doubt():
    small = "they told us on may 5 that it may march. i left, said mr. tusk of the u.s. army."
    assert clean(small, {"us": "US", "may": "May", "tusk": "Tusk"}).text == (
        "They told us on May 5 that it may march. I left, said Mr. Tusk of the U.S. army."
    )
    assert is_small(small)
    assert not is_capitals(small)


@pytest.mark.parametrize(
    ("small", "meant"),
    [
        ("he said in a major plan that boris said left", "He said in a major plan that Boris Said left"),
        ("the us told us that us troops left at 5 p.m. today", "The US told us that US troops left at 5 p.m. today"),
        ("the minister met ahmed al-eryani of al-qaeda", "The minister met ahmed al-Eryani of al-Qaeda"),
        ("poles saw the 2nd f-16s and the s-400", "Poles saw the 2nd F-16s and the S-400"),
    ],
)  # fmt: skip
def test_common_words_are_no_names_but_within_one(small, meant):
    names = {
        "said": "Said",
        "boris said": "Boris Said",
        "in": "In",
        "us": "US",
        "plan": "PLAN",
    }
    assert clean(small, names).text == meant
    assert clean(f"{small} early".upper(), names).text.startswith(meant[:9])


# -- what holds of every text -----------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"\n\n\n \t|-*•&;.,\"'’?",
        *"\u00ad\u200b\ufeff\u00a0\u3000\u0301\u202e\x1b\x07\x85\r\f",
        "&amp;", "&nbsp;", "&#8217;", "&lt;", "amp;", "🇯🇵", "🚀", "ﬁ", "Ｊａ", "â€™",
        "- ", "\n\n", "1. ", "Seller|Buyer|Item\n", "France|India|Rafale\n", "long-\n",
        "Poland ", "bought tanks ", "from ", "FROM THE NORTH SIDE OF IT ", "said.\n",
        "and the\n", "Erdog\u0306an ", "is\u0327i ", "İSTANBUL ", "ﬀ", "F-35 ", "u.s. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


@given(TEXTS, st.data())
def test_spans_are_inside_and_inside_each_other(text, data):
    cleaned = clean(text, NAMES)
    size = len(cleaned.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    first, last = cleaned.span(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        assert first < last
        inner = data.draw(st.integers(start, end - 1))
        begin, stop = cleaned.span(inner, end)
        assert first <= begin < stop <= last


@given(TEXTS)
def test_spans_move_forward_where_nothing_is_a_table(text):
    text = text.replace("|", " ").replace("\t", " ")
    cleaned = clean(text)
    places = [cleaned.span(n, n + 1) for n in range(len(cleaned.text))]
    assert places == sorted(places)


@given(TEXTS)
def test_what_is_clean_stays_so(text):
    once = clean(text, NAMES).text
    assert clean(once, NAMES).text == once


WORDS = st.sampled_from(
    [
        "Poland",
        "Xi",
        "buys",
        "met",
        "tanks",
        "the",
        "of",
        "“peace”",
        "in",
        "2017",
        "F-35",
        "U.S.",
        "café",
    ]
)
SENTENCE = st.lists(WORDS, min_size=3, max_size=12).map(
    lambda w: "He " + " ".join(w) + "."
)
PARAGRAPHS = st.lists(
    st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join), min_size=1
)


@given(PARAGRAPHS)
def test_clean_text_is_left_as_it_is(paragraphs):
    text = "\n\n".join(paragraphs)
    cleaned = clean(text, NAMES)
    assert cleaned.text == text
    assert cleaned.span(1, len(text) - 1) == (1, len(text) - 1)


@pytest.mark.parametrize(
    "piece",
    ["&", "&amp;", "\u0301", '."', "A", "A ", "a-\n", "|", "|\n", "- ", " ", "\n", "🚀 ",
     "\u00ad", "A:", "x, \n", "X-", "1.", "\x1b[", "AB CD EF GH\n", "ab. ", "â€"],
)  # fmt: skip
def test_time_grows_with_the_length(piece):
    def seconds(count):
        text = piece * count
        begun = time.process_time()
        clean(text, NAMES)
        return time.process_time() - begun

    seconds(10)
    assert seconds(40_000) < max(0.4, 12 * seconds(10_000))
