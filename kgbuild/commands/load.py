"""``kgbuild load``: into a triple store, each article a named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgbuild.commands._options import printable
from kgbuild.rdf.terms import BASE

if TYPE_CHECKING:
    from kgbuild.load.articles import Article, Target


def load(
    graph: Annotated[
        Path, typer.Argument(help="What build wrote (kg/), or a file of RDF.")
    ],
    to: Annotated[
        str,
        typer.Option(
            help="Where a server has its Graph Store Protocol, such as"
            " http://127.0.0.1:7878/store; or a folder, for a store without a server."
        ),
    ],
    query: Annotated[
        str, typer.Option(help="Where the server takes queries, if it is not known.")
    ] = "",
    update: Annotated[
        str, typer.Option(help="Where the server takes updates, if it is not known.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Take away articles that GRAPH has not.")
    ] = False,
    delete: Annotated[
        list[str] | None,
        typer.Option(metavar="ARTICLE", help="Take away this article; load nothing."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be done, and send nothing."),
    ] = False,
    base: Annotated[str, typer.Option(help="The namespace of instances.")] = BASE,
    vocabulary: Annotated[
        Path | None, typer.Option(help="The folder of your own vocabulary.")
    ] = None,
    retries: Annotated[
        int,
        typer.Option(min=0, help="How often to try again, after longer and longer."),
    ] = 4,
) -> None:
    """Load a graph into a triple store; articles that are there already are replaced.

    KGBUILD_USER and KGBUILD_PASSWORD, or KGBUILD_TOKEN, let you in where one is needed.
    """
    found = [] if delete else _articles(graph, base, vocabulary)
    if dry_run:
        _foretell(found, delete or [], to)
        return
    filled = None if delete or "://" in to else _filled(Path(to), found)
    target = filled or _target(to, query, update, retries)
    if delete:
        _delete(delete, target, base)
        return
    _load(found, target)
    if replace:
        from kgbuild.load.articles import stale

        for name in stale((article.graph for article in found), target, base=base):
            target.delete(name)
            print(printable(f"took away <{name}>"))


def _filled(path: Path, found: list[Article]) -> Target | None:
    """Make a store of its own where there is none yet; what is left to do is to count."""
    from kgbuild.load.disk import fill, is_new, open_disk

    if not is_new(path):
        return None
    for _ in _shown(fill(path, found), len(found)):
        pass
    return changed(open_disk(path), put=lambda article: None)


def _target(to: str, query: str, update: str, retries: int) -> Target:
    if "://" in to:
        from kgbuild.load.http import endpoint, open_http

        return open_http(endpoint(to, query=query, update=update), retries=retries)
    from kgbuild.load.disk import open_disk

    return open_disk(Path(to))


def _foretell(found: list[Article], delete: list[str], to: str) -> None:
    for article in found:
        print(f"would put {article.name}: {len(article.triples)} triples, into {to}")
    for name in delete:
        print(f"would take away {name}, from {to}")


def _articles(path: Path, base: str, vocabulary: Path | None) -> list[Article]:
    from kgbuild.load.articles import articles
    from kgbuild.query import graph_file
    from kgbuild.rdf.reading import read
    from kgbuild.vocabulary import load_vocabulary

    known = load_vocabulary(vocabulary)
    found = list(articles(read(graph_file(path)), known, base=base))
    if not found:
        raise ValueError(f"{path}: no article in it; is it a graph of kgbuild build?")
    return found


def _load(found: list[Article], target: Target) -> None:
    from kgbuild.load.articles import load as load_all

    done = 0
    try:
        for article in _shown(load_all(found, target), len(found)):
            done += 1
    except (OSError, ValueError) as error:
        state = f"{done} of {len(found)} articles are loaded; run it again to go on"
        raise type(error)(f"{error}\n{state}") from None
    total = sum(len(article.triples) for article in found)
    articles = "1 article" if done == 1 else f"{done} articles"
    print(f"loaded {articles}, {total} triples, into {target.name}")


def _shown(steps: Iterable[Article], total: int) -> Iterator[Article]:
    """Show a progress bar on a terminal, and nothing of the kind in a pipe."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    off = not console.is_terminal
    yield from track(
        steps, "loading", total=total, console=console, disable=off, transient=True
    )


def _delete(names: list[str], target: Target, base: str) -> None:
    from kgbuild.load.articles import graph_of

    for name in names:
        graph = graph_of(name, base)
        held = target.count(graph)
        if not held:
            raise ValueError(f"{target.name}: there is no article {name!r}")
        target.delete(graph)
        print(f"took away {name}: {held} triples")
