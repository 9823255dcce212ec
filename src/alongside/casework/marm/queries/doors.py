"""The door to a case: which cases an actor sees, and one of them."""

from uuid import UUID

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import permissions
from alongside.casework.marm.models import Case
from alongside.casework.marm.queries.own import about_themself


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases that the actor's organisation takes part in; row-level security says so once more.

    None about the actor themself.
    """
    if not permissions.may_read_cases(actor).allowed:
        return Case.objects.none()
    if actor.reach == EVERYBODY:
        return Case.objects.all()
    return Case.objects.filter(
        ~about_themself(actor.user_id, "person"), taking_part__contains=[actor.member_of]
    )


def get_case(*, actor: Actor, case_id: UUID, **also: Exists) -> Case:
    """Return a case.

    Args:
        actor: who asks.
        case_id: which.
        also: what else is asked of it by the same question.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: the two are answered alike.
    """
    found = (
        cases_visible_to(actor)
        .select_related("person", "organisation", "coordinating", "ending")
        .filter(id=case_id)
        .annotate(**also)
        .first()
    )
    if found is None:
        raise NotFoundError(_("There is no such case that your organisation takes part in."))
    return found


def lock_case(*, actor: Actor, case_id: UUID) -> Case:
    """Return a case as ``get_case`` does, locked until the transaction ends."""
    get_case(actor=actor, case_id=case_id)
    Case.objects.select_for_update(of=("self",)).get(id=case_id)
    return get_case(actor=actor, case_id=case_id)  # read again: whoever held the lock may have changed it
