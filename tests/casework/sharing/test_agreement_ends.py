"""Whoever keeps agreements is told in time that one ends; whoever works under them finds the register."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.mail import Mail
from alongside.casework.notices.commands import send_due_notices
from alongside.casework.notices.models import Notice
from alongside.casework.sharing.commands.agreements import (
    NoneEndsError,
    change_agreement,
    remind_of_ends,
)
from alongside.casework.sharing.jobs import remind_of_ends_nightly
from alongside.casework.sharing.models import Agreement, AgreementReminder

ENDS = date(2027, 3, 31)
"""The last day of ISA-RIV-009, between the council and Riverside Homes."""
NOBODY = "No agreement that ends soon needed a reminder."


def night(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, 35, tzinfo=UTC)


@pytest.fixture
def alone(riverside: Universe, settings: Any) -> Agreement:
    """The one of two agreements whose end is looked at here; mail goes to a list in memory."""
    settings.MAIL = Mail(
        backend="django.core.mail.backends.locmem.EmailBackend",
        sender="alongside@example.org",
        address="https://a.example",
    )
    Agreement.objects.exclude(reference="ISA-RIV-009").update(ends=date(2031, 3, 31))
    return Agreement.objects.get(reference="ISA-RIV-009")


def waits_for() -> set[str]:
    return set(Notice.objects.exclude(waiting_since=None).values_list("user__name", flat=True))


@pytest.mark.proves("MARM-38")
def test_the_keepers_at_its_parties_are_told_60_and_14_days_before_and_on_the_last_day(
    alone: Agreement,
) -> None:
    told: dict[int, set[str]] = {}
    for before in range(62, -4, -1):
        Notice.objects.all().delete()
        remind_of_ends_nightly(at=night(ENDS - timedelta(days=before)))
        if names := waits_for():
            told[before] = names
    keepers = {"Iris Okafor", "Ada Clarke"}
    assert told == {60: keepers, 14: keepers, 0: keepers}
    event = AuditEvent.objects.filter(code="sharing.agreement_reminded").first()
    assert event is not None
    assert (event.details["reference"], event.person_id) == ("ISA-RIV-009", None)


def test_each_gets_one_message_that_names_no_person(alone: Agreement) -> None:
    at = night(ENDS - timedelta(days=60))
    remind_of_ends_nightly(at=at)
    assert send_due_notices(at=at).sent == 2
    remind_of_ends_nightly(at=at + timedelta(hours=2))
    assert send_due_notices(at=at + timedelta(hours=2)).sent == 0
    assert all(
        each.subject == "Something is waiting for you in Alongside" and "https://a.example/" in each.body
        for each in mail.outbox
    )
    assert len(mail.outbox) == 2


def test_where_no_party_has_a_keeper_all_of_the_partnership_are_told(
    alone: Agreement, riverside: Universe
) -> None:
    alone.parties.set([riverside.organisations["valley_police"], riverside.organisations["been_there"]])
    remind_of_ends_nightly(at=night(ENDS))
    assert waits_for() == {"Iris Okafor", "Ada Clarke"}


def test_nights_that_were_missed_are_one_reminder_and_a_night_that_runs_twice_too(alone: Agreement) -> None:
    late = night(ENDS - timedelta(days=3))
    assert remind_of_ends_nightly(at=late).words.endswith(": 1.")
    assert remind_of_ends_nightly(at=late).words == NOBODY
    assert list(alone.reminders.values_list("step", flat=True)) == ["again"]


def test_one_that_was_renewed_is_told_of_again_before_its_new_end(
    alone: Agreement, riverside: Universe, at: datetime
) -> None:
    remind_of_ends_nightly(at=night(ENDS))
    ends = date(2029, 3, 31)
    change_agreement(
        actor=actor_for(riverside, "Iris Okafor", on=date(2026, 11, 2)),
        at=at,
        agreement_id=alone.id,
        opened_version=alone.version,
        title=alone.title,
        owner=alone.owner,
        terms=replace(alone.terms, ends=ends, review=ends),
    )
    assert remind_of_ends_nightly(at=night(ENDS + timedelta(days=1))).words == NOBODY
    assert remind_of_ends_nightly(at=night(ends - timedelta(days=60))).words.endswith(": 1.")


def test_whoever_keeps_no_agreements_reminds_of_none_and_a_night_without_one_says_so(
    alone: Agreement, riverside: Universe, at: datetime
) -> None:
    asha: Actor = actor_for(riverside, "Asha Patel", on=date(2026, 11, 2))
    with pytest.raises(NotAllowedError):
        remind_of_ends(actor=asha, at=night(ENDS))
    with pytest.raises(NoneEndsError):
        remind_of_ends(actor=system_actor("a test"), at=at)
    assert not AgreementReminder.objects.exists()


def test_the_database_keeps_one_reminder_of_each_end(alone: Agreement) -> None:
    remind_of_ends_nightly(at=night(ENDS))
    kept = AgreementReminder.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementReminder.objects.create(agreement=alone, ends=kept.ends, step=kept.step, at=kept.at)


@pytest.mark.parametrize("name", ["Asha Patel", "Ola Finch", "Iris Okafor"])
def test_whoever_works_here_comes_to_the_register_from_the_organisations(
    riverside: Universe, name: str
) -> None:
    browser = browser_of(riverside.members[name].user)
    page = browser.get("/organisations/").content.decode()
    assert 'href="/agreements/">What they agreed about sharing' in page
    assert browser.get("/agreements/").status_code == 200
