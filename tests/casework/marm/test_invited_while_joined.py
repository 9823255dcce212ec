"""An agency that comes to a case while two records are joined sees whom the case is about, and no longer."""

from datetime import datetime, timedelta

import pytest
from tests.casework.marm.conftest import AnActor, asked, see_all
from tests.casework.marm.test_stepping_back import SAID
from tools.universe import Universe

from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm.commands.asking import ask_for_case, open_case
from alongside.casework.marm.commands.invitations import accept_invitation, invite_agency
from alongside.casework.marm.commands.stepping_back import step_back
from alongside.casework.marm.models import Case
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, PersonMerge, Reach
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.parting import parting_page
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(who: AnActor, now: datetime) -> Person:
    return admit_person(
        actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Ann"}
    )


@pytest.fixture
def anne(who: AnActor, now: datetime) -> Person:
    return admit_person(
        actor=who("Asha Patel"), at=now, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Anne"}
    )


@pytest.fixture
def of_anne(who: AnActor, anne: Person, now: datetime) -> Case:
    case = ask_for_case(actor=who("Asha Patel"), at=now, person_id=anne.id, asked=asked())
    return open_case(actor=who("Mair Pugh"), at=now, case_id=case.id, why="Many see a part of it.")


@pytest.fixture
def merge(
    who: AnActor, riverside_now: Universe, ann: Person, anne: Person, of_anne: Case, now: datetime
) -> PersonMerge:
    """Of both, while Kit's agency joined the case."""
    made = merge_people(actor=who("Gwen Hughes"), at=now, kept_id=ann.id, absorbed_id=anne.id, reason="One.")
    invitation = invite_agency(
        actor=who("Asha Patel"), at=now, case_id=of_anne.id, why="They know her.",
        organisation_id=who("Kit Lowe").member_of,
    )  # fmt: skip
    accept_invitation(actor=who("Kit Lowe"), at=now, invitation_id=invitation.id)
    return made


def as_given_before(case: Case, person: Person, who: AnActor, now: datetime) -> None:
    """Reach to the record it was joined into, which invitations gave until they gave it to one only."""
    see_all()
    Reach.give(
        person_id=person.id, organisation_id=who("Kit Lowe").member_of, why=ReachWhy.CASE, about=case.id,
        at=now, purpose="early_help",
    )  # fmt: skip


@pytest.mark.parametrize("before", [False, True], ids=["now", "as it was given before"])
def test_it_does_not_see_the_other_person_once_they_are_parted(
    who: AnActor, ann: Person, anne: Person, of_anne: Case, merge: PersonMerge, now: datetime, before: bool
) -> None:
    if before:
        as_given_before(of_anne, ann, who, now)
    kit, gwen = who("Kit Lowe"), who("Gwen Hughes")
    assert person_page(actor=kit, person_id=ann.id, at=now).person.id == ann.id
    page = parting_page(actor=gwen, person_id=ann.id, merge_id=merge.id)
    assert kit.organisation_name in page.no_longer_see_kept
    later = now + timedelta(minutes=1)
    part_people(actor=gwen, at=later, merge_id=merge.id, why="Two sisters.")
    with pytest.raises(NotFoundError):
        person_page(actor=kit, person_id=ann.id, at=later)
    assert person_page(actor=kit, person_id=anne.id, at=later).person.id == anne.id


def test_stepping_back_ends_all_that_the_case_let_it_see_even_of_one_parted_since(
    who: AnActor, ann: Person, anne: Person, of_anne: Case, merge: PersonMerge, now: datetime
) -> None:
    later = now + timedelta(minutes=1)
    part_people(actor=who("Gwen Hughes"), at=later, merge_id=merge.id, why="Two sisters.")
    as_given_before(of_anne, ann, who, now)  # and they were parted when that stayed
    kit = who("Kit Lowe")
    step_back(actor=kit, at=later, case_id=of_anne.id, said=SAID)
    for each in (ann, anne):
        with pytest.raises(NotFoundError):
            person_page(actor=kit, person_id=each.id, at=later)
