"""However many of one kind are waiting, the first of the other is seen, and the page says how many more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from tests.casework.capacity.conftest import DAY, Recorder
from tests.casework.outside import watched

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.commands.advocating import ask_for_advocacy
from alongside.casework.capacity.queries import due
from alongside.casework.capacity.queries.due import Due, waiting
from alongside.casework.capacity.rules.advocacy import Asked, Occasion
from alongside.casework.capacity.rules.assessing import Function
from alongside.casework.capacity.views.today import decisions_that_wait
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_advocates_awaited(practitioner: Actor, at: datetime) -> None:
    for name in ("Ann", "Bo", "Cy"):
        person = admit_person(
            actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": name}
        )
        ask_for_advocacy(
            actor=practitioner, at=at, person_id=person.id,
            asked=Asked(Occasion.ENQUIRY, (Function.WEIGH,), "Seen."),
        )  # fmt: skip


@pytest.mark.usefixtures("three_advocates_awaited")
def test_a_check_that_is_due_is_seen_however_many_advocates_are_awaited(
    recorded: Recorder, practitioner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = recorded()
    monkeypatch.setattr(due, "MOST_SHOWN", 2)
    found = waiting(actor=practitioner, day=DAY)
    assert [each.due for each in found] == [Due.ADVOCATE, Due.ADVOCATE, Due.CHECK]
    assert (found[0].of_all, found[-1].of_all, found[-1].id) == (3, 1, check.id)


@pytest.mark.usefixtures("three_advocates_awaited")
def test_the_page_says_how_many_more_of_each_kind_are_waiting(
    practitioner: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + timedelta(hours=1))
    assert "more" not in "".join(_lines(practitioner))
    monkeypatch.setattr(due, "MOST_SHOWN", 2)
    assert "1 more person is waiting for an advocate, and is shown once one of these has one." in _lines(
        practitioner
    )


def _lines(actor: Actor) -> list[str]:
    request: Any = HttpRequest()
    request.actor = actor
    with watched():
        section = decisions_that_wait(request)
    assert section is not None
    assert section.people <= len(section.lines)
    return [each.text for each in section.lines]
