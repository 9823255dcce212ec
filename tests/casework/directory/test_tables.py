"""The tables' own promises: what each column holds, and what no writer can get past."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.access.privacy import Privacy
from alongside.casework.directory import commands
from alongside.casework.directory.models import DirectoryOrganization, Location, Service

pytestmark = pytest.mark.django_db


def test_every_column_says_what_kind_of_thing_it_holds() -> None:
    for model in apps.get_app_config("directory").get_models():
        told = model.privacy  # type: ignore[attr-defined]
        assert set(told) == {field.name for field in model._meta.concrete_fields}, model
        assert all(isinstance(each, Privacy) for each in told.values())


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", "directory", check=True, dry_run=True, verbosity=0)


def test_the_database_refuses_what_cannot_be(editor: Actor, at: datetime) -> None:
    service = commands.publish_service(actor=editor, at=at, entry=FOOD_BANK)
    rows = Service.objects.filter(id=service.id)
    for wrong in (
        {"status": "thriving"},
        {"minimum_age": 60, "maximum_age": 10},
        {"source_id": uuid4()},
        {"gone_since": at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    for latitude, longitude in ((91, 0), (0, 181), (1, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Location.objects.create(latitude=latitude, longitude=longitude)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectoryOrganization.objects.create(name="Kept by nobody")
