"""The page can be used by everybody: axe-core, contrast, and colours seen by colour-blind eyes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import page_graphs as graphs
import pytest
from page_browser import chromium, opened, write_page

from kgbuild.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]


def axe_script() -> str:
    """Return axe-core; without it fail in CI, and skip elsewhere."""
    beside = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    script = Path(os.environ.get("KGBUILD_AXE", beside))
    if script.is_file():
        return script.read_text(encoding="utf-8")
    reason = "no axe-core: `npm install --no-save axe-core`, or set KGBUILD_AXE to axe.min.js"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_no_serious_fault(
    browser: Any, tmp_path: Path, scheme: str, width: int
) -> None:
    axe = axe_script()
    path = write_page(graphs.sample(), tmp_path)
    with opened(browser, path, width=width, color_scheme=scheme) as view:
        view.page.evaluate(axe)
        states = [
            "",
            "node=wd%3AQ17",
            "statement=deal01",
            "kinds=fact,possible,negated",
        ]
        for state in states:
            view.page.evaluate("h => { location.hash = h }", state)
            view.page.wait_for_timeout(100)
            for sheet in (
                ("graph", "filters", "panel", "deals") if width < 800 else ("graph",)
            ):
                if width < 800:
                    view.page.click(f"#tabs [data-sheet={sheet}]")
                assert _faults(view.page) == [], (state, sheet)
        for opener in ("help-open", "save"):
            view.page.click(f"#{opener}")
            assert _faults(view.page) == [], opener
            view.page.keyboard.press("Escape")


def _faults(page: Any) -> list[str]:
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{v['id']}: {v['help']}: {node['html'][:200]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLIND = {
    "protan": (0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    "deutan": (0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    "tritan": (1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900),
}  # fmt: skip


def linear(color: str) -> list[float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def seen(color: str, kind: str) -> list[float]:
    rgb, m = linear(color), BLIND[kind]
    return [
        min(1, max(0, sum(m[3 * i + j] * rgb[j] for j in range(3)))) for i in range(3)
    ]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = rgb
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(a: list[float], b: list[float]) -> float:
    return float(sum((x - y) ** 2 for x, y in zip(lab(a), lab(b), strict=True)) ** 0.5)


def test_types_are_told_apart_without_colour() -> None:
    shapes = [t.shape for t in load_vocabulary().types.values()]
    assert len(set(shapes)) == len(shapes)


def families() -> dict[str, str]:
    first: dict[str, str] = {}
    for relation in load_vocabulary().relations.values():
        first.setdefault(relation.family, relation.color)
    return first


def confused(colors: dict[str, str], kind: str, least: float) -> list[tuple[str, str]]:
    """Pairs of families that look alike; places and posts are both grey on purpose."""
    return [
        (f, g)
        for (f, a), (g, b) in combinations(colors.items(), 2)
        if {f, g} != {"post", "place"} and apart(seen(a, kind), seen(b, kind)) < least
    ]


@pytest.mark.parametrize("kind", BLIND)
def test_families_are_told_apart_by_colour_blind_eyes(kind: str) -> None:
    assert confused(families(), kind, 15) == []


@pytest.mark.browser
def test_families_are_told_apart_in_the_dark(browser: Any, tmp_path: Path) -> None:
    path = write_page(graphs.sample(), tmp_path)
    with opened(browser, path, color_scheme="dark") as view:
        tints = view.page.evaluate(
            "[...document.querySelectorAll('[data-filter=families]')].map(b =>"
            " [b.dataset.value, b.querySelector('i').style.getPropertyValue('--tint')])"
        )
    assert len(tints) == 8
    assert [pair for kind in BLIND for pair in confused(dict(tints), kind, 10)] == []
