"""Asking the provider: bounded in size and time, and never led elsewhere."""

import json
import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from alongside.casework.accounts.sign_on.provider import is_safe
from alongside.casework.kernel.errors import CaseworkError

_SECONDS = 5.0
_SECONDS_IN_ALL = 10.0
"""One that sends a letter now and then is never silent for long, and would hold us for ever."""
_BYTES = 262_144


_KEPT_FOR = 300.0
"""Seconds for which what a provider says of itself and its keys is kept. A key that it has withdrawn is taken
for no longer; a new one is asked for at once, see ``flow``."""
_REFUSAL_KEPT_FOR = 10.0
"""Seconds for which one that is away is not asked again: anybody may press the button, and would wait."""


class SignOnRefusedError(CaseworkError):
    """Nobody was signed in; the message says why to whoever runs Alongside, and says nothing of anybody."""


def ask(
    address: str, *, form: dict[str, str] | None = None, authorization: str | None = None
) -> dict[str, Any]:
    """Return the JSON object at an address of the provider.

    Args:
        address: of https, or on this machine.
        form: posted, where there is one.
        authorization: the header of that name.

    Raises:
        SignOnRefusedError: it cannot be had, leads elsewhere, is too large or too slow, or is no object.
    """
    if not is_safe(address):
        raise SignOnRefusedError("The provider names an address that is not one of https.")
    headers = {"Accept": "application/json", "User-Agent": "Alongside"}
    if authorization:
        headers["Authorization"] = authorization
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode(form) if form is not None else None
    try:
        status, told = _fetched(address, "GET" if form is None else "POST", body, headers)
        found = json.loads(told) if status == 200 and len(told) <= _BYTES else None
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise SignOnRefusedError("The provider could not be reached, or did not answer in JSON.") from error
    if status != 200:  # a redirect too: a secret must not follow one
        raise SignOnRefusedError(f"The provider answered {status} where it should answer 200.")
    if not isinstance(found, dict):
        raise SignOnRefusedError("The provider answered with something other than it should.")
    return found


_kept: dict[str, tuple[float, dict[str, Any] | str]] = {}
"""Until when, and what was answered: or in a text, why it was refused."""


def ask_seldom(address: str, *, anew: bool = False) -> dict[str, Any]:
    """Return what is at an address as ``ask`` does, or did some minutes ago; nobody must change it.

    Args:
        address: of what a provider says to everybody, such as its keys.
        anew: ask now, whatever was answered before.

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
    """Keep nothing that was answered before."""
    _kept.clear()


def _fetched(address: str, method: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
    connection.connect()
    # the connection itself forgets its socket as soon as the head of an answer is there
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
    """End it, whatever it waits for."""
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
