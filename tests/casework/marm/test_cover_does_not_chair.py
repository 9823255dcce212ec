"""Whoever does a lead's work while they are away does not name themself to chair, as no lead may."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.marm.commands.meetings import ChairLeadsError, change_meeting, set_meeting
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.queries.meetings import meeting_to_change, to_set

pytestmark = pytest.mark.django_db
JOAN = "Joan Adeyemi"


@pytest.fixture
def cover(riverside_now: Universe, who: AnActor, opened: Case, now: datetime) -> Actor:
    """Joan, who covers for Asha, who acts until somebody leads."""
    begin_absence(
        actor=who("Gwen Hughes"), at=now, membership_id=riverside_now.members["Asha Patel"].id,
        on=timezone.localdate(now), cover_id=riverside_now.members[JOAN].id,
    )  # fmt: skip
    return who(JOAN)


def test_a_cover_names_another_to_chair_and_not_themself(
    riverside_now: Universe, opened: Case, plan: Plan, council: str, cover: Actor, now: datetime
) -> None:
    joan = riverside_now.members[JOAN].id
    assert joan not in dict(to_set(actor=cover, case_id=opened.id, day=timezone.localdate(now)).chairs)
    given = {"actor": cover, "at": now, "case_id": opened.id, "invited": [council]}
    with pytest.raises(ChairLeadsError, match="nor is you while you cover"):
        set_meeting(plan=replace(plan, chair_id=joan), **given)
    made = set_meeting(plan=plan, **given)
    with pytest.raises(ChairLeadsError):
        change_meeting(
            actor=cover, at=now, meeting_id=made.id, plan=replace(plan, chair_id=joan), opened_version=1
        )


def test_a_cover_whom_others_chose_stays_and_may_move_it(
    riverside_now: Universe, who: AnActor, opened: Case, plan: Plan, council: str, cover: Actor, now: datetime
) -> None:
    chaired, day = replace(plan, chair_id=riverside_now.members[JOAN].id), timezone.localdate(now)
    given = {"at": now, "case_id": opened.id, "plan": chaired, "invited": [council]}
    made: Meeting = set_meeting(actor=who("Mair Pugh"), **given)
    found = meeting_to_change(actor=cover, meeting_id=made.id, day=day)
    assert chaired.chair_id in dict(found.chairs)
    change_meeting(
        actor=cover, at=now, meeting_id=made.id, plan=replace(chaired, place="The library"), opened_version=1
    )
