"""Case audits as people read them: numbers and no names, and what came of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import AuditAnswer, AuditLooker, CaseAudit, SampledCase, SampledFrom
from alongside.casework.marm.queries.case_facts import cases_of_period
from alongside.casework.marm.queries.doors import row_of_case
from alongside.casework.marm.rules.case_audits import Counted, Fact, Verdict, counted, drawn
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach


@dataclass(frozen=True)
class AuditPage:
    """A case audit.

    Attributes:
        audit: which, and what was learnt.
        agencies: the agencies looking, by name, and how many of their members look.
        counted: how each question was answered, by its code, whoever answered.
        missing: what was said to be missing, by code of the question, without names; only once it is closed.
        numbers: each case's number, and whether the reader has answered; empty if they are not looking.
        same_again: whether the same seed would draw the same cases today.
        may_close: whether the reader may close it now.
        waits_for_a_look: whether they may close it once somebody has looked into a case.
        may_say_changed: whether the reader may write down what has changed since it was closed.
    """

    audit: CaseAudit
    agencies: dict[str, int]
    counted: dict[str, Counted]
    missing: dict[str, list[str]]
    numbers: dict[int, bool]
    same_again: bool
    may_close: bool
    waits_for_a_look: bool
    may_say_changed: bool


@dataclass(frozen=True)
class SampledPage:
    """A case of an audit, by its number.

    Attributes:
        audit: which.
        sampled: the number, and what was counted.
        answered: what the reader said about it.
        case_id: the case itself; only if the reader's organisation takes part in it, so they see it anyway.
    """

    audit: CaseAudit
    sampled: SampledCase
    answered: list[AuditAnswer]
    case_id: UUID | None


def audits_visible_to(actor: Actor) -> QuerySet[CaseAudit]:
    """Return all of them to those who may read what came of them.

    To others, those in which the actor is named to look, or sees to the change.
    """
    if permissions.may_read_case_audits(actor).allowed:
        return CaseAudit.objects.all()
    named = AuditLooker.objects.filter(member__user_id=actor.account, member__organisation_id=actor.member_of)
    owned = Q(owner__user_id=actor.account, owner__organisation_id=actor.member_of)
    return CaseAudit.objects.filter(owned | Q(id__in=named.values("audit")))


@query()
def case_audits(*, actor: Actor) -> list[CaseAudit]:
    """Return the case audits the actor may see, open ones first."""
    require(permissions.may_see_case_audits(actor))
    return list(
        audits_visible_to(actor).select_related("organisation").order_by("-closed_at", "-begun_at", "id")
    )


@query(records=True, shows_people=False)
def audit_page(*, actor: Actor, audit_id: UUID) -> AuditPage:
    """Return a case audit in numbers, and record that it was looked at. It shows no person.

    Raises:
        NotFoundError: there is none that the actor can see.
    """
    require(permissions.may_see_case_audits(actor))
    audit = get_audit(actor=actor, audit_id=audit_id)
    sample, same_again = _drawn_again(actor, audit)
    answers = list(AuditAnswer.objects.filter(sampled__audit=audit).select_related("sampled"))
    lookers = list(AuditLooker.objects.filter(audit=audit).select_related("member__organisation"))
    mine = next((each for each in lookers if _is(actor, each)), None)
    mine_answered = {each.sampled.number for each in answers if mine and each.looker_id == mine.id}
    agencies = sorted(each.member.organisation.name for each in lookers)
    found = _counted(audit, sample, answers)
    closes = audit.closed_at is None and permissions.may_close_case_audit(actor, audit).allowed
    record(events.CASE_AUDIT_SEEN, actor=actor, about=("case_audit", audit.id))
    return AuditPage(
        audit=audit,
        agencies={name: agencies.count(name) for name in agencies},
        counted=found,
        missing=_missing(answers, found) if audit.closed_at else {},
        numbers={each.number: each.number in mine_answered for each in sample} if mine else {},
        same_again=same_again,
        may_close=closes and bool(answers),
        waits_for_a_look=closes and not answers,
        may_say_changed=_awaits_change(audit) and permissions.may_say_what_changed(actor, audit).allowed,
    )


@query(records=True)
def sampled_page(*, actor: Actor, audit_id: UUID, number: int) -> SampledPage:
    """Return a case of an audit by its number, to a member named to look, and record that they looked.

    Raises:
        NotFoundError: there is no such number, or the actor is not named.
    """
    require(permissions.may_look_into_cases(actor))
    looker, sampled = get_sampled(actor=actor, audit_id=audit_id, number=number)
    seen = row_of_case(SampledFrom, sampled.id, actor=actor, named="sampled")
    record(events.SAMPLED_CASE_SEEN, actor=actor, about=("case_audit", looker.audit_id), number=number)
    return SampledPage(
        audit=looker.audit,
        sampled=sampled,
        answered=list(AuditAnswer.objects.filter(sampled=sampled, looker=looker)),
        case_id=seen.case_id if seen else None,
    )


@query()
def who_could_look(*, actor: Actor, day: date) -> list[tuple[UUID, str, str]]:
    """Return who may be named to look into cases on a day, with name and agency, by agency."""
    require(permissions.may_coordinate(actor))
    found: list[tuple[UUID, str, str]] = _names(day=day)
    return found


@composed_once
def _names(*, day: date) -> QuerySet[Membership, Any]:
    return lookers_on(day).values_list("id", "user__name", "organisation__name")


@query()
def audit_to_close(*, actor: Actor, audit_id: UUID) -> CaseAudit:
    """Return an audit that the actor may close.

    Raises:
        NotFoundError: there is none that the actor can see.
    """
    require(permissions.may_coordinate(actor))
    audit = get_audit(actor=actor, audit_id=audit_id)
    require(permissions.may_close_case_audit(actor, audit))
    return audit


@query()
def audit_to_change(*, actor: Actor, audit_id: UUID) -> CaseAudit:
    """Return a closed audit after which the actor may write down what has changed.

    Raises:
        NotFoundError: there is none that the actor can see.
        AlreadyDoneError: it is not closed yet, or somebody has written it down.
    """
    require(permissions.may_see_case_audits(actor))
    audit = get_audit(actor=actor, audit_id=audit_id)
    require(permissions.may_say_what_changed(actor, audit))
    if not _awaits_change(audit):
        raise AlreadyDoneError(
            _("This case audit is still open, or somebody has already written down what has changed.")
        )
    return audit


def lookers_on(day: date) -> MembershipQuerySet:
    """Return who may be named to look: one place for both the form and the command."""
    return (
        Membership.objects.on(day)
        .who_may(Permission.CASE_READ)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )


def get_audit(*, actor: Actor, audit_id: UUID) -> CaseAudit:
    """Return an audit.

    Raises:
        NotFoundError: there is none that the actor can see.
    """
    shown = audits_visible_to(actor).select_related("organisation", "owner__user", "owner__organisation")
    found = shown.filter(id=audit_id).first()
    if found is None:
        raise NotFoundError(_("There is no such case audit that you can see."))
    return found


def lock_audit(*, actor: Actor, audit_id: UUID) -> CaseAudit:
    """Return an audit as ``get_audit`` does, locked until the transaction ends."""
    get_audit(actor=actor, audit_id=audit_id)
    CaseAudit.objects.select_for_update(of=("self",), no_key=True).get(id=audit_id)
    return get_audit(actor=actor, audit_id=audit_id)  # read again: whoever held the lock may have closed it


def get_sampled(*, actor: Actor, audit_id: UUID, number: int) -> tuple[AuditLooker, SampledCase]:
    """Return the actor's place in an audit, and one of its cases by number.

    Raises:
        NotFoundError: there is no such number, or the actor is not named.
    """
    looker = (
        AuditLooker.objects.filter(
            audit=audit_id, member__user_id=actor.account, member__organisation_id=actor.member_of
        )
        .select_related("audit")
        .first()
    )
    sampled = SampledCase.objects.filter(audit=audit_id, number=number).first()
    if looker is None or sampled is None:
        raise NotFoundError(_("There is no such case that you are asked to look into."))
    return looker, sampled


def _awaits_change(audit: CaseAudit) -> bool:
    return audit.closed_at is not None and audit.changed_at is None


def _is(actor: Actor, looker: AuditLooker) -> bool:
    member = looker.member
    return (member.user_id, member.organisation_id) == (actor.user_id, actor.organisation_id)


def _counted(audit: CaseAudit, sample: list[SampledCase], answers: list[AuditAnswer]) -> dict[str, Counted]:
    by_people = [(each.question, each.sampled.number, Verdict(each.verdict)) for each in answers]
    by_record = [
        (question["code"], each.number, each.counts[Fact(question["fact"])].verdict)
        for question in audit.questions
        if question["fact"]
        for each in sample
    ]
    codes = [each["code"] for each in audit.questions]
    return counted([*by_people, *by_record], questions=codes, at_least=audit.at_least)


def _missing(answers: list[AuditAnswer], found: dict[str, Counted]) -> dict[str, list[str]]:
    """What was said to be missing, in alphabetical order, so that the order does not tell who said it."""
    return {
        code: sorted({each.words for each in answers if each.question == code and each.words})
        for code, told in found.items()
        if told.of_verdict is not None
    }


def _drawn_again(actor: Actor, audit: CaseAudit) -> tuple[list[SampledCase], bool]:
    """The sample, and whether it would be drawn again today; which cases does not leave this step."""
    with beyond_reach(actor):
        again = drawn(cases_of_period(audit.first_on, audit.last_on), size=audit.size, seed=audit.seed)
        rows = SampledCase.objects.filter(audit=audit).order_by("number")
        stood_for = list(rows.values_list("id", "number", "facts", "drawn_from__case"))
    sample = [
        SampledCase(id=key, audit=audit, number=number, facts=facts)
        for key, number, facts, _case in stood_for
    ]
    return sample, again == [case for _key, _number, _facts, case in stood_for]
