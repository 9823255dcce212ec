"""A meeting cancelled as a case ends is told to whoever came for that case alone, and no longer sees it."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_ending_leaves_nothing import DIED
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.commands.meetings import answer_meeting, cancel_meeting, set_meeting
from alongside.casework.marm.models import Case, Invited, Meeting
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.today_meetings import meeting_line
from alongside.casework.marm.queries.meetings import meeting_page
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.marm.queries.today_meetings import MeetingToday, Meets, still_to_do
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
MIGRATION = import_module("alongside.casework.marm.migrations.0017_called_off")


@pytest.fixture
def both(
    who: AnActor, riverside_now: Universe, joined: Case, plan: Plan, council: str, now: datetime
) -> Meeting:
    """A meeting to which Dee comes, whose agency sees Bee through the case alone."""
    been_there = riverside_now.organisations["been_there"]
    see_all()
    known = Reach.objects.filter(person_id=joined.person_id, organisation=been_there, until=None)
    known.exclude(why=ReachWhy.CASE).update(until=now)
    made = set_meeting(
        actor=who("Mair Pugh"), at=now, case_id=joined.id, plan=plan, invited=[council, str(been_there.id)]
    )
    answer_meeting(actor=who("Dee Marsh"), at=now, meeting_id=made.id, coming=Coming.COMES)
    return made


def of_day(who: AnActor, name: str, at: datetime) -> list[MeetingToday]:
    return waiting_in_cases(actor=who(name), day=timezone.localdate(at)).meetings


def test_today_says_when_it_was_until_then_and_does_not_name_the_person(
    who: AnActor, joined: Case, both: Meeting, now: datetime, riverside_now: Universe
) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    with pytest.raises(NotFoundError):
        meeting_page(actor=who("Dee Marsh"), meeting_id=both.id)
    (line,) = of_day(who, "Dee Marsh", now)
    assert (line.meets, line.known_as, line.when) == (Meets.CALLED_OFF, "", both.begins_at)
    shown = meeting_line(line, now)
    assert shown.text.startswith("A meeting on ")
    assert shown.text.endswith(" was cancelled")
    assert (shown.href, shown.begins) == ("", both.begins_at)
    page = browser_of(riverside_now.members["Dee Marsh"].user).get("/").text
    assert shown.text in page
    assert "Bee" not in shown.text + shown.hint
    assert 'href=""' not in page
    assert not still_to_do(line, both.begins_at)
    assert of_day(who, "Dee Marsh", both.begins_at + timedelta(days=1)) == []


@pytest.mark.usefixtures("both")
def test_whoever_still_sees_the_case_is_told_once(who: AnActor, joined: Case, now: datetime) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    told = [each.meets for each in of_day(who, "Wes Tanner", now)]
    assert told.count(Meets.CANCELLED) == 1
    assert Meets.CALLED_OFF not in told


def test_also_if_it_was_cancelled_before_the_case_ended(
    who: AnActor, joined: Case, both: Meeting, now: datetime
) -> None:
    cancel_meeting(actor=who("Mair Pugh"), at=now, meeting_id=both.id, why="She is in hospital.")
    assert [each.meets for each in of_day(who, "Dee Marsh", now)] == [Meets.CANCELLED]
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    assert [each.meets for each in of_day(who, "Dee Marsh", now)] == [Meets.CALLED_OFF]


def test_it_sees_its_own_invitation_and_that_of_nobody_else(
    who: AnActor, joined: Case, both: Meeting, now: datetime
) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    tell_database(who("Dee Marsh"))
    ours = Invited.objects.filter(meeting_id=both.id).values_list("organisation_id", flat=True)
    assert list(ours) == [who("Dee Marsh").member_of]
    tell_database(who("Tom Reilly"))
    assert not Invited.objects.filter(meeting_id=both.id).exists()


def test_one_that_was_cancelled_before_there_was_a_column_for_it_is_told_too(
    who: AnActor, joined: Case, both: Meeting, now: datetime
) -> None:
    end_case(actor=who("Mair Pugh"), at=now, case_id=joined.id, closing=DIED)
    see_all()
    Invited.objects.filter(meeting=both).update(would_have_begun_at=None)
    assert of_day(who, "Dee Marsh", now) == []
    see_all()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(MIGRATION.STILL_TO_COME)
    assert [each.meets for each in of_day(who, "Dee Marsh", now)] == [Meets.CALLED_OFF]
