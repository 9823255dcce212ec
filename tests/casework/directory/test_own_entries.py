"""Services keep their own entries: nobody else's, nothing lost, nothing done in silence."""

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

import pytest
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.directory import commands, queries
from alongside.casework.directory.models import Schedule, Service
from alongside.casework.directory.models.entries import entry_of
from alongside.casework.directory.rules import Hours, Status
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(editor: Actor, at: datetime) -> Service:
    return commands.publish_service(actor=editor, at=at, entry=FOOD_BANK)


@pytest.mark.proves("FIND-26")
def test_a_service_publishes_and_keeps_its_own_entry(
    service: Service, editor: Actor, at: datetime, later: datetime
) -> None:
    assert entry_of(Service.objects.get()) == FOOD_BANK
    assert service.organization.name == "Riverside Together"
    assert service.assured_date == at.date()
    anew = replace(FOOD_BANK, alert="Closed on Friday", languages=("English",), hours=())
    changed = commands.change_service(
        actor=editor, at=later, service_id=service.id, entry=anew, seen=service.last_modified
    )
    assert entry_of(changed) == anew
    assert not Schedule.objects.exists()
    assert changed.assured_date == later.date()
    assert list(AuditEvent.objects.order_by("sequence").values_list("code", flat=True)) == [
        "directory.service_published",
        "directory.service_changed",
    ]


def test_nobody_changes_confirms_or_closes_the_entry_of_another_organisation(
    service: Service, stranger: Actor, later: datetime
) -> None:
    for attempt in (commands.confirm_entry, commands.close_service):
        with pytest.raises(NotAllowedError, match="Another organisation keeps this entry"):
            attempt(actor=stranger, at=later, service_id=service.id)
    with pytest.raises(NotAllowedError):
        commands.change_service(
            actor=stranger, at=later, service_id=service.id, entry=FOOD_BANK, seen=service.last_modified
        )
    with pytest.raises(NotAllowedError):
        queries.edit_page(actor=stranger, service_id=service.id)
    assert Service.objects.get().last_modified == service.last_modified


def test_whoever_may_not_edit_the_directory_publishes_nothing(editor: Actor, at: datetime) -> None:
    reader = replace(editor, permissions=frozenset())
    with pytest.raises(NotAllowedError):
        commands.publish_service(actor=reader, at=at, entry=FOOD_BANK)
    assert not Service.objects.exists()


def test_a_change_to_an_entry_that_somebody_changed_meanwhile_is_not_written(
    service: Service, editor: Actor, later: datetime
) -> None:
    seen = service.last_modified
    commands.confirm_entry(actor=editor, at=later, service_id=service.id)
    with pytest.raises(StaleError):
        commands.change_service(
            actor=editor, at=later, service_id=service.id, entry=replace(FOOD_BANK, fees="Free"), seen=seen
        )
    assert Service.objects.get().fees == ""


def test_nothing_is_done_in_silence(service: Service, editor: Actor, at: datetime, later: datetime) -> None:
    with pytest.raises(AlreadyDoneError):
        commands.change_service(
            actor=editor, at=later, service_id=service.id, entry=FOOD_BANK, seen=service.last_modified
        )
    with pytest.raises(AlreadyDoneError):
        commands.confirm_entry(actor=editor, at=at, service_id=service.id)
    commands.close_service(actor=editor, at=later, service_id=service.id)
    assert Service.objects.get().status == Status.DEFUNCT
    for attempt in (commands.confirm_entry, commands.close_service):
        with pytest.raises(commands.EntryClosedError):
            attempt(actor=editor, at=later, service_id=service.id)
    with pytest.raises(NotFoundError):
        commands.close_service(actor=editor, at=later, service_id=UUID(int=5))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "name of the service"),
        ({"minimum_age": 60, "maximum_age": 18}, "youngest age"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"needs": frozenset({UUID(int=8)})}, "not in the partnership's list"),
        ({"status": Status.DEFUNCT}, "no longer offered"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_leaves_nothing(
    editor: Actor, at: datetime, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(commands.EntryNotSoundError, match=told):
        commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, **wrong))
    assert not Service.objects.exists()


def test_a_services_own_people_see_which_entry_waits_longest_to_be_confirmed(
    service: Service, editor: Actor, later: datetime
) -> None:
    second = commands.publish_service(actor=editor, at=later, entry=replace(FOOD_BANK, name="Second"))
    assert [each.id for each in queries.own_entries(actor=editor)] == [service.id, second.id]
    commands.confirm_entry(actor=editor, at=later.replace(day=20), service_id=service.id)
    assert [each.id for each in queries.own_entries(actor=editor)] == [second.id, service.id]


def test_hours_keep_their_order_and_need_not_be_weekly(editor: Actor, at: datetime) -> None:
    hours = (
        Hours(freq="MONTHLY", byday="2TU", opens_at=time(9), closes_at=time(10)),
        Hours(freq="WEEKLY", byday="FR", opens_at=time(22), closes_at=time(2)),
    )
    made = commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, hours=hours))
    assert entry_of(made).hours == hours
