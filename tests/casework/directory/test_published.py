"""What is published: the standard's endpoints, envelope and fields, for everybody, and naming nobody."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.casework.directory.conftest import FOOD_BANK, FakeFeed, a_service

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.directory import commands, jobs
from alongside.casework.directory.models import Feed, Service, ServiceAtLocation
from alongside.casework.directory.open_referral import schema
from alongside.casework.directory.open_referral.client import HttpClient

pytestmark = pytest.mark.django_db
LISTS = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")
ENVELOPE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
}  # fmt: skip


@pytest.fixture
def service(editor: Actor, at: datetime) -> Service:
    term = commands.add_need(actor=editor, at=at, name="Food", description="Something to eat")
    return commands.publish_service(
        actor=editor, at=at, entry=replace(FOOD_BANK, needs=frozenset({term.id}), minimum_age=18)
    )


def get(client: Client, path: str, **asked: Any) -> dict[str, Any]:
    answer = client.get(f"/open-referral/{path}", asked)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.proves("FIND-26")
def test_every_endpoint_of_the_standard_answers_without_signing_in(client: Client, service: Service) -> None:
    assert set(get(client, "")) == {"version", "profile", "openapi_url"}
    assert get(client, "")["version"] == "3.0"
    for name in LISTS:
        page = get(client, name)
        assert set(page) == ENVELOPE
        assert [page[key] for key in ("total_items", "total_pages", "page_number", "size")] == [1, 1, 1, 1]
        assert (page["first_page"], page["last_page"], page["empty"]) == (True, True, False)
        one = get(client, f"{name}/{page['contents'][0]['id']}")
        assert one["id"] == page["contents"][0]["id"]


def test_a_service_has_every_field_the_standard_asks_for(client: Client, service: Service) -> None:
    told = get(client, f"services/{service.id}")
    assert {"id", "name", "status"} <= set(told)
    assert {"id", "name", "description"} <= set(told["organization"])
    place = told["service_at_locations"][0]["location"]
    assert {"id", "location_type"} <= set(place)
    assert {
        "id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    } <= set(place["addresses"][0])  # fmt: skip
    assert {"id", "number"} <= set(told["phones"][0])
    assert {"id", "name", "description"} <= set(told["attributes"][0]["taxonomy_term"])
    for part in (told["schedules"], told["languages"], told["service_areas"], told["contacts"]):
        assert all(UUID(each["id"]) for each in part)
    assert told["contacts"][0].keys() == {"id", "title"}
    assert told["schedules"][0]["byday"] == "MO,TH"


def test_the_list_tells_what_a_service_has_one_of_and_more_if_asked(client: Client, service: Service) -> None:
    flat = get(client, "services")["contents"][0]
    assert "organization" in flat
    assert "schedules" not in flat
    full = get(client, "services", full="true")["contents"][0]
    assert full == get(client, f"services/{service.id}")
    assert "organization" not in get(client, "services", minimal="true")["contents"][0]


def test_a_member_is_described_as_its_profile_says_now(
    client: Client, service: Service, charity: Organisation
) -> None:
    def told() -> set[str]:
        place = get(client, "service_at_locations")["contents"][0]
        answers = [
            get(client, f"services/{service.id}"), *get(client, "services")["contents"],
            *get(client, "services", full="true")["contents"], place["service"],
        ]  # fmt: skip
        return {each["organization"]["description"] for each in answers}

    assert told() == {"Riverside Together"}, "its name, until it has filled in its profile"
    remit = "Speaks for the voluntary groups of Riverside."
    charity.describe(remit=remit, thresholds="", how_we_work="", what_we_can_offer="", telephone="")
    assert told() == {remit}


def test_what_we_publish_is_what_we_could_take_in(client: Client, service: Service) -> None:
    told = schema.Service.model_validate(get(client, f"services/{service.id}"))
    assert (told.id, told.name, told.assured_date) == (service.id, service.name, service.assured_date)
    assert told.schedules[0].opens_at == FOOD_BANK.hours[0].opens_at
    assert told.attributes[0].taxonomy_term is not None


def test_pages_are_counted_as_the_standard_counts(client: Client, editor: Actor, at: datetime) -> None:
    for number in range(5):
        commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, name=f"Service {number}"))
    shapes = [
        [page[key] for key in ("total_pages", "size", "first_page", "last_page", "empty")]
        for page in (get(client, "services", per_page=2, page=number) for number in (1, 2, 3, 4))
    ]
    assert shapes == [
        [3, 2, True, False, False],
        [3, 2, False, False, False],
        [3, 1, False, True, False],
        [3, 0, False, True, True],
    ]
    names = [get(client, "services", per_page=1, page=n)["contents"][0]["name"] for n in range(1, 6)]
    assert names == [f"Service {n}" for n in range(5)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "food parcel"}, 1),
        ({"search": "fod bank"}, 1),
        ({"search": "swimming"}, 0),
        ({"day": "MO"}, 1),
        ({"day": "Monday", "start_time": "10:00", "end_time": "16:00"}, 1),
        ({"day": "TU"}, 0),
        ({"start_time": "09:00"}, 0),
        ({"minimum_age": 10, "maximum_age": 17}, 0),
        ({"minimum_age": 10, "maximum_age": 18}, 1),
        ({"taxonomy_id": UUID(int=4)}, 0),
        ({"taxonomy_term_id": UUID(int=4)}, 0),
        ({"organization_id": UUID(int=4)}, 0),
        ({"modified_after": "2026-11-02T09:30:00Z"}, 1),
        ({"modified_after": "2026-11-02T09:30:01Z"}, 0),
    ],
)
def test_the_standards_parameters_narrow_what_is_listed(
    client: Client, service: Service, asked: dict[str, Any], found: int
) -> None:
    assert get(client, "services", **asked)["total_items"] == found
    assert get(client, "service_at_locations", **asked)["total_items"] == found


def test_terms_and_their_lists_narrow_what_is_listed(client: Client, service: Service) -> None:
    term = get(client, "taxonomy_terms")["contents"][0]
    for asked in ({"taxonomy_term_id": term["id"]}, {"taxonomy_id": term["taxonomy_detail"]["id"]}):
        assert get(client, "services", **asked)["total_items"] == 1


def test_services_at_places_are_found_near_a_postcode(
    client: Client, service: Service, editor: Actor, at: datetime
) -> None:
    assert FOOD_BANK.place
    far = replace(FOOD_BANK.place, postal_code="RV9 9ZZ", latitude=52.1)
    commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, name="Far", place=far))
    near = get(client, "service_at_locations", postcode="rv1 1aa", proximity=5000)
    assert [each["service"]["name"] for each in near["contents"]] == [FOOD_BANK.name]
    assert get(client, "service_at_locations", postcode="RV11AA", proximity=12_000)["total_items"] == 2
    assert get(client, "service_at_locations", postcode="ZZ1 1ZZ")["total_items"] == 0


def test_only_own_and_offered_entries_are_published(
    client: Client, service: Service, feed_server: FakeFeed, editor: Actor, at: datetime, later: datetime
) -> None:
    feed = commands.add_feed(actor=editor, at=at, name="Feed", address=feed_server.address)
    feed_server.serves([a_service(1, service_at_locations=[{"location": {"location_type": "virtual"}}])])
    jobs.take_feed(
        actor=editor, at=at, feed_id=feed.id, address=feed.address, client=HttpClient(inside_too=True)
    )
    theirs = Service.objects.get(feed=Feed.objects.get())
    assert [get(client, name)["total_items"] for name in LISTS] == [1, 1, 1, 1]
    assert client.get(f"/open-referral/services/{theirs.id}").status_code == 404
    joined = ServiceAtLocation.objects.get(service=theirs)
    assert client.get(f"/open-referral/service_at_locations/{joined.id}").status_code == 404
    commands.close_service(actor=editor, at=later, service_id=service.id)
    assert get(client, "services")["empty"] is True
    changed = get(client, "services", modified_after="2026-12-01T00:00:00Z")["contents"]
    assert [each["status"] for each in changed] == ["defunct"]


def test_rows_can_be_had_one_a_line(client: Client, service: Service) -> None:
    answer = client.get("/open-referral/services", {"format": "ndjson"})
    assert answer["Content-Type"] == "application/x-ndjson"
    assert [json.loads(line)["id"] for line in answer.content.splitlines()] == [str(service.id)]


@pytest.mark.parametrize("name", LISTS)
def test_what_is_not_there_is_a_json_404_that_may_be_read_from_anywhere(client: Client, name: str) -> None:
    for row_id in (str(uuid4()), "nonsense", "%00", "1" * 5000):
        answer = client.get(f"/open-referral/{name}/{row_id}")
        assert answer.status_code == 404
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer.json()["error"]


def test_nothing_but_get_is_answered(client: Client) -> None:
    for method in (client.post, client.put, client.delete, client.patch):
        assert method("/open-referral/services").status_code == 405


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "asked",
    [
        {"page": "-1"}, {"page": "0"}, {"page": str(10**9)}, {"page": "one"}, {"page": "9" * 3000},
        {"per_page": "-1"}, {"per_page": "0"}, {"per_page": str(10**9)}, {"per_page": "1.5"},
        {"search": "a\x00b"}, {"search": "x" * 10_000}, {"postcode": "\x00"}, {"proximity": "-1"},
        {"taxonomy_id": "nonsense"}, {"taxonomy_term_id": "\x00"}, {"organization_id": "1"},
        {"minimum_age": "-1"}, {"maximum_age": "1e9"}, {"start_time": "25:00"}, {"end_time": "late"},
        {"day": "someday"}, {"modified_after": "0001-01-01"}, {"modified_after": "yesterday"},
        {"minimal": "perhaps"}, {"full": "\x00"}, {"format": "xml"},
    ],
)  # fmt: skip
def test_a_parameter_out_of_bounds_is_a_clear_400(client: Client, name: str, asked: dict[str, str]) -> None:
    answer = client.get(f"/open-referral/{name}?{urlencode(asked)}")
    assert answer.status_code == 400
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["error"]
    assert len(urlencode(asked)) > 4000 or set(told["parameters"]) == set(asked)


NAMES = (
    "page", "per_page", "search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age",
    "start_time", "end_time", "day", "postcode", "proximity", "minimal",
    "full", "full_service", "modified_after",
    "organization_id", "format",
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=60),
    st.integers(-(10**12), 10**12).map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(str),
    st.times().map(str),
    st.uuids().map(str),
    st.sampled_from(
        ["", "-1", "0", "\x00", "%", "'", "\\", "a & | !", '"', "x" * 10_000, "MO", "true", "RV1 1AA"]
    ),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.sampled_from(LISTS), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_whatever_is_asked_is_never_an_error_of_ours(
    client: Client, service: Service, name: str, asked: dict[str, str]
) -> None:
    query = urlencode(asked, quote_via=quote, errors="surrogatepass")
    answer = client.get(f"/open-referral/{name}?{query}")
    assert answer.status_code in (200, 400)
    if "ndjson" not in asked.values():
        assert isinstance(answer.json(), dict)
