"""Who is told of what an organisation or the partnership is asked, and what a sign-in leaves to tell."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

import pytest
from pytest_django import Settings
from tests.casework.notices.fake_mail_server import FakeMailServer, mail_server
from tests.casework.notices.test_notices import acting, member, name_server, told

from alongside.casework.access.actors import system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Absence, Membership, Organisation, User
from alongside.casework.notices.commands import send_due_notices, tell_members, tell_those_who_may
from alongside.casework.notices.models import Notice
from alongside.casework.notices.rules import Asked, whom_to_tell

SYSTEM = system_actor("tests")
HOUR = timedelta(hours=1)


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.join(code="council", name="Riverside Council", kind="council")


@pytest.fixture
def charity(db: None) -> Organisation:
    return Organisation.join(code="carers", name="Riverside Carers", kind="charity")


@pytest.fixture
def server(settings: Settings) -> Iterator[FakeMailServer]:
    with mail_server() as running:
        name_server(settings, f"smtp://127.0.0.1:{running.port}")
        yield running


def away(membership: Membership, on: date, cover: Membership | None = None) -> None:
    Absence.begin(membership=membership, on=on, until=on + timedelta(days=14), cover=cover)


def noted() -> set[str]:
    return set(Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True))


def asked(name: str, *, of: str = "council", manages: bool = False, away: bool = False) -> Asked:
    return Asked(uuid5(NAMESPACE_OID, name), uuid5(NAMESPACE_OID, of), manages=manages, away=away)


GWEN, ASHA, BEN = asked("Gwen", manages=True), asked("Asha"), asked("Ben")
GWEN_AWAY, ASHA_AWAY = asked("Gwen", manages=True, away=True), asked("Asha", away=True)


@pytest.mark.parametrize(
    ("those_who_may", "are_told"),
    [
        ([GWEN, ASHA], ["Gwen"]),
        ([ASHA, BEN], ["Asha", "Ben"]),
        ([GWEN_AWAY, ASHA, BEN], ["Asha", "Ben"]),
        ([GWEN_AWAY, asked("Moss", manages=True), ASHA], ["Moss"]),
        ([GWEN_AWAY, ASHA_AWAY], ["Gwen"]),
        ([ASHA_AWAY], ["Asha"]),
        ([asked("Ann"), asked("Bo", of="charity", manages=True), asked("Cy", of="charity")], ["Ann", "Bo"]),
        ([], []),
    ],
)
def test_managers_who_are_there_are_told_or_else_all_who_are_there_in_each_organisation(
    those_who_may: list[Asked], are_told: list[str]
) -> None:
    assert whom_to_tell(those_who_may) == [asked(each).account for each in are_told]


def test_where_the_only_manager_is_away_those_who_are_there_are_told_the_same_day(
    server: FakeMailServer, council: Organisation, at: datetime
) -> None:
    gwen, asha = member(council, "Gwen Hughes", "manager"), member(council, "Asha Patel", "practitioner")
    away(gwen, at.date(), cover=asha)
    tell_those_who_may(Permission.REFERRAL_ANSWER, actor=SYSTEM, at=at, organisation_id=council.id)
    assert noted() == {"Asha Patel"}
    assert send_due_notices(at=at).sent == 1
    assert told(server) == ["asha.patel@example.org"]


def test_where_everybody_is_away_the_managers_are_told_when_they_are_back(
    server: FakeMailServer, council: Organisation, at: datetime
) -> None:
    for each in (member(council, "Gwen Hughes", "manager"), member(council, "Asha Patel", "practitioner")):
        away(each, at.date())
    tell_those_who_may(Permission.REFERRAL_ANSWER, actor=SYSTEM, at=at, organisation_id=council.id)
    assert noted() == {"Gwen Hughes"}
    assert send_due_notices(at=at).sent == 0
    assert send_due_notices(at=at + timedelta(days=15)).sent == 1


def test_where_the_only_manager_who_is_there_did_it_another_is_told_when_back(
    server: FakeMailServer, council: Organisation, at: datetime
) -> None:
    gwen, moss = member(council, "Gwen Hughes", "manager"), member(council, "Moss Lee", "manager")
    away(moss, at.date())
    tell_those_who_may(Permission.SHARE_AUTHORISE, actor=acting(gwen), at=at, organisation_id=council.id)
    assert noted() == {"Moss Lee"}


def test_what_waits_for_the_partnership_is_told_in_an_organisation_where_no_manager_may_do_it(
    server: FakeMailServer, council: Organisation, charity: Organisation, at: datetime
) -> None:
    member(council, "Ann Lowe", "approver")
    member(council, "Gwen Hughes", "manager")
    member(charity, "Bo Finch", "manager", "approver")
    member(charity, "Cy Moss", "approver")
    tell_those_who_may(Permission.RELEASE_APPROVE, actor=SYSTEM, at=at)
    assert noted() == {"Ann Lowe", "Bo Finch"}


def sign_in(who: Membership, at: datetime) -> None:
    User.objects.filter(id=who.user_id).update(last_login=at)


@pytest.fixture
def asha(council: Organisation) -> Membership:
    return member(council, "Asha Patel", "practitioner")


def test_what_comes_after_a_sign_in_is_told_though_something_had_waited_before_it(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    def after(minutes: int) -> datetime:
        return at + timedelta(minutes=minutes)

    tell_members([asha.id], actor=SYSTEM, at=at)
    assert send_due_notices(at=at).sent == 1
    tell_members([asha.id], actor=SYSTEM, at=after(5))
    sign_in(asha, after(35))
    tell_members([asha.id], actor=SYSTEM, at=after(50))
    assert [send_due_notices(at=after(each)).sent for each in (56, 61, 120, 6000)] == [0, 1, 0, 0]


def test_who_is_away_and_looks_in_once_is_told_when_back_of_what_came_later(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    away(asha, at.date())
    tell_members([asha.id], actor=SYSTEM, at=at)
    sign_in(asha, at + timedelta(days=3))
    tell_members([asha.id], actor=SYSTEM, at=at + timedelta(days=4))
    assert send_due_notices(at=at + timedelta(days=5)).sent == 0
    assert send_due_notices(at=at + timedelta(days=15)).sent == 1


def test_what_waits_still_is_told_as_of_the_first_and_not_put_off_by_what_comes_after(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    sign_in(asha, at - HOUR)
    tell_members([asha.id], actor=SYSTEM, at=at)
    tell_members([asha.id], actor=SYSTEM, at=at + HOUR)
    assert Notice.objects.get().waiting_since == at
