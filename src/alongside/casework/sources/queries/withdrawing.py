"""Which flags a number of a release means, and who has them."""

from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.sources import permissions
from alongside.casework.sources.models import Flag
from alongside.casework.sources.models.releases import FlagQuerySet


class WithdrawnAlreadyError(AlreadyDoneError):
    """The flag was already withdrawn."""


class FlagsOfSeveralError(CaseworkError):
    """The number fits more than one person, of whom only one can be meant."""


@query()
def who_has_flag(*, actor: Actor, release_id: UUID, tier: str, rank: int) -> list[str]:
    """Return the names of the organisations that have the flag with this number; nobody it is about.

    Raises:
        NotFoundError, FlagsOfSeveralError, WithdrawnAlreadyError: as ``flags_numbered``.
    """
    require(permissions.may_release(actor))
    with beyond_reach(actor):
        standing = flags_numbered(Flag.objects.all(), release_id=release_id, tier=tier, rank=rank)
        names = Flag.objects.filter(id__in=[each.id for each in standing])
        return list(names.order_by("organisation__name").values_list("organisation__name", flat=True))


def flags_numbered(flags: FlagQuerySet, *, release_id: UUID, tier: str, rank: int) -> list[Flag]:
    """Return the flags of the one person with this number in a tier of a release, withdrawn ones left out.

    The list and the learning sample are each numbered from 1, so a number alone may fit two people.

    Args:
        flags: among which.
        release_id: the release.
        tier: code of the tier.
        rank: the number.

    Raises:
        NotFoundError: nobody has this number there.
        FlagsOfSeveralError: more than one person has it.
        WithdrawnAlreadyError: it was withdrawn.
    """
    found = list(
        flags.select_related("release").filter(release_id=release_id, tier=tier, rank=rank).order_by("id")
    )
    if not found:
        raise NotFoundError(_("Nobody has this number in this tier of the release."))
    if len({each.person_id for each in found}) > 1:
        raise FlagsOfSeveralError(
            _("This number fits more than one person, so nothing was withdrawn. Ask the data analyst.")
        )
    standing = [each for each in found if each.withdrawn_at is None]
    if not standing:
        raise WithdrawnAlreadyError(_("This flag has already been withdrawn."))
    return standing
