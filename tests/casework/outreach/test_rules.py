"""What is decided on lists without looking anything up."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from alongside.casework.outreach.rules import (
    ALL_AGREED,
    HELD_BACK,
    MOVES,
    OPEN,
    Present,
    Priority,
    Result,
    State,
    Waiting,
    agreement,
    agreement_of_members,
    may_move,
    origin,
    place,
    plan_week,
    prompts_for,
    refused_last,
    state_when_assigned,
    still_owed,
)

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def waiting(number: int, **what: object) -> Waiting:
    return Waiting(**{"id": UUID(int=number), "since": NOW} | what)  # type: ignore[arg-type]


@pytest.mark.proves("FIND-05", "FIND-08")
def test_a_list_is_ordered_by_professional_priority_then_tier_and_rank_then_waiting() -> None:
    order = [
        waiting(9, priority=Priority.TODAY),
        waiting(8, priority=Priority.THIS_WEEK, tier_place=1, rank=90),
        waiting(7, tier_place=0, rank=1),
        waiting(6, tier_place=0, rank=2),
        waiting(5, tier_place=1, rank=1),
        waiting(4, priority=Priority.ROUTINE, since=NOW - timedelta(days=9)),
        waiting(3, priority=Priority.ROUTINE),
    ]
    assert sorted(order[-1:] + order[:-1], key=place) == order


def test_the_week_is_cut_at_capacity_and_what_waits_says_why() -> None:
    plan = plan_week(
        [waiting(1, rank=3), waiting(2, rank=1, skills=frozenset({"welsh"})), waiting(3, rank=2)],
        [Present(UUID(int=51)), Present(UUID(int=52), load=5)],
        1,
    )
    assert plan.given == {UUID(int=3): UUID(int=51)}
    assert plan.left == {
        UUID(int=2): "Nobody at work today has what it needs: welsh.",
        UUID(int=1): "The team has no more room this week.",
    }
    nobody = plan_week([waiting(1)], [], None)
    assert list(nobody.left.values()) == ["Nobody of the team is at work today."]


def test_work_goes_to_whoever_has_least() -> None:
    plan = plan_week(
        [waiting(number, rank=number) for number in range(1, 5)],
        [Present(UUID(int=51), load=2), Present(UUID(int=52))],
        None,
    )
    assert list(plan.given.values()).count(UUID(int=52)) == 3


def test_what_has_ended_stays_ended_and_nothing_moves_to_where_it_is() -> None:
    assert {State.DONE, State.HANDED_OVER, State.EXPIRED} == set(State) - OPEN
    assert not any(may_move(state, state) for state in State)
    assert all(to in MOVES for onward in MOVES.values() for to in onward)
    assert not may_move(State.ASSIGNED, State.DONE)
    assert not may_move(State.IN_HAND, State.EXPIRED)
    assert not may_move(State.IN_HAND, State.EXPIRED)


def test_what_was_done_before_it_was_put_back_stays_done() -> None:
    for judged, tried in product((False, True), repeat=2):
        expected = State.IN_HAND if tried else State.JUDGED if judged else State.ASSIGNED
        assert state_when_assigned(State.PUT_BACK, judged=judged, tried=tried) == expected
        assert state_when_assigned(State.JUDGED, judged=judged, tried=tried) == State.JUDGED


def test_a_refusal_owes_another_offer_and_is_forgotten_once_they_speak() -> None:
    assert still_owed(Result.DECLINED_NOW, note="x") == ["next_offer", "try_next_on"]
    assert still_owed(Result.SPOKE) == []
    assert refused_last([Result.SPOKE, Result.DECLINED_NOW, Result.NOT_REACHED])
    assert not refused_last([Result.DECLINED_NOW, Result.SPOKE])
    assert not refused_last([])


def test_all_agreed_warns_and_small_numbers_are_held_back_together_with_the_next_smallest() -> None:
    assert agreement({"agree": 4}) == HELD_BACK
    assert agreement({"agree": 5}).warning == ALL_AGREED
    assert agreement({"agree": 4, "disagree": 1}).warning == ""
    one, two, three = (UUID(int=number) for number in (1, 2, 3))
    rates = agreement_of_members({one: {"agree": 2}, two: {"agree": 7}, three: {"unsure": 9}})
    assert [rates[each].judged for each in (one, two, three)] == [None, None, 9]


def test_a_list_says_which_priority_is_whose_and_always_asks_what_sources_do_not_know() -> None:
    assert origin(flagged=True, professional=False) == "The data"
    assert origin(flagged=False, professional=True) == "A professional"
    assert origin(flagged=True, professional=True) == "A professional and the data"
    for route in ("contact_team", "share_with_case_holder", "strengthen_visit_priority", "another"):
        assert prompts_for(route)[-1] == "What do you know that these sources do not?"
