"""Cases that ended because the person died, before that alone said that nobody asks how they are."""

from datetime import date, datetime
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_ending import WHOLE
from tests.casework.marm.test_ending_leaves_nothing import ASKS, DIED, counted, rows_of, waits

from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands.ending import end_case, note_check_back
from alongside.casework.marm.models import Case, Ending
from alongside.casework.marm.queries.ending import case_to_check
from alongside.casework.marm.rules.ending import Closing

pytestmark = pytest.mark.django_db
MIGRATION = import_module("alongside.casework.marm.migrations.0016_nor_where_it_had_ended")
DAY_GIVEN = """
alter table marm_ending disable trigger kept_as_said;
update marm_ending set check_back_on = %s;
alter table marm_ending enable trigger kept_as_said;
"""


@pytest.fixture
def day(now: datetime) -> date:
    return timezone.localdate(now).replace(year=now.year + 1)


def ended_before(who: AnActor, case: Case, closing: Closing, now: datetime, day: date) -> None:
    """End it as cases once ended: with a day to ask how things are, whatever the reason."""
    end_case(actor=who("Mair Pugh"), at=now, case_id=case.id, closing=closing)
    see_all()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # as when the rows were there before
        cursor.execute(DAY_GIVEN.replace("%s", f"'{day}'"))


def migrated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(MIGRATION.NOBODY_ASKS)


def test_nobody_is_told_any_more_to_ask_how_they_are(
    who: AnActor, joined: Case, now: datetime, day: date
) -> None:
    ended_before(who, joined, DIED, now, day)
    assert waits(who, joined, day) != []
    migrated()
    assert waits(who, joined, day) == []
    assert ASKS not in rows_of(who, joined, now)
    assert counted(joined, now.replace(year=now.year + 1)) == 0
    with pytest.raises(AlreadyDoneError):
        case_to_check(actor=who("Mair Pugh"), case_id=joined.id)


def test_what_was_written_down_and_cases_that_ended_otherwise_stay_as_they_were(
    who: AnActor, joined: Case, now: datetime, day: date
) -> None:
    ended_before(who, joined, WHOLE, now, day)
    migrated()
    see_all()
    assert Ending.objects.get(case=joined).check_back_on == day
    with pytest.raises(Exception, match="kept as it was said"), connection.cursor() as cursor:
        cursor.execute("update marm_ending set check_back_on = null")


def test_an_answer_to_how_things_are_keeps_its_day(
    who: AnActor, joined: Case, now: datetime, day: date
) -> None:
    ended_before(who, joined, DIED, now, day)
    note_check_back(
        actor=who("Mair Pugh"), at=now, case_id=joined.id, on=timezone.localdate(now), words="Dee misses her."
    )
    migrated()
    see_all()
    assert Ending.objects.get(case=joined).check_back_on == day
