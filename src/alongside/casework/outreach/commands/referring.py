"""Refer somebody to another organisation, and answer: yes, no with another way, or done."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Organisation, Team
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_holders, tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.distributing import open_item_of
from alongside.casework.outreach.commands.giving import give_to_themself
from alongside.casework.outreach.commands.half_way import keep_words_taken_over
from alongside.casework.outreach.commands.living import PersonDiedError, must_be_living
from alongside.casework.outreach.commands.referred import note_referral, raise_for_referral
from alongside.casework.outreach.commands.working import must_be_workable
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.deaths import died_since
from alongside.casework.outreach.queries.doors import lock_item, lock_referral
from alongside.casework.outreach.queries.lists import is_managed
from alongside.casework.outreach.queries.taking_back import must_not_be_taken_back
from alongside.casework.outreach.rules import (
    OPEN,
    Priority,
    ReferralState,
    State,
)
from alongside.casework.people.commands.reaching import end_reach_by_referral, reach_by_referral
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person
from alongside.casework.people.queries.telling import (
    must_be_free_to_answer,
    must_be_free_to_tell,
    must_still_be_free_to_tell,
)
from alongside.casework.people.queries.whole import whole

AGREES = ("yes", "no", "not_asked")


class ReferredToOneselfError(CaseworkError):
    """A referral goes to another organisation."""


class ReferredAlreadyError(AlreadyDoneError):
    """They have been asked, and have not answered or are working on it."""


class ReferralNeedsWordsError(CaseworkError):
    """A referral, or its answer, says too little to act on."""


class ReferralAnsweredError(AlreadyDoneError):
    """The referral was answered."""


class ReferralNotAcceptedError(CaseworkError):
    """A referral that was not accepted cannot be finished."""


@command
def make_referral(
    *,
    actor: Actor,
    at: datetime,
    item_id: UUID,
    to_organisation_id: UUID,
    why: str,
    person_agrees: str = "not_asked",
    hands_over: bool = False,
    why_not_safe: str = "",
    priority: Priority | None = None,
) -> Referral:
    """Ask another organisation to do something for the person of an item, or to take it over altogether.

    They see who is meant and why, and the record only once they accept; until then the item stays here.
    Without a ``priority`` they are asked to look as soon as a professional said for the item, or else this
    week. Where ``why_not_safe`` says why it is not safe for the person to know about it, their statement does
    not mention it.

    Raises:
        NotFoundError: there is no such item or organisation.
        JudgementFirstError, FlagExpiredError, ItemClosedError, NotAssignedError: nothing can be done on
            the item.
        PersonDiedError: it became known that they have died.
        ReferredToOneselfError: it goes to the actor's own organisation.
        ReferredAlreadyError: they already have one about this item.
        ReferralNeedsWordsError: the reason, or what the person said about it, is missing.
        ToldAgainstTheirWishError: the person asked that they are not told.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_refer(actor, item))
    must_be_living(
        item.person,
        _(
            "It is recorded that this person has died, so nobody was asked. What you wrote is still on this "
            "page. Finish the item, and say there what should be kept."
        ),
    )
    must_be_workable(item, at)
    if to_organisation_id == item.organisation_id:
        raise ReferredToOneselfError(_("Refer to another organisation. Within your own, hand the item over."))
    asked = Organisation.objects.filter(id=to_organisation_id).first()
    if asked is None:
        raise NotFoundError(_("There is no such organisation in the partnership."))
    if not why.strip() or person_agrees not in AGREES:
        raise ReferralNeedsWordsError(
            _("Say what you are asking for and why, and what the person said about it.")
        )
    lock_person(actor=actor, person_id=item.person_id)  # a choice they make meanwhile comes before or after
    must_be_free_to_tell(actor=actor, person_id=item.person_id, organisation_id=asked.id, at=at)
    pending = [ReferralState.ASKED, ReferralState.ACCEPTED]
    if item.referrals.filter(to_organisation=asked, state__in=pending).exists():
        raise ReferredAlreadyError(
            _("%(organisation)s already has a referral about this. Phone them.")
            % {"organisation": asked.name}
        )
    made = Referral.ask(
        item=item,
        who=whole(item.person).told_to_others,
        to_organisation_id=asked.id,
        hands_over=hands_over,
        why=why.strip(),
        why_not_safe=why_not_safe.strip(),
        purpose=actor.purpose,
        person_agrees=person_agrees,
        priority=Priority(priority or item.priority or Priority.THIS_WEEK),
        by=actor.name,
        at=at,
    )
    tell_those_who_may(Permission.REFERRAL_ANSWER, organisation_id=asked.id, actor=actor, at=at)
    record(
        events.REFERRAL_MADE,
        actor=actor,
        person_id=item.person_id,
        about=("referral", made.id),
        organisation=asked.name,
    )
    return made


@command
def accept_referral(
    *, actor: Actor, at: datetime, referral_id: UUID, team_id: UUID | None = None, take: bool = False
) -> WorkItem:
    """Accept a referral: the person is then on the organisation's list, and it may see them.

    It is listed for as soon as the referrer asked: on the actor's own list if they ``take`` it, or if their
    organisation has no manager who could give it to anybody. If the person is on the list already, it is
    noted there, and whoever has them is told. If the whole item was handed over, it ends for the organisation
    that referred, and what it has written down of a conversation half way is kept on the person's page.

    Raises:
        NotFoundError: there is no such referral; or no such team.
        ReferralAnsweredError: it was answered.
        ReferralTakenBackError: whoever made it has taken it back.
        PersonDiedError: it became known that they have died.
        LacksSkillError: the person is already on the list, for somebody with a skill that the actor lacks.
        WishedOtherwiseSinceError: the person has since asked that the actor's organisation is not told.
    """
    referral = _asked_of(actor, referral_id)
    if died_since(actor, [referral.id]):
        raise PersonDiedError(
            _(
                "It is recorded that this person has died, so you did not take this on. Do not ring or visit "
                "to find them. Close the referral, and tell whoever referred them why."
            )
        )
    must_still_be_free_to_tell(
        actor=actor,
        teller_id=referral.from_organisation_id,
        teller=referral.from_organisation.name,
        purpose=referral.purpose,
        person_id=referral.person_id,
        at=at,
    )
    team = Team.objects.filter(id=team_id, organisation_id=actor.member_of).first() if team_id else None
    if team_id and team is None:
        raise NotFoundError(_("There is no such team in your organisation."))
    referral.accept(by=actor.name, at=at)
    tell_named(referral.made_by, referral.from_organisation_id, actor=actor, at=at)
    record(
        events.REFERRAL_ANSWERED,
        actor=actor,
        person_id=referral.person_id,
        about=("referral", referral.id),
        answer="accepted",
    )
    # only the record it is about: the database shares others for as long as they are joined, and no longer
    reach_by_referral(
        actor=actor, at=at, person_id=referral.person_id, referral_id=referral.id, purpose=referral.purpose
    )
    if referral.hands_over:
        keep_words_taken_over(actor, at, referral.item_id)
        with beyond_reach(actor):
            theirs = WorkItem.objects.select_for_update(of=("self",), no_key=True).get(id=referral.item_id)
            if theirs.state in OPEN:
                theirs.move(
                    State.HANDED_OVER,
                    by=actor.name,
                    at=at,
                    why=f"{referral.to_organisation.name} took it over.",
                )
    person = Person.objects.get(id=referral.person_id)
    own = _on_own_list(referral, person, team, actor, at)
    if own.assigned_to_id is None and (take or not _managed(actor, at)):
        give_to_themself(own, actor, at)
    return own


@command
def decline_referral(
    *,
    actor: Actor,
    at: datetime,
    referral_id: UUID,
    why: str = "",
    other_route: str = "",
    cannot_say: bool = False,
) -> Referral:
    """Say no to a referral, why, and where the person can go instead. The referrer is told.

    If the actor ``cannot_say`` more, perhaps because the person asked that the referrer is told nothing, only
    that is sent.

    Raises:
        NotFoundError: there is no such referral.
        ReferralAnsweredError: it was answered.
        ReferralTakenBackError: whoever made it has taken it back.
        AnsweredAgainstTheirWishError: words would go back, and the person asked that they are told nothing.
        ReferralNeedsWordsError: the reason or the other route is missing.
    """
    referral = _asked_of(actor, referral_id)
    if cannot_say:
        why, other_route = _("We cannot say more."), _("Talk to us.")
    elif not why.strip() or not other_route.strip():
        raise ReferralNeedsWordsError(
            _("Say why not, and where the person can go instead. Nobody should be left with nowhere to go.")
        )
    else:
        _must_be_free_to_answer(referral, actor=actor, at=at)
    referral.decline(why=why.strip(), other_route=other_route.strip(), by=actor.name, at=at)
    tell_named(referral.made_by, referral.from_organisation_id, actor=actor, at=at)
    record(
        events.REFERRAL_ANSWERED,
        actor=actor,
        person_id=referral.person_id,
        about=("referral", referral.id),
        answer="declined",
    )
    return referral


@command
def complete_referral(
    *, actor: Actor, at: datetime, referral_id: UUID, words: str = "", cannot_say: bool = False
) -> Referral:
    """Say what was done. The referrer is told, and what the referral let the actor's organisation see ends.

    If the actor ``cannot_say`` more, perhaps because the person asked that the referrer is told nothing, only
    that is sent.

    Raises:
        NotFoundError: there is no such referral.
        AnsweredAgainstTheirWishError: words would go back, and the person asked that they are told nothing.
        ReferralNotAcceptedError: it was not accepted, or is done.
        TalkUnfinishedError: a colleague is half way through writing down a conversation, which nobody could
            finish any more.
        ReferralNeedsWordsError: it does not say what was done.
    """
    referral = lock_referral(actor=actor, referral_id=referral_id)
    require(permissions.may_answer_referral(actor, referral))
    if referral.state != ReferralState.ACCEPTED:
        raise ReferralNotAcceptedError(
            _("Only a referral that was accepted and is not yet done can be finished.")
        )
    if cannot_say:
        words = _("We cannot say more. Talk to us.")
    elif not words.strip():
        raise ReferralNeedsWordsError(
            _("Say in a sentence what was done, for the organisation that referred.")
        )
    else:
        _must_be_free_to_answer(referral, actor=actor, at=at)
    referral.finish(words=words.strip(), at=at)
    tell_named(referral.made_by, referral.from_organisation_id, actor=actor, at=at)
    record(
        events.REFERRAL_ANSWERED,
        actor=actor,
        person_id=referral.person_id,
        about=("referral", referral.id),
        answer="done",
    )
    end_reach_by_referral(actor=actor, at=at, person_id=referral.person_id, referral_id=referral.id)
    return referral


def _on_own_list(
    referral: Referral, person: Person, team: Team | None, actor: Actor, at: datetime
) -> WorkItem:
    """The item about the person: the one there is, brought forward if asked for sooner, or a new one.

    The words of the referral stand on the page of the item. They are not copied to one that was there before,
    whose other words may be told to the person, as they may not be safe for them to know.
    """
    there = open_item_of(person, actor.member_of)
    if there is None:
        return raise_for_referral(referral, person=person, team=team, at=at)
    own = WorkItem.objects.select_for_update(of=("self",), no_key=True).get(id=there.id)
    note_referral(own, referral, by_name=actor.name, at=at)
    tell_holders([own.assigned_to_id], actor=actor, at=at)
    return own


def _managed(actor: Actor, at: datetime) -> bool:
    return is_managed(organisation=actor.member_of, day=timezone.localdate(at))


def _must_be_free_to_answer(referral: Referral, *, actor: Actor, at: datetime) -> None:
    must_be_free_to_answer(
        actor=actor,
        asker_id=referral.from_organisation_id,
        asker=referral.from_organisation.name,
        person_id=referral.person_id,
        at=at,
        instead=_(
            "Tick “We cannot say more; talk to us” and leave the rest empty, or decide about sharing first."
        ),
    )


def _asked_of(actor: Actor, referral_id: UUID) -> Referral:
    referral = lock_referral(actor=actor, referral_id=referral_id)
    require(permissions.may_answer_referral(actor, referral))
    must_not_be_taken_back(referral)
    if referral.state != ReferralState.ASKED:
        raise ReferralAnsweredError(
            _("%(name)s has already answered this referral.") % {"name": referral.answered_by}
        )
    return referral
