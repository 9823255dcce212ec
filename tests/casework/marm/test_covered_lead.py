"""Whoever covers for a lead who is away may do what a lead does, as themselves, until the lead is back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import written
from tests.casework.marm.test_decisions import kept
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.commands import begin_absence, end_absence
from alongside.casework.accounts.models import Absence, Membership, Training
from alongside.casework.audit.models import AuditEvent
from alongside.casework.marm.commands.leading import ask_to_lead
from alongside.casework.marm.models import Case
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.drifting import away_on
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.today import Asks, Waits, waiting_in_cases

pytestmark = pytest.mark.django_db


@pytest.mark.proves("MARM-12")
def test_the_cover_steers_as_themself_while_the_lead_is_away_and_not_after(
    riverside_now: Universe, who: AnActor, opened: Case, now: datetime
) -> None:
    gwen, asha = who("Gwen Hughes"), riverside_now.members["Asha Patel"]  # Asha acts: she asked for the case
    cover = riverside_now.members["Joan Adeyemi"]

    def may(name: str = "Joan Adeyemi") -> bool:
        return case_page(actor=who(name), case_id=opened.id).may_steer

    assert not may()
    day = timezone.localdate(now)
    absence = begin_absence(actor=gwen, at=now, membership_id=asha.id, on=day, cover_id=cover.id)
    assert may()
    assert may("Asha Patel"), "whoever is away loses nothing"
    wes = riverside_now.members["Wes Tanner"].id
    ask_to_lead(actor=who("Joan Adeyemi"), at=now, case_id=opened.id, membership_id=wes, why="He knows her.")
    see_all()
    event = AuditEvent.objects.filter(code="marm.lead_asked", about_id=str(opened.id)).latest("sequence")
    assert event.actor_name == "Joan Adeyemi"
    acting = leading_now(opened).acting
    assert acting is not None
    assert acting.member_id == asha.id, "to cover is not to lead"
    end_absence(actor=gwen, at=now, absence_id=absence.id)
    assert not may()
    with pytest.raises(NotAllowedError, match="Only whoever leads this case"):
        ask_to_lead(actor=who("Joan Adeyemi"), at=now, case_id=opened.id, membership_id=wes, why="Again.")


def test_what_waits_for_the_lead_is_on_the_day_of_the_cover_and_nobody_is_told_that_none_covers(
    riverside_now: Universe, who: AnActor, opened: Case, now: datetime
) -> None:
    gwen, asha, day = who("Gwen Hughes"), riverside_now.members["Asha Patel"], timezone.localdate(now)
    kept(who, opened, now, review_on=day + timedelta(days=1))
    action = written(who, riverside_now, opened, now, due=day)

    def waits(name: str) -> tuple[list[Waits], list[Asks], int]:
        found = waiting_in_cases(actor=who(name), day=day + timedelta(days=2))
        return (
            [each.waits for each in found.cases if each.case_id == opened.id],
            [each.asks for each in found.actions if each.action_id == action.id],
            len(found.decisions),
        )

    of_the_lead = waits("Asha Patel")
    assert of_the_lead == ([Waits.WITHOUT_LEAD], [Asks.LATE_IN_CASE], 1)
    assert waits("Joan Adeyemi") == ([], [], 0)
    absence = begin_absence(
        actor=gwen, at=now, membership_id=asha.id, on=day, cover_id=riverside_now.members["Joan Adeyemi"].id
    )
    assert waits("Joan Adeyemi") == of_the_lead
    assert Waits.LEAD_AWAY not in waits("Mair Pugh")[0]
    end_absence(actor=gwen, at=now, absence_id=absence.id)
    assert waits("Joan Adeyemi") == ([], [], 0)


def test_who_covers_for_somebody_at_one_organisation_has_no_part_in_what_they_lead_for_another(
    riverside_now: Universe, who: AnActor, joined: Case, now: datetime
) -> None:
    """Asha, who acts for the council, also belongs to Been There, where Dee covers for her."""
    day, asha = timezone.localdate(now), riverside_now.members["Asha Patel"]
    there = Membership.begin(
        user=asha.user, organisation=riverside_now.organisations["been_there"], roles=["practitioner"], on=day
    )
    Absence.begin(membership=there, on=day, until=None, cover=riverside_now.members["Dee Marsh"])
    assert who("Dee Marsh").covers == {there.id}
    assert not case_page(actor=who("Dee Marsh"), case_id=joined.id).may_steer


def test_a_cover_who_could_not_open_the_case_is_nobody_covering(
    riverside_now: Universe, who: AnActor, opened: Case, now: datetime
) -> None:
    day, joan = timezone.localdate(now), riverside_now.members["Joan Adeyemi"]
    asha = riverside_now.members["Asha Patel"].id
    begin_absence(actor=who("Gwen Hughes"), at=now, membership_id=asha, on=day, cover_id=joan.id)

    def waits() -> list[Waits]:
        found = waiting_in_cases(actor=who("Mair Pugh"), day=day).cases
        return [each.waits for each in found if each.case_id == opened.id]

    assert waits() == [Waits.WITHOUT_LEAD], "Asha acts, and nobody leads"
    assert away_on(day)[asha][0].cover == joan.id
    Training.objects.filter(user_id=joan.user_id).update(valid_to=day)
    assert waits() == [Waits.LEAD_AWAY]
    assert away_on(day)[asha][0].cover is None
