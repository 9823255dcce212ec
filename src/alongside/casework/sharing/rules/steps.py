"""The steps of a decision about sharing, in the order in which they are asked."""

from collections.abc import Mapping, Sequence
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
"""Beside the steps, a draft keeps the words that somebody was about to share, until they are an item."""


def steps_of(answers: Mapping[str, Any], *, refuses: bool) -> list[Step]:
    """Return the steps of a draft: fewer if nothing is shared, more if the person said no."""
    begin = [Step.TO, Step.ITEMS, Step.KNOWN, Step.OUTCOME]
    match outcome_of(answers):
        case "share":
            against = [Step.GROUND, Step.OVERRIDE] if refuses else []
            return [*begin, *against, Step.BASIS, Step.TELLING]
        case "do_not_share":
            return [*begin, Step.NOT]
    return begin


KEY = "key"
"""Beside what was typed about each thing to be shared, a draft keeps a key by which it is found."""


def with_item(answers: Mapping[str, Any], key: str, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the answers of a draft with one more thing to be shared."""
    return with_step(answers, Step.ITEMS.value, [*answers.get(Step.ITEMS, []), {**given, KEY: [key]}])


def without_item(answers: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """Return the answers of a draft without the thing that has this key; None if there is none."""
    items = answers.get(Step.ITEMS, [])
    left = [each for each in items if each.get(KEY) != [key]]
    return with_step(answers, Step.ITEMS.value, left) if len(left) < len(items) else None


UNFINISHED = "unfinished"
"""Where a draft keeps what was typed in a step that is not complete yet, by step."""
_OF_ONE_GROUND = ("first", "second", "capacity_record")
"""What is asked again if another ground is chosen: the questions are different ones."""


def with_step(answers: Mapping[str, Any], step: str, given: Any, *, whole: bool = True) -> dict[str, Any]:
    """Return the answers of a draft with those of one step.

    If another ground is chosen, its own questions have to be answered.

    Args:
        answers: of the draft so far.
        step: which step.
        given: what was typed there.
        whole: whether it says all that the step asks for; if not, it is kept, but is not yet an answer.
    """
    kept = {name: said for name, said in answers.items() if name not in (UNFINISHED, step)}
    unfinished = {name: said for name, said in answers.get(UNFINISHED, {}).items() if name != step}
    (kept if whole else unfinished)[step] = given
    if step == Step.GROUND and answers.get(step) != given:
        before = kept.pop(Step.OVERRIDE, None) or unfinished.get(Step.OVERRIDE, {})
        if before:
            unfinished[Step.OVERRIDE.value] = {
                name: said for name, said in before.items() if name not in _OF_ONE_GROUND
            }
    return kept | ({UNFINISHED: unfinished} if unfinished else {})


def after(step: Step, answers: Mapping[str, Any], *, refuses: bool) -> Step | None:
    """Return the next step that has not been answered yet; None if all have."""
    steps = steps_of(answers, refuses=refuses)
    left = steps[steps.index(step) + 1 :] if step in steps else steps
    return next((each for each in left if each.value not in answers), None)


def outcome_of(answers: Mapping[str, Any]) -> str:
    """Return what was chosen: share, do_not_share, unsure, or nothing yet."""
    said = answers.get(Step.OUTCOME, {}).get("outcome", [""])
    return str(said[0]) if said else ""


def is_chosen(answers: Mapping[str, Any]) -> bool:
    """Say whether the choice to share or not was made: somebody who is unsure has decided nothing yet."""
    return outcome_of(answers) in ("share", "do_not_share")


def step_of(field: str, steps: Sequence[Step]) -> Step:
    """Return the step in which a field is asked, so that a missing answer can link to its page.

    Args:
        field: its name.
        steps: those of the draft: the day of the review is asked for in one of two.
    """
    if field == "review_on":
        return Step.NOT if Step.NOT in steps else Step.OVERRIDE
    return _STEP_OF.get(field, Step.TO)


_STEP_OF = {
    **dict.fromkeys(("recipients", "purpose", "who", "named"), Step.TO),
    "items": Step.ITEMS,
    "outcome": Step.OUTCOME,
    **dict.fromkeys(("reason", "risk", "why_not_safe"), Step.NOT),
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
