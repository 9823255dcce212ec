"""A month in the life of a partnership: extracts in, a list out; the next month, and what a clerk decided."""

import csv
import json
import re
import shlex
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.journeys.conftest import COMMAND, Alongside
from tools.tree import ROOT

NOVEMBER, DECEMBER = "2026-11-01", "2026-12-01"


@dataclass(frozen=True)
class Borough:
    """A fictional borough and two runs of it: November's, and December's that follows it."""

    folder: Path
    november: Path
    december: Path
    doubtful: dict[str, Any]
    told: dict[str, Any]


def find(alongside: Alongside, borough: Path, out: Path, as_at: str, *more: str | Path) -> dict[str, Any]:
    told = alongside(
        "find", borough / "area", borough / "extracts", "--as-at", as_at, "--out", out, "--json", *more
    )
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory, alongside: Alongside) -> Borough:
    """Given a borough and its run of November, a clerk's decision, and December's extracts with newcomers."""
    place = tmp_path_factory.mktemp("borough")
    folder, november, december = place / "borough", place / "runs" / "november", place / "runs" / "december"
    assert alongside("synth", "--people", "1500", "--seed", "7", "--out", folder).returncode == 0
    find(alongside, folder, november, NOVEMBER)
    doubtful = pq.read_table(november / "review.parquet").to_pylist()[0]
    decision = place / "decisions.csv"
    decision.write_text(
        "source_a,record_a,source_b,record_b,decision,by,at,why\n"
        f"{doubtful['source_l']},{doubtful['record_l']},{doubtful['source_r']},{doubtful['record_r']},"
        "same,A Clerk,2026-11-20,One telephone call\n",
        encoding="utf-8",
    )
    [extract] = (folder / "extracts").glob("housing_rent*.csv")
    lines = extract.read_bytes().splitlines(keepends=True)
    extract.write_bytes(b"".join([*lines[:1], *lines[6:]]))
    told = find(alongside, folder, december, DECEMBER, "--previous", november, "--decisions", decision)
    return Borough(folder, november, december, doubtful, told)


def rows(run: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(run / name).to_pylist()
    return found


def people(run: Path) -> dict[tuple[str, str], str]:
    return {(row["source"], row["record_id"]): row["person_id"] for row in rows(run, "links.parquet")}


@pytest.mark.proves("FIND-01", "FIND-06", "FIND-07")
def test_everybody_on_a_list_has_reasons_with_source_and_date_a_route_and_something_to_offer(
    borough: Borough,
) -> None:
    listed = [row for row in rows(borough.november, "cohort.parquet") if row["tier"] != "learning_sample"]
    assert len(listed) >= 10
    for row in listed:
        assert row["reasons"], row["policy"]
        assert all(reason["source_title"] in reason["words"] for reason in row["reasons"])
        assert any(re.search(r"\d{1,2} \w+ 20\d\d\)", reason["words"]) for reason in row["reasons"])
        assert row["responses"]
        assert row["route"]
        assert row["route_words"].endswith(".")


@pytest.mark.proves("FIND-05")
def test_a_place_within_the_week_goes_to_no_more_than_the_week_has_room_for(borough: Borough) -> None:
    policies = json.loads((borough.november / "policies.json").read_text("utf-8"))
    within = Counter(
        (row["policy"], row["tier"])
        for row in rows(borough.november, "cohort.parquet")
        if row["within_capacity"]
    )
    assert within
    for (policy, tier), count in within.items():
        room = policies[policy]["capacity_per_week"].get(tier)
        assert room is None or count <= room


def test_the_list_stands_before_its_learning_sample_in_the_file_a_person_opens(borough: Borough) -> None:
    with (borough.november / "cohort.csv").open(encoding="utf-8-sig", newline="") as file:
        order = [
            (row["policy"], row["tier"] == "learning_sample", int(row["rank"]))
            for row in csv.DictReader(file)
        ]
    assert order == sorted(order)
    assert {sample for _, sample, _ in order} == {True, False}


def test_what_is_not_known_is_empty_and_never_no_and_said_where_it_matters(borough: Borough) -> None:
    factors = {row["person_id"]: row for row in rows(borough.november, "factors.parquet")}
    listed = [row for row in rows(borough.november, "cohort.parquet") if row["unknowns"]]
    assert listed
    for row in listed:
        assert {factors[row["person_id"]][gap["factor"]] for gap in row["unknowns"]} == {None}
        known = {reason["factor"] for reason in row["reasons"]}
        assert not known & {gap["factor"] for gap in row["unknowns"]}


def test_what_no_extract_tells_of_anybody_is_said_once_and_not_of_everybody(borough: Borough) -> None:
    for row in rows(borough.november, "cohort.parquet"):
        assert "worker_raised_today" not in {gap["factor"] for gap in row["unknowns"]}
    page = (borough.november / "report.html").read_text("utf-8")
    assert "that no extract holds about anybody: A worker has asked for a conversation today" in page


def test_the_dead_objectors_and_protected_addresses_are_on_no_list_and_counted(borough: Borough) -> None:
    kept_out = {
        row["person_id"]
        for row in rows(borough.november, "factors.parquet")
        if row["deceased"] or row["objected"] or row["protected_address"]
    }
    assert kept_out
    assert not kept_out & {row["person_id"] for row in rows(borough.november, "cohort.parquet")}
    assert "Objected to this use of their data" in (borough.november / "report.html").read_text("utf-8")


@pytest.mark.proves("FIND-09")
def test_who_is_already_working_with_the_person_gets_the_person_where_that_service_is_running(
    borough: Borough,
) -> None:
    from alongside.area import load_area

    services = {service.code: service for service in load_area(borough.folder / "area").area.services}
    open_to: dict[str, set[str]] = {}
    for row in rows(borough.november, "case_index.parquet"):
        open_to.setdefault(row["person_id"], set()).add(row["service"])
    listed = [row for row in rows(borough.november, "cohort.parquet") if row["route"]]
    for row in listed:
        running = [services[code] for code in open_to.get(row["person_id"], ()) if services[code].running]
        expected = (
            "strengthen_visit_priority"
            if any(service.group == "social_care" for service in running)
            else "share_with_case_holder"
            if any(service.critical for service in running)
            else "contact_team"
        )
        assert row["route"] == expected


def test_the_next_month_keeps_every_id_and_tells_who_is_new_merged_or_gone(borough: Borough) -> None:
    before, after = people(borough.november), people(borough.december)
    gone = before.keys() - after.keys()
    assert len(gone) == 5
    assert {record for record, _ in gone} == {"housing_rent"}
    told = {row["person_id"] for row in rows(borough.december, "identity_events.parquet")}
    moved = {record for record in after if before.get(record) and before[record] != after[record]}
    assert all(after[record] in told or before[record] in told for record in moved)
    assert len(moved) < len(after) / 50


@pytest.mark.proves("FIND-20")
def test_what_a_clerk_decided_is_done_and_no_longer_asked(borough: Borough) -> None:
    pair = [
        (borough.doubtful["source_l"], borough.doubtful["record_l"]),
        (borough.doubtful["source_r"], borough.doubtful["record_r"]),
    ]
    before, after = people(borough.november), people(borough.december)
    assert before[pair[0]] != before[pair[1]]
    assert after[pair[0]] == after[pair[1]]
    asked = {
        ((row["source_l"], row["record_l"]), (row["source_r"], row["record_r"]))
        for row in rows(borough.december, "review.parquet")
    }
    assert tuple(pair) not in asked


def test_the_report_of_the_next_month_says_what_changed(borough: Borough) -> None:
    assert "What changed since 1 November 2026" in (borough.december / "report.html").read_text("utf-8")


@pytest.mark.proves("ENABLE-17")
def test_anybody_on_the_list_can_be_explained_and_so_can_somebody_who_is_not(
    borough: Borough, alongside: Alongside, tmp_path: Path
) -> None:
    listed = next(row for row in rows(borough.november, "cohort.parquet") if row["reasons"])
    told = alongside("explain", borough.november, listed["person_id"], "--svg", tmp_path / "why.svg")
    assert told.returncode == 0
    assert listed["reasons"][0]["words"] in told.stdout
    assert "This is a reason to look, never a decision. Ask the person first." in told.stdout
    assert (tmp_path / "why.svg").read_text("utf-8").startswith("<svg")
    cohort = {row["person_id"] for row in rows(borough.november, "cohort.parquet")}
    other = min(person for person in people(borough.november).values() if person and person not in cohort)
    told = alongside("explain", borough.november, other)
    assert told.returncode == 0
    assert "On no list." in told.stdout
    assert "count_true" not in told.stdout.lower(), "the policy's conditions are told in words"


@pytest.mark.proves("FIND-21")
def test_the_ten_lines_of_the_readme_make_a_first_list_of_ones_own_file_the_same_day(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    [lines] = re.findall(r"```sh\n(.*?)```", readme, flags=re.DOTALL)
    commands = [line.partition(" #")[0].strip() for line in lines.strip().splitlines()]
    assert len(commands) <= 10
    (tmp_path / "docs" / "how-to").mkdir(parents=True)
    shutil.copytree(ROOT / "docs/how-to/first-list", tmp_path / "docs/how-to/first-list")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "alongside").symlink_to(COMMAND)
    mine = tmp_path / "rent.csv"
    shutil.copy(ROOT / "docs/how-to/first-list/extracts/rent.csv", mine)
    for command in commands:
        typed = command.replace("/where/it/is/rent.csv", shlex.quote(str(mine))).replace("nano ", "test -s ")
        told = subprocess.run(
            ["sh", "-c", typed], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
        )
        assert told.returncode == 0, (typed, told.stderr)
    [run] = (tmp_path / "mine" / "runs").glob("2*")
    with (run / "cohort.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["reasons"] for row in listed] == [
        "Eight or more weeks behind with rent (Rent accounts, 26 October 2026)"
    ] * 2
    assert (run / "report.html").stat().st_size > 10_000


def test_the_same_extracts_give_the_same_bytes(alongside: Alongside, first_list: Path) -> None:
    for name in ("one", "two"):
        find(alongside, first_list, first_list / "runs" / name, NOVEMBER)
    one, two = first_list / "runs" / "one", first_list / "runs" / "two"
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    assert len(files) > 15
    for name in files:
        if name.name != "timings.json":
            assert (one / name).read_bytes() == (two / name).read_bytes(), name
