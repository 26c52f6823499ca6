"""Measure the page in headless Chromium, beside pyvis as it comes.

    python benchmarks/page.py [--sizes 300,1000,3000,10000] [--pyvis 300,1000]

Each graph has twice as many statements as names. Printed: seconds to write, size, time from
opening the file to the first text and to the graph on the canvas, frames a second while
panning and zooming by events (the slowest of each), the slowest search, the slowest filter;
then how many times longer pyvis as it comes takes to draw the same graph (given up after
a minute). Browser: KGBUILD_BROWSER, or the Chromium on PATH.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]

import page_graphs
from page_browser import chromium, opened

from kgbuild.vocabulary import load_vocabulary
from kgbuild.writers.html import dumps

GIVE_UP = 60  # seconds

FRAMES = """async () => {
  const canvas = document.querySelector("#canvas canvas, #mynetwork canvas");
  const box = canvas.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const during = async (act) => {
    let n = 0;
    const start = performance.now();
    while (performance.now() - start < 2500) { act(n++); await new Promise(requestAnimationFrame); }
    return Math.round((1000 * n) / (performance.now() - start));
  };
  const send = (type, px, py) => canvas.dispatchEvent(new PointerEvent(type, { clientX: px, clientY: py,
    bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: type === "pointerup" ? 0 : 1 }));
  send("pointerdown", x + 3, y + 3);
  const pan = await during((n) => send("pointermove", x + 60 * Math.sin(n / 5), y + 40 * Math.cos(n / 5)));
  send("pointerup", x, y);
  const zoom = await during((n) => canvas.dispatchEvent(new WheelEvent("wheel", {
    deltaY: n % 40 < 20 ? -60 : 60, clientX: x, clientY: y, bubbles: true, cancelable: true })));
  return [pan, zoom];
}"""

SEARCH = """() => Math.max(...["a", "ka", "mor", "shan", "the ka", "zzz"].map((query) => {
  const box = document.getElementById("find");
  box.value = query;
  const start = performance.now();
  box.dispatchEvent(new Event("input"));
  return performance.now() - start;
}))"""

FILTER = """() => Math.max(...[...document.querySelectorAll("[data-filter]")].map((button) => {
  const start = performance.now();
  button.click();
  const taken = performance.now() - start;
  button.click();
  return taken;
}))"""


def ours(browser: Any, size: int, folder: Path) -> dict[str, float]:
    graph, vocabulary = page_graphs.generated(size), load_vocabulary()
    start = time.perf_counter()
    html = dumps(graph, vocabulary)
    written = time.perf_counter() - start
    path = folder / f"page{size}.html"
    path.write_text(html, encoding="utf-8")
    with opened(browser, path) as view:
        view.page.wait_for_function("performance.getEntriesByName('drawn').length")
        first, drawn = view.page.evaluate(
            "['first-contentful-paint', 'drawn'].map("
            "n => performance.getEntriesByName(n)[0].startTime / 1000)"
        )
        view.page.wait_for_timeout(500)
        pan, zoom = view.page.evaluate(FRAMES)
        search, filtered = view.page.evaluate(SEARCH), view.page.evaluate(FILTER)
        view.check_quiet()
    return {
        "write s": written, "MB": len(html.encode()) / 1e6, "text s": first,
        "drawn s": drawn, "pan fps": pan, "zoom fps": zoom, "search ms": search,
        "filter ms": filtered,
    }  # fmt: skip


def as_it_comes(browser: Any, size: int, folder: Path) -> float | None:
    """Return the seconds until pyvis's own page has drawn the graph, None if it gave up."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    network.from_nx(page_graphs.generated(size))
    path = folder / f"pyvis{size}.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    page = browser.new_context(
        offline=True, viewport={"width": 1440, "height": 900}
    ).new_page()
    page.set_default_timeout(GIVE_UP * 1000)
    start = time.perf_counter()
    try:
        page.goto(path.as_uri())
        page.wait_for_function(
            "typeof network !== 'undefined' && network.physics.stabilized || "
            "document.getElementById('loadingBar')?.style.display === 'none'"
        )
    except Exception as error:
        if "Timeout" not in str(error):
            raise
        return None
    finally:
        taken = time.perf_counter() - start
        page.context.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="300,1000,3000,10000")
    parser.add_argument("--pyvis", default="300,1000")
    options = parser.parse_args()
    beside = {int(x) for x in options.pyvis.split(",") if x}
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        for size in map(int, options.sizes.split(",")):
            found = ours(browser, size, Path(name))
            print(
                f"{size:6}",
                "  ".join(f"{k} {v:.2f}" for k, v in found.items()),
                flush=True,
            )
            if size in beside:
                taken = as_it_comes(browser, size, Path(name))
                told = f"{taken:.1f} s" if taken else f"nothing after {GIVE_UP} s"
                ratio = f"{taken / found['drawn s']:.0f} times ours" if taken else "-"
                print(f"{'':6} pyvis as it comes: {told} ({ratio})", flush=True)


if __name__ == "__main__":
    main()
