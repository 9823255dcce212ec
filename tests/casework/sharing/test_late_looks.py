"""An emergency that nobody looked at in time comes back to the managers, and then to who reviews those."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.sharing.sharing_told import against, chosen
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.mail import Mail
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.commands.looking import chase_late_looks
from alongside.casework.sharing.jobs import chase_looks_nightly
from alongside.casework.sharing.models import LookChased, ShareDecision
from alongside.casework.sharing.presenters.today import look_was_due, not_looked_at
from alongside.casework.sharing.queries.waiting import late_looks
from alongside.casework.sharing.rules.overrides import LateStep, late_steps

FRIDAY = date(2026, 11, 6)
"""By its end somebody looks at what was shared on Thursday."""
NOBODY = "No emergency that nobody had looked at needed a reminder."


def night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, 45, tzinfo=UTC)


def waits_for() -> set[str]:
    return set(Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True))


@pytest.fixture
def emergency(riverside: Universe, asha: Actor, at: datetime, settings: Any) -> ShareDecision:
    """Shared on a Thursday; of the demonstration's own emergencies no night has to remind."""
    settings.MAIL = Mail(
        backend="django.core.mail.backends.locmem.EmailBackend",
        sender="alongside@example.org",
        address="https://a.example",
    )
    tell_database(system_actor("a test"))
    for each in ShareDecision.objects.filter(override__emergency=True):
        for step in LateStep:
            LookChased.note(each, step, at=at)
    chosen(asha, riverside, at)
    meant = against(riverside, emergency=True, emergency_why="It burns.", review_on=date(2026, 12, 1))
    thursday = at + timedelta(days=3)
    made = decide(actor=asha, at=thursday, person_id=riverside.people["Bee"], proposal=meant)
    assert made.override.look_by == FRIDAY
    return made


def told_by_night(nights: int) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for number in range(nights):
        Notice.objects.all().delete()
        day = FRIDAY + timedelta(days=number)
        chase_looks_nightly(at=night(day))
        if names := waits_for():
            told[f"{day:%A}"] = names
    return told


@pytest.mark.proves("MARM-29")
def test_the_managers_are_told_at_once_and_again_and_a_working_day_later_the_governance_lead(
    emergency: ShareDecision,
) -> None:
    assert waits_for() == {"Gwen Hughes"}
    assert told_by_night(6) == {"Saturday": {"Gwen Hughes"}, "Tuesday": {"Iris Okafor"}}
    event = AuditEvent.objects.filter(code="sharing.look_chased").order_by("sequence").last()
    assert event is not None
    assert (event.details["told"], event.person_id) == ("governance", emergency.person_id)


@pytest.mark.proves("MARM-29")
def test_nobody_is_told_once_somebody_has_looked(
    riverside: Universe, emergency: ShareDecision, at: datetime
) -> None:
    gwen = actor_for(riverside, "Gwen Hughes", on=FRIDAY)
    look_second(actor=gwen, at=at + timedelta(days=4), decision_id=emergency.id, agreed=True, words="Yes.")
    assert told_by_night(6) == {}


def test_nights_that_were_missed_tell_each_once(emergency: ShareDecision) -> None:
    late = night(FRIDAY + timedelta(days=9))
    assert chase_looks_nightly(at=late).words.endswith(": 1.")
    assert chase_looks_nightly(at=late).words == NOBODY
    tell_database(system_actor("a test"))
    assert set(emergency.looks_chased.values_list("step", flat=True)) == set(LateStep)


def test_where_nobody_reviews_there_whoever_reviews_in_the_partnership_is_told(
    emergency: ShareDecision,
) -> None:
    Membership.objects.get(user__name="Iris Okafor").end(on=FRIDAY)
    assert told_by_night(6)["Tuesday"] == {"Ada Clarke"}


@pytest.mark.usefixtures("emergency")
def test_the_night_alone_does_it(riverside: Universe) -> None:
    gwen = actor_for(riverside, "Gwen Hughes", on=FRIDAY)
    with pytest.raises(NotAllowedError):
        chase_late_looks(actor=gwen, at=night(FRIDAY + timedelta(days=9)))


@pytest.mark.usefixtures("emergency")
@pytest.mark.parametrize(
    "statement", ["update sharing_lookchased set at = now()", "delete from sharing_lookchased"]
)
def test_raw_sql_does_not_have_it_forgotten(asha: Actor, statement: str) -> None:
    chase_looks_nightly(at=night(FRIDAY + timedelta(days=9)))
    tell_database(asha)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.usefixtures("emergency")
def test_who_reviews_emergencies_sees_where_nobody_looked_and_not_at_whom(
    riverside: Universe, asha: Actor
) -> None:
    iris = actor_for(riverside, "Iris Okafor", on=FRIDAY)
    late = [late_looks(actor=iris, day=FRIDAY + timedelta(days=days)) for days in (3, 4)]
    assert [FRIDAY in {each.look_by for each in found} for found in late] == [False, True]
    shown = next(each for each in late[1] if each.look_by == FRIDAY)
    assert not_looked_at(shown).startswith("Riverside Council: ask a manager to look")
    assert look_was_due(shown) == "Late: it should have been looked at by 6 November 2026"
    with pytest.raises(NotAllowedError):
        late_looks(actor=asha, day=FRIDAY)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(-3, 30), st.sets(st.sampled_from(LateStep)))
def test_the_managers_come_first_and_no_step_twice_nor_before_its_day_is_over(
    look_by: date, after: int, taken: set[LateStep]
) -> None:
    due = late_steps(look_by, look_by + timedelta(days=after), taken=taken)
    assert not set(due) & taken
    assert after > 0 or not due
    if LateStep.GOVERNANCE in due:
        assert after > 1
        assert LateStep.MANAGERS in {*due, *taken}
    assert late_steps(None, look_by, taken=taken) == []
