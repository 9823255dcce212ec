"""The published API against its own description: Schemathesis asks what that allows, and what it does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.directory import commands
from alongside.casework.directory.forms import AskedForm
from alongside.casework.directory.models import Service
from alongside.casework.directory.open_referral.description import LIST_AND_ROW, PARAMETERS, description

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
FEW = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
PATHS = ["/", *(f"/{name}" for name in LIST_AND_ROW), *(f"/{name}/{{id}}" for name in LIST_AND_ROW)]


@pytest.fixture
def service(editor: Actor, at: datetime) -> Service:
    term = commands.add_need(actor=editor, at=at, name="Food", description="Something to eat")
    return commands.publish_service(
        actor=editor, at=at, entry=replace(FOOD_BANK, needs=frozenset({term.id}), minimum_age=18)
    )


@pytest.fixture
def served(service: Service) -> Iterator[BaseSchema]:
    """The description as it is served, and the application; no request ends the test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/open-referral/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", PATHS)
def test_whatever_the_description_allows_is_answered_as_it_says(served: BaseSchema, path: str) -> None:
    @FEW
    @given(case=served[path]["GET"].as_strategy(GenerationMode.POSITIVE))
    def asked(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    asked()


@pytest.mark.parametrize("path", PATHS[1:])
def test_what_the_description_does_not_allow_is_answered_as_it_says_too(
    served: BaseSchema, path: str
) -> None:
    @FEW
    @given(case=served[path]["GET"].as_strategy(GenerationMode.NEGATIVE))
    def asked(case: Case) -> None:
        case.call_and_validate(checks=CHECKS)

    asked()


def test_the_rows_there_are_have_the_described_shape_in_every_way_to_ask(
    client: Client, service: Service
) -> None:
    said = description()
    for name, (row, _) in LIST_AND_ROW.items():
        shape = {"$ref": f"#/components/schemas/{row}", "components": said["components"]}
        for more in ("", "?full=true", "?minimal=true"):
            page = client.get(f"/open-referral/{name}{more}").json()
            assert page["contents"], name
            for each in page["contents"]:
                jsonschema.validate(each, shape)
        jsonschema.validate(client.get(f"/open-referral/{name}/{page['contents'][0]['id']}").json(), shape)


def test_every_parameter_is_described_and_none_that_is_not_taken() -> None:
    assert set(PARAMETERS) == set(AskedForm.base_fields)


def test_the_description_is_found_from_the_root_and_read_from_anywhere(client: Client, db: None) -> None:
    root = client.get("/open-referral/")
    assert root["Link"] == '<openapi.json>; rel="service-desc"'
    told = client.get("/open-referral/openapi.json")
    assert told["Access-Control-Allow-Origin"] == "*"
    assert set(told.json()["paths"]) == set(PATHS)
