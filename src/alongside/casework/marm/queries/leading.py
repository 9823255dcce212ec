"""Who leads a case, who could, and since when nobody has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import Case, Lead
from alongside.casework.marm.permissions import LEADS
from alongside.casework.marm.queries.own import addresses_of
from alongside.casework.marm.rules.leading import Intensity, Involved, Proposed, proposed
from alongside.casework.people.models import Involvement
from alongside.casework.people.rules import strength


@dataclass(frozen=True)
class Leading:
    """Who leads, acts and is asked: at most one of each, and what came before, newest first.

    Attributes:
        lead: who leads.
        acting: who asked for the approach and acts until somebody leads.
        asked: who was asked to lead and has not answered.
        history: everybody who was asked, led or acted, with the three above.
    """

    lead: Lead | None
    acting: Lead | None
    asked: Lead | None
    history: tuple[Lead, ...]

    @property
    def now(self) -> Lead | None:
        """Whoever leads, or acts until somebody does."""
        return self.lead or self.acting

    @property
    def without_since(self) -> datetime | None:
        """Since when nobody has led: the last lead's end, else when one began to act; None if one leads."""
        if self.lead is not None:
            return None
        ended = [each.until for each in self.history if not each.acting and each.accepted_at and each.until]
        begun = [each.asked_at for each in self.history if each.acting]
        return max(ended, default=None) or min(begun, default=None)


def leading_now(case: Case) -> Leading:
    """Return who leads a case, who acts and who is asked. For a query or command that checked who asks."""
    found = tuple(_leads(case=case.id))
    now = [each for each in found if each.until is None and each.declined_at is None]
    return Leading(
        lead=next((each for each in now if not each.acting and each.accepted_at), None),
        acting=next((each for each in now if each.acting), None),
        asked=next((each for each in now if not each.acting and not each.accepted_at), None),
        history=found,
    )


@composed_once
def _leads(*, case: UUID) -> QuerySet[Lead]:
    asked = Lead.objects.filter(case=case).order_by("-asked_at", "-id")
    return asked.select_related("member__user", "member__organisation", "member__team")


def who_may_work(case: Case, day: date) -> MembershipQuerySet:
    """Return the members of agencies taking part who may lead, chair or own an action on a day, by agency.

    One place for both, so that what a form offers and what a command accepts never differ. Nobody the case
    is about is among them.
    """
    own = addresses_of(case.person_id)
    workers = _workers(day, there=Q(organisation_id__in=case.taking_part), themself=Q(address__in=own))
    return workers.select_related("user", "organisation")


def names_of_who_may_work(
    case: Case, day: date, *, but: Collection[UUID] = (), present: bool = False
) -> list[tuple[UUID, str, str]]:
    """Return membership, name and organisation of the same, by agency.

    Args:
        case: which.
        day: on which.
        but: accounts to leave out.
        present: whether to leave out those who are away that day.
    """
    here: list[tuple[UUID, str, str]] = _names(
        present,
        organisations=list(case.taking_part), own=addresses_of(case.person_id), day=day, but=list(but),
    )  # fmt: skip
    return here


@composed_once
def _names(
    present: bool,
    /,
    *,
    organisations: list[UUID],
    own: list[str],
    day: date,
    but: list[UUID],
) -> QuerySet[Membership, Any]:
    there, themself = Q(among("organisation", organisations)), Q(among("address", own))
    workers = _workers(day, there=there, themself=themself)
    workers = workers.present_on(day) if present else workers
    return workers.exclude(among("user", but)).values_list("id", "user__name", "organisation__name")


def _workers(day: Any, *, there: Q, themself: Q) -> MembershipQuerySet:
    at_work = Membership.objects.on(day).filter(there).alias(address=Lower("user__email")).exclude(themself)
    return at_work.who_may(LEADS).order_by("organisation__name", "user__name")


@composed_once
def _involved(*, people: list[UUID], organisations: list[UUID]) -> QuerySet[Involvement]:
    lines = Involvement.objects.filter(
        among("person", people), among("organisation", organisations), until=None
    )
    return lines.select_related("organisation", "worker__user").order_by("organisation__name", "id")


@composed_once
def _present(*, workers: list[UUID], day: date) -> QuerySet[Membership, UUID]:
    return Membership.objects.present_on(day).filter(among("id", workers)).values_list("id", flat=True)


@composed_once
def _away(*, workers: list[UUID], day: date) -> QuerySet[Absence, UUID]:
    gone = Absence.objects.on(day).filter(among("membership", workers))
    return gone.values_list("membership_id", flat=True)


def who_could_lead(records: Collection[UUID], organisations: Collection[UUID], day: date) -> list[Proposed]:
    """Return who in the agencies taking part could lead, by the involvement register, the likeliest first."""
    lines = _involved(people=list(records), organisations=list(organisations))
    workers = [each.worker_id for each in lines if each.worker_id]
    here, away = set(_present(workers=workers, day=day)), set(_away(workers=workers, day=day))
    return proposed(
        Involved(
            organisation_id=each.organisation_id,
            organisation=each.organisation.name,
            membership_id=each.worker_id,
            worker=each.worker.user.name if each.worker else each.worker_name,
            intensity=Intensity(strength(each.intensity)),
            since=each.since,
            away=bool(each.worker_id) and (each.worker_id in away or each.worker_id not in here),
        )
        for each in lines
    )
