"""The annotated documents as pages: each opens in silence, with every entity on the canvas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gold import gold_graph, gold_graphs
from page_browser import chromium, opened, write_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


def test_each_document_is_drawn_whole(browser: Any, tmp_path: Path) -> None:
    for number, graph in enumerate(gold_graphs().values()):
        path = write_page(graph, tmp_path, f"page{number}")
        with opened(browser, path) as view:
            assert set(view.drawn()["names"]) == set(graph.nodes)
            assert len(view.drawn()["labels"]) >= min(12, len(graph))
            view.check_quiet()


def test_all_documents_together(browser: Any, tmp_path: Path) -> None:
    graph = gold_graph()
    with opened(browser, write_page(graph, tmp_path)) as view:
        drawn = view.drawn()
        assert set(drawn["names"]) == set(graph.nodes)
        told = [s for line in drawn["lines"] for s in line["statements"]]
        assert sorted(told) == sorted(key for *_, key in graph.edges(keys=True))
        options = view.page.locator("#by-doc option")
        assert options.count() == len(graph.graph["documents"]) + 1
        view.page.select_option("#by-doc", index=3)
        assert len(view.drawn()["names"]) < len(graph)
        view.check_quiet()
