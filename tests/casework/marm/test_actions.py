"""Actions: who may, what is kept, who is told, and that nothing is changed or seen by others."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from tests.casework.marm.conftest import AnActor, see_all
from tests.casework.marm.test_action_rules import planned
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Absence, Membership, User
from alongside.casework.audit.models import AuditEvent
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm.commands.actions import (
    NothingLateError,
    accept_action,
    hand_action_over,
    note_where_it_stands,
    plan_action,
    tell_of_late_actions,
)
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.leading import accept_lead, ask_to_lead
from alongside.casework.marm.models import Action, ActionNudge, ActionUpdate, Case
from alongside.casework.marm.queries import actions as queries
from alongside.casework.marm.queries.actions import action_page, actions_page, my_actions, to_plan
from alongside.casework.marm.queries.today import Asks, waiting_in_cases
from alongside.casework.marm.rules.actions import Agrees, Stands, Status
from alongside.casework.notices.models import Notice
from alongside.casework.operations.running import tell_database

pytestmark = pytest.mark.django_db


def written(who: AnActor, riverside: Universe, case: Case, at: datetime, **other: Any) -> Action:
    """An action that Asha, who acts, writes down for somebody; for Wes where nobody else is named."""
    owner = riverside.members[other.pop("owner", "Wes Tanner")].id
    day = timezone.localdate(at)
    days = {"due": day + timedelta(days=7), "review": day + timedelta(days=30)}
    return plan_action(
        actor=who(other.pop("by", "Asha Patel")), at=at, case_id=case.id, membership_id=owner,
        planned=planned(**days | other),
    )  # fmt: skip


def stands(at: datetime, status: Status = Status.DONE, **other: Any) -> Stands:
    """How an action goes."""
    given: dict[str, Any] = {
        "words": "The lock is in", "agrees": Agrees.YES, "review": timezone.localdate(at) + timedelta(days=9),
    }  # fmt: skip
    return Stands(status, **given | other)


def asks(who: AnActor, name: str, action: Action, at: datetime) -> list[Asks]:
    return [
        each.asks
        for each in waiting_in_cases(actor=who(name), day=timezone.localdate(at)).actions
        if each.action_id == action.id
    ]


@pytest.mark.proves("MARM-41", "MARM-50", "MARM-48")
def test_an_action_has_one_owner_by_name_who_accepts_what_another_wrote(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now)
    assert action.status == Status.PROPOSED
    assert asks(who, "Wes Tanner", action, now) == [Asks.TO_ACCEPT]
    with pytest.raises(NotAllowedError):
        accept_action(actor=who("Asha Patel"), at=now, action_id=action.id)
    assert action_page(actor=who("Wes Tanner"), action_id=action.id).may_accept
    assert accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id).status == Status.AGREED
    with pytest.raises(AlreadyDoneError):
        accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id)
    assert [each.id for each in my_actions(actor=who("Wes Tanner"))][-1] == action.id
    own = written(who, riverside_now, opened, now, owner="Asha Patel", words="Ask her sister to visit")
    assert own.status == Status.AGREED
    assert (own.wanted, own.risk) == ("To decide who has a key", "Others have her key")


@pytest.mark.proves("MARM-41")
def test_whoever_left_or_is_of_no_agency_of_the_case_owns_nothing(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    with pytest.raises(NotFoundError):  # Been There takes no part
        written(who, riverside_now, opened, now, owner="Dee Marsh")
    with pytest.raises(NotFoundError):  # could not do it: a data analyst
        written(who, riverside_now, opened, now, owner="Lena Novak")
    today = timezone.localdate(now)
    Membership.objects.filter(user__name="Wes Tanner").update(
        active_from=today - timedelta(days=9), active_to=today
    )
    with pytest.raises(NotFoundError):
        written(who, riverside_now, opened, now)
    found = to_plan(actor=who("Asha Patel"), case_id=opened.id, day=timezone.localdate(now))
    assert {organisation for _key, _name, organisation in found.members} == {"Riverside Council"}
    assert "Wes Tanner" not in {name for _key, name, _organisation in found.members}


@pytest.mark.parametrize("wrong", [{"words": "Monitor"}, {"risk": ""}, {"wanted": " "}, {"due": None}])
def test_an_action_that_says_too_little_is_refused_and_nothing_is_kept(
    wrong: dict[str, Any], who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    if "due" in wrong:
        wrong = {"due": timezone.localdate(now) - timedelta(days=1)}
    with pytest.raises(UnsaidError):
        written(who, riverside_now, opened, now, **wrong)
    see_all()
    assert not Action.objects.filter(case=opened).exists()


def test_a_case_that_is_not_open_has_no_new_actions_and_no_others_write_them(
    who: AnActor, riverside_now: Universe, case: Case, now: datetime
) -> None:
    with pytest.raises(AlreadyDoneError):
        written(who, riverside_now, case, now)
    with pytest.raises(NotAllowedError):
        written(who, riverside_now, case, now, by="Mair Pugh")
    with pytest.raises(NotFoundError):
        written(who, riverside_now, case, now, by="Tom Reilly")


def test_what_became_of_it_is_added_and_what_is_done_late_says_so(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now, due=timezone.localdate(now))
    wes, later = who("Wes Tanner"), now + timedelta(days=2)
    accept_action(actor=wes, at=now, action_id=action.id)
    given: dict[str, Any] = {"actor": wes, "action_id": action.id}
    note_where_it_stands(at=now, stands=stands(now, Status.IN_PROGRESS), opened_version=2, **given)
    with pytest.raises(StaleError):
        note_where_it_stands(at=now, stands=stands(now), opened_version=2, **given)
    with pytest.raises(UnsaidError):
        note_where_it_stands(at=now, stands=stands(now, Status.AGREED), opened_version=3, **given)
    done = note_where_it_stands(at=later, stands=stands(later), opened_version=3, **given)
    assert (done.status, done.ended_at) == (Status.DONE_LATE, later)
    with pytest.raises(AlreadyDoneError):
        note_where_it_stands(at=later, stands=stands(later), opened_version=4, **given)
    page = action_page(actor=wes, action_id=action.id)
    assert [each.status for each in page.updates] == ["done_late", "in_progress", "agreed"]
    assert (page.may_update, page.may_accept) == (False, False)
    assert [each.id for each in actions_page(actor=wes, case_id=opened.id).over] == [action.id]


def test_a_long_list_is_read_in_pages_what_is_to_be_done_by_its_day_before_what_is_over(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ACTIONS_AT_ONCE", 2)
    wes = who("Wes Tanner")
    days = [timezone.localdate(now) + timedelta(days=each) for each in (5, 0, 3, 1)]
    made = [written(who, riverside_now, opened, now, due=day, words=f"Ring on {day}.") for day in days]
    accept_action(actor=wes, at=now, action_id=made[1].id)
    note_where_it_stands(
        actor=wes, at=now, action_id=made[1].id, stands=stands(now), opened_version=made[1].version + 1
    )
    seen = [actions_page(actor=wes, case_id=opened.id, begins=each) for each in (0, 2, 8)]
    assert [[each.id for each in page.to_do] for page in seen[:2]] == [[made[3].id, made[2].id], [made[0].id]]
    assert [[each.id for each in page.over] for page in seen[:2]] == [[], [made[1].id]]
    assert (seen[2].passed_over, seen[2].count) == (0, 4), "past the end, the first page"
    browser = browser_of(riverside_now.members["Wes Tanner"].user)
    shown = browser.get(f"/cases/{opened.id}/actions/?from=2").text
    assert "Previous page" in shown
    assert "Next page" not in shown
    assert f"Ring on {days[0]}." in shown
    assert f"Ring on {days[3]}." not in shown


@pytest.mark.parametrize(
    ("status", "words", "instead"),
    [
        (Status.NOT_POSSIBLE, "", ""),
        (Status.DECLINED_INSTEAD, "She said no", ""),
        (Status.SUPERSEDED, "", ""),
    ],
)
def test_no_action_ends_undone_without_why_or_what_was_offered_instead(
    status: Status,
    words: str,
    instead: str,
    who: AnActor,
    riverside_now: Universe,
    opened: Case,
    now: datetime,
) -> None:
    action = written(who, riverside_now, opened, now)
    given: dict[str, Any] = {
        "actor": who("Asha Patel"),
        "at": now,
        "action_id": action.id,
        "opened_version": 1,
    }
    with pytest.raises(UnsaidError):
        note_where_it_stands(stands=stands(now, status, words=words, instead=instead), **given)
    ended = note_where_it_stands(
        stands=stands(now, status, words="She said no", instead="A chain for the door"), **given
    )
    assert ended.status == status
    assert action_page(actor=who("Asha Patel"), action_id=action.id).updates[0].instead


def test_whoever_is_neither_of_the_owners_agency_nor_leads_says_nothing_of_it(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now)
    given: dict[str, Any] = {"at": now, "action_id": action.id}
    for name, error in (("Mair Pugh", NotAllowedError), ("Tom Reilly", NotFoundError)):
        with pytest.raises(error):
            note_where_it_stands(actor=who(name), stands=stands(now), opened_version=1, **given)
    with pytest.raises(NotFoundError):
        accept_action(actor=who("Asha Patel"), at=now, action_id=uuid4())
    with pytest.raises(NotFoundError):
        action_page(actor=who("Dee Marsh"), action_id=action.id)


@pytest.mark.proves("MARM-41")
def test_what_somebody_who_left_was_to_do_is_shown_to_who_leads_and_handed_over(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now)
    accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id)
    assert asks(who, "Asha Patel", action, now) == []
    left = now + timedelta(days=1)
    Membership.objects.filter(user__name="Wes Tanner").update(active_to=timezone.localdate(left))
    assert asks(who, "Asha Patel", action, left) == [Asks.WITHOUT_OWNER]
    given: dict[str, Any] = {"actor": who("Asha Patel"), "at": left, "action_id": action.id}
    joan = riverside_now.members["Joan Adeyemi"].id
    with pytest.raises(UnsaidError):
        hand_action_over(membership_id=joan, why=" ", **given)
    with pytest.raises(NotFoundError):
        hand_action_over(membership_id=riverside_now.members["Wes Tanner"].id, why="Again", **given)
    handed = hand_action_over(membership_id=joan, why="Wes has left.", **given)
    assert (handed.owner_id, handed.status) == (joan, Status.PROPOSED)
    with pytest.raises(AlreadyDoneError):
        hand_action_over(membership_id=joan, why="Again", **given)
    assert asks(who, "Joan Adeyemi", action, left) == [Asks.TO_ACCEPT]


@pytest.mark.proves("MARM-40")
def test_what_another_may_do_already_is_pointed_out_and_stops_nobody(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    first = written(who, riverside_now, opened, now, words="Refer to the fire service for a home visit")
    second = written(who, riverside_now, opened, now, words="Ask the fire service to visit her at home")
    assert [each.id for each in action_page(actor=who("Asha Patel"), action_id=second.id).alike] == [first.id]


@pytest.mark.proves("MARM-41")
def test_the_clock_tells_owner_lead_manager_and_the_dispute_route_each_once(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or object()
    see_all()
    Action.objects.to_do().update(status=Status.DONE, ended_at=now)  # those of the demonstration
    members = riverside_now.members
    Membership.objects.filter(id=members["Wes Tanner"].id).update(manager=members["Gwen Hughes"])
    day = timezone.localdate(now)
    action = written(who, riverside_now, opened, now, due=day)
    given: dict[str, Any] = {"at": now, "case_id": opened.id}
    ask_to_lead(actor=who("Asha Patel"), membership_id=members["Joan Adeyemi"].id, why="Hers", **given)
    accept_lead(actor=who("Joan Adeyemi"), **given)
    told = {}
    night = system_actor("tests")
    for days in (0, 1, 7, 14, 25, 40):
        see_all()
        Notice.objects.all().delete()
        with suppress(NothingLateError):
            tell_of_late_actions(actor=night, at=now + timedelta(days=days))
        see_all()
        told[days] = set(Notice.objects.values_list("user__name", flat=True))
    assert told == {
        0: {"Wes Tanner"}, 1: set(), 7: {"Joan Adeyemi"}, 14: {"Gwen Hughes"},
        25: {"Joan Adeyemi", "Mair Pugh", "Elin Rees"}, 40: set(),
    }  # fmt: skip
    assert ActionNudge.objects.filter(action=action).count() == 4
    event = AuditEvent.objects.filter(code="marm.action_chased").order_by("sequence").last()
    assert event is not None
    later = now + timedelta(days=40)
    for name, why in (
        ("Wes Tanner", Asks.TO_ACCEPT), ("Joan Adeyemi", Asks.LATE_IN_CASE),
     ("Gwen Hughes", Asks.LATE_OF_TEAM),
    ):  # fmt: skip
        assert asks(who, name, action, later) == [why]


@pytest.mark.proves("MARM-41")
@pytest.mark.parametrize("gone", ["left", "is away"])
def test_where_the_owners_manager_is_not_there_others_who_manage_are_told_that_it_is_late(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime, settings: Settings, gone: str
) -> None:
    settings.MAIL = settings.MAIL or object()
    see_all()
    Action.objects.to_do().update(status=Status.DONE, ended_at=now)  # those of the demonstration
    day, owner = timezone.localdate(now), riverside_now.members["Wes Tanner"]
    before = Membership.begin(
        user=User.enrol(email="before@example.org", name="Bea Fore"), organisation=owner.organisation,
        roles=["manager"], on=day,
    )  # fmt: skip
    Membership.objects.filter(id=owner.id).update(manager=before)
    written(who, riverside_now, opened, now, due=day)
    if gone == "left":
        before.end(on=day + timedelta(days=1))
    else:
        Absence.begin(membership=before, on=day, until=None, cover=None)
    see_all()
    Notice.objects.all().delete()
    tell_of_late_actions(actor=system_actor("tests"), at=now + timedelta(days=14))
    see_all()
    assert "Gwen Hughes" in Notice.objects.values_list("user__name", flat=True)


def test_nobody_but_the_night_tells_of_late_actions_and_it_says_when_there_are_none(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        tell_of_late_actions(actor=who("Gwen Hughes"), at=now)
    assert (
        "told about: 1" in SCHEDULE["late-actions"].job(at=now).words
    )  # the one of the demonstration is due
    assert "nobody to tell" in SCHEDULE["late-actions"].job(at=now).words


def test_telling_rolls_back_whole(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    action = written(who, riverside_now, opened, now)
    before = AuditEvent.objects.count()
    monkeypatch.setattr(ActionUpdate.objects, "create", fails)
    with pytest.raises(RuntimeError):
        accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id)
    see_all()
    assert Action.objects.get(id=action.id).status == Status.PROPOSED
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    "statement",
    [
        "update marm_actionupdate set words = 'All is well'",
        "delete from marm_actionupdate",
        "delete from marm_actionnudge",
        "update marm_actionnudge set at = now()",
        "update marm_action set words = 'Nothing'",
        "update marm_action set due = '2099-01-01'",
        "update marm_action set status = 'done'",
        "delete from marm_action",
    ],
)
def test_raw_sql_changes_nothing_of_what_was_agreed_or_became_of_it(
    statement: str, who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now, due=timezone.localdate(now))
    accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id)
    tell_of_late_actions(actor=system_actor("tests"), at=now)
    tell_database(who("Asha Patel"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_table_of_actions_shows_a_row_to_an_agency_that_takes_no_part(
    who: AnActor, riverside_now: Universe, opened: Case, now: datetime
) -> None:
    action = written(who, riverside_now, opened, now, due=timezone.localdate(now))
    accept_action(actor=who("Wes Tanner"), at=now, action_id=action.id)
    tell_of_late_actions(actor=system_actor("tests"), at=now)
    seen = {}
    for name in ("Asha Patel", "Tom Reilly"):
        with transaction.atomic(), connection.cursor() as cursor:
            tell_database(who(name))
            for table in ("marm_action", "marm_actionupdate", "marm_actionnudge"):
                cursor.execute(f"select count(*) from {table}")
                seen[name, table] = cursor.fetchone()[0]
    assert all(count for (name, _table), count in seen.items() if name == "Asha Patel")
    assert not any(count for (name, _table), count in seen.items() if name == "Tom Reilly")
