"""Members of Riverside as actors, and a request that one of them made."""

from datetime import datetime

import pytest
from tests.casework.sharing.asking import DAY, ask
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.rules.requests import Power


@pytest.fixture
def asha(riverside: Universe) -> Actor:
    return actor_for(riverside, "Asha Patel", on=DAY)


@pytest.fixture
def kit(riverside: Universe) -> Actor:
    return actor_for(riverside, "Kit Lowe", on=DAY)


@pytest.fixture
def tom(riverside: Universe) -> Actor:
    return actor_for(riverside, "Tom Reilly", on=DAY)


@pytest.fixture
def asked(riverside: Universe, asha: Actor, at: datetime) -> InformationRequest:
    """Asha asks the police about Bee, by section 7, until 16 November."""
    return ask(riverside, asha, at, power=Power.CARE_ACT_7)
