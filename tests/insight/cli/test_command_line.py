"""The command line as other programs and people meet it: codes, sentences, one JSON object, no traceback."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from alongside import __version__
from alongside.cli.application import app
from alongside.cli.manage import our_commands

REFERENCE = Path("docs/reference/command-line.md")
MAIN = "from alongside.cli import main; main()"


def alongside(
    *arguments: str | Path, before: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own; ``before`` is run in it first."""
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{MAIN}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"COLUMNS": "200"} | environment,
    )


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    area, extracts = tmp_path / "area", tmp_path / "extracts"
    area.mkdir()
    extracts.mkdir()
    return area, extracts


def test_it_tells_its_version() -> None:
    assert alongside("--version").stdout == f"alongside {__version__}\n"


@pytest.mark.parametrize("command", ["find", "check"])
def test_help_has_an_example(command: str) -> None:
    told = alongside(command, "--help")
    assert told.returncode == 0
    assert f"Example: alongside {command} " in told.stdout


def _options_told() -> set[tuple[str, str]]:
    """Command and option, as the tables of the reference name them."""
    told, section = set(), ""
    for line in REFERENCE.read_text("utf-8").splitlines():
        section = line if line.startswith("#") else section
        cells = [cell.strip() for cell in line.split("|")[1:]]
        if section == "## Options of `find`" and cells:
            told |= {("find", option) for option in re.findall(r"--[a-z-]+[a-z]", cells[0])}
        elif section == "## Options of the other commands" and cells:
            told |= {(cells[0].strip("`"), option) for option in re.findall(r"--[a-z-]+[a-z]", cells[1])}
    return told


def test_the_reference_names_every_option_of_every_command_and_no_other() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined] (it is a group)
    there = {
        (name, option)
        for name, command in commands.items()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--") and option != "--help"
    }
    assert ("find", "--objections") in there
    assert _options_told() == there


def test_the_reference_names_every_command_of_the_web_product() -> None:
    told = set(re.findall(r"^\| `alongside manage ([a-z-]+)` \|", REFERENCE.read_text("utf-8"), re.MULTILINE))
    assert told == set(our_commands())


def test_help_does_not_wait_for_an_engine() -> None:
    probe = "import sys, atexit; atexit.register(lambda: sys.stderr.write(str('duckdb' in sys.modules)))"
    assert alongside("--help", before=probe).stderr == "False"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "No such command"),
        (["check"], "Missing argument 'AREA'"),
        (["check", "nowhere"], "'nowhere' does not exist"),
        (["find", "{area}", "nowhere", "--as-at", "2026-11-01", "--out", "run"], "'nowhere' does not exist"),
        (
            ["find", "{area}", "{extracts}", "--as-at", "1 November", "--out", "run"],
            "does not match the format",
        ),
        (
            ["find", "{area}", "{extracts}", "--as-at", "0001-01-01", "--out", "run"],
            "the year must be 1900 or later",
        ),
        (["check", "{area}", "--as-at", "0001-01-01"], "the year must be 1900 or later"),
        (["find", "{area}", "{extracts}", "--backend", "abacus"], "'abacus' is not one of"),
        (["find", "{area}", "{extracts}", "--out", "run"], "--as-at"),
        (["find", "{area}", "{extracts}", "--as-at", "2026-11-01"], "--out"),
        (["find", "{area}", "{extracts}", "--dry-run"], "--previous"),
        (
            [
                "find",
                "{area}",
                "{extracts}",
                "--dry-run",
                "--previous",
                "{area}",
                "--out",
                "run",
                "--replace",
            ],
            "--dry-run makes no run, so --out, --replace would do nothing",
        ),
        (
            ["find", "{area}", "{extracts}", "--as-at", "2026-11-01", "--out", "{extracts}/run"],
            "is inside the folder",
        ),
        (
            ["find", "{area}", "{extracts}", "--as-at", "2026-11-01", "--out", "{area}/runs/run"],
            "is inside the folder",
        ),
        (["find", "{area}", "{extracts}", "--previous", "nowhere"], "'nowhere' does not exist"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence_and_2(
    folders: tuple[Path, Path], arguments: list[str], says: str
) -> None:
    filled = [each.format(area=folders[0], extracts=folders[1]) for each in arguments]
    told = alongside(*filled, "--json")
    assert told.returncode == 2
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert json.loads(told.stdout)["exit_code"] == 2


def breaking_with(error: str) -> str:
    """Code that gives the command line one more command, which breaks."""
    return (
        "import errno, duckdb\nfrom alongside.cli.application import app\n"
        f"@app.command('break')\ndef _break(json: bool = False):\n    raise {error}\n"
    )


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        ("OSError(errno.ENOSPC, 'No space left on device')", 1, "the disk is full"),
        ("OSError(errno.EDQUOT, 'Quota')", 1, "share of the disk"),
        ("duckdb.IOException('Could not write file: No space left on device')", 1, "the disk is full"),
        ("duckdb.OutOfMemoryException('failed to pin block')", 1, "neither memory nor disk"),
        ("MemoryError()", 1, "out of memory"),
        ("PermissionError(errno.EACCES, 'Permission denied', 'secret.csv')", 1, "secret.csv cannot be read"),
        ("KeyboardInterrupt()", 130, "stopped because you asked"),
        ("ValueError('Ada Lovelace')", 70, "our fault, not yours (ValueError"),
    ],
)
def test_what_breaks_is_told_in_a_sentence_and_its_own_code(error: str, code: int, says: str) -> None:
    told = alongside("break", "--json", before=breaking_with(error))
    assert told.returncode == code
    assert says in told.stderr
    assert says in json.loads(told.stdout)["error"]["message"]
    assert "Traceback" not in told.stderr
    assert "Lovelace" not in told.stderr + told.stdout, "an error's own words may quote somebody's row"


def test_a_defect_tells_its_details_only_when_asked() -> None:
    told = alongside("break", before=breaking_with("ValueError('details')"), ALONGSIDE_DEBUG="1")
    assert told.returncode == 70
    assert "Traceback" in told.stderr
    assert "ValueError: details" in told.stderr


def test_a_table_that_goes_to_a_file_is_not_folded_to_the_width_of_a_terminal() -> None:
    wide = "a title of a source that is rather long, " * 4
    code = f"from alongside.cli.console import print_table; print_table('T', ['a', 'b'], [[{wide!r}, 'end']])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert [line for line in said.splitlines() if wide.strip() in line and "end" in line]


def test_an_interrupt_ends_a_running_command_with_a_sentence() -> None:
    code = breaking_with("ValueError()").replace(
        "raise ValueError()", "print('begun', flush=True); import time; time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}\n{MAIN}", "break"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == "alongside: stopped because you asked. Nothing was left half-written.\n"


def test_an_interrupt_in_the_middle_of_a_query_is_no_defect() -> None:
    told = alongside(
        "break",
        before=breaking_with("ValueError()").replace(
            "    raise ValueError()",
            "    import os, signal\n    try:\n        os.kill(os.getpid(), signal.SIGINT)\n"
            "    except KeyboardInterrupt:\n        raise RuntimeError('Query interrupted') from None",
        ),
    )
    assert told.returncode == 130
    assert told.stderr == "alongside: stopped because you asked. Nothing was left half-written.\n"


@pytest.mark.parametrize(
    "answer",
    [
        "from alongside.cli.console import print_lines; print_lines(*['a line'] * 200_000)",
        "from alongside.cli.console import print_table; print_table('T', ['a'], [['a line']] * 20_000)",
        "from alongside.cli.console import print_json; print_json({'a': ['a line'] * 200_000})",
    ],
)
def test_whoever_has_heard_enough_ends_a_command_with_141(answer: str) -> None:
    code = breaking_with("ValueError()").replace("raise ValueError()", answer)
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}\n{MAIN}", "break"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.wait(timeout=60), said) == (141, "")


def test_a_refused_run_leaves_no_folder_and_no_key(folders: tuple[Path, Path], tmp_path: Path) -> None:
    new = tmp_path / "new"
    told = alongside("find", *folders, "--as-at", "2026-11-01", "--out", new / "runs" / "run")
    assert told.returncode == 2, "there is no pack in the folder"
    assert not new.exists()
