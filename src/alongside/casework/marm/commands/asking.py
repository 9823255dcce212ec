"""Asking agencies to come together, and the co-ordinator's answer."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.reviewing import raise_review_of_declines
from alongside.casework.marm.models import Case, CriterionAnswer, Lead
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.own import is_themself
from alongside.casework.marm.queries.pack import forum_of, marm_pack
from alongside.casework.marm.rules.asking import Asked, wrong_with
from alongside.casework.marm.rules.criteria import ShortOfItemsError, criteria_of, judged
from alongside.casework.marm.rules.stages import STANDING, Stage
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.reaching import reach_by_case
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.people.queries.telling import must_be_free_to_tell, not_to_be_told


class CriteriaChangedError(StaleError):
    """The criteria that were answered are no longer the ones in use; nothing is saved."""


class OneAlreadyError(AlreadyDoneError):
    """Agencies have already been asked about this person, or already meet."""


@command
def ask_for_case(*, actor: Actor, at: datetime, person_id: UUID, asked: Asked) -> Case:
    """Ask agencies to come together around a person. Gaps in what is known never stop it.

    Whoever asks co-ordinates until there is a lead. The organisation whose co-ordinator answers can then see
    the person, unless it is the actor's own; where the actor is the only one of their own organisation, or no
    organisation has one, the case is open at once.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them, or is them.
        OneAlreadyError: it was asked for before, or agencies already meet.
        ToldAgainstTheirWishError: the person asked that no organisation that could answer is told.
        CriteriaChangedError: the criteria in use are not the ones that were answered.
        UnsaidError: something is missing.
    """
    require(permissions.may_work_on_cases(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    if is_themself(actor=actor, person_id=person.id):
        raise NotFoundError(_("Somebody else must ask for this."))
    with beyond_reach(actor):  # also one that the actor's organisation takes no part in
        there = Case.objects.filter(
            person__in=Person.objects.records_of(person.id), stage__in=STANDING
        ).first()
    if there is not None:
        raise OneAlreadyError(
            _(
                "Agencies have already been asked to come together around this person. Ask their lead to "
                "bring you in."
            )
        )
    if wrong := wrong_with(asked):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    criteria = marm_pack().criteria
    if asked.criteria_set and asked.criteria_set != criteria.set:
        raise CriteriaChangedError(_("The criteria have changed since you opened this form."))
    try:
        fits = judged(criteria, asked.answers).fits
    except ShortOfItemsError as short:
        raise UnsaidError(_("Tick what is hard for the person, or answer that it is not known.")) from short
    found = coordinating_organisation(actor, at, person_id=person.id)
    coordinating = found or actor.member_of
    if coordinating != actor.member_of:
        must_be_free_to_tell(actor=actor, person_id=person.id, organisation_id=coordinating, at=at)
    case = _write(actor, at, person, asked, criteria.set, fits, coordinating)
    items = {each.code: each.items for each in criteria_of(criteria)}
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(
            case=case,
            code=code,
            answer=given.answer,
            items=[each for each in given.items if each in items[code]],
            evidence=given.evidence.strip(),
        )
        for code, given in asked.answers.items()
        if code in items
    )
    record(
        events.CASE_ASKED, actor=actor, person_id=person.id, about=("case", case.id),
        urgency=asked.urgency.value, criteria=criteria.set, fits=fits.value,
    )  # fmt: skip
    if coordinating != actor.member_of:
        reach_by_case(actor=actor, at=at, person_id=person.id, organisation_id=coordinating, case_id=case.id)
    if found is None:
        case.settle(
            Stage.OPEN, why="Nobody else co-ordinates here, so whoever is worried brings agencies together.",
            by=actor.name, by_id=actor.account, at=at,
        )  # fmt: skip
        record(events.CASE_OPENED, actor=actor, person_id=person.id, about=("case", case.id))
    tell_those_who_may(Permission.CASE_COORDINATE, actor=actor, at=at, organisation_id=coordinating)
    return case


@command
def open_case(*, actor: Actor, at: datetime, case_id: UUID, why: str) -> Case:
    """Open a case that was asked for, with the reason, even where the criteria say otherwise.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NotAllowedError: another organisation co-ordinates it, or the actor asked for it themself.
        AlreadyDoneError: it was answered.
        UnsaidError: there is no reason.
    """
    case = _to_settle(actor, case_id, why)
    case.settle(Stage.OPEN, why=why, by=actor.name, by_id=actor.account, at=at)
    record(events.CASE_OPENED, actor=actor, person_id=case.person_id, about=("case", case.id))
    tell_named(case.asked_by, case.organisation_id, actor=actor, at=at)
    return case


@command
def decline_case(*, actor: Actor, at: datetime, case_id: UUID, why: str, advice: str, route: str) -> Case:
    """Decline a case, with a reason, advice and another route: it goes back to whoever asked.

    It can be asked for again at any time. Whoever asked no longer acts as its co-ordinator. If declined
    as often as the area pack sets, somebody else looks at it again.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in, or no such forum.
        NotAllowedError: another organisation co-ordinates it, or the actor asked for it themself.
        AlreadyDoneError: it was answered.
        UnsaidError: reason or advice is missing.
    """
    case = _to_settle(actor, case_id, why)
    if not advice.strip():
        raise UnsaidError(_("Say what the worker who asked can do now."))
    forum = forum_of(route)
    case.settle(
        Stage.DECLINED, why=why, by=actor.name, by_id=actor.account, at=at, advice=advice, route=forum.code
    )
    for lead in case.leads.filter(until=None):
        lead.end(at=at)
    record(
        events.CASE_DECLINED, actor=actor, person_id=case.person_id, about=("case", case.id), route=forum.code
    )
    raise_review_of_declines(actor=actor, at=at, case=case)
    tell_named(case.asked_by, case.organisation_id, actor=actor, at=at)
    return case


def coordinating_organisation(actor: Actor, at: datetime, *, person_id: UUID) -> UUID | None:
    """Return whose co-ordinator answers: the actor's own organisation if it has one, else one that does.

    Of others, the first by name that may be told of the person; if none may, the first, for the caller to
    refuse. None if nobody else is a co-ordinator of the actor's own organisation, but they are, or nobody is
    anywhere: nobody answers what they ask themself, so whoever is worried then convenes the agencies
    (Solihull guidance), and no other agency is told of the person for want of a colleague.
    """
    there = Membership.objects.on(timezone.localdate(at)).who_may(Permission.CASE_COORDINATE)
    own = set(there.filter(organisation_id=actor.member_of).values_list("user_id", flat=True))
    if own:
        return actor.member_of if own - {actor.account} else None
    others = there.exclude(user_id=actor.account).order_by("organisation__name")
    elsewhere = list(others.values_list("organisation_id", flat=True))
    refused = not_to_be_told(actor=actor, person_id=person_id, organisations=elsewhere, at=at)
    return next((each for each in elsewhere if each not in refused), next(iter(elsewhere), None))


def _to_settle(actor: Actor, case_id: UUID, why: str) -> Case:
    require(permissions.may_coordinate(actor))
    case = lock_case(actor=actor, case_id=case_id)
    require(permissions.may_settle(actor, case))
    if case.stage != Stage.ASKED:
        raise AlreadyDoneError(_("This was answered already."))
    if not why.strip():
        raise UnsaidError(_("Say why."))
    return case


def _write(
    actor: Actor, at: datetime, person: Person, asked: Asked, criteria: str, fits: str, coordinating: UUID
) -> Case:
    case = Case.ask(
        person=person, asked=asked, criteria_set=criteria, fits=fits, organisation_id=actor.member_of,
        coordinating_id=coordinating, by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    own = Membership.objects.on(timezone.localdate(at)).get(
        user_id=actor.account, organisation_id=actor.member_of
    )
    Lead.act(case=case, member=own, by=actor.name, at=at)
    return case
