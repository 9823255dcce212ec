"""Whoever is signed out while they write is told that their words are held, and they come back."""

from playwright.sync_api import expect
from tests.casework.journeys.conftest import signed_in_as
from tests.casework.journeys.test_held_on_the_device import Opens, device, held, talk, told

__all__ = ["device", "talk"]
PENSION = "He takes my pension."
SIGNED_OUT = "You were away too long, or signed out in another window. Nothing was saved."
HELD = (
    "What you wrote is held on this device for 24 hours. Come back to this page before then to send it; "
    "after that it is deleted."
)


def test_words_that_were_refused_are_said_to_be_held_and_are_sent_from_the_page_later(
    device: Opens, talk: str
) -> None:
    page = device()
    page.goto(f"{talk}/theme/noticed/")
    box = page.get_by_role("textbox").first
    # given that Sam is signed out while his page is open
    page.context.clear_cookies(name="sessionid")
    box.fill(PENSION)
    told(page, f"{SIGNED_OUT} {HELD}")
    assert list(held(page).values()) == [PENSION]
    # and that a form which was open too long is answered alike
    page.context.clear_cookies()
    box.fill(f"{PENSION} And my keys.")
    told(page, f"open the page again, and send it. {HELD}")
    # when he signs in again and comes back, it is sent
    page.goto("/")
    signed_in_as(page, "Sam Boateng")
    page.goto(f"{talk}/theme/noticed/")
    told(page, "Saved")
    expect(box).to_have_value(f"{PENSION} And my keys.")
    assert held(page) == {}
