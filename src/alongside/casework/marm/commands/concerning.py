"""Raising a concern, checking what else it may mean, and sending it on: each alone, or all."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, Concern, Onward, Screening
from alongside.casework.marm.queries.doors import get_case
from alongside.casework.marm.queries.pack import forum_of, marm_pack, tool_of
from alongside.casework.marm.rules.onward import Came
from alongside.casework.marm.rules.screening import (
    DomesticAbuse,
    Limb,
    Said,
    is_safeguarding,
    tool_says,
    ways_to_marac,
)
from alongside.casework.operations import command
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person


class UnsaidError(CaseworkError):
    """Something is missing without which this cannot be saved: the message says what."""


@command
def raise_concern(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    words: str,
    immediate_danger: bool = False,
    talked_through: bool = False,
    why_not_safe: str = "",
) -> Concern:
    """Raise a concern about somebody, however small: with others it may add up.

    Where ``why_not_safe`` says why it is not safe for the person to know about it, their statement does not
    mention it.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        UnsaidError: it says nothing.
    """
    require(permissions.may_raise_concerns(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if not words.strip():
        raise UnsaidError(_("Say in words what the concern is about."))
    concern = Concern.raise_about(
        person_id=person.id, organisation_id=actor.member_of, words=words, immediate_danger=immediate_danger,
        talked_through=talked_through, why_not_safe=why_not_safe, by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    record(events.CONCERN_RAISED, actor=actor, person_id=person.id, about=("concern", concern.id))
    return concern


@command
def ask_three_limbs(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    forum: str,
    limbs: Mapping[Limb, Said],
    words: str,
    concern_id: UUID | None = None,
) -> Screening:
    """Save what is known about the three limbs of section 42 of the Care Act 2014, asked side by side.

    Raises:
        NotFoundError: there is no such person, concern or forum.
        UnsaidError: a limb has no answer, or there is no reason.
    """
    if set(limbs) != set(Limb):
        raise UnsaidError(_("Answer all three. Not known is an answer too."))
    return _keep(
        actor, at, person_id, forum, concern_id, words,
        answers={limb.value: limbs[limb].value for limb in Limb},
        because=["limbs"] if is_safeguarding(limbs) else [],
    )  # fmt: skip


@command
def ask_about_domestic_abuse(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    forum: str,
    known: DomesticAbuse,
    words: str,
    concern_id: UUID | None = None,
) -> Screening:
    """Save what is known about domestic abuse, and in which ways it is a matter for a MARAC.

    Raises:
        NotFoundError: there is no such person, concern or forum.
        UnsaidError: there is no reason.
    """
    ways = ways_to_marac(known, marm_pack().marac)
    return _keep(
        actor, at, person_id, forum, concern_id, words,
        answers={
            "count": known.count, "judgement": known.judgement, "events": known.events,
            "since_marac": known.since_marac,
        },
        because=[way.value for way in ways],
    )  # fmt: skip


@command
def ask_with_tool(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    forum: str,
    answers: Mapping[str, Said],
    words: str,
    concern_id: UUID | None = None,
) -> Screening:
    """Save the answers to the partnership's own questions about whether a forum is needed.

    Raises:
        NotFoundError: there is no such person, concern, forum or tool.
        UnsaidError: there is no reason.
    """
    tool = tool_of(forum_of(forum))
    said = {each.code: answers.get(each.code, Said.NOT_KNOWN).value for each in tool.questions}
    return _keep(
        actor, at, person_id, forum, concern_id, words,
        answers=said, because=[tool.code] if tool_says(tool, answers) else [],
    )  # fmt: skip


@command
def send_onward(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    forum: str,
    why: str,
    sent_to: str,
    sent_on: date,
    reference: str = "",
    concern_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Onward:
    """Write down that a person's matter was sent to another process. It waits until the outcome is noted.

    It is sent in that process's own way; what may be told there is a decision about sharing.

    Raises:
        NotFoundError: there is no such person, concern, case or forum.
        UnsaidError: it does not say why or to whom, or the day is still to come.
    """
    require(permissions.may_raise_concerns(actor))
    person = lock_person(actor=actor, person_id=person_id)
    known = forum_of(forum)
    if not why.strip() or not sent_to.strip():
        raise UnsaidError(_("Say why, and who it was sent to."))
    _must_have_been(sent_on, at)
    onward = Onward.send(
        person_id=person.id, organisation_id=actor.member_of, concern=_concern(person, concern_id),
        case=_case(actor, person, case_id), forum=known.code, why=why, sent_to=sent_to,
        reference=reference, sent_on=sent_on, by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.SENT_ONWARD, actor=actor, person_id=person.id, forum=known.code, about=("onward", onward.id)
    )
    return onward


@command
def note_what_came(
    *, actor: Actor, at: datetime, person_id: UUID, onward_id: UUID, came: Came, on: date, words: str
) -> Onward:
    """Write down what another process answered, or how it ended there.

    Raises:
        NotFoundError: there is no such person, or the actor's organisation sent on nothing with this id.
        AlreadyDoneError: it has already been noted.
        UnsaidError: it does not say what came of it, or the day is still to come, or before it was sent.
    """
    require(permissions.may_raise_concerns(actor))
    person = lock_person(actor=actor, person_id=person_id)
    records = Person.objects.records_of(person.id)
    onward = (
        Onward.objects.select_for_update(no_key=True)
        .filter(id=onward_id, person__in=records, organisation_id=actor.member_of)
        .first()
    )
    if onward is None:
        raise NotFoundError(_("Your organisation has not sent this on."))
    if onward.came and (onward.came != Came.TAKEN_ON or came is not Came.ENDED):
        raise AlreadyDoneError(_("What came of this has already been written down."))
    if not words.strip():
        raise UnsaidError(_("Say what came of it."))
    _must_have_been(on, at)
    if on < onward.sent_on:
        raise UnsaidError(_("That is before it was sent."))
    onward.say_what_came(came=came, on=on, words=words, by=actor.name)
    record(
        events.CAME_BACK, actor=actor, person_id=person.id, forum=onward.forum, came=came.value,
        about=("onward", onward.id),
    )  # fmt: skip
    return onward


def _keep(
    actor: Actor,
    at: datetime,
    person_id: UUID,
    forum: str,
    concern_id: UUID | None,
    words: str,
    *,
    answers: Mapping[str, object],
    because: list[str],
) -> Screening:
    require(permissions.may_raise_concerns(actor))
    person = lock_person(actor=actor, person_id=person_id)
    known = forum_of(forum)
    if not words.strip():
        raise UnsaidError(_("Say what makes you answer this way, whatever the answers are."))
    screening = Screening.keep(
        person_id=person.id, organisation_id=actor.member_of, concern=_concern(person, concern_id),
        forum=known.code, answers=dict(answers), leads_on=bool(because), because=because, words=words.strip(),
        by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.SCREENED, actor=actor, person_id=person.id, forum=known.code,
        leads_on=screening.leads_on, about=("screening", screening.id),
    )  # fmt: skip
    return screening


def _concern(person: Person, concern_id: UUID | None) -> Concern | None:
    if concern_id is None:
        return None
    found = Concern.objects.filter(id=concern_id, person__in=Person.objects.records_of(person.id)).first()
    if found is None:
        raise NotFoundError(_("There is no such concern about this person."))
    return found


def _case(actor: Actor, person: Person, case_id: UUID | None) -> Case | None:
    if case_id is None:
        return None
    case = get_case(actor=actor, case_id=case_id)
    if case.person_id not in Person.objects.records_of(person.id):
        raise NotFoundError(_("That case is about somebody else."))
    return case


def _must_have_been(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise UnsaidError(_("The day must be today or in the past."))
