"""The page of a data question says whom to phone, and loses nothing that somebody wrote."""

from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import joined, somebody_at

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources.commands.questions import ask_data_question, settle_data_question
from alongside.casework.sources.models import DataQuestion

pytestmark = pytest.mark.django_db
ANSWER = "A zero is a zero, unless the tenancy began this month:\nthen it is not known yet."


@pytest.fixture
def landlord(runs: Path, db: None) -> Actor:
    homes = joined("riverside_homes", "Riverside Homes", "housing")
    return somebody_at(homes, "data_analyst", name="Sam Boateng")


@pytest.fixture
def question(landlord: Actor, analyst: Actor, at: datetime) -> DataQuestion:
    return ask_data_question(
        actor=analyst, at=at, pack=area_pack(), source="housing_rent", title="Weeks of arrears",
        words="Is 0 a zero, or not known?",
    )  # fmt: skip


@pytest.mark.parametrize("settles", [{}, {"settles": "on"}])
def test_an_answer_written_while_the_question_is_settled_is_shown_with_a_way_to_ask_anew(
    ask: Ask, analyst: Actor, landlord: Actor, question: DataQuestion, at: datetime, settles: dict[str, str]
) -> None:
    settle_data_question(actor=analyst, at=at, question_id=question.id, outcome="We talked on the phone.")
    answer = ask(landlord, "question", question.id, posted={"words": ANSWER} | settles)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "You had written" in page
    assert ANSWER in page
    assert 'href="#id_words"' in page
    assert page.count('id="id_words"') == 1
    assert f'href="{reverse("sources:ask")}"' in page
    assert "We talked on the phone." in page
    assert "<textarea" not in page
    again = text_of(ask(landlord, "question", question.id))
    assert "You had written" not in again


def test_whoever_answers_is_told_whom_to_phone_and_it_is_not_themselves(
    ask: Ask, analyst: Actor, landlord: Actor, council: Organisation, question: DataQuestion
) -> None:
    Organisation.objects.filter(id=council.id).update(telephone="01632 960700")
    theirs = text_of(ask(landlord, "question", question.id))
    assert "It is quicker to talk: Dewi Pryce, Riverside Council, 01632 960700." in theirs
    assert "01632 960103" not in theirs
    ours = text_of(ask(analyst, "question", question.id))
    assert "It is quicker to talk: Riverside Homes, Income team manager, 01632 960103." in ours
