"""Two commands that wait for each other: one is ended and run again. What tells somebody comes last."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError

import pytest
from tests.casework.at_once import at_once

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, require
from alongside.casework.accounts import events
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.operations.running import last_of_all

TRIED: list[str] = []


@command
def rename_two(
    *, actor: Actor, at: datetime, first: str, then: str, met: Barrier, words: Iterable[str] = ()
) -> None:
    """Rename one organisation, then another; who does it the other way round has begun by then."""
    require(ALLOWED)
    TRIED.append(first)
    Organisation.objects.filter(code=first).update(name=f"{first}, first")
    with suppress(BrokenBarrierError):
        met.wait(1)
    Organisation.objects.filter(code=then).update(name=f"{then}, after {first}")
    record(events.ORGANISATION_JOINED, actor=actor, organisation=" ".join([first, *words]))


@pytest.fixture
def two(transactional_db: None) -> Iterable[list[str]]:
    TRIED.clear()
    for code in ("one", "two"):
        Organisation.join(code=code, name=code, kind="charity")
    return TRIED


def crossing(anybody: Actor, at: datetime, words: Callable[[], Iterable[str]]) -> list[str]:
    met = Barrier(2)
    return at_once(
        *(
            lambda pair=pair: rename_two(  # type: ignore[misc]
                actor=anybody, at=at, first=pair[0], then=pair[1], met=met, words=words()
            )
            for pair in (("one", "two"), ("two", "one"))
        )
    )


def test_of_two_that_wait_for_each_other_both_are_done(two: list[str], anybody: Actor, at: datetime) -> None:
    assert crossing(anybody, at, lambda: ["is", "kept"]) == ["kept", "kept"]
    assert len(two) == 3, "one was ended, undone and run again"
    assert AuditEvent.objects.count() == 2
    assert {each.name for each in Organisation.objects.all()} == {"one, after two", "two, first"} or {
        each.name for each in Organisation.objects.all()
    } == {"two, after one", "one, first"}


def test_what_can_be_read_once_only_is_not_run_again(two: list[str], anybody: Actor, at: datetime) -> None:
    assert crossing(anybody, at, lambda: iter(["is", "read"])) == ["OperationalError", "kept"]
    assert len(two) == 2
    assert AuditEvent.objects.count() == 1


@command
def keep(*, actor: Actor, at: datetime, told: list[str], fails: bool = False) -> None:
    """Tell somebody, then record; or fail after telling."""
    require(ALLOWED)
    last_of_all(lambda: told.append("told" if AuditEvent.objects.exists() else "too early"))
    record(events.ORGANISATION_JOINED, actor=actor, organisation="one")
    if fails:
        raise ZeroDivisionError


@command
def keep_both(*, actor: Actor, at: datetime, told: list[str]) -> None:
    """Lean on one that stays and one that fails."""
    require(ALLOWED)
    keep(actor=actor, at=at, told=told)
    with suppress(ZeroDivisionError):
        keep(actor=actor, at=at, told=told, fails=True)
    assert told == []
    record(events.ORGANISATION_JOINED, actor=actor, organisation="both")


@pytest.mark.django_db
def test_what_is_done_last_is_done_once_all_is_recorded_and_not_where_its_step_is_undone(
    anybody: Actor, at: datetime
) -> None:
    told: list[str] = []
    keep_both(actor=anybody, at=at, told=told)
    assert told == ["told"]
    last_of_all(lambda: told.append("at once"))
    assert told == ["told", "at once"]
