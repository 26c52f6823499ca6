"""Amounts: money and numbers of pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.text.amounts import leading_quantity, money, money_spans, quantity
from kgbuild.text.numbers import number

MONEY = """
$2.316 billion | 2316000000 USD
worth $2.15 bn | 2150000000 USD
US$300m | 300000000 USD
£8bn | 8000000000 GBP
€1.2bn | 1200000000 EUR
¥100 billion | 100000000000 JPY
A$2.2 billion | 2200000000 AUD
C$500 million | 500000000 CAD
NT$3 billion | 3000000000 TWD
HK$ 2m | 2000000 HKD
300 million dollars | 300000000 USD
500 million Australian dollars | 500000000 AUD
5.5 billion euros | 5500000000 EUR
Rs 59,000 crore | 590000000000 INR
₹1.5 lakh crore | 1500000000000 INR
1 trillion won | 1000000000000 KRW
₩1tn | 1000000000000 KRW
SEK 2bn | 2000000000 SEK
2bn EUR | 2000000000 EUR
USD 1,200,000 | 1200000 USD
₽2 billion | 2000000000 RUB
33.3 trillion rubles | 33300000000000 RUB
2 million shekels | 2000000 ILS
3bn riyals | 3000000000 SAR
10 million dirhams | 10000000 AED
2 million pounds | 2000000 GBP
2 million pounds of military aid | 2000000 GBP
two million pounds of food | -
Australian dollars 3 million | 3000000 AUD
R 5 million | 5000000 ZAR
$2-3 billion | 3000000000 USD
$2 to $3 billion | 3000000000 USD
between $2 billion and $3 billion | 3000000000 USD
a 300-million-dollar deal | 300000000 USD
the $300-million deal | 300000000 USD
half a billion dollars | 500000000 USD
two and a half million euros | 2500000 EUR
$45,500,000.50 | 45500001 USD
$0.1 million | 100000 USD
COP 26 | -
USD 2014 | -
team 2 won the cup | -
50 pounds of rice | -
from $2 billion to $3 billion | -
300 million people | -
"""

QUANTITIES = """
four | 4
up to four (4) | 4
one hundred (100) | 100
one hundred and five | 105
twenty-five | 25
two hundred and fifty thousand | 250000
105 | 105
1,200 | 1200
1.5 million | 1500000
half a million | 500000
a dozen | 12
two dozen | 24
half a dozen | 6
a pair of | 2
a | 1
an | 1
one | 1
another Patriot battery | 1
an additional SAMP-T system | 1
some 40 | 40
about 300 | 300
at least 12 | 12
as many as 20 | 20
more than 1,000 | 1000
a total of 36 | 36
two batteries of | 2
40-50 | 50
between 40 and 50 | 50
about 2000 | 2000
2014 | -
two and three | -
several | -
several dozen | -
dozens | -
hundreds | -
tens of thousands | -
a few | -
a lot of | -
a number of | -
a fleet of | -
two types of | -
500 tons of | -
155mm | -
155 mm | -
120-mm | -
7.62 mm | -
third | -
3rd | -
F-35 | -
Block 70 | -
MK 54 MOD 0 | -
S-400 | -
five-year | -
36-year-old | -
$5 million | -
"""


def _rows(table: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in (r.split(" | ") for r in table.strip().splitlines())]


@pytest.mark.parametrize("text, told", _rows(MONEY))
def test_a_sum_is_read_exactly(text: str, told: str) -> None:
    value = money(text)
    assert (f"{value.amount} {value.currency}" if value else "-") == told


def test_sums_are_found_with_what_hedges_them() -> None:
    text = (
        "Up to $2bn, or some €1.8 billion, at $80 million each; £5m. From $1bn to $3bn."
    )
    found = [(text[a:b], hedge) for a, b, _, hedge in money_spans(text)]
    assert found == [
        ("$2bn", "up to"),
        ("€1.8 billion", "some"),
        ("$80 million", "each"),
        ("£5m", None),
        ("$1bn", None),
        ("$3bn", None),
    ]


@pytest.mark.parametrize("text, told", _rows(QUANTITIES))
def test_a_quantity_counts_pieces_only(text: str, told: str) -> None:
    assert str(quantity(text)).replace("None", "-") == told


@pytest.mark.parametrize(
    "text, count, rest",
    [
        ("seven (7) Guardian transmitters", 7, " Guardian transmitters"),
        ("up to 36 F-16V jets", 36, " F-16V jets"),
        ("4x M142 launchers", 4, " M142 launchers"),
        ("two dozen tanks", 24, " tanks"),
        ("an additional SAMP-T system", 1, " SAMP-T system"),
    ],
)
def test_a_leading_quantity_ends_where_the_goods_begin(
    text: str, count: int, rest: str
) -> None:
    found = leading_quantity(text)
    assert found and (found[0], text[found[1] :]) == (count, rest)


@pytest.mark.parametrize("text", ["120 mm mortars", "2015 tanks", "F-16 jets", "tanks"])
def test_what_begins_with_no_quantity_gives_none(text: str) -> None:
    assert leading_quantity(text) is None


@given(st.integers(1, 10**9))
def test_digits_with_commas_are_read_as_themselves(value: int) -> None:
    assert number(f"{value:,}") == value
    if not 1900 <= value <= 2099:
        assert quantity(f"{value:,}") == quantity(f"up to {value}") == value
    sums = money_spans(f"${value:,}")
    assert [(s[2].amount, s[2].currency) for s in sums] == [(value, "USD")]


_PARTS = st.sampled_from(
    [
        "$",
        "2",
        "-",
        "to",
        "billion",
        "m",
        "dollars",
        "a",
        "half",
        "and",
        "(",
        "4",
        ")",
        ",",
        ".",
        "up",
        "F-35",
        "/B",
        "Block",
        "70",
        "€",
        "٣",
        "%",
        "x",
        "of",
    ]
)


@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(_PARTS, max_size=12).map(" ".join),
        st.lists(_PARTS).map("".join),
    )
)
def test_any_text_gives_ordered_spans(text: str) -> None:
    assert quantity(text) is None or quantity(text) >= 0  # type: ignore[operator]
    ends = [offset for s in money_spans(text) for offset in s[:2]]
    assert ends == sorted(ends) and all(0 <= e <= len(text) for e in ends)
