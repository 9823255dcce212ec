"""The ceremony of a passkey (WebAuthn Level 3): what a browser is asked, and whether its answer is valid.

fido2 does the checks and the signatures. We check that the answer was made on this page's exact origin, and
turn a malformed answer into a refusal in plain words.
"""

import logging
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from django.utils.translation import gettext as _
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from alongside.casework.kernel.errors import CaseworkError

SECONDS_TO_ANSWER = 600
_MALFORMED = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, NotImplementedError, OverflowError,
    RecursionError, struct.error, UnsupportedAlgorithm,
)  # fmt: skip
"""What fido2 raises for an answer that is invalid or malformed: it was made to read honest ones."""
_LOG = logging.getLogger(__name__)


class PasskeyRefusedError(CaseworkError):
    """The browser's answer is not valid; the message says what to do, and not what was wrong."""


@dataclass(frozen=True)
class Site:
    """Where the browser is: a passkey belongs to one site's name, and answers only to its own origin.

    Attributes:
        origin: as browsers give it: ``https://alongside.example.org``.
    """

    origin: str

    @property
    def name(self) -> str:
        """The name, without a port, that passkeys are made for."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Answer:
    """What a browser answered, and what it had been asked, which is kept in the session and used once.

    Attributes:
        site: where it is.
        asked: as ``ask_to_make`` or ``ask_to_use`` returned it; None if nothing was asked.
        said: the parts of the credential, by their names in the standard, each in base64url.
    """

    site: Site
    asked: dict[str, Any] | None
    said: dict[str, str]

    @property
    def credential(self) -> dict[str, Any]:
        """The credential in the standard's JSON form."""
        parts = {name: part for name, part in self.said.items() if name != "id"}
        known_by = self.said.get("id")
        return {"id": known_by, "rawId": known_by, "type": "public-key", "response": parts}


@dataclass(frozen=True)
class Used:
    """Which passkey answered, and how many times it says it has been used."""

    credential_id: bytes
    count: int


def ask_to_make(
    site: Site,
    *,
    account: bytes,
    email: str,
    name: str,
    known: Sequence[AttestedCredentialData],
    at: datetime,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what to ask the browser so that it makes a passkey, and what to remember of that.

    Args:
        site: where it will be valid.
        account: what it will call the account; it does not reveal whose it is.
        email: how the member will recognise it among their passkeys.
        name: the member's.
        known: passkeys they already have, so that no device makes a second one.
        at: now.
    """
    options, asked = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=account, name=email, display_name=name),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options), asked | {"since": at.timestamp()}


def check_made(answer: Answer, *, at: datetime) -> AttestedCredentialData:
    """Return the passkey that a browser made.

    Raises:
        PasskeyRefusedError: it was not asked for here, or not recently, or the answer is not valid.
    """
    with _refused_in_a_sentence(_("The passkey was not added. Try again.")):
        made = (
            _server(answer.site)
            .register_complete(_fresh(answer.asked, at), answer.credential)
            .credential_data
        )
        if made is None or made.public_key.get(3) not in CoseKey.supported_algorithms():
            raise ValueError("it has no key that we can check")
        return made


def ask_to_use(
    site: Site, *, known: Sequence[AttestedCredentialData], at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what to ask the browser so that one of these passkeys answers, and what to remember."""
    options, asked = _server(site).authenticate_begin(
        known, user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), asked | {"since": at.timestamp()}


def check_used(answer: Answer, *, known: Iterable[AttestedCredentialData], at: datetime) -> Used:
    """Return which of these passkeys answered.

    Raises:
        PasskeyRefusedError: it was not asked for here, or not recently, or the answer is not valid.
    """
    with _refused_in_a_sentence(_("The passkey was not accepted. Try again, or use a code.")):
        by = _server(answer.site).authenticate_complete(
            _fresh(answer.asked, at), list(known), answer.credential
        )
        said = AuthenticationResponse.from_dict(answer.credential)
        return Used(by.credential_id, said.response.authenticator_data.counter)


def _server(site: Site) -> Fido2Server:
    # fido2's own check would let any port, and every name beneath ours, pass
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=site.name, name="Alongside"),
        verify_origin=lambda origin: origin == site.origin,
    )


def _fresh(asked: dict[str, Any] | None, at: datetime) -> dict[str, Any]:
    if asked is None or not 0 <= at.timestamp() - asked["since"] <= SECONDS_TO_ANSWER:
        raise ValueError("nothing was asked, or too long ago")
    return asked


@contextmanager
def _refused_in_a_sentence(sentence: str) -> Iterator[None]:
    try:
        yield
    except _MALFORMED as error:
        _LOG.info("a passkey was refused: %s", type(error).__name__)
        raise PasskeyRefusedError(sentence) from None
