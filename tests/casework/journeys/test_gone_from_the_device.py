"""What is written about somebody who can no longer be seen is not said to wait, and can be copied."""

from django.db import transaction
from playwright.sync_api import expect
from tests.casework.journeys.test_held_on_the_device import Opens, device, talk, told
from tests.casework.outreach.conftest import everything
from tools.universe import Universe

from alongside.casework.people.models import Reach

__all__ = ["device", "talk"]
WORDS = "He takes my pension"
GONE = "You can no longer see this record. Copy what you wrote."


def test_it_is_not_said_that_the_connection_was_lost_and_the_words_are_shown_on_any_page(
    device: Opens, talk: str, riverside: Universe
) -> None:
    page = device()
    page.goto(f"{talk}/theme/noticed/")
    with transaction.atomic():
        everything()
        ours = Reach.objects.filter(organisation=riverside.organisations["riverside_council"], until=None)
        for each in ours.filter(person_id=riverside.people["Bee"]):
            each.end(at=each.since)
    page.get_by_role("textbox").first.fill(WORDS)
    told(page, GONE)
    page.goto("/lists/")
    told(page, GONE)
    folded = page.locator("[data-autosave-status] span")
    expect(folded).not_to_be_visible()
    page.get_by_text(GONE).click()
    expect(folded).to_have_text(WORDS)
