"""Members come and go by those who may say so; nobody makes themselves more than they are."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.accounts.conftest import Partnership

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import commands
from alongside.casework.accounts.commands.absence import AbsenceNotPossibleError, CoverNotPossibleError
from alongside.casework.accounts.commands.members import DayNotPossibleError, LastLeadError, UnknownRoleError
from alongside.casework.accounts.models import Absence, Membership, Training, User
from alongside.casework.accounts.rules import NEEDED, days_in_both
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.telling import told
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError


def add(partnership: Partnership, who: Membership, **given: Any) -> Membership:
    asked: dict[str, Any] = {
        "organisation_id": who.organisation_id, "email": "new@example.org", "name": "Nia New",
        "roles": ["practitioner"],
    }  # fmt: skip
    return commands.add_member(actor=partnership.actor(who), at=partnership.at, **asked | given)


@pytest.fixture
def manager(partnership: Partnership) -> Membership:
    return add(partnership, partnership.lead, email="mo@example.org", name="Mo Weir", roles=["manager"])


def test_a_lead_gives_any_role_and_a_manager_only_those_of_a_team(
    partnership: Partnership, manager: Membership
) -> None:
    assert add(partnership, manager).roles == ["practitioner"]
    for role in ("organisation_lead", "governance_lead", "approver", "manager"):
        with pytest.raises(NotAllowedError):
            add(partnership, manager, email="other@example.org", roles=["practitioner", role])
    added = add(partnership, partnership.lead, email="g@example.org", roles=["governance_lead"])
    assert added.roles == ["governance_lead"]
    assert not User.objects.filter(email="other@example.org").exists()


def test_nobody_adds_a_member_elsewhere_or_in_no_known_role(partnership: Partnership) -> None:
    with pytest.raises(NotAllowedError):
        add(partnership, partnership.lead, organisation_id=partnership.charity.id)
    with pytest.raises(NotAllowedError):
        add(partnership, partnership.worker)
    for roles in ([], ["superuser"]):
        with pytest.raises(UnknownRoleError, match="practitioner"):
            add(partnership, partnership.lead, roles=roles)
    with pytest.raises(NotFoundError):
        add(partnership, partnership.lead, manager_id=partnership.carer.id)
    assert Membership.objects.count() == 3


@pytest.mark.parametrize("email", ["nia.new", "", "nia@" + "e" * 250 + ".org"])
def test_nobody_is_added_with_an_address_that_they_could_never_sign_in_with(
    partnership: Partnership, email: str
) -> None:
    with pytest.raises(commands.NoAddressError, match="not an e-mail address"):
        add(partnership, partnership.lead, email=email)
    assert User.objects.count() == 3


def test_one_account_may_belong_to_two_organisations_but_once_to_each(partnership: Partnership) -> None:
    email = partnership.worker.user.email
    added = add(partnership, partnership.carer, email=email.upper())
    assert added.user == partnership.worker.user
    with pytest.raises(AlreadyDoneError, match="already belongs to Riverside Carers"):
        add(partnership, partnership.carer, email=email)


def test_who_leaves_on_a_day_to_come_belongs_to_it_until_then_and_not_twice(partnership: Partnership) -> None:
    leaves = timezone.localdate(partnership.at) + timedelta(days=30)
    commands.end_membership(
        actor=partnership.actor(partnership.lead),
        at=partnership.at,
        membership_id=partnership.worker.id,
        on=leaves,
    )
    with pytest.raises(AlreadyDoneError, match=f"until {day_in_words(leaves)}, and can be added again"):
        add(partnership, partnership.lead, email=partnership.worker.user.email)


def test_a_membership_ends_once_at_home_and_never_the_last_leads(partnership: Partnership) -> None:
    tomorrow = timezone.localdate(partnership.at) + timedelta(days=1)
    lead = partnership.actor(partnership.lead)

    def end(membership: Membership, actor: Any = lead, on: Any = tomorrow) -> Membership:
        return commands.end_membership(actor=actor, at=partnership.at, membership_id=membership.id, on=on)

    with pytest.raises(NotFoundError):
        end(partnership.carer)
    with pytest.raises(NotAllowedError):
        end(partnership.worker, actor=partnership.actor(partnership.worker))
    with pytest.raises(LastLeadError, match="only lead of Riverside Council"):
        end(partnership.lead)
    with pytest.raises(DayNotPossibleError):
        end(partnership.worker, on=partnership.worker.active_from - timedelta(days=1))
    assert not Membership.objects.exclude(active_to=None).exists()
    assert end(partnership.worker).active_to == tomorrow
    with pytest.raises(AlreadyDoneError):
        end(partnership.worker)


def test_a_training_is_noted_by_another_once_and_not_before_it_is_done(
    partnership: Partnership, manager: Membership
) -> None:
    today = timezone.localdate(partnership.at)

    def note(by: Membership, of: Membership, **days: Any) -> Training:
        return commands.note_training(
            actor=partnership.actor(by), at=partnership.at, membership_id=of.id, course=NEEDED,
            **{"done_on": today} | days,
        )  # fmt: skip

    with pytest.raises(NotAllowedError, match="your own training"):
        note(manager, manager)
    with pytest.raises(NotAllowedError):
        note(partnership.worker, manager)
    with pytest.raises(NotFoundError):
        note(partnership.lead, partnership.carer)
    with pytest.raises(DayNotPossibleError):
        note(manager, partnership.worker, done_on=today + timedelta(days=1))
    with pytest.raises(DayNotPossibleError):
        note(manager, partnership.worker, valid_to=today)
    assert not Training.objects.exists()
    assert note(manager, partnership.worker).course == NEEDED
    with pytest.raises(AlreadyDoneError):
        note(manager, partnership.worker)


def test_a_slip_in_recording_training_is_put_right_by_recording_it_again_or_withdrawn(
    partnership: Partnership, manager: Membership
) -> None:
    today = timezone.localdate(partnership.at)
    done_on, ended = today - timedelta(days=400), today - timedelta(days=35)
    given = {
        "actor": partnership.actor(manager),
        "at": partnership.at,
        "membership_id": partnership.worker.id,
    }

    def waits() -> bool:
        return bool(partnership.actor(partnership.worker).withheld)

    commands.note_training(**given, course=NEEDED, done_on=done_on)
    assert not waits()
    commands.note_training(**given, course=NEEDED, done_on=done_on, valid_to=ended)
    assert waits()
    told_last = told(AuditEvent.objects.latest("sequence"), in_full=True)
    assert told_last.endswith(f"on {done_on}, expires: {ended}, before: never")
    slip = commands.note_training(**given, course=NEEDED, done_on=today)
    with pytest.raises(NotFoundError):
        commands.withdraw_training(
            **given | {"actor": partnership.actor(partnership.carer)}, training_id=slip.id
        )
    with pytest.raises(NotAllowedError):
        commands.withdraw_training(
            **given | {"actor": partnership.actor(partnership.worker)}, training_id=slip.id
        )
    assert not waits()
    commands.withdraw_training(**given, training_id=slip.id)
    assert waits()
    with pytest.raises(NotFoundError):
        commands.withdraw_training(**given, training_id=slip.id)


def test_an_absence_has_cover_by_a_colleague_who_is_there(
    partnership: Partnership, manager: Membership
) -> None:
    today = timezone.localdate(partnership.at)
    week = timedelta(days=7)

    def away(by: Membership, of: Membership, **given: Any) -> Absence:
        return commands.begin_absence(
            actor=partnership.actor(by), at=partnership.at, membership_id=of.id,
            **{"on": today, "until": today + week} | given,
        )  # fmt: skip

    worker, lead = partnership.worker, partnership.lead
    with pytest.raises(NotFoundError):
        away(partnership.carer, worker)
    with pytest.raises(NotAllowedError):
        away(worker, lead)
    with pytest.raises(AbsenceNotPossibleError):
        away(worker, worker, until=today)
    for cover in (worker, partnership.carer):
        with pytest.raises(CoverNotPossibleError):
            away(worker, worker, cover_id=cover.id)
    assert not Absence.objects.exists()
    assert away(worker, worker, cover_id=manager.id).cover == manager
    assert worker not in Membership.objects.present_on(today)
    with pytest.raises(AlreadyDoneError):
        away(lead, worker, on=today + timedelta(days=3))
    with pytest.raises(CoverNotPossibleError, match="Will Ford is away, or is not a member, on some"):
        away(lead, lead, cover_id=worker.id)


def test_whoever_covers_is_there_on_each_day_and_the_days_that_nobody_covers_are_named(
    partnership: Partnership, manager: Membership
) -> None:
    today = timezone.localdate(partnership.at)
    worker, lead = partnership.worker, partnership.lead

    def day(number: int) -> date:
        return today + timedelta(days=number)

    def away(of: Membership, first: int, back: int | None, cover: Membership | None = None) -> Absence:
        return commands.begin_absence(
            actor=partnership.actor(lead), at=partnership.at, membership_id=of.id, on=day(first),
            until=None if back is None else day(back), cover_id=cover.id if cover else None,
        )  # fmt: skip

    def not_covered(first: int, back: int | None) -> str:
        with pytest.raises(CoverNotPossibleError) as refusal:
            away(manager, first, back, worker)
        return str(refusal.value).partition("Not covered: ")[2].partition(". Choose")[0]

    away(worker, 4, 5)
    away(worker, 7, 9)
    commands.end_membership(
        actor=partnership.actor(lead), at=partnership.at, membership_id=worker.id, on=day(14)
    )
    there, two_days = day_in_words(day(4)), f"{day_in_words(day(7))} to {day_in_words(day(8))}"
    assert not_covered(2, 12) == f"{there}; {two_days}"
    assert not_covered(8, 15) == f"{day_in_words(day(8))}; {day_in_words(day(14))}"
    assert not_covered(9, None) == f"{day_in_words(day(14))} and every day after"
    assert not_covered(20, 22) == f"{day_in_words(day(20))} to {day_in_words(day(21))}"
    assert away(manager, 9, 14, worker).cover == worker


def test_stretches_of_days_that_meet_are_one_and_what_lies_outside_is_left_out() -> None:
    def days(*numbers: int | None) -> tuple[date, date | None]:
        first, after = (None if each is None else date(2026, 11, each) for each in numbers)
        assert first
        return first, after

    absence = days(5, 20)
    assert days_in_both([days(1, 5), days(20, 25)], absence) == []
    assert days_in_both([days(10, 12), days(1, 7), days(12, 13), days(11, 12)], absence) == [
        days(5, 7),
        days(10, 13),
    ]
    assert days_in_both([days(15, None)], absence) == [days(15, 20)]
    assert days_in_both([days(15, 16), days(18, None)], days(5, None)) == [days(15, 16), days(18, None)]


def test_who_is_back_is_back_today_and_once(partnership: Partnership) -> None:
    today = timezone.localdate(partnership.at)
    worker = partnership.worker
    absence = commands.begin_absence(
        actor=partnership.actor(worker), at=partnership.at, membership_id=worker.id, on=today
    )

    def back(by: Membership) -> Absence:
        return commands.end_absence(actor=partnership.actor(by), at=partnership.at, absence_id=absence.id)

    with pytest.raises(NotFoundError):
        back(partnership.carer)
    back(partnership.lead)
    assert worker in Membership.objects.present_on(today)
    with pytest.raises(AlreadyDoneError):
        back(worker)
