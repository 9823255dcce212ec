"""The truth behind the records, and the mistakes in them."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from alongside.area import load_area
from alongside.insight.synthetic import BoroughSummary
from alongside.insight.synthetic.calendar import AS_AT, NEVER, day, written
from alongside.insight.synthetic.chance import stream
from alongside.insight.synthetic.mistakes import Habits, slip
from alongside.insight.synthetic.population import Population, populate
from alongside.insight.synthetic.sight import see

PERFECT = Habits(
    typo=0,
    nickname=0,
    spelling=0,
    swapped=0,
    middle_as_forename=0,
    one_surname=0,
    day_month=0,
    first_january=0,
    year_off=0,
    day_off=0,
    stale_name=0,
    stale_address=0,
    no_address=0,
    accents=True,
    nhs_number=1.0,
    wrong_nhs_number=0,
)


@pytest.fixture(scope="module")
def population() -> Population:
    return populate(11, 20_000)


def test_every_record_of_every_extract_has_one_truth(
    borough: BoroughSummary, tables: duckdb.DuckDBPyConnection
) -> None:
    told = dict(tables.execute("select source, count(*) from truth group by source").fetchall())
    assert told == borough.records
    assert tables.execute(
        "select count(*) from (select distinct source, record_id from truth)"
    ).fetchall() == [(borough.rows,)]
    for source, column in {
        "gp_frailty": "patient_pseudo_row",
        "police": "entry_id",
        "council_tax": "PARTY_ID",
    }.items():
        missing = tables.execute(
            f"select count(*) from {source} s "
            f"anti join truth t on t.source = '{source}' and t.record_id = s.{column}"
        ).fetchall()
        assert missing == [(0,)]


def test_reports_that_name_nobody_have_no_person_and_are_told_apart(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    nameless = tables.execute("select count(*) from truth where person is null").fetchall()[0][0]
    assert nameless > 0
    assert tables.execute("select count(*) from unnamed").fetchall()[0][0] == nameless
    named = tables.execute(
        "select count(*) from police p join truth t on t.source = 'police' and t.record_id = p.entry_id "
        "where (p.nominal is null) <> (t.person is null)"
    ).fetchall()
    assert named == [(0,)]
    strangers = tables.execute(
        "select count(*) from ambulance where patient_name like 'Unknown %'"
    ).fetchall()[0][0]
    assert strangers > 50


def test_harm_comes_after_the_day_of_the_extracts_and_only_to_the_living(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    first, last, count = tables.execute("select min(date), max(date), count(*) from harm").fetchall()[0]
    assert first > "2026-11-01"
    assert last <= "2027-10-31"
    assert count > 0
    dead = tables.execute(
        "select count(*) from harm join people using (person) where died is not null"
    ).fetchall()
    assert dead == [(0,)]


def test_no_event_of_an_extract_lies_after_its_day(tables: duckdb.DuckDBPyConnection) -> None:
    late = tables.execute(
        "select count(*) from accident_emergency where strptime(ARRIVED, '%d/%m/%Y') >= date '2026-11-01'"
    ).fetchall()
    assert late == [(0,)]


def test_truth_tells_for_each_policy_who_needed_what_it_offers(tables: duckdb.DuckDBPyConnection) -> None:
    told = {name for name, *_ in tables.execute("describe people").fetchall() if name.startswith("need_")}
    policies = load_area(Path(__file__).parents[3] / "area").policies
    assert told == {f"need_{name.split('/')[0]}" for name in policies}


def test_need_goes_with_harm_and_does_not_decide_it(tables: duckdb.DuckDBPyConnection) -> None:
    rates = dict(
        tables.execute(
            "select in_need, avg((harm.person is not null)::int) "
            "from people left join harm using (person) group by in_need"
        ).fetchall()
    )
    assert rates["yes"] > 4 * rates["no"]
    assert rates["yes"] < 0.6
    assert rates["no"] > 0.001


def test_registers_hold_each_person_once(tables: duckdb.DuckDBPyConnection) -> None:
    for source in ("gp_frailty", "housing_rent", "benefits"):
        twice = tables.execute(
            f"select count(*) from (select person from truth where source = '{source}' "
            f"group by person having count(*) > 1)"
        ).fetchall()
        assert twice == [(0,)], source


def test_twins_share_home_and_birthday_and_differ_in_name(population: Population) -> None:
    twins = (
        np.flatnonzero(
            population.twin[1:] & population.twin[:-1] & (population.born[1:] == population.born[:-1])
        )
        + 1
    )
    twins = twins[population.household[twins] == population.household[twins - 1]]
    assert len(twins) > 20
    assert (population.surname[twins] == population.surname[twins - 1]).mean() > 0.7
    assert (population.forename[twins] != population.forename[twins - 1]).all()


def test_fathers_and_sons_of_one_name_live_at_one_address(population: Population) -> None:
    named = np.flatnonzero(population.namesake & (population.role == 2))
    assert len(named) > 20
    for son in named:
        family = np.flatnonzero((population.household == population.household[son]) & population.namesake)
        father = family[family != son][0]
        assert population.forename[son] == population.forename[father]
        assert population.born[son] > population.born[father] + 15 * 365
        assert population.former_home[son] == population.former_home[father]


def test_customs_of_naming_are_kept(population: Population) -> None:
    last = population.surname.astype(str)
    female = population.sex == 0
    assert not (female & (last == "Singh")).sum() > 5
    assert ((last == "Kaur") & female).sum() > 50
    assert np.char.endswith(last[female], "ska").sum() > 10
    assert np.char.startswith(last, "O'").sum() > 10
    assert np.char.count(last, "-").sum() > 50
    assert len(np.unique(last)) > 2_000


@pytest.mark.parametrize("which", ["typo", "day_month", "year_off", "swapped", "stale_address"])
def test_mistakes_happen_about_as_often_as_stated(population: Population, which: str) -> None:
    rate = 0.2
    everyone = np.arange(population.count)
    now = np.full(population.count, AS_AT, dtype=np.int32)
    clean = see(stream(1, "clean"), population, PERFECT, everyone, now)
    habits = Habits(**{**PERFECT.__dict__, which: rate})
    seen = see(stream(1, "clean"), population, habits, everyone, now)
    if which == "typo":
        known, changed = np.ones(population.count, dtype=bool), seen.surname != clean.surname
    elif which == "swapped":
        known = (clean.forename != clean.surname) & (population.origin != 12)
        changed = seen.surname != clean.surname
    elif which == "stale_address":
        known = (population.moved < NEVER) & (population.home != population.former_home)
        changed = seen.line_1 != clean.line_1
    else:
        day_of_month = np.array([int(each) for each in written(clean.born, "%d")])
        month = np.array([int(each) for each in written(clean.born, "%m")])
        known = (
            (day_of_month <= 12) & (day_of_month != month)
            if which == "day_month"
            else np.ones(population.count, dtype=bool)
        )
        changed = seen.born != clean.born
    assert changed[known].mean() == pytest.approx(rate, rel=0.2)


def test_a_slip_changes_a_name_and_keeps_its_first_letter() -> None:
    words = np.array(["Margaret", "Kowalska", "Ng", None, "Thompson"] * 200, dtype=object)
    slipped = slip(stream(2, "slips"), words, np.ones(len(words), dtype=bool))
    pairs = [
        (before, after) for before, after in zip(words, slipped, strict=True) if before and len(before) > 2
    ]
    assert sum(before != after for before, after in pairs) > 0.85 * len(pairs)
    assert all(after.startswith(before[0]) for before, after in pairs)
    assert all(
        before == after for before, after in zip(words, slipped, strict=True) if not before or len(before) < 3
    )


def test_identifiers_are_missing_as_often_as_stated(tables: duckdb.DuckDBPyConnection) -> None:
    shares = {"gp_frailty.nhs_number": 0.99, "adult_social_care.nhs_no": 0.86, "ambulance.nhs_number": 0.50}
    for place, share in shares.items():
        table, column = place.split(".")
        held = tables.execute(f"select avg(({column} is not null)::int) from {table}").fetchall()[0][0]
        assert held == pytest.approx(share, abs=0.05), place


def test_days_are_written_as_each_agency_writes_them() -> None:
    days = np.array([day(1962, 7, 4), NEVER, day(2026, 11, 1)], dtype=np.int32)
    assert written(days, "%d.%m.%Y").tolist() == ["04.07.1962", None, "01.11.2026"]
    assert date.fromordinal(date(1970, 1, 1).toordinal() + AS_AT) == date(2026, 11, 1)
