"""A concern for another organisation, against what the person asked: from the referral to the decision."""

from datetime import datetime

import pytest
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, pictured, signed_in_as
from tools.universe import Universe, actor_for

from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.rules import Priority
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic

WORDS = "Her nephew takes her pension, and she is afraid of him."


@pytest.mark.proves("MARM-30")
def test_where_the_person_said_no_the_way_leads_from_the_referral_to_a_decision_with_the_words(
    page: Page, riverside: Universe, on_monday: datetime
) -> None:
    # given Bee, on Asha's list, who asked that the police are told nothing
    gwen, asha = (actor_for(riverside, name, on=on_monday.date()) for name in ("Gwen Hughes", "Asha Patel"))
    item = raise_item(
        actor=gwen,
        at=on_monday,
        person_id=riverside.people["Bee"],
        team_id=None,
        priority=Priority.TODAY,
        why="Her money",
    )
    assign_item(actor=gwen, at=on_monday, item_id=item.id, member_id=riverside.members["Asha Patel"].id)
    police = riverside.organisations["valley_police"]
    record_choices(
        actor=asha, at=on_monday, person_id=riverside.people["Bee"],
        said=Statement(
            answer=Answer.REFUSES, topics=(Topic.KNOWN,), exactly="Anything", said_on=on_monday.date(),
            recipients=frozenset({police.id}), capacity="assumed", method="spoken",
        ),
    )  # fmt: skip
    # when Asha refers her to the police
    signed_in_as(page, "Asha Patel")
    page.goto(f"/lists/item/{item.id}/refer/{police.id}/")
    page.get_by_label("What are you asking for, and why?").fill(WORDS)
    page.get_by_label("They do not agree").check()
    page.locator("[name=safe][value=yes]").check()
    page.get_by_role("button", name="Check before it is sent").click()
    page.get_by_role("button", name="Send the referral").click()
    # then the page says why not, and leads to a decision that has what she wrote
    page.get_by_role("heading", name="If Valley Police still needs to be told").wait_for()
    looked_at(page)
    pictured(page, "against-their-wish")
    page.get_by_role("button", name="Decide about sharing with them").click()
    page.get_by_role("heading", name="Add something to share").wait_for()
    assert page.locator("[name=words]").input_value() == WORDS
    looked_at(page)
