"""Pages of actions: what they show to whom, that nothing typed is lost, and how much many of them ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.marm.conftest import see_all
from tests.casework.people.test_pages import OF_NO_TABLE
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.models import Action, Case
from alongside.casework.marm.rules.actions import Agrees, Kind, Status

pytestmark = pytest.mark.django_db


def signed_in(universe: Universe, name: str) -> Client:
    return browser_of(universe.members[name].user)


def dated(name: str, days: int) -> dict[str, str]:
    """The three boxes of a day so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def typed(universe: Universe) -> dict[str, str]:
    return {
        "wanted": "A door I can lock", "risk": "She sleeps where she must", "kind": "service",
        "words": "Ring the lodgings and book a visit", "member": str(universe.members["Wes Tanner"].id),
        "agrees": "yes", **dated("due", 5), **dated("review", 20),
    }  # fmt: skip


def test_an_action_is_written_on_a_page_and_what_is_missing_is_said_beside_it(
    riverside_now: Universe,
) -> None:
    joan, case = signed_in(riverside_now, "Joan Adeyemi"), riverside_now.cases["case"]
    address = f"/cases/{case}/actions/new/"
    assert "One person who stays, and a door she can lock." in joan.get(address).text
    watching = joan.post(address, typed(riverside_now) | {"words": "Keep an eye on her"})
    assert watching.status_code == 422
    assert "Monitoring alone changes nothing" in watching.text
    over = joan.post(address, typed(riverside_now) | dated("due", -1))
    assert "The date it must be done by has passed" in over.text
    assert "Ring the lodgings and book a visit" in over.text
    made = joan.post(address, typed(riverside_now), follow=True)
    assert "Waiting to be accepted" in made.text
    assert "Wes Tanner, Riverside Council" in made.text


def test_a_clash_loses_nothing_that_was_typed(riverside_now: Universe) -> None:
    wes, action = signed_in(riverside_now, "Wes Tanner"), riverside_now.cases["action"]
    address = f"/actions/{action}/goes/"
    given = {
        "opened_version": "1", "status": "in_progress", "words": "They keep a room until Friday.",
        "agrees": "yes", **dated("review", 6),
    }  # fmt: skip
    assert wes.post(f"/actions/{action}/accept/").status_code == 302
    clash = wes.post(address, given)
    assert clash.status_code == 409
    assert "Somebody updated this action" in clash.text
    assert "Theirs is shown first, and what you wrote is below." in clash.text
    assert "They keep a room until Friday." in clash.text
    noted = wes.post(address, given | {"opened_version": "2"}, follow=True)
    assert "In progress. They keep a room until Friday." in noted.text
    joan = signed_in(riverside_now, "Joan Adeyemi")
    beside = joan.post(address, given | {"opened_version": "2", "words": "I rang them too."})
    assert beside.status_code == 409
    assert "Wes Tanner: In progress. They keep a room until Friday." in beside.text
    assert "Wes Tanner: Agreed" not in beside.text, "what she has read already"
    assert "I rang them too." in beside.text
    declined = wes.post(address, given | {"opened_version": "3", "status": "declined_offered_instead"})
    assert declined.status_code == 422
    assert "Say what was offered instead" in declined.text


def test_what_is_late_comes_first_and_the_day_says_so(riverside_now: Universe) -> None:
    case = riverside_now.cases["case"]
    see_all()
    wes = signed_in(riverside_now, "Wes Tanner")
    page = wes.get(f"/cases/{case}/actions/").text
    assert "To do" in page
    assert "Declined, and something else offered" in page
    assert "Amina: an action is waiting for you to accept it" in wes.get("/").text
    assert "Amina" in wes.get("/actions/").text
    assert "You have no actions to do." in signed_in(riverside_now, "Tom Reilly").get("/actions/").text


@pytest.mark.parametrize("name", ["Wes Tanner", "Joan Adeyemi", "Gwen Hughes", "Mair Pugh"])
def test_four_hundred_actions_ask_no_more_than_fifteen_queries_of_any_page(
    riverside_now: Universe, name: str
) -> None:
    case, day = riverside_now.cases["case"], timezone.localdate()
    see_all()
    Action.objects.bulk_create(
        Action(
            case=Case.objects.get(id=case), words=f"Bring the parcel of week {number}", kind=Kind.SERVICE,
            risk="Hunger", wanted="To eat at home", owner=riverside_now.members["Wes Tanner"],
            due=day - timedelta(days=number % 40 - 20), review=day, agrees=Agrees.YES,
            status=Status.AGREED if number % 2 else Status.DONE,
            ended_at=None if number % 2 else timezone.now(), written_by="Joan Adeyemi",
            written_by_id=riverside_now.members["Joan Adeyemi"].user_id, written_at=timezone.now(),
        )
        for number in range(400)
    )  # fmt: skip
    browser = signed_in(riverside_now, name)
    browser.get("/")
    one = f"/actions/{riverside_now.cases['action']}/"
    addresses = ["/", f"/cases/{case}/", f"/cases/{case}/actions/", one]
    if name != "Mair Pugh":
        addresses += ["/actions/", f"/cases/{case}/actions/new/"]
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200, address
        of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
        assert len(of_tables) <= 15, (address, len(of_tables), of_tables)
