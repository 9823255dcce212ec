"""Somebody who is known to have died is counted in nobody's household."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

DIED = {"code": "gp_died", "value": "bool_or(died)"}


def _register(world, rows, **factor):
    world.source("gp", rows, columns={"died": "boolean"}, factors=[DIED | factor])


def _family(home):
    return [
        {"person": "father", "date_of_birth": date(1980, 1, 1), "sex": "male"} | home(1),
        {"person": "mother", "date_of_birth": date(1981, 1, 1), "sex": "female", "died": False} | home(1),
        {"person": "son", "date_of_birth": date(2012, 1, 1), "sex": "male", "died": True} | home(1),
    ]


@pytest.mark.parametrize("direct", [True, False])
def test_a_child_who_died_is_no_child_of_the_household(world, home, direct):
    if not direct:
        world.derive("reported", "any_true(gp_died)")
        world.derive("deceased", "any_true(reported)")
    _register(world, _family(home), **({"code": "deceased"} if direct else {}))
    world.compute()
    parents = ("father", "mother")
    assert [world.known("household_size")[each] for each in parents] == [2, 2]
    assert [world.known("children_in_household")[each] for each in parents] == [0, 0]
    assert [world.known("bedrooms_needed")[each] for each in parents] == [1, 1]


def test_somebody_whose_partner_died_is_a_household_of_one(world, home):
    world.derive("deceased", "any_true(gp_died)")
    _register(world, [{"person": "p1"} | home(1), {"person": "p2", "died": True} | home(1)])
    world.compute()
    assert world.known("household_size")["p1"] == 1


def test_the_age_of_somebody_who_died_need_not_be_known(world, home):
    world.derive("deceased", "any_true(gp_died)")
    young = {"person": "p1", "date_of_birth": date(1980, 1, 1)}
    _register(world, [young | home(1), {"person": "p2", "died": True} | home(1)])
    world.compute()
    assert world.known("children_in_household")["p1"] == 0
    assert world.known("bedrooms_needed")["p1"] == 1


def test_whoever_is_not_known_to_have_died_counts(world, home):
    world.derive("deceased", "gp_died and age > 100")  # what is not known yet leaves nobody out
    _register(world, _family(home))
    world.compute()
    assert world.known("household_size")["mother"] == 3
    assert world.known("household_size")["mother"] == len(world.known("household_size"))


def test_everybody_counts_where_nothing_says_who_died(world, home):
    world.source("tax", [{"person": "p1"} | home(1), {"person": "p2"} | home(1)])
    world.compute()
    assert world.known("household_size") == {"p1": 2, "p2": 2}


def test_where_the_register_of_deaths_did_not_come_everybody_counts(world, home):
    world.derive("deceased", "any_true(gp_died)")
    _register(world, None)
    world.source("tax", [{"person": "p1"} | home(1), {"person": "p2"} | home(1)])
    world.compute()
    assert world.known("household_size") == {"p1": 2, "p2": 2}


def test_nor_who_had_died_as_the_run_before_knew_where_the_register_did_not_come(world, home, tmp_path):
    before = tmp_path / "before.parquet"
    pq.write_table(pa.table({"person_id": ["p1", "p2"], "deceased": [False, True]}), before)
    events = {each: pa.array([], pa.string()) for each in ("event", "person_id", "other_person_id")}
    world.backend.register("identity_events", pa.table(events))
    world.derive("deceased", "any_true(gp_died)")
    _register(world, None)
    world.source("tax", [{"person": "p1"} | home(1), {"person": "p2"} | home(1)])
    world.compute(before)
    assert world.known("household_size")["p1"] == 1, "a widow lives alone"
    assert world.known("deceased") == {"p1": None, "p2": True}
