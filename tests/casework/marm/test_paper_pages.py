"""The papers on pages and as files: who sees them, that each look is recorded, and what is never on one."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.design.test_papers import of_page
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.paper_making import made
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.commands.meetings import cancel_meeting
from alongside.casework.marm.models import Meeting
from alongside.casework.marm.queries import papers as queries
from alongside.casework.marm.rules.papers import (
    OF_CASE,
    OF_MEETING,
    Form,
    Paper,
)
from alongside.casework.marm.rules.stages import Told

pytestmark = pytest.mark.django_db
NOT_ASKED = ("SAVEPOINT", "RELEASE SAVEPOINT", "select set_config")


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
    from alongside.casework.marm.commands.invitations import accept_invitation
    from alongside.casework.marm.commands.stepping_back import step_back
    from alongside.casework.marm.rules.stepping_back import SteppingBack

    dee, now = who("Dee Marsh"), timezone.now()
    accept_invitation(actor=dee, at=now, invitation_id=riverside_now.cases["invitation"])
    said = of_page(made(who, Paper.CONFIDENTIALITY, **amina))
    assert "Accepted by Dee Marsh on" in said
    said_so = SteppingBack("We are too few.", "Joan Adeyemi, Riverside Council", "On Monday.", "On Monday.")
    step_back(actor=dee, at=now, case_id=amina["case"], said=said_so)
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
