"""Two organisations and somebody at work in each, as actors."""

from datetime import datetime
from uuid import uuid4

import pytest

from alongside.casework.access.actors import Actor
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.models import Organisation
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy


def somebody_at(organisation: Organisation, *roles: str, name: str = "Asha Patel") -> Actor:
    held = frozenset(roles)
    return Actor(
        name=name,
        user_id=uuid4(),
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        permissions=permissions_of(held),
        purpose="early_help",
        roles=held,
    )


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.join(code="riverside-council", name="Riverside Council", kind="council")


@pytest.fixture
def charity(db: None) -> Organisation:
    return Organisation.join(code="been-there", name="Been There", kind="peer_support")


@pytest.fixture
def practitioner(council: Organisation) -> Actor:
    return somebody_at(council, "practitioner")


@pytest.fixture
def manager(council: Organisation) -> Actor:
    return somebody_at(council, "manager", name="Gwen Hughes")


@pytest.fixture
def peer(charity: Organisation) -> Actor:
    return somebody_at(charity, "practitioner", name="Sam Boateng")


@pytest.fixture
def person(practitioner: Actor, at: datetime) -> Person:
    return admit_person(
        actor=practitioner,
        at=at,
        why=ReachWhy.RAISED_CONCERN,
        known={
            "known_as": "Bee",
            "forename": "Beatrice",
            "surname": "Ó Murchú",
            "date_of_birth": "1951-03-04",
        },
    )
