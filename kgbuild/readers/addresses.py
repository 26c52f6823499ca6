"""Web addresses: as a server wants them, and as they may be shown."""

from __future__ import annotations

import base64
import re
import urllib.parse

_SAFE = "/%:@!$&'()*+,;=~-._?"
_SECRET = re.compile(
    r"(?:.*[_.-])?(?:(?:api|access|private|secret|subscription|app)?[_-]?key|token|auth|"
    r"authorization|sig|signature|secret|pass|passwd|password|passphrase|pwd|credentials?|"
    r"session(?:id)?|sid|jwt|bearer|access[_-]?token|client[_-]?secret|hmac|login|user(?:name)?)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_address(name: str) -> bool:
    """Tell whether an input is a web address.

    >>> is_address("HTTPS://example.org/"), is_address("visit.txt")
    (True, False)
    """
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def shown(url: str) -> str:
    """Return an address without what only its user may know: names, passwords, keys.

    What is no web address comes back as it is.

    >>> shown("https://me:pw@example.org/a?id=7&api_key=abc#access_token=x")
    'https://example.org/a?id=7'
    """
    if not is_address(url):
        return url
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return re.sub(
            r"//[^/@]*@|[?#].*", lambda m: "//" if m[0][0] == "/" else "", url
        )
    host = parts.netloc.rpartition("@")[2]
    query = "&".join(p for p in parts.query.split("&") if not _is_secret(p))
    fragment = "" if any(map(_is_secret, parts.fragment.split("&"))) else parts.fragment
    return parts._replace(netloc=host, query=query, fragment=fragment).geturl()


def _is_secret(pair: str) -> bool:
    name, equals, _ = pair.partition("=")
    name = _CAMEL.sub("_", urllib.parse.unquote(name))
    return bool(equals) and _SECRET.fullmatch(name) is not None


def sendable(url: str) -> tuple[str, dict[str, str]]:
    """Return an address in ASCII, without user and fragment, and the header for the user.

    Raises:
        ValueError: it makes no sense as an address.

    >>> sendable("http://bücher.example/Łódź a?q=é")[0]
    'http://xn--bcher-kva.example/%C5%81%C3%B3d%C5%BA%20a?q=%C3%A9'
    """
    parts = urllib.parse.urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    if not host.isascii():
        name, colon, port = host.partition(":")
        host = name.encode("idna").decode() + colon + port
    if not parts.hostname or re.search(r"[^!-~]|[<>\"\\^`{|}]", host):
        raise ValueError("it names no server")
    path, query = (urllib.parse.quote(p, safe=_SAFE) for p in (parts.path, parts.query))
    headers = {}
    if at:
        told = urllib.parse.unquote(user).encode()
        headers["Authorization"] = "Basic " + base64.b64encode(told).decode()
    made = parts._replace(netloc=host, path=path or "/", query=query, fragment="")
    return made.geturl(), headers
