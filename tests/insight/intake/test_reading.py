"""Files in, typed Parquet out: whatever the encoding, the delimiter and the format."""

import codecs
import gzip
import stat
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb
import openpyxl
import pytest

Table = Callable[..., str]
Reading = Any
ROWS = (["R1", "Nuñez", "05/01/1980", "3", "2026-10-01"], ["R2", "Okafor", "31/12/1975", "", "2026-10-20"])
TYPED = [
    ("R1", date(2026, 10, 1), "Nuñez", date(1980, 1, 5), "05/01/1980", 3),
    ("R2", date(2026, 10, 20), "Okafor", date(1975, 12, 31), "31/12/1975", None),
]
COLUMNS = "record_id, row_as_at, raw__surname, dob, raw__date_of_birth, weeks"


@pytest.mark.proves("FIND-17", "FIND-20")
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_common_encoding_and_delimiter_is_read_without_being_told(
    reading: Reading, table: Table, encoding: str, delimiter: str
) -> None:
    reading.put("rent.csv", table(*ROWS, by=delimiter), encoding)
    result = reading.one()
    assert result.status == "read", result.why
    assert reading.typed(COLUMNS) == TYPED
    assert result.files[0].delimiter == delimiter


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(reading: Reading, table: Table, line_end: str) -> None:
    reading.put("rent.csv", table(*ROWS).replace("\n", line_end))
    reading.one()
    assert reading.typed(COLUMNS) == TYPED


def test_gzip_is_unpacked(reading: Reading, table: Table) -> None:
    reading.put("rent.csv.gz", gzip.compress(table(*ROWS).encode()))
    reading.one()
    assert reading.typed(COLUMNS) == TYPED


def test_a_gzip_cut_in_half_refuses_the_source_with_a_sentence(reading: Reading, table: Table) -> None:
    whole = gzip.compress(table(*ROWS * 50).encode())
    reading.put("rent.csv.gz", whole[: len(whole) // 2])
    assert "cut short" in reading.one().why


def test_quoted_cells_keep_delimiters_marks_and_line_ends(reading: Reading) -> None:
    reading.put(
        "rent.csv", 'ref,surname,dob,weeks,seen\nR1,"O\'Neil, ""Red""\nthe elder",05/01/1980,3,2026-10-01\n'
    )
    reading.one()
    assert reading.typed("raw__surname") == [('O\'Neil, "Red"\nthe elder',)]


def test_a_mark_inside_a_cell_without_marks_is_text(reading: Reading) -> None:
    reading.put("rent.csv", 'ref,surname,dob,weeks,seen\nR1,Mary "Polly" Smith,05/01/1980,3,2026-10-01\n')
    result = reading.one()
    assert (result.rows_kept, result.rows_rejected) == (1, 0)
    assert reading.typed("raw__surname") == [('Mary "Polly" Smith',)]


def test_a_workbook_with_real_dates_numbers_and_yes_or_no_is_read_as_the_schema_declares(
    reading: Reading,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rent accounts, October"])
    sheet.append(["ref", "surname", "dob", "weeks", "seen", "evicted", "arrears"])
    sheet.append([101, "Nuñez", datetime(1980, 1, 5), 3, date(2026, 10, 1), True, 12.5])
    sheet.append([None] * 7)
    sheet.append([102, "Okafor", "31/12/1975", 4.0, date(2026, 10, 20), False, 1000])
    book.save(reading.extracts / "rent.xlsx")
    fields = [
        *reading.source().model_dump(by_alias=True)["schema"]["fields"],
        {"name": "evicted", "type": "boolean", "trueValues": ["Y"], "falseValues": ["N"]},
        {"name": "arrears", "type": "number", "decimalChar": ",", "groupChar": "."},
    ]
    result = reading.one(reading.source(fields=fields))
    assert (result.status, result.cells_set_aside) == ("read", 0), reading.rejects()
    assert reading.typed("record_id, dob, weeks, row_as_at, evicted, arrears") == [
        ("101", date(1980, 1, 5), 3, date(2026, 10, 1), True, 12.5),
        ("102", date(1975, 12, 31), 4, date(2026, 10, 20), False, 1000.0),
    ]


def test_a_row_number_of_a_workbook_is_the_one_it_shows(reading: Reading) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["ref", "surname", "dob", "weeks", "seen"],
        ["R1", "A"],
        [],
        [None, "B"],
        ["R4", "C", None, "many"],
    ):
        sheet.append(row)
    book.save(reading.extracts / "rent.xlsx")
    reading.one()
    assert reading.rejects("row_number, scope") == [(4, "row"), (5, "cell")]


def test_parquet_is_read_with_its_own_types(reading: Reading) -> None:
    duckdb.sql(
        "select 7 as ref, 'Nuñez' as surname, date '1980-01-05' as dob, 3.0::double as weeks,"
        " timestamp '2026-10-01 00:00:00' as seen"
    ).write_parquet(str(reading.extracts / "rent.parquet"))
    result = reading.one()
    assert result.cells_set_aside == 0
    assert reading.typed(COLUMNS) == [("7", date(2026, 10, 1), "Nuñez", date(1980, 1, 5), "05/01/1980", 3)]


def test_several_files_of_any_case_are_one_source_in_the_order_of_their_names(
    reading: Reading, table: Table
) -> None:
    reading.put("RENT_b.CSV", table(["R3", "C", "", "", ""], ["R1", "again", "", "", ""]))
    reading.put("rent_a.csv", table(*ROWS, by=";"), "cp1252")
    result = reading.one()
    assert [file.name for file in result.files] == ["rent_a.csv", "RENT_b.CSV"]
    assert [row[0] for row in reading.typed("record_id")] == ["R1", "R2", "R3"]
    assert reading.rejects("file, row_number, reason") == [
        ("RENT_b.CSV", 3, "the record id stands in an earlier row, which differs")
    ]


def test_a_header_that_differs_in_case_and_spacing_is_matched_and_said(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(ROWS[0], header=("REF", "Sur Name", "D.O.B.", "weeks", "seen")))
    result = reading.one()
    assert reading.typed("record_id, dob") == [("R1", date(1980, 1, 5))]
    assert "rent.csv: the column 'D.O.B.' was read as 'dob'." in result.notes


def test_a_report_title_above_the_header_is_passed_over_and_said(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", "Rent accounts\n\n" + table(*ROWS))
    result = reading.one()
    assert reading.typed(COLUMNS) == TYPED
    assert any("header is row 3" in note for note in result.notes)


def test_identity_columns_outside_the_schema_come_as_text_and_as_written(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(["R1", " O'Neil ", "??/??/1985", "1", "2026-10-01"]))
    reading.one()
    assert reading.typed("raw__surname, raw__date_of_birth, dob") == [("O'Neil", "??/??/1985", None)]
    assert [row[1:4:2] for row in reading.rejects()] == [
        ("cell", "expected a date as DD/MM/YYYY, found something else")
    ]


def test_every_mapped_identity_field_has_its_raw_column(reading: Reading) -> None:
    identity = {
        "record": "ref", "forename": "f", "middle_names": "m", "surname": "s", "full_name": "fu",
        "former_names": "fo", "date_of_birth": "d", "age": {"column": "a", "at": "at"}, "sex": "x",
        "uprn": "u", "postcode": "p", "phone": "ph", "email": "e", "address_lines": ["a1", "a2"],
        "identifiers": {"nhs_number": "n"}, "other": ["birthplace"],
    }  # fmt: skip
    header = "ref f m s fu fo d a at x u p ph e a1 a2 n birthplace".split()  # noqa: SIM905 - as a header is read
    reading.put("rent.csv", ",".join(header) + "\n" + ",".join(f"v{place}" for place in range(18)) + "\n")
    reading.one(reading.source(fields=[{"name": "ref"}], identity=identity, as_at=None, factors=[]))
    described = duckdb.sql(f"describe select * from '{reading.work}/typed/rent.parquet'").fetchall()
    assert [name for name, *_ in described] == [
        "record_id", "row_as_at", "ref", "raw__forename", "raw__middle_names", "raw__surname",
        "raw__full_name", "raw__former_names", "raw__date_of_birth", "raw__age", "raw__age_at", "raw__sex",
        "raw__uprn", "raw__postcode", "raw__phone", "raw__email", "raw__address_1", "raw__address_2",
        "raw__id__nhs_number", "raw__other__birthplace",
    ]  # fmt: skip
    assert reading.typed("row_as_at") == [(date(2026, 11, 1),)]


def test_the_day_on_which_an_address_ended_stands_beside_the_row(reading: Reading) -> None:
    fields = [
        {"name": "ref"},
        {"name": "left", "type": "date", "format": "%d/%m/%Y"},
        {"name": "seen", "type": "date"},
    ]
    identity = {"record": "ref", "address_lines": "home", "address_until": "left"}
    reading.put(
        "rent.csv",
        "ref,home,left,seen\n1,1 Mill Lane,31/03/2026,2026-10-01\n2,2 Mill Lane,,2026-10-01\n"
        "3,3 Mill Lane,x,\n",
    )
    result = reading.one(reading.source(fields=fields, identity=identity, factors=[]))
    assert reading.typed('row_address_until, "alongside unread row_address_until", row_undated') == [
        (date(2026, 3, 31), False, False), (None, False, False), (None, True, True),
    ]  # fmt: skip
    assert result.quality is not None
    assert result.quality.element("relevant").details["unused"] == []


def test_the_same_inputs_give_the_same_bytes_and_the_order_of_the_file(
    reading: Reading, table: Table
) -> None:
    rows = [[f"R{n:07d}", "A", "", "x" if n % 1000 == 0 else "2", "2026-10-01"] for n in range(150_000)]
    reading.put("rent.csv", table(*rows, ["R0000007", "again", "", "", ""]))
    digests = []
    for _ in range(2):
        result = reading.one()
        digests.append(reading.digests())
        assert (result.rows_kept, result.rows_rejected, result.cells_set_aside) == (150_000, 1, 150)
    assert digests[0] == digests[1]
    assert [row[0] for row in reading.typed("record_id")] == [row[0] for row in rows]


def test_what_is_written_can_be_read_by_its_owner_alone_and_nothing_else_is_left(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(*ROWS))
    reading.one()
    left = sorted(path.name for path in reading.work.rglob("*") if path.is_file())
    assert left == ["rejects.parquet", "rent.parquet"]
    for path in reading.work.rglob("*.parquet"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_declared_encoding_and_delimiter_are_taken_at_their_word(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(["R1", "Łukasz", "", "", ""], by="|"), "cp1250")
    reading.one(reading.source(encoding="windows-1250", delimiter="|"))
    assert reading.typed("raw__surname") == [("Łukasz",)]


def test_a_marked_file_is_read_by_its_mark(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", codecs.BOM_UTF8 + table(["R1", "Okafor", "", "", ""]).encode())
    assert reading.one().files[0].encoding == "utf-8-sig"
    assert reading.typed("record_id") == [("R1",)]


def test_files_that_no_source_asked_for_are_named(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*ROWS))
    reading.put("gossip.csv", "a,b\n1,2\n")
    assert reading.all(reading.source()).unmatched == ("gossip.csv",)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_the_encodings_of_older_systems_are_told_by_the_letters_inside_words(
    reading: Reading, table: Table, encoding: str
) -> None:
    names = ["Müller", "José", "Zoë", "Renée", "Gómez", "François", "Häkkinen", "Brönte", "Chloé", "Ibáñez"]
    reading.put("rent.csv", table(*[[f"R{n}", name, "", "", ""] for n, name in enumerate(names)]), encoding)
    assert reading.one().files[0].encoding == encoding
    assert [row[0] for row in reading.typed("raw__surname")] == names


@pytest.mark.parametrize(
    ("pattern", "written", "born"),
    [
        ("%d-%b-%y", ("04-Feb-81", "04-Feb-45", "31-Dec-26"), (1981, 1945, 1926)),
        ("%d%m%y", ("040281", "040245", "011126"), (1981, 1945, 2026)),
        ("%d/%m/%y %H:%M", ("04/02/81 09:30", "29/02/68 09:30", "01/11/26 23:00"), (1981, 1968, 2026)),
        ("any", ("4/2/81", "4/2/45", "04/02/2045"), (1981, 1945, 2045)),  # four digits are no guess
    ],
)
@pytest.mark.parametrize("kind", ["date", "datetime"])
def test_a_birth_with_a_year_of_two_digits_is_never_after_the_run(
    reading: Reading, table: Table, pattern: str, written: tuple[str, ...], born: tuple[int, ...], kind: str
) -> None:
    reading.put("rent.csv", table(*([f"R{n}", "A", cell, "", ""] for n, cell in enumerate(written))))
    fields = [{"name": "ref"}, {"name": "dob", "type": kind, "format": pattern}]
    result = reading.one(reading.source(fields=fields, as_at=None, factors=[]))
    assert reading.typed("year(dob)") == [(year,) for year in born]
    assert reading.typed("typeof(dob)")[0] == ("DATE" if kind == "date" else "TIMESTAMP",)
    valid = result.quality.element("valid").details
    assert (valid["dates_of_birth_read"], valid["dates_of_birth_in_future"]) == (3, int(2045 in born))


def test_any_other_date_with_a_year_of_two_digits_may_lie_ahead(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(["R1", "A", "", "", "04/02/27"]))
    fields = [{"name": "ref"}, {"name": "dob"}, {"name": "seen", "type": "date", "format": "%d/%m/%y"}]
    reading.one(reading.source(fields=fields, factors=[]))
    assert reading.typed("row_as_at") == [(date(2027, 2, 4),)]


def test_a_listed_column_has_its_raw_column_under_a_plain_name(reading: Reading, table: Table) -> None:
    header = ("ref", "Place of birth", "place-of-school")
    reading.put("rent.csv", table(("R1", "Ely", "Bath"), header=header))
    identity = {"record": "ref", "other": ["Place of birth", "place-of-school"]}
    reading.one(reading.source(fields=[{"name": "ref"}], identity=identity, as_at=None, factors=[]))
    assert reading.typed("raw__other__place_of_birth, raw__other__place_of_school") == [("Ely", "Bath")]
