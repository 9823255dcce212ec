"""What ends with a case, what remains, and what agencies say about that."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Action, Case, Ending, Invitation, SharedRisk
from alongside.casework.marm.queries.agencies import agencies_of
from alongside.casework.marm.queries.doors import get_case
from alongside.casework.marm.queries.holding import Holding, holding_of
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import query


@dataclass(frozen=True)
class ToEnd:
    """A case that somebody is ending, and what is not finished in it.

    Attributes:
        case: which.
        actions: those still to do; the form asks what becomes of each.
        over: those that a form had asked about, and that are no longer to do.
        invitations: those not answered yet: they end with the case.
        holding: what is still open between its agencies, and goes on after it ends.
    """

    case: Case
    actions: list[Action]
    over: list[Action]
    invitations: list[Invitation]
    holding: Holding


def lock_still_to_do(case: Case) -> list[Action]:
    """Return the same as ``still_to_do``, locked, so that an update to one comes wholly before or after."""
    list(Action.objects.to_do().filter(case=case).select_for_update(no_key=True).order_by("id"))
    return still_to_do(case)  # read again, once they are locked


def still_to_do(case: Case) -> list[Action]:
    """Return the actions in a case that are still to do. For a query or command that checked who asks."""
    return list(
        Action.objects.to_do()
        .filter(case=case)
        .select_related("owner__user", "owner__organisation")
        .order_by("due", "id")
    )


def _over(case: Case, keys: Collection[UUID]) -> list[Action]:
    """Return actions by their ids, of this case alone, whatever somebody sends."""
    if not keys:
        return []
    named = Action.objects.filter(case=case, id__in=keys).select_related("owner__user", "owner__organisation")
    return list(named.order_by("due", "id"))


@query(records=True)
def case_to_end(*, actor: Actor, case_id: UUID, asked_about: Collection[UUID] = ()) -> ToEnd:
    """Return a case for the form that ends it, with what is not finished, and record that the actor looked.

    Args:
        actor: who.
        case_id: which case.
        asked_about: the actions that a form which was sent had asked about.

    Raises:
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: it is not open.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id, say_what_there_is=True)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("Only an open case can end. This one is not open, or has already ended."))
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    waiting = case.invitations.filter(state=Answered.ASKED).select_related("organisation")
    to_do = still_to_do(case)
    return ToEnd(
        case,
        to_do,
        _over(case, set(asked_about) - {each.id for each in to_do}),
        list(waiting.order_by("invited_at", "id")),
        holding_of(case, agencies_of(case)),
    )


@query(records=True)
def case_to_check(*, actor: Actor, case_id: UUID) -> Case:
    """Return an ended case of which somebody should ask how things are going, and record the look.

    Raises:
        NotAllowedError: the actor only reads cases.
        AlreadyDoneError: somebody has asked, it has not ended, or the person had died.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_take_part(actor))
    case = get_case(actor=actor, case_id=case_id)
    if not Ending.objects.filter(case=case, checked_on=None, check_back_on__isnull=False).exists():
        raise AlreadyDoneError(
            _(
                "This case has not ended, the person had died, or somebody has already asked how things are "
                "going."
            )
        )
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return case


@query(records=True)
def what_remains(*, actor: Actor, shared_risk_id: UUID) -> SharedRisk:
    """Return what remains as it was put to the actor's organisation, and record that they looked.

    Raises:
        NotAllowedError: the actor does not speak for their organisation.
        NotFoundError: nothing of this id was put to it.
    """
    require(permissions.may_take_part(actor))
    found = get_shared_risk(actor=actor, shared_risk_id=shared_risk_id)
    record(
        events.SHARED_RISK_SEEN, actor=actor, person_id=found.person_id, about=("shared_risk", found.id)
    )  # fmt: skip
    return found


def get_shared_risk(*, actor: Actor, shared_risk_id: UUID) -> SharedRisk:
    """Return what remains as it was put to the actor's organisation.

    Raises:
        NotFoundError: there is none, or it was put to another: the two are answered alike.
    """
    found = (
        SharedRisk.objects.filter(id=shared_risk_id, organisation_id=actor.member_of)
        .select_related("organisation", "put_from")
        .first()
    )
    if found is None:
        raise NotFoundError(_("Nothing like this was put to your organisation."))
    return found
