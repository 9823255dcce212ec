"""Who has a right to an independent advocate, and what comes of it.

Care Act 2014 s.67 (assessment, planning, review) and s.68 (a safeguarding enquiry or a review of one): there
would be substantial difficulty in at least one of four things, and nobody appropriate to support the person.
Mental Capacity Act 2005 s.37 to 39: they cannot decide about serious treatment or a long move, and there
is nobody appropriate to ask.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.capacity.rules.assessing import Function


class Occasion(StrEnum):
    """What is about to happen with the person."""

    ASSESSMENT = "assessment"
    ENQUIRY = "enquiry"
    SERIOUS = "serious"


class Right(StrEnum):
    """The section that gives the right."""

    CARE_ACT_67 = "care_act_67"
    CARE_ACT_68 = "care_act_68"
    IMCA = "imca"


class Objection(StrEnum):
    """Why somebody is not appropriate to support the person (Care Act s.67(5) and its guidance)."""

    IMPLICATED = "implicated"
    PAID = "paid"
    REFUSED = "refused"
    UNABLE = "unable"


class Advocacy(StrEnum):
    """Where it stands. The codes are stored in the database."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed_not_yet"
    INSTRUCTED = "instructed"
    REFUSED = "refused_by_person"
    FAMILY = "family_appropriate"


RIGHTS = {
    Occasion.ASSESSMENT: Right.CARE_ACT_67,
    Occasion.ENQUIRY: Right.CARE_ACT_68,
    Occasion.SERIOUS: Right.IMCA,
}
MAY_BECOME = {
    Advocacy.NEEDED: (Advocacy.INSTRUCTED, Advocacy.REFUSED),
    Advocacy.INSTRUCTED: (Advocacy.INSTRUCTED, Advocacy.NEEDED, Advocacy.REFUSED),
    Advocacy.REFUSED: (Advocacy.NEEDED, Advocacy.INSTRUCTED),
    Advocacy.NOT_NEEDED: (),
    Advocacy.FAMILY: (),
}
"""What may follow each state. If there was no right, only asking the questions again can give one."""


@dataclass(frozen=True)
class Asked:
    """What was asked; the names are those of the columns.

    Attributes:
        occasion: what is about to happen.
        difficulties: which of the four things would be substantially difficult, with all available help.
        difficulty_words: what was seen.
        helper: who could support the person, or be asked; empty if there is nobody.
        objections: why they are not appropriate.
        person_agrees: that the person agrees to be supported by them; or cannot decide that, and it is in
            their best interests.
    """

    occasion: Occasion
    difficulties: tuple[Function, ...] = ()
    difficulty_words: str = ""
    helper: str = ""
    objections: tuple[Objection, ...] = ()
    person_agrees: bool = False


@dataclass(frozen=True)
class Step:
    """What came of it: a state; who, from which organisation, since when; what the person said about it."""

    state: Advocacy
    on: date
    advocate: str = ""
    organisation: str = ""
    words: str = ""


def has_somebody_appropriate(asked: Asked) -> bool:
    """Whether there is somebody to support the person, or to be asked, and nothing stands against them.

    The person must agree to who supports them, or be unable to decide that and it be in their best interests
    (Care Act s.67(6)). They need not agree to somebody who is only to be asked.
    """
    agreed = asked.person_agrees or asked.occasion is Occasion.SERIOUS
    return bool(asked.helper) and not asked.objections and agreed


def has_difficulty(asked: Asked, *, lacks: bool) -> bool:
    """Whether the first condition is met; ``lacks``: a record in force says they cannot decide just this."""
    return lacks if asked.occasion is Occasion.SERIOUS else bool(asked.difficulties)


def right_to_advocate(asked: Asked, *, lacks: bool) -> Right | None:
    """Return the section under which the person has a right to an independent advocate, or None.

    Args:
        asked: what was asked.
        lacks: whether a record in force says that they cannot make the very decision that this is about.
            That they cannot make another one gives no right: capacity is for one decision.
    """
    if has_difficulty(asked, lacks=lacks) and not has_somebody_appropriate(asked):
        return RIGHTS[asked.occasion]
    return None


def state_at_first(asked: Asked, *, lacks: bool) -> Advocacy:
    """Return where it stands when the questions have just been asked."""
    if right_to_advocate(asked, lacks=lacks):
        return Advocacy.NEEDED
    return Advocacy.FAMILY if has_difficulty(asked, lacks=lacks) else Advocacy.NOT_NEEDED


def what_is_wrong_with_answers(asked: Asked, *, lacks: bool) -> dict[str, str]:
    """Return why the answers cannot be saved: sentences by column name."""
    wrong = {}
    if asked.difficulties and not asked.difficulty_words:
        wrong["difficulty_words"] = _("Enter what you saw of the difficulty")
    if asked.objections and not asked.helper:
        wrong["helper"] = _("Enter who the answers below are about")
    if asked.occasion is Occasion.SERIOUS and not lacks:
        wrong["occasion"] = _(
            "This advocate is for somebody who cannot make this very decision: choose the record that says "
            "so. If there is none, record their capacity for it first"
        )
    return wrong


def what_is_wrong_with_step(step: Step, *, before: Advocacy, day: date) -> dict[str, str]:
    """Return why a step cannot follow a state: sentences by column name."""
    wrong = {}
    if step.state not in MAY_BECOME[before]:
        wrong["state"] = _("That cannot follow from where it stands now. Ask the questions again")
    if step.state is Advocacy.INSTRUCTED:
        needed = {
            "advocate": gettext_lazy("Enter who the advocate is"),
            "organisation": gettext_lazy("Enter which organisation they are from"),
        }
        wrong |= {name: str(told) for name, told in needed.items() if not getattr(step, name)}
    elif not step.words:
        wrong["words"] = (
            _("Enter what the person said")
            if step.state is Advocacy.REFUSED
            else _("Enter why there is no longer an advocate, or why they want one now")
        )
    if step.on > day:
        wrong["on"] = _("The day must be today or an earlier one")
    return wrong
