"""Two people at one action or decision in the same moment: one of them is told, and nothing is kept twice."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.casework.at_once import at_once
from tests.casework.marm.conftest import see_all
from tests.casework.marm.test_actions import stands
from tests.casework.marm.test_decisions import decided
from tests.casework.marm.test_ending import WHOLE
from tools.universe import Universe, actor_for

from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands.actions import accept_action, note_where_it_stands
from alongside.casework.marm.commands.deciding import keep_decision
from alongside.casework.marm.commands.ending import end_case
from alongside.casework.marm.jobs import late_actions_nightly
from alongside.casework.marm.models import Action, ActionNudge, ActionUpdate, CaseDecision
from alongside.casework.marm.queries.decisions import to_decide
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.decisions import Position, Stance
from alongside.casework.marm.rules.ending import Becomes

pytestmark = pytest.mark.django_db(transaction=True)


def count(model: Any, **which: Any) -> int:
    with transaction.atomic():
        see_all()
        return int(model.objects.filter(**which).count())


def test_one_accepts_an_action_once_and_two_notes_at_once_leave_one(riverside_now: Universe) -> None:
    at, action = timezone.now(), riverside_now.cases["action"]
    wes, joan = (
        actor_for(riverside_now, name, on=timezone.localdate(at)) for name in ("Wes Tanner", "Joan Adeyemi")
    )
    accept = {"actor": wes, "at": at, "action_id": action}
    assert at_once(*[lambda: accept_action(**accept)] * 2) == ["kept", "told"]
    stale: list[bool] = []

    def note(actor: Any) -> None:
        try:
            note_where_it_stands(
                actor=actor, at=at, action_id=action, stands=stands(at, Status.IN_PROGRESS), opened_version=2
            )
        except StaleError:
            stale.append(True)

    at_once(lambda: note(wes), lambda: note(joan))
    assert stale == [True]
    assert count(ActionUpdate, action=action) == 2


def test_the_night_run_twice_at_once_tells_nobody_twice(riverside_now: Universe) -> None:
    later = timezone.now() + timedelta(days=30)
    at_once(*[lambda: late_actions_nightly(at=later)] * 2)
    assert count(ActionNudge, action=riverside_now.cases["action"]) == 4


def test_of_two_decisions_that_follow_one_at_once_one_is_kept(riverside_now: Universe) -> None:
    at, case, first = timezone.now(), riverside_now.cases["case"], riverside_now.cases["decision"]
    joan = actor_for(riverside_now, "Joan Adeyemi", on=timezone.localdate(at))
    agencies = to_decide(actor=joan, case_id=case).agencies
    again = decided(
        positions=tuple(Position(each, "Joan Adeyemi", Stance.AGREES) for each, _name in agencies),
        review_on=timezone.localdate(at) + timedelta(days=9),
    )
    given: dict[str, Any] = {"actor": joan, "at": at, "case_id": case, "decided": again}
    became = at_once(*[lambda: keep_decision(follows_id=first, follows_why="She moved.", **given)] * 2)
    assert became == ["kept", "told"]
    assert count(CaseDecision, follows=first) == 1


@pytest.mark.parametrize("meanwhile", ["accepted", "done"])
def test_who_ends_a_case_waits_for_what_is_noted_of_an_action_and_loses_nothing_of_it(
    riverside_now: Universe, meanwhile: str
) -> None:
    at, action = timezone.now(), riverside_now.cases["action"]
    wes, mair = (
        actor_for(riverside_now, name, on=timezone.localdate(at)) for name in ("Wes Tanner", "Mair Pugh")
    )
    with transaction.atomic():
        see_all()
        case = Action.objects.get(id=action).case_id
        others = {each.id: Becomes(True, "Wes fits it") for each in Action.objects.to_do().filter(case=case)}
    noted, ended = threading.Event(), []

    def end() -> None:
        noted.wait(60)
        closing = replace(WHOLE, actions=others)
        ended.extend(at_once(lambda: end_case(actor=mair, at=at, case_id=case, closing=closing)))

    ending = threading.Thread(target=end)
    ending.start()
    with transaction.atomic():
        if meanwhile == "accepted":
            accept_action(actor=wes, at=at, action_id=action)
        else:
            accept_action(actor=wes, at=at, action_id=action)
            note_where_it_stands(
                actor=wes, at=at, action_id=action, stands=stands(at, Status.DONE), opened_version=2
            )
        noted.set()
        ending.join(timeout=1)
        assert ending.is_alive(), "it waits until that is kept"
    ending.join()
    # what was to be said about one that is done meanwhile is not dropped: the case goes on, to look again
    assert ended == ["told" if meanwhile == "done" else "kept"]
    with transaction.atomic():
        see_all()
        now = Action.objects.get(id=action)
    done = {Status.DONE, Status.DONE_LATE}  # by what hour it is
    assert now.status in (done if meanwhile == "done" else {Status.AGREED})
