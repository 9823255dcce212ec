"""What is published of an organisation is what its profile says today, whenever its first entry was made."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.commands import describe_organisation
from alongside.casework.accounts.models import Organisation
from alongside.casework.directory import commands

pytestmark = pytest.mark.django_db


def published(client: Client) -> list[Any]:
    """The organisation, in each form in which it is published."""
    services = client.get("/open-referral/services").json()["contents"]
    full = client.get("/open-referral/services?full=true").json()["contents"]
    one = client.get(f"/open-referral/services/{services[0]['id']}").json()
    places = [
        each["service"] for each in client.get("/open-referral/service_at_locations").json()["contents"]
    ]
    return [each["organization"] for each in (*services, *full, one, *places)]


def test_an_organisation_that_says_later_what_it_does_is_published_as_saying_so(
    client: Client, editor: Actor, charity: Organisation, at: datetime
) -> None:
    commands.publish_service(actor=editor, at=at, entry=FOOD_BANK)
    assert {each["description"] for each in published(client)} == {"Riverside Together"}
    for remit in ("Food and company for anybody in Riverside.", "Food for anybody in the valley."):
        describe_organisation(
            actor=editor, at=at, organisation_id=charity.id, remit=remit, thresholds="", how_we_work="",
            what_we_can_offer="", telephone="",
        )  # fmt: skip
        assert {(each["name"], each["description"]) for each in published(client)} == {
            ("Riverside Together", remit)
        }


def test_profiles_are_read_with_the_entries_and_not_one_by_one(
    client: Client, editor: Actor, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        commands.publish_service(actor=editor, at=at, entry=replace(FOOD_BANK, name=f"Service {number}"))
    for path in ("services", "service_at_locations"):
        with django_assert_max_num_queries(6):
            client.get(f"/open-referral/{path}")
