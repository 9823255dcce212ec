"""A conversation half written is finished before its organisation leaves, or what was said is kept."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NoLongerSeenError
from alongside.casework.outreach.commands.distributing import distribute_flags, raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.half_way import TalkUnfinishedError
from alongside.casework.outreach.commands.referring import accept_referral, complete_referral, make_referral
from alongside.casework.outreach.commands.signposting import keep_ending
from alongside.casework.outreach.commands.talking import (
    Came,
    autosave_answer,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import Conversation, Referral, WorkItem
from alongside.casework.outreach.rules import OutcomeKind, Priority, Verdict
from alongside.casework.outreach.views import conversations, endings
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.involvement import end_involvement, note_involvement
from alongside.casework.people.models import AboutMe, Person, Reach
from alongside.casework.people.queries import person_page
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.commands.flags import withdraw_flag
from alongside.casework.sources.models import Release

pytestmark = pytest.mark.django_db
ADVICE = Came(OutcomeKind.ADVICE, words="Ring the bank.")
PENSION = "He takes my pension."
HOLDS = "Sam Boateng has a conversation with this person that is not finished"
GONE = {"kept": False, "gone": True, "said": "You can no longer see this record. Copy what you wrote."}


def talk_on(item: WorkItem, actor: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    begun = begin_conversation(actor=actor, at=at, item_id=item.id, guide="first_call/2", guide_words=guide)
    return note_danger(actor=actor, at=at, conversation_id=begun.id, danger=False)


def says(talk: Conversation, actor: Actor, at: datetime, words: str = PENSION) -> None:
    autosave_answer(actor=actor, at=at, conversation_id=talk.id, prompt="good_day", words=words)


@pytest.fixture
def referral(judged: WorkItem, worker: Actor, charity: Organisation, at: datetime) -> Referral:
    return make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="A befriender."
    )


@pytest.fixture
def talk(referral: Referral, peer: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    """Sam's, of a charity that sees the person because of the referral alone."""
    return talk_on(accept_referral(actor=peer, at=at, referral_id=referral.id, take=True), peer, at, guide)


@pytest.fixture
def dee(charity: Organisation) -> Actor:
    return acting(member(charity, "Dee Marsh", "practitioner"))


def on_page(actor: Actor, person: Person, at: datetime) -> list[str]:
    """What another organisation reads on their page of what they said."""
    about_me = person_page(actor=actor, person_id=person.id, at=at).about_me
    return [each.words for section in about_me.values() for each in section]


def test_a_referral_is_not_done_before_a_colleague_has_finished_a_conversation(
    talk: Conversation, referral: Referral, person: Person, peer: Actor, dee: Actor, worker: Actor,
    at: datetime,
) -> None:  # fmt: skip
    says(talk, peer, at)
    done: dict[str, Any] = {"at": at, "referral_id": referral.id, "words": "Befriender visits."}
    with pytest.raises(TalkUnfinishedError, match=HOLDS):
        complete_referral(actor=dee, **done)
    says(talk, peer, at, "He takes my pension, and my keys.")
    finish_conversation(actor=peer, at=at, conversation_id=talk.id, came=[ADVICE])
    complete_referral(actor=dee, **done)
    assert on_page(worker, person, at) == ["He takes my pension, and my keys."]


def test_what_is_written_about_how_it_ends_alone_is_enough_to_wait_for(
    talk: Conversation, referral: Referral, peer: Actor, dee: Actor, at: datetime
) -> None:
    keep_ending(actor=peer, at=at, conversation_id=talk.id, told={"next_steps": "I ring her."})
    with pytest.raises(TalkUnfinishedError, match=HOLDS):
        complete_referral(actor=dee, at=at, referral_id=referral.id, words="Befriender visits.")


def test_an_organisation_that_stays_in_touch_goes_on_with_it(
    talk: Conversation, referral: Referral, person: Person, peer: Actor, dee: Actor, at: datetime
) -> None:
    says(talk, peer, at)
    noted = note_involvement(actor=dee, at=at, person_id=person.id)
    complete_referral(actor=dee, at=at, referral_id=referral.id, words="Befriender visits.")
    says(talk, peer, at, "And my keys.")
    with pytest.raises(TalkUnfinishedError, match=HOLDS):
        end_involvement(actor=dee, at=at, involvement_id=noted.id, on=at.date())
    finish_conversation(actor=peer, at=at, conversation_id=talk.id, came=[ADVICE])
    end_involvement(actor=dee, at=at, involvement_id=noted.id, on=at.date())


def test_what_is_sent_once_it_cannot_be_seen_is_answered_with_what_is_true(
    talk: Conversation, referral: Referral, peer: Actor, dee: Actor, ask: Ask, at: datetime
) -> None:
    complete_referral(actor=dee, at=at, referral_id=referral.id, words="Befriender visits.")
    of_talk: dict[str, Any] = {"conversation_id": talk.id, "actor": peer}
    answer = ask(conversations.answer, {"prompt": "good_day", "words": PENSION}, **of_talk)
    ending = ask(endings.keep, {"prompt": "next_steps", "words": "I ring her."}, **of_talk)
    assert json.loads(answer) == json.loads(ending) == GONE
    with pytest.raises(NoLongerSeenError):
        ask(conversations.talk, **of_talk)


@pytest.fixture
def found(
    council: Organisation, peer: Actor, asha: Membership, worker: Actor, manager: Actor, release: Release,
    at: datetime, guide: dict[str, Any],
) -> Conversation:  # fmt: skip
    """With somebody whom the council sees because of a release alone, and the charity of old."""
    lou = admit(peer, at, known_as="Lou", date_of_birth=date(1951, 3, 4))
    everything()
    Reach.give_many(
        [(lou.id, council.id)], why=ReachWhy.RELEASED, at=at, about=release.id, purpose="early_help"
    )
    flag = flag_for(lou, council, release, at)
    distribute_flags(actor=manager, at=at, release_id=release.id)
    everything(manager)
    item = assign_item(actor=manager, at=at, item_id=WorkItem.objects.get(flag=flag).id, member_id=asha.id)
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me.")
    return talk_on(item, worker, at, guide)


def taken_back(talk: Conversation, council: Organisation, at: datetime) -> None:
    approver = acting(member(council, "Ravi Shah", "approver"))
    everything()
    flag = talk.item.flag
    assert flag is not None
    withdraw_flag(
        actor=approver, at=at, release_id=flag.release_id, tier=flag.tier, rank=flag.rank, why="She objects."
    )


def test_where_the_reason_to_see_them_is_withdrawn_what_they_said_is_on_their_page(
    found: Conversation, council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    lou = found.item.person
    says(found, worker, at)
    keep_ending(actor=worker, at=at, conversation_id=found.id, told={"next_steps": "I ring the bank."})
    assert on_page(peer, lou, at) == []
    taken_back(found, council, at)
    with pytest.raises(NoLongerSeenError):
        says(found, worker, at, "And my keys.")
    assert sorted(on_page(peer, lou, at)) == [PENSION, "I ring the bank."]
    everything()
    assert set(AboutMe.objects.values_list("written_down_by", flat=True)) == {"Asha Patel"}
    (event,) = AuditEvent.objects.filter(code="outreach.words_kept")
    assert (event.person_id, event.details["answers"]) == (lou.id, 2)
    found.refresh_from_db()
    assert (found.finished_at, found.ending) == (None, {"next_steps": "I ring the bank."})


def test_nothing_that_was_kept_is_written_twice_if_they_see_the_person_again_and_finish_it(
    found: Conversation, council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    says(found, worker, at)
    taken_back(found, council, at)
    everything()
    Reach.give(person_id=found.item.person_id, organisation_id=council.id, why=ReachWhy.REFERRED, at=at)
    later = at + timedelta(days=1)
    autosave_answer(actor=worker, at=later, conversation_id=found.id, prompt="hardest", words="The dark.")
    finish_conversation(actor=worker, at=later, conversation_id=found.id, came=[ADVICE])
    assert sorted(on_page(peer, found.item.person, later)) == [PENSION, "The dark."]


def test_what_nobody_wrote_in_is_no_ones_loss(
    found: Conversation, council: Organisation, at: datetime
) -> None:
    taken_back(found, council, at)
    everything()
    assert not AboutMe.objects.exists()
    assert not AuditEvent.objects.filter(code="outreach.words_kept").exists()


def test_where_two_records_are_parted_what_was_said_stays_with_the_record_it_was_written_on(
    person: Person, worker: Actor, manager: Actor, peer: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    anne = admit(peer, at, known_as="Anne")
    everything()
    for each in (person, anne):
        Reach.give(person_id=each.id, organisation_id=manager.member_of, why=ReachWhy.REFERRED, at=at)
    meanwhile, later = at + timedelta(hours=1), at + timedelta(hours=2)
    merge = merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=anne.id, reason="One.")
    item = raise_item(
        actor=peer, at=meanwhile, person_id=person.id, team_id=None, priority=Priority.TODAY, why="Alone."
    )
    says(talk_on(item, peer, meanwhile, guide), peer, meanwhile)
    everything()
    WorkItem.objects.filter(id=item.id).update(made_at=at)  # as if it were not about the other record
    part_people(actor=manager, at=later, merge_id=merge.id, why="Two sisters.")
    assert on_page(worker, person, later) == [PENSION]
