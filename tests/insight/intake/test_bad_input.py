"""Bad input: a clear sentence, and nothing lost."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from alongside.errors import AskedWronglyError

Table = Callable[..., str]
Reading = Any
GOOD = ["R1", "Okafor", "05/01/1980", "3", "2026-10-01"]


def rows(count: int) -> list[list[str]]:
    return [[f"R{n}", f"Name{n}", "05/01/1980", str(n % 50), "2026-10-01"] for n in range(count)]


def adds_up(result: Any, reading: Reading) -> bool:
    kept = len(reading.typed("record_id"))
    rejected = len([1 for row in reading.rejects() if row[1] == "row"])
    return bool(
        result.rows_kept == kept and result.rows_rejected == rejected and kept + rejected == result.rows_read
    )


@pytest.mark.proves("FIND-20", "FIND-21")
def test_ten_per_cent_rotten_rows_are_each_kept_with_their_reason_and_the_rest_goes_on(
    reading: Reading, table: Table
) -> None:
    lines = table(*rows(1000)).splitlines()
    for place in range(10, 1001, 10):
        lines[place] = ["R9,too,few", lines[place] + ",one,more", '"' + lines[place], ",Nobody,,,"][
            place // 10 % 4
        ]
    reading.put("rent.csv", "\n".join(lines) + "\n")
    result = reading.one()
    assert (result.status, result.rows_read, result.rows_rejected) == ("read", 1000, 100)
    assert adds_up(result, reading)
    reasons = {row[3] for row in reading.rejects()}
    assert reasons == {
        "3 cells where the header has 5",
        "7 cells where the header has 5",
        "a quotation mark opens a cell and is never closed",
        "no record id",
    }
    for number, _, _, _, raw in reading.rejects():
        assert raw == lines[number - 1]


def test_a_source_above_its_reject_limit_is_refused_by_name_and_the_others_go_on(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(*rows(8), ["R8", "A", "", "many", ""], ["R9", "B", "", "few", ""]))
    reading.put("care.csv", table(*rows(3)))
    said: list[str] = []

    class Heard:
        def started(self, stage: str) -> None: ...
        def finished(self, stage: str, seconds: float) -> None: ...
        def said(self, sentence: str) -> None:
            said.append(sentence)

    intake = reading.all(
        reading.source(reject_limit=0.1), reading.source(source="care", files="care.csv"), progress=Heard()
    )
    assert intake.sources["rent"].status == "refused"
    assert "2 of 10 rows have a fault, more than the 10% this source allows" in intake.sources["rent"].why
    assert "weeks: expected a whole number (2 times)" in intake.sources["rent"].why
    assert list(intake.typed) == ["care"]
    assert any(sentence.startswith("rent: refused: 2 of 10") for sentence in said)
    assert len(reading.rejects()) == 2
    assert not (reading.work / "typed" / "rent.parquet").exists()


def test_a_source_at_its_reject_limit_is_read(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*rows(9), ["R9", "B", "", "few", ""]))
    assert reading.one(reading.source(reject_limit=0.1)).status == "read"


@pytest.mark.parametrize("cut", range(1, 33, 3))
def test_a_file_cut_in_half_loses_its_last_row_alone_and_says_so(reading: Reading, cut: int) -> None:
    whole = 'ref,surname,dob,weeks,seen\nR1,"A, B",05/01/1980,3,2026-10-01\nR2,"C, D",05/01/1980,3,2026-10-01'
    reading.put("rent.csv", whole[:-cut])
    result = reading.one()
    assert result.rows_read == 2
    if whole[:-cut].rsplit("\n", 1)[1].count(",") < 5:
        assert [(row[0], "cut short" in row[3]) for row in reading.rejects()] == [(3, True)]
        assert reading.typed("record_id") == [("R1",)]


def test_a_row_with_nul_bytes_is_rejected_and_shown(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*rows(30)).replace("Name7", "Na\0me7").encode())
    result = reading.one()
    assert (result.rows_kept, result.rows_rejected) == (29, 1)
    assert [(row[0], row[4].startswith("R7,Na\\x00me7")) for row in reading.rejects()] == [(9, True)]


def test_a_row_that_is_not_in_the_encoding_of_the_file_is_rejected_not_garbled(
    reading: Reading, table: Table
) -> None:
    text = table(*rows(30)).replace("Name", "Namé").encode().replace("Namé7,".encode(), b"Nam\xe97,")
    reading.put("rent.csv", text)
    result = reading.one()
    assert result.files[0].encoding == "utf-8"
    assert (result.rows_kept, result.rows_rejected) == (29, 1)
    assert "not text in the file's encoding" in reading.rejects()[0][3]
    assert r"Nam\xe97" in reading.rejects()[0][4]


def test_an_accent_late_in_a_long_file_still_tells_its_encoding(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*rows(20_000), ["R-last", "Nuñez", "", "", ""]), "cp1252")
    result = reading.one()
    assert result.files[0].encoding == "cp1252"
    assert reading.typed("raw__surname")[-1] == ("Nuñez",)


def test_a_mark_that_opens_and_never_closes_costs_one_row(reading: Reading, table: Table) -> None:
    lines = table(*rows(5000)).splitlines()
    lines[3] = '"' + lines[3]
    reading.put("rent.csv", "\n".join(lines) + "\n")
    result = reading.one()
    assert (result.rows_read, result.rows_kept) == (5000, 4999)
    assert reading.rejects("row_number") == [(4,)]


def test_second_copies_of_a_record_id_are_rejected_and_an_identical_row_is_said_to_be_one(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(GOOD, GOOD, [*GOOD[:3], "9", GOOD[4]]))
    result = reading.one()
    assert (result.rows_kept, result.rows_rejected) == (1, 2)
    assert reading.rejects("row_number, reason") == [
        (3, "the same row stands earlier, alike in every cell"),
        (4, "the record id stands in an earlier row, which differs"),
    ]


def test_dates_in_three_formats_are_all_read_where_any_is_declared(reading: Reading, table: Table) -> None:
    fields = [
        {"name": "ref"},
        {"name": "weeks", "type": "integer"},
        {"name": "seen", "type": "date", "format": "any"},
    ]
    written = [
        "2026-10-01",
        "01/10/2026",
        "1 October 2026",
        "01-Oct-26",
        "1/10/26",
        "01.10.2026",
        "2026-10-01 00:00:00",
    ]
    reading.put("rent.csv", table(*[[f"R{n}", "", "", "", day] for n, day in enumerate(written)]))
    result = reading.one(reading.source(fields=fields))
    assert result.cells_set_aside == 0, reading.rejects()
    assert reading.typed("distinct seen") == [(date(2026, 10, 1),)]


def test_under_one_format_the_others_are_set_aside_with_what_was_seen_and_expected(
    reading: Reading, table: Table
) -> None:
    written = ["01/10/2026", "2026-10-01", "01/10/26", "12/31/2025", "45931", "31/02/2026", "soon"]
    fields = [
        {"name": "ref"},
        {"name": "weeks", "type": "integer"},
        {"name": "seen", "type": "date", "format": "%d/%m/%Y"},
    ]
    reading.put("rent.csv", table(*[[f"R{n}", "", "", "", day] for n, day in enumerate(written)]))
    result = reading.one(reading.source(fields=fields, as_at=None))
    assert (result.rows_kept, result.cells_set_aside) == (7, 6)
    assert reading.typed("seen") == [(date(2026, 10, 1),), *[(None,)] * 6]
    expected = "expected a date as DD/MM/YYYY, found "
    assert reading.rejects('row_number, scope, "column", reason, raw') == [
        (3, "cell", "seen", expected + "one as YYYY-MM-DD", "2026-10-01"),
        (4, "cell", "seen", expected + "one as DD/MM/YY", "01/10/26"),
        (5, "cell", "seen", expected + "what seems to have the month before the day", "12/31/2025"),
        (6, "cell", "seen", expected + "a spreadsheet's day number", "45931"),
        (7, "cell", "seen", expected + "one as DD/MM/YYYY", "31/02/2026"),
        (8, "cell", "seen", expected + "something else", "soon"),
    ]


@pytest.mark.parametrize("seen", ["", "yesterday"])
def test_a_row_without_a_date_that_can_be_read_is_true_on_the_day_of_the_run(
    reading: Reading, table: Table, seen: str
) -> None:
    reading.put("rent.csv", table([*GOOD[:4], seen]))
    result = reading.one()
    assert reading.typed("row_as_at, row_undated, seen") == [(date(2026, 11, 1), True, None)]
    assert result.quality is not None
    assert result.quality.element("timely").details["undated"] == 1


def test_a_renamed_column_that_something_uses_refuses_the_source_and_asks_what_was_meant(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(GOOD, header=("ref", "surname", "dob", "week_count", "seen")))
    result = reading.one()
    assert result.status == "refused"
    assert "'weeks' (a factor or the case index uses it), perhaps called 'week_count' there" in result.why


@pytest.mark.parametrize("missing", ["ref", "surname", "seen"])
def test_a_missing_column_of_identity_or_date_refuses_the_source(
    reading: Reading, table: Table, missing: str
) -> None:
    header = [name for name in ("ref", "surname", "dob", "weeks", "seen") if name != missing]
    reading.put("rent.csv", table(GOOD[:4], header=header))
    result = reading.one()
    assert (result.status, f"'{missing}'" in result.why) == ("refused", True)


def test_a_missing_column_that_nothing_uses_is_noted_and_empty(reading: Reading, table: Table) -> None:
    fields = [{"name": "ref"}, {"name": "weeks", "type": "integer"}, {"name": "colour"}]
    reading.put("rent.csv", table(GOOD))
    result = reading.one(reading.source(fields=fields))
    assert result.status == "read"
    assert "rent.csv: the declared column 'colour' is not there; nothing uses it." in result.notes
    assert reading.typed("colour") == [(None,)]


def test_a_column_that_stands_twice_refuses_the_source(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table([*GOOD, "x"], header=("ref", "surname", "dob", "weeks", "seen", "surname")))
    assert "2 columns that could be 'surname'" in reading.one().why


def test_a_required_cell_that_is_empty_rejects_the_row(reading: Reading, table: Table) -> None:
    fields = [{"name": "ref"}, {"name": "weeks", "type": "integer", "constraints": {"required": True}}]
    reading.put("rent.csv", table(GOOD, ["R2", "B", "", "N/K", ""]))
    reading.one(reading.source(fields=fields))
    assert reading.rejects("row_number, scope, reason, raw") == [
        (3, "row", "weeks is required and is not filled", "R2,B,,N/K,")
    ]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", "empty", "no row"),
        (b"ref,surname,dob,weeks,seen\n", "empty", "no row"),
        (b"\n\n\n", "empty", "no row"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "refused", "not a table but a picture"),
        (bytes(range(256)) * 40, "refused", "not text"),
        (b"PK\x03\x04 not a workbook", "refused", "cannot be read as a workbook"),
        (b"PAR1 not parquet", "refused", "cannot be read as Parquet"),
        (b"the weather was fine\n" * 20, "refused", "everything is in one column"),
        (b"ref^surname^dob^weeks^seen\nR1^A^^^\n", "refused", "everything is in one column"),
        (b"a,b,c\n1,2,3\n", "refused", "none of the columns"),
    ],
)
def test_a_file_that_is_no_extract_gets_a_sentence(
    reading: Reading, content: bytes, status: str, words: str
) -> None:
    reading.put("rent.csv", content)
    result = reading.one()
    assert (result.status, words in result.why) == (status, True), result.why


def test_a_wrong_declared_encoding_or_delimiter_is_a_clear_sentence(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(GOOD))
    assert "`encoding:`" in reading.one(reading.source(encoding="utf-16")).why
    assert "'utf-99', which does not exist" in reading.one(reading.source(encoding="utf-99")).why
    reading.put(
        "rent.csv",
        table(GOOD).encode("utf-16"),
    )
    assert "begins with the mark of utf-16" in reading.one(reading.source(encoding="utf-8")).why
    reading.put("rent.csv", table(GOOD))
    assert "everything is in one column" in reading.one(reading.source(delimiter=";")).why


def test_a_folder_or_a_broken_link_by_the_name_of_an_extract_is_refused_with_a_sentence(
    reading: Reading,
) -> None:
    (reading.extracts / "rent.csv").mkdir()
    assert "is a folder" in reading.one().why
    (reading.extracts / "care.csv").symlink_to(reading.extracts / "nowhere")
    assert "cannot be opened" in reading.one(reading.source(files="care.csv")).why


def test_a_source_without_a_file_is_missing_and_the_folder_must_be_there(
    reading: Reading, tmp_path: Path
) -> None:
    assert reading.one().status == "missing"
    reading.extracts.rmdir()
    reading.folder = tmp_path / "none"
    with pytest.raises(AskedWronglyError, match="no folder"):
        type(reading).all(_Elsewhere(reading), reading.source())


class _Elsewhere:
    """Stands for a reading whose folder of extracts was never made."""

    def __init__(self, reading: Reading) -> None:
        self.runs = 0
        self.folder = reading.folder
        self.extracts = reading.folder / "extracts"


def test_a_workbook_without_the_declared_sheet_names_those_it_has(reading: Reading) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.save(reading.extracts / "rent.xlsx")
    assert "no sheet 'Rents'; it has Sheet" in reading.one(reading.source(sheet="Rents")).why


@pytest.mark.parametrize(
    "field",
    [
        {"name": "weeks", "type": "date", "format": "%Q"},
        {"name": "weeks", "constraints": {"pattern": "("}},
        {"name": "record_id", "type": "string"},
    ],
)
def test_a_schema_that_cannot_work_is_refused_by_field_before_a_row_is_read(
    reading: Reading, table: Table, field: dict[str, Any]
) -> None:
    reading.put("rent.csv", table(GOOD))
    result = reading.one(reading.source(fields=[{"name": "ref"}, field], factors=[]))
    assert (result.status, f"'{field['name']}'" in result.why) == ("refused", True)


def test_a_formula_in_a_cell_stays_the_data_it_is(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(["R1", "=cmd|'/c calc'!A1", "", "", ""]))
    reading.one()
    assert reading.typed("raw__surname") == [("=cmd|'/c calc'!A1",)]


def test_blank_rows_and_rows_of_delimiters_are_passed_over_and_said(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(GOOD) + "\n,,,,\n,,,,\n" + "R2,B,,x,\n")
    result = reading.one()
    assert (result.rows_read, result.rows_kept) == (2, 2)
    assert "rent.csv: 3 blank rows were skipped." in result.notes
    assert reading.rejects("row_number") == [(6,)]


def test_rejects_are_one_file_of_plain_columns(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(GOOD))
    reading.one()
    described = duckdb.sql(f"describe select * from '{reading.work}/rejects.parquet'").fetchall()
    assert [name for name, *_ in described] == [
        "source",
        "file",
        "row_number",
        "scope",
        "column",
        "reason",
        "raw",
    ]


BORN_OTHERWISE = {
    "1981-02-04": "one as YYYY-MM-DD",
    "31/02/1981": "one as DD/MM/YYYY",
    "1981": "something else",
}


@pytest.mark.proves("FIND-20", "FIND-21")
def test_a_birth_that_breaks_its_format_is_told_and_goes_on_and_does_not_count_while_it_is_evidence(
    reading: Reading, table: Table
) -> None:
    reading.put(
        "rent.csv", table(GOOD, *([f"B{n}", "A", cell, "", ""] for n, cell in enumerate(BORN_OTHERWISE)))
    )
    result = reading.one(reading.source(reject_limit=0.0))
    assert (result.status, result.rows_with_fault, result.rows_against_limit) == ("read", 3, 0)
    assert result.cells_set_aside == result.quality.element("valid").details["cells_set_aside"] == 3
    assert reading.rejects() == [
        (row, "cell", "dob", f"expected a date as DD/MM/YYYY, found {seen}", cell)
        for row, (cell, seen) in enumerate(BORN_OTHERWISE.items(), start=3)
    ]
    assert reading.typed("raw__date_of_birth") == [("05/01/1980",), *((cell,) for cell in BORN_OTHERWISE)]
    assert (
        "3 with a fault: 0 rows rejected, 3 cells set aside. Most often: dob: expected a date" in result.why
    )
    assert "Linkage still uses 3 dates of birth as written" in result.why


def test_a_birth_that_tells_nothing_counts_as_any_other_cell(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(GOOD, ["R2", "A", "about forty", "", ""], ["R3", "A", "1981", "", ""]))
    result = reading.one(reading.source(reject_limit=0.1))
    assert (result.status, result.rows_with_fault, result.rows_against_limit) == ("refused", 2, 1)
    assert "1 of 3 rows have a fault" in result.why


def test_the_validity_of_births_is_never_below_nothing(reading: Reading, table: Table) -> None:
    fields = [{"name": "ref"}, {"name": "dob", "type": "date", "constraints": {"maximum": "2026-11-01"}}]
    reading.put("rent.csv", table(["R1", "A", "2030-01-01", "", ""]))
    result = reading.one(reading.source(fields=fields, as_at=None, factors=[]))
    assert (result.rows_against_limit, result.quality.element("valid").figure) == (0, 0.0)


def test_a_pipe_among_the_extracts_is_refused_and_not_waited_for(reading: Reading) -> None:
    os.mkfifo(reading.extracts / "rent.csv")
    result = reading.one()
    assert (result.status, result.why) == (
        "refused",
        "rent.csv is not a file but a pipe, a socket or a device; put a file there.",
    )
