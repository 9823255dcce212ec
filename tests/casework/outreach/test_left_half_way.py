"""Words half written are kept where an item is taken over, or where nobody is left who could finish them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.conftest import acting, everything, member
from tests.casework.outreach.test_half_way import (
    ADVICE,
    HOLDS,
    PENSION,
    dee,
    on_page,
    referral,
    says,
    talk,
    talk_on,
)

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.outreach.commands.half_way import TalkUnfinishedError
from alongside.casework.outreach.commands.referring import accept_referral, complete_referral, make_referral
from alongside.casework.outreach.commands.talking import autosave_answer, finish_conversation
from alongside.casework.outreach.models import Conversation, Referral, WorkItem
from alongside.casework.people.commands.involvement import end_involvement, note_involvement
from alongside.casework.people.models import AboutMe, Person

pytestmark = pytest.mark.django_db
LATER = timedelta(days=10)
__all__ = ["dee", "referral", "talk"]


def ten_days_on(talk: Conversation, at: datetime) -> datetime:
    """Sam wrote in his conversation, and left the charity."""
    everything()
    membership = Membership.objects.filter(id=WorkItem.objects.get(id=talk.item_id).assigned_to_id)
    membership.update(active_to=(at + timedelta(days=5)).date())
    return at + LATER


def test_whoever_takes_a_person_over_reads_what_was_half_written(
    judged: WorkItem, person: Person, worker: Actor, peer: Actor, charity: Organisation, at: datetime,
    guide: dict[str, Any],
) -> None:  # fmt: skip
    begun = talk_on(judged, worker, at, guide)
    says(begun, worker, at)
    made = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="All of it.",
        hands_over=True,
    )  # fmt: skip
    autosave_answer(actor=worker, at=at, conversation_id=begun.id, prompt="hardest", words="The dark.")
    everything(peer)
    accept_referral(actor=peer, at=at, referral_id=made.id, take=True)
    assert sorted(on_page(peer, person, at)) == [PENSION, "The dark."]
    finish_conversation(actor=worker, at=at, conversation_id=begun.id, came=[ADVICE])
    assert sorted(on_page(peer, person, at)) == [PENSION, "The dark."], "not written twice"
    everything()
    assert set(AboutMe.objects.values_list("written_down_by", flat=True)) == {"Asha Patel"}
    event = AuditEvent.objects.get(code="outreach.words_taken_over")
    assert (event.actor_name, event.person_id, event.details) == ("Sam Boateng", person.id, {"answers": 2})


def test_where_a_part_is_asked_for_whoever_wrote_it_finishes_it(
    judged: WorkItem, referral: Referral, person: Person, worker: Actor, peer: Actor, at: datetime,
    guide: dict[str, Any],
) -> None:  # fmt: skip
    says(talk_on(judged, worker, at, guide), worker, at)
    accept_referral(actor=peer, at=at, referral_id=referral.id, take=True)
    assert on_page(peer, person, at) == []


def test_a_colleague_who_has_left_holds_nothing_up_and_what_they_wrote_is_kept(
    talk: Conversation, referral: Referral, person: Person, peer: Actor, dee: Actor, worker: Actor,
    at: datetime,
) -> None:  # fmt: skip
    says(talk, peer, at)
    later = ten_days_on(talk, at)
    complete_referral(actor=dee, at=later, referral_id=referral.id, words="Befriender visits.")
    assert on_page(worker, person, later) == [PENSION]
    everything()
    assert AboutMe.objects.get().written_down_by == "Sam Boateng"
    assert AuditEvent.objects.get(code="outreach.words_kept").details == {"answers": 1}


def test_nor_where_the_organisation_was_in_touch(
    talk: Conversation, referral: Referral, person: Person, peer: Actor, dee: Actor, worker: Actor,
    at: datetime,
) -> None:  # fmt: skip
    says(talk, peer, at)
    later = ten_days_on(talk, at)
    noted = note_involvement(actor=dee, at=later, person_id=person.id)
    complete_referral(actor=dee, at=later, referral_id=referral.id, words="Befriender visits.")
    assert on_page(worker, person, later) == [], "it still sees her, and nothing was cut off"
    end_involvement(actor=dee, at=later, involvement_id=noted.id, on=later.date())
    assert on_page(worker, person, later) == [PENSION]


def test_nor_what_stands_on_an_item_that_has_ended(
    talk: Conversation, referral: Referral, person: Person, peer: Actor, dee: Actor, worker: Actor,
    at: datetime,
) -> None:  # fmt: skip
    says(talk, peer, at)
    everything()
    WorkItem.objects.filter(id=talk.item_id).update(state="handed_over")
    complete_referral(actor=dee, at=at, referral_id=referral.id, words="Befriender visits.")
    assert on_page(worker, person, at) == [PENSION]


def test_a_manager_can_finish_what_a_colleague_left(
    talk: Conversation, referral: Referral, charity: Organisation, peer: Actor, dee: Actor, at: datetime
) -> None:
    says(talk, peer, at)
    later = ten_days_on(talk, at)
    manager = acting(member(charity, "Max Orr", "manager"))
    done: dict[str, Any] = {"at": later, "referral_id": referral.id, "words": "Befriender visits."}
    with pytest.raises(TalkUnfinishedError, match=HOLDS):
        complete_referral(actor=dee, **done)
    finish_conversation(actor=manager, at=later, conversation_id=talk.id, came=[ADVICE])
    complete_referral(actor=dee, **done)
