"""What is decided on lists without looking anything up."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from alongside.casework.design.bars import BAR
from alongside.casework.outreach.presenters.managing import rate_shown
from alongside.casework.outreach.rules import (
    MOVES,
    OPEN,
    Priority,
    Result,
    State,
    may_move,
    origin,
    prompts_for,
    refused_last,
    state_when_assigned,
    still_owed,
)
from alongside.casework.outreach.rules.agreement import HELD_BACK, agreement, agreement_of
from alongside.casework.outreach.rules.week import (
    Present,
    Waiting,
    place,
    plan_week,
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
    assert list(nobody.left.values()) == ["Nobody in the team who could open it is at work today."]


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
    assert not may_move(State.WAITING, State.DONE)
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


def test_all_agreed_is_pointed_out_and_few_judgements_are_not_made_much_of() -> None:
    assert agreement({"agree": 4}) == HELD_BACK
    assert (agreement({"agree": 5}).all_agreed, agreement({"agree": 5}).few) == (True, True)
    assert (agreement({"agree": 20}).all_agreed, agreement({"agree": 20}).few) == (True, False)
    assert not agreement({"agree": 19, "unsure": 1}).all_agreed
    assert not HELD_BACK.all_agreed
    few, many, mixed = (
        rate_shown("Asha", agreement(each))
        for each in ({"agree": 5}, {"agree": 30}, {"agree": 3, "disagree": 3})
    )
    assert "before you read anything into it" in few.warning
    assert "too few to tell" in few.caution
    assert "rubber stamp" in many.warning
    assert many.caution == ""
    assert mixed.warning == ""


def test_bars_are_whole_however_the_numbers_fall() -> None:
    for verdicts in ({"agree": 7}, {"agree": 2, "disagree": 2, "unsure": 3}, {"unsure": 5}):
        parts = rate_shown("Asha", agreement(verdicts)).parts
        assert sum(width for _, _, width in parts) == BAR
        assert [begins for _, begins, _ in parts] == sorted(begins for _, begins, _ in parts)
    assert rate_shown("Asha", HELD_BACK).parts == []


def test_what_is_held_back_cannot_be_worked_out_from_a_teams_total() -> None:
    one, two, three, four = (UUID(int=number) for number in (1, 2, 3, 4))
    judged = {
        ("Contact", one): {"agree": 2}, ("Contact", two): {"agree": 7}, ("Contact", three): {"unsure": 9},
        ("Social", four): {"agree": 3}, ("Social", three): {"agree": 30}, ("Homes", three): {"agree": 6},
    }  # fmt: skip
    teams, members = agreement_of(judged)
    assert {team: rate.judged for team, rate in teams.items()} == {"Contact": 18, "Social": 33, "Homes": 6}
    assert {member: rate.judged for member, rate in members.items()} == {
        one: None, two: None, three: None, four: None,
    }, "33 less three's 30 would be four's, and 18 less two's would be one's"  # fmt: skip
    teams, _ = agreement_of({("A", one): {"agree": 4}, ("B", two): {"agree": 9}, ("C", two): {"agree": 50}})
    assert [teams[each].judged for each in "ABC"] == [None, None, 50]


def test_a_list_says_which_priority_is_whose_and_always_asks_what_sources_do_not_know() -> None:
    assert origin(flagged=True, professional=False) == "The data"
    assert origin(flagged=False, professional=True) == "A professional"
    assert origin(flagged=True, professional=True) == "A professional and the data"
    for route in ("contact_team", "share_with_case_holder", "strengthen_visit_priority", "another"):
        assert prompts_for(route)[-1] == "What do you know that these sources do not?"
