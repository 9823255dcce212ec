"""Nobody is given an item that they could not open: nobody would ring, and it would no longer wait."""

from datetime import datetime

import pytest
from tests.casework.outreach.conftest import admit, everything, flag_for, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Absence, Membership, Organisation, Team, Training
from alongside.casework.outreach.commands.distributing import distribute_flags, raise_item
from alongside.casework.outreach.commands.giving import (
    CannotOpenError,
    assign_item,
    cover_everything,
    offer_item,
    plan_team_week,
)
from alongside.casework.outreach.models import HandOver, WorkItem
from alongside.casework.outreach.rules import Priority, State
from alongside.casework.people.models import Person
from alongside.casework.sources.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["role", "never trained", "training over"])
def unable(request: pytest.FixtureRequest, council: Organisation, team: Team, at: datetime) -> Membership:
    """Somebody of the team who can open none of its items, and why not."""
    if request.param == "role":
        return member(council, "Ana Lyst", "data_analyst", team=team)
    made = member(council, "Tom Ray", "practitioner", team=team)
    theirs = Training.objects.filter(user=made.user)
    if request.param == "never trained":
        theirs.delete()
    else:
        theirs.update(valid_to=at.date())
    return made


def waiting(worker: Actor, team: Team, at: datetime, name: str) -> WorkItem:
    person = admit(worker, at, known_as=name)
    return raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY, why="No heating."
    )


@pytest.mark.usefixtures("unable")
def test_what_waits_is_given_only_to_those_who_can_open_it(
    team: Team, asha: Membership, worker: Actor, manager: Actor, gwen: Membership, at: datetime
) -> None:
    items = [waiting(worker, team, at, f"Cy {number}") for number in range(4)]
    plan = plan_team_week(actor=manager, at=at, team_id=team.id)
    assert set(plan.given) == {each.id for each in items}
    assert set(plan.given.values()) == {asha.id, gwen.id}


@pytest.mark.usefixtures("unable")
def test_where_only_such_members_are_at_work_it_waits_and_the_reason_is_true(
    team: Team, asha: Membership, gwen: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    item = waiting(worker, team, at, "Cy")
    for each in (asha, gwen):
        Absence.begin(membership=each, on=at.date(), until=None, cover=None)
    plan = plan_team_week(actor=manager, at=at, team_id=team.id)
    assert plan.left == {item.id: "Nobody in the team who could open it is at work today."}


def test_nobody_gives_them_one_by_hand(
    item: WorkItem, asha: Membership, unable: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    with pytest.raises(CannotOpenError, match=f"{unable.user.name} could not open it"):
        assign_item(actor=manager, at=at, item_id=item.id, member_id=unable.id)
    with pytest.raises(CannotOpenError, match=unable.user.name):
        offer_item(actor=worker, at=at, item_id=item.id, member_id=unable.id, why="I am full.")
    with pytest.raises(CannotOpenError, match=unable.user.name):
        cover_everything(actor=manager, at=at, away_id=asha.id, to_id=unable.id)
    everything()
    assert WorkItem.objects.get(id=item.id).assigned_to == asha
    assert not HandOver.objects.exists()


def test_their_cover_is_given_it_who_can(
    item: WorkItem, ben: Membership, unable: Membership, manager: Actor, at: datetime
) -> None:
    Absence.begin(membership=unable, on=at.date(), until=None, cover=ben)
    given = assign_item(actor=manager, at=at, item_id=item.id, member_id=unable.id)
    assert given.assigned_to == ben


@pytest.mark.parametrize("as_cover", [False, True], ids=["named themself", "their cover"])
def test_a_case_holder_who_could_not_open_it_is_not_given_it(
    person: Person, council: Organisation, release: Release, manager: Actor, at: datetime, as_cover: bool
) -> None:
    housing = Team.form(organisation=council, name="Housing", capacity_per_week=10, services=["housing"])
    named = member(council, "Hal Oyelaran", "practitioner", team=housing)
    unable = member(council, "Tom Ray", "practitioner", team=housing) if as_cover else named
    if as_cover:
        Absence.begin(membership=named, on=at.date(), until=None, cover=unable)
    Training.objects.filter(user=unable.user).update(valid_to=at.date())
    flag = flag_for(
        person, council, release, at,
        route="share_with_case_holder", service="housing", worker="Hal Oyelaran",
    )  # fmt: skip
    done = distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    assert done.to_case_holders == 0
    everything()
    item = WorkItem.objects.get()
    assert (item.team, item.assigned_to, item.state) == (housing, None, State.WAITING)
