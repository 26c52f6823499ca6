"""An Oxigraph store in a folder: no server is needed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.load import sparql
from kgbuild.load.articles import Article, Target

if TYPE_CHECKING:
    import pyoxigraph as ox


def open_disk(path: Path) -> Target:
    """Open a store in a folder, made where there is none.

    Raises:
        ValueError: the folder holds something else.
        OSError: it cannot be opened, such as while another process has it open.
    """
    import pyoxigraph as ox

    if path.is_dir() and any(path.iterdir()) and not (path / "CURRENT").exists():
        raise ValueError(f"{path}: no store, and not empty; give a new folder")
    return target_of(ox.Store(str(path)), str(path))


def target_of(store: ox.Store, name: str) -> Target:
    """Return a store that is open already, on disk or in memory, as a place to load into."""
    return Target(
        name=name,
        put=lambda article: _put(store, article),
        delete=lambda graph: store.update(sparql.drop(graph)),
        count=lambda graph: _count(store, graph),
        graphs=lambda: _graphs(store),
    )


def _put(store: ox.Store, article: Article) -> None:
    # One request is one transaction: a crash leaves the old article or the new one.
    parts = [sparql.drop(article.graph)]
    parts += sparql.inserts(article.graph, article.triples, len(article.triples) or 1)
    store.update(";\n".join(parts))


def _count(store: ox.Store, graph: str) -> int:
    return int(_rows(store, sparql.count(graph))[0]["n"].value)


def _graphs(store: ox.Store) -> Iterable[str]:
    return [row["g"].value for row in _rows(store, sparql.graphs())]


def _rows(store: ox.Store, query: str) -> list[Any]:
    results: Any = store.query(query)
    return list(results)
