"""What is said of one person in the same moment: nothing of it is overlooked, and nothing is noted twice."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from tests.casework.rights.conftest import everything
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.rights.commands import keeping
from alongside.casework.rights.commands.wishes import note_wish
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.rules.retention import ERASURE, Kind

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(task: Callable[[], Any], became: list[str]) -> threading.Thread:
    def run() -> None:
        try:
            task()
            became.append("done")
        except (AlreadyDoneError, keeping.HeldError) as told:
            became.append(type(told).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_hold_that_is_just_being_placed_is_not_overlooked_by_whoever_lets_go(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    amina, became = riverside.people["Amina"], list[str]()
    with transaction.atomic():
        everything()
        line = Disposal.put_on_list(
            kind=Kind.PERSON, record_id=amina, table="people.Person", row=str(amina), rule=ERASURE,
            due_on=at.date(), at=at,
        )  # fmt: skip
    keeping.mark_to_go(actor=iris, at=at, disposal_id=line.id)
    with transaction.atomic():
        keeping.place_hold(actor=iris, at=at, person_id=amina, reason="inquest", words="Ref 12.")
        thread = in_a_thread(lambda: keeping.let_go(actor=iris, at=at, disposals=[line.id]), became)
        time.sleep(1)
    thread.join()
    assert became == ["HeldError"]


def test_of_two_who_note_the_same_wish_at_once_one_is_told(
    riverside: Universe, iris: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {
        "actor": iris, "at": at, "person_id": riverside.people["Amina"], "wish": "erase", "words": "All.",
        "said_by": "person", "received_on": at.date(), "how": "letter",
    }  # fmt: skip
    became: list[str] = []
    with transaction.atomic():
        note_wish(**given)
        thread = in_a_thread(lambda: note_wish(**given), became)
        time.sleep(1)
    thread.join()
    assert became == ["AlreadyDoneError"]
