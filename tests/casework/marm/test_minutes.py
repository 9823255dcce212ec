"""Reports before a meeting, and minutes: never closed without the person, and never changed once closed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.hostile.test_queries import MOST, NOT_ASKED
from tests.casework.marm.conftest import AnActor
from tests.casework.opened import both_are_kept, standing
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.meetings import (
    answer_meeting,
    cancel_meeting,
    change_meeting,
    set_meeting,
)
from alongside.casework.marm.commands.minutes import (
    AgainstTheirWishError,
    NotToBeClosedError,
    RiskFromThemError,
    add_to_minutes,
    hear_family,
    keep_minutes,
    send_report,
)
from alongside.casework.marm.models import Case, Meeting, Minutes
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.presenters.minutes import contact_choices, reports_shown
from alongside.casework.marm.queries.minutes import minutes_page, reports_page
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
from alongside.casework.marm.rules.reports import Report, Topic
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Contact

pytestmark = pytest.mark.django_db
KNOWN = Report(facts="Two falls in May.", strengths="She reads.", topics=(Topic.HEALTH,))


@pytest.fixture
def later(meeting: Meeting) -> datetime:
    return meeting.begins_at + timedelta(hours=1)


def whole(meeting: Meeting, **other: Any) -> Written:
    """Minutes that can be closed."""
    came = {each: Attendance(Attended.PRESENT) for each in meeting.invited.values_list("id", flat=True)}
    given: dict[str, Any] = {
        "took_part": TookPart.TRUSTED_WORKER, "views": "Dee: she stays, with a rail at the door.",
        "story": "She taught half the street to sew.", "known": "The council: two falls.", "attendance": came,
    }  # fmt: skip
    return Written(**given | other)


@pytest.mark.proves("MARM-63")
def test_an_agency_says_what_it_knows_and_the_newest_counts(
    who: AnActor, meeting: Meeting, now: datetime
) -> None:
    wes = who("Wes Tanner")
    assert reports_page(actor=wes, meeting_id=meeting.id).waiting == ["Riverside Council"]
    given: dict[str, Any] = {"actor": wes, "meeting_id": meeting.id}
    send_report(at=now, report=Report(nothing_known=True), **given)
    send_report(at=now + timedelta(hours=1), report=KNOWN, **given)
    page = reports_page(actor=wes, meeting_id=meeting.id)
    assert [each.facts for each in page.reports] == ["Two falls in May."]
    assert page.waiting == []
    assert page.due < meeting.begins_at.date()
    assert "Been There (peer support) has been in touch since 3 October 2024." in reports_shown(page).late[0]
    with pytest.raises(UnsaidError):
        send_report(at=now, report=Report(), **given)
    with pytest.raises(NotFoundError):
        send_report(at=now, report=KNOWN, **given | {"actor": who("Tom Reilly")})


@pytest.mark.proves("MARM-23", "MARM-22")
def test_minutes_are_not_closed_until_the_persons_views_are_there(
    who: AnActor, meeting: Meeting, later: datetime
) -> None:
    asha = who("Asha Patel")
    given: dict[str, Any] = {"actor": asha, "at": later, "meeting_id": meeting.id}
    for without in ({"took_part": TookPart.NOT_YET}, {"views": ""}, {"attendance": {}}):
        with pytest.raises(NotToBeClosedError):
            keep_minutes(written=whole(meeting, **without), opened_version=0, close=True, **given)
    assert not Minutes.objects.filter(meeting=meeting).exists()
    keep_minutes(written=whole(meeting, views=""), opened_version=0, **given)
    closed = keep_minutes(written=whole(meeting), opened_version=1, close=True, **given)
    assert closed.closed_at == later
    page = minutes_page(actor=asha, meeting_id=meeting.id)
    assert [each.attended for each in page.invited] == [Attended.PRESENT]
    assert (page.may_write, page.may_add) == (False, True)


def test_minutes_are_closed_after_the_meeting_began_and_by_who_chairs_or_steers(
    who: AnActor, meeting: Meeting, now: datetime, later: datetime
) -> None:
    given: dict[str, Any] = {"meeting_id": meeting.id, "written": whole(meeting), "opened_version": 0}
    with pytest.raises(NotToBeClosedError):
        keep_minutes(actor=who("Gwen Hughes"), at=now, close=True, **given)
    with pytest.raises(NotAllowedError):
        keep_minutes(actor=who("Wes Tanner"), at=later, **given)
    assert keep_minutes(actor=who("Gwen Hughes"), at=later, close=True, **given).closed_by == "Gwen Hughes"


@pytest.mark.proves("MARM-22")
def test_of_two_who_close_at_once_one_closes_and_the_other_loses_nothing_typed(
    riverside_now: Universe, who: AnActor, meeting: Meeting, later: datetime
) -> None:
    given: dict[str, Any] = {"at": later, "meeting_id": meeting.id, "opened_version": 0}
    keep_minutes(actor=who("Gwen Hughes"), written=whole(meeting), close=True, **given)
    with pytest.raises(StaleError, match="Gwen Hughes has closed"):
        keep_minutes(actor=who("Asha Patel"), written=whole(meeting, story="Another"), close=True, **given)
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    typed = {"opened_version": "0", "took_part": "in_person", "story": "What I typed", "known": "And this"}
    for each in meeting.invited.all():
        typed |= {f"attended_{each.id}": "present"}
    told = browser.post(f"/meetings/{meeting.id}/minutes/write/", typed)
    assert told.status_code == 409
    words = told.content.decode()
    assert "Gwen Hughes has closed these minutes" in words
    assert words.count("What I typed") >= 2  # beside theirs, and in its box
    assert "She taught half the street to sew." in words


def test_two_who_write_at_once_are_told(who: AnActor, meeting: Meeting, later: datetime) -> None:
    given: dict[str, Any] = {"at": later, "meeting_id": meeting.id, "opened_version": 0}
    keep_minutes(actor=who("Gwen Hughes"), written=whole(meeting), **given)
    with pytest.raises(StaleError, match="Gwen Hughes has written"):
        keep_minutes(actor=who("Asha Patel"), written=whole(meeting), **given)


def test_of_two_who_write_neither_undoes_what_only_the_other_wrote(
    riverside_now: Universe, who: AnActor, meeting: Meeting, now: datetime
) -> None:
    keep_minutes(
        actor=who("Gwen Hughes"), at=now, meeting_id=meeting.id, opened_version=0,
        written=whole(meeting, story="She taught\r\nhalf the street to sew."),
    )  # fmt: skip
    asha, gwen = (browser_of(riverside_now.members[name].user) for name in ("Asha Patel", "Gwen Hughes"))
    path = f"/meetings/{meeting.id}/minutes/write/"
    both_are_kept(asha, gwen, path, only_theirs="known", only_mine="gaps", both="missing")
    kept = Minutes.objects.get(meeting=meeting)
    assert kept.story.split() == ["She", "taught", "half", "the", "street", "to", "sew."]


def test_who_came_is_set_side_by_side_where_two_say_it_otherwise(
    riverside_now: Universe, meeting: Meeting
) -> None:
    asha, gwen = (browser_of(riverside_now.members[name].user) for name in ("Asha Patel", "Gwen Hughes"))
    path, came = f"/meetings/{meeting.id}/minutes/write/", f"attended_{meeting.invited.get().id}"
    opened, also = standing(asha.get(path).text), standing(gwen.get(path).text)
    assert asha.post(path, opened | {came: ["present"], "took_part": ["in_person"]}).status_code == 302
    page = gwen.post(path, also | {came: ["absent"], "story": ["A box of buttons"]}).text
    assert page.count("Theirs:") == 1
    assert "<strong>Theirs:</strong> Was there" in page
    held = standing(page)
    assert (held[came], held["took_part"], held["story"]) == (["absent"], ["in_person"], ["A box of buttons"])


def test_what_agencies_know_is_wanted_by_no_day_before_the_meeting_was_set(
    who: AnActor, opened: Case, plan: Plan, council: str, now: datetime
) -> None:
    soon = replace(plan, begins_at=now + timedelta(hours=20))
    meeting = set_meeting(
        actor=who("Asha Patel"), at=now, case_id=opened.id, plan=soon, invited=[council], meant=True
    )
    assert reports_page(actor=who("Asha Patel"), meeting_id=meeting.id).due == timezone.localdate(now)


@pytest.mark.proves("MARM-24")
def test_family_is_heard_only_where_the_person_lets_us_speak_with_them(
    who: AnActor, meeting: Meeting, later: datetime
) -> None:
    asha = who("Asha Patel")
    tell_database(asha)
    shared = {"person_id": meeting.case.person_id, "noted_by": "Asha Patel", "noted_at": later}
    sister, son = (
        Contact.objects.create(name=name, relationship="family", permission=permission, **shared)
        for name, permission in (("Ines", "only_if"), ("Paul", "no"))
    )
    nephew = Contact.objects.create(
        name="Cole", relationship="nephew", permission="yes", poses_risk=True, **shared
    )
    given: dict[str, Any] = {"actor": asha, "at": later, "meeting_id": meeting.id}
    with pytest.raises(RiskFromThemError, match="Cole should not be heard"):
        hear_family(contact_id=nephew.id, words="She is confused", **given)
    offered = contact_choices(minutes_page(actor=asha, meeting_id=meeting.id))
    assert {said.split(" (")[0] for _key, said in offered} == {"Ines", "Nuala"}
    with pytest.raises(AgainstTheirWishError):
        hear_family(contact_id=son.id, words="Sell the house", **given)
    with pytest.raises(NotFoundError):
        hear_family(contact_id=uuid4(), words="Hello", **given)
    with pytest.raises(UnsaidError):
        hear_family(contact_id=sister.id, words=" ", **given)
    hear_family(contact_id=sister.id, words="Ring me at night too.", **given)
    (heard,) = minutes_page(actor=asha, meeting_id=meeting.id).family
    assert (heard.name, heard.wish) == ("Ines, family", "only_if")
    keep_minutes(written=whole(meeting), opened_version=0, close=True, **given)
    with pytest.raises(AlreadyDoneError):
        hear_family(contact_id=sister.id, words="And more", **given)


def test_closed_minutes_are_added_to_and_open_ones_written_in(
    who: AnActor, meeting: Meeting, later: datetime
) -> None:
    wes = who("Wes Tanner")
    given: dict[str, Any] = {"actor": wes, "at": later, "meeting_id": meeting.id}
    with pytest.raises(AlreadyDoneError):
        add_to_minutes(words="The rail is paid for.", **given)
    keep_minutes(
        actor=who("Asha Patel"), at=later, meeting_id=meeting.id, written=whole(meeting), opened_version=0,
        close=True,
    )  # fmt: skip
    with pytest.raises(UnsaidError):
        add_to_minutes(words="", **given)
    add_to_minutes(words="The rail is paid for.", **given)
    assert [each.words for each in minutes_page(actor=wes, meeting_id=meeting.id).addenda] == [
        "The rail is paid for."
    ]
    with pytest.raises(AlreadyDoneError):
        send_report(report=KNOWN, **given)


def test_what_took_place_is_not_moved_cancelled_or_answered_to_once_its_minutes_are_closed(
    riverside_now: Universe, who: AnActor, meeting: Meeting, plan: Plan, later: datetime
) -> None:
    wes = browser_of(riverside_now.members["Wes Tanner"].user)
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    page, links = f"/meetings/{meeting.id}/", ("answer/", "change/", "cancel/")
    assert "answer/" in wes.get(page).text
    keep_minutes(
        actor=who("Asha Patel"), at=later, meeting_id=meeting.id, written=whole(meeting), opened_version=0,
        close=True,
    )  # fmt: skip
    for browser in (wes, asha):
        assert not [each for each in links if f"{page}{each}" in browser.get(page).text]
    given: dict[str, Any] = {"actor": who("Asha Patel"), "at": later, "meeting_id": meeting.id}
    moved = replace(plan, begins_at=plan.begins_at + timedelta(days=14))
    for tried in (
        lambda: change_meeting(plan=moved, opened_version=meeting.version, meant=True, **given),
        lambda: cancel_meeting(why="Snow", **given),
        lambda: answer_meeting(coming=Coming.COMES, **given | {"actor": who("Wes Tanner")}),
    ):
        with pytest.raises(AlreadyDoneError, match="its minutes are closed"):
            tried()
    sent = wes.post(f"{page}answer/", {"coming": Coming.COMES.value})
    assert (sent.status_code, "its minutes are closed" in sent.text) == (409, True)


def test_a_cancelled_meeting_has_no_minutes(
    who: AnActor, meeting: Meeting, now: datetime, later: datetime
) -> None:
    cancel_meeting(actor=who("Mair Pugh"), at=now, meeting_id=meeting.id, why="Snow")
    with pytest.raises(AlreadyDoneError):
        keep_minutes(
            actor=who("Mair Pugh"), at=later, meeting_id=meeting.id, written=whole(meeting), opened_version=0
        )


@pytest.mark.proves("MARM-23")
def test_the_database_closes_no_minutes_without_the_person(
    who: AnActor, meeting: Meeting, later: datetime
) -> None:
    keep_minutes(
        actor=who("Asha Patel"), at=later, meeting_id=meeting.id, written=whole(meeting, views=""),
        opened_version=0,
    )  # fmt: skip
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError, match="minutes_closed_with_the_person"), transaction.atomic():
        Minutes.objects.filter(meeting=meeting).update(closed_at=later)


@pytest.mark.parametrize(
    "statement",
    [
        "update marm_minutes set story = 'Another'",
        "update marm_minutes set closed_at = null",
        "delete from marm_minutes",
        "update marm_invited set attended = 'absent'",
        "update marm_addendum set words = 'Another'",
        "delete from marm_addendum",
        "update marm_agencyreport set facts = 'Another'",
        "delete from marm_agencyreport",
        """insert into marm_familyview (id, minutes_id, name, wish, wish_words, words, by, at)
        select gen_random_uuid(), id, 'X', 'yes', '', 'Late', 'X', now() from marm_minutes""",
    ],
)
def test_raw_sql_changes_nothing_of_closed_minutes(
    statement: str, who: AnActor, meeting: Meeting, now: datetime, later: datetime
) -> None:
    asha = who("Asha Patel")
    given: dict[str, Any] = {"actor": asha, "meeting_id": meeting.id}
    send_report(at=now, report=KNOWN, **given)
    keep_minutes(at=later, written=whole(meeting), opened_version=0, close=True, **given)
    add_to_minutes(at=later, words="The rail is paid for.", **given)
    tell_database(asha)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_minutes_are_seen_by_an_agency_that_takes_no_part_and_pages_ask_little(
    riverside_now: Universe,
    who: AnActor,
    meeting: Meeting,
    now: datetime,
    later: datetime,
) -> None:
    asha, tom = who("Asha Patel"), who("Tom Reilly")
    send_report(actor=asha, at=now, meeting_id=meeting.id, report=KNOWN)
    keep_minutes(actor=asha, at=later, meeting_id=meeting.id, written=whole(meeting), opened_version=0)
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    for page in ("reports/", "minutes/", "minutes/write/"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/meetings/{meeting.id}/{page}").status_code == 200
        assert sum(not each["sql"].startswith(NOT_ASKED) for each in asked) <= MOST
    for ask in (reports_page, minutes_page):
        with pytest.raises(NotFoundError):
            ask(actor=tom, meeting_id=meeting.id)
    for table in ("marm_agencyreport", "marm_minutes"):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(tom)
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0
