"""When two records are parted, a referral and the item it made are about one person."""

from datetime import datetime, timedelta

import pytest
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member
from tests.casework.outreach.test_parted import join, on_list

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.referring import accept_referral, complete_referral, make_referral
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.identity import part_people
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.queries.separated import separated
from alongside.casework.sources.models import Release

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BEATEN = "Sit with Ann: her husband beats her."


@pytest.fixture
def ann(worker: Actor, at: datetime) -> Person:
    return admit(worker, at, known_as="Ann")


@pytest.fixture
def anne(peer: Actor, at: datetime) -> Person:
    """Whom only the charity knows."""
    return admit(peer, at, known_as="Anne")


@pytest.fixture
def merge(ann: Person, anne: Person, manager: Actor, at: datetime) -> PersonMerge:
    return join(manager, ann, anne, at)


@pytest.fixture
def rose() -> Actor:
    refuge = Organisation.join(code="refuge", name="Refuge", kind="charity")
    return acting(member(refuge, "Rose Ade", "practitioner"))


def refer_ann(
    ann: Person, worker: Actor, manager: Actor, asha: Membership, charity: Organisation, at: datetime
) -> Referral:
    item = on_list(worker, ann, at, "Ann falls.")
    assign_item(actor=manager, at=at, item_id=item.id, member_id=asha.id)
    return make_referral(
        actor=worker, at=at, item_id=item.id, to_organisation_id=charity.id, why=BEATEN,
        person_agrees="yes",
    )  # fmt: skip


def part(manager: Actor, merge: PersonMerge, at: datetime) -> None:
    part_people(actor=manager, at=at, merge_id=merge.id, why="Two sisters.")
    everything()


def test_what_a_referral_about_the_kept_record_made_stays_with_it(
    ann: Person, merge: PersonMerge, worker: Actor, manager: Actor, asha: Membership, peer: Actor,
    charity: Organisation, at: datetime,
) -> None:  # fmt: skip
    made = refer_ann(ann, worker, manager, asha, charity, at + 2 * HOUR)
    own = accept_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, take=True)
    part(manager, merge, at + 4 * HOUR)
    assert Referral.objects.get(id=made.id).person_id == ann.id
    assert get_item(actor=peer, item_id=own.id).person_id == ann.id


def test_what_a_referral_of_the_other_made_goes_with_it_from_one_organisation_to_the_next(
    ann: Person, anne: Person, merge: PersonMerge, manager: Actor, peer: Actor, rose: Actor, at: datetime
) -> None:
    item = on_list(peer, ann, at + 2 * HOUR, "Anne is beaten.")
    advice = acting(
        member(Organisation.join(code="advice", name="Advice", kind="charity"), "Al", "practitioner")
    )
    held = []
    for taker, when in ((rose, at + 2 * HOUR), (advice, at + 3 * HOUR)):
        giver = rose if taker is advice else peer
        made = make_referral(
            actor=giver, at=when, item_id=item.id, to_organisation_id=taker.member_of,
            why="A bed for Anne", person_agrees="yes",
        )  # fmt: skip
        item = accept_referral(actor=taker, at=when + HOUR / 2, referral_id=made.id, take=True)
        held.append((taker, item))
    page = parting_page(actor=manager, person_id=ann.id, merge_id=merge.id)
    assert (page.stays, page.no_longer_see_kept) == ({}, ("Advice", "Been There", "Refuge"))
    part(manager, merge, at + 5 * HOUR)
    assert set(Referral.objects.values_list("person_id", flat=True)) == {anne.id}
    assert not Reach.objects.filter(person=ann, organisation=rose.member_of, until=None).exists()
    for each, count in ((peer, 1), (rose, 2), (advice, 1)):  # who asked and who was asked
        (told,) = separated(actor=each, at=at + 5 * HOUR)
        assert told.moved["referrals"] == count
    for taker, its in held:
        assert [each.id for each in my_list(actor=taker, at=at + 5 * HOUR).items] == [its.id]
        assert get_item(actor=taker, item_id=its.id).person_id == anne.id


def test_a_flag_of_the_other_comes_off_what_a_referral_made(
    ann: Person, anne: Person, merge: PersonMerge, worker: Actor, manager: Actor, asha: Membership,
    peer: Actor, charity: Organisation, release: Release, at: datetime,
) -> None:  # fmt: skip
    made = refer_ann(ann, worker, manager, asha, charity, at + 2 * HOUR)
    own = accept_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, take=True)
    everything()
    own.join_flag(flag_for(anne, charity, release, at + 3 * HOUR), tier_place=0)
    part(manager, merge, at + 4 * HOUR)
    its = WorkItem.objects.get(id=own.id)
    assert (its.person_id, its.flag) == (ann.id, None)


def test_a_referral_noted_on_the_item_of_the_other_gets_an_item_of_its_own(
    ann: Person, anne: Person, worker: Actor, manager: Actor, asha: Membership, peer: Actor,
    charity: Organisation, at: datetime,
) -> None:  # fmt: skip
    theirs = on_list(peer, anne, at, "Cold.")
    merge = join(manager, ann, anne, at)
    made = refer_ann(ann, worker, manager, asha, charity, at + 2 * HOUR)
    noted_on = accept_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, take=True)
    assert noted_on.id == theirs.id
    part(manager, merge, at + 4 * HOUR)
    own = WorkItem.objects.get(organisation=charity, person=ann)
    assert (own.raised_why, own.priority, own.assigned_to) == (BEATEN, Priority.TODAY, theirs.assigned_to)
    assert {each.id for each in my_list(actor=peer, at=at + 4 * HOUR).items} == {own.id, theirs.id}
    page = item_page(actor=peer, item_id=own.id, at=at + 4 * HOUR)
    assert [each.id for each in page.referred_to_us] == [made.id]
    everything()
    newest = Note.objects.filter(item=theirs).order_by("-at").first()
    assert newest is not None
    assert "was about somebody else" in newest.words
    assert BEATEN not in newest.words


def test_one_that_is_done_gets_none(
    ann: Person, anne: Person, worker: Actor, manager: Actor, asha: Membership, peer: Actor,
    charity: Organisation, at: datetime,
) -> None:  # fmt: skip
    on_list(peer, anne, at, "Cold.")
    merge = join(manager, ann, anne, at)
    made = refer_ann(ann, worker, manager, asha, charity, at + 2 * HOUR)
    accept_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, take=True)
    complete_referral(actor=peer, at=at + 3 * HOUR, referral_id=made.id, words="She has a bed.")
    part(manager, merge, at + 4 * HOUR)
    assert WorkItem.objects.filter(organisation=charity).count() == 1
