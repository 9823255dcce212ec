from datetime import date

import pytest

from alongside.area.models import Area, Factor
from alongside.errors import DataRefusedError
from alongside.insight.factors import Household, bedrooms_needed

LONG_AGO, THIS_YEAR, LATELY, YET_TO_COME = (
    date(2023, 1, 1),
    date(2026, 2, 1),
    date(2026, 10, 14),
    date(2026, 12, 24),
)


def arrears(world, rows, **factor):
    described = {"code": "behind", "value": "max(weeks) >= 8"} | factor
    world.source("rent", rows, columns={"weeks": "number", "seen": "date"}, factors=[described])
    world.compute()
    return world.known("behind")


@pytest.mark.proves("FIND-01")
def test_somebody_a_source_holds_nothing_on_is_not_known_and_never_no(world):
    world.source("school", [{"person": "p2"}])
    known = arrears(world, [{"person": "p1", "weeks": 9}, {"person": "p3", "weeks": 1}])
    assert known == {"p1": True, "p2": None, "p3": False}
    assert {row["person_id"] for row in world.rows("select * from facts where factor = 'behind'")} == {
        "p1",
        "p3",
    }


def test_an_aggregate_counts_all_of_a_persons_rows_and_a_plain_value_only_the_newest(world):
    rows = [{"person": "p1", "weeks": 9, "on": THIS_YEAR}, {"person": "p1", "weeks": 2, "on": LATELY}]
    assert arrears(world, rows)["p1"] is True
    assert arrears(world, rows, value="weeks >= 8")["p1"] is False


def test_where_the_newest_row_says_nothing_the_value_is_not_known(world):
    rows = [{"person": "p1", "weeks": 9, "on": THIS_YEAR}, {"person": "p1", "on": LATELY}]
    assert arrears(world, rows, value="weeks >= 8")["p1"] is None


def test_a_row_dated_after_the_run_does_not_count(world):
    rows = [{"person": "p1", "weeks": 9, "on": YET_TO_COME}, {"person": "p1", "weeks": 2, "on": LATELY}]
    assert arrears(world, rows)["p1"] is False


def test_a_fact_carries_its_source_and_the_date_of_its_newest_row(world):
    arrears(
        world, [{"person": "p1", "weeks": 9, "on": THIS_YEAR}, {"person": "p1", "weeks": 2, "on": LATELY}]
    )
    (fact,) = world.rows("select * from facts where factor = 'behind'")
    assert (fact["source"], fact["fact_date"], fact["value_boolean"]) == ("rent", LATELY, True)


@pytest.mark.parametrize(("on", "known"), [(date(2026, 5, 5), True), (date(2026, 5, 4), None)])
def test_a_fact_fades_when_nothing_newer_comes(world, on, known):
    assert arrears(world, [{"person": "p1", "weeks": 9, "on": on}], fades_after="180 days")["p1"] is known


@pytest.mark.proves("FIND-24")
def test_a_retired_factor_is_not_worked_out_and_is_named(world):
    retired = {"on": date(2026, 9, 1), "reason": "Most schools use vouchers now"}
    assert arrears(world, [{"person": "p1", "weeks": 9}], retired=retired) == {"p1": None}
    assert world.compute().retired == ("behind",)


def test_a_retired_factor_may_be_made_of_a_column_that_is_gone(world):
    retired = {"on": date(2026, 9, 1), "reason": "The landlord no longer tells us"}
    rows = [{"person": "p1", "weeks": 9}]
    assert arrears(world, rows, value="max(letters) >= 3", retired=retired) == {"p1": None}
    assert world.compute().retired == ("behind",)


def test_a_source_that_did_not_come_leaves_its_factors_not_known(world):
    world.source("school", [{"person": "p1"}])
    world.source(
        "rent", None, columns={"weeks": "number"}, factors=[{"code": "behind", "value": "weeks > 8"}]
    )
    assert world.compute().missing_sources == ("rent",)
    assert world.known("behind") == {"p1": None}


def test_a_fact_of_a_household_is_told_of_everybody_in_it_and_of_nobody_else(world, home):
    world.source("school", [{"person": "p2"} | home(1), {"person": "p3"} | home(2)])
    known = arrears(world, [{"person": "p1", "weeks": 9} | home(1)], per="household")
    assert known == {"p1": True, "p2": True, "p3": None}


def test_a_report_that_names_nobody_counts_for_the_household_at_its_address(world, home):
    world.source("school", [{"person": "p1"} | home(1)])
    assert arrears(world, [{"person": None, "weeks": 9} | home(1)], per="household") == {"p1": True}


def test_a_report_that_names_nobody_never_counts_for_a_person(world, home):
    world.source("school", [{"person": "p1"} | home(1)])
    assert arrears(world, [{"person": None, "weeks": 9} | home(1)]) == {"p1": None}


def test_a_row_about_a_former_home_does_not_count_for_the_household_of_today(world, home):
    world.source(
        "school", [{"person": "p1", "on": LATELY} | home(2), {"person": "p2", "on": LATELY} | home(2)]
    )
    rows = [{"person": "p1", "weeks": 9, "on": LONG_AGO} | home(1)]
    assert arrears(world, rows, per="household") == {"p1": None, "p2": None}


def test_a_fact_of_a_hostel_resident_stays_with_them(world, home):
    world.source("school", [{"person": f"p{n:02}"} | home(1) for n in range(13)])
    known = arrears(world, [{"person": "p00", "weeks": 9} | home(1)], per="household")
    assert [who for who, value in known.items() if value] == ["p00"]


def test_columns_of_a_source_may_have_the_names_of_ours(world):
    columns = {"person_id": "string", "household": "string", "row": "number", "source": "string"}
    factor = {"code": "odd", "value": "count(distinct person_id) = 1 and max(household) = 'x'"}
    world.source(
        "rent", [{"person": "p1", "person_id": "a", "household": "x"}], columns=columns, factors=[factor]
    )
    world.compute()
    assert world.known("odd") == {"p1": True}


# --- derived


@pytest.mark.proves("MARM-66", "MARM-04")
def test_low_level_concerns_across_agencies_add_up(world):
    factor = {"value": "count(*) filter (where days_ago(seen) <= 365)"}
    row = {"person": "p1", "seen": LATELY}
    world.source("police", [row, row], columns={"seen": "date"}, factors=[{"code": "police_12m"} | factor])
    world.source("hospital", [row, row], columns={"seen": "date"}, factors=[{"code": "ae_12m"} | factor])
    world.source("school", [{"person": "p2"}])
    world.derive("presentations_12m", "sum_known(police_12m, ae_12m)")
    world.derive("repeated", "presentations_12m >= 4")
    world.compute()
    assert world.known("presentations_12m") == {"p1": 4, "p2": None}
    assert world.known("repeated") == {"p1": True, "p2": None}


def test_a_derived_fact_is_dated_by_the_newest_of_the_facts_it_uses(world):
    for code, on in (("police", THIS_YEAR), ("hospital", LATELY)):
        world.source(code, [{"person": "p1", "on": on}], factors=[{"code": f"{code}_n", "value": "count(*)"}])
    world.derive("total", "sum_known(police_n, hospital_n)")
    world.compute()
    (fact,) = world.rows("select * from facts where factor = 'total'")
    assert (fact["source"], fact["fact_date"], fact["value_number"]) == ("derived", LATELY, 2)


def test_a_derived_fact_fades_too(world):
    for code, on in (("police", THIS_YEAR), ("hospital", LONG_AGO)):
        world.source(code, [{"person": "p1", "on": on}], factors=[{"code": f"{code}_n", "value": "count(*)"}])
        world.derive(f"{code}_lasting", f"{code}_n + 1", fades_after="12 months")
    world.compute()
    assert (world.known("police_lasting"), world.known("hospital_lasting")) == ({"p1": 2}, {"p1": None})


def test_facts_of_all_rows_and_of_the_newest_row_stand_side_by_side(world):
    world.source(
        "rent",
        [{"person": "p1", "weeks": 9, "on": THIS_YEAR}, {"person": "p1", "weeks": 2, "on": LATELY}],
        columns={"weeks": "number"},
        factors=[
            {"code": "most", "value": "max(weeks)"},
            {"code": "now", "value": "weeks"},
            {"code": "behind_now", "value": "weeks >= 8"},
        ],
    )
    world.compute()
    known = [world.known(code)["p1"] for code in ("most", "now", "behind_now")]
    assert known == [9, 2, False]


def test_derived_factors_may_stand_in_any_order_but_not_use_each_other_in_a_circle(world):
    world.source("school", [{"person": "p1"}])
    world.derive("second", "first + 1")
    world.derive("first", "age + 1")
    world.compute()
    world.derived.append(Factor(code="age_loop", title="Loop", value="age_loop2 + 1"))
    world.derived.append(Factor(code="age_loop2", title="Loop", value="age_loop + 1"))
    with pytest.raises(DataRefusedError, match="in a circle: age_loop"):
        world.compute()


@pytest.mark.proves("FIND-03")
def test_attended_and_then_stopped_can_be_written_in_a_line(world):
    stopped = (
        "count(*) filter (where days_ago(seen) between 91 and 365) >= 3 "
        "and count(*) filter (where days_ago(seen) <= 90) = 0"
    )
    came = [date(2026, month, 3) for month in (3, 4, 5)]
    world.source(
        "youth_club",
        [{"person": "p1", "seen": day} for day in came]
        + [{"person": "p2", "seen": day} for day in [*came, LATELY]],
        columns={"seen": "date"},
        factors=[{"code": "stopped_coming", "value": stopped}],
    )
    world.compute()
    assert world.known("stopped_coming") == {"p1": True, "p2": False}


# --- built in


@pytest.mark.proves("FIND-03")
def test_an_agency_in_touch_this_year_but_not_these_three_months_has_lost_touch(world):
    world.source(
        "school", [{"person": "p1", "on": THIS_YEAR}, {"person": "p2", "on": LATELY}], organisation="school"
    )
    world.source("police", [{"person": "p1", "on": LATELY}], organisation="police")
    world.source("hospital", [{"person": "p2", "on": LONG_AGO}], organisation="hospital")
    world.compute()
    assert world.known("agencies_in_touch_12m") == {"p1": 2, "p2": 1}
    assert world.known("agencies_lost_touch") == {"p1": 1, "p2": 0}


def test_a_list_without_dates_shows_no_contact_but_does_hold_the_person(world):
    world.source("bins", [{"person": "p1"}], dated=False)
    world.source("rent", [{"person": "p1"}, {"person": "p1"}], organisation="homes")
    world.compute()
    assert world.known("agencies_in_touch_12m") == {"p1": 1}
    assert world.known("sources_holding") == {"p1": 2}


def test_children_and_size_of_a_household(world, home):
    ages = {"p1": date(1990, 1, 1), "p2": date(2015, 1, 1), "p3": None}
    world.source("school", [{"person": who, "date_of_birth": born} | home(1) for who, born in ages.items()])
    world.source("other", [{"person": "p4"} | home(2)])
    world.compute()
    assert world.known("household_size") == {"p1": 3, "p2": 3, "p3": 3, "p4": 1}
    assert world.known("children_in_household") == {"p1": 1, "p2": 1, "p3": 1, "p4": None}


BORN = {"adult": date(1985, 1, 1), "teen": date(2012, 1, 1), "child": date(2020, 1, 1)}


def family(home, *members):
    return [
        {"person": f"p{n}", "date_of_birth": BORN[stage], "sex": sex} | home
        for n, (stage, sex) in enumerate(members)
    ]


@pytest.mark.proves("FIND-19")
@pytest.mark.parametrize(("bedrooms", "overcrowded"), [(2, True), (3, False), (None, None)])
def test_a_household_is_overcrowded_with_fewer_bedrooms_than_the_standard(world, home, bedrooms, overcrowded):
    members = [
        ("adult", "female"),
        ("adult", "male"),
        ("teen", "male"),
        ("teen", "female"),
        ("child", "female"),
    ]
    world.source("school", family(home(1), *members))
    world.source(
        "rent",
        [{"person": "p0", "rooms": bedrooms} | home(1)],
        columns={"rooms": "integer"},
        factors=[{"code": "bedrooms", "value": "rooms", "per": "household"}],
    )
    world.compute()
    assert set(world.known("bedrooms_needed").values()) == {3}
    assert set(world.known("overcrowded").values()) == {overcrowded}


def test_bedrooms_are_not_known_where_an_age_or_a_childs_sex_is_not(world, home):
    world.source("school", family(home(1), ("adult", "female"), ("child", None)))
    world.compute()
    assert set(world.known("bedrooms_needed").values()) == {None}


@pytest.mark.parametrize(
    ("household", "bedrooms"),
    [
        (Household(1, 0, 0, 0, 0), 1),
        (Household(2, 0, 0, 0, 0), 1),  # taken to be a couple: who is one is in no extract
        (Household(3, 0, 0, 0, 0), 2),
        (Household(1, 2, 0, 0, 0), 2),  # two brothers of 10 to 20 share
        (Household(1, 1, 1, 0, 0), 3),  # a brother and a sister of 10 to 20 do not
        (Household(1, 0, 0, 1, 1), 2),  # under 10 they do
        (Household(1, 1, 0, 1, 0), 2),  # an unpaired teenager with a small brother
        (Household(1, 1, 0, 0, 1), 3),  # but not with a small sister
        (Household(2, 1, 1, 1, 1), 3),
        (Household(2, 3, 0, 2, 1), 4),  # three young men and a boy in two rooms, a boy and a girl in one
        (Household(0, 0, 0, 0, 0), 0),
    ],
)
def test_the_bedroom_standard(household, bedrooms):
    assert bedrooms_needed(household) == bedrooms


# --- the case index


def care(world, held, **case):
    described = {"service": "adult_care", "open_when": "closed is null", "worker": "team"} | case
    world.source("care", held, columns={"closed": "date", "team": "string"}, case_index=[described])
    world.compute()
    return world.rows("select * from case_index order by person_id")


def test_the_newest_row_decides_whether_a_person_is_open_to_a_service(world):
    rows = [
        {"person": "p1", "on": THIS_YEAR, "team": "North"},
        {"person": "p1", "on": LATELY, "closed": LATELY, "team": "North"},
        {"person": "p2", "on": LATELY, "team": "South"},
        {"person": None, "on": LATELY, "team": "South"},
    ]
    assert care(world, rows) == [
        {"person_id": "p2", "service": "adult_care", "worker": "South", "since": LATELY}
    ]


def test_where_each_row_is_an_event_a_later_one_of_another_kind_ends_no_open_service(world):
    rows = [
        {"person": "p1", "on": THIS_YEAR, "team": "North"},
        {"person": "p1", "on": LATELY, "closed": LATELY, "team": "Front door"},
        {"person": "p2", "on": LATELY, "closed": LATELY, "team": "Front door"},
    ]
    assert care(world, rows, rows="any") == [
        {"person_id": "p1", "service": "adult_care", "worker": "North", "since": THIS_YEAR}
    ]


def serve(world, *services, critical=()):
    """Let the area declare these services and no others."""
    declared = [
        {"code": code, "title": code, "organisation": "council", "critical": code in critical}
        for code in services
    ]
    world.area = Area.model_validate(world.area.model_dump() | {"services": declared})


ONE_OPEN = [{"person": "p1", "closed": LATELY}, {"person": "p2"}]
CRISIS = {"columns": {"x": "date"}, "case_index": [{"service": "crisis_team", "open_when": "x is null"}]}


def test_not_open_to_a_service_is_known_where_every_service_tells_who_is(world):
    serve(world, "adult_care", "crisis_team", critical=["crisis_team"])
    world.source("crisis", [{"person": "p3"}], **CRISIS)
    care(world, ONE_OPEN)
    assert world.known("open_to_any") == {"p1": False, "p2": True, "p3": True}
    assert world.known("open_to_critical") == {"p1": False, "p2": False, "p3": True}
    assert world.known("services_open") == {"p1": 0, "p2": 1, "p3": 1}


def test_with_a_case_index_missing_not_open_is_not_known(world):
    serve(world, "adult_care", "crisis_team", critical=["crisis_team"])
    world.source("crisis", None, **CRISIS)
    care(world, ONE_OPEN)
    assert world.known("open_to_any") == {"p1": None, "p2": True}
    assert world.known("open_to_critical") == {"p1": None, "p2": None}


def test_not_open_is_not_known_where_no_source_tells_who_is_open_to_a_service(world):
    serve(world, "adult_care", "crisis_team", critical=["crisis_team"])
    care(world, ONE_OPEN)
    assert world.known("open_to_any") == {"p1": None, "p2": True}
    assert world.known("open_to_critical") == {"p1": None, "p2": None}
    assert world.known("services_open") == {"p1": None, "p2": 1}


def test_of_critical_services_only_the_critical_ones_must_tell(world):
    serve(world, "adult_care", "befriending", critical=["adult_care"])
    care(world, ONE_OPEN)
    assert world.known("open_to_any") == {"p1": None, "p2": True}
    assert world.known("open_to_critical") == {"p1": False, "p2": True}


def test_a_service_that_two_sources_tell_of_is_known_where_both_were_read(world):
    serve(world, "adult_care")
    world.source(
        "night_care",
        None,
        columns={"x": "date"},
        case_index=[{"service": "adult_care", "open_when": "x is null"}],
    )
    care(world, ONE_OPEN)
    assert world.known("open_to_any") == {"p1": None, "p2": True}


@pytest.mark.proves("MARM-65")
def test_many_workers_over_two_years_are_counted_whether_or_not_the_case_is_open(world):
    teams = [("North", LATELY), ("South", THIS_YEAR), ("North", THIS_YEAR), ("Old", LONG_AGO)]
    care(world, [{"person": "p1", "on": on, "team": team, "closed": on} for team, on in teams])
    assert world.known("workers_24m") == {"p1": 2}
