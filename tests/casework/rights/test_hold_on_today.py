"""A hold that harm placed is told to somebody who can lift it, and is on their day."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership
from alongside.casework.notices.models import Notice
from alongside.casework.rights.commands.keeping import hold_after_harm, lift_hold
from alongside.casework.rights.models import LegalHold

SAID = "Records are held, because somebody died or was seriously harmed"


@pytest.fixture(autouse=True)
def mail(settings: Settings, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAIL = settings.MAIL or SimpleNamespace(address="https://alongside.example")
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=5))


def told() -> set[str]:
    return set(Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True))


def test_where_an_organisation_has_somebody_for_it_they_are_told_and_find_it_until_it_is_lifted(
    riverside: Universe, asha: Actor, iris: Actor, bee: UUID, at: datetime
) -> None:
    hold_after_harm(asha, at, bee)
    assert told() == {"Iris Okafor"}
    hers = browser_of(riverside.members["Iris Okafor"].user)
    page = hers.get("/").text
    assert SAID in page
    assert "Bee" not in page
    lift_hold(actor=iris, at=at, hold_id=LegalHold.objects.get().id, why="There is no review.")
    assert SAID not in hers.get("/").text


def test_where_it_has_nobody_those_of_the_partnership_are_told(
    riverside: Universe, bee: UUID, at: datetime
) -> None:
    hold_after_harm(actor_for(riverside, "Dee Marsh", on=timezone.localdate(at)), at, bee)
    assert told() == {"Iris Okafor", "Ada Clarke"}
    for name in told():
        assert SAID in browser_of(riverside.members[name].user).get("/").text


def test_nor_is_it_left_to_whoever_wrote_the_harm_down_alone(
    riverside: Universe, bee: UUID, at: datetime
) -> None:
    asha = riverside.members["Asha Patel"]
    Membership.objects.filter(id=asha.id).update(roles=["practitioner", "governance_lead"])
    Membership.objects.filter(id=riverside.members["Iris Okafor"].id).update(roles=["approver"])
    hold_after_harm(actor_for(riverside, "Asha Patel", on=timezone.localdate(at)), at, bee)
    assert told() == {"Ada Clarke"}
