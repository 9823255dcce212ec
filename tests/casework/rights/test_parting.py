"""What is disputed stays disputed when two records are separated, on whichever page it is then read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.involvement import add_to_chronology
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import ChronologyEntry
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.separated import separated
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.disputes import note_dispute
from alongside.casework.rights.models import Dispute

ENTRY = ChronologyEntry._meta.label


def entry(actor: Actor, person: UUID, at: datetime) -> ChronologyEntry:
    return add_to_chronology(
        actor=actor, at=at, person_id=person, happened_on=at.date(), kind="event", words="She shouted."
    )


def disputed(actor: Actor, person: UUID, row: UUID, at: datetime) -> Dispute:
    return note_dispute(
        actor=actor, at=at, person_id=person, table=ENTRY, row=str(row), says="wrong", words="It was not me.",
        said_by="person", received_on=date(2026, 11, 1), how="talking",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_dispute_goes_with_what_it_is_about(
    asha: Actor, who: Callable[[str], Actor], bee: UUID, at: datetime, later: datetime
) -> None:
    gwen, meanwhile = who("Gwen Hughes"), at + timedelta(minutes=5)
    known = {"known_as": "Beattie"}
    other = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known).id
    before = entry(asha, other, at)
    merge = merge_people(actor=gwen, at=at, kept_id=bee, absorbed_id=other, reason="One person.")
    goes, stays = entry(asha, bee, meanwhile), entry(asha, bee, meanwhile)
    for each in (before, goes, stays):
        disputed(asha, bee, each.id, meanwhile)
    part_people(
        actor=gwen, at=later, merge_id=merge.id, why="Two people.", belongs={goes.id: other, stays.id: bee}
    )
    marked = {
        row for table, row in person_page(actor=asha, person_id=other, at=later).disputed if table == ENTRY
    }
    assert marked == {str(before.id), str(goes.id)}
    marked = {
        row for table, row in person_page(actor=asha, person_id=bee, at=later).disputed if table == ENTRY
    }
    assert marked == {str(stays.id)}
    (told,) = separated(actor=asha, at=later)
    assert told.moved["disputes about what is held"] == 2, "the one about what it held before stood here too"
    tell_database(system_actor("tests"))
    with pytest.raises(ProgrammingError, match="kept as they said it"), transaction.atomic():
        Dispute.objects.update(person=bee)
