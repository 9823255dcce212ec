"""Hold a conversation: danger first, every version of every answer kept, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.area.casework_models import Conversation as Guide
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.living import keep_unasked, must_be_living
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.said import prompts_of, said_in
from alongside.casework.outreach.commands.working import must_be_workable, take_in_hand
from alongside.casework.outreach.models import Answer, Conversation, Outcome
from alongside.casework.outreach.queries.doors import lock_conversation, lock_item
from alongside.casework.outreach.queries.unsafe import is_raised_unsafely
from alongside.casework.outreach.rules import (
    LONGEST_ANSWER,
    OPEN,
    OutcomeKind,
    Priority,
)
from alongside.casework.outreach.rules.meanwhile import Box, became, boxes
from alongside.casework.outreach.rules.risks import risks_behind, with_risks
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.queries.whole import whole


class ConversationOpenError(AlreadyDoneError):
    """There is an unfinished conversation on this item."""


class ConversationFinishedError(AlreadyDoneError):
    """The conversation was finished."""


class DangerNotAskedError(CaseworkError):
    """Nothing comes before the question whether somebody is in immediate danger."""


class AnswerTooLongError(CaseworkError):
    """An answer is longer than is kept."""


class NotAnAnswerError(CaseworkError):
    """The answer is not one of those the guide offers, or cannot be stored."""


class NothingNewError(AlreadyDoneError):
    """Nothing differs from what is already kept."""


class ChangedMeanwhileError(StaleError):
    """A colleague saved something else since it was opened, or the same worker did on another device."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This was changed after you opened it, by a colleague or by you on another device. What you "
                "wrote is not saved yet, and nothing is lost: send the page to see both."
            )
        )


class NothingCameOfItError(CaseworkError):
    """A conversation ends with something: an outcome, or the person's own next steps."""


class OutcomeIncompleteError(CaseworkError):
    """Something of an outcome is missing."""


@dataclass(frozen=True)
class Came:
    """One thing that came of a conversation.

    Attributes:
        kind: signpost, advice, referral or concern.
        words: what was advised, what is worrying, or why somebody is referred.
        service_name: where the person is pointed to.
        service_telephone: its number.
        service_id: of the directory's entry, if it has one.
        on_paper: whether the person wants it on the page they keep.
        organisation_id: who a referral goes to.
        person_agrees: what the person said about being referred: yes, no or not_asked.
        why_not_safe: for a referral or concern, why it is not safe for the person to know of it; empty
            where it is.
        talked_through: for a concern, whether it was talked through with the person.
        priority: for a referral, how soon somebody should look; None where nothing was said.
    """

    kind: OutcomeKind
    words: str = ""
    service_name: str = ""
    service_telephone: str = ""
    service_id: UUID | None = None
    on_paper: bool = False
    organisation_id: UUID | None = None
    person_agrees: str = "not_asked"
    why_not_safe: str = ""
    talked_through: bool = False
    priority: Priority | None = None


@command
def begin_conversation(
    *, actor: Actor, at: datetime, item_id: UUID, guide: str, guide_words: dict[str, Any]
) -> Conversation:
    """Begin a conversation using a guide, which is kept as it is today.

    What others are worried about is put to the person too: the guide's worries get a question for each. What
    a professional wrote is not, where any worry about the person is not safe for them to know.

    Raises:
        NotFoundError: there is no such item.
        JudgementFirstError, FlagExpiredError: nobody has judged its flag, or not in time.
        ItemClosedError, NotAssignedError: nothing can be done on it.
        PersonDiedError: it became known that they have died.
        ConversationOpenError: there is an unfinished one; continue that.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_hold_conversation(actor, item))
    must_be_living(
        item.person,
        _("It is recorded that this person has died, so no conversation was begun. Finish the item."),
    )
    must_be_workable(item, at)
    if Conversation.objects.filter(item=item, finished_at=None).exists():
        raise ConversationOpenError(_("There is an unfinished conversation here. Continue that one."))
    records = [each.id for each in whole(item.person).records]
    raised_why = "" if is_raised_unsafely(item, records) else item.raised_why
    guide_words = with_risks(guide_words, risks_behind(item.flag.reasons if item.flag else [], raised_why))
    begun = Conversation.begin(item=item, guide=guide, guide_words=guide_words, by=actor.name, at=at)
    take_in_hand(item, by=actor.name, at=at)
    record(
        events.CONVERSATION_BEGUN,
        actor=actor,
        person_id=item.person_id,
        about=("conversation", begun.id),
        guide=guide,
    )
    return begun


@command
def note_danger(*, actor: Actor, at: datetime, conversation_id: UUID, danger: bool) -> Conversation:
    """Keep whether somebody is in immediate danger; it can be asked again at any moment of the talk.

    A yes raises a concern straight away, whatever becomes of the conversation.

    Raises:
        NotFoundError: there is no such conversation.
        ConversationFinishedError: it was finished.
    """
    talk = open_conversation(actor, conversation_id)
    talk.note_danger(danger=danger, at=at)
    if danger:
        raise_concern(
            actor=actor,
            at=at,
            person_id=talk.item.person_id,
            words="Somebody was said to be in immediate danger.",
            immediate_danger=True,
            # nobody is asked at such a moment; whoever answers the person looks at it before they read it
            why_not_safe="Nobody has asked yet: it was noted while somebody may have been in danger.",
        )
    record(
        events.DANGER_CHECKED,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
        answer="yes" if danger else "no",
    )
    return talk


@command
def autosave_answer(
    *,
    actor: Actor,
    at: datetime,
    conversation_id: UUID,
    prompt: str,
    words: str,
    opened: Sequence[str] = (),
) -> Answer:
    """Keep a version of an answer, as it was written. The last one stands; every earlier one is kept.

    Args:
        actor: who talks with the person.
        at: when.
        conversation_id: which conversation.
        prompt: code of the question.
        words: the answer.
        opened: what the page had as the answer (see ``rules.meanwhile.became``).

    Raises:
        NotFoundError: there is no such conversation, or no such prompt in its guide.
        ConversationFinishedError: it was finished.
        DangerNotAskedError: nobody has asked about immediate danger.
        AnswerTooLongError: it is too long; the version before stands.
        NotAnAnswerError: it is not one of the answers offered, or cannot be stored.
        NothingNewError: nothing has changed, or nothing on this page.
        ChangedMeanwhileError: it was changed on this page and on another; what was saved stands.
    """
    talk = open_conversation(actor, conversation_id)
    if talk.danger_asked_at is None:
        raise DangerNotAskedError(_("First ask whether somebody is in immediate danger now."))
    asked = prompts_of(talk).get(prompt)
    if asked is None:
        raise NotFoundError(_("There is no such question in this conversation."))
    newest = Answer.objects.filter(conversation=talk, prompt=prompt).order_by("-version").first()
    match became(words, stands=newest.words if newest else "", opened=opened):
        case Box.SAME | Box.LEFT:
            raise NothingNewError(_("This is already saved."))
        case Box.BOTH:
            raise ChangedMeanwhileError
    if len(words) > LONGEST_ANSWER:
        raise AnswerTooLongError(
            _(
                "An answer can have at most %(most)s characters, and this has %(number)s. "
                "Shorten it. What was saved before is still saved."
            )
            % {"most": f"{LONGEST_ANSWER:,}", "number": f"{len(words):,}"}
        )
    if "\x00" in words:
        raise NotAnAnswerError(
            _("This contains a character that cannot be saved. Type it instead of pasting it.")
        )
    given = words.split("\n") if asked["answer"] == "noticed" else [words]
    if asked["choices"] and words and not set(given) <= set(asked["choices"]):
        raise NotAnAnswerError(_("Choose one of: %(choices)s.") % {"choices": ", ".join(asked["choices"])})
    kept = Answer.keep(
        conversation=talk,
        prompt=prompt,
        version=newest.version + 1 if newest else 1,
        words=words,
        by_name=actor.name,
        at=at,
    )
    record(
        events.ANSWER_KEPT,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
        prompt=prompt,
        version=kept.version,
    )
    return kept


@command
def finish_conversation(
    *,
    actor: Actor,
    at: datetime,
    conversation_id: UUID,
    came: list[Came],
    next_steps: str = "",
    told: Mapping[str, str] | None = None,
    opened: Mapping[str, Sequence[str]] | None = None,
) -> Conversation:
    """End a conversation with what came of it and the person's own next steps, in their words.

    What they said about their strengths, people, wishes and worries goes word for word to their page.
    The item stays open: whoever has it finishes it separately. Where it ended before, such as by another
    organisation taking it over, the conversation may end with nothing. So it may where it became known that
    the person has died, and then nobody is referred: what was written for that is kept.

    Args:
        actor: who talked with the person.
        at: when.
        conversation_id: which conversation.
        came: what came of it.
        next_steps: the person's own, in their words.
        told: every box of the page it is ended from: what was saved in one of them meanwhile would be lost.
        opened: what the page had in each (see ``rules.meanwhile.became``).

    Raises:
        NotFoundError: there is no such conversation; or no such organisation to refer to.
        ConversationFinishedError: it was finished, on this device or another.
        DangerNotAskedError: nobody has asked about immediate danger.
        NothingCameOfItError: neither an outcome nor a next step is given.
        OutcomeIncompleteError: a part of an outcome is missing.
        ChangedMeanwhileError: what is written about how it ends was changed on another page.
    """
    talk = open_conversation(actor, conversation_id)
    stand = boxes(told or {}, stands=talk.ending, opened=opened or {})
    if {Box.LEFT, Box.BOTH} & set(stand.values()):
        raise ChangedMeanwhileError
    if talk.danger_asked_at is None:
        raise DangerNotAskedError(_("First ask whether somebody is in immediate danger now."))
    chosen = list(Outcome.objects.filter(conversation=talk).values_list("kind", flat=True))
    died = whole(talk.item.person).has_died
    ended = talk.item.state not in OPEN
    if not (died or ended or came or chosen or next_steps.strip()):
        raise NothingCameOfItError(
            _(
                "Enter what the person will do next, in their words, or what you advised or where you "
                "signposted or referred them."
            )
        )
    talk.finish(next_steps=next_steps, by=actor.name, at=at)
    unasked = [each for each in came if died and each.kind == OutcomeKind.REFERRAL]
    for each in unasked:
        keep_unasked(
            actor=actor, at=at, item=talk.item, of=each.organisation_id, words=each.words,
            person_agrees=each.person_agrees, why_not_safe=each.why_not_safe,
        )  # fmt: skip
    came = [each for each in came if each not in unasked]
    for each in came:
        _note_outcome(talk, each, actor, at)
    _hand_words_on(talk, actor, at)
    record(
        events.CONVERSATION_FINISHED,
        actor=actor,
        person_id=talk.item.person_id,
        about=("conversation", talk.id),
        outcomes=", ".join(sorted([*(each.kind for each in came), *chosen]))
        or ("next steps alone" if next_steps.strip() else "nothing"),
    )
    return talk


def guide_as_kept(guide: Guide) -> dict[str, Any]:
    """Return what a conversation keeps of a guide, so that what was asked can always be read."""
    return guide.model_dump(mode="json")


def open_conversation(actor: Actor, conversation_id: UUID) -> Conversation:
    """Return a conversation that the actor holds, locked until the transaction ends.

    Raises:
        NotFoundError: there is no such conversation.
        ConversationFinishedError: it was finished.
    """
    talk = lock_conversation(actor=actor, conversation_id=conversation_id)
    require(permissions.may_hold_conversation(actor, talk.item))
    if talk.finished_at:
        raise ConversationFinishedError(
            _("%(name)s finished this conversation. If there is more, add it to the item as a note.")
            % {"name": talk.finished_by}
        )
    return talk


def _note_outcome(talk: Conversation, came: Came, actor: Actor, at: datetime) -> None:
    what: dict[str, Any] = {"words": came.words.strip()}
    if came.kind == OutcomeKind.SIGNPOST:
        if not came.service_name.strip():
            raise OutcomeIncompleteError(_("Say where you pointed the person to."))
        what |= {
            "service_name": came.service_name.strip(),
            "service_telephone": came.service_telephone.strip(),
            "service_id": came.service_id,
            "on_paper": came.on_paper,
        }
    elif not came.words.strip():
        raise OutcomeIncompleteError(_say_what(came.kind))
    elif came.kind == OutcomeKind.CONCERN:
        what["concern"] = raise_concern(
            actor=actor,
            at=at,
            person_id=talk.item.person_id,
            words=came.words,
            talked_through=came.talked_through,
            why_not_safe=came.why_not_safe,
        )
    elif came.kind == OutcomeKind.REFERRAL:
        if came.organisation_id is None:
            raise OutcomeIncompleteError(_("Choose the organisation you are referring the person to."))
        what["referral"] = make_referral(
            actor=actor,
            at=at,
            item_id=talk.item_id,
            to_organisation_id=came.organisation_id,
            why=came.words,
            person_agrees=came.person_agrees,
            why_not_safe=came.why_not_safe,
            priority=came.priority,
        )
    else:
        what["on_paper"] = came.on_paper
    Outcome.note(conversation=talk, kind=came.kind, at=at, **what)


def _say_what(kind: OutcomeKind) -> str:
    if kind == OutcomeKind.ADVICE:
        return _("Say in words what the advice is about.")
    if kind == OutcomeKind.REFERRAL:
        return _("Say in words what the referral is about.")
    return _("Say in words what the concern is about.")


def _hand_words_on(talk: Conversation, actor: Actor, at: datetime) -> None:
    for said in said_in(talk):
        write_down_words(
            actor=actor,
            at=at,
            person_id=talk.item.person_id,
            section=said.section,
            words=said.words,
            said_on=timezone.localdate(at),
            how=said.how,
            place=said.place,
        )
