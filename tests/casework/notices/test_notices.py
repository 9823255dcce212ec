"""Members are told by e-mail that something waits: seldom, if they want it, and never what or about whom."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings
from tests.casework.notices.fake_mail_server import FakeMailServer, mail_server

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.commands import give_new_password_to
from alongside.casework.accounts.models import Absence, Membership, Organisation, User
from alongside.casework.background.rules import Went
from alongside.casework.background.schedule import SCHEDULE
from alongside.casework.background.worker import run_line
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.kernel.mail import mail_named
from alongside.casework.kernel.secrets import one_time_password
from alongside.casework.notices.commands import (
    choose_notices,
    send_due_notices,
    tell_members,
    tell_named,
    tell_those_who_may,
)
from alongside.casework.notices.commands.sending import MailServerError
from alongside.casework.notices.models import Notice
from alongside.errors import AskedWronglyError

SYSTEM = system_actor("tests")
FROM = {"ALONGSIDE_MAIL_FROM": "alongside@example.org", "ALONGSIDE_ADDRESS": "https://alongside.example.org/"}


def member(organisation: Organisation, name: str, *roles: str) -> Membership:
    user = User.enrol(email=f"{name.lower().replace(' ', '.')}@example.org", name=name)
    return Membership.begin(user=user, organisation=organisation, roles=list(roles), on=date(2026, 1, 1))


def acting(membership: Membership) -> Actor:
    return Actor(
        name=membership.user.name,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        permissions=permissions_of(frozenset(membership.roles)),
    )


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.join(code="council", name="Riverside Council", kind="council")


@pytest.fixture
def asha(council: Organisation) -> Membership:
    return member(council, "Asha Patel", "practitioner")


@pytest.fixture
def gwen(council: Organisation) -> Membership:
    return member(council, "Gwen Hughes", "manager")


@pytest.fixture
def server(settings: Settings) -> Iterator[FakeMailServer]:
    with mail_server() as running:
        name_server(settings, f"smtp://127.0.0.1:{running.port}")
        yield running


def name_server(settings: Settings, address: str) -> None:
    mail = mail_named(FROM | {"ALONGSIDE_MAIL": address})
    assert mail
    settings.MAIL = mail
    settings.EMAIL_BACKEND = mail.backend
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = mail.host, mail.port, 5


def told(server: FakeMailServer) -> list[str]:
    return [to for to, _ in server.taken]


def test_a_notice_says_that_something_waits_and_where_and_nothing_else(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    tell_members([asha.id, None], actor=SYSTEM, at=at)
    assert send_due_notices(at=at).sent == 1
    ((to, message),) = server.taken
    assert (to, message["From"], message["To"]) == ("asha.patel@example.org", "alongside@example.org", to)
    assert message["Subject"] == "Something is waiting for you in Alongside"
    assert message["Auto-Submitted"] == "auto-generated"
    words = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "https://alongside.example.org/" in words.split()
    assert words.count("://") == 1
    assert "Asha" not in words + message["Subject"]


def test_however_much_waits_it_is_one_notice_an_hour(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    for minutes in (0, 1, 2):
        tell_members([asha.id], actor=SYSTEM, at=at + timedelta(minutes=minutes))
    assert send_due_notices(at=at + timedelta(minutes=3)).sent == 1
    tell_members([asha.id], actor=SYSTEM, at=at + timedelta(minutes=4))
    assert send_due_notices(at=at + timedelta(minutes=62)).sent == 0
    assert send_due_notices(at=at + timedelta(minutes=63)).sent == 1
    assert send_due_notices(at=at + timedelta(days=1)).sent == 0
    assert told(server) == ["asha.patel@example.org"] * 2


def test_who_wants_none_gets_none_and_may_want_them_again(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    tell_members([asha.id], actor=SYSTEM, at=at)
    choose_notices(actor=acting(asha), at=at, wanted=False)
    with pytest.raises(AlreadyDoneError):
        choose_notices(actor=acting(asha), at=at, wanted=False)
    tell_members([asha.id], actor=SYSTEM, at=at)
    assert send_due_notices(at=at).sent == 0
    choose_notices(actor=acting(asha), at=at, wanted=True)
    assert send_due_notices(at=at).sent == 0, "what came while they wanted none"
    tell_members([asha.id], actor=SYSTEM, at=at)
    assert send_due_notices(at=at).sent == 1


def test_whoever_does_it_has_left_or_has_signed_in_since_is_not_told_and_who_is_away_is_when_back(
    server: FakeMailServer, council: Organisation, asha: Membership, gwen: Membership, at: datetime
) -> None:
    ben, kit = member(council, "Ben Okoro", "practitioner"), member(council, "Kit Lowe", "practitioner")
    everybody = [each.id for each in (asha, gwen, ben, kit)]
    tell_members(everybody, actor=acting(gwen), at=at)
    kit.end(on=at.date())
    Absence.begin(membership=ben, on=at.date(), until=at.date() + timedelta(days=7), cover=None)
    User.objects.filter(id=asha.user_id).update(last_login=at + timedelta(minutes=1))
    assert send_due_notices(at=at + timedelta(minutes=2)).sent == 0
    assert send_due_notices(at=at + timedelta(days=8)).sent == 1
    assert told(server) == ["ben.okoro@example.org"]


def test_what_is_asked_of_an_organisation_is_told_to_its_managers_or_else_to_all_who_may(
    server: FakeMailServer, council: Organisation, asha: Membership, at: datetime
) -> None:
    lead = member(council, "Noor Aziz", "organisation_lead")
    given: dict[str, Any] = {"actor": SYSTEM, "at": at, "organisation_id": council.id}
    tell_those_who_may(Permission.REFERRAL_ANSWER, **given)
    assert set(Notice.objects.values_list("user__name", flat=True)) == {"Asha Patel"}
    member(council, "Gwen Hughes", "manager")
    Notice.objects.all().delete()
    tell_those_who_may(Permission.REFERRAL_ANSWER, **given)
    assert set(Notice.objects.values_list("user__name", flat=True)) == {"Gwen Hughes"}
    assert not Notice.objects.filter(user=lead.user).exists()


def test_a_name_that_two_members_have_is_nobodys(
    server: FakeMailServer, council: Organisation, asha: Membership, at: datetime
) -> None:
    tell_named("Asha Patel", council.id, actor=SYSTEM, at=at)
    assert Notice.objects.count() == 1
    Notice.objects.all().delete()
    other = User.enrol(email="asha.p@example.org", name="Asha Patel")
    Membership.begin(user=other, organisation=council, roles=["practitioner"], on=date(2026, 1, 1))
    tell_named("Asha Patel", council.id, actor=SYSTEM, at=at)
    assert Notice.objects.count() == 0


def test_an_address_the_server_refuses_keeps_nobody_else_from_theirs(
    server: FakeMailServer, asha: Membership, gwen: Membership, at: datetime
) -> None:
    server.refuses = {"asha.patel@example.org"}
    tell_members([asha.id, gwen.id], actor=SYSTEM, at=at)
    done = run_line(SCHEDULE["notices"], clock=lambda: at)
    assert (done.went, "refused 1" in done.words) == (Went.PARTLY, True)
    assert told(server) == ["gwen.hughes@example.org"]
    server.refuses = set()
    assert send_due_notices(at=at + timedelta(hours=1)).sent == 1


def test_a_full_mailbox_keeps_nobody_else_from_theirs(
    server: FakeMailServer, asha: Membership, gwen: Membership, at: datetime
) -> None:
    server.full = {"asha.patel@example.org": "552 5.2.2 mailbox full"}
    tell_members([asha.id], actor=SYSTEM, at=at)
    tell_members([gwen.id], actor=SYSTEM, at=at + timedelta(minutes=1))
    done = send_due_notices(at=at + timedelta(hours=1))
    assert (done.sent, done.refused) == (1, 1)
    assert told(server) == ["gwen.hughes@example.org"]


def test_news_of_an_account_is_tried_every_hour_for_five_days_where_its_address_refuses_it(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    server.refuses = {"asha.patel@example.org"}
    Notice.account_changed(asha.user_id, at=at)
    minutes = timedelta(minutes=1)
    tries = [send_due_notices(at=at + each * minutes).refused for each in (0, 10, 59, 60, 90)]
    assert tries == [1, 0, 0, 1, 0]
    assert send_due_notices(at=at + timedelta(days=5)).refused == 0
    Notice.account_changed(asha.user_id, at=at + timedelta(days=6))
    server.refuses = set()
    assert send_due_notices(at=at + timedelta(days=6)).sent == 1


def test_a_mail_server_that_closes_is_no_fault_of_an_address(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    server.full = {"asha.patel@example.org": "421 4.3.2 shutting down"}
    tell_members([asha.id], actor=SYSTEM, at=at)
    with pytest.raises(MailServerError, match="the others wait"):
        send_due_notices(at=at)
    server.full = {}
    assert send_due_notices(at=at).sent == 1


def test_a_mail_server_that_is_not_there_loses_nothing_and_the_schedule_says_so(
    settings: Settings, asha: Membership, at: datetime
) -> None:
    name_server(settings, "smtp://127.0.0.1:9")
    tell_members([asha.id], actor=SYSTEM, at=at)
    done = run_line(SCHEDULE["notices"], clock=lambda: at)
    assert (done.went, "ConnectionRefusedError" in done.words) == (Went.BADLY, True)
    with mail_server() as running:
        name_server(settings, f"smtp://127.0.0.1:{running.port}")
        assert send_due_notices(at=at).sent == 1


def test_where_no_mail_server_is_named_nothing_is_noted_or_sent_and_the_page_says_so(
    asha: Membership, at: datetime
) -> None:
    tell_members([asha.id], actor=SYSTEM, at=at)
    tell_named("Asha Patel", asha.organisation_id, actor=SYSTEM, at=at)
    tell_those_who_may(Permission.PERSON_READ, actor=SYSTEM, at=at)
    assert Notice.objects.count() == 0
    assert "nothing is sent" in run_line(SCHEDULE["notices"], clock=lambda: at).words
    client = Client()
    client.force_login(asha.user, "alongside.casework.accounts.passwords.ByPassword")
    assert "No e-mails are sent at present" in client.get("/my-notices/").content.decode()
    answer = client.post("/my-notices/", {"wanted": "no"}, follow=True)
    assert "Your choice has been saved." in answer.content.decode()
    assert not Notice.objects.get().wanted
    assert client.post("/my-notices/", {"wanted": "perhaps"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_told_to_nobody_and_what_is_kept_is_sent_soon_and_once(
    server: FakeMailServer, asha: Membership, at: datetime
) -> None:
    def waiting() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select status::text from procrastinate_jobs where task_name = 'alongside.notices'"
            )
            return list(cursor.fetchall())

    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_periodic_defers; delete from procrastinate_jobs")
    with transaction.atomic():
        tell_members([asha.id], actor=SYSTEM, at=at)
        transaction.set_rollback(True)
    assert waiting() == []
    for _ in range(2):
        with transaction.atomic():
            tell_members([asha.id], actor=SYSTEM, at=at)
    assert waiting() == [("todo",)]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ALONGSIDE_MAIL": "smtp://localhost"}, "ALONGSIDE_MAIL_FROM"),
        (
            FROM | {"ALONGSIDE_MAIL": "smtp://localhost", "ALONGSIDE_ADDRESS": "alongside"},
            "ALONGSIDE_ADDRESS",
        ),
        (FROM | {"ALONGSIDE_MAIL": "mail.example.org"}, "must be the address"),
        (FROM | {"ALONGSIDE_MAIL": "smtp://mail.example.org:port"}, "must be the address"),
        (FROM | {"ALONGSIDE_MAIL": "smtp://asha:secret@mail.example.org"}, "unencrypted"),
    ],
)
def test_mail_that_is_named_wrongly_is_refused_with_what_would_be_right_and_without_its_password(
    environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(AskedWronglyError, match=sentence) as refused:
        mail_named(environment)
    assert "secret" not in str(refused.value)


def test_mail_that_is_named_well_is_understood() -> None:
    sealed = mail_named(FROM | {"ALONGSIDE_MAIL": "smtp+starttls://asha:s%40cret@mail.example.org"})
    assert sealed
    assert (sealed.host, sealed.port, sealed.user, sealed.password) == (
        "mail.example.org",
        587,
        "asha",
        "s@cret",
    )
    assert (sealed.starttls, sealed.tls, sealed.address) == (True, False, "https://alongside.example.org")
    assert "s@cret" not in repr(sealed)
    written = mail_named(FROM | {"ALONGSIDE_MAIL": "file:///var/mail%20here"})
    assert written
    assert written.folder == "/var/mail here"
    assert mail_named({}) is None
    assert django_settings.MAIL is None


def give_new_password(to: Membership, by: Membership, at: datetime) -> None:
    give_new_password_to(
        actor=acting(by), at=at, membership_id=to.id, how_sure="We met", password=one_time_password()
    )


def test_who_was_given_a_password_is_told_also_if_away_unwilling_or_seemingly_signed_in_since(
    server: FakeMailServer, asha: Membership, gwen: Membership, at: datetime
) -> None:
    choose_notices(actor=acting(asha), at=at, wanted=False)
    Absence.begin(membership=asha, on=at.date(), until=None, cover=None)
    give_new_password(asha, gwen, at)
    User.objects.filter(id=asha.user_id).update(last_login=at + timedelta(seconds=5))
    assert send_due_notices(at=at + timedelta(minutes=1)).sent == 1
    assert send_due_notices(at=at + timedelta(days=1)).sent == 0
    ((to, message),) = server.taken
    assert (to, message["Subject"]) == (asha.user.email, "The way you sign in to Alongside was changed")
    words = message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "If you did not ask for it" in words
    assert "://" not in words
    assert not [each for each in ("Asha", "Gwen", "met", "-") if each in words]


def test_what_waits_besides_is_told_by_a_notice_of_its_own_an_hour_later(
    server: FakeMailServer, asha: Membership, gwen: Membership, at: datetime
) -> None:
    tell_members([asha.id], actor=SYSTEM, at=at)
    give_new_password(asha, gwen, at)
    assert send_due_notices(at=at).sent == 1
    assert send_due_notices(at=at + timedelta(minutes=59)).sent == 0
    assert send_due_notices(at=at + timedelta(minutes=60)).sent == 1
    assert [message["Subject"].split()[0] for _, message in server.taken] == ["The", "Something"]


def test_that_the_account_was_changed_waits_for_no_hour_to_pass_and_is_told_once(
    server: FakeMailServer, asha: Membership, gwen: Membership, at: datetime
) -> None:
    tell_members([asha.id], actor=SYSTEM, at=at)
    assert send_due_notices(at=at).sent == 1
    ten_minutes_later = at + timedelta(minutes=10)
    tell_members([asha.id], actor=SYSTEM, at=ten_minutes_later)
    give_new_password(asha, gwen, ten_minutes_later)
    assert send_due_notices(at=ten_minutes_later).sent == 1
    assert send_due_notices(at=ten_minutes_later).sent == 0
    assert [message["Subject"].split()[0] for _, message in server.taken] == ["Something", "The"]
