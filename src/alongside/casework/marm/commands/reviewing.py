"""Looking again at requests declined repeatedly: raised automatically, answered by somebody else."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, DeclineReview, Lead
from alongside.casework.marm.queries.pack import forum_of, marm_pack
from alongside.casework.marm.queries.reviews import lock_review
from alongside.casework.marm.rules.reviews import Outcome, Reviewed, counts, wrong_with
from alongside.casework.marm.rules.stages import STANDING, Stage
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.reaching import reach_by_case
from alongside.casework.people.models import Person
from alongside.casework.people.queries.telling import not_to_be_told


class AskedAgainError(AlreadyDoneError):
    """Agencies have since been asked to come together again: that request is answered instead."""


def raise_review_of_declines(*, actor: Actor, at: datetime, case: Case) -> DeclineReview | None:
    """Raise a review if the request just declined is one too many; part of that command.

    All records of the person count. Does nothing if a review already waits. Whoever declined is told nothing
    about requests by organisations that they do not see.
    """
    limits, day = marm_pack().declines, timezone.localdate(at)
    with beyond_reach(actor):
        records = Person.objects.records_of(case.person_id)
        declined = [
            each
            for each in Case.objects.filter(person__in=records, stage=Stage.DECLINED).order_by("settled_at")
            if each.settled_at
            and counts([timezone.localdate(each.settled_at)], day=day, times=1, months=limits.within_months)
        ]
        waits = DeclineReview.objects.filter(person__in=records, answered_at=None).exists()
    if waits or len(declined) < limits.count:
        return None
    organisation_id = _who_looks_again(actor, at, case, declined)
    if organisation_id not in case.taking_part:
        case.take_in(organisation_id=organisation_id, by=actor.name, at=at)
        reach_by_case(
            actor=actor, at=at, person_id=case.person_id, organisation_id=organisation_id, case_id=case.id
        )
    review = DeclineReview.of_declined(
        person_id=case.person_id, last=case, declined=declined, organisation_id=organisation_id, at=at
    )
    record(
        events.DECLINED_AGAIN, actor=actor, person_id=case.person_id, about=("case", case.id),
        declined=len(declined),
    )  # fmt: skip
    tell_those_who_may(Permission.CASE_COORDINATE, actor=actor, at=at, organisation_id=organisation_id)
    return review


@command
def answer_review(*, actor: Actor, at: datetime, review_id: UUID, said: Reviewed) -> DeclineReview:
    """Answer a review of declined requests; it goes back to all who asked.

    If it is opened after all, whoever last asked for it acts again until somebody leads.

    Raises:
        NotFoundError: there is no such review that the actor's organisation sees, or no such forum.
        NotAllowedError: another organisation is to look again, or the actor declined or asked themself.
        AlreadyDoneError: it was answered.
        AskedAgainError: it was to be opened, and agencies have been asked again since.
        UnsaidError: something is missing.
    """
    require(permissions.may_coordinate(actor))
    review = lock_review(actor=actor, review_id=review_id)
    require(permissions.may_review_declines(actor, review))
    if review.answered_at is not None:
        raise AlreadyDoneError(_("Somebody has already answered this."))
    if wrong := wrong_with(said):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    if said.outcome is Outcome.UPHELD:
        forum_of(said.route)
    if said.outcome is Outcome.OPENED:
        _open_after_all(actor, at, review)
    review.answer(said, by=actor.name, by_id=actor.account, at=at)
    record(
        events.DECLINES_REVIEWED, actor=actor, person_id=review.person_id, about=("case", review.case_id),
        outcome=said.outcome.value,
    )  # fmt: skip
    with beyond_reach(actor):
        asked = list(Case.objects.filter(id__in=review.declined).values_list("asked_by", "organisation_id"))
    for name, organisation_id in asked:
        tell_named(name, organisation_id, actor=actor, at=at)
    return review


def _open_after_all(actor: Actor, at: datetime, review: DeclineReview) -> None:
    with beyond_reach(actor):
        records = Person.objects.records_of(review.person_id)
        again = Case.objects.filter(person__in=records, stage__in=STANDING).exists()
    if again:
        raise AskedAgainError(
            _(
                "Since then agencies have again been asked to come together. Answer that request, "
                "and say so here."
            )
        )
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(id=review.case_id)
    case.open_after_all()
    member = (
        Membership.objects.on(timezone.localdate(at))
        .filter(user_id=case.asked_by_id, organisation_id=case.organisation_id)
        .first()
    )
    if member is not None and case.organisation_id in case.taking_part:  # or they stepped back meanwhile
        Lead.act(case=case, member=member, by=actor.name, at=at)
    record(events.CASE_OPENED, actor=actor, person_id=case.person_id, about=("case", case.id))


def _who_looks_again(actor: Actor, at: datetime, case: Case, declined: list[Case]) -> UUID:
    """Whose co-ordinator answers: the same organisation's, or another's that may be told.

    The same organisation if nobody else co-ordinates anywhere: the review waits until somebody does.
    """
    not_they = {
        each for case in declined for each in (case.settled_by_id, case.asked_by_id) if each is not None
    }
    others = list(
        Membership.objects.on(timezone.localdate(at))
        .who_may(Permission.CASE_COORDINATE)
        .exclude(user_id__in=not_they)
        .order_by("organisation__name")
        .values_list("organisation_id", flat=True)
    )
    if case.coordinating_id in others or not others:
        return case.coordinating_id
    refused = not_to_be_told(actor=actor, person_id=case.person_id, organisations=others, at=at)
    return next((each for each in others if each not in refused), case.coordinating_id)
