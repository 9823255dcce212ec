"""Asking the provider: limited in size and time, and never redirected."""

import json
import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from alongside.casework.accounts.sign_on.provider import is_safe
from alongside.casework.kernel.elsewhere import waiting_elsewhere
from alongside.casework.kernel.errors import CaseworkError

_SECONDS = 5.0
_SECONDS_IN_ALL = 10.0
"""A provider that sends a byte now and then is never silent for long, and would hold us up for ever."""
_BYTES = 262_144


_KEPT_FOR = 300.0
"""Seconds for which what a provider says about itself and its keys is kept. A key that it has withdrawn is
accepted for no longer than this; a new one is asked for at once, see ``flow``."""
_REFUSAL_KEPT_FOR = 10.0
"""Seconds for which a provider that is down is not asked again: anybody can press the button, and wait."""


class SignOnRefusedError(CaseworkError):
    """Nobody was signed in; the message says why, for whoever runs Alongside, and names nobody."""


def ask(
    address: str, *, form: dict[str, str] | None = None, authorization: str | None = None
) -> dict[str, Any]:
    """Return the JSON object at an address of the provider.

    Args:
        address: https, or on this machine.
        form: posted, if there is one.
        authorization: the header of that name.

    Raises:
        SignOnRefusedError: it cannot be fetched, redirects, is too large or too slow, or is not an object.
    """
    if not is_safe(address):
        raise SignOnRefusedError("The provider names an address that is not https.")
    headers = {"Accept": "application/json", "User-Agent": "Alongside"}
    if authorization:
        headers["Authorization"] = authorization
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode(form) if form is not None else None
    try:
        with waiting_elsewhere():
            status, told = _fetched(address, "GET" if form is None else "POST", body, headers)
        found = json.loads(told) if status == 200 and len(told) <= _BYTES else None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise SignOnRefusedError("The provider could not be reached, or did not answer in JSON.") from error
    if status != 200:  # a redirect too: a secret must not follow one
        raise SignOnRefusedError(f"The provider answered {status} instead of 200.")
    if not isinstance(found, dict):
        raise SignOnRefusedError("The provider's answer is too large, or is not a JSON object.")
    return found


_kept: dict[str, tuple[float, dict[str, Any] | str]] = {}
"""When it expires, and the answer; or, if it is a string, why it was refused."""


def ask_seldom(address: str, *, anew: bool = False) -> dict[str, Any]:
    """Return what is at an address, as ``ask`` does now or did some minutes ago; callers must not change it.

    Args:
        address: of something a provider tells everybody, such as its keys.
        anew: ask now, even if there is an earlier answer.

    Raises:
        SignOnRefusedError: as in ``ask``, now or some seconds ago.
    """
    until, found = _kept.get(address, (0.0, ""))
    if anew or monotonic() >= until:
        try:
            found = ask(address)
        except SignOnRefusedError as error:
            found = str(error)
        now = monotonic()
        for each, (ends, _) in list(_kept.items()):
            if ends <= now:
                _kept.pop(each, None)
        _kept[address] = now + (_REFUSAL_KEPT_FOR if isinstance(found, str) else _KEPT_FOR), found
    if isinstance(found, str):
        raise SignOnRefusedError(found)
    return found


def forget_all() -> None:
    """Forget every earlier answer."""
    _kept.clear()


def _fetched(address: str, method: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
    connection.connect()
    # the connection itself drops its socket as soon as an answer's headers have arrived
    at_last = threading.Timer(_SECONDS_IN_ALL, _cut, [connection.sock])
    at_last.daemon = True
    at_last.start()
    try:
        path = parts.path or "/"
        connection.request(method, f"{path}?{parts.query}" if parts.query else path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_BYTES + 1)
    finally:
        at_last.cancel()
        connection.close()


def _cut(connected: socket.socket) -> None:
    """Cut the connection, whatever it is waiting for."""
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
