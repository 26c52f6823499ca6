"""Times: found in a sentence, resolved against the article's date and never today's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.text.times import resolve_time, time_at

ARTICLE = "2017-11-06"  # a Monday

# expression | as told of the past | where the verb looks ahead, if that differs
CASES = """
Monday | 2017-11-06
on Wednesday | 2017-11-01 | 2017-11-08
Monday's | 2017-11-06
on Monday night | 2017-11-06
Friday morning local time | 2017-11-03 | 2017-11-10
next Monday | 2017-11-13
last Monday | 2017-10-30
this Friday | 2017-11-10
this coming Friday | 2017-11-10
Monday last week | 2017-10-30
at 10 a.m. on Monday | 2017-11-06
Monday at 10:30 p.m. | 2017-11-06
Monday, November 6, 2017 | 2017-11-06
today | 2017-11-06
yesterday | 2017-11-05
tomorrow | 2017-11-07
last night | 2017-11-05
the day before yesterday | 2017-11-04
earlier in the day | 2017-11-06
this morning | 2017-11-06
April 5 | 2017-04-05 | 2018-04-05
Apr. 5th | 2017-04-05 | 2018-04-05
the 5th of April | 2017-04-05 | 2018-04-05
December 1 | 2017-12-01
December 20 | 2016-12-20 | 2017-12-20
5 April 2021 | 2021-04-05
6-Nov-2017 | 2017-11-06
Sept. 11, 2001 | 2001-09-11
the morning of February 24 | 2017-02-24 | 2018-02-24
2017-11-06 | 2017-11-06
2017-11-06T10:00:00Z | 2017-11-06
2017/11/06 | 2017-11-06
25/12/2017 | 2017-12-25
12/25/2017 | 2017-12-25
06/11/2017 | -
January 20-21, 2026 | 2026-01-20/2026-01-21
5 to 7 April | 2017-04-05/2017-04-07 | 2018-04-05/2018-04-07
February 30, 2021 | -
in September | 2017-09 | 2018-09
November | 2017-11
last August | 2017-08
last November | 2016-11
next November | 2018-11
May 2018 | 2018-05
2017-11 | 2017-11
2011-12 | -
this month | 2017-11
next month | 2017-12
earlier this month | 2017-11
last week | 2017-10-30/2017-11-05
this week | 2017-11-06/2017-11-12
last weekend | 2017-11-04/2017-11-05
last year | 2016
late last year | 2016
in 2014 | 2014
by the end of 2030 | 2030
early 2019 | 2019
mid-2019 | 2019
the summer of 2014 | 2014
fiscal year 2024 | 2024
FY2024 | 2024
Q3 2024 | 2024-07/2024-09
the first half of 2023 | 2023-01/2023-06
the 1990s | 1990/1999
the late 1990s | 1990/1999
since 2014 | 2014/..
since last year | 2016/..
from 2014 to the present | 2014/..
until Monday | ../2017-11-06
from March to May 2020 | 2020-03/2020-05
between 2011 and 2015 | 2011/2015
2014-16 | 2014/2016
from May to March 2020 | -
from September 9, 2019 to October 2020 | 2019-09-09/2020-10
two days ago | 2017-11-04
three weeks ago | 2017-10-16/2017-10-22
ten months ago | 2017-01
a year ago | 2016
three weeks later | -
recent months | -
in the coming months | -
over the next year | -
last summer | -
24 hours | -
11-year | -
36-year-old | -
15 months to March 2021 | -
annual | -
daily | -
the day | -
until now | -
Resolution 2231 | -
"""


def _cases() -> list[tuple[str, str | None, str | None]]:
    rows = []
    for line in CASES.strip().splitlines():
        text, past, *ahead = (None if c == "-" else c for c in line.split(" | "))
        rows.append((str(text), past, ahead[0] if ahead else past))
    return rows


@pytest.mark.parametrize("text, past, ahead", _cases())
def test_a_time_is_resolved_against_the_article(
    text: str, past: str | None, ahead: str | None
) -> None:
    assert resolve_time(text, ARTICLE) == past
    assert resolve_time(text, ARTICLE, future=True) == ahead


@pytest.mark.parametrize(
    "text", ["Monday", "yesterday", "in May", "April 5", "last year", "a week ago"]
)
@pytest.mark.parametrize("reference", [None, "", "no date"])
def test_without_a_date_nothing_relative_is_resolved(
    text: str, reference: str | None
) -> None:
    assert resolve_time(text, reference) is None


@pytest.mark.parametrize(
    "text, time", [("5 April 2021", "2021-04-05"), ("since 2014", "2014/..")]
)
def test_without_a_date_full_dates_are_resolved(text: str, time: str) -> None:
    assert resolve_time(text, None) == time


def test_a_text_too_long_for_a_time_tells_none() -> None:
    assert resolve_time("in " * 5000 + "2014", ARTICLE) is None


_WORDS = st.sampled_from(
    [
        "in",
        "on",
        "since",
        "from",
        "to",
        "the",
        "of",
        "Monday",
        "May",
        "5",
        "2014",
        "last",
        "year",
        "-",
        ",",
        "'s",
        "ago",
        "two",
        "99",
        "Q3",
    ]
)


@given(st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=9).map(" ".join)))
def test_any_text_gives_a_time_or_none(text: str) -> None:
    point = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
    for future in (False, True):
        time = resolve_time(text, ARTICLE, future=future)
        assert time is None or re.fullmatch(
            rf"{point}|{point}/(?:{point}|\.\.)|\.\./{point}", time
        )


# a text, its times marked by brackets | what the second half tells of each
BESIDE = """
held since [May 2016] | 2016-05/..
Ever since [2014], | 2014/..
at war starting in [2014] | 2014/..
from [1992] to [1994] | 1992/1994 | 1992/1994
between [March] and [May 2016] | 2016-03/2016-05 | 2016-03/2016-05
signed in [2014] and in [2015] | 2014 | 2015
the quote from [2014] and, later, [2015] | 2014 | 2015
from [2015] to [2014] | 2015 | 2014
put off until [2018] | 2018
insincere [2014] | 2014
"""


@pytest.mark.parametrize("row", BESIDE.strip().splitlines())
def test_the_words_beside_a_time_make_it_an_interval(row: str):
    marked, *told = row.split(" | ")
    text, times = re.sub(r"[\[\]]", "", marked), []
    for n, match in enumerate(re.finditer(r"\[(.+?)\]", marked)):
        start = match.start() - 2 * n
        times.append((start, start + len(match[1])))
    assert [time_at(text, time, times, ARTICLE) for time in times] == told
