"""A password is chosen with the old one, or one that was given: never from a session alone, nor unnoticed."""

import re
from datetime import timedelta

from django.test import Client
from pytest_django import Settings
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.fake_provider import FakeProvider
from tests.casework.accounts.test_lost_factor import HOW
from tests.casework.accounts.test_lost_password import NEW, tries
from tests.casework.accounts.test_pages import signed_in
from tests.casework.accounts.test_sign_on import there_and_back

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts import commands
from alongside.casework.accounts.models import User
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.notices.models import Notice

OWN = "copper lantern meadow seven"


def chooses(client: Client, **current: str) -> int:
    return client.post("/choose-password/", current | {"password": OWN, "again": OWN}).status_code


def signed_on(provider: FakeProvider, email: str, subject: str) -> Client:
    provider.email, provider.subject = email, subject
    client = Client()
    assert there_and_back(client).status_code == 302
    return client


def given_by_hand(partnership: Partnership) -> None:
    commands.give_new_password_by_hand(
        actor=system_actor("Pat Stone"), at=partnership.at, email="will@example.org", how_sure=HOW,
        password=NEW,
    )  # fmt: skip


def test_who_was_added_and_signs_on_through_the_council_needs_no_password_and_the_one_given_is_void(
    partnership: Partnership, provider: FakeProvider
) -> None:
    given = {"name": "Nia New", "email": "nia@example.org", "roles": ["practitioner"]}
    added = signed_in(partnership.lead).post("/members/new/", given).text
    assert "If they sign in with Riverside Council instead" in added
    password = re.search(r">([a-z0-9]{5}(?:-[a-z0-9]{5}){3})<", added)[1]
    nia = signed_on(provider, "nia@example.org", "n")
    page = nia.get("/")
    assert (page.status_code, "Hello Nia New" in page.text) == (200, True)
    for address in ("/", "/my-security/"):
        assert "Change my password" not in nia.get(address).text
    assert tries(password, "nia@example.org").get("/").status_code == 302
    assert (nia.get("/choose-password/").status_code, chooses(nia)) == (403, 403)
    assert not User.objects.get(email="nia@example.org").has_usable_password()
    event = AuditEvent.objects.get(code="accounts.password_dropped")
    assert told(event, in_full=True) == (
        "Nia New now signs in through Riverside Council, so their unused one-time password no longer works"
    )


def test_a_password_that_its_owner_chose_goes_on_working_beside_the_councils_sign_on(
    partnership: Partnership, provider: FakeProvider
) -> None:
    will = signed_on(provider, "will@example.org", "w")
    assert tries(PASSWORD).get("/").status_code == 200
    assert "Change my password" in will.get("/my-security/").text
    assert (chooses(will), chooses(will, current="wrong"), chooses(will, current=PASSWORD)) == (422, 422, 302)
    assert not AuditEvent.objects.filter(code="accounts.password_dropped").exists()


def test_nobody_at_an_open_screen_gives_a_password_to_an_account_that_has_none(
    partnership: Partnership,
) -> None:
    user = partnership.worker.user
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user, "alongside.casework.accounts.passwords.ByPassword")
    answer = client.get("/choose-password/")
    assert (answer.status_code, "You have no password here" in answer.text) == (403, True)
    assert chooses(client) == 403
    assert not User.objects.get(id=user.id).has_usable_password()


def test_one_that_was_given_as_a_way_back_forces_nobody_who_signs_on_and_is_asked_for_in_their_session(
    partnership: Partnership, provider: FakeProvider
) -> None:
    signed_on(provider, "will@example.org", "w")
    given_by_hand(partnership)
    will = signed_on(provider, "will@example.org", "w")
    assert will.get("/").status_code == 200
    assert chooses(will) == 422
    assert "Your current password" in will.get("/choose-password/").text
    back = tries(NEW)
    assert back.get("/").headers["Location"] == "/choose-password/"
    assert chooses(back) == 302
    assert back.get("/").status_code == 200


def test_a_password_chosen_without_the_old_one_is_told_to_the_owner_and_one_chosen_with_it_is_not(
    partnership: Partnership, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or object()
    assert chooses(tries(PASSWORD), current=PASSWORD) == 302
    assert not Notice.objects.exists()
    given_by_hand(partnership)
    Notice.objects.update(account_changed_at=partnership.at - timedelta(days=1))
    assert chooses(tries(NEW)) == 302
    assert Notice.objects.get().account_changed_at > partnership.at
