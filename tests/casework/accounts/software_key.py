"""A security key made of software, as a browser would find it; it can be told to misbehave."""

import base64
import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, HAS_CREDENTIAL = 1, 4, 64


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class SoftwareKey:
    origin: str = "http://testserver"
    site: str = "testserver"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    kind: str | None = None
    id: bytes = field(default_factory=lambda: token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict) -> str:
        """Answer what a page asks that adds a passkey."""
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        data = AuthenticatorData.create(
            sha256(self.site.encode()).digest(), self.flags | HAS_CREDENTIAL, self.count, bytes(credential)
        )
        made = AttestationObject.create("none", data, {})
        return self._said(
            clientDataJSON=self._client_data("webauthn.create", options), attestationObject=bytes(made)
        )

    def use(self, options: dict) -> str:
        """Answer what a page asks that takes a passkey."""
        self.count += bool(self.count)
        data = AuthenticatorData.create(sha256(self.site.encode()).digest(), self.flags, self.count)
        client_data = self._client_data("webauthn.get", options)
        signature = self.private.sign(bytes(data) + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._said(clientDataJSON=client_data, authenticatorData=bytes(data), signature=signature)

    def _client_data(self, kind: str, options: dict) -> bytes:
        said = {"type": self.kind or kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _said(self, **parts: bytes) -> str:
        return json.dumps({"id": encoded(self.id)} | {name: encoded(part) for name, part in parts.items()})
