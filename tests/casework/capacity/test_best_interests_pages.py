"""The page for a best interests decision: it goes by the day of the decision, and nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.casework.capacity.conftest import LACKS
from tests.casework.capacity.test_pages import REASONED_AS_SENT, asha, bee, boxes, riverside, typed
from tools.universe import Universe, actor_for

from alongside.casework.capacity.commands.assessing import record_capacity
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.design.dates import day_in_words

__all__ = ["asha", "bee", "riverside"]
CAN: dict[str, Any] = {"outcome": "assessed_has", "understand": "yes", "impairment": "", "because": ""}
LATE = "can be written down here"


def test_what_was_typed_is_kept_if_a_colleague_looked_again_meanwhile(
    asha: Client, bee: str, riverside: Universe
) -> None:
    record = asha.post(bee + "new/", typed())["Location"]
    can = asha.post(f"{record}again/", typed(opened=record.rstrip("/").split("/")[-1], **CAN))
    assert can.status_code == 302
    given = REASONED_AS_SENT | boxes("decided_on", timezone.localdate())
    refused = asha.post(f"{record}best-interests/", given)
    assert (refused.status_code, "There is a newer record of this decision" in refused.text) == (409, True)
    assert "The nurse comes twice a day." in refused.text
    assert "What they wrote: Can decide" in refused.text
    opened = asha.get(f"{record}best-interests/").text
    assert ("There is a newer record" in opened, "What was decided" in opened) == (True, False)


def test_a_decision_made_in_time_is_written_down_after_the_day_to_look_again(
    asha: Client, bee: str, riverside: Universe
) -> None:
    today = timezone.localdate()
    check = today - timedelta(days=2)
    made = record_capacity(
        actor=actor_for(riverside, "Asha Patel", on=today),
        at=timezone.now() - timedelta(days=9),
        person_id=riverside.people["Bee"],
        given=replace(LACKS, assessed_on=check - timedelta(days=7), next_check=check),
    )
    record = f"{bee}{made.id}/"
    in_time = f"made on or before {day_in_words(check)}"
    assert in_time in asha.get(record).text
    form = asha.get(f"{record}best-interests/").text
    assert ("Do that first." in form, f"{in_time} {LATE}" in form) == (True, True)
    late = asha.post(f"{record}best-interests/", REASONED_AS_SENT | boxes("decided_on", today))
    assert (late.status_code, "due to be looked at again. Do that first." in late.text) == (409, True)
    assert "The nurse comes twice a day." in late.text
    asha.post(f"{record}again/", typed(opened=made.id, **CAN))
    kept = asha.post(f"{record}best-interests/", REASONED_AS_SENT | boxes("decided_on", check))
    assert kept.status_code == 302
    assert CapacityRecord.objects.get(id=made.id).best_interests.get().decided_on == check


def test_a_visit_written_down_late_says_that_there_is_a_newer_record_and_may_be_followed(
    asha: Client, bee: str
) -> None:
    today = timezone.localdate()
    record = asha.post(bee + "new/", typed(**CAN))["Location"]
    first = record.rstrip("/").split("/")[-1]
    visit = typed(opened=first) | boxes("assessed_on", today - timedelta(days=5))
    late = asha.post(f"{record}again/", visit)["Location"]
    assert "There is a newer record of this decision" in asha.get(late).text
    assert "There is a newer record of this decision" not in asha.get(record).text
    form = asha.get(f"{record}again/").text
    assert f'value="{late.rstrip("/").split("/")[-1]}"' in form
    assert asha.post(f"{record}again/", typed(opened=first)).status_code == 409
    assert asha.post(f"{record}again/", typed()).status_code == 302
