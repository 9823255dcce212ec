"""Finished words for referrals."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.components import Tag
from alongside.casework.design.dates import moment_in_words
from alongside.casework.outreach.forms import PRIORITIES
from alongside.casework.outreach.models import Referral
from alongside.casework.outreach.presenters.died import HAS_DIED
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.presenters.words import NOT_SAFE

REFERRAL_STATES = {
    "asked": (gettext_lazy("Not answered yet"), "yellow"),
    "accepted": (gettext_lazy("Accepted"), "blue"),
    "declined": (gettext_lazy("Declined"), "red"),
    "done": (gettext_lazy("Done"), "green"),
    "taken_back": (gettext_lazy("Taken back"), "grey"),
}
PERSON_SAID = {
    "yes": gettext_lazy("The person agreed"),
    "no": gettext_lazy("The person did not agree"),
    "not_asked": gettext_lazy("The person had not been asked"),
}
"""What the person said, beside who asked whom and what they answered: "they" could be any of them."""


@dataclass(frozen=True)
class ReferralShown:
    """A referral, in words."""

    id: str
    who: str
    organisation: str
    from_organisation: str
    why: str
    agrees: str
    soon: str
    state: Tag
    line: str
    words: str
    warning: str
    died: str
    """That the person has died since; then it does not say how soon, and nobody can take it on."""
    may_answer: bool
    may_finish: bool
    may_take_back: bool = False


def referral_shown(
    referral: Referral, *, ours: bool, died: bool = False, may_take_back: bool = False
) -> ReferralShown:
    """Return a referral in words.

    Args:
        referral: which.
        ours: whether the reader's organisation made it.
        died: whether the person has died since.
        may_take_back: whether the reader may take it back, if nobody has answered it.
    """
    line = f"{referral.made_by}, {moment_in_words(referral.made_at)}"
    if referral.answered_at:
        answered = {"made": line, "name": referral.answered_by, "when": moment_in_words(referral.answered_at)}
        line = _("%(made)s. Answered by %(name)s, %(when)s") % answered
    if referral.taken_back_at:
        back = {
            "made": line,
            "name": referral.taken_back_by,
            "when": moment_in_words(referral.taken_back_at),
        }
        line = _("%(made)s. Taken back by %(name)s, %(when)s") % back
    words = referral.done_words or referral.taken_back_why
    if referral.state == "declined":
        words = _("%(why)s Instead: %(route)s") % {"why": referral.decline_why, "route": referral.other_route}
    state, colour = REFERRAL_STATES[referral.state]
    return ReferralShown(
        id=str(referral.id),
        who=referral.who,
        organisation=referral.to_organisation.name,
        from_organisation="" if ours else referral.from_organisation.name,
        why=referral.why,
        agrees=str(PERSON_SAID[referral.person_agrees]),
        soon="" if died or referral.taken_back_at else how_soon(referral.priority),
        state=Tag(str(state), colour),
        line=line,
        words=words,
        warning=str(NOT_SAFE) if referral.why_not_safe else "",
        died=_("%(died)s. Do not ring or visit to find them.") % {"died": HAS_DIED} if died else "",
        may_answer=not ours and referral.state == "asked",
        may_finish=not ours and referral.state == "accepted",
        may_take_back=may_take_back and ours and referral.state == "asked",
    )


def how_soon(priority: int) -> str:
    """Return how soon somebody is asked to look."""
    return _("How soon: %(when)s") % {"when": dict(PRIORITIES)[Priority(priority)]}
