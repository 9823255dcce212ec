"""Whatever may be disputed is marked where people read it, and the page that notes it promises no more."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.marm.models import Concern
from alongside.casework.offers.models import NotOffered, Offer
from alongside.casework.people.models import Contact, Involvement
from alongside.casework.rights.commands import disputes
from alongside.casework.rights.rules.disputes import DISPUTABLE, MARKED

SINCE = "Disputed since 2 November 2026: It is wrong."
SAYS = "The person says of this: That was my brother."
NOT_ASKED = ("SAVEPOINT", "RELEASE SAVEPOINT", "select set_config")


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def rows(riverside: Universe, asha: Actor, bee: UUID, at: datetime) -> dict[type[Any], Any]:
    """A row about Bee of each kind, which Asha can read."""
    everything()
    found: dict[type[Any], Any] = {
        model: model.objects.filter(person=bee, **ours).order_by("id").first()
        for model, ours in (
            (Contact, {"left_at": None}),
            (Involvement, {"until": None}),
            (Concern, {"organisation": asha.member_of}),
            (Offer, {}),
            (NotOffered, {}),
            (CapacityRecord, {"followed_by": None}),
        )
    }
    if found[Concern] is None:
        found[Concern] = Concern.objects.filter(organisation=asha.member_of).order_by("id").first()
        Concern.objects.filter(id=found[Concern].id).update(person=bee)
    if found[NotOffered] is None:
        found[NotOffered] = NotOffered.objects.order_by("id").first()
        NotOffered.objects.filter(id=found[NotOffered].id).update(person=bee)
    return found


PAGES = [
    (Contact, "people:person"),
    (Involvement, "people:person"),
    (Concern, "marm:concerns"),
    (Offer, "offers:offers"),
    (NotOffered, "offers:offers"),
    (CapacityRecord, "capacity:decisions"),
    (CapacityRecord, "capacity:record"),
    (CapacityRecord, "capacity:sheet"),
]


@pytest.mark.parametrize(("model", "page"), PAGES)
def test_it_is_marked_where_it_is_read_and_then_says_what_the_person_says(
    riverside: Universe, asha: Actor, iris: Actor, bee: UUID, at: datetime, rows: dict[type[Any], Any],
    model: type[Any], page: str,
) -> None:  # fmt: skip
    browser, row = browser_of(riverside.members["Asha Patel"].user), rows[model]
    whose = [bee, row.pk] if page in ("capacity:record", "capacity:sheet") else [bee]
    address = reverse(page, args=whose)
    assert "Disputed since" not in browser.get(address).text
    made = disputes.note_dispute(
        actor=asha, at=at, person_id=bee, table=row._meta.label, row=str(row.pk), says="wrong",
        words="Not true.", said_by="person", received_on=at.date(), how="talking",
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        shown = browser.get(address)
    assert shown.text.count(SINCE) == 1
    assert sum(not each["sql"].startswith(NOT_ASKED) for each in asked) <= 15
    disputes.answer_dispute(
        actor=iris, at=at, dispute_id=made.id, outcome="kept", why="Both views stay.",
        statement="That was my brother.", told_on=at.date(), told_how="By telephone",
    )  # fmt: skip
    shown = browser.get(address)
    assert shown.text.count(SAYS) == 1
    assert SINCE not in shown.text


def test_a_risk_that_is_disputed_is_marked_where_agencies_are_asked_to_come_together(
    riverside: Universe, asha: Actor, bee: UUID, at: datetime, rows: dict[type[Any], Any]
) -> None:
    contact = rows[Contact]
    everything()
    Contact.objects.filter(id=contact.id).update(poses_risk=True)
    disputes.note_dispute(
        actor=asha, at=at, person_id=bee, table="people.Contact", row=str(contact.id), says="wrong",
        words="He never did.", said_by="person", received_on=at.date(), how="talking",
    )  # fmt: skip
    browser = browser_of(riverside.members["Asha Patel"].user)
    browser.get(reverse("marm:ask_for_case", args=[bee]))  # what a process asks once only
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(reverse("marm:ask_for_case", args=[bee]))
    assert f"{contact.name}: {SINCE}" in page.text
    assert sum(not each["sql"].startswith(NOT_ASKED) for each in asked) <= 15


def test_the_page_that_notes_it_names_the_place_and_promises_no_other(
    riverside: Universe, bee: UUID, rows: dict[type[Any], Any]
) -> None:
    assert set(MARKED) == set(DISPUTABLE)
    browser, row = browser_of(riverside.members["Asha Patel"].user), rows[Offer]
    page = browser.get(reverse("rights:dispute_row", args=[bee, "offers.Offer", row.pk])).text
    assert "it is marked as disputed where what they were offered is listed" in page
    assert "wherever it is shown" not in page
