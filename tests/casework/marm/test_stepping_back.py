"""An agency steps back while a risk is open: it is warned, says who holds what it held, and is answered."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_actions import written
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.stepping_back import (
    NeededHereError,
    answer_stepping_back,
    step_back,
)
from alongside.casework.marm.models import Case, CaseDispute, SteppedBack
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.invitations import agencies_page
from alongside.casework.marm.queries.stepping_back import stepped_back_page, to_leave
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.disputes import About, Differs
from alongside.casework.marm.rules.stepping_back import Accepts, SteppingBack, wrong_with_stepping_back
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

SAID = SteppingBack(
    "Our post ends.", "Nobody yet; the food shop sees her.", "Tuesday; she was cross.", "Asha, by telephone"
)
DIFFERS = Differs(
    About.NOT_TAKING_PART, "She trusts Dee alone.", "Asha rings on Thursdays.", "Asha Patel; Dee Marsh"
)


@pytest.fixture
def left(who: AnActor, riverside_now: Universe, joined: Case, now: datetime) -> SteppedBack:
    """Been There left, with an action of theirs still to do."""
    written(who, riverside_now, joined, now, owner="Dee Marsh", words="Walk with her to the shop")
    step_back(actor=who("Dee Marsh"), at=now, case_id=joined.id, said=SAID)
    see_all()
    return SteppedBack.objects.get(case=joined)


def waits(who: AnActor, name: str, case: Case, at: datetime) -> list[Waits]:
    day = timezone.localdate(at)
    return [
        each.waits for each in waiting_in_cases(actor=who(name), day=day).cases if each.case_id == case.id
    ]


def test_who_holds_it_and_whom_they_told_is_owed_while_the_case_is_open_alone() -> None:
    assert wrong_with_stepping_back(SAID, is_open=True) == {}
    for owed in ("who_holds", "person_told", "agencies_told", "why"):
        assert set(wrong_with_stepping_back(replace(SAID, **{owed: " "}), is_open=True)) == {owed}
    assert wrong_with_stepping_back(SteppingBack("Enough"), is_open=False) == {}
    assert set(wrong_with_stepping_back(SteppingBack(""), is_open=False)) == {"why"}


@pytest.mark.django_db
def test_whoever_leads_or_co_ordinates_stays_and_no_answer_may_be_missing(
    who: AnActor, joined: Case, now: datetime
) -> None:
    with pytest.raises(NeededHereError):
        step_back(actor=who("Asha Patel"), at=now, case_id=joined.id, said=SAID)
    with pytest.raises(UnsaidError):
        step_back(actor=who("Dee Marsh"), at=now, case_id=joined.id, said=SteppingBack("Our post ends."))
    with pytest.raises(NotFoundError):
        step_back(actor=who("Tom Reilly"), at=now, case_id=joined.id, said=SAID)
    see_all()
    assert not SteppedBack.objects.filter(case=joined).exists()
    assert Reach.objects.filter(why=ReachWhy.CASE, about=joined.id, until=None).exists()


@pytest.mark.django_db
def test_an_agency_is_warned_of_what_it_holds_before_it_leaves(
    who: AnActor, riverside_now: Universe, joined: Case, now: datetime
) -> None:
    action = written(who, riverside_now, joined, now, owner="Dee Marsh", words="Walk with her to the shop")
    written(who, riverside_now, joined, now, words="The council's own")
    held = to_leave(actor=who("Dee Marsh"), case_id=joined.id).held
    assert [each.id for each in held.actions] == [action.id]
    dee = browser_of(riverside_now.members["Dee Marsh"].user)
    page = dee.get(reverse("marm:leave_case", args=[joined.id])).content.decode()
    assert "Walk with her to the shop" in page
    assert "The risk is still open" in page
    assert "own</li>" not in page


@pytest.mark.django_db
def test_it_leaves_with_a_reason_and_sees_the_case_no_more_and_the_rest_see_that_nobody_answered(
    who: AnActor, joined: Case, left: SteppedBack, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        case_page(actor=who("Dee Marsh"), case_id=joined.id)
    page = agencies_page(actor=who("Asha Patel"), case_id=joined.id)
    assert [each.until_why for each in page.agencies if each.until] == ["Our post ends."]
    assert [each.actions_open for each in page.stepped_back] == [1]
    see_all()
    assert not Reach.objects.filter(why=ReachWhy.CASE, about=joined.id, until=None).exists()
    held = case_page(actor=who("Wes Tanner"), case_id=joined.id).holding.stepped_back
    assert [each.id for each in held] == [left.id]
    assert waits(who, "Asha Patel", joined, now) == [Waits.STEPPED_BACK]
    assert waits(who, "Mair Pugh", joined, now) == [Waits.STEPPED_BACK]
    assert waits(who, "Wes Tanner", joined, now) == []


@pytest.mark.django_db
def test_who_leads_accepts_it_once_and_then_it_waits_no_longer(
    who: AnActor, joined: Case, left: SteppedBack, now: datetime
) -> None:
    given: dict[str, Any] = {
        "at": now, "stepped_back_id": left.id, "accepts": Accepts.ACCEPTED, "words": "Asha walks with her.",
    }  # fmt: skip
    with pytest.raises(NotAllowedError):
        answer_stepping_back(actor=who("Wes Tanner"), **given)
    with pytest.raises(NotFoundError):
        answer_stepping_back(actor=who("Dee Marsh"), **given)
    with pytest.raises(UnsaidError):
        answer_stepping_back(actor=who("Asha Patel"), **given | {"words": " "})
    answer_stepping_back(actor=who("Asha Patel"), **given)
    with pytest.raises(AlreadyDoneError):
        answer_stepping_back(actor=who("Mair Pugh"), **given)
    page = stepped_back_page(actor=who("Wes Tanner"), stepped_back_id=left.id)
    assert (page.stepped_back.answered_by, page.may_answer) == ("Asha Patel", False)
    assert case_page(actor=who("Asha Patel"), case_id=joined.id).holding.stepped_back == []
    assert waits(who, "Asha Patel", joined, now) == [Waits.WITHOUT_LEAD]


@pytest.mark.django_db
@pytest.mark.proves("MARM-60")
def test_what_is_not_accepted_is_a_dispute_or_nothing_is_kept(
    who: AnActor, joined: Case, left: SteppedBack, now: datetime
) -> None:
    given: dict[str, Any] = {
        "actor": who("Asha Patel"), "at": now, "stepped_back_id": left.id, "accepts": Accepts.NOT_ACCEPTED,
        "words": "She trusts Dee alone.",
    }  # fmt: skip
    for missing in (None, replace(DIFFERS, meanwhile="")):
        with pytest.raises(UnsaidError):
            answer_stepping_back(**given, differs=missing)
    see_all()
    assert not CaseDispute.objects.filter(case=joined).exists()
    answered = answer_stepping_back(**given, differs=DIFFERS)
    assert answered.dispute is not None
    assert answered.dispute.against.code == "been_there"
    held = case_page(actor=who("Asha Patel"), case_id=joined.id).holding
    assert (held.stepped_back, len(held.rungs)) == ([], 1)


@pytest.mark.django_db
def test_what_was_typed_is_kept_where_another_answered_meanwhile(
    who: AnActor, riverside_now: Universe, left: SteppedBack, now: datetime
) -> None:
    answer_stepping_back(
        actor=who("Mair Pugh"), at=now, stepped_back_id=left.id, accepts=Accepts.ACCEPTED, words="Asha"
    )
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    address = reverse("marm:answer_stepped_back", args=[left.id])
    answer = asha.post(address, {"accepts": "accepted", "words": "Joan does it on Mondays."})
    assert answer.status_code == 409
    assert "Joan does it on Mondays." in answer.content.decode()
    assert "Mair Pugh has already answered this" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update marm_steppedback set who_holds = 'Everybody'",
        "update marm_steppedback set answer = 'Something else'",
        "update marm_steppedback set accepts = 'not_accepted'",
        "delete from marm_steppedback",
    ],
)
def test_raw_sql_changes_nothing_of_what_was_said_when_an_agency_left(
    statement: str, who: AnActor, left: SteppedBack, now: datetime
) -> None:
    answer_stepping_back(
        actor=who("Asha Patel"), at=now, stepped_back_id=left.id, accepts=Accepts.ACCEPTED, words="Asha"
    )
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
