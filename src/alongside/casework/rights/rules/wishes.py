"""What a person may ask about everything held about them, and on which grounds it may be refused. Pure.

UK GDPR Article 21 (objection), 18(1)(d) (restriction while that is looked into), 17 (erasure, with grounds in
17(1) and (3)), and 12(3) and (4): one month, with reasons and how to complain where it is refused.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.rights.rules.disputes import Outcome, held_back, kept_back
from alongside.casework.rights.rules.retention import HoldReason

RECIPIENTS_MAY_TAKE = timedelta(days=14)
"""How long to wait for recipients to confirm, before the message telling them to erase is itself erased."""


class Wish(StrEnum):
    """What a person asks about everything that is held."""

    NOT_FOUND = "not_found"
    NOT_USED = "not_used"
    ERASE = "erase"


WISHES = {
    Wish.NOT_FOUND: gettext_lazy("They do not want to be found by lists"),
    Wish.NOT_USED: gettext_lazy("They object to how what is held about them is used"),
    Wish.ERASE: gettext_lazy("They want all that is held about them to be erased"),
}
ANSWERS = {
    Outcome.UPHELD: gettext_lazy("We agree: lists leave them out from now on"),
    Outcome.ERASED: gettext_lazy("We agree: all that is held is to be erased"),
    Outcome.REFUSED: gettext_lazy("We refuse, on one of these grounds"),
}
OBJECTIONS = frozenset({Wish.NOT_FOUND, Wish.NOT_USED})
"""While one of these is open, and once it has been upheld, lists leave the person out."""


class Ground(StrEnum):
    """Why a wish is refused."""

    COMPELLING = "compelling"
    PUBLIC_TASK = "public_task"
    CLAIMS = "claims"
    HEALTH = "health"
    ARCHIVE = "archive"
    NEEDED = "needed"


GROUNDS = {
    Ground.COMPELLING: gettext_lazy("There are compelling reasons that weigh more than what they want"),
    Ground.PUBLIC_TASK: gettext_lazy("The law gives us this task, and it cannot be done without"),
    Ground.CLAIMS: gettext_lazy("It is needed for a claim in court, an inquest or a complaint"),
    Ground.HEALTH: gettext_lazy("It is needed for public health, or to run health or social care"),
    Ground.ARCHIVE: gettext_lazy("It is archived in the public interest, or for research or statistics"),
    Ground.NEEDED: gettext_lazy("It is still needed for what it was given for, and is held lawfully"),
}
HINTS = {
    Ground.COMPELLING: gettext_lazy(
        "About this person, now: such as a danger to life, or to a child. It is not enough that lists are "
        "useful. It is for us to show that our reasons outweigh theirs (Article 21(1))."
    ),
    Ground.PUBLIC_TASK: gettext_lazy("Name the duty, such as a section of the Care Act (Article 17(3)(b))."),
    Ground.CLAIMS: gettext_lazy("One that exists or is likely, not one that might come some day."),
    Ground.HEALTH: gettext_lazy(
        "Only if it is used by, or under, somebody with a duty of confidentiality, such as a nurse "
        "(Article 17(3)(c))."
    ),
    Ground.ARCHIVE: gettext_lazy("Only where erasing it would seriously impair that (Article 17(3)(d))."),
    Ground.NEEDED: gettext_lazy(
        "Then none of the reasons to erase it applies (Article 17(1)). Say what it is needed for."
    ),
}
MAY_BE_REFUSED_FOR: Mapping[Wish, tuple[Ground, ...]] = {
    Wish.NOT_FOUND: (Ground.COMPELLING, Ground.CLAIMS),
    Wish.NOT_USED: (Ground.COMPELLING, Ground.CLAIMS),
    Wish.ERASE: (Ground.PUBLIC_TASK, Ground.CLAIMS, Ground.HEALTH, Ground.ARCHIVE, Ground.NEEDED),
}
_OF_CLAIMS = frozenset({HoldReason.INQUEST, HoldReason.LITIGATION, HoldReason.COMPLAINT, HoldReason.INQUIRY})


def outcomes_of(wish: Wish) -> tuple[Outcome, ...]:
    """Return the possible outcomes of a wish."""
    return (Outcome.ERASED if wish is Wish.ERASE else Outcome.UPHELD, Outcome.REFUSED)


def is_left_out(wish: str, outcome: str) -> bool:
    """Whether lists leave a person out because of a wish: while it is open, and once it was upheld."""
    return wish in OBJECTIONS and outcome in ("", Outcome.UPHELD)


def may_be_taken_back(wish: str, outcome: str, *, taken_back: bool) -> bool:
    """Whether a person may withdraw an objection that was upheld."""
    return wish in OBJECTIONS and outcome == Outcome.UPHELD and not taken_back


def closed(ground: Ground, *, in_touch: Collection[str], holds: Collection[str]) -> str:
    """Return, in a sentence, why a ground is not available, as far as is known here; empty if it is.

    All that is known here is who is in touch with the person and what holds their record. It is for whoever
    answers to say what else supports a ground.

    Args:
        ground: which one.
        in_touch: names of organisations that are in touch with the person.
        holds: reasons, of ``HoldReason``, for which nothing about them may be deleted.
    """
    if ground is Ground.CLAIMS and not _OF_CLAIMS & set(holds):
        return _("There is no legal hold for a claim, an inquest or a complaint: place one first.")
    if ground is Ground.NEEDED and not in_touch:
        return _("No organisation is in touch with them, so it is no longer needed for that.")
    return ""


def lacks(
    wish: Wish,
    outcome: Outcome,
    *,
    ground: str,
    why: str,
    in_touch: Collection[str],
    holds: Collection[str],
    kept: Collection[str] = (),
) -> Mapping[str, str]:
    """Return, by field, what an answer to a wish still lacks; empty where it is complete.

    Args:
        wish: what they asked for.
        outcome: the outcome.
        ground: the ground for refusing it.
        why: the reasons.
        in_touch: names of organisations that are in touch with the person.
        holds: reasons, of ``HoldReason``, for which nothing about them may be deleted.
        kept: until when and why somebody decided to keep something about them, in words.
    """
    found: dict[str, str] = {}
    if outcome not in outcomes_of(wish):
        found["outcome"] = _("Choose the outcome")
    elif outcome is Outcome.ERASED and holds:
        found["outcome"] = held_back()
    elif outcome is Outcome.ERASED and kept:
        found["outcome"] = kept_back(kept)
    if not why.strip():
        found["why"] = _("Enter the reason: the person and anybody who looks at this later will read it")
    if outcome is Outcome.REFUSED:
        if ground not in MAY_BE_REFUSED_FOR[wish]:
            found["ground"] = _("Choose the ground for refusing it")
        elif shut := closed(Ground(ground), in_touch=in_touch, holds=holds):
            found["ground"] = shut
    elif ground:
        found["ground"] = _("A ground is only for a refusal: choose none, or refuse it")
    return found
