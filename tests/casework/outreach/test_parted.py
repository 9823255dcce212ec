"""When two records are parted, items go with whom they are about, and nobody falls off a list."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.models import Concern
from alongside.casework.marm.queries.concerns import concerns_page
from alongside.casework.offers.commands.offering import record_offer
from alongside.casework.offers.rules.offering import Explained, Kind, Made, Understood
from alongside.casework.outreach.commands.distributing import (
    NothingToDistributeError,
    distribute_flags,
    raise_item,
)
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.presenters.parting import parting_view
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic
from alongside.casework.sources.models import Flag, Release

pytestmark = pytest.mark.django_db
HITS = "Her brother hits her."


@pytest.fixture
def ann(worker: Actor, at: datetime) -> Person:
    return admit(worker, at, known_as="Ann")


@pytest.fixture
def anne(peer: Actor, at: datetime) -> Person:
    """Whom only the charity knows."""
    return admit(peer, at, known_as="Anne")


def join(manager: Actor, ann: Person, anne: Person, at: datetime) -> PersonMerge:
    """As a manager joins them wrongly, whose organisation came to see both."""
    everything()
    for each in (ann, anne):
        Reach.give(person_id=each.id, organisation_id=manager.member_of, why=ReachWhy.REFERRED, at=at)
    return merge_people(
        actor=manager, at=at + timedelta(hours=1), kept_id=ann.id, absorbed_id=anne.id, reason="One."
    )


def on_list(actor: Actor, person: Person, at: datetime, why: str = HITS) -> WorkItem:
    return raise_item(actor=actor, at=at, person_id=person.id, team_id=None, priority=Priority.TODAY, why=why)


def test_a_concern_and_an_item_stay_with_the_agency_that_saw_only_the_other_record(
    ann: Person, anne: Person, worker: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    meanwhile, later = at + timedelta(hours=2), at + timedelta(hours=3)
    concern = raise_concern(actor=peer, at=meanwhile, person_id=ann.id, words=HITS)
    item = on_list(peer, ann, meanwhile)
    page = parting_page(actor=manager, person_id=ann.id, merge_id=merge.id)
    assert (page.no_longer_see_kept, page.stays) == (("Been There",), {})
    part_people(actor=manager, at=later, merge_id=merge.id, why="Two sisters.")
    seen = concerns_page(actor=peer, person_id=anne.id, at=later)
    assert [each.words for each in seen.concerns] == [HITS]
    assert concerns_page(actor=worker, person_id=ann.id, at=later).of_others == []
    assert [each.id for each in my_list(actor=peer, at=later).items] == [item.id]
    assert get_item(actor=peer, item_id=item.id).person_id == anne.id
    everything()
    event = AuditEvent.objects.get(code="person.written_given_back")
    assert event.details["rows"] == [f"marm.Concern {concern.id}", f"outreach.WorkItem {item.id}"]


def test_what_the_others_wrote_of_the_kept_record_stays(
    ann: Person, anne: Person, worker: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    meanwhile, later = at + timedelta(hours=2), at + timedelta(hours=3)
    raise_concern(actor=worker, at=meanwhile, person_id=ann.id, words="He drinks.")
    item = on_list(worker, ann, meanwhile, "He drinks.")
    part_people(actor=manager, at=later, merge_id=merge.id, why="Two sisters.")
    assert len(concerns_page(actor=worker, person_id=ann.id, at=later).concerns) == 1
    assert get_item(actor=worker, item_id=item.id).person_id == ann.id
    assert concerns_page(actor=manager, person_id=anne.id, at=later).of_others == []


@pytest.mark.parametrize("as_before", [False, True], ids=["now", "as items were made before"])
def test_a_flag_that_was_put_on_a_list_meanwhile_keeps_its_item(
    ann: Person, anne: Person, manager: Actor, charity: Organisation, release: Release, at: datetime,
    as_before: bool,
) -> None:  # fmt: skip
    boss = acting(member(charity, "Bo Lee", "manager"))
    flag = flagged(anne, charity, release, at)
    merge = join(manager, ann, anne, at)
    distribute_flags(actor=boss, at=at + timedelta(hours=2), release_id=release.id)
    if as_before:
        everything()
        WorkItem.objects.update(person=ann)
    part_people(actor=manager, at=at + timedelta(hours=3), merge_id=merge.id, why="Two sisters.")
    everything(boss)
    assert WorkItem.objects.get(flag=flag).person_id == anne.id
    with pytest.raises(NothingToDistributeError):
        distribute_flags(actor=boss, at=at + timedelta(hours=4), release_id=release.id)


def test_an_item_about_the_kept_record_gives_back_the_flag_of_the_other_and_stays(
    ann: Person, anne: Person, manager: Actor, charity: Organisation, release: Release, at: datetime
) -> None:
    boss = acting(member(charity, "Bo Lee", "manager"))
    everything()
    Reach.give(person_id=ann.id, organisation_id=charity.id, why=ReachWhy.REFERRED, at=at)
    raised = on_list(boss, ann, at, "Cold.")
    flag = flagged(anne, charity, release, at)
    merge = join(manager, ann, anne, at)
    distribute_flags(actor=boss, at=at + timedelta(hours=2), release_id=release.id)
    everything()
    assert WorkItem.objects.get(flag=flag).id == raised.id
    part_people(actor=manager, at=at + timedelta(hours=3), merge_id=merge.id, why="Two sisters.")
    everything(boss)
    assert (WorkItem.objects.get(id=raised.id).person_id, WorkItem.objects.get().flag_id) == (ann.id, None)
    distribute_flags(actor=boss, at=at + timedelta(hours=4), release_id=release.id)
    assert WorkItem.objects.get(flag=flag).person_id == anne.id


def test_a_referral_goes_with_its_item_even_if_it_could_not_be_made_now(
    ann: Person, anne: Person, manager: Actor, peer: Actor, council: Organisation, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    meanwhile = at + timedelta(hours=2)
    item = on_list(peer, ann, meanwhile)
    made = make_referral(
        actor=peer, at=meanwhile, item_id=item.id, to_organisation_id=council.id, why="Housing",
        person_agrees="yes",
    )  # fmt: skip
    refuses = Statement(
        answer=Answer.REFUSES, topics=(Topic.KNOWN,), recipients=frozenset({council.id}), exactly="Me",
        said_on=at.date(), capacity="assumed", method="spoken",
    )  # fmt: skip
    record_choices(actor=peer, at=meanwhile, person_id=ann.id, said=refuses)
    everything()
    choice = SharingChoice.objects.get()  # as if on her own record, and shared on a ground meanwhile
    choice.id, choice.person = uuid4(), anne
    choice.save(force_insert=True)
    part_people(actor=manager, at=at + timedelta(hours=3), merge_id=merge.id, why="Two sisters.")
    everything()
    assert Referral.objects.get(id=made.id).person_id == anne.id


def test_the_page_names_what_an_agency_will_lose_sight_of(
    ann: Person, anne: Person, manager: Actor, peer: Actor, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    made = Made(
        kind=Kind.OTHER, what="Meals", offered_on=at.date(), explained=frozenset({Explained.IN_PERSON}),
        understood=Understood.YES, understood_how="She asked when.",
    )  # fmt: skip
    record_offer(actor=peer, at=at + timedelta(hours=2), person_id=ann.id, made=made)
    page = parting_page(actor=manager, person_id=ann.id, merge_id=merge.id)
    assert page.stays == {"Been There": ["offers"]}
    assert parting_view(page).stays == ["Been There: offers"]


def test_a_concern_is_otherwise_kept_as_it_was_raised(
    ann: Person, anne: Person, manager: Actor, peer: Actor, at: datetime
) -> None:
    join(manager, ann, anne, at)
    raise_concern(actor=peer, at=at + timedelta(hours=2), person_id=ann.id, words=HITS)
    everything()
    for change in ({"person": anne}, {"words": "All is well."}):
        with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
            Concern.objects.update(**change)
    with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
        Concern.objects.all().delete()


def flagged(person: Person, charity: Organisation, release: Release, at: datetime) -> Flag:
    everything()
    Reach.give(
        person_id=person.id, organisation_id=charity.id, why=ReachWhy.RELEASED, at=at, about=release.id,
        purpose="early_help",
    )  # fmt: skip
    return flag_for(person, charity, release, at)
