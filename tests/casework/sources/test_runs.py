"""A run folder is opened whole and untouched or not at all, and of its people nothing comes in by that."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.casework.conftest import AS_AT, RUN
from tests.casework.people.conftest import somebody_at
from tests.casework.sources.conftest import POLICY

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.models import Person
from alongside.casework.sources import jobs
from alongside.casework.sources.commands import releases
from alongside.casework.sources.commands.releases import OpenedAlreadyError, OtherAreaError
from alongside.casework.sources.models import DoubtfulLink, Run
from alongside.casework.sources.queries import freshness_of_sources, list_runs
from alongside.casework.sources.rules import changes_since

pytestmark = pytest.mark.django_db


@pytest.mark.proves("FIND-06", "FIND-07", "FIND-17")
def test_an_opened_run_tells_counts_quality_policies_and_tiers_and_waits_for_an_approver(
    opened: Run, approver: Actor
) -> None:
    assert opened.as_at == AS_AT
    assert opened.counts["people"] > 1_500
    assert set(opened.quality) == set(area_pack().sources)
    elements = opened.quality["housing_rent"]["elements"]
    assert list(elements) == ["accurate", "valid", "reliable", "timely", "relevant", "complete"]
    assert all(each["sentence"] for each in elements.values())
    tier = opened.tiers[POLICY]["this_week"]
    assert tier["people"] == sum(tier["routes"].values()) > 0
    assert opened.policies[POLICY]["purpose"] == "early_help"
    assert [(each.run, each.releases) for each in list_runs(actor=approver, on=AS_AT)] == [(opened, 0)]
    assert AuditEvent.objects.get(code="sources.run_opened").details["folder"] == RUN


def test_opening_a_run_brings_nobody_in(opened: Run, runs: Path) -> None:
    tell_database(Actor("x", None, None, ""))
    assert Person.objects.count() == 0
    said = json.dumps([opened.counts, opened.quality, opened.policies, opened.tiers, opened.changes])
    listed = next(jobs.people_of(RUN, POLICY, ["this_week"]))
    for secret in (listed.insight_id, listed.known["surname"], listed.known["postcode"]):
        assert secret not in said


@pytest.mark.parametrize(
    "file", ["cohort.parquet", "identity/people.parquet", "quality.json", "case_index.parquet"]
)
def test_a_run_that_was_changed_is_refused_with_a_sentence_that_names_no_path(
    runs: Path, analyst: Actor, at: datetime, file: str
) -> None:
    with (runs / RUN / file).open("ab") as changed:
        changed.write(b" ")
    with pytest.raises(jobs.RunRefusedError, match=f"was changed after it was written .*{file}") as refused:
        jobs.open_run(actor=analyst, at=at, folder=RUN)
    assert str(runs) not in str(refused.value)
    assert Run.objects.count() == 0


def test_a_run_that_was_killed_half_way_is_refused(runs: Path, analyst: Actor, at: datetime) -> None:
    (runs / RUN / "manifest.json").unlink()
    with pytest.raises(jobs.RunRefusedError, match="not a run folder"):
        jobs.open_run(actor=analyst, at=at, folder=RUN)
    (runs / RUN).rename(runs / f".{RUN}.partial-1")
    with pytest.raises(NotFoundError):
        jobs.open_run(actor=analyst, at=at, folder=f".{RUN}.partial-1")
    assert jobs.waiting_folders(analyst) == []


@pytest.mark.parametrize(
    "name", ["..", "../runs/2026-11-01", "", ".", "a/../2026-11-01", "2026-11-01\x00", "nil"]
)
def test_only_a_name_inside_the_folder_of_runs_is_a_run(
    runs: Path, analyst: Actor, at: datetime, name: str
) -> None:
    with pytest.raises(NotFoundError):
        jobs.open_run(actor=analyst, at=at, folder=name)
    with pytest.raises(NotFoundError):
        jobs.open_run(actor=analyst, at=at, folder=str(runs / RUN))


def test_a_link_that_leads_out_of_the_folder_of_runs_is_no_run(
    runs: Path, tmp_path: Path, analyst: Actor, at: datetime
) -> None:
    shutil.copytree(runs / RUN, tmp_path / "elsewhere")
    (runs / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotFoundError):
        jobs.open_run(actor=analyst, at=at, folder="linked")
    assert jobs.waiting_folders(analyst) == [RUN]


def test_the_same_run_is_not_opened_twice_whatever_its_folder_is_called(
    opened: Run, runs: Path, analyst: Actor, at: datetime
) -> None:
    assert jobs.waiting_folders(analyst) == []
    shutil.copytree(runs / RUN, runs / "again")
    with pytest.raises(OpenedAlreadyError, match="opened by Dewi Pryce"):
        jobs.open_run(actor=analyst, at=at, folder="again")


def test_a_run_of_another_area_is_refused(runs: Path, analyst: Actor, at: datetime) -> None:
    read = replace(jobs.read_run(RUN), area="mereford")
    with pytest.raises(OtherAreaError, match="mereford"):
        releases.open_run(actor=analyst, at=at, pack=area_pack(), read=read)


def test_who_works_with_people_does_not_open_runs(runs: Path, council: Organisation, at: datetime) -> None:
    practitioner = somebody_at(council, "practitioner")
    with pytest.raises(NotAllowedError):
        jobs.open_run(actor=practitioner, at=at, folder=RUN)
    assert AuditEvent.objects.get().code == "access.refused"


@pytest.mark.proves("FIND-23")
def test_a_run_tells_what_changed_since_the_one_before(opened: Run, analyst: Actor, at: datetime) -> None:
    before = jobs.read_run(RUN)
    tiers = {
        **before.tiers,
        POLICY: {**before.tiers[POLICY], "soon": {"people": 99, "within_capacity": 60, "routes": {}}},
    }
    quality = {**before.quality, "police": {**before.quality["police"], "status": "missing"}}
    now = replace(
        before,
        manifest_hash="f" * 64,
        folder="2026-11-08",
        as_at=AS_AT + timedelta(days=7),
        tiers=tiers,
        quality=quality,
        counts={**before.counts, "people": 2_100},
    )
    run = releases.open_run(actor=analyst, at=at, pack=area_pack(), read=now)
    assert run.changes == {
        "since": "2026-11-01",
        "counts": {"people": [before.counts["people"], 2_100]},
        "tiers": {f"{POLICY} soon": [before.tiers[POLICY]["soon"]["people"], 99]},
        "policies_new": [],
        "policies_gone": [],
        "sources": {"police": ["read", "missing"]},
    }
    assert opened.changes == {}
    assert changes_since(None, before) == {}


@pytest.mark.proves("FIND-18")
def test_how_fresh_each_source_is_stands_beside_what_its_owner_promised(opened: Run, approver: Actor) -> None:
    pack = area_pack()
    fresh = {each.source: each for each in freshness_of_sources(actor=approver, pack=pack, on=AS_AT)}
    assert set(fresh) == set(pack.sources)
    rent = fresh["housing_rent"]
    assert (rent.refresh, rent.organisation) == ("weekly", "Riverside Homes")
    assert rent.newest is not None
    assert rent.newest <= AS_AT
    later = freshness_of_sources(actor=approver, pack=pack, on=AS_AT + timedelta(days=400))
    assert {each.late for each in later if each.refresh != "once"} == {True}


@pytest.mark.proves("FIND-20")
def test_the_doubtful_pairs_of_a_run_wait_for_a_clerk_without_what_they_say(opened: Run) -> None:
    pairs = jobs.read_run(RUN).pairs
    assert DoubtfulLink.objects.waiting().count() == len(pairs) == opened.counts["doubtful_pairs"] > 0
