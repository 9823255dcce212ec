"""Minutes stay open without the person; who knows what; and nothing known as a whole answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from alongside.casework.marm.rules.minutes import (
    Attendance,
    Attended,
    TookPart,
    Written,
    keeps_from_closing,
)
from alongside.casework.marm.rules.reports import Report, Topic, grid, wrong_with

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
WHOLE = Written(TookPart.IN_PERSON, story="She sews.", known="The council: two falls.")


def wrong(written: Written) -> set[str]:
    return set(keeps_from_closing(written, begins_at=NOW - timedelta(hours=1), now=NOW))


@pytest.mark.proves("MARM-23")
def test_minutes_stay_open_until_the_person_was_there_or_their_views_are() -> None:
    assert wrong(WHOLE) == set()
    assert wrong(replace(WHOLE, took_part=TookPart.REMOTE)) == set()
    assert wrong(replace(WHOLE, took_part=TookPart.NOT_YET, views="Words, and nobody says how")) == {
        "took_part"
    }
    for through in (TookPart.ADVOCATE, TookPart.WRITTEN, TookPart.TRUSTED_WORKER):
        assert wrong(replace(WHOLE, took_part=through, views=" ")) == {"views"}
        assert wrong(replace(WHOLE, took_part=through, views="I stay here.")) == set()
    assert wrong(replace(WHOLE, took_part=TookPart.DECLINED)) == {"declined_why"}
    assert wrong(replace(WHOLE, took_part=TookPart.DECLINED, declined_why="Too many people.")) == set()


@pytest.mark.proves("MARM-22")
def test_minutes_say_who_came_and_what_is_known_and_close_after_the_meeting_began() -> None:
    assert wrong(replace(WHOLE, story="", known=" ")) == {"story", "known"}
    for attendance, what in (
        (Attendance(Attended.NOT_YET), {"attendance"}),
        (Attendance(Attended.ABSENT), {"attendance"}),
        (Attendance(Attended.APOLOGY, "Ill"), set()),
        (Attendance(Attended.REMOTE), set()),
    ):
        assert wrong(replace(WHOLE, attendance={uuid4(): attendance})) == what
    assert set(keeps_from_closing(WHOLE, begins_at=NOW + timedelta(minutes=1), now=NOW)) == {"close"}


def test_nothing_known_is_a_whole_answer_and_something_known_says_what_is_strong() -> None:
    assert wrong_with(Report(nothing_known=True, offer="A visit")) == {}
    assert set(wrong_with(Report(nothing_known=True, facts="Two falls"))) == {"nothing_known"}
    assert set(wrong_with(Report())) == {"facts", "strengths", "topics"}
    assert wrong_with(Report(facts="Two falls", strengths="She reads", topics=(Topic.HEALTH,))) == {}


@pytest.mark.proves("MARM-63")
def test_what_one_agency_knows_alone_is_seen() -> None:
    rows = {
        row.topic: row
        for row in grid({"Council": {Topic.HOME, Topic.MONEY}, "Homes": {Topic.HOME}, "Peers": set()})
    }
    assert (rows[Topic.HOME].holds, rows[Topic.HOME].only) == ((True, True, False), "")
    assert (rows[Topic.MONEY].holds, rows[Topic.MONEY].only) == ((True, False, False), "Council")
    assert rows[Topic.HARM].only == ""
    assert all(row.only == "" for row in grid({"Council": {Topic.HOME}}))
