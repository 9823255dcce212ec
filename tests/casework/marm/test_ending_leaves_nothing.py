"""What was to come in a case ends with it; nobody is asked about somebody who died; who signed is counted."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_ending import WHOLE
from tests.casework.notices.test_notices import name_server
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.ending import answer_what_remains, end_case, note_check_back
from alongside.casework.marm.commands.meetings import answer_meeting, set_meeting
from alongside.casework.marm.models import Case, Meeting, Minutes, SharedRisk
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.cases import case_shown
from alongside.casework.marm.presenters.meetings import calendar_entry, meeting_shown
from alongside.casework.marm.queries.case_facts import facts_of
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.ending import case_to_check
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.queries.papers import expecting
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.queries.today_meetings import Meets
from alongside.casework.marm.rules.case_audits import Fact
from alongside.casework.marm.rules.ending import Agreed, Closing, Met, Risk
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.minutes import TookPart
from alongside.casework.marm.rules.papers import Form
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person

pytestmark = pytest.mark.django_db
DIED = Closing(
    reason="died", needs={"Whether a review should be requested": "No"}, met=Met.NOT_SAID,
    no_view_why="She died.", risk=Risk.REMOVED,
)  # fmt: skip
DECLINES = replace(
    WHOLE, reason="declined_risk_signed", risk=Risk.REMAINS,
    needs={"What would reopen it": "A fall", "Who would notice": "Dee"},
)  # fmt: skip
ASKS = "Somebody will ask how things are going"


@pytest.fixture
def both(
    who: AnActor, riverside_now: Universe, joined: Case, plan: Plan, council: str, now: datetime
) -> Meeting:
    both = [council, str(riverside_now.organisations["been_there"].id)]
    return set_meeting(actor=who("Mair Pugh"), at=now, case_id=joined.id, plan=plan, invited=both)


def rows_of(who: AnActor, case: Case, now: datetime) -> dict[str, str]:
    return dict(case_shown(case_page(actor=who("Mair Pugh"), case_id=case.id), now).ending)


def test_a_meeting_to_come_is_cancelled_with_the_case_and_those_invited_are_told(
    who: AnActor, joined: Case, both: Meeting, now: datetime, settings: Settings
) -> None:
    name_server(settings, "smtp://127.0.0.1:9")
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    page = meeting_page(actor=who("Dee Marsh"), meeting_id=both.id)
    assert meeting_shown(page).cancelled.endswith(": The case ended: The person has died")
    assert not meeting_shown(page).may_answer
    assert calendar_entry(page.meeting, "/").cancelled
    see_all()
    assert {"Dee Marsh", "Gwen Hughes"} <= set(Notice.objects.values_list("user__name", flat=True))
    paper = expecting(actor=who("Asha Patel"), case_id=joined.id, form=Form.PAGE, at=now)
    assert paper.next_meeting is None
    lines = waiting_in_cases(actor=who("Dee Marsh"), day=timezone.localdate(now)).meetings
    assert Meets.CANCELLED in [each.meets for each in lines]


def test_a_meeting_that_has_begun_stays_and_nobody_answers_it_once_the_case_has_ended(
    who: AnActor, joined: Case, both: Meeting
) -> None:
    end_case(actor=who("Mair Pugh"), at=both.begins_at, case_id=joined.id, closing=WHOLE)
    shown = meeting_shown(meeting_page(actor=who("Dee Marsh"), meeting_id=both.id))
    assert (shown.cancelled, shown.may_answer, shown.may_set) == ("", False, False)
    with pytest.raises(AlreadyDoneError):
        answer_meeting(actor=who("Dee Marsh"), at=both.begins_at, meeting_id=both.id, coming=Coming.COMES)


def test_a_meeting_with_closed_minutes_was_held_whatever_its_time_says(
    who: AnActor, joined: Case, both: Meeting, now: datetime
) -> None:
    see_all()
    Minutes.objects.create(meeting=both, took_part=TookPart.IN_PERSON, saved_at=now, closed_at=now)
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=WHOLE)
    see_all()
    assert Meeting.objects.get(id=both.id).cancelled_at is None


def counted(case: Case, at: datetime) -> int:
    tell_database(system_actor("tests"))
    return facts_of([case.id], at)[case.id][Fact.CHECKED_BACK].of


def waits(who: AnActor, case: Case, day: date) -> list[Waits]:
    there = waiting_in_cases(actor=who("Mair Pugh"), day=day).cases
    return [each.waits for each in there if each.case_id == case.id]


def test_nobody_is_told_to_ask_after_a_case_that_ended_because_the_person_died(
    who: AnActor, joined: Case, now: datetime, riverside_now: Universe
) -> None:
    mair = browser_of(riverside_now.members["Mair Pugh"].user)
    ending = end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    assert ending.check_back_on is None
    later = timezone.localdate(now).replace(year=now.year + 1)
    assert waits(who, joined, later) == []
    assert ASKS not in rows_of(who, joined, now)
    assert not case_shown(case_page(actor=who("Mair Pugh"), case_id=joined.id), now).may_check
    assert mair.get(f"/cases/{joined.id}/").status_code == 200
    with pytest.raises(AlreadyDoneError):
        case_to_check(actor=who("Mair Pugh"), case_id=joined.id)
    with pytest.raises(AlreadyDoneError):
        note_check_back(
            actor=who("Mair Pugh"), at=now, case_id=joined.id, on=timezone.localdate(now), words="Well."
        )
    assert counted(joined, now.replace(year=now.year + 1)) == 0


def test_nor_once_a_record_says_so(who: AnActor, joined: Case, now: datetime, bee: Any) -> None:
    ending = end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=WHOLE)
    day = ending.check_back_on
    assert day is not None
    later = now.replace(year=now.year + 1)
    assert waits(who, joined, day) == [Waits.CHECK_BACK]
    assert ASKS in rows_of(who, joined, now)
    assert counted(joined, later) == 1
    see_all()
    Person.objects.filter(id=bee).update(died_on=timezone.localdate(now))
    assert waits(who, joined, day) == []
    assert ASKS not in rows_of(who, joined, now)
    assert not case_shown(case_page(actor=who("Mair Pugh"), case_id=joined.id), now).may_check
    assert counted(joined, later) == 0


def test_a_case_of_somebody_known_to_have_died_is_not_asked_about_whatever_the_reason(
    who: AnActor, joined: Case, now: datetime, bee: Any, riverside_now: Universe
) -> None:
    see_all()
    Person.objects.filter(id=bee).update(died_on=timezone.localdate(now))
    browser = browser_of(riverside_now.members["Mair Pugh"].user)
    given = {
        "met": "not_said", "no_view_why": "She died.", "risk": "removed",
        "need_0": "She said enough.", "need_1": "Nothing.",
    }  # fmt: skip
    said = browser.post(f"/cases/{joined.id}/end/safer/", given, follow=True).text
    assert "The case has ended" in said
    assert "how things are going" not in said


def test_a_reason_about_what_remains_is_refused_where_nothing_does(
    who: AnActor, joined: Case, now: datetime
) -> None:
    gone = replace(DECLINES, risk=Risk.REMOVED)
    with pytest.raises(UnsaidError, match="remains"):
        end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=gone)


def test_beside_such_a_reason_it_says_how_many_agencies_have_signed(
    who: AnActor, joined: Case, now: datetime
) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DECLINES)
    rows = rows_of(who, joined, now)
    see_all()
    agencies = SharedRisk.objects.filter(case=joined).count()
    assert "every agency has signed" not in rows["Why it ended"]
    assert rows["Agencies that agree with what remains"] == f"1 of {agencies}"
    theirs = SharedRisk.objects.get(case=joined, organisation__name__startswith="Been There")
    answer_what_remains(
        actor=who("Dee Marsh"), at=now, shared_risk_id=theirs.id, agrees=Agreed.NOT_AGREED, words="No."
    )
    assert rows_of(who, joined, now)["Agencies that agree with what remains"] == (
        f"1 of {agencies}. 1 does not agree"
    )
