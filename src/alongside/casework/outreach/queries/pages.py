"""One item, one conversation, the page the person keeps, and referrals; each reading is recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When, Window
from django.db.models.functions import Rank
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision, require
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import Leaf, leaf, rows_between
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.kernel.rows import as_models, in_one
from alongside.casework.marm.models import Concern
from alongside.casework.operations import query
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.models import (
    Answer,
    Attempt,
    Conversation,
    HandOver,
    Judgement,
    Note,
    Outcome,
    Referral,
    WorkItem,
)
from alongside.casework.outreach.queries.deaths import died_since
from alongside.casework.outreach.queries.doors import get_conversation, get_item
from alongside.casework.outreach.queries.handing import AskedAway, asked_away
from alongside.casework.outreach.queries.lists import is_managed
from alongside.casework.outreach.queries.standing import stands
from alongside.casework.outreach.queries.taking_back import (
    may_be_taken_back,
    must_not_be_taken_back,
    taken_back_of,
)
from alongside.casework.outreach.queries.unsafe import is_raised_unsafely
from alongside.casework.outreach.rules import (
    OutcomeKind,
    ReferralState,
    ends_with_flag,
    is_let_go,
)
from alongside.casework.outreach.rules.risks import RISK
from alongside.casework.people.models import AboutMe, Person, Whole
from alongside.casework.people.models.about_me import AT_ONCE, NEWEST_FIRST
from alongside.casework.people.queries.disputed import Marks, disputed
from alongside.casework.people.queries.whole import whole

Done = TypeVar("Done", Attempt, Note)
WORDS_SHOWN = 5
REFERRALS_SHOWN = 100
"""How many referrals of each kind a page shows."""
AWAITED = (ReferralState.ASKED, ReferralState.ACCEPTED)
"""What somebody still has to answer or to finish."""
TAKEN_ON = (ReferralState.ACCEPTED, ReferralState.DONE)
BOTH = ("to_organisation", "from_organisation")


@dataclass(frozen=True)
class ItemPage:
    """All that the page of an item shows. The person's own words come first."""

    item: WorkItem
    person: Whole
    said: list[AboutMe]
    flag_holds: bool
    is_let_go: bool
    """Whether the flag has ended, and the item ends with it at night, as nobody has taken the person up."""
    ends_with_flag: bool
    """Whether the reader sees the person because of this flag alone, and nobody has taken them up."""
    judgement: Judgement | None
    attempts: list[Attempt]
    notes: list[Note]
    conversations: list[Conversation]
    concerns: list[Concern]
    referrals: list[Referral]
    """Those made from it."""
    referred_to_us: list[Referral]
    """Those of the person that its organisation accepted, the newest first."""
    hand_over: HandOver | None
    asked_away: AskedAway | None
    asked_of_me: bool
    may_work: bool
    may_take: bool
    """Whether nobody has it and the reader may take it."""
    may_refer: bool
    """Whether the reader may refer the person from it, and take that back until it is answered."""
    talked_through: dict[str, Answer]
    """Code of a risk to the latest the person said about it; a risk nobody asked them about is not there."""
    may_give: bool
    raised_unsafely: bool
    """Whether what it was raised for must not be spoken of, as a worry is not safe for the person to know."""
    disputed: Marks
    """What to show beside the flag or a concern that is disputed."""


@dataclass(frozen=True)
class ConversationPage:
    """A conversation: the newest version of each answer, and how many there were."""

    talk: Conversation
    person: Whole
    answers: dict[str, Answer]
    services: list[Outcome]
    """The services the person was pointed to so far."""
    came: list[Outcome]
    """All that came of it, the services too."""
    raised_unsafely: bool
    """Whether what its item was raised for must not be spoken of (see ``is_raised_unsafely``)."""
    not_theirs_until: datetime | None
    """When it was noted that the wrong person had spoken."""

    def is_not_theirs(self, kept: Answer) -> bool:
        """Whether an answer was written before that, and so is not kept as the person's."""
        return self.not_theirs_until is not None and kept.at <= self.not_theirs_until


@dataclass(frozen=True)
class NextStepsPage:
    """What the person keeps: their words, and only those outcomes they want on it."""

    person: Person
    talk: Conversation
    outcomes: list[Outcome]
    known: Whole
    """The person by all their records."""


@dataclass(frozen=True)
class ReferralsPage:
    """Referrals to the actor's organisation that await something, and those it made: a page of each."""

    to_us: Leaf[Referral]
    from_us: Leaf[Referral]
    managed: bool
    """Whether it has somebody who can give an accepted referral to a colleague."""
    died: frozenset[UUID]
    """Those that are still open, and whose person has died."""
    taken_back: list[Referral]
    """Those to it that were lately taken back."""
    may_take_back: frozenset[UUID]
    """Those it made that the reader may take back."""


@query(records=True)
def item_page(*, actor: Actor, item_id: UUID, at: datetime) -> ItemPage:
    """Return the page of an item, and record that the actor looked.

    Raises:
        NotFoundError: there is no such item, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    item = get_item(actor=actor, item_id=item_id)
    known = whole(item.person)
    person, everywhere = known.head, [each.id for each in known.records]
    referrals = list(_referrals(item=item.id, people=everywhere, organisation=item.organisation_id))
    offered = next(iter(_offered(item=item.id)), None)
    stand = stands(item.flag, at, records=everywhere) if item.flag else None
    done = as_models(_done(item=item.id))
    concerns = _concerns(people=everywhere, organisation=item.organisation_id)
    unsafe = any(each.why_not_safe for each in concerns) or any(each.why_not_safe for each in referrals)
    page = ItemPage(
        item=item,
        person=known,
        said=_said(people=everywhere),
        flag_holds=item.flag is not None and item.flag.is_in_force(at),
        is_let_go=stand is not None and is_let_go(stand.standing),
        ends_with_flag=stand is not None
        and ends_with_flag(stand.standing)
        and not (stand.seen_otherwise or (item.later_flag and item.later_flag.is_in_force(at))),
        judgement=getattr(item, "judgement", None),
        attempts=_newest_first(done.get(Attempt._meta.label, [])),
        notes=_newest_first(done.get(Note._meta.label, [])),
        conversations=_conversations(item=item.id),
        concerns=concerns,
        referrals=[each for each in referrals if each.item_id == item.id],
        referred_to_us=[each for each in referrals if each.item_id != item.id and _is_taken_on(each, item)],
        hand_over=offered,
        asked_away=asked_away(offered, timezone.localdate(at)) if offered else None,
        asked_of_me=offered is not None and permissions.may_answer_hand_over(actor, offered).allowed,
        may_work=permissions.may_work(actor, item).allowed,
        may_take=permissions.may_take(actor, item).allowed,
        may_refer=permissions.may_refer(actor, item).allowed,
        talked_through=_talked_through(item),
        may_give=permissions.may_manage(actor).allowed,
        raised_unsafely=bool(item.raised_why) and unsafe,
        disputed=disputed(person.id),
    )
    record(events.ITEM_SEEN, actor=actor, person_id=person.id, about=("work_item", item.id))
    return page


@composed_once
def _offered(*, item: UUID) -> QuerySet[HandOver]:
    return HandOver.objects.open().filter(item=item).select_related("to__user")


@composed_once
def _said(*, people: list[UUID]) -> QuerySet[AboutMe]:
    """The newest, with the rest of what was said in the same conversation, however much that is."""
    newer = Window(Rank(), order_by=AT_ONCE)
    said = AboutMe.objects.filter(among("person", people)).annotate(newer=newer)
    return said.filter(newer__lte=WORDS_SHOWN).order_by(*NEWEST_FIRST)


@composed_once
def _done(*, item: UUID) -> QuerySet[Any, tuple[str, str]]:
    """What was tried and noted, in one query: the page has no more to spare."""
    return in_one(Attempt.objects.filter(item=item), Note.objects.filter(item=item))


def _newest_first(rows: list[Done]) -> list[Done]:
    return sorted(sorted(rows, key=lambda each: each.id), key=lambda each: each.at, reverse=True)


@composed_once
def _conversations(*, item: UUID) -> QuerySet[Conversation]:
    return Conversation.objects.filter(item=item).order_by("-begun_at")


@composed_once
def _concerns(*, people: list[UUID], organisation: UUID) -> QuerySet[Concern]:
    ours = Concern.objects.filter(among("person", people), organisation=organisation)
    return ours.order_by("-raised_at")


@composed_once
def _referrals(*, item: UUID, people: list[UUID], organisation: UUID) -> QuerySet[Referral]:
    """What the page shows, and what else of this organisation's is not safe for the person to know."""
    theirs = among("person", people)
    to_us = Q(theirs, to_organisation=organisation, state__in=TAKEN_ON)
    ours = Q(to_organisation=organisation) | Q(from_organisation=organisation)
    shown_or_unsafe = Q(item=item) | to_us | Q(theirs, ours, ~Q(why_not_safe=""))
    return Referral.objects.filter(shown_or_unsafe).select_related(*BOTH).order_by("-made_at")


def _is_taken_on(referral: Referral, item: WorkItem) -> bool:
    return referral.to_organisation_id == item.organisation_id and referral.state in TAKEN_ON


@query(records=True)
def form_about_item(
    *, actor: Actor, item_id: UUID, may: Callable[[Actor, WorkItem], Decision] | None = None
) -> str:
    """Return what the person an item is about likes to be called, and record that the actor looked.

    Raises:
        NotFoundError: there is no such item, or it is not the actor's to see.
        NotAllowedError: what the form is for is not theirs to do, as ``may`` says: it is not shown, so that
            nobody fills in what would be refused.
    """
    require(permissions.may_read_list(actor))
    item = get_item(actor=actor, item_id=item_id)
    if may is not None:
        require(may(actor, item))
    person = item.person_now
    record(events.ITEM_SEEN, actor=actor, person_id=person.id, about=("work_item", item.id))
    return person.known_as


@query()
def skills_needed(*, actor: Actor, item_id: UUID) -> list[str]:
    """Return what whoever contacts the person of an item must be able to do.

    Raises:
        NotFoundError: there is no such item, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    return list(get_item(actor=actor, item_id=item_id).skills)


def _talked_through(item: WorkItem) -> dict[str, Answer]:
    newest: dict[tuple[UUID, str], Answer] = {}
    for answer in _about_risks(item=item.id):
        newest[answer.conversation_id, answer.prompt] = answer
    # what was said in an earlier talk stands, if the later one left the question empty
    return {answer.prompt: answer for answer in newest.values() if answer.words.strip()}


@composed_once
def _about_risks(*, item: UUID) -> QuerySet[Answer]:
    kept = Answer.objects.filter(conversation__item=item, prompt__startswith=RISK)
    return kept.order_by("conversation__begun_at", "prompt", "version")


@query(records=True)
def conversation_page(*, actor: Actor, conversation_id: UUID) -> ConversationPage:
    """Return a conversation as it stands, and record that the actor looked.

    Raises:
        NotFoundError: there is no such conversation, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    talk = get_conversation(actor=actor, conversation_id=conversation_id)
    person = whole(talk.item.person)
    newest = {kept.prompt: kept for kept in _answers(conversation=talk.id)}
    record(
        events.CONVERSATION_SEEN,
        actor=actor,
        person_id=person.head.id,
        about=("conversation", conversation_id),
    )
    outcomes = _outcomes(conversation=talk.id)
    services = [each for each in outcomes if each.kind == OutcomeKind.SIGNPOST]
    unsafe = is_raised_unsafely(talk.item, [each.id for each in person.records])
    until = talk.not_theirs_until  # type: ignore[attr-defined]
    return ConversationPage(talk, person, newest, services, outcomes, unsafe, until)


@composed_once
def _answers(*, conversation: UUID) -> QuerySet[Answer]:
    return Answer.objects.filter(conversation=conversation).order_by("prompt", "version")


@composed_once
def _outcomes(*, conversation: UUID) -> QuerySet[Outcome]:
    outcomes = Outcome.objects.filter(conversation=conversation).order_by("at", "id")
    return outcomes.select_related("referral__from_organisation", "referral__to_organisation")


@query(records=True)
def next_steps_page(*, actor: Actor, conversation_id: UUID) -> NextStepsPage:
    """Return the page the person keeps, and record that it was opened.

    Raises:
        NotFoundError: there is no such conversation, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    talk = get_conversation(actor=actor, conversation_id=conversation_id)
    person = talk.item.person_now
    outcomes = [each for each in _outcomes(conversation=talk.id) if each.on_paper]
    record(events.NEXT_STEPS_SEEN, actor=actor, person_id=person.id, about=("conversation", conversation_id))
    return NextStepsPage(person, talk, outcomes, whole(person))


@query(records=True)
def referrals_page(*, actor: Actor, at: datetime, to_us_from: int = 0) -> ReferralsPage:
    """Return referrals to the actor's organisation that are open, and those it made, as their answers wait.

    There are ``REFERRALS_SHOWN`` of each at the most. Of those to it, the soonest come first, after
    ``to_us_from``; of those it made, what has waited longest, then what was answered, the newest first.
    """
    require(permissions.may_see_referrals(actor))
    ours = actor.member_of
    to_us = leaf(partial(_to, ours), to_us_from, REFERRALS_SHOWN)
    from_us = leaf(partial(_from, ours), 0, REFERRALS_SHOWN)
    still_open = [each.id for each in (*to_us.rows, *from_us.rows) if each.state in AWAITED]
    page = ReferralsPage(
        to_us=to_us,
        from_us=from_us,
        managed=is_managed(organisation=ours, day=timezone.localdate(at)),
        died=died_since(actor, still_open),
        taken_back=taken_back_of(ours, at),
        may_take_back=may_be_taken_back(actor, from_us.rows),
    )
    shown = len(page.to_us.rows) + len(page.from_us.rows) + len(page.taken_back)
    record(events.REFERRALS_SEEN, actor=actor, referrals=shown)
    return page


def _to(organisation: UUID, after: int, until: int) -> list[Referral]:
    return _numbered_to(organisation=organisation, after=after, until=until)


@composed_once
def _numbered_to(*, organisation: UUID, after: int, until: int) -> QuerySet[Referral]:
    soonest = _open_to(organisation).order_by("priority", "made_at", "id")
    return rows_between(soonest, after=after, until=until)


def _from(organisation: UUID, after: int, until: int) -> list[Referral]:
    return _numbered_from(organisation=organisation, after=after, until=until)


@composed_once
def _numbered_from(*, organisation: UUID, after: int, until: int) -> QuerySet[Referral]:
    waits_since = Case(When(state__in=AWAITED, then="made_at"))
    made = Referral.objects.filter(from_organisation=organisation).select_related(*BOTH)
    in_order = made.order_by(waits_since.asc(nulls_last=True), "-made_at", "id")
    return rows_between(in_order, after=after, until=until)


@query(records=True)
def referral_to_us(*, actor: Actor, referral_id: UUID) -> tuple[Referral, bool]:
    """Return one open referral to the actor's organisation, and whether the person has died since.

    It is recorded that the actor looked.

    Raises:
        NotAllowedError: the actor's role has nothing to do with referrals.
        NotFoundError: there is none, it is another organisation's, or it is no longer open.
        ReferralTakenBackError: whoever made it has taken it back.
    """
    require(permissions.may_see_referrals(actor))
    found = _one_to(organisation=actor.member_of, referral=referral_id)
    if not found:
        for each in Referral.objects.filter(id=referral_id, to_organisation_id=actor.member_of):
            must_not_be_taken_back(each)
        raise NotFoundError(_("There is no such referral to your organisation."))
    record(events.REFERRALS_SEEN, actor=actor, referrals=len(found))
    return found[0], bool(died_since(actor, [found[0].id]))


@composed_once
def _one_to(*, organisation: UUID, referral: UUID) -> QuerySet[Referral]:
    return _open_to(organisation).filter(id=referral)


def _open_to(organisation: UUID) -> QuerySet[Referral]:
    waits = Referral.objects.filter(to_organisation=organisation, state__in=AWAITED)
    return waits.select_related(*BOTH)
