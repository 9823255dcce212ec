"""How soon somebody should look goes with a referral, all the way to the list of whoever takes it on."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.commands.worrying import Worry, raise_worry
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.outreach.views import asking, items, referrals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
TODAY = Worry(
    known_as="The woman in the blue van", words="She sleeps in it.", priority=Priority.TODAY,
    person_agrees="not_asked",
)  # fmt: skip


@pytest.mark.usefixtures("team")
def test_a_worry_for_today_is_for_today_where_it_is_read_and_on_the_list_of_whoever_takes_it(
    ask: Ask, worker: Actor, peer: Actor, at: datetime
) -> None:
    raise_worry(actor=peer, at=at, worry=TODAY)
    everything()
    made = Referral.objects.get()
    assert made.priority == Priority.TODAY
    assert "How soon: Today" in ask(referrals.referrals)
    assert accept_referral(actor=worker, at=at, referral_id=made.id).priority == Priority.TODAY


def test_whoever_is_on_the_list_already_is_looked_for_no_later_than_was_asked(
    judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    asked: dict[str, Any] = {
        "actor": worker,
        "at": at,
        "item_id": judged.id,
        "to_organisation_id": charity.id,
        "why": "?",
    }
    first = make_referral(**asked, priority=Priority.THIS_WEEK)
    theirs = accept_referral(actor=peer, at=at, referral_id=first.id)
    for soon, then in ((Priority.ROUTINE, Priority.THIS_WEEK), (Priority.TODAY, Priority.TODAY)):
        everything()
        Referral.objects.all().delete()
        made = make_referral(**asked, priority=soon)
        again = accept_referral(actor=peer, at=at, referral_id=made.id)
        assert (again.id, again.priority) == (theirs.id, then)


def test_whoever_refers_says_how_soon_and_where_they_do_not_it_is_as_soon_as_for_themselves(
    ask: Ask, judged: WorkItem, charity: Organisation, worker: Actor, at: datetime
) -> None:
    given = {"item_id": judged.id, "organisation_id": charity.id}
    sent = {"why": "Company.", "person_agrees": "yes", "safe": "yes", "priority": "1"}
    check = ask(asking.refer_to, sent, **given)
    assert "How soon should somebody look into it?" in check
    assert 'name="priority" value="1"' in check
    ask(asking.refer_to, sent | {"confirmed": "yes"}, **given)
    assert "How soon: Today" in ask(items.item, item_id=judged.id)
    everything()
    Referral.objects.all().delete()
    for own, asked in ((None, Priority.THIS_WEEK), (Priority.TODAY, Priority.TODAY)):
        WorkItem.objects.filter(id=judged.id).update(priority=own)
        made = make_referral(
            actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company"
        )
        assert made.priority == asked
        everything()
        Referral.objects.all().delete()
