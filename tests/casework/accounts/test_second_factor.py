"""A second factor: set up, asked for, never guessed, never used twice, taken off; and needed where it is."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.second_factor import NotConfirmedError, WrongCodeError
from alongside.casework.accounts.models.second_factor import step_of
from alongside.casework.accounts.rules import roles_that_need_a_second_factor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.kernel.secrets import authenticator_secret
from alongside.errors import AskedWronglyError


def shown(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or half minutes later."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + steps))


def wrong(secret: str) -> str:
    return next(code for code in ("000000", "111111", "222222", "333333")
                if step_of(secret, code, timezone.now()) is None)  # fmt: skip


def give_password(client: Client, wanted: str = "") -> HttpResponse:
    asked = {"username": "will@example.org", "password": PASSWORD, "next": wanted}
    return client.post("/sign-in/", asked)


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post("/sign-in/code/", {"code": code})


def confirm(client: Client, code: str, wanted: str = "/my-security/take-off/") -> HttpResponse:
    return client.post(f"/my-security/confirm/?{urlencode({'next': wanted})}", {"code": code})


def codes_recorded() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("code", flat=True))


@pytest.fixture
def secret() -> str:
    return authenticator_secret()


@pytest.fixture
def recovery_codes(partnership: Partnership, secret: str) -> list[str]:
    """Will has set one up, a while ago: no code of now is used."""
    at = timezone.now() - timedelta(minutes=5)
    code = format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))
    actor = partnership.actor(partnership.worker)
    return commands.set_up_second_factor(actor=actor, at=at, secret=secret, code=code)


def test_a_member_sets_one_up_sees_recovery_codes_once_and_is_asked_at_the_next_sign_in(
    partnership: Partnership,
) -> None:
    client = Client()
    give_password(client)
    assert "with your password only" in client.get("/my-security/").text
    page = client.get("/my-security/set-up/")
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page.text)[1].replace(" ", "")
    assert len(secret) == 32
    assert "will@example.org" not in page.text
    assert client.post("/my-security/set-up/", {"code": wrong(secret)}).status_code == 422
    done = client.post("/my-security/set-up/", {"code": shown(secret)})
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", done.text)) == 10
    assert client.get("/my-security/set-up/").headers["Location"] == "/my-security/"
    assert "Unused recovery codes: 10" in client.get("/my-security/").text
    assert not re.search(r"\d{4} \d{4}", client.get("/my-security/").text)
    again = Client()
    assert give_password(again, "/members/").headers["Location"] == "/sign-in/code/"
    assert again.get("/members/").headers["Location"].startswith("/sign-in/?")
    assert "password" not in again.get("/sign-in/code/").text.lower()
    assert give_code(again, shown(secret, steps=1)).headers["Location"] == "/members/"
    assert again.get("/members/").status_code == 200
    assert codes_recorded()[-2:] == ["accounts.second_factor_set_up", "accounts.signed_in"]


def test_the_square_says_what_the_text_beside_it_says_and_holds_to_the_policy_for_styles(
    partnership: Partnership,
) -> None:
    client = Client()
    give_password(client)
    for address in ("/my-security/", "/my-security/set-up/"):
        answer = client.get(address)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", answer.text), address
        assert "no-store" in answer.headers["Cache-Control"]
    first, second = (client.get("/my-security/set-up/").text for _ in range(2))
    squares = [re.search(r'<path d="(M[^"]+)"', page)[1] for page in (first, second)]
    assert squares[0] == squares[1]
    assert squares[0].count("M") > 300


@pytest.mark.usefixtures("recovery_codes")
def test_guessing_codes_locks_the_account_also_for_the_right_code_and_a_new_password_does_not_help(
    partnership: Partnership, secret: str
) -> None:
    client = Client()
    for _ in range(2):
        give_password(client)
        for _ in range(2):
            assert give_code(client, wrong(secret)).status_code == 422
    assert give_code(client, wrong(secret)).status_code == 429
    assert give_code(client, shown(secret)).status_code == 429
    assert give_password(Client()).status_code == 429
    assert client.get("/").status_code == 302

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    give_password(client)
    assert give_code(client, shown(secret)).status_code == 302


@pytest.mark.usefixtures("recovery_codes")
def test_wrong_codes_to_show_that_it_is_you_count_too(partnership: Partnership, secret: str) -> None:
    client = Client()
    give_password(client)
    give_code(client, shown(secret))
    for _ in range(4):
        assert confirm(client, wrong(secret)).status_code == 422
    assert confirm(client, wrong(secret)).status_code == 429
    assert confirm(client, shown(secret, steps=1)).status_code == 429
    assert client.post("/my-security/take-off/").headers["Location"].startswith("/my-security/confirm/")
    assert Authenticator.objects.exists()


@pytest.mark.usefixtures("recovery_codes")
def test_a_code_lets_in_once_and_none_before_it_does_after(partnership: Partnership, secret: str) -> None:
    first, second = Client(), Client()
    give_password(first)
    give_password(second)
    assert give_code(first, shown(secret)).status_code == 302
    assert give_code(second, shown(secret)).status_code == 422
    assert give_code(second, shown(secret, steps=-1)).status_code == 422
    assert give_code(second, shown(secret, steps=1)).status_code == 302


def test_a_recovery_code_lets_in_once_and_that_is_recorded_without_the_code(
    partnership: Partnership, recovery_codes: list[str]
) -> None:
    code = f"{recovery_codes[3][:4]} {recovery_codes[3][4:]}"
    for expected in (302, 422):
        client = Client()
        give_password(client)
        assert give_code(client, code).status_code == expected
    assert codes_recorded()[-2:] == ["accounts.recovery_code_used", "accounts.signed_in"]
    assert AuditEvent.objects.get(code="accounts.recovery_code_used").details == {"left": 9}


@pytest.mark.usefixtures("recovery_codes")
def test_without_the_password_nobody_is_asked_for_a_code_nor_after_ten_minutes_nor_a_new_password(
    partnership: Partnership, secret: str
) -> None:
    assert give_code(Client(), shown(secret)).headers["Location"] == "/sign-in/"
    late = Client()
    give_password(late)
    session = late.session
    session["waiting_for_code"] = session["waiting_for_code"] | {"since": timezone.now().timestamp() - 601}
    session.save()
    assert give_code(late, shown(secret)).headers["Location"] == "/sign-in/"
    changed = Client()
    give_password(changed)
    partnership.worker.user.choose_password("quiet-otter-lamp")
    assert give_code(changed, shown(secret)).headers["Location"] == "/sign-in/"
    assert changed.get("/").status_code == 302


@pytest.mark.usefixtures("recovery_codes")
def test_the_database_keeps_no_secret_that_could_be_read(partnership: Partnership, secret: str) -> None:
    kept = {each.type: each.data for each in Authenticator.objects.all()}
    assert set(kept) == {"totp", "recovery_codes"}
    assert secret not in str(kept)
    assert kept["recovery_codes"]["seed"].startswith("gAAAA")


@pytest.mark.usefixtures("recovery_codes")
def test_it_is_taken_off_with_a_code_and_then_the_password_is_enough(
    partnership: Partnership, secret: str
) -> None:
    client = Client()
    give_password(client)
    give_code(client, shown(secret))
    asked = client.get("/my-security/take-off/").headers["Location"]
    assert asked == "/my-security/confirm/?next=%2Fmy-security%2Ftake-off%2F"
    assert client.get(asked).status_code == 200
    assert (
        client.post(asked, {"code": shown(secret, steps=1)}).headers["Location"] == "/my-security/take-off/"
    )
    assert client.get("/my-security/take-off/").status_code == 200
    taken = client.post("/my-security/take-off/")
    assert taken.headers["Location"] == "/my-security/"
    assert not Authenticator.objects.exists()
    assert give_password(Client()).headers["Location"] == "/"
    assert "accounts.second_factor_taken_off" in codes_recorded()


@pytest.mark.usefixtures("recovery_codes")
def test_that_it_is_you_holds_for_five_minutes_and_in_one_session(
    partnership: Partnership, secret: str
) -> None:
    client, other = Client(), Client()
    give_password(client)
    give_code(client, shown(secret, steps=-1))
    give_password(other)
    give_code(other, shown(secret))
    confirm(client, shown(secret, steps=1))
    assert client.get("/my-security/take-off/").status_code == 200
    assert other.get("/my-security/take-off/").status_code == 302
    session = client.session
    session["confirmed_at"] -= 301
    session.save()
    assert client.post("/my-security/take-off/").headers["Location"].startswith("/my-security/confirm/")
    assert Authenticator.objects.exists()


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/", "/\\evil.example"])
@pytest.mark.usefixtures("recovery_codes")
def test_nobody_is_led_elsewhere_after_showing_that_it_is_they(
    partnership: Partnership, secret: str, wanted: str
) -> None:
    client = Client()
    give_password(client)
    give_code(client, shown(secret))
    assert confirm(client, shown(secret, steps=1), wanted).headers["Location"] == "/"


def test_commands_refuse_a_second_one_a_wrong_code_the_system_and_what_is_not_there(
    partnership: Partnership, recovery_codes: list[str], secret: str
) -> None:
    will, lena = partnership.actor(partnership.worker), partnership.actor(partnership.lead)
    now = timezone.now()
    with pytest.raises(AlreadyDoneError):
        commands.set_up_second_factor(actor=will, at=now, secret=secret, code=shown(secret))
    with pytest.raises(WrongCodeError):
        commands.set_up_second_factor(actor=lena, at=now, secret=secret, code=wrong(secret))
    with pytest.raises(NotFoundError):
        commands.sign_in_with_second_factor(actor=lena, at=now, proof=shown(secret))
    with pytest.raises(NotFoundError):
        commands.take_off_app(actor=lena, at=now, confirmed_at=now)
    with pytest.raises(NotAllowedError):
        commands.sign_in_with_second_factor(actor=system_actor("Nightly"), at=now, proof=recovery_codes[0])
    with pytest.raises(NotConfirmedError):
        commands.take_off_app(actor=will, at=now, confirmed_at=now - timedelta(minutes=6))
    assert Authenticator.objects.filter(user=partnership.lead.user).count() == 0
    assert Authenticator.objects.filter(user=partnership.worker.user).count() == 2


def test_whose_role_needs_one_and_who_has_none_gets_no_further_than_the_page_that_sets_it_up(
    partnership: Partnership, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_FOR = frozenset({"practitioner"})
    client = Client()
    give_password(client)
    for address in ("/", "/members/", "/my-security/", "/choose-password/", "/my-security/take-off/"):
        assert client.get(address).headers["Location"] == "/my-security/set-up/", address
    page = client.get("/my-security/set-up/").text
    assert "Your role needs one" in page
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    client.post("/my-security/set-up/", {"code": shown(secret)})
    assert client.get("/members/").status_code == 200
    lead = Client()
    lead.post("/sign-in/", {"username": "lena@example.org", "password": PASSWORD})
    assert lead.get("/members/").status_code == 200
    assert lead.post("/sign-out/").status_code == 302


def test_unless_told_who_sees_people_or_looks_after_members_needs_one_and_a_slip_is_refused() -> None:
    assert roles_that_need_a_second_factor(None) == {
        "practitioner", "contact_worker", "manager", "co_ordinator", "governance_lead", "data_analyst",
        "organisation_lead",
    }  # fmt: skip
    assert roles_that_need_a_second_factor("") == frozenset()
    assert roles_that_need_a_second_factor("manager, approver") == {"manager", "approver"}
    with pytest.raises(AskedWronglyError, match="governance_led"):
        roles_that_need_a_second_factor("governance_led")
