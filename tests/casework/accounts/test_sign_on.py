"""A council's own sign-on: there and back to a real provider; whatever does not hold signs nobody in."""

import http.client
import logging
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.fake_provider import CLIENT, SECRET, FakeProvider, Misbehaviour, new_key

from alongside.casework.accounts.models import User
from alongside.casework.accounts.sign_on import asking
from alongside.casework.accounts.sign_on.provider import Provider, provider_named
from alongside.casework.audit.models import AuditEvent
from alongside.errors import AskedWronglyError

DISCOVERY = "/.well-known/openid-configuration"


def leave(client: Client, wanted: str = "/") -> str:
    """Press the button, and return the provider's page one is led to."""
    answer = client.get("/sign-in/provider/", {"next": wanted})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def let_in(page: str) -> str:
    """Ask the provider's page as the browser does, and return the path it leads back to."""
    parts = urlsplit(page)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    back = urlsplit(answer.headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def there_and_back(client: Client, wanted: str = "/") -> HttpResponse:
    return client.get(let_in(leave(client, wanted)))


def assert_nobody_is_signed_in_now(client: Client, answer: HttpResponse) -> None:
    assert answer.status_code == 403
    assert "You are not signed in" in answer.text
    assert client.get("/").status_code == 302


def assert_nobody_is_signed_in(client: Client, answer: HttpResponse) -> None:
    assert_nobody_is_signed_in_now(client, answer)
    assert not AuditEvent.objects.filter(code__startswith="accounts.signed_in").exists()


def test_who_has_an_account_signs_in_through_the_council_and_gets_where_they_wanted(
    partnership: Partnership, provider: FakeProvider
) -> None:
    client = Client()
    assert "Sign in with Riverside Council" in client.get("/sign-in/").text
    provider.email = "Will@Example.org"
    assert there_and_back(client, "/members/").headers["Location"] == "/members/"
    assert "Hello Will Ford" in client.get("/").text
    event = AuditEvent.objects.order_by("-sequence")[0]
    assert (event.code, event.actor_name) == ("accounts.signed_in_through_provider", "Will Ford")
    assert event.details == {"provider": "Riverside Council"}
    assert "/userinfo" not in provider.seen


def test_where_the_token_is_silent_the_address_is_asked_for(
    partnership: Partnership, provider: FakeProvider
) -> None:
    provider.email_in_token = False
    client = Client()
    assert there_and_back(client).status_code == 302
    assert "Hello Will Ford" in client.get("/").text
    assert "/userinfo" in provider.seen


def test_nobody_is_led_elsewhere_afterwards(partnership: Partnership, provider: FakeProvider) -> None:
    assert there_and_back(Client(), "//evil.example").headers["Location"] == "/"


def test_who_came_through_the_council_is_not_led_to_set_up_a_second_factor(
    partnership: Partnership, provider: FakeProvider, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_FOR = frozenset({"practitioner"})
    client = Client()
    there_and_back(client)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "email", ["nobody@example.org", "w\u0131ll@example.org", "\x00", "will@example.org\x00"]
)
def test_an_address_that_no_account_has_signs_nobody_in_and_makes_no_account(
    partnership: Partnership, provider: FakeProvider, email: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.email = email
    before, client = User.objects.count(), Client()
    with caplog.at_level(logging.WARNING):
        assert_nobody_is_signed_in(client, there_and_back(client))
    assert User.objects.count() == before
    assert "refused" in caplog.text
    assert "nobody@" not in caplog.text


@pytest.mark.parametrize("verified", [False, None, "true", 1])
@pytest.mark.parametrize("in_token", [True, False])
def test_an_address_that_is_not_verified_signs_nobody_in(
    partnership: Partnership, provider: FakeProvider, verified: Any, in_token: bool
) -> None:
    provider.verified, provider.email_in_token = verified, in_token
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))


def test_a_closed_account_stays_closed_and_who_belongs_nowhere_is_told_so(
    partnership: Partnership, provider: FakeProvider
) -> None:
    partnership.worker.user.close()
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))
    User.enrol(email="una@example.org", name="Una Gray")
    provider.email = "una@example.org"
    assert "does not belong to any organisation" in there_and_back(client).text
    assert client.get("/").status_code == 302


def test_another_browsers_way_back_signs_nobody_in_and_ones_own_only_once(
    partnership: Partnership, provider: FakeProvider
) -> None:
    mine, theirs = Client(), Client()
    back = let_in(leave(theirs))
    assert_nobody_is_signed_in(mine, mine.get(back))
    leave(mine)
    assert_nobody_is_signed_in(mine, mine.get(back))
    assert_nobody_is_signed_in(theirs, theirs.get(back.replace("state=", "state=x")))
    assert_nobody_is_signed_in(theirs, theirs.get(back))


def test_a_state_that_is_not_the_one_of_this_browser_is_refused_before_the_code_is_spent(
    partnership: Partnership, provider: FakeProvider
) -> None:
    client = Client()
    back = let_in(leave(client))
    for state in ("another", ""):
        changed = f"{back.partition('&state=')[0]}&state={state}"
        assert_nobody_is_signed_in(client, client.get(changed))
        assert "/token" not in provider.seen
        back = let_in(leave(client))
    assert client.get(back).status_code == 302


def test_who_is_not_let_in_by_the_provider_is_told_so(
    partnership: Partnership, provider: FakeProvider
) -> None:
    client = Client()
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    answer = client.get("/sign-in/provider/back/", {"state": state, "error": "access_denied"})
    assert_nobody_is_signed_in(client, answer)


NOW = int(time.time())


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(Misbehaviour(claims={"nonce": "another"}), id="nonce of another sign-in"),
        pytest.param(Misbehaviour(claims={"nonce": ...}), id="no nonce"),
        pytest.param(Misbehaviour(claims={"iss": "https://evil.example"}), id="another issuer"),
        pytest.param(Misbehaviour(claims={"aud": "another"}), id="for another"),
        pytest.param(Misbehaviour(claims={"aud": [CLIENT, "another"]}), id="for two, and no party"),
        pytest.param(Misbehaviour(claims={"azp": "another"}), id="party another"),
        pytest.param(Misbehaviour(claims={"exp": NOW - 120}), id="too old"),
        pytest.param(Misbehaviour(claims={"exp": ...}), id="never old"),
        pytest.param(Misbehaviour(claims={"iat": NOW + 3600}), id="from a time to come"),
        pytest.param(Misbehaviour(claims={"sub": ""}), id="about nobody"),
        pytest.param(Misbehaviour(key=new_key()), id="another's key"),
        pytest.param(Misbehaviour(header={"alg": "none"}, signature=""), id="not signed"),
        pytest.param(Misbehaviour(header={"alg": "HS256"}), id="another algorithm"),
        pytest.param(Misbehaviour(header={"kid": "two"}), id="no such key"),
        pytest.param(Misbehaviour(header={"crit": ["x"]}), id="something we must understand"),
        pytest.param(Misbehaviour(signature="!"), id="no base64"),
        pytest.param(Misbehaviour(redirects_token=True), id="token elsewhere"),
        pytest.param(Misbehaviour(described={"token_endpoint": "http://example.org/"}), id="not https"),
    ],
)
def test_what_the_provider_says_must_hold(
    partnership: Partnership, provider: FakeProvider, bad: Misbehaviour
) -> None:
    client = Client()
    provider.bad = bad
    assert_nobody_is_signed_in(client, there_and_back(client))
    assert "/elsewhere" not in provider.seen


def test_what_the_provider_says_of_itself_is_asked_for_once_in_some_minutes(
    partnership: Partnership, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        leave(Client())
        assert there_and_back(Client()).status_code == 302
    asked = [DISCOVERY, "/keys"]
    assert [each for each in provider.seen if each in asked] == asked
    later = time.monotonic() + 301
    monkeypatch.setattr(asking, "monotonic", lambda: later)
    assert there_and_back(Client()).status_code == 302
    assert [each for each in provider.seen if each in asked] == asked * 2


@pytest.mark.parametrize("kid", ["two", "one", None])
def test_a_key_that_is_new_is_asked_for_at_once_and_only_once(
    partnership: Partnership, provider: FakeProvider, kid: str | None
) -> None:
    assert there_and_back(Client()).status_code == 302
    provider.key = new_key()
    named = {} if kid is None else {"kid": kid}
    told = {name: value for name, value in provider.public(provider.key).items() if name != "kid"} | named
    provider.bad = Misbehaviour(header={"kid": kid}, keys=[told])
    for _ in range(2):
        assert there_and_back(Client()).status_code == 302
    assert provider.seen.count("/keys") == 2
    provider.bad = Misbehaviour(header={"kid": "three"})
    client = Client()
    assert_nobody_is_signed_in_now(client, there_and_back(client))
    assert provider.seen.count("/keys") == 3


def test_a_provider_that_is_away_is_asked_again_only_after_some_seconds(
    partnership: Partnership, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.bad = Misbehaviour(raw={DISCOVERY: b"away"})
    for _ in range(3):
        assert Client().get("/sign-in/provider/").status_code == 403
    assert provider.seen == [DISCOVERY]
    provider.bad = Misbehaviour()
    later = time.monotonic() + 11
    monkeypatch.setattr(asking, "monotonic", lambda: later)
    assert there_and_back(Client()).status_code == 302


def test_a_key_that_is_too_short_is_refused(partnership: Partnership, provider: FakeProvider) -> None:
    provider.key = new_key(1024)
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))


def test_what_is_said_of_somebody_else_does_not_count(
    partnership: Partnership, provider: FakeProvider
) -> None:
    provider.email_in_token, provider.bad = False, Misbehaviour(user_info={"sub": "8"})
    client = Client()
    assert_nobody_is_signed_in(client, there_and_back(client))


def test_a_provider_that_calls_itself_otherwise_or_is_away_leads_nowhere(
    partnership: Partnership, provider: FakeProvider, settings: LazySettings
) -> None:
    client = Client()
    provider.bad = Misbehaviour(described={"issuer": "https://evil.example"})
    assert_nobody_is_signed_in(client, client.get("/sign-in/provider/"))
    settings.SIGN_ON = Provider("http://localhost:9", CLIENT, SECRET, "Riverside Council")
    assert_nobody_is_signed_in(client, client.get("/sign-in/provider/"))


def test_where_no_provider_is_named_there_is_no_button_and_no_address(partnership: Partnership) -> None:
    client = Client()
    assert "Sign in with" not in client.get("/sign-in/").text
    assert client.get("/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/provider/back/").status_code == 404


def test_a_provider_is_named_whole_and_by_https() -> None:
    whole = {
        "ALONGSIDE_SIGN_ON_ISSUER": "https://id.example.org",
        "ALONGSIDE_SIGN_ON_CLIENT_ID": CLIENT,
        "ALONGSIDE_SIGN_ON_CLIENT_SECRET": SECRET,
    }
    assert provider_named({}) is None
    named = provider_named(whole)
    assert named is not None
    assert SECRET not in repr(named)
    for missing in whole:
        with pytest.raises(AskedWronglyError, match="needs all of"):
            provider_named({name: value for name, value in whole.items() if name != missing})
    with pytest.raises(AskedWronglyError, match="https"):
        provider_named(whole | {"ALONGSIDE_SIGN_ON_ISSUER": "http://id.example.org"})
