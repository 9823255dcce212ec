"""What a member does here, and what a team does, can be changed; what they have stays theirs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.members import LastLeadError, UnknownRoleError
from alongside.casework.accounts.models import Membership, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": membership.user.email, "password": PASSWORD})
    return client


@pytest.fixture
def lead(partnership: Partnership) -> Client:
    return signed_in(partnership.lead)


def change(partnership: Partnership, by: Membership, of: Membership, **given: Any) -> Membership:
    told = {
        "roles": of.roles, "team_id": of.team_id, "manager_id": of.manager_id, "job_title": of.job_title,
        "skills": of.skills,
    }  # fmt: skip
    return commands.change_member(
        actor=partnership.actor(by), at=partnership.at, membership_id=of.id, **told | given
    )


def test_what_a_member_does_changes_and_they_stay_the_same_member(partnership: Partnership) -> None:
    lead, worker = partnership.lead, partnership.worker
    team = Team.form(organisation=partnership.council, name="Contact team")
    change(
        partnership, lead, worker, roles=["practitioner", "manager"], team_id=team.id, manager_id=lead.id,
        job_title=" Senior ", skills=["welsh", "signing"],
    )  # fmt: skip
    changed = Membership.objects.get(id=worker.id)
    assert (changed.roles, changed.team, changed.manager) == (["manager", "practitioner"], team, lead)
    assert (changed.job_title, changed.skills) == ("Senior", ["signing", "welsh"])
    trail = AuditEvent.objects.get(code="accounts.member_changed").details
    assert (trail["before"], trail["after"]) == ("practitioner", "manager, practitioner (Contact team)")
    with pytest.raises(AlreadyDoneError):
        change(partnership, lead, changed)


def test_only_roles_that_are_theirs_to_give_and_nobody_makes_themselves_an_auditor(
    partnership: Partnership,
) -> None:
    lead, worker = partnership.lead, partnership.worker
    with pytest.raises(NotAllowedError):
        change(partnership, worker, lead, job_title="Boss")
    with pytest.raises(NotFoundError):
        change(partnership, partnership.carer, worker, job_title="Ours")
    with pytest.raises(NotAllowedError, match="ask another lead"):
        change(partnership, lead, lead, roles=["organisation_lead", "governance_lead"])
    change(partnership, lead, lead, roles=["organisation_lead", "practitioner"])
    with pytest.raises(UnknownRoleError):
        change(partnership, lead, worker, roles=[])
    with pytest.raises(NotFoundError):
        change(partnership, lead, worker, manager_id=worker.id)
    with pytest.raises(NotFoundError):
        change(partnership, lead, worker, team_id=worker.id)


def test_the_last_lead_stays_one_and_who_has_left_stays_as_they_were(partnership: Partnership) -> None:
    lead, worker = partnership.lead, partnership.worker
    with pytest.raises(LastLeadError):
        change(partnership, lead, lead, roles=["practitioner"])
    change(partnership, lead, worker, roles=["organisation_lead"])
    change(partnership, lead, lead, roles=["practitioner"])
    lead.refresh_from_db()
    yesterday = timezone.localdate(partnership.at) - timedelta(days=1)
    lead.active_from = yesterday - timedelta(days=9)
    lead.save()
    lead.end(on=yesterday)
    with pytest.raises(AlreadyDoneError):
        change(partnership, worker, lead, job_title="Retired")


def test_pages_change_a_member_and_a_team(partnership: Partnership, lead: Client) -> None:
    worker = partnership.worker
    lead.post("/teams/new/", {"name": "Contact team", "services": ["contact_team"]})
    lead.post("/teams/new/", {"name": "Night team"})
    team = Team.objects.get(name="Contact team")
    assert team.services == ["contact_team"]
    page = lead.get("/members/").text
    assert f"/members/{worker.id}/change/" in page
    assert f"/teams/{team.id}/change/" in page

    form = lead.get(f"/members/{worker.id}/change/").text
    assert 'value="practitioner" checked' in form
    told = {
        "roles": ["practitioner"],
        "team": str(team.id),
        "skills": "  Welsh \nSigning\nwelsh",
        "manager": "",
    }
    assert lead.post(f"/members/{worker.id}/change/", told).headers["Location"] == "/members/"
    worker.refresh_from_db()
    assert (worker.team, worker.skills) == (team, ["signing", "welsh"])
    assert "Skills: signing, welsh" in lead.get("/members/").text
    assert lead.post(f"/members/{worker.id}/change/", told | {"skills": "x" * 41}).status_code == 422
    itself = lead.post(f"/members/{partnership.lead.id}/change/", {"roles": ["governance_lead"]})
    assert itself.status_code == 422
    assert "ask another lead" in itself.text

    changed = {"name": "First contact", "telephone": "01632 960 001", "capacity_per_week": "9"}
    assert lead.post(f"/teams/{team.id}/change/", changed | {"services": ["contact_team"]}).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.capacity_per_week, team.services) == ("First contact", 9, ["contact_team"])
    taken = lead.post(f"/teams/{team.id}/change/", changed | {"name": "night TEAM"})
    assert taken.status_code == 422
    assert "already has a team called" in taken.text


def test_a_service_that_the_pack_no_longer_has_can_be_kept_or_taken_away(
    partnership: Partnership, lead: Client
) -> None:
    team = Team.form(organisation=partnership.council, name="Old team", services=["gone_service"])
    page = lead.get(f"/teams/{team.id}/change/").text
    assert "gone_service, which the area pack no longer has" in page
    lead.post(f"/teams/{team.id}/change/", {"name": "Old team", "services": ["gone_service"]})
    team.refresh_from_db()
    assert team.services == ["gone_service"]
    lead.post(f"/teams/{team.id}/change/", {"name": "Old team"})
    team.refresh_from_db()
    assert team.services == []


def test_another_organisations_team_is_not_there(partnership: Partnership, lead: Client) -> None:
    theirs = Team.form(organisation=partnership.charity, name="Theirs")
    assert lead.get(f"/teams/{theirs.id}/change/").status_code == 404
    with pytest.raises(NotFoundError):
        commands.change_team(
            actor=partnership.actor(partnership.lead), at=partnership.at, team_id=theirs.id, name="Ours",
            telephone="", capacity_per_week=None, services=[],
        )  # fmt: skip
