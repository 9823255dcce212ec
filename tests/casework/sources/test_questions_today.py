"""Questions about data on the day of whoever answers them: whatever is wrong with the area pack."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.outside import watched
from tests.casework.sources.conftest import joined, somebody_at

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation, User
from alongside.casework.design.today import Section
from alongside.casework.kernel.area import area_pack
from alongside.casework.notices.models import Notice
from alongside.casework.sources.commands.questions import (
    ask_data_question,
    say_in_thread,
    settle_data_question,
)
from alongside.casework.sources.models import DataQuestion
from alongside.casework.sources.views.today import questions_to_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(runs: object, db: None) -> Organisation:
    return joined("riverside_homes", "Riverside Homes", "housing")


@pytest.fixture
def landlord(homes: Organisation) -> Actor:
    return somebody_at(homes, "data_analyst", name="Sam Boateng")


def ask(actor: Actor, at: datetime) -> DataQuestion:
    return ask_data_question(
        actor=actor, at=at, pack=area_pack(), source="housing_rent", title="Weeks of arrears",
        words="Is 0 a zero, or not known?",
    )  # fmt: skip


def day_of(actor: Actor) -> Section | None:
    request: Any = HttpRequest()
    request.actor = actor
    with watched():
        return questions_to_answer(request)


def hints(actor: Actor) -> list[str]:
    section = day_of(actor)
    return [each.hint for each in section.lines] if section else []


def test_a_mistake_in_the_pack_takes_away_titles_and_nobodys_day(
    analyst: Actor, landlord: Actor, at: datetime, settings: Settings
) -> None:
    ask(analyst, at)
    assert hints(landlord)[0].startswith("Rent accounts. ")
    (settings.AREA_FOLDER / "area.yaml").write_text("title: [", encoding="utf-8")
    assert hints(landlord)[0].startswith("Housing rent. ")
    section = day_of(analyst)
    assert section is not None
    assert section.lines == []


def test_where_nobody_is_a_data_analyst_a_question_is_on_the_day_of_everybody_who_may_answer(
    analyst: Actor, homes: Organisation, at: datetime
) -> None:
    officer = somebody_at(homes, "practitioner", name="Lou Bell")
    manager = somebody_at(homes, "manager", name="Dee Marsh")
    lead = somebody_at(homes, "organisation_lead", name="Lena Novak")
    assert day_of(officer) is None, "nothing waits, and it is not what they are there for"
    ask(analyst, at)
    assert [len(hints(each)) for each in (officer, manager, lead)] == [1, 1, 0]
    user = User.enrol(email="sam.boateng@example.org", name="Sam Boateng")
    Membership.begin(user=user, organisation=homes, roles=["data_analyst"], on=date(2026, 1, 1))
    assert [day_of(each) for each in (officer, manager)] == [None, None]


def test_an_answer_is_on_the_day_of_who_asked_for_two_weeks_and_of_nobody_else_there(
    analyst: Actor, landlord: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = ask(analyst, at)
    monkeypatch.setattr(timezone, "now", lambda: at)

    def answered(actor: Actor) -> list[str]:
        section = day_of(actor)
        return [each.text for each in section.lines if ": " in each.text] if section else []

    assert answered(analyst) == []
    say_in_thread(actor=landlord, at=at, question_id=question.id, words="A zero.")
    assert answered(analyst) == ["Answered: Weeks of arrears"]
    assert answered(landlord) == []
    assert len(hints(landlord)) == 1, "it waits until it is settled"
    settle_data_question(actor=landlord, at=at, question_id=question.id, outcome="A zero.")
    assert answered(analyst) == answered(landlord) == ["Settled: Weeks of arrears"]
    assert len(hints(landlord)) == 1
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(days=16))
    assert answered(analyst) == answered(landlord) == []


def member(organisation: Organisation, role: str, name: str) -> tuple[Actor, User]:
    user = User.enrol(email=f"{name.lower().replace(' ', '.')}@example.org", name=name)
    Membership.begin(user=user, organisation=organisation, roles=[role], on=date(2026, 1, 1))
    return replace(somebody_at(organisation, role, name=name), user_id=user.id), user


def titles(actor: Actor) -> tuple[str, list[str]]:
    section = day_of(actor)
    return (str(section.title), [each.text for each in section.lines]) if section else ("", [])


def test_who_asks_about_a_source_of_their_own_organisation_finds_the_answer_that_a_notice_tells_of(
    homes: Organisation, at: datetime, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or object()
    monkeypatch.setattr(timezone, "now", lambda: at)
    sam, _user = member(homes, "data_analyst", "Sam Boateng")
    lou, account = member(homes, "practitioner", "Lou Bell")
    question = ask(lou, at)
    assert titles(lou) == ("", []), "it is for the analyst"
    say_in_thread(actor=sam, at=at, question_id=question.id, words="A zero.")
    assert Notice.objects.filter(user_id=account.id).exists()
    assert titles(lou) == ("Your questions about data", ["Answered: Weeks of arrears"])
    assert titles(sam)[1] == ["Weeks of arrears"], "it waits until it is settled"
    settle_data_question(actor=sam, at=at, question_id=question.id, outcome="A zero.")
    assert titles(lou) == ("Your questions about data", ["Settled: Weeks of arrears"])


def test_what_a_colleague_of_whoever_asked_adds_is_no_answer_and_nobody_is_told_of_one(
    analyst: Actor, landlord: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or object()
    monkeypatch.setattr(timezone, "now", lambda: at)
    asker, account = member(Organisation.objects.get(id=analyst.member_of), "data_analyst", "Ann Marsh")
    question = ask(asker, at)
    Notice.objects.all().delete()
    say_in_thread(actor=analyst, at=at, question_id=question.id, words="We would like to know too.")
    assert titles(asker)[1] == []
    assert not Notice.objects.filter(user_id=account.id).exists(), "a notice has a row on their day"
    say_in_thread(actor=landlord, at=at, question_id=question.id, words="A zero.")
    assert titles(asker)[1] == ["Answered: Weeks of arrears"]
    assert Notice.objects.filter(user_id=account.id).exists()
    Notice.objects.all().delete()
    settle_data_question(actor=analyst, at=at, question_id=question.id, outcome="A zero.")
    assert titles(asker)[1] == ["Settled: Weeks of arrears"]
    assert Notice.objects.filter(user_id=account.id).exists()
