"""A request for access: taken by anybody at work, and moved on by whoever answers it, in its order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.casework.rights.conftest import everything, row
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.rights.commands.requests import (
    WrongRequestError,
    ask_identity,
    ask_what_is_meant,
    check_identity,
    close_request,
    extend_time,
    note_what_is_meant,
    take_request,
)
from alongside.casework.rights.models import AccessRequest
from alongside.casework.rights.queries.requests import requests_under_way, whose_record
from alongside.casework.rights.rules.clock import clock

DAY = date(2026, 11, 2)


def said(riverside: Universe, **other: Any) -> dict[str, Any]:
    return {
        "person_id": riverside.people["Amina"], "asked_by": "person", "received_on": DAY, "how": "letter",
    } | other  # fmt: skip


def test_whoever_works_with_the_person_takes_it_and_whoever_answers_sees_it(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    made = take_request(actor=who("Joan Adeyemi"), at=at, **said(riverside))
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.person_id, last.purpose) == (
        "rights.request_taken", riverside.people["Amina"], "rights",
    )  # fmt: skip
    waiting = {each.id: each for each in requests_under_way(actor=iris)}
    assert waiting[made.id].taken_by == "Joan Adeyemi"
    assert made.reference.startswith("AR-")


def test_nobody_takes_one_for_somebody_they_do_not_see_but_whoever_answers_them(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        take_request(actor=who("Kit Lowe"), at=at, **said(riverside))
    with pytest.raises(NotAllowedError):
        take_request(actor=who("Lena Novak"), at=at, **said(riverside))
    assert take_request(actor=iris, at=at, **said(riverside)).person_id == riverside.people["Amina"]
    with pytest.raises(NotFoundError):
        take_request(actor=iris, at=at, **said(riverside, person_id=uuid4()))


@pytest.mark.parametrize(
    "other",
    [
        {"received_on": DAY + timedelta(days=1)},
        {"asked_by": "for_them"},
        {"asked_by": "for_them", "asked_by_name": "Ms Lund, solicitor"},
    ],
)
def test_what_could_not_be_a_request_is_refused(
    riverside: Universe, iris: Actor, at: datetime, other: dict[str, Any]
) -> None:
    with pytest.raises(WrongRequestError):
        take_request(actor=iris, at=at, **said(riverside, **other))


def test_whose_record_it_is_is_found_by_surname_and_birthday_and_only_how_many_is_recorded(
    riverside: Universe, who: Callable[[str], Actor], iris: Actor
) -> None:
    found = whose_record(actor=iris, surname="O Murchu", date_of_birth=date(1951, 3, 4))
    assert found == [riverside.people["Bee"]]
    assert whose_record(actor=iris, surname="Yusuf", date_of_birth=date(1951, 3, 4)) == []
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.details, last.person_id) == ("rights.person_looked_for", {"found": 0}, None)
    with pytest.raises(NotAllowedError):
        whose_record(actor=who("Asha Patel"), surname="Yusuf", date_of_birth=date(2007, 5, 19))


def test_the_clock_of_a_request_follows_what_was_asked_and_answered(
    riverside: Universe, iris: Actor, ada: Actor, at: datetime
) -> None:
    made = take_request(actor=iris, at=at, **said(riverside, received_on=DAY - timedelta(days=10)))
    ask_identity(actor=iris, at=at, request_id=made.id, on=DAY - timedelta(days=9))
    with pytest.raises(AlreadyDoneError):
        ask_identity(actor=iris, at=at, request_id=made.id, on=DAY)
    assert clock(row(made.id).as_asked(), today=DAY).due is None
    with pytest.raises(WrongRequestError):
        check_identity(actor=ada, at=at, request_id=made.id, on=DAY - timedelta(days=10), how="Her passport.")
    check_identity(actor=ada, at=at, request_id=made.id, on=DAY - timedelta(days=4), how="Her passport.")
    assert clock(row(made.id).as_asked(), today=DAY).due == date(2026, 11, 30)  # the 29th is a Sunday
    ask_what_is_meant(actor=iris, at=at, request_id=made.id, on=DAY - timedelta(days=3), asked="Which?")
    assert clock(row(made.id).as_asked(), today=DAY).stands_still_since == DAY - timedelta(days=3)
    with pytest.raises(AlreadyDoneError):
        ask_what_is_meant(actor=iris, at=at, request_id=made.id, on=DAY, asked="Which?")
    note_what_is_meant(actor=iris, at=at, request_id=made.id, on=DAY, answer="All of it.")
    assert clock(row(made.id).as_asked(), today=DAY).due == date(2026, 12, 2)
    with pytest.raises(AlreadyDoneError):
        note_what_is_meant(actor=iris, at=at, request_id=made.id, on=DAY, answer="All of it.")
    extend_time(actor=iris, at=at, request_id=made.id, on=DAY, why="Six agencies hold something.")
    assert clock(row(made.id).as_asked(), today=DAY).due == date(2027, 2, 1)
    with pytest.raises(AlreadyDoneError):
        extend_time(actor=iris, at=at, request_id=made.id, on=DAY, why="More.")


def test_one_alone_cannot_make_up_a_request_and_open_what_is_held(
    riverside: Universe, iris: Actor, ada: Actor, at: datetime
) -> None:
    made = take_request(actor=iris, at=at, **said(riverside))
    with pytest.raises(NotAllowedError, match="Somebody else must confirm"):
        check_identity(actor=iris, at=at, request_id=made.id, on=DAY, how="I know her.")
    assert row(made.id).state == "received"
    check_identity(actor=ada, at=at, request_id=made.id, on=DAY, how="I spoke with her worker.")
    assert row(made.id).state == "open"


def test_it_is_not_extended_after_the_first_month(riverside: Universe, iris: Actor, at: datetime) -> None:
    made = take_request(actor=iris, at=at, **said(riverside, received_on=DAY - timedelta(days=40)))
    with pytest.raises(WrongRequestError, match="first month"):
        extend_time(actor=iris, at=at, request_id=made.id, on=DAY, why="It is complex.")
    assert row(made.id).extended_on is None


def test_a_request_is_closed_with_the_reason_they_were_told_and_then_nothing_moves(
    riverside: Universe, iris: Actor, asked: UUID, at: datetime
) -> None:
    with pytest.raises(WrongRequestError):
        close_request(actor=iris, at=at, request_id=asked, why=" ")
    close_request(actor=iris, at=at, request_id=asked, why="She took it back.")
    assert row(asked).state == "closed"
    for again in (
        lambda: close_request(actor=iris, at=at, request_id=asked, why="Again."),
        lambda: extend_time(actor=iris, at=at, request_id=asked, on=DAY, why="Again."),
        lambda: ask_what_is_meant(actor=iris, at=at, request_id=asked, on=DAY, asked="Again?"),
        lambda: check_identity(actor=iris, at=at, request_id=asked, on=DAY, how="Again."),
    ):
        with pytest.raises(AlreadyDoneError):
            again()


@pytest.mark.parametrize("name", ["Asha Patel", "Gwen Hughes", "Priya Shah", "Noor Aziz", "Lena Novak"])
def test_nobody_else_moves_one_on(
    riverside: Universe, who: Callable[[str], Actor], asked: UUID, at: datetime, name: str
) -> None:
    for tried in (
        lambda: close_request(actor=who(name), at=at, request_id=asked, why="No."),
        lambda: check_identity(actor=who(name), at=at, request_id=asked, on=DAY, how="No."),
        lambda: requests_under_way(actor=who(name)),
    ):
        with pytest.raises(NotAllowedError):
            tried()


def test_the_database_knows_that_nothing_comes_before_it_is_known_who_asks(
    riverside: Universe, asked: UUID
) -> None:
    everything()
    for wrong in (
        {"identity_known_on": None},
        {"state": "released"},
        {"ready_by": UUID(int=3), "released_by": UUID(int=3)},
        {"asked_by": "for_them"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessRequest.objects.filter(id=asked).update(**wrong)
