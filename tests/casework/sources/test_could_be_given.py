"""The pages of a release say who could be given people, and who was, and stop before nobody is released."""

import re
from datetime import datetime
from typing import Any

import pytest
from tests.casework.sources.asking import Ask, text_of
from tests.casework.sources.conftest import WHY, joined
from tests.casework.sources.releasing import release

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.sources.models import Release, Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(db: None) -> Organisation:
    """It runs nothing that a route leads to."""
    return joined("riverside_homes", "Riverside Homes", "housing", "allotments")


def given(*organisations: Organisation, **other: Any) -> dict[str, Any]:
    chosen = [str(each.id) for each in organisations]
    return {"tiers": ["this_week", "soon"], "organisations": chosen, "reason": WHY, "contact": ""} | other


def test_nobody_is_found_out_before_the_answers_are_checked(
    ask: Ask, opened: Run, approver: Actor, homes: Organisation
) -> None:
    page = ask(approver, "release", opened.id, "early_help", 4, posted=given(homes))
    assert page.status_code == 422
    assert "Nobody on these tiers could be given to these organisations" in text_of(page)
    assert "Check your answers before" not in text_of(page)


def test_the_check_says_how_many_each_could_be_given_and_the_record_how_many_each_was(
    ask: Ask, opened: Run, approver: Actor, council: Organisation, homes: Organisation, at: datetime
) -> None:
    check = text_of(ask(approver, "release", opened.id, "early_help", 4, posted=given(council, homes)))
    could = re.search(r"Riverside Council: (\d+) (?:person|people); Riverside Homes: nobody", check)
    assert could
    assert Release.objects.count() == 0
    made = release(approver, at, opened, council, homes)
    assert made.people == int(could[1])
    told = text_of(ask(approver, "released", made.id))
    assert f"Given to Riverside Council ({made.people} " in told
    assert "Nobody was given to these, though they could have been: Riverside Homes." in told


def test_a_reason_that_is_too_short_is_told_how_long_one_is(
    ask: Ask, opened: Run, approver: Actor, council: Organisation
) -> None:
    page = ask(approver, "release", opened.id, "early_help", 4, posted=given(council, reason="ok"))
    assert "at least 20 characters" in text_of(page)
