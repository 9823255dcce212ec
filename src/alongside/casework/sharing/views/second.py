"""Who else in an organisation can look second at what is shared against a person's wishes."""

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.queries.others import others_here_who_may
from alongside.casework.sharing.models import ShareDecision
from alongside.casework.sharing.presenters.second import waits_for_second


def who_looks_second(actor: Actor, decision: ShareDecision) -> list[str]:
    """Return their names, never that of whoever decided; none where nobody needs to look."""
    if not waits_for_second(decision):
        return []
    return others_here_who_may(
        actor=actor,
        permission=Permission.SHARE_AUTHORISE,
        but=decision.decided_by_id,
        on=timezone.localdate(),
    )
