"""Death or serious harm in the time of a case."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.area.marm_models import Forum
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, HarmNoted
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.harm import Harm
from alongside.casework.operations import query
from alongside.casework.people.permissions import may_change_people
from alongside.casework.people.queries.whole import whole_if_open


@dataclass(frozen=True)
class HarmPage:
    """What happened, which boards review here, and what the reader may do about it.

    Attributes:
        harm: what was noted.
        forums: the boards that review here.
        may_answer: whether the reader may say if a review is asked for.
        without_date: the main record of somebody who died, if none of their records has the date of death and
            the reader may add it; else None.
    """

    harm: HarmNoted
    forums: list[Forum]
    may_answer: bool
    without_date: UUID | None


def get_harm(*, actor: Actor, harm_id: UUID) -> HarmNoted:
    """Return what was noted.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: the two are answered alike.
    """
    found = row_of_case(HarmNoted, harm_id, "case__person", "organisation", "review", actor=actor)
    if found is None:
        raise NotFoundError(_("Nothing like this is written down in a case of your organisation."))
    return found


@query(records=True)
def case_of_harm(*, actor: Actor, case_id: UUID) -> Case:
    """Return a case during which the person died or was harmed, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_take_part(actor))
    case = get_case(actor=actor, case_id=case_id)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return case


@query(records=True)
def harm_page(*, actor: Actor, harm_id: UUID) -> HarmPage:
    """Return what was noted, and record that the actor looked.

    Raises:
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, get_harm(actor=actor, harm_id=harm_id))


@query(records=True)
def harm_to_answer(*, actor: Actor, harm_id: UUID) -> HarmPage:
    """Return the same for a form that says whether a review is asked for.

    Raises:
        NotAllowedError: the actor did not note it, and neither leads nor co-ordinates.
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    harm = get_harm(actor=actor, harm_id=harm_id)
    require(permissions.may_answer_harm(actor, harm, leading_now(harm.case).now))
    return _page(actor, harm)


def _page(actor: Actor, harm: HarmNoted) -> HarmPage:
    record(events.CASE_SEEN, actor=actor, person_id=harm.case.person_id, about=("case", harm.case_id))
    return HarmPage(
        harm=harm,
        forums=[each for each in marm_pack().forums if each.reviews],
        may_answer=harm.answered_at is None
        and permissions.may_answer_harm(actor, harm, leading_now(harm.case).now).allowed,
        without_date=_without_date(actor, harm),
    )


def _without_date(actor: Actor, harm: HarmNoted) -> UUID | None:
    if harm.harm != Harm.DIED or not may_change_people(actor).allowed:
        return None
    seen = whole_if_open(actor, harm.case.person_id)
    return seen.head.id if seen and not seen.has_died else None
