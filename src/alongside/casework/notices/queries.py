"""Whether a member gets notices."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.notices import permissions
from alongside.casework.notices.models import Notice
from alongside.casework.operations import query


@query()
def gets_notices(*, actor: Actor) -> bool:
    """Say whether the actor wants notices; they do unless they said otherwise."""
    require(permissions.may_choose(actor))
    return not Notice.objects.filter(user_id=actor.account, wanted=False).exists()
