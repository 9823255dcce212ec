"""Today says who reviews what a reviewer opened themself in an emergency: another, or nobody yet."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import RequestFactory
from tests.casework.outreach.conftest import member
from tests.casework.people.test_emergencies import opened

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Organisation
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.people.views.today import to_review

pytestmark = pytest.mark.django_db


def test_it_says_that_somebody_else_must_only_where_there_is_somebody(
    person: Person, peer: Actor, council: Organisation, at: datetime
) -> None:
    opened(peer, at)
    request = RequestFactory().get("/")
    own = replace(peer, permissions=peer.permissions | {Permission.BREAK_GLASS_REVIEW})
    request.actor = own  # type: ignore[attr-defined]

    def hint() -> str:
        tell_database(own)
        section = to_review(request)
        assert section is not None
        (line,) = section.lines
        return str(line.hint)

    assert "nobody else can review it yet: ask an organisation lead" in hint()
    member(council, "Iris Lead", "governance_lead")
    assert hint().endswith("You opened it: somebody else must review it.")
