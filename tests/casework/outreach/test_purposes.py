"""An item of a list is worked on for the purpose that its release was for."""

from datetime import datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from django.http import HttpRequest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError, refused
from alongside.casework.accounts.permissions import ANOTHER_PURPOSE
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import Verdict
from alongside.casework.outreach.views import lists, today

pytestmark = pytest.mark.django_db
FOR_ANOTHER = "given to your organisation for “Offer early help"


def test_an_item_that_was_released_for_one_purpose_is_not_opened_for_another(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    elsewhere = worker.working_for("cold_homes")
    with pytest.raises(NotAllowedError, match=FOR_ANOTHER):
        item_page(actor=elsewhere, item_id=item.id, at=at)
    with pytest.raises(NotAllowedError, match=FOR_ANOTHER):
        judge_item(
            actor=elsewhere, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me."
        )
    assert item_page(actor=worker, item_id=item.id, at=at).item == item
    assert [each.id for each in my_list(actor=elsewhere, at=at).items] == [item.id], (
        "it is still theirs to do"
    )
    seen = AuditEvent.objects.filter(code="outreach.item_seen")
    assert [each.purpose for each in seen] == ["early_help"]


def test_a_part_of_the_system_opens_items_of_every_purpose(item: WorkItem) -> None:
    system = system_actor("a test")
    everything(system)
    assert get_item(actor=system, item_id=item.id) == item


@pytest.mark.usefixtures("the_day")
def test_a_list_and_the_day_name_the_purpose_of_what_does_not_open_and_lead_to_changing_it(
    ask: Ask, item: WorkItem, worker: Actor
) -> None:
    elsewhere = worker.working_for("cold_homes")
    onward = f"/choose-purpose/?next=/lists/item/{item.id}/"
    request: Any = HttpRequest()
    for actor, named in ((elsewhere, True), (worker, False)):
        page = ask(lists.mine, actor=actor)
        assert (f'href="{onward}"' in page) is named
        assert (f'href="/lists/item/{item.id}/"' in page) is not named  # it would only refuse
        assert ("Given to us for “Offer early help" in page) is named
        request.actor = actor
        (section,) = today.lists_and_referrals(request) or []
        (line,) = section.lines
        assert ("Given to us for “Offer early help" in line.hint) is named
        assert (unquote(line.href) == onward) is named


def test_the_page_that_refuses_leads_to_changing_the_purpose_and_back(riverside_now: Universe) -> None:
    refusal = NotAllowedError(refused(ANOTHER_PURPOSE, "Given for another purpose."))
    client = browser_of(riverside_now.members["Sam Boateng"].user)
    with patch("alongside.casework.outreach.views.lists.lists.my_list", side_effect=refusal):
        page = client.get("/lists/").content.decode()
    assert 'href="/choose-purpose/?next=%2Flists%2F">Change what you are working for</a>' in page
