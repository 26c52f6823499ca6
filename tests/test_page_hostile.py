"""Nothing that strangers wrote runs in the page, fetches, or is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from page_browser import chromium, opened, write_page

from kgbuild.graph import assemble
from kgbuild.model import Deal, Document, Entity, Evidence, Item, Statement

pytestmark = pytest.mark.browser

RUN = "window.ran=(window.ran||0)+1"
HOSTILE = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</ScRiPt ><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</noscript><script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f'\\"><script>{RUN}</script>',
    f"<img src=x onerror={RUN}>",
    f"<img src=https://example.org/x.png onload={RUN}>",
    f'"onmouseover="{RUN}',
    f"' onfocus='{RUN}' autofocus='",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext></mtext><script>{RUN}</script></math>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    "<iframe src=https://example.org/>",
    f"<iframe src=javascript:{RUN}>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>@import 'https://example.org/x.css';</style>",
    "<style>body{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<base href=https://example.org/>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<template><script>{RUN}</script></template>",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "file:///etc/passwd",
    "blob:https://example.org/1",
    "//example.org/x",
    "https://example.org/?a=<b>&c=\"d\"",
    "http://user:pass@example.org:99999/",
    f"https://example.org/');{RUN}//",
    "${" + RUN + "}",
    "`${" + RUN + "}`",
    "{{ 7*7 }}{% raw %}",
    "{{constructor.constructor('" + RUN + "')()}}",
    "#{" + RUN + "}",
    f'"}};{RUN};//',
    f"');{RUN};('",
    f"\\');{RUN};//",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}",
    f"line\u2028{RUN}\u2029",
    f"null\x00{RUN}",
    "\u202eevil \u2066left\u202d",
    "\u200b\u200e\u200f",
    "A" * 10_240,
    "very long " * 1_024,
    "é" * 300 + "\U0001f600" * 300,
    "\ud800 half",
    "\ufeffmark",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "=HYPERLINK(\"https://example.org\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%00%E0%A4%A%",
    "href",
    "<b>bold</b>",
    " ",
]  # fmt: skip


def graph() -> nx.MultiDiGraph[str]:
    """Every field of every statement a hostile one."""
    documents = [
        Document(
            id=f"{n} {x}", text=f"{x} tells {x}.", title=x, source=x, url=x, date=x
        )
        for n, x in enumerate(HOSTILE)
    ]
    people = [
        Entity(id=f"{n} {x}", label=x, type="Person", aliases=(f"alias {x}",))
        for n, x in enumerate(HOSTILE)
    ]
    return assemble(documents, _statements(documents, people), with_text=True)


def _statements(documents: list[Document], people: list[Entity]) -> Iterator[Statement]:
    for n, (document, x) in enumerate(zip(documents, HOSTILE, strict=True)):
        found = Evidence(
            doc=document.id, start=0, end=len(document.text), sentence=document.text,
            subject=(0, len(x)), object=(len(x) + 7, 2 * len(x) + 7),
            trigger=(len(x) + 1, len(x) + 6),
        )  # fmt: skip
        yield Statement(
            id=f"{n} {x}", doc=document.id, subject=people[n], object=people[n - 1],
            relation="transfers_arms_to" if n % 2 else "leads", time=x, phrase=x, role=x,
            attributed_to=(people[n - 2],), evidence=(found,),
            deal=Deal(items=(Item(label=x),), kind=x, status=x, contractors=(people[n - 3],))
            if n % 2 else None,
        )  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(graph(), tmp_path_factory.mktemp("page"))


def shown(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_at_least_sixty() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


def test_nothing_runs_and_all_is_text(browser: Any, path: Path) -> None:
    with opened(browser, path) as view:
        assert len(view.drawn()["names"]) == len(HOSTILE)
        for n, x in enumerate(HOSTILE):
            name = quote(shown(f"{n} {x}"), safe="")
            view.page.evaluate("h => { location.hash = h }", f"node={name}")
            view.page.wait_for_function(
                "n => document.querySelector('#panel h2 .name')?.textContent === n",
                arg=shown(x),
            )
            told = view.page.evaluate(
                "[...document.querySelectorAll('#panel blockquote')].map(b => b.textContent)"
            )
            assert shown(f"{x} tells {x}.").replace("\0", " ") in told
            assert (
                shown(f"alias {x}") in view.page.locator("#panel .also").text_content()
            )
        assert view.page.evaluate("window.ran") is None
        view.check_quiet()


def test_only_web_addresses_are_links(browser: Any, path: Path) -> None:
    with opened(browser, path) as view:
        view.page.evaluate("document.querySelectorAll('.more').forEach(b => b.click())")
        links = view.page.evaluate(
            "[...document.querySelectorAll('a')].map(a => [a.protocol, a.rel, a.target])"
        )
        assert links
        assert {tuple(x) for x in links} == {
            ("https:", "noopener noreferrer", "_blank")
        }
        view.check_quiet()


def test_the_tables_filters_and_texts_are_text(browser: Any, path: Path) -> None:
    with opened(browser, path) as view:
        cells = view.page.evaluate(
            "[...document.querySelectorAll('#deals tbody td:nth-child(3)')].map(c => c.textContent)"
        )
        assert len(cells) == len(HOSTILE[1::2])
        assert {
            x for x in HOSTILE[1::2] if len(x) < 100 and x.strip() and x.isprintable()
        } <= set(cells)
        for button in view.page.locator("#deals tbody tr .go").all()[:5]:
            button.click()
        view.page.get_by_role("button", name="Read in the article").first.click()
        assert view.page.locator("#text").is_visible()
        view.page.keyboard.press("Escape")
        for query in ("<", "script", "\u202e", "alias", "'", "`"):
            view.page.fill("#find", query)
        for key in ("by", "doc"):
            for option in view.page.evaluate(
                f"[...document.querySelector('#by-{key}').options].map(o => o.value)"
            ):
                view.page.evaluate(
                    f"v => {{ const s = document.querySelector('#by-{key}'); s.value = v; s.dispatchEvent(new Event('change')) }}",
                    option,
                )
        assert view.page.evaluate("window.ran") is None
        view.check_quiet()


def test_what_is_taken_away_is_safe(browser: Any, path: Path) -> None:
    with opened(browser, path) as view:
        for kind in ("svg", "csv", "png"):
            view.page.click("#save")
            with view.page.expect_download() as waited:
                view.page.click(f"[data-take={kind}]")
            data = Path(waited.value.path()).read_bytes()
            if kind == "svg":
                page = path.with_name("drawing.svg")
                page.write_bytes(data)
                _check_svg(browser, page)
            if kind == "csv":
                cells = data.decode("utf-8-sig").replace("\r\n", "\n")
                assert "\"'=HYPERLINK" in cells and '"=HYPERLINK' not in cells
        view.check_quiet()


def _check_svg(browser: Any, path: Path) -> None:
    from xml.etree import ElementTree

    tags = {e.tag.rpartition("}")[2] for e in ElementTree.parse(path).getroot().iter()}
    assert tags <= {"svg", "title", "rect", "path", "polygon", "circle", "text"}


def test_a_hostile_title_is_a_title(browser: Any, tmp_path: Path) -> None:
    title = "</title><script>window.ran=1</script>"
    path = write_page(assemble([Document(id="x", text="", title=title)], []), tmp_path)
    with opened(browser, path) as view:
        assert view.page.title() == title and view.text("h1") == title
        assert view.page.evaluate("window.ran") is None
        view.check_quiet()


def test_the_policy_refuses_what_is_not_the_page_s_own(
    browser: Any, path: Path
) -> None:
    with opened(browser, path) as view:
        view.page.evaluate(
            """() => {
              const s = document.createElement("script"); s.textContent = "window.ran = 1";
              document.body.append(s);
              const d = document.createElement("div");
              d.innerHTML = "<img src=x onerror='window.ran = 2'>"; document.body.append(d);
              fetch("https://example.org/").catch(() => 0);
            }"""
        )
        view.page.wait_for_timeout(200)
        assert view.page.evaluate("window.ran") is None
        assert len(view.messages) >= 3
