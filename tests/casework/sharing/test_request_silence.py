"""What becomes of a request that nobody answers, and how the answers of each agency are counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.casework.sharing.asking import DAY, WHY, again, ask, last_event
from tests.casework.sharing.test_request_rules import WISH
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.notices.models import Notice
from alongside.casework.sharing.commands import requests as commands
from alongside.casework.sharing.jobs import chase_nightly
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.queries import requests as reads
from alongside.casework.sharing.rules.requests import Refusal, State, Step


def test_chasing_by_hand_waits_for_the_day_and_is_done_once_a_day(
    asked: InformationRequest, asha: Actor, at: datetime
) -> None:
    due = at + timedelta(days=14)
    with pytest.raises(commands.NotLateError):
        commands.chase_request(actor=asha, at=due, request_id=asked.id)
    commands.chase_request(actor=asha, at=due + timedelta(days=1), request_id=asked.id)
    event = last_event()
    assert (event.code, event.details["organisation"]) == ("sharing.request_chased", "Valley Police")
    assert again(asked).state == State.CHASED
    with pytest.raises(commands.ChasedTodayError):
        commands.chase_request(actor=asha, at=due + timedelta(days=1, hours=3), request_id=asked.id)
    commands.chase_request(actor=asha, at=due + timedelta(days=2), request_id=asked.id)


def steps_of(request: InformationRequest) -> list[str]:
    return [each.step for each in again(request).chasers.all()]


def test_by_itself_the_asker_is_told_on_the_day_then_the_managers_asked_then_those_of_both(
    riverside: Universe, asha: Actor, at: datetime, settings: Any
) -> None:
    settings.MAIL = object()  # that there is one: nothing is sent here
    due = datetime(2027, 2, 1, 1, 25, tzinfo=UTC)  # a Monday, when nothing else of Riverside's is due
    alone = ask(riverside, asha, at, due=due.date())
    chase_nightly(at=due - timedelta(days=7))
    told: dict[int, set[str]] = {}
    for days in range(-1, 12):
        Notice.objects.all().delete()
        chase_nightly(at=due + timedelta(days=days))
        waits = Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True)
        if names := set(waits):
            told[days] = names
    assert steps_of(alone) == [Step.DUE, Step.MANAGERS, Step.BOTH]
    # the police have no manager here, so all who may answer are told
    assert told == {0: {"Asha Patel"}, 3: {"Kit Lowe"}, 9: {"Kit Lowe", "Gwen Hughes"}}


def test_a_night_that_runs_twice_or_late_chases_once(
    riverside: Universe, asked: InformationRequest, at: datetime
) -> None:
    month_later = at + timedelta(days=44)
    assert "with a reminder sent" in chase_nightly(at=month_later).words
    assert chase_nightly(at=month_later).words == "No unanswered request for information needed a reminder."
    assert steps_of(asked) == [Step.BOTH]


def test_what_is_answered_is_not_chased(
    riverside: Universe, asked: InformationRequest, kit: Actor, at: datetime
) -> None:
    commands.say_nothing_is_held(actor=kit, at=at, request_id=asked.id)
    chase_nightly(at=at + timedelta(days=44))
    assert steps_of(asked) == []


# Counting


def test_how_each_agency_answers_is_counted_over_all_askers_and_adds_up(
    riverside: Universe, asha: Actor, kit: Actor, tom: Actor, at: datetime
) -> None:
    iris = actor_for(riverside, "Iris Okafor", on=DAY)
    before = {each.agency: each for each in reads.counts(actor=iris, day=DAY)}["Valley Police"]
    assert (before.asked, before.refused, before.silent) == (2, 1, 1)
    made = [ask(riverside, asha, at, items=(replace(WISH.items[0], what=str(n)),)) for n in range(5)]
    commands.say_nothing_is_held(actor=kit, at=at, request_id=made[0].id)
    commands.say_nothing_is_held(actor=kit, at=at + timedelta(days=20), request_id=made[1].id)
    commands.refuse_request(actor=kit, at=at, request_id=made[2].id, refusal=Refusal.OTHER, words=WHY)
    commands.withdraw_request(actor=asha, at=at, request_id=made[3].id, words="No more.")
    ask(riverside, tom, at, about="Stan", power=None)  # between others than those who count
    counted = {each.agency: each for each in reads.counts(actor=iris, day=DAY + timedelta(days=1))}
    now = counted["Valley Police"]
    assert (now.asked, now.in_time, now.late, now.refused, now.silent, now.waiting) == (7, 1, 1, 2, 1, 2)
    assert counted["Riverside Council"].asked == 1, "what others asked of the council too"
    assert last_event().code == "sharing.requests_counted"
    assert last_event().person_id is None
    later = {each.agency: each for each in reads.counts(actor=iris, day=DAY + timedelta(days=366))}
    assert later == {}, "what is older than a year counts no more"
    with pytest.raises(NotAllowedError):
        reads.counts(actor=asha, day=DAY)
