"""Asking the provider: bounded in size and time, and never led elsewhere."""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

from alongside.casework.accounts.sign_on.provider import is_safe
from alongside.casework.kernel.errors import CaseworkError

_SECONDS = 5.0
_BYTES = 262_144


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
    body = urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(address, body, headers)  # noqa: S310 - its scheme was looked at
    opener = urllib.request.OpenerDirector()  # without redirects: a secret must not follow one
    for handler in (
        urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(),
        urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            told = answer.read(_BYTES + 1)
        found = json.loads(told) if len(told) <= _BYTES else None
    except urllib.error.HTTPError as error:
        error.close()
        raise SignOnRefusedError(f"The provider answered {error.code} where it should answer 200.") from None
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        raise SignOnRefusedError("The provider could not be reached, or did not answer in JSON.") from error
    if not isinstance(found, dict):
        raise SignOnRefusedError("The provider answered with something other than it should.")
    return found
