"""A small partnership, made by commands alone: a council with its lead and a practitioner, and a charity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.utils import timezone
from tests.casework.accounts.fake_provider import CLIENT, SECRET, FakeProvider, running

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts import commands
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.accounts.queries import actor_of
from alongside.casework.accounts.sign_on.asking import forget_all
from alongside.casework.accounts.sign_on.provider import Provider

PASSWORD = "three-herons-on-a-wall"  # noqa: S105 - of nobody


@dataclass(frozen=True)
class Partnership:
    council: Organisation
    charity: Organisation
    lead: Membership
    worker: Membership
    carer: Membership
    at: datetime

    def actor(self, membership: Membership) -> Actor:
        return actor_of(membership.user, membership.id, "early_help", timezone.localdate(self.at))


def build(at: datetime) -> Partnership:
    system = system_actor("Installation")
    council = commands.begin_partnership(
        actor=system, at=at, name="Riverside", organisation_code="council",
        organisation_name="Riverside Council", kind="council",
    )  # fmt: skip
    charity = commands.take_in_organisation(
        actor=system, at=at, code="carers", name="Riverside Carers", kind="charity"
    )

    def member(organisation: Organisation, name: str, role: str) -> Membership:
        return commands.add_member(
            actor=system, at=at, organisation_id=organisation.id, name=name, roles=[role],
            email=f"{name.split()[0].lower()}@example.org", password=PASSWORD, one_time=False,
        )  # fmt: skip

    return Partnership(
        council,
        charity,
        lead=member(council, "Lena Marsh", "organisation_lead"),
        worker=member(council, "Will Ford", "practitioner"),
        carer=member(charity, "Cara Bank", "organisation_lead"),
        at=at,
    )


@pytest.fixture
def partnership(db: None) -> Partnership:
    """As on the day the tests run, since pages ask the clock."""
    return build(timezone.now())


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[FakeProvider]:
    """A council's own provider, on this machine."""
    with running() as fake:
        forget_all()  # another test's may have had the same port
        settings.SIGN_ON = Provider(fake.issuer, CLIENT, SECRET, "Riverside Council")
        yield fake
