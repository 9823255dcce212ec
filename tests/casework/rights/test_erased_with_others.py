"""One row is erased without taking others' work with it, and not against what holds whose row it is now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.casework.rights.conftest import everything
from tests.casework.rights.test_parting import disputed, entry
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.marm.models import Case, FamilyRisk
from alongside.casework.marm.rules.family import FamilyRiskSaid
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import ChronologyEntry, Contact, Person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands import disputes
from alongside.casework.rights.commands.keeping import HeldError, NothingDueError, let_go, place_hold
from alongside.casework.rights.commands.requests import close_request
from alongside.casework.rights.models import Disposal

AnActor = Callable[[str], Actor]


@pytest.fixture
def lee(bee: UUID, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Contact:
    """Somebody in Bee's network, who asks to be taken off it."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    everything()
    return Contact.note(
        person=Person.objects.get(id=bee), name="Lee Ash", relationship="Nephew", how_to_reach="",
        permission="yes", permission_words="", poses_risk=False, by="Asha Patel", at=at,
    )  # fmt: skip


def risk_from(lee: Contact, riverside: Universe, at: datetime) -> None:
    everything()
    FamilyRisk.note(
        case=Case.objects.get(id=riverside.cases["case"]), contact=lee,
        organisation_id=riverside.organisations["riverside_council"].id,
        said=FamilyRiskSaid(from_them="He hits her.", to_them="", says="Bee, to Dee."),
        by="Asha Patel", at=at,
    )  # fmt: skip


def erased(iris: Actor, asha: Actor, bee: UUID, lee: Contact, at: datetime) -> None:
    made = disputes.note_dispute(
        actor=asha, at=at, person_id=bee, table="people.Contact", row=str(lee.id), says="not_held",
        words="Take Lee off.", said_by="advocate", said_by_name="Lee Ash",
        received_on=at.date(), how="talking",
    )  # fmt: skip
    disputes.answer_dispute(
        actor=iris, at=at, dispute_id=made.id, outcome="erased", why="Two of us looked.", told_on=at.date(),
        told_how="Phone", changed="Lee was taken off.",
    )  # fmt: skip


@pytest.mark.proves("SAFE-22")
def test_a_contact_from_whom_a_case_notes_a_risk_is_not_erased_with_the_risk(
    riverside: Universe, asha: Actor, iris: Actor, bee: UUID, lee: Contact, at: datetime
) -> None:
    risk_from(lee, riverside, at)
    with pytest.raises(disputes.NoAnswerError) as refused:
        erased(iris, asha, bee, lee, at)
    assert "would be deleted with it, and others rely on it" in str(refused.value)
    everything()
    assert FamilyRisk.objects.filter(contact=lee).exists()


def test_nor_is_one_whose_risk_was_noted_after_it_was_agreed(
    riverside: Universe, asha: Actor, iris: Actor, bee: UUID, lee: Contact, at: datetime
) -> None:
    erased(iris, asha, bee, lee, at)
    risk_from(lee, riverside, at)
    close_request(actor=iris, at=at, request_id=riverside.access_requests["Bee"], why="x")
    everything()
    with pytest.raises((HeldError, NothingDueError)):
        let_go(actor=iris, at=at, disposals=[Disposal.objects.get(row=str(lee.id)).id])
    everything()
    assert FamilyRisk.objects.filter(contact=lee).exists()


def test_what_was_agreed_for_a_row_that_is_somebody_elses_since_waits_for_their_hold(
    riverside: Universe, asha: Actor, iris: Actor, who: AnActor, bee: UUID, at: datetime, later: datetime
) -> None:
    gwen, meanwhile = who("Gwen Hughes"), at + timedelta(minutes=5)
    known = {"known_as": "Beattie"}
    other = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id
    merge = merge_people(actor=gwen, at=at, kept_id=bee, absorbed_id=other, reason="One person.")
    goes = entry(asha, bee, meanwhile)
    made = disputed(asha, bee, goes.id, meanwhile)
    disputes.answer_dispute(
        actor=iris, at=meanwhile, dispute_id=made.id, outcome="erased", why="x", told_on=meanwhile.date(),
        told_how="Phone", changed="It is erased",
    )  # fmt: skip
    part_people(actor=gwen, at=later, merge_id=merge.id, why="Two people.", belongs={goes.id: other})
    place_hold(actor=iris, at=later, person_id=other, reason="inquest", words="Inquest 7")
    close_request(actor=iris, at=later, request_id=riverside.access_requests["Bee"], why="x")
    everything()
    with pytest.raises((HeldError, NothingDueError)):
        let_go(actor=iris, at=later, disposals=[Disposal.objects.get(row=str(goes.id)).id])
    everything()
    assert ChronologyEntry.objects.filter(id=goes.id).exists()
