"""Bad input on the real command line: a clear sentence, nothing half-written, nothing lost.

One run takes in an extract of every illness at once, as a bad week would bring them; each row of ``WARD`` says
what must become of one. Packs that must be refused are read one by one, and no run comes of them.
"""

import csv
import json
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest
from ruamel.yaml import YAML
from tests.journeys.conftest import COMMAND, Alongside, Told

HEADINGS = ["account", "first_name", "last_name", "born", "weeks_behind", "checked_on"]
ROWS = 40
AS_AT = "2026-11-01"


def people(**changed: Callable[[int, str], str]) -> list[list[str]]:
    """Forty rows of made-up people under their headings; ``changed`` writes a column's cells otherwise."""
    table = [HEADINGS]
    for number in range(ROWS):
        cells = [
            f"R-{number:03}",
            ["Zoë", "Tomasz", "Grace", "Piotr"][number % 4],
            "Quill" + chr(97 + number // 8) + chr(97 + number % 8),
            f"{1 + number % 28:02}/{1 + number % 12:02}/{1950 + number}",
            str(number % 16),
            "26/10/2026",
        ]
        table.append(
            [
                changed.get(heading, lambda _, cell: cell)(number, cell)
                for heading, cell in zip(HEADINGS, cells, strict=True)
            ]
        )
    return table


def text(table: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in table)


def written(table: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return text(table, delimiter).encode(encoding)


def renamed(heading: str, otherwise: str) -> list[list[str]]:
    first, *rest = people()
    return [[otherwise if each == heading else each for each in first], *rest]


def without(heading: str) -> list[list[str]]:
    place = HEADINGS.index(heading)
    return [row[:place] + row[place + 1 :] for row in people()]


def in_three_formats(number: int, cell: str) -> str:
    day, month, year = cell.split("/")
    return [cell, f"{year}-{month}-{day}", f"{day}.{month}.{year[2:]}"][number % 3]


class Ill(NamedTuple):
    """One extract, and what must become of it: of forty rows, how many are set aside, and how many cells."""

    sent: bytes
    status: str
    says: str
    rejected: int = 0
    aside: int = 0
    kept: int = ROWS
    source: Mapping[str, Any] = MappingProxyType({})
    born: str = "%d/%m/%Y"


WHOLE = written(people())
WARD = {
    "well": Ill(WHOLE, "read", ""),
    "semicolons": Ill(written(people(), ";"), "read", ""),
    "tabs": Ill(written(people(), "\t"), "read", ""),
    "wrong_delimiter_declared": Ill(
        written(people(), ";"), "refused", "delimiter", kept=0, source={"delimiter": "|"}
    ),
    "windows_encoding": Ill(written(people(), encoding="cp1252"), "read", ""),
    "wide_encoding": Ill(written(people(), encoding="utf-16"), "read", ""),
    "wrong_encoding_declared": Ill(
        written(people(), encoding="utf-16"), "refused", "utf-8", kept=0, source={"encoding": "utf-8"}
    ),
    "column_missing": Ill(written(without("weeks_behind")), "refused", "weeks_behind", kept=0),
    "column_renamed": Ill(written(renamed("weeks_behind", "weeks_behnd")), "refused", "weeks_behnd", kept=0),
    "column_of_the_wrong_type": Ill(
        written(people(weeks_behind=lambda number, _: f"about {number}")), "refused", "weeks_behind", aside=40
    ),
    "dates_in_three_formats": Ill(written(people(born=in_three_formats)), "read", "", born="any"),
    "dates_in_three_formats_undeclared": Ill(
        written(people(checked_on=in_three_formats)),
        "refused",
        "checked_on: expected a date as DD/MM/YYYY",
        aside=26,
    ),
    "ten_per_cent_rotten": Ill(
        written(people(checked_on=lambda number, cell: "last week" if number % 10 == 0 else cell)),
        "read",
        "4 cells set aside",
        aside=4,
    ),
    "more_than_ten_per_cent_rotten": Ill(
        written(people(checked_on=lambda number, cell: "last week" if number % 8 == 0 else cell)),
        "refused",
        "5 of 40 rows have a fault, more than the 10%",
        aside=5,
    ),
    "empty_file": Ill(b"", "empty", "no row", kept=0),
    "headings_alone": Ill(written(people()[:1]), "empty", "no row", kept=0),
    "cut_in_half": Ill(WHOLE[: WHOLE.index(b"R-020") + 9], "read", "1 row rejected", rejected=1, kept=20),
    "record_id_twice": Ill(
        written(people(account=lambda number, cell: "R-001" if number == 2 else cell)),
        "read",
        "1 row rejected",
        rejected=1,
        kept=39,
    ),
    "nul_bytes": Ill(WHOLE.replace(b"Grace", b"Gr\x00ce", 1), "read", "1 row rejected", rejected=1, kept=39),
    "formula_in_a_cell": Ill(
        written(people(first_name=lambda number, cell: "=cmd|' /C calc'!A0" if number == 15 else cell)),
        "read",
        "",
    ),
    "a_picture": Ill(b"\x89PNG\r\n\x1a\n" + bytes(40), "refused", "a picture", kept=0),
}


@dataclass
class Round:
    """What the run of the whole ward gave."""

    told: Told
    folder: Path
    answer: dict[str, Any] = field(default_factory=dict)

    def rejects(self, source: str) -> list[dict[str, Any]]:
        return [
            row
            for row in pq.read_table(self.folder / "rejects.parquet").to_pylist()
            if row["source"] == source
        ]


def source_of(code: str, ill: Ill) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"name": "account", "constraints": {"required": True, "unique": True}},
        {"name": "first_name"},
        {"name": "last_name"},
        {"name": "born", "type": "date", "format": ill.born},
        {"name": "weeks_behind", "type": "number"},
        {"name": "checked_on", "type": "date", "format": "%d/%m/%Y"},
    ]
    return {
        "source": code,
        "title": f"=1+1 {code}",
        "organisation": "our_homes",
        "purposes": ["early_help"],
        "files": f"{code}.csv",
        "schema": {"fields": fields},
        "identity": {
            "record": "account",
            "forename": "first_name",
            "surname": "last_name",
            "date_of_birth": "born",
        },
        "as_at": "checked_on",
        "factors": [
            {"code": f"behind_{code}", "title": "=cmd|' /C calc'!A0", "value": "max(weeks_behind) >= 8"}
        ],
        **ill.source,
    }


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory, alongside: Alongside) -> Round:
    place = tmp_path_factory.mktemp("ward")
    area, extracts = place / "area", place / "extracts"
    for folder in (area / "sources", area / "policies", extracts):
        folder.mkdir(parents=True)
    area_yaml = {
        "area": "ward",
        "title": "Our partnership",
        "organisations": [{"code": "our_homes", "name": "Our Homes", "type": "housing"}],
        "purposes": [
            {
                "code": "early_help",
                "title": "Offer help early",
                "power": "Localism Act 2011, section 1",
                "article_6": "6(1)(e)",
                "dpia": "D1",
                "agreement": "A1",
                "owner": "Head of Early Help",
                "review_date": "2027-04-01",
            }
        ],
        "responses": [{"code": "money_advice", "title": "@SUM(A1) money advice"}],
    }
    policy = {
        "policy": "early_help/1",
        "purpose": "early_help",
        "title": "A conversation about money",
        "tiers": [
            {"code": "soon", "title": "This month", "when": " or ".join(f"behind_{each}" for each in WARD)}
        ],
        "excludes": [],
        "capacity_per_week": {"soon": 5},
        "responses": {f"behind_{each}": ["money_advice"] for each in WARD},
        "routes": [{"otherwise": "contact_team"}],
        "learning_sample": 0,
    }
    yaml = YAML(typ="safe")
    yaml.dump(area_yaml, area / "area.yaml")
    yaml.dump(policy, area / "policies" / "early_help.yaml")
    for code, ill in WARD.items():
        yaml.dump(source_of(code, ill), area / "sources" / f"{code}.yaml")
        (extracts / f"{code}.csv").write_bytes(ill.sent)
    (extracts / "nobody_asked.csv").write_bytes(WHOLE)
    told = alongside(
        "find", area, extracts, "--as-at", AS_AT, "--out", place / "run", "--keep-identity", "--json"
    )
    assert told.returncode == 0, told.stderr
    return Round(told, place / "run", json.loads(told.stdout))


@pytest.mark.proves("FIND-20", "FIND-21")
@pytest.mark.parametrize("code", WARD)
def test_what_becomes_of_a_bad_extract_is_said_and_no_row_of_it_is_lost(ward: Round, code: str) -> None:
    expected, became = WARD[code], ward.answer["sources"][code]
    assert became["status"] == expected.status, became["why"]
    assert expected.says in became["why"] + " ".join(became["notes"])
    assert became["rows_kept"] == expected.kept
    assert became["rows_rejected"] == expected.rejected
    assert became["rows_read"] == expected.kept + expected.rejected
    assert became["cells_set_aside"] == expected.aside
    scopes = [row["scope"] for row in ward.rejects(code)]
    assert scopes.count("row") == expected.rejected
    assert scopes.count("cell") == expected.aside
    assert all(row["reason"] and row["row_number"] and row["raw"] is not None for row in ward.rejects(code))


def test_the_run_uses_what_it_could_and_names_what_it_could_not(ward: Round) -> None:
    links = pq.read_table(ward.folder / "links.parquet").to_pylist()
    used = {code: sum(row["source"] == code for row in links) for code in WARD}
    assert used == {code: ill.kept if ill.status == "read" else 0 for code, ill in WARD.items()}
    named = {row["person_id"] for row in links if row["source"] != "formula_in_a_cell"}
    assert len(named) == ROWS, "the same forty people in every extract"
    page = (ward.folder / "report.html").read_text("utf-8")
    for code, ill in WARD.items():
        if ill.status != "read":
            assert f"{code}: {ill.status}" in ward.told.stderr
        assert code in page
    assert ward.answer["unmatched_files"] == ["nobody_asked.csv"]


def test_an_accent_reads_the_same_in_every_encoding(ward: Round) -> None:
    records = pq.read_table(ward.folder / "identity" / "records.parquet").to_pylist()
    for code in ("well", "windows_encoding", "wide_encoding"):
        assert {row["forename"] for row in records if row["source"] == code} == {
            "zoe",
            "tomasz",
            "grace",
            "piotr",
        }


def test_no_cell_of_the_list_is_a_formula(ward: Round) -> None:
    with (ward.folder / "cohort.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert rows[0]["reasons"].startswith("'=cmd|"), "the words are kept, and no longer run"
    assert rows[0]["responses"].startswith("'@SUM")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_nobodys_cell_is_told_where_a_log_would_keep_it(ward: Round) -> None:
    told = ward.told.stdout + ward.told.stderr + (ward.folder / "quality.json").read_text("utf-8")
    assert "Quillaa" not in told
    assert "calc" not in told


# --- a pack that must not run -------------------------------------------------------------------------

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
