"""Leading somebody to the provider, and finding out who came back."""

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from alongside.casework.accounts.sign_on.asking import SignOnRefusedError, ask, ask_seldom
from alongside.casework.accounts.sign_on.provider import Provider, is_safe
from alongside.casework.accounts.sign_on.tokens import UnknownKeyError, claims_of


@dataclass(frozen=True)
class Departure:
    """What a browser's session remembers of a sign-in that it started: nobody else can know it."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)


def address_to_go_to(provider: Provider, departure: Departure, *, back_to: str) -> str:
    """Return the provider's page for signing in.

    Raises:
        SignOnRefusedError: the provider does not say where that is.
    """
    page = _address(_described(provider), "authorization_endpoint", provider)
    challenge = base64.urlsafe_b64encode(sha256(departure.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_to,
        "scope": "openid email",
        "state": departure.state,
        "nonce": departure.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"


@dataclass(frozen=True)
class Arrived:
    """Who came back, as the provider says.

    Attributes:
        subject: what it calls them: always the same, and never somebody else's.
        email: their current address, which it has verified; it may have been somebody else's before.
    """

    subject: str
    email: str


def who_came_back(
    provider: Provider,
    departure: Departure,
    *,
    came_with: Mapping[str, list[str]],
    back_to: str,
    at: datetime,
) -> Arrived:
    """Return who came back, with an e-mail address that the provider has verified.

    Args:
        provider: where they come from.
        departure: what their session remembers.
        came_with: the parameters of the address they came back with, each as often as it is there.
        back_to: that address, without its parameters.
        at: now.

    Raises:
        SignOnRefusedError: they did not start here, the provider let nobody in, what it says is not valid,
            or it has not verified the address.
    """
    if any(len(each) != 1 for each in came_with.values()):
        raise SignOnRefusedError("A parameter came back more than once.")  # RFC 6749, section 3.1
    came = {name: each[0] for name, each in came_with.items()}
    if not hmac.compare_digest(came.get("state", "").encode(), departure.state.encode()):
        raise SignOnRefusedError("The sign-in was not started in this browser.")
    if "error" in came or not came.get("code"):
        raise SignOnRefusedError("The provider let nobody in.")
    described = _described(provider)
    says_who = described.get("authorization_response_iss_parameter_supported") is True
    if came.get("iss", None if says_who else provider.issuer) != provider.issuer:  # RFC 9207, section 2.4
        raise SignOnRefusedError("The answer did not come from the provider.")
    tokens = _tokens(provider, described, departure, code=came["code"], back_to=back_to)
    where = _address(described, "jwks_uri", provider)
    check = partial(claims_of, tokens.get("id_token"), provider=provider, nonce=departure.nonce, at=at)
    try:
        claims = check(keys=ask_seldom(where))
    except UnknownKeyError:
        claims = check(keys=ask_seldom(where, anew=True))
    said = claims if "email" in claims else _user_info(provider, described, tokens, about=claims["sub"])
    email = said.get("email")
    # a string such as "false" must not pass for true
    if said.get("email_verified") is not True or not isinstance(email, str):
        raise SignOnRefusedError("The provider has not verified the e-mail address.")
    # some letters beyond ASCII would turn into those of another address in lower case
    if not email.isascii() or not email.isprintable():
        raise SignOnRefusedError("The e-mail address has characters that we do not accept.")
    return Arrived(claims["sub"], email.strip().lower())


def _described(provider: Provider) -> dict[str, Any]:
    described = ask_seldom(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if described.get("issuer") != provider.issuer:
        raise SignOnRefusedError("The provider's name for itself is not ALONGSIDE_SIGN_ON_ISSUER.")
    return described


def _address(described: dict[str, Any], which: str, provider: Provider) -> str:
    address = described.get(which)
    if not isinstance(address, str) or not is_safe(address, named_by=provider.issuer):
        raise SignOnRefusedError(f"The provider names no {which} with https.")
    return address


def _tokens(
    provider: Provider, described: dict[str, Any], departure: Departure, *, code: str, back_to: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "code_verifier": departure.verifier,
    }
    taken = described.get("token_endpoint_auth_methods_supported")
    if isinstance(taken, list) and "client_secret_basic" not in taken:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        return ask(_address(described, "token_endpoint", provider), form=form)
    pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return ask(_address(described, "token_endpoint", provider), form=form, authorization=basic)


def _user_info(
    provider: Provider, described: dict[str, Any], tokens: dict[str, Any], *, about: str
) -> dict[str, Any]:
    token = tokens.get("access_token")
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise SignOnRefusedError("The provider gave no access token.")
    said = ask(_address(described, "userinfo_endpoint", provider), authorization=f"Bearer {token}")
    if said.get("sub") != about:
        raise SignOnRefusedError("The provider's answer and its id token are about different people.")
    return said
