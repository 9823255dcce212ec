"""A run that must not be, cannot be, or is stopped: a clear sentence, and what was there stays whole."""

import json
import signal
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.journeys.conftest import COMMAND, Alongside, Told

AS_AT = "2026-11-01"
RENT, POLICY, AREA = "sources/rent.yaml", "policies/early_help.yaml", "area.yaml"
FACTOR = "  - {code: rent_arrears_8w,"
NOT_EXPRESSIONS = {
    "read_csv": "max(weeks_behind) > (select max(a) from read_csv('/etc/passwd'))",
    "read_csv_bare": "read_csv('x.csv') is not null",
    "copy": "COPY rent TO 'x.csv'",
    "subquery": "max(weeks_behind) > (select 1)",
    "second_statement": "max(weeks_behind) > 1; drop table links",
    "unknown_column": "max(weeks_behnd) >= 8",
}
MUST_NOT_RUN = {
    "expressions": (
        {
            RENT: [
                (
                    FACTOR,
                    "".join(
                        f'  - {{code: {c}, title: T, value: "{v}"}}\n' for c, v in NOT_EXPRESSIONS.items()
                    )
                    + FACTOR,
                )
            ]
        },
        [*(f"{RENT}, line {number}" for number in range(19, 25)), "weeks_behind"],
    ),
    "a factor nobody yields": (
        {POLICY: [("when: rent_arrears_8w", "when: rent_arears_8w")]},
        [f"{POLICY}, line 6", "rent_arrears_8w"],
    ),
    "no power and no DPIA": (
        {AREA: [("    power: Localism Act 2011, section 1\n", ""), ("    dpia: DPIA-2026-01\n", "")]},
        [f"{AREA}, line 7", "`power`", "`dpia`"],
    ),
    "an empty power and DPIA": (
        {AREA: [("power: Localism Act 2011, section 1", 'power: ""'), ("dpia: DPIA-2026-01", 'dpia: ""')]},
        [f"{AREA}, line 9", f"{AREA}, line 11"],
    ),
    "no YAML": ({POLICY: [("routes:\n", "routes: [\n")]}, [f"{POLICY}, line "]),
}


@pytest.mark.parametrize("why", MUST_NOT_RUN)
def test_a_pack_that_must_not_run_is_refused_with_file_line_and_what_would_be_right(
    alongside: Alongside, first_list: Path, why: str
) -> None:
    changes, says = MUST_NOT_RUN[why]
    for name, pairs in changes.items():
        path = first_list / "area" / name
        changed = path.read_text("utf-8")
        for old, new in pairs:
            assert old in changed
            changed = changed.replace(old, new)
        path.write_text(changed, "utf-8")
    before = sorted(first_list.rglob("*"))
    told = find(alongside, first_list, "--json")
    assert told.returncode == 1
    answer = json.loads(told.stdout)
    assert answer["exit_code"] == 1
    for each in says:
        assert each in told.stderr
        assert each in answer["error"]["message"]
    assert [path for path in sorted(first_list.rglob("*")) if path.name not in {"runs"}] == before


# --- a machine that lets one down ---------------------------------------------------------------------


def find(alongside: Alongside, place: Path, *more: str | Path, largest_file: int = 0) -> Told:
    run = place / "runs" / "first"
    return alongside(
        "find",
        place / "area",
        place / "extracts",
        "--as-at",
        AS_AT,
        "--out",
        run,
        *more,
        largest_file=largest_file,
    )


@pytest.mark.parametrize("largest_file", [200, 4_000, 20_000])
def test_a_full_disk_is_a_sentence_and_the_run_before_stays_whole(
    alongside: Alongside, first_list: Path, largest_file: int
) -> None:
    assert find(alongside, first_list).returncode == 0
    before = everything_in(first_list)
    told = find(alongside, first_list, "--replace", "--json", largest_file=largest_file)
    assert told.returncode == 1
    assert "Nothing was left half-written. Make room and run it again" in told.stderr
    assert json.loads(told.stdout)["error"]["kind"] == "Machine"
    assert everything_in(first_list) == before


def test_a_run_that_is_there_is_not_written_over_unasked_and_a_changed_one_is_not_believed(
    alongside: Alongside, first_list: Path
) -> None:
    assert find(alongside, first_list).returncode == 0
    before = everything_in(first_list)
    told = find(alongside, first_list)
    assert told.returncode == 2
    assert "--replace" in told.stderr
    assert everything_in(first_list) == before

    run = first_list / "runs" / "first"
    person = pq.read_table(run / "cohort.parquet")["person_id"][0].as_py()
    with (run / "links.parquet").open("ab") as file:
        file.write(b"one byte more")
    for arguments in (
        ("explain", run, person),
        ("find", first_list / "area", first_list / "extracts", "--dry-run", "--previous", run, "--json"),
    ):
        told = alongside(*arguments)
        assert told.returncode == 1
        assert "links.parquet" in told.stderr


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_the_one_before_and_the_next_sweeps_what_it_left(
    alongside: Alongside, first_list: Path, how: signal.Signals
) -> None:
    assert find(alongside, first_list).returncode == 0
    before = everything_in(first_list)
    run = first_list / "runs" / "first"
    process = subprocess.Popen(
        [
            COMMAND,
            "find",
            first_list / "area",
            first_list / "extracts",
            "--as-at",
            AS_AT,
            "--out",
            run,
            "--replace",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    with process.stderr:
        while process.stderr.readline() != "Cleaning ...\n":
            assert process.poll() is None, "it ended before it was killed"
        process.send_signal(how)
        said = process.stderr.read()
        process.wait()
    assert "Traceback" not in said
    if how == signal.SIGKILL:
        assert everything_in(run) == {
            path.removeprefix("runs/first/"): held
            for path, held in before.items()
            if path.startswith("runs/first/")
        }
        assert find(alongside, first_list, "--replace").returncode == 0
        assert everything_in(first_list).keys() == before.keys()
    else:
        assert process.returncode == 130
        assert "stopped" in said
        assert everything_in(first_list) == before


def everything_in(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
