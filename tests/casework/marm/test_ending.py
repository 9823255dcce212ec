"""A case ends with a reason, in the person's view, with what remains; and somebody asks afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tools.universe import Universe

from alongside.area import load_area
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.ending import end_case, note_check_back
from alongside.casework.marm.models import Case, Ending
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.ending import Closing, Met, Risk, wrong_with
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach

WHOLE = Closing(
    reason="safer",
    needs={
        "The person's own view": "Dee and the stairs.",
        "What each agency goes on doing": "Dee on Thursdays.",
    },
    met=Met.PARTLY,
    own_view="I am at home. The path is still a promise.",
    risk=Risk.REDUCED,
    who_knows="Dee Marsh, Been There; Asha Patel, council",
    reopens="A fall, or Dee not let in two weeks running",
    who_notices="Dee Marsh, Been There",
)


@pytest.mark.proves("MARM-67")
def test_the_persons_view_or_why_there_is_none_and_what_remains_are_owed() -> None:
    pack = load_area(Path(__file__).parents[3] / "area").marm
    assert pack is not None
    reason = next(each for each in pack.closure_reasons if each.code == "safer")
    assert wrong_with(WHOLE, reason) == {}
    assert set(wrong_with(replace(WHOLE, own_view=" "), reason)) == {"own_view"}
    unasked = replace(WHOLE, met=Met.NOT_SAID)
    assert set(wrong_with(unasked, reason)) == {"no_view_why"}
    alone = replace(WHOLE, who_notices="", risk=Risk.REMAINS)
    assert set(wrong_with(alone, reason)) == {"who_notices"}
    assert wrong_with(replace(alone, who_knows="", reopens="", risk=Risk.REMOVED), reason) == {}
    assert set(wrong_with(replace(WHOLE, needs={}), reason)) == {"need_0", "need_1"}


def test_that_somebody_does_not_engage_is_no_reason_of_any_pack() -> None:
    pack = load_area(Path(__file__).parents[3] / "area").marm
    assert pack is not None
    assert not [each for each in pack.closure_reasons if "engage" in each.title.lower()]


@pytest.mark.django_db
@pytest.mark.proves("MARM-67")
def test_who_leads_or_co_ordinates_ends_it_once_and_it_is_asked_about_afterwards(
    who: AnActor, opened: Case, now: datetime
) -> None:
    asha, mair = who("Asha Patel"), who("Mair Pugh")
    given: dict[str, Any] = {"at": now, "case_id": opened.id, "closing": WHOLE}
    with pytest.raises(NotAllowedError):
        end_case(actor=who("Wes Tanner"), **given)
    with pytest.raises(NotFoundError):
        end_case(actor=asha, **given | {"closing": replace(WHOLE, reason="does_not_answer")})
    with pytest.raises(UnsaidError):
        end_case(actor=asha, **given | {"closing": replace(WHOLE, needs={})})
    ending = end_case(actor=asha, **given)
    page = case_page(actor=asha, case_id=opened.id)
    assert page.case.stage == Stage.ENDED
    assert (page.leading.acting, page.leading.lead) == (None, None)
    with pytest.raises(AlreadyDoneError):
        end_case(actor=mair, **given)
    day = timezone.localdate(now)
    assert ending.check_back_on == day + timedelta(days=90)
    assert waiting_in_cases(actor=asha, day=day).cases == []
    for actor in (asha, mair):
        later = waiting_in_cases(actor=actor, day=ending.check_back_on).cases
        assert [each.waits for each in later] == [Waits.CHECK_BACK]
    note_check_back(actor=asha, at=now, case_id=opened.id, on=day, words="The birds are back, she says.")
    assert waiting_in_cases(actor=asha, day=ending.check_back_on).cases == []
    with pytest.raises(AlreadyDoneError):
        note_check_back(actor=mair, at=now, case_id=opened.id, on=day, words="Again")
    assert ask_for_case(actor=asha, at=now, person_id=opened.person_id, asked=asked()).stage == Stage.ASKED


@pytest.mark.django_db
def test_who_came_to_see_the_person_by_the_case_alone_sees_them_no_longer(
    who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    stan, council = riverside_now.people["Stan"], riverside_now.organisations["riverside_council"]
    see_all()
    Reach.objects.filter(person_id=stan, organisation=council, until=None).update(until=now)
    case = ask_for_case(actor=who("Tom Reilly"), at=now, person_id=stan, asked=asked())
    open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why="Nobody else sees him.")
    end_case(actor=who("Tom Reilly"), at=now, case_id=case.id, closing=WHOLE)
    with pytest.raises(NotFoundError):
        case_page(actor=who("Mair Pugh"), case_id=case.id)
    assert case_page(actor=who("Tom Reilly"), case_id=case.id).ending is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update marm_ending set own_view = 'All is well'",
        "delete from marm_ending",
        "update marm_case set stage = 'open'",
    ],
)
def test_raw_sql_changes_no_ending_and_opens_no_case_again(
    statement: str, who: AnActor, opened: Case, now: datetime
) -> None:
    end_case(actor=who("Asha Patel"), at=now, case_id=opened.id, closing=WHOLE)
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_raw_sql_ends_no_case_without_how_it_ended(who: AnActor, opened: Case) -> None:
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update marm_case set stage = 'ended' where id = %s", [opened.id])
    see_all()
    assert not Ending.objects.exists()
