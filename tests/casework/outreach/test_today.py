"""What was asked of an organisation, and what was answered, stands on the day of whoever can do something."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from tests.casework.outreach.conftest import everything
from tests.casework.outside import watched

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.design.today import Section
from alongside.casework.outreach.commands.referring import (
    accept_referral,
    complete_referral,
    decline_referral,
    make_referral,
)
from alongside.casework.outreach.commands.worrying import Worry, raise_worry
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.day import day_of_outreach
from alongside.casework.outreach.rules import Priority
from alongside.casework.outreach.views import today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
ASKED, ANSWERED = "Referred to us and not answered", "Answers to your referrals"


def day_of(actor: Actor) -> dict[str, Section]:
    request: Any = HttpRequest()
    request.actor = actor
    with watched():
        made = today.lists_and_referrals(request) or []
    return {each.title: each for each in sorted(made, key=lambda each: each.order)}


@pytest.mark.usefixtures("team")
def test_a_worry_stands_on_the_day_of_those_who_may_answer_first_of_all_where_it_is_for_today(
    worker: Actor, manager: Actor, peer: Actor, at: datetime
) -> None:
    for known_as, soon in (("Lou", Priority.THIS_WEEK), ("The woman in the van", Priority.TODAY)):
        told = Worry(known_as=known_as, words="Cold.", priority=soon, person_agrees="not_asked")
        raise_worry(actor=peer, at=at, worry=told)
    for reader in (worker, manager):
        sections = day_of(reader)
        assert list(sections) == [ASKED, "For you to do"], "what is for today comes first"
        lines = sections[ASKED].lines
        assert [each.text.split(",")[0] for each in lines] == ["The woman in the van", "Lou"]
        assert lines[0].hint.startswith("How soon: Today. Been There, ")
        assert sections[ASKED].people == 2
        everything()
        assert lines[0].href.endswith(f"/referrals/#{Referral.objects.get(priority=Priority.TODAY).id}")
    assert ASKED not in day_of(peer), "who asked does not answer"


def test_an_answer_stands_on_the_day_of_whoever_asked_and_of_nobody_else_for_a_week(
    judged: WorkItem, worker: Actor, manager: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    asked: dict[str, Any] = {"item_id": judged.id, "to_organisation_id": charity.id, "why": "Company"}
    first = make_referral(actor=worker, at=at, **asked)
    assert list(day_of(peer)) == ["For you to do", ASKED]
    assert ANSWERED not in day_of(worker)
    decline_referral(actor=peer, at=at, referral_id=first.id, why="Full.", other_route="The library")
    assert ASKED not in day_of(peer)
    assert day_of(worker)[ANSWERED].lines[0].hint.startswith("Declined. Been There, ")
    second = make_referral(actor=worker, at=at, **asked)
    accept_referral(actor=peer, at=at + timedelta(hours=1), referral_id=second.id)
    complete_referral(actor=peer, at=at + timedelta(days=8), referral_id=second.id, words="We walk.")
    later = day_of_outreach(actor=worker, at=at + timedelta(days=9)).answered
    assert [(each.id, each.state) for each in later] == [(second.id, "done")], "the newest alone is new"
    assert ANSWERED not in day_of(manager), "she did not ask"


def test_all_of_it_is_two_questions_to_the_database(
    judged: WorkItem, worker: Actor, charity: Organisation, at: datetime
) -> None:
    make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company")
    day_of_outreach(actor=worker, at=at)
    with CaptureQueriesContext(connection) as asking:
        found = day_of_outreach(actor=worker, at=at)
    assert ([each.id for each in found.items], found.count) == ([judged.id], 1)
    assert sum("FROM" in each["sql"] for each in asking) == 2
