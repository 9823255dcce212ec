"""A team's room for the week is used by what it takes up that week, and by nothing else."""

from datetime import datetime, timedelta

import pytest
from tests.casework.outreach.conftest import acting, admit

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Team
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import (
    answer_hand_over,
    assign_item,
    cover_everything,
    offer_item,
    plan_team_week,
)
from alongside.casework.outreach.commands.working import put_back
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Priority

pytestmark = pytest.mark.django_db
AN_HOUR, THREE_WEEKS = timedelta(hours=1), timedelta(weeks=3)
FULL = "The team has no more room this week."


def waiting(worker: Actor, team: Team, at: datetime, name: str) -> WorkItem:
    person = admit(worker, at, known_as=name)
    return raise_item(
        actor=worker, at=at, person_id=person.id, team_id=team.id, priority=Priority.TODAY, why="No heating."
    )


@pytest.fixture
def two(team: Team, asha: Membership, worker: Actor, manager: Actor, at: datetime) -> list[WorkItem]:
    """Two items that are Asha's since Monday, which is all that the team can take on in a week."""
    team.capacity_per_week = 2
    team.save()
    made = [waiting(worker, team, at, f"Cy {number}") for number in range(2)]
    for each in made:
        assign_item(actor=manager, at=at, item_id=each.id, member_id=asha.id)
    return made


def test_what_was_put_back_takes_no_room_until_somebody_has_it_again(
    two: list[WorkItem], team: Team, worker: Actor, manager: Actor, at: datetime
) -> None:
    for each in two:
        put_back(actor=worker, at=at + AN_HOUR, item_id=each.id, why="I am ill.")
    given = plan_team_week(actor=manager, at=at + 2 * AN_HOUR, team_id=team.id)
    assert (set(given.given), given.left) == ({each.id for each in two}, {})
    one_more = waiting(worker, team, at + 2 * AN_HOUR, "Dee")
    after = plan_team_week(actor=manager, at=at + 3 * AN_HOUR, team_id=team.id)
    assert after.left == {one_more.id: FULL}


def test_what_was_put_back_and_is_taken_up_in_another_week_uses_the_room_of_that_week(
    two: list[WorkItem], team: Team, worker: Actor, manager: Actor, at: datetime
) -> None:
    for each in two:
        put_back(actor=worker, at=at + AN_HOUR, item_id=each.id, why="I am ill.")
    plan_team_week(actor=manager, at=at + THREE_WEEKS, team_id=team.id)
    one_more = waiting(worker, team, at + THREE_WEEKS, "Dee")
    after = plan_team_week(actor=manager, at=at + THREE_WEEKS, team_id=team.id)
    assert after.left == {one_more.id: FULL}


def test_what_only_changes_hands_was_begun_when_it_was_begun(
    two: list[WorkItem],
    team: Team,
    asha: Membership,
    ben: Membership,
    worker: Actor,
    manager: Actor,
    at: datetime,
) -> None:
    later = at + THREE_WEEKS
    cover_everything(actor=manager, at=later, away_id=asha.id, to_id=ben.id)
    assign_item(actor=manager, at=later, item_id=two[0].id, member_id=asha.id)
    offer_item(actor=worker, at=later, item_id=two[0].id, member_id=ben.id, why="He knows her.")
    answer_hand_over(actor=acting(ben), at=later, item_id=two[0].id, accepted=True)
    fresh = [waiting(worker, team, later, f"Dee {number}") for number in range(3)]
    plan = plan_team_week(actor=manager, at=later, team_id=team.id)
    assert (len(plan.given), list(plan.left.values())) == (2, [FULL])
    assert set(plan.given) < {each.id for each in fresh}
