"""Pages from the web: from public servers alone, within bounds of time and size."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kgbuild.readers.addresses import is_address, sendable

TIMEOUT = 30.0
"""Seconds that a server may be silent."""
SECONDS = 120.0
"""Seconds that a download may take in all."""
PRIVATE = (
    "is on a private network; give --allow-private if it is yours and meant to be read"
)
_HEADERS = {"User-Agent": "kgbuild", "Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server sent: ``promised`` is the length that it told, or None."""

    data: bytes
    media: str
    promised: int | None


class PrivateError(OSError):
    """An address leads to this machine or its own network."""


def fetch(url: str, *, limit: int, allow_private: bool = False) -> Page:
    """Return what is at an address, of which at most ``limit`` bytes and one are read.

    Every server is looked up and checked before it is spoken to, after redirects too.

    Raises:
        OSError: the address makes no sense, is private, or the server does not answer.
    """
    late = threading.Event()
    open: list[socket.socket] = []
    timer = threading.Timer(SECONDS, _stop, (late, open))
    timer.daemon = True
    timer.start()
    try:
        page = _asked(url, limit, open, allow_private)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise OSError(_LATE) from None
        reason = getattr(error, "reason", None)
        if isinstance(reason, PrivateError):
            raise reason from None
        if isinstance(error, OSError):
            raise
        raise OSError(f"address or answer makes no sense: {error}") from None
    finally:
        timer.cancel()
    if late.is_set():
        raise OSError(_LATE)
    return page


def _asked(
    url: str, limit: int, open: list[socket.socket], allow_private: bool
) -> Page:
    address, headers = sendable(url)
    request = urllib.request.Request(address, headers=_HEADERS)
    for name, value in headers.items():
        # never sent on to where the server leads
        request.add_unredirected_header(name, value)
    with _opener(open, allow_private).open(request, timeout=TIMEOUT) as answer:
        return _page(answer, limit)


_LATE = f"the download takes longer than {SECONDS:.0f} seconds"


def _page(answer: http.client.HTTPResponse, limit: int) -> Page:
    promised = answer.headers.get("Content-Length", "")
    chunked = answer.headers.get("Transfer-Encoding")
    try:
        data = answer.read(limit + 1)
    except http.client.IncompleteRead as error:
        data, promised = error.partial, str(len(error.partial) + 1)
    known = promised.isdecimal() and (not chunked or len(data) < int(promised))
    return Page(
        data=data,
        media=answer.headers.get("Content-Type", ""),
        promised=int(promised) if known else None,
    )


def _stop(late: threading.Event, open: list[socket.socket]) -> None:
    late.set()
    for connection in open:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue  # it is closed already


# -- who may be spoken to ------------------------------------------------------------------


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the internet at large.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or _translated(ip)
        if inside:
            return is_public(str(inside))
    return ip.is_global and not ip.is_multicast


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that NAT64 makes of one of its own."""
    if ip in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _check(host: str, port: int) -> list[Any]:
    """Return the socket addresses of a server.

    Raises:
        PrivateError: one of them is not public.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(str(place[4][0])) for place in found):
        raise PrivateError(PRIVATE)
    return [place[4] for place in found]


def _connected(
    address: tuple[str, int], timeout: float, source: Any = None
) -> socket.socket:
    """Connect to an address as it was checked, so that no second look-up tells another."""
    fault: OSError | None = None
    for place in _check(*address):
        try:
            return socket.create_connection(place[:2], timeout, source)
        except OSError as error:
            fault = error
    raise fault or OSError("the server's name leads nowhere")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to web addresses, and to nothing else."""

    def http_error_302(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any
    ) -> Any:
        told = headers.get("Location") or headers.get("URI") or ""
        if not is_address(urllib.parse.urljoin(req.full_url, told)):
            raise OSError("the server leads to what is no web address")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        address = sendable(newurl)[0]
        return super().redirect_request(req, fp, code, msg, headers, address)


def _opener(
    open: list[socket.socket], allow_private: bool
) -> urllib.request.OpenerDirector:
    """Return an opener for web addresses alone, which lists the sockets it opens."""
    proxies = urllib.request.getproxies()

    def made(kind: type[http.client.HTTPConnection]) -> Callable[..., Any]:
        class Connection(kind):  # type: ignore[misc, valid-type]
            def connect(self) -> None:
                if not allow_private and not _is_proxy(self.host, proxies):
                    self._create_connection = _connected
                super().connect()
                open.append(self.sock)

        return Connection

    class Plain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(made(http.client.HTTPConnection), req)

    class Secure(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(made(http.client.HTTPSConnection), req)

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        Plain(),
        Secure(),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    if not allow_private and proxies:
        opener.add_handler(_BehindProxy())
    return opener


def _is_proxy(host: str, proxies: dict[str, str]) -> bool:
    return any(host in address for address in proxies.values())


class _BehindProxy(urllib.request.BaseHandler):
    """Checks servers that a proxy is asked for, as far as they can be looked up here."""

    handler_order = 100  # before the proxy takes the server's place

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        host = req.host.rpartition(":")[0] or req.host
        try:
            _check(host.strip("[]"), 80)
        except socket.gaierror:
            return req  # the proxy alone knows
        return req

    https_request = http_request
