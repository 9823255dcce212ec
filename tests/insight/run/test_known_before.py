"""An extract that says whom to leave out does not come: it is said, and who was known before stays out."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.insight.run.conftest import Partnership
from tests.insight.run.test_objections import pack_that_hears_of_objections

from alongside.insight.run import Found, find

LAST_WEEK, AS_AT = date(2026, 10, 25), date(2026, 11, 1)


@pytest.fixture(scope="module")
def runs(partnership: Partnership, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """A run with both extracts; then two in which the one that says who died has not come."""
    folder = tmp_path_factory.mktemp("runs")
    area, extracts = partnership
    without = folder / "extracts"
    without.mkdir()
    shutil.copy(extracts / "rent.csv", without)
    before = find(area, extracts, as_at=LAST_WEEK, out=folder / "before")
    return {
        "before": before,
        "after": find(area, without, as_at=AS_AT, out=folder / "after", previous=before.run.folder),
        "alone": find(area, without, as_at=AS_AT, out=folder / "alone"),
    }


def report(found: Found) -> str:
    return " ".join((found.run.folder / "report.html").read_text("utf-8").split())


def test_who_was_known_to_have_died_stays_left_out(runs: dict[str, Found]) -> None:
    listed = {name: found.run.manifest.counts["people_on_a_list"] for name, found in runs.items()}
    assert listed == {"before": 19, "after": 19, "alone": 20}
    died = {
        name: {row["person_id"] for row in found.run.table("factors.parquet").to_pylist() if row["deceased"]}
        for name, found in runs.items()
    }
    assert died["after"] == died["before"]
    assert len(died["after"]) == 1
    assert died["alone"] == set()


def test_nobody_else_is_known_of_than_before(runs: dict[str, Found]) -> None:
    told = runs["after"].run.table("factors.parquet").to_pylist()
    assert {row["deceased"] for row in told} == {True, None}
    assert {row["objected"] for row in told} == {row["protected_address"] for row in told} == {None}


def test_it_is_said_when_the_run_is_made_in_its_report_and_in_what_it_keeps(runs: dict[str, Found]) -> None:
    assert runs["before"].doubts == ()
    said = (
        "Adult social care was not used (missing), so it left nobody out of the lists: Has died; Objected to "
        "this use of their data; Lives at a protected address. "
    )
    assert runs["alone"].doubts == (said + "There is no run before it to know them from.",)
    known = "Whoever the run before, of 25 October 2026, knew this of is left out as they were."
    assert runs["after"].doubts == (said + known,)
    kept = {name: found.run.json("quality.json")["left_out"] for name, found in runs.items()}
    silent = {code: ["care"] for code in ("deceased", "objected", "protected_address")}
    assert kept == {
        "before": {"not_read": {}, "as_known_on": None},
        "after": {"not_read": silent, "as_known_on": "2026-10-25"},
        "alone": {"not_read": silent, "as_known_on": None},
    }


def test_the_report_says_not_known_where_nothing_said_who_died(runs: dict[str, Found]) -> None:
    nobody = '<th scope="row">Has died{}</th><td class="figure">{}</td>'
    unread = " (not used: Adult social care)"
    assert nobody.format("", "fewer than 5") in report(runs["before"])
    assert nobody.format(unread, "fewer than 5") in report(runs["after"])
    assert nobody.format(unread, "not known") in report(runs["alone"])
    assert nobody.format(unread, "0") not in report(runs["alone"])


def test_where_nobody_objected_to_alongside_there_is_no_file_and_no_doubt(
    partnership: Partnership, tmp_path: Path
) -> None:
    area = pack_that_hears_of_objections(partnership[0], tmp_path)
    assert find(area, partnership[1], as_at=AS_AT, out=tmp_path / "run").doubts == ()
