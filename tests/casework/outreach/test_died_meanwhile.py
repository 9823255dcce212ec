"""Who had the page open before it was known that somebody died is told so, and loses nothing they wrote."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import admit, everything
from tests.casework.outreach.test_died import dies

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.living import PersonDiedError
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.talking import begin_conversation
from alongside.casework.outreach.commands.working import record_attempt
from alongside.casework.outreach.models import Attempt, Conversation, Referral, WorkItem
from alongside.casework.outreach.rules import Priority, Result
from alongside.casework.outreach.views import asking, items, lists
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
SAID = "It is recorded that this person has died"


@pytest.fixture
def person(worker: Actor, at: datetime) -> Person:
    """Whom an item is about."""
    return admit(worker, at, known_as="Bee", forename="Beatrice", surname="Quill")


def begins(worker: Actor, at: datetime, item: WorkItem, _to: Organisation) -> Any:
    return begin_conversation(
        actor=worker, at=at, item_id=item.id, guide="first", guide_words={"title": "First", "sections": []}
    )


def tries(worker: Actor, at: datetime, item: WorkItem, _to: Organisation) -> Any:
    return record_attempt(
        actor=worker, at=at, item_id=item.id, result=Result.NOT_REACHED, try_next_on=timezone.localdate(at)
    )


def refers(worker: Actor, at: datetime, item: WorkItem, to: Organisation) -> Any:
    return make_referral(actor=worker, at=at, item_id=item.id, to_organisation_id=to.id, why="Company")


def raises(worker: Actor, at: datetime, item: WorkItem, _to: Organisation) -> Any:
    return raise_item(
        actor=worker, at=at, person_id=item.person_id, team_id=None, priority=Priority.TODAY, why="Cold"
    )


@pytest.mark.parametrize("joined", [False, True], ids=["on the record", "on a record joined to it"])
@pytest.mark.parametrize("act", [begins, tries, refers, raises])
def test_nothing_is_begun_for_somebody_who_has_died_and_nobody_need_judge_a_flag_to_be_told(
    item: WorkItem, person: Person, worker: Actor, manager: Actor, charity: Organisation, at: datetime,
    act: Callable[..., Any], joined: bool,
) -> None:  # fmt: skip
    dead = person
    if joined:
        dead = admit(worker, at, known_as="Beatrice")
        everything(worker)
        merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=dead.id, reason="Same birthday.")
    dies(dead)
    with pytest.raises(PersonDiedError, match=SAID):
        act(worker, at, item, charity)
    everything()
    assert not Conversation.objects.exists()
    assert not Attempt.objects.exists()
    assert not Referral.objects.exists()
    assert WorkItem.objects.count() == 1


def test_what_was_written_before_it_was_known_stays_on_the_page(
    ask: Ask, judged: WorkItem, person: Person, charity: Organisation
) -> None:
    dies(person)
    sent = {"result": "spoke", "note": "She will ring on Monday."}
    tried = ask(items.attempt, sent, item_id=judged.id)
    assert SAID in tried
    assert "She will ring on Monday." in tried
    sent = {"why": "Company on Sundays", "person_agrees": "yes", "safe": "yes", "confirmed": "yes"}
    referred = ask(asking.refer_to, sent, item_id=judged.id, organisation_id=charity.id)
    assert SAID in referred
    assert "Company on Sundays" in referred
    raised = ask(lists.put_on_list, {"priority": "1", "why": "Her house is cold"}, person_id=person.id)
    assert SAID in raised
    assert "Her house is cold" in raised
    assert not Attempt.objects.exists()
    assert not Referral.objects.exists()
