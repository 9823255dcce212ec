"""The six elements of information quality, each with its figure and the sentence behind it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Table = Callable[..., str]
Reading = Any
HEADER = ("ref", "nhs", "sex", "dob", "age", "postcode", "weeks", "seen", "colour", "shoe_size")
IDENTITY = {
    "record": "ref", "identifiers": {"nhs_number": "nhs"}, "sex": "sex", "date_of_birth": "dob", "age": "age",
    "postcode": "postcode",
}  # fmt: skip
FIELDS = [
    {"name": "ref"},
    {"name": "dob", "type": "date", "format": "%d/%m/%Y"},
    {"name": "weeks", "type": "integer"},
    {"name": "seen", "type": "date"},
    {"name": "colour"},
]
ROWS = (
    ("R1", "999 000 0018", "F", "01/01/1980", "46", "ZZ1 1AA", "1", "2026-10-31", "red", "7"),
    ("R2", "9990000018", "M", "01/01/1980", "46", "zz11aa", "2", "2026-10-22", "", "7"),
    ("R3", "9990000026", "female", "05/06/2030", "", "nowhere", "x", "2026-10-12", "", "7"),
    ("R4", "9990000026", "F", "05/06/1900", "30", "", "", "2027-01-01", "", "7"),
    ("R5", "1111111111", "", "??/1985", "41", "ZZ1 1AA", "3", "", "", "7"),
)


def source(reading: Reading, **changes: Any) -> Any:
    return reading.source(**({"fields": FIELDS, "identity": IDENTITY} | changes))


@pytest.mark.proves("MARM-36", "FIND-18")
def test_each_of_the_six_elements_has_its_figure_and_a_sentence(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*ROWS, header=HEADER))
    quality = reading.one(source(reading)).quality
    six = "accurate valid reliable timely relevant complete"
    assert " ".join(each.element for each in quality.elements) == six
    accurate = quality.element("accurate").details
    assert (accurate["age_compared"], accurate["age_agrees"]) == (3, 2)
    # Two spellings of one number are one number; its rows contradict in sex. F and female do not contradict.
    assert (accurate["sex_identifiers_repeated"], accurate["sex_identifiers_agree"]) == (2, 1)
    assert (accurate["date_of_birth_identifiers_repeated"], accurate["date_of_birth_identifiers_agree"]) == (
        2,
        1,
    )
    valid = quality.element("valid").details
    assert (valid["nhs_numbers"], valid["nhs_numbers_valid"], valid["nhs_numbers_one_digit"]) == (5, 4, 1)
    assert (valid["postcodes"], valid["postcodes_shaped"]) == (4, 3)
    assert (valid["dates_of_birth"], valid["dates_of_birth_read"]) == (5, 4)
    assert (valid["dates_of_birth_in_future"], valid["dates_of_birth_over_115_years"]) == (1, 1)
    assert valid["dates_of_birth_first_of_january"] == 0.5
    assert (valid["cells_checked"], valid["cells_set_aside"]) == (13, 2)  # a number of weeks, and a birth
    timely = quality.element("timely")
    assert timely.figure == 10
    assert "the newest is 1 day old" in timely.sentence
    assert [timely.details[name] for name in ("newest_days", "late", "undated")] == [1, False, 1]
    relevant = quality.element("relevant")
    assert relevant.details["unused"] == ["colour", "shoe_size"]
    assert "Nothing uses colour, shoe_size" in relevant.sentence
    assert relevant.details["dated_ahead"] == 1
    complete = quality.element("complete")
    assert complete.details["filled"]["colour"] == 0.2
    assert all(each.sentence.endswith(".") for each in quality.elements)


def test_an_extract_that_comes_weekly_and_is_weeks_old_is_late(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(ROWS[2], header=HEADER))
    timely = reading.one(source(reading)).quality.element("timely")
    assert timely.details["late"] is True
    assert "late for an extract that comes weekly" in timely.sentence


def test_what_cannot_be_seen_is_said_to_be_unseen_and_not_counted_as_good(
    reading: Reading, table: Table
) -> None:
    reading.put("rent.csv", table(("R1", "Okafor"), header=("ref", "surname")))
    identity = {"record": "ref", "surname": "surname"}
    quality = reading.one(
        reading.source(fields=[{"name": "ref"}], identity=identity, as_at=None, factors=[])
    ).quality
    assert [quality.element(name).figure for name in ("accurate", "valid", "timely")] == [None, None, None]


def test_a_run_is_compared_with_the_one_before(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*ROWS, header=HEADER))
    before = json.loads(json.dumps(reading.all(source(reading)).quality))
    reading.put("rent.csv", table(*[(*row[:2], "", *row[3:]) for row in ROWS[:3]], header=HEADER))
    reliable = reading.one(source(reading), previous_quality=before).quality.element("reliable")
    assert (reliable.details["rows_before"], reliable.details["change"]) == (5, -0.4)
    assert "sex" in reliable.details["fill_moved"]
    assert "Ask the owner why" in reliable.sentence


def test_the_report_is_json_and_holds_no_value_of_a_row(reading: Reading, table: Table) -> None:
    rows = [[cell and f"secret{n}{place}" for place, cell in enumerate(row)] for n, row in enumerate(ROWS)]
    reading.put("rent.csv", table(*rows, header=HEADER))
    intake = reading.all(source(reading))
    assert "secret" not in json.dumps(intake.to_dict())
    assert str(reading.folder) not in json.dumps(intake.to_dict())


def test_an_extract_whose_rows_are_all_rejected_still_has_a_report(reading: Reading, table: Table) -> None:
    reading.put("rent.csv", table(*[("", *row[1:]) for row in ROWS], header=HEADER))
    result = reading.one(source(reading))
    assert (result.status, result.rows_kept) == ("refused", 0)
    assert result.quality.element("reliable").figure == 0.0


WRITTEN_OTHERWISE = {
    "factors": [{"code": "frail", "title": "Frail", "value": "frailty in ('moderate', 'severe')"}],
    "case_index": [{"service": "nurses", "open_when": "OPEN", "worker": "NURSE"}],
    "fields": [{"name": "ref"}, {"name": "Frailty"}, {"name": "open", "type": "boolean"}, {"name": "Nurse"}],
    "identity": {"record": "ref"},
    "as_at": None,
}


def test_a_column_that_a_factor_writes_in_other_capitals_is_used(reading: Reading, table: Table) -> None:
    header = ("ref", "Frailty", "open", "Nurse")
    reading.put("rent.csv", table(("R1", "severe", "yes", "Team A"), header=header))
    relevant = reading.one(reading.source(**WRITTEN_OTHERWISE)).quality.element("relevant")
    assert (relevant.figure, relevant.details["unused"]) == (1.0, [])


@pytest.mark.parametrize("lacking", ["Frailty", "open", "Nurse"])
def test_a_column_that_a_factor_writes_in_other_capitals_is_missed(
    reading: Reading, table: Table, lacking: str
) -> None:
    header = [name for name in ("ref", "Frailty", "open", "Nurse") if name != lacking]
    reading.put("rent.csv", table(["R1", "yes", "yes"], header=header))
    result = reading.one(reading.source(**WRITTEN_OTHERWISE))
    assert result.status == "refused"
    assert f"'{lacking}' (a factor or the case index uses it)" in result.why
