"""Death or serious harm: written down, and answered by asking for a review or saying why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, HarmNoted, Onward
from alongside.casework.marm.queries.doors import cases_within, lock_case
from alongside.casework.marm.queries.harm import get_harm
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import forum_of
from alongside.casework.marm.rules.harm import Happened, Harm, wrong_with_harm
from alongside.casework.notices.commands import tell_holders, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people.models import Person

AFTER_HARM: Asked[Callable[[Actor, datetime, UUID], None]] = Asked()
"""What apps above do about a person who died or was seriously harmed, in the same transaction: each is given
who noted it, when, and the person's id."""


class NotedAlreadyError(AlreadyDoneError):
    """It has already been written down; ``noted`` is the id of what was written."""

    def __init__(self, words: str, noted: UUID) -> None:
        super().__init__(words)
        self.noted = noted


@dataclass(frozen=True)
class SentToReview:
    """A request sent to a review board: which board in the area pack, to whom, when, and its reference."""

    forum: str
    sent_to: str
    sent_on: date
    reference: str = ""


@command
def note_harm(*, actor: Actor, at: datetime, case_id: UUID, happened: Happened) -> HarmNoted:
    """Write down that the person died or was seriously harmed. Their records are held, and the lead is told.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NotedAlreadyError: the same has already been written down for that day; or that the person died, on
            any day, in any case of theirs that the actor's organisation takes part in.
        UnsaidError: something is missing, or a day is impossible.
    """
    require(permissions.may_take_part(actor))
    case = lock_case(actor=actor, case_id=case_id)
    if wrong := wrong_with_harm(happened, day=timezone.localdate(at)):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    _must_be_new(actor, case, happened)
    noted = HarmNoted.note(
        case=case, organisation_id=actor.member_of, happened=happened, by=actor.name, by_id=actor.account,
        at=at,
    )  # fmt: skip
    record(
        events.HARM_NOTED, actor=actor, person_id=case.person_id, about=("harm", noted.id),
        harm=happened.harm.value,
    )  # fmt: skip
    for after in AFTER_HARM:
        after(actor, at, case.person_id)
    now = leading_now(case).now
    tell_holders([now.member_id if now else None], actor=actor, at=at)
    tell_those_who_may(Permission.CASE_COORDINATE, organisation_id=case.coordinating_id, actor=actor, at=at)
    return noted


@command
def answer_harm(
    *, actor: Actor, at: datetime, harm_id: UUID, sent: SentToReview | None, why: str
) -> HarmNoted:
    """Write down that a review was asked for, or why not. Whether there is one is for the board to decide.

    Args:
        actor: whoever noted it, the lead, or a co-ordinator of the case.
        at: when.
        harm_id: what was noted.
        sent: where it was sent; None if no review is asked for.
        why: the reason, either way.

    Raises:
        NotFoundError: there is none in a case that the actor's organisation takes part in, or no such forum.
        NotAllowedError: the actor did not note it, and neither leads nor co-ordinates.
        AlreadyDoneError: it was answered.
        UnsaidError: something is missing, or the day is still to come.
    """
    case = lock_case(actor=actor, case_id=get_harm(actor=actor, harm_id=harm_id).case_id)
    harm = get_harm(actor=actor, harm_id=harm_id)
    require(permissions.may_answer_harm(actor, harm, leading_now(case).now))
    if harm.answered_at is not None:
        raise AlreadyDoneError(_("%(name)s has already answered this.") % {"name": harm.answered_by})
    if not why.strip():
        raise UnsaidError(_("Say why, either way."))
    onward = None
    if sent is not None:
        if not forum_of(sent.forum).reviews:
            raise NotFoundError(_("The area pack names no such review board."))
        if not sent.sent_to.strip() or sent.sent_on > timezone.localdate(at):
            raise UnsaidError(_("Say who it was sent to, and on what day: today or in the past."))
        onward = Onward.send(
            person_id=case.person_id, organisation_id=actor.member_of, concern=None, case=case,
            forum=sent.forum, why=why, sent_to=sent.sent_to, reference=sent.reference, sent_on=sent.sent_on,
            by=actor.name, by_id=actor.account, at=at,
        )  # fmt: skip
    harm.take_answer(onward, why=why, by=actor.name, by_id=actor.account, at=at)
    record(
        events.REVIEW_ANSWERED, actor=actor, person_id=case.person_id, about=("harm", harm.id),
        asked="yes" if onward else "no",
    )  # fmt: skip
    return harm


def _must_be_new(actor: Actor, case: Case, happened: Happened) -> None:
    # nobody dies twice, whenever and in whichever case each agency learns of it
    if happened.harm is Harm.DIED:
        seen = cases_within(False, actor.member_of, actor.account)
        theirs = HarmNoted.objects.filter(
            harm=Harm.DIED, case__in=seen, case__person__in=Person.objects.records_of(case.person_id)
        )
        said = _("Somebody has already written down that the person died.")
    else:
        theirs = HarmNoted.objects.filter(case=case, harm=happened.harm, learned_on=happened.learned_on)
        said = _("Somebody has already written this down for that day.")
    if first := theirs.order_by("noted_at", "id").first():
        raise NotedAlreadyError(said, first.id)
