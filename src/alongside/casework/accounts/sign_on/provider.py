"""Which provider, as the environment names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from alongside.errors import AskedWronglyError

_NAMES = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
OWN_ACCOUNT = "your organisation's own account"
"""What a provider without a name is called: so in what is recorded, and on pages in the reader's language."""


@dataclass(frozen=True)
class Provider:
    """A council's own provider.

    Attributes:
        issuer: its address, exactly as it says of itself.
        client_id: what it calls us.
        client_secret: with which we show that it is us.
        name: as the button calls it.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str


def provider_named(environment: Mapping[str, str]) -> Provider | None:
    """Return the provider that an environment names; None where it names none.

    Raises:
        AskedWronglyError: only a part of it is named, or its address is not one of https.
    """
    given = [environment.get(f"ALONGSIDE_SIGN_ON_{name}", "").strip() for name in _NAMES]
    if not any(given):
        return None
    if not all(given):
        named = ", ".join(f"ALONGSIDE_SIGN_ON_{name}" for name in _NAMES)
        raise AskedWronglyError(f"A council's own sign-on needs all of {named}.")
    issuer, client_id, client_secret = given
    if not is_safe(issuer):
        raise AskedWronglyError("ALONGSIDE_SIGN_ON_ISSUER must be an address that begins with https://.")
    name = environment.get("ALONGSIDE_SIGN_ON_NAME", "").strip() or OWN_ACCOUNT
    return Provider(issuer, client_id, client_secret, name)


def is_safe(address: str) -> bool:
    """Whether nobody between us and an address can listen: https, or this very machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )
