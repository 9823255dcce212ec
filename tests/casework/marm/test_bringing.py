"""What each agency brings to a case: said by itself, shown with the duties of each part, lost by no clash."""

from datetime import datetime

import pytest
from tests.casework.marm.conftest import AnActor
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm.commands.asking import decline_case
from alongside.casework.marm.commands.bringing import say_what_we_bring
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case
from alongside.casework.marm.queries.bringing import bringing_page

pytestmark = pytest.mark.django_db


def test_an_agency_says_what_it_brings_itself(who: AnActor, opened: Case, now: datetime) -> None:
    asha = who("Asha Patel")
    say_what_we_bring(actor=asha, at=now, case_id=opened.id, brings="A visit each week.", opened="")
    page = bringing_page(actor=who("Mair Pugh"), case_id=opened.id)
    assert [each.brings for each in page.agencies] == ["A visit each week."]
    assert (page.may_say, bringing_page(actor=asha, case_id=opened.id).may_say) == (False, True)
    assert {each.code for each in page.roles} >= {"lead", "chair", "co_ordinator"}
    with pytest.raises(StaleError):
        say_what_we_bring(actor=asha, at=now, case_id=opened.id, brings="Two visits.", opened="")
    with pytest.raises(AlreadyDoneError):
        say_what_we_bring(
            actor=asha, at=now, case_id=opened.id, brings="A visit each week.", opened="A visit each week."
        )
    with pytest.raises(UnsaidError):
        say_what_we_bring(actor=asha, at=now, case_id=opened.id, brings=" ", opened="A visit each week.")


def test_nobody_says_it_for_another_or_of_a_case_that_is_over(
    who: AnActor, case: Case, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        say_what_we_bring(actor=who("Tom Reilly"), at=now, case_id=case.id, brings="A key", opened="")
    with pytest.raises(NotAllowedError):
        say_what_we_bring(actor=who("Mair Pugh"), at=now, case_id=case.id, brings="A key", opened="")
    decline_case(
        actor=who("Mair Pugh"), at=now, case_id=case.id, why="One agency can", advice="Ask again",
        route="safeguarding",
    )  # fmt: skip
    with pytest.raises(AlreadyDoneError):
        say_what_we_bring(actor=who("Asha Patel"), at=now, case_id=case.id, brings="A key", opened="")


def test_a_clash_shows_both_and_loses_nothing(riverside_now: Universe) -> None:
    wes, case = browser_of(riverside_now.members["Wes Tanner"].user), riverside_now.cases["case"]
    address = f"/cases/{case}/roles/bring/"
    assert wes.post(address, {"brings": "", "opened": ""}).status_code == 422
    page = wes.post(address, {"brings": "A room, from Monday.", "opened": ""}, follow=True).text
    assert "A room, from Monday." in page
    assert "Keeps the person at the centre" in page
    clash = wes.post(address, {"brings": "A room, and a deposit.", "opened": ""})
    assert clash.status_code == 409
    assert "A room, from Monday." in clash.text
    assert "A room, and a deposit." in clash.text
