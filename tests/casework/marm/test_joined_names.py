"""After records are joined, a case calls the person what their main record does: the other may be former."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.queries.today import waiting_in_cases
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
FORMER = re.compile(r"\bBee\b")


def join(who: AnActor, now: datetime, absorbed: UUID, name: str) -> UUID:
    """Join a record into a new one with another name."""
    known = {"known_as": name}
    made = admit_person(actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN, known=known).id
    merge_people(actor=who("Gwen Hughes"), at=now, kept_id=made, absorbed_id=absorbed, reason="One.")
    return made


@pytest.mark.parametrize("names", [["Alex"], ["Al", "Alex"]])
def test_pages_papers_and_the_day_use_the_name_of_the_main_record(
    riverside_now: Universe, who: AnActor, opened: Case, meeting: Meeting, bee: Any, now: datetime,
    names: list[str],
) -> None:  # fmt: skip
    head = bee
    for name in names:
        head = join(who, now, head, name)
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    case, of_meeting = f"/cases/{opened.id}/", f"/meetings/{meeting.id}/"
    for page in (
        case, "/cases/", f"{case}meetings/", f"{case}actions/", f"{case}agencies/", f"{case}disputes/",
        f"{case}roles/", f"{case}engagement/", f"{case}engagement/new/", of_meeting, f"{of_meeting}minutes/",
    ):  # fmt: skip
        shown = browser.get(page)
        assert shown.status_code == 200, page
        assert "Alex" in shown.text, page
        assert not FORMER.search(shown.text), page
    for paper in (f"{case}papers/what-to-expect/", f"{case}papers/action-plan/"):
        assert "Alex" in browser.get(paper).text, paper
        assert not FORMER.search(browser.get(paper).text), paper
    for name in ("Mair Pugh", "Wes Tanner"):
        found = waiting_in_cases(actor=who(name), day=timezone.localdate(now))
        lines = [each.known_as for each in found.meetings if each.about == meeting.id]
        lines += [each.known_as for each in found.cases if each.case_id == opened.id]
        assert set(lines) <= {"Alex"}


def test_who_does_not_see_the_main_record_reads_the_name_of_the_one_they_see(
    who: AnActor, opened: Case, bee: Any, now: datetime
) -> None:
    join(who, now, bee, "Alex")
    apart = Person.objects.get(id=bee)
    Person.objects.filter(id=apart.merged_into_id).update(known_as="Alex")
    assert apart.goes_by == "Alex"
    apart.merged_into_id = UUID(int=0)  # as of one that is not within reach
    assert apart.goes_by == "Bee"
