"""The person reads truly of a referral that was taken back: it was made, and it no longer stands."""

from datetime import datetime
from uuid import UUID

import pytest
from tests.casework.rights.conftest import everything, unsafe_about
from tests.casework.rights.test_statement import text_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.models import Person
from alongside.casework.rights.queries.recipients import told_or_seeing

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_back(riverside: Universe, asha: Actor, bee: UUID, at: datetime) -> Referral:
    everything()
    item = WorkItem.raise_for(
        person=Person.objects.get(id=bee), organisation_id=asha.member_of, team=None,
        priority=Priority.ROUTINE, why="The stairs", skills=[], by="Asha Patel", at=at,
    )  # fmt: skip
    made = Referral.ask(
        item=item, who="Bee", to_organisation_id=riverside.organisations["money_matters"].id,
        hands_over=False, why="The stairs", why_not_safe="", purpose="early_help",
        person_agrees="not_asked", by="Asha Patel", at=at,
    )  # fmt: skip
    made.take_back(why="The wrong organisation.", by="Asha Patel", at=at)
    return made


@pytest.mark.proves("MARM-27")
def test_the_statement_says_that_it_was_made_and_taken_back(
    taken_back: Referral, asha: Actor, bee: UUID
) -> None:
    text = text_of(asha, bee)
    assert "asked Money Matters Riverside to help you" in text
    assert "took this back on" in text


@pytest.mark.proves("MARM-34")
def test_a_referral_of_which_it_is_not_safe_to_know_is_no_safer_for_having_been_taken_back(
    taken_back: Referral, asha: Actor, bee: UUID
) -> None:
    everything()
    Referral.objects.filter(id=taken_back.id).update(why_not_safe="He reads her post.")
    text = text_of(asha, bee)
    assert "Money Matters Riverside to help you" not in text
    assert "took this back" not in text
    everything()
    assert f"outreach.Referral:{taken_back.id}" in unsafe_about(bee)


def test_the_answer_to_a_request_for_access_says_who_was_told_and_that_it_was_taken_back(
    taken_back: Referral, bee: UUID
) -> None:
    everything()
    (told,) = (
        each.what
        for each in told_or_seeing(frozenset([bee]))
        if each.organisation == "Money Matters Riverside" and "asked them to help" in each.what
    )
    assert "took this back on" in told
