"""The eight papers: of the pack, filled from a case or blank, the same in three forms."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.design.test_papers import html_of as page_of
from tests.casework.design.test_papers import of_page, of_word, squeezed, tokens
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.paper_making import general, made, the_same_in_three_forms
from tools.universe import Universe

from alongside.casework.accounts.models import Organisation, Team
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.word_files import word_of
from alongside.casework.marm.commands.minutes import add_to_minutes, keep_minutes, send_report
from alongside.casework.marm.models import Meeting
from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
from alongside.casework.marm.rules.papers import (
    GENERAL,
    OF_CASE,
    OF_MEETING,
    Form,
    Paper,
    file_name,
)
from alongside.casework.marm.rules.reports import Report, Topic
from alongside.casework.people.models import Involvement

pytestmark = pytest.mark.django_db


# What a file is called, and what belongs to which meeting


def test_a_file_is_called_by_the_case_and_never_by_a_name() -> None:
    case = UUID("1a2b3c4d-0000-4000-8000-000000000000")
    assert file_name(Paper.GUIDANCE, Form.PDF) == "guidance.pdf"
    assert file_name(Paper.ACTION_PLAN, Form.DOCX, case_id=case) == "case-1a2b3c4d-action-plan.docx"
    assert (
        file_name(Paper.RECORD, Form.PDF, case_id=case, number=2)
        == "case-1a2b3c4d-meeting-2-record-of-the-meeting.pdf"
    )


# Each paper in each form, full, empty and blank


@pytest.mark.parametrize("paper", list(Paper))
def test_a_general_paper_and_a_blank_copy_say_the_same_in_three_forms(paper: Paper) -> None:
    said = the_same_in_three_forms(general(paper))
    assert len(said) > 500


@pytest.mark.parametrize("paper", OF_CASE + OF_MEETING)
def test_a_paper_of_a_full_case_says_the_same_in_three_forms(
    who: AnActor, amina: dict[str, UUID], paper: Paper
) -> None:
    said = the_same_in_three_forms(made(who, paper, **amina))
    told = {
        Paper.ACTION_PLAN: ("One person who stays, and a door she can lock.", "Wes Tanner, Riverside Council",
                            "Declined, and something else offered"),
        Paper.WHAT_TO_EXPECT: ("Joan Adeyemi, Riverside Council", "Room 4, the library", "For Amina"),
        Paper.AGENCY_REPORT: ("Riverside Council", "What we saw, or hold on file", "Urgent call 1"),
        Paper.CONFIDENTIALITY: ("Joan Adeyemi asked for the case on", "Joined online or by telephone"),
        Paper.RECORD: ("Write down that I want a door.", "Where does she sleep until the room is ready?",
                       "Options considered", "Hold a room in supported lodgings", "Closed by Mair Pugh"),
    }  # fmt: skip
    for words in told[paper]:
        assert squeezed(words) in squeezed(said), words


def test_what_to_expect_has_the_number_of_whoever_leads(who: AnActor, amina: dict[str, UUID]) -> None:
    Organisation.objects.filter(name="Riverside Council").update(telephone="01632 960001")
    Team.objects.update(telephone="")
    assert "01632 960001" in of_page(made(who, Paper.WHAT_TO_EXPECT, **amina))
    Team.objects.update(telephone="01632 960555")
    assert "01632 960555" in of_page(made(who, Paper.WHAT_TO_EXPECT, **amina))


@pytest.mark.parametrize("paper", OF_CASE + OF_MEETING)
def test_a_paper_of_a_case_in_which_nothing_is_written_says_the_same_in_three_forms(
    who: AnActor, empty: dict[str, UUID], paper: Paper
) -> None:
    said = the_same_in_three_forms(made(who, paper, by="Asha Patel", **empty))
    told = {
        Paper.ACTION_PLAN: "There is nothing to do.",
        Paper.WHAT_TO_EXPECT: "Her kitchen",
        Paper.AGENCY_REPORT: "Due by",
        Paper.CONFIDENTIALITY: "Asha Patel asked for the case on",
        Paper.RECORD: "Nothing has been written yet.",
    }
    assert told[paper] in said


@pytest.mark.proves("MARM-22")
def test_the_record_has_who_came_what_was_said_what_was_decided_and_what_was_added(
    who: AnActor, amina: dict[str, UUID]
) -> None:
    add_to_minutes(
        actor=who("Wes Tanner"), at=timezone.now(), meeting_id=amina["meeting"], words="The room is free."
    )
    content = made(who, Paper.RECORD, **amina)
    assert [each.title for each in content.sections] == [
        "The meeting", "What was said", "Who came", "What was decided", "What will be done", "Added later",
    ]  # fmt: skip
    said = of_page(content)
    assert "The room is free." in said
    assert "Wes Tanner, Riverside Council" in said


def test_a_decision_after_the_next_meeting_is_of_that_one(
    who: AnActor, amina: dict[str, UUID], riverside_now: Universe
) -> None:
    see_all()
    held = Meeting.objects.get(id=amina["meeting"])
    next_one = Meeting.objects.get(case=amina["case"], number=2)
    Meeting.objects.filter(id=next_one.id).update(begins_at=held.begins_at + timedelta(seconds=1))
    assert "Where does she sleep" not in of_page(made(who, Paper.RECORD, **amina))
    of_next = amina | {"meeting": next_one.id}
    assert "Where does she sleep" in of_page(made(who, Paper.RECORD, **of_next))


@pytest.mark.proves("MARM-63")
def test_a_report_leaves_room_until_it_is_sent_and_is_then_filled(
    who: AnActor, empty: dict[str, UUID], bee: Any, now: datetime
) -> None:
    to_fill_in = made(who, Paper.AGENCY_REPORT, by="Asha Patel", **empty)
    assert "app-paper__room" in page_of(to_fill_in)
    own = Involvement.objects.filter(person=bee, organisation__name="Riverside Council", until=None)
    known = [each for each in own if each.service and each.since]
    assert known
    for each in known:
        assert f"{each.service}, since {day_in_words(each.since)}" in of_page(to_fill_in)
    send_report(
        actor=who("Asha Patel"), at=now, meeting_id=empty["meeting"],
        report=Report(facts="Two falls in May.", strengths="She reads.", topics=(Topic.HEALTH,)),
    )  # fmt: skip
    filled = made(who, Paper.AGENCY_REPORT, by="Asha Patel", **empty)
    assert "Two falls in May." in of_page(filled)
    assert "app-paper__room" not in page_of(filled)
    send_report(
        actor=who("Asha Patel"), at=now + timedelta(hours=1), meeting_id=empty["meeting"],
        report=Report(nothing_known=True),
    )  # fmt: skip
    assert "It knows nothing about the person." in of_page(
        made(who, Paper.AGENCY_REPORT, by="Asha Patel", **empty)
    )


@pytest.mark.proves("MARM-23")
def test_open_minutes_leave_room_and_closed_ones_say_that_nothing_was_written(
    who: AnActor, empty: dict[str, UUID]
) -> None:
    see_all()
    meeting = Meeting.objects.get(id=empty["meeting"])
    later = meeting.begins_at + timedelta(hours=1)
    came = {each.id: Attendance(Attended.PRESENT) for each in meeting.invited.all()}
    written = Written(
        took_part=TookPart.IN_PERSON, views="I stay.", story="She sews.", known="Two falls.", attendance=came
    )
    given: dict[str, Any] = {"actor": who("Asha Patel"), "at": later, "meeting_id": meeting.id}
    keep_minutes(written=written, opened_version=0, **given)
    draft = made(who, Paper.RECORD, by="Asha Patel", **empty)
    assert "app-paper__room" in page_of(draft)
    assert "Open. Saved by Asha Patel" in of_page(draft)
    keep_minutes(written=written, opened_version=1, close=True, **given)
    record = made(who, Paper.RECORD, by="Asha Patel", **empty)
    assert "app-paper__room" not in page_of(record)
    assert "Nothing was written." in of_page(record)
    assert "Why they did not want to take part" not in of_page(record)


# The pack makes them


CHANGES = [
    ("high: 4 hours", "high: 3 hours", (Paper.GUIDANCE, Paper.FLOWCHART), "3 hours"),
    ("other: 10 working days", "other: 11 working days",
     (Paper.GUIDANCE, Paper.FLOWCHART, Paper.WHAT_TO_EXPECT), "11 working days"),
    ("first: 30 days", "first: 31 days", GENERAL, "31 days"),
    ("Is the person's point of contact", "Is there when rung", (Paper.GUIDANCE,), "Is there when rung"),
    ("Keeps the person at the centre", "Lets the person begin", (Paper.GUIDANCE, Paper.CHAIRS_GUIDE),
     "Lets the person begin"),
    ("Has what is being done now not made things safer?", "Is it still unsafe?", (Paper.GUIDANCE,),
     "Is it still unsafe?"),
    ("The two workers speak", "The two nurses speak",
     (Paper.GUIDANCE, Paper.FLOWCHART, Paper.CHAIRS_GUIDE), "The two nurses speak"),
    ("title: MARAC", "title: Safe Lives meeting", (Paper.GUIDANCE, Paper.FLOWCHART, Paper.CHAIRS_GUIDE),
     "Safe Lives meeting"),
    ("title: Urgent call", "title: Huddle", (Paper.GUIDANCE,), "Huddle"),
    ("title: The person has died", "title: She or he died", (Paper.GUIDANCE, Paper.CHAIRS_GUIDE),
     "She or he died"),
    ("01632 960140", "01632 960149", GENERAL, "01632 960149"),
    ("Equality Act 2010, section 149", "Equality Act 2010, section 20",
     (Paper.GUIDANCE, Paper.CHAIRS_GUIDE, Paper.CONFIDENTIALITY), "section 20"),
    ("closure_reasons:", "model: standing_panel\nclosure_reasons:", (Paper.GUIDANCE,), "A panel meets"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "papers", "shown"), CHANGES, ids=[each[1] for each in CHANGES])
def test_a_change_of_the_pack_changes_the_papers(
    settings: Any, tmp_path: Path, was: str, becomes: str, papers: tuple[Paper, ...], shown: str
) -> None:
    before = {paper: of_page(general(paper)) for paper in papers}
    settings.AREA_FOLDER = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    file = settings.AREA_FOLDER / "marm.yaml"
    words = file.read_text("utf-8").replace("model: practitioner_led\n", "") if "model:" in becomes else (
        file.read_text("utf-8")
    )  # fmt: skip
    assert was in words
    file.write_text(words.replace(was, becomes), "utf-8")
    for paper in papers:
        assert squeezed(shown) not in squeezed(before[paper]), paper
        assert squeezed(shown) in squeezed(of_page(general(paper))), paper


def test_a_pack_that_says_little_makes_papers_all_the_same(settings: Any, tmp_path: Path) -> None:
    settings.AREA_FOLDER = shutil.copytree(settings.AREA_FOLDER, tmp_path / "area")
    (settings.AREA_FOLDER / "marm.yaml").write_text(
        "criteria_sets:\n  - set: small/1\n    title: When we meet\n"
        "    gate: {any_of: [{all_of: [{code: worried, ask: Are two of us worried?}]}]}\n",
        "utf-8",
    )
    for paper in Paper:
        assert tokens(of_page(general(paper))) == tokens(of_word(word_of(general(paper))))
    said = of_page(general(Paper.GUIDANCE))
    assert "Are two of us worried?" in said
    assert "Way in" not in said


def test_the_flowchart_has_the_same_steps_drawn_and_in_words() -> None:
    html = page_of(general(Paper.FLOWCHART))
    drawn, listed = html.split('class="app-paper__steps"')[:2]
    for step in general(Paper.FLOWCHART).sections[0].blocks[0].steps:  # type: ignore[union-attr]
        assert step.title in drawn
        assert step.title in listed
