"""The eight papers: of the pack, filled from a case or blank, the same in three forms, each look recorded."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.design.test_papers import html_of as page_of
from tests.casework.design.test_papers import of_page, of_pdf, of_word, said_in, squeezed, tokens
from tests.casework.design.test_pdf import opened as pdf_opened
from tests.casework.design.test_pdf import tags
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.design.papers import Paper as Content
from alongside.casework.design.pdf import pdf_of
from alongside.casework.design.word_files import word_of
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.commands.meetings import cancel_meeting
from alongside.casework.marm.commands.minutes import add_to_minutes, keep_minutes, send_report
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.presenters.papers.confiding import confidentiality
from alongside.casework.marm.presenters.papers.expecting import what_to_expect
from alongside.casework.marm.presenters.papers.general import general_paper
from alongside.casework.marm.presenters.papers.planning import action_plan
from alongside.casework.marm.presenters.papers.recording import record_of
from alongside.casework.marm.presenters.papers.reporting import agency_report
from alongside.casework.marm.queries import papers as queries
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.minutes import Attendance, Attended, TookPart, Written
from alongside.casework.marm.rules.papers import (
    GENERAL,
    OF_CASE,
    OF_MEETING,
    Form,
    Paper,
    file_name,
    until_the_next,
)
from alongside.casework.marm.rules.reports import Report, Topic
from alongside.casework.marm.rules.stages import Told

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 9, 12, tzinfo=timezone.get_default_timezone())
NOT_ASKED = ("SAVEPOINT", "RELEASE SAVEPOINT", "select set_config")


def made(who: AnActor, paper: Paper, *, case: UUID, meeting: UUID, by: str = "Joan Adeyemi") -> Content:
    """A paper as its page makes it."""
    actor, form, now = who(by), Form.PAGE, timezone.now()
    match paper:
        case Paper.ACTION_PLAN:
            return action_plan(queries.planning(actor=actor, case_id=case, form=form), now.date())
        case Paper.WHAT_TO_EXPECT:
            found = queries.expecting(actor=actor, case_id=case, form=form, at=now)
            return what_to_expect(marm_pack(), found)
        case Paper.AGENCY_REPORT:
            return agency_report(queries.reporting(actor=actor, meeting_id=meeting, form=form))
        case Paper.CONFIDENTIALITY:
            bound = queries.confiding(actor=actor, meeting_id=meeting, form=form)
            return confidentiality(marm_pack(), bound)
        case Paper.RECORD:
            return record_of(queries.recording(actor=actor, meeting_id=meeting, form=form), now.date())
    raise AssertionError(paper)


def general(paper: Paper) -> Content:
    """A paper of no case, or a blank copy."""
    return general_paper(paper, marm_pack(), whose="Riverside", day=NOON.date())


def the_same_in_three_forms(content: Content) -> str:
    """Return what a paper says, once page, PDF and Word document were found to say the same."""
    page, word = of_page(content), of_word(word_of(content))
    pdf = pdf_of("design/paper.jinja", {"paper": content})
    assert tokens(page) == tokens(word) == tokens(" ".join(said_in(content)))
    in_pdf = squeezed(of_pdf(pdf))
    for words in said_in(content):
        assert squeezed(words) in in_pdf
    root = pdf_opened(pdf).trailer["/Root"]
    assert (bool(root["/MarkInfo"]["/Marked"]), root["/Lang"]) == (True, "en-gb")
    assert pdf_opened(pdf).metadata.title == content.title
    assert tags(pdf) >= {"/Document", "/H1", "/H2", "/P"}
    return page


@pytest.fixture
def amina(riverside_now: Universe) -> dict[str, UUID]:
    """The full case, and the meeting of it that was held."""
    see_all()
    case = riverside_now.cases["case"]
    held = Meeting.objects.get(case=case, number=1)
    return {"case": case, "meeting": held.id}


@pytest.fixture
def empty(opened: Case, meeting: Meeting) -> dict[str, UUID]:
    """A case of which nothing is written but that it was asked for, and a meeting that is only set."""
    return {"case": opened.id, "meeting": meeting.id}


# What a file is called, and what belongs to which meeting


def test_a_file_is_called_by_the_case_and_never_by_a_name() -> None:
    case = UUID("1a2b3c4d-0000-4000-8000-000000000000")
    assert file_name(Paper.GUIDANCE, Form.PDF) == "guidance.pdf"
    assert file_name(Paper.ACTION_PLAN, Form.DOCX, case_id=case) == "case-1a2b3c4d-action-plan.docx"
    assert (
        file_name(Paper.RECORD, Form.PDF, case_id=case, number=2)
        == "case-1a2b3c4d-meeting-2-record-of-the-meeting.pdf"
    )


def test_what_is_decided_belongs_to_a_meeting_until_the_next_begins() -> None:
    before, after, later = (NOON + timedelta(days=each) for each in (-1, 7, 14))
    assert until_the_next(NOON, [before, NOON, later, after]) == after
    assert until_the_next(NOON, [before, NOON]) is None


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
                            "Declined, something else was offered"),
        Paper.WHAT_TO_EXPECT: ("Joan Adeyemi, Riverside Council", "Room 4, the library", "For Amina"),
        Paper.AGENCY_REPORT: ("Riverside Council", "What we saw, or hold on file", "Urgent call 1"),
        Paper.CONFIDENTIALITY: ("Joan Adeyemi asked for the case on", "Joined online or by telephone"),
        Paper.RECORD: ("Write down that I want a door.", "Where does she sleep until the room is ready?",
                       "What was weighed", "Hold a room in supported lodgings", "Closed by Mair Pugh"),
    }  # fmt: skip
    for words in told[paper]:
        assert squeezed(words) in squeezed(said), words


@pytest.mark.parametrize("paper", OF_CASE + OF_MEETING)
def test_a_paper_of_a_case_in_which_nothing_is_written_says_the_same_in_three_forms(
    who: AnActor, empty: dict[str, UUID], paper: Paper
) -> None:
    said = the_same_in_three_forms(made(who, paper, by="Asha Patel", **empty))
    told = {
        Paper.ACTION_PLAN: "Nothing is to be done.",
        Paper.WHAT_TO_EXPECT: "Her kitchen",
        Paper.AGENCY_REPORT: "Wanted by",
        Paper.CONFIDENTIALITY: "Asha Patel asked for the case on",
        Paper.RECORD: "Nothing is written yet.",
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
    who: AnActor, empty: dict[str, UUID], now: datetime
) -> None:
    assert "app-paper__room" in page_of(made(who, Paper.AGENCY_REPORT, by="Asha Patel", **empty))
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
    assert "It knows nothing." in of_page(made(who, Paper.AGENCY_REPORT, by="Asha Patel", **empty))


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


# Who sees them, and that it is recorded


@pytest.fixture
def browser(riverside_now: Universe) -> Callable[[str], Client]:
    return lambda name: browser_of(riverside_now.members[name].user)


def addresses(case: UUID, meeting: UUID) -> list[str]:
    return [
        *(f"/cases/{case}/papers/{paper}/" for paper in OF_CASE),
        *(f"/meetings/{meeting}/papers/{paper}/" for paper in OF_MEETING),
    ]


@pytest.mark.parametrize("form", Form)
def test_taking_a_paper_of_a_case_is_recorded(
    browser: Callable[[str], Client], amina: dict[str, UUID], form: Form
) -> None:
    joan = browser("Joan Adeyemi")
    for address in addresses(**amina):
        answer = joan.get(address if form is Form.PAGE else f"{address}{form}/")
        assert answer.status_code == 200
        taken = AuditEvent.objects.filter(code="marm.paper_taken").order_by("-sequence")[0]
        assert (taken.details["paper"], taken.details["form"]) == (address.split("/")[4], form)
        if form is not Form.PAGE:
            called = answer["Content-Disposition"]
            assert "Amina" not in called
            assert f"case-{str(amina['case'])[:8]}" in called
    assert AuditEvent.objects.filter(code="marm.paper_taken").count() == 5


def test_a_file_says_on_each_sheet_who_took_it_but_not_the_one_for_the_person(
    browser: Callable[[str], Client], amina: dict[str, UUID]
) -> None:
    for address in addresses(**amina):
        word = browser("Joan Adeyemi").get(f"{address}docx/").content
        foot = docx.Document(BytesIO(word)).sections[0].footer.paragraphs[0].text
        assert ("Taken by Joan Adeyemi" in foot) is ("what-to-expect" not in address)


def test_whoever_does_not_see_the_case_takes_no_paper_of_it(
    browser: Callable[[str], Client], who: AnActor, amina: dict[str, UUID]
) -> None:
    for address in addresses(**amina):
        assert browser("Tom Reilly").get(address).status_code == 404  # of an agency that declined
        assert browser("Tom Reilly").get(f"{address}docx/").status_code == 404
        assert browser("Lena Novak").get(address).status_code == 403  # an analyst sees no case
    with pytest.raises(NotAllowedError):
        queries.papers_page(actor=who("Lena Novak"), case_id=amina["case"])
    with pytest.raises(NotFoundError):
        queries.confiding(actor=who("Joan Adeyemi"), meeting_id=uuid4(), form=Form.PAGE)
    assert not AuditEvent.objects.filter(code="marm.paper_taken").exists()


def test_nothing_of_an_agency_that_has_not_accepted_is_on_any_paper(
    who: AnActor, amina: dict[str, UUID]
) -> None:
    for paper in OF_CASE + OF_MEETING:
        said = of_page(made(who, paper, **amina))
        for other in ("Riverside Homes", "Been There", "She holds no tenancy", "Tom Reilly"):
            assert other not in said, paper


def test_an_agency_that_accepted_is_bound_by_name_and_one_that_left_still_is(
    who: AnActor, riverside_now: Universe, amina: dict[str, UUID]
) -> None:
    from alongside.casework.marm.commands.invitations import accept_invitation, step_back

    dee, now = who("Dee Marsh"), timezone.now()
    accept_invitation(actor=dee, at=now, invitation_id=riverside_now.cases["invitation"])
    said = of_page(made(who, Paper.CONFIDENTIALITY, **amina))
    assert "Accepted by Dee Marsh on" in said
    step_back(actor=dee, at=now, case_id=amina["case"], why="We are too few.")
    assert "still bound" in of_page(made(who, Paper.CONFIDENTIALITY, **amina))


def test_the_statement_names_the_law_of_the_purpose_that_the_reader_works_for(
    who: AnActor, amina: dict[str, UUID]
) -> None:
    from alongside.casework.accounts.purposes import declared

    own = next(each for each in declared() if each.code == who("Joan Adeyemi").purpose)
    said = of_page(made(who, Paper.CONFIDENTIALITY, **amina))
    for words in (own.power, own.agreement, own.owner):
        assert words in said


@pytest.mark.parametrize("name", ["Asha Patel", "Lena Novak", "Priya Shah", "Noor Aziz", "Dee Marsh"])
def test_anybody_who_has_signed_in_reads_the_general_papers_and_nobody_else(
    browser: Callable[[str], Client], name: str
) -> None:
    anybody = browser(name)
    assert anybody.get("/cases/papers/").status_code == 200
    for paper in Paper:
        assert anybody.get(f"/cases/papers/{paper}/").status_code == 200
    word = anybody.get("/cases/papers/guidance/docx/")
    assert word["Content-Disposition"] == 'attachment; filename="guidance.docx"'
    assert anybody.get("/cases/papers/guidance/pdf/").content.startswith(b"%PDF")
    assert Client().get("/cases/papers/guidance/").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["/cases/papers/poetry/", "/cases/papers/guidance/xls/", "/cases/papers/guidance/page/",
     "/cases/{case}/papers/guidance/", "/meetings/{meeting}/papers/action-plan/"],
)  # fmt: skip
def test_a_paper_that_there_is_not_is_not_found(
    browser: Callable[[str], Client], amina: dict[str, UUID], address: str
) -> None:
    assert browser("Joan Adeyemi").get(address.format(**amina)).status_code == 404


def test_no_paper_asks_more_than_fifteen_things(
    browser: Callable[[str], Client], amina: dict[str, UUID]
) -> None:
    joan = browser("Joan Adeyemi")
    asked = {}
    for address in [f"/cases/{amina['case']}/papers/", "/cases/papers/", *addresses(**amina)]:
        joan.get(address)
        with CaptureQueriesContext(connection) as found:
            joan.get(address)
        asked[address] = sum(not each["sql"].startswith(NOT_ASKED) for each in found)
    assert {address: count for address, count in asked.items() if count > 15} == {}


def test_a_case_has_its_papers_of_each_meeting_that_was_not_cancelled(
    browser: Callable[[str], Client], who: AnActor, amina: dict[str, UUID]
) -> None:
    joan = browser("Joan Adeyemi")
    assert joan.get(f"/cases/{amina['case']}/papers/").text.count("Record of the meeting, ") >= 4
    see_all()
    to_come = Meeting.objects.get(case=amina["case"], number=2)
    cancel_meeting(
        actor=who("Joan Adeyemi"), at=timezone.now(), meeting_id=to_come.id, why="The room is shut"
    )
    page = joan.get(f"/cases/{amina['case']}/papers/").text
    assert "Multi-agency meeting 2" not in page


def test_where_the_person_does_not_know_yet_whoever_takes_a_paper_is_told(
    browser: Callable[[str], Client], who: AnActor, amina: dict[str, UUID], bee: Any, now: datetime
) -> None:
    warning = "Speak with them before you give them a paper."
    assert warning not in browser("Joan Adeyemi").get(f"/cases/{amina['case']}/papers/").text
    untold = asked(told=Told.NOT_YET, told_why="She is in hospital, asleep")
    made = ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=untold)
    assert warning in browser("Asha Patel").get(f"/cases/{made.id}/papers/").text


def test_a_machine_without_pango_offers_no_pdf(
    browser: Callable[[str], Client], amina: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    from alongside.casework.marm.views import papers

    monkeypatch.setattr(papers, "may_be_made", lambda: False)
    page = browser("Joan Adeyemi").get(f"/cases/{amina['case']}/papers/").text
    assert "/pdf/" not in page
    assert "/docx/" in page
