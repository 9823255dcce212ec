"""A command or query that forgets its check or its record leaves nothing behind; a refusal is remembered."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import ALLOWED, NotAllowedError, refused, require
from alongside.casework.accounts import events
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command, query
from alongside.casework.operations.running import ForgottenCheckError, beyond_reach
from alongside.casework.operations.signature import MalformedOperationError

pytestmark = pytest.mark.django_db


@command
def take_in(
    *, actor: Actor, at: datetime, code: str, check: bool = True, tell: bool = True, may: bool = True
) -> Organisation:
    """Take in an organisation, forgetting what is asked of it."""
    if check:
        require(ALLOWED if may else refused("no", "You may not."))
    organisation = Organisation.join(code=code, name=code.title(), kind="charity")
    if tell:
        record(events.ORGANISATION_JOINED, actor=actor, organisation=organisation.name)
    return organisation


@command
def take_in_two(*, actor: Actor, at: datetime, tell: bool = True) -> None:
    """Lean on another command's check and record."""
    take_in(actor=actor, at=at, code="one")
    if tell:
        require(ALLOWED)
        record(events.ORGANISATION_JOINED, actor=actor, organisation="two")


@command
def take_in_and_give_up(*, actor: Actor, at: datetime) -> Organisation:
    """Record what happened in a step that is then undone."""
    require(ALLOWED)
    with suppress(ZeroDivisionError), transaction.atomic():
        record(events.ORGANISATION_JOINED, actor=actor, organisation="one")
        raise ZeroDivisionError
    return Organisation.join(code="one", name="One", kind="charity")


@command
def take_in_whoever_may(*, actor: Actor, at: datetime) -> None:
    """Go on where another command refuses."""
    require(ALLOWED)
    with suppress(NotAllowedError):
        take_in(actor=actor, at=at, code="one", may=False)
    record(events.ORGANISATION_JOINED, actor=actor, organisation="two")


def codes() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("code", flat=True))


def test_a_command_that_checks_and_records_stays(anybody: Actor, at: datetime) -> None:
    take_in(actor=anybody, at=at, code="been-there")
    assert Organisation.objects.get().code == "been-there"
    assert codes() == ["accounts.organisation_joined"]


@pytest.mark.parametrize("forgets", ["check", "tell"])
def test_a_command_that_forgets_leaves_nothing(anybody: Actor, at: datetime, forgets: str) -> None:
    with pytest.raises(ForgottenCheckError):
        take_in(actor=anybody, at=at, code="been-there", **{forgets: False})
    assert not Organisation.objects.exists()
    assert codes() == []


def test_a_command_cannot_lean_on_the_one_it_calls(anybody: Actor, at: datetime) -> None:
    with pytest.raises(ForgottenCheckError):
        take_in_two(actor=anybody, at=at, tell=False)
    assert not Organisation.objects.exists()
    take_in_two(actor=anybody, at=at)
    assert codes() == ["accounts.organisation_joined"] * 2


@pytest.mark.django_db(transaction=True)
def test_a_refusal_survives_the_rollback_and_says_why(anybody: Actor, at: datetime) -> None:
    with pytest.raises(NotAllowedError, match="You may not"):
        take_in(actor=anybody, at=at, code="been-there", may=False)
    assert not Organisation.objects.exists()
    event = AuditEvent.objects.get()
    assert (event.code, event.details["reason"]) == ("access.refused", "no")


def test_a_query_that_shows_a_person_must_record_it(anybody: Actor) -> None:
    @query(records=True)
    def look(*, actor: Actor, tell: bool) -> str:
        require(ALLOWED)
        if tell:
            record(events.SIGNED_IN, actor=actor)
        return "seen"

    assert look(actor=anybody, tell=True) == "seen"
    with pytest.raises(ForgottenCheckError):
        look(actor=anybody, tell=False)


def test_an_operation_of_the_wrong_form_is_refused_when_it_is_imported() -> None:
    with pytest.raises(MalformedOperationError, match="by position"):
        command(lambda actor, at: (actor, at))
    with pytest.raises(MalformedOperationError, match="lacks"):

        @command
        def without_a_time(*, actor: Actor) -> None: ...


def test_an_event_that_was_undone_with_its_step_is_none(anybody: Actor, at: datetime) -> None:
    with pytest.raises(ForgottenCheckError):
        take_in_and_give_up(actor=anybody, at=at)
    assert not Organisation.objects.exists()


def test_a_refusal_that_a_command_goes_on_after_is_remembered_too(anybody: Actor, at: datetime) -> None:
    take_in_whoever_may(actor=anybody, at=at)
    assert codes() == ["accounts.organisation_joined", "access.refused"]
    assert AuditEvent.objects.get(code="access.refused").details["operation"].endswith("take_in")


def test_a_database_error_in_a_step_beyond_reach_is_told_as_itself(anybody: Actor, at: datetime) -> None:
    Organisation.join(code="one", name="One", kind="charity")

    @command
    def join_again(*, actor: Actor, at: datetime) -> None:
        require(ALLOWED)
        with beyond_reach(actor):
            Organisation(code="one", name="One", kind="charity").save(force_insert=True)

    with pytest.raises(IntegrityError):
        join_again(actor=anybody, at=at)


def reach_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('alongside.reach', true)")
        found: str = cursor.fetchone()[0]
    return found


@query()
def look(*, actor: Actor, inside: Callable[[], object] = reach_now) -> object:
    """Look at something, and say what the database was told."""
    require(ALLOWED)
    return inside()


def told_in(asked: CaptureQueriesContext) -> int:
    return sum("set_config" in each["sql"] for each in asked.captured_queries)


def test_a_look_inside_another_of_the_same_actor_tells_nothing_again(anybody: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        seen = look(actor=anybody, inside=lambda: [look(actor=anybody) for _each in range(3)])
    assert seen == [anybody.reach] * 3
    assert told_in(asked) == 1
    assert not any("SAVEPOINT" in each["sql"] for each in asked.captured_queries[1:-1])


def test_the_database_knows_of_whoever_looks_whatever_went_before(anybody: Actor) -> None:
    other = system_actor("somebody else")

    def fails_as_another() -> None:
        with suppress(ZeroDivisionError), transaction.atomic():
            look(actor=other, inside=lambda: 1 / 0)

    def fails_after_another() -> None:
        with suppress(ZeroDivisionError), transaction.atomic(), beyond_reach(anybody):
            raise ZeroDivisionError

    def undone_within_beyond_reach() -> object:
        with beyond_reach(anybody):
            with suppress(ZeroDivisionError), transaction.atomic():
                look(actor=anybody)
                raise ZeroDivisionError
            return look(actor=anybody)

    for before in (lambda: look(actor=other), fails_as_another, fails_after_another):
        seen = look(
            actor=anybody, inside=lambda before=before: (before(), look(actor=anybody), reach_now())[1:]
        )
        assert seen == (anybody.reach, anybody.reach)
    assert look(actor=anybody, inside=undone_within_beyond_reach) == anybody.reach
    assert look(actor=anybody, inside=lambda: look(actor=other, inside=lambda: look(actor=anybody))) == (
        anybody.reach
    )
    assert look(actor=anybody, inside=lambda: look(actor=other)) == "*" != anybody.reach
