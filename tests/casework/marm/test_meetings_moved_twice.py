"""A meeting moved twice: each keeps their own words and reason; whoever said they come refuses no more."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tools.universe import Universe

from alongside.casework.marm.commands.meetings import answer_meeting, change_meeting, set_meeting
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.meetings import meeting_shown
from alongside.casework.marm.presenters.refusals import refusals_shown
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.queries.refusals import refusals_report
from alongside.casework.marm.rules.invitations import WhyNot
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.offers.rules import holding_back

pytestmark = pytest.mark.django_db
WES = "We saw her bruised on Tuesday."
GWEN = "It is for the police."


@pytest.fixture
def both(
    who: AnActor, riverside_now: Universe, joined: Case, plan: Plan, council: str, now: datetime
) -> Meeting:
    """A meeting to which Wes, for the council, could not come."""
    both = [council, str(riverside_now.organisations["been_there"].id)]
    made = set_meeting(actor=who("Mair Pugh"), at=now, case_id=joined.id, plan=plan, invited=both)
    answer_meeting(
        actor=who("Wes Tanner"), at=now, meeting_id=made.id, coming=Coming.APOLOGY,
        why_not=WhyNot.NO_CAPACITY, words=WES,
    )  # fmt: skip
    return made


def move(who: AnActor, meeting: Meeting, plan: Plan, now: datetime, *, version: int) -> None:
    later = replace(plan, begins_at=plan.begins_at + timedelta(days=7 * version))
    change_meeting(
        actor=who("Mair Pugh"), at=now, meeting_id=meeting.id, plan=later, opened_version=version, meant=True
    )


def said_before(who: AnActor, meeting: Meeting) -> str:
    shown = meeting_shown(meeting_page(actor=who("Mair Pugh"), meeting_id=meeting.id))
    return next(each.before for each in shown.invited if each.name == "Riverside Council")


def test_each_keeps_their_own_name_reason_and_words(
    who: AnActor, both: Meeting, plan: Plan, now: datetime
) -> None:
    move(who, both, plan, now, version=1)
    answer_meeting(
        actor=who("Gwen Hughes"), at=now, meeting_id=both.id, coming=Coming.APOLOGY,
        why_not=WhyNot.NOT_OURS, words=GWEN,
    )  # fmt: skip
    move(who, both, plan, now, version=2)
    lines = [f"Wes Tanner: None of us is free. {WES}", f"Gwen Hughes: It is not our role. {GWEN}"]
    assert said_before(who, both).splitlines()[1:] == lines
    see_all()
    assert both.invited.get(name="Riverside Council").before_words.splitlines() == lines


def test_an_agency_that_said_it_comes_is_not_counted_as_refusing(
    who: AnActor, both: Meeting, plan: Plan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_back, "FEWEST", 0)

    def refuses() -> bool:
        later = timezone.localdate(now) + timedelta(days=70)
        return "Riverside Council" in str(refusals_shown(refusals_report(actor=who("Mair Pugh"), day=later)))

    move(who, both, plan, now, version=1)
    assert refuses()
    answer_meeting(actor=who("Wes Tanner"), at=now, meeting_id=both.id, coming=Coming.COMES)
    move(who, both, plan, now, version=2)
    assert not refuses()
    assert said_before(who, both).endswith(WES)  # what they said then stays said
