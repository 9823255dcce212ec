"""The steps of a decision about sharing, in the order in which they are asked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """One page of questions."""

    TO = "to"
    ITEMS = "items"
    KNOWN = "known"
    OUTCOME = "outcome"
    NOT = "not"
    GROUND = "ground"
    OVERRIDE = "override"
    BASIS = "basis"
    TELLING = "telling"


CARRIED = "carried"
"""Beside the steps, a draft keeps the words that somebody was about to tell, until they are an item."""


def steps_of(answers: Mapping[str, Any], *, refuses: bool) -> list[Step]:
    """Return the steps of a draft: fewer where nothing is shared, more where the person said no."""
    begin = [Step.TO, Step.ITEMS, Step.KNOWN, Step.OUTCOME]
    match outcome_of(answers):
        case "share":
            against = [Step.GROUND, Step.OVERRIDE] if refuses else []
            return [*begin, *against, Step.BASIS, Step.TELLING]
        case "do_not_share":
            return [*begin, Step.NOT]
    return begin


def after(step: Step, answers: Mapping[str, Any], *, refuses: bool) -> Step | None:
    """Return the step that comes next and was not answered yet; none where all were."""
    steps = steps_of(answers, refuses=refuses)
    left = steps[steps.index(step) + 1 :] if step in steps else steps
    return next((each for each in left if each.value not in answers), None)


def outcome_of(answers: Mapping[str, Any]) -> str:
    """Return what was chosen: share, do_not_share, or nothing yet."""
    said = answers.get(Step.OUTCOME, {}).get("outcome", [""])
    return str(said[0]) if said else ""


STEP_OF = {
    **dict.fromkeys(("recipients", "purpose", "who", "named"), Step.TO),
    "items": Step.ITEMS,
    **dict.fromkeys(("reason", "risk", "review_on"), Step.NOT),
    "ground": Step.GROUND,
    **dict.fromkeys(
        (
            "refusal", "first", "second", "alternatives", "harm", "advice", "capacity_record",
            "emergency_why",
        ),
        Step.OVERRIDE,
    ),
    **dict.fromkeys(
        (
            "article_6", "article_6_words", "condition", "condition_words", "confidence", "confidence_words",
            "necessity", "proportionality", "without_agreement",
        ),
        Step.BASIS,
    ),
    **dict.fromkeys(
        ("channel", "onward", "keep_until", "told", "told_on", "told_how", "told_why_not"), Step.TELLING
    ),
}  # fmt: skip
"""Where each field is asked, so that what is missing leads to its page."""
