"""The pages of offers: what they ask, what they show, and what is not lost."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.casework.offers.conftest import see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area.marm_models import Refusals
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.offers.queries import answered
from alongside.casework.offers.queries.answered import limits
from alongside.casework.offers.rules.adding_up import Limits
from alongside.errors import AskedWronglyError

pytestmark = pytest.mark.django_db


@pytest.fixture
def universe(riverside: Universe) -> Universe:
    return riverside


def browser(universe: Universe, name: str) -> Client:
    return browser_of(universe.members[name].user)


@pytest.fixture
def asha(universe: Universe) -> Client:
    return browser(universe, "Asha Patel")


@pytest.fixture
def bee(universe: Universe) -> str:
    return f"/people/{universe.people['Bee']}"


def typed(**fields: Any) -> dict[str, Any]:
    """Fields as a browser sends them."""
    sent: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, date):
            sent |= {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
        else:
            sent[name] = value
    return sent


def an_offer(**other: Any) -> dict[str, Any]:
    return typed(
        **{
            "kind": "health", "what": "A nurse who comes to the door", "offered_on": date(2026, 10, 30),
            "explained": ["in_person"], "understood": "not_known",
        } | other
    )  # fmt: skip


def a_no(**other: Any) -> dict[str, Any]:
    return typed(
        **{
            "answer": "declined", "on": date(2026, 10, 31), "own_words": "No needles in my kitchen.",
            "put_off": ["past"], "next_step": "Ask again with Dee", "next_by": "Asha",
            "next_on": date(2026, 11, 20),
        } | other
    )  # fmt: skip


def offered(asha: Client, bee: str, **other: Any) -> str:
    """Write an offer down; return the address of the page that asks what came of it."""
    kept = asha.post(f"{bee}/offers/new/", an_offer(**other))
    assert kept.status_code == 302
    return str(kept["Location"])


@pytest.mark.proves("MARM-07")
def test_the_page_shows_own_words_first_and_that_refusals_add_up(asha: Client, bee: str) -> None:
    page = asha.get(f"{bee}/offers/").text
    assert "Refusals are adding up: talk to each other" in page
    assert page.index("You will write down that I cannot go home.") < page.index("What put them off")
    assert "They want my patterns in a skip." in page
    assert "the council must carry out the assessment even though it was" in page
    assert "Put them on our list" in page
    assert "Waiting for a manager to look at it" in page
    assert "non-compliant" not in page.lower()
    assert "What was offered, and what they said" in asha.get(f"{bee}/").text


def test_where_nobody_else_could_look_at_it_again_the_page_says_so(asha: Client, bee: str) -> None:
    see_all()
    Membership.objects.who_may(Permission.OFFER_REVIEW).update(roles=["practitioner"])
    page = asha.get(f"{bee}/offers/").text
    assert "Waiting for a manager to look at it" not in page
    assert "Nobody can look at it yet: it takes a manager other than whoever wrote this down" in page


def test_an_offer_is_written_down_and_then_what_came_of_it(
    asha: Client, bee: str, universe: Universe
) -> None:
    service = universe.services["Clearing Space Together"]
    half = asha.post(f"{bee}/offers/new/", an_offer(understood="yes"))
    assert half.status_code == 422
    assert "Enter how you know that they understood it" in half.text
    address = offered(
        asha, bee, service_id=str(service), instead_of_id=str(universe.offers["home care"]), urgent="on"
    )
    assert "What came of an offer" in asha.get(address).text
    wrong = asha.post(address, a_no(own_words="", next_by=""))
    assert wrong.status_code == 422
    assert "Enter what the person said, in their own words, or why there are none" in wrong.text
    assert "Enter who will go back to them" in wrong.text
    assert "Ask again with Dee" in wrong.text
    assert asha.post(address, a_no()).status_code == 302
    page = asha.get(f"{bee}/offers/").text
    assert page.index("No needles in my kitchen.") < page.index("A key to my own door, not a rota.")
    assert "Clearing Space Together" in page
    assert "Home care, half an hour every morning at eight, from an agency, on" in page
    assert "They declined help that was needed urgently, or to stay alive." in page


def test_a_declined_assessment_is_asked_about_and_no_other(asha: Client, bee: str) -> None:
    assert "Self-neglect is neglect." not in asha.get(offered(asha, bee)).text
    address = offered(asha, bee, kind="needs_assessment")
    assert "Self-neglect is neglect." in asha.get(address).text
    alone = asha.post(address, a_no())
    assert alone.status_code == 422
    assert alone.text.count("a refusal is never taken on its own") >= 2
    asked = typed(
        lacks_capacity="no", at_risk="not_known", decided_by="Asha", decided_on=date(2026, 10, 31),
        revisit_on=date(2026, 11, 30),
    )  # fmt: skip
    assert asha.post(address, a_no() | asked).status_code == 302
    assert "nobody may rely on the refusal" in asha.get(f"{bee}/offers/").text


def test_of_two_who_hear_an_answer_at_once_the_second_is_shown_it_and_loses_nothing(
    asha: Client, bee: str, universe: Universe
) -> None:
    address = offered(asha, bee)
    dee = browser(universe, "Dee Marsh")
    assert dee.post(address, a_no(answer="accepted", own_words="If she sits down.")).status_code == 302
    clash = asha.post(address, a_no())
    assert clash.status_code == 409
    assert "Somebody wrote down what came of this offer while you had it open." in clash.text
    assert "If she sits down." in clash.text
    assert "No needles in my kitchen." in clash.text
    see_all()
    newest = Reply.objects.get(own_words="If she sits down.")
    assert f'value="{newest.id}"' in clash.text
    assert asha.post(address, a_no(opened_after=str(newest.id))).status_code == 302
    page = asha.get(f"{bee}/offers/").text
    assert "What they said before" in page


def test_what_was_not_offered_is_looked_at_by_a_manager_and_then_offered(
    asha: Client, bee: str, universe: Universe
) -> None:
    half = asha.post(f"{bee}/offers/not-offered/", typed(kind="health", why="would_decline"))
    assert half.status_code == 422
    told = typed(
        kind="health", what="A dentist who comes", why="would_decline", words="Nobody asked.",
        thought_by="The ward", decided_on=date(2026, 10, 29),
    )  # fmt: skip
    assert "Enter who thought this" in asha.post(f"{bee}/offers/not-offered/", told | {"thought_by": ""}).text
    assert asha.post(f"{bee}/offers/not-offered/", told).status_code == 302
    see_all()
    noted = NotOffered.objects.get(what="A dentist who comes")
    gwen = browser(universe, "Gwen Hughes")
    address = f"{bee}/offers/not-offered/{noted.id}/look/"
    assert address in gwen.get("/").text
    assert gwen.post(address, {"verdict": "offer"}).status_code == 422
    assert gwen.post(address, {"verdict": "offer", "words": "Let her say no."}).status_code == 302
    again = gwen.post(address, {"verdict": "agree", "words": "Second thoughts."})
    assert (again.status_code, "settled it" in again.text) == (422, True)
    assert address not in gwen.get("/").text
    assert "Let her say no." in asha.get(f"{bee}/offers/").text
    assert "It is to be offered after all" in asha.get("/").text
    offered(asha, bee)
    assert "It is to be offered after all" not in asha.get("/").text


def test_today_says_for_whom_refusals_add_up_and_to_whom_one_comes_back(universe: Universe) -> None:
    for name in ("Asha Patel", "Tom Reilly", "Dee Marsh"):
        page = browser(universe, name).get("/").text
        assert "Bee: refusals are adding up" in page
        assert "3 refusals from 2 agencies. Talk to each other." in page
    assert "Go back to them by" in browser(universe, "Asha Patel").get("/").text
    assert "refusals are adding up" not in browser(universe, "Kit Lowe").get("/").text


def test_whoever_cannot_write_offers_down_is_not_asked_to(universe: Universe, bee: str) -> None:
    assert browser(universe, "Iris Okafor").get(f"{bee}/offers/").status_code == 403
    assert browser(universe, "Kit Lowe").get(f"{bee}/offers/new/").status_code == 404


def test_the_report_is_a_page_and_a_file(universe: Universe, bee: str) -> None:
    gwen, iris = browser(universe, "Gwen Hughes"), browser(universe, "Iris Okafor")
    page = gwen.get("/offers/report/").text
    assert "by our organisation" in page
    assert "ethnicity, sex" in page
    assert "Held back" in page
    assert "in the whole partnership" not in page
    assert "in the whole partnership" in iris.get("/offers/report/").text
    file = iris.get("/offers/report/csv/")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in file["Content-Disposition"]
    assert file.content.startswith(b"\xef\xbb\xbfGrouped,Group,Offers,Accepted")


@pytest.mark.parametrize("name", ["Asha Patel", "Gwen Hughes", "Iris Okafor"])
def test_no_page_of_offers_asks_more_than_fifteen_queries(universe: Universe, bee: str, name: str) -> None:
    client = browser(universe, name)
    client.get("/")
    gap = universe.not_offered["lunch club"]
    for address in (
        f"{bee}/offers/", f"{bee}/offers/new/", f"{bee}/offers/not-offered/",
        f"{bee}/offers/{universe.offers['home care']}/answer/", f"{bee}/offers/not-offered/{gap}/look/",
        "/offers/report/", "/offers/report/csv/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        of_tables = [each["sql"] for each in asked.captured_queries if " from " in each["sql"].lower()]
        assert len(of_tables) <= 15, (address, of_tables)


def test_the_page_asks_no_more_where_there_are_more_offers(asha: Client, bee: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            asha.get(f"{bee}/offers/")
        return len(queries)

    asha.get(f"{bee}/offers/")
    before = asked()
    for _ in range(5):
        asha.post(offered(asha, bee), a_no())
    assert asked() == before
    see_all()
    assert Offer.objects.count() == 10


def test_an_area_sets_its_own_limits_and_a_pack_that_cannot_be_read_stops_no_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Pack:
        class marm:  # noqa: N801 - as a pack has it
            refusals = Refusals(declines=3, agencies=1, within_months=6)

    monkeypatch.setattr(answered, "area_pack", lambda: Pack)
    assert limits() == Limits(declines=3, agencies=1, months=6)
    monkeypatch.setattr(Pack, "marm", None)
    assert limits() == Limits()

    def broken() -> None:
        raise AskedWronglyError("there is no such folder")

    monkeypatch.setattr(answered, "area_pack", broken)
    assert limits() == Limits()
