"""Signing in: by password, never too often, never on to somewhere else, and remembered."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership

from alongside.casework.accounts import commands
from alongside.casework.audit.models import AuditEvent


def try_password(
    client: Client, password: str = PASSWORD, wanted: str = "", email: str = "will@example.org"
) -> HttpResponse:
    return client.post("/sign-in/", {"username": email, "password": password, "next": wanted})


def test_a_member_signs_in_is_greeted_and_signs_out_and_both_are_recorded(partnership: Partnership) -> None:
    client = Client()
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    answer = try_password(client, email="Will@Example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    page = client.get("/")
    assert "Hello Will Ford" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302
    events = AuditEvent.objects.order_by("sequence").values_list("code", "actor_name", "organisation_name")
    assert list(events)[-2:] == [
        ("accounts.signed_in", "Will Ford", "Riverside Council"),
        ("accounts.signed_out", "Will Ford", "Riverside Council"),
    ]


def test_the_session_before_signing_in_is_not_the_one_after(partnership: Partnership) -> None:
    client = Client()
    client.session.save()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key
    try_password(client)
    assert client.cookies["sessionid"].value != before


def test_signing_out_needs_a_form_that_was_sent(partnership: Partnership) -> None:
    client = Client()
    try_password(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "///evil.example",
        "\n//evil.example",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(partnership: Partnership, wanted: str) -> None:
    assert try_password(Client(), wanted=wanted).headers["Location"] == "/"
    offered = Client().get("/sign-in/", {"next": wanted}).text
    assert 'name="next" value="/"' in offered


def test_whoever_wanted_a_page_of_ours_gets_there(partnership: Partnership) -> None:
    assert try_password(Client(), wanted="/members/").headers["Location"] == "/members/"


def test_after_five_wrong_passwords_even_the_right_one_is_refused_for_a_quarter_of_an_hour(
    partnership: Partnership,
) -> None:
    client = Client()
    for _ in range(4):
        assert try_password(client, "wrong").status_code == 422
    assert try_password(client, "wrong", email="WILL@example.org").status_code == 429
    answer = try_password(Client())
    assert answer.status_code == 429
    assert "Nobody can sign in with this e-mail address for 15 minutes" in answer.text
    assert client.get("/").status_code == 302
    assert try_password(Client(), email="lena@example.org").status_code == 302

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert try_password(Client()).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert try_password(Client()).status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(partnership: Partnership) -> None:
    known = try_password(Client(), "wrong").text
    unknown = try_password(Client(), "wrong", email="nobody@example.org").text
    assert "The e-mail address or the password is not correct" in known
    assert unknown.count("is not correct") == known.count("is not correct")
    assert "<title>Error: Sign in" in known


def test_who_belongs_nowhere_is_let_in_nowhere_also_with_a_session_from_before(
    partnership: Partnership,
) -> None:
    client = Client()
    try_password(client)
    today = timezone.localdate()
    partnership.council.memberships.filter(id=partnership.worker.id).update(
        active_from=today - timedelta(days=9), active_to=today
    )
    answer = client.get("/")
    assert answer.status_code == 403
    assert "does not belong to any organisation" in answer.text
    assert "does not belong to any organisation" in try_password(Client()).text


def test_a_member_of_two_organisations_chooses_and_acts_for_that_one(partnership: Partnership) -> None:
    commands.add_member(
        actor=partnership.actor(partnership.carer), at=partnership.at, name="Will Ford",
        organisation_id=partnership.charity.id, email="will@example.org", roles=["practitioner"],
    )  # fmt: skip
    client = Client()
    assert try_password(client).headers["Location"] == "/"
    assert client.get("/members/").headers["Location"] == "/choose-organisation/"
    assert client.post("/choose-organisation/", {"membership": str(partnership.carer.id)}).status_code == 422
    at_charity = partnership.charity.memberships.get(user=partnership.worker.user)
    client.post("/choose-organisation/", {"membership": str(at_charity.id)})
    page = client.get("/members/").text
    assert "Riverside Carers" in page
    assert "Lena Marsh" not in page


def test_a_password_that_was_given_opens_only_the_page_to_choose_another(partnership: Partnership) -> None:
    commands.add_member(
        actor=partnership.actor(partnership.lead), at=partnership.at, name="Nia New",
        organisation_id=partnership.council.id, email="nia@example.org", roles=["practitioner"],
        password="given-to-begin-with",  # noqa: S106 - of nobody
    )  # fmt: skip
    client = Client()
    try_password(client, "given-to-begin-with", email="nia@example.org")
    assert client.get("/members/").headers["Location"] == "/choose-password/"
    for password, told in [("short", "too short"), ("given-to-begin-with", "different from the one")]:
        answer = client.post("/choose-password/", {"password": password, "again": password})
        assert told in answer.text
    client.post("/choose-password/", {"password": "quiet-otter-lamp", "again": "quiet-otter-lamp"})
    assert client.get("/members/").status_code == 200
    assert try_password(Client(), "given-to-begin-with", email="nia@example.org").status_code == 422


def test_a_demonstration_offers_its_members_and_signs_in_by_one_press(partnership: Partnership) -> None:
    client = Client()
    page = client.get("/sign-in/").text
    assert all(name in page for name in ("Will Ford", "Riverside Carers", "Organisation lead"))
    client.post("/sign-in/demonstration/", {"member": str(partnership.worker.id)})
    assert "Hello Will Ford" in client.get("/").text
    assert Client().post("/sign-in/demonstration/", {"member": "nobody"}).status_code == 404


def test_where_it_is_no_demonstration_nobody_signs_in_by_one_press(
    partnership: Partnership, settings: LazySettings
) -> None:
    settings.DEMONSTRATION = False
    client = Client()
    assert "Will Ford" not in client.get("/sign-in/").text
    answer = client.post("/sign-in/demonstration/", {"member": str(partnership.worker.id)})
    assert answer.status_code == 404
    assert client.get("/").status_code == 302
