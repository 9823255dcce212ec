"""People in a person's network that a case is also about, and who could be linked to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Lower
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
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Contact, Person
from alongside.casework.people.rules import may_be_drawn


@dataclass(frozen=True)
class InFamily:
    """What is said of somebody in the person's network, and what the network says about them now.

    Attributes:
        risk: what was said.
        permission: whether we may speak with them, from ``Contact.Permission``; empty if the reader sees only
            another record of the person.
        permission_words: what the person said about that.
        poses_risk: whether the network has noted a risk from them.
        earlier: whether it was said in another case about the person, and has not ended.
    """

    risk: FamilyRisk
    permission: str = ""
    permission_words: str = ""
    poses_risk: bool = False
    earlier: bool = False


@dataclass(frozen=True)
class WhoOfTheNetwork:
    """A case, and who in the person's network could be linked to it."""

    case: Case
    contacts: list[Contact]


def family_of(case: Case) -> list[InFamily]:
    """Return who else a case is about, current entries first. For a query that checked who asks.

    What was said in another case about the person counts until it is ended, and so it is there as well, for
    those who take part in that case.
    """
    return [
        InFamily(each, **(vars(each)["known"] or {}), earlier=each.case_id != case.id)
        for each in _family_risks(case=case.id, person=case.person_id)
    ]


@composed_once
def _family_risks(*, case: UUID, person: UUID) -> QuerySet[FamilyRisk]:
    now = JSONObject(permission="permission", permission_words="permission_words", poses_risk="poses_risk")
    known = Contact.objects.filter(id=OuterRef("contact_id")).values(now=now)
    still = Q(ended_at=None, case__person__in=Person.objects.all_of(person))
    risks = FamilyRisk.objects.filter(Q(case=case) | still).select_related("organisation")
    in_order = risks.order_by(F("ended_at").asc(nulls_first=True), "name", "noted_at", "id")
    return in_order.annotate(known=Subquery(known))


def contacts_of(case: Case) -> list[Contact]:
    """Return who is in the network of the person a case is about. For a reader already let in to the case."""
    records = Person.objects.records_of(case.person_id)
    return list(Contact.objects.filter(person__in=records, left_at=None).order_by("name", "id"))


def without_risk_from_them(case: Case, actor: Actor) -> QuerySet[Contact]:
    """Return those in the network from whom no risk is noted, there or in a case, for who was let in to one.

    Only they are invited or heard: anybody else could turn what they learn against the person. So cases that
    the actor's agency takes no part in count too: they are read beyond its reach, only to leave somebody out.
    Nor does the network itself note a risk from them. Anybody of the same name is left out as well, since an
    invitation knows them by name.
    """
    with beyond_reach(actor):
        risky = _names_of_risk(person=case.person_id)
    here = Contact.objects.filter(person__in=Person.objects.all_of(case.person_id), left_at=None)
    return here.alias(small=Lower("name")).exclude(small__in=risky)


@composed_once
def _names_of_risk(*, person: UUID) -> QuerySet[Contact, str]:
    theirs = Person.objects.all_of(person)
    here = names_of_risk(Contact.objects.filter(person__in=theirs))
    # the one it was said of may have gone to another record, or have been erased with that: the name is left
    said = FamilyRisk.objects.filter(case__person__in=theirs, ended_at=None).exclude(from_them="")
    return here.union(said.order_by().values_list(Lower("name"), flat=True))


def names_of_risk(theirs: QuerySet[Contact]) -> QuerySet[Contact, str]:
    """Return the names, in lower case, of those from whom the network or a case notes a risk.

    Those who left the network are among them: once records are joined it may hold somebody twice, and say it
    only once. For who sees all rows, and only to leave somebody out or to warn of them.

    Args:
        theirs: everybody who is or was in the network of one person, by all their records.
    """
    stands = FamilyRisk.objects.filter(contact=OuterRef("pk"), ended_at=None).exclude(from_them="")
    risky = theirs.filter(Q(poses_risk=True) | Exists(stands))
    return risky.order_by().values_list(Lower("name"), flat=True)


def risk_from(theirs: QuerySet[Contact]) -> QuerySet[Contact]:
    """Return those from whom a risk is noted, and everybody of the same name; see ``names_of_risk``."""
    return theirs.alias(small=Lower("name")).filter(small__in=names_of_risk(theirs))


def who_may_come(case: Case, actor: Actor) -> list[Contact]:
    """Return those of them whom the person lets us speak with, by name."""
    return [
        each
        for each in without_risk_from_them(case, actor).order_by("name")
        if may_be_drawn(each.permission, poses_risk=each.poses_risk)
    ]


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
        AlreadyDoneError: it has ended, or the case is over and no other about the person stands.
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    risk = get_family_risk(actor=actor, family_risk_id=family_risk_id)
    must_count(risk)
    if risk.ended_at is not None:
        raise AlreadyDoneError(_("This has already ended."))
    record(events.CASE_SEEN, actor=actor, person_id=risk.case.person_id, about=("case", risk.case_id))
    return risk


def must_count(risk: FamilyRisk) -> None:
    """Raise AlreadyDoneError if its case is over, and no other that the reader sees stands about the person.

    In that one it counts until it is ended.
    """
    records = Person.objects.all_of(risk.case.person_id)
    if not Case.objects.filter(person__in=records, stage__in=STANDING).exists():
        must_stand(risk.case)


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
