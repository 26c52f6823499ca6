"""Each function of the page, used by a click or a key in a real browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import page_graphs as graphs
import pypdf
import pytest
from page_browser import Opened, chromium, opened, write_page

pytestmark = pytest.mark.browser
US, JAPAN, NORTH, TRUMP, ABE = "wd:Q30", "wd:Q17", "wd:Q423", "wd:Q22686", "wd:Q132345"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(graphs.sample(), tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(graphs.generated(3000), tmp_path_factory.mktemp("page"))


@pytest.fixture
def view(browser: Any, path: Path) -> Iterator[Opened]:
    with opened(browser, path) as seen:
        yield seen
        seen.check_quiet()


def labels(view: Opened) -> list[str]:
    return list(view.page.locator("#panel .says").all_inner_texts())


def press(view: Opened, *keys: str) -> None:
    for key in keys:
        view.page.keyboard.press(key)
    view.page.wait_for_timeout(60)


def test_every_entity_is_drawn_and_named(view: Opened) -> None:
    drawn = view.drawn()
    assert set(drawn["names"]) == set(graphs.sample().nodes)
    for name in ("Japan", "United States", "Shinzo Abe", "Hokkaido"):
        assert any(name in text for text in drawn["labels"])
    assert "🇯🇵 Japan" in drawn["labels"]


def test_types_differ_in_shape_and_colour(view: Opened) -> None:
    names = view.drawn()["names"]
    looks = {
        (names[n]["shape"], names[n]["color"]) for n in (JAPAN, TRUMP, "place/hokkaido")
    }
    assert len({s for s, _ in looks}) == len({c for _, c in looks}) == 3


def test_lines_tell_how_sure_and_how_many(view: Opened) -> None:
    assert view.line(US, "wd:Q884")["dashes"] and not view.line(US, "wd:Q884")["barred"]
    assert view.line(JAPAN, "weapon/ballistic-missile")["barred"]
    assert not view.line(NORTH, TRUMP)["dashes"]
    both = view.line(US, JAPAN)
    assert both["note"].endswith("(said, possible) +2, also said")
    assert len(both["statements"]) == 3 and both["told"] == "mixed"
    assert both["width"] > view.line(NORTH, TRUMP)["width"]


def test_a_name_opens_its_statements_newest_first_with_evidence(view: Opened) -> None:
    view.click_name(JAPAN)
    assert "Japan" in view.text("#panel h2")
    assert len(labels(view)) == 10
    dates = view.page.locator("#panel .card time").all_inner_texts()
    assert dates[0] == "6 Nov 2017"
    card = (
        view.page.locator("#panel .card", has_text="requests")
        .filter(has_text="Tokyo")
        .first
    )
    assert card.locator("mark.trigger").inner_text() == "should begin purchasing"
    assert card.locator("mark.object").inner_text() == "Tokyo"
    link = card.locator("figcaption a")
    assert link.get_attribute("href") == "https://example.org/trump-japan"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "CNN" in card.inner_text() and "92%" in card.inner_text()


def test_a_line_opens_what_is_between_the_two(view: Opened) -> None:
    spot = view.line(NORTH, TRUMP)
    view.page.mouse.click(spot["x"], spot["y"])
    assert [t.split()[-2] for t in labels(view)] == ["Donald"]
    assert "accuses" in labels(view)[0]
    assert view.drawn()["picked"] == 1


def test_who_says_it_is_told(view: Opened) -> None:
    view.page.locator("#deals tbody tr").filter(has_text="delivered").click()
    assert "said by" in view.text("#panel .card dl")
    assert "Shinzo Abe" in view.text("#panel .card dl")


@pytest.mark.parametrize(
    ("selector", "names", "lines"),
    [
        ("[data-value=Person]", 7, None),
        ("[data-value=arms]", 9, None),
        ("[data-value=possible]", 9, None),
    ],
)
def test_the_legend_filters(
    view: Opened, selector: str, names: int, lines: None
) -> None:
    before = view.drawn()
    button = view.page.locator(f"#filters {selector}")
    button.click()
    after = view.drawn()
    assert button.get_attribute("aria-pressed") == "false"
    assert len(after["names"]) == names
    assert sum(len(x["statements"]) for x in after["lines"]) < sum(
        len(x["statements"]) for x in before["lines"]
    )
    assert view.text("#active") == "1"
    button.click()
    assert view.drawn()["names"].keys() == before["names"].keys()


def test_filters_by_speaker_and_confidence(view: Opened) -> None:
    view.page.select_option("#by-by", label="Shinzo Abe")
    said = {s for x in view.drawn()["lines"] for s in x["statements"]}
    assert said == {"told07", "deal01"}
    view.page.select_option("#by-by", value="-")
    own = {s for x in view.drawn()["lines"] for s in x["statements"]}
    assert "told00" in own and not own & said
    view.page.select_option("#by-by", value="")
    view.page.locator("#conf").focus()
    press(view, "End")
    assert view.page.locator("#empty").is_visible()
    view.page.click("#empty-reset")
    assert len(view.drawn()["names"]) == 10


def test_the_timeline_filters(view: Opened) -> None:
    bars = view.page.locator(".bars button")
    assert bars.count() >= 2
    assert bars.first.get_attribute("title") == "Sep 2017: 2 statements"
    bars.first.click()
    assert {s for x in view.drawn()["lines"] for s in x["statements"]} == {
        "told09",
        "told12",
    }
    view.page.click("#all-times")
    assert len(view.drawn()["names"]) == 10
    view.page.locator("#first").focus()
    press(view, "End")
    assert "told09" not in {s for x in view.drawn()["lines"] for s in x["statements"]}


def test_find_by_alias_with_the_keyboard(view: Opened) -> None:
    press(view, "/")
    view.page.keyboard.type("pyong")
    assert "North Korea" in view.text("#found")
    press(view, "Enter")
    assert "North Korea" in view.text("#panel h2")
    assert view.text("#spoken").startswith("North Korea, country")


def test_find_goes_through_the_results(view: Opened) -> None:
    press(view, "/")
    view.page.keyboard.type("o")
    first = view.page.locator("#find").get_attribute("aria-activedescendant")
    press(view, "ArrowDown")
    second = view.page.locator("#find").get_attribute("aria-activedescendant")
    assert (first, second) == ("option-0", "option-1")
    press(view, "ArrowUp", "Escape")
    assert view.page.locator("#found").is_hidden()


def test_the_neighbourhood_is_lit(view: Opened) -> None:
    view.click_name(ABE)
    names = view.drawn()["names"]
    assert names[JAPAN]["opacity"] == 1 and names["place/hokkaido"]["opacity"] < 0.3
    press(view, "n")
    assert set(view.drawn()["names"]) == {ABE, JAPAN, TRUMP}
    press(view, "Escape")
    assert len(view.drawn()["names"]) == 10


def test_a_path_between_two(view: Opened) -> None:
    view.click_name("wd:Q56226")
    press(view, "p")
    view.page.keyboard.type("hokk")
    press(view, "Enter")
    assert view.text("#panel h2") == "Path of 2 steps"
    lit = {n for n, x in view.drawn()["names"].items() if x["opacity"] == 1}
    assert lit == {"wd:Q56226", NORTH, "place/hokkaido"}


def test_a_path_by_clicks(view: Opened) -> None:
    view.click_name(ABE)
    view.page.get_by_role("button", name="Path to …").click()
    view.click_name(US)
    assert "Path of 2 steps" in view.text("#panel h2")


def test_the_address_holds_the_view(browser: Any, path: Path, view: Opened) -> None:
    view.page.click("#filters [data-value=Place]")
    view.page.select_option("#by-by", label="Shinzo Abe")
    view.click_name(US)
    view.page.click("#zoom-in")
    fragment = view.fragment()
    before = view.drawn()
    with opened(browser, path, fragment=fragment) as again:
        after = again.drawn()
        assert after["names"].keys() == before["names"].keys()
        assert [{**x, "x": 0, "y": 0} for x in after["lines"]] == [
            {**x, "x": 0, "y": 0} for x in before["lines"]
        ]
        spot, was = after["names"][US], before["names"][US]
        assert (spot["x"], spot["y"]) == pytest.approx((was["x"], was["y"]), abs=2)
        assert abs(after["scale"] - before["scale"]) < 0.01
        assert "United States" in again.text("#panel h2")
        press(again, "r")
        assert again.fragment() in ("", "#") and len(again.drawn()["names"]) == 10


def test_the_view_follows_the_address(view: Opened) -> None:
    view.page.evaluate("location.hash = 'node=wd%3AQ17&kinds=possible'")
    view.page.wait_for_timeout(100)
    assert "Japan" in view.text("#panel h2")
    assert (
        view.page.locator("[data-value=possible]").get_attribute("aria-pressed")
        == "false"
    )


@pytest.mark.parametrize(
    "fragment",
    ["#node=nobody&edge=x&path=%", "#conf=abc&view=1,x&types=", "#%%%=%E0%A4%A&&="],
)
def test_a_broken_address_does_no_harm(browser: Any, path: Path, fragment: str) -> None:
    with opened(browser, path, fragment=fragment) as view:
        assert len(view.drawn()["names"]) == 10
        view.check_quiet()


def test_deals_are_sorted_and_pick_their_line(view: Opened) -> None:
    rows = view.page.locator("#deals tbody tr")
    assert rows.count() == 3
    view.page.get_by_role("button", name="Recipient").click()
    assert "Japan" in rows.first.inner_text()
    view.page.get_by_role("button", name="Recipient").click()
    assert "South Korea" in rows.first.inner_text()
    assert (
        view.page.locator("th[aria-sort=descending]")
        .inner_text()
        .startswith("Recipient")
    )
    rows.first.click()
    names = view.drawn()["names"]
    assert {n for n, x in names.items() if x["opacity"] == 1} == {US, "wd:Q884"}
    assert "South Korea" in view.text("#panel .says")
    assert view.page.locator("#deals tr.picked").count() == 1


def test_a_line_picks_its_row(view: Opened) -> None:
    spot = view.line(US, "wd:Q884")
    view.page.mouse.click(spot["x"], spot["y"])
    assert "South Korea" in view.page.locator("#deals tr.picked").inner_text()


def test_a_deal_tells_who_says_so_and_each_item_its_number(
    browser: Any, tmp_path: Path
) -> None:
    with opened(browser, write_page(graphs.counted(), tmp_path)) as view:
        heads = view.page.locator("#deals th").all_inner_texts()
        assert "Who says so" in heads and "Quantity" not in heads
        row = view.page.locator("#deals tbody tr").first
        assert "20 × F-35; training; 4 × P-8A" in row.inner_text()
        assert "Shinzo Abe" in row.locator("td.by").inner_text()
        _, data = take(view, "csv")
        (told,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        assert told["items"] == "20 × F-35; training; 4 × P-8A"
        # What several articles tell of one deal is not told twice as a sum.
        assert "bn" not in view.text("#deals .head")


def test_a_line_tells_what_it_bundles(browser: Any, tmp_path: Path) -> None:
    """One fact among denials, possibilities and claims does not make a line solid."""
    with opened(browser, write_page(graphs.ways(), tmp_path)) as view:
        lines = {x["from"]: x for x in view.drawn()["lines"]}
        told = {name: x["told"] for name, x in lines.items()}
        assert told == {
            "c/fact": "fact",
            "c/said": "said",
            "c/denied": "mixed",
            "c/possible": "mixed",
            "c/claimed": "mixed",
            "c/deny": "negated",
            "c/said-deny": "said",
        }
        solid = [name for name, x in lines.items() if not x["dashes"]]
        assert solid == ["c/fact"]
        assert lines["c/denied"]["note"].endswith("+1, also negated")
        assert lines["c/claimed"]["note"].endswith("+1, also said")
        assert lines["c/said"]["note"].endswith("(said)")
        looks = {str(x["dashes"]) for x in lines.values()}
        assert len(looks) == 4  # told, said, denied, mixed
        for name, kind in (("c/said", "said"), ("c/said-deny", "said, negated")):
            view.click_name(name)
            assert view.text("#panel .card .kind") == kind
            assert view.page.locator("#panel .card .kind.fact").count() == 0


def test_counts_table_and_csv_follow_what_is_picked(view: Opened) -> None:
    view.click_name("wd:Q884")
    assert view.text("#summary") == "2 names · 1 statement · 1 article"
    assert view.text("#deals h2") == "1 deal"
    assert view.text("#filters [data-value=Country] .n") == "2"
    assert view.text("#filters [data-value=arms] .n") == "1"
    assert view.text("#filters [data-value=fact] .n") == "0"
    bars = view.page.locator("#timeline .bars button")
    told = [bar.get_attribute("title") for bar in bars.all()]
    assert sum(not t.endswith(": 0 statements") for t in told) == 1
    _, data = take(view, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [r["id"] for r in rows] == ["deal02"]
    view.click_name(NORTH)
    assert view.text("#deals h2") == "0 deals"
    press(view, "Escape")
    assert view.text("#deals h2") == "3 deals"
    view.page.click("#filters [data-value=possible]")
    assert view.text("#deals h2") == "1 deal"
    assert view.text("#filters [data-value=arms] .n") == "1"
    assert view.text("#filters [data-value=possible] .n") == "3"


def test_a_tap_on_a_deal_shows_its_sentence_on_a_phone(
    browser: Any, path: Path
) -> None:
    with opened(
        browser, path, width=390, height=844, has_touch=True, is_mobile=True
    ) as view:
        view.page.click("#tabs [data-sheet=deals]")
        view.page.locator("#deals tbody tr").filter(has_text="delivered").tap()
        assert view.page.locator("#panel blockquote").is_visible()
        assert "already buys" in view.text("#panel blockquote")
        view.page.click("#tabs [data-sheet=deals]")
        assert view.page.locator("#deals tbody tr").count() == 3
        view.check_quiet()


@pytest.mark.parametrize("pick", [False, True])
def test_paper_keeps_the_evidence(
    browser: Any, path: Path, tmp_path: Path, pick: bool
) -> None:
    """On A4, which is narrower than what the page takes for a phone's screen."""
    with opened(browser, path) as view:
        if pick:
            view.click_name(JAPAN)
        view.page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
        pages = pypdf.PdfReader(tmp_path / "page.pdf").pages
        text = " ".join(" ".join(p.extract_text().split()) for p in pages)
        for words in ("already buys a lot of military equipment", "3 deals"):
            assert words in text or (pick and "deal" in words)
        assert ("North Korean dictator Kim Jong Un" in text) is not pick
        assert view.page.locator("#panel .card").count() == (10 if pick else 0)


def test_the_sentence_in_the_whole_text(view: Opened) -> None:
    view.page.locator("#deals tbody tr").filter(has_text="delivered").click()
    view.page.get_by_role("button", name="Read in the article").click()
    assert view.page.locator("#text mark.sentence").is_visible()
    assert "already buys a lot" in view.text("#sentence")
    assert view.text("#sentence mark.trigger") == "buys"
    press(view, "Escape")
    assert view.page.locator("#text").is_hidden()


def test_spans_beyond_the_basic_plane(browser: Any, tmp_path: Path) -> None:
    path = write_page(graphs.with_emoji(), tmp_path)
    with opened(browser, path) as view:
        view.click_name(JAPAN)
        assert view.text("#panel mark.trigger") == "buys"
        view.page.get_by_role("button", name="Read in the article").first.click()
        assert view.text("#sentence mark.trigger") == "buys"


def take(view: Opened, button: str) -> tuple[str, bytes]:
    view.page.click("#save")
    with view.page.expect_download() as waited:
        view.page.click(f"[data-take={button}]")
    return waited.value.suggested_filename, Path(waited.value.path()).read_bytes()


def test_a_card_picks_its_statement(view: Opened) -> None:
    view.click_name(JAPAN)
    view.page.locator("#panel button.relation", has_text="requests").first.press(
        "Enter"
    )
    assert view.fragment().endswith("statement=told01")
    lit = {n for n, x in view.drawn()["names"].items() if x["opacity"] == 1}
    assert lit == {TRUMP, JAPAN}
    view.page.click("#deals tbody tr")
    view.page.get_by_role("button", name="All between the two").click()
    assert view.page.locator("#panel .card").count() == 3


def test_a_large_graph_carries_its_texts(browser: Any, tmp_path: Path) -> None:
    path = write_page(graphs.generated(400, with_text=True), tmp_path)
    with opened(browser, path, fragment="#statement=s000123") as view:
        assert view.page.locator("#panel mark.trigger").count() == 1
        view.page.get_by_role("button", name="Read in the article").click()
        view.page.locator(
            "#text-body", has_text="."
        ).wait_for()  # texts are unpacked first
        assert view.page.locator("#text-body").inner_text().count(".") == 20
        view.check_quiet()


def test_take_the_picture(view: Opened) -> None:
    name, data = take(view, "png")
    assert name == "Trump-advocates-a-more-militaristic-Japan.png"
    assert data.startswith(b"\x89PNG") and len(data) > 10_000


def test_take_the_drawing(view: Opened) -> None:
    name, data = take(view, "svg")
    assert name.endswith(".svg")
    root = ElementTree.fromstring(data)
    space = "{http://www.w3.org/2000/svg}"
    words = [t.text for t in root.iter(f"{space}text")]
    assert "🇯🇵 Japan" in words and len(list(root.iter(f"{space}polygon"))) == 6


def test_take_the_statements_in_view(view: Opened) -> None:
    view.page.click("#filters [data-value=possible]")
    name, data = take(view, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert name.endswith(".csv") and len(rows) == 19 - 3
    deal = next(r for r in rows if r["id"] == "deal01")
    assert (deal["subject"], deal["object"], deal["items"]) == (
        "United States",
        "Japan",
        "military equipment",
    )
    assert "already buys" in deal["sentence"] and deal["attributed_to"] == "Shinzo Abe"


def test_keyboard_alone_from_name_to_name(view: Opened) -> None:
    view.page.locator("#canvas").focus()
    press(view, "ArrowRight")
    first = view.text("#panel h2")
    press(view, "ArrowLeft")
    assert view.text("#panel h2") != first
    press(view, "Enter")
    assert view.page.evaluate("document.activeElement.id") == "panel"


def test_keys_zoom_and_move(view: Opened) -> None:
    view.page.locator("#canvas").focus()
    scale = view.drawn()["scale"]
    press(view, "+")
    assert view.drawn()["scale"] == pytest.approx(scale * 1.25)
    before = view.drawn()["names"][JAPAN]["x"]
    press(view, "Shift+ArrowRight")
    assert view.drawn()["names"][JAPAN]["x"] == pytest.approx(before - 80, abs=2)
    press(view, "-", "-")
    assert view.drawn()["scale"] < scale


def test_every_control_can_be_reached_by_tab(view: Opened) -> None:
    seen = set()
    for _ in range(60):
        view.page.keyboard.press("Tab")
        seen.add(view.page.evaluate("document.activeElement.id"))
    assert {
        "find",
        "toggle-filters",
        "save",
        "help-open",
        "canvas",
        "reset",
        "conf",
    } - seen <= {"reset"}


def test_help(view: Opened) -> None:
    press(view, "?")
    assert view.page.locator("#help dt").count() <= 12
    assert view.page.locator("#help").is_visible()
    press(view, "Escape")
    assert view.page.locator("#help").is_hidden()


def test_filters_and_deals_fold(view: Opened) -> None:
    press(view, "f")
    assert view.page.locator("#filters").is_hidden()
    press(view, "f", "d")
    assert view.page.locator("#filters").is_visible()
    assert view.page.locator("#deals").is_hidden()


def test_the_names_move_when_asked(view: Opened) -> None:
    before = view.drawn()["names"]
    view.page.wait_for_timeout(200)
    assert view.drawn()["names"] == before
    view.page.click("#physics")
    view.page.wait_for_timeout(600)
    view.page.click("#physics")
    assert view.drawn()["names"] != before


def test_dark_mode_changes_colours(browser: Any, path: Path, view: Opened) -> None:
    with opened(browser, path, color_scheme="dark") as dark:
        assert (
            dark.drawn()["names"][JAPAN]["color"]
            != view.drawn()["names"][JAPAN]["color"]
        )
        dark.page.emulate_media(color_scheme="light")
        dark.page.wait_for_timeout(100)
        assert (
            dark.drawn()["names"][JAPAN]["color"]
            == view.drawn()["names"][JAPAN]["color"]
        )


def test_phone(browser: Any, path: Path) -> None:
    with opened(
        browser, path, width=390, height=844, has_touch=True, is_mobile=True
    ) as view:
        assert view.page.evaluate("document.documentElement.scrollWidth") == 390
        spot = view.drawn()["names"][JAPAN]
        view.page.touchscreen.tap(spot["x"], spot["y"])
        view.page.wait_for_timeout(400)
        assert view.page.locator("#panel h2").is_visible()
        for sheet in ("filters", "deals", "panel", "graph"):
            view.page.click(f"#tabs [data-sheet={sheet}]")
            wanted = "#stage" if sheet == "graph" else f"#{sheet}"
            assert view.page.locator(wanted).is_visible()
        view.check_quiet()


def test_print(view: Opened) -> None:
    view.page.emulate_media(media="print")
    assert view.page.locator("#filters").is_hidden()
    assert (
        view.page.locator("#panel").is_visible()
        and view.page.locator("#canvas").is_visible()
    )


def test_reduced_motion_moves_at_once(browser: Any, path: Path) -> None:
    with opened(browser, path, reduced_motion="reduce") as view:
        press(view, "/")
        view.page.keyboard.type("hokk")
        press(view, "Enter")
        spot = view.drawn()["names"]["place/hokkaido"]
        view.page.wait_for_timeout(400)
        assert view.drawn()["names"]["place/hokkaido"] == spot


def test_a_large_graph_opens_on_a_part(browser: Any, large: Path) -> None:
    with opened(browser, large) as view:
        assert len(view.drawn()["names"]) == 800
        assert view.text("#note").startswith("800 of 2,9")
        press(view, "/")
        hidden = view.page.evaluate(
            "JSON.parse(document.getElementById('data').textContent).entities.label.at(-1)"
        )
        view.page.keyboard.type(hidden)
        press(view, "Enter")
        assert len(view.drawn()["names"]) >= 801
        view.check_quiet()


def test_double_click_brings_in_the_hidden(browser: Any, large: Path) -> None:
    with opened(browser, large) as view:
        data = "JSON.parse(document.getElementById('data').textContent)"
        entity = view.page.evaluate(
            f"(d => d.entities.id[d.statements.find(s => s[1] < 300 && s[3] >= 800)[1]])({data})"
        )
        view.page.evaluate(f"location.hash = 'node=' + encodeURIComponent('{entity}')")
        view.page.wait_for_timeout(200)
        view.click_name(entity, click_count=2)
        assert len(view.drawn()["names"]) > 800
        assert "brought in" in view.text("#toast")


def test_a_filter_brings_in_the_hidden(browser: Any, large: Path) -> None:
    with opened(browser, large) as view:
        article = view.page.evaluate(
            "document.querySelector('#by-doc').options[5].value"
        )
        view.page.select_option("#by-doc", value=article)
        drawn = view.drawn()
        assert sum(len(x["statements"]) for x in drawn["lines"]) == 10
        assert view.page.locator("#note").is_hidden()


def test_labels_lie_on_no_other(browser: Any, large: Path) -> None:
    with opened(browser, large) as view:
        assert len(view.drawn()["labels"]) > 60
        boxes = view.page.evaluate("kgbuild.drawn().boxes")
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart = a["right"] <= b["left"] or b["right"] <= a["left"]
                assert apart or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]


def test_the_same_page_twice_is_the_same(path: Path, tmp_path: Path) -> None:
    assert write_page(graphs.sample(), tmp_path).read_bytes() == path.read_bytes()


def test_an_empty_graph(browser: Any, tmp_path: Path) -> None:
    path = write_page(graphs.assemble([], []), tmp_path)
    with opened(browser, path) as view:
        assert view.page.locator("#empty").is_visible()
        view.check_quiet()
