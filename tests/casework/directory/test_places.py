"""Entries as their form makes them have an address and nothing on a map; they are found by postcode too."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.casework.directory.conftest import FOOD_BANK, FakeFeed, a_service

from alongside.casework.access.actors import Actor
from alongside.casework.directory import commands, jobs, presenters, queries
from alongside.casework.directory.forms import EntryForm, begun_with
from alongside.casework.directory.models import Service
from alongside.casework.directory.models.entries import entry_of
from alongside.casework.directory.open_referral.client import HttpClient
from alongside.casework.directory.postcodes import as_postcode, asked_for, district_of, in_area, in_district
from alongside.casework.directory.rules import Entry, Place

pytestmark = pytest.mark.django_db
HELPLINE = replace(FOOD_BANK, name="A helpline", place=None)


def an_entry(name: str, postcode: str, *, before: Entry | None = None) -> Entry:
    """An entry as the form makes it."""
    begun = begun_with(before or FOOD_BANK, "") | {"name": name, "postal_code": postcode}
    form = EntryForm({key: value for key, value in begun.items() if value is not None}, needs=())
    assert form.is_valid(), form.errors
    return form.entry(before=before)


@pytest.fixture
def publish(editor: Actor, at: datetime) -> Any:
    def published(*entries: Entry) -> list[Service]:
        return [commands.publish_service(actor=editor, at=at, entry=entry) for entry in entries]

    return published


def a_place(postcode: str, latitude: float | None, kind: str = "physical") -> dict[str, Any]:
    """A place of a feed."""
    located = {"latitude": latitude, "longitude": latitude and -1.0}
    addresses = [{"address_1": "1 High Street", "postal_code": postcode}]
    return {"location": {"location_type": kind, "addresses": addresses} | located}


@pytest.fixture
def feed(anybody: Actor, at: datetime, feed_server: FakeFeed) -> Any:
    def takes(**places: Any) -> None:
        made = commands.add_feed(actor=anybody, at=at, name="Feed", address=feed_server.address)
        feed_server.serves(
            [
                a_service(number, name=name.replace("_", " "), service_at_locations=at_locations)
                for number, (name, at_locations) in enumerate(places.items())
            ]
        )
        client = HttpClient(inside_too=True)
        jobs.take_feed(actor=anybody, at=at, feed_id=made.id, address=made.address, client=client)

    return takes


def names(results: queries.Results) -> list[str]:
    return [each.service.name for each in results.found]


def published_near(client: Client, **asked: Any) -> list[str]:
    contents = client.get("/open-referral/service_at_locations", asked).json()["contents"]
    return [each["service"]["name"] for each in contents]


@pytest.mark.proves("FIND-26")
@pytest.mark.parametrize("asked", ["RV1 1AA", "rv11aa", "RV1", "rv1 9ZZ"])
def test_an_entry_is_published_at_its_postcode_and_in_its_district(
    client: Client, publish: Any, asked: str
) -> None:
    publish(an_entry("Here", "RV1 1AA"), an_entry("Elsewhere", "IV1 1AA"), HELPLINE)
    assert published_near(client, postcode=asked) == ["Here"]
    assert published_near(client, postcode=asked, proximity=500) == ["Here"]
    assert published_near(client, postcode="RV2") == []
    assert published_near(client, postcode="nonsense") == []


def test_who_looks_near_a_postcode_reads_first_what_is_there_and_nothing_from_far_away(
    editor: Actor, publish: Any, at: datetime
) -> None:
    publish(an_entry("Zebra", "RV1 1AA"), an_entry("Elsewhere", "IV1 1AA"), HELPLINE)
    for asked in ("RV1 1AA", "RV1", "RV1 2BB"):
        found = queries.search_services(actor=editor, at=at, place=asked)
        assert (found.place_known, names(found)) == (True, ["Zebra", "A helpline"])


def test_what_nobody_put_on_the_map_stands_where_its_postcode_says(
    editor: Actor, publish: Any, feed: Any, at: datetime
) -> None:
    publish(
        an_entry("Same postcode", "RV1 1AA"), an_entry("Same district", "RV1 7ZZ"),
        an_entry("Next district", "RV12 1AA"), an_entry("Elsewhere", "R1 1AA"), HELPLINE,
    )  # fmt: skip
    feed(
        Two_miles=[a_place("RV2 1AA", 52.03)],
        Close_by=[a_place("RV1 5XX", 52.0)],
        Far=[a_place("RV9 1AA", 53.0)],
        Branch=[a_place("RV9 1AA", 53.0), a_place("RV1 8XX", None)],
    )
    near = queries.search_services(actor=editor, at=at, place="RV1 1AA")
    assert names(near) == [
        "Same postcode", "Close by", "Two miles", "Branch", "Same district", "Next district",
        "A helpline",
    ]  # fmt: skip
    shown = presenters.results_shown(near, at, asked_for_a_time=False)
    assert [row.distance for row in shown.rows] == [
        "in the postcode asked for", "0.0 miles", "2.1 miles", *["distance not known"] * 3, "",
    ]  # fmt: skip
    district = queries.search_services(actor=editor, at=at, place="RV1")
    assert names(district) == [
        "Close by", "Branch", "Same district", "Same postcode", "Two miles", "Next district", "A helpline",
    ]  # fmt: skip


def test_a_distance_that_is_known_decides_unless_the_whole_district_was_asked_for(
    client: Client, publish: Any
) -> None:
    assert FOOD_BANK.place
    publish(FOOD_BANK, replace(FOOD_BANK, name="Other end", place=replace(
        FOOD_BANK.place, postal_code="RV1 9ZZ", latitude=52.2)))  # fmt: skip
    assert published_near(client, postcode="RV1 1AA") == [FOOD_BANK.name]
    assert published_near(client, postcode="RV1") == ["Other end", FOOD_BANK.name]


def test_an_address_for_letters_or_one_that_cannot_be_read_is_no_place(
    editor: Actor, publish: Any, feed: Any, at: datetime
) -> None:
    publish(an_entry("Here", "RV1 1AA"), an_entry("Odd address", "?"))
    feed(Letters=[a_place("IV1 1AA", None, kind="postal")])
    assert names(queries.search_services(actor=editor, at=at, place="RV1")) == [
        "Here", "Letters", "Odd address",
    ]  # fmt: skip


def test_without_a_place_asked_for_no_row_speaks_of_distance(
    editor: Actor, publish: Any, at: datetime
) -> None:
    publish(an_entry("Here", "RV1 1AA"))
    found = queries.search_services(actor=editor, at=at, words="food")
    assert [row.distance for row in presenters.results_shown(found, at, asked_for_a_time=False).rows] == [""]


def test_an_entry_takes_its_place_on_the_map_from_what_is_at_the_same_postcode(
    editor: Actor, publish: Any, feed: Any, at: datetime, later: datetime
) -> None:
    (nowhere,) = publish(an_entry("Before", "RV1 1AA"))
    feed(Theirs=[a_place("rv1 1aa", 52.03)])
    (made,) = publish(an_entry("After", "RV1 1AA"))
    place = entry_of(made).place
    assert place == Place("1 Mill Lane", "Riverside", "RV1 1AA", latitude=52.03, longitude=-1.0)
    found = queries.search_services(actor=editor, at=at, place="RV1 1AA").found
    assert {each.service.name: each.metres for each in found} == {"After": 0, "Before": None, "Theirs": 0}
    changed = commands.change_service(
        actor=editor, at=later, service_id=nowhere.id, seen=nowhere.last_modified,
        entry=an_entry("Before, and now", "RV1 1AA", before=entry_of(nowhere)),
    )  # fmt: skip
    assert entry_of(changed).place == place


def test_a_change_of_street_at_the_same_postcode_stays_on_the_map(
    editor: Actor, publish: Any, later: datetime
) -> None:
    (made,) = publish(FOOD_BANK)
    assert FOOD_BANK.place
    moved = replace(FOOD_BANK, place=Place("3 Mill Lane", "Riverside", "RV1 1AA"))
    changed = commands.change_service(
        actor=editor, at=later, service_id=made.id, entry=moved, seen=made.last_modified
    )
    assert entry_of(changed).place == replace(FOOD_BANK.place, address_1="3 Mill Lane")


def test_postcodes_are_read_as_people_write_them() -> None:
    assert [as_postcode(each) for each in ("rv1 1aa", " RV1", "Riverside", "")] == [
        "RV11AA", "RV1", None, None,
    ]  # fmt: skip
    assert [district_of(each) for each in ("RV11AA", "RV111AA", "RV1", "W1A1AA")] == [
        "RV1", "RV11", "RV1", "W1A",
    ]  # fmt: skip
    assert len({in_district("RV1"), in_district("RV11AA"), asked_for("RV1")}) == 1
    assert asked_for("RV11AA") != asked_for("RV1")
    assert in_area("RV111AA") == in_area("RV1")


def test_a_service_at_the_usual_place_for_unknown_is_not_on_the_map_and_hides_no_neighbour(
    editor: Actor, publish: Any, feed: Any, at: datetime
) -> None:
    unknown = a_place("RV1 9ZZ", None)
    unknown["location"] |= {"latitude": 0, "longitude": 0}
    swapped = a_place("RV1 8XX", None)
    swapped["location"] |= {"latitude": -1.0, "longitude": 52.0}
    feed(
        Here=[a_place("RV1 1AA", 52.0)],
        Next_district=[a_place("RV2 1AA", 52.01)],
        Swapped=[swapped],
        Unknown=[unknown],
    )
    (own,) = publish(an_entry("Own", "RV1 9ZZ"))
    assert entry_of(own).place == Place("1 Mill Lane", "Riverside", "RV1 9ZZ")
    found = queries.search_services(actor=editor, at=at, place="RV1").found
    assert {each.service.name: each.metres for each in found} == {
        "Here": 0, "Next district": 1112, "Own": None, "Swapped": None, "Unknown": None,
    }  # fmt: skip


def test_one_place_far_off_does_not_move_the_middle_of_its_district_nor_does_an_address_for_letters(
    editor: Actor, feed: Any, at: datetime
) -> None:
    feed(
        Far_but_in_the_district=[a_place("RV1 3AA", 58.0)],
        Here=[a_place("RV1 1AA", 52.0)],
        Here_too=[a_place("RV1 2AA", 52.0)],
        Letters=[a_place("RV1 4AA", 57.0, kind="postal")],
        Letters_too=[a_place("RV1 4AA", 57.0, kind="postal")],
        Next_district=[a_place("RV2 1AA", 52.01)],
    )
    found = queries.search_services(actor=editor, at=at, place="RV1").found
    assert [(each.service.name, each.metres) for each in found][:3] == [
        ("Here", 0), ("Here too", 0), ("Far but in the district", 667_170),
    ]  # fmt: skip
    assert "Next district" in [each.service.name for each in found]
