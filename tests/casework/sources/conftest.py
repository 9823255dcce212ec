"""One real run of a small fictional borough, and a partnership to release it to."""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from pytest_django import Settings
from tests.casework.conftest import RUN
from tests.casework.outside import watched
from tests.casework.sources.asking import Ask

from alongside.casework.access.actors import Actor
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.models import Membership, Organisation, Team, User
from alongside.casework.sources import jobs
from alongside.casework.sources.models import Run

POLICY = "early_help/4"
WHY = "The contact team has room for these families this week."


def somebody_at(organisation: Organisation, *roles: str, name: str) -> Actor:
    held = frozenset(roles)
    return Actor(
        name=name,
        user_id=uuid4(),
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        permissions=permissions_of(held),
        purpose="early_help",
        roles=held,
    )


@pytest.fixture
def runs(borough: Path, tmp_path: Path, settings: Settings) -> Path:
    """A folder of runs of the test's own, with that run in it; and a pack that may be changed."""
    shutil.copytree(borough / "runs", tmp_path / "runs")
    shutil.copytree(borough / "b" / "area", tmp_path / "area")
    settings.RUNS_FOLDER = tmp_path / "runs"
    settings.AREA_FOLDER = tmp_path / "area"
    settings.DROP_FOLDER = tmp_path / "drop"
    return tmp_path / "runs"


def joined(code: str, name: str, kind: str, *services: str) -> Organisation:
    """An organisation with one member and one team that runs these services."""
    organisation = Organisation.join(code=code, name=name, kind=kind)
    team = Team.form(organisation=organisation, name=f"{name} team", services=list(services))
    user = User.enrol(email=f"lead.{code}@example.org", name="Gwen Hughes")
    Membership.begin(
        user=user, organisation=organisation, team=team, roles=["practitioner"], on=date(2026, 1, 1)
    )
    return organisation


@pytest.fixture
def council(db: None) -> Organisation:
    """It runs the services people are open to."""
    return joined(
        "riverside_council", "Riverside Council", "council", "adult_social_care", "childrens_social_care",
        "housing_options",
    )  # fmt: skip


@pytest.fixture
def together(db: None) -> Organisation:
    """A charity whose contact team telephones people nobody holds."""
    return joined("riverside_together", "Riverside Together", "charity", "contact_team")


@pytest.fixture
def approver(council: Organisation) -> Actor:
    return somebody_at(council, "approver", name="Olu Adeyemi")


@pytest.fixture
def analyst(council: Organisation) -> Actor:
    return somebody_at(council, "data_analyst", name="Dewi Pryce")


@pytest.fixture
def opened(runs: Path, analyst: Actor, at: datetime) -> Run:
    """The run, opened, waiting for an approver."""
    return jobs.open_run(actor=analyst, at=at, folder=RUN)


@pytest.fixture
def ask(runs: Path) -> Ask:
    def asked(
        actor: Actor, name: str, *args: object, posted: dict[str, Any] | None = None, search: str = ""
    ) -> HttpResponse:
        address = reverse(f"sources:{name}", args=args)
        made = RequestFactory()
        request = made.get(address + search) if posted is None else made.post(address, posted)
        request.actor = actor  # type: ignore[attr-defined]
        found = resolve(address)
        with watched():
            answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer

    return asked
