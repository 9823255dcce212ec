"""A referral accepted while two records are joined gives reach to the record it was about, and no longer."""

from datetime import datetime, timedelta

import pytest
from tests.casework.outreach.conftest import admit, everything

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.doors import get_item
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.models import Reach
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("as_before", [False, True], ids=["now", "as it was given before"])
def test_whoever_was_asked_about_one_person_does_not_see_the_other_once_they_are_parted(
    worker: Actor, manager: Actor, peer: Actor, charity: Organisation, asha: Membership, at: datetime,
    as_before: bool,
) -> None:  # fmt: skip
    ann, anne = admit(worker, at, known_as="Ann"), admit(worker, at, known_as="Anne")
    item = raise_item(
        actor=worker, at=at, person_id=anne.id, team_id=None, priority=Priority.TODAY, why="Alone."
    )
    assign_item(actor=manager, at=at, item_id=item.id, member_id=asha.id)
    made = make_referral(
        actor=worker, at=at, item_id=item.id, to_organisation_id=charity.id, why="Befriend Anne",
        person_agrees="yes",
    )  # fmt: skip
    merge = merge_people(
        actor=manager, at=at + timedelta(hours=1), kept_id=ann.id, absorbed_id=anne.id, reason="One."
    )
    own = accept_referral(actor=peer, at=at + timedelta(hours=2), referral_id=made.id, take=True)
    assert person_page(actor=peer, person_id=ann.id, at=at + timedelta(hours=2)).person.id == ann.id
    if as_before:
        everything()
        Reach.give(
            person_id=ann.id, organisation_id=charity.id, why=ReachWhy.REFERRED, about=made.id,
            at=at + timedelta(hours=2), purpose="early_help",
        )  # fmt: skip
        WorkItem.objects.filter(id=own.id).update(person=ann)
    later = at + timedelta(hours=3)
    page = parting_page(actor=manager, person_id=ann.id, merge_id=merge.id)
    assert page.no_longer_see_kept == ("Been There",)
    part_people(actor=manager, at=later, merge_id=merge.id, why="Two sisters.")
    with pytest.raises(NotFoundError):
        person_page(actor=peer, person_id=ann.id, at=later)
    assert person_page(actor=peer, person_id=anne.id, at=later).person.id == anne.id
    assert get_item(actor=peer, item_id=own.id).person_id == anne.id
