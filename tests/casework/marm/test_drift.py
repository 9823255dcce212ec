"""What drifts is found at night, once, with its evidence, and shown to whoever co-ordinates cases."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.commands import begin_absence, end_absence
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.marm.commands.asking import ask_for_case
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.marm.commands.drifting import NothingDriftsError, find_drift
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead
from alongside.casework.marm.commands.meetings import set_meeting
from alongside.casework.marm.jobs import find_drift_nightly
from alongside.casework.marm.models import Case, DriftFound
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.queries import drift
from alongside.casework.marm.queries.drift import beyond, drift_page, in_touch, out_of_sight
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.drift import Drift, Known, Limits, OfCase, drifting
from alongside.casework.marm.rules.leading import Away, nobody_covers_since
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.involvement import note_involvement
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy

NIGHT = system_actor("the night")
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.mark.proves("MARM-65")
def test_many_agencies_or_concerns_that_add_up_drift_until_somebody_asks_for_a_case() -> None:
    limits = Limits(agencies=3)
    two, three = ["A", "B", "B"], ["A", "B", "C"]
    assert drifting(Known(agencies=two), at=MONDAY, limits=limits) == []
    (many,) = drifting(Known(agencies=three), at=MONDAY, limits=limits)
    assert (many.drift, many.agencies) == (Drift.MANY_AGENCIES, ("A", "B", "C"))
    both = drifting(Known(agencies=three, concerns=["A", "B"]), at=MONDAY, limits=limits)
    assert [each.drift for each in both] == [Drift.MANY_AGENCIES, Drift.CONCERNS]
    case = OfCase(Stage.ASKED, MONDAY)
    asked_now = Known(agencies=three, concerns=["A", "B"], cases=[case])
    assert drifting(asked_now, at=MONDAY, limits=limits) == []


@pytest.mark.proves("MARM-17", "MARM-12")
def test_a_request_that_nobody_answers_and_a_case_that_nobody_leads_drift_by_their_clocks() -> None:
    limits = Limits()
    request = Known(cases=[OfCase(Stage.ASKED, MONDAY, urgent=True)])
    assert drifting(request, at=MONDAY + timedelta(hours=3, minutes=59), limits=limits) == []
    (late,) = drifting(request, at=MONDAY + timedelta(hours=4), limits=limits)
    assert (late.drift, late.since) == (Drift.NOT_ANSWERED, MONDAY)
    led = Known(cases=[OfCase(Stage.OPEN, MONDAY)])
    assert drifting(led, at=MONDAY + timedelta(days=90), limits=limits) == []
    alone = Known(cases=[OfCase(Stage.OPEN, MONDAY, without_lead_since=MONDAY)])
    assert drifting(alone, at=MONDAY + timedelta(days=7), limits=limits) == []
    (nobody,) = drifting(alone, at=MONDAY + timedelta(days=8), limits=limits)
    assert nobody.drift is Drift.NO_LEAD


@pytest.mark.proves("MARM-65")
def test_many_agencies_in_a_case_and_no_meeting_drift_until_one_is_set() -> None:
    limits = Limits(agencies=3, without_meeting="5 working days")
    case = OfCase(Stage.OPEN, MONDAY, opened_at=MONDAY, agencies=("A", "B", "C"))
    late = MONDAY + timedelta(days=8)
    (found,) = drifting(Known(cases=[case]), at=late, limits=limits)
    assert (found.drift, found.since, found.agencies) == (Drift.NO_MEETING, MONDAY, ("A", "B", "C"))
    for other in (replace(case, met=True), replace(case, agencies=("A", "B"))):
        assert drifting(Known(cases=[other]), at=late, limits=limits) == []
    assert drifting(Known(cases=[case]), at=MONDAY + timedelta(days=7), limits=limits) == []


@pytest.mark.proves("MARM-65")
def test_what_was_to_be_looked_at_again_drifts_by_its_clock_with_how_much_of_it_there_is() -> None:
    limits = Limits(not_reviewed="10 working days")
    day = MONDAY.date()
    case = OfCase(Stage.OPEN, MONDAY, overdue=(day + timedelta(days=1), day, day + timedelta(days=90)))
    assert drifting(Known(cases=[case]), at=MONDAY + timedelta(days=14), limits=limits) == []
    (found,) = drifting(Known(cases=[case]), at=MONDAY + timedelta(days=16), limits=limits)
    assert (found.drift, found.count) == (Drift.NOT_REVIEWED, 2)
    assert found.since is not None
    assert found.since.date() == day


def test_two_cases_of_joined_records_drift_as_one_person() -> None:
    alone = OfCase(Stage.OPEN, MONDAY, without_lead_since=MONDAY)
    found = drifting(Known(cases=[alone, alone]), at=MONDAY + timedelta(days=60), limits=Limits())
    assert [each.drift for each in found] == [Drift.NO_LEAD]


def test_somebody_who_is_away_is_covered_by_who_is_there_alone() -> None:
    day, cover = MONDAY.date(), uuid4()
    away = [Away(day - timedelta(days=2), cover)]
    assert nobody_covers_since(None, [], day=day, away=()) is None
    assert nobody_covers_since(None, away, day=day, away=()) is None
    assert nobody_covers_since(None, away, day=day, away=(cover,)) == day - timedelta(days=2)
    assert nobody_covers_since(None, [Away(day, None)], day=day, away=()) == day
    assert nobody_covers_since(day, [], day=day, away=()) == day


@pytest.mark.django_db
@pytest.mark.proves("MARM-65")
def test_what_drifts_is_noted_once_and_is_over_once_somebody_asks_for_a_case(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    note_involvement(actor=who("Tom Reilly"), at=now, person_id=bee, worker_name="Tom Reilly")
    new, gone = find_drift(actor=NIGHT, at=now)
    assert (new >= 2, gone) == (True, 0)
    with pytest.raises(NothingDriftsError):
        find_drift(actor=NIGHT, at=now)
    assert find_drift_nightly(at=now).words == "Nothing is drifting that was not before."
    shown = [
        (each.drift, each.agencies)
        for each, _case in drift_page(actor=who("Mair Pugh"))
        if each.person_id == bee
    ]
    assert [drift for drift, _agencies in shown] == [Drift.CONCERNS, Drift.MANY_AGENCIES]
    assert shown[1][1] == ["Been There (peer support)", "Riverside Council", "Riverside Homes"]
    with pytest.raises(NotAllowedError):
        drift_page(actor=who("Asha Patel"))
    ask_for_case(actor=who("Asha Patel"), at=now, person_id=bee, asked=asked())
    assert find_drift(actor=NIGHT, at=now)[1] == 2
    assert not [each for each, _case in drift_page(actor=who("Mair Pugh")) if each.person_id == bee]


@pytest.mark.django_db
def test_nothing_drifts_about_somebody_who_died_by_whichever_of_their_records_says_so(
    who: AnActor, riverside_now: Universe, bee: UUID, now: datetime
) -> None:
    note_involvement(actor=who("Tom Reilly"), at=now, person_id=bee, worker_name="Tom Reilly")
    other = riverside_now.people["Stan"]
    see_all()
    Person.objects.filter(id=other).update(merged_into=bee, died_on=timezone.localdate(now))
    with suppress(NothingDriftsError):
        find_drift(actor=NIGHT, at=now)
    see_all()
    assert not DriftFound.objects.filter(
        person_id=bee, drift__in=[Drift.MANY_AGENCIES, Drift.CONCERNS]
    ).exists()


@pytest.mark.django_db
@pytest.mark.proves("MARM-12")
def test_a_case_without_a_lead_is_found_with_since_when_and_not_once_somebody_leads(
    who: AnActor, riverside_now: object, opened: Case, now: datetime
) -> None:
    asha, later = who("Asha Patel"), now + timedelta(days=20)
    find_drift(actor=NIGHT, at=later)
    see_all()
    found = DriftFound.objects.get(person=opened.person_id, drift=Drift.NO_LEAD, gone_at=None)
    assert found.since == now
    own = who("Asha Patel")
    member = next(lead.member_id for lead in opened.leads.all() if lead.member.user_id == own.user_id)
    ask_to_lead(actor=asha, at=now, case_id=opened.id, membership_id=member, why="I see her most")
    accept_lead(actor=asha, at=now, case_id=opened.id)
    find_drift(actor=NIGHT, at=later)
    see_all()
    assert not DriftFound.objects.filter(person=opened.person_id, gone_at=None).exists()


@pytest.mark.django_db
@pytest.mark.proves("MARM-64")
def test_who_was_in_touch_long_before_it_was_noted_is_shown_also_by_a_record_that_was_joined(
    who: AnActor, riverside_now: Universe, bee: UUID, now: datetime
) -> None:
    note_involvement(actor=who("Tom Reilly"), at=now, person_id=bee, worker_name="Tom Reilly")
    find_drift(actor=NIGHT, at=now)
    other = riverside_now.people["Stan"]
    note_involvement(
        actor=who("Tom Reilly"), at=now, person_id=other, since=timezone.localdate(now) - timedelta(days=100)
    )
    see_all()
    council = riverside_now.organisations["riverside_council"].id
    Reach.give(person_id=other, organisation_id=council, why=ReachWhy.MERGED, at=now, purpose="early_help")
    mair = who("Mair Pugh")
    before = in_touch(actor=mair, people={bee})[bee]
    see_all()
    Person.objects.filter(id=other).update(merged_into=bee)
    joined = in_touch(actor=mair, people={bee})[bee]
    assert len(joined) == len(before) + 1
    page = browser_of(riverside_now.members["Mair Pugh"].user).get("/cases/drift/").text
    assert "Been There (peer support) has been in touch since 3 October 2024." in page
    assert page.count("Riverside Homes has been in touch since") == 1
    with pytest.raises(NotAllowedError):
        in_touch(actor=who("Asha Patel"), people={bee})


@pytest.mark.django_db
@pytest.mark.proves("MARM-65")
def test_what_drifts_about_somebody_whom_no_co_ordinator_sees_is_told_without_who_it_is(
    who: AnActor, riverside_now: Universe, now: datetime
) -> None:
    day, stan = timezone.localdate(now), riverside_now.people["Stan"]
    council = riverside_now.organisations["riverside_council"].id
    see_all()
    Reach.objects.filter(person_id=stan, organisation_id=council, until=None).update(until=now)
    for times in range(3):
        raise_concern(
            actor=who("Tom Reilly"), at=now - timedelta(days=times), person_id=stan, words="No answer."
        )
    find_drift(actor=NIGHT, at=now)
    (unseen,) = out_of_sight(actor=who("Mair Pugh"), day=day)
    assert unseen.agencies == ["Riverside Homes"]
    page = browser_of(riverside_now.members["Mair Pugh"].user).get("/cases/drift/").text
    assert "About people no co-ordinator can see" in page
    assert "Stan" not in page
    assert str(stan) not in page
    with pytest.raises(NotAllowedError):
        out_of_sight(actor=who("Tom Reilly"), day=day)
    see_all()
    Reach.give(person_id=stan, organisation_id=council, why=ReachWhy.ASKED, at=now, purpose="early_help")
    assert out_of_sight(actor=who("Mair Pugh"), day=day) == []


@pytest.mark.django_db
@pytest.mark.proves("MARM-65")
def test_a_list_too_long_for_the_page_says_how_many_more_are_drifting(
    who: AnActor, riverside_now: Universe, bee: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mair, browser = who("Mair Pugh"), browser_of(riverside_now.members["Mair Pugh"].user)
    note_involvement(actor=who("Tom Reilly"), at=now, person_id=bee, worker_name="Tom Reilly")
    find_drift(actor=NIGHT, at=now)
    all_of_it = [each for each, _case in drift_page(actor=mair)]
    assert len(all_of_it) >= 2
    assert beyond(all_of_it) == 0
    assert "These have been drifting longest" not in browser.get("/cases/drift/").text
    monkeypatch.setattr(drift, "MOST_SHOWN", len(all_of_it) - 1)
    found = [each for each, _case in drift_page(actor=mair)]
    assert ([each.id for each in found], beyond(found)) == ([each.id for each in all_of_it[:-1]], 1)
    assert "These have been drifting longest. There is 1 more" in browser.get("/cases/drift/").text


@pytest.mark.django_db
def test_only_the_nightly_check_looks_at_everybody_and_nobody_else_sees_what_is_beyond_reach(
    who: AnActor, bee: UUID, now: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        find_drift(actor=who("Mair Pugh"), at=now)
    find_drift(actor=NIGHT, at=now)
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(who("Kit Lowe"))
        cursor.execute("select count(*) from marm_driftfound")
        assert cursor.fetchone() == (0,)
    tell_database(who("Mair Pugh"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from marm_driftfound")


@pytest.mark.django_db
@pytest.mark.proves("MARM-65")
def test_a_case_of_many_agencies_without_a_meeting_and_a_plan_nobody_looked_at_are_found_at_night(
    who: AnActor, riverside_now: Universe, opened: Case, plan: Plan, council: str, now: datetime
) -> None:
    see_all()
    for code in ("riverside_homes", "been_there"):
        opened.take_in(organisation_id=riverside_now.organisations[code].id, by="Asha Patel", at=now)
    amina = Case.objects.get(id=riverside_now.cases["case"]).person_id
    later = now + timedelta(days=200)
    find_drift(actor=NIGHT, at=later)
    found = {each.drift: each for each, _case in drift_page(actor=who("Mair Pugh")) if
             each.person_id in (opened.person_id, amina)}  # fmt: skip
    assert found[Drift.NO_MEETING].agencies == [
        "Been There (peer support)", "Riverside Council", "Riverside Homes",
    ]  # fmt: skip
    assert found[Drift.NO_MEETING].since == now
    assert (found[Drift.NOT_REVIEWED].count or 0) >= 2
    page = browser_of(riverside_now.members["Mair Pugh"].user).get("/cases/drift/").content.decode()
    assert "no meeting has been held or set" in page
    assert "decisions and actions, the first due to be looked at by" in page
    set_meeting(actor=who("Asha Patel"), at=now, case_id=opened.id, plan=plan, invited=[council])
    find_drift(actor=NIGHT, at=later)
    see_all()
    assert not DriftFound.objects.filter(
        person=opened.person_id, drift=Drift.NO_MEETING, gone_at=None
    ).exists()


@pytest.mark.django_db
@pytest.mark.proves("MARM-12")
def test_a_lead_who_goes_on_leave_is_on_the_day_of_co_ordinators_and_their_manager_until_somebody_covers(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    wes, gwen = riverside_now.members["Wes Tanner"], who("Gwen Hughes")
    Membership.objects.filter(id=wes.id).update(manager=riverside_now.members["Gwen Hughes"])
    ask_to_lead(actor=who("Asha Patel"), at=now, case_id=opened.id, membership_id=wes.id, why="He knows her")
    accept_lead(actor=who("Wes Tanner"), at=now, case_id=opened.id)
    day = timezone.localdate(now)

    def waits(name: str) -> list[Waits]:
        found = waiting_in_cases(actor=who(name), day=day).cases
        return [each.waits for each in found if each.case_id == opened.id]

    assert waits("Mair Pugh") == []
    absence = begin_absence(actor=gwen, at=now, membership_id=wes.id, on=day, until=None, cover_id=None)
    for name in ("Mair Pugh", "Gwen Hughes"):
        assert waits(name) == [Waits.LEAD_AWAY]
    assert waits("Joan Adeyemi") == []
    find_drift(actor=NIGHT, at=now)
    see_all()
    assert DriftFound.objects.get(person=opened.person_id, gone_at=None).drift == Drift.LEAD_AWAY
    Absence.objects.filter(id=absence.id).update(cover=riverside_now.members["Mair Pugh"])
    assert waits("Mair Pugh") == [Waits.LEAD_AWAY], "a co-ordinator, who leads no case, does not cover a lead"
    with pytest.raises(NothingDriftsError):  # what was found before still holds
        find_drift(actor=NIGHT, at=now)
    end_absence(actor=gwen, at=now, absence_id=absence.id)
    asha = riverside_now.members["Asha Patel"].id
    begin_absence(actor=gwen, at=now, membership_id=wes.id, on=day, until=None, cover_id=asha)
    assert waits("Mair Pugh") == []
    find_drift(actor=NIGHT, at=now)
    see_all()
    assert not DriftFound.objects.filter(person=opened.person_id, gone_at=None).exists()
