"""The page that separates records says of each case and offer where it stays, and what to do if wrong."""

from datetime import datetime, timedelta

import pytest
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_parted import ann, anne, join
from tests.casework.signed_in import browser_of
from tools.universe import Universe

from alongside.casework.access.actors import Actor
from alongside.casework.offers.commands.offering import record_offer
from alongside.casework.offers.rules.offering import Explained, Kind, Made, Understood
from alongside.casework.people.models import Person, PersonMerge
from alongside.casework.people.presenters.parting import parting_view
from alongside.casework.people.queries.parting import parting_page

__all__ = ["ann", "anne"]
pytestmark = pytest.mark.django_db


def test_each_offer_is_named_with_its_record_and_what_to_do(
    ann: Person, anne: Person, manager: Actor, peer: Actor, at: datetime
) -> None:
    merge = join(manager, ann, anne, at)
    made = Made(
        kind=Kind.OTHER, what="Meals", offered_on=at.date(), explained=frozenset({Explained.IN_PERSON}),
        understood=Understood.YES, understood_how="She asked when.",
    )  # fmt: skip
    record_offer(actor=peer, at=at + timedelta(hours=2), person_id=ann.id, made=made)
    ((stays, if_other),) = parting_view(
        parting_page(actor=manager, person_id=ann.id, merge_id=merge.id)
    ).named
    assert stays.startswith("The offer that Been There wrote down on ")
    assert "(Meals) stays with" in stays
    assert stays.endswith("(kept).")
    assert "write it on their record" in if_other


def test_each_case_is_named_with_the_record_it_is_on(riverside_now: Universe) -> None:
    gwen = browser_of(riverside_now.members["Gwen Hughes"].user)
    amina = riverside_now.people["Amina"]
    others = [each for name, each in riverside_now.people.items() if name != "Amina"]
    reason = {"reason": "One person."}
    assert any(
        gwen.post(f"/people/{each}/merge/", {**reason, "other": amina}).status_code == 302 for each in others
    )
    everything()
    merge = PersonMerge.objects.get(absorbed=amina)
    page = gwen.get(f"/people/{merge.kept_id}/merge/{merge.id}/part/").text
    assert "The case that Riverside Council asked for on" in page
    assert "bring this one to an end with that reason" in page
    assert "(joined to it)" in page.split("The case that Riverside Council asked for on")[1].split("<li>")[0]
