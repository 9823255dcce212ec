"""Which later decision corrects an earlier one."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.sharing.models import SecondLook, ShareDecision


def corrections_that_count() -> QuerySet[ShareDecision]:
    """Return the corrections of all decisions, the oldest first, but those that were refused.

    Where a second person did not agree nobody was told what is right, so what it corrects can be reviewed,
    or corrected again. It counts again once it was itself corrected: the later one then says what is right.
    """
    not_agreed = Q(override__emergency=False, second_look__answer=SecondLook.Answer.NOT_AGREED)
    corrected = ShareDecision.objects.filter(corrects=OuterRef("pk"))
    found = ShareDecision.objects.filter(corrects__isnull=False)
    return found.filter(~not_agreed | Exists(corrected)).order_by("decided_at", "id")
