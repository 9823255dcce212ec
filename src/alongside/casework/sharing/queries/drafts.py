"""Drafts of decisions, and questions about whether something may be shared."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.queries import organisations_but
from alongside.casework.audit.recorder import record
from alongside.casework.capacity.queries import Lacking, lacks_for
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import Advice, InformationRequest, ShareDraft
from alongside.casework.sharing.queries.decisions import look_up, own_decision
from alongside.casework.sharing.queries.requests import has_ended, open_to_us
from alongside.casework.sharing.rules.decisions import Looked, Proposal


@dataclass(frozen=True)
class DraftPage:
    """A draft, who it is about, who could be told, the advice, and what they cannot decide today.

    ``request_ended``: whether the request it answers has meanwhile been answered, refused or withdrawn.
    ``corrected_by``: the other decision that meanwhile corrects what it is to correct.
    """

    draft: ShareDraft
    person: Person
    organisations: list[Organisation]
    advice: list[Advice]
    lacking: list[Lacking]
    request_ended: bool
    corrected_by: UUID | None


@query(records=True)
def draft_page(*, actor: Actor, draft_id: UUID, day: date) -> DraftPage:
    """Return a draft of the actor's own, and record that they looked.

    Raises:
        NotFoundError: the actor has no such draft.
    """
    require(permissions.may_decide(actor))
    draft = own_draft(actor=actor, draft_id=draft_id)
    person = get_person(actor=actor, person_id=draft.person_id)
    organisations = organisations_but(own=actor.member_of)
    advice = _advice(draft=draft.id)
    record(events.DRAFT_READ, actor=actor, person_id=person.id, about=("draft", draft.id))
    answers = draft.answers.get("request")
    return DraftPage(
        draft,
        person,
        organisations,
        advice,
        lacks_for(person.id, day=day),
        request_ended=bool(answers) and has_ended(UUID(answers)),
        corrected_by=corrected_meanwhile(actor=actor, draft=draft),
    )


def corrected_meanwhile(*, actor: Actor, draft: ShareDraft) -> UUID | None:
    """Return the decision that already corrects what a draft is to correct; part of a query or command."""
    if not (corrects := draft.answers.get("corrects")):
        return None
    later = own_decision(actor=actor, decision_id=UUID(corrects)).corrections.all()
    return later[0].id if later else None


@composed_once
def _advice(*, draft: UUID) -> QuerySet[Advice]:
    return Advice.objects.filter(draft_id=draft).order_by("-asked_at")


@query()
def asked_of_us(*, actor: Actor, person_id: UUID) -> list[InformationRequest]:
    """Return the requests waiting for the actor's organisation to answer that may be about a person.

    A request about somebody whose record the actor can see is about that person only. For the others the
    reader must judge from the letter who they are about: the asker may know them by another record.
    """
    require(permissions.may_decide(actor))
    found = open_to_us(actor=actor)
    theirs = Person.objects.records_of(person_id)
    seen = set(Person.objects.filter(id__in={each.person_id for each in found}).values_list("id", flat=True))
    return [each for each in found if each.person_id in theirs or each.person_id not in seen]


@query()
def what_is_known(*, actor: Actor, person_id: UUID, proposal: Proposal, day: date) -> Looked:
    """Return what the records say about a proposal on a day.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_decide(actor))
    person = get_person(actor=actor, person_id=person_id)
    return look_up(actor=actor, person=person, proposal=proposal, day=day).looked


@query()
def own_drafts(*, actor: Actor, person_id: UUID) -> list[ShareDraft]:
    """Return the actor's drafts about a person, on any record of theirs; the one worked on last first."""
    require(permissions.may_decide(actor))
    return _drafts(account=actor.account, organisation=actor.member_of, person=person_id)


@composed_once
def _drafts(*, account: UUID, organisation: UUID, person: UUID) -> QuerySet[ShareDraft]:
    theirs = among("person_id", Person.objects.all_of_whom(person))
    return ShareDraft.objects.filter(theirs, user_id=account, organisation_id=organisation).order_by(
        "-updated_at"
    )


@query(records=True)
def advice_page(*, actor: Actor, advice_id: UUID) -> Advice:
    """Return a question for advice, and record that the actor looked.

    Raises:
        NotFoundError: nobody in their organisation asked this.
    """
    require(permissions.may_give_advice(actor))
    found = advice_for(actor=actor, advice_id=advice_id)
    record(events.ADVICE_READ, actor=actor, person_id=found.person_id, about=("advice", found.id))
    return found


def advice_for(*, actor: Actor, advice_id: UUID) -> Advice:
    """Return a question of the actor's organisation; part of a query or command that checked who asks.

    Raises:
        NotFoundError: nobody in it asked this.
    """
    found = Advice.objects.filter(id=advice_id, organisation_id=actor.member_of).first()
    if found is None:
        raise NotFoundError(_("Nobody in your organisation asked this."))
    return found


def own_draft(*, actor: Actor, draft_id: UUID) -> ShareDraft:
    """Return a draft of the actor; part of a query or command that checked who asks.

    Raises:
        NotFoundError: they have none with this id.
    """
    found = _draft(draft=draft_id, account=actor.account, organisation=actor.member_of)
    if not found:
        raise NotFoundError(_("You have no such draft. It may already have been decided."))
    return found[0]


@composed_once
def _draft(*, draft: UUID, account: UUID, organisation: UUID) -> QuerySet[ShareDraft]:
    own = ShareDraft.objects.filter(id=draft, user_id=account, organisation_id=organisation)
    return own.select_related("person")
