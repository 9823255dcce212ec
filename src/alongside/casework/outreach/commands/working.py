"""Work on an item: judge its flag, try to get in touch, note, put back, finish."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.distributing import ItemClosedError
from alongside.casework.outreach.commands.half_way import no_talk_half_way, set_aside_what_is_not_theirs
from alongside.casework.outreach.commands.lapsing import end_what_is_no_longer_shown
from alongside.casework.outreach.commands.living import must_be_living
from alongside.casework.outreach.models import Attempt, Judgement, Note, Outcome, WorkItem
from alongside.casework.outreach.queries.doors import lock_item
from alongside.casework.outreach.queries.lists import is_managed
from alongside.casework.outreach.queries.standing import standing_of
from alongside.casework.outreach.queries.whose_record import whose_records
from alongside.casework.outreach.rules import (
    OPEN,
    ReferralState,
    Result,
    State,
    Verdict,
    is_let_go,
    judgement_is_missing,
    may_move,
    refused_last,
    still_owed,
)
from alongside.casework.people.queries.whole import whole
from alongside.casework.sources.commands.questions import tell_who_answers
from alongside.casework.sources.models import DataQuestion

_WHOSE_RECORD = "Is this record about somebody else? We reached a different person."
_ALSO_SAY = {
    ("next_offer",): gettext_lazy("Also say what you will offer instead."),
    ("note",): gettext_lazy("Also say what happened."),
    ("try_next_on",): gettext_lazy("Also say when you will try again."),
    ("next_offer", "try_next_on"): gettext_lazy(
        "Also say what you will offer instead and when you will try again."
    ),
}
"""By what is missing: whole sentences, because other languages inflect the words in them."""


class JudgedAlreadyError(AlreadyDoneError):
    """Somebody judged this flag already."""


class NoFlagError(CaseworkError):
    """There is no flag to judge: a professional raised it."""


class FlagExpiredError(CaseworkError):
    """The flag says too little about today to be acted on."""


class JudgementFirstError(CaseworkError):
    """Nothing is recorded on a flag before a professional has said what they think of it."""


class NotAssignedError(CaseworkError):
    """Nobody has the item."""


class SomethingOwedError(CaseworkError):
    """Something that must be said is missing."""


class RefusalIsNoEndError(CaseworkError):
    """The person said no, and nothing else has been offered yet."""


class NobodyWouldSeeItError(CaseworkError):
    """Put back, it would be on no list that anybody sees."""


class ReferralUnansweredError(CaseworkError):
    """An organisation was asked and has not answered, or has declined and nothing came in its place."""


@command
def judge_item(*, actor: Actor, at: datetime, item_id: UUID, verdict: Verdict, why: str) -> Judgement:
    """Say whether the actor agrees with a flag, and why, before anything is done about it. It stays as said.

    Raises:
        NotFoundError: there is no such item.
        NoFlagError: a professional raised it, and there is no flag behind it.
        JudgedAlreadyError: somebody judged it meanwhile; the message says who, and how.
        FlagExpiredError: the flag expired, or was withdrawn.
        NotAssignedError: nobody has it yet.
        SomethingOwedError: no reason is given.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    if item.flag is None:
        raise NoFlagError(_("There is no flag to judge here: a professional put this person on the list."))
    if before := Judgement.objects.filter(item=item).first():
        raise JudgedAlreadyError(
            _(
                "%(name)s has already judged this flag: %(verdict)s, “%(why)s”. Yours was not saved. "
                "Add it as a note."
            )
            % {"name": before.by_name, "verdict": before.verdict, "why": before.why}
        )
    if not item.flag.is_in_force(at):
        raise FlagExpiredError(_what_ended(item, at))
    if item.state not in (State.ASSIGNED, State.IN_HAND):
        raise NotAssignedError(_("Nobody has this item yet. It must be given to somebody first."))
    if not why.strip():
        raise SomethingOwedError(_("Say why in a sentence. Agreeing with everything is not a judgement."))
    judgement = Judgement.give(
        item=item, verdict=verdict, why=why.strip(), by=actor.account, by_name=actor.name, at=at
    )
    if item.state == State.ASSIGNED:
        item.move(State.JUDGED, by=actor.name, at=at)
    record(
        events.ITEM_JUDGED,
        actor=actor,
        person_id=item.person_id,
        about=("work_item", item.id),
        verdict=verdict,
    )
    return judgement


@command
def record_attempt(
    *,
    actor: Actor,
    at: datetime,
    item_id: UUID,
    result: Result,
    note: str = "",
    next_offer: str = "",
    try_next_on: date | None = None,
) -> Attempt:
    """Note one try to get in touch. A refusal ends nothing: it needs another offer, and a day for it.

    If it reached the wrong person, the owners of the sources who are here are asked about their data.

    Raises:
        NotFoundError: there is no such item.
        JudgementFirstError, FlagExpiredError: nobody has judged its flag, or not in time.
        ItemClosedError, NotAssignedError: nothing can be done on it.
        PersonDiedError: it became known that they have died: there is nobody to try again.
        SomethingOwedError: something this result needs is missing, or the day has passed.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    must_be_living(
        item.person,
        _(
            "It is recorded that this person has died, so this was not saved. What you wrote is still below. "
            "Finish the item, and say there what should be kept."
        ),
    )
    must_be_workable(item, at)
    if owed := still_owed(result, note=note.strip(), next_offer=next_offer.strip(), try_next_on=try_next_on):
        raise SomethingOwedError(str(_ALSO_SAY[tuple(owed)]))
    if try_next_on and try_next_on < timezone.localdate(at):
        raise SomethingOwedError(_("The day to try again has passed. Enter today or a later day."))
    attempt = Attempt.note_down(
        item=item,
        result=result,
        note=note.strip(),
        next_offer=next_offer.strip(),
        try_next_on=try_next_on,
        by_name=actor.name,
        at=at,
    )
    item.try_again(try_next_on, refused=result == Result.DECLINED_NOW)
    take_in_hand(item, by=actor.name, at=at)
    if result == Result.WRONG_PERSON:
        _question_data(item, actor, at)
        set_aside_what_is_not_theirs(actor, item)
    record(
        events.ATTEMPT_NOTED,
        actor=actor,
        person_id=item.person_id,
        about=("work_item", item.id),
        result=result.replace("_", " "),
    )
    return attempt


@command
def add_note(*, actor: Actor, at: datetime, item_id: UUID, words: str) -> Note:
    """Add a note to an item.

    Raises:
        NotFoundError: there is no such item.
        JudgementFirstError, FlagExpiredError: nobody has judged its flag, or not in time.
        ItemClosedError, NotAssignedError: nothing can be done on it.
        SomethingOwedError: it is empty.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    must_be_workable(item, at)
    if not words.strip():
        raise SomethingOwedError(_("Enter a note, or leave the page."))
    note = Note.add(item=item, words=words, by_name=actor.name, at=at)
    record(events.NOTE_ADDED, actor=actor, person_id=item.person_id, about=("work_item", item.id))
    return note


@command
def put_back(*, actor: Actor, at: datetime, item_id: UUID, why: str) -> WorkItem:
    """Put an item back for somebody else to take. What was done on it stays done.

    Raises:
        NotFoundError: there is no such item.
        ItemClosedError, NotAssignedError: it has ended, or nobody has it.
        NobodyWouldSeeItError: it is no team's, and the organisation has no manager who could give it out.
        SomethingOwedError: no reason is given.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    _must_be_somebodys(item)
    if not why.strip():
        raise SomethingOwedError(_("Say why you are putting it back, so that the next worker can do better."))
    if item.team_id is None and not is_managed(organisation=item.organisation_id, day=timezone.localdate(at)):
        raise NobodyWouldSeeItError(
            _(
                "Nobody would see this if you put it back: it is on no team's list, and your organisation "
                "has no manager. Hand it over to a colleague, or refer the person to another organisation."
            )
        )
    item.move(State.PUT_BACK, by=actor.name, at=at, why=why.strip())
    record(events.ITEM_PUT_BACK, actor=actor, person_id=item.person_id, about=("work_item", item.id))
    return item


@command
def finish_item(*, actor: Actor, at: datetime, item_id: UUID, words: str) -> WorkItem:
    """End an item with what came of it.

    Where the person has died, nobody need judge the flag, ask again or wait for an answer before it ends.

    Where the flag was disagreed with and nothing was done, what it let the organisation see ends too.

    Raises:
        NotFoundError: there is no such item.
        JudgementFirstError, FlagExpiredError: nobody has judged its flag, or not in time.
        ItemClosedError, NotAssignedError: nothing can be done on it.
        RefusalIsNoEndError: the person's latest answer is no; make the other offer, or hand it over.
        TalkUnfinishedError: what was written in a conversation would never reach the person's page.
        ReferralUnansweredError: a referral is still unresolved.
        SomethingOwedError: it does not say what came of it.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    died = whole(item.person).has_died
    if died:
        _must_be_somebodys(item)
    else:
        must_be_workable(item, at)
    if not words.strip():
        raise SomethingOwedError(_("Say in a sentence what came of it."))
    no_talk_half_way(item)
    if not died:
        _no_refusal_in_the_air(item)
        _no_referral_in_the_air(item)
    item.move(State.DONE, by=actor.name, at=at, why=words.strip())
    record(events.ITEM_FINISHED, actor=actor, person_id=item.person_id, about=("work_item", item.id))
    end_what_is_no_longer_shown(item, actor, at)
    return item


def must_be_workable(item: WorkItem, at: datetime) -> None:
    """Refuse work on an item that has ended, that nobody has, or whose flag nobody has judged in time.

    Once a flag has ended it is too late to judge it, and work on an item that is kept goes on without.

    Raises:
        ItemClosedError: it has ended.
        NotAssignedError: nobody has it.
        JudgementFirstError: its flag is in force, and was not judged.
        FlagExpiredError: its flag ended before it was judged, and the item ends with it.
    """
    _must_be_somebodys(item)
    judged = Judgement.objects.filter(item=item).exists()
    in_force = item.flag is not None and item.flag.is_in_force(at)
    if judgement_is_missing(in_force=in_force, judged=judged):
        raise JudgementFirstError(
            _(
                "First say whether you agree with the flag, disagree or are unsure, and why. "
                "Then you can save this."
            )
        )
    if not judged and _is_let_go(item, at):
        raise FlagExpiredError(_what_ended(item, at))


def take_in_hand(item: WorkItem, *, by: str, at: datetime) -> None:
    """Note that somebody is working on an item."""
    if item.state != State.IN_HAND:
        item.move(State.IN_HAND, by=by, at=at)


def _must_be_somebodys(item: WorkItem) -> None:
    if item.state not in OPEN:
        raise ItemClosedError(_("This item has ended. Put the person on the list again if you are worried."))
    if not may_move(item.state, State.PUT_BACK):
        raise NotAssignedError(_("Nobody has this item yet. It must be given to somebody first."))


def _is_let_go(item: WorkItem, at: datetime) -> bool:
    return item.flag is not None and is_let_go(standing_of(item.flag, at))


def _what_ended(item: WorkItem, at: datetime) -> str:
    """Say that the flag has ended, and what can be done for the person now."""
    ended = _(
        "This flag is no longer in force: it expired or was withdrawn, perhaps while the page was open. "
        "What you wrote is still below."
    )
    if item.state not in OPEN:
        now = _("If you are worried, put the person on the list yourself.")
    elif _is_let_go(item, at):
        now = _("If you are worried, say how soon somebody should look: then the person stays on your list.")
    else:
        now = _("Nobody has to judge it any more, and the person stays on your list. Add it as a note.")
    return f"{ended} {now}"


def _no_refusal_in_the_air(item: WorkItem) -> None:
    attempts = Attempt.objects.filter(item=item).order_by("at", "id")
    if refused_last(list(attempts.values_list("result", flat=True))):
        raise RefusalIsNoEndError(
            _(
                "The person said no, and that is not a reason to stop looking. Make the other offer first, "
                "or hand this over to somebody they may prefer to speak to."
            )
        )


def _no_referral_in_the_air(item: WorkItem) -> None:
    for referral in item.referrals.select_related("to_organisation").order_by("made_at", "id"):
        asked = referral.to_organisation.name
        if referral.state == ReferralState.ASKED:
            raise ReferralUnansweredError(
                _("%(organisation)s has not answered your referral yet. Phone them.")
                % {"organisation": asked}
            )
        if referral.state == ReferralState.DECLINED:
            since = Outcome.objects.filter(conversation__item=item, at__gt=referral.answered_at)
            later = item.referrals.filter(made_at__gt=referral.answered_at)
            later = later.exclude(state=ReferralState.TAKEN_BACK)
            if not since.exists() and not later.exists():
                raise ReferralUnansweredError(
                    _(
                        "%(organisation)s declined and suggested: “%(route)s”. Follow that up, or refer "
                        "elsewhere, before you finish."
                    )
                    % {"organisation": asked, "route": referral.other_route}
                )


def _question_data(item: WorkItem, actor: Actor, at: datetime) -> None:
    """Ask the owner of each source behind the flag, once, whether its record is about somebody else."""
    asked = DataQuestion.objects.filter(flag_id=item.flag_id, title=_WHOSE_RECORD, settled_at=None)
    open_already = set(asked.values_list("source", flat=True))
    for each in whose_records(item, at):
        if each.owner is None or each.source in open_already:
            continue
        DataQuestion.ask(
            source=each.source,
            factor=each.factor,
            flag_id=item.flag_id,
            title=_WHOSE_RECORD,
            asked_by=actor.name,
            asked_by_organisation_id=item.organisation_id,
            owner=each.owner,
            owner_name=each.post,
            owner_telephone=each.telephone,
            at=at,
        )
        tell_who_answers(each.owner.id, actor=actor, at=at)
        record(
            events.DATA_QUESTIONED,
            actor=actor,
            person_id=item.person_id,
            about=("work_item", item.id),
            organisation=each.owner.name,
        )
