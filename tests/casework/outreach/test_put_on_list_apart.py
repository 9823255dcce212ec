"""Parted records: a referral noted on the other's item puts its person on the list, and somebody is told."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings
from tests.casework.outreach.conftest import acting, everything, flag_for, member
from tests.casework.outreach.test_parted import ann, anne, join, on_list
from tests.casework.outreach.test_released_again import NIGHTLY, names_told, release_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.notices.models import Notice
from alongside.casework.outreach.commands.distributing import distribute_released
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.models import Note, WorkItem
from alongside.casework.outreach.queries.day import day_of_outreach
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.rules import Priority, State
from alongside.casework.people.commands.identity import part_people
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.queries.separated import separated
from alongside.casework.people.rules import ReachWhy

__all__ = ["ann", "anne"]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAYS = timedelta(days=10)


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.MAIL = settings.MAIL or object()


@pytest.fixture
def theirs(peer: Actor, anne: Person, at: datetime) -> WorkItem:
    """The item about the other person, on Sam's list at the charity."""
    return on_list(peer, anne, at, "Cold.")


@pytest.fixture
def merge(theirs: WorkItem, ann: Person, anne: Person, manager: Actor, at: datetime) -> PersonMerge:
    return join(manager, ann, anne, at)


def refer(giver: Actor, ann: Person, peer: Actor, at: datetime, why: str, priority: Priority) -> WorkItem:
    """Refer Ann to the charity, which accepts; return the item she is referred from."""
    had = on_list(giver, ann, at)
    everything()
    held = Membership.objects.get(user_id=giver.user_id)
    had.give(held, state=State.ASSIGNED, by=held.user.name, at=at)
    made = make_referral(
        actor=giver, at=at, item_id=had.id, to_organisation_id=peer.member_of, why=why, person_agrees="yes",
        priority=priority,
    )  # fmt: skip
    accept_referral(actor=peer, at=at + HOUR / 2, referral_id=made.id)
    return had


@pytest.fixture
def referred(merge: PersonMerge, ann: Person, worker: Actor, peer: Actor, at: datetime) -> WorkItem:
    return refer(worker, ann, peer, at + 2 * HOUR, "Sit with Ann.", Priority.THIS_WEEK)


def part(manager: Actor, merge: PersonMerge, at: datetime) -> None:
    everything()
    Notice.objects.all().delete()
    part_people(actor=manager, at=at, merge_id=merge.id, why="Two sisters.")
    everything()


def own_of(charity: Organisation, ann: Person) -> WorkItem:
    everything()
    return WorkItem.objects.get(organisation=charity, person=ann)


def sam_leaves(peer: Actor, at: datetime) -> None:
    everything()
    Membership.objects.filter(user_id=peer.user_id).update(active_to=(at + DAYS / 2).date())


def test_two_referrals_make_one_item_for_as_soon_as_either_asked_and_whoever_has_it_is_told(
    ann: Person, merge: PersonMerge, referred: WorkItem, theirs: WorkItem, manager: Actor, peer: Actor,
    charity: Organisation, at: datetime,
) -> None:  # fmt: skip
    homes = Organisation.join(code="homes", name="Riverside Homes", kind="housing")
    hal = acting(member(homes, "Hal Homes", "practitioner"))
    share_with(homes, ann, at)
    refer(hal, ann, peer, at + 3 * HOUR, "She is behind with rent.", Priority.TODAY)
    part(manager, merge, at + 5 * HOUR)
    own = own_of(charity, ann)
    assert (own.raised_why, own.priority) == ("Sit with Ann.", Priority.TODAY)
    assert {each.id for each in my_list(actor=peer, at=at + 5 * HOUR).items} == {own.id, theirs.id}
    everything()
    words = " ".join(Note.objects.filter(item=own).values_list("words", flat=True))
    assert "Check whether anything was done for this person" in words
    assert "Hal Homes, Riverside Homes, referred this person to us" in words
    assert Note.objects.filter(item=theirs, words__contains="was about somebody else").count() == 2
    assert "Sam Boateng" in names_told()


def share_with(homes: Organisation, ann: Person, at: datetime) -> None:
    everything()
    Reach.give(person_id=ann.id, organisation_id=homes.id, why=ReachWhy.REFERRED, at=at)


@pytest.mark.usefixtures("referred")
def test_where_whoever_had_it_has_left_a_manager_is_told_and_finds_it_on_today(
    ann: Person, merge: PersonMerge, manager: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    mo = acting(member(charity, "Mo Reid", "manager"))
    sam_leaves(peer, at)
    part(manager, merge, at + DAYS)
    own = own_of(charity, ann)
    assert (own.assigned_to, own.team, own.state) == (None, None, State.WAITING)
    assert "Mo Reid" in names_told()
    assert day_of_outreach(actor=mo, at=at + DAYS).no_team == 1


@pytest.mark.usefixtures("referred")
def test_where_nobody_manages_somebody_has_it_who_can_open_it_and_is_told(
    ann: Person, merge: PersonMerge, manager: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    member(charity, "Ana Lyst", "data_analyst")
    eve = member(charity, "Eve Low", "practitioner")
    sam_leaves(peer, at)
    part(manager, merge, at + DAYS)
    own = own_of(charity, ann)
    assert own.assigned_to == eve
    (raised,) = AuditEvent.objects.filter(code="outreach.item_raised", about_id=str(own.id))
    assert (raised.actor_name, raised.person_id) == ("Alongside", ann.id)
    assert "Eve Low" in names_told()


def test_an_item_that_stood_on_the_record_from_the_start_did_not_go(
    ann: Person, anne: Person, merge: PersonMerge, manager: Actor, council: Organisation, team: Team,
    at: datetime,
) -> None:  # fmt: skip
    everything()
    flag_for(anne, council, release_of(council, at + 2 * HOUR), at + 2 * HOUR)
    distribute_released(actor=NIGHTLY, at=at + 2 * HOUR)
    everything()
    assert WorkItem.objects.get(organisation=council).person_id == anne.id
    part(manager, merge, at + 3 * HOUR)
    assert separated(actor=manager, at=at + 3 * HOUR) == []


def test_one_that_went_is_told_of(
    ann: Person, anne: Person, worker: Actor, peer: Actor, manager: Actor, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    on_list(peer, ann, at + 2 * HOUR)
    part(manager, merge, at + 3 * HOUR)
    (told,) = separated(actor=peer, at=at + 3 * HOUR)
    assert told.moved == {"items on its list": 1}
