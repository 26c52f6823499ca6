"""A triple store on the network: SPARQL 1.1 Graph Store Protocol, or else SPARQL Update.

An article is one PUT, which replaces what was there, so that loading can be repeated and
resumed. Who knows the password is asked for nothing: ``KGBUILD_USER`` and
``KGBUILD_PASSWORD`` (basic or digest, as the server asks), or ``KGBUILD_TOKEN`` (bearer).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kgbuild.load import sparql
from kgbuild.load.articles import Article, Target
from kgbuild.load.web import Answer, Send, checked, sender, shown
from kgbuild.tables import resource

if TYPE_CHECKING:
    import pyoxigraph as ox

_LACKING = (404, 405, 415, 501)
"""How servers say that they have no Graph Store Protocol there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The addresses of a store; all but one may be unknown."""

    graphs: str
    query: str = ""
    update: str = ""


def endpoint(address: str, *, query: str = "", update: str = "") -> Endpoint:
    """Return the addresses of a store, the others told by the first where it is known.

    Raises:
        ValueError: it is no address of http(s), or holds a password.

    >>> endpoint("http://127.0.0.1:7878/store").query
    'http://127.0.0.1:7878/query'
    """
    for given in filter(None, (address, query, update)):
        _check(given)
    for known in _known():
        if address.endswith(known["graphs"]):
            root = address.removesuffix(known["graphs"])
            query = query or root + known["query"]
            update = update or root + known["update"]
            break
    return Endpoint(graphs=address, query=query, update=update)


def queried(address: str) -> Endpoint:
    """Return where a server takes queries: the address itself, or what goes with it.

    >>> queried("http://127.0.0.1:7878/store").query
    'http://127.0.0.1:7878/query'
    >>> queried("http://127.0.0.1:3030/ds/sparql").query
    'http://127.0.0.1:3030/ds/sparql'
    """
    place = endpoint(address)
    return Endpoint(graphs="", query=place.query or address)


def _known() -> list[dict[str, str]]:
    return list(tomllib.loads(resource("rdf/endpoints.toml")).values())


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{address}: not an address of http or https")
    if parts.username is not None or parts.password is not None:
        name = f"{parts.scheme}://{parts.hostname}{parts.path}"
        hint = "set KGBUILD_USER and KGBUILD_PASSWORD instead"
        raise ValueError(f"{name}: no passwords in addresses; {hint}")


def open_http(
    place: Endpoint,
    *,
    retries: int = 4,
    environment: Mapping[str, str] = os.environ,
) -> Target:
    """Return a store on the network; nothing is sent before it is used."""
    send = sender(retries, environment)
    return Target(
        name=place.graphs,
        put=lambda article: _put(send, place, article),
        delete=lambda graph: _delete(send, place, graph),
        count=lambda graph: _count(send, place, graph),
        graphs=lambda: _graphs(send, place),
    )


def _put(send: Send, place: Endpoint, article: Article) -> None:
    answer = send(
        "PUT",
        place.graphs,
        params={"graph": article.graph},
        data=article.data,
        headers={"Content-Type": "application/n-triples"},
    )
    if answer.status in _LACKING and place.update:
        _update(send, place, sparql.drop(article.graph))
        for request in sparql.inserts(article.graph, article.triples):
            _update(send, place, request)
        return
    checked(answer, f"PUT of {article.name!r}")


def _delete(send: Send, place: Endpoint, graph: str) -> None:
    answer = send("DELETE", place.graphs, params={"graph": graph})
    if answer.status == 404 and not _count(send, place, graph):
        return
    if answer.status in _LACKING and place.update:
        _update(send, place, sparql.drop(graph))
        return
    checked(answer, f"DELETE of <{graph}>")


def _update(send: Send, place: Endpoint, request: str) -> None:
    kind = {"Content-Type": "application/sparql-update; charset=utf-8"}
    answer = send("POST", place.update, data=request.encode("utf-8"), headers=kind)
    checked(answer, "update")


def _rows(send: Send, place: Endpoint, request: str) -> list[dict[str, str]]:
    results: Any = solve(send, place, request)
    try:
        names = [v.value for v in results.variables]
        return [{n: row[n].value for n in names if row[n]} for row in results]
    except AttributeError:
        raise ValueError(f"{place.query}: its answer holds no rows") from None


def solve(
    send: Send, place: Endpoint, request: str
) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
    """Put SPARQL to a server; return solutions, yes or no, or triples.

    Raises:
        ValueError: it refuses, or answers something else; the message says what.
        OSError: it cannot be reached, or does not answer in time.
    """
    answer = send(
        "POST",
        place.query,
        data={"query": request},
        headers={"Accept": f"{_JSON}, {_TRIPLES};q=0.9"},
    )
    results: ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]
    results = _results(checked(answer, "query"))
    return results


_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"


def _results(answer: Answer) -> Any:
    import pyoxigraph as ox

    try:
        if answer.kind in (_JSON, "application/json"):
            return _solutions(answer.data)
        if answer.kind in (_TRIPLES, "text/turtle", "application/turtle"):
            return [
                quad.triple
                for quad in ox.parse(answer.data, format=ox.RdfFormat.TURTLE)
            ]
        reason = ""
    except SyntaxError as error:
        reason = f" ({shown(str(error), 80)})"
    said = shown(answer.data[:2000].decode("utf-8", "replace"), 80) or "nothing"
    raise ValueError(
        f"{answer.address}: answers {said!r}, as {shown(answer.kind) or 'no type'},"
        f" which is no result of SPARQL{reason}; is this where it takes queries?"
    )


def _solutions(data: bytes) -> Any:
    import pyoxigraph as ox

    known = ox.QueryResultsFormat.JSON
    found: Any = ox.parse_query_results(data, format=known)
    if isinstance(found, ox.QuerySolutions):
        for _ in found:  # rows are parsed as they are asked for: find faults now
            pass
        found = ox.parse_query_results(data, format=known)
    return found


def _count(send: Send, place: Endpoint, graph: str) -> int:
    if place.query:
        rows = _rows(send, place, sparql.count(graph))
        try:
            return int(rows[0]["n"])
        except (IndexError, KeyError, ValueError):
            raise ValueError(f"{place.query}: does not answer with a number") from None
    import pyoxigraph as ox

    answer = send(
        "GET", place.graphs, params={"graph": graph}, headers={"Accept": _TRIPLES}
    )
    if answer.status == 404:
        return 0
    data = checked(answer, "GET").data
    try:
        return len(set(ox.parse(data, format=ox.RdfFormat.N_TRIPLES)))
    except SyntaxError:
        said = shown(data[:2000].decode("utf-8", "replace"), 80)
        message = f"{place.graphs}: answers {said!r}, which is no N-Triples"
        raise ValueError(message) from None


def _graphs(send: Send, place: Endpoint) -> list[str]:
    if not place.query:
        raise ValueError(f"{place.graphs}: say where to query with --query ADDRESS")
    return [row["g"] for row in _rows(send, place, sparql.graphs())]
