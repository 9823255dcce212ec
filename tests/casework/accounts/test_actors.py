"""Who somebody is when they ask: their organisation's, in their roles, and trained or not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts import commands
from alongside.casework.accounts.queries import UNTRAINED, actor_of
from alongside.casework.accounts.rules import NEEDED, WITHOUT_PEOPLE, waits_for_training
from alongside.casework.kernel.errors import NotFoundError


@pytest.mark.proves("ENABLE-14")
def test_nobody_sees_a_person_without_the_training_and_the_refusal_says_so(partnership: Partnership) -> None:
    actor = partnership.actor(partnership.worker)
    assert waits_for_training(actor.permissions) == frozenset()
    assert actor.may(Permission.DIRECTORY_READ).allowed
    decision = actor.may(Permission.PERSON_READ)
    assert (decision.code, decision.sentence) == ("withheld:person.read", UNTRAINED)
    assert actor.may(Permission.PERSON_MERGE).code == "no_permission:person.merge"


def test_whoever_may_not_is_told_whom_to_ask_and_who_is_asked_what_to_do(partnership: Partnership) -> None:
    told = partnership.actor(partnership.worker).may(Permission.PERSON_MERGE).sentence
    assert "ask your organisation lead" in told
    lead = partnership.actor(partnership.lead).may(Permission.PERSON_MERGE).sentence
    assert "ask your" not in lead
    assert "give them a role that allows it, under “Team and members”" in lead


@pytest.mark.proves("ENABLE-14")
def test_the_training_opens_what_the_role_permits_until_it_runs_out(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    commands.note_training(
        actor=partnership.actor(partnership.lead), at=partnership.at, membership_id=partnership.worker.id,
        course=NEEDED, done_on=today - timedelta(days=10), valid_to=today + timedelta(days=10),
    )  # fmt: skip
    worker = partnership.worker
    for days, permitted in [(0, True), (9, True), (10, False)]:
        actor = actor_of(worker.user, worker.id, "", today + timedelta(days=days))
        assert actor.may(Permission.PERSON_READ).allowed is permitted


def test_a_membership_is_its_own_users_and_only_while_it_holds(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    worker, lead = partnership.worker, partnership.lead
    with pytest.raises(NotFoundError):
        actor_of(lead.user, worker.id, "", today)
    with pytest.raises(NotFoundError):
        actor_of(worker.user, worker.id, "", today - timedelta(days=1))
    tomorrow = today + timedelta(days=1)
    commands.end_membership(
        actor=partnership.actor(lead), at=partnership.at, membership_id=worker.id, on=tomorrow
    )
    assert actor_of(worker.user, worker.id, "", today).name == "Will Ford"
    with pytest.raises(NotFoundError):
        actor_of(worker.user, worker.id, "", tomorrow)


def test_what_is_new_waits_for_the_training_until_it_is_said_to_show_nobody() -> None:
    """A permission that nobody thought of here must not open a record to whoever has not been trained."""
    kept = frozenset(Permission) - waits_for_training(frozenset(Permission))
    assert {
        each for each in kept if each.value.startswith(("person.", "choice.", "share.", "capacity."))
    } == set()
    assert Permission.OFFER_REVIEW not in kept
    assert kept == WITHOUT_PEOPLE - {Permission.RIGHTS_HANDLE}
