"""Which later decision corrects an earlier one, and whom that concerns."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet

from alongside.casework.sharing.models import Disclosure, SecondLook, ShareDecision

_NOT_AGREED = Q(override__emergency=False, second_look__answer=SecondLook.Answer.NOT_AGREED)


def is_corrected(path: str = "pk") -> Func:
    """Return the condition that a correction of a decision counts, to filter by.

    The database follows corrections of refused corrections, however many there are.

    Args:
        path: from the filtered rows to the decision; as it stands, for decisions themselves.
    """
    return Func(F(path), function="sharing_is_corrected", output_field=BooleanField())


def corrections_that_count() -> QuerySet[ShareDecision]:
    """Return the corrections of all decisions, the oldest first, but those that were refused.

    Where a second person did not agree nobody was told what is right, so what it corrects can be reviewed,
    or corrected again. It counts again once a correction of it counts: that one then says what is right.
    """
    found = ShareDecision.objects.filter(corrects__isnull=False)
    return found.filter(~_NOT_AGREED | Q(is_corrected())).order_by("decided_at", "id")


def told_what_it_corrects(decision: ShareDecision) -> set[UUID]:
    """Return the disclosures of what a decision corrects, but to those whom it tells what is right.

    What it corrects may itself be a correction to which nobody has agreed, and which told nobody: then those
    told by the decision before it are meant. Their page does not show that anything was corrected, so they
    are meant even if they are told what is right. Part of a command that checked who asks.
    """
    told_right = Disclosure.objects.filter(decision=decision).values("organisation_id")
    found = Disclosure.objects.filter(decision=decision.corrects_id).exclude(organisation_id__in=told_right)
    told, earlier = set(found.values_list("id", flat=True)), decision.corrects
    while earlier is not None and _nobody_agreed(earlier):
        before = Disclosure.objects.filter(decision=earlier.corrects_id)
        told |= set(before.values_list("id", flat=True))
        earlier = earlier.corrects
    return told


def _nobody_agreed(decision: ShareDecision) -> bool:
    """Whether a decision waits for a second person, or was refused."""
    override, look = getattr(decision, "override", None), getattr(decision, "second_look", None)
    agreed = look is not None and look.answer == SecondLook.Answer.AGREED
    return override is not None and not override.emergency and not agreed


def was_in_doubt(decision: ShareDecision, *, since: datetime | None) -> bool:
    """Whether anybody began to correct a decision, or a correction of it, after a moment; or ever.

    Part of a command that checked who asks.
    """
    earlier = [decision.id]
    while earlier:
        later = list(ShareDecision.objects.filter(corrects__in=earlier).values_list("id", "decided_at"))
        if any(since is None or decided_at > since for _id, decided_at in later):
            return True
        earlier = [each for each, _decided_at in later]
    return False
