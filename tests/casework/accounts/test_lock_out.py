"""Guessing locks: whatever is guessed, in however many sessions, and however the address is spelt."""

import json
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.test_second_factor import give_code, give_password, shown, wrong

from alongside.casework.accounts import commands
from alongside.casework.accounts.models import User
from alongside.casework.kernel.secrets import authenticator_secret


@pytest.fixture
def secret() -> str:
    return authenticator_secret()


@pytest.fixture
def codes(partnership: Partnership, secret: str) -> list[str]:
    at = timezone.now() - timedelta(minutes=5)
    actor = partnership.actor(partnership.worker)
    return commands.set_up_second_factor(actor=actor, at=at, secret=secret, code=shown(secret, steps=-10))


def elsewhere(number: int) -> Client:
    """Another browser on another machine."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}", HTTP_USER_AGENT=f"Browser {number}")


def never_of(codes: list[str]) -> str:
    return next(code for code in ("00000000", "11111111") if code not in codes)


def test_codes_and_recovery_codes_are_counted_together_in_all_sessions_from_all_machines(
    partnership: Partnership, secret: str, codes: list[str]
) -> None:
    browsers = [elsewhere(number) for number in range(1, 8)]
    for each in browsers:
        give_password(each)
    tries = [wrong(secret), never_of(codes), wrong(secret), never_of(codes), wrong(secret)]
    answers = [give_code(each, code).status_code for each, code in zip(browsers, tries, strict=False)]
    assert answers == [422, 422, 422, 422, 429]
    assert give_code(browsers[5], shown(secret)).status_code == 429
    assert give_code(browsers[6], codes[0]).status_code == 429
    assert give_password(elsewhere(9)).status_code == 429


def test_signing_in_between_wrong_codes_does_not_begin_the_count_anew(
    partnership: Partnership, secret: str, codes: list[str]
) -> None:
    for number in range(4):
        client = elsewhere(number + 1)
        give_password(client)
        assert give_code(client, wrong(secret)).status_code == 422
    good = elsewhere(8)
    give_password(good)
    assert give_code(good, codes[0]).status_code == 302
    last = elsewhere(9)
    give_password(last)
    assert give_code(last, wrong(secret)).status_code == 429


@pytest.mark.parametrize("spelt", ["w\u0131ll@example.org", "W\u0130LL@example.org", "will@e\u017fample.org"])
def test_an_address_in_letters_that_only_look_alike_is_no_way_around_the_count(
    partnership: Partnership, spelt: str
) -> None:
    answer = Client().post("/sign-in/", {"username": spelt, "password": PASSWORD})
    assert answer.status_code == 422
    if "@example.org" in spelt:
        with pytest.raises(User.DoesNotExist):
            User.objects.get_by_natural_key(spelt)


def kept() -> str:
    return json.dumps(list(AccessAttempt.objects.values("get_data", "post_data")))


def test_what_was_guessed_is_kept_nowhere_for_it_may_be_a_slip_of_the_pen_away_from_right(
    partnership: Partnership, codes: list[str]
) -> None:
    client = Client()
    give_password(client)
    give_code(client, "13572468")
    client.post("/sign-in/code/", {"answer": '{"id": "c2VjcmV0"}'})
    client.post("/sign-in/", {"username": "will@example.org", "password": "nearly-right"})
    assert AccessAttempt.objects.get().failures_since_start == 3
    assert not [each for each in ("13572468", "c2VjcmV0", "nearly-right") if each in kept()]


def change_password(client: Client, current: str, new: str = "quiet-otter-lamp") -> HttpResponse:
    return client.post("/choose-password/", {"current": current, "password": new, "again": new})


def test_a_session_left_open_is_not_enough_to_change_the_password_and_guessing_it_there_locks(
    partnership: Partnership,
) -> None:
    client = Client()
    give_password(client)
    assert "Enter your current password" in change_password(client, "").text
    for _ in range(4):
        answer = change_password(client, "wrong")
        assert answer.status_code == 422
        assert "This is not your current password" in answer.text
    assert change_password(client, "wrong").status_code == 429
    assert change_password(client, PASSWORD).status_code == 429
    assert "quiet-otter-lamp" not in kept()
    AccessAttempt.objects.all().delete()
    assert change_password(client, PASSWORD).status_code == 302
