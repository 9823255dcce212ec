"""How old somebody is, or was when they died: nobody is given an age they never reached."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.casework.people.conftest import somebody_at

from alongside.casework.accounts.models import Organisation
from alongside.casework.people.commands.records import admit_person, change_person
from alongside.casework.people.models import Person, Whole
from alongside.casework.people.presenters import person_view
from alongside.casework.people.queries import person_page
from alongside.casework.people.rules import ReachWhy

BORN, DIED = date(1979, 6, 9), date(2010, 2, 1)
DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("records", "age"),
    [
        ([{"date_of_birth": BORN}], 47),
        ([{"date_of_birth": BORN, "died_on": DIED}], 30),
        ([{"date_of_birth": BORN}, {"died_on": DIED}], 30),
        ([{"date_of_birth": BORN, "died_on": date(2011, 1, 1)}, {"died_on": DIED}], 30),
        ([{"died_on": DIED}], None),
        ([{"date_of_birth": BORN, "died_on": date(1970, 1, 1)}], None),
    ],
)
def test_an_age_is_of_the_day_or_of_the_day_of_death(records: list[dict[str, Any]], age: int | None) -> None:
    assert Whole(tuple(Person(**each) for each in records)).age_on(DAY) == age


@pytest.mark.django_db
def test_the_page_of_somebody_who_died_says_how_old_they_were_then(at: datetime) -> None:
    council = Organisation.join(code="council", name="Council", kind="council")
    actor = somebody_at(council, "practitioner")
    known = {"known_as": "Nilesh", "date_of_birth": BORN}
    person = admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)

    def subtitle() -> str:
        page = person_page(actor=actor, person_id=person.id, at=at)
        return person_view(page, today=at.date()).subtitle

    assert subtitle() == "born 9 June 1979, 47 years old"
    change_person(
        actor=actor, at=at, person_id=person.id, opened_version=person.version, changed={"died_on": DIED}
    )
    assert subtitle() == "born 9 June 1979, 30 years old when they died"
