"""Advice: a question is kept as it was asked, and its answer as it was given, whoever tries."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.sharing.asking import DAY
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.sharing.commands.decisions import NoDecisionError
from alongside.casework.sharing.commands.drafts import (
    ask_for_advice,
    begin_draft,
    bring_in_lawyer,
    give_advice,
)
from alongside.casework.sharing.models import Advice


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def unsure(riverside: Universe, asha: Actor, at: datetime) -> Advice:
    draft = begin_draft(actor=asha, at=at, person_id=riverside.people["Bee"])
    return ask_for_advice(actor=asha, at=at, draft_id=draft.id, question="May I tell the landlord?")


def tried(actor: Actor, statement: str) -> str:
    with transaction.atomic():
        tell_database(actor)
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            connection.cursor().execute(statement)
    return str(getattr(refused.value.__cause__, "sqlstate", ""))


@pytest.mark.proves("MARM-37")
@pytest.mark.usefixtures("unsure")
@pytest.mark.parametrize(
    "statement",
    [
        "update sharing_advice set question = 'May I tell everybody?'",
        "update sharing_advice set asked_by = 'Somebody else'",
        "delete from sharing_advice",
    ],
)
def test_a_question_is_kept_as_it_was_asked(asha: Actor, statement: str) -> None:
    assert tried(asha, statement) == "42501"


@pytest.mark.proves("MARM-37")
@pytest.mark.parametrize(
    "statement",
    [
        "update sharing_advice set answer = 'Yes' where answered_at is not null",
        "update sharing_advice set lawyer = 'Nobody' where answered_at is not null",
        "delete from sharing_advice where answered_at is not null",
    ],
)
def test_an_answer_is_kept_as_it_was_given(gwen: Actor, unsure: Advice, at: datetime, statement: str) -> None:
    bring_in_lawyer(actor=gwen, at=at, advice_id=unsure.id, lawyer="Ros Hale, solicitor", on=at.date())
    give_advice(actor=gwen, at=at, advice_id=unsure.id, answer="No.", lawyer_said="There is no power.")
    with pytest.raises(AlreadyDoneError):
        give_advice(actor=gwen, at=at, advice_id=unsure.id, answer="Yes.", lawyer_said="There is.")
    assert tried(gwen, statement) == "42501"


@pytest.mark.proves("MARM-37")
def test_a_question_can_be_answered_after_the_organisations_reach_has_ended(
    riverside: Universe, gwen: Actor, unsure: Advice, at: datetime
) -> None:
    tell_database(system_actor("tests"))
    Reach.objects.filter(person=unsure.person_id, organisation_id=gwen.organisation_id).update(until=at)
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    page = browser.post(f"/sharing/advice/{unsure.id}/", {"answer": "Not any more."})
    assert page.status_code == 302
    assert "Not any more." in browser.get(f"/sharing/advice/{unsure.id}/").content.decode()


@pytest.mark.proves("MARM-37")
def test_the_lawyer_who_was_asked_stays_and_was_not_asked_in_the_future(
    riverside: Universe, gwen: Actor, unsure: Advice, at: datetime
) -> None:
    asking = {"actor": gwen, "at": at, "advice_id": unsure.id}
    with pytest.raises(NoDecisionError) as future:
        bring_in_lawyer(**asking, lawyer="Ros Hale", on=at.date() + timedelta(days=1))
    assert future.value.wrong == {"on": "The day must be today or in the past"}
    bring_in_lawyer(**asking, lawyer="Ros Hale", on=at.date())
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    on = {"on-day": at.day, "on-month": at.month, "on-year": at.year}
    page = browser.post(f"/sharing/advice/{unsure.id}/lawyer/", {"lawyer": "Ed Moss"} | on)
    assert page.status_code == 422
    assert "It is already recorded that Ros Hale was asked." in page.text
    assert 'value="Ed Moss"' in page.text


@pytest.mark.proves("MARM-37")
def test_nobody_advises_themself(asha: Actor, unsure: Advice, at: datetime) -> None:
    with pytest.raises(NotAllowedError):
        give_advice(actor=asha, at=at, advice_id=unsure.id, answer="Of course.")


@pytest.mark.proves("MARM-37")
def test_what_a_second_manager_typed_is_not_lost_when_the_first_had_answered(
    riverside: Universe, gwen: Actor, unsure: Advice, at: datetime
) -> None:
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    give_advice(actor=gwen, at=at, advice_id=unsure.id, answer="No.")
    on = {"on-day": at.day, "on-month": at.month, "on-year": at.year}
    page = browser.post(f"/sharing/advice/{unsure.id}/lawyer/", {"lawyer": "Ros Hale, solicitor"} | on)
    assert page.status_code == 422
    assert "Gwen Hughes has already answered this." in page.text
    assert "Ros Hale, solicitor" in page.text
