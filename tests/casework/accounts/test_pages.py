"""The pages about organisations, members and absences: shown, sent, refused, and safe to load."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership

from alongside.casework.accounts.models import Absence, Membership, Organisation, Team, User
from alongside.casework.audit.models import AuditEvent


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": membership.user.email, "password": PASSWORD})
    return client


@pytest.fixture
def lead(partnership: Partnership) -> Client:
    return signed_in(partnership.lead)


@pytest.fixture
def worker(partnership: Partnership) -> Client:
    return signed_in(partnership.worker)


def test_every_page_opens_and_holds_to_the_policy_for_scripts_and_styles(
    partnership: Partnership, lead: Client
) -> None:
    council, worker_id = partnership.council.id, partnership.worker.id
    for address in (
        "/", "/organisations/", "/organisations/new/", f"/organisations/{council}/",
        f"/organisations/{council}/change/", "/members/", "/members/new/", "/teams/new/", "/my-absence/",
        f"/members/{worker_id}/end/", f"/members/{worker_id}/training/", "/choose-password/",
        "/choose-organisation/",
    ):  # fmt: skip
        answer = lead.get(address)
        assert answer.status_code == 200, address
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
        scripts = re.findall(r"<script([^>]*)>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts), address
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", answer.text), address
        assert "None" not in answer.text, address


def test_a_member_sees_no_button_that_would_refuse_them(partnership: Partnership, worker: Client) -> None:
    assert "Add a member" not in worker.get("/members/").text
    assert "Add an organisation" not in worker.get("/organisations/").text
    assert "Change this profile" not in worker.get(f"/organisations/{partnership.council.id}/").text


def test_a_page_that_is_not_yours_to_use_says_why_in_a_sentence(
    partnership: Partnership, lead: Client, worker: Client
) -> None:
    answer = worker.get("/members/new/")
    assert (answer.status_code, "ask your organisation lead" in answer.text) == (403, True)
    answer = lead.get(f"/organisations/{partnership.charity.id}/change/")
    assert (answer.status_code, "own members can change this" in answer.text) == (403, True)
    refused = AuditEvent.objects.filter(code="access.refused").order_by("sequence")
    assert [(each.actor_name, each.details["operation"]) for each in refused] == [
        ("Will Ford", "accounts:add_member"),
        ("Lena Marsh", "accounts:describe_organisation"),
    ]


def test_what_is_missing_and_what_is_not_yours_look_alike(partnership: Partnership, lead: Client) -> None:
    def page(address: str) -> str:
        answer = lead.get(address)
        assert answer.status_code == 404
        return re.sub(r'nonce="[^"]+"|value="[^"]+"|: [0-9a-f]{32}|number: \w+', "", answer.text)

    missing = page(f"/members/{partnership.council.id}/end/")
    not_yours = page(f"/members/{partnership.carer.id}/end/")
    assert missing == not_yours == page("/members/nothing-here/")


def test_a_profile_is_changed_and_read_by_another_organisation(
    partnership: Partnership, lead: Client
) -> None:
    address = f"/organisations/{partnership.council.id}/"
    said = {"remit": "Adults.\nAnd carers.", "thresholds": "<b>Need</b>"}
    assert lead.post(address + "change/", said).headers["Location"] == address
    page = signed_in(partnership.carer).get(address).text
    assert "Adults.\nAnd carers." in page
    assert "&lt;b&gt;Need&lt;/b&gt;" in page
    assert "The profile was changed." in lead.get(address).text
    assert "This was not done" in lead.post(address + "change/", said).text
    too_long = lead.post(address + "change/", {"remit": "x" * 4001})
    assert too_long.status_code == 422
    assert "There is a problem" in too_long.text


def test_a_team_is_formed_and_a_member_added_with_a_password_shown_once(
    partnership: Partnership, lead: Client
) -> None:
    lead.post("/teams/new/", {"name": "Contact team", "capacity_per_week": "12"})
    team = Team.objects.get()
    given = {
        "name": "Nia New", "email": "nia@example.org", "roles": ["practitioner"], "team": str(team.id),
    }  # fmt: skip
    added = lead.post("/members/new/", given).text
    password = re.search(r">([a-z0-9]{5}(?:-[a-z0-9]{5}){3})<", added)[1]
    client = Client()
    answer = client.post("/sign-in/", {"username": "nia@example.org", "password": password})
    assert answer.status_code == 302
    page = lead.get("/members/").text
    assert "Nia New" in page
    assert password not in page
    assert "already belongs to Riverside Council" in lead.post("/members/new/", given).text


def test_an_organisation_is_taken_in_with_its_lead(partnership: Partnership, lead: Client) -> None:
    given = {
        "name": "Riverside Peers", "kind": "peer_support", "code": "peers", "lead_name": "Pia Stone",
        "lead_email": "pia@example.org",
    }  # fmt: skip
    assert "Pia Stone is now a member of Riverside Peers" in lead.post("/organisations/new/", given).text
    assert Organisation.objects.get(code="peers").memberships.get().user.name == "Pia Stone"


def test_a_training_is_noted_and_the_warning_on_today_is_gone(
    partnership: Partnership, lead: Client, worker: Client
) -> None:
    assert "You cannot see people, because your training" in worker.get("/").text
    today = timezone.localdate()
    boxes = {"done_on-day": today.day, "done_on-month": today.month, "done_on-year": today.year}
    lead.post(f"/members/{partnership.worker.id}/training/", boxes)
    assert "You cannot see people, because your training" not in worker.get("/").text


def test_an_absence_is_noted_with_cover_and_ended(partnership: Partnership, worker: Client) -> None:
    wrong = worker.post("/my-absence/", {"on-day": "31", "on-month": "2", "on-year": "2027"})
    assert "Enter a real date" in wrong.text
    today = timezone.localdate()
    boxes = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    covers = Membership.begin(
        user=User.enrol(email="mo@example.org", name="Mo Weir"), organisation=partnership.council,
        roles=["manager"], on=today,
    )  # fmt: skip
    worker.post("/my-absence/", boxes | {"cover": str(covers.id)})
    page = worker.get("/my-absence/").text
    assert "Cover: Mo Weir" in page
    worker.post(re.search(r'action="(/my-absence/[^"]+/end/)"', page)[1])
    assert "You have no absences now or to come" in worker.get("/my-absence/").text


def test_who_was_to_cover_and_is_not_at_work_either_is_not_said_to_cover(
    partnership: Partnership, lead: Client
) -> None:
    today = timezone.localdate()
    to_cover = Membership.objects.create(
        user=User.objects.create(email="cover@example.org", name="Cai Ellis"),
        organisation=partnership.council, roles=["practitioner"], active_from=today,
    )  # fmt: skip
    Absence.begin(membership=partnership.worker, on=today, until=None, cover=to_cover)
    assert "Away for now, Cai Ellis is covering" in lead.get("/members/").text
    to_cover.end(on=today + timedelta(days=1))
    assert "Away for now, Cai Ellis is covering" in lead.get("/members/").text
    Absence.begin(membership=to_cover, on=today, until=None, cover=None)
    page = lead.get("/members/").text
    assert "nobody covering: Cai Ellis, who was to cover, is not at work either" in page
    assert "Cai Ellis is covering" not in page


def test_a_manager_who_has_left_is_not_said_to_manage_anybody(partnership: Partnership, lead: Client) -> None:
    today = timezone.localdate()
    managing = Membership.begin(
        user=User.enrol(email="mo@example.org", name="Mo Weir"), organisation=partnership.council,
        roles=["manager"], on=today - timedelta(days=9),
    )  # fmt: skip
    Membership.objects.filter(id=partnership.worker.id).update(manager=managing)
    assert "Managed by Mo Weir" in lead.get("/members/").text
    managing.end(on=today + timedelta(days=1))
    assert "Managed by Mo Weir" in lead.get("/members/").text
    managing.end(on=today)
    assert "Mo Weir" not in lead.get("/members/").text


def test_a_form_without_its_token_is_refused_in_plain_words(partnership: Partnership) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "This form could not be sent" in answer.text


WROTE = {"words": "She fell on the stairs.", "new_password1": "a pass phrase", "kind": "event", "x": "<b> a"}


def test_what_was_written_is_shown_to_who_was_signed_out_meanwhile(
    partnership: Partnership,
) -> None:
    page = Client().post("/my-absence/", WROTE, headers={"referer": "http://testserver/my-absence/"})
    assert page.status_code == 403
    assert "You are signed out" in page.text
    assert 'href="/sign-in/?next=/my-absence/"' in page.text
    assert "She fell on the stairs." in page.text
    assert "&lt;b&gt; a" in page.text
    assert "a pass phrase" not in page.text
    assert "no-store" in page["Cache-Control"]
    assert Client().post("/my-absence/", {"kind": "event"})["Location"] == "/sign-in/?next=/my-absence/"


def test_what_was_written_stands_on_the_page_of_a_refused_form_but_no_words_of_another_site(
    partnership: Partnership, worker: Client
) -> None:
    worker.handler.enforce_csrf_checks = True
    own = worker.post("/my-absence/", WROTE, headers={"origin": "http://testserver"})
    assert own.status_code == 403
    assert "This form could not be sent" in own.text
    assert "She fell on the stairs." in own.text
    short = WROTE | {"surname": "Yusuf", "kind": "at_risk", "opened_as": "0a1b 2c3d"}
    one_word = worker.post("/my-absence/", short, headers={"origin": "http://testserver"}).text
    assert "Yusuf" in one_word
    assert not re.search("at_risk|0a1b", one_word), (
        "what stands behind a choice, or was filled by us, is not words"
    )
    places = ("https://evil.example", "null", "http://testserver.evil.example", "http://[")
    for elsewhere in ({}, *({how: each} for how in ("origin", "referer") for each in places)):
        other = worker.post("/my-absence/", WROTE, headers=elsewhere)
        assert other.status_code == 403
        assert "She fell on the stairs." not in other.text


def test_an_address_that_only_takes_a_form_says_so(partnership: Partnership, worker: Client) -> None:
    page = worker.get(f"/my-absence/{uuid4()}/end/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "There is nothing to read at this address" in page.text


@pytest.mark.parametrize("address", ["/", "/members/", "/organisations/", "/my-absence/"])
def test_nothing_is_shown_to_who_has_not_signed_in(db: None, address: str) -> None:
    assert Client().get(address).headers["Location"] == f"/sign-in/?next={address}"


def test_many_members_are_a_few_pages_by_name(
    partnership: Partnership, lead: Client, django_assert_max_num_queries: Any
) -> None:
    at_first = Membership.objects.filter(organisation=partnership.council).count()
    for number in range(100 - at_first):
        Membership.begin(
            user=User.enrol(email=f"m{number}@example.org", name=f"Zeta {number:02}"),
            organisation=partnership.council, roles=["practitioner"], on=timezone.localdate(),
        )  # fmt: skip
    with django_assert_max_num_queries(20):
        lead.get("/members/")
    pages = [lead.get(f"/members/{query}").text for query in ("", "?from=50", "?from=100", "?from=nonsense")]
    shown = [re.findall(r'summary-card__title">([^<]+)<', page) for page in pages]
    assert [len(names) for names in shown] == [50, 50, 50, 50], "past the end is the first page"
    assert shown[0] + shown[1] == sorted({*shown[0], *shown[1]})
    assert [("Next page" in page, "Previous page" in page) for page in pages[:3]] == [
        (True, False), (False, True), (True, False),
    ]  # fmt: skip
