"""Cases of an organisation that has many are read in pages; what waits for the reader stands on each."""

from datetime import datetime

import pytest
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.leading import ask_to_lead
from alongside.casework.marm.models import Case
from alongside.casework.marm.queries import cases

pytestmark = pytest.mark.django_db


def test_cases_are_read_in_pages_and_what_asks_for_the_reader_is_on_each(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "CASES_AT_ONCE", 1)
    wes, member = who("Wes Tanner"), riverside_now.members["Wes Tanner"]
    ask_to_lead(actor=who("Asha Patel"), at=now, case_id=opened.id, membership_id=member.id, why="A home")
    pages = [cases.cases_page(actor=wes, at=now, begins=each) for each in (0, 1, 9)]
    first, second = (page.standing[0].id for page in pages[:2])
    assert {first, second} == {riverside_now.cases["case"], opened.id}
    assert [page.passed_over for page in pages] == [0, 1, 0], "past the end, the first page"
    for page in pages:
        assert opened.id in {each.id for each in page.asked_of_me}
        assert opened.id in page.leads
    shown = browser_of(member.user).get("/cases/?from=1").text
    assert "You are asked to lead" in shown
    assert "Previous page" in shown
    assert "Next page" not in shown
