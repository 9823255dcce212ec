"""Which agencies refuse, are absent or step back, in numbers, for those who co-ordinate cases."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Q, When

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import CaseAgency, Invitation, Invited
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.minutes import CAME, Attended
from alongside.casework.marm.rules.refusals import Fact, Refusal, refusals_by_agency
from alongside.casework.offers.rules.adding_up import months_before
from alongside.casework.offers.rules.holding_back import Told
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person

MONTHS = 12
"""Whole calendar months, so that nobody can subtract one report from another made a day later."""


@dataclass(frozen=True)
class RefusalsReport:
    """Refusals by agencies between two days, both included: by each, and by all together."""

    first: date
    last: date
    agencies: dict[str, Told]
    total: Told


@query(records=True, shows_people=False)
def refusals_report(*, actor: Actor, day: date) -> RefusalsReport:
    """Return which agencies refused, were absent or stepped back in the last whole months, and record it.

    In cases that the actor's organisation co-ordinates, including those nobody sees any more. Only numbers,
    and no small ones; no person is named, and no reason is given in words.

    Raises:
        NotAllowedError: the actor co-ordinates no cases.
    """
    require(permissions.may_coordinate(actor))
    last = day.replace(day=1) - timedelta(days=1)
    first = months_before(last.replace(day=1), MONTHS - 1)
    with beyond_reach(actor):
        agencies, total = refusals_by_agency(_facts(actor, first, last))
    record(events.REFUSALS_READ, actor=actor, months=MONTHS)
    return RefusalsReport(first, last, agencies, total)


def _facts(actor: Actor, first: date, last: date) -> list[Fact]:
    ours = actor.member_of
    main_record = Person.objects.who_is_read()
    declined = Invitation.objects.filter(
        case__coordinating_id=ours, state=Answered.DECLINED, answered_at__date__range=(first, last)
    )
    facts = [
        Fact(agency, Refusal(why), main_record(person))
        for agency, why, person in declined.values_list("organisation__name", "why_not", "case__person")
    ]
    # asked again since the meeting was moved: until they answer, what they said last counts
    waits_again = Q(coming=Coming.NOT_YET) & ~Q(before_why_not="") & ~Q(attended__in=CAME)
    missed = Invited.objects.filter(
        Q(coming=Coming.APOLOGY) | Q(attended=Attended.ABSENT) | waits_again,
        meeting__case__coordinating_id=ours, meeting__cancelled_at=None, organisation__isnull=False,
        meeting__begins_at__date__range=(first, last),
    )  # fmt: skip
    said = Case(
        When(coming=Coming.APOLOGY, then="why_not"),
        When(attended=Attended.ABSENT, then=None),
        default="before_why_not",
    )
    facts += [
        Fact(agency, Refusal.ABSENT if why is None else Refusal(why), main_record(person))
        for agency, why, person in missed.values_list("organisation__name", said, "meeting__case__person")
    ]
    left = CaseAgency.objects.filter(case__coordinating_id=ours, until__date__range=(first, last))
    return facts + [
        Fact(agency, Refusal.STEPPED_BACK, main_record(person))
        for agency, person in left.values_list("organisation__name", "case__person")
    ]
