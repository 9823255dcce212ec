from datetime import date

import pytest

from alongside.insight.people import name_as_read


def test_a_person_is_called_what_most_of_their_records_say(world):
    world.source(
        "housing",
        [
            {
                "person": "p1",
                "forename": "amira",
                "surname": "khan",
                "date_of_birth": date(1980, 3, 2),
                "sex": "female",
            },
            {"person": "p1", "forename": "amira", "surname": "khan", "date_of_birth": date(1980, 2, 3)},
            {"person": "p1", "forename": "mira", "surname": "kahn", "date_of_birth": date(1980, 3, 2)},
        ],
    )
    person = world.build_people()["p1"]
    assert (person["forename"], person["surname"], person["sex"]) == ("amira", "khan", "female")
    assert person["date_of_birth"] == date(1980, 3, 2)


def test_of_two_names_told_equally_often_the_newest_counts(world):
    world.source(
        "housing",
        [
            {"person": "p1", "surname": "okafor", "on": date(2024, 1, 1)},
            {"person": "p1", "surname": "ashby", "on": date(2026, 1, 1)},
        ],
    )
    assert world.build_people()["p1"]["surname"] == "ashby"


def test_a_name_is_written_as_most_of_its_records_write_it_and_not_shouted_where_one_says_it_quietly(world):
    written = ["O'BRIEN", "O'BRIEN", "O'Brien", "Obrien", "O'Brien", "O'brien", None]
    world.source(
        "housing",
        [{"person": "p1", "surname": "obrien", "surname_written": each} for each in written]
        + [{"person": "p1", "surname": "kelly", "surname_written": "Kelly"}]
        + [{"person": "p2", "surname": "obrien", "surname_written": "O'BRIEN", "forename": "sian"}],
    )
    people = world.build_people()
    assert (people["p1"]["surname"], people["p1"]["surname_written"]) == ("obrien", "O'Brien")
    assert people["p1"]["forename_written"] is None
    assert name_as_read(people["p2"], "surname") == "O'Brien"
    assert name_as_read(people["p2"], "forename") == "Sian"
    assert name_as_read(people["p1"], "forename") == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Siân", "Siân"), ("SIA\u0302N", "Siân"), ("d'souza", "D'Souza"), ("McDonald", "McDonald"),
        ("van der Berg", "van der Berg"), ("JEAN-LUC", "Jean-Luc"), (None, "Obrien"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_it_is_written(written, read):
    person = {"forename": "obrien", "forename_written": written}
    assert name_as_read(person, "forename") == read


def test_age_is_in_whole_years_and_a_birthday_still_to_come_does_not_count(world):
    born = {"p1": date(2008, 11, 1), "p2": date(2008, 11, 2), "p3": date(1900, 1, 1), "p4": date(2027, 1, 1)}
    world.source("housing", [{"person": who, "date_of_birth": when} for who, when in born.items()])
    people = world.build_people()
    assert {who: row["age"] for who, row in people.items()} == {"p1": 18, "p2": 17, "p3": None, "p4": None}


def test_the_address_is_that_of_the_newest_record_with_one_and_not_of_one_dated_in_the_future(world, home):
    world.source(
        "housing",
        [
            {"person": "p1", "on": date(2024, 1, 1)} | home(1),
            {"person": "p1", "on": date(2026, 5, 1)} | home(2),
            {"person": "p1", "on": date(2026, 9, 1)},
            {"person": "p1", "on": date(2027, 9, 1)} | home(3),
        ],
    )
    assert world.build_people()["p1"]["address"] == "2 mill lane"


def test_people_of_one_home_are_one_household_whether_or_not_a_record_knows_its_uprn(world, home):
    without = {key: value for key, value in home(1).items() if key != "uprn"}
    world.source(
        "housing", [{"person": "p1"} | home(1), {"person": "p2"} | without, {"person": "p3"} | home(2)]
    )
    people = world.build_people()
    assert people["p1"]["household_id"] == people["p2"]["household_id"] == "household-p1"
    assert people["p3"]["household_id"] == "household-p3"


def test_an_address_known_under_two_uprns_borrows_neither(world, home):
    flat_a, flat_b = home(1) | {"uprn": "1"}, home(1) | {"uprn": "2"}
    without = {key: value for key, value in home(1).items() if key != "uprn"}
    world.source(
        "housing", [{"person": "p1"} | flat_a, {"person": "p2"} | flat_b, {"person": "p3"} | without]
    )
    assert len({row["household_id"] for row in world.build_people().values()}) == 3


@pytest.mark.parametrize(
    "nowhere", [{"address": "no fixed abode"}, {"address": "nfa"}, {"postcode": "zz99 3vz"}]
)
def test_no_fixed_abode_is_nobodys_household(world, home, nowhere):
    world.source(
        "housing",
        [{"person": f"p{n}", "on": date(2026, 10, 1)} | home(1) | nowhere for n in range(3)]
        + [{"person": "p0", "on": date(2025, 1, 1)} | home(1)],
    )
    assert {row["household_id"] for row in world.build_people().values()} == {None}


def test_a_hostel_is_not_a_household(world, home):
    world.source(
        "housing", [{"person": f"p{n:02}"} | home(1) for n in range(13)] + [{"person": "q"} | home(2)]
    )
    people = world.build_people()
    assert people["p00"]["household_id"] is None
    assert people["q"]["household_id"] == "household-q"
    assert world.build_people(largest_household=13)["p00"]["household_id"] == "household-p00"


def test_a_report_that_names_nobody_makes_no_person_but_keeps_its_place(world, home):
    world.source("fire", [{"person": None} | home(1), {"person": "p1"} | home(1)])
    assert list(world.build_people()) == ["p1"]
    places = world.rows("select person_id, place from placed_records order by record_id")
    assert [row["place"] for row in places] == ["uprn 1001", "uprn 1001"]
