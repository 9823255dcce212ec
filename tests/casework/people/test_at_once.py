"""Two agencies at one person in the same moment: neither waits for what the other holds."""

import threading
from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from tests.casework.at_once import at_once
from tests.casework.people.conftest import somebody_at

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.registry import EventType
from alongside.casework.people import events
from alongside.casework.people.commands import involvement
from alongside.casework.people.models import KnownTo, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person_there(request: pytest.FixtureRequest) -> Person:
    with transaction.atomic():
        person: Person = request.getfixturevalue("person")
    return person


def test_who_answers_and_who_writes_about_one_person_do_not_wait_for_each_other(
    person_there: Person, practitioner: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what refers to the person is looked at when the answer commits, with the end of the audit chain in hand;
    # who writes has the person in hand then, and wants that end
    police = Organisation.join(code="riverside-police", name="Riverside Police", kind="police")
    officer = somebody_at(police, "manager", name="Owen Price")
    asked = involvement.ask_whether_known(
        actor=practitioner, at=at, person_id=person_there.id, asked_of=police, why="A visit"
    )
    recorded, tried, record = threading.Event(), Counter[str](), involvement.record

    def slowly(kind: EventType, **given: Any) -> None:
        tried[kind.code] += 1
        record(kind, **given)
        if kind is events.KNOWN_TO_ANSWERED:
            recorded.set()
            threading.Event().wait(0.5)

    def answer() -> None:
        involvement.answer_whether_known(
            actor=officer, at=at, question_id=asked.id, answer=KnownTo.Answer.OPEN
        )

    def write() -> None:
        recorded.wait(5)
        involvement.add_to_chronology(
            actor=practitioner,
            at=at,
            person_id=person_there.id,
            happened_on=at.date(),
            kind="event",
            words="Fell",
        )

    monkeypatch.setattr(involvement, "record", slowly)
    assert at_once(answer, write) == ["kept", "kept"]
    assert max(tried.values()) == 1, "neither was ended by the database and run again"
