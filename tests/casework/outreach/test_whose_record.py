"""Where it was somebody else, only those who can answer are asked, about something they can find."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import REASON, acting, everything, member
from tests.casework.outside import watched

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.working import record_attempt
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters.whose_record import asked_of
from alongside.casework.outreach.queries.whose_record import records_asked_about
from alongside.casework.outreach.rules import Result
from alongside.casework.outreach.views import items
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import DataQuestion, Flag
from alongside.casework.sources.views import questions
from alongside.casework.sources.views.today import questions_to_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
REASONS = [
    REASON,
    REASON | {"source": "derived", "source_title": "", "factor": "strain", "organisation": ""},
    REASON | {"source": "built_in", "source_title": "", "factor": "age", "organisation": ""},
    REASON | {
        "source": "school_attendance", "source_title": "School attendance", "factor": "low_attendance",
        "organisation": "riverside_schools",
    },
    REASON | {"source": "referrals", "source_title": "Referrals", "organisation": "been-there"},
]  # fmt: skip


@pytest.fixture
def homes(db: None) -> Organisation:
    return Organisation.join(code="riverside-homes", name="Riverside Homes", kind="housing")


@pytest.fixture
def landlord(homes: Organisation) -> Actor:
    return acting(member(homes, "Dewi Pryce", "data_analyst"))


@pytest.fixture
def somebody_else(
    judged: WorkItem, worker: Actor, charity: Organisation, landlord: Actor, at: datetime
) -> WorkItem:
    """An attempt that reached somebody else; the charity's only member may not answer questions."""
    member(charity, "Sam Boateng", "approver")
    everything()
    Flag.objects.filter(id=judged.flag_id).update(reasons=REASONS)
    record_attempt(actor=worker, at=at, item_id=judged.id, result=Result.WRONG_PERSON, note="A man answered.")
    return judged


def thread(reader: Actor) -> str:
    request: Any = RequestFactory().get("/")
    request.actor = reader
    with watched():
        page = questions.question(request, question_id=DataQuestion.objects.get().id).content.decode()
    return re.sub(r"\s+", " ", page)


def test_only_the_owner_of_a_record_who_can_answer_is_asked_and_once(
    somebody_else: WorkItem, worker: Actor, homes: Organisation, at: datetime
) -> None:
    asked = DataQuestion.objects.get()
    assert (asked.owner, asked.source) == (homes, "housing_rent")
    assert (asked.owner_name, asked.owner_telephone) == ("Income team manager", "01632 960103")
    record_attempt(
        actor=worker, at=at, item_id=somebody_else.id, result=Result.WRONG_PERSON, note="Him again."
    )
    assert DataQuestion.objects.count() == 1


def test_the_worker_is_told_who_was_asked_and_whom_to_phone_where_nobody_was(
    somebody_else: WorkItem, worker: Actor, at: datetime
) -> None:
    found = records_asked_about(actor=worker, item_id=somebody_else.id, at=at)
    said = [asked_of(each) for each in found]
    assert len(said) == 3
    assert "Riverside Homes was asked" in said[0]
    assert "Rent accounts" in said[0]
    assert "Nobody at Riverside Schools can answer questions here" in said[1]
    assert re.search(r"Phone them: .*01632 \d{6}", said[1])
    assert "Nobody at" in said[2]


def test_what_the_worker_is_told_comes_with_the_page_after(
    ask: Ask, judged: WorkItem, landlord: Actor
) -> None:

    told: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(items.messages, "info", lambda _request, words, **_more: told.append(words))
        ask(items.attempt, {"result": "wrong_person", "note": "A man answered."}, item_id=judged.id)
    assert len(told) == 1
    assert "Riverside Homes was asked" in told[0]


def test_the_thread_leads_to_the_person_for_who_may_see_them_and_says_whom_to_phone_to_others(
    somebody_else: WorkItem, worker: Actor, landlord: Actor, homes: Organisation, person: Person, at: datetime
) -> None:
    address = reverse("people:person", args=[person.id])
    assert address in thread(worker)
    page = thread(landlord)
    assert address not in page
    assert "phone whoever asked: Asha Patel, Riverside Council" in page
    housing_officer = acting(member(homes, "Lou Bell", "practitioner"))
    assert address not in thread(housing_officer)
    everything()
    Reach.give_many(
        [(person.id, homes.id)], why=ReachWhy.RELEASED, at=at, about=person.id, purpose="early_help"
    )
    assert address in thread(housing_officer)


def test_an_open_question_stands_on_the_day_of_who_answers_for_data(
    somebody_else: WorkItem, worker: Actor, landlord: Actor
) -> None:
    def day_of(actor: Actor) -> Any:
        request: Any = HttpRequest()
        request.actor = actor
        with watched():
            return questions_to_answer(request)

    section = day_of(landlord)
    assert [each.href for each in section.lines] == [
        reverse("sources:question", args=[DataQuestion.objects.get().id])
    ]
    assert day_of(worker) is None
