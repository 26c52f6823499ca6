"""What is loaded: each article's named graph, as N-Triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from kgbuild.rdf.export import batches, lines
from kgbuild.rdf.terms import BASE, check_base, mint
from kgbuild.rdf.triples import plan
from kgbuild.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article's id, the IRI of its named graph, and its distinct triples, a line each."""

    name: str
    graph: str
    triples: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """The triples as a document of N-Triples."""
        return "".join(self.triples).encode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A store: how an article is put in place, taken away, counted, and listed."""

    name: str
    put: Callable[[Article], None]
    delete: Callable[[str], None]
    count: Callable[[str], int]
    graphs: Callable[[], Iterable[str]]


def articles(
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    *,
    base: str = BASE,
    statements: str = "reified",
) -> Iterator[Article]:
    """Yield the articles of a graph, sorted by id."""
    export = plan(vocabulary, base=check_base(base), statements=statements)
    for batch in batches(graph):
        (name,) = batch.documents
        found = tuple(dict.fromkeys(lines(batch, export)))
        yield Article(name=name, graph=graph_of(name, base), triples=found)


def graph_of(name: str, base: str = BASE) -> str:
    """Return the IRI of an article's named graph.

    >>> graph_of("arms-sales-japan")
    'https://w3id.org/kgbuild/id/article/arms-sales-japan'
    """
    return mint(check_base(base), "art", name)[1:-1]


def load(found: Iterable[Article], target: Target) -> Iterator[Article]:
    """Put each article in place and count it there; yield it when that is done.

    What was there of an article is replaced, so that loading again changes nothing.

    Raises:
        ValueError: the store refuses, or holds another number of triples than it was sent.
        OSError: it cannot be reached.
    """
    for article in found:
        target.put(article)
        held, sent = target.count(article.graph), len(article.triples)
        if held != sent:
            raise ValueError(
                f"{target.name}: took {article.name!r}, but holds {held} of its"
                f" {sent} triples; see the server's log"
            )
        yield article


def stale(kept: Iterable[str], target: Target, *, base: str = BASE) -> list[str]:
    """Return the graphs of articles that a store holds beside those to keep, sorted."""
    begin = check_base(base) + "article/"
    known = set(kept)
    return sorted(g for g in target.graphs() if g.startswith(begin) and g not in known)
