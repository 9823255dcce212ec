"""Deciding to share or not to, the second look, and what comes after."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.purposes import declared
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.people.rules import review_due
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.commands.corrections import (
    tell_it_may_be_wrong,
    tell_it_was_not_agreed,
    tell_it_was_wrong,
)
from alongside.casework.sharing.models import (
    Advice,
    Disclosure,
    LaterView,
    Recipient,
    RefusalOverride,
    SecondLook,
    ShareDecision,
    ShareDraft,
)
from alongside.casework.sharing.queries.decisions import (
    disclosure_to,
    look_up,
    own_decision,
    why_not_told_now,
)
from alongside.casework.sharing.queries.requests import RequestEndedError, request_to_answer, why_not_about
from alongside.casework.sharing.rules.decisions import Outcome, Proposal, needs_a_second, what_is_wrong


class NoDecisionError(CaseworkError):
    """Something is missing, or stands in the way: ``wrong`` says what, by the name of the field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(" ".join(f"{each.rstrip('.')}." for each in wrong.values()))
        self.wrong = wrong


class CorrectedMeanwhileError(AlreadyDoneError):
    """A decision was corrected already; ``by`` is the later one, which is the one to correct now.

    Two corrections of one decision could tell two organisations the opposite, and neither would be warned.
    """

    def __init__(self, by: UUID) -> None:
        super().__init__(_("A later decision corrects this one already: correct that one instead."))
        self.by = by


@command
def decide(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    proposal: Proposal,
    corrects: UUID | None = None,
    corrected_why: str = "",
    request_id: UUID | None = None,
    draft_id: UUID | None = None,
) -> ShareDecision:
    """Decide to share something about a person, or not to; the recipients are told at once.

    What the person chose, which agreements hold and which bases are open are looked up again, so changes
    since a form was opened count. Against a refusal nobody is told until a second person has agreed, unless
    it is an emergency; but whoever was told what it corrects is warned at once that it may be wrong.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: the person, an organisation, the purpose or the earlier decision is not theirs to see.
        NoDecisionError: something is missing, or the person's choice, the law or the lack of an agreement
            stands in the way; or it answers a request but does not tell the asker, or is about somebody
            else.
        RequestEndedError: the request that it answers has ended; a draft can go on without it.
        CorrectedMeanwhileError: another decision corrects the earlier one; a draft can go on with that one.
        AlreadyDoneError: the draft has already been decided.
    """
    require(permissions.may_decide(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    organisations = list(Organisation.objects.filter(id__in=proposal.recipients).exclude(id=actor.member_of))
    if len(organisations) < len(proposal.recipients):
        raise NotFoundError(_("One of these is not another organisation in the partnership."))
    if proposal.purpose not in {each.code for each in declared()}:
        raise NotFoundError(_("There is no such purpose."))
    records = Person.objects.records_of(person.id)
    if corrects is not None:
        ShareDecision.objects.select_for_update(no_key=True).filter(
            id=corrects
        ).first()  # so that nobody agrees to it meanwhile
        old = own_decision(actor=actor, decision_id=corrects)
        if old.person_id not in records or not corrected_why.strip():
            raise NoDecisionError({"corrected_why": _("Say what was wrong with the earlier decision")})
        if later := old.corrections.all():
            raise CorrectedMeanwhileError(later[0].id)
    day = timezone.localdate(at)
    grounds = look_up(actor=actor, person=person, proposal=proposal, day=day)
    if wrong := what_is_wrong(proposal, grounds.looked):
        raise NoDecisionError(wrong)
    if request_id is not None:
        request = request_to_answer(actor=actor, request_id=request_id)
        if request.asked_by_id not in proposal.recipients:
            raise NoDecisionError(
                {
                    "recipients": _("%(asker)s asked for this: choose them too")
                    % {"asker": request.asked_by.name}
                }
            )
        if why_not := why_not_about(request, records, actor=actor):
            raise NoDecisionError({"who": why_not})
    if draft_id is not None:
        gone, _rows = ShareDraft.objects.filter(id=draft_id, user_id=actor.account).delete()
        if not gone:  # sent twice at once, and the other was first
            raise AlreadyDoneError(_("You have already decided this."))
    advice = Advice.objects.filter(draft_id=draft_id).order_by("-asked_at").first() if draft_id else None
    made = ShareDecision.decide(
        proposal, person=person, wish=grounds.looked.wish, organisation_id=actor.member_of,
        by_id=actor.account, by=actor.name, at=at, corrects_id=corrects, corrected_why=corrected_why,
        request_id=request_id, advice_id=advice.id if advice else None,
    )  # fmt: skip
    Recipient.objects.bulk_create(
        Recipient(decision=made, organisation=each, agreement=grounds.agreements.get(each.id))
        for each in organisations
    )
    override = proposal.override
    if override is not None and proposal.outcome is Outcome.SHARE:
        RefusalOverride.record(
            override, decision=made, look_by=review_due(day) if override.emergency else None
        )
        # somebody else must look at it
        tell_those_who_may(Permission.SHARE_AUTHORISE, organisation_id=actor.member_of, actor=actor, at=at)
    if proposal.outcome is Outcome.DO_NOT_SHARE:
        kind = events.NOT_SHARED
    elif needs_a_second(override):
        kind = events.SHARE_PROPOSED
    else:
        _tell(made, actor=actor, at=at)
        kind = events.SHARED_IN_EMERGENCY if override else events.SHARED
    if kind == events.SHARE_PROPOSED:
        tell_it_may_be_wrong(made, actor=actor, at=at)
    else:
        tell_it_was_wrong(made, actor=actor, at=at, because_of=made.id)
    record(kind, actor=actor, person_id=person.id, recipients=len(organisations), about=("decision", made.id))
    return made


@command
def look_second(*, actor: Actor, at: datetime, decision_id: UUID, agreed: bool, words: str) -> SecondLook:
    """Say, as a second person, whether something is shared against a person's wishes.

    After an emergency this says whether it was right: what was shared cannot be taken back. Whoever was
    told what it corrects, and warned when it was proposed, is told how that ended.

    Raises:
        NotAllowedError: the actor's role may not, or they made the decision themselves.
        NotFoundError: their organisation made no such decision.
        AlreadyDoneError: somebody has already looked at it.
        NoDecisionError: no reason was given; or it has since been corrected, the organisation can no longer
            see the person, or what the ground or the sharing rests on no longer holds.
    """
    require(permissions.may_look_second(actor))
    ShareDecision.objects.select_for_update(no_key=True).filter(id=decision_id).first()
    decision = own_decision(actor=actor, decision_id=decision_id)
    require(permissions.may_look_second_at(actor, decision))
    override = getattr(decision, "override", None)
    if override is None:
        raise NotFoundError(_("Nothing here is against the person's wishes."))
    if hasattr(decision, "second_look"):
        raise AlreadyDoneError(_("Somebody has already looked at this."))
    if not words.strip():
        raise NoDecisionError({"words": _("Say why")})
    to_be_told = agreed and not override.emergency
    day = timezone.localdate(at)
    if to_be_told and (why_not := why_not_told_now(actor=actor, decision=decision, day=day)):
        raise NoDecisionError({"agreed": why_not})
    answer = SecondLook.Answer.AGREED if agreed else SecondLook.Answer.NOT_AGREED
    look = SecondLook.give(decision, answer=answer, words=words, by_id=actor.account, by=actor.name, at=at)
    if to_be_told:
        _tell(decision, actor=actor, at=at)
        tell_it_was_wrong(decision, actor=actor, at=at, because_of=look.id)
    elif not override.emergency:
        tell_it_was_not_agreed(decision, actor=actor, at=at, because_of=look.id)
    kind = events.SECOND_AGREED if agreed else events.SECOND_NOT_AGREED
    record(kind, actor=actor, person_id=decision.person_id, about=("decision", decision.id))
    return look


def _tell(decision: ShareDecision, *, actor: Actor, at: datetime) -> None:
    """Tell the recipients; if a request asked for it and is still waiting, this answers it."""
    Disclosure.tell(decision, at=at)
    if decision.request_id is not None:
        with suppress(RequestEndedError):  # it ended while waiting for a second look: they are told anyway
            request = request_to_answer(actor=actor, request_id=decision.request_id)
            request.answer_with(decision.id, by=actor.name, at=at)


@command
def confirm_receipt(*, actor: Actor, at: datetime, disclosure_id: UUID) -> Disclosure:
    """Confirm that what was shared with the actor's organisation has arrived.

    Raises:
        NotAllowedError: the actor's role may not read what was shared.
        NotFoundError: nothing with this id was shared with it.
        AlreadyDoneError: somebody has already confirmed it.
    """
    require(permissions.may_read_decisions(actor))
    Disclosure.objects.select_for_update(no_key=True).filter(id=disclosure_id).first()
    disclosure = disclosure_to(actor=actor, disclosure_id=disclosure_id)
    if disclosure.opened_at is not None:
        raise AlreadyDoneError(_("%(who)s has already confirmed this.") % {"who": disclosure.opened_by})
    disclosure.open(by=actor.name, at=at)
    person_id = disclosure.decision.person_id
    record(events.RECEIPT_CONFIRMED, actor=actor, person_id=person_id, about=("disclosure", disclosure.id))
    return disclosure


@command
def write_down_later_view(
    *, actor: Actor, at: datetime, decision_id: UUID, words: str, said_on: date
) -> LaterView:
    """Record what the person says afterwards about what was shared against their wishes.

    Raises:
        NotAllowedError: the actor's role may not decide about sharing.
        NotFoundError: their organisation made no such decision, or it was not against the person's wishes.
        NoDecisionError: no words, or a day in the future or before the decision.
    """
    require(permissions.may_decide(actor))
    decision = own_decision(actor=actor, decision_id=decision_id)
    if getattr(decision, "override", None) is None:
        raise NotFoundError(_("Nothing here is against the person's wishes."))
    wrong = {}
    if not words.strip():
        wrong["words"] = _("Enter what they said")
    if said_on > timezone.localdate(at):
        wrong["said_on"] = _("The day must be today or in the past")
    elif said_on < timezone.localdate(decision.decided_at):
        wrong["said_on"] = _("The day must not be before the day of the decision")
    if wrong:
        raise NoDecisionError(wrong)
    made = LaterView.write_down(decision, words=words, said_on=said_on, by=actor.name, at=at)
    record(events.LATER_VIEW, actor=actor, person_id=decision.person_id, about=("decision", decision.id))
    return made
