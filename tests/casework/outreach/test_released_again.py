"""A later release about somebody who is on the list already is not lost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import REASON, acting, admit, everything, flag_for, member
from tests.casework.outreach.test_today import day_of

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.purposes import title_of
from alongside.casework.notices.models import Notice
from alongside.casework.outreach.commands.distributing import (
    NothingToDistributeError,
    distribute_flags,
    distribute_released,
    prioritise_item,
)
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.lapsing import expire_items
from alongside.casework.outreach.commands.working import finish_item, judge_item, put_back, record_attempt
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Priority, Result, State, Verdict
from alongside.casework.outreach.views import items, lists
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.commands.flags import withdraw_flag
from alongside.casework.sources.models import Flag, Release, Run
from alongside.casework.sources.rules import RunRead

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)
GAS = REASON | {"factor": "gas_off", "words": "Gas was cut off"}
COLD = title_of("cold_homes")
NIGHTLY = system_actor("putting releases on lists")


def release_of(council: Organisation, day: datetime, *, purpose: str = "early_help") -> Release:
    read = RunRead(
        folder="run", manifest_hash=uuid4().hex * 2, area="riverside", as_at=day.date(), counts={},
        quality={}, policies={}, tiers={}, pairs=(),
    )  # fmt: skip
    run = Run.opened(read=read, changes={}, by="Ravi", at=day)
    return Release.approve(
        run=run, policy="early_help/3", tiers=["soon", "later"], purpose=purpose, basis={},
        organisations=[council], reason="Winter", by=uuid4(), by_name="Ravi", at=day,
    )  # fmt: skip


def released_again(person: Person, council: Organisation, day: datetime, **other: Any) -> Flag:
    second = release_of(council, day, purpose=other.pop("purpose", "early_help"))
    return flag_for(person, council, second, day, **{"reasons": [GAS]} | other)


def now(item: WorkItem) -> WorkItem:
    everything()
    return WorkItem.objects.get(id=item.id)


def nothing_is_left(at: datetime) -> bool:
    try:
        distribute_released(actor=NIGHTLY, at=at)
    except NothingToDistributeError:
        return True
    return False


@pytest.fixture
def waits(person: Person, council: Organisation, release: Release, manager: Actor, at: datetime) -> WorkItem:
    """An item far down the list, which nobody has."""
    flag_for(person, council, release, at, tier="later", rank=400)
    distribute_flags(actor=manager, at=at, release_id=release.id)
    everything()
    return WorkItem.objects.get()


@pytest.fixture
def told(settings: Settings) -> set[str]:
    settings.MAIL = settings.MAIL or object()
    return set()


def names_told() -> set[str]:
    return set(Notice.objects.filter(waiting_since__isnull=False).values_list("user__name", flat=True))


def test_what_nobody_has_takes_the_place_and_the_reasons_of_the_later_one(
    waits: WorkItem, person: Person, council: Organisation, manager: Actor, at: datetime
) -> None:
    new = released_again(person, council, at + A_WEEK, rank=1)
    done = distribute_flags(actor=manager, at=at + A_WEEK, release_id=new.release_id)
    assert (done.made, done.joined, done.in_hand_already) == (0, 1, 0)
    listed = now(waits)
    assert (listed.flag, listed.tier_place, listed.rank) == (new, 0, 1)
    assert (listed.made_at, listed.state) == (waits.made_at, State.WAITING)


def test_the_two_do_not_take_turns_and_the_older_puts_nobody_back_on_the_list(
    waits: WorkItem,
    person: Person,
    council: Organisation,
    asha: Membership,
    worker: Actor,
    manager: Actor,
    at: datetime,
) -> None:
    later = at + A_WEEK
    new = released_again(person, council, later)
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    assert nothing_is_left(later)
    assert now(waits).flag == new
    given: dict[str, Any] = {"at": later, "item_id": waits.id}
    assign_item(actor=manager, member_id=asha.id, **given)
    judge_item(actor=worker, verdict=Verdict.AGREE, why="I know her.", **given)
    finish_item(actor=worker, words="Her gas is on again.", **given)
    assert nothing_is_left(later)
    assert WorkItem.objects.count() == 1


def test_where_the_later_one_was_wrong_the_older_holds_again(
    waits: WorkItem, person: Person, council: Organisation, at: datetime
) -> None:
    later, old = at + A_WEEK, waits.flag
    new = released_again(person, council, later)
    distribute_released(actor=NIGHTLY, at=later)
    approver = acting(member(council, "Ravi Shah", "approver"))
    withdraw_flag(
        actor=approver, at=later, release_id=new.release_id, tier=new.tier, rank=new.rank, why="Wrong person."
    )
    expire_items(actor=NIGHTLY, at=later)
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    everything()
    assert WorkItem.objects.open().get().flag == old


def test_what_a_professional_said_of_how_soon_stays_and_does_not_keep_it_in_its_old_place(
    waits: WorkItem, person: Person, council: Organisation, manager: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"at": at, "item_id": waits.id, "priority": Priority.ROUTINE}
    prioritise_item(actor=manager, why="A neighbour rang.", **given)
    prioritise_item(actor=manager, why="She rang too.", **given)
    new = released_again(person, council, at + A_WEEK)
    distribute_released(actor=NIGHTLY, at=at + A_WEEK)
    listed = now(waits)
    assert (listed.flag, listed.priority, listed.raised_why) == (new, Priority.ROUTINE, "A neighbour rang.")


@pytest.mark.parametrize("judges", [False, True])
@pytest.mark.usefixtures("told")
def test_whoever_has_it_is_told_once_and_reads_of_the_later_one_beside_theirs(
    item: WorkItem,
    person: Person,
    council: Organisation,
    worker: Actor,
    ask: Ask,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    judges: bool,
) -> None:
    if judges:
        judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="I know her.")
    later = at + A_WEEK
    new = released_again(person, council, later, tier="soon", rank=7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert "A later list names them too" not in ask(items.item, item_id=item.id)
    everything()
    Notice.objects.all().delete()
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    assert names_told() == {"Asha Patel"}
    assert now(item).flag == item.flag, "what they judge is what they read"
    page = ask(items.item, item_id=item.id)
    assert "A later list names them too" in page
    assert "place 7 on the list" in page
    assert "Gas was cut off" in page
    everything()
    Notice.objects.all().delete()
    assert nothing_is_left(later)
    assert names_told() == set()
    new.withdraw(why="The wrong person.", at=later)
    assert "A later list names them too" not in ask(items.item, item_id=item.id)


def test_what_was_begun_and_put_back_keeps_its_flag_and_the_later_one_stands_beside_it(
    judged: WorkItem, person: Person, council: Organisation, worker: Actor, at: datetime
) -> None:
    record_attempt(actor=worker, at=at, item_id=judged.id, result=Result.SPOKE)
    put_back(actor=worker, at=at, item_id=judged.id, why="I am ill.")
    new = released_again(person, council, at + A_WEEK)
    assert distribute_released(actor=NIGHTLY, at=at + A_WEEK) == 1
    assert nothing_is_left(at + A_WEEK)
    listed = now(judged)
    assert (listed.flag, listed.later_flag) == (judged.flag, new)


def test_what_is_put_back_untouched_takes_the_place_of_the_later_one(
    item: WorkItem, person: Person, council: Organisation, worker: Actor, at: datetime
) -> None:
    new = released_again(person, council, at + A_WEEK, rank=3)
    distribute_released(actor=NIGHTLY, at=at + A_WEEK)
    put_back(actor=worker, at=at + A_WEEK, item_id=item.id, why="I am ill.")
    assert distribute_released(actor=NIGHTLY, at=at + A_WEEK) == 1
    listed = now(item)
    assert (listed.flag, listed.later_flag, listed.rank, listed.state) == (new, None, 3, State.PUT_BACK)


def test_once_the_work_has_ended_the_later_one_puts_them_on_the_list(
    judged: WorkItem, person: Person, council: Organisation, worker: Actor, at: datetime
) -> None:
    new = released_again(person, council, at + A_WEEK)
    distribute_released(actor=NIGHTLY, at=at + A_WEEK)
    finish_item(actor=worker, at=at + A_WEEK, item_id=judged.id, words="All well.")
    assert distribute_released(actor=NIGHTLY, at=at + A_WEEK) == 1
    everything()
    assert WorkItem.objects.open().get().flag == new


@pytest.mark.usefixtures("told")
def test_of_a_list_for_another_purpose_the_item_says_that_there_is_one_and_a_manager_is_told_once(
    item: WorkItem,
    person: Person,
    council: Organisation,
    manager: Actor,
    ask: Ask,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = at + A_WEEK
    new = released_again(person, council, later, purpose="cold_homes")
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert COLD not in ask(items.item, item_id=item.id)
    everything()
    Notice.objects.all().delete()
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    assert names_told() == {"Gwen Hughes"}
    assert now(item).flag == item.flag
    page = ask(items.item, item_id=item.id)
    assert f"also on a list that was given to your organisation for “{COLD}”" in page
    for reason in ("Gas was cut off", "A later list names them too"):
        assert reason not in page, "its reasons are for whoever works for that purpose"
    (line,) = day_of(manager)["On your organisation's list, and on another"].lines
    assert (line.text, line.hint) == ("Bee", f"Also on a list for “{COLD}”")
    assert f"Also on a list for “{COLD}”" in ask(lists.mine)
    everything()
    Notice.objects.all().delete()
    assert nothing_is_left(later)
    assert names_told() == set()
    new.withdraw(why="The wrong person.", at=later)
    assert COLD not in ask(items.item, item_id=item.id)
    assert "On your organisation's list, and on another" not in day_of(manager)


def test_once_the_item_ends_whoever_works_for_the_other_purpose_finds_them_on_the_list(
    judged: WorkItem, person: Person, council: Organisation, worker: Actor, at: datetime
) -> None:
    later = at + A_WEEK
    new = released_again(person, council, later, purpose="cold_homes")
    distribute_released(actor=NIGHTLY, at=later)
    finish_item(actor=worker, at=later, item_id=judged.id, words="All well.")
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    everything()
    assert WorkItem.objects.open().get().flag == new


def test_a_later_list_for_the_same_purpose_is_noted_before_one_for_another(
    item: WorkItem, person: Person, council: Organisation, at: datetime
) -> None:
    later = at + A_WEEK
    released_again(person, council, later, purpose="cold_homes")
    distribute_released(actor=NIGHTLY, at=later)
    same = released_again(person, council, later)
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    assert now(item).later_flag == same
    assert nothing_is_left(later), "the two do not take turns"


def test_a_later_flag_of_a_record_joined_to_theirs_is_noted_and_goes_off_when_they_are_parted(
    waits: WorkItem, person: Person, council: Organisation, manager: Actor, worker: Actor, at: datetime
) -> None:
    twin = admit(worker, at, known_as="Beatrice")
    everything()
    for each in (person, twin):
        Reach.give(person_id=each.id, organisation_id=manager.member_of, why=ReachWhy.REFERRED, at=at)
    then = at + A_WEEK
    merge = merge_people(actor=manager, at=then, kept_id=person.id, absorbed_id=twin.id, reason="One.")
    new = released_again(twin, council, then, rank=1)
    distribute_flags(actor=manager, at=then, release_id=new.release_id)
    listed = now(waits)
    assert (listed.flag, listed.later_flag) == (waits.flag, new), "each needs its own, should they be parted"
    part_people(actor=manager, at=then + A_WEEK, merge_id=merge.id, why="Two sisters.")
    listed = now(waits)
    assert (listed.person, listed.flag, listed.later_flag) == (person, waits.flag, None)
    distribute_released(actor=NIGHTLY, at=then + A_WEEK)
    everything()
    assert {each.person for each in WorkItem.objects.all()} == {person, twin}
