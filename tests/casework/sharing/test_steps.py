"""The steps of a decision: nothing typed is lost, each ground asks for its own, a lack leads to its page."""

from typing import Any

import pytest

from alongside.casework.sharing.rules.steps import UNFINISHED, Step, after, step_of, steps_of, with_step

SHARE = {"outcome": {"outcome": ["share"]}}
CRIME = {"ground": ["prevention_detection_crime"]}
OTHERS = {"ground": ["risk_to_others"]}
SAID = {"first": ["The neighbour"], "second": ["Fire"], "harm": ["Trust"], "capacity_record": ["3/4"]}


@pytest.mark.parametrize(
    ("outcome", "step"), [("share", Step.OVERRIDE), ("do_not_share", Step.NOT)], ids=["against", "not shared"]
)
def test_the_day_to_look_again_leads_to_the_step_of_this_draft_that_asks_for_it(
    outcome: str, step: Step
) -> None:
    steps = steps_of({"outcome": {"outcome": [outcome]}}, refuses=True)
    assert step_of("review_on", steps) is step
    assert step_of("review_on", steps) in steps


def test_what_is_not_whole_is_kept_and_is_no_answer_until_it_is() -> None:
    begun = with_step({}, "telling", {"onward": ["For this"]}, whole=False)
    assert begun == {UNFINISHED: {"telling": {"onward": ["For this"]}}}
    whole = with_step(begun, "telling", {"onward": ["For this alone"]})
    assert whole == {"telling": {"onward": ["For this alone"]}}
    again = with_step(whole, "telling", {"onward": [""]}, whole=False)
    assert "telling" not in again


@pytest.mark.parametrize("where", ["answered", "begun"])
def test_another_ground_asks_its_questions_anew_and_leaves_the_rest(where: str) -> None:
    override: dict[str, Any] = {"override": SAID} if where == "answered" else {UNFINISHED: {"override": SAID}}
    before = SHARE | {"ground": OTHERS} | override
    answers = with_step(before, "ground", CRIME)
    assert answers[UNFINISHED] == {"override": {"harm": ["Trust"]}}
    assert after(Step.GROUND, answers, refuses=True) is Step.OVERRIDE
    assert with_step(before, "ground", OTHERS) == before
