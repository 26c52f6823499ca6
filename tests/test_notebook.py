"""The notebooks run clean from top to bottom, and are stored as they should be read.

After a change of the reader, ``python tools/store_outputs.py`` stores the outputs anew.
"""

from __future__ import annotations

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
@pytest.mark.filterwarnings("default")  # the kernel warns of itself
def test_a_notebook_runs_from_top_to_bottom(path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    shown = [o for cell in notebook.cells for o in cell.get("outputs", ())]
    assert [o for o in shown if o.get("name") == "stderr"] == []
    assert any("image/png" in o.get("data", {}) for o in shown)


def stored(name):
    cells = nbformat.read(ROOT / "notebooks" / name, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def test_the_steps_of_one_article_are_stored_without_outputs():
    cells = stored("article_to_graph.ipynb")
    assert [c for c in cells if c.outputs or c.execution_count] == []


def test_the_archive_is_stored_with_outputs_that_read_on_a_code_host():
    cells = stored("arms_archive.ipynb")
    kinds = [kind for c in cells for o in c.outputs for kind in o.get("data", {})]
    assert kinds.count("image/png") == 2
    assert "text/html" in kinds
    assert all(c.outputs and c.execution_count for c in cells)
    printed = "".join(o.get("text", "") for c in cells for o in c.outputs)
    assert "articles    50" in printed
    assert "\x1b" not in printed
