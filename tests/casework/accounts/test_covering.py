"""Whoever covers may do the work of whoever is away, or they do not cover."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import PASSWORD, Partnership
from tests.casework.accounts.test_pages import signed_in

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.absence import CoverNotPossibleError
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import may_stand_in


def member(partnership: Partnership, name: str, role: str) -> Membership:
    return commands.add_member(
        actor=system_actor("tests"), at=partnership.at, organisation_id=partnership.council.id, name=name,
        roles=[role], email=f"{role}@example.org", password=PASSWORD, one_time=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("away", "covers", "may"),
    [
        ("practitioner", "practitioner", True),
        ("practitioner", "manager", True),
        ("manager", "practitioner", True),  # who works; whatever only a manager may do waits for another
        ("contact_worker", "practitioner", True),
        ("practitioner", "contact_worker", False),  # a lead in cases must be able to write in them
        ("practitioner", "data_analyst", False),
        ("practitioner", "governance_lead", False),
        ("practitioner", "co_ordinator", False),
        ("co_ordinator", "practitioner", False),
        ("co_ordinator", "co_ordinator", True),
        ("data_analyst", "organisation_lead", True),  # nobody's record is any part of it
    ],
)
def test_a_cover_has_what_the_work_with_people_needs(away: str, covers: str, may: bool) -> None:
    assert may_stand_in([covers], away=[away]) is may


def test_only_who_may_do_the_work_is_offered_as_cover_and_taken(partnership: Partnership) -> None:
    worker, lead = partnership.worker, partnership.lead
    colleague = member(partnership, "Wyn Hale", "practitioner")
    page = signed_in(worker).get("/my-absence/").text
    assert str(colleague.id) in page
    assert str(lead.id) not in page
    assert str(worker.id) not in page
    day = timezone.localdate(partnership.at) + timedelta(days=3)
    with pytest.raises(CoverNotPossibleError, match="Lena Marsh cannot cover for Will Ford"):
        commands.begin_absence(
            actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id, on=day,
            cover_id=lead.id,
        )  # fmt: skip
    assert not Absence.objects.exists()


def test_whoever_may_no_longer_do_the_work_is_not_said_to_cover(partnership: Partnership) -> None:
    worker, lead = partnership.worker, partnership.lead
    colleague = member(partnership, "Wyn Hale", "practitioner")
    today = timezone.localdate(partnership.at)
    commands.begin_absence(
        actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id, on=today,
        cover_id=colleague.id,
    )  # fmt: skip
    assert "Away for now, Wyn Hale is covering" in signed_in(lead).get("/members/").text
    assert "Cover: Wyn Hale" in signed_in(worker).get("/my-absence/").text
    Membership.objects.filter(id=colleague.id).update(roles=["data_analyst"])
    page = signed_in(lead).get("/members/").text
    assert "is covering" not in page
    assert "Away for now. Wyn Hale, who was to cover, may not do all of this work" in page
    own = signed_in(worker).get("/my-absence/").text
    assert "Cover: Wyn Hale, who may not do all of your work. Ask somebody else." in own
    Absence.objects.update(active_to=today + timedelta(days=2))
    assert re.search(
        r"Back on .+\. Wyn Hale, who was to cover, may not do all of this work",
        signed_in(lead).get("/members/").text,
    )
