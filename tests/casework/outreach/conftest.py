"""A team with members as actors, a person, and flags of a release for them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.casework.outreach.asking import Ask, asker

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.models import Membership, Organisation, Team, Training, User
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.kernel.area import area_pack
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.commands.distributing import distribute_flags
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.commands.talking import guide_as_kept
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Verdict
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import Flag, Release, Run
from alongside.casework.sources.rules import RunRead

SINCE = date(2026, 1, 1)
REASON = {
    "factor": "rent_arrears", "words": "Rent is in arrears", "value": "true", "source": "housing_rent",
    "source_title": "Rent accounts", "organisation": "riverside_homes", "fact_date": "2026-10-20",
}  # fmt: skip


def member(
    organisation: Organisation,
    name: str,
    *roles: str,
    team: Team | None = None,
    skills: list[str] | None = None,
) -> Membership:
    user = User.enrol(email=f"{name.lower().replace(' ', '.')}@example.org", name=name)
    Training.note(user=user, course=NEEDED, done_on=SINCE)
    return Membership.begin(
        user=user, organisation=organisation, roles=list(roles), on=SINCE, team=team, skills=skills
    )


def acting(membership: Membership) -> Actor:
    held = frozenset(membership.roles)
    return Actor(
        name=membership.user.name,
        user_id=membership.user_id,
        organisation_id=membership.organisation_id,
        organisation_name=membership.organisation.name,
        team_ids=frozenset({membership.team_id} - {None}),  # type: ignore[arg-type]
        permissions=permissions_of(held),
        purpose="early_help",
        roles=held,
    )


def flag_for(
    person: Person, organisation: Organisation, release: Release, at: datetime, **other: Any
) -> Flag:
    given: dict[str, Any] = {
        "policy": "early_help/3", "tier": "soon", "rank": 1, "reasons": [REASON],
        "unknowns": [{"factor": "heating", "title": "Whether the home is warm"}], "responses": [],
        "route": "contact_team", "released_at": at, "expires_at": at + timedelta(weeks=6),
    } | other  # fmt: skip
    return Flag.objects.create(person=person, organisation=organisation, release=release, **given)


def everything(actor: Actor | None = None) -> None:
    """Let the test's own look at rows see all, or what an actor sees."""
    tell_database(actor or system_actor("tests"))


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.join(code="riverside-council", name="Riverside Council", kind="council")


@pytest.fixture
def charity(db: None) -> Organisation:
    return Organisation.join(code="been-there", name="Been There", kind="peer_support")


@pytest.fixture
def team(council: Organisation) -> Team:
    return Team.form(
        organisation=council, name="Contact team", capacity_per_week=10, services=["contact_team"]
    )


@pytest.fixture
def asha(council: Organisation, team: Team) -> Membership:
    return member(council, "Asha Patel", "practitioner", team=team)


@pytest.fixture
def ben(council: Organisation, team: Team) -> Membership:
    return member(council, "Ben Okoro", "practitioner", team=team, skills=["welsh"])


@pytest.fixture
def gwen(council: Organisation, team: Team) -> Membership:
    return member(council, "Gwen Hughes", "manager", team=team)


@pytest.fixture
def worker(asha: Membership) -> Actor:
    return acting(asha)


@pytest.fixture
def manager(gwen: Membership) -> Actor:
    return acting(gwen)


@pytest.fixture
def peer(charity: Organisation) -> Actor:
    return acting(member(charity, "Sam Boateng", "practitioner"))


@pytest.fixture
def person(worker: Actor, at: datetime) -> Person:
    return admit(worker, at, known_as="Bee", forename="Beatrice", surname="Ó Murchú")


def admit(actor: Actor, at: datetime, **known: Any) -> Person:
    return admit_person(actor=actor, at=at, why=ReachWhy.RAISED_CONCERN, known=known)


@pytest.fixture
def release(council: Organisation, at: datetime) -> Release:
    read = RunRead(
        folder="run", manifest_hash="0" * 64, area="riverside", as_at=at.date(), counts={}, quality={},
        policies={}, tiers={}, pairs=(),
    )  # fmt: skip
    run = Run.opened(read=read, changes={}, by="Ravi", at=at)
    return Release.approve(
        run=run, policy="early_help/3", tiers=["soon", "later"], purpose="early_help", basis={},
        organisations=[council], reason="Winter", by=uuid4(), by_name="Ravi", at=at,
    )  # fmt: skip


@pytest.fixture
def flag(person: Person, council: Organisation, release: Release, at: datetime) -> Flag:
    return flag_for(person, council, release, at)


@pytest.fixture
def item(flag: Flag, asha: Membership, manager: Actor, at: datetime) -> WorkItem:
    """A flagged item that is Asha's, and not judged yet."""
    distribute_flags(actor=manager, at=at, release_id=flag.release_id)
    everything(manager)
    return assign_item(actor=manager, at=at, item_id=WorkItem.objects.get(flag=flag).id, member_id=asha.id)


@pytest.fixture(scope="session")
def guide() -> dict[str, Any]:
    return guide_as_kept(area_pack().conversations["first_call/2"])


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """Views read the clock; here it stands, on a Monday at half past nine."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def ask(worker: Actor) -> Ask:
    """What asks a view as the contact worker, unless as somebody else."""
    return asker(worker)


@pytest.fixture
def judged(item: WorkItem, worker: Actor, at: datetime) -> WorkItem:
    """The item, with its flag agreed with, so that work may begin."""
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me.")
    return item
