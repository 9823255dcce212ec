"""What may happen, said in three directions beside what is strong."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case
from alongside.casework.marm.presenters.cases import case_shown
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.rules.asking import DIRECTIONS, wrong_with

NOTHING = dict.fromkeys(DIRECTIONS, " ")
SAID = {
    "risk_to_self": "A fall that nobody notices.",
    "risk_from_others": "A visitor counts her post.",
    "risk_to_others": "A fire would not stop at her wall.",
}


@pytest.mark.proves("MARM-47")
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_what_may_happen_is_said_in_one_direction_at_least_whichever_it_is(direction: str) -> None:
    assert set(wrong_with(asked(**NOTHING))) == {"risk_to_self"}
    assert wrong_with(asked(**NOTHING | {direction: SAID[direction]})) == {}


def test_what_may_happen_does_not_take_the_place_of_what_is_strong() -> None:
    assert set(wrong_with(asked(**SAID, strengths=" "))) == {"strengths"}


@pytest.mark.django_db
@pytest.mark.proves("MARM-47")
def test_each_direction_is_kept_and_shown_beside_what_is_strong(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    case = ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked(**SAID))
    shown = case_shown(case_page(actor=who("Asha Patel"), case_id=case.id), now)
    assert shown.strengths == "She reads, and trusts Dee."
    assert [words for _direction, words in shown.risks] == list(SAID.values())


@pytest.mark.django_db
def test_nobody_asks_without_saying_what_may_happen(who: AnActor, bee: UUID, now: datetime) -> None:
    with pytest.raises(UnsaidError, match="Say what may happen"):
        ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked(**NOTHING))
    see_all()
    assert not Case.objects.filter(person=bee).exists()


@pytest.mark.django_db
def test_the_database_keeps_no_case_without_a_direction(case: Case) -> None:
    case.id, case.stage, case.advice, case.route = another_id(case), "declined", "Ring her", "homelessness"
    case.settled_at, case.settled_why = case.asked_at, "One agency can do it."
    case.risk_to_self = case.risk_from_others = case.risk_to_others = ""
    with pytest.raises(IntegrityError, match="case_risk_in_one_direction"), transaction.atomic():
        case.save(force_insert=True)


def another_id(case: Case) -> UUID:
    """Another id, so that a second row is tried."""
    return UUID(int=case.id.int ^ 1)


@pytest.mark.django_db
def test_a_form_without_a_direction_says_so_beside_the_first_and_keeps_what_was_typed(
    riverside_now: Universe, bee: UUID
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    page = f"/people/{bee}/case/new/"
    opened = browser.get(page).content.decode()
    answers = dict.fromkeys(re.findall(r'name="(answer_\w+)"', opened), "not_known")
    given = answers | {
        "urgency": "other", "own_words": "I stay.", "wanted": "A path", "strengths": "She reads",
        "tried": "Visits", "told": "agrees",
    }  # fmt: skip
    refused = browser.post(page, given)
    said = refused.content.decode()
    assert refused.status_code == 422
    assert said.count("Say what may happen: to them") == 2  # in the summary, and beside the field
    assert "She reads" in said
    assert browser.post(page, given | {"risk_to_others": "A fire"}).status_code == 302
