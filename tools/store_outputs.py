"""Run the notebook over the archive, and store what it shows, so that it reads on a code host."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

PLACE = Path(__file__).parents[1] / "notebooks" / "arms_archive.ipynb"


def main() -> None:
    notebook = nbformat.read(PLACE, as_version=4)
    where = {"metadata": {"path": str(PLACE.parent)}}
    NotebookClient(notebook, record_timing=False, resources=where).execute()
    for cell in notebook.cells:
        cell.metadata = {}
    nbformat.write(notebook, PLACE)
    print(PLACE.name)


if __name__ == "__main__":
    main()
