"""An item of a list is worked on for the purpose that its release was for."""

from datetime import datetime

import pytest
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import Verdict

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
