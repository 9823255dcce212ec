"""What an action is, when somebody is told that it is late, and which two may be one."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.area.marm_models import Clocks, Overdue
from alongside.casework.marm.rules.actions import (
    Agrees,
    Kind,
    Planned,
    Stands,
    Status,
    alike,
    done_on,
    only_watches,
    wrong_with_action,
    wrong_with_where_it_stands,
)
from alongside.casework.marm.rules.nudging import to_be_told

MONDAY = date(2026, 11, 9)


def planned(**other: Any) -> Planned:
    """An action, whole."""
    given: dict[str, Any] = {
        "words": "Fit a lock that she chooses",
        "kind": Kind.SERVICE,
        "risk": "Others have her key",
        "wanted": "To decide who has a key",
        "agrees": Agrees.YES,
        "due": MONDAY + timedelta(days=7),
        "review": MONDAY + timedelta(days=30),
    }
    return Planned(**given | other)


@pytest.mark.parametrize(
    "words",
    [
        "Monitor", "monitor the situation", "To monitor her wellbeing closely", "Keep an eye on her",
        "Continue to monitor and review as needed", "Keep the case under review.", "All to monitor.",
        "Everybody to keep a close eye on him", "Watch", "Please monitor; review regularly",
        "Keep monitoring", "Continue monitoring her", "Keep on watching",
    ],
)  # fmt: skip
def test_watching_is_the_whole_of_no_action(words: str) -> None:
    assert only_watches(words)
    assert "words" in wrong_with_action(planned(words=words), MONDAY)


@pytest.mark.parametrize(
    "words",
    [
        "Ring her every Monday, and visit the same day if she does not answer",
        "Monitor her weight by weighing her on Fridays; ring the dietitian below 45 kg",
        "Buy her a watch", "Review her tenancy with her", "Fit a heart monitor",
    ],
)  # fmt: skip
def test_what_somebody_does_is_an_action_although_they_also_watch(words: str) -> None:
    assert not only_watches(words)
    assert wrong_with_action(planned(words=words), MONDAY) == {}


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        ({"words": " "}, "words"), ({"risk": ""}, "risk"), ({"wanted": ""}, "wanted"),
        ({"due": MONDAY - timedelta(days=1)}, "due"), ({"review": MONDAY - timedelta(days=1)}, "review"),
    ],
)  # fmt: skip
def test_what_it_serves_and_two_days_to_come_are_owed(missing: dict[str, Any], part: str) -> None:
    assert list(wrong_with_action(planned(**missing), MONDAY)) == [part]
    assert wrong_with_action(planned(due=MONDAY, review=MONDAY), MONDAY) == {}


def test_what_ends_without_being_done_has_a_reason_or_what_was_offered_instead() -> None:
    def wrong(status: Status, **other: Any) -> list[str]:
        given: dict[str, Any] = {"words": "Said", "agrees": Agrees.NO, "review": MONDAY}
        return list(wrong_with_where_it_stands(Stands(status=status, **given | other), day=MONDAY))

    assert wrong(Status.NOT_POSSIBLE, words=" ") == ["words"]
    assert wrong(Status.DECLINED_INSTEAD) == ["instead"]
    assert wrong(Status.DECLINED_INSTEAD, instead="A walk") == []
    assert wrong(Status.IN_PROGRESS, review=MONDAY - timedelta(days=1)) == ["review"]
    assert wrong(Status.DONE, review=MONDAY - timedelta(days=1)) == []


def test_what_is_done_after_its_day_is_done_late() -> None:
    assert done_on(MONDAY, MONDAY) is Status.DONE
    assert done_on(MONDAY + timedelta(days=1), MONDAY) is Status.DONE_LATE


@pytest.mark.proves("MARM-41")
@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-1, ()), (0, ("owner",)), (2, ("owner",)), (3, ("owner", "lead")), (8, ("owner", "lead")),
        (9, ("owner", "lead", "owner_manager")), (17, ("owner", "lead", "owner_manager")),
        (18, ("owner", "lead", "owner_manager", "dispute_route")),
    ],
)  # fmt: skip
def test_the_clock_of_the_pack_says_who_is_told_and_when(days: int, told: tuple[str, ...]) -> None:
    clock = Clocks().action_overdue  # 0, 3, 7 and 14 working days: weekends are none
    assert to_be_told(MONDAY, MONDAY + timedelta(days=days), clock=clock, told=()) == told


def test_each_is_told_once_and_a_night_that_did_not_run_is_made_up_for() -> None:
    clock = Clocks().action_overdue
    late = MONDAY + timedelta(days=60)
    assert to_be_told(MONDAY, late, clock=clock, told=("owner", "lead")) == ("owner_manager", "dispute_route")
    assert (
        to_be_told(MONDAY, late, clock=clock, told=("owner", "lead", "owner_manager", "dispute_route")) == ()
    )
    own = [Overdue(after="1 day", to="owner_manager")]
    assert to_be_told(MONDAY, MONDAY, clock=own, told=()) == ()
    assert to_be_told(MONDAY, MONDAY + timedelta(days=1), clock=own, told=()) == ("owner_manager",)


@pytest.mark.proves("MARM-40")
def test_two_actions_of_nearly_the_same_words_may_be_one() -> None:
    others = [
        ("same", "Refer to the fire service for a home visit"),
        ("other", "Fit a lock that she chooses"),
        ("short", "Visit"),
    ]
    assert alike("Ask the fire service to visit her at home", others) == ["same"]
    assert alike("Ring the dentist", others) == []
    assert alike("Visit", [("one", "Visit")]) == ["one"]
    assert alike("", others) == []
