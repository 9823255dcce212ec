"""The named universe is made by commands alone, and its people are seen by those who should see them."""

from datetime import datetime

import pytest
from tools.universe import actor_for, make_universe

from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.verification import verify_chain
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.people.queries import person_page, search_people

pytestmark = pytest.mark.django_db


def test_the_universe_holds_together(at: datetime) -> None:
    universe = make_universe(at=at)
    bee = universe.people["Bee"]
    for name, sees in (("Asha Patel", True), ("Dee Marsh", True), ("Tom Reilly", True), ("Kit Lowe", False)):
        actor = actor_for(universe, name, on=at.date())
        if sees:
            page = person_page(actor=actor, person_id=bee, at=at)
            assert page.person.known_as == "Bee"
            assert {entry.organisation.name for entry in page.chronology} >= {"Riverside Council"}
        else:
            with pytest.raises(NotFoundError):
                person_page(actor=actor, person_id=bee, at=at)
    assert not search_people(actor=actor_for(universe, "Tom Reilly", on=at.date()), words="Amina")
    assert verify_chain().problems == []
    assert AuditEvent.objects.count() > 50
