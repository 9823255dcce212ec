"""A new secret key: what an older one sealed opens while that is named, and is sealed anew."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership
from tests.casework.accounts.test_second_factor import give_code, give_password, shown

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.secrets import (
    SealedWithAnotherKeyError,
    authenticator_secret,
    key_fallbacks,
    resealed,
    seal,
    unseal,
)

SAID = "Codes cannot be checked, because the key that protects them was changed"


@pytest.fixture
def secret() -> str:
    return authenticator_secret()


@pytest.fixture
def codes(partnership: Partnership, secret: str) -> list[str]:
    at = timezone.now() - timedelta(minutes=5)
    actor = partnership.actor(partnership.worker)
    return commands.set_up_second_factor(actor=actor, at=at, secret=secret, code=shown(secret, steps=-10))


def new_key(settings: LazySettings, *, name_the_old: bool) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if name_the_old else []
    settings.SECRET_KEY = "another-key-of-the-tests" * 2


def sealed() -> dict[str, str]:
    return {each.type: each.data.get("secret") or each.data["seed"] for each in Authenticator.objects.all()}


def test_with_a_new_key_alone_the_page_says_what_to_do_and_nobody_gets_in(
    partnership: Partnership, secret: str, codes: list[str], settings: LazySettings
) -> None:
    new_key(settings, name_the_old=False)
    client = Client()
    give_password(client)
    for code in (shown(secret), codes[0]):
        answer = give_code(client, code)
        assert answer.status_code == 422
        assert SAID in answer.text
        assert "Tell your organisation lead" in answer.text
    assert client.get("/").status_code == 302


def test_what_cannot_be_read_is_counted_as_well_so_that_a_code_that_can_be_is_never_guessed_for_free(
    partnership: Partnership, secret: str, codes: list[str], settings: LazySettings
) -> None:
    recovery = Authenticator.objects.get(type="recovery_codes")
    recovery.data["seed"] = seal("x" * 80, key="a key that is lost")
    recovery.save()
    client = Client()
    give_password(client)
    answers = [give_code(client, "00000001").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_pages_of_ones_own_say_so_too_and_do_not_break(
    partnership: Partnership, secret: str, codes: list[str], settings: LazySettings
) -> None:
    client = Client()
    give_password(client)
    give_code(client, shown(secret))
    new_key(settings, name_the_old=False)
    assert client.get("/").status_code == 302, "what another key signed is no session"
    partnership.worker.user.refresh_from_db()
    client.force_login(partnership.worker.user, "alongside.casework.accounts.passwords.ByPassword")
    assert "Your recovery codes cannot be read" in client.get("/my-security/").text
    answer = client.post(
        "/my-security/confirm/?next=/my-security/take-off/", {"code": shown(secret, steps=1)}
    )
    assert answer.status_code == 422
    assert SAID in answer.text


def test_while_the_old_key_is_named_a_session_goes_on_a_code_lets_in_and_all_is_sealed_with_the_new(
    partnership: Partnership, secret: str, codes: list[str], settings: LazySettings
) -> None:
    client = Client()
    give_password(client)
    give_code(client, shown(secret))
    before = sealed()
    new_key(settings, name_the_old=True)
    assert client.get("/").status_code == 200
    again = Client()
    give_password(again)
    assert give_code(again, shown(secret, steps=1)).status_code == 302
    assert all(sealed()[kind] != before[kind] for kind in before)
    settings.SECRET_KEY_FALLBACKS = []
    last = Client()
    give_password(last)
    assert give_code(last, codes[1]).status_code == 302, "recovery codes went along"
    assert "Unused recovery codes: 9" in last.get("/my-security/").text


def test_a_recovery_code_stays_used_when_it_is_sealed_anew(
    partnership: Partnership, secret: str, codes: list[str], settings: LazySettings
) -> None:
    new_key(settings, name_the_old=True)
    for expected in (302, 422):
        client = Client()
        give_password(client)
        assert give_code(client, codes[0]).status_code == expected


def test_a_command_seals_all_anew_and_says_what_no_key_opens(
    partnership: Partnership,
    codes: list[str],
    settings: LazySettings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    new_key(settings, name_the_old=True)
    call_command("seal_second_factors_anew")
    assert "2 were resealed with the newest key" in capsys.readouterr().out
    before = sealed()
    call_command("seal_second_factors_anew")
    assert "0 were resealed" in capsys.readouterr().out
    assert sealed() == before
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a third key of the tests, and lost", []
    call_command("seal_second_factors_anew")
    assert "2 could not be opened with any key" in capsys.readouterr().out
    event = AuditEvent.objects.filter(code="accounts.second_factors_resealed").latest("sequence")
    assert event.details == {"count": 0, "lost": 2}
    with pytest.raises(NotAllowedError):
        commands.seal_second_factors_anew(actor=partnership.actor(partnership.lead), at=partnership.at)


def test_every_key_that_may_opens_and_only_the_first_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    old = seal("it", key="old")
    assert unseal(old, keys=["new", "older", "old"]) == "it"
    with pytest.raises(SealedWithAnotherKeyError):
        unseal(old, keys=["new", "older"])
    new = resealed(old, keys=["new", "old"])
    assert unseal(new, keys=["new"]) == "it"
    assert resealed(new, keys=["new", "old"]) == new
    monkeypatch.setenv("ALONGSIDE_SECRET_KEY_FALLBACKS", " one, two,, ")
    assert key_fallbacks() == ["one", "two"]
    monkeypatch.delenv("ALONGSIDE_SECRET_KEY_FALLBACKS")
    assert key_fallbacks() == []
