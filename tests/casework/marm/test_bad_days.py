"""Bad days: a record is joined with another, criteria change under a form, a worker is the person."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.asking import OneAlreadyError, ask_for_case, open_case
from alongside.casework.marm.commands.drifting import find_drift
from alongside.casework.marm.commands.leading import ask_to_lead
from alongside.casework.marm.models import Case, DriftFound, Meeting
from alongside.casework.marm.queries import pack
from alongside.casework.marm.queries.cases import case_page, cases_page, who_could
from alongside.casework.marm.queries.concerns import concerns_page
from alongside.casework.marm.queries.drift import drift_page
from alongside.casework.marm.queries.meetings import meeting_page, to_set
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
NIGHT = system_actor("the night")


def waits(who: AnActor, name: str, case: UUID, now: datetime) -> list[Waits]:
    found = waiting_in_cases(actor=who(name), day=timezone.localdate(now)).cases
    return [each.waits for each in found if each.case_id == case]


# A case about somebody whose record is joined with another


@pytest.fixture
def other(who: AnActor, now: datetime) -> UUID:
    """A second record of Bee, that the council alone knows."""
    made = admit_person(
        actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN,
        known={"known_as": "Bea", "surname": "Murchu"},
    )  # fmt: skip
    return made.id


@pytest.fixture
def of_other(who: AnActor, other: UUID, now: datetime) -> Case:
    case = ask_for_case(actor=who("Asha Patel"), at=now, person_id=other, asked=asked())
    return open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why="Nobody holds it.")


def test_a_case_goes_on_under_the_record_that_stays_and_is_given_back_where_they_are_parted(
    who: AnActor, riverside_now: Universe, bee: UUID, of_other: Case, now: datetime
) -> None:
    asha, gwen = who("Asha Patel"), who("Gwen Hughes")
    merge = merge_people(
        actor=gwen, at=now, kept_id=bee, absorbed_id=of_other.person_id, reason="One birthday"
    )
    later = now + timezone.timedelta(days=30)
    # pages, the day and drift go on under the record that stays, and there is still one case at a time
    assert case_page(actor=asha, case_id=of_other.id).case.id == of_other.id
    found = concerns_page(actor=asha, person_id=bee, at=now).case
    assert found is not None
    assert found.id == of_other.id
    assert waits(who, "Mair Pugh", of_other.id, now) == [Waits.WITHOUT_LEAD]
    with pytest.raises(OneAlreadyError):
        ask_for_case(actor=asha, at=now, person_id=bee, asked=asked())
    find_drift(actor=NIGHT, at=later)
    shown = {
        each.person_id: case for each, case in drift_page(actor=who("Mair Pugh")) if each.drift == "no_lead"
    }
    assert shown[bee] == of_other
    # the wall: who had reach to Bee alone sees no case that their organisation takes no part in
    with pytest.raises(NotFoundError):
        case_page(actor=who("Dee Marsh"), case_id=of_other.id)
    for path in (f"/cases/{of_other.id}/", f"/people/{bee}/concerns/", f"/cases/{of_other.id}/meetings/"):
        assert browser_of(riverside_now.members["Asha Patel"].user).get(path).status_code == 200
    part_people(actor=gwen, at=now + timedelta(minutes=1), merge_id=merge.id, why="Two birthdays")
    assert concerns_page(actor=asha, person_id=bee, at=now).case is None
    assert case_page(actor=asha, case_id=of_other.id).case.person_id == of_other.person_id
    find_drift(actor=NIGHT, at=later)
    see_all()
    still = DriftFound.objects.filter(drift="no_lead", gone_at=None).values_list("person", flat=True)
    assert of_other.person_id in still
    assert bee not in still
    assert ask_for_case(actor=asha, at=now, person_id=bee, asked=asked()).person_id == bee


# Criteria that change while a referral is open


def test_criteria_that_change_while_a_form_is_open_are_told_with_what_changed_and_nothing_typed_is_lost(
    riverside_now: Universe, bee: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(riverside_now.members["Asha Patel"].user)
    page, old = f"/people/{bee}/case/new/", pack.marm_pack()
    given = filled(browser.get(page).content.decode()) | {
        "urgency": "other", "own_words": "I stay.", "wanted": "A path", "strengths": "She reads",
        "tried": "Visits", "risk_to_self": "A fall", "told": "agrees", "answer_serious_harm_no_plan": "met",
        "evidence_serious_harm_no_plan": "Two falls this year",
    }  # fmt: skip
    changed = next(each for each in old.criteria_sets if each.set == "four_tests/1")
    newer = changed.model_copy(update={"set": "riverside/2"})
    new = old.model_copy(
        update={"criteria_sets": [*old.criteria_sets, newer], "criteria_in_use": "riverside/2"}
    )
    monkeypatch.setattr(pack, "area_pack", lambda: SimpleNamespace(marm=new))
    again = browser.post(page, given)
    said = again.content.decode()
    assert again.status_code == 409
    assert "The criteria have changed since you opened this form" in said
    for kept in ("Two falls this year", "A path", "She reads"):
        assert kept in said
    assert "Is the safety of others at stake?" in said  # new, and to be answered
    see_all()
    assert not Case.objects.filter(person=bee).exists()
    newest = filled(said) | given | {"criteria_set": "riverside/2", "answer_can_decide": "met"}
    answers = {
        f"answer_{each}": "not_known"
        for each in ("serious_harm_or_death", "public_safety", "agencies_worried")
    }
    assert browser.post(page, newest | answers).status_code == 302
    see_all()
    made = Case.objects.get(person=bee)
    assert (made.criteria_set, made.answers.get(code="can_decide").answer) == ("riverside/2", "met")


def filled(page: str) -> dict[str, Any]:
    """The hidden fields of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="(criteria_set)" value="([^"]*)"', page))


# A person who also works here


@pytest.fixture
def wes_is_bee(riverside_now: Universe, bee: UUID) -> Universe:
    """Bee's record has the e-mail address of Wes's account: they are the same."""
    see_all()
    Person.objects.filter(id=bee).update(email=riverside_now.members["Wes Tanner"].user.email.upper())
    return riverside_now


def test_whoever_is_the_person_sees_nothing_of_their_case_as_a_worker_and_is_told_nothing(
    who: AnActor, opened: Case, meeting: Meeting, wes_is_bee: Universe, now: datetime
) -> None:
    wes, asha = who("Wes Tanner"), who("Asha Patel")
    for look in (
        lambda: case_page(actor=wes, case_id=opened.id),
        lambda: meeting_page(actor=wes, meeting_id=meeting.id),
        lambda: ask_for_case(actor=wes, at=now, person_id=opened.person_id, asked=asked()),
    ):
        with pytest.raises(NotFoundError):
            look()
    assert opened not in cases_page(actor=wes, at=now).standing
    day = waiting_in_cases(actor=wes, day=timezone.localdate(now))
    assert not [each for each in [*day.cases, *day.meetings] if each.known_as == "Bee"]
    assert opened in cases_page(actor=asha, at=now).standing
    # nor do they lead, chair or do anything in it, and whoever asks is told what is told of anybody
    today = timezone.localdate(now)
    members = who_could(actor=asha, case_id=opened.id, day=today).members
    names = {name for _id, name, _organisation in members}
    assert "Joan Adeyemi" in names
    assert "Wes Tanner" not in names
    chairs = to_set(actor=asha, case_id=opened.id, day=today).chairs
    assert not [name for _id, name in chairs if "Wes" in name]
    with pytest.raises(NotFoundError) as told:
        ask_to_lead(
            actor=asha, at=now, case_id=opened.id, membership_id=wes_is_bee.members["Wes Tanner"].id, why="?"
        )
    assert "Wes" not in str(told.value)
    assert "Bee" not in str(told.value)


def test_that_holds_over_joined_records(
    who: AnActor, riverside_now: Universe, bee: UUID, opened: Case, other: UUID, now: datetime
) -> None:
    see_all()
    Person.objects.filter(id=other).update(email=riverside_now.members["Wes Tanner"].user.email)
    assert case_page(actor=who("Wes Tanner"), case_id=opened.id).case == opened
    merge_people(actor=who("Gwen Hughes"), at=now, kept_id=bee, absorbed_id=other, reason="One birthday")
    with pytest.raises(NotFoundError):
        case_page(actor=who("Wes Tanner"), case_id=opened.id)
