"""What an organisation was told is its to read, whatever else became of the record."""

from datetime import datetime

import pytest
from tests.casework.sharing.sharing_told import DAY, proposal
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights.commands.disputes import note_dispute
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.models import Disclosure, SharedItem
from alongside.casework.sharing.queries.decisions import told_page


@pytest.fixture
def nell(riverside: Universe, asha: Actor, at: datetime) -> Person:
    return admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Nell"})


@pytest.fixture
def told(riverside: Universe, asha: Actor, kit: Actor, nell: Person, at: datetime) -> Disclosure:
    to = next(code for code, each in riverside.organisations.items() if each.id == kit.organisation_id)
    decide(actor=asha, at=at, person_id=nell.id, proposal=proposal(riverside, to=to))
    tell_database(system_actor("tests"))
    return Disclosure.objects.get(decision__person=nell)


def test_it_is_read_by_whoever_came_to_the_person_for_another_purpose_besides(
    kit: Actor, nell: Person, told: Disclosure, at: datetime
) -> None:
    Reach.give(
        person_id=nell.id, organisation_id=kit.member_of, why=ReachWhy.RELEASED, at=at,
        about=kit.member_of, purpose="another_purpose",
    )  # fmt: skip
    page = told_page(actor=kit, disclosure_id=told.id)
    assert (page.decision.id, page.person) == (told.decision_id, None)


def test_that_it_is_disputed_is_seen_after_the_record_was_joined_with_another(
    riverside: Universe, asha: Actor, kit: Actor, nell: Person, told: Disclosure, at: datetime
) -> None:
    item = SharedItem.objects.get(decision=told.decision_id)
    kept = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Nell"})
    gwen = actor_for(riverside, "Gwen Hughes", on=DAY)
    merge_people(actor=gwen, at=at, kept_id=kept.id, absorbed_id=nell.id, reason="She told us so.")
    note_dispute(
        actor=asha, at=at, person_id=kept.id, table=SharedItem._meta.label, row=str(item.id), says="wrong",
        words="I never said so.", said_by="person", received_on=DAY, how="talking",
    )  # fmt: skip
    page = told_page(actor=kit, disclosure_id=told.id)
    assert (SharedItem._meta.label, str(item.id)) in page.disputed
