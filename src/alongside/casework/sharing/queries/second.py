"""Who else in an organisation can look second at what is shared against a person's wishes."""

from datetime import date

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.queries.others import others_here_who_may
from alongside.casework.operations import query
from alongside.casework.sharing import permissions
from alongside.casework.sharing.models import ShareDecision


@query()
def who_looks_second(*, actor: Actor, decision: ShareDecision, on: date) -> list[str]:
    """Return their names, never that of whoever decided; none where nobody needs to look.

    Part of the page that shows the decision, which records that the actor looked.
    """
    require(permissions.may_read_decisions(actor))
    if not waits_for_second(decision):
        return []
    return others_here_who_may(
        actor=actor, permission=Permission.SHARE_AUTHORISE, but=decision.decided_by_id, on=on
    )


def waits_for_second(decision: ShareDecision) -> bool:
    """Say whether it waits for a second look: once it is corrected, that is only to look at what was told."""
    override = getattr(decision, "override", None)
    if override is None or getattr(decision, "second_look", None) is not None:
        return False
    return bool(override.emergency) or not decision.corrections.all()
