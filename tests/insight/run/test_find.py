"""A whole run: what it leaves, what it does not, the same bytes twice, and no half whatever kills it."""

import json
import os
import shutil
import signal
import subprocess
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.insight.run.conftest import COMMAND, Partnership, changed_pack, surname

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.pack_copy import read_pack_copy
from alongside.insight.preview import preview
from alongside.insight.run import Found, find
from alongside.insight.run_folder import open_run

AS_AT = date(2026, 11, 1)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def found(partnership: Partnership, runs: Path) -> Found:
    return find(*partnership, as_at=AS_AT, out=runs / "first")


@pytest.mark.proves("FIND-06", "FIND-07", "FIND-25")
def test_the_list_holds_who_the_policy_is_about_with_reason_route_and_offer(found: Found) -> None:
    cohort = found.run.table("cohort.parquet").to_pylist()
    assert len(cohort) == 19, "twenty are behind with rent, and one of them has died"
    person = cohort[0]
    assert person["reasons"][0]["words"] == "Behind with rent (Rent accounts, 20 October 2026)"
    assert person["route"] == "contact_team"
    assert person["responses"] == [{"response": "tenancy_support", "title": "Help to keep a home"}]
    assert [row["within_capacity"] for row in cohort].count(True) == 10


def test_a_finished_run_opens_and_counts_what_was_read(found: Found) -> None:
    run = open_run(found.run.folder)
    assert run.manifest.counts["records"] == 120
    assert run.manifest.counts["people_on_a_list"] == 19
    assert set(run.manifest.inputs) == {"rent.csv", "care.csv"}


def test_the_run_keeps_the_words_for_its_codes(found: Found) -> None:
    kept = read_pack_copy(found.run)
    assert kept is not None
    factors = {
        reason["factor"] for row in found.run.table("cohort.parquet").to_pylist() for reason in row["reasons"]
    }
    assert factors <= kept.titles["factors"].keys()
    assert kept.words("sources", "rent_accounts") == "Rent accounts"
    assert kept.words("responses", "tenancy_support") == "Help to keep a home"


def test_nothing_in_the_folder_names_anybody_who_is_not_on_a_list(found: Found) -> None:
    listed = {number for number in range(0, 80, 4) if number != 8}
    for path in sorted(path for path in found.run.folder.rglob("*") if path.is_file()):
        text = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text("utf-8")
        named = {number for number in range(80) if surname(number).lower() in text.lower()}
        allowed = listed if path.parent.name == "identity" else set()
        assert named <= allowed, path.name


def test_what_a_run_needs_only_while_it_runs_is_gone(found: Found, runs: Path) -> None:
    assert not (found.run.folder / "work").exists()
    assert {path.name for path in runs.iterdir()} >= {".alongside-key", "first"}
    assert not [path for path in runs.iterdir() if "partial" in path.name]


def test_the_same_inputs_give_the_same_bytes(found: Found, partnership: Partnership, runs: Path) -> None:
    again = find(*partnership, as_at=AS_AT, out=runs / "again").run.folder
    files = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert len(files) == len([path for path in found.run.folder.rglob("*") if path.is_file()])
    for name in files:
        if name.name != "timings.json":
            assert (again / name).read_bytes() == (found.run.folder / name).read_bytes(), name


def test_every_file_is_its_owners_alone(found: Found) -> None:
    modes = {path.stat().st_mode & 0o777 for path in found.run.folder.rglob("*")}
    assert modes == {0o600, 0o700}


def test_the_timings_tell_every_stage(found: Found) -> None:
    told = json.loads((found.run.folder / "timings.json").read_text("utf-8"))["seconds"]
    assert list(told) == sorted(found.seconds)
    assert len(told) == 9


def test_a_previous_run_made_with_another_key_is_refused(
    found: Found, partnership: Partnership, tmp_path: Path
) -> None:
    with pytest.raises(AskedWronglyError, match="another key"):
        find(*partnership, as_at=AS_AT, out=tmp_path / "next", previous=found.run.folder)
    assert not (tmp_path / "next").exists()


def test_no_usable_extract_is_no_run(partnership: Partnership, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataRefusedError, match="none of the extracts"):
        find(partnership[0], tmp_path / "empty", as_at=AS_AT, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.proves("FIND-20")
def test_decisions_survive_a_later_run_that_is_not_given_them(
    partnership: Partnership, tmp_path: Path
) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(
        "source_a,record_a,source_b,record_b,decision\nrent_accounts,R0,care,C0,different\n", encoding="utf-8"
    )
    first = find(*partnership, as_at=AS_AT, out=tmp_path / "first", decisions=decisions).run
    for name in ("second", "again"):
        find(*partnership, as_at=AS_AT, out=tmp_path / name, previous=first.folder)
    later = open_run(tmp_path / "second")
    assert "linkage/decisions.csv" in later.manifest.outputs
    assert (later.folder / "linkage/decisions.csv").stat().st_mode & 0o777 == 0o600
    assert (later.folder / "manifest.json").read_bytes() == (tmp_path / "again/manifest.json").read_bytes()
    person = {
        (row["source"], row["record_id"]): row["person_id"]
        for row in later.table("links.parquet").to_pylist()
    }
    assert person["rent_accounts", "R0"] != person["care", "C0"]
    assert person["rent_accounts", "R2"] == person["care", "C2"]


@pytest.mark.parametrize("out", ["area", "extracts", "."])
def test_a_run_is_never_put_in_the_place_of_what_it_is_made_from(partnership: Partnership, out: str) -> None:
    place = partnership[0].parent / out
    before = sorted(partnership[0].parent.rglob("*"))
    with pytest.raises(AskedWronglyError, match="that the run is made from"):
        find(*partnership, as_at=AS_AT, out=place, replace_run=True)
    assert sorted(partnership[0].parent.rglob("*")) == before


@pytest.mark.proves("FIND-23")
def test_a_dry_run_of_a_changed_policy_says_who_moves_and_writes_nothing(
    found: Found, partnership: Partnership, tmp_path: Path
) -> None:
    area = changed_pack(partnership[0], tmp_path, ("when: rent_arrears", "when: not rent_arrears"))
    before = sorted(found.run.folder.rglob("*"))
    tried = preview(area, found.run.folder)
    [policy] = tried.comparisons
    assert policy.before["soon"] == 19
    assert policy.after["soon"] == 60
    assert policy.who.num_rows == 79
    assert sorted(found.run.folder.rglob("*")) == before


@pytest.mark.proves("FIND-23")
@pytest.mark.parametrize(
    ("was", "becomes", "changed"),
    [
        ("max(weeks) >= 8", "max(weeks) >= 2", ["rent_arrears"]),
        ("max(weeks) >= 8}", "max(weeks) >= 8, fades_after: 1 month}", ["rent_arrears"]),
        ("max(weeks) >= 8}", "max(weeks) >= 8, per: household}", ["rent_arrears"]),
        ("value: max(weeks) >= 8", "value: max(weeks)  >=  8", []),
        ("title: Behind with rent", "title: Owes rent", []),
    ],
)
def test_a_dry_run_names_the_factors_that_are_worked_out_otherwise_since(
    found: Found, partnership: Partnership, tmp_path: Path, was: str, becomes: str, changed: list[str]
) -> None:
    tried = preview(changed_pack(partnership[0], tmp_path, (was, becomes)), found.run.folder)
    assert tried.to_dict()["changed_since_run"] == changed
    assert tried.comparisons[0].after["soon"] == 19, "the run's own facts are judged"


def test_a_factor_made_from_a_changed_one_is_changed_too(partnership: Partnership, tmp_path: Path) -> None:
    derived = "factors:\n  - {code: in_trouble, title: In trouble, value: rent_arrears and not objected}\n"
    area = changed_pack(partnership[0], tmp_path / "one")
    (area / "factors.yaml").write_text(derived, "utf-8")
    run = find(area, partnership[1], as_at=AS_AT, out=tmp_path / "run").run
    assert preview(area, run.folder).changed_since_run == []
    changed = changed_pack(area, tmp_path / "two", ("max(weeks) >= 8", "max(weeks) >= 2"))
    assert preview(changed, run.folder).changed_since_run == ["in_trouble", "rent_arrears"]


def test_a_run_that_kept_no_definitions_does_not_pretend_that_nothing_changed(
    found: Found, partnership: Partnership, tmp_path: Path
) -> None:
    old = shutil.copytree(found.run.folder, tmp_path / "old")
    (old / "definitions.json").unlink()
    manifest = json.loads((old / "manifest.json").read_text("utf-8"))
    del manifest["outputs"]["definitions.json"]
    (old / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert preview(partnership[0], old).changed_since_run is None


def test_the_command_says_which_factors_a_dry_run_left_as_they_were(
    found: Found, partnership: Partnership, tmp_path: Path
) -> None:
    area = changed_pack(partnership[0], tmp_path, ("max(weeks) >= 8", "max(weeks) >= 2"))
    told = subprocess.run(
        [*COMMAND, "find", area, partnership[1], "--dry-run", "--previous", found.run.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "as they were in the run, although AREA has changed them since: rent_arrears." in told.stdout


@pytest.mark.parametrize("day", ["1990-11-01", "2025-11-01"])
def test_a_wrong_year_is_said(found: Found, partnership: Partnership, tmp_path: Path, day: str) -> None:
    asked = ["--previous", found.run.folder, "--json", "--key", found.run.folder.parent / ".alongside-key"]
    told = subprocess.run(
        [*COMMAND, "find", *partnership, "--as-at", day, "--out", tmp_path / "run", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    early, ahead = json.loads(told.stdout)["warnings"]
    assert early == (
        f"The day of the run, {day}, is before that of the previous run, 2026-11-01: is the year right?"
    )
    assert ahead.startswith(f"Many rows are dated after {day}, the day of the run")
    assert "(rent_accounts: 80 of 80)" in ahead
    assert not found.doubts, "the right day is doubted by nobody"


@pytest.mark.parametrize("stage", ["Taking in the extracts", "Working out facts", "Writing the run folder"])
def test_killed_in_a_stage_it_leaves_the_old_folder(
    partnership: Partnership, tmp_path: Path, found: Found, stage: str
) -> None:
    place = tmp_path / "run"
    found.run.folder.rename(place)
    try:
        area, extracts = partnership
        process = subprocess.Popen(
            [*COMMAND, "find", area, extracts, "--as-at", "2026-11-08", "--out", place, "--replace"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        assert process.stderr is not None
        with process.stderr:
            while process.stderr.readline() != f"{stage} ...\n":
                assert process.poll() is None, "it ended before the stage"
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        assert open_run(place).manifest.as_at == AS_AT
        assert [path for path in tmp_path.iterdir() if "partial" in path.name], "the kill came in the middle"
    finally:
        place.rename(found.run.folder)


def test_the_command_prints_one_object_and_ends_0(partnership: Partnership, tmp_path: Path) -> None:
    area, extracts = partnership
    told = subprocess.run(
        [*COMMAND, "find", area, extracts, "--as-at", "2026-11-01", "--out", tmp_path / "run", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["counts"]["people_on_a_list"] == 19
    assert "Linking records to people ..." in told.stderr


def test_check_prints_one_object_and_ends_1_when_an_extract_is_refused(
    partnership: Partnership, tmp_path: Path
) -> None:
    (tmp_path / "rent.csv").write_text("ref,weeks\n" + "R1,many\n" * 50, encoding="utf-8")
    told = subprocess.run(
        [*COMMAND, "check", partnership[0], tmp_path, "--as-at", "2026-11-01", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    answer = json.loads(told.stdout)
    assert told.returncode == 1
    assert answer["refused"] == ["rent_accounts"]
    assert answer["usable"] is False
    assert answer["sources"]["care"]["status"] == "missing"


@pytest.mark.parametrize("content", [None, "", "ref,weeks,seen,forename,surname,dob,postcode\n"])
def test_check_refuses_where_find_would_for_want_of_any_row(
    partnership: Partnership, tmp_path: Path, content: str | None
) -> None:
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    if content is not None:
        (extracts / "rent.csv").write_text(content, encoding="utf-8")
    asked: list[str | Path] = [partnership[0], extracts, "--as-at", "2026-11-01"]
    check, as_json, find = (
        subprocess.run([*COMMAND, *command], capture_output=True, text=True, check=False)
        for command in (
            ["check", *asked],
            ["check", *asked, "--json"],
            ["find", *asked, "--out", tmp_path / "run"],
        )
    )
    assert (check.returncode, as_json.returncode, find.returncode) == (1, 1, 1), check.stdout
    assert json.loads(as_json.stdout)["usable"] is False
    assert "Nothing was refused" not in check.stdout
    assert "No extract can be used, so `alongside find` would not make a run." in check.stdout


def test_check_says_which_sources_are_missing_where_find_can_go_on(
    partnership: Partnership, tmp_path: Path
) -> None:
    shutil.copy(partnership[1] / "rent.csv", tmp_path)
    told = subprocess.run(
        [*COMMAND, "check", partnership[0], tmp_path, "--as-at", "2026-11-01"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    assert "Missing: care." in told.stdout
    assert "Nothing was refused" not in told.stdout


def test_a_run_that_no_extract_could_be_used_for_leaves_no_folder_and_no_key(
    partnership: Partnership, tmp_path: Path
) -> None:
    (tmp_path / "extracts").mkdir()
    with pytest.raises(DataRefusedError, match="none of the extracts"):
        find(partnership[0], tmp_path / "extracts", as_at=AS_AT, out=tmp_path / "new" / "run")
    assert not (tmp_path / "new").exists()


def test_what_to_ask_next_can_be_pasted_though_a_folder_has_a_space(
    partnership: Partnership, tmp_path: Path
) -> None:
    told = subprocess.run(
        [*COMMAND, "find", *partnership, "--as-at", "2026-11-01", "--out", tmp_path / "our run"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"alongside explain '{tmp_path / 'our run'}' PERSON_ID" in told.stdout
