"""The page of a person tells who may read the case that one is open, who leads it and when they meet."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.people.test_pages import OF_NO_TABLE
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.asking import decline_case
from alongside.casework.marm.commands.meetings import cancel_meeting
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.presenters.about_person import lines_of_case
from alongside.casework.marm.queries.about_person import case_now
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy


def page_of(riverside: Universe, name: str, person: Any) -> str:
    return browser_of(riverside.members[name].user).get(f"/people/{person}/").content.decode()


def test_who_takes_part_is_told_of_the_case_and_the_next_meeting(
    riverside_now: Universe, who: AnActor, bee: Any, meeting: Meeting, now: datetime
) -> None:
    page = page_of(riverside_now, "Asha Patel", bee)
    told = page.partition('id="now"')[2].partition("</section>")[0]
    assert f'href="/cases/{meeting.case_id}/">A case is open</a>' in told
    assert "Nobody leads it yet." in told
    assert "Next meeting: MARM 1" in told
    assert f"{timezone.localtime(meeting.begins_at):%H:%M}" in told
    assert page.index("Before you contact them") < page.index('id="now"') < page.index('id="about-me"')
    # an agency that sees Bee, and takes no part in the case, is told nothing
    page = page_of(riverside_now, "Tom Reilly", bee)
    assert "About me" in page
    assert 'id="now"' not in page
    assert "A case is open" not in page
    cancel_meeting(actor=who("Asha Patel"), at=now, meeting_id=meeting.id, why="She is ill.")
    told = page_of(riverside_now, "Asha Patel", bee)
    assert "A case is open" in told
    assert "Next meeting" not in told


def test_the_page_asks_no_more_than_fifteen_questions_with_a_case_and_a_meeting(
    riverside_now: Universe, bee: Any, meeting: Meeting
) -> None:
    client = browser_of(riverside_now.members["Asha Patel"].user)
    client.get(f"/people/{bee}/")
    with CaptureQueriesContext(connection) as asked:
        assert "Next meeting" in client.get(f"/people/{bee}/").content.decode()
    of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
    assert len(of_tables) <= 15, of_tables


def test_a_meeting_is_the_next_one_until_its_day_is_over(
    who: AnActor, bee: Any, meeting: Meeting, now: datetime
) -> None:
    asha = who("Asha Patel")
    for since, is_there in ((meeting.begins_at, True), (meeting.begins_at + timedelta(minutes=1), False)):
        found = case_now(actor=asha, person_id=bee, since=since)
        assert found is not None
        assert (found.meeting is not None and found.meeting.id == meeting.id) is is_there


def test_a_case_that_is_only_asked_for_is_said_to_be_and_found_by_any_record(
    who: AnActor, bee: Any, case: Case, now: datetime
) -> None:
    asha = who("Asha Patel")
    kept = admit_person(actor=asha, at=now, why=ReachWhy.RAISED_CONCERN, known={"known_as": "B"})
    merge_people(actor=who("Gwen Hughes"), at=now, kept_id=kept.id, absorbed_id=bee, reason="One sister.")
    found = case_now(actor=asha, person_id=kept.id, since=now)
    assert found is not None
    assert [each.text for each in lines_of_case(found)] == ["Agencies were asked to come together"]


def test_a_case_that_does_not_stand_is_not_of_now(who: AnActor, bee: Any, case: Case, now: datetime) -> None:
    decline_case(
        actor=who("Mair Pugh"), at=now, case_id=case.id, why="One agency can", advice="Ask again",
        route="safeguarding",
    )  # fmt: skip
    assert case_now(actor=who("Asha Patel"), person_id=bee, since=now) is None
