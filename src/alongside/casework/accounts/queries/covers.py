"""Who covers for whom: what a member covers, and an absence for which another cover is to be named."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import permissions
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import Covering
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import query


def coverings(membership: Membership, on: date) -> list[Covering]:
    """Return whose work is covered by one of ``memberships_on`` a day, or will be: the first away first."""
    return [each for each in _all_of(membership) if not each.is_over_on(on)]


def no_longer_covering(membership: Membership, on: date) -> list[Covering]:
    """Return whose work one of ``memberships_on`` lately covered, or was to, and somebody else now does."""
    still = {each.membership_id for each in coverings(membership, on)}
    over = {each.membership_id: each for each in _all_of(membership) if each.is_over_on(on)}
    return [each for whose, each in over.items() if whose not in still]


def _all_of(membership: Membership) -> list[Covering]:
    return [
        Covering(
            UUID(each["whose"]),
            each["name"],
            date.fromisoformat(each["since"]),
            date.fromisoformat(each["until"]) if each["until"] else None,
        )
        for each in vars(membership)["covering"]
    ]


def lock_absence(*, actor: Actor, absence_id: UUID, on: date) -> Absence:
    """Return an absence in the actor's organisation that is not over on a day, locked since it is to change.

    Raises:
        NotFoundError: there is no such absence in the actor's organisation.
        NotAllowedError: it is somebody else's, and the actor does not manage there.
        AlreadyDoneError: they are back, or it is cancelled, or goes on with another cover.
    """
    Absence.objects.select_for_update(of=("self",), no_key=True).filter(id=absence_id).first()
    return _of_who_may(actor, absence_id, on)


@query()
def absence_to_cover(*, actor: Actor, absence_id: UUID, on: date) -> Absence:
    """Return an absence for the form that names another cover.

    Raises:
        NotFoundError: there is no such absence in the actor's organisation.
        NotAllowedError: it is somebody else's, and the actor does not manage there.
        AlreadyDoneError: they are back, or it is cancelled, or goes on with another cover.
    """
    return _of_who_may(actor, absence_id, on)


def _of_who_may(actor: Actor, absence_id: UUID, on: date) -> Absence:
    found = Absence.objects.select_related("membership__user", "cover__user")
    if actor.reach != EVERYBODY:
        found = found.filter(membership__organisation_id=actor.member_of)
    absence = found.filter(id=absence_id).first()
    if absence is None:
        raise NotFoundError(_("There is no such absence in your organisation."))
    whose = absence.membership
    require(permissions.may_note_absence(actor, whose.organisation_id, whose.user_id))
    if absence.is_over_on(on):
        raise AlreadyDoneError(_("This absence has already ended, or was cancelled."))
    return absence
