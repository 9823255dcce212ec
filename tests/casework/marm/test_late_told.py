"""An action on the days on which the night's work tells of it: it is then on the day of each who is told."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import asks, written
from tools.universe import Universe

from alongside.casework.accounts.models import Membership
from alongside.casework.marm.commands.actions import accept_action
from alongside.casework.marm.models import Action, Case
from alongside.casework.marm.queries.today import Asks
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE, OWNER_MANAGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(who: AnActor, riverside_now: Universe, joined: Case, now: datetime) -> Action:
    """Of Wes, who accepted it, and due today."""
    made = written(who, riverside_now, joined, now, due=timezone.localdate(now))
    return accept_action(actor=who("Wes Tanner"), at=now, action_id=made.id)


def test_it_is_on_its_owners_day_from_the_day_on_which_it_is_due(
    action: Action, who: AnActor, now: datetime
) -> None:
    assert asks(who, "Wes Tanner", action, now - timedelta(days=1)) == []
    assert asks(who, "Wes Tanner", action, now) == [Asks.DUE]
    assert asks(who, "Asha Patel", action, now) == [], "who leads is told once it is late"
    assert asks(who, "Wes Tanner", action, now + timedelta(days=1)) == [Asks.LATE]


def test_once_co_ordinators_are_told_that_it_is_late_it_is_on_their_day(
    action: Action, who: AnActor, now: datetime
) -> None:
    later = now + timedelta(days=30)
    assert asks(who, "Mair Pugh", action, later) == []
    see_all()
    action.nudge(DISPUTE_ROUTE, at=later)
    assert asks(who, "Mair Pugh", action, later) == [Asks.TO_CHASE]
    assert asks(who, "Joan Adeyemi", action, later) == []


def test_where_its_owner_has_no_manager_who_is_there_it_is_on_the_day_of_another(
    action: Action, who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    later = now + timedelta(days=30)
    Membership.objects.filter(id=action.owner_id).update(manager=None)
    assert asks(who, "Gwen Hughes", action, later) == []
    see_all()
    action.nudge(OWNER_MANAGER, at=later)
    assert asks(who, "Gwen Hughes", action, later) == [Asks.LATE_OF_TEAM]
    assert asks(who, "Joan Adeyemi", action, later) == [], "who manages nobody, where somebody does"
    Membership.objects.filter(id=riverside_now.members["Gwen Hughes"].id).update(roles=["practitioner"])
    assert asks(who, "Joan Adeyemi", action, later) == [Asks.LATE_OF_TEAM]
