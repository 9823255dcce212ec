"""Drafts of decisions, and asking for advice before deciding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.notices.commands import tell_members
from alongside.casework.operations import command
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.people.queries.whole import whole as whole_of
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.commands.decisions import NoDecisionError
from alongside.casework.sharing.models import Advice, InformationRequest, ShareDraft
from alongside.casework.sharing.queries.advised import decided_with
from alongside.casework.sharing.queries.drafts import advice_for, corrected_meanwhile, own_draft
from alongside.casework.sharing.queries.requests import request_to_answer, why_not_about
from alongside.casework.sharing.rules.basis import PUBLIC_AUTHORITIES, Known
from alongside.casework.sharing.rules.steps import CARRIED, Step, with_item, without_item


class ItemGoneError(AlreadyDoneError):
    """The item to remove is no longer in the draft."""


@dataclass(frozen=True)
class Carried:
    """What somebody was about to share: with which organisation, in which words."""

    to: UUID
    words: str


@command
def begin_draft(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    corrects: UUID | None = None,
    request_id: UUID | None = None,
    carried: Carried | None = None,
) -> ShareDraft:
    """Start a decision about sharing something about a person.

    Args:
        actor: who.
        at: when.
        person_id: about whom.
        corrects: the decision it will correct.
        request_id: the request for information it answers; who asked and what for are filled in.
        carried: what was about to be shared, and with whom, when the person's choice stood in the way.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: there is no such person, request or other organisation, or the actor may not see them;
            or the request is about somebody else.
        AlreadyDoneError: the request has ended.
    """
    require(permissions.may_decide(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    answers: dict[str, Any] = {"corrects": str(corrects)} if corrects else {}
    if request_id is not None:
        request = request_to_answer(actor=actor, request_id=request_id)
        if why_not := why_not_about(request, Person.objects.records_of(person.id), actor=actor):
            raise NotFoundError(f"{why_not}.")
        answers |= {"request": str(request.id), Step.TO.value: _as_asked(request)}
        if request.asked_by.kind in PUBLIC_AUTHORITIES and request.power:
            answers[Step.KNOWN.value] = {"known": [Known.REQUESTED_FOR_PUBLIC_TASK.value]}
    if carried is not None:
        answers |= _as_carried(carried, person, actor)
    made = ShareDraft.begin(
        person=person, organisation_id=actor.member_of, user_id=actor.account, answers=answers, at=at
    )
    record(events.DRAFT_BEGUN, actor=actor, person_id=person.id, about=("draft", made.id))
    return made


def _as_asked(request: InformationRequest) -> dict[str, list[str]]:
    """The first step, as filled in from the request."""
    return {
        "recipients": [str(request.asked_by_id)],
        "named": [request.asked_by_name],
        "purpose": [request.purpose],
        "who": [request.who],
    }


def _as_carried(carried: Carried, person: Person, actor: Actor) -> dict[str, Any]:
    """The first step, as it was meant, and the words, kept until they become an item."""
    if not Organisation.objects.exclude(id=actor.member_of).filter(id=carried.to).exists():
        raise NotFoundError(_("There is no such organisation in the partnership."))
    to = {
        "recipients": [str(carried.to)],
        "named": [""],
        "purpose": [actor.purpose],
        "who": [whole_of(person).told_to_others],
    }
    return {Step.TO.value: to, CARRIED: carried.words}


@command
def keep_step(
    *, actor: Actor, at: datetime, draft_id: UUID, step: str, answers: Any, whole: bool = True
) -> ShareDraft:
    """Keep what was typed in one step of a draft; if it is not ``whole`` it does not count as answered.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
    """
    draft = _locked(actor, draft_id)
    draft.keep(step, answers, whole=whole, at=at)
    _record_kept(draft, step, actor)
    return draft


@command
def add_item(*, actor: Actor, at: datetime, draft_id: UUID, answers: Mapping[str, list[str]]) -> ShareDraft:
    """Add one thing to be shared to a draft; ``answers`` is what was typed about it.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
    """
    draft = _locked(actor, draft_id)
    draft.keep_all(with_item(draft.answers, str(uuid4()), answers), at=at)
    _record_kept(draft, Step.ITEMS, actor)
    return draft


@command
def take_item_out(*, actor: Actor, at: datetime, draft_id: UUID, key: str) -> ShareDraft:
    """Remove one thing to be shared from a draft.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
        ItemGoneError: it is no longer in the draft.
    """
    draft = _locked(actor, draft_id)
    left = without_item(draft.answers, key)
    if left is None:
        raise ItemGoneError(_("It has already been removed. Nothing else was changed."))
    draft.keep_all(left, at=at)
    _record_kept(draft, Step.ITEMS, actor)
    return draft


@command
def go_on_without_request(*, actor: Actor, at: datetime, draft_id: UUID) -> ShareDraft:
    """Continue a draft as a decision of one's own, not an answer to a request; all that was typed stays.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
        AlreadyDoneError: it does not answer a request.
    """
    draft = _locked(actor, draft_id)
    if not draft.answers.get("request"):
        raise AlreadyDoneError(_("This draft does not answer a request."))
    draft.keep_all({name: said for name, said in draft.answers.items() if name != "request"}, at=at)
    _record_kept(draft, "without-request", actor)
    return draft


@command
def correct_the_later(*, actor: Actor, at: datetime, draft_id: UUID, why: str) -> ShareDraft:
    """Continue a draft as a correction of the later decision that was first to correct the earlier one.

    All that was typed stays, and ``why``, which was typed beside the button, is kept with it.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
        AlreadyDoneError: nothing else corrects what it is to correct.
    """
    draft = _locked(actor, draft_id)
    later = corrected_meanwhile(actor=actor, draft=draft)
    if later is None:
        raise AlreadyDoneError(_("No later decision corrects what this draft corrects."))
    draft.keep_all(draft.answers | {"corrects": str(later), "corrected_why": why}, at=at)
    _record_kept(draft, "correct-later", actor)
    return draft


@command
def discard_draft(*, actor: Actor, at: datetime, draft_id: UUID) -> None:
    """Discard a draft without deciding.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
    """
    draft = _locked(actor, draft_id)
    record(events.DRAFT_DISCARDED, actor=actor, person_id=draft.person_id, about=("draft", draft.id))
    draft.delete()


@command
def ask_for_advice(*, actor: Actor, at: datetime, draft_id: UUID, question: str) -> Advice:
    """Ask the managers of the actor's organisation whether something may be shared. The draft is kept.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the actor has no such draft.
        AlreadyDoneError: they have already asked, and nobody has answered yet.
        NoDecisionError: there is no question.
    """
    draft = _locked(actor, draft_id)
    if not question.strip():
        raise NoDecisionError({"question": _("Say what you are unsure about")})
    if Advice.objects.filter(draft_id=draft.id, answered_at=None).exists():
        raise AlreadyDoneError(_("You have already asked, and nobody has answered yet."))
    made = Advice.ask(
        person=draft.person, organisation_id=actor.member_of, draft_id=draft.id, question=question,
        by_id=actor.account, by=actor.name, at=at,
    )  # fmt: skip
    record(events.ADVICE_ASKED, actor=actor, person_id=draft.person_id, about=("advice", made.id))
    return made


@command
def bring_in_lawyer(*, actor: Actor, at: datetime, advice_id: UUID, lawyer: str, on: date) -> Advice:
    """Record which lawyer was asked.

    Raises:
        NotAllowedError: the actor's role may not give advice, or they asked the question themselves.
        NotFoundError: nobody in their organisation asked this.
        AlreadyDoneError: it has already been answered, or a lawyer was already asked.
        NoDecisionError: nobody is named, or the day is in the future.
    """
    advice = _to_answer(actor, advice_id)
    if advice.lawyer:
        raise AlreadyDoneError(_("It is already recorded that %(who)s was asked.") % {"who": advice.lawyer})
    wrong = {}
    if not lawyer.strip():
        wrong["lawyer"] = _("Enter who was asked")
    if on > timezone.localdate(at):
        wrong["on"] = _("The day must be today or in the past")
    if wrong:
        raise NoDecisionError(wrong)
    advice.bring_in(lawyer=lawyer, on=on)
    record(events.LAWYER_ASKED, actor=actor, person_id=advice.person_id, about=("advice", advice.id))
    return advice


@command
def give_advice(*, actor: Actor, at: datetime, advice_id: UUID, answer: str, lawyer_said: str = "") -> Advice:
    """Answer a question about whether something may be shared. Whoever asked makes the decision.

    If they have made it meanwhile, they are told: it may have to be corrected.

    Raises:
        NotAllowedError: the actor's role may not give advice, or they asked the question themselves.
        NotFoundError: nobody in their organisation asked this.
        AlreadyDoneError: it has already been answered.
        NoDecisionError: there is no answer, or the lawyer who was asked has not said anything yet.
    """
    advice = _to_answer(actor, advice_id)
    wrong = {}
    if not answer.strip():
        wrong["answer"] = _("Enter your advice")
    if advice.lawyer and not lawyer_said.strip():
        wrong["lawyer_said"] = _("Enter what %(who)s said") % {"who": advice.lawyer}
    if wrong:
        raise NoDecisionError(wrong)
    advice.give(answer=answer, lawyer_said=lawyer_said, by_id=actor.account, by=actor.name, at=at)
    if decided_with(advice) is not None:
        asker = Membership.objects.filter(user_id=advice.asked_by_id, organisation_id=actor.member_of)
        tell_members(asker.values_list("id", flat=True), actor=actor, at=at)
    record(events.ADVICE_GIVEN, actor=actor, person_id=advice.person_id, about=("advice", advice.id))
    return advice


def _locked(actor: Actor, draft_id: UUID) -> ShareDraft:
    """A draft of the actor, locked until the transaction ends, so that two tabs can each save a step."""
    require(permissions.may_decide(actor))
    ShareDraft.objects.select_for_update(no_key=True).filter(id=draft_id).first()
    return own_draft(actor=actor, draft_id=draft_id)


def _record_kept(draft: ShareDraft, step: str, actor: Actor) -> None:
    record(events.DRAFT_KEPT, actor=actor, person_id=draft.person_id, step=step, about=("draft", draft.id))


def _to_answer(actor: Actor, advice_id: UUID) -> Advice:
    require(permissions.may_give_advice(actor))
    Advice.objects.select_for_update(no_key=True).filter(id=advice_id).first()
    advice = advice_for(actor=actor, advice_id=advice_id)
    require(permissions.may_answer_advice(actor, advice))
    if advice.answered_at is not None:
        raise AlreadyDoneError(_("%(who)s has already answered this.") % {"who": advice.answered_by})
    return advice
