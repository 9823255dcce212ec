"""Requests that are declined again are looked at by somebody else, who answers all who asked."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_stepping_back import SAID
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case, decline_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.reviewing import AskedAgainError, answer_review
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case, DeclineReview
from alongside.casework.marm.queries.cases import case_page, cases_page
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.reviews import review_page
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.queries.today_meetings import Meets
from alongside.casework.marm.rules.reviews import Outcome, Reviewed, counts, wrong_with
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy

UPHELD = Reviewed(Outcome.UPHELD, "One agency is doing it now.", "Ring first.", "care_act_assessment")


def declined(who: AnActor, person_id: UUID, at: datetime, *, asks: str = "Asha Patel") -> Case:
    case = ask_for_case(actor=who(asks), at=at, person_id=person_id, asked=asked())
    return decline_case(
        actor=who("Mair Pugh"), at=at, case_id=case.id, why="No", advice="Ask again", route="safeguarding"
    )


def reviews_of(person_id: UUID) -> list[DeclineReview]:
    see_all()
    return list(DeclineReview.objects.filter(person=person_id).order_by("raised_at"))


@pytest.fixture
def review(who: AnActor, bee: UUID, now: datetime) -> DeclineReview:
    """Of two requests of two agencies about Bee that Mair declined."""
    declined(who, bee, now, asks="Dee Marsh")
    declined(who, bee, now + timedelta(seconds=1))
    (made,) = reviews_of(bee)
    return made


def meets(actor: Actor) -> list[Meets]:
    return [each.meets for each in waiting_in_cases(actor=actor, day=timezone.localdate()).meetings]


def test_only_requests_that_were_declined_lately_count() -> None:
    days = [date(2026, 1, 10), date(2026, 11, 1)]
    assert counts(days, day=date(2026, 11, 1), times=2, months=12)
    assert not counts(days, day=date(2026, 11, 1), times=2, months=6)
    assert not counts(days, day=date(2027, 1, 10), times=2, months=12)


def test_what_comes_of_a_review_says_what_whoever_asked_can_do() -> None:
    assert wrong_with(UPHELD) == {}
    assert set(wrong_with(Reviewed(Outcome.UPHELD, ""))) == {"why", "advice", "route"}
    assert set(wrong_with(Reviewed(Outcome.MORE, "Too little"))) == {"advice"}
    assert wrong_with(Reviewed(Outcome.OPENED, "Nobody does it")) == {}


@pytest.mark.django_db
@pytest.mark.proves("MARM-10")
def test_a_second_decline_waits_for_another_co_ordinator_and_goes_back_to_all_who_asked(
    who: AnActor, bee: UUID, review: DeclineReview, now: datetime
) -> None:
    mair, elin, dee = who("Mair Pugh"), who("Elin Rees"), who("Dee Marsh")
    assert len(review.declined) == 2
    assert Meets.TO_REVIEW in meets(elin)
    assert Meets.TO_REVIEW not in meets(mair)
    assert review.id in {each.id for each in cases_page(actor=elin, at=now).to_review}
    assert review.id not in {each.id for each in cases_page(actor=mair, at=now).to_review}
    page = review_page(actor=elin, review_id=review.id)
    assert ([each.asked_by for each in page.cases], page.not_seen) == (["Dee Marsh", "Asha Patel"], 0)
    with pytest.raises(NotAllowedError):
        answer_review(actor=mair, at=now, review_id=review.id, said=UPHELD)
    with pytest.raises(UnsaidError):
        answer_review(actor=elin, at=now, review_id=review.id, said=Reviewed(Outcome.MORE, "Too little"))
    answer_review(actor=elin, at=now, review_id=review.id, said=UPHELD)
    last = AuditEvent.objects.order_by("sequence").last()
    assert last is not None
    assert (last.code, last.details["outcome"]) == ("marm.declines_reviewed", "upheld")
    with pytest.raises(AlreadyDoneError):
        answer_review(actor=elin, at=now, review_id=review.id, said=UPHELD)
    assert Meets.REVIEWED in meets(dee)
    theirs = review_page(actor=dee, review_id=review.id)
    assert ([each.asked_by for each in theirs.cases], theirs.not_seen) == (["Dee Marsh"], 1)
    assert case_page(actor=dee, case_id=theirs.cases[0].id).reviews == [review]


@pytest.mark.django_db
def test_one_decline_raises_nothing_and_whoever_asked_sees_it_on_their_day(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    case = declined(who, bee, now)
    assert reviews_of(bee) == []
    asha = who("Asha Patel")
    waits = waiting_in_cases(actor=asha, day=timezone.localdate(now)).cases
    assert [each.case_id for each in waits if each.waits is Waits.DECLINED] == [case.id]
    assert [each.id for each in cases_page(actor=asha, at=now).declined] == [case.id]


@pytest.mark.django_db
def test_a_case_is_opened_after_all_and_keeps_why_it_was_declined(
    who: AnActor, bee: UUID, review: DeclineReview, now: datetime
) -> None:
    said = Reviewed(Outcome.OPENED, "Three agencies are worried, and nobody holds it.")
    answer_review(actor=who("Elin Rees"), at=now, review_id=review.id, said=said)
    page = case_page(actor=who("Asha Patel"), case_id=review.case_id)
    assert (page.case.stage, page.case.settled_why) == (Stage.OPEN, "No")
    acting = leading_now(page.case).acting
    assert acting is not None
    assert acting.member.user.name == "Asha Patel"


@pytest.mark.django_db
def test_nothing_is_opened_after_all_where_it_was_asked_for_again_meanwhile(
    who: AnActor, bee: UUID, review: DeclineReview, now: datetime
) -> None:
    ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked())
    with pytest.raises(AskedAgainError):
        answer_review(
            actor=who("Elin Rees"), at=now, review_id=review.id, said=Reviewed(Outcome.OPENED, "Open it")
        )
    assert reviews_of(bee)[0].answered_at is None


@pytest.mark.django_db
def test_a_third_decline_adds_no_second_review_while_one_waits(
    who: AnActor, bee: UUID, review: DeclineReview, now: datetime
) -> None:
    declined(who, bee, now)
    assert reviews_of(bee) == [review]


@pytest.mark.django_db
def test_requests_about_records_that_were_joined_count_together(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    other = admit_person(
        actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN,
        known={"known_as": "Bea", "surname": "Murchu"},
    )  # fmt: skip
    declined(who, other.id, now)
    merge_people(
        actor=who("Gwen Hughes"), at=now, kept_id=bee, absorbed_id=other.id, reason="The same birthday"
    )
    declined(who, bee, now)
    (made,) = reviews_of(bee)
    assert len(made.declined) == 2


@pytest.mark.django_db
def test_nobody_of_another_agency_sees_a_review_and_raw_sql_changes_none(
    who: AnActor, review: DeclineReview, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        review_page(actor=who("Tom Reilly"), review_id=review.id)
    tell_database(who("Kit Lowe"))
    assert not DeclineReview.objects.exists()
    answer_review(actor=who("Elin Rees"), at=now, review_id=review.id, said=UPHELD)
    for statement in (
        "update marm_declinereview set why = 'Another'",
        "update marm_declinereview set declined = '{}'",
        "delete from marm_declinereview",
    ):
        tell_database(who("Elin Rees"))
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_whoever_declined_answers_no_review_by_raw_sql_either(who: AnActor, review: DeclineReview) -> None:
    tell_database(who("Elin Rees"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update marm_declinereview set outcome = 'opened', why = 'x', answered_by = 'x', "
            "answered_at = now(), answered_by_id = declined_by_ids[1] where id = %s",
            [review.id],
        )


@pytest.mark.django_db
def test_the_page_keeps_what_was_typed_and_asks_little(
    riverside_now: Universe, review: DeclineReview, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(riverside_now.members["Elin Rees"].user)
    page = f"/cases/reviews/{review.id}/"
    with django_assert_max_num_queries(15):
        assert browser.get(page).status_code == 200
    again = browser.post(page, {"outcome": "upheld", "why": "One agency does it.", "advice": "", "route": ""})
    assert again.status_code == 422
    assert "One agency does it." in again.content.decode()
    given = {"outcome": "more", "why": "Too little", "advice": "Say what she says.", "route": "safeguarding"}
    assert browser.post(page, given).status_code == 302
    with django_assert_max_num_queries(15):
        assert "Say what she says." in browser.get(page).content.decode()


def test_opened_after_all_nobody_acts_for_an_agency_that_stepped_back_meanwhile(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    declined(who, bee, now)
    last = declined(who, bee, now + timedelta(seconds=1), asks="Dee Marsh")
    step_back(actor=who("Dee Marsh"), at=now + timedelta(seconds=2), case_id=last.id, said=SAID)
    see_all()
    review = DeclineReview.objects.get(person=bee)
    said = Reviewed(Outcome.OPENED, "Open it")
    answer_review(actor=who("Elin Rees"), at=now + timedelta(seconds=3), review_id=review.id, said=said)
    see_all()
    assert leading_now(Case.objects.get(id=last.id)).acting is None
