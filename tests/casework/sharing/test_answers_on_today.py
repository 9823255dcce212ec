"""Whoever asked for information finds the answer on their day, and the last day on which one is due."""

from datetime import datetime

import pytest
from django.utils import timezone
from tests.casework.sharing.asking import DAY
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.people.commands.involvement import answer_whether_known, ask_whether_known
from alongside.casework.people.models import KnownTo
from alongside.casework.sharing.commands.requests import refuse_request, say_nothing_is_held
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.queries.waiting import Waits, waiting
from alongside.casework.sharing.rules.requests import Refusal


def why(actor: Actor, about: object, day: object = DAY) -> list[Waits]:
    return [each.why for each in waiting(actor=actor, day=day) if each.id == about]  # type: ignore[arg-type]


def test_the_last_day_is_said_on_the_day_and_is_not_late(asha: Actor, asked: InformationRequest) -> None:
    assert why(asha, asked.id) == []
    assert why(asha, asked.id, asked.due) == [Waits.LAST_DAY]
    assert why(asha, asked.id, asked.due.replace(day=asked.due.day + 1)) == [Waits.SILENT]


@pytest.mark.parametrize("refused", [True, False])
def test_that_it_is_refused_or_that_nothing_is_held_is_on_the_day_of_who_asked_alone(
    refused: bool,
    riverside: Universe,
    asha: Actor,
    kit: Actor,
    asked: InformationRequest,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if refused:
        words = "It is part of an enquiry."
        refuse_request(actor=kit, at=at, request_id=asked.id, refusal=Refusal.OTHER, words=words)
    else:
        say_nothing_is_held(actor=kit, at=at, request_id=asked.id)
    assert why(asha, asked.id) == [Waits.REPLIED]
    assert why(actor_for(riverside, "Wes Tanner", on=DAY), asked.id) == []
    monkeypatch.setattr(timezone, "now", lambda: at)
    page = browser_of(riverside.members["Asha Patel"].user).get("/").text
    assert "Valley Police has answered what you asked for" in page


def test_whether_somebody_is_known_is_on_the_day_of_who_asked_once_it_is_answered(
    riverside: Universe, asha: Actor, tom: Actor, at: datetime
) -> None:
    bee = riverside.people["Bee"]
    question = ask_whether_known(
        actor=asha, at=at, person_id=bee, asked_of=riverside.organisations["riverside_homes"],
        why="She was seen at the bridge.",
    )  # fmt: skip
    before = why(asha, bee)
    answer_whether_known(actor=tom, at=at, question_id=question.id, answer=KnownTo.Answer.NO)
    assert why(asha, bee) == [*before, Waits.KNOWN_OR_NOT]
    assert why(actor_for(riverside, "Wes Tanner", on=DAY), bee) == []
