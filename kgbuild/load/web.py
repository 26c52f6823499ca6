"""Asking a server: with credentials, again where it is busy, and never without bounds."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from urllib3.util import Retry

_WAIT = (10, 300)  # seconds to connect, and between bytes of the answer
_IN_ALL = 600  # seconds that an answer may take
_PAUSE = 30  # seconds that a busy server may make us pause, whatever it asks for
_MOST = 1 << 29  # bytes of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered: ``kind`` is its content type, without parameters."""

    address: str
    status: int
    reason: str
    kind: str
    data: bytes
    place: str = ""


Send = Callable[..., Answer]


def sender(retries: int = 4, environment: Mapping[str, str] = os.environ) -> Send:
    """Return a function that sends a request and returns the answer, whatever it is.

    It raises ``OSError`` where there is none, or none within bounds.
    """
    session = requests.Session()
    # Whatever is sent may be sent again: it asks, puts, deletes or inserts the same.
    policy = Retry(
        total=retries,
        read=min(retries, 1),
        backoff_factor=0.5,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=None,
        raise_on_status=False,
        retry_after_max=_PAUSE,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=policy))
    if token := environment.get("KGBUILD_TOKEN"):
        session.headers["Authorization"] = f"Bearer {token}"
    user = environment.get("KGBUILD_USER")
    password = environment.get("KGBUILD_PASSWORD", "")

    def send(method: str, address: str, **options: Any) -> Answer:
        plain = address.partition("?")[0]
        given = {"timeout": _WAIT, "stream": True, "allow_redirects": False, **options}
        try:
            answer = session.request(method, address, **given)
            if answer.status_code == 401 and user and session.auth is None:
                answer.close()
                session.auth = _credentials(answer, user, password)
                answer = session.request(method, address, **given)
            with answer:
                return _answer(plain, answer)
        except requests.Timeout:
            raise OSError(f"{plain}: does not answer; is the server busy?") from None
        except requests.ConnectionError:
            message = f"{plain}: cannot be reached; is the server running?"
            raise OSError(message) from None
        except requests.RequestException as error:
            raise OSError(f"{plain}: {shown(str(error))}") from None

    return send


def checked(answer: Answer, what: str) -> Answer:
    """Return an answer that says that it is done.

    Raises:
        ValueError: it says something else; the message says what, and what to do.
    """
    if 200 <= answer.status < 300:
        return answer
    said = shown(answer.data[:2000].decode("utf-8", "replace"))
    reason = shown(f"{answer.status} {answer.reason}")
    hint = ""
    if answer.status in (401, 403):
        hint = "; set KGBUILD_USER and KGBUILD_PASSWORD, or KGBUILD_TOKEN"
    if 300 <= answer.status < 400:
        said, hint = "", f"; it points to {shown(answer.place)}: give the right address"
    raise ValueError(
        f"{answer.address}: {what}: {reason}{f': {said}' if said else ''}{hint}"
    )


def shown(text: str, most: int = 200) -> str:
    """Return a stranger's text for one line on a terminal, without markup.

    >>> shown("<h1>Log\\x1b[2J in</h1>")
    'Log [2J in'
    """
    plain = re.sub(
        r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE
    )
    kept = "".join(c if c.isprintable() else " " for c in plain)
    return " ".join(kept.split())[:most]


def _answer(address: str, answer: requests.Response) -> Answer:
    start, parts, size = time.monotonic(), [], 0
    for part in answer.iter_content(1 << 16):
        parts.append(part)
        size += len(part)
        if size > _MOST:
            raise OSError(
                f"{address}: answers more than {_MOST >> 20} MiB; ask for less"
            )
        if time.monotonic() - start > _IN_ALL:
            raise OSError(f"{address}: its answer took more than {_IN_ALL} s")
    return Answer(
        address=address,
        status=answer.status_code,
        reason=answer.reason or "",
        kind=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        data=b"".join(parts),
        place=answer.headers.get("Location", ""),
    )


def _credentials(
    answer: requests.Response, user: str, password: str
) -> HTTPBasicAuth | HTTPDigestAuth:
    # A password goes out in the clear only to a server that does not ask for digest.
    asked = answer.headers.get("WWW-Authenticate", "").lower()
    if asked.startswith("digest"):
        return HTTPDigestAuth(user, password)
    return HTTPBasicAuth(user.encode("utf-8"), password.encode("utf-8"))
