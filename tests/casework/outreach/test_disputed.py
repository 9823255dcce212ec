"""What the person disputes is marked where whoever contacts them reads why."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.views import items
from alongside.casework.rights.commands.disputes import note_dispute

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
SINCE = "Disputed since 2 November 2026: It is wrong."


def disputed(actor: Actor, at: datetime, person_id: UUID, table: str, row: object) -> None:
    everything(actor)
    note_dispute(
        actor=actor, at=at, person_id=person_id, table=table, row=str(row), says="wrong",
        words="Not true.", said_by="person", received_on=at.date(), how="talking",
    )  # fmt: skip


@pytest.mark.parametrize("page", [items.item, items.judge])
def test_a_flag_is(ask: Ask, item: WorkItem, worker: Actor, at: datetime, page: Any) -> None:
    assert "Disputed since" not in ask(page, item_id=item.id)
    disputed(worker, at, item.person_id, "sources.Flag", item.flag_id)
    assert ask(page, item_id=item.id).count(SINCE) == 1


def test_a_concern_is(ask: Ask, judged: WorkItem, worker: Actor, at: datetime) -> None:
    everything(worker)
    concern = raise_concern(actor=worker, at=at, person_id=judged.person_id, words="She did not open.")
    assert "Disputed since" not in ask(items.item, item_id=judged.id)
    disputed(worker, at, judged.person_id, "marm.Concern", concern.id)
    assert ask(items.item, item_id=judged.id).count(SINCE) == 1
