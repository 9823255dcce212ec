"""A later flag on the item of an earlier one: of the same list or another, where it goes, what it shows."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, admit, everything, flag_for, member
from tests.casework.outreach.test_released_again import (
    A_WEEK,
    GAS,
    NIGHTLY,
    names_told,
    nothing_is_left,
    release_of,
)

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.notices.models import Notice
from alongside.casework.outreach.commands.distributing import distribute_released
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.lapsing import expire_items
from alongside.casework.outreach.commands.working import finish_item, judge_item, put_back
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import State, Verdict
from alongside.casework.outreach.views import items
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries import person_page
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.commands.flags import withdraw_flag
from alongside.casework.sources.models import Flag

pytestmark = pytest.mark.django_db
CLOSES = "it closes straight away"
HAL: dict[str, Any] = {"route": "share_with_case_holder", "service": "housing", "worker": "Hal Oyelaran"}


def released(person: Person, council: Organisation, day: datetime, **other: Any) -> Flag:
    """A flag put on a list, which lets the council see the person."""
    release = release_of(council, day)
    everything()
    Reach.give(
        person_id=person.id, organisation_id=council.id, why=ReachWhy.RELEASED, at=day, about=release.id,
        purpose="early_help",
    )  # fmt: skip
    flag = flag_for(person, council, release, day, **other)
    distribute_released(actor=NIGHTLY, at=day)
    everything()
    return flag


def open_item() -> WorkItem:
    everything()
    return WorkItem.objects.open().get()


def withdraw(flag: Flag, at: datetime) -> None:
    approver = acting(member(flag.organisation, f"Ravi Shah {flag.released_at.day}", "approver"))
    withdraw_flag(
        actor=approver, at=at, release_id=flag.release_id, tier=flag.tier, rank=flag.rank, why="Wrong person."
    )


def disagree_and_finish(item: WorkItem, asha: Membership, manager: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"at": at, "item_id": item.id}
    worker = acting(asha)
    assign_item(actor=manager, member_id=asha.id, **given)
    judge_item(actor=worker, verdict=Verdict.DISAGREE, why="Nothing in it.", **given)
    finish_item(actor=worker, words="Nothing.", **given)


def sees(actor: Actor, person: Person, at: datetime) -> bool:
    try:
        person_page(actor=actor, person_id=person.id, at=at)
    except NotFoundError:
        return False
    return True


@pytest.fixture
def hal(council: Organisation) -> Membership:
    housing = Team.form(organisation=council, name="Housing", capacity_per_week=10, services=["housing"])
    return member(council, "Hal Oyelaran", "practitioner", team=housing)


@pytest.fixture
def anne(peer: Actor, at: datetime) -> Person:
    """Whom the council sees because of flags alone."""
    return admit(peer, at, known_as="Anne")


def test_a_later_flag_of_another_list_is_noted_and_takes_no_place(
    person: Person, council: Organisation, team: Team, at: datetime
) -> None:
    first = released(person, council, at, policy="self_neglect/1", rank=2)
    other = released(person, council, at + A_WEEK, policy="winter_calls/1", tier="later", rank=900)
    item = open_item()
    assert (item.flag, item.rank, item.later_flag) == (first, 2, other)
    assert nothing_is_left(at + A_WEEK)
    next_version = released(person, council, at + 2 * A_WEEK, policy="self_neglect/2", rank=1)
    assert (open_item().flag, open_item().rank) == (next_version, 1)


def test_once_the_item_has_ended_the_earlier_flag_of_another_list_puts_them_on_it(
    person: Person, council: Organisation, asha: Membership, manager: Actor, at: datetime
) -> None:
    later = at + A_WEEK
    released(person, council, at, policy="self_neglect/1")
    other = released(person, council, later, policy="winter_calls/1", reasons=[GAS])
    disagree_and_finish(open_item(), asha, manager, later)
    assert distribute_released(actor=NIGHTLY, at=later) == 1
    assert open_item().flag == other


@pytest.mark.usefixtures("team")
def test_what_nobody_has_goes_to_the_case_holder_whom_the_later_flag_names(
    person: Person, council: Organisation, hal: Membership, at: datetime, settings: Any
) -> None:
    settings.MAIL = settings.MAIL or object()
    released(person, council, at)
    everything()
    Notice.objects.all().delete()
    released(person, council, at + A_WEEK, **HAL)
    item = open_item()
    assert (item.assigned_to, item.team, item.state) == (hal, hal.team, State.ASSIGNED)
    assert names_told() == {"Hal Oyelaran"}


@pytest.mark.usefixtures("team", "hal")
def test_without_a_case_holder_it_goes_to_the_team_of_the_later_flag(
    person: Person, council: Organisation, at: datetime
) -> None:
    released(person, council, at)
    released(person, council, at + A_WEEK, **HAL | {"worker": "Somebody Gone"})
    item = open_item()
    assert item.team is not None
    assert (item.team.name, item.state) == ("Housing", State.WAITING)


def test_what_was_put_back_stays_for_a_manager_to_give(
    person: Person, council: Organisation, asha: Membership, hal: Membership, manager: Actor, at: datetime
) -> None:
    released(person, council, at, **HAL)
    put_back(actor=acting(hal), at=at, item_id=open_item().id, why="I no longer work with her.")
    later = released(person, council, at + A_WEEK, **HAL)
    item = open_item()
    assert (item.flag, item.assigned_to, item.state) == (later, None, State.PUT_BACK)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_disagreed_with_and_finished_it_closes_straight_away_however_often_it_was_released(
    anne: Person, council: Organisation, asha: Membership, worker: Actor, manager: Actor, at: datetime,
    times: int, ask: Ask, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for again in range(times):
        last = at + again * A_WEEK
        flag = released(anne, council, last)
    monkeypatch.setattr("django.utils.timezone.now", lambda: last)
    item = open_item()
    assert CLOSES in ask(items.item, item_id=item.id)
    disagree_and_finish(item, asha, manager, last)
    assert not sees(worker, anne, last)
    withdraw(flag, last)
    assert nothing_is_left(last), "nobody could open it"


def test_it_does_not_say_so_while_a_later_flag_is_noted(
    anne: Person, council: Organisation, asha: Membership, worker: Actor, manager: Actor, at: datetime,
    ask: Ask, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    released(anne, council, at)
    assign_item(actor=manager, at=at, item_id=open_item().id, member_id=asha.id)
    last = at + A_WEEK
    later = released(anne, council, last)
    monkeypatch.setattr("django.utils.timezone.now", lambda: last)
    item = open_item()
    assert item.later_flag == later
    assert CLOSES not in ask(items.item, item_id=item.id)


def test_withdrawing_the_third_does_not_free_what_the_second_had_overtaken(
    person: Person, council: Organisation, asha: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    released(person, council, at, reasons=[GAS])
    released(person, council, at + A_WEEK)
    given: dict[str, Any] = {"at": at + A_WEEK, "item_id": open_item().id}
    assign_item(actor=manager, member_id=asha.id, **given)
    judge_item(actor=worker, verdict=Verdict.AGREE, why="I know her.", **given)
    finish_item(actor=worker, words="Her gas is on again.", **given)
    third = at + 2 * A_WEEK
    withdraw(released(person, council, third), third)
    expire_items(actor=NIGHTLY, at=third)
    assert nothing_is_left(third)


def test_withdrawn_one_after_the_other_each_lets_the_one_before_it_count_again(
    person: Person, council: Organisation, team: Team, at: datetime
) -> None:
    flags = [released(person, council, at + number * A_WEEK, rank=number + 1) for number in range(3)]
    night = at + 2 * A_WEEK + timedelta(minutes=1)
    for before, flag in ((flags[1], flags[2]), (flags[0], flags[1])):
        withdraw(flag, night)
        expire_items(actor=NIGHTLY, at=night)
        distribute_released(actor=NIGHTLY, at=night)
        assert open_item().flag == before
