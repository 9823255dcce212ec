"""A release finds nobody who has died, and gives nobody to an organisation they asked us not to tell."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.releasing import made_up, next_run, release_made_up

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person, Reach
from alongside.casework.sharing.commands.choices import record_choices
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic
from alongside.casework.sources.models import Flag, Run
from alongside.casework.sources.presenters import release_shown
from alongside.casework.sources.queries import release_page
from alongside.casework.sources.queries.receiving import NobodyToReleaseError
from alongside.casework.sources.rules import OpenTo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("joined", [False, True], ids=["on the record", "on a record joined to it"])
def test_who_has_died_is_not_released_again_and_is_counted(
    opened: Run, approver: Actor, together: Organisation, at: datetime, joined: bool
) -> None:
    release_made_up(approver, at, opened, [made_up(1), made_up(2)], together)
    manager = somebody_at(together, "manager")
    tell_database(manager)
    dead, other = Person.objects.order_by("insight_id")
    if joined:
        merge_people(actor=manager, at=at, kept_id=dead.id, absorbed_id=other.id, reason="Same birthday.")
    tell_database(system_actor("the test"))
    Person.objects.filter(id=other.id if joined else dead.id).update(died_on=at.date())
    again = next_run(opened, at)
    with pytest.raises(NobodyToReleaseError, match="Nobody on these tiers"):
        release_made_up(approver, at, again, [made_up(1)], together)
    made = release_made_up(approver, at, again, [made_up(1), made_up(3)], together)
    assert (made.people, made.not_given) == (1, {"died": 1})
    shown = release_shown(release_page(actor=approver, release_id=made.id), area_pack())
    assert (shown.died, shown.objected, shown.not_given) == (1, 0, [])
    tell_database(system_actor("the test"))
    assert not Flag.objects.filter(release=made, person=dead).exists()


def refuses(actor: Actor, person: Person, *organisations: Organisation, at: datetime, **other: Any) -> None:
    given: dict[str, Any] = {
        "answer": Answer.REFUSES, "topics": (Topic.EVERYTHING,), "exactly": "Anything",
        "recipients": frozenset(each.id for each in organisations), "said_on": at.date(),
        "capacity": "assumed", "method": "spoken", "words": "Do not tell them. My husband works there.",
    } | other  # fmt: skip
    record_choices(actor=actor, at=at, person_id=person.id, said=Statement(**given))


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize("joined", [False, True], ids=["on the record", "on a record joined to it"])
def test_a_release_gives_nobody_to_an_organisation_they_asked_us_not_to_tell(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime, joined: bool
) -> None:
    release_made_up(approver, at, opened, [made_up(1), made_up(4)], together)
    manager = somebody_at(together, "manager", "practitioner")
    tell_database(manager)
    bee, other = Person.objects.order_by("insight_id")
    if joined:
        merge_people(actor=manager, at=at, kept_id=bee.id, absorbed_id=other.id, reason="Same birthday.")
    tell_database(manager)
    refuses(manager, bee, council, at=at)
    later = at + timedelta(days=7)
    cared_for = {"route": "share_with_case_holder", "open_to": (OpenTo("adult_social_care", "Worker 1"),)}
    people = [made_up(1, **cared_for), made_up(2, **cared_for), made_up(3)]  # type: ignore[arg-type]
    made = release_made_up(approver, later, next_run(opened, later), people, council, together)
    assert (made.people, made.not_given) == (2, {"asked_not_told": 1})
    shown = release_shown(release_page(actor=approver, release_id=made.id), area_pack())
    assert (shown.not_told, shown.not_given) == (1, [])
    tell_database(system_actor("the test"))
    records = Person.objects.records_of(bee.id)
    assert not Reach.objects.filter(person__in=records, organisation=council).exists()
    assert not Flag.objects.filter(person__in=records, organisation=council).exists()
    assert Flag.objects.filter(organisation=council).count() == 1, "the other is theirs"


@pytest.mark.proves("MARM-29")
def test_whoever_they_did_not_name_is_given_them_all_the_same(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    release_made_up(approver, at, opened, [made_up(1)], together)
    worker = somebody_at(together, "practitioner")
    tell_database(worker)
    bee = Person.objects.get()
    refuses(worker, bee, council, at=at)
    again = next_run(opened, at)
    held = {"route": "share_with_case_holder", "open_to": (OpenTo("adult_social_care", "Worker 1"),)}
    with pytest.raises(NobodyToReleaseError, match="Nobody on these tiers"):
        release_made_up(approver, at, again, [made_up(1, **held)], council)  # type: ignore[arg-type]
    made = release_made_up(approver, at, again, [made_up(1)], council, together)
    assert (made.people, made.not_given) == (1, {})
