"""People in a person's network that a case is also about, and who could be linked to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, FamilyRisk
from alongside.casework.marm.queries.doors import get_case, must_stand
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query
from alongside.casework.people.models import Contact, Person


@dataclass(frozen=True)
class InFamily:
    """What is said of somebody in the person's network, and what the network says about them now.

    Attributes:
        risk: what was said.
        permission: whether we may speak with them, from ``Contact.Permission``; empty if the reader sees only
            another record of the person.
        permission_words: what the person said about that.
        poses_risk: whether the network has noted a risk from them.
    """

    risk: FamilyRisk
    permission: str = ""
    permission_words: str = ""
    poses_risk: bool = False


@dataclass(frozen=True)
class WhoOfTheNetwork:
    """A case, and who in the person's network could be linked to it."""

    case: Case
    contacts: list[Contact]


def family_of(case: Case) -> list[InFamily]:
    """Return who else a case is about, current entries first. For a query that checked who asks."""
    return [InFamily(each, **(vars(each)["known"] or {})) for each in _family_risks(case=case.id)]


@composed_once
def _family_risks(*, case: UUID) -> QuerySet[FamilyRisk]:
    now = JSONObject(permission="permission", permission_words="permission_words", poses_risk="poses_risk")
    known = Contact.objects.filter(id=OuterRef("contact_id")).values(now=now)
    risks = FamilyRisk.objects.filter(case=case).select_related("organisation")
    in_order = risks.order_by(F("ended_at").asc(nulls_first=True), "name", "noted_at", "id")
    return in_order.annotate(known=Subquery(known))


def contacts_of(case: Case) -> list[Contact]:
    """Return who is in the network of the person a case is about. For a reader already let in to the case."""
    records = Person.objects.records_of(case.person_id)
    return list(Contact.objects.filter(person__in=records, left_at=None).order_by("name", "id"))


def without_risk_from_them(case: Case) -> QuerySet[Contact]:
    """Return those in the network from whom the case notes no risk.

    Only they are invited or heard: anybody else could turn what they learn against the person.
    """
    risky = FamilyRisk.objects.filter(case=case, ended_at=None).exclude(from_them="")
    records = Person.objects.records_of(case.person_id)
    return Contact.objects.filter(person__in=records, left_at=None).exclude(id__in=risky.values("contact_id"))


def may_note_family(actor: Actor, case: Case) -> bool:
    """Whether the actor may link somebody in the network, or end that."""
    return case.stage in STANDING and permissions.may_work_on_cases(actor).allowed


@query(records=True)
def who_of_the_network(*, actor: Actor, case_id: UUID) -> WhoOfTheNetwork:
    """Return who could be linked to a case, and record that the actor looked.

    Raises:
        NotAllowedError: the actor does not work on cases.
        AlreadyDoneError: the case is over.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    must_stand(case)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return WhoOfTheNetwork(case, contacts_of(case))


@query(records=True)
def family_risk_to_end(*, actor: Actor, family_risk_id: UUID) -> FamilyRisk:
    """Return an entry for the form that ends it, and record that the actor looked.

    Raises:
        NotAllowedError: the actor does not work on cases.
        AlreadyDoneError: it has ended, or the case is over.
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    risk = get_family_risk(actor=actor, family_risk_id=family_risk_id)
    must_stand(risk.case)
    if risk.ended_at is not None:
        raise AlreadyDoneError(_("This has already ended."))
    record(events.CASE_SEEN, actor=actor, person_id=risk.case.person_id, about=("case", risk.case_id))
    return risk


def get_family_risk(*, actor: Actor, family_risk_id: UUID) -> FamilyRisk:
    """Return what is said of somebody in the network, with its case.

    Raises:
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    found = FamilyRisk.objects.filter(id=family_risk_id).first()
    if found is None:
        raise NotFoundError(_("There is no such case that your organisation takes part in."))
    found.case = get_case(actor=actor, case_id=found.case_id)
    return found
