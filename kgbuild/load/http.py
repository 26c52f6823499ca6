"""A triple store on the network: SPARQL 1.1 Graph Store Protocol, or else SPARQL Update.

An article is one PUT, which replaces what was there, so that loading can be repeated and
resumed. Who knows the password is asked for nothing: ``KGBUILD_USER`` and
``KGBUILD_PASSWORD`` (basic or digest, as the server asks), or ``KGBUILD_TOKEN`` (bearer).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from urllib3.util import Retry

from kgbuild.load import sparql
from kgbuild.load.articles import Article, Target
from kgbuild.tables import resource

_LACKING = (404, 405, 415, 501)
"""How servers say that they have no Graph Store Protocol there."""
_WAIT = (10, 600)  # seconds to connect, and between bytes of the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The addresses of a store; ``query`` and ``update`` may be unknown."""

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
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{given}: not an address of http or https")
        if parts.username is not None or parts.password is not None:
            name = f"{parts.scheme}://{parts.hostname}{parts.path}"
            hint = "set KGBUILD_USER and KGBUILD_PASSWORD instead"
            raise ValueError(f"{name}: no passwords in addresses; {hint}")
    for known in tomllib.loads(resource("rdf/endpoints.toml")).values():
        if address.endswith(known["graphs"]):
            root = address.removesuffix(known["graphs"])
            query = query or root + known["query"]
            update = update or root + known["update"]
            break
    return Endpoint(graphs=address, query=query, update=update)


def open_http(
    place: Endpoint,
    *,
    retries: int = 4,
    environment: Mapping[str, str] = os.environ,
) -> Target:
    """Return a store on the network; nothing is sent before it is used."""
    send = _sender(retries, environment)
    return Target(
        name=place.graphs,
        put=lambda article: _put(send, place, article),
        delete=lambda graph: _delete(send, place, graph),
        count=lambda graph: _count(send, place, graph),
        graphs=lambda: _graphs(send, place),
    )


Send = Callable[..., requests.Response]


def _sender(retries: int, environment: Mapping[str, str]) -> Send:
    session = requests.Session()
    # Whatever is sent may be sent again: it puts, deletes or inserts the same.
    policy = Retry(
        total=retries,
        backoff_factor=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=None,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=policy))
    if token := environment.get("KGBUILD_TOKEN"):
        session.headers["Authorization"] = f"Bearer {token}"
    user = environment.get("KGBUILD_USER")
    password = environment.get("KGBUILD_PASSWORD", "")

    def send(method: str, address: str, **options: Any) -> requests.Response:
        try:
            answer = session.request(method, address, timeout=_WAIT, **options)
            if answer.status_code == 401 and user and session.auth is None:
                session.auth = _credentials(answer, user, password)
                answer = session.request(method, address, timeout=_WAIT, **options)
        except requests.ConnectionError:
            message = f"{address}: cannot be reached; is the server running?"
            raise OSError(message) from None
        except requests.RequestException as error:
            raise OSError(f"{address}: {error}") from None
        return answer

    return send


def _credentials(
    answer: requests.Response, user: str, password: str
) -> HTTPBasicAuth | HTTPDigestAuth:
    # A password goes out in the clear only to a server that does not ask for digest.
    asked = answer.headers.get("WWW-Authenticate", "").lower()
    if asked.startswith("digest"):
        return HTTPDigestAuth(user, password)
    return HTTPBasicAuth(user.encode("utf-8"), password.encode("utf-8"))


def _checked(answer: requests.Response, what: str) -> requests.Response:
    if answer.ok:
        return answer
    said = re.sub(r"<[^>]*>|\s+", " ", answer.text).strip()[:200]
    reason = f"{answer.status_code} {answer.reason}".strip()
    hint = ""
    if answer.status_code in (401, 403):
        hint = "; set KGBUILD_USER and KGBUILD_PASSWORD, or KGBUILD_TOKEN"
    address = answer.url.partition("?")[0]
    message = f"{address}: {what}: {reason}{f': {said}' if said else ''}{hint}"
    raise ValueError(message)


def _put(send: Send, place: Endpoint, article: Article) -> None:
    answer = send(
        "PUT",
        place.graphs,
        params={"graph": article.graph},
        data=article.data,
        headers={"Content-Type": "application/n-triples"},
    )
    if answer.status_code in _LACKING and place.update:
        _update(send, place, sparql.drop(article.graph))
        for request in sparql.inserts(article.graph, article.triples):
            _update(send, place, request)
        return
    _checked(answer, f"PUT of {article.name!r}")


def _delete(send: Send, place: Endpoint, graph: str) -> None:
    answer = send("DELETE", place.graphs, params={"graph": graph})
    if answer.status_code == 404 and not _count(send, place, graph):
        return
    if answer.status_code in _LACKING and place.update:
        _update(send, place, sparql.drop(graph))
        return
    _checked(answer, f"DELETE of <{graph}>")


def _update(send: Send, place: Endpoint, request: str) -> None:
    kind = {"Content-Type": "application/sparql-update; charset=utf-8"}
    answer = send("POST", place.update, data=request.encode("utf-8"), headers=kind)
    _checked(answer, "update")


def _query(send: Send, place: Endpoint, request: str) -> list[dict[str, str]]:
    answer = send(
        "POST",
        place.query,
        data={"query": request},
        headers={"Accept": "application/sparql-results+json"},
    )
    found = _checked(answer, "query").json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]


def _count(send: Send, place: Endpoint, graph: str) -> int:
    if place.query:
        return int(_query(send, place, sparql.count(graph))[0]["n"])
    import pyoxigraph as ox

    answer = send(
        "GET",
        place.graphs,
        params={"graph": graph},
        headers={"Accept": "application/n-triples"},
    )
    if answer.status_code == 404:
        return 0
    data = _checked(answer, "GET").content
    return len(set(ox.parse(data, format=ox.RdfFormat.N_TRIPLES)))


def _graphs(send: Send, place: Endpoint) -> list[str]:
    if not place.query:
        raise ValueError(f"{place.graphs}: say where to query with --query ADDRESS")
    return [row["g"] for row in _query(send, place, sparql.graphs())]
