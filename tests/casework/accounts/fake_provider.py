"""A provider of OpenID Connect on this machine, as a council has one; it can be told to misbehave."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT, SECRET = "alongside", "a:secret/of the test"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def new_key(bits: int = 2048) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=bits)


@dataclass
class Misbehaviour:
    """What differs from a provider that does everything right."""

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    user_info: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    key: RSAPrivateKey | None = None
    signature: str | None = None
    redirects_token: bool = False
    back: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] | None = None
    token: str | None = None
    raw: dict[str, bytes] = field(default_factory=dict)
    drips: str = ""


class FakeProvider:
    """Discovery, keys, authorisation, tokens and user info, each as the standard says."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"
        self.key = new_key()
        self.subject = "7"
        self.email, self.verified = "will@example.org", True
        self.email_in_token = True
        self.bad = Misbehaviour()
        self.asked: dict[str, dict[str, str]] = {}
        self.seen: list[str] = []
        self.stopped = threading.Event()

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.bad.described

    def keys(self) -> dict[str, Any]:
        if self.bad.keys is not None:
            return {"keys": self.bad.keys}
        return {"keys": [self.public(self.key)]}

    def public(self, key: RSAPrivateKey, **more: Any) -> dict[str, Any]:
        """A key as providers publish theirs."""
        numbers = key.public_key().public_numbers()
        n = encoded(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big"))
        return {"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": n, "e": "AQAB"} | more

    def authorize(self, asked: dict[str, str]) -> str:
        """Let Will in, and return where the browser is sent."""
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        back = {"code": code, "state": asked["state"]} | self.bad.back
        return f"{asked['redirect_uri']}?{urlencode(back, doseq=True)}"

    def person(self) -> dict[str, Any]:
        return {"email": self.email, "email_verified": self.verified}

    def tokens(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        user, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or (user, password) != (CLIENT, "a%3Asecret%2Fof%20the%20test"):
            return None
        if encoded(sha256(form["code_verifier"].encode()).digest()) != asked["code_challenge"]:
            return None
        if form["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        if self.bad.token is not None:
            return self.bad.token
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
        }
        claims |= self.person() if self.email_in_token else {}
        claims = {name: value for name, value in (claims | self.bad.claims).items() if value is not ...}
        header = {"alg": "RS256", "kid": "one"} | self.bad.header
        signed = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
        signature = (self.bad.key or self.key).sign(signed.encode(), PKCS1v15(), SHA256())
        return f"{signed}.{encoded(signature) if self.bad.signature is None else self.bad.signature}"


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            provider.seen.append(path)
            if path in provider.bad.raw:
                self.say(provider.bad.raw[path])
                return
            if provider.bad.drips == path:
                self.drip()
                return
            match path:
                case "/.well-known/openid-configuration":
                    self.tell(provider.describe())
                case "/keys":
                    self.tell(provider.keys())
                case "/authorize":
                    asked = {name: value[0] for name, value in parse_qs(urlsplit(self.path).query).items()}
                    self.lead(provider.authorize(asked))
                case "/userinfo" if self.headers["Authorization"] == "Bearer opaque":
                    self.tell({"sub": provider.subject} | provider.person() | provider.bad.user_info)
                case _:
                    self.send_error(401)

        def do_POST(self) -> None:
            provider.seen.append(self.path)
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: value[0] for name, value in parse_qs(sent).items()}
            if provider.bad.redirects_token:
                self.lead(f"{provider.issuer}/elsewhere")
                return
            answer = provider.tokens(form, self.headers.get("Authorization", ""))
            self.tell(answer) if answer else self.send_error(400)

        def drip(self) -> None:
            """Begin an answer and go on with it for ever, a letter at a time."""
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not provider.stopped.wait(0.1):
                    self.wfile.write(b" ")

        def tell(self, answer: dict[str, Any]) -> None:
            self.say(json.dumps(answer).encode())

        def say(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def lead(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running() -> Iterator[FakeProvider]:
    server = ThreadingHTTPServer(("localhost", 0), BaseHTTPRequestHandler)
    provider = FakeProvider(server.server_port)
    server.RequestHandlerClass = _handler(provider)  # type: ignore[assignment]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        provider.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
