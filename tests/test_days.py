"""An article's day and language, as far as it tells them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.text.days import day_of, told_day
from kgbuild.text.language import foreign_language


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2019-03-14", "2019-03-14"),
        ("2019-03-14 10:00", "2019-03-14"),
        ("2019-03-14T23:30:00-05:00", "2019-03-14"),
        ("2019-03-14T00:30:00+09:00", "2019-03-14"),
        ("20190314", "2019-03-14"),
        ("20190314T101500Z", "2019-03-14"),
        ("2019/03/14", "2019-03-14"),
        ("Thu, 14 Mar 2019 23:59:59 +0900", "2019-03-14"),
        ("14 Mar 2019 10:00 GMT", "2019-03-14"),
        ("Mar 14, 2019", "2019-03-14"),
        ("March 14th, 2019 at 10:00 am EST", "2019-03-14"),
        ("Thursday, Sept. 14 2017", "2017-09-14"),
        ("14 March 2019", "2019-03-14"),
        ("14-Mar-2019", "2019-03-14"),
        ("14/03/2019", "2019-03-14"),
        ("03/14/2019", "2019-03-14"),
        ("14.03.2019 10:00", "2019-03-14"),
        ("3/3/2019", "2019-03-03"),
        ("1552521600", "2019-03-14"),
        ("1552521600000", "2019-03-14"),
        ("1552521600.25", "2019-03-14"),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(told, day):
    assert day_of(told) == day


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("", "is not a day"),
        ("Monday", "is not a day"),
        ("yesterday at 5", "is not a day"),
        ("2019-03-140", "is not a day"),
        ("2019-02-30", "is not a day"),
        ("0000-00-00", "is not a day"),
        ("13/13/2019", "is not a day"),
        ("3/14/19", "is not a day"),
        ("February 30, 2019", "is not a day"),
        ("0001-01-01", "makes no sense"),
        ("9999-12-31", "makes no sense"),
        ("04/03/2019", "could be two days"),
        ("4.3.2019", "could be two days"),
        ("2019-03", "tells no day"),
        ("2019", "tells no day"),
        ("March 2019", "tells no day"),
    ],
)
def test_what_is_no_day_is_refused(told, says):
    with pytest.raises(ValueError, match=f"{says}.*; write it YYYY-MM-DD"):
        day_of(told)


@given(st.dates(min_value=date(1500, 1, 1)), st.text(max_size=5))
def test_any_text_after_a_time_is_let_be(day, rest):
    if day.year <= 2199:
        assert day_of(f"{day.isoformat()}T{rest}") == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text):
    try:
        day = day_of(text)
    except ValueError:
        return
    assert len(day) == 10


@pytest.mark.parametrize(
    "text",
    [
        "Poland buys tanks\n\nThursday, 14 March 2019\n\nPoland bought tanks.",
        "Poland buys tanks\nPublished: March 14, 2019 10:15 GMT\nBy Jan Nowak\n",
        "WARSAW, March 14, 2019 (Reuters) - Poland bought tanks.",
        "WARSAW, Poland, 14 Mar 2019 – Poland bought tanks.",
        "2019-03-14\nPoland bought tanks.",
    ],
)
def test_a_line_that_is_a_date_tells_the_article_s_day(text):
    assert told_day(text) == "2019-03-14"


@pytest.mark.parametrize(
    "text",
    [
        "Poland bought tanks on March 14, 2019.",
        "WARSAW, March 14 (Reuters) - Poland bought tanks.",
        "Posted: March 14, 2019\nUpdated: March 16, 2019\nPoland bought tanks.",
        "Published: 03/04/2019\nPoland bought tanks.",
        "Poland bought tanks.\n" * 20 + "March 14, 2019\n",
        "",
    ],
)
def test_other_dates_are_not_the_article_s_day(text):
    assert told_day(text) is None


FOREIGN = {
    "German": "Der polnische Verteidigungsminister hat am Donnerstag in Warschau einen "
    "Vertrag über den Kauf von Panzern unterschrieben.",
    "Spanish": "El presidente se reunió con la primera ministra y firmó un acuerdo para "
    "comprar doce aviones de combate, según el gobierno.",
    "Polish": "Minister obrony podpisał w czwartek w Warszawie umowę na zakup czołgów od "
    "Korei Południowej, podał rząd.",
    "Russian": "Министр обороны подписал контракт на покупку танков.",
    "Chinese": "国防部长星期四在华沙签署了购买坦克的合同。",
    "Arabic": "وقع الوزير العقد. Poland bought tanks from South Korea for $6 billion.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_told(language):
    assert language in (foreign_language(FOREIGN[language]) or "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Poland.",
        "Xi, Macron, Tusk, Erdoğan, Duda, Orbán",
        "Tusk met Macron in Łódź, where “Gazeta Wyborcza” and “Süddeutsche Zeitung” report.",
        "The minister wrote “готовы” to parliament, and the deal was signed on Thursday.",
        "POLAND BUYS TANKS FROM SOUTH KOREA IN BIGGEST DEAL SINCE THE END OF THE COLD WAR",
        "Poland buys tanks\nMacron hosts Merkel\nAnkara warns Athens over islands",
        "48 | K-2 | $3.4bn | 2022\n" * 20,
    ],
)
def test_english_and_what_is_too_short_to_tell_are_read(text):
    assert foreign_language(text) is None
