"""Two people at one decision about sharing in the same moment: one of them is told, and nothing is lost."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from tests.casework.at_once import at_once
from tests.casework.sharing.sharing_told import DAY, proposal, told
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.decisions import confirm_receipt, decide
from alongside.casework.sharing.commands.drafts import ask_for_advice, begin_draft, keep_step
from alongside.casework.sharing.models import ShareDraft

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_confirm_at_once_that_it_arrived_and_one_of_them_is_told(
    riverside: Universe, asha: Actor, tom: Actor, at: datetime
) -> None:
    decide(actor=asha, at=at, person_id=riverside.people["Bee"], proposal=proposal(riverside))
    with transaction.atomic():
        tell_database(tom)
        disclosure_id = told(riverside).get().id
    given: dict[str, Any] = {"at": at, "disclosure_id": disclosure_id}
    became = at_once(*[lambda: confirm_receipt(actor=tom, **given)] * 4)
    assert became == ["kept", "told", "told", "told"]


def test_advice_is_asked_once_of_a_draft(riverside: Universe, asha: Actor, at: datetime) -> None:
    draft = begin_draft(actor=asha, at=at, person_id=riverside.people["Bee"])
    asked = {"actor": asha, "at": at, "draft_id": draft.id, "question": "May I?"}
    assert at_once(*[lambda: ask_for_advice(**asked)] * 3) == ["kept", "told", "told"]  # type: ignore[arg-type]


def test_steps_kept_in_several_windows_at_once_are_all_kept(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    draft = begin_draft(actor=asha, at=at, person_id=riverside.people["Bee"])
    steps = ("to", "known", "basis", "telling")
    given: dict[str, Any] = {"actor": asha, "at": at, "draft_id": draft.id, "answers": {"x": ["y"]}}
    at_once(*(lambda step=step: keep_step(step=step, **given) for step in steps))  # type: ignore[misc]
    with transaction.atomic():
        tell_database(actor_for(riverside, "Asha Patel", on=DAY))
        assert set(ShareDraft.objects.get(id=draft.id).answers) == set(steps)
