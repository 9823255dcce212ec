"""What nobody has can be taken, by whoever may work on it; and no form opens that would only be refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import LacksSkillError, assign_item, take_item
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.commands.working import ItemClosedError, put_back
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority, State
from alongside.casework.outreach.views import asking, conversations, items, referrals
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def waiting(person: Person, worker: Actor, team: Team, at: datetime) -> WorkItem:
    return raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY, why="Cold."
    )


@pytest.fixture
def asked(judged: WorkItem, worker: Actor, charity: Organisation, at: datetime) -> Referral:
    return make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company")


def test_what_nobody_has_is_taken_with_one_press_and_is_ones_own_then(
    ask: Ask, waiting: WorkItem, worker: Actor, at: datetime
) -> None:
    page = ask(items.item, item_id=waiting.id)
    assert "Take it" in page
    assert "Nobody has it yet." in page
    assert "With Nobody" not in page
    assert ask(items.take, {}, item_id=waiting.id) == f"/lists/item/{waiting.id}/"
    page = ask(items.item, item_id=waiting.id)
    assert "Take it" not in page
    assert "I tried to get in touch" in page
    everything()
    assert AuditEvent.objects.filter(code="outreach.item_taken", person_id=waiting.person_id).count() == 1


def test_what_was_put_back_can_be_taken_and_what_somebody_has_or_has_ended_cannot(
    judged: WorkItem, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    other = acting(ben)
    with pytest.raises(NotAllowedError, match="Asha Patel has this"):
        take_item(actor=other, at=at, item_id=judged.id)
    put_back(actor=worker, at=at, item_id=judged.id, why="I know her family.")
    assert take_item(actor=other, at=at, item_id=judged.id).state == State.JUDGED, "what was done stays done"
    everything()
    WorkItem.objects.filter(id=judged.id).update(state=State.EXPIRED, assigned_to=None)
    with pytest.raises(ItemClosedError):
        take_item(actor=other, at=at, item_id=judged.id)


def test_nobody_takes_what_needs_what_they_lack_nor_what_is_not_theirs_to_see(
    person: Person, worker: Actor, ben: Membership, peer: Actor, team: Team, at: datetime
) -> None:
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY, why="Cold.",
        skills=["welsh"],
    )  # fmt: skip
    with pytest.raises(LacksSkillError):
        take_item(actor=worker, at=at, item_id=made.id)
    with pytest.raises(NotFoundError):
        take_item(actor=peer, at=at, item_id=made.id)
    assert take_item(actor=acting(ben), at=at, item_id=made.id).assigned_to == ben


def test_it_can_be_said_that_whoever_contacts_somebody_needs_a_skill_that_is_here(
    ask: Ask, person: Person, worker: Actor, ben: Membership, team: Team, at: datetime
) -> None:
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY, why="Cold."
    )
    assert 'value="welsh"' in ask(items.need, item_id=made.id), "Ben's, and nothing that nobody has"
    assert ask(items.need, {"skills": ["welsh"]}, item_id=made.id) == f"/lists/item/{made.id}/"
    everything()
    with pytest.raises(LacksSkillError):
        take_item(actor=worker, at=at, item_id=made.id)
    assert "Whoever contacts them needs: welsh." in ask(items.item, item_id=made.id)
    ask(items.need, {"csrfmiddlewaretoken": "as any form sends"}, item_id=made.id)
    everything()
    assert take_item(actor=worker, at=at, item_id=made.id).skills == []
    Membership.objects.update(skills=[])
    assert "A manager records them under Members." in ask(items.need, item_id=made.id)


def test_where_nobody_manages_a_referral_is_with_whoever_accepts_it(
    ask: Ask, asked: Referral, peer: Actor
) -> None:
    page = ask(referrals.referrals, actor=peer)
    assert "Accept and take it on myself" in page
    assert "for somebody else to take" not in page
    to = ask(referrals.accept, {}, actor=peer, referral_id=asked.id)
    everything(peer)
    made = WorkItem.objects.get(organisation_id=peer.member_of)
    assert made.assigned_to is not None
    assert (made.assigned_to.user_id, to) == (peer.user_id, f"/lists/item/{made.id}/")
    assert "I tried to get in touch" in ask(items.item, actor=peer, item_id=made.id)


@pytest.mark.parametrize("take", [True, False])
def test_where_somebody_manages_whoever_accepts_takes_it_or_leaves_it_to_others(
    ask: Ask, asked: Referral, peer: Actor, charity: Organisation, at: datetime, take: bool
) -> None:
    member(charity, "Dee Marsh", "manager")
    assert "for somebody else to take" in ask(referrals.referrals, actor=peer)
    made = accept_referral(actor=peer, at=at, referral_id=asked.id, take=take)
    assert (made.assigned_to is not None) is take


FORMS: list[Callable[..., Any]] = [
    items.attempt, items.note, items.put_back, items.finish, items.offer, items.judge, asking.refer,
    conversations.begin,
]  # fmt: skip


@pytest.mark.parametrize("view", FORMS)
def test_a_form_that_would_be_refused_is_not_opened(
    ask: Ask, judged: WorkItem, ben: Membership, view: Callable[..., Any]
) -> None:
    with pytest.raises(NotAllowedError, match="not on your list"):
        ask(view, actor=acting(ben), item_id=judged.id)


def test_giving_is_not_opened_for_who_may_not_give(ask: Ask, judged: WorkItem) -> None:
    with pytest.raises(NotAllowedError):
        ask(items.assign, item_id=judged.id)


def test_what_was_written_while_somebody_else_was_given_it_is_not_lost(
    ask: Ask, judged: WorkItem, ben: Membership, charity: Organisation, manager: Actor, at: datetime
) -> None:
    assign_item(actor=manager, at=at, item_id=judged.id, member_id=ben.id)
    page = ask(items.note, {"words": "She likes the radio."}, item_id=judged.id)
    assert "She likes the radio." in page
    assert "This is not on your list. Ask for it to be handed over to you." in page
    sent = {"why": "Company on Fridays.", "person_agrees": "yes", "safe": "yes", "confirmed": "yes"}
    page = ask(asking.refer_to, sent, item_id=judged.id, organisation_id=charity.id)
    assert "Company on Fridays." in page
    assert "This is not on your list." in page
