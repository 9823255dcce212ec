"""A council's own sign-on, read as an attacker would: each way in that the standards warn of is tried.

OpenID Connect Core 1.0 section 3.1.3.7; RFC 9700 (best practice for OAuth); RFC 9207 (who answers).
"""

import hmac
import json
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.fake_provider import (
    CLIENT,
    SECRET,
    FakeProvider,
    Misbehaviour,
    encoded,
    new_key,
)
from tests.casework.accounts.test_sign_on import (
    assert_nobody_is_signed_in,
    leave,
    let_in,
    there_and_back,
)

from alongside.casework.accounts.sign_on import asking
from alongside.casework.accounts.sign_on.provider import Provider, is_safe

NOW = int(time.time())


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"claims": {"aud": [CLIENT, "another"], "azp": CLIENT}}, id="for another too"),
        pytest.param({"claims": {"aud": []}}, id="for nobody"),
        pytest.param({"claims": {"aud": [[CLIENT]]}}, id="for a list of lists"),
        pytest.param({"claims": {"aud": CLIENT.upper()}}, id="for us in capitals"),
        pytest.param({"claims": {"azp": None}}, id="party nobody"),
        pytest.param({"claims": {"nbf": NOW + 3600}}, id="not yet"),
        pytest.param({"claims": {"nbf": "soon"}}, id="not yet, in words"),
        pytest.param({"claims": {"exp": str(NOW + 300)}}, id="end in words"),
        pytest.param({"claims": {"exp": float("inf")}}, id="end never"),
        pytest.param({"claims": {"exp": True}}, id="end true"),
        pytest.param({"claims": {"iat": ...}}, id="from no time"),
        pytest.param({"claims": {"sub": 7}}, id="about a number"),
        pytest.param({"claims": {"nonce": [""]}}, id="nonce a list"),
        pytest.param({"claims": {"iss": "http://localhost"}}, id="issuer a part of ours"),
        pytest.param({"claims": {"email_verified": "true"}}, id="verified in words"),
        pytest.param({"claims": {"email_verified": 1}}, id="verified by a number"),
        pytest.param({"claims": {"email_verified": ...}}, id="verified not said"),
        pytest.param({"claims": {"email": ["will@example.org"]}}, id="address a list"),
        pytest.param({"header": {"alg": "None"}, "signature": ""}, id="not signed, in capitals"),
        pytest.param({"header": {"alg": "RS512"}}, id="another hash"),
        pytest.param({"header": {"alg": ["RS256"]}}, id="algorithms"),
        pytest.param({"header": {"kid": ["one"]}}, id="key a list"),
        pytest.param({"header": {"b64": False, "crit": ["b64"]}}, id="not encoded"),
        pytest.param({"described": {"token_endpoint": None}}, id="no address for tokens"),
        pytest.param({"token": "a.b"}, id="two parts"),
        pytest.param({"token": "a.b.c.d.e"}, id="encrypted"),
        pytest.param({"token": encoded(b"[" * 90_000) + ".e30."}, id="nested without end"),
        pytest.param({"keys": []}, id="no keys"),
        pytest.param({"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]}, id="a key for both"),
        pytest.param({"keys": [{"kty": "RSA", "kid": "one", "n": "AQAB", "e": ""}]}, id="no key"),
        pytest.param({"keys": ["one", None, 3]}, id="keys that are none"),
        pytest.param({"raw": {"/keys": b"[]"}}, id="keys a list"),
        pytest.param({"raw": {"/keys": b"{" + b" " * 300_000 + b"}"}}, id="keys without end"),
        pytest.param({"raw": {"/keys": b"[" * 200_000}}, id="keys nested without end"),
        pytest.param({"raw": {"/keys": b"\xff\xfe"}}, id="keys no text"),
    ],
)  # fmt: skip
def test_what_does_not_hold_signs_nobody_in_and_is_no_fault_of_ours(
    partnership: Partnership,
    provider: FakeProvider,
    bad: dict[str, Any],
) -> None:
    client = Client()
    provider.bad = Misbehaviour(**bad)
    assert_nobody_is_signed_in(client, there_and_back(client))


def forged(provider: FakeProvider, header: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    _, body, _ = provider.id_token("to be told").split(".")
    signed = f"{encoded(json.dumps(header).encode())}.{body}"
    return f"{signed}.{encoded(sign(signed.encode()))}"


def with_nonce_of(client: Client, provider: FakeProvider, make: Callable[[str], str]) -> HttpResponse:
    """There and back, with a token that is made knowing the nonce, as one who reads the address could."""
    page = leave(client)
    provider.bad.token = make(client.session["departed_to_provider"]["nonce"])
    return client.get(let_in(page))


def test_a_public_key_is_not_taken_for_a_secret_shared(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    secret = provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for key in (secret, SECRET.encode()):
        client = Client()

        def make(nonce: str, key: bytes = key) -> str:
            provider.bad = Misbehaviour(claims={"nonce": nonce})
            return forged(provider, {"alg": "HS256"}, lambda text: hmac.digest(key, text, sha256))

        assert_nobody_is_signed_in(client, with_nonce_of(client, provider, make))


def test_a_token_cannot_name_the_key_that_checks_it(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    theirs, client = new_key(), Client()
    provider.bad = Misbehaviour(
        key=theirs,
        header={
            "jwk": provider.public(theirs), "jku": f"{provider.issuer}/elsewhere",
            "x5u": f"{provider.issuer}/x",
        },
    )  # fmt: skip
    assert_nobody_is_signed_in(client, there_and_back(client))
    assert not {"/elsewhere", "/x"} & set(provider.seen)


def test_a_new_key_of_the_provider_holds_at_once_and_the_old_one_no_more(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    assert there_and_back(Client()).status_code == 302
    old, provider.key = provider.key, new_key()
    assert there_and_back(Client()).status_code == 302
    provider.bad = Misbehaviour(key=old)
    refused = there_and_back(Client())
    assert refused.status_code == 403


def test_of_several_keys_the_one_named_is_taken_and_none_is_guessed(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    both = [provider.public(new_key(), kid="two"), provider.public(provider.key)]
    provider.bad = Misbehaviour(keys=both)
    assert there_and_back(Client()).status_code == 302
    provider.bad = Misbehaviour(keys=both, header={"kid": None})
    assert there_and_back(Client()).status_code == 403
    for wrong in ({"alg": "RS512"}, {"use": "enc"}):
        provider.bad = Misbehaviour(keys=[provider.public(provider.key, **wrong)])
        asking.forget_all()
        assert there_and_back(Client()).status_code == 403


def test_a_key_as_large_as_a_book_is_refused_before_it_is_used(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    huge = encoded(b"\xff" * 20_000)
    provider.bad = Misbehaviour(keys=[provider.public(provider.key, n=huge)])
    began = time.monotonic()
    assert there_and_back(Client()).status_code == 403
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("promised", "said", "status"), [
    (False, None, 302), (False, "ours", 302), (False, "https://evil.example", 403), (False, "", 403),
    (True, "ours", 302), (True, None, 403), (True, "https://evil.example", 403),
])  # fmt: skip
def test_who_answers_says_who_they_are_where_they_promised_to(
    partnership: Partnership,
    provider: FakeProvider,
    promised: bool,
    said: str | None,
    status: int,
) -> None:
    described = {"authorization_response_iss_parameter_supported": True} if promised else {}
    back = {} if said is None else {"iss": provider.issuer if said == "ours" else said}
    provider.bad = Misbehaviour(described=described, back=back)
    assert there_and_back(Client()).status_code == status
    assert ("/token" in provider.seen) is (status == 302)


@pytest.mark.parametrize("back", [
    {"error": "access_denied"}, {"code": ["one", "two"]}, {"code": ""}, {"iss": ["a", "b"]},
])  # fmt: skip
def test_an_answer_that_is_an_error_too_or_says_a_thing_twice_is_none(
    partnership: Partnership,
    provider: FakeProvider,
    back: dict[str, Any],
) -> None:
    provider.bad = Misbehaviour(back=back)
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))
    assert "/token" not in provider.seen


def test_a_state_said_twice_is_none(partnership: Partnership, provider: FakeProvider) -> None:
    client = Client()
    back = let_in(leave(client))
    assert_nobody_is_signed_in(client, client.get(f"{back}&state=another"))


@pytest.mark.parametrize("seconds", [-70, -50, 50, 70])
def test_clocks_may_differ_by_a_minute_and_no_more(
    partnership: Partnership,
    provider: FakeProvider,
    seconds: int,
) -> None:
    now = int(time.time())
    claims = {"exp": now + seconds} if seconds < 0 else {"iat": now + seconds, "exp": now + 600}
    provider.bad = Misbehaviour(claims=claims)
    assert there_and_back(Client()).status_code == (302 if abs(seconds) < 60 else 403)


def test_the_session_before_is_not_the_one_after_and_nothing_of_the_way_stays_in_it(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    client = Client()
    page = leave(client, "/members/")
    planted = client.cookies["sessionid"].value
    client.get(let_in(page))
    assert client.cookies["sessionid"].value != planted
    assert set(client.session.keys()) & {"departed_to_provider", "waiting_for_code"} == set()
    onlooker = Client()
    onlooker.cookies["sessionid"] = planted
    assert onlooker.get("/").status_code == 302


def test_each_departure_is_new_and_asks_for_proof_that_it_is_the_same_browser(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    asked = [parse_qs(urlsplit(leave(Client())).query) for _ in range(2)]
    for what in ("state", "nonce", "code_challenge"):
        assert asked[0][what] != asked[1][what]
        assert len(asked[0][what][0]) >= 43
    assert {each["code_challenge_method"][0] for each in asked} == {"S256"}


def test_who_is_signed_in_is_not_made_somebody_else_by_a_link(
    partnership: Partnership,
    provider: FakeProvider,
) -> None:
    attacker, victim = Client(), Client()
    provider.email = "lena@example.org"
    back = let_in(leave(attacker))
    victim.force_login(partnership.worker.user, "alongside.casework.accounts.passwords.ByPassword")
    assert victim.get(back).headers["Location"] == "/"
    assert "Hello Will Ford" in victim.get("/").text


def test_coming_back_by_a_form_is_no_way(partnership: Partnership, provider: FakeProvider) -> None:
    assert Client().post("/sign-in/provider/back/", {"code": "x", "state": "y"}).status_code == 405


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:5432/", "https://localhost/", "http://[::1]/", "https://127.1.2.3/", "https://0.0.0.0/",
    "https://[::ffff:127.0.0.1]/", "https://169.254.169.254/latest", "https://db.localhost/",
    "https://localhost./", "https:///nowhere", "https://", "https://will@example.org/", "https://example.org/#x",
    "http://example.org/", "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)",
    "//example.org/",
    "https://example.org:0/", "https://example.org:99999/", "https://[x/",
])  # fmt: skip
def test_a_provider_out_there_leads_us_nowhere_but_out_there_by_https(address: str) -> None:
    assert not is_safe(address, named_by="https://id.example.org")
    assert is_safe("https://login.example.org/token", named_by="https://id.example.org")
    assert is_safe("http://localhost:9/", named_by="http://localhost:8")


def test_what_a_provider_out_there_names_on_this_machine_is_not_asked(
    partnership: Partnership,
    provider: FakeProvider,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client()
    back = let_in(leave(client))
    described = provider.describe() | {"issuer": "https://id.example.org"}
    settings.SIGN_ON = Provider("https://id.example.org", CLIENT, SECRET, "Riverside Council")
    real = asking.ask
    monkeypatch.setattr(
        asking,
        "ask",
        lambda address, **more: described if ".well-known" in address else real(address, **more),
    )
    provider.seen.clear()
    assert_nobody_is_signed_in(client, client.get(back))
    assert provider.seen == []


@pytest.mark.parametrize("where", ["/.well-known/openid-configuration", "/keys"])
def test_a_provider_that_answers_a_letter_at_a_time_holds_nobody_for_long(
    partnership: Partnership,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    monkeypatch.setattr(asking, "_SECONDS_IN_ALL", 1.0)
    client = Client()
    back = let_in(leave(client))
    provider.bad = Misbehaviour(drips=where)
    asking.forget_all()
    began = time.monotonic()
    assert_nobody_is_signed_in(client, client.get(back))
    assert time.monotonic() - began < 4


def test_no_proxy_and_no_redirect_is_followed_for_keys_and_discovery(
    partnership: Partnership,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://localhost:9")
    assert there_and_back(Client()).status_code == 302
