"""Erasing one person takes nothing from the case of another, whatever went to them at parting."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.casework.marm.test_decisions import decided
from tests.casework.rights.conftest import everything
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.marm.models import Case, CaseDecision, FamilyRisk
from alongside.casework.marm.queries.family import without_risk_from_them
from alongside.casework.marm.rules.family import FamilyRiskSaid
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person, note_contact
from alongside.casework.people.models import Contact, Person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.keeping import let_go
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.queries.follows import hanging_on, rows_with
from alongside.casework.rights.rules.retention import ERASURE, Kind


@pytest.fixture
def amina(riverside: Universe) -> UUID:
    """There is a case about her."""
    return riverside.people["Amina"]


@pytest.fixture
def parted(riverside: Universe, asha: Actor, who: Callable[[str], Actor], amina: UUID, at: datetime) -> UUID:
    """Somebody to whom a contact went at parting, of whom Amina's case says that he hits her."""
    gwen, meanwhile = who("Gwen Hughes"), at + timedelta(minutes=5)
    known = {"known_as": "Beattie"}
    other = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id
    merge = merge_people(actor=gwen, at=at, kept_id=amina, absorbed_id=other, reason="One person.")
    lee = note_contact(
        actor=asha, at=meanwhile, person_id=amina, name="Lee Ash", relationship="nephew", permission="yes",
        permission_words="",
    )  # fmt: skip
    everything()
    FamilyRisk.note(
        case=Case.objects.get(id=riverside.cases["case"]), contact=lee,
        organisation_id=riverside.organisations["riverside_council"].id,
        said=FamilyRiskSaid(from_them="He hits her.", to_them="", says="Amina, to Dee."), by="Asha Patel",
        at=meanwhile,
    )  # fmt: skip
    part_people(actor=gwen, at=meanwhile, merge_id=merge.id, why="Two.", belongs={lee.id: other})
    everything()
    return other


def erased(iris: Actor, person: UUID, at: datetime) -> None:
    everything()
    line = Disposal.put_on_list(
        kind=Kind.PERSON, record_id=person, table="people.Person", row=str(person), rule=ERASURE,
        due_on=date(2026, 1, 1), at=at,
    )  # fmt: skip
    line.mark(why="They asked.", by="Iris", at=at)
    let_go(actor=iris, at=at, disposals=[line.id])
    everything()


@pytest.mark.proves("SAFE-22")
def test_a_case_keeps_what_it_says_of_a_contact_who_is_erased_with_somebody_else(
    iris: Actor, asha: Actor, amina: UUID, parted: UUID, at: datetime
) -> None:
    assert FamilyRisk not in rows_with(Person, [parted])
    assert hanging_on("people.Contact", str(Contact.objects.get(person=parted).id)) == ["marm.FamilyRisk"]
    erased(iris, parted, at + timedelta(days=1))
    assert not Person.objects.filter(id=parted).exists()
    assert not Contact.objects.filter(name="Lee Ash").exists()
    risk = FamilyRisk.objects.get(name="Lee Ash")
    assert (risk.contact_id, risk.from_them) == (None, "He hits her.")
    note_contact(
        actor=asha, at=at + timedelta(days=2), person_id=amina, name="Lee ASH", relationship="nephew",
        permission="yes", permission_words="",
    )  # fmt: skip
    everything()
    assert Contact.objects.filter(name="Lee ASH", person_id=risk.case.person_id).exists()
    may_come = without_risk_from_them(risk.case, asha)
    assert "Lee ASH" not in {each.name for each in may_come}, "he would be invited again under his name"


def test_a_decision_of_a_case_stays_without_the_record_of_somebody_elses_capacity(
    riverside: Universe, iris: Actor, parted: UUID, at: datetime
) -> None:
    everything()
    record = CapacityRecord.objects.filter(follows=None).first()
    assert record is not None
    record.id, record.person_id = uuid4(), parted
    record.save(force_insert=True)
    made = CaseDecision.keep(
        case=Case.objects.get(id=riverside.cases["case"]),
        decided=decided(
            positions=(), review_on=at.date(), capacity_in_doubt=True, capacity_record_id=record.id
        ),
        follows=None, follows_why="", by="Asha Patel", by_id=uuid4(), at=at,
    )  # fmt: skip
    erased(iris, parted, at + timedelta(days=1))
    assert not CapacityRecord.objects.filter(id=record.id).exists()
    assert CaseDecision.objects.get(id=made.id).capacity_record_id is None


def test_otherwise_what_a_case_says_of_somebody_still_never_changes(parted: UUID) -> None:
    everything()
    for disposal, change in (("off", {"contact": None}), ("on", {"contact": None, "from_them": "Nothing."})):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('alongside.disposal', %s, true)", [disposal])
        with pytest.raises(ProgrammingError, match="kept as it was"), transaction.atomic():
            FamilyRisk.objects.filter(name="Lee Ash").update(**change)
