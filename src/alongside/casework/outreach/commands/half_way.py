"""Conversations that are written down half way: who must finish them, and what is kept if nobody can."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.purposes import WATCHING_OVER
from alongside.casework.audit.recorder import record
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events
from alongside.casework.outreach.commands.half_told import keep_worries
from alongside.casework.outreach.commands.said import LONGEST_HOW, Said, on_their_page, said_in
from alongside.casework.outreach.models import Conversation, Outcome, WorkItem
from alongside.casework.outreach.queries.lists import is_managed
from alongside.casework.outreach.queries.not_theirs import not_theirs_until
from alongside.casework.outreach.rules import OPEN, OutcomeKind
from alongside.casework.people.commands.leaving import UnfinishedError
from alongside.casework.people.models import AboutMe, Reach
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import Section

_LAST = 999
"""The place of the next steps, which come after everything that was asked."""


class TalkUnfinishedError(UnfinishedError):
    """Something is written down in a conversation that nobody has finished."""


def no_talk_half_way(item: WorkItem) -> None:
    """Refuse to end an item while something is written down in a conversation on it.

    Raises:
        TalkUnfinishedError: it would never reach the person's page.
    """
    if any(map(_is_written_in, item.conversations.filter(finished_at=None))):
        raise TalkUnfinishedError(
            _(
                "What was written down in a conversation here is not on their page yet. "
                "Continue that conversation and finish it first."
            )
        )


def set_aside_what_is_not_theirs(actor: Actor, item: WorkItem) -> None:
    """Keep apart how the conversation on an item was to end, where it turns out that somebody else spoke.

    Whoever finishes it would otherwise send it on as the person's. The answers stay where they are: each says
    when it was written, so they are left out by that. Part of a command that has checked who asks.
    """
    open_talk = Conversation.objects.select_for_update(no_key=True).filter(item=item, finished_at=None)
    for talk in open_talk:
        chosen = list(Outcome.objects.filter(conversation=talk, kind=OutcomeKind.SIGNPOST).order_by("at"))
        talk.set_aside([each.service_name for each in chosen])
        for each in chosen:
            each.delete()
            record(
                events.SIGNPOST_DROPPED,
                actor=actor,
                person_id=item.person_id,
                about=("conversation", talk.id),
            )


def must_finish_talks(records: Collection[UUID], organisation_id: UUID, at: datetime) -> None:
    """Refuse to let an organisation stop seeing a person whose conversation it has written down half way.

    Part of a command that has checked who asks and sees all rows. The conversation is locked: nobody goes on
    writing while the command ends. One that nobody could finish holds nothing up: what was said is kept as
    where an organisation is cut off.

    Args:
        records: the ids of all records of the person.
        organisation_id: which organisation.
        at: when.

    Raises:
        TalkUnfinishedError: there is one; the message names who has it.
    """
    for talk in _half_way(item__person__in=records, item__organisation_id=organisation_id):
        if not _can_be_finished(talk.item, at):
            continue
        has_it = talk.item.assigned_to
        raise TalkUnfinishedError(
            _(
                "%(name)s has a conversation with this person that is not finished, and what was written "
                "down in it is not on their page yet. It must be finished first: after this, your "
                "organisation could no longer see the person. If you will stay in touch with them, record "
                "your involvement first."
            )
            % {"name": has_it.user.name if has_it else talk.begun_by}
        )


def keep_words_cut_off(actor: Actor, at: datetime, records: Collection[UUID]) -> None:
    """Put what was said on the person's page, where an organisation was cut off half way through writing.

    Whoever still sees the person reads it there. What worried whoever wrote, and what they had not sent yet,
    is kept as a concern of theirs. The conversation stays as it is: if the organisation comes to see the
    person again, it goes on where it was. One that was cut off earlier is not looked at again.

    Args:
        actor: who ended what let the organisation see the person; the command has checked them.
        at: when.
        records: the ids of all records of the people it was ended for.
    """
    with beyond_reach(actor):
        talks = _half_way(item__person__in=records)
        kept = [
            (talk, _keep(talk, at), keep_worries(talk, at)) for talk in talks if _is_cut_off(talk.item, at)
        ]
    for talk, said, worries in kept:
        given_for = talk.item.flag.release.purpose if talk.item.flag else ""
        for_whom: dict[str, Any] = {
            "actor": actor.working_for(actor.purpose or given_for or WATCHING_OVER),
            "person_id": talk.item.person_id,
            "about": ("conversation", talk.id),
        }
        if said:
            record(events.WORDS_KEPT, answers=said, **for_whom)
        if worries:
            record(events.WORRY_KEPT, concerns=worries, **for_whom)


def keep_words_taken_over(actor: Actor, at: datetime, item_id: UUID) -> None:
    """Put what was said on the person's page, where an item is taken over half way through writing it down.

    Whoever takes it over cannot wait for whoever wrote: from now on they alone have the person.

    Args:
        actor: who takes it over; the command has checked them.
        at: when.
        item_id: which item.
    """
    with beyond_reach(actor):
        kept = [(talk, _keep(talk, at)) for talk in _half_way(item=item_id)]
    for talk, said in kept:
        if said:
            record(
                events.WORDS_TAKEN_OVER,
                actor=actor,
                person_id=talk.item.person_id,
                about=("conversation", talk.id),
                answers=said,
            )


def _half_way(**of: Any) -> Iterator[Conversation]:
    talks = Conversation.objects.select_for_update(of=("self",), no_key=True).filter(finished_at=None, **of)
    with_item = talks.select_related(
        "item__person", "item__organisation", "item__assigned_to__user", "item__flag__release"
    )
    return filter(_is_written_in, with_item.order_by("id"))


def _is_written_in(talk: Conversation) -> bool:
    return bool(talk.ending) or talk.answers.exists()


def _can_be_finished(item: WorkItem, at: datetime) -> bool:
    """Whether a manager is there, or whoever has it, or somebody of its team who could take it.

    An item that has ended is on nobody's list: nobody would come upon the conversation.
    """
    day = timezone.localdate(at)
    if item.state not in OPEN:
        return False
    if is_managed(organisation=item.organisation_id, day=day):
        return True
    there = Membership.objects.on(day).who_may(Permission.CONVERSATION_HOLD)
    of_ours = there.filter(organisation_id=item.organisation_id)
    if item.assigned_to is not None:
        return of_ours.filter(user_id=item.assigned_to.user_id).exists()
    return item.team_id is not None and of_ours.filter(team_id=item.team_id).exists()


def _is_cut_off(item: WorkItem, at: datetime) -> bool:
    """Whether its organisation stopped seeing the person with what is being done now, and not before."""
    seen = Reach.objects.filter(person_id=item.person_id, organisation_id=item.organisation_id)
    return seen.filter(until=at).exists() and not seen.filter(until=None).exists()


def _keep(talk: Conversation, at: datetime) -> int:
    """Write it on their page; return how many answers were not there yet."""
    person = whole(talk.item.person).head
    said = [*said_in(talk), *_next_steps(talk)]
    for each in said:
        AboutMe.write_down(
            person=person,
            section=each.section,
            words=each.words,
            said_on=timezone.localdate(each.at),
            how=each.how,
            by=each.by_name,
            organisation_id=talk.item.organisation_id,
            at=at,
            place=each.place,
        )
    return len(said)


def _next_steps(talk: Conversation) -> Iterator[Said]:
    """What the person will do next, which stands on no page before the conversation is finished."""
    words, until = talk.ending.get("next_steps", ""), not_theirs_until(talk)
    if until is not None and (talk.steps_at or talk.begun_at) <= until:
        return
    if words.strip() and (Section.WISHES, words, _LAST) not in on_their_page(talk):
        how = f"In a conversation ({talk.guide_words['title']}), asked what they will do next"
        by = talk.steps_by or talk.item.organisation.name  # who wrote it was not always kept
        yield Said(Section.WISHES, words, how[:LONGEST_HOW], _LAST, by, talk.steps_at or talk.begun_at)
