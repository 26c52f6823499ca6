"""Take pictures of a page for the README.

    python tools/pictures.py kg/graph.html data/pictures ['#node=wd%3AQ17']

Writes page.png (desktop, light) and phone.png (phone, dark, with the name of the fragment
picked). Browser: KGBUILD_BROWSER, or the Chromium on PATH.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]

from page_browser import chromium, opened


def main(page: str, folder: str, fragment: str = "") -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    path = Path(page).resolve()
    with chromium() as browser:
        with opened(browser, path, width=1440, height=900, fragment=fragment) as view:
            view.page.wait_for_timeout(300)
            view.page.screenshot(path=target / "page.png")
        phone = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
        with opened(
            browser, path, width=390, height=780, color_scheme="dark", **phone
        ) as view:
            view.page.evaluate("h => { location.hash = h }", fragment)
            view.page.wait_for_timeout(300)
            view.page.screenshot(path=target / "phone.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
