"""What is written in a talk is held on the device until it is saved, and not a day longer."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from tests.casework.journeys.conftest import signed_in_as, signed_out
from tools.universe import Universe, actor_for

from alongside.casework.kernel.area import area_pack
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.talking import begin_conversation, guide_as_kept, note_danger
from alongside.casework.outreach.rules import Priority

HELD = "Object.entries(localStorage).map(([key, held]) => [key.split(':').pop(), JSON.parse(held).words])"
DELETED = "more than 24 hours ago was never sent, and has been deleted"
Opens = Callable[[], Page]


@pytest.fixture
def talk(riverside: Universe, on_monday: datetime) -> str:
    """Where Sam's visit to Bee is; danger was asked about."""
    gwen = actor_for(riverside, "Gwen Hughes", on=timezone.localdate(on_monday))
    sam = actor_for(riverside, "Sam Boateng", on=timezone.localdate(on_monday))
    item = raise_item(
        actor=gwen, at=on_monday, person_id=riverside.people["Bee"],
        team_id=riverside.teams["Contact team"].id, priority=Priority.TODAY, why="Nobody has seen her.",
    )  # fmt: skip
    assign_item(actor=gwen, at=on_monday, item_id=item.id, member_id=riverside.members["Sam Boateng"].id)
    visit = guide_as_kept(area_pack().conversations["home_visit/1"])
    begun = begin_conversation(
        actor=sam, at=on_monday, item_id=item.id, guide="home_visit/1", guide_words=visit
    )
    note_danger(actor=sam, at=on_monday, conversation_id=begun.id, danger=False)
    return f"/lists/conversation/{begun.id}"


@pytest.fixture
def device(window: Browser, live_server: LiveServer, riverside: Universe) -> Iterator[Opens]:
    """Gives a device on which Sam has signed in; a connection may be lost, which browsers complain about."""
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        contexts.append(window.new_context(base_url=live_server.url))
        contexts[-1].set_default_timeout(15_000)
        page = contexts[-1].new_page()
        signed_in_as(page, "Sam Boateng")
        return page

    yield opened
    for each in contexts:
        each.close()


def held(page: Page) -> dict[str, str]:
    found: list[list[str]] = page.evaluate(HELD)
    return dict(map(tuple, found))  # type: ignore[arg-type]


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-autosave-status]")).to_contain_text(words)


def forgotten(page: Page) -> None:
    """Wait until nothing is held on a device any more; the page's policy lets nothing wait inside it."""
    deadline = time.monotonic() + 15
    while held(page):
        assert time.monotonic() < deadline, held(page)
        page.wait_for_timeout(50)


def gone_on(page: Page) -> None:
    page.wait_for_url(lambda url: not url.endswith("/noticed/"))


def lost(route: Route) -> None:
    route.abort()


def test_signs_and_choices_that_could_not_be_sent_come_back_and_are_sent(device: Opens, talk: str) -> None:
    # given a telephone without a connection in the middle of a visit
    page = device()
    page.goto(f"{talk}/theme/noticed/")
    page.context.set_offline(True)
    signs = page.get_by_role("checkbox")
    signs.nth(0).check()
    signs.nth(1).check()
    assert list(held(page).values()) == [f"{signs.nth(0).input_value()}\n{signs.nth(1).input_value()}"]
    told(page, "held on this device for 24 hours")
    # when it is back, they are sent, and nothing stays on the device
    page.context.set_offline(False)
    told(page, "Saved")
    assert held(page) == {}
    # and what is unticked while nothing arrives is as unticked when the page is opened again
    page.context.route("**/answer/", lost)
    signs.nth(1).uncheck()
    told(page, "Not sent")
    page.reload()
    expect(signs.nth(0)).to_be_checked()
    expect(signs.nth(1)).not_to_be_checked()
    page.context.unroute("**/answer/", lost)
    page.goto("/lists/")  # from any page of theirs it is sent
    forgotten(page)
    page.goto(f"{talk}/theme/noticed/")
    expect(signs.nth(0)).to_be_checked()
    expect(signs.nth(1)).not_to_be_checked()
    # and a choice about how it ends comes back as well
    page.goto(f"{talk}/end/")
    page.context.route("**/keep/", lost)
    page.get_by_label("Not yet", exact=True).check()
    page.get_by_label("A service you pointed them to").fill("A refuge")
    assert held(page) == {"talked_through": "no", "service_name": "A refuge"}
    page.reload()
    expect(page.get_by_label("Not yet", exact=True)).to_be_checked()
    expect(page.get_by_label("A service you pointed them to")).to_have_value("A refuge")


def test_the_last_words_before_the_page_is_left_are_not_lost(device: Opens, talk: str) -> None:
    page = device()
    page.goto(f"{talk}/theme/noticed/")
    box = page.get_by_role("textbox").first
    # what is followed at once by the link for danger is sent on leaving, or from the page it leads to
    box.fill("He hits me")
    page.get_by_role("link", name="Somebody is in danger now").click()
    page.wait_for_url("**/danger/")
    forgotten(page)
    page.goto(f"{talk}/theme/noticed/")
    expect(box).to_have_value("He hits me")
    # what is sent with the page is forgotten here; where that fails, it stays
    box.fill("He hits me at night")
    page.get_by_role("button", name="Save and continue").click()
    gone_on(page)
    assert held(page) == {}
    page.goto(f"{talk}/theme/noticed/")
    expect(box).to_have_value("He hits me at night")
    page.context.set_offline(True)
    box.fill("He hits me")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(f"{talk}/theme/noticed/")
    expect(box).to_have_value("He hits me")
    forgotten(page)
    page.reload()
    expect(box).to_have_value("He hits me")


def test_an_answer_to_older_words_does_not_let_newer_ones_be_forgotten(device: Opens, talk: str) -> None:
    page = device()
    page.goto(f"{talk}/theme/noticed/")
    box = page.get_by_role("textbox").first
    sent: list[Route] = []

    def slow_and_then_lost(route: Route) -> None:
        if sent:
            route.abort()
        else:
            sent.append(route)

    page.context.route("**/answer/", slow_and_then_lost)
    with page.expect_request("**/answer/"):
        box.fill("She is cold")
    box.fill("She is cold and alone")
    sent[0].continue_()
    told(page, "Not sent")
    assert list(held(page).values()) == ["She is cold and alone"]
    # what is older than a day is deleted, and whoever wrote it is told
    page.goto("/people/")
    page.evaluate("""() => {
      const [key] = Object.keys(localStorage)
      localStorage.setItem(key, JSON.stringify({...JSON.parse(localStorage[key]), at: Date.now() - 90000000}))
    }""")
    page.goto("/lists/")
    told(page, DELETED)
    assert held(page) == {}


def test_what_is_deleted_on_a_shared_device_is_told_to_whoever_wrote_it_and_to_nobody_else(
    device: Opens, talk: str, riverside: Universe
) -> None:
    # given words that Gwen could not send from a tablet, more than a day ago
    page, gwen = device(), riverside.members["Gwen Hughes"]
    hers = f"alongside:{gwen.user_id}-{gwen.organisation_id}:/a/talk/:answer-good_day"
    page.evaluate("""key => localStorage.setItem(key, '{"words": "x", "at": 1}')""", hers)
    # when Sam opens a page on it, they go, and he is told nothing, then or later
    for _ in range(2):
        page.goto("/lists/")
        expect(page.locator("[data-autosave-status]")).to_have_text("")
        assert list(held(page).values()) == [None], "no words are left, only that there were some"
    signed_out(page)
    # then Gwen is told, once
    signed_in_as(page, "Gwen Hughes")
    page.goto("/lists/")
    told(page, DELETED)
    assert held(page) == {}
    page.reload()
    expect(page.locator("[data-autosave-status]")).to_have_text("")


def test_what_two_devices_wrote_is_shown_on_both_sides_before_one_of_them_is_saved(
    device: Opens, talk: str
) -> None:
    # given a talk that is open on a laptop, and then on a telephone
    laptop, phone = device(), device()
    boxes: list[Any] = []
    for page in (laptop, phone):
        page.goto(f"{talk}/theme/noticed/")
        boxes.append(page.get_by_role("textbox").first)
    mine, theirs = boxes
    for words in ("From the telephone", "From the telephone, later"):
        theirs.fill(words)
        told(phone, "Saved")
        expect(phone.locator("[data-autosave-status]")).to_have_text("Saved")
    # when the laptop writes there too, it saves nothing, and shows both when its page is sent
    mine.fill("From the laptop")
    told(laptop, "nothing is lost")
    laptop.get_by_role("button", name="Save and continue").click()
    expect(laptop.get_by_text("Theirs: From the telephone, later")).to_be_visible()
    expect(mine).to_have_value("From the laptop")
    # then leaving replaces nothing, and sending it again is a choice
    laptop.goto("/lists/")
    told(laptop, "not saved yet")
    phone.reload()
    expect(theirs).to_have_value("From the telephone, later")
    laptop.goto(f"{talk}/theme/noticed/")
    told(laptop, "nothing is lost")
    laptop.get_by_role("button", name="Save and continue").click()
    laptop.get_by_text("Theirs: From the telephone, later").wait_for()
    laptop.get_by_role("button", name="Save and continue").click()
    gone_on(laptop)
    assert held(laptop) == {}
    phone.reload()
    expect(theirs).to_have_value("From the laptop")
