"""Which provider, as the environment names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from alongside.errors import AskedWronglyError

_NAMES = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
OWN_ACCOUNT = "your organisation's own account"
"""What a provider without a name is called: in records as here, on pages in the reader's language."""


@dataclass(frozen=True)
class Provider:
    """A council's own provider.

    Attributes:
        issuer: its address, exactly as it gives it.
        client_id: what it calls us.
        client_secret: what we use to show that it is us.
        name: as shown on the button.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str


def provider_named(environment: Mapping[str, str]) -> Provider | None:
    """Return the provider that an environment names; None if it names none.

    Raises:
        AskedWronglyError: only part of it is named, or its address is not https.
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


def is_safe(address: str, *, named_by: str | None = None) -> bool:
    """Whether nobody can listen in between us and an address: https, or this very machine.

    Args:
        address: all of it; one with a user name or a fragment is not safe.
        named_by: the address of whoever names it. Only a provider on this machine may name others here, or it
            could make us call services that only this machine can reach.
    """
    try:
        parts = urlsplit(address)
        if not parts.hostname or "@" in parts.netloc or "#" in address or parts.port == 0:
            return False
    except ValueError:
        return False
    if _is_here(parts.hostname):
        near = named_by is None or _is_here(urlsplit(named_by).hostname or "")
        return near and parts.scheme in ("http", "https")
    return parts.scheme == "https"


def _is_here(host: str) -> bool:
    if host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost"):
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_loopback or mapped.is_unspecified or mapped.is_link_local
