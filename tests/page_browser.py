"""Open pages in a real Chromium with no network, and note everything that goes wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers.html import dumps

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
READY = "body[data-ready=yes]"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str:
    """Return the browser to test with; without one fail in CI, and skip elsewhere."""
    found = os.environ.get("KGBUILD_BROWSER") or next(
        filter(None, map(shutil.which, NAMES)), ""
    )
    if found and Path(found).exists():
        return found
    reason = "no Chromium found: install it, or set KGBUILD_BROWSER to its path"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a running browser."""
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(kw_only=True)
class Opened:
    """A page that was opened, with what it asked for and complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def drawn(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate("kgbuild.drawn()")
        return found

    def click_name(self, entity: str, **options: Any) -> None:
        spot = self.drawn()["names"][entity]
        self.page.mouse.click(spot["x"], spot["y"], **options)
        self.page.wait_for_timeout(350 if options else 60)

    def line(self, source: str, target: str) -> dict[str, Any]:
        lines = self.drawn()["lines"]
        found = [x for x in lines if x["from"] == source and x["to"] == target]
        assert found, f"no line from {source} to {target}"
        first: dict[str, Any] = found[0]
        return first

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())

    def fragment(self) -> str:
        self.page.wait_for_timeout(120)  # the address is written a moment later
        return str(self.page.evaluate("location.hash"))

    def check_quiet(self) -> None:
        """Assert that nothing was fetched, logged or refused."""
        assert self.requests == []
        assert self.messages == []


def write_page(graph: nx.MultiDiGraph[str], folder: Path, name: str = "graph") -> Path:
    path = folder / f"{name}.html"
    path.write_text(dumps(graph, load_vocabulary()), encoding="utf-8")
    return path


@contextmanager
def opened(
    browser: Any,
    path: Path,
    *,
    fragment: str = "",
    width: int = 1440,
    height: int = 900,
    **options: Any,
) -> Iterator[Opened]:
    """Open a page offline, wait until it is drawn, and close it at the end."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, offline=True, **options
    )
    page = context.new_page()
    seen = Opened(page=page)
    page.on("console", lambda m: seen.messages.append(m.text))
    page.on("pageerror", lambda e: seen.messages.append(str(e)))
    page.on(
        "dialog", lambda d: (seen.messages.append("dialog " + d.message), d.dismiss())
    )
    page.on("request", lambda r: _asked(seen, r.url, path))
    page.goto(path.as_uri() + fragment)
    try:
        page.wait_for_selector(READY, state="attached", timeout=20_000)
    except Exception as error:
        raise AssertionError(f"the page is not drawn: {seen.messages}") from error
    yield seen
    context.close()


def _asked(seen: Opened, url: str, path: Path) -> None:
    if not url.startswith((path.as_uri(), "blob:")):
        seen.requests.append(url)
