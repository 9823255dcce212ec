"""What somebody must be able to do to contact a person counts where nobody gives the item by hand, too."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.casework.outreach.conftest import everything, member
from tests.casework.outreach.test_overtaken import HAL, hal, open_item, released
from tests.casework.outreach.test_released_again import A_WEEK
from tests.casework.signed_in import browser_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import begin_absence
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.queries import actor_of
from alongside.casework.outreach.commands.needing import say_skills_needed
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters.covering import own_card
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.rules import State
from alongside.casework.people.models import Person

__all__ = ["hal"]
pytestmark = pytest.mark.django_db
LACKING = "This needs a woman, which you do not have: ask somebody who does to take it over"


@pytest.mark.usefixtures("team")
def test_a_later_flag_does_not_give_it_to_a_case_holder_who_lacks_a_skill(
    person: Person, council: Organisation, hal: Membership, manager: Actor, at: datetime
) -> None:
    released(person, council, at)
    item = open_item()
    everything(manager)
    say_skills_needed(actor=manager, at=at, item_id=item.id, skills=["a woman"])
    released(person, council, at + A_WEEK, **HAL)
    item = open_item()
    assert (item.assigned_to, item.team, item.state) == (None, hal.team, State.WAITING)


@pytest.mark.usefixtures("team")
def test_it_does_to_one_who_has_it(
    person: Person, council: Organisation, hal: Membership, manager: Actor, at: datetime
) -> None:
    released(person, council, at)
    everything()
    Membership.objects.filter(id=hal.id).update(skills=["a woman", "welsh"])
    item = open_item()
    everything(manager)
    say_skills_needed(actor=manager, at=at, item_id=item.id, skills=["a woman"])
    released(person, council, at + A_WEEK, **HAL)
    assert open_item().assigned_to == hal


@pytest.mark.usefixtures("the_day")
def test_the_card_and_page_of_a_cover_say_what_is_needed_and_that_they_lack_it(
    judged: WorkItem, council: Organisation, asha: Membership, manager: Actor, at: datetime
) -> None:
    cal = member(council, "Cal Roe", "practitioner", skills=["welsh"])
    everything(manager)
    say_skills_needed(actor=manager, at=at, item_id=judged.id, skills=["a woman", "welsh"])
    day = timezone.localdate(at)
    begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=cal.id)
    covers = actor_of(cal.user, cal.id, "early_help", day)
    (listed,) = my_list(actor=covers, at=at).items
    assert own_card(listed, at, covers).lacking == LACKING
    browser = browser_of(cal.user)
    for address in (reverse("outreach:mine"), "/", reverse("outreach:item", args=[judged.id])):
        assert LACKING in browser.get(address).text, address


@pytest.mark.usefixtures("the_day")
def test_to_whoever_has_them_all_or_has_it_themself_nothing_more_is_said(
    judged: WorkItem, council: Organisation, asha: Membership, manager: Actor, at: datetime
) -> None:
    cal = member(council, "Cal Roe", "practitioner", skills=["a woman"])
    everything(manager)
    say_skills_needed(actor=manager, at=at, item_id=judged.id, skills=["a woman"])
    day = timezone.localdate(at)
    begin_absence(actor=manager, at=at, membership_id=asha.id, on=day, cover_id=cal.id)
    for each in (cal, asha):
        reader = actor_of(each.user, each.id, "early_help", day)
        (listed,) = my_list(actor=reader, at=at).items
        assert own_card(listed, at, reader).lacking == "", each
        assert "not among your skills" not in browser_of(each.user).get(reverse("outreach:mine")).text
