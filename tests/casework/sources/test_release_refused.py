"""Releases that are refused leave nothing behind, and say what would be right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import POLICY, RUN, WHY, joined
from tests.casework.sources.releasing import TIERS, made_up, release

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person, Reach
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import releases
from alongside.casework.sources.commands.releases import (
    NobodyNamedError,
    NoSuchTierError,
    OrganisationLeftError,
    ReleasedAlreadyError,
    RunChangedError,
)
from alongside.casework.sources.models import Release, Run
from alongside.casework.sources.queries.receiving import NobodyToReleaseError
from alongside.casework.sources.rules import Cohort, PurposeNotFitError, ReasonTooShortError, ReleasedPerson

pytestmark = pytest.mark.django_db


def test_a_release_that_would_reach_nobody_says_who_would_have_to_be_named(
    opened: Run, approver: Actor, at: datetime, db: None
) -> None:
    fire = joined("valley_fire", "Valley Fire", "fire")
    with pytest.raises(NobodyToReleaseError, match="contact team \\(10\\), housing options \\(1\\)"):
        release(approver, at, opened, fire)
    tell_database(system_actor("the test"))
    assert Release.objects.count() == Person.objects.count() == 0


def test_a_purpose_past_its_review_releases_nobody(
    opened: Run, approver: Actor, together: Organisation, at: datetime, tmp_path: Path
) -> None:
    area = tmp_path / "area" / "area.yaml"
    area.write_text(area.read_text("utf-8").replace("2027-05-31", "2026-10-31"), "utf-8")
    with pytest.raises(PurposeNotFitError, match=r"review by 31 October 2026\. Ask Head of Early Help"):
        release(approver, at, opened, together)
    assert Release.objects.count() == 0


@pytest.mark.parametrize("field", ["power", "dpia", "agreement", "article_6"])
def test_a_purpose_without_a_basis_releases_nobody(
    opened: Run, approver: Actor, together: Organisation, at: datetime, field: str
) -> None:
    pack = area_pack()
    purposes = [each.model_copy(update={field: "  "}) for each in pack.area.purposes]
    with pytest.raises(PurposeNotFitError, match="has no"):
        releases.release_cohort(
            actor=approver,
            at=at,
            pack=replace(pack, area=pack.area.model_copy(update={"purposes": purposes})),
            run_id=opened.id,
            policy=POLICY,
            tiers=TIERS,
            organisation_ids=[together.id],
            reason=WHY,
            read=jobs.cohort_of,
        )


def test_a_list_is_released_once(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    release(approver, at, opened, together)
    with pytest.raises(ReleasedAlreadyError, match="Olu Adeyemi released this list on 2 November 2026"):
        release(somebody_at(council, "approver", name="Nia Rowe"), at, opened, council)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"policy": "early_help/9"}, NoSuchTierError),
        ({"tiers": []}, NoSuchTierError),
        ({"tiers": ["this_week", "always"]}, NoSuchTierError),
        ({"reason": "ok    "}, ReasonTooShortError),
    ],
)
def test_what_is_not_enough_to_go_by_is_refused(
    opened: Run,
    approver: Actor,
    together: Organisation,
    at: datetime,
    asked: dict[str, object],
    error: type[CaseworkError],
) -> None:
    with pytest.raises(error):
        release(approver, at, opened, together, **asked)  # type: ignore[arg-type]
    assert Release.objects.count() == 0


def test_organisations_must_be_named_be_there_and_have_somebody_who_works_for_them(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    with pytest.raises(NobodyNamedError):
        release(approver, at, opened)
    with pytest.raises(NotFoundError):
        release(approver, at, opened, together, Organisation(id=uuid4()))
    for membership in Membership.objects.filter(organisation=together):
        membership.end(on=date(2026, 11, 1))
    with pytest.raises(OrganisationLeftError, match="Nobody works for Riverside Together"):
        release(approver, at, opened, together)


@pytest.mark.parametrize("roles", [("practitioner",), ("data_analyst",), ("governance_lead",), ("manager",)])
def test_nobody_but_an_approver_releases(
    opened: Run, council: Organisation, together: Organisation, at: datetime, roles: tuple[str, ...]
) -> None:
    with pytest.raises(NotAllowedError):
        release(somebody_at(council, *roles), at, opened, together)
    assert Release.objects.count() == 0


def test_an_approver_of_no_organisation_and_the_system_itself_release_nobody(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    for nobody in (replace(approver, organisation_id=None), system_actor("drop folder")):
        with pytest.raises(NotAllowedError, match="Only a member"):
            release(nobody, at, opened, together)


def test_a_run_changed_after_it_was_opened_is_not_released(
    opened: Run, approver: Actor, together: Organisation, at: datetime, runs: Path
) -> None:
    with (runs / RUN / "cohort.parquet").open("ab") as changed:
        changed.write(b" ")
    with pytest.raises(jobs.RunRefusedError, match="was changed"):
        release(approver, at, opened, together)
    tell_database(system_actor("the test"))
    assert Release.objects.count() == Person.objects.count() == 0


def test_another_run_in_the_folders_place_is_not_released(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    with pytest.raises(RunChangedError):
        releases.release_cohort(
            actor=approver,
            at=at,
            pack=area_pack(),
            run_id=opened.id,
            policy=POLICY,
            tiers=TIERS,
            organisation_ids=[together.id],
            reason=WHY,
            read=lambda *_: Cohort("0" * 64, [made_up(1)]),
        )
    assert Release.objects.count() == 0


def test_a_fault_half_way_leaves_nobody_behind(
    opened: Run, approver: Actor, together: Organisation, at: datetime
) -> None:
    def broken() -> Iterator[ReleasedPerson]:
        yield from (made_up(number) for number in range(2_500))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        releases.release_cohort(
            actor=approver,
            at=at,
            pack=area_pack(),
            run_id=opened.id,
            policy=POLICY,
            tiers=TIERS,
            organisation_ids=[together.id],
            reason=WHY,
            read=lambda *_: Cohort(opened.manifest_hash, broken()),
        )
    tell_database(system_actor("the test"))
    assert Release.objects.count() == Person.objects.count() == Reach.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_wins_and_the_other_is_told(
    opened: Run, approver: Actor, council: Organisation, together: Organisation, at: datetime
) -> None:
    together_now, told = Barrier(2), []

    def approve(actor: Actor) -> None:
        together_now.wait()
        try:
            told.append(release(actor, at, opened, council, together).approved_by_name)
        except ReleasedAlreadyError as error:
            told.append(error)
        finally:
            connection.close()

    approvers = [approver, somebody_at(council, "approver", name="Nia Rowe")]
    threads = [Thread(target=approve, args=[each]) for each in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = next(each for each in told if isinstance(each, str))
    loser = next(each for each in told if isinstance(each, ReleasedAlreadyError))
    assert winner in str(loser)
    assert Release.objects.get().approved_by_name == winner
