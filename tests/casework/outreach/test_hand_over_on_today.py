"""A hand-over is on the day of whoever is asked, its answer on that of who asked."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.conftest import acting, admit, everything
from tests.casework.outreach.test_today import day_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership
from alongside.casework.outreach.commands import giving
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.identity import merge_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
TO_DO, ANSWERS = "For you to do", "What you asked others to take over"


@pytest.mark.parametrize("accepted", [True, False])
def test_whoever_is_asked_to_take_somebody_over_finds_it_and_who_asked_finds_the_answer(
    accepted: bool, item: WorkItem, ben: Membership, worker: Actor, at: datetime
) -> None:
    giving.offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="She speaks Welsh.")
    (line,) = day_of(acting(ben))[TO_DO].lines
    assert (line.text.split(":")[0], line.hint) == ("Take over", "Asha Patel asks you. Say whether you can.")
    assert str(item.id) in line.href
    assert ANSWERS not in day_of(worker)
    giving.answer_hand_over(actor=acting(ben), at=at, item_id=item.id, accepted=accepted, why="I am full.")
    assert not [each for each in day_of(acting(ben))[TO_DO].lines if each.text.startswith("Take over")]
    (answer,) = day_of(worker)[ANSWERS].lines
    said = "Ben Okoro took over" if accepted else "Ben Okoro cannot take over"
    assert answer.text.startswith(said)
    assert ANSWERS not in day_of(acting(ben))


def test_what_is_on_no_teams_list_is_counted_on_the_day_of_a_manager_until_somebody_has_it(
    worker: Actor, manager: Actor, asha: Membership, at: datetime
) -> None:
    Membership.objects.filter(id=asha.id).update(team=None)
    teamless: Any = acting(Membership.objects.get(id=asha.id))
    made = raise_item(
        actor=teamless, at=at, person_id=admit(worker, at, known_as="Lou").id, team_id=None,
        priority=Priority.THIS_WEEK, why="Cold.",
    )  # fmt: skip
    everything()
    assert made.team_id is None
    said = "Give to somebody: 1 person is on no team's list"
    assert [each.text for each in day_of(manager)[TO_DO].lines] == [said]
    assert said not in [each.text for each in day_of(teamless)[TO_DO].lines]
    giving.assign_item(actor=manager, at=at, item_id=made.id, member_id=asha.id)
    assert said not in [each.text for each in day_of(manager)[TO_DO].lines]


def test_the_answer_calls_them_what_they_are_called_now(
    item: WorkItem, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    new = admit(worker, at, known_as="Max")
    merge_people(actor=manager, at=at, kept_id=new.id, absorbed_id=item.person_id, reason="Their new name.")
    giving.offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="She speaks Welsh.")
    giving.answer_hand_over(actor=acting(ben), at=at, item_id=item.id, accepted=True)
    (answer,) = day_of(worker)[ANSWERS].lines
    assert answer.text == "Ben Okoro took over Max"
