"""Pages of requests: asking in steps, nothing typed is lost, who is offered what, and how much they ask."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.casework.people.test_pages import OF_NO_TABLE
from tests.casework.sharing.sharing_told import chosen
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import system_actor
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.rules.choices import Topic

TYPED = {
    "items": "1", "what_for": "Assessing what care she may need.", "power": "care_act_9", "power_words": "",
    "item_what_1": "The days of your visits.", "item_why_1": "To know whether she opens.",
    "item_period_1": "Since June", "kinds": ["ordinary", "special"], "person_knows": "no",
    "why_not_told": "He reads <her> post.", "urgency": "ordinary", "due-day": "", "due-month": "",
    "due-year": "", "how_to_answer": "Telephone Asha Patel.",
}  # fmt: skip


@pytest.fixture
def riverside(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def asha(riverside: Universe) -> Client:
    return browser_of(riverside.members["Asha Patel"].user)


@pytest.fixture
def kit(riverside: Universe) -> Client:
    return browser_of(riverside.members["Kit Lowe"].user)


@pytest.fixture
def form(riverside: Universe) -> str:
    return f"/people/{riverside.people['Bee']}/requests/new/"


def typed(riverside: Universe, of: str = "been_there", **other: Any) -> dict[str, Any]:
    return TYPED | {"asked_of": str(riverside.organisations[of].id)} | other


def kept() -> int:
    tell_database(system_actor("a test"))
    return InformationRequest.objects.count()


def test_the_persons_page_leads_to_the_form_and_not_for_whoever_may_not_ask(
    riverside: Universe, asha: Client, form: str
) -> None:
    page = f"/people/{riverside.people['Bee']}/"
    assert form in asha.get(page).text
    assert form not in browser_of(riverside.members["Sam Boateng"].user).get(page).text


@pytest.mark.proves("MARM-38")
def test_the_letter_is_read_before_it_is_sent_and_sent_as_it_was_read(
    riverside: Universe, asha: Client, form: str
) -> None:
    before = kept()
    check = asha.post(form, typed(riverside))
    assert check.status_code == 200
    assert "Check your letter before it is sent" in check.text
    assert "He reads &lt;her&gt; post." in check.text
    assert "processing described in Article 6(1)(e)" in check.text
    assert kept() == before, "nothing is sent yet"
    again = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', check.text)
    assert {name for name, _ in again} >= set(TYPED) | {"asked_of", "kinds"}
    assert sum(name == "kinds" for name, _ in again) == 2
    changed = asha.post(form, typed(riverside, change="yes"))
    assert "The days of your visits." in changed.text
    assert "Check your letter before it is sent" not in changed.text
    sent = asha.post(form, typed(riverside, send="yes"))
    assert sent.status_code == 302
    assert re.fullmatch(r"/requests/[0-9a-f-]{36}/", sent["Location"]), "no person in the address"
    page = asha.get(sent["Location"]).text
    words = re.findall(r'<p class="govuk-body app-words">(.*?)</p>', check.text, re.DOTALL)
    assert len(words) > 9
    assert [each for each in words if each not in page] == []
    twice = asha.post(form, typed(riverside, send="yes"))
    assert twice.status_code == 422
    assert "was asked for exactly this" in twice.text
    assert "The days of your visits." in twice.text


def test_one_thing_more_is_asked_for_without_script_and_nothing_typed_is_lost(
    riverside: Universe, asha: Client, form: str
) -> None:
    given = typed(riverside, **{"due-day": "31", "due-month": "12", "due-year": "2030"}) | {"more": "yes"}
    more = asha.post(form, given)
    assert more.status_code == 200
    assert "There is a problem" not in more.text
    for still_there in (
        "The days of your visits.",
        'value="2030"',
        "item_what_2",
        "He reads &lt;her&gt; post.",
    ):
        assert still_there in more.text
    assert len(re.findall(r'value="(?:ordinary|special)"[^>]*checked', more.text)) == 3, (
        "urgency and two kinds"
    )
    half = asha.post(form, typed(riverside, items="2", item_what_2="Who else lives there."))
    assert half.status_code == 422
    assert "Say why it is needed (2)" in half.text
    assert "Who else lives there." in half.text
    most = asha.post(form, typed(riverside, items="9999", more="yes"))
    assert "item_what_8" in most.text
    assert "item_what_9" not in most.text


@pytest.mark.parametrize("items", ["", "-1", "²", "0", "x"])
def test_a_number_of_items_that_is_none_is_one(
    riverside: Universe, asha: Client, form: str, items: str
) -> None:
    assert "Check your letter" in asha.post(form, typed(riverside, items=items)).text


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"power": "care_act_7"}, "Section 7 is between a council and its relevant partners"),
        ({"power": "other"}, "Say which Act and section"),
        ({"why_not_told": ""}, "Say why the person does not know of this request"),
        ({"due-day": "1", "due-month": "1", "due-year": "2020"}, "must be after today"),
        ({"asked_of": ""}, "Choose an organisation"),
        ({"item_what_1": ""}, "Say what you ask for (1)"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    riverside: Universe, asha: Client, form: str, other: dict[str, str], said: str
) -> None:
    before = kept()
    for step in ({}, {"send": "yes"}):
        page = asha.post(form, typed(riverside, **other, **step))
        assert page.status_code == 422
        assert page.text.count(said) >= 2, "in the summary and at the field"
        assert "To know whether she opens." in page.text
    assert kept() == before


def test_a_landlord_is_asked_why_and_for_no_power(riverside: Universe) -> None:
    tom = browser_of(riverside.members["Tom Reilly"].user)
    form = f"/people/{riverside.people['Stan']}/requests/new/"
    page = tom.get(form).text
    assert "Why are you asking?" in page
    assert "Which power" not in page
    check = tom.post(form, typed(riverside, of="valley_police", power="care_act_7"))
    assert "do not claim a public task" in check.text
    assert "No agreement covers this today" not in check.text
    elsewhere = tom.post(form, typed(riverside, of="money_matters"))
    assert "No agreement covers this today. You can still ask." in elsewhere.text
    assert "There is no agreement between these organisations." in elsewhere.text


def test_each_side_is_offered_what_is_theirs_to_do(riverside: Universe, asha: Client, kit: Client) -> None:
    page = f"/requests/{riverside.requests['late']}/"
    ours, theirs = asha.get(page).text, kit.get(page).text
    for words, on_ours, on_theirs in (
        ("Remind them", True, False),
        ("Withdraw the request", True, False),
        ("We hold nothing", False, True),
        ("We will not share, and why", False, True),
        (f"/people/{riverside.people['Bee']}/", True, False),
        ("No answer and no written reasons for", True, True),
    ):
        assert (words in ours, words in theirs) == (on_ours, on_theirs), words
    assert asha.post(f"{page}chase/").status_code == 302
    assert "Asha Patel reminded Valley Police." in asha.get(page).text
    second = asha.post(f"{page}chase/", follow=True)
    assert second.redirect_chain == [(page, 302)]
    assert "Asha Patel has already reminded them today. Phone them." in second.text


@pytest.mark.proves("MARM-35")
def test_a_refusal_is_read_by_the_asker_and_what_section_7_does_not_know_is_pointed_out_to_them_alone(
    riverside: Universe, asha: Client, kit: Client
) -> None:
    page = f"/requests/{riverside.requests['late']}/"
    assert "It obliges you to comply" in kit.get(f"{page}refuse/").text
    nothing = kit.post(f"{page}refuse/", {"refusal": "not_lawful", "words": "  "})
    assert nothing.status_code == 422
    assert "Give your reasons in writing" in nothing.text
    sent = kit.post(f"{page}refuse/", {"refusal": "not_lawful", "words": "No duty of ours allows it."})
    assert sent["Location"] == page
    for browser, pointed_out in ((asha, True), (kit, False)):
        text = browser.get(page).text
        assert "No duty of ours allows it." in text
        assert "We have no lawful basis to share it" in text
        assert ("They gave neither." in text) is pointed_out
        assert "No answer and no written reasons" not in text


def test_whoever_comes_second_is_told_and_keeps_what_they_typed(
    riverside: Universe, asha: Client, kit: Client
) -> None:
    page = f"/requests/{riverside.requests['late']}/"
    assert asha.post(f"{page}withdraw/", {"words": "She told us herself."}).status_code == 302
    for address in ("refuse", "nothing-held"):
        given = {"refusal": "harmful", "words": "We typed this for long."}
        second = kit.post(f"{page}{address}/", given)
        assert second.status_code == 409
        assert "This request has already ended: Asha Patel ended it." in second.text
        assert "We typed this for long." in second.text
    assert "She told us herself." in kit.get(page).text


def test_nothing_held_needs_no_words(riverside: Universe, asha: Client, kit: Client) -> None:
    page = f"/requests/{riverside.requests['late']}/"
    assert kit.post(f"{page}nothing-held/", {"words": ""}).status_code == 302
    assert "Nothing is held" in asha.get(page).text


def test_the_letter_to_print_says_who_printed_it_and_has_nothing_else(
    riverside: Universe, kit: Client
) -> None:
    page = kit.get(f"/requests/{riverside.requests['late']}/letter/").text
    assert "Printed by Kit Lowe, Valley Police" in page
    assert "Care Act 2014, section 7" in page
    assert "govuk-service-navigation" not in page


def test_today_tells_what_waits_and_what_is_late_and_names_nobody(
    riverside: Universe, asha: Client, kit: Client
) -> None:
    mine, theirs = asha.get("/").text, kit.get("/").text
    assert "Valley Police should have answered by" in mine
    assert "Riverside Homes asks for information by" in mine
    assert "Riverside Council asks for information by" in theirs
    assert "No answer and no written reasons for" in theirs
    for page in (mine, theirs):
        (sharing,) = [part for part in page.split("<h2") if "information by" in part]
        assert not re.search(r"Beatrice|\bBee\b|Stan|Amina", sharing)


def test_a_lead_sees_how_agencies_answer_and_nobodys_name(riverside: Universe) -> None:
    for name, with_lists in (("Iris Okafor", False), ("Gwen Hughes", True)):
        page = browser_of(riverside.members[name].user).get("/requests/").text
        assert "How each agency answers" in page
        assert "0 of 2 answered in time" in page
        assert ("Asked of us" in page) is with_lists
        assert bool(re.search("Beatrice|Stan|Amina", page)) is with_lists
    assert (
        "How each agency answers" not in browser_of(riverside.members["Kit Lowe"].user).get("/requests/").text
    )


@pytest.mark.parametrize("name", ["Asha Patel", "Kit Lowe", "Gwen Hughes", "Iris Okafor"])
def test_no_page_of_requests_asks_more_than_fifteen_queries(
    riverside: Universe, name: str, form: str
) -> None:
    browser = browser_of(riverside.members[name].user)
    late = f"/requests/{riverside.requests['late']}/"
    browser.get("/")
    for address in ("/", "/requests/", late, f"{late}letter/", f"{late}refuse/", f"{late}withdraw/", form):
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
        assert len(of_tables) <= 15, (address, len(of_tables), of_tables)


def test_the_check_of_a_letter_asks_no_more_than_twenty_queries(
    riverside: Universe, asha: Client, form: str
) -> None:
    asha.get("/")
    with CaptureQueriesContext(connection) as asked:
        asha.post(form, typed(riverside))
    of_tables = [each["sql"] for each in asked.captured_queries if OF_NO_TABLE.match(each["sql"]) is None]
    assert len(of_tables) <= 20, of_tables


def test_the_schedule_has_the_nights_work(riverside: Universe, at: datetime) -> None:
    assert "request" in SCHEDULE["requests"].job(at=at).words.lower()
    assert str(SCHEDULE["requests"].rhythm.words).startswith("every night at 01:25")


def test_a_letter_that_may_not_go_is_not_lost(riverside: Universe, asha: Client, form: str) -> None:
    peers = frozenset({riverside.organisations["been_there"].id})
    actor = actor_for(riverside, "Asha Patel", on=timezone.localdate())
    said = {"said_on": timezone.localdate(), "expires_on": timezone.localdate() + timedelta(days=30)}
    chosen(actor, riverside, timezone.now(), topics=(Topic.KNOWN,), recipients=peers, **said)
    before = kept()
    page = asha.post(form, typed(riverside) | {"send": "yes"})
    assert page.status_code == 422
    assert "asked for this organisation not to be told" in page.text
    assert all(
        TYPED[name] in page.text for name in ("what_for", "item_what_1", "item_why_1", "how_to_answer")
    )
    assert kept() == before
