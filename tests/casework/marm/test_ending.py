"""A case ends with a reason, in the person's view, with what remains; and somebody asks afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_actions import asks, stands, written
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.area import load_area
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.access.permissions import Permission
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm.commands.actions import note_where_it_stands
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.ending import answer_what_remains, end_case, note_check_back
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.models import Action, Case, Ending, Invitation, SharedRisk
from alongside.casework.marm.presenters.cases import case_shown
from alongside.casework.marm.queries.actions import action_page
from alongside.casework.marm.queries.cases import case_page
from alongside.casework.marm.queries.ending import case_to_check, case_to_end, what_remains
from alongside.casework.marm.queries.today import Waits, waiting_in_cases
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.ending import (
    Agreed,
    Becomes,
    Closing,
    Met,
    Risk,
    wrong_with,
    wrong_with_actions,
)
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

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
def test_nobody_checks_back_on_a_day_before_the_case_ended(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    asha = who("Asha Patel")
    end_case(actor=asha, at=now, case_id=opened.id, closing=WHOLE)
    before = timezone.localdate(now) - timedelta(days=1)
    with pytest.raises(UnsaidError, match="on or after the day the case ended"):
        note_check_back(actor=asha, at=now, case_id=opened.id, on=before, words="Well, she says.")
    given = {
        "words": "Well, she says.", "on-day": before.day, "on-month": before.month, "on-year": before.year,
    }  # fmt: skip
    browser, address = browser_of(riverside_now.members["Asha Patel"].user), f"/cases/{opened.id}/check-back/"
    refused = browser.post(address, given)
    assert refused.status_code == 422
    assert "The day must be on or after the day the case ended" in refused.text
    assert "Well, she says." in refused.text
    assert (
        browser.post(
            address,
            given
            | {f"on-{part}": getattr(timezone.localdate(now), part) for part in ("day", "month", "year")},
        ).status_code
        == 302
    )


@pytest.mark.django_db
def test_who_only_reads_cases_is_not_asked_to_check_back_and_cannot_close_it(
    who: AnActor, opened: Case, now: datetime
) -> None:
    asha, mair = who("Asha Patel"), who("Mair Pugh")
    end_case(actor=asha, at=now, case_id=opened.id, closing=WHOLE)
    reads = replace(asha, permissions=asha.permissions - {Permission.CASE_WORK})
    with pytest.raises(NotAllowedError):
        note_check_back(actor=reads, at=now, case_id=opened.id, on=timezone.localdate(now), words="Well.")
    with pytest.raises(NotAllowedError):
        case_to_check(actor=reads, case_id=opened.id)
    shown = {
        actor: case_shown(case_page(actor=actor, case_id=opened.id), now).may_check
        for actor in (reads, asha, mair)
    }
    assert shown == {reads: False, asha: True, mair: True}


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


def test_each_action_that_is_still_to_do_goes_on_with_somebody_or_stops_for_a_reason() -> None:
    one, other = uuid4(), uuid4()
    said = replace(WHOLE, actions={one: Becomes(True, "Wes"), other: Becomes(False, " ")})
    assert set(wrong_with_actions(said, [one, other])) == {f"action_{other}_words"}
    assert set(wrong_with_actions(WHOLE, [one])) == {f"action_{one}_words"}
    assert wrong_with_actions(WHOLE, []) == {}


@pytest.mark.django_db
@pytest.mark.proves("MARM-67")
def test_no_action_is_left_behind_when_a_case_ends_and_what_goes_on_can_still_be_done(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    asha, wes = who("Asha Patel"), who("Wes Tanner")
    goes_on = written(who, riverside_now, opened, now, due=timezone.localdate(now))
    stops = written(who, riverside_now, opened, now, words="Ring her sister about the keys")
    assert {each.id for each in case_to_end(actor=asha, case_id=opened.id).actions} == {goes_on.id, stops.id}
    given: dict[str, Any] = {"actor": asha, "at": now, "case_id": opened.id}
    becomes = {goes_on.id: Becomes(True, "Wes fits it on Friday.")}
    with pytest.raises(UnsaidError):
        end_case(**given, closing=replace(WHOLE, actions=becomes))
    see_all()
    assert not Ending.objects.filter(case=opened).exists()
    becomes[stops.id] = Becomes(False, "Her sister has the keys.")
    end_case(**given, closing=replace(WHOLE, actions=becomes))
    page = action_page(actor=wes, action_id=stops.id)
    assert (page.action.status, page.updates[0].words) == (Status.NOT_POSSIBLE, "Her sister has the keys.")
    page = action_page(actor=wes, action_id=goes_on.id)
    assert (page.action.status, page.may_update) == (Status.PROPOSED, True)
    later = now + timedelta(days=3)
    assert asks(who, "Wes Tanner", goes_on, later) != []
    note_where_it_stands(
        actor=wes, at=later, action_id=goes_on.id, stands=stands(later), opened_version=page.action.version
    )
    see_all()
    assert Action.objects.get(id=goes_on.id).status == Status.DONE_LATE


@pytest.mark.django_db
def test_an_invitation_that_waits_ends_with_the_case(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    invitation = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=opened.id, why="The food shop",
        organisation_id=riverside_now.organisations["been_there"].id,
    )  # fmt: skip
    asha = browser_of(riverside_now.members["Asha Patel"].user)
    first = asha.get(reverse("marm:choose_reason", args=[opened.id])).content.decode()
    assert "Invitations that have not been answered" in first
    end_case(actor=who("Asha Patel"), at=now, case_id=opened.id, closing=WHOLE)
    day = timezone.localdate(now)
    assert invitation.id not in [
        each.id for each in waiting_in_cases(actor=who("Dee Marsh"), day=day).invitations
    ]
    with pytest.raises(AlreadyDoneError, match="The case ended before"):
        accept_invitation(actor=who("Dee Marsh"), at=now, invitation_id=invitation.id)
    see_all()
    kept = Invitation.objects.get(id=invitation.id)
    assert (kept.state, kept.answered_by) == (Answered.ENDED, "Asha Patel")


@pytest.mark.django_db
@pytest.mark.proves("MARM-67")
def test_what_remains_is_put_to_each_agency_which_agrees_or_says_why_not_and_nothing_waits_for_it(
    who: AnActor, riverside_now: Universe, joined: Case, now: datetime
) -> None:
    asha, dee, day = who("Asha Patel"), who("Dee Marsh"), timezone.localdate(now)
    been_there = riverside_now.organisations["been_there"]
    see_all()
    known = Reach.objects.filter(person_id=joined.person_id, organisation=been_there, until=None)
    known.exclude(why=ReachWhy.CASE).update(until=now)
    end_case(actor=asha, at=now, case_id=joined.id, closing=WHOLE)
    with pytest.raises(NotFoundError):  # the person is theirs to see no more; what they hold is
        case_page(actor=dee, case_id=joined.id)
    (waiting,) = waiting_in_cases(actor=dee, day=day).remains
    assert waiting_in_cases(actor=asha, day=day).remains == []
    assert what_remains(actor=dee, shared_risk_id=waiting.id).who_notices == WHOLE.who_notices
    given: dict[str, Any] = {"at": now, "shared_risk_id": waiting.id, "agrees": Agreed.NOT_AGREED}
    with pytest.raises(NotFoundError):
        answer_what_remains(actor=asha, words="For them", **given)
    with pytest.raises(UnsaidError):
        answer_what_remains(actor=dee, words=" ", **given)
    answer_what_remains(actor=dee, words="Nobody asked us about Sundays.", **given)
    assert waiting_in_cases(actor=dee, day=day).remains == []
    said = {
        each.organisation.code: (each.agrees, each.answered_by, each.words)
        for each in case_page(actor=asha, case_id=joined.id).shared_risk
    }
    assert said == {
        "riverside_council": (Agreed.AGREED, "Asha Patel", ""),
        "been_there": (Agreed.NOT_AGREED, "Dee Marsh", "Nobody asked us about Sundays."),
    }
    browser = browser_of(riverside_now.members["Dee Marsh"].user)
    late = browser.post(
        reverse("marm:remains", args=[waiting.id]), {"agrees": "not_agreed", "words": "And Mondays?"}
    )
    assert late.status_code == 409
    assert "And Mondays?" in late.content.decode()


@pytest.mark.django_db
def test_where_the_risk_is_gone_nothing_is_put_to_anybody(who: AnActor, joined: Case, now: datetime) -> None:
    gone = replace(WHOLE, risk=Risk.REMOVED, who_knows="", reopens="", who_notices="")
    end_case(actor=who("Asha Patel"), at=now, case_id=joined.id, closing=gone)
    see_all()
    assert not SharedRisk.objects.filter(case=joined).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update marm_sharedrisk set who_notices = 'Everybody'",
        "update marm_sharedrisk set words = 'And more' where answered_at is not null",
        "update marm_sharedrisk set agrees = 'agreed' where answered_at is null",
        "delete from marm_sharedrisk",
    ],
)
def test_raw_sql_changes_nothing_of_what_remains_and_what_was_said_to_it(
    statement: str, who: AnActor, joined: Case, now: datetime
) -> None:
    end_case(actor=who("Asha Patel"), at=now, case_id=joined.id, closing=WHOLE)
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
