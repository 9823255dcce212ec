"""Which provider, as the environment names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
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


def is_safe(address: str, *, named_by: str | None = None) -> bool:
    """Whether nobody between us and an address can listen: https, or this very machine.

    Args:
        address: the whole of it, without anybody's name and without a fragment.
        named_by: the address of whoever names it; only a provider on this machine may name others here, or it
            could have us ask what listens to this machine alone.
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
