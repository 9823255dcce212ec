"""A line about one entry says what would be deleted, as one about a whole record does."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.rights.conftest import everything
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.people.models import ChronologyEntry
from alongside.casework.rights.models import Disposal
from alongside.casework.rights.rules.retention import ERASURE, Kind


@pytest.mark.django_db
def test_an_entry_stands_below_what_would_be_deleted(riverside: Universe, at: datetime) -> None:
    everything()
    entry = ChronologyEntry.objects.filter(person_id=riverside.people["Bee"]).earliest("happened_on")
    line = Disposal.put_on_list(
        kind=Kind.ROW, record_id=entry.person_id, table="people.ChronologyEntry", row=str(entry.pk),
        rule=ERASURE, due_on=at.date(), at=at,
    )  # fmt: skip
    lead: Any = browser_of(riverside.members["Iris Okafor"].user)
    page = lead.get(f"/rights/letting-go/{line.id}/").text
    below = page.split("What would be deleted", 1)[1]
    assert '<h3 class="govuk-heading-s">' in below
    assert entry.words in below
