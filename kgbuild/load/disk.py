"""An Oxigraph store in a folder: no server is needed.

Each article is a named graph, and the default graph holds all their triples, each once, so
that a query counts nothing twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.folder import held, put_in_place, settle
from kgbuild.load import sparql
from kgbuild.load.articles import Article, Target

if TYPE_CHECKING:
    import pyoxigraph as ox

_AT_ONCE = 200  # articles


def open_disk(path: Path) -> Target:
    """Open a store in a folder, made where there is none.

    Raises:
        ValueError: the folder holds something else.
        OSError: it cannot be opened, such as while another process has it open.
    """
    import pyoxigraph as ox

    if not is_new(path) and not (path / "CURRENT").exists():
        raise ValueError(f"{path}: no store, and not empty; give a new folder")
    store = ox.Store(str(path))
    default = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    if next(default, None) is None:
        store.update(sparql.union())  # whoever filled it may have left that out
    return target_of(store, str(path))


def is_new(path: Path) -> bool:
    """Tell whether there is nothing in a folder yet, after a run that was killed, too."""
    if path.is_dir():
        settle(path)
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))


def fill(path: Path, found: Iterable[Article]) -> Iterator[Article]:
    """Make a store of articles in a new folder, all at once; yield them as they go in.

    The folder is there when all are in, and not before.

    Raises:
        OSError: it cannot be written.
    """
    import pyoxigraph as ox

    with held(path, ()) as place:
        store = ox.Store(str(place.new))
        for some in _some(found):
            for quads in (True, False):
                data = io.BytesIO(b"".join(_lines(a, quads) for a in some))
                store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
            yield from some
        store.optimize()  # what was loaded in pieces is read from one
        store.flush()
        del store  # closes it
        put_in_place(place)


def _some(found: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(found)
    while some := list(islice(source, _AT_ONCE)):
        yield some


def _lines(article: Article, quads: bool) -> bytes:
    """Return an article's N-Quads, in its graph or in the default graph."""
    if not quads:
        return article.data
    tail = f" <{article.graph}> .\n"
    return "".join(t.removesuffix(" .\n") + tail for t in article.triples).encode()


def target_of(store: ox.Store, name: str) -> Target:
    """Return a store that is open already, on disk or in memory, as a place to load into."""
    return Target(
        name=name,
        put=lambda article: _put(store, article),
        delete=lambda graph: store.update(";\n".join(_drop(graph))),
        count=lambda graph: _count(store, graph),
        graphs=lambda: _graphs(store),
    )


def _put(store: ox.Store, article: Article) -> None:
    # One request is one transaction: a crash leaves the old article or the new one.
    parts = _drop(article.graph)
    every = len(article.triples) or 1
    parts += sparql.inserts(article.graph, article.triples, every)
    parts += sparql.inserts("", article.triples, every)
    store.update(";\n".join(parts))


def _drop(graph: str) -> list[str]:
    return [sparql.drop_lone(graph), sparql.drop(graph)]


def _count(store: ox.Store, graph: str) -> int:
    return int(_rows(store, sparql.count(graph))[0]["n"].value)


def _graphs(store: ox.Store) -> Iterable[str]:
    return [row["g"].value for row in _rows(store, sparql.graphs())]


def _rows(store: ox.Store, query: str) -> list[Any]:
    results: Any = store.query(query)
    return list(results)
