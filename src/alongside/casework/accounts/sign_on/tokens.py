"""Checking an id token (OpenID Connect Core 1.0, section 3.1.3.7): who signed it, for whom, until when."""

import base64
import hmac
import json
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from alongside.casework.accounts.sign_on.asking import SignOnRefusedError
from alongside.casework.accounts.sign_on.provider import Provider

_CLOCKS_DIFFER = 60
_LONGEST_SUBJECT = 255
_SHORTEST_KEY, _LONGEST_KEY = 2048, 8192


class UnknownKeyError(SignOnRefusedError):
    """None of the keys given signed it: the provider may have a new one, perhaps under an old name."""


def claims_of(
    token: object, *, keys: dict[str, Any], provider: Provider, nonce: str, at: datetime
) -> dict[str, Any]:
    """Return what an id token says.

    Only RS256 is accepted, which every provider has: the token itself must not choose how it is checked.

    Args:
        token: as the provider gave it.
        keys: the provider's set of keys.
        provider: the one that must have made it.
        nonce: what this browser's sign-in started with.
        at: now.

    Raises:
        UnknownKeyError: it is not signed with a key that the provider had when these were fetched.
        SignOnRefusedError: it is not for us, not for this sign-in, or too old.
    """
    if not isinstance(token, str) or token.count(".") != 2:
        raise SignOnRefusedError("The provider gave no id token.")
    head, body, signature = token.split(".")
    header, claims = _object(head), _object(body)
    if header.get("alg") != "RS256" or "crit" in header:
        raise SignOnRefusedError("The id token is not signed with RS256.")
    try:
        _key(keys, header.get("kid")).verify(
            _bytes(signature), f"{head}.{body}".encode("ascii"), PKCS1v15(), SHA256()
        )
    except InvalidSignature:
        raise UnknownKeyError("The id token is not signed by the provider.") from None
    _must_be_ours(claims, provider)
    now = at.timestamp()
    if _time(claims, "exp") + _CLOCKS_DIFFER <= now:
        raise SignOnRefusedError("The id token is too old.")
    if _time(claims, "iat") - _CLOCKS_DIFFER >= now:
        raise SignOnRefusedError("The id token is dated in the future.")
    if "nbf" in claims and _time(claims, "nbf") - _CLOCKS_DIFFER > now:
        raise SignOnRefusedError("The id token is not valid yet.")
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise SignOnRefusedError("The id token was made for another sign-in.")
    return claims


def _must_be_ours(claims: dict[str, Any], provider: Provider) -> None:
    if claims.get("iss") != provider.issuer:
        raise SignOnRefusedError("The id token is from another provider.")
    for_whom = claims.get("aud")
    for_whom = for_whom if isinstance(for_whom, list) else [for_whom]
    # we trust no other party, so a token that is also for another is not for us
    if not for_whom or any(each != provider.client_id for each in for_whom):
        raise SignOnRefusedError("The id token is not for Alongside alone.")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise SignOnRefusedError("The id token is not for Alongside.")
    about = claims.get("sub")
    if not isinstance(about, str) or not about:
        raise SignOnRefusedError("The id token is about nobody.")
    if len(about) > _LONGEST_SUBJECT or not about.isascii() or not about.isprintable():
        raise SignOnRefusedError("The id token's subject is one that the standard does not allow.")


def _key(keys: dict[str, Any], kid: object) -> RSAPublicKey:
    listed = keys.get("keys")
    fit = [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict) and key.get("kty") == "RSA" and key.get("use", "sig") == "sig"
        and key.get("alg", "RS256") == "RS256" and (kid is None or key.get("kid") == kid)
    ]  # fmt: skip
    if len(fit) != 1:
        raise UnknownKeyError("The provider has no such key.")
    try:
        e, n = (int.from_bytes(_bytes(fit[0].get(part))) for part in ("e", "n"))
        key = RSAPublicNumbers(e, n).public_key()
    except ValueError as error:
        raise SignOnRefusedError("The provider's key cannot be read.") from error
    if not _SHORTEST_KEY <= key.key_size <= _LONGEST_KEY:
        raise SignOnRefusedError("The provider's key is too short or too long.")
    return key


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise SignOnRefusedError("The id token cannot be read.") from error
    if not isinstance(found, dict):
        raise SignOnRefusedError("The id token cannot be read.")
    return found


def _bytes(part: object) -> bytes:
    if not isinstance(part, str) or not part.isascii():
        raise SignOnRefusedError("The provider sent something that is not base64.")
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise SignOnRefusedError("The provider sent something that is not base64.") from error


def _time(claims: dict[str, Any], which: str) -> int:
    value = claims.get(which)
    if not isinstance(value, int) or isinstance(value, bool):
        raise SignOnRefusedError(f"The id token has no {which}.")
    return value
