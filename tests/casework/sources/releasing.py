"""Releasing in tests: of the real run, or of people made up on the spot."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from tests.casework.sources.conftest import POLICY, WHY

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import releases
from alongside.casework.sources.models import Release, Run
from alongside.casework.sources.rules import Cohort, OpenTo, ReleasedPerson

TIERS = ["this_week", "soon"]


def release(
    actor: Actor,
    at: datetime,
    run: Run,
    *organisations: Organisation,
    policy: str = POLICY,
    tiers: list[str] | None = None,
    reason: str = WHY,
    contact: Organisation | None = None,
) -> Release:
    return jobs.release_cohort(
        actor=actor,
        at=at,
        run_id=run.id,
        policy=policy,
        tiers=TIERS if tiers is None else tiers,
        organisation_ids=[each.id for each in organisations],
        reason=reason,
        contact_organisation_id=contact.id if contact else None,
    )


def made_up(
    number: int, *, route: str = "contact_team", open_to: tuple[OpenTo, ...] = (), **known: object
) -> ReleasedPerson:
    return ReleasedPerson(
        insight_id=f"P{number:013d}",
        known={"known_as": "Bee", "forename": "Bee", "surname": "Quill", **known},
        tier="soon",
        rank=number,
        reasons=[{"factor": "rent_arrears", "words": "Behind with rent", "value": "yes"}],
        unknowns=[],
        responses=[],
        route=route,
        route_words="",
        open_to=open_to,
    )


def release_made_up(
    actor: Actor, at: datetime, run: Run, people: list[ReleasedPerson], *organisations: Organisation
) -> Release:
    protected = frozenset(each.insight_id for each in people if each.known.get("address_protected"))
    return releases.release_cohort(
        actor=actor,
        at=at,
        pack=area_pack(),
        run_id=run.id,
        policy=POLICY,
        tiers=["soon"],
        organisation_ids=[each.id for each in organisations],
        reason=WHY,
        read=lambda *_: Cohort(run.manifest_hash, people, protected),
    )


def next_run(opened: Run, at: datetime) -> Run:
    read = replace(opened.as_read(), manifest_hash=uuid4().hex * 2, folder="next")
    return Run.opened(read=read, changes={}, by="Dewi Pryce", at=at)
